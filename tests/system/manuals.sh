#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The manuals: sound mdoc, every setting of params.def in kabard.conf(5) and in the example, completion of commands.
. "$(dirname "$0")/lib.sh"
page=$KABAR_BIN/../docs/kabard.conf.5
[ -s "$page" ] || fail 'kabard.conf(5) is not made'
if command -v mandoc >/dev/null; then
    for one in "$KABAR_SOURCE"/docs/*.[158] "$page"; do
        expect 0 mandoc -Tlint -Wwarning "$one"
        silent
    done
fi
grep -o '^PARAM_[A-Z]*([a-z]*, [a-z_]*' "$KABAR_SOURCE/config/params.def" | sed 's/.*, //' >"$folder/names"
[ "$(wc -l <"$folder/names")" -gt 50 ] || fail 'too few settings'
while read -r name; do
    grep -q "^\.It Va $name\$" "$page" || fail "kabard.conf(5) lacks $name"
    grep -q "^[# ]*$name = " "$KABAR_SOURCE/config/kabard.conf.example" || grep -q "[{ ]$name = " \
        "$KABAR_SOURCE/config/kabard.conf.example" || fail "kabard.conf.example lacks $name"
done <"$folder/names"
[ "$(grep -c '^\.It Va' "$page")" = "$(wc -l <"$folder/names")" ] || fail 'kabard.conf(5) and params.def differ'
if command -v bash >/dev/null; then
    cat >"$folder/try" <<'TRY'
. "$KABAR_SOURCE/config/completion/kabarctl.bash"
try() { COMP_WORDS=(kabarctl "$@"); COMP_CWORD=$#; COMPREPLY=(); _kabarctl; echo "${COMPREPLY[*]}"; }
try rest
try contact ph
try contact phone ''
try -c /dev/null inbox --un
TRY
    expect 0 bash "$folder/try"
    says restore
    says phone
    says add
    says --unread
fi
finish
