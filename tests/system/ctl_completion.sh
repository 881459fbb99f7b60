#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# completion: what can stand next, and the scripts of three shells, each run where the shell is there.
. "$(dirname "$0")/lib.sh"
# next EXPECTED WORD...: what can stand in the place of the last word, on one line
next() {
    expected=$1
    shift
    expect 0 kabarctl completion words -- "$@"
    got=$(tr '\n' ' ' <"$out" | sed 's/ $//')
    [ "$got" = "$expected" ] || fail "completes to \"$got\", expected \"$expected\""
}
next 'restore' res
next 'export edit' contact e
next 'add change remove' contact phone ''
next 'add change remove' -c /dev/null contact phone ''
next '--unread' inbox --un
next '--name --role --area --locale --json --as --help' contact add 081230000001 --
next '' backup /med
next '' frobnicate ''
expect 0 kabarctl completion words
says restore
says area
[ "$(sort "$out" | uniq -d)" = '' ] || fail 'a word is told twice'
expect 0 kabarctl completion words --json -- inbox --un
json
json_is '$.words[0]' --unread
expect 1 kabarctl completion ksh
complains 'expected bash, zsh or fish'
for shell in bash zsh fish; do
    expect 0 ctl completion $shell --json
    json
    expect 0 kabarctl completion $shell
    cmp -s "$out" "$KABAR_SOURCE/config/completion/kabarctl.$shell" || fail "not the script of $shell"
    command -v $shell >/dev/null || continue
    cp "$out" "$folder/script"
    expect 0 $shell -n "$folder/script"
done
cp "$KABAR_SOURCE/config/completion/kabarctl.fish" "$folder/"
if command -v fish >/dev/null; then
    expect 0 fish -c "source $folder/kabarctl.fish; complete -C 'kabarctl contact ph'"
    says phone
fi
expect 1 ctl completion ksh
finish
