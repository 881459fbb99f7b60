#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Another file copied over the database, or its -wal emptied, while kabard works on it, and an older one put in its place
# while it does not: said, told to the operators, nothing numbered twice, nothing mixed, and it goes on with what is there.
. "$(dirname "$0")/lib.sh"
box
villages
expect 0 ctl contact add 081230000009 --name Operator --role operator --area 35.12.03
run_daemon
stored() { is "SELECT value FROM current_value WHERE field = 'K4'" "$1"; }
feed() { ctl simulate --from 081230000001 --timeout 0 "IBU HAMIL 12 K4 $1" >/dev/null 2>&1 && await "$1" stored "$1"; }
# What is in the file itself, and nothing of it in the -wal.
settled() { await 'the mark' marked; }
marked() {
    sql 'PRAGMA wal_checkpoint(TRUNCATE)' >/dev/null
    is 'SELECT text FROM mark' "$(sqlite3 "file:$folder/kabar.db?immutable=1" 'SELECT text FROM mark')"
}
# kabard has seen that the file is not as it was when that copy was made; for await
another_than() { [ "$(sql 'SELECT text FROM mark')" != "$(sqlite3 "$1" 'SELECT text FROM mark')" ]; }
begun=1
# goes_on OVERWRITTEN OLDER: it said so that often by now, has begun again, and works
goes_on() {
    begun=$((begun + 1))
    await 'it begins again' logged $begun 'ready modems='
    command='the journal'
    grep -E ' K2[0-9] ' "$folder/kabard.log" >"$out"
    [ "$(grep -c ' K26 ' "$out")" = "$1" ] && [ "$(grep -c ' K27 ' "$out")" = "$2" ] || fail "not $1 and $2"
    [ "$(sql 'PRAGMA integrity_check')" = ok ] || fail 'it is damaged'
    sql_is 'SELECT count(*) = count(DISTINCT uid) FROM mo_message' 1
}
await 'the phone' told 'sim1: ready'
feed 3
await 'the answer' all_sent
settled
cp "$folder/kabar.db" "$folder/raw.db"
expect 0 ctl backup "$folder/backup.db"
mkdir "$folder/other"
cp -r "$folder/kabard.conf" "$folder/sets" "$folder/lang" "$folder/replies" "$folder/other"
expect 0 kabarctl -c "$folder/other/kabard.conf" init
sqlite3 "$folder/other/kabar.db" 'PRAGMA wal_checkpoint(TRUNCATE)' >/dev/null

# an older copy, while all is in the file
feed 4
settled
await 'it sees the change' another_than "$folder/raw.db"
settled
lost=$(sql 'SELECT uid FROM mo_message WHERE id = 2')
cp "$folder/raw.db" "$folder/kabar.db"
goes_on 1 1
sql_is 'SELECT count(*) FROM mo_message' 1
told 'written over' || fail 'status does not say it'
await 'the SMS' is "SELECT count(*) FROM mt_message WHERE kind = 'alert' AND text LIKE '%salinan lama%'" 1
sql_is "SELECT count(*) FROM audit WHERE who = 'kabard' AND what = 'database.older'" 1
feed 5
sql_is "SELECT uid <> '$lost' FROM mo_message WHERE id = 2" 1

# a backup, while the -wal has what came after
feed 6
cp "$folder/backup.db" "$folder/kabar.db"
goes_on 2 2
sql_is 'SELECT count(*) FROM mo_message' 1
feed 7

# the -wal emptied: the file alone, as it was last
settled
feed 8
: >"$folder/kabar.db-wal"
goes_on 3 3
feed 4

# what is no database: nothing is taken from the phone before there is one again
echo 'no database' >"$folder/kabar.db"
await 'it notices' told 'what can'"'"'t be used'
cp "$folder/backup.db" "$folder/kabar.db"
goes_on 4 4
feed 9

# another box's
settled
cp "$folder/other/kabar.db" "$folder/kabar.db"
goes_on 5 5
sql_is 'SELECT count(*) FROM mo_message' 0
cp "$folder/backup.db" "$folder/kabar.db"
goes_on 6 6
feed 3

# what changes nothing of what is in it: a lost -shm, a VACUUM
rm "$folder/kabar.db-shm"
feed 4
settled
sqlite3 -cmd '.timeout 60000' "$folder/kabar.db" 'VACUUM' >/dev/null
settled
feed 5
stop_daemon

# while it does not run: the same database is no news, an older one is
run_daemon
begun=$(grep -c 'ready modems=' "$folder/kabard.log")
feed 6
stop_daemon
settled
run_daemon
feed 7
stop_daemon
logged 7 ' K27 ' && fail 'the same database is told of'
settled
cp "$folder/backup.db" "$folder/kabar.db"
run_daemon
logged 7 ' K27 ' || fail 'an older one is not told of'
stop_daemon
# A restored one is what a hand wanted.
expect 0 ctl restore "$folder/backup.db" --yes
run_daemon
logged 8 ' K27 ' && fail 'what was restored is told of'
finish
