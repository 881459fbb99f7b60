#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A conversation through the daemon and the dummy phone, and the same with kill -9 between each two turns: the same
# answers, and the same numbers in the end.
. "$(dirname "$0")/lib.sh"
base=$folder
day=$(TZ=UTC date -d yesterday +%Y-%m-%d)
turns() {
    cat <<'END'
IBU HAMIL 12 K4 13
k4 3
lanjutan fe 9, kek 1
anak 40 ganti 41
iya betul bu
bb 38 tb 37
tidak jadi bu, batalkan saja
bu KEK itu apa?
ada ibu meninggal di dusun krajan
ralat k4 4
siap
bumil 12 3 k4 10 fe
ok
terima kasih
END
}

answered() { is "SELECT count(*) FROM mo_message" "$n" && all_sent; }
taken() { is "SELECT count(*) FROM mo_message" "$n"; }
# talk TURN: each message goes to the phone, TURN happens to the daemon
talk() {
    box
    villages
    n=0
    turns >"$folder/turns"
    while IFS= read -r text <&3; do
        n=$((n + 1))
        [ -n "$daemon" ] || run_daemon
        ctl simulate --timeout 0 --from 081230000001 --at "${day}T0$((n / 10)):0$((n % 10)):00Z" "$text" >"$out" 2>"$err" ||
            fail "simulate $text"
        "$1"
    done 3<"$folder/turns"
    [ -n "$daemon" ] || run_daemon
    await 'every answer' answered
    stop_daemon
    sql "SELECT mo_message.id, mo_message.outcome, mo_message.text, mt_message.text FROM mo_message
        LEFT JOIN mt_message ON mt_message.mo_id = mo_message.id ORDER BY mo_message.id, mt_message.id" >"$base/$2.answers"
    sql "SELECT form, field, value FROM current_value ORDER BY form, field" >"$base/$2.values"
    sql "SELECT id, mo_id, form, period, status, question, question_field FROM report ORDER BY id" >"$base/$2.reports"
}
wait_for_answer() { await "the answer to $text" answered; }
kill_at_once() {
    await "$text taken" taken
    kill -9 "$daemon"
    wait "$daemon" 2>/dev/null
    daemon=
}

folder=$base/calm
mkdir "$folder"
talk wait_for_answer calm
sql_is "SELECT group_concat(field || '=' || value, ' ') FROM (SELECT field, value FROM current_value ORDER BY form DESC, field)" \
    'FE=10 HAMIL=12 K4=3 KEK=1 ANAK=41'
# a refused one is corrected; a question is answered in words; a cancel in a sentence; a form that was asked
sql_is "SELECT group_concat(status, ' ') FROM (SELECT status FROM report ORDER BY id)" \
    'rejected accepted accepted accepted cancelled accepted accepted'
sql_is "SELECT count(*) FROM mo_message WHERE outcome = 'chat'" 1

folder=$base/killed
mkdir "$folder"
talk kill_at_once killed
for what in answers values reports; do
    command="diff of $what"
    diff "$base/calm.$what" "$base/killed.$what" >"$out" 2>&1 || fail "the $what differ"
done
sql_is 'PRAGMA integrity_check' ok
folder=$base
finish
