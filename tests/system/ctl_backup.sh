#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# backup and restore: verified copies, refusals, the old database beside, uids that never come twice.
. "$(dirname "$0")/lib.sh"
box
expect 3 ctl backup "$folder/early.db"
complains 'No such file'
villages
expect 0 ctl send 081230000001 first
expect 0 ctl backup "$folder/one.db"
says 'read back and intact'
[ "$(sqlite3 "$folder/one.db" 'PRAGMA integrity_check')" = ok ] || fail 'the backup is not whole'
[ ! -e "$folder/one.db-wal" ] && [ ! -e "$folder/one.db.partial" ] || fail 'a backup is one file'
[ "$(stat -c %a "$folder/one.db")" = 640 ] || fail 'others can read the backup'
expect 0 ctl backup "$folder/one.db" --json
json
json_is '$.contacts' 1
expect 3 ctl backup "$folder/none/one.db"
complains "there is no folder $folder/none"
mkfifo "$folder/device"
# A stick that is not plugged in: no file is made of its folder's name.
expect 3 ctl backup "$folder/usb"
complains "there is no folder $folder/usb"
expect 3 ctl backup "$folder/usb/"
[ ! -e "$folder/usb" ] || fail 'a file was made in the place of a stick'
expect 3 ctl backup "$folder/device"
complains 'is not a file; name the folder'
[ -p "$folder/device" ] || fail 'a backup took the place of a device'
expect 3 ctl backup "$folder/kabar.db"
complains 'is the database itself'
expect 2 ctl backup "$folder/none.db" --keep 3
complains 'go with a folder that is there'
expect 2 ctl backup "$folder" --keep 0

mkdir "$folder/stick"
for day in 01 02 03; do touch "$folder/stick/kabar-box-03-202610${day}T000000Z.db"; done
touch "$folder/stick/kabar-box-04-20261001T000000Z.db" "$folder/stick/kabar-box-03-notes.db"
expect 0 ctl backup "$folder/stick" --keep 2
says '2 older backups removed'
[ "$(find "$folder/stick" -name 'kabar-box-03-2*' | wc -l)" = 2 ] || fail 'not two backups are left'
[ -e "$folder/stick/kabar-box-03-20261003T000000Z.db" ] || fail 'the newer one is gone'
[ -e "$folder/stick/kabar-box-04-20261001T000000Z.db" ] && [ -e "$folder/stick/kabar-box-03-notes.db" ] ||
    fail 'a file of someone else was removed'

# A stick that is not there.
expect 3 ctl backup "$folder/stick" --mounted
complains 'is on the disk of the database, no stick is mounted there'
expect 2 ctl backup "$folder/one.db" --mounted
mkdir "/dev/shm/kabar-stick.$$" && {
    expect 0 ctl backup "/dev/shm/kabar-stick.$$" --mounted
    rm -r "/dev/shm/kabar-stick.$$"
}

# Encrypted: only that leaves the folder of the database; what to type to read it is said and works.
if command -v age >/dev/null; then
    age-keygen -o "$folder/age.key" 2>"$err"
    expect 0 ctl backup "$folder/stick" --keep 1 --encrypt "$(age-keygen -y "$folder/age.key")"
    says 'read back and intact, then encrypted'
    sealed=$(find "$folder/stick" -name '*.db.age')
    [ "$(find "$folder/stick" -name 'kabar-box-03-2*.db' | wc -l)" = 2 ] || fail 'plain backups were removed'
    expect 1 ctl restore "$sealed"
    complains 'age --decrypt -i KEYFILE -o kabar-plain.db'
    expect 0 age --decrypt -i "$folder/age.key" -o "$folder/plain.db" "$sealed"
    [ "$(sqlite3 "$folder/plain.db" 'PRAGMA integrity_check')" = ok ] || fail 'what was decrypted is not whole'
    expect 3 ctl backup "$folder/sealed.db" --encrypt age1nonsense
    complains 'age ended with status'
else
    expect 3 ctl backup "$folder/sealed.db" --encrypt age1nonsense
    complains 'apt install age'
fi
[ ! -e "$folder/sealed.db" ] && [ ! -e "$folder/sealed.db.partial" ] || fail 'half a backup'
if command -v gpg >/dev/null; then
    mkdir -m 700 "$folder/gnupg"
    gpg="gpg --homedir $folder/gnupg --batch --quiet --pinentry-mode loopback"
    $gpg --passphrase '' --quick-gen-key box@example.org rsa2048 encr never 2>"$err"
    $gpg --armor --export box@example.org >"$folder/key.asc"
    echo "backup_recipient = \"$folder/key.asc\";" >>"$folder/kabard.conf"
    expect 0 ctl backup "$folder/stick" --json
    json
    sealed=$(find "$folder/stick" -name '*.db.gpg')
    expect 0 $gpg --output "$folder/plain2.db" --decrypt "$sealed"
    [ "$(sqlite3 "$folder/plain2.db" 'PRAGMA integrity_check')" = ok ] || fail 'what was decrypted is not whole'
    expect 1 ctl restore "$sealed"
    complains 'gpg --output kabar-plain.db --decrypt'
    expect 3 ctl backup "$folder/sealed.db" --encrypt "$folder/none.asc"
    complains 'gpg ended with status'
    gpgconf --homedir "$folder/gnupg" --kill all
    sed -i /backup_recipient/d "$folder/kabard.conf"
