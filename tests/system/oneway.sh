#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
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
# Without a network it has no chance to send before that was seen.
await 'the restart' logged 1 'K37 modem=sim1 it answers'
order register off
await 'the state' status_has '"state":"one-way"'
expect 0 ctl --json status
says 'it answers, but nothing can be sent by it'
expect 0 ctl status
says 'it answers, but'
order register on
await 'it sends again, and has a network' status_has '"mended":{"since":'
expect 0 ctl --json status
says '"state":"ready"'
grep -q 'with a soft reset' "$folder/kabard.log" || fail 'it was not reset'
sql_is "SELECT state IN ('submitted', 'delivered') FROM mt_message" 1
stop_daemon
finish
