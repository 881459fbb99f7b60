#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# contact add, import, list, approve, block.
. "$(dirname "$0")/lib.sh"
box
villages
expect 0 ctl contact list
says '+6281230000001'
lines 2
expect 0 ctl contact add '+62 812-3000-0002' --name 'Bu Ärin' --role kader --area 35.12.03.2002 --locale en --json
json
json_is '$.phone' +6281230000002
json_is '$.state' active
json_is '$.locale' en
expect 1 ctl contact add 081230000002 --name Other --role kader --area 35.12.03.2002
complains 'Bu Ärin'
expect 1 ctl contact add 081230000003 --name X --role boss --area 35.12.03.2002
complains 'expected one of kpm, kader'
expect 1 ctl contact add 081230000003 --name X --role kpm --area 35.12.03.2999
complains 'no area 35.12.03.2999'
expect 1 ctl contact add 858 --name X --role kpm --area 35.12.03.2001
complains 'is not a phone number'
expect 1 ctl contact add 081230000003 --name X --role kpm --area 35.12.03.2001 --locale bahasa-
complains 'is not a language'
# a name, a role, an area put right: in any case, by long names, by names of villages
expect 1 ctl contact edit 081230000002 --area Nirgendwo
complains 'there is no area Nirgendwo'
expect 0 ctl contact edit 081230000002 --name 'Bu Ärin S.' --role 'Kepala Desa' --locale id --json
json
json_is '$.name' 'Bu Ärin S.'
json_is '$.role' kades
json_is '$.area' 35.12.03.2002
expect 0 ctl contact edit 081230000002 --role KADER --area buduan --locale en
says kader
expect 2 ctl contact edit 081230000002
complains 'nothing is to be changed'
expect 1 ctl contact edit 081230000077 --name X
complains 'kabarctl contact add +6281230000077'
expect 1 ctl contact edit 081230000002 --role boss
complains 'expected one of kpm'
expect 0 ctl contact list --area 35.12.03.2002
lines 2
expect 0 ctl contact list --area Buduan
lines 2
expect 0 ctl contact list --role kpm --json
json
lines 1
expect 2 ctl contact list --role boss
expect 1 ctl contact list --area 35.99
complains 35.99
expect 0 ctl send 081230000002 halo
expect 0 ctl send 081230000002 sebentar
sql "UPDATE mt_message SET state = 'submitting' WHERE text = 'sebentar'"
expect 0 ctl send 081230000003 lain
expect 0 ctl contact block 081230000002
says blocked
complains '2 messages that waited for +6281230000002 are taken back'
expect 0 ctl contact approve 081230000002 --json
json_is '$.state' active
# what was taken back stays so
sql_is "SELECT group_concat(text || ' ' || state || ' ' || cancel_wanted, ', ') FROM mt_message WHERE kind = 'manual'" \
    'halo cancelled 0, sebentar submitting 1, lain queued 0'
expect 0 ctl contact block 081230000002 --json
json_is '$.state' blocked
expect 0 ctl contact approve 081230000002
expect 1 ctl contact block 081230000009
complains 'kabarctl contact add +6281230000009'
expect 0 ctl contact list --pending
silent
complains 'nobody waits'
now=$(sql "SELECT CAST(strftime('%s') AS INTEGER) * 1000")
sql "INSERT INTO stranger (phone, messages, first_ms, last_ms, answered_ms) VALUES ('+6281230000008', 3, $now, $now, 0)"
expect 0 ctl contact list --pending
says stranger
expect 0 ctl contact list --pending --json
json
json_is '$.messages' 3
expect 0 ctl contact add 081230000008 --name Baru --role kader --area 35.12.03.2001
expect 0 ctl contact list --pending
silent

