#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# What cards look like on paper, for eyes: not part of ctest. Prints each to PDF with headless Chromium, counts its pages,
# checks that nothing is cut off at the right of the screen's width of an A4 page, and makes pictures of the pages.
#   KABAR_BIN=build/dev/bin KABAR_SOURCE=. tests/look/cards.sh FOLDER
pictures=${1:?is the folder for the pictures}
mkdir -p "$pictures" || exit 3
. "$(dirname "$0")/../system/lib.sh"
for program in chromium pdftoppm pdfinfo sqlite3; do
    command -v $program >/dev/null || { echo "$program is missing: apt-get install chromium poppler-utils sqlite3"; exit 3; }
done
. "$(dirname "$0")/lib_villages.sh"

# look NAME AREA PAGES: at most so many pages
look() {
    name=$1 area=$2 most=$3
    ctl score $area --quarter $quarter --format html >"$pictures/$name.html" || fail "$name"
    HOME=$folder chromium --headless --no-sandbox --disable-gpu --no-pdf-header-footer --print-to-pdf="$pictures/$name.pdf" \
        "$pictures/$name.html" >"$out" 2>"$err"
    pages=$(pdfinfo "$pictures/$name.pdf" | sed -n 's/^Pages: *//p')
    [ "$pages" -le "$most" ] || fail "$name takes $pages pages"
    pdfinfo "$pictures/$name.pdf" | grep -q 'Page size:.*(A4)' || fail "$name is not on A4"
    # A cell whose text is wider than itself, or a page wider than the paper, says so in the title.
    sed 's@</body>@<script>let bad=[];for(const e of document.querySelectorAll("td,th,p,li,span,h1"))if(e.scrollWidth>e.clientWidth+1\&\&e.clientWidth)bad.push(e.textContent);if(document.documentElement.scrollWidth>innerWidth)bad.push("page");document.title="clipped:"+bad.join("\|")+";"</script>&@' \
        "$pictures/$name.html" >"$folder/wide.html"
    HOME=$folder chromium --headless --no-sandbox --disable-gpu --window-size=794,1123 --dump-dom "$folder/wide.html" >"$out" 2>"$err"
    grep -q '<title>clipped:;' "$out" || fail "$name: $(sed -n 's/.*<title>\(clipped:[^;]*\);.*/\1/p' "$out")"
    pdftoppm -r 110 -png "$pictures/$name.pdf" "$pictures/$name"
    echo "$name: $pages of at most $most pages"
}
look ordinary 35.12.03.2001 1
look empty 35.12.05.2001 1
look wrong 35.12.05.2002 1
look posyandu 35.12.05.2003 1
look differs 35.12.05.2004 1
look kecamatan-15 35.12.03 2
look kecamatan-40 35.12.04 2
look kecamatan-long 35.12.05 2
look kabupaten 35.12 3
look provinsi 35 2
finish
