#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# send, outbox, outbox retry and cancel: the queue in an operator's hand, without a daemon.
. "$(dirname "$0")/lib.sh"
box
villages
expect 0 ctl outbox
silent
complains 'no messages'
expect 0 ctl send 081230000001 halo bu, ada rapat
says queued
expect 0 ctl send 081230000001 'rapat 12345' --json
json
json_is '$.parts' 1
complains 'carriers may drop an SMS with "12345"'
expect 2 ctl send 081230000001 "$(printf '%01500d' 0)"
complains 'at most 8 SMS'
expect 1 ctl send TELKOMSEL halo
complains 'is not a phone number'
expect 0 ctl outbox
lines 3
says 'halo bu, ada rapat'
expect 0 ctl outbox --json --limit 1
lines 1
json
json_is '$.text' 'rapat 12345'
json_is '$.state' queued
expect 0 ctl outbox --to 081230000009
silent
expect 2 ctl outbox --state gone
complains 'expected one of queued'
expect 0 ctl outbox cancel 1
says cancelled
expect 1 ctl outbox cancel 1
complains 'nothing left to cancel'
expect 0 ctl outbox --state cancelled
lines 2
expect 0 ctl outbox retry 1 --json
json_is '$.id' 3
json_is '$.state' queued
expect 1 ctl outbox retry 2
complains 'is queued'
expect 1 ctl outbox retry 99
complains 'no message 99'
expect 2 ctl outbox retry x
sql "UPDATE mt_message SET state = 'uncertain' WHERE id = 2"
expect 0 ctl outbox retry 2
says retry_wait
expect 0 ctl outbox cancel 2
sql_is 'SELECT group_concat(state) FROM mt_message' cancelled,cancelled,queued
sql_is "SELECT group_concat(what, ' ') FROM audit WHERE id > (SELECT max(id) FROM audit WHERE what = 'contact.add')" \
    'send send outbox.cancel outbox.retry outbox.retry outbox.cancel'
# What has expired is sent after all, and is of use as long as if it were new; so is what a restore has held.
for state in expired held; do
    sql "UPDATE mt_message SET state = '$state', expires_ms = 1000 WHERE id = 3"
    expect 0 ctl outbox retry 3 --json
    json_is '$.state' queued
    sql_is "SELECT count(*) FROM mt_message WHERE state = 'queued' AND expires_ms > strftime('%s') * 1000" 1
    sql "DELETE FROM mt_part WHERE mt_id > 3; DELETE FROM mt_message WHERE id > 3"
done
# A message with an escape sequence does not reach the terminal.
expect 0 ctl send 081230000001 "$(printf 'a\033[31mb')"
expect 0 ctl outbox
says 'a\x1b[31mb'
finish
