#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# demo.sh BIN [AT_MODEM]: a box with three villages, a morning of SMS as a conversation, the numbers in the database. On
# Gammu's dummy phone, or on the simulated modem AT_MODEM, which libGammu's driver for real ones takes for one.
set -eu
bin=$(cd "$1" && pwd)
at_modem=${2-}
root=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd)
build=$(cd "$bin/../.." && pwd)
box=$build/demo${at_modem:+-modem}
morning=${KABAR_MORNING:-$root/config/demo/morning.txt}
rm -rf "$box"
mkdir -p "$box/phone"
modem='connection = "none"; model = "dummy"; device = "phone"; poll_seconds = 1;'
# dku2at is at115200 without its pause of half a second behind every command, which real sticks need
[ -z "$at_modem" ] || modem='connection = "dku2at"; device = "'"$box"'/ttyUSB0";'
sed "s|@CONFIG@|$root/config|; s|@MODEM@|$modem|" "$root/config/demo/kabard.conf.in" >"$box/kabard.conf"
ctl() { "$bin/kabarctl" -c "$box/kabard.conf" "$@"; }
sql() { sqlite3 -cmd '.timeout 60000' "$box/kabar.db" "$1"; }

daemon='' network=''
stop() {
    status=$?
    trap - EXIT INT TERM
    for process in $daemon $network; do
        kill "$process" 2>/dev/null || :
        wait "$process" 2>/dev/null || :
    done
    exit $status
}
trap stop EXIT
trap 'exit 130' INT TERM

# until_true SECONDS COMMAND…: waits until it succeeds
until_true() {
    tries=$(($1 * 10))
    shift
    until "$@"; do
        tries=$((tries - 1))
        if [ $tries -le 0 ] || ! kill -0 "$daemon" 2>/dev/null; then
            cat "$box/kabard.log" >&2
            exit 1
        fi
        sleep 0.1
    done
}
taken() { [ "$(sql "SELECT count(*) FROM mo_message")" -gt "$messages" ]; }
sent() { [ "$(sql "SELECT count(*) FROM mt_message WHERE state IN ('queued', 'submitting')")" = 0 ]; }

# over_the_air FROM TEXT: hands it to the modem's network, and shows what that network is given in return
over_the_air() {
    messages=$(sql "SELECT count(*) FROM mo_message")
    given=$(wc -l <"$box/network.log")
    printf 'sms %s %s\n' "$(printf %s "$1" | sed 's/^0/+62/')" "$2" >&3
    until_true 120 taken
    until_true 120 sent
    tail -n +$((given + 1)) "$box/network.log" | sed -n 's/\\"/"/g; s/^submitted .* text="\(.*\)"$/\1/p' >"$box/answer"
    if [ -s "$box/answer" ]; then
        paste -sd '' "$box/answer"
    else
        sql "SELECT '(not answered: ' || outcome || ')' FROM mo_message ORDER BY id DESC LIMIT 1"
    fi
}

echo "== A box for kecamatan Suboh: three villages, five people =="
ctl init
ctl area import "$root/config/demo/areas.csv"
ctl contact import "$root/config/demo/contacts.csv"
ctl contact list

through='the dummy phone'
if [ -n "$at_modem" ]; then
    through='the simulated modem'
    mkfifo "$box/orders"
    "$at_modem" --link "$box/ttyUSB0" <"$box/orders" >"$box/network.log" &
    network=$!
    exec 3>"$box/orders"
fi
echo >"$box/kabard.log"
"$bin/kabard" -c "$box/kabard.conf" 2>"$box/kabard.log" 3>&- &
daemon=$!
until_true 120 grep -q 'modem=sim1 ready' "$box/kabard.log"

echo
echo "== A morning of SMS, through $through and back =="
grep -v '^#' "$morning" | while IFS='|' read -r from text; do
    name=$(sed -n "s/^$from,\([^,]*\),\([^,]*\),.*/\1 (\2)/p" "$root/config/demo/contacts.csv")
    echo
    printf '%s  %s: %s\n' "$(TZ=Asia/Jakarta date +%H:%M:%S)" "${name:-$from}" "$text"
    if [ -n "$at_modem" ]; then
        over_the_air "$from" "$text" >"$box/said"
    else
        ctl simulate --from "$from" "$text" >"$box/said" 2>&1 || :
    fi
    sed "s/^/          Kabar: /" "$box/said"
done

echo
echo "== What the database now holds of desa Cemara =="
sqlite3 -cmd '.mode column' "$box/kabar.db" "SELECT period, form, group_concat(field || ' ' || value, ', ') AS numbers
    FROM (SELECT * FROM current_value ORDER BY report_id, field) WHERE area = '35.12.03.2001' GROUP BY period, form"

echo
echo "== Try it yourself =="
shown=${build#"$root/"}
case $shown in
*' '*) shown="'$shown'" ;;
esac
if [ -n "$at_modem" ]; then
    echo "    $shown/release/tests/at-modem --link $shown/demo-modem/ttyUSB0     # type: help; sms +6281230000001 CEK"
    echo "    $shown/release/bin/kabard -c $shown/demo-modem/kabard.conf         # in another window"
else
    echo "    $shown/release/bin/kabard -c $shown/demo/kabard.conf &"
    echo "    $shown/release/bin/kabarctl -c $shown/demo/kabard.conf chat --from 081230000001"
fi
