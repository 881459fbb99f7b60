#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The database locked by another program: said, nothing taken, status and a stop still work, and it goes on by itself.
. "$(dirname "$0")/lib.sh"
box
villages
run_daemon
# lock: another program holds the database, until unlock
lock() {
    sqlite3 -bail -cmd '.timeout 60000' "$folder/kabar.db" 'BEGIN EXCLUSIVE;' \
        ".shell touch '$folder/locked'; while [ -e '$folder/locked' ]; do sleep 0.1; done" 'COMMIT;' &
    locker=$!
    await 'the lock' [ -e "$folder/locked" ]
}
unlock() {
    rm "$folder/locked"
    wait $locker
}
# counts VALUE: what is reported of K4; for await
counts() { is "SELECT value FROM current_value WHERE field = 'K4'" "$1"; }

# The dummy's folder is made by itself.
await 'the modem' told 'sim1: ready'
lock
ctl simulate --from 081230000001 --timeout 1 'IBU HAMIL 12 K4 3' >/dev/null 2>&1
await 'a word of the lock' told 'another program has locked'
expect 0 ctl status
says 'nothing is taken from the'
expect 0 ctl status --json
json
[ -s "$folder/phone/sms/1/1" ] || fail 'the SMS was taken and could not be stored'
unlock
await 'the report' counts 3
sql_is "SELECT count(*) FROM mt_message WHERE text LIKE '%K4 3.'" 1
expect 0 ctl status
says_not 'nothing is taken from the'
expect 0 ctl status --json
json_is '$.trouble' ''
says '"mended":{"since":'

lock
ctl simulate --from 081230000001 --timeout 1 'IBU HAMIL 12 K4 4' >/dev/null 2>&1
await 'a word of the lock' told 'another program has locked'
start=$(date +%s)
stop_daemon
[ $(($(date +%s) - start)) -le 30 ] || fail 'stopping took more than 30 s'
unlock
run_daemon
await 'the report' counts 4
finish
