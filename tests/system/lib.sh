# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh disable=SC2034
# What the system tests share: a box in a temporary folder, one line to run and judge a command, JSON checked by SQLite.
#   . "$(dirname "$0")/lib.sh"; box; expect 0 ctl init; says "made"; finish
set -u
: "${KABAR_BIN:?is the folder of the programs}" "${KABAR_SOURCE:?is the source tree}"
export PATH="$KABAR_BIN:$PATH" LC_ALL=C.UTF-8 LANGUAGE=C
unset COLUMNS
folder=$(mktemp -d) || exit 3
daemon=
clean() { if [ -n "$daemon" ]; then kill "$daemon" 2>/dev/null; wait "$daemon"; fi; rm -rf "$folder"; }
trap clean EXIT
trap 'exit 130' INT TERM
out=$folder/out err=$folder/err events=$folder/events failures=0

fail() {
    failures=$((failures + 1))
    printf 'FAIL: %s\n  command: %s\n' "$1" "${command-}"
    sed 's/^/  out: /' "$out" | head -20
    sed 's/^/  err: /' "$err" | head -20
}
finish() { [ $failures = 0 ] || { echo "$failures failures"; exit 1; }; exit 0; }

# box [EXTRA]: the smallest configuration with the dummy phone; EXTRA lines behind it
box() {
    cp -r "$KABAR_SOURCE/config/sets" "$KABAR_SOURCE/config/lang" "$KABAR_SOURCE/config/replies" "$folder/"
    cat >"$folder/kabard.conf" <<END
box = { id = "box-03"; timezone = "Asia/Jakarta"; };
database = "kabar.db";
sets = ( "sets/hpk-2018.cfg" );
lang = "lang/id.cfg";
replies = "replies/id.cfg";
modems = ( { name = "sim1"; connection = "none"; model = "dummy"; device = "phone"; } );
${1-}
END
}
# villages: a kecamatan with two villages, and a KPM of the first
villages() {
    printf 'code,name\n35,Jawa Timur\n35.12,Situbondo\n35.12.03,Suboh\n35.12.03.2001,Suboh\n35.12.03.2002,Buduan\n' \
        >"$folder/areas.csv"
    ctl init >/dev/null && ctl area import "$folder/areas.csv" >/dev/null &&
        ctl contact add 0812-3000-0001 --name 'Siti Aminah' --role kpm --area 35.12.03.2001 >/dev/null || exit 3
}

