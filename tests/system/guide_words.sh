#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The pocket card typed back: every code, label and other word of a form with a total is read as what the card says, for
# each set; its sentences of advice hold.
. "$(dirname "$0")/lib.sh"
box
for set in "$KABAR_SOURCE"/config/sets/*.cfg; do
    name=$(basename "$set" .cfg)
    sed "s|sets/hpk-2018.cfg|$set|" "$folder/kabard.conf" >"$folder/of.conf"
    expect 0 kabarctl -c "$folder/of.conf" guide --json
    # a message for each word: what is typed, and the key and number that it must come to
    sed 's/.*/&,/; 1s/^/[/; $s/,$/]/' "$out" >"$folder/card.json"
    sqlite3 -separator '|' :memory: "
        WITH form AS (SELECT value AS f FROM json_each(CAST(readfile('$folder/card.json') AS TEXT))),
             row AS (SELECT f, key AS i, value AS k FROM form, json_each(f, '\$.keys')
                     WHERE json_extract(f, '\$.example') GLOB json_extract(f, '\$.name') || ' [0-9]*'),
             word AS (SELECT f, i, k, json_extract(k, '\$.code') AS code, 0 AS own,
                             json_extract(k, '\$.' || field) AS word
                      FROM row, (SELECT 'label' AS field UNION SELECT 'also' UNION SELECT 'code')
                      WHERE i > 0 OR field != 'code'
                      UNION SELECT f, i, k, json_extract(k, '\$.code'), 1, json_extract(f, '\$.name')
                      FROM row WHERE i = 0)
        SELECT code, CASE WHEN i > 0 THEN 5 ELSE 9 END,
               CASE WHEN i > 0 THEN json_extract(f, '\$.name') || ' 9 ' || word || ' 5'
                    WHEN own OR word = json_extract(k, '\$.also') THEN word || ' 9'
                    ELSE json_extract(f, '\$.name') || ' ' || word || ' 9' END
        FROM word WHERE word != ''" >"$folder/words" || fail 'the card is not JSON'
    n=$(wc -l <"$folder/words")
    [ "$n" -gt 70 ] || fail "only $n words on the card of $name"
    cut -d'|' -f3 "$folder/words" >"$folder/typed"
    kabarctl -c "$folder/of.conf" parse --json - <"$folder/typed" >"$folder/read"
    [ "$(wc -l <"$folder/read")" = "$n" ] || fail 'not as many lines'
    while IFS='|' read -r code number typed && read -r read <&3; do
        case $read in
        *'"status":"accepted"'*"\"$code\":$number"[,}]*) ;;
        *) fail "$name: $typed is not $code $number: $read" ;;
        esac
    done <"$folder/words" 3<"$folder/read"
done

# the examples in its advice are reports, and what it calls wrong is not stored without a question
expect 0 ctl guide
grep -o 'angkanya: .*\|Lanjutan juga: [^.]*\|di depan: .*' "$out" | sed 's/^[^:]*: //' >"$folder/advice"
[ "$(wc -l <"$folder/advice")" = 3 ] || fail 'the examples are elsewhere'
while read -r example; do
    expect 0 ctl parse --json "$example"
    says '"status":"accepted"'
done <"$folder/advice"
says '"period":"'
# a card of one form; English; words of an older file without names of examples
expect 0 ctl guide IBU HAMIL
says 'IBU HAMIL (bumil)'
says_not 'TIKAR ('
expect 0 ctl guide TIKAR
says 'semua anak di tikar'
sed -e 's/{pair}/K4 10/' -e 's/{turned}/{word}/' "$folder/replies/id.cfg" >"$folder/replies/bad.cfg"
sed 's|replies/id.cfg|replies/bad.cfg|' "$folder/kabard.conf" >"$folder/bad.conf"
expect 3 kabard -c "$folder/bad.conf" --check-config
complains 'how: {word} is not known here'
finish
