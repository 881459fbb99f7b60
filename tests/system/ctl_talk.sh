#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# simulate, chat and what can be seen of them: the whole way through kabard, libGammu's dummy phone and SQLite.
. "$(dirname "$0")/lib.sh"
box
villages
expect 1 ctl simulate --from 081230000001 bumil 12 k4 3
complains 'no daemon runs'
complains 'the SMS waits in the dummy phone'
[ -s "$folder/phone/sms/1/1" ] || fail 'the SMS is not in the phone'
expect 1 ctl chat --from 081230000001
complains 'no daemon runs'
expect 2 ctl chat --from 081230000001 --timeout 0
run_daemon
month=$(TZ=Asia/Jakarta date +%Y-%m)
quarter=$(TZ=Asia/Jakarta date +%Y-%m | awk -F- '{print $1 "-Q" int(($2 + 2) / 3)}')

# What waited in the phone is taken, and one more is answered.
expect 0 ctl simulate --from 081230000001 'IBU HAMIL 14 K4 5'
says 14
[ $failures = 0 ] || { cat "$folder/kabard.log"; finish; }
expect 0 ctl simulate --from 081230000001 --json 'IBU HAMIL 12 K4 3'
json
json_is '$.taken' 1
json_is '$.outcome' report
json_is '$.from' +6281230000001
sql_is "SELECT group_concat(field || '=' || value, ' ') FROM
  (SELECT * FROM current_value WHERE area = '35.12.03.2001' AND form = 'IBU_HAMIL' ORDER BY field)" 'HAMIL=12 K4=3'
expect 0 ctl simulate --from 081230000001 'IBU HAMIL 12 K4 15'
says 15
sql_is "SELECT value FROM current_value WHERE area = '35.12.03.2001' AND form = 'IBU_HAMIL' AND field = 'K4'" 3
expect 0 ctl simulate --from 081230000001 terima kasih
silent
complains 'not answered: chat'
expect 0 ctl simulate --from TELKOMSEL 'Promo hari ini'
silent
complains 'not answered: unanswerable'
expect 0 ctl simulate --from 081230000007 halo
expect 0 ctl contact list --pending
says +6281230000007

# A moment of its own; read twice it counts once.
at="$(TZ=UTC date +%Y-%m-%d)T00:00:01Z"
expect 0 ctl simulate --from 081230000001 --at "$at" 'TIKAR 10 H 8 K 1 M 1'
expect 0 ctl simulate --from 081230000001 --at "$at" 'TIKAR 10 H 8 K 1 M 1'
complains 'it counts once'
await 'the second taken' phone_empty
sql_is "SELECT count(*) FROM mo_message WHERE text LIKE 'TIKAR 10%'" 1
# Two equal ones by hand are two.
expect 0 ctl simulate --from 081230000001 'PAUD 30 AKTIF 25'
expect 0 ctl simulate --from 081230000001 'PAUD 30 AKTIF 25'
sql_is "SELECT count(*) FROM mo_message WHERE text LIKE 'PAUD%'" 2
# Longer than one SMS, and beyond the GSM alphabet.
long='ANAK 147 U6 27 IDL 120 BB 120 TB 120 KG 120 KGL 0 GK 30 GB 5 STUNTING 15 KR 50 AIR 147 JAMBAN 140 AKTA 130 JKN 125 ASUH 110'
expect 0 ctl simulate --from 081230000001 --json "$long dari kader Siti Aminah, semoga sehat semua ibu dan anak di desa kita"
json_is '$.parts' 2
json_is '$.outcome' report
expect 0 ctl simulate --from 081230000001 --json 'SASARAN “52” 👍'
json_is '$.parts' 1
json_is '$.text' 'SASARAN “52” 👍'
sql_is "SELECT value FROM current_value WHERE form = 'SASARAN'" 52
sql_is "SELECT value FROM current_value WHERE form = 'ANAK' AND field = 'ASUH'" 110

expect_input 0 'bumil 13
makasih bu

cek
' ctl chat --from 081230000001
says '+6281230000001:'
says 'Kabar:'
says '(not answered: chat)'
expect_input 0 'bumil 15 k4 4
' ctl chat --from 081230000001 --json
json
json_is '$.outcome' report

