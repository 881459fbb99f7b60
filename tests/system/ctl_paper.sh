#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# What goes into a file: PDF by whichever program is there, and files that are whole or stay as they were.
. "$(dirname "$0")/lib.sh"
box
villages
ctl area add 35.12.03.2003 'Nuap'"'"'u & <b>"Lama"</b>' >/dev/null
cards="score 35.12.03 --all --quarter 2026-Q3"
programs=$folder/programs
mkdir "$programs"
# Only what stands in $programs is found, and the shell's own tools by their paths.
only() { PATH=$programs "$KABAR_BIN/kabarctl" -c "$folder/kabard.conf" "$@"; }
# program NAME LINE…: one that does this
program() {
    name=$1
    shift
    { echo '#!/bin/sh'; echo 'PATH=/usr/bin:/bin'; printf '%s\n' "$@"; } >"$programs/$name"
    chmod +x "$programs/$name"
}
pdf=$folder/kartu.pdf

expect 2 ctl $cards --format pdf
complains 'a PDF is a file: add its name, like --output score.pdf'
expect 2 ctl $cards --format xml
complains '--format xml is none of text, html, pdf, json, csv, sms'
expect 3 only $cards --format pdf --output "$pdf"
complains 'a PDF needs WeasyPrint or Chromium, and neither is installed: apt install weasyprint; or print the HTML: --format html'
[ ! -e "$pdf" ] && [ ! -e "$pdf.partial" ] || fail 'a file is left'

# The pages reach the program, what it makes is the file.
program weasyprint 'echo %PDF-1.7' 'cat /dev/fd/3' 'echo "$@" >&2' 'echo %%EOF'
expect 0 only $cards --format pdf --output "$pdf"
says "$pdf: "
[ ! -s "$err" ] || fail 'the program is heard'
grep -qF 'Nuap&#39;u &amp; &lt;b&gt;&quot;Lama&quot;&lt;/b&gt;' "$pdf" || fail 'the pages did not reach the program'
[ "$(grep -c '<h1>' "$pdf")" = 3 ] || fail 'not all cards in one file'
expect 0 only $cards --format pdf --output "$pdf" --json
json_is '$.file' "$pdf"
json_is '$.bytes' "$(wc -c <"$pdf")"
[ "$(stat -c %a "$pdf")" = 644 ] || fail 'nobody else may read it'
# It fails, makes half a file, or none, or takes too much memory: what was there stays.
for made in 'exit 3' 'echo %PDF-1.7; exit 0' 'echo sorry; echo %%EOF' 'kill -9 $$' \
    'dd if=/dev/zero of=/dev/null bs=2G count=1 || exit 4; echo %PDF-1.7; echo %%EOF'; do
    program weasyprint "$made"
    echo before >"$pdf"
    expect 3 only $cards --format pdf --output "$pdf"
    [ "$(cat "$pdf")" = before ] || fail "$made: the file was touched"
    [ ! -e "$pdf.partial" ] || fail "$made: half a file is left"
done
complains "$programs/weasyprint ended with status 4"
# Where there is no WeasyPrint Chromium does it, in a folder that is gone afterwards.
rm "$programs/weasyprint"
program chromium 'for o; do case $o in --print-to-pdf=*) pdf=${o#*=} ;; file:*) page=${o#file://} ;; esac; done' \
    'mkdir -p "${pdf%/*}/p/q"; { echo %PDF-1.7; cat "$page"; echo; echo %%EOF; } >"$pdf"; echo "$pdf" >'"$folder/where"
expect 0 only $cards --format pdf --output "$pdf"
grep -qF 'Nuap&#39;u' "$pdf" || fail 'the pages did not reach Chromium'
[ ! -e "$(dirname "$(cat "$folder/where")")" ] || fail 'a folder is left'

# Any other look into a file, and where there can be none.
expect 0 ctl $cards --format csv --output "$folder/kartu.csv"
[ "$(grep -c ^area,name "$folder/kartu.csv")" = 1 ] || fail 'not one header'
expect 0 ctl $cards --format html
cp "$out" "$folder/printed"
expect 0 ctl $cards --format html --output "$folder/kartu.html"
cmp -s "$folder/printed" "$folder/kartu.html" || fail 'another file than what is printed'
expect 1 ctl $cards --format csv --output "$folder/none/kartu.csv"
complains "$folder/none/kartu.csv: No such file"
expect 1 ctl $cards --format csv --output "$folder"
complains 'is not a file that can be replaced'

# The real one: a page a village.
if command -v weasyprint >/dev/null; then
    expect 0 ctl $cards --format pdf --output "$pdf"
    [ "$(grep -ac '/Type /Page$' "$pdf")" = 3 ] || fail 'not a page a village'
fi
finish
