# SPDX-License-Identifier: GPL-2.0-or-later
# A guide of docs/ as a page to read in a browser and to print: headings, paragraphs, lists, tables, code and links, as far
# as these guides use them.   awk -f docs/html.awk docs/panduan-operator.md
function inline(text,    out, at) {
    gsub(/&/, "\\&amp;", text); gsub(/</, "\\&lt;", text); gsub(/>/, "\\&gt;", text)
    out = ""
    while ((at = index(text, "`")) > 0) { # what stands in code is left as it is
        out = out marked(substr(text, 1, at - 1))
        text = substr(text, at + 1)
        at = index(text, "`")
        if (!at) { text = "`" text; break }
        out = out "<code>" substr(text, 1, at - 1) "</code>"
        text = substr(text, at + 1)
    }
    return out marked(text)
}
function marked(text,    words, link) {
    while (match(text, /\[[^]]*\]\([^)]*\)/)) {
        words = link = substr(text, RSTART + 1, RLENGTH - 2)
        sub(/\]\(.*/, "", words); sub(/.*\]\(/, "", link); sub(/\.md$/, ".html", link)
        text = substr(text, 1, RSTART - 1) "<a href=\"" link "\">" words "</a>" substr(text, RSTART + RLENGTH)
    }
    while (match(text, /\*\*[^*]+\*\*/))
        text = substr(text, 1, RSTART - 1) "<b>" substr(text, RSTART + 2, RLENGTH - 4) "</b>" substr(text, RSTART + RLENGTH)
    while (match(text, /\*[^* ][^*]*\*/))
        text = substr(text, 1, RSTART - 1) "<i>" substr(text, RSTART + 1, RLENGTH - 2) "</i>" substr(text, RSTART + RLENGTH)
    return text
}
function flush() {
    if (text != "") print (item ? "" : "<p>") inline(text) (item ? "" : "</p>")
    if (pre) print "</pre>"
    if (table) print "</table>"
    text = ""; pre = table = item = 0
}
function unlist() { flush(); if (list != "") print "</" list ">"; list = "" }
function heading(level) {
    unlist()
    sub(/^#+ */, "")
    if (level == 1)
        print "<!DOCTYPE html>\n<html lang=\"id\"><head><meta charset=\"utf-8\"><title>" inline($0) "</title>\n<style>\n" \
            "body { max-width: 46em; margin: 1em auto; padding: 0 1em; font-family: sans-serif; line-height: 1.45 }\n" \
            "pre { background: #f3f3f3; padding: .6em; overflow-x: auto } code, pre { font-size: .92em }\n" \
            "table { border-collapse: collapse } td, th { border: 1px solid #bbb; padding: .25em .5em; text-align: left }\n" \
            "h2, tr, pre { break-inside: avoid; break-after: auto }\n</style></head><body>"
    print "<h" level ">" inline($0) "</h" level ">"
}
function row(    n, cell, i, tag) {
    if ($0 ~ /^\|[-:| ]+\|?$/) return
    tag = table ? "td" : "th"
    if (!table) { flush(); print "<table>" }
    table = 1
    gsub(/^\| *| *\|$/, "")
    n = split($0, cell, / *\| */)
    printf "<tr>"
    for (i = 1; i <= n; i++) printf "<%s>%s</%s>", tag, inline(cell[i]), tag
    print "</tr>"
}
function start(kind) {
    flush()
    if (list != kind) { unlist(); print "<" kind ">"; list = kind }
    sub(/^([*-]|[0-9]+\.) +/, "")
    item = 1
    print "<li>"
    text = $0
}
/^# / { heading(1); next }
/^##+ / { heading(length($1)); next }
/^$/ { if (pre) blank = blank "\n"; else { flush() } empty = 1; next }
/^    / && (pre || empty) && text == "" {
    if (!pre) { flush(); printf "<pre>" } else printf "%s", blank
    pre = 1; blank = ""
    gsub(/&/, "\\&amp;"); gsub(/</, "\\&lt;")
    sub(list == "" ? "^    " : "^       ?", "")
    print; next
}
{ blank = ""; if (pre) flush() }
/^\|/ { row(); empty = 0; next }
/^\* / { start("ul"); empty = 0; next }
/^[0-9]+\. / { start("ol"); empty = 0; next }
/^[^ ]/ && empty { unlist() }
{ sub(/^ +/, ""); text = text (text == "" ? "" : " ") $0; empty = 0 }
END { unlist(); print "</body></html>" }
