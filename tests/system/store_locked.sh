#!/bin/sh
# The database locked by another program: said, nothing taken, status and a stop still work, and it goes on by itself.
. "$(dirname "$0")/lib.sh"
box
villages
run_daemon
# lock SECONDS: another program holds the database
lock() {
    sqlite3 -bail -cmd '.timeout 5000' "$folder/kabar.db" 'BEGIN EXCLUSIVE;' ".shell touch '$folder/locked'; sleep $1; rm '$folder/locked'" 'COMMIT;' &
    locker=$!
    until [ -e "$folder/locked" ]; do sleep 0.1; done
}
# The dummy's folder is made by itself.
tries=0
until ctl status | grep -q 'sim1: ready'; do
    tries=$((tries + 1))
    [ $tries -lt 50 ] || { cat "$folder/kabard.log"; exit 1; }
    sleep 0.1
done
lock 12
ctl simulate --from 081230000001 --timeout 1 'IBU HAMIL 12 K4 3' >/dev/null 2>&1
sleep 7
expect 0 ctl status
says 'nothing is taken from the'
says 'another program has locked'
expect 0 ctl status --json
json
[ -s "$folder/phone/sms/1/1" ] || fail 'the SMS was taken and could not be stored'
wait $locker
sleep 6
sql_is "SELECT count(*) FROM mt_message WHERE text LIKE '%K4 3.'" 1
expect 0 ctl status
says_not 'nothing is taken from the'
expect 0 ctl status --json
json_is '$.trouble' ''
says '"mended":{"since":'

lock 30
ctl simulate --from 081230000001 --timeout 1 'IBU HAMIL 12 K4 4' >/dev/null 2>&1
sleep 7
start=$(date +%s)
stop_daemon
[ $(($(date +%s) - start)) -le 5 ] || fail 'stopping took more than 5 s'
kill $locker
wait $locker 2>/dev/null
run_daemon
sleep 2
sql_is "SELECT value FROM current_value WHERE field = 'K4'" 4
finish
