#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Notes through the whole box: what tells of an event is passed on, an emergency in the quiet hours, too; it is listed
# until somebody has dealt with it, also where there is nobody to be told.
. "$(dirname "$0")/lib.sh"
quiet='quiet_from = "00:00"; quiet_until = "23:59";'
box "$quiet notes = { to = ( \"bidan\", \"kades\" ); };"
villages
expect 0 ctl contact add 081230000031 --name Sri --role bidan --area 35.12.03.2001
run_daemon
# the kades has nobody, nor is there an operator: the bidan alone is told
expect 0 ctl simulate --from 081230000001 LAPOR timbangan rusak
says 'diteruskan kepada bidan Sri.'
expect 0 ctl simulate --from 081230000001 --json ibu siti pendarahan minta ambulan
json_is '$.outcome' command
expect 0 ctl simulate --from 081230000001 ada ibu meninggal
says 'SEGERA TELEPON bidan atau puskesmas'
sent_to_bidan() { sql "SELECT count(*) FROM mt_message WHERE recipient = '+6281230000031' AND state NOT IN ('queued', 'submitting')"; }
two_went() { [ "$(sent_to_bidan)" = 2 ]; }
await 'both emergencies at night' two_went
sql_is "SELECT group_concat(text, '|') FROM mt_message WHERE recipient = '+6281230000031' AND state = 'queued'" \
    "Catatan dari Siti Aminah, Suboh: LAPOR timbangan rusak"
# nothing of it counts
sql_is 'SELECT count(*) FROM report' 0

expect 0 ctl notes
says 'ada ibu meninggal'
head -2 "$out" | grep -q 'ada ibu meninggal' || fail 'emergencies are not first'
[ "$(wc -l <"$out")" = 4 ] || fail 'not three notes'
expect 0 ctl notes --json --area 35.12.03.2001
json
lines 3
json_is '$.told' 1
json_is '$.village' Suboh
expect 0 ctl notes --area 35.12.03.2002
complains 'no notes wait for you'
expect 0 ctl status
says 'notes       3 wait for you, 2 of them perhaps an emergency: kabarctl notes'
expect 0 ctl notes done 1
says 'note 1 is done'
expect 1 ctl notes done 1
complains 'no note 1 is open'
expect 0 ctl notes done 3 --json
json
json_is '$.note' 3
expect 2 ctl notes done one
# an answer by hand goes to who sent it, and the note is done
expect 0 ctl notes reply 2 'Bidan sudah di jalan' --json
json
json_is '$.note' 2
sql_is 'SELECT count(*) FROM note WHERE done_ms IS NULL' 0
sql_is "SELECT recipient || kind FROM mt_message WHERE text = 'Bidan sudah di jalan'" "$(sqlite3 "$folder/kabar.db" 'SELECT sender FROM mo_message JOIN note ON mo_id = mo_message.id WHERE note.id = 2')manual"
expect 1 ctl notes reply 99 halo
complains 'there is no note 99'
expect 0 ctl audit
says "has dealt with note 3"
expect 0 ctl notes
says_not timbangan
expect 0 ctl notes --all
says timbangan
expect 0 ctl status --json
json_is '$.notes' 0
json_is '$.notes_untold' 0

# nobody at all: it waits, and status says so; a crash changes nothing
expect 0 ctl contact block 081230000031
expect 0 ctl simulate --from 081230000001 vitamin habis
says 'menunggu dibaca petugas'
kill -9 "$daemon"
wait "$daemon" 2>/dev/null
daemon=
expect 0 ctl status
says '1 notes were passed on to nobody: kabarctl notes'
# an operator is there from now on; the morning comes
expect 0 ctl contact add 081230000004 --name Budi --role operator --area 35.12.03
sed -i 's/quiet_until = "23:59"/quiet_until = "00:00"/' "$folder/kabard.conf"
run_daemon
expect 0 ctl simulate --from 081230000001 pil fe habis
says 'diteruskan kepada operator Budi.'
await 'all sent' all_sent
sql_is "SELECT count(*) FROM mt_message WHERE recipient = '+6281230000004' AND text LIKE 'Catatan dari Siti Aminah, Suboh: pil%'" 1
# a backup has the notes, and a person who is forgotten leaves no text
expect 0 ctl backup "$folder/copy.db"
[ "$(sqlite3 "$folder/copy.db" 'SELECT count(*) FROM note')" = 5 ] || fail 'the copy has other notes'
expect 0 ctl contact forget 081230000001 --yes
expect 0 ctl notes --all
says_not 'pil fe'
says_not Siti
stop_daemon
# a role that there is not
sed -i 's/"kades"/"lurah"/' "$folder/kabard.conf"
expect 3 kabard -c "$folder/kabard.conf" --check-config
complains 'to: "lurah" is not a role'
finish
