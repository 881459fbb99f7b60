#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Every text of kabarctl stands translated in each config/po/*.po, none doubtful, none left over, with the same %d and %s.
#   texts.sh SOURCE BUILD           checks
#   texts.sh SOURCE --write         brings the .po files up to the sources: what is new stands in them empty
set -u
cd "$1" || exit 3
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
command -v xgettext >/dev/null || { echo "install gettext"; exit 1; }

# word:N: the Nth argument of it is a text; those with c are formats, which are translated by whoever prints them
keywords=
for word in _:1 N_:1 translate:1 translate_n:1,2 error_set:3c error_prefix:2c faults_add:4c cfg_fault:3c \
    ctl_refuse:1c ctl_environment:1c ctl_usage:2c COMMAND:4 WORD:2 TOLD:1 DEED:1 CAUSE:4; do
    keywords="$keywords --keyword=${word%c}"
    case $word in *c) keywords="$keywords --flag=${word%c}:c-format" ;; esac
done
find daemon/base daemon/store daemon/settings daemon/core daemon/card daemon/operator daemon/ctl daemon/kabard/main.c -name '*.[ch]' -o -name '*.def' |
    LC_ALL=C sort >"$folder/files"
printf "%s\n" config/po/words.h parsers/cause.def >>"$folder/files"
# What usage lines call their values; options are the same in every language.
sed -n 's/^WORD("\([A-Z]*\)".*/N_("\1")/p' daemon/ctl/ctl_words.def >"$folder/values.h"
echo "$folder/values.h" >>"$folder/files"
# texts OPTION...: the rows of EVENT have two texts, and xgettext takes one of a word at a time
texts() {
    # shellcheck disable=SC2086  # a list of words
    LC_ALL=C.UTF-8 xgettext --language=C --from-code=UTF-8 $keywords --flag=_:1:pass-c-format \
        --flag=translate:1:pass-c-format --flag=N_:1:pass-c-format --flag=buf_printf:2:c-format --no-location \
        --sort-output -o "$folder/texts.pot" "$@" 2>"$folder/said" || { cat "$folder/said"; exit 1; }
}
texts -k --keyword=EVENT:4 -f "$folder/files"
texts -k --keyword=EVENT:5 --join-existing daemon/base/event.def
sed -i -e 's/charset=CHARSET/charset=UTF-8/' -e '/^"POT-Creation-Date/d' -e '/^"Report-Msgid/d' "$folder/texts.pot"
[ "$(grep -c '^msgid' "$folder/texts.pot")" -gt 500 ] || { echo 'too few texts found'; exit 1; }

# as_sources PO TO: with the texts of the sources and no others. In a merge that stopped, both sides' words are taken.
as_sources() {
    if git ls-files -u -- "$1" 2>/dev/null | grep -q .; then
        git show ":2:$1" >"$folder/one.po" && git show ":3:$1" >"$folder/other.po" || return 1
        msgcat --use-first "$folder/one.po" "$folder/other.po" -o "$folder/both.po" || return 1
    else
        cp "$1" "$folder/both.po"
    fi
    msgmerge --quiet --no-fuzzy-matching "$folder/both.po" "$folder/texts.pot" -o "$folder/merged.po" &&
        msgattrib --no-obsolete --sort-output --no-location --width=120 "$folder/merged.po" -o "$2"
}

status=0
for po in config/po/*.po; do
    as_sources "$po" "$folder/new.po" || exit 1
    if [ "$2" = --write ]; then
        cp "$folder/new.po" "$po"
        continue
    fi
    for what in untranslated only-fuzzy; do
        msgattrib --no-wrap --$what "$folder/new.po" | sed -e '1,/^$/d' | grep -e '^msgid ".' -e '^"' |
            sed "s|^|$po: $what: |" | grep . && status=1
    done
    msgfmt --check-format --check-domain -o /dev/null "$folder/new.po" || status=1
done
[ $status = 0 ] || echo '    ./run texts writes new texts into config/po/*.po: give each its words there'
exit $status
