#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A month without power with 500 SMS queued, of all kinds and in all states, and ten power cuts at random moments of the
# start: what is of no use any more is expired and never sent, the rest goes out. The network's book and the box's are
# compared in the end: nothing is lost, and nothing went out twice but where an answer of the modem was.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/lib_modem.sh"
touch "$out" "$err"
all=500 cuts=10 month=2592000000
modem --boot 0 --seed "$$"
modem_box 'poll_seconds = 1;' 'quiet_from = "00:00"; quiet_until = "00:00"; alert_queue_minutes = 0;
pace_minute = 600; pace_hour = 36000; pace_day = 864000; schedule = { weekly = "never"; };'

# As they stood when the power went: one in seven is of use still. One in ten has two parts.
off=$(($(date +%s) * 1000 - month))
sql "BEGIN;
WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $all)
INSERT INTO mt_message (id, uid, kind, state, state_ms, priority, recipient, created_ms, not_before_ms, expires_ms,
    next_attempt_ms, attempts, parts, modem, text)
  SELECT i, 'box-03-mt-' || i,
    CASE i % 6 WHEN 0 THEN 'reply' WHEN 1 THEN 'alert' WHEN 2 THEN 'manual' WHEN 3 THEN 'card' WHEN 4 THEN 'reminder'
      ELSE 'broadcast' END,
    CASE i % 11 WHEN 1 THEN 'retry_wait' WHEN 3 THEN 'submitting' WHEN 4 THEN 'uncertain' WHEN 5 THEN 'submitted'
      WHEN 6 THEN 'held' ELSE 'queued' END,
    $off, i % 6, '+628123000' || (1000 + i), $off, 0,
    iif(i % 7, $off + 72 * 3600000, $off + $month + 864000000),
    iif(i % 11 = 1, $off + 3600000, 0), i % 11 BETWEEN 3 AND 5, 1 + (i % 10 = 0),
    iif(i % 11 BETWEEN 3 AND 5, 'sim1', ''),
    'pesan ' || i FROM n;
INSERT INTO mt_part (mt_id, seq, total, concat_ref, unicode, recipient, text, sent_ms)
  SELECT id, n, parts, iif(parts > 1, id % 256, -1), 0, recipient, 'pesan ' || id || ' bagian ' || n,
    iif(state = 'submitted', state_ms, NULL)
  FROM mt_message JOIN (SELECT 1 AS n UNION SELECT 2) ON n <= parts;
UPDATE mt_message SET parts_sent = parts WHERE state = 'submitted';
-- what was in the modem's hands: every second had left
INSERT INTO attempt (mt_id, part_id, recipient, kind, modem, begun_ms, ended_ms, left_ms, result)
  SELECT mt_id, mt_part.id, mt_part.recipient, kind, 'sim1', state_ms, iif(state = 'uncertain', state_ms, NULL),
    iif(state = 'uncertain' OR mt_id % 2, state_ms, NULL), iif(state = 'uncertain', 'uncertain', NULL)
  FROM mt_part JOIN mt_message ON mt_message.id = mt_id WHERE state IN ('submitting', 'uncertain') AND seq = 1;
CREATE TABLE before AS SELECT id, kind, expires_ms < $off + $month AS useless,
    state = 'uncertain' OR (state = 'submitting' AND id % 2) AS maybe_sent, state FROM mt_message;
COMMIT" || exit 3
sql_is 'SELECT count(*), count(DISTINCT kind), count(DISTINCT state), sum(useless) FROM before' "$all|6|6|429"

random=$$
echo "seed $random"
for cut in $(seq $cuts); do
    kabard -c "$folder/kabard.conf" 2>>"$folder/kabard.log" &
    daemon=$!
    random=$(((random * 1103515245 + 12345) % 2147483648))
    sleep "$((random / 65536 % 2)).$((random / 4096 % 10))"
    kill -9 $daemon $(cat "/proc/$daemon/task/$daemon/children") 2>/dev/null
    wait "$daemon" 2>/dev/null
    daemon=
    sql "DELETE FROM meta WHERE name = 'boot'" # the machine has begun anew
done
run_daemon
await 'the rest' all_sent
stop_daemon
# what was uncertain is sent once more after a minute, where its kind allows that
shift_clock 300000 300000
run_daemon
await 'what was uncertain' is "SELECT count(*) FROM mt_message WHERE state IN ('queued', 'retry_wait', 'submitting') OR
    (state = 'uncertain' AND kind NOT IN ('manual', 'broadcast') AND 1 =
      (SELECT count(*) FROM attempt WHERE mt_id = mt_message.id AND result = 'uncertain'))" 0
stop_daemon

# the network's book: a line for each part that it took
sed -n 's/^.*submitted id=.*text="pesan \([0-9]*\) bagian \([0-9]*\)"$/\1|\2/p' "$events" >"$folder/network"
sqlite3 "$folder/net.db" 'CREATE TABLE taken (id INTEGER, seq INTEGER)' ".import $folder/network taken"
books() { sqlite3 "$database" "ATTACH '$folder/net.db' AS net" "$1"; }
books_are() {
    command=$2
    got=$(books "$2")
    [ -z "$got" ] || { echo "$got" | head -5; fail "$1"; }
}
found='SELECT m.id, m.kind, b.state, m.state FROM mt_message AS m JOIN before AS b USING (id) WHERE'
books_are 'what was of no use was sent' "$found useless AND id IN (SELECT id FROM taken)"
books_are 'what was of no use is not expired' "$found useless AND NOT maybe_sent
    AND b.state IN ('queued', 'retry_wait', 'submitting') AND m.state <> 'expired'"
books_are 'what may have been sent is not settled' "$found useless AND maybe_sent
    AND m.state <> iif(m.kind IN ('manual', 'broadcast'), 'uncertain', 'expired')"
books_are 'what was held went away' "$found b.state = 'held' AND m.state <> 'held'"
books_are 'what waits for its report went out again' "$found b.state = 'submitted' AND
    (m.state NOT IN ('submitted', 'report_expired') OR id IN (SELECT id FROM taken))"
books_are 'what is of use is lost' "$found NOT useless
    AND b.state IN ('queued', 'retry_wait', 'submitting', 'uncertain') AND NOT (maybe_sent AND m.kind IN ('manual', 'broadcast'))
    AND (SELECT count(DISTINCT seq) FROM taken WHERE taken.id = m.id) < m.parts"
books_are 'a part was sent twice and nobody counted it' "SELECT part.mt_id, part.seq, count(*) FROM mt_part AS part
    JOIN taken ON taken.id = part.mt_id AND taken.seq = part.seq
    GROUP BY part.id
    HAVING count(*) > 1 + (SELECT count(*) FROM attempt WHERE part_id = part.id AND result = 'uncertain')"
books_are 'the network did not take what the box says' "SELECT part.mt_id, part.seq FROM mt_part AS part
    JOIN before ON before.id = part.mt_id WHERE before.state <> 'submitted' AND sent_ms IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM taken WHERE taken.id = part.mt_id AND taken.seq = part.seq)"
sql_is "SELECT count(*) FROM mt_message WHERE state = 'failed'" 0
sql_is 'PRAGMA integrity_check' ok
books 'SELECT count(*) || " parts sent for " || count(DISTINCT id) || " messages" FROM taken'
finish
