#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Workbooks as another program reads them, for eyes: not part of ctest. LibreOffice opens each, its numbers must be those
# that the CSV and the cards have, and makes pictures of the first sheets.
#   KABAR_BIN=build/dev/bin KABAR_SOURCE=. tests/look/sheets.sh FOLDER
pictures=${1:?is the folder for the pictures}
mkdir -p "$pictures" || exit 3
. "$(dirname "$0")/../system/lib.sh"
for program in soffice pdftoppm sqlite3; do
    command -v $program >/dev/null || { echo "$program is missing: apt-get install libreoffice-calc poppler-utils sqlite3"; exit 3; }
done
. "$(dirname "$0")/lib_villages.sh"
# office FORMAT FILE…
office() { format=$1; shift; HOME=$folder soffice --headless --convert-to "$format" --outdir "$pictures" "$@" >"$out" 2>"$err"; }
filter='csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1'

ctl export xlsx --area 35.12 --quarter $quarter --output "$pictures/rekap.xlsx" || fail 'no table'
ctl export xlsx --area 35.12 --quarter $quarter --sheets --output "$pictures/form4.xlsx" || fail 'no form'
ctl export csv --wide --area 35.12 --quarter $quarter --output "$pictures/wide.csv" || fail 'no CSV'
office "$filter" "$pictures/rekap.xlsx" "$pictures/form4.xlsx"
office pdf "$pictures/rekap.xlsx" "$pictures/form4.xlsx"
pdftoppm -r 80 -png -l 2 "$pictures/form4.pdf" "$pictures/form4"
pdftoppm -r 80 -png -l 1 "$pictures/rekap.pdf" "$pictures/rekap"

# The table: each row as in the CSV.
numbers() { tr -d '\r' | awk -F, -v OFS=, '$NF != "" { $NF = $NF + 0 } { print }'; }
tail -n +2 "$pictures/wide.csv" | numbers >"$folder/want"
tail -n +3 "$pictures/rekap-$quarter.csv" | numbers >"$folder/got"
diff "$folder/want" "$folder/got" >"$out" || fail 'LibreOffice reads other numbers of the table'
echo "table: $(wc -l <"$folder/got") villages are the same"

# The form: of each village some figures by the places of the programme's own workbook.
for sheet in "$pictures"/form4-*.csv; do
    village=${sheet##*/form4-}
    sqlite3 :memory: "CREATE TABLE s (a, b, c, d, e, f, g, h, i)" ".import --csv '$sheet' s" ".mode csv" \
        "SELECT '35.12.${village%% *}', (SELECT d FROM s WHERE rowid = 12), (SELECT f FROM s WHERE rowid = 12),
         (SELECT g FROM s WHERE rowid = 18), (SELECT h FROM s WHERE rowid = 30), (SELECT g FROM s WHERE rowid = 34),
         (SELECT g FROM s WHERE rowid = 37), (SELECT e FROM s WHERE rowid = 43), (SELECT f FROM s WHERE rowid = 43),
         rtrim((SELECT h FROM s WHERE rowid = 43), '%')"
done | numbers >"$folder/got"
sqlite3 :memory: ".import --csv '$pictures/wide.csv' w" ".mode csv" \
    'SELECT Kode, "Jml total rumah tangga 1.000 HPK", "Ibu hamil Total", "B1 Jumlah", "A4 Jumlah", "A8 Jumlah", "P1 Jumlah",
     "Jumlah indikator yang diterima", "Jumlah indikator seharusnya diterima", "Tingkat konvergensi (%)" FROM w
     ORDER BY Kode' | numbers >"$folder/want"
diff "$folder/want" "$folder/got" >"$out" || fail 'LibreOffice reads other numbers of the form'
echo "form: $(wc -l <"$folder/got") sheets are the same"
finish
