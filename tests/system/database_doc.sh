#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Every query of docs/database.md finds something in the database of a box at work, and writes nothing; every table that
# it names is there.
. "$(dirname "$0")/lib.sh"
box
villages
run_daemon
for text in 'IBU HAMIL 12 K4 3' 'IBU HAMIL 12 K4 4' 'TIKAR 40 H 36 K 3 M 1'; do
    expect 0 ctl simulate --from 081230000001 "$text"
done
await 'the answers' all_sent
stop_daemon
# the document's queries, of the month and quarter that these reports are of
month=$(sql 'SELECT max(period) FROM report')
quarter=$(sql 'SELECT max(quarter) FROM score')
awk '/^```/ { open = !open; if (open) n++; next } open { print >(folder "/query." n) }' folder="$folder" \
    "$KABAR_SOURCE/docs/database.md"
[ "$(ls "$folder"/query.* | wc -l)" = 10 ] || fail 'not ten queries'
for query in "$folder"/query.*; do
    sed -i "s/2026-10/$month/; s/2026-Q4/$quarter/" "$query"
    expect 0 sqlite3 -readonly -header "$folder/kabar.db" "$(cat "$query")"
    [ "$(wc -l <"$out")" -ge 2 ] || fail "no row: $(cat "$query")"
done
for table in $(sed -n 's/^| `\([a-z_]*\)`.*/\1/p' "$KABAR_SOURCE/docs/database.md"); do
    expect 0 sqlite3 -readonly "$folder/kabar.db" "SELECT count(*) FROM \"$table\""
done
finish
