#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The manual has every command as its row says it, and every option.
. "$(dirname "$0")/lib.sh"
page=$KABAR_SOURCE/docs/kabarctl.1
kabarctl --json help >"$out"
if command -v mandoc >/dev/null; then
    expect 0 mandoc -Tlint -Wwarning "$page"
    kabarctl --json help >"$out"
    mandoc -Tascii "$page" | sed "s/.$(printf '\b')//g" | tr '\n' ' ' | tr -s ' ' >"$folder/page"
    sed 's/.*\[-c FILE\] //; s/ \[--json\]".*//' "$out" | while read -r usage; do
        grep -qF -e " $usage " "$folder/page" || { echo "not in the manual: $usage"; touch "$folder/missing"; }
    done
fi
grep -o '"--[a-z-]*"' "$KABAR_SOURCE/daemon/ctl/ctl_words.def" | tr -d '"' | cut -c3- | while read -r option; do
    grep -q "Fl -$option" "$page" || { echo "option not in the manual: --$option"; touch "$folder/missing"; }
    grep -q -e "\[--${option}[] ]" -e " --$option " "$out" || { echo "no command has --$option"; touch "$folder/missing"; }
done
sed 's/.*\[-c FILE\] //; s/","what".*//' "$out" | grep -o -e '--[a-z][a-z-]*' | sort -u | while read -r option; do
    [ "$option" = --json ] || grep -qF "\"$option\"" "$KABAR_SOURCE/daemon/ctl/ctl_words.def" ||
        { echo "unexplained: $option"; touch "$folder/missing"; }
done
# The Indonesian page is made of the table and its texts: each command and word, with its usage, and no English sentence.
page=$KABAR_BIN/../docs/id/kabarctl.1
[ -s "$page" ] || fail 'the Indonesian kabarctl(1) is not made'
while read -r line; do
    name=$(echo "$line" | sed 's/^{"command":"//; s/".*//')
    grep -q "^\.It Cm $name\( Oo\| Ar\| Fl\|\$\)" "$page" || { echo "not in the Indonesian manual: $name"; touch "$folder/missing"; }
done <"$out"
grep -o '"--[a-z-]*"' "$KABAR_SOURCE/daemon/ctl/ctl_words.def" | tr -d '"' | cut -c2- | while read -r option; do
    grep -q "^\.It Fl $option$" "$page" || { echo "not in the Indonesian manual: -$option"; touch "$folder/missing"; }
done
if command -v mandoc >/dev/null; then
    expect 0 mandoc -Tlint -Wwarning "$page"
    silent
    mandoc -Tutf8 "$page" | sed "s/.$(printf '\b')//g" | grep -nwE 'the|is|are|of|and|with' &&
        touch "$folder/missing"
fi
[ ! -e "$folder/missing" ] || fail 'the manual, the table and the words differ'
finish
