#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Which language kabarctl speaks: that of the configuration, else of the environment, else of the box's replies.
. "$(dirname "$0")/lib.sh"
box
unset LANGUAGE LC_ALL LC_MESSAGES LANG
# speaks LANGUAGE CONFIGURATION VARIABLE=VALUE...: in what it says where no command is named
speaks() {
    want=$1 conf=$2
    shift 2
    command="$* kabarctl -c $conf"
    case $want in id) says='perintah yang mana' ;; en) says='which command' ;; esac
    env "$@" "$KABAR_BIN/kabarctl" -c "$folder/$conf" >"$out" 2>"$err"
    complains "$says"
}
speaks id kabard.conf
speaks id none.conf
for said in C.UTF-8 id id_ID id_ID.UTF-8 ''; do
    speaks id kabard.conf LANG="$said"
done
for said in C POSIX en_GB.UTF-8 nl_NL en/../../id en_US@of-a-very-long-name x; do
    speaks en kabard.conf LANG="$said"
done
speaks en kabard.conf LANG=id_ID.UTF-8 LC_ALL=C
speaks id kabard.conf LANG=C LC_ALL= LC_MESSAGES=id_ID
speaks en kabard.conf LANG=id_ID.UTF-8 LANGUAGE=en:id
# replies in English, and the configuration's own word
sed 's|replies/id|replies/en|' "$folder/kabard.conf" >"$folder/en.conf"
speaks en en.conf
speaks en en.conf LANG=C.UTF-8
speaks id en.conf LANG=id_ID.UTF-8
{ cat "$folder/en.conf"; echo 'language = "id";'; } >"$folder/own.conf"
speaks id own.conf LANG=C
{ cat "$folder/kabard.conf"; echo 'language = "en";'; } >"$folder/own.conf"
speaks en own.conf LANG=id_ID.UTF-8
# the configuration may stand behind the command, and be broken: that is said, in the language of the environment
expect 2 kabarctl inbox --frob -c "$folder/own.conf"
complains "unknown option"
echo 'language = "id"; box = {' >"$folder/broken.conf"
expect 3 env LANG=C "$KABAR_BIN/kabarctl" inbox -c "$folder/broken.conf"
complains 'broken.conf:'
sed '/^language/s/en/jawa/' "$folder/own.conf" >"$folder/other.conf"
expect 3 env LANG=C "$KABAR_BIN/kabarctl" inbox -c "$folder/other.conf"
complains 'language = "jawa" must be one of auto|id|en'
# kabard itself speaks it to whom it checks the configuration for, and to nobody else
expect 0 env LANG=C kabard -c "$folder/own.conf" --check-config
says 'configuration is good'
expect 0 env LANG=id_ID.UTF-8 kabard -c "$folder/kabard.conf" --check-config
says 'konfigurasi benar'
{ cat "$folder/kabard.conf"; echo 'grace_day = 5;'; } >"$folder/typo.conf"
expect 3 env LANG=id_ID.UTF-8 kabard -c "$folder/typo.conf" --check-config
complains 'pengaturan "grace_day" tidak dikenal, maksudnya "grace_days"?'
expect 3 env LANG=id_ID.UTF-8 kabard -c "$folder/typo.conf"
complains 'unknown setting "grace_day"'
# what the daemon keeps in English is told in Indonesian, libGammu's words with it
ctl init >/dev/null
export LANG=id_ID.UTF-8
run_daemon
# tells TROUBLE WORDS: the daemon looks at its modem at times, and writes down anew how that is
tells() {
    sql "UPDATE modem_state SET state = 'backoff', trouble = '$1'"
    ctl status | tr -s ' \n' ' ' | grep -qF -e "$2" && ctl doctor | grep -qF -e "sim1: jeda; $2"
}
await 'a modem without its port' tells '/dev/ttyUSB7: Error opening device, it doesn'"''"'t exist.' \
    '/dev/ttyUSB7: Perangkat tidak bisa dibuka: tidak ada.'
await 'a modem that refuses' tells '3 requests failed in a row, the last: reading the messages: Unknown error.' \
    '3 permintaan berturut-turut gagal, yang terakhir: membaca pesan: Galat tidak dikenal.'
stop_daemon
# JSON is the same in both
LANG=id_ID.UTF-8 ctl help --json >"$folder/id.json"
LANG=C ctl help --json >"$folder/en.json"
cmp -s "$folder/id.json" "$folder/en.json" || fail 'JSON is of a language'
finish
