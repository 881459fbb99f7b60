#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The operator's ten most likely mistakes, made for real: each message says what is wrong, where, and what to do.
. "$(dirname "$0")/lib.sh"
box
villages
cp "$folder/kabard.conf" "$folder/good.conf"
# serial DEVICE [MORE]: the box with that modem instead of the dummy phone
serial() {
    sed "s,connection = \"none\"; model = \"dummy\"; device = \"phone\",connection = \"at115200\"; device = \"$1\"${2-}," \
        "$folder/good.conf" >"$folder/kabard.conf"
}
status_says() { await "status says $1" told "$1"; }

# 1 the wrong device
serial /dev/ttyUSB9
run_daemon
status_says 'min): /dev/ttyUSB9 is not there'
status_says 'modem sim1 can neither send nor receive: kabarctl doctor'
expect 1 ctl doctor
says 'sim1: its device /dev/ttyUSB9 is not there'
says '-> plug the modem in; if it has another name under ports below, write that one as device'
stop_daemon

# 2 the wrong PIN: once and never again
modem --pin 1234
serial "$folder/tty" '; pin = "9999"'
run_daemon
status_says 'write the right one into kabard.conf, then restart kabard'
expect 1 ctl doctor
says 'write the right pin = "1234"; into kabard.conf, then: systemctl restart kabard'
stop_daemon
expect 1 ctl doctor
says 'write the right pin = "1234"; into kabard.conf'

# 3 two daemons; 7 the modem unplugged
order pin off
run_daemon
await 'the word of it' logged 1 'K34 modem=sim1 the SIM has refused this PIN before'
expect 1 kabard -c "$folder/kabard.conf"
complains 'already works on'
complains 'end it first with: systemctl stop kabard'
status_says 'sim1: ready'
order unplug
status_says "min): $folder/tty is not there"
expect 1 ctl doctor
says "sim1: its device $folder/tty is not there"

# 8 no signal
order register off
order signal 99
order plug
status_says 'min): it is in no network'
expect 1 ctl doctor
says 'sim1: it is in no network, signal unknown'
says '-> SIM put in the right way, still valid, with credit? antenna screwed on? try it in a phone'
stop_daemon
cp "$folder/good.conf" "$folder/kabard.conf"

# 4 a full disk, where this user may make one
mkdir "$folder/small"
trap 'umount "$folder/small" 2>/dev/null; clean' EXIT
if mount -t tmpfs -o size=2m tmpfs "$folder/small" 2>/dev/null; then
    sed 's,"kabar.db","small/kabar.db",' "$folder/good.conf" >"$folder/kabard.conf"
    cp "$folder/kabar.db" "$folder/small/"
    run_daemon
    dd if=/dev/zero of="$folder/small/fill" bs=4k 2>/dev/null
    ctl simulate --from 081230000001 --timeout 1 'IBU HAMIL 12 K4 3' >/dev/null 2>&1
    status_says 'the disk is full: free some space; what was stored is safe, and work continues by itself'
    expect 1 ctl doctor
    says '-> SMS stay on the SIM until there is room: remove old files'
    rm "$folder/small/fill"
    status_says '1 received'
    stop_daemon
    umount "$folder/small"
    cp "$folder/good.conf" "$folder/kabard.conf"
fi

# 5 a bad CSV
printf 'phone,name,role,area\n0812x,Siti,kpm,35.12.03.2001\n081230000007,Ani,bidn,35.12.03.2001\n' >"$folder/bad.csv"
expect 1 ctl contact import "$folder/bad.csv"
complains 'bad.csv:2: "0812x" is not a phone number; expected 0812'
complains 'bad.csv:3: "bidn" is not a role; expected one of kpm'
complains 'nothing was imported'

# 6 a typo in the configuration
sed 's/^lang = /grace_dayz = 3;\nlang = /' "$folder/good.conf" >"$folder/kabard.conf"
expect 3 kabard -c "$folder/kabard.conf"
complains 'kabard.conf:4: unknown setting "grace_dayz", did you mean "grace_days"?'
sed 's/^database = "kabar.db"/database = kabar.db/' "$folder/good.conf" >"$folder/kabard.conf"
expect 3 ctl status
complains 'kabard.conf:2: syntax error; is a ; or , missing'
cp "$folder/good.conf" "$folder/kabard.conf"

# 9 the wrong clock
now=$(sql "SELECT CAST(strftime('%s') AS INTEGER) * 1000")
sql "INSERT OR REPLACE INTO meta VALUES ('clock', '$((now + 864000000)) good')" # believed before: the wall clock is behind
run_daemon
status_says ': kabarctl clock'
expect 1 ctl doctor
says 'see: kabarctl clock; timedatectl set-time'
stop_daemon
await 'the word of it' logged 1 'K66 clock='
sql "DELETE FROM meta WHERE name = 'clock'"

# 10 an edited database
sql 'PRAGMA foreign_keys = off; UPDATE contact SET area_id = 99'
expect 1 ctl doctor
says 'was edited by hand: 1 rows refer to what is not there'
says '-> stop kabard, then kabarctl restore FILE'
sql 'DROP TABLE contact_phone'
expect 3 kabard -c "$folder/kabard.conf"
complains 'changed by a foreign hand'
complains 'kabarctl restore FILE'
sql 'PRAGMA user_version = 99'
expect 3 ctl status
complains 'its schema is version 99, this program knows up to'
complains 'install the newer Kabar again, or restore a backup of before'
finish
