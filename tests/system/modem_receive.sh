#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# What the network can bring, through libGammu's driver into the database: each once, in order, as what it is.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/lib_modem.sh"
modem --sm 15
modem_box

# A SIM of 15 places while nobody reads it: the SMSC keeps the rest, and all is taken oldest first.
i=0
while [ $i -lt 22 ]; do
    printf 'sms TELKOMSEL at=2026-11-10T08:%02d:00+07:00 promo %d\n' $i $i >&4
    i=$((i + 1))
done
await 'a full SIM' happened 15 'stored SM'
shift_clock 0 0
run_daemon
await 'the backlog' is 'SELECT count(*) FROM mo_message' 22
sql_is "SELECT count(*) FROM mo_message WHERE text <> 'promo ' || (id - 1)" 0
await 'an empty SIM' happened 22 'deleted SM'

# Every alphabet and kind; what can't be decoded stands in front and holds up nobody.
order pdu 040c9126180300001000
order pdu 04FF
order sms +6281230000001 'catatan [satu] {dua} ~ ^ | €'
order sms +6281230000001 'dcs=ucs2 at=2026-11-10T09:00:00+07:00 IBU HAMIL 51 K4 41'
order sms +6281230000001 'catatan ☺ ā'
order sms +6281230000001 dcs=8bit 0102ff
order sms +6281230000001 class=0 IBU HAMIL 52 K4 42
order sms +6281230000001 dcs=8bit port=2948 060403BEAF84
order sms TELKOMSEL promo
await 'all kinds' is 'SELECT count(*) FROM mo_part' 31
sql "SELECT kind, outcome, mo_message.text, raw FROM mo_part JOIN mo_message ON mo_message.id = message_id
    WHERE mo_part.id > 22 ORDER BY 1, 3, 4" >"$out"
cat >"$folder/expected" <<'END'
binary|not_text||0102FF
flash|report|IBU HAMIL 52 K4 42|
mms|not_text||0605040B840000060403BEAF84
text|report|IBU HAMIL 51 K4 41|
text|unknown|catatan [satu] {dua} ~ ^ | €|
text|unknown|catatan ☺ ā|
text|unanswerable|promo|
unreadable|unread||0891261832009099F9040C9126180300001000
unreadable|unread||0891261832009099F904FF
END
cmp -s "$folder/expected" "$out" || { diff "$folder/expected" "$out" >"$err"; fail 'other kinds or texts'; }
sql_is "SELECT count(*) FROM mt_message JOIN mo_message ON mo_message.id = mo_id WHERE outcome IN ('not_text', 'unread',
    'unanswerable')" 0

# Long ones: two interleaved and out of order, one whose middle is missing, and comes late.
part() { order sms "$@"; }
part +6281230000001 ref=9 total=3 seq=3 at=2026-11-11T08:00:05+07:00 FE 30
part +6281230000001 ref=8 total=2 seq=2 at=2026-11-11T08:00:02+07:00 K4 20
part +6281230000001 ref=9 total=3 seq=1 at=2026-11-11T08:00:03+07:00 'IBU HAMIL 60 '
part +6281230000001 ref=8 total=2 seq=1 at=2026-11-11T08:00:01+07:00 'IBU HAMIL 55 '
part +6281230000001 ref=8 total=2 seq=1 at=2026-11-11T08:00:04+07:00 'IBU HAMIL 55 '
await 'the whole one' is "SELECT outcome FROM mo_message WHERE text = 'IBU HAMIL 55 K4 20'" report
calm 36
shift_clock 660000 660000
order sms TELKOMSEL promo
await 'the missing part' is "SELECT outcome FROM mo_message WHERE text = 'IBU HAMIL 60 FE 30'" incomplete
await 'the question' happened 1 'hanya sampai 2 dari 3 bagian'
part +6281230000001 ref=9 total=3 seq=2 at=2026-11-11T08:00:04+07:00 'K4 25 '
await 'the late part' happened 1 'ibu hamil 60, K4 25, FE 30'
sql_is "SELECT count(*) FROM mo_message WHERE text LIKE 'IBU HAMIL 60%'" 1
sql_is "SELECT group_concat(value) FROM (SELECT value FROM current_value WHERE field IN ('K4', 'FE') ORDER BY field)" '30,42'
sql_is "SELECT count(*) FROM mo_part WHERE message_id IS NULL" 0
sql_is "SELECT count(*) FROM (SELECT 1 FROM report GROUP BY mo_id HAVING count(*) > 1)" 0
finish
