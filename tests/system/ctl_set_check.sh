#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# set check: what an author of a set is told.
. "$(dirname "$0")/lib.sh"
box
set=$folder/sets/hpk-2018.cfg
expect 0 kabarctl set check "$set"
says 'the set hpk-2018 is sound'
expect 0 kabarctl set check "$set" --json
json
json_is '$.sound' 1
json_is '$.set' hpk-2018
expect 1 kabarctl set check "$folder/sets/none.cfg"
complains 'none.cfg cannot be opened'
sed 's/K4 <= HAMIL"/K4 <= HAMILL"/' "$set" >"$folder/sets/rule.cfg"
expect 1 kabarctl set check "$folder/sets/rule.cfg"
complains "rule.cfg:$(grep -n 'HAMILL"' "$folder/sets/rule.cfg" | head -1 | cut -d: -f1): "
expect 1 kabarctl set check "$folder/sets/rule.cfg" --json
json
json_is '$.sound' 0
# an alert, sound and not
sed '0,/    rules = (/s/    rules = (/    alerts = ( { when = "KEK > KEK_LALU"; to = [ "bidan" ]; text = "{area}: KEK {KEK}"; } );\n    rules = (/' \
    "$set" >"$folder/sets/alert.cfg"
expect 0 kabarctl set check "$folder/sets/alert.cfg"
says ' alerts, '
sed 's/KEK > KEK_LALU/KEKK > KEK_LALU/' "$folder/sets/alert.cfg" >"$folder/sets/alert2.cfg"
expect 1 kabarctl set check "$folder/sets/alert2.cfg"
complains "alert2.cfg:$(grep -n 'KEKK' "$folder/sets/alert2.cfg" | cut -d: -f1): alert \"KEKK > KEK_LALU\": no such column: KEKK"
printf 'forms = (\n' >"$folder/sets/broken.cfg"
expect 1 kabarctl set check "$folder/sets/broken.cfg"
complains broken.cfg:
# keys that digits make doubtful
sed -e 's/"bufas", "kf3",/"bufas", "kf3", "kf",/' -e 's/spellings = \[ "wc", "jmbn", "jmb", "jamban sehat" \]/spellings = [ "wc", "l" ]/' \
    "$set" >"$folder/sets/digits.cfg"
expect 0 kabarctl set check "$folder/sets/digits.cfg"
says 'spelling "kf3" of NIFAS is "kf" of NIFAS with a digit: "kf 33" is asked back'
says 'spelling "l" of JAMBAN is also a letter for a digit: "l2" may be a number'
# a tens rule that would read "telung puluh" as 13
sed 's/^adds_ten = .*/adds_ten = [ "belas", "puluh" ];/' "$folder/lang/id.cfg" >"$folder/lang/tens.cfg"
expect 1 kabarctl set check "$set" --lang "$folder/lang/tens.cfg"
complains '"puluh" multiplies by ten'
rm -r "$folder/lang"
expect 0 kabarctl set check "$set"
says 'without --lang FILE'
expect 0 kabarctl set check "$set" --lang "$KABAR_SOURCE/config/lang/id.cfg"
says_not 'without --lang FILE'
finish
