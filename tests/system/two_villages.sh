#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# One SMS of a KPM of two villages, through the daemon and the dummy phone: one report for each, one answer for both.
. "$(dirname "$0")/lib.sh"
box
villages
ctl contact edit 081230000001 --area Suboh+Buduan >/dev/null || exit 3
run_daemon
expect 0 ctl simulate --from 081230000001 'DESA Suboh: bumil 12 k4 3. DESA Buduan: bumil 7 k4 2'
says 'Desa Suboh'
says 'ibu hamil 12, K4 3'
says 'Desa Buduan'
says 'ibu hamil 7, K4 2'
expect 0 ctl simulate --from 081230000001 'DESA Suboh: anak 40 bb 30. DESA Randu: anak 20 bb 10'
says 'untuk Suboh atau Buduan'
sql_is "SELECT area, form, field, value FROM current_value ORDER BY area, field" \
    "35.12.03.2001|IBU_HAMIL|HAMIL|12
35.12.03.2001|IBU_HAMIL|K4|3
35.12.03.2002|IBU_HAMIL|HAMIL|7
35.12.03.2002|IBU_HAMIL|K4|2"
# what was asked back is taken once the village is there
expect 0 ctl area add 35.12.03.2003 Randu
expect 0 ctl contact edit 081230000001 --area Suboh+Buduan+Randu
expect 0 ctl reparse 2
sql_is "SELECT count(*) FROM current_value WHERE form = 'ANAK'" 4
stop_daemon
finish
