#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# What a terminal makes of it: tables never wider, colours unless NO_COLOR, a line of progress while work takes long.
. "$(dirname "$0")/lib.sh"
command -v script >/dev/null || exit 77
box
villages
expect 0 ctl contact add 081230000002 --name 'Siti Nurhaliza Rahmawati binti Haji Abdullah Fakih' --role pendamping --area buduan
expect 0 ctl send 081230000002 "$(printf 'kata %.0s' 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20)"
for width in 40 80; do
    for look in 'contact list' outbox audit 'area list' missing 'recap bulan ini' balance; do
        # shellcheck disable=SC2086  # a command of several words
        expect 0 env COLUMNS=$width kabarctl -c "$folder/kabard.conf" $look
        [ "$(wc -L <"$out")" -le $width ] || fail "$look: $(wc -L <"$out") columns of $width"
    done
    for look in 'help score' help score 'explain K20'; do
        # shellcheck disable=SC2086  # a command of several words
        expect 0 env COLUMNS=$width kabarctl -c "$folder/kabard.conf" $look
        [ "$(wc -L <"$out")" -le $width ] || [ $width = 40 ] || fail "$look: $(wc -L <"$out") columns of $width"
    done
done
expect 0 env COLUMNS=40 kabarctl -c "$folder/kabard.conf" contact list
tr -s ' \n' ' ' <"$out" | grep -q 'Siti Nurhaliza Rahmawati binti Haji Abdullah Fakih' || fail 'a part of the name is lost'

# on_terminal COMMAND: what a terminal gets
on_terminal() {
    command=$*
    script -qec "$*" /dev/null >"$out" 2>"$err" </dev/null
}
escape=$(printf '\033')
status="kabarctl -c $folder/kabard.conf status"
on_terminal "TERM=xterm $status"
grep -q "^$escape\[31mThe box does not work" "$out" || fail 'no colour'
on_terminal "TERM=xterm NO_COLOR=1 $status"
says 'The box does not work'
! grep -q "$escape" "$out" || fail 'a colour in spite of NO_COLOR'
expect 0 ctl status
! grep -q "$escape" "$out" || fail 'a colour in a file'

# an import whose file comes slowly
mkfifo "$folder/slow"
script -qec "kabarctl -c $folder/kabard.conf area import - <$folder/slow" /dev/null >"$out" 2>&1 </dev/null &
job=$!
exec 5>"$folder/slow"
await 'progress' grep -q 'area import: works, please wait' "$out"
cat "$folder/areas.csv" >&5
exec 5>&-
wait $job || fail 'the import failed'
says '5 areas imported'
expect 0 ctl area import "$folder/areas.csv"
[ ! -s "$err" ] || fail 'progress where there is no terminal'
finish
