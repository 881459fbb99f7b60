#!/bin/sh
# A modem that answers, is registered and sends nothing: noticed, reset, and named by status until it sends again.
. "$(dirname "$0")/lib.sh"
box 'oneway_submits = 2; retry_base_seconds = 1; retry_jitter_percent = 0; quiet_from = "00:00"; quiet_until = "00:00";'
modem --boot 200
sed -i "s,connection = \"none\"; model = \"dummy\"; device = \"phone\",connection = \"at115200\"; device = \"$folder/tty\"," \
    "$folder/kabard.conf"
villages
order fail CMGS 500 times=2
run_daemon
expect 0 ctl send +6281230000001 'Rapat besok pukul 9'
until_status() {
    command="status says $1" tries=0
    until ctl --json status >"$out" 2>"$err" && grep -q "$1" "$out"; do
        tries=$((tries + 1))
        [ $tries -lt 200 ] || { fail 'in vain'; return; }
        sleep 0.1
    done
}
until_status '"state":"one-way"'
says 'it answers, but nothing can be sent by it'
expect 0 ctl status
says 'it answers, but'
until_status '"state":"ready"'
says '"mended":{"since":'
grep -q 'K37 modem=sim1 it answers' "$folder/kabard.log" || fail 'the journal does not say it'
grep -q 'with a soft reset' "$folder/kabard.log" || fail 'it was not reset'
sql_is "SELECT state IN ('submitted', 'delivered') FROM mt_message" 1
stop_daemon
finish
