#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# broadcast: shown, queued only with --yes, taken back as a whole.
. "$(dirname "$0")/lib.sh"
box 'sms_price = 350;'
villages
expect 1 ctl broadcast --role kades rapat besok
complains 'nobody is registered as kades there'
for i in 1 2 3 4 5; do
    ctl contact add "0812-3000-010$i" --name "Kepala $i" --role kades --area 35.12.03.200$((i % 2 + 1)) >/dev/null || exit 3
done
ctl contact add 081230000109 --name Kader --role kader --area 35.12.03.2001 >/dev/null || exit 3
ctl contact block 081230000105 >/dev/null || exit 3
expect 0 ctl broadcast --role kades rapat besok jam 9
says ' 1400 '
says '+6281230000104'
complains 'nothing is queued yet'
expect 0 ctl broadcast --role kades --json "rapat tanggal 12345 $(printf '%0160d' 0)"
json
json_is '$.people' 4
json_is '$.parts' 2
json_is '$.parts_total' 8
json_is '$.cost' 2800
json_is '$.queued' 0
json_is '$.id' ''
json_is '$.fault' 12345
json_is '$.first[0]' +6281230000102
sql_is 'SELECT count(*) FROM mt_message' 0
expect 0 ctl broadcast --role kades --area 35.12.03.2001 rapat besok --yes --json
json_is '$.id' 1
json_is '$.queued' 1
json_is '$.people' 2
sql_is "SELECT group_concat(recipient || ' ' || kind || ' ' || state || ' ' || job, ', ') FROM mt_message" \
    '+6281230000102 broadcast queued broadcast:1, +6281230000104 broadcast queued broadcast:1'
sql_is "SELECT what || ' ' || subject || ' ' || detail FROM audit ORDER BY id DESC LIMIT 1" \
    'broadcast broadcast:1 kades 35.12.03.2001, 2 people'
expect 0 ctl broadcast --role kades undangan --yes --json
json_is '$.id' 2
sql "UPDATE mt_message SET state = 'submitted', parts_sent = 1 WHERE id = 3"
expect 2 ctl outbox cancel
expect 2 ctl outbox cancel 1 --broadcast 2
expect 1 ctl outbox cancel --broadcast 9
complains 'no broadcast 9'
expect 0 ctl outbox cancel --broadcast 2 --json
json
json_is '$.cancelled' 3
sql_is "SELECT group_concat(state) FROM (SELECT state FROM mt_message ORDER BY id)" queued,queued,submitted,cancelled,cancelled,cancelled
expect 1 ctl outbox cancel --broadcast 2
complains 'nothing left to cancel'
expect 2 ctl broadcast --role dukun halo
complains 'expected kpm, kader'
expect 2 ctl broadcast halo
finish
