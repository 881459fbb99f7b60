#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# kill -9 of the daemon and of its worker while SMS come in: nothing is lost, nothing counts twice, everybody is answered once.
. "$(dirname "$0")/lib.sh"
box 'uncertain = "ask";'
villages
rounds=12 a_round=5 fed=0
for round in $(seq $rounds); do
    kabard -c "$folder/kabard.conf" 2>>"$folder/kabard.log" &
    daemon=$!
    for i in $(seq $a_round); do
        fed=$((fed + 1))
        # the SMS is in the phone in any case; a daemon that is only starting is said not to run
        ctl simulate --timeout 0 --from 081230000001 "BUMIL $((100 + fed)) K4 $fed" >"$out" 2>"$err" ||
            complains 'the SMS waits in the dummy phone'
    done
    sleep "0.0$((round * 7 % 10))"
    if [ $((round % 3)) = 0 ]; then
        kill -9 $(cat "/proc/$daemon/task/$daemon/children") 2>/dev/null
        sleep 0.1
    fi
    kill -9 "$daemon"
    wait "$daemon" 2>/dev/null
    daemon=
done
run_daemon
await 'every SMS' is 'SELECT count(*) FROM mo_message' "$fed"
await 'every answer' all_sent
await 'the phone' phone_empty
stop_daemon
sql_is 'SELECT count(*) FROM mo_message' "$fed"
sql_is 'SELECT count(DISTINCT text) FROM mo_message' "$fed"
sql_is 'SELECT count(*) FROM report' "$fed"
sql_is "SELECT count(*), count(DISTINCT mo_id) FROM mt_message WHERE kind = 'reply'" "$fed|$fed"
# what was being sent when it died is uncertain and waits for the operator; everything else went out, and once
sql_is "SELECT count(*) FROM mt_message WHERE state NOT IN ('submitted', 'delivered', 'uncertain')" 0
sql_is "SELECT count(*) FROM (SELECT 1 FROM attempt WHERE result = 'sent' GROUP BY part_id HAVING count(*) > 1)" 0
sql_is "SELECT value FROM current_value WHERE field = 'K4' AND form = 'IBU_HAMIL'" "$fed"
sql_is 'PRAGMA integrity_check' ok
finish
