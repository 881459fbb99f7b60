#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# doctor asks the ports: what answers, the line for kabard.conf, SIM, network; a running kabard's port is left alone.
. "$(dirname "$0")/lib.sh"
box
expect 0 ctl init
modem
expect 1 ctl doctor --device "$folder/tty"
says "tty: a modem answers: Kabar at-modem, IMEI 350000000000017"
says "modems = ( { name = \"sim1\"; connection = \"at115200\"; device = \"$folder/tty\"; } );"
says 'IMSI 510100000000017, open'
says 'the SMS centre is +6281230009999'
says "0 of the SIM's 15 slots hold an SMS"
says 'network KABAR NET, good signal (60 %)'

sed -i "s,connection = \"none\"; model = \"dummy\"; device = \"phone\",connection = \"at115200\"; device = \"$folder/tty\"," \
    "$folder/kabard.conf"
order pin 1234
expect 1 ctl doctor --device "$folder/tty"
says 'the SIM needs a PIN'
says 'write pin ='
order pin off
order register off
order signal 99
order cme CIMI 10 times=20
expect 1 ctl --json doctor --device "$folder/tty"
json
says 'sim1: no SIM answers'
says 'sim1: in no network'
order clear
order register on
order signal 2

run_daemon
await 'the network' status_has '"registered":true'
expect 0 ctl doctor --device "$folder/tty"
says "is the running kabard's"
says 'sim1: ready, network KABAR NET, hardly any signal'
says 'sim1: the SMS centre is +6281230009999'
stop_daemon

expect 1 ctl doctor --device /dev/full
says '/dev/full: no modem answers'
expect 1 ctl doctor --device "$folder/none"
says "$folder/none is not there"
# Another program has it open.
sleep 300 <"$folder/tty" &
other=$!
await 'the other program' grep -qx sleep "/proc/$other/comm"
expect 1 ctl doctor --device "$folder/tty"
kill $other
says 'is in use by sleep'
finish