# One KPM of two villages.
expect 0 ctl contact add 081230000041 --name Lilis --role kpm --area '35.12.03.2001 + buduan' --json
json
json_is '$.area' 35.12.03.2001
json_is '$.areas[1].name' Buduan
expect 0 ctl contact list --area Buduan
says 'Lilis       kpm    active  35.12.03.2001+35.12.03.2002  Suboh+Buduan'
expect 0 ctl missing --area 35.12.03
grep -c Lilis "$out" >"$folder/n"
[ "$(cat "$folder/n")" = 2 ] || fail 'Lilis is not missing in both villages'
# Where a width is said, the last column is broken, below its row where there is no room for it.
narrow() { # COMMAND…: no line has more than 80 columns
    expect 0 env COLUMNS=80 kabarctl -c "$folder/kabard.conf" "$@"
    [ "$(wc -L <"$out")" -le 80 ] || fail "$(wc -L <"$out") columns"
}
narrow contact list --area Buduan
says '    Suboh+Buduan'
narrow missing
says '    IBU_HAMIL, ANAK, TIKAR'
expect 0 ctl send 081230000041 "$(printf 'Rapat koordinasi besok pagi di balai desa, mohon membawa %d buku catatan. ' 1 2 3)"
narrow outbox
says 'membawa 3 buku catatan'
expect 1 ctl contact edit 081230000041 --area Buduan+Nirgendwo
complains 'there is no area Nirgendwo'
expect 3 ctl area remove Buduan
complains 'cannot be removed'
expect 0 ctl contact move 081230000041 --area Buduan --json
json_is '$.areas[0].name' Buduan
sql_is "SELECT count(*) FROM contact_area" 0
printf 'phone,name,role,area\n081230000041,Lilis,kpm,Buduan\n081230000042,Nina,kpm,Buduan;35.12.03.2001\n' >"$folder/two.csv"
expect 0 ctl contact import "$folder/two.csv"
says '1 contacts added, 1 unchanged'
expect 0 ctl contact import "$folder/two.csv"
says '0 contacts added, 2 unchanged'
sed -i 's/Buduan;35.12.03.2001/Buduan/' "$folder/two.csv"
expect 1 ctl contact import "$folder/two.csv"
complains 'is the number of Nina'
sql "DELETE FROM audit WHERE what = 'contact.import'"

printf 'phone,name,role,area\n81230000011.0,"Ani, A.",Kader Pembangunan Manusia,35.12.03.2001\n081230000012,Budi,Kader,Buduan\n,,,\n' \
    >"$folder/good.csv"
expect 0 ctl contact import "$folder/good.csv"
says '2 contacts added, 0 unchanged'
expect 0 ctl contact import "$folder/good.csv" --json
json
json_is '$.unchanged' 2
printf 'phone,name,role,area,locale\n081230000021,Cici,kpm,35.12.03.2001,\n08,Didi,kpm,35.12.03.2001,\n081230000012,Other,kader,35.12.03.2002,en\n081230000022,Eni,kpm,35.99,\n081230000021,Twice,kpm,35.12.03.2001,\n' \
    >"$folder/bad.csv"
expect 1 ctl contact import "$folder/bad.csv"
complains 'bad.csv:3: "08" is not a phone number'
complains 'bad.csv:4: +6281230000012 is the number of Budi'
complains 'bad.csv:5: '
complains 'bad.csv:6: '
complains '4 of 5 rows are wrong; nothing was imported'
printf 'phone,name,role,area\n081230000031\n08,Didi,kpm,35.12.03.2001\n081230000032,"Fa"ni,kpm,35.12.03.2001\n081230000033,Gani,kpm,35.12.03.20' \
    >"$folder/rows.csv"
expect 1 ctl contact import "$folder/rows.csv" --dry-run
complains 'rows.csv:2: 1 fields'
complains 'rows.csv:3: "08"'
complains 'rows.csv:4: unexpected text'
complains 'rows.csv:5: "35.12.03.20" is not an area code'
complains '4 of 4 rows are wrong'
printf 'phone,name,role,area\n081230000033,Gani,kpm,35.12.03.2001' >"$folder/cut.csv"
expect 0 ctl contact import "$folder/cut.csv" --dry-run
complains 'cut.csv:2: the file ends without a line end'
sql_is "SELECT count(*) FROM contact WHERE name IN ('Cici', 'Twice')" 0
sql_is "SELECT count(*) FROM audit WHERE what = 'contact.import'" 2
finish
