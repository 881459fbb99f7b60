#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The database on a disk of 8 MB that runs full: said in one line, the SMS wait in SIM and network, and it goes on by
# itself; nothing lost, nothing twice. Then mounted for reading only: said, and what is there can be read.
if [ -z "${KABAR_OWN_MOUNTS-}" ]; then
    # root in a chroot may not make a user namespace, and needs none
    for own in -rm '-m --propagation unchanged'; do
        # shellcheck disable=SC2086
        ! unshare $own true 2>/dev/null || KABAR_OWN_MOUNTS=1 exec unshare $own sh "$0"
    done
    exit 77
fi
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/lib_modem.sh"
modem --sm 3
disk=$folder/disk
mkdir "$disk"
trap 'umount -l "$disk"; clean' EXIT
mount -t tmpfs -o size=8m tmpfs "$disk" || exit 77
modem_box '' '' disk/kabar.db
run_daemon
# give FROM TO: reports with these numbers, to the network
give() {
    i=$1
    while [ "$i" -le "$2" ]; do
        printf 'sms +6281230000001 IBU HAMIL 50 K4 %d\n' "$i" >&4
        i=$((i + 1))
    done
}
all() { is "SELECT count(*) || '/' || sum(state IN ('submitted', 'delivered')) FROM mt_message" "$1/$1"; }
once() { sql_is "SELECT count(*) || '/' || count(DISTINCT text) FROM mo_message" "$1/$1"; }

give 1 3
await 'the first' all 3
# a worker that was killed leaves the terminal open to the next one, who has no rights of root here
kill -9 "$(cat "/proc/$daemon/task/$daemon/children")"
await 'the next worker' logged 2 'modem=sim1 ready'
cat /dev/zero >"$disk/fill" 2>/dev/null
give 4 9
await 'the word of it' told 'the disk is full'
await 'a full SIM' happened 6 'stored SM'
sleep 1
expect 0 ctl status
says 'trouble since'
expect 0 ctl inbox
once 3
# a restart now: there is no room for a WAL, and the start waits for it
stop_daemon
cat /dev/zero >>"$disk/fill" 2>/dev/null
words=$(grep -c 'the disk is full' "$folder/kabard.log")
kabard -c "$folder/kabard.conf" >>"$folder/kabard.log" 2>&1 4>&- &
daemon=$!
await 'the word of it' logged $((words + 1)) 'the disk is full'
kill -0 "$daemon" || fail 'no start while the disk is full'
rm "$disk/fill"
await 'the rest' all 9
once 9
expect 0 ctl status
says_not 'trouble'

# mounted for reading only
stop_daemon
mount -o remount,ro "$disk"
expect 3 "$KABAR_BIN/kabard" -c "$folder/kabard.conf"
complains 'mount'
expect 0 ctl status
says 'does not run'
says 'can be read and not written'
expect 1 ctl doctor
says 'the disk can be read and not written'
expect 0 ctl inbox
says 'K4 9'
expect 3 ctl contact block 081230000001
complains 'mounted for writing'
finish
