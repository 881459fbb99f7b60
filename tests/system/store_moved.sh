#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The database deleted, moved away or replaced under kabard: said, nothing written into what has no name any more,
# nothing lost, and it goes on by itself with what is put in its place.
. "$(dirname "$0")/lib.sh"
box
villages
run_daemon
stored() { is "SELECT value FROM current_value WHERE field = 'K4'" "$1"; }
feed() { ctl simulate --from 081230000001 --timeout 0 "IBU HAMIL 12 K4 $1"; }
# The dummy's folder is made by itself.
await 'the phone' told 'sim1: ready'
ctl simulate --from 081230000001 'IBU HAMIL 12 K4 3' >/dev/null 2>&1
await 'the first' stored 3

# away and back
mv "$folder/kabar.db" "$folder/away.db"
await 'it notices' told 'is gone'
expect 3 ctl inbox
complains 'kabarctl restore FILE'
expect 1 ctl init
complains 'kabard (process'
mv "$folder/away.db" "$folder/kabar.db"
ctl simulate --from 081230000001 'IBU HAMIL 12 K4 4' >/dev/null 2>&1
await 'the second' stored 4
expect 0 ctl status
says_not 'trouble'

# deleted with all that stands beside it: what it held is copied, and the copy taken for the database
rm "$folder"/kabar.db*
await 'it notices' told 'was deleted; what it held is in'
expect 1 ctl init
await 'the copy' [ -s "$folder/kabar.db.rescued-1" ]
cp "$folder/kabar.db.rescued-1" "$folder/kabar.db.new"
mv "$folder/kabar.db.new" "$folder/kabar.db"
await 'it begins again' logged 2 'ready modems=1'
feed 5
await 'the third' stored 5
sql_is 'SELECT count(*) FROM mo_message' 3

# its -wal deleted: nothing in it is lost
rm "$folder/kabar.db-wal"
await 'it begins again' logged 3 'ready modems=1'
feed 6
await 'the fourth' stored 6
sql_is 'SELECT count(*) FROM mo_message' 4

# what is no database: nothing is taken from the phone
echo 'no database' >"$folder/other"
mv "$folder/other" "$folder/kabar.db"
await 'it notices' told 'replaced by what'
sqlite3 "$folder/kabar.db.rescued-2" 'PRAGMA integrity_check' >"$out"
says ok
cp "$folder/kabar.db.rescued-2" "$folder/kabar.db.new"
mv "$folder/kabar.db.new" "$folder/kabar.db"
await 'it begins again' logged 4 'ready modems=1'
feed 7
await 'the fifth' stored 7
sql_is 'SELECT count(*) FROM mo_message' 5
await 'the answers' is "SELECT count(*) FROM mt_message WHERE state NOT IN ('submitted', 'delivered')" 0

# damaged in its place: noticed, and the operators are told
expect 0 ctl contact add 081230000009 --name Operator --role operator --area 35.12.03
page=$(sql "SELECT rootpage FROM sqlite_schema WHERE name = 'budget'")
stop_daemon
[ "$page" -gt 1 ] || fail 'there is no such page'
run_daemon
printf damage | dd of="$folder/kabar.db" bs=1 seek=$(((page - 1) * 4096)) conv=notrunc 2>/dev/null
await 'it notices' logged 1 'kabar.db is damaged: '
await 'status says it' told 'the database is damaged'
await 'the SMS' is "SELECT count(*) > 0 FROM mt_message WHERE kind = 'alert' AND text LIKE '%data rusak%'" 1
finish
