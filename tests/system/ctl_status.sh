#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# status: one screen of 80 columns whatever there is to say; what needs a hand; --watch.
. "$(dirname "$0")/lib.sh"
box 'alert_disk_mib = 1000000;'
villages
expect 0 ctl status
head -1 "$out" | grep -q '^The box does not work: see below.$' || fail 'not said first'
says 'kabard does not run: nothing is received or sent'
says 'MiB of disk are free: make room'
says '0 of 2 have reported for'
says '1 with nobody registered: Buduan'
sed -i '/alert_disk_mib/d; s/device = "phone"/device = "phone"; balance = "*888#"/' "$folder/kabard.conf"
long='/dev/serial/by-id/usb-HUAWEI_Technology_HUAWEI_Mobile-if00-port0: the modem fell silent in the middle of it and more'
now=$(sql "SELECT CAST(strftime('%s') AS INTEGER) * 1000")
for sim in 1 2 3 4; do
    sql "INSERT INTO modem_state VALUES ('sim$sim', 'backoff', '$long', '', '', '', '', $now - 7200000, $now, NULL, 0)"
done
sql "INSERT INTO meta (name, value) VALUES ('balance.sim1', '4999')"
sql "INSERT INTO mt_message (uid, kind, recipient, text, state, state_ms, created_ms, not_before_ms, next_attempt_ms,
       expires_ms, priority, parts)
     VALUES ('x', 'reply', '+6281230000001', 'x', 'queued', 0, $now - 7200000, 0, 0, $now + 7200000, 0, 1)"
expect 0 ctl status
says 'the credit of sim1 is down to 4999'
says '1 answers wait for more than 60 minutes'
[ "$(wc -l <"$out")" -le 24 ] || fail "$(wc -l <"$out") lines"
[ "$(wc -L <"$out")" -le 80 ] || fail "$(wc -L <"$out") columns"
expect 0 ctl --json status
json
json_is '$.alerts[0].cause' daemon
json_is '$.verdict' trouble
json_is '$.alerts[2].cause' balance.sim1
json_is '$.villages' 2
json_is '$.villages_nobody' 1
# Backups: none, an old one, a fresh one here, one on another disk; one of the future is of no known age.
backup() { sql "INSERT OR REPLACE INTO meta (name, value) VALUES ('backup.$1', '$((now - $2)) /a/b.db')"; }
day=86400000
third() { sed -n 4p "$out" | grep -qF -e "$1" || fail "not below the daemon: $1"; }
expect 0 ctl status
third 'backup      none was ever made: kabarctl backup /media/stick --mounted'
backup here $((8 * day))
expect 0 ctl status
third 'backup      the last one is old, of '
says 'none on another disk'
backup here $((6 * day))
expect 0 ctl status
says 'backup      20'
says_not 'is old'
says 'none on another disk'
backup away $((9 * day))
expect 0 ctl status
says '; on another disk 20'
backup away 0
expect 0 ctl status
says ', on another disk'
backup away -$day
backup here $((8 * day))
expect 0 ctl status
third 'the last one is old'
expect 0 ctl --json status
json_is '$.backup_other_disk' ''
expect 0 ctl backup "$folder/copy.db"
expect 0 ctl status
says_not 'is old'
sql "DELETE FROM modem_state; DELETE FROM mt_message; DELETE FROM meta WHERE name LIKE 'balance.%'"
run_daemon
command='status --watch'
timeout 300 kabarctl -c "$folder/kabard.conf" status --watch >"$out" 2>"$err" &
watch=$!
screens() { [ "$(grep -c 'kabard\|runs, process' "$out")" -ge "$1" ]; }
await 'two screens' screens 2
kill $watch || fail 'it ended by itself'
wait $watch
says 'alerts      none'
stop_daemon
sed -i 's,connection = "none"; model = "dummy"; device = "phone",connection = "at"; device = "/dev/kabar-none",' \
    "$folder/kabard.conf"
run_daemon
await 'the alert' told 'modem sim1 can neither send nor receive: kabarctl doctor'
stop_daemon

expect 0 ctl clock --json
json
expect 2 ctl clock x
expect 0 ctl clock reset --json
json
expect 2 ctl clock reset x

# While no daemon runs, who may read the folder but not write it sees all the same how things are.
chmod 755 "$folder"
chmod 644 "$folder/kabard.conf" "$folder"/kabar.db*
as=
[ "$(id -u)" != 0 ] || as='setpriv --reuid 65534 --regid 65534 --clear-groups'
$as test -x "$KABAR_BIN/kabarctl" || as=true # a build that others may not reach: only this user tries
chmod 555 "$folder"
expect 0 $as "$KABAR_BIN/kabarctl" -c "$folder/kabard.conf" contact list
$as "$KABAR_BIN/kabarctl" -c "$folder/kabard.conf" doctor >"$folder.doctor"
chmod 755 "$folder"
[ "$as" = true ] || grep -q '^ok    database' "$folder.doctor" || fail "doctor: $(cat "$folder.doctor")"
rm "$folder.doctor"
finish
