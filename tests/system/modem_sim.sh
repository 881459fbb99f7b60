#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A SIM at its worst: full of copies, without the address of its SMSC, without credit. Each is said and told by SMS, and
# ends by itself. What the modem is to be told before it is opened is told to it.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/lib_modem.sh"
modem --smsc '' --sm 5 --me 0 --verbose
order copies 5
modem_box 'smsc = "081230009999"; delete_sent = false; init = ( "AT+CMMS=2", "AT^NONSENSE=1" ); poll_seconds = 1;' \
    'quiet_from = "00:00"; quiet_until = "00:00"; pace_minute = 300;'
ctl contact add 081230000009 --name Yanto --role operator --area 35.12.03 >/dev/null
order sms +6281230000001 IBU HAMIL 50 K4 1

# full of what is not deleted: said, also by doctor and by SMS, until it may delete
shift_clock 0 0
run_daemon
for minute in 2 4 6; do
    looks=$(grep -c 'at +CSQ' "$events")
    shift_clock $((minute * 60000)) $((minute * 60000))
    await 'a look at the modem' happened $((looks + 1)) 'at +CSQ'
done
await 'the word of it' told 'its SIM is full'
expect 1 ctl doctor
says 'its SIM is full'
await 'the alert' happened 1 'SIM sim1 penuh'
stop_daemon
sed -i 's/delete_sent = false/delete_sent = true/' "$folder/kabard.conf"
shift_clock 0 0
run_daemon
await 'the answer' happened 1 'ibu hamil 50, K4 1.'
happened 1 'at +CMMS=2' || fail 'init was not said'
logged 1 'AT^NONSENSE=1: the modem refuses it' || fail 'a refused command is not in the log'

# without credit: nothing fails, the operator hears of it when it is over at the latest, and all of it goes out
stop_daemon
order fail CMGS 30 times=1000000
run_daemon
for i in 2 3 4 5; do order sms +6281230000001 "IBU HAMIL 50 K4 $i"; done
await 'the reports' is 'SELECT count(*) FROM mo_message' 5
barred() { told 'refuses all that its SIM sends'; }
refused_or_told() { happened $((refused + 1)) 'refused id=' || barred; }
minute=0
until barred; do
    minute=$((minute + 20))
    [ $minute -le 400 ] || { fail 'nobody says that the network refuses all'; break; }
    await 'an empty SIM' read_off
    refused=$(grep -c 'refused id=' "$events")
    shift_clock $((minute * 60000)) $((minute * 60000))
    order sms +6281230000001 "IBU HAMIL 51 K4 $minute"
    await 'a refusal, or the word of it' refused_or_told
done
sql_is "SELECT count(*) FROM mt_message WHERE state = 'failed'" 0
expect 1 ctl doctor
says 'refuses all that its SIM sends'
order clear
await 'an empty SIM' read_off
minute=$((minute + 20))
shift_clock $((minute * 60000)) $((minute * 60000))
order sms +6281230000001 'IBU HAMIL 51 K4 6'
await 'all SMS' all_sent
sql_is "SELECT count(*) FROM mt_message WHERE state = 'failed'" 0
await 'the alert' happened 1 'ditolak jaringan'

# it says OK and deletes nothing
order answer CMGD
order sms +6281230000001 'IBU HAMIL 51 K4 7'
await 'the word of it' told 'it does not delete'
order answer CMGD off
await 'an empty SIM' read_off

# it denies its network: what comes through it says otherwise
stop_daemon
order answer CREG +CREG: 0,3
order answer CGREG +CGREG: 0,3
run_daemon
await 'the denial' is 'SELECT registered FROM modem_state' 0
order sms +6281230000001 'IBU HAMIL 51 K4 8'
await 'the network' is 'SELECT registered FROM modem_state' 1
finish
