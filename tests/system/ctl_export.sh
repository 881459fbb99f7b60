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
finish
