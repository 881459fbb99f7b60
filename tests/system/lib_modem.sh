# shellcheck shell=sh disable=SC2034
# kabard on a simulated modem, whose network and clock are in the test's hand.
#   . lib.sh; . lib_modem.sh; modem [OPTION…]; modem_box [KEYS [LINES]]; order sms +62… TEXT; run_daemon
events=$folder/events
: >"$events"

# modem [OPTION…]: an at-modem, as long as the test
modem() {
    mkfifo "$folder/orders"
    "$KABAR_BIN/../tests/at-modem" --link "$folder/tty" "$@" <"$folder/orders" >"$events" 2>&1 &
    exec 4>"$folder/orders"
    await 'the modem' [ -e "$folder/tty" ]
}
# modem_box [KEYS [LINES [DATABASE]]]: the box of lib.sh on it; KEYS of the modem, LINES of the configuration
database=$folder/kabar.db
modem_box() {
    box "${2-}"
    database=$folder/${3-kabar.db}
    sed -i "s|\"kabar.db\"|\"$database\"|; s|connection = \"none\".*device = \"phone\";|connection = \"dku2at\"; device = \"$folder/tty\"; ${1-}|" \
        "$folder/kabard.conf"
    villages
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
sql() { sqlite3 -cmd '.timeout 5000' "$database" "$1"; }
# happened N WORDS: that many events or more; for await
happened() { [ "$(grep -cF -e "$2" "$events")" -ge "$1" ]; }
# is SQL VALUE; for await
is() { [ "$(sql "$1" 2>&1)" = "$2" ]; }
# kabard: as it is, or with its clocks shifted
kabard() {
    if [ -n "${KABAR_SHIFT_CLOCK-}" ]; then
        ASAN_OPTIONS=verify_asan_link_order=0 LD_PRELOAD="$KABAR_BIN/../tests/shift_clock.so" \
            exec "$KABAR_BIN/kabard" "$@"
    fi
    exec "$KABAR_BIN/kabard" "$@"
}
