#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Help, usage errors and the environment: the same for every command of the table.
. "$(dirname "$0")/lib.sh"

expect 0 kabarctl --version
says kabarctl
expect 2 kabarctl
complains 'which command?'
complains 'usage: kabarctl'
expect 0 kabarctl help
says 'area import'
expect 0 kabarctl --help
says 'area import'
expect 0 kabarctl help area
says 'area list'
expect 0 kabarctl help area --json
json
lines 8
expect 2 kabarctl area
complains 'area import FILE'
expect 2 kabarctl inbx
complains 'Did you mean "inbox"?'
expect 2 kabarctl area imprt x.csv
complains 'Did you mean "area import"? Expected one of'
expect 2 kabarctl frobnicate
complains '"frobnicate" is not a command'
expect 2 kabarctl help frobnicate
expect 2 kabarctl -c
complains '-c FILE'
expect 2 kabarctl --frob status
complains 'unknown option --frob'
expect 2 kabarctl inbox --limit
complains '--limit needs a value: --limit N'
expect 2 kabarctl inbox --limit x
complains 'is not a number'
expect 2 kabarctl inbox --limit 5 --limit 6
complains 'twice'
expect 2 kabarctl inbox --unread=yes
complains 'takes no value'
expect 2 kabarctl inbox --since whenever
complains 'RFC 3339'
expect 2 kabarctl reports --period 2026-13
complains 'is not a month'
expect 2 kabarctl contact add 081230000001 --name x --role kpm
complains '--area AREA is missing'
expect 2 kabarctl area import a b
complains 'one word too many'
expect 2 kabarctl parse
complains 'what is to be read?'

expect 0 kabarctl --json help
json
cp "$out" "$folder/help"
sed 's/^{"command":"//; s/".*//' "$folder/help" >"$folder/commands"
[ "$(wc -l <"$folder/commands")" -ge 20 ] || fail 'too few commands'
# Words that each command would take, were there a configuration.
words() {
    case $1 in
    'area import' | 'contact import' | 'set check' | 'import gammu-smsd' | backup | restore) echo "$folder/none" ;;
    'area add' | 'area rename') echo '35 X' ;;
    'area close' | 'area remove') echo 35 ;;
    'area move' | 'area merge') echo '35 36' ;;
    'contact edit') echo '081230000001 --name x' ;;
    'contact add') echo '081230000001 --name x --role kpm --area 35' ;;
    'contact approve' | 'contact block' | 'contact forget') echo 081230000001 ;;
    'contact move') echo '081230000001 --area 35' ;;
    'contact phone add' | 'contact phone change') echo '081230000001 081230000002' ;;
    'contact phone remove') echo 081230000001 ;;
    'report set') echo '1 K4 3 --reason x' ;;
    recap) echo 2026-10 ;;
    'report void') echo '1 --reason x' ;;
    reply | 'notes reply') echo '1 halo' ;;
    'reports show' | 'inbox done' | reparse | 'notes done') echo 1 ;;
    simulate) echo 'x --from 081230000001' ;;
    chat) echo '--from 081230000001' ;;
    parse) echo bumil ;;
    completion) echo bash ;;
    send) echo '081230000001 halo' ;;
    broadcast) echo 'halo --role kpm' ;;
    'card freeze' | 'card send') echo 35 ;;
    'export dhis2') echo '--period 2026-10' ;;
    'training start' | 'training stop') echo --yes ;;
    brief | semester) echo 35.12.03.2001 ;;
    'export xlsx') echo "--output $folder/none.xlsx" ;;
    dana) echo 35.12.03.2001 ;;
    trace | outbox\ *) echo 1 ;;
    esac
}
printf 'box = {\n' >"$folder/broken.conf"
while read -r name; do
    # shellcheck disable=SC2086  # a name of two words is two arguments
    {
        expect 0 kabarctl help $name
        says "usage: kabarctl [-c FILE] $name"
        expect 0 kabarctl $name --help
        says "usage: kabarctl [-c FILE] $name"
        expect 2 kabarctl $name --frobnicate
        complains "usage: kabarctl [-c FILE] $name"
        case $name in help | 'set check' | explain | setup | completion) continue ;; esac
        expect 3 kabarctl -c "$folder/none.conf" $name $(words "$name")
        complains none.conf
        expect 3 kabarctl $name $(words "$name") --config="$folder/broken.conf"
        complains broken.conf:
        [ -e /etc/kabar/kabard.conf ] || {
            expect 3 kabarctl $name $(words "$name")
            complains 'type: kabarctl -c FILE'
        }
    }
done <"$folder/commands"

# Each command is played somewhere as JSON and with a refusal of its own: a new one without both fails here.
grep -hE '(ctl|operate) ' "$KABAR_SOURCE"/tests/system/*.sh | grep -v 'KABAR_SOURCE' >"$folder/played"
while read -r name; do
    command="tests of $name"
    grep -E "(ctl|operate) (--json )?(-c [^ ]+ )?(--json )?$name( |\$)" "$folder/played" >"$folder/mine"
    grep -qe --json "$folder/mine" || fail "no test plays $name --json"
    grep -qE '^ *(expect|expect_input) [123] ' "$folder/mine" || fail "no test sees $name refuse something"
done <"$folder/commands"

if [ -w /dev/full ]; then
    command='help >/dev/full'
    kabarctl help >/dev/full 2>"$err"
    [ $? = 3 ] || fail 'a full disk behind standard output is not told'
fi
finish
