#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The units are sound and sandboxed; each deb script is sound shell; users and folders are understood by systemd.
. "$(dirname "$0")/lib.sh"
command -v systemd-analyze >/dev/null || { echo 'no systemd-analyze'; exit 0; }
ln -s "$KABAR_BIN" "$folder/bin" # a unit can't name a folder with a space as it is
for unit in kabard kabar-backup; do
    sed "s,@BINDIR@,$folder/bin,g" "$KABAR_SOURCE/systemd/$unit.service.in" >"$folder/$unit.service"
done
cp "$KABAR_SOURCE/systemd/kabar-backup.timer" "$folder/"
expect 0 systemd-analyze verify --man=no "$folder/kabard.service" "$folder/kabar-backup.service" "$folder/kabar-backup.timer"
[ ! -s "$err" ] || fail 'systemd-analyze verify has something to say'
for unit in kabard kabar-backup; do
    expect 0 systemd-analyze security --no-pager --offline=true --threshold=15 "$folder/$unit.service"
done
mkdir "$folder/root"
expect 0 systemd-sysusers --dry-run --root="$folder/root" "$KABAR_SOURCE/systemd/kabar.sysusers"
for script in postinst prerm postrm; do
    expect 0 sh -n "$KABAR_SOURCE/systemd/deb/$script"
done
# What is installed as the configuration of a box holds.
sed "s,/var/lib/kabar,$folder," "$KABAR_SOURCE/config/kabard.conf.box" >"$folder/kabard.conf"
cp -r "$KABAR_SOURCE/config/sets" "$KABAR_SOURCE/config/lang" "$KABAR_SOURCE/config/replies" "$folder/"
expect 0 kabard -c "$folder/kabard.conf" --check-config
finish
