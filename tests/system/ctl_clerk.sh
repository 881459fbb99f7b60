#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A clerk's work without a daemon: who did it, what needs no answer, what is read again, a report that is void.
. "$(dirname "$0")/lib.sh"
box 'operators = [ "siti", "budi" ];'
villages

# who did it
expect 0 ctl area rename buduan Buduan Baru --as siti
expect 0 ctl audit --limit 1
says 'siti  gave 35.12.03.2002 another name: '
expect 1 ctl --as mallory area rename buduan X
complains 'the setting "operators" knows siti, budi'
expect 1 ctl area rename buduan X --as ''
expect 2 ctl --as
complains '--as needs a value: --as NAME'
expect 0 env SUDO_USER=rini kabarctl -c "$folder/kabard.conf" area rename buduan Buduan
sql_is "SELECT group_concat(who) FROM (SELECT who FROM audit WHERE what = 'area.rename' ORDER BY id)" \
    kabarctl:siti,kabarctl:rini

# what contact import takes comes out again
expect 0 ctl contact add 081230000005 --name 'Bu "Ani", SPd' --role kader --area '35.12.03.2001+buduan'
expect 0 ctl contact export csv
says '+6281230000005,"Bu ""Ani"", SPd",kader,35.12.03.2001+35.12.03.2002,id,active'
cp "$out" "$folder/people.csv"
expect 0 ctl contact import "$folder/people.csv"
sql_is 'SELECT count(*) FROM contact' 2
expect 0 ctl contact export csv --role KADER --area Buduan --json
json
json_is '$.area' 35.12.03.2001+35.12.03.2002
expect 2 ctl contact export csv --role raja

# message TEXT [OUTCOME [SENDER]]: one that nobody understood
message() {
    sql "INSERT INTO mo_message (uid, modem, sender, contact_id, sent_ms, received_ms, outcome, parts, text)
         SELECT 'm' || count(*), 'sim1', '${3-+6281230000001}', iif('${3-}' = '', 1, NULL), unixepoch() * 1000 + count(*),
                unixepoch() * 1000 + count(*), '${2-unknown}', 1, '$1' FROM mo_message"
}
message 'Terima kasih banyak bu'
message 'besok rapat'
message 'bumil 12 k4 3'
message 'bumil 200 k4 3'
message 'tidak jelas' unknown
message 'bumil 9' unregistered +6281230000009
message 'gambar' not_text

expect 0 ctl inbox --search TERIMA
lines 2
says banyak
expect 0 ctl inbox --search 'tidak ada'
silent
expect 0 ctl inbox done 1 2
says 'message 2 is dealt with'
expect 1 ctl inbox done 1 5 --json
complains 'message 1 does not wait'
json
json_is '$.message' 5
expect 2 ctl inbox done x
expect 0 ctl inbox --unread --json
lines 2
expect 0 ctl audit --limit 1
says 'set mo 5 aside without an answer'

# everything that waits is read again; who is not registered, and what is no report, stays
expect 2 ctl reparse
complains 'or --all, --from or --since'
expect 2 ctl reparse 3 --all
expect 0 ctl reparse --since '1 minggu' --from 081230000009 --json
json
json_is '$.read' 0
expect 0 ctl reparse --all --no-answer
says '3 messages waited: 2 are read now, as 2 reports'
complains '1 stay as they are'
sql_is "SELECT value FROM current_value WHERE field = 'HAMIL'" 200
sql_is "SELECT count(*) FROM mt_message" 0

# void: shown, asked, done; what stood before counts again
expect 2 ctl report void x --reason test
expect 2 ctl report void 2
complains '--reason TEXT is missing'
expect 0 ctl report void 2 --reason 'salah ketik' --dry-run
says 'report 2, Suboh, IBU_HAMIL'
says 'HAMIL 200'
expect 1 ctl report void 2 --reason 'salah ketik'
complains 'the same with --yes'
sql_is "SELECT value FROM current_value WHERE field = 'HAMIL'" 200
expect 1 ctl report void 2 99 --reason 'salah ketik' --yes
complains 'there is no report 99'
sql_is "SELECT value FROM current_value WHERE field = 'HAMIL'" 200
expect 0 ctl report void 2 --reason 'salah ketik' --yes
says 'does not count any more'
sql_is "SELECT value FROM current_value WHERE field = 'HAMIL'" 12
sql_is "SELECT denominator FROM score JOIN area ON area.id = area_id WHERE code = '35.12.03.2001' AND indicator = 'B1'" 12
expect 1 ctl report void 2 --reason x --yes
complains 'report 2 is cancelled: it counts for nothing'
expect 0 ctl reports show 2
says 'salah ketik'
expect 0 ctl report void 1 --reason 'data latihan' --yes --json
json
json_is '$.void' 1
sql_is "SELECT count(*) FROM current_value" 0

# who never wrote is greeted where the configuration says so
expect 0 ctl contact add 081230000006 --name Wati --role kader --area buduan
sql_is 'SELECT count(*) FROM mt_message' 0
echo 'welcome = true;' >>"$folder/kabard.conf"
expect 0 ctl contact add 081230000008 --name Nur --role kader --area buduan
sql_is "SELECT recipient || (text LIKE 'Yth Nur, %terdaftar untuk Buduan. Contoh laporan: %') FROM mt_message" +62812300000081
finish