ctl() { kabarctl -c "$folder/kabard.conf" "$@"; }
# expect STATUS COMMAND…: runs it, keeps what it says
expect() {
    want=$1
    shift
    command=$*
    "$@" >"$out" 2>"$err" </dev/null
    status=$?
    [ $status = "$want" ] || fail "exit status $status, expected $want"
}
# expect_input STATUS INPUT COMMAND…: the same with text on standard input
expect_input() {
    want=$1 input=$2
    shift 2
    command=$*
    printf '%s' "$input" | "$@" >"$out" 2>"$err"
    status=$?
    [ $status = "$want" ] || fail "exit status $status, expected $want"
}
says() { grep -qF -e "$1" "$out" || fail "does not say: $1"; }
says_not() { ! grep -qF -e "$1" "$out" || fail "says: $1"; }
complains() { grep -qF -e "$1" "$err" || fail "does not complain: $1"; }
silent() { [ ! -s "$out" ] || fail 'says something'; }
lines() { [ "$(wc -l <"$out")" = "$1" ] || fail "$(wc -l <"$out") lines, expected $1"; }
# json: each line is one JSON object and nothing else
json() {
    { printf '['; paste -sd, "$out"; printf ']'; } >"$folder/json"
    objects=$(sqlite3 :memory: "SELECT count(*) FROM json_each(CAST(readfile('$folder/json') AS TEXT)) WHERE type = 'object'" 2>&1)
    [ "$objects" = "$(wc -l <"$out")" ] || fail "not a JSON object a line: $objects"
}
# json_is PATH VALUE: of the first line
json_is() {
    head -1 "$out" >"$folder/json"
    got=$(sqlite3 :memory: "SELECT json_extract(CAST(readfile('$folder/json') AS TEXT), '$1')" 2>&1)
    [ "$got" = "$2" ] || fail "$1 is $got, expected $2"
}
# await WHAT COMMAND…: until it succeeds. How long is no matter: a busy machine must not fail a test.
await() {
    what=$1
    shift
    limit=$(($(date +%s) + 120))
    until "$@" >/dev/null 2>&1; do
        if [ "$(date +%s)" -ge $limit ]; then
            command=$*
            fail "in vain: $what"
            ctl status
            cat "$folder/kabard.log"
            finish
        fi
        sleep 0.1
    done
}
# told WORDS: in status, wherever its lines break; for await
told() { ctl status 2>&1 | tr -s ' \n' ' ' | grep -qF -e "$1"; }
# status_has WORDS: the same of its JSON; for await
status_has() { ctl --json status | grep -qF -e "$1"; }
# logged N WORDS: kabard has said them so often, or more; for await
logged() { [ "$(grep -cF -e "$2" "$folder/kabard.log")" -ge "$1" ]; }
# is SQL VALUE; for await
is() { [ "$(sql "$1" 2>&1)" = "$2" ]; }
# all_sent: nothing waits in the outbox; phone_empty: nor in the dummy phone; for await
all_sent() { is "SELECT count(*) FROM mt_message WHERE state IN ('queued', 'submitting', 'retry_wait')" 0; }
phone_empty() { [ -z "$(find "$folder/phone/sms" -type f)" ]; }
sql() { sqlite3 -cmd '.timeout 60000' "$folder/kabar.db" "$1"; }
# sql_is SQL VALUE
sql_is() {
    command=$1
    got=$(sql "$1" 2>&1)
    [ "$got" = "$2" ] || fail "$1 gives $got, expected $2"
}
# run_daemon: kabard in the background, until it is ready
run_daemon() {
    touch "$folder/kabard.log"
    starts=$(grep -c 'ready modems=' "$folder/kabard.log")
    kabard -c "$folder/kabard.conf" >>"$folder/kabard.log" 2>&1 4>&- &
    daemon=$!
    await 'kabard' ready_or_ended
    logged $((starts + 1)) 'ready modems=' || { cat "$folder/kabard.log"; exit 1; }
}
ready_or_ended() { logged $((starts + 1)) 'ready modems=' || ! kill -0 "$daemon"; }
# shift_clock WALL_MS MONOTONIC_MS: from the next run_daemon on its clocks are ahead by so much; later calls move them
shift_clock() {
    export KABAR_SHIFT_CLOCK="$folder/shift"
    printf '%s %s\n' "$1" "$2" >"$folder/shift.new"
    mv "$folder/shift.new" "$folder/shift"
}
# modem [OPTION…]: an at-modem at $folder/tty, as long as the test; what it says is in $events
modem() {
    mkfifo "$folder/orders"
    "$KABAR_BIN/../tests/at-modem" --link "$folder/tty" "$@" <"$folder/orders" >"$events" 2>&1 &
    exec 4>"$folder/orders"
    await 'the modem' [ -e "$folder/tty" ]
}
# order COMMAND: to the modem, and what it says to it in $out
order() {
    command=$*
    before=$(wc -l <"$events")
    printf '%s\n' "$*" >&4
    await "an answer to $*" answered
    tail -n +$((before + 1)) "$events" >"$out"
    ! grep -q '^error' "$out" || fail "$*"
}
answered() { tail -n +$((before + 1)) "$events" | grep -qE '^(ok|error)'; }
stop_daemon() {
    kill "$daemon"
    wait "$daemon"
    status=$?
    daemon=
    [ $status = 0 ] || fail "kabard ended with $status"
}