expect 0 ctl inbox
says 'IBU HAMIL 12 K4 15'
expect 0 ctl inbox --json --from 081230000001 --limit 3
lines 3
json
expect 0 ctl inbox --unread
expect 0 ctl reports
says 'HAMIL 12, K4 3'
says rejected
expect 0 ctl reports --json --area 35.12.03.2001 --period "$month"
json
expect 0 ctl reports --area 35.12.03.2002
silent
expect 0 ctl outbox --json
json
expect 0 ctl trace 081230000001 --limit 50
says 'IBU HAMIL 12 K4 15'
says 'K4 <= HAMIL'
says reply
says "score    $quarter of 35.12.03.2001: "
says 'K4 4/15'
expect 0 ctl trace 1 --json
json
json_is '$.from' +6281230000001
json_is '$.reports[0].score.quarter' "$quarter"
json_is '$.reports[0].score.area' 35.12.03.2001
await 'the answers sent' all_sent
sql 'UPDATE mt_message SET cause = 65574' # CMS 38, as cause_of() packs it
expect 0 ctl trace box-03-mo-1
says 'last refused with CMS 38: network out of order'
expect 0 ctl trace box-03-mo-1 --json
json_is '$.replies[0].cause_text' 'CMS 38: network out of order'
expect 0 ctl outbox --json
json_is '$.cause_text' 'CMS 38: network out of order'
sql 'UPDATE mt_message SET cause = 0'
expect 1 ctl trace 999999
expect 0 ctl missing --json
lines 1
json_is '$.area_name' Buduan # nobody is registered there: the very one to chase
json_is '$.contact' ''
expect 0 ctl contact add 081230000002 --name Budi --role kader --area 35.12.03.2002
expect 0 ctl missing
says 'Budi'
says_not 'Siti'
expect 0 ctl missing --area 35.12.03.2002 --json
json
json_is '$.missing[0]' IBU_HAMIL
expect 2 ctl missing --period 2026-13
expect 0 ctl missing --period 2026-01 --json
lines 2
# What the area has reported before is expected of it, not every form there is.
expect 0 ctl simulate --from 081230000002 'bulan lalu: anak 40 bb 38'
expect 0 ctl missing --json
lines 1
json_is '$.missing' '["ANAK"]'

# A posyandu that is named: stored for it, echoed, and asked back where there is none of that name.
expect 0 ctl area add 35.12.03.2001/01 'Posyandu Mawar'
expect 0 ctl area add 35.12.03.2001/02 'Posyandu Melati 2'
expect 0 ctl simulate --from 081230000001 'POSYANDU MELATI 2 ANAK 12 TIMBANG 10'
says 'Posyandu Melati 2'
sql_is "SELECT area FROM current_value WHERE form = 'ANAK' AND field = 'ANAK' AND value = 12" 35.12.03.2001/02
expect 0 ctl simulate --from 081230000001 --json 'posyandu anggrek anak 17 bb 10'
json_is '$.outcome' unknown
expect 1 ctl reparse "$(sql "SELECT max(id) FROM mo_message")"
complains 'posyandu of 35.12.03.2001'
expect 0 ctl area add 35.12.03.2001/03 Anggrek
expect 0 ctl reparse "$(sql "SELECT max(id) FROM mo_message")"
sql_is "SELECT area FROM current_value WHERE form = 'ANAK' AND field = 'ANAK' AND value = 17" 35.12.03.2001/03
# Two of them in one SMS, each name before its own part, are two reports, and one SMS answers both.
expect 0 ctl simulate --from 081230000001 'Mawar: bumil 5 k4 4. Melati 2: bumil 7 k4 6'
says 'Posyandu Mawar'
says 'Posyandu Melati 2'
sql_is "SELECT group_concat(area || ' ' || field || '=' || value, ', ') FROM (SELECT * FROM current_value
  WHERE area GLOB '35.12.03.2001/*' AND form = 'IBU_HAMIL' ORDER BY area, field)" \
    '35.12.03.2001/01 HAMIL=5, 35.12.03.2001/01 K4=4, 35.12.03.2001/02 HAMIL=7, 35.12.03.2001/02 K4=6'
sql_is "SELECT count(*) FROM mt_message WHERE mo_id = (SELECT max(id) FROM mo_message)" 1
# With a name that nobody knows none of it is stored; once it is known the SMS is read again.
expect 0 ctl simulate --from 081230000001 'Mawar: paud 15. Kenanga: paud 16. Melati 2: paud 17'
says 'TIDAK disimpan'
sql_is "SELECT count(*) FROM current_value WHERE form = 'PAUD' AND area GLOB '35.12.03.2001/*'" 0
expect 0 ctl area add 35.12.03.2001/04 'Posyandu Kenanga'
expect 0 ctl reparse "$(sql "SELECT max(id) FROM mo_message")"
sql_is "SELECT group_concat(area || ' ' || value, ', ') FROM (SELECT * FROM current_value
  WHERE area GLOB '35.12.03.2001/*' AND form = 'PAUD' ORDER BY area)" \
    '35.12.03.2001/01 15, 35.12.03.2001/02 17, 35.12.03.2001/04 16'
expect 0 ctl status
says 'daemon      runs'
says 'sim1'
expect 2 ctl status now
expect 0 ctl status --json
json
json_is '$.running' 1
json_is '$.modems[0].name' sim1
stop_daemon
expect 0 ctl status
says 'does not run'
finish
