# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh disable=SC2034
# kabard on the simulated modem of lib.sh, whose network and clock are in the test's hand.
#   . lib.sh; . lib_modem.sh; modem [OPTION…]; modem_box [KEYS [LINES]]; order sms +62… TEXT; run_daemon
# modem_box [KEYS [LINES [DATABASE]]]: the box of lib.sh on it; KEYS of the modem, LINES of the configuration
database=$folder/kabar.db
modem_box() {
    box "${2-}"
    database=$folder/${3-kabar.db}
    sed -i "s|\"kabar.db\"|\"$database\"|; s|connection = \"none\".*device = \"phone\";|connection = \"dku2at\"; device = \"$folder/tty\"; ${1-}|" \
        "$folder/kabard.conf"
    villages
}
sql() { sqlite3 -cmd '.timeout 60000' "$database" "$1"; }
# happened N WORDS: that many events or more; for await
happened() { [ "$(grep -cF -e "$2" "$events")" -ge "$1" ]; }
# calm N: N messages are off the modem and all is answered: a request that is under way would meet its deadline in a jump
# of the clock, and an SMS would be uncertain
calm() {
    await "the end of $1" happened "$1" 'deleted SM'
    await "the end of $1" all_sent
}
# read_off: all that came is off the modem: a delete that is under way would meet its deadline in a jump of the clock
read_off() { [ "$(grep -c '^deleted SM' "$events")" -ge "$(grep -c '^stored SM' "$events")" ]; }
# kabard: as it is, or with its clocks shifted
# The folder stands apart, since LD_PRELOAD ends a name at a space.
kabard() {
    if [ -n "${KABAR_SHIFT_CLOCK-}" ]; then
        ASAN_OPTIONS=verify_asan_link_order=0 LD_LIBRARY_PATH="$KABAR_BIN/../tests" LD_PRELOAD=shift_clock.so \
            exec "$KABAR_BIN/kabard" "$@"
    fi
    exec "$KABAR_BIN/kabard" "$@"
}
