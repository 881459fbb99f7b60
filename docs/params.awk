# SPDX-License-Identifier: GPL-2.0-or-later
# config/params.def as the lists of kabard.conf(5): docs/kabard.conf.5.in with each line @SCOPE@ replaced by the rows of
# that scope.   awk -f docs/params.awk config/params.def docs/kabard.conf.5.in
function unquote(text) { gsub(/^ *"|" *$/, "", text); gsub(/^ +| +$/, "", text); return text }
# "\" begins a request of roff; a line that begins with "." or "'" too.
function roff(text) { gsub(/\\/, "\\e", text); sub(/^[.']/, "\\\\\\&&", text); return text }
function row(line,    kind, n, i, c, quoted, field, f) {
    kind = line; sub(/\(.*/, "", kind)
    sub(/^[A-Z_]*\(/, "", line); sub(/\) *$/, "", line)
    n = 1; field = ""; quoted = 0
    for (i = 1; i <= length(line); i++) {
        c = substr(line, i, 1)
        if (c == "\"") quoted = !quoted
        if (c == "," && !quoted) { f[n++] = field; field = "" } else field = field c
    }
    f[n] = field
    scope = unquote(f[1]); name = unquote(f[2]); value = unquote(f[3]); extra = ""
    if (kind == "PARAM_INT") extra = unquote(f[4]) " to " unquote(f[5]) " " unquote(f[6])
    if (kind == "PARAM_CHOICE") { extra = unquote(f[4]); gsub(/\|/, " or ", extra) }
    if (kind == "PARAM_BOOL") { value = value + 0 ? "true" : "false"; extra = "true or false" }
    if (kind == "PARAM_TEXTS") extra = "one text, or several: [ \"a\", \"b\" ]"
    if (kind == "PARAM_TIME") extra = "a time of the day"
    if (value == "NULL") value = "must be given"
    else if (value == "") value = "default: empty"
    else value = "default: " value
    text = ".It Va " name "\n" roff(unquote(f[n])) "\n.Pq " roff(value)
    if (extra != "") text = text "; " roff(extra)
    if (unquote(f[n - 1]) == "0") text = text "; a change needs a restart"
    if (scope == "file") scope = "top"
    rows[scope] = rows[scope] (rows[scope] == "" ? "" : "\n") text
}
FNR == NR {
    if (/^PARAM_/) { joined = $0; open = 1 }
    else if (open) { sub(/^ +/, " "); joined = joined $0 }
    if (open && joined ~ /\) *$/) { gsub(/" +"/, "", joined); row(joined); open = 0 }
    next
}
/^@[a-z]+@$/ { print rows[substr($0, 2, length($0) - 2)]; next }
{ print }
