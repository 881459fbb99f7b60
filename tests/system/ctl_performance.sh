#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# performance: months complete, in time and late, corrections, posyandu and activities of each KPM.
. "$(dirname "$0")/lib.sh"
box
sed -i 's/^forms = (/&\n  { code = "ACARA"; name = "ACARA"; example = "ACARA 1 PESERTA 40"; section = "activities";\n    keys = ( { code = "RDS"; label = "RDS"; }, { code = "PESERTA"; label = "peserta"; } ); },/' "$folder/sets/hpk-2018.cfg"
villages
ctl area add 35.12.03.2001/01 Melati >/dev/null
ctl area add 35.12.03.2001/02 Mawar >/dev/null
ctl contact add 0812-3000-0002 --name 'Wati & "Nuap"' --role kpm --area 35.12.03.2002 >/dev/null
# report AREA FORM MONTH DAY [STATUS]: by the KPM of the village, or of a posyandu by nobody
report() {
    sql "INSERT INTO report (uid, contact_id, area_id, \"set\", form, period, status, sent_ms, created_ms)
         SELECT 'x-' || (SELECT count(*) FROM report), iif(code GLOB '*/*', NULL, 1), id, 'hpk-2018', '$2', '$3', '${5-accepted}',
                unixepoch('$4 02:00') * 1000 + (SELECT count(*) FROM report), 1000 FROM area WHERE code = '$1'"
}
village=35.12.03.2001
for form in IBU_HAMIL ANAK TIKAR; do
    report $village $form 2026-07 2026-07-25
    report $village $form 2026-08 2026-09-08
done
report $village ANAK 2026-08 2026-09-09
report $village IBU_HAMIL 2026-09 2026-09-20
report $village TIKAR 2026-09 2026-09-20 cancelled
report $village/01 ANAK 2026-09 2026-09-20
report $village ACARA 2026-09 2026-09-12
report $village ACARA 2026-09 2026-09-19
expect 0 ctl performance --quarter 2026-Q3 --json
json
lines 2
json_is '$.area' $village
json_is '$.name' 'Siti Aminah'
json_is '$.complete' 2
json_is '$.due' 3
json_is '$.on_time' 1
json_is '$.late_days' 3
json_is '$.corrections' 1
json_is '$.posyandu' 1
json_is '$.posyandu_all' 2
json_is '$.activities' 2
expect 0 ctl performance --quarter 2026-Q3
says '2/3'
says '1/2'
says 'Wati & "Nuap"'
expect 0 ctl performance --quarter 2026-Q3 --area 35.12.03.2002 --json
lines 1
json_is '$.complete' 0
json_is '$.late_days' 0
expect 1 ctl performance --area 35.99
expect 2 ctl performance --quarter 2026-Q5
finish
