#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The daemon dies at named places between two commits, without a patch of the programs, and the next one makes it good.
# And its worker is walled in while it serves.
. "$(dirname "$0")/lib.sh"
box 'uncertain = "ask";'
villages
fed=0
for point in intake.report outbox.claimed outbox.leave outbox.left outbox.settle; do
    KABAR_FAILPOINT=$point=kill kabard -c "$folder/kabard.conf" 2>>"$folder/kabard.log" &
    daemon=$!
    fed=$((fed + 1))
    ctl simulate --timeout 0 --from 081230000001 "BUMIL $((100 + fed)) K4 $fed" >"$out" 2>"$err"
    wait "$daemon"
    [ $? = 137 ] || fail "kabard passes $point"
    daemon=
done
run_daemon
await 'every SMS' is 'SELECT count(*) FROM report' "$fed"
await 'every answer' all_sent
await 'the phone' phone_empty
worker=$(cat "/proc/$daemon/task/$daemon/children")
for line in 'NoNewPrivs:	1' 'Seccomp:	2'; do
    grep -q "$line" "/proc/${worker% }/status" || fail "the worker runs without $line"
done
stop_daemon
sql_is 'SELECT count(*), count(DISTINCT text) FROM mo_message' "$fed|$fed"
sql_is "SELECT count(*), count(DISTINCT mo_id) FROM mt_message WHERE kind = 'reply'" "$fed|$fed"
sql_is "SELECT count(*) FROM (SELECT 1 FROM attempt WHERE result = 'sent' GROUP BY part_id HAVING count(*) > 1)" 0
KABAR_FAILPOINT=nonsense expect 3 kabard -c "$folder/kabard.conf"
complains 'KABAR_FAILPOINT'
finish
