#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# People and their numbers: move, second number, forget; reports show, report set, reply, reparse, audit, export.
. "$(dirname "$0")/lib.sh"
box
villages
expect 0 ctl contact add 081230000002 --name 'Bu Rahasia' --role kader --area 35.12.03.2002
run_daemon
expect 0 ctl simulate --from 081230000001 'bumil 12 k4 3 xyz 4'
expect 0 ctl simulate --from 081230000002 'bumil 20 k4 8 -kader Rahasia'
expect 0 ctl simulate --from 081230000002 'apa kabar semua hari ini'
expect 0 ctl simulate --from 081230000003 'bumil 7 k4 2'

# a report's history and its correction
expect 0 ctl reports show 1
says 'bumil 12 k4 3 xyz 4'
says 'K4 3'
says 'unknown_key'
says 'box-03-mt-1'
expect 0 ctl reports show 1 --json
json
json_is '$.values[1].counts' 1
json_is '$.message.text' 'bumil 12 k4 3 xyz 4'
expect 1 ctl reports show 99
complains 'there is no report 99'
expect 2 ctl reports show x
complains 'kabarctl reports'
expect 0 ctl report set 1 K4 5 --reason 'read from the paper'
says 'K4 was 3, is 5 now'
expect 0 ctl reports show 1
says 'K4 3, now 5 by box-03-rp-'
says 'K4 3 to 5, report 3: read from the paper'
sql_is "SELECT value FROM current_value WHERE area = '35.12.03.2001' AND field = 'K4'" 5
sql_is "SELECT numerator FROM score JOIN area ON area.id = area_id WHERE code = '35.12.03.2001' AND indicator = 'B1'" 5
expect 1 ctl report set 1 K4 13 --reason x
complains 'breaks this rule: K4 <= HAMIL'
expect 1 ctl report set 1 K5 1 --reason x
complains 'expected one of HAMIL'
expect 2 ctl report set 1 K4 -1 --reason x
complains 'not a count from 0 to 9999'
expect 2 ctl report set 1 K4 1
complains '--reason TEXT is missing'
expect 0 ctl report set 1 K4 4 --reason 'again' --json
json
json_is '$.value' 4
sql_is "SELECT count(*) FROM report WHERE mo_id IS NULL" 2
expect 0 ctl audit
says 'read from the paper'
expect 0 ctl audit 0812-3000-0002 --json
json
lines 1
json_is '$.detail' 'Bu Rahasia'
expect 2 ctl audit --since whenever
complains 'kemarin'
expect 0 ctl audit --since '7 hari'
says 'corrected report'

# what nobody understood
expect 1 ctl reparse 1
complains 'was read as report'
expect 1 ctl reparse 99
complains 'no message 99'
expect 1 ctl reparse 3
complains 'still no report'
expect 1 ctl reparse 4
complains 'is not registered'
# what waited is read, the person is told
expect 0 ctl contact add 081230000003 --name Cici --role KPM --area buduan
says 35.12.03.2002
complains '1 SMS of +6281230000003 waited: 1 are read now (1 reports)'
sql_is "SELECT count(*) FROM mt_message WHERE recipient = '+6281230000003' AND text LIKE '%terdaftar untuk Buduan%'" 1
sql_is "SELECT outcome || count(*) FROM mo_message JOIN report ON mo_id = mo_message.id WHERE mo_message.id = 4" report1
sql_is "SELECT count(*) FROM mt_message WHERE mo_id = 4 AND kind = 'manual' AND text LIKE '%K4 2%'" 1
expect 1 ctl reparse 4
expect 0 ctl inbox --unread
says 'apa kabar'
expect 0 ctl reply 3 Kabar baik, Bu. Kirim bantuan untuk contoh.
says 'is dealt with'
expect 0 ctl inbox --unread
silent
expect 0 ctl reply 3 Satu lagi. --json
json
json_is '$.message' 3
expect 1 ctl reply 99 halo
complains 'no message 99'
expect 2 ctl reply x halo

# one row a number, harmless in a spreadsheet
expect 0 ctl area add 35.12.03.2003 =cmd
expect 0 ctl contact add 081230000004 --name Dedi --role kpm --area 35.12.03.2003
expect 0 ctl simulate --from 081230000004 'bumil 3'
expect 0 ctl export csv
says "35.12.03.2003,\"'=cmd\","
says ",K4,box-03-rp-"
expect 0 ctl export csv --area 35.12.03.2003 --json
json
lines 1
json_is '$.value' 3
expect 1 ctl export csv --area 35.99
expect 2 ctl export csv --period 2026-13

