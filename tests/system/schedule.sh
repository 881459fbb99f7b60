#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The calendar through the whole daemon: who is late is reminded, once and by what is missing when it goes out; nobody at
# night; what was blocked or has come is not sent; the operator has his line.
. "$(dirname "$0")/lib.sh"
export TZ=Asia/Jakarta
# All of it at noon of the 15th of next month, whenever the test runs: midnight is far, the month has that day.
noon=$(date -d "$(date +%Y-%m-15) 12:00 next month" +%s)
day=15
weekday=$(LC_ALL=C date -d "@$noon" +%A | tr '[:upper:]' '[:lower:]')
month=$(date -d "@$noon" +%Y-%m)
shift_clock $(((noon - $(date +%s)) * 1000)) 0
export LD_LIBRARY_PATH="$KABAR_BIN/../tests" LD_PRELOAD=shift_clock.so ASAN_OPTIONS=verify_asan_link_order=0
always='quiet_from = "00:00"; quiet_until = "00:00";'
night='quiet_from = "00:00"; quiet_until = "23:59";'
box "grace_days = 0; schedule = { time = \"00:00\"; remind_day = $day; remind_again_day = 0; posyandu_day = 0; silent_day = 0; kades_day = $day; card_day = 0;
  operator_time = \"00:00\"; weekly = \"$weekday\"; };
$night"
villages
ctl contact add 081230000002 --name Budi --role kpm --area 35.12.03.2002 >/dev/null
ctl contact add 081230000003 --name Hasan --role kades --area 35.12.03.2002 >/dev/null
ctl contact add 081230000004 --name Yanto --role operator --area 35.12.03 >/dev/null
ctl contact add 081230000005 --name Joko --role kpm --area 35.12.03.2002 >/dev/null
sql 'UPDATE contact SET created_ms = 1' # registered before the day

# sent TEXT N: so many SMS with that text have left, waited for
sent() { await "$2 SMS like $1" is "SELECT count(*) FROM mt_message WHERE state = 'submitted' AND text LIKE '$1'" "$2"; }
queued() { sql_is "SELECT count(*) FROM mt_message WHERE state = 'queued' AND text LIKE '$1'" "$2"; }

# At night it is queued, soon after the start, and nothing goes out.
run_daemon
expect 0 ctl simulate --from 081230000001 'bumil 12 k4 3'
await 'the jobs' is 'SELECT count(*) FROM job' 3
sql_is "SELECT group_concat(substr(name, 1, instr(name, ':') - 1)) FROM (SELECT name FROM job ORDER BY name)" reminder,reminder,weekly
queued 'Mohon kirim laporan %' 3
queued 'Yth Bapak/Ibu Kades Buduan%' 1
queued 'box-03: modem aktif%' 1
sql_is "SELECT count(*) FROM mt_message WHERE state = 'submitted' AND kind <> 'reply'" 0

# What comes before it is sent: less is asked for, or nothing.
expect 0 ctl simulate --from 081230000001 'anak 40 bb 38'
queued 'Mohon kirim laporan % Suboh yang belum masuk: TIKAR.%' 1
expect 0 ctl simulate --from 081230000001 'tikar 40 h 40'
queued '% Suboh %' 0
expect 0 ctl contact block 081230000005
stop_daemon

# By day it goes out, once, also over a restart; nobody is told twice.
sed -i "s/^$night\$/$always/" "$folder/kabard.conf"
run_daemon
sent 'Mohon kirim laporan % Buduan yang belum masuk: IBU HAMIL, ANAK, TIKAR. Terima kasih.' 1
sent 'Yth Bapak/Ibu Kades Buduan: %' 1
sent "box-03: modem aktif 1/1, antre %" 1
stop_daemon
run_daemon
sleep 5
sql_is "SELECT count(*) FROM mt_message WHERE kind <> 'reply' AND state <> 'cancelled'" 3
sql_is "SELECT group_concat(recipient) FROM mt_message WHERE kind = 'reminder' AND state = 'submitted'" +6281230000002,+6281230000003
expect 0 ctl missing --area 35.12.03.2001 --period "$month"
silent
finish
