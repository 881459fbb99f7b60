#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Where a modem may put what the network brings: only its own memory, a memory for status reports, or the port at once.
# An SMS is acknowledged to the network by the modem that stored it, never by a program that has not committed it.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/lib_modem.sh"
delivered() { is "SELECT group_concat(DISTINCT state) FROM mt_message" delivered; }

# world OPTION…: a modem of that kind takes one report, answers it and learns that the answer has arrived
world() {
    modem "$@"
    modem_box 'poll_seconds = 1;'
    order autoreport on 100
    order sms +6281230000001 IBU HAMIL 50 K4 1
    run_daemon
    await "an answer delivered, $*" delivered
}
# next: that modem and its box are gone
next() {
    stop_daemon
    printf 'quit\n' >&4
    exec 4>&-
    wait
    rm -rf "$folder/orders" "$folder/tty" "$folder"/kabar.db* "$folder/phone" "$folder/kabard.log"
}

# phone memory alone; reports there too, told by +CDSI
world --sm 0 --me 3 --ds 02
await 'the report off the modem' happened 2 'deleted ME'
# it lists nothing, so that libGammu asks for place after place; what can't be decoded stands in front
order fail CMGL 304 times=1000000
order hold on
order pdu 040c9126180300001000
order pdu 04FF
order sms +6281230000001 IBU HAMIL 51 K4 2
order hold off
await 'what stands behind' is "SELECT outcome FROM mo_message WHERE text = 'IBU HAMIL 51 K4 2'" report
await 'all off the modem' happened 6 'deleted ME'
sql_is "SELECT group_concat(raw) FROM (SELECT raw FROM mo_part WHERE kind = 'unreadable' ORDER BY raw)" \
    0891261832009099F9040C9126180300001000,0891261832009099F904FF
next
# a memory of its own for reports
world --sr 5 --ds 02
await 'the report off its memory' happened 1 'deleted SR'
next
# What would route every SMS is asked to store it and looked at; reports by +CDS, class 0 by +CMT.
world --mt 02 --ds 01 --route-class0
order sms +6281230000001 class=0 IBU HAMIL 52 K4 42
await 'the flash' is "SELECT outcome FROM mo_message WHERE text = 'IBU HAMIL 52 K4 42'" report
order ledger
[ "$(grep -c 'given.*fate=deleted' "$out")" = 1 ] || fail 'the report was not stored by the modem before kabard had it'
sql_is 'SELECT count(*) FROM mo_message' 2
finish