# a person moves, gets a second number, is forgotten
expect 0 ctl contact move 081230000001 --area 35.12.03.2002
says 35.12.03.2002
expect 0 ctl contact move 081230000001 --area 35.12.03.2002 --json
json_is '$.area' 35.12.03.2002
expect 1 ctl contact move 081230000001 --area 35.99
expect 1 ctl contact move 081230000099 --area 35.12.03.2002
complains 'is not registered'
expect 0 ctl contact phone add 081230000002 081230000022 --json
json
json_is '$.phone' +6281230000022
expect 1 ctl contact phone add 081230000002 081230000001
complains 'is the number of Siti Aminah'
expect 1 ctl contact phone add 081230000099 081230000098
expect 0 ctl contact phone remove 081230000002 --json
json
json_is '$.phone' +6281230000022
expect 1 ctl contact phone remove 081230000022
complains 'kabarctl contact phone change +6281230000022 NEW'
expect 1 ctl contact phone remove 081230000099
expect 0 ctl contact phone change 081230000022 081230000002 --json
json
json_is '$.phone' +6281230000002
expect 1 ctl contact phone change 081230000002 081230000001
complains 'is the number of Siti Aminah'
expect 1 ctl contact phone change 081230000022 081230000023

# a new SIM asks by SMS; nothing changes until the operator says so
expect 0 ctl simulate --from 081230000041 'Ganti Nomor: 0812-3000-0001'
says 'Permintaan ganti kartu diterima'
expect 0 ctl simulate --from 081230000042 'ganti no. hp 081230000001 bu'
expect 0 ctl simulate --from 081230000043 'nomor baru 081230000077'
sql_is "SELECT group_concat(recipient || text) FROM mt_message WHERE kind = 'alert'" \
    '+6281230000001Kartu HP berakhiran 041 meminta menggantikan kartu ini di Kabar. Bukan Anda? Segera beri tahu petugas kecamatan.'
sql_is "SELECT count(*) FROM contact_phone WHERE phone LIKE '%004_'" 0
expect 0 ctl contact list --pending
says '+6281230000001 Siti Aminah'
expect 0 ctl contact list --pending --json
json
says '"phone":"+6281230000043","name":null,"role":null,"state":"stranger","locale":null,"messages":1'
says '"replaces":"+6281230000077"'
expect 1 ctl contact approve 081230000043
complains 'is not registered'
expect 0 ctl contact approve 081230000041
says 'Siti Aminah'
sql_is "SELECT group_concat(phone) FROM contact_phone JOIN contact ON contact.id = contact_id WHERE name = 'Siti Aminah'" \
    +6281230000041
sql_is "SELECT count(*) FROM mt_message WHERE recipient = '+6281230000041' AND text LIKE '%kartu HP Anda terdaftar untuk Buduan%'" 1
sql_is "SELECT subject || detail FROM audit WHERE what = 'contact.phone.change' ORDER BY id DESC LIMIT 1" \
    +6281230000041+6281230000001
expect 0 ctl contact list --pending
says_not 'Siti Aminah'
expect 0 ctl simulate --from 081230000041 'bumil 14 k4 4'
says 'ibu hamil 14'
expect 0 ctl simulate --from 081230000066 'halo, ini Bu Rahmi'
await 'its answer' is "SELECT state FROM mt_message WHERE recipient = '+6281230000066'" submitted
expect 0 ctl contact forget 081230000066 --yes
says 'the texts of 1 messages received and 1 sent'
expect 1 ctl contact forget 081230000066
complains 'there is no message from or to it'
expect 0 ctl contact list --pending
says_not 81230000066
sql_is "SELECT count(*) FROM contact WHERE name = '-'" 0
before=$(sql "SELECT sum(value) FROM current_value WHERE area = '35.12.03.2002'")
expect 0 ctl contact forget 081230000002 --dry-run
says 'Bu Rahasia: name, numbers'
expect 1 ctl contact forget 081230000002
complains 'the same with --yes does it'
sql_is "SELECT count(*) FROM contact WHERE name = 'Bu Rahasia'" 1
expect 0 ctl contact forget 081230000002 --yes
says 'forgotten'
complains 'backups'
expect 1 ctl contact forget 081230000002
expect 1 ctl contact forget 081230000099
stop_daemon
sql_is "SELECT sum(value) FROM current_value WHERE area = '35.12.03.2002'" "$before"
sql 'PRAGMA wal_checkpoint(TRUNCATE)' >/dev/null
for secret in Rahasia 81230000002 81230000022 Rahmi 81230000066; do
    ! grep -qaF "$secret" "$folder/kabar.db" || fail "the file still says $secret"
done
expect 0 ctl contact list
says_not Rahasia
expect 0 ctl inbox
expect 0 ctl outbox
expect 0 ctl reports show 2
expect 0 ctl contact forget 081230000003 --yes --json
json

printf 'phone,name,role,area\n081230000011,Ani,kpm,35.12.03.2001\n' >"$folder/good.csv"
expect 0 ctl contact import "$folder/good.csv" --dry-run
says '1 contacts would be added'
sql_is "SELECT count(*) FROM contact WHERE name = 'Ani'" 0
printf '08,Bad,kpm,35.12.03.2001\n' >>"$folder/good.csv"
expect 1 ctl contact import "$folder/good.csv" --dry-run
complains 'good.csv:3: '
finish
