#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# parse: the machine's form of docs/grammar.md 10 and the explanation for a person; no database, no modem.
. "$(dirname "$0")/lib.sh"
box
at='--at 2026-10-15T09:00:00+07:00'
# shellcheck disable=SC2086  # $at is an option and its value
{
    expect 0 ctl parse --json $at 'bumil 12 k4 3 xyz 4'
    json
    lines 1
    json_is '$.kind' report
    json_is '$.reports[0].form' IBU_HAMIL
    json_is '$.reports[0].period' 2026-10
    json_is '$.reports[0].status' partial
    json_is '$.reports[0].values.HAMIL' 12
    json_is '$.reports[0].values.K4' 3
    json_is '$.reports[0].problems[0].code' unknown_key
    json_is '$.reports[0].problems[0].token' XYZ
    json_is '$.reports[0].problems[0].offset' 14
    expect 0 ctl parse $at --json bumil 12 k4 15
    json_is '$.text' 'bumil 12 k4 15'
    json_is '$.reports[0].status' rejected
    json_is '$.reports[0].problems[0].rule' 'K4 <= HAMIL'
    json_is '$.reports[0].problems[0].token' K4
    json_is '$.reports[0].problems[0].offset' 9
    expect 0 ctl parse $at --json bantuan
    json_is '$.command' help
    expect 0 ctl parse $at --json terima kasih
    json_is '$.kind' chat
    json_is '$.reply' '[]'
    expect 0 ctl parse $at --json ''
    json_is '$.kind' empty
    expect 0 ctl parse $at --json 'bumil 12 K4 -5'
    json_is '$.reports[0].problems[0].code' bad_value
    expect 0 ctl parse $at --json --set hpk-2018 -- '--bumil 12'
    json
    json_is '$.reports[0].values.HAMIL' 12
    expect 1 ctl parse $at --set none bumil 12
    complains 'it has hpk-2018'
    expect 1 ctl parse $at --set ../sets/hpk-2018 bumil 12
    complains 'it has hpk-2018'
    # what ships need not be configured to be tried: found beside the configuration, else in the share folder
    expect 0 ctl parse $at --json --set perpres72-2022 bumil 12
    json_is '$.reports[0].values.HAMIL' 12
    rm "$folder/sets/perpres72-2022.cfg"
    expect 0 ctl parse $at --json --set perpres72-2022 bumil 12
    json_is '$.reports[0].values.HAMIL' 12
    echo 'name = ;' >"$folder/sets/broken.cfg"
    expect 3 ctl parse $at --set broken bumil 12
    complains 'broken.cfg:1: '
    expect 2 ctl parse --at noon bumil 12

    expect_input 0 'bumil 12 k4 3
anak 40 bb 38

tikar 3' ctl parse --json $at -
    lines 4
    json
    expect_input 0 '{"id":1,"text":"bumil 12\nk4 3","more":{"text":["x\"}",1.5e3,null]}}
 { "text" : "anak 40 \u00e9\ud83d\ude00 bb 38" }
' ctl parse --jsonl $at
    lines 2
    json
    json_is '$.reports[0].values.K4' 3
    json_is '$.text' 'bumil 12
k4 3'
    for bad in '{"text":"a"' 'x' '{}' '{"text":1}' '{"text":"a"}x' '{"text":"\x"}' '{"text":"a","text":"b"}' '[]' \
        '{"a":1 "text":"b"}' '{"text":"a",}'; do
        expect_input 1 "{\"text\":\"bumil 12\"}
$bad
" ctl parse --jsonl $at
        complains 'standard input:2: '
        lines 1
    done

    # what the same person sent before
    expect 0 ctl parse --json $at --after 'IBU HAMIL 4 K4 13' k4 3
    json_is '$.reports[0].status' accepted
    json_is '$.reports[0].values' '{"HAMIL":4,"K4":3}'
    expect 0 ctl parse $at --after 'IBU HAMIL 4 K4 13' --after 'k4 3' batalkan
    says 'ibu hamil 4, K4 3'
    expect 0 ctl parse --json $at --set hpk-2018 --after 'sep bumil 12' --after 'bumil 120' iya betul
    json_is '$.command' yes
    expect_input 0 '{"text":"k4 3","after":["IBU HAMIL 4 K4 13"]}
{"after":[],"text":"k4 3"}
{"after":["bumil 12","IBU HAMIL Okt\/26: ibu hamil 12."],"text":"bumil 12"}
' ctl parse --jsonl $at
    lines 3
    json
    json_is '$.reports[0].values' '{"HAMIL":4,"K4":3}'
    for bad in '{"text":"a","after":"b"}' '{"text":"a","after":["b"' '{"text":"a","after":[1]}' \
        '{"text":"a","after":["b"],"after":["c"]}'; do
        expect_input 1 "$bad
" ctl parse --jsonl $at
        complains 'standard input:1: at byte '
    done
    expect_input 2 '{"text":"a"}' ctl parse --jsonl $at --after b
    complains '"after"'

    expect 2 ctl parse --jsonl $at '{"text":"bumil 12"}'
    complains 'standard input'

    expect 0 ctl parse --explain $at 'bumil 12 3 k4 10 fe'
    says '"fe"                     key: FE'
    says '"3"                      "k4" 13*, nothing 18'
    says 'the cheapest costs 13; the next 18: "3" is of nothing'
    says 'IBU HAMIL, 2026-10 (by the date of the SMS): held'

    expect 0 ctl parse $at 'alhamdulillah bumil 12 k4 3 imunsasi 5 xyz 4'
    says 'ignored   alhamdulillah'
    says 'ibu hamil (HAMIL) = 12'
    says 'K4 = 3'
    says 'IBU HAMIL, 2026-10 (by the date of the SMS): partial'
    says unknown_key
    says 'Answer, '
    expect 0 ctl parse $at bumil okt 12 jambn 5
    says 'month     "okt"                    2026-10'
    says 'corrected "jambn"                  jamban (JAMBAN) = 5'
    expect 0 ctl parse $at bumil 12 k4 15
    says 'rule      K4 <= HAMIL'
    expect 0 ctl parse $at "$(printf 'bumil\t12\033[31m')"
    says 'bumil\x0912\x1b[31m'
}
[ ! -e "$folder/kabar.db" ] || fail 'parse made a database'
finish
