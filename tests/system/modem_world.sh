#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# SIM and clock at their worst: a PIN that is wrong is tried once, a SIM swapped is noticed, its credit watched, and the
# wall clock may show 1970 or jump both ways.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/lib_modem.sh"
modem --pin 1234
modem_box 'pin = "0000"; balance = "*888#"; balance_limit = 5000;' 'quiet_from = "00:00"; quiet_until = "00:00";'
ctl contact add 081230000009 --name Yanto --role operator --area 35.12.03 >/dev/null
order ussd '*888#' 'Sisa pulsa Anda Rp 1.200 s/d 01-12-2026'
report() { order sms +6281230000001 "IBU HAMIL 50 K4 $1"; }
answered_by_network() { happened 1 "ibu hamil 50, K4 $1."; }

# one try, however often worker and daemon begin again
run_daemon
await 'the refusal' happened 1 'pin wrong'
await 'the word of it' told 'PIN'
stop_daemon
asked=$(grep -c 'needs a PIN' "$folder/kabard.log")
run_daemon
await 'the log' logged 1 'has refused this PIN before'
await 'the SIM asked again' logged $((asked + 1)) 'needs a PIN'
await 'the word of it' told 'PIN'
[ "$(grep -c 'pin wrong' "$events")" = 1 ] || fail 'the PIN was tried again'
stop_daemon

# the right one, on a box whose clock begins in 1970
sed -i 's/0000/1234/' "$folder/kabard.conf"
now_ms=$(date +%s)000
shift_clock -$now_ms 0
run_daemon
report 1
await 'the answer in 1970' answered_by_network 1
sql_is "SELECT count(*) FROM mo_message WHERE received_ms < $now_ms - 60000 OR sent_ms < $now_ms - 60000" 0
sql_is 'SELECT period FROM report' "$(TZ=Asia/Jakarta date +%Y-%m)"
# set right, a year ahead, a month back
shift_clock 0 0
report 2
await 'the answer now' answered_by_network 2
shift_clock 31536000000 0
report 3
await 'the answer a year ahead' answered_by_network 3
shift_clock -2592000000 0
report 4
await 'the answer a month back' answered_by_network 4
calm 4
shift_clock 0 0
sql_is "SELECT value FROM current_value WHERE field = 'K4'" 4
sql_is "SELECT count(DISTINCT period) FROM report" 1

# credit: asked two minutes after the modem came up, and once a day
shift_clock 0 130000
report 5
await 'the question' happened 1 'ussd *888#'
await 'the alert' grep -q 'to=+6281230000009.*Pulsa SIM' "$events"
order ussd '*888#' 'Sisa pulsa Anda Rp 51.200 s/d 01-12-2026'
calm 5
shift_clock 86400000 86530000
report 6
await 'the question' happened 2 'ussd *888#'
await 'the answer' answered_by_network 6
[ "$(grep -c 'to=+6281230000009.*Pulsa SIM' "$events")" = 1 ] || fail 'an alert too many'
sql_is "SELECT value FROM meta WHERE name = 'balance.sim1'" 51200
# and when an operator wants to know
order ussd '*888#' 'Sisa pulsa Anda Rp 50.900 s/d 01-12-2026'
expect 0 ctl balance --ask
await 'the credit' is "SELECT value FROM meta WHERE name = 'balance.sim1'" 50900
sql_is "SELECT value FROM meta WHERE name = 'balance_ask.sim1'" ''

# another SIM
calm 6
order unplug
order imsi 510100000000099
await 'it is missed' is 'SELECT registered FROM modem_state' 0
order plug
await 'it is noticed' is "SELECT detail FROM audit WHERE what = 'sim.changed'" \
    'IMSI 510100000000099, before 510100000000017'
report 7
await 'the answer' answered_by_network 7
finish
