#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# export dhis2: numbers under the identifiers of a mapping file; what is not mapped is named and nothing is printed.
. "$(dirname "$0")/lib.sh"
box
villages
sql "INSERT INTO area (code, parent_id, level, name)
       SELECT '35.12.03.2002/0' || n.value, area.id, 5, 'Posyandu ' || n.value FROM area, json_each('[1, 2]') AS n
       WHERE code = '35.12.03.2002';
     CREATE TEMP TABLE sent (n INTEGER PRIMARY KEY, area TEXT, period TEXT, form TEXT, numbers TEXT);
     INSERT INTO sent (area, period, form, numbers) VALUES
       ('35.12.03.2001', '2026-10', 'IBU_HAMIL', '{\"HAMIL\": 12, \"K4\": 3}'),
       ('35.12.03.2001', '2026-10', 'IBU_HAMIL', '{\"K4\": 4}'),
       ('35.12.03.2002/01', '2026-10', 'IBU_HAMIL', '{\"HAMIL\": 5, \"K4\": 2}'),
       ('35.12.03.2002/02', '2026-10', 'IBU_HAMIL', '{\"HAMIL\": 6}'),
       ('35.12.03.2002/02', '2026-10', 'TIKAR', '{\"UKUR\": 9}'),
       ('35.12.03.2002', '2026-10', 'TIKAR', '{\"UKUR\": 30}'),
       ('35.12.03.2001', '2026-11', 'PAUD', '{\"PAUD\": 8}');
     INSERT INTO report (id, uid, area_id, \"set\", form, period, status, sent_ms, created_ms)
       SELECT n, 'box-03-rp-' || n, area.id, 'hpk-2018', form, period, 'accepted', n, n FROM sent JOIN area ON code = area;
     INSERT INTO report_value SELECT n, key, value FROM sent, json_each(numbers)"
ctl score rebuild >/dev/null

values() { sqlite3 :memory: "SELECT group_concat(v, ' ') FROM (SELECT v.value ->> '\$.orgUnit' || '/' ||
    (v.value ->> '\$.dataElement') || '=' || (v.value ->> '\$.value') AS v
    FROM json_each(CAST(readfile('$out') AS TEXT), '\$.dataValues') AS v ORDER BY 1)"; }
values_are() { [ "$(values 2>&1)" = "$1" ] || fail "$(values 2>&1), expected $1"; }

expect 3 ctl export dhis2 --period 2026-10
complains 'dhis2.cfg: cannot be opened'
cp "$KABAR_SOURCE/config/dhis2.cfg.example" "$folder/dhis2.cfg"
expect 0 ctl export dhis2 --period 2026-10
values_are "$(printf '%s ' kbrDesa2001/kbrElemen01=12 kbrDesa2001/kbrElemen04=4 kbrDesa2002/kbrElemen01=11 \
    kbrDesa2002/kbrElemen04=2 kbrDesa2002/kbrElemen29=30 | sed 's/ $//')"
expect 0 ctl export dhis2 --period 2026-10 --area 35.12.03.2001 --json
json
json_is '$.dataSet' kbrDataSet1
json_is '$.dataValues[0].period' 202610
json_is '$.dataValues[1].value' 4
expect 0 ctl export dhis2 --quarter 2026-Q4 --json
json
json_is '$.dataValues[0].period' 2026Q4
values_are "$(printf '%s ' kbrDesa2001/kbrElemen51=12 kbrDesa2001/kbrElemen51=4 kbrDesa2002/kbrElemen50=30 \
    kbrDesa2002/kbrElemen51=11 kbrDesa2002/kbrElemen51=2 | sed 's/ $//')"
expect 0 ctl export dhis2 --period 2026-11
values_are ''
complains 'nothing to send for 202611'

# Nothing is left out unsaid.
map() { printf '%s\n' "$1" >"$folder/map.cfg"; }
map 'org_units = ( { area = "35.12.03.2001"; id = "kbrDesa2001"; } );
values = ( { field = "IBU_HAMIL.HAMIL"; data_element = "kbrElemen01"; } ); ignore = [ "TIKAR" ];'
expect 1 ctl export dhis2 --period 2026-10 --map "$folder/map.cfg"
complains 'does not map field IBU_HAMIL.K4, area 35.12.03.2002; map or ignore them'
silent
map 'org_unit_codes = true; values = ( { field = "IBU_HAMIL.HAMIL"; data_element = "kbrElemen01"; } );
ignore = [ "TIKAR", "IBU_HAMIL.K4" ];'
expect 0 ctl export dhis2 --period 2026-10 --map "$folder/map.cfg"
says '"orgUnitIdScheme":"CODE"'
values_are '35.12.03.2001/kbrElemen01=12 35.12.03.2002/kbrElemen01=11'
expect 1 ctl export dhis2 --quarter 2026-Q4 --map "$folder/map.cfg"
complains 'indicator B1'

# refused LINE TEXT: a map with that fault
refused() {
    map "$3"
    expect 3 ctl export dhis2 --period 2026-10 --map "$folder/map.cfg"
    complains "map.cfg:$1: $2"
}
refused 2 'no set has the field "IBU_HAMIL.K5"' 'org_unit_codes = true;
values = ( { field = "IBU_HAMIL.K5"; data_element = "kbrElemen01"; } );'
refused 2 'no set has the indicator "B99"' 'org_unit_codes = true;
values = ( { indicator = "B99"; data_element = "kbrElemen01"; } );'
refused 1 'data_element: "K4" is not a DHIS2 identifier' \
    'org_unit_codes = true; values = ( { field = "IBU_HAMIL.K4"; data_element = "K4"; } );'
refused 1 'a value is either' 'org_unit_codes = true; values = ( { data_element = "kbrElemen01"; } );'
refused 1 'the indicator B1 is computed by quarter' \
    'org_unit_codes = true; values = ( { indicator = "B1"; period = "monthly"; data_element = "kbrElemen01"; } );'
refused 3 'IBU_HAMIL.FE would overwrite IBU_HAMIL.K4' 'org_unit_codes = true;
values = ( { field = "IBU_HAMIL.K4"; data_element = "kbrElemen01"; },
           { field = "IBU_HAMIL.FE"; data_element = "kbrElemen01"; } );'
refused 2 'area 35.12.03.2001 is mapped already' 'values = ();
org_units = ( { area = "35.12.03.2001"; id = "kbrDesa2001"; }, { area = "35.12.03.2001"; id = "kbrDesa2002"; } );'
refused 1 'unknown setting "org_unitz"' 'org_unitz = ();'
map 'org_units = ( { area = "35.12.03.2009"; id = "kbrDesa2001"; } ); values = ( { indicator = "B1"; data_element = "kbrElemen01"; } );'
expect 1 ctl export dhis2 --period 2026-10 --map "$folder/map.cfg"
complains 'map.cfg:1: '
expect 2 ctl export dhis2
complains 'either --period MONTH'
expect 2 ctl export dhis2 --period 2026-10 --quarter 2026-Q4
expect 2 ctl export dhis2 --quarter 2026-Q5
expect 1 ctl export dhis2 --period 2026-10 --area 35.99
# For spreadsheets: a village a row, as Excel reads it here or elsewhere, and as workbooks.
ctl area add 35.12.03.2003 '=1+1 & <Nuap'"'"'u> "Lama" Bukit Kaliwates Utara Persiapan Pemekaran Transmigrasi Sumber: [A/B]' >/dev/null
sql "UPDATE report SET area_id = (SELECT id FROM area WHERE code = '35.12.03.2003') WHERE id = 7"
ctl score rebuild >/dev/null
expect 0 ctl export csv --wide --quarter 2026-Q4
lines 4
says '35.12.03.2001,Suboh,Suboh,Situbondo,TW4 2026,'
says ',4,12,'
says ',4,12,33.33'
expect 0 ctl export csv --wide --quarter 2026-Q4 --excel-id --area 35.12.03.2001
[ "$(head -c 3 "$out" | od -An -tx1)" = ' ef bb bf' ] || fail 'no mark of UTF-8'
says '35.12.03.2001;Suboh;Suboh;Situbondo;TW4 2026;'
says ';4;12;33,33'
expect 0 ctl export csv --excel-id --period 2026-10 --output "$folder/okt.csv"
grep -q '^35.12.03.2001;Suboh;2026-10;IBU_HAMIL;K4;box-03-rp-2;4' "$folder/okt.csv" || fail 'not as Excel reads it'
expect 2 ctl export csv --wide --period 2026-10
expect 2 ctl export csv --quarter 2026-Q4
expect 2 ctl export xlsx
expect 0 ctl export xlsx --quarter 2026-Q4 --output "$folder/rekap.xlsx" --json
json_is '$.file' "$folder/rekap.xlsx"
# xml FILE PART: of a workbook, in $out
xml() { sqlite3 :memory: "SELECT CAST(data AS TEXT) FROM zipfile('$folder/$1') WHERE name = 'xl/$2'" >"$out" 2>"$err"; }
xml rekap.xlsx sharedStrings.xml
says '<t>35.12.03.2001</t>'
says "<t>=1+1 &amp; &lt;Nuap'u&gt; \"Lama\" Bukit Kaliwates Utara Persiapan Pemekaran Transmigrasi Sumber: [A/B]</t>"
xml rekap.xlsx worksheets/sheet1.xml
says_not '<f>'
# B1 of Suboh: numbers in their cells, and empty ones where nothing is known
grep -qE '<c r="O3" s="[0-9]+"><v>4</v></c><c r="P3" s="[0-9]+"><v>12</v></c><c r="Q3" s="[0-9]+"/>' "$out" || fail 'other numbers'
expect 0 ctl export xlsx --quarter 2026-Q4 --sheets --output "$folder/form4.xlsx"
xml form4.xlsx workbook.xml
says '<sheet name="2001 Suboh" '
says "<sheet name=\"2003 =1+1 &amp; &lt;Nuap u&gt; &quot;Lama&quot; Buk\" "
xml form4.xlsx worksheets/sheet1.xml
for cell in G6:2026 G7:4 F12: G18:4 E41:4 F41:12 C18:1; do
    grep -qE "<c r=\"${cell%:*}\" s=\"[0-9]+\"(><v>${cell#*:}</v>|/>)" "$out" || fail "cell $cell"
done
grep -qE '<c r="I18" s="[0-9]+"><v>0.3333</v>' "$out" || fail 'a percentage is no number'
# Another set needs a sheet of its own, and a fault in one is named with its line.
mkdir "$folder/sheets"
printf 'columns = [ 10 ];\ncells = (\n  { at = "A1"; value = "B9.numerator"; },\n  { at = "A1:B2"; text = "x"; } );\n' >"$folder/sheets/hpk-2018.cfg"
expect 1 ctl export xlsx --sheets --quarter 2026-Q4 --output "$folder/form4.xlsx"
complains 'sheets/hpk-2018.cfg:3: value = "B9.numerator" is not in the set'
printf 'cells = (\n  { at = "A1"; text = "x"; },\n  { at = "A1:B2"; text = "x"; } );\n' >"$folder/sheets/hpk-2018.cfg"
expect 1 ctl export xlsx --sheets --quarter 2026-Q4 --output "$folder/form4.xlsx"
complains 'sheets/hpk-2018.cfg:3: its place is taken by the cell of line 2'
finish
