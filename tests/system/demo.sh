#!/bin/sh
# demo.sh BIN: a box with three villages on Gammu's dummy phone, a morning of SMS as a conversation, the numbers in the database.
set -eu
bin=$(cd "$1" && pwd)
root=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd)
box=$root/build/demo
rm -rf "$box"
mkdir -p "$box/phone"
sed "s|@CONFIG@|$root/config|" "$root/config/demo/kabard.conf.in" >"$box/kabard.conf"
ctl() { "$bin/kabarctl" -c "$box/kabard.conf" "$@"; }

daemon=
stop() {
    status=$?
    trap - EXIT INT TERM
    if [ -n "$daemon" ]; then
        kill "$daemon" 2>/dev/null || :
        wait "$daemon" 2>/dev/null || :
    fi
    exit $status
}
trap stop EXIT
trap 'exit 130' INT TERM

echo "== A box for kecamatan Suboh: three villages, five people =="
ctl init
ctl area import "$root/config/demo/areas.csv"
ctl contact import "$root/config/demo/contacts.csv"
ctl contact list

echo >"$box/kabard.log"
"$bin/kabard" -c "$box/kabard.conf" 2>"$box/kabard.log" &
daemon=$!
tries=0
until grep -q 'modem=sim1 ready' "$box/kabard.log"; do
    tries=$((tries + 1))
    if [ $tries -gt 100 ] || ! kill -0 "$daemon" 2>/dev/null; then
        cat "$box/kabard.log" >&2
        exit 1
    fi
    sleep 0.1
done

echo
echo "== A morning of SMS, through the dummy phone and back =="
grep -v '^#' "$root/config/demo/morning.txt" | while IFS='|' read -r from text; do
    name=$(sed -n "s/^$from,\([^,]*\),\([^,]*\),.*/\1 (\2)/p" "$root/config/demo/contacts.csv")
    echo
    printf '%s  %s: %s\n' "$(TZ=Asia/Jakarta date +%H:%M:%S)" "${name:-$from}" "$text"
    ctl simulate --timeout 10 --from "$from" "$text" 2>&1 | sed "s/^/          Kabar: /"
done

echo
echo "== What the database now holds of desa Cemara =="
sqlite3 -cmd '.mode column' "$box/kabar.db" "SELECT period, form, group_concat(field || ' ' || value, ', ') AS numbers
    FROM (SELECT * FROM current_value ORDER BY report_id, field) WHERE area = '35.12.03.2001' GROUP BY period, form"

echo
echo "== Try it yourself =="
echo "    build/release/bin/kabard -c build/demo/kabard.conf &"
echo "    build/release/bin/kabarctl -c build/demo/kabard.conf chat --from 081230000001"
