#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A month on one page, reminders by hand, credit: without a daemon.
. "$(dirname "$0")/lib.sh"
box 'quiet_from = "00:00"; quiet_until = "00:00";'
sed -i 's/device = "phone"/device = "phone"; balance = "*888#"; balance_limit = 5000/' "$folder/kabard.conf"
villages
expect 0 ctl contact add 081230000002 --name Rini --role kpm --area buduan
month=$(TZ=Asia/Jakarta date +%Y-%m)
# report AREA FORM KEY VALUE [MS]
report() {
    sql "INSERT INTO report (uid, area_id, [set], form, period, status, sent_ms, created_ms)
         SELECT 'r' || count(*), (SELECT id FROM area WHERE code = '$1'), 'hpk-2018', '$2', '$month', 'accepted', ${5-1}, ${5-1} FROM report;
         INSERT INTO report_value (report_id, field, value) SELECT max(id), '$3', $4 FROM report"
}
report 35.12.03.2001 IBU_HAMIL HAMIL 12
report 35.12.03.2002 IBU_HAMIL HAMIL 7
report 35.12.03.2002 ANAK ANAK 30

expect 0 ctl recap "$month"
says "box-03, $month"
grep -q '^35.12.03.2001  Suboh  *12  *-' "$out" || fail 'not the row of Suboh'
grep -q 'all  *19 (2/2)  *30 (1/2)  *0 (0/2)' "$out" || fail 'not the sums'
expect 0 ctl recap bulan ini --area buduan --json
json
lines 1
json_is '$.IBU_HAMIL' 7
json_is '$.TIKAR' ''
expect 2 ctl recap TW4
complains 'expected a month'
expect 1 ctl recap "$month" --area Atlantis

# reminders by hand: shown, asked, sent once while they wait
expect 0 ctl remind now --dry-run
says '2 SMS to those whose reports'
expect 1 ctl remind now
complains 'the same with --yes'
sql_is 'SELECT count(*) FROM mt_message' 0
expect 0 ctl remind now buduan --yes
sql_is "SELECT recipient || ' ' || kind || ' ' || (text LIKE '%TIKAR%' AND text NOT LIKE '%IBU HAMIL%') FROM mt_message" \
    '+6281230000002 reminder 1'
expect 0 ctl remind now --yes --json
json
json_is '$.messages' 1
sql_is 'SELECT group_concat(recipient) FROM (SELECT recipient FROM mt_message ORDER BY id)' +6281230000002,+6281230000001
expect 1 ctl remind now --yes
complains 'the reminders wait already'
expect 1 ctl remind now --period 2026-01 --yes
complains 'a month that is over'
expect 0 ctl audit --limit 1
says 'reminded who had not reported'

# credit
expect 0 ctl balance
says '*888#'
expect 0 ctl --json balance
json
json_is '$.rupiah' ''
sql "INSERT INTO meta (name, value) VALUES ('balance.sim1', '4999'), ('balance_at.sim1', unixepoch() * 1000)"
expect 0 ctl --json balance
json_is '$.low' 1
json_is '$.rupiah' 4999
expect 1 ctl balance --ask
complains 'kabard does not run'
sql_is "SELECT value > 0 FROM meta WHERE name = 'balance_ask.sim1'" 1
sed -i 's/balance = "[^"]*";//' "$folder/kabard.conf"
expect 1 ctl balance --ask
complains 'has no code to ask by'

# training: what is done meanwhile is wiped
people=$(sql 'SELECT count(*) FROM contact')
expect 1 ctl training stop
complains 'no training runs'
expect 1 ctl training start
complains 'the same with --yes'
expect 0 ctl training start --yes
says 'kabarctl training stop'
expect 1 ctl training start --yes --json
complains 'runs already'
expect 0 ctl contact add 081230000007 --name Coba --role kader --area buduan
report 35.12.03.2001 TIKAR UKUR 3 "unixepoch() * 1000 + 999" # not before the start, in the same second
expect 0 ctl status
says 'training since'
expect 1 ctl training stop
says '1 reports; they are wiped'
sql_is 'SELECT count(*) FROM contact' $((people + 1))
expect 0 ctl training stop --yes --json
json_is '$.training' 0
sql_is 'SELECT count(*) FROM contact' "$people"
sql_is "SELECT count(*) FROM report WHERE form = 'TIKAR'" 0
sql_is "SELECT count(*) FROM audit WHERE what = 'training.stop'" 1
[ -z "$(find "$folder" -name '*training*')" ] || fail 'something of the training is left'
expect 0 ctl status
says_not 'training since'
finish
