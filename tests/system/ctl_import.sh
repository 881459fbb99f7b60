#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# import gammu-smsd: an inbox and a phone book as smsd 1.42 leaves them, once and again, and what is no such database.
. "$(dirname "$0")/lib.sh"
box
villages
old=$folder/smsd.db
hex() { printf '%s' "$1" | iconv -t UTF-16BE | od -An -tx1 | tr -d ' \n' | tr a-f A-F; }
# sms STAMP SENDER UDH TEXT [DECODED]: a row of the inbox; DECODED of a long message stands in its first part
sms() {
    sqlite3 "$old" "INSERT INTO inbox (ReceivingDateTime, Text, SenderNumber, UDH, SMSCNumber, TextDecoded, RecipientID)
                    VALUES ('$1', '$(hex "$4")', '$2', '$3', '+6281100000', '${5-$4}', 'simlama')"
}
sqlite3 "$old" "CREATE TABLE gammu (Version INTEGER NOT NULL DEFAULT '0' PRIMARY KEY);
    INSERT INTO gammu VALUES (13);
    CREATE TABLE inbox (UpdatedInDB NUMERIC NOT NULL DEFAULT (datetime('now')), ReceivingDateTime NUMERIC NOT NULL,
        Text TEXT NOT NULL, SenderNumber TEXT NOT NULL, Coding TEXT NOT NULL DEFAULT 'Default_No_Compression',
        UDH TEXT NOT NULL, SMSCNumber TEXT NOT NULL, Class INTEGER NOT NULL DEFAULT '-1',
        TextDecoded TEXT NOT NULL DEFAULT '', ID INTEGER PRIMARY KEY AUTOINCREMENT, RecipientID TEXT NOT NULL,
        Processed TEXT NOT NULL DEFAULT 'false', Status INTEGER NOT NULL DEFAULT '-1');
    CREATE TABLE pbk (ID INTEGER PRIMARY KEY AUTOINCREMENT, GroupID INTEGER NOT NULL DEFAULT '-1', Name TEXT NOT NULL,
        Number TEXT NOT NULL);
    INSERT INTO pbk (Name, Number) VALUES ('Bu Ani', '0812-3000-0002'), ('Siti', '+6281230000001'), ('Pulsa', '858')"
sms '2026-10-10 08:30:00' +6281230000001 '' 'bumil 12 k4 3 😀'
sms '2026-10-11 08:30:00' +6281230000001 050003530302 ' k4 6 fe 4' ''
sms '2026-10-11 08:30:00' +6281230000001 050003530301 'bumil 16' 'bumil 16 k4 6 fe 4 terima kasih'
sms '2026-10-11 08:30:01' 081230000001 050003530303 ' terima kasih' ''
sms '2026-10-12 08:30:00' +6281230000002 050003540201 'tikar 40' ''
sms '2026-10-13 08:30:00' TELKOMSEL '' promo
sms '0000-00-00 00:00:00' +6281230000001 '' 'bumil 99'
sms '2026-10-14 08:30:00' +6281230000002 '' 'bumil 7 k4 2'
sqlite3 "$old" "INSERT INTO inbox (ReceivingDateTime, Text, SenderNumber, Coding, UDH, SMSCNumber, RecipientID)
                VALUES ('2026-10-14 09:00:00', 'CAFE', '+6281230000003', '8bit', '06050415810000', '+62811', 'simlama')"

# Rows without end, or that take without end: a view is no inbox, and nothing is locked while that is found out.
endless="WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT x AS ID, -1 AS Class,
    '2026-11-01 10:00:00' AS ReceivingDateTime, '+62813' AS SenderNumber, '' AS SMSCNumber, '' AS Coding, '' AS UDH,
    '' AS Text, 'halo' AS TextDecoded FROM c"
