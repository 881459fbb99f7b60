#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# setup: a first configuration from options, from answers on standard input, and never over one that is there.
. "$(dirname "$0")/lib.sh"
cp -r "$KABAR_SOURCE/config/sets" "$KABAR_SOURCE/config/lang" "$KABAR_SOURCE/config/replies" "$folder/"
printf 'code,name\n35,Jawa Timur\n35.12,Situbondo\n35.12.03,Suboh\n35.12.03.2001,Suboh\n' >"$folder/areas.csv"
expect 0 ctl setup --box box-07 --timezone WITA --device /dev/ttyUSB3 --pin 1234 --number 081230000099 \
    --operator 081230000004 --areas "$folder/areas.csv"
says '4 areas imported'
says 'is written and valid'
expect 0 kabard -c "$folder/kabard.conf" --print-config
says 'id = "box-07"'
says 'Asia/Makassar'
says 'device = "/dev/ttyUSB3"'
grep -q 'pin = "1234"' "$folder/kabard.conf" || fail 'no PIN'
[ "$(stat -c %a "$folder/kabard.conf")" = 640 ] || fail 'the PIN is readable for others'
sql_is "SELECT count(*) FROM area" 4
sql_is "SELECT role || phone FROM contact JOIN contact_phone ON contact_id = contact.id" operator+6281230000004

expect 1 ctl setup --box box-08 --device dummy
complains 'is there already and stays as it is'
grep -q box-07 "$folder/kabard.conf" || fail 'was overwritten'
expect 0 ctl --json setup --box box-08 --device dummy --force --operator 0812-3000-0004
json
json_is '$.device' dummy
grep -q box-07 "$folder/kabard.conf.old" || fail 'the old one was not kept'
sql_is "SELECT count(*) FROM contact" 1
expect 0 kabard -c "$folder/kabard.conf" --check-config

# again on a box that works: what was answered changes, all else stays, every old file too
cat >>"$folder/kabard.conf" <<'END'
schedule = { remind_day = 15; }; # as the camat wants it
sms_price = 350;
END
expect 0 ctl setup --force --timezone Jakarta --number 0812-3000-0098
says 'changes so, all else stays as it is'
says 'box.timezone: "Asia/Makassar" -> "Asia/Jakarta"'
says 'modems.number: "+6281230000099" -> "+6281230000098"'
expect 0 kabard -c "$folder/kabard.conf" --print-config
says 'id = "box-08"'
says 'Asia/Jakarta'
says 'remind_day = 15'
says 'sms_price = 350'
grep -q 'as the camat wants it' "$folder/kabard.conf" || fail 'the comment is gone'
cp "$folder/kabard.conf" "$folder/before"
expect 0 ctl setup --force
says 'stays as it is'
cmp -s "$folder/kabard.conf" "$folder/before" || fail 'changed without an answer'
expect 0 ctl setup --force --device /dev/ttyUSB1
says 'modems.device'
expect 0 kabard -c "$folder/kabard.conf" --print-config
says 'device = "/dev/ttyUSB1"'
says 'connection = "at115200"'
set -- "$folder"/kabard.conf.old*
[ $# = 3 ] || fail "of three old files $# are kept"
grep -lq 'pin = "1234"' "$folder"/kabard.conf.old-* || fail 'the first one is gone'
expect_input 0 '

no
' ctl setup --force
says 'Is another modem to be looked for'
says 'stays as it is'
expect 0 ctl setup --force --operator '62 8123000009'
complains 'fewer digits than most'

# a box with two modems: each can be asked about, and none is ever lost
cat >"$folder/kabard.conf" <<'END'
box = { id = "box-10"; timezone = "Asia/Jakarta"; }; database = "kabar.db";
sets = ( "sets/hpk-2018.cfg" ); lang = "lang/id.cfg"; replies = "replies/id.cfg";
modems = ( { name = "sim1"; connection = "at115200"; device = "/dev/ttyUSB1"; number = "+6281230000098"; },
  # the one of the other network
  { name = "sim2"; connection = "at19200"; device = "/dev/ttyUSB4"; pin = "4321"; prefixes = [ "0857" ]; } );
END
expect 0 ctl setup --force --box box-11 --device /dev/ttyUSB2
says 'sim1.device: "/dev/ttyUSB1" -> "/dev/ttyUSB2"'
says 'modem sim2 (/dev/ttyUSB4) stays as it is'
expect 0 ctl setup --force --modem sim2 --pin 5678 --number 0812-3000-0097
says 'sim2.pin: "..." -> "..."'
says 'sim2.number: "" -> "+6281230000097"'
says 'modem sim1 (/dev/ttyUSB2) stays as it is'
expect_input 0 '

sim3
sim2

0812-3000-0096
' ctl setup --force
says 'Which modem do the next answers concern: sim1, sim2'
says 'there is no modem sim3, but: sim1, sim2'
says 'sim2.number: "+6281230000097" -> "+6281230000096"'
expect 0 ctl setup --force --modem sim2 --device dummy
says 'sim2.device'
expect 0 ctl setup --force --modem sim2 --device /dev/ttyUSB4
expect 1 ctl setup --force --modem sim2 --device /dev/ttyUSB2
complains 'is the device of modem "sim1" already; nothing was written'
expect 2 ctl setup --force --modem sim3
complains 'there is no modem sim3, but: sim1, sim2'
expect 0 kabard -c "$folder/kabard.conf" --print-config
says 'id = "box-11"'
says 'device = "/dev/ttyUSB2"'
says 'number = "+6281230000098"'
says 'device = "/dev/ttyUSB4"'
grep -q 'the one of the other network' "$folder/kabard.conf" || fail 'the comment is gone'
grep -q '0857' "$folder/kabard.conf" || fail 'the prefixes are gone'

rm "$folder/kabard.conf" "$folder"/kabard.conf.old*
# what was answered is shown, and asked about, before it is written
expect_input 1 'box-09
WIT



no
' ctl setup --device /dev/ttyUSB3
says '  name of this box      box-09'
says '  modem                 /dev/ttyUSB3'
says 'Write it? (yes/no) [yes]: '
complains 'nothing was written'
[ ! -e "$folder/kabard.conf" ] || fail 'written all the same'
expect_input 0 'box 9
box-09
WIT

nonsense
081230000004
' ctl setup
says 'a name has letters, digits and -'
says 'that is not a phone number'
expect 0 kabard -c "$folder/kabard.conf" --print-config
says 'id = "box-09"'
says 'Asia/Jayapura'
says 'welcome = true'
rm "$folder/kabard.conf"
expect 2 ctl setup --timezone Mars
complains '--timezone'
expect 2 ctl setup --box 'box 9'
expect 2 ctl setup --device ttyUSB0
expect 2 ctl setup --areas "$folder/none.csv"
[ ! -e "$folder/kabard.conf" ] || fail 'something was written'
expect 3 kabarctl -c "$folder/none/kabard.conf" setup --device dummy
complains 'none/kabard.conf.new'
complains 'mkdir -p'
printf 'code,nama\n35,Jawa Timur\n' >"$folder/bad.csv"
rm -f "$folder"/kabar.db*
expect 1 ctl setup --force --box box-03 --timezone WIB --device dummy --operator 081230000004 --areas "$folder/bad.csv"
complains "is valid; correct $folder/bad.csv, then: kabarctl area import $folder/bad.csv"
sql_is "SELECT count(*) FROM contact WHERE role = 'operator'" 1
expect 0 ctl setup --force --box box-03 --timezone WIB --device dummy --areas "$folder/areas.csv" --json
json
lines 2
finish
