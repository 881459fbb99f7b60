#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# doctor: each of the operator's likely mistakes is found and told what to do; guide: the pocket card from the set.
. "$(dirname "$0")/lib.sh"
box
expect 1 ctl doctor
says 'kabar.db is not there'
says 'kabarctl init'
says 'systemctl start kabard'
villages
mkdir "$folder/phone"
run_daemon
await 'the phone' status_has '"registered":true'
expect 0 ctl doctor
says 'kabar.db is intact'
says 'kabard runs'
says 'sim1 is the dummy phone'
says "there is none in the database's folder"
expect 0 ctl doctor --json
json
says '"check":"clock"'
mkdir "$folder/backup"
expect 0 ctl backup "$folder/backup"
says 'warning: it is on the disk of the database'
expect 0 ctl doctor
says 'the newest is'
says 'none was ever made on another disk'
if mkdir "/dev/shm/kabar-away.$$"; then
    expect 0 ctl backup "/dev/shm/kabar-away.$$"
    says_not warning
    rm -r "/dev/shm/kabar-away.$$"
    expect 0 ctl doctor
    says 'the last one on another disk is of'
fi
mv "$folder"/backup/*.db "$folder/backup/kabar-box-03-20200101T000000Z.db"
expect 0 ctl doctor
says 'look why it is old'
now=$(sql "SELECT CAST(strftime('%s') AS INTEGER) * 1000")
sql "INSERT OR REPLACE INTO meta VALUES ('clock', '$((now + 864000000)) good')" # believed before: the wall clock is behind
expect 1 ctl doctor
says 'timedatectl set-time'
sql "DELETE FROM meta WHERE name = 'clock'"
stop_daemon
expect 1 ctl doctor
says 'kabard does not run'
cp "$folder/kabard.conf" "$folder/good.conf"
sed -i 's,connection = "none"; model = "dummy"; device = "phone",connection = "at115200"; device = "/dev/ttyKabarNone",' \
    "$folder/kabard.conf"
expect 1 ctl doctor
says 'its device /dev/ttyKabarNone is not there'
says 'MiB are free'
cp "$folder/good.conf" "$folder/kabard.conf"
dd if=/dev/zero of="$folder/kabar.db" bs=4096 seek=3 count=8 conv=notrunc 2>/dev/null
expect 1 ctl doctor
says 'kabarctl restore FILE'
echo 'grace_day = 3;' >>"$folder/kabard.conf"
expect 3 ctl doctor
complains grace_day
says 'the configuration is refused'
expect 2 ctl doctor now

cp "$folder/good.conf" "$folder/kabard.conf"
expect 0 ctl guide
says 'IBU HAMIL 12 BERSALIN 2 KEK 1'
says 'FE (pil fe)               ibu hamil yang dapat 30 pil tambah darah'
says 'BATAL'
[ "$(grep -c '^[1-9]\. ' "$out")" = 9 ] || fail 'not nine sentences of advice'
says 'KABAR - laporan desa lewat SMS'
says '  CEK         = apa yang sudah masuk bulan ini'
says '  GANTI KARTU = dan nomor lama Anda'
expect 0 ctl guide IBU HAMIL
says_not 'TIKAR 40'
expect 0 ctl guide paud --json
json
lines 1
json_is '$.form' PAUD
expect 0 ctl guide --format html
says '@page { size: A4 landscape'
says '&lt;6'
says 'font-size: 8.3pt'
[ "$(grep -c 'class="panel"' "$out")" = 4 ] || fail 'not four panels'
expect 1 ctl guide KUCING
complains 'expected one of IBU_HAMIL'
expect 2 ctl guide --format pdf
sed -i 's,device = "phone",device = "phone"; number = "081230000099",' "$folder/kabard.conf"
expect 0 ctl guide
says '081230000099'
sed -i 's,^replies = .*,replies = [ "replies/id.cfg"\, "replies/en.cfg" ];,' "$folder/kabard.conf"
expect 0 ctl guide --locale en
says 'KABAR - village reports by SMS'
says 'FE (pil fe)'
says '  CEK         = what has come in this month'
expect 0 ctl guide --locale en --format html
says '<html lang="en">'
expect 1 ctl guide --locale fr
complains 'has the locale fr'
finish