fi
[ ! -e "$folder/kabar.db.backup" ] || fail 'a plain copy is left'

# What came after the backup is in the database that stays beside.
expect 0 ctl send 081230000001 second
sql_is "SELECT max(uid) FROM mt_message" box-03-mt-2
# It asks before, and does nothing without an answer.
expect 1 ctl restore "$folder/one.db"
complains 'the same with --yes does it'
says 'replaces: '
expect 0 ctl restore "$folder/one.db" --dry-run
says 'which is kept as '
expect 0 ctl restore "$folder/one.db" --dry-run --json
json_is '$.dry_run' 1
sql_is "SELECT max(uid) FROM mt_message" box-03-mt-2
chmod 644 "$folder/kabar.db"
expect 0 ctl restore "$folder/one.db" --yes
says '1 contacts'
[ "$(find "$folder" -name 'kabar.db*' -perm /o+r | wc -l)" = 0 ] || fail 'others can read a database'
says 'before-restore-'
says '1 messages were not sent before, and go out'
sql_is "SELECT group_concat(text || state) FROM mt_message" firstqueued
sql_is "SELECT count(*) FROM audit WHERE what = 'restore'" 1
sql_is "PRAGMA journal_mode" wal
[ "$(sqlite3 "$folder"/kabar.db.before-restore-* 'SELECT count(*) FROM mt_message')" = 2 ] || fail 'not kept'
expect 0 ctl send 081230000001 third
sql_is "SELECT uid GLOB 'box-03-r[0-9]*-mt-2' FROM mt_message WHERE id = 2" 1
first=$(sql "SELECT uid FROM mt_message WHERE id = 2")
# It went out: not again.
sql "UPDATE mt_message SET state = 'delivered' WHERE id = 1"
expect 0 ctl restore "$folder/one.db" --yes --json
json
json_is '$.settled' 1
sql_is "SELECT group_concat(text || state) FROM mt_message" firstdelivered
expect 0 ctl send 081230000001 fourth
sql_is "SELECT uid <> '$first' FROM mt_message WHERE id = 2" 1
# Nobody knows whether it went out.
rm "$folder/kabar.db"
expect 0 ctl restore "$folder/one.db" --yes
says '1 messages of its queue are held'
expect 0 ctl send 081230000001 fifth
expect 0 ctl outbox retry 1
says queued

# Refusals leave everything as it is.
expect 1 ctl restore "$folder/none.db"
complains 'none.db cannot be opened: No such file'
expect 1 ctl restore "$folder"
complains "$folder is a folder"
head -c 20000 "$folder/one.db" >"$folder/cut.db"
expect 1 ctl restore "$folder/cut.db"
complains 'damaged'
printf 'this is a letter, not a database; it is long enough to be looked at as one, though it is none at all.\n' \
    >"$folder/letter.db"
expect 1 ctl restore "$folder/letter.db"
complains 'is not a database'
cp "$folder/one.db" "$folder/newer.db"
sqlite3 "$folder/newer.db" 'PRAGMA user_version = 999'
expect 1 ctl restore "$folder/newer.db"
complains 'its schema is version 999'
sqlite3 "$folder/other.db" 'CREATE TABLE x (y)'
expect 1 ctl restore "$folder/other.db"
complains "not Kabar's"
run_daemon
expect 1 ctl restore "$folder/one.db"
complains 'systemctl stop kabard'
expect 0 ctl backup "$folder/running.db"
stop_daemon
sql_is "SELECT count(*) FROM mt_message" 2

# What the message of a damaged database names works: end to end.
printf 'damage' | dd of="$folder/kabar.db" bs=1 seek=0 conv=notrunc 2>/dev/null
expect 3 ctl inbox
complains 'kabarctl restore FILE'
expect 3 ctl backup "$folder/never.db"
[ ! -e "$folder/never.db" ] || fail 'a damaged database was backed up'
expect 0 ctl restore "$folder/running.db" --yes
expect 0 ctl inbox
rm "$folder/kabar.db"
expect 0 ctl restore "$folder/running.db" --yes
says_not 'before-restore'
expect 0 ctl status
# Root of a container that may not change its groups: another user's folder is refused, the program does not end in it.
if [ "$(id -u)" = 0 ] && setpriv --bounding-set=-setgid true 2>/dev/null; then
    mkdir "$folder/theirs"
    chown 65534:65534 "$folder/theirs"
    expect 3 setpriv --bounding-set=-setgid "$KABAR_BIN/kabarctl" -c "$folder/kabard.conf" backup "$folder/theirs/copy.db"
    complains 'acting as user 65534, whose folder it is in'
fi
finish
