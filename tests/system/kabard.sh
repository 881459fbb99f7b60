#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The daemon from outside: what it says of a bad start, how it reloads and stops, that a dead modem holds up nobody.
. "$(dirname "$0")/lib.sh"
box 'log_level = "info"; metrics = "kabar.prom";'

# a start that can't be
expect 3 kabard -c "$folder/none.conf"
complains "$folder/none.conf"
expect 2 kabard --chekc-config
expect 2 kabard now
complains 'usage: kabard'
expect 0 kabard --version
expect 0 kabard -c "$folder/kabard.conf" --check-config
says 'configuration is good'
expect 3 kabard -c "$folder/kabard.conf"
complains 'kabarctl -c'

# a typo: every fault with its line
sed 's/^lang = /grace_dayz = 3;\nheld_hours = 9000;\nlang = /' "$folder/kabard.conf" >"$folder/typo.conf"
expect 3 kabard -c "$folder/typo.conf" --check-config
complains 'typo.conf:4:'
complains 'grace_days'
complains 'typo.conf:5:'
# a rule that does not compile
sed 's/check = "K4 <= HAMIL"/check = "K4 <= HAMILL"/' "$folder/sets/hpk-2018.cfg" >"$folder/sets/bad.cfg"
sed 's|sets/hpk-2018.cfg|sets/bad.cfg|' "$folder/kabard.conf" >"$folder/rule.conf"
expect 3 kabard -c "$folder/rule.conf" --check-config
complains "bad.cfg:$(grep -n 'HAMILL' "$folder/sets/bad.cfg" | cut -d: -f1):"
# a command's word that is a form's spelling, too
sed 's/status = \[ "cek"/status = [ "bumil", "cek"/' "$folder/lang/id.cfg" >"$folder/lang/bad.cfg"
sed 's|lang/id.cfg|lang/bad.cfg|' "$folder/kabard.conf" >"$folder/word.conf"
expect 3 kabard -c "$folder/word.conf" --check-config
complains "bad.cfg:$(grep -n '"bumil"' "$folder/lang/bad.cfg" | cut -d: -f1): status: \"bumil\" is a spelling of the form IBU_HAMIL"
complains "(${folder}/sets/hpk-2018.cfg:$(($(grep -n 'code = "IBU_HAMIL"' "$folder/sets/hpk-2018.cfg" | cut -d: -f1) - 1)))"
# texts of an older version, changed by hand: the box starts, and says which ones it takes from what ships
sed -e '/^ask_form = /d' -e '/^stored = /d' -e '/^  cancel = /d' -e 's/Terima kasih/Matur suwun/' "$folder/replies/id.cfg" \
    >"$folder/replies/old.cfg"
sed 's|replies/id.cfg|replies/old.cfg|' "$folder/kabard.conf" >"$folder/old.conf"
grep -q old.cfg "$folder/old.conf" || printf 'replies = [ "replies/old.cfg" ];\n' >>"$folder/old.conf"
expect 0 kabard -c "$folder/old.conf" --check-config
says 'configuration is good'
says "replies/old.cfg does not have these texts, the shipped ones are used: cancel, stored, ask_form"
# what is printed can be read again, and says the same
kabard -c "$folder/kabard.conf" --print-config >"$folder/printed.conf" || fail 'print-config'
expect 0 kabard -c "$folder/printed.conf" --print-config
command='print-config twice'
sed 's/ *#.*//' "$folder/printed.conf" >"$folder/once"
sed 's/ *#.*//' "$out" >"$folder/twice"
diff "$folder/once" "$folder/twice" >"$out" || fail 'is not the same'
# for each set, alone
for set in "$KABAR_SOURCE"/config/sets/*.cfg; do
    sed "s|sets/hpk-2018.cfg|$set|" "$folder/kabard.conf" >"$folder/alone.conf"
    kabard -c "$folder/alone.conf" --print-config >"$folder/printed.conf" || fail "print-config of $set"
    expect 0 kabard -c "$folder/printed.conf" --check-config
done

# one daemon a database; reload is all or nothing
villages
run_daemon
await 'the numbers' [ -e "$folder/kabar.prom" ]
command='metrics'
grep -q '^kabar_queued 0$' "$folder/kabar.prom" || fail 'no numbers for Prometheus'
[ "$(stat -c %a "$folder/kabar.prom")" = 644 ] || fail 'the numbers are not readable for others'
expect 1 kabard -c "$folder/kabard.conf"
complains 'another kabard'
cp "$folder/kabard.conf" "$folder/good.conf"
echo 'grace_days = 99;' >>"$folder/kabard.conf"
kill -HUP "$daemon"
await 'the refusal' logged 1 'configuration stays as it was'
sed 's/"sim1"/"sim2"/' "$folder/good.conf" >"$folder/kabard.conf"
kill -HUP "$daemon"
await 'the refusal' logged 1 'which takes a restart'
{ cat "$folder/good.conf"; echo 'grace_days = 3;'; } >"$folder/kabard.conf"
kill -HUP "$daemon"
await 'the reload' logged 1 'configuration read again'
expect 0 ctl simulate --from 081230000001 'BUMIL 12 K4 3'
says 'ibu hamil 12, K4 3'
stop_daemon
cp "$folder/good.conf" "$folder/kabard.conf"

# a modem that never answers: the other one serves, status tells, the stop does not wait for its deadline of 90 s
modem
order silent on
sed "s|modems = (|modems = ( { name = \"deaf\"; connection = \"at115200\"; device = \"$folder/tty\"; },|" \
    "$folder/good.conf" >"$folder/kabard.conf"
run_daemon
expect 0 ctl simulate --from 081230000001 'BUMIL K4 4'
says 'K4 4'
expect 0 ctl status
says 'deaf'
begun=$(date +%s)
stop_daemon
[ $(($(date +%s) - begun)) -le 30 ] || fail 'took too long to stop'
exec 4>&-
# every line of the journal has its number, each number its explanation; numbers of people are masked
command='the journal'
grep -v '^kabard: K[0-9][0-9] ' "$folder/kabard.log" >"$out" && fail 'lines without a number'
for number in $(grep -o '^kabard: K[0-9]*' "$folder/kabard.log" | cut -c9- | sort -u); do
    expect 0 kabarctl explain "$number"
    says "$number ("
done
! grep -q '+6281230000001' "$folder/kabard.log" || fail 'a number stands in the journal'
expect 0 kabarctl explain
says 'K31 (warning) a modem was unplugged'
expect 0 kabarctl --json explain k31 K20
json
lines 2
expect 0 kabarctl explain 'Nov 22 10:00:01 box kabard[812]: K31 modem=sim1 down: /dev/ttyUSB0 is not there'
says 'K31 (warning)'
expect 0 kabarctl explain K50 mt id=4711
lines 2
expect 1 kabarctl explain modem=sim1
expect 1 kabarctl explain K99
complains 'there is no message K99'
finish