sqlite3 "$folder/endless.db" "CREATE TABLE gammu (Version); CREATE VIEW inbox AS $endless"
expect 1 ctl import gammu-smsd "$folder/endless.db"
complains 'inbox is not a plain table'
rm "$folder/endless.db"
expect 0 ctl import gammu-smsd "$old" --dry-run
says '1 contacts would be added, pending; 1 known, 1 left out'
says '7 messages would be kept'
complains '"858" is not a phone number'
sql_is 'SELECT count(*) FROM mo_part' 0
expect 0 ctl import gammu-smsd "$old" --utc --since 2026-10-14T08:30:00Z --dry-run --json
json_is '$.messages' 2
expect 0 ctl import gammu-smsd "$old" --since 2026-10-14T08:30:00Z --dry-run --json
json_is '$.messages' 0
sql_is "SELECT count(*) FROM audit WHERE what LIKE 'import%'" 0
expect 0 ctl import gammu-smsd "$old" --json
json
json_is '$.messages' 7
json_is '$.incomplete' 1
json_is '$.undated' 1
json_is '$.not_text' 1
sql_is "SELECT group_concat(outcome) FROM mo_message" unknown,unknown,incomplete,unanswerable,unread,unregistered,not_text
sql_is "SELECT text || '|' || sender || '|' || parts || '|' || datetime(sent_ms / 1000, 'unixepoch') FROM mo_message
        WHERE id = 2" 'bumil 16 k4 6 fe 4 terima kasih|+6281230000001|3|2026-10-11 01:30:00'
sql_is "SELECT text FROM mo_message WHERE id = 1" 'bumil 12 k4 3 😀'
sql_is "SELECT raw FROM mo_part WHERE kind = 'binary'" CAFE
sql_is "SELECT count(*) FROM mt_message" 0
sql_is "SELECT count(*) FROM report" 0
sql_is "SELECT state || role || coalesce(area_id, '-') FROM contact WHERE name = 'Bu Ani'" pendingkader-
sql 'SELECT * FROM mo_message; SELECT * FROM mo_part; SELECT * FROM contact; SELECT * FROM stranger' >"$folder/before"
expect 0 ctl import gammu-smsd "$old"
says '0 contacts added, pending; 2 known'
says '0 messages kept, unanswered; 7 known'
sql 'SELECT * FROM mo_message; SELECT * FROM mo_part; SELECT * FROM contact; SELECT * FROM stranger' >"$folder/after"
cmp -s "$folder/before" "$folder/after" || fail 'the second time something changed'

# Worked off as of the day each was sent, without an answer; a stranger's once he is registered.
expect 1 ctl reparse 1 2 5 6 --no-answer
says 'message 1: 1 reports; not answered'
says 'message 2: 1 reports; not answered'
complains 'message 5 is unread: it has no readable text or date'
complains 'is not registered'
sql_is "SELECT group_concat(period || ' ' || status) FROM report" '2026-10 accepted,2026-10 accepted'
sql_is "SELECT count(*) FROM mt_message" 0
expect 0 ctl contact approve 081230000002
complains 'kabarctl contact move +6281230000002 --area AREA'
expect 0 ctl contact move 081230000002 --area 35.12.03.2002
expect 0 ctl reparse 6 --no-answer --json
json
json_is '$.answer' 0
expect 2 ctl reparse 6 x
complains "not a message's number"

# An older message is looked through again.
sql "INSERT INTO meta VALUES ('raw_until', '1900000000000')"
sms '2025-01-10 08:30:00' +6281230000001 '' 'sudah lama'
expect 0 ctl import gammu-smsd "$old"
says '1 messages kept, unanswered; 7 known'
sql_is "SELECT value FROM meta WHERE name = 'raw_until'" 1736472600000

expect 0 ctl import gammu-smsd "$old" --since 2026-11-01
says '0 messages kept, unanswered; 0 known'
printf 'a letter, long enough to be looked at as a database, though it is none and never was one at all.\n' >"$folder/letter"
expect 1 ctl import gammu-smsd "$folder/letter"
complains 'letter is not a gammu-smsd database: file is not a database'
sqlite3 "$folder/other.db" 'CREATE TABLE inbox (x)'
expect 1 ctl import gammu-smsd "$folder/other.db"
complains 'is not a gammu-smsd database: no such table: gammu'
expect 1 ctl import gammu-smsd "$folder/none.db"
complains 'none.db cannot be opened'
expect 1 ctl import gammu-smsd "$folder"
complains "$folder is a folder"
head -c 9000 "$old" >"$folder/cut.db"
expect 1 ctl import gammu-smsd "$folder/cut.db"
complains 'cut.db is damaged'
expect 2 ctl import gammu-smsd "$old" --role boss
expect 1 ctl import gammu-smsd "$old" --area 35.99
expect 2 ctl import gammu-smsd
complains 'FILE is missing'
finish
