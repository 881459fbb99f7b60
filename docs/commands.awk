# SPDX-License-Identifier: GPL-2.0-or-later
# The commands and words of kabarctl as lists of a manual, in the language of a .po: a line @COMMANDS@ or @WORDS@ of the
# page is replaced by them.   awk -f docs/commands.awk LANGUAGE.po ctl_words.def ctl_commands.def PAGE.in
function string(line) { sub(/^[^"]*"/, "", line); sub(/"[^"]*$/, "", line); return line }
function said(text) { return text in to && to[text] != "" ? to[text] : text }
# "\" begins a request of roff; a line that begins with "." or "'" too.
function roff(text) { gsub(/\\"/, "\"", text); gsub(/\\/, "\\e", text); sub(/^[.']/, "\\\\\\&&", text); return text }
# The texts of a row COMMAND("…", "…" "…", function, "…") in text[1…]; returns how many.
function row(line,    n, c, i, quoted) {
    delete text
    n = 1
    for (i = index(line, "(") + 1; i <= length(line); i++) {
        c = substr(line, i, 1)
        if (quoted && c == "\\") { text[n] = text[n] substr(line, i, 2); i++; continue }
        if (c == "\"") { quoted = !quoted; continue }
        if (quoted) text[n] = text[n] c
        else if (c == ",") n++
    }
    return n
}
# "[--area AREA] FILE..." as Oo Fl -area Ar WILAYAH Oc Ar FILE...
function mdoc(usage,    n, part, i, out, word, opens, closes) {
    n = split(usage, part, " ")
    for (i = 1; i <= n; i++) {
        word = part[i]
        opens = sub(/^\[/, "", word); closes = sub(/\]$/, "", word)
        if (opens) out = out " Oo"
        out = out (word ~ /^--/ ? " Fl " substr(word, 2) : " Ar " in_words(word))
        if (closes) out = out " Oc"
    }
    return out
}
# Each run of capitals in its own words.
function in_words(word,    out) {
    while (match(word, /[A-Z]+/)) {
        out = out substr(word, 1, RSTART - 1) said(substr(word, RSTART, RLENGTH))
        word = substr(word, RSTART + RLENGTH)
    }
    out = out word
    gsub(/\|/, " | ", out) # a bar alone is a mark of mdoc
    return out
}
function capital(text) { return toupper(substr(text, 1, 1)) substr(text, 2) }
FILENAME ~ /\.po$/ {
    if (/^msgid /) { if (id != "") to[id] = words; id = string($0); words = ""; in_id = 1 }
    else if (/^msgstr/) { words = string($0); in_id = 0 }
    else if (/^"/ && in_id) id = id string($0)
    else if (/^"/) words = words string($0)
    next
}
FILENAME ~ /\.def$/ {
    if (id != "") { to[id] = words; id = "" }
    if (/^(WORD|COMMAND)\(/) { joined = ""; open_row = 1 }
    if (!open_row) next
    sub(/^ +/, "")
    joined = joined $0
    if (joined !~ /"\)$/) next
    open_row = 0
    row(joined)
    if (joined ~ /^WORD/) {
        if (text[1] ~ /^--/) list["WORDS"] = list["WORDS"] ".It Fl " substr(text[1], 2) "\n"
        else list["WORDS"] = list["WORDS"] ".It Ar " said(text[1]) "\n"
        list["WORDS"] = list["WORDS"] roff(capital(said(text[2]))) ".\n"
    } else {
        list["COMMANDS"] = list["COMMANDS"] ".It Cm " text[1] mdoc(text[2]) "\n" roff(capital(said(text[4]))) ".\n"
    }
    next
}
/^@[A-Z]+@$/ { printf "%s", list[substr($0, 2, length($0) - 2)]; next }
{ print }
