#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# area add, list, import: a whole country or nothing.
. "$(dirname "$0")/lib.sh"
box
expect 3 ctl area list
complains 'kabarctl init'
expect 0 ctl init
says 'made, schema'
expect 0 ctl init
says 'up to date'
expect 0 ctl --json init
json
expect 0 ctl area list
silent
complains 'no areas yet'
expect 0 ctl area list --json
silent

# A parent below its child, a byte order mark, CRLF, quotes, a comma and a quote inside, columns in another order.
printf '\357\273\277name,code\r\n"Lubuk ""X"", I",35.12.03.2001\r\nSuboh,35.12.03\r\n\r\nJawa Timur,35\r\nSitubondo,35.12\r\n' \
    >"$folder/good.csv"
expect 0 ctl area import "$folder/good.csv"
says '4 areas'
expect 0 ctl area list 35.12.03
lines 3
says 'Lubuk "X", I'
expect 0 ctl area list 35.12.03 --json
lines 2
json
json_is '$.level' kecamatan
printf 'code;name;note\n35.12.04;Mlandingan;x\n' >"$folder/semicolon.csv"
expect 0 ctl area import "$folder/semicolon.csv" --json
json
json_is '$.areas' 1
expect 0 ctl area add 35.12.03.2001/01 Posyandu Mawar
says '35.12.03.2001/01  Posyandu Mawar'
expect 0 ctl area add 35.12.03.2001/01 'Posyandu Melati' --json
json_is '$.name' 'Posyandu Melati'
expect 1 ctl area add 35.12.99.2001 Nowhere
complains 35.12.99
expect 1 ctl area add 3512 Nowhere
expect 1 ctl area list 35.99
sql_is "SELECT count(*) FROM audit WHERE what LIKE 'area.%' AND who GLOB 'kabarctl:?*'" 4

# Refused with the line, and nothing half done.
sql 'SELECT * FROM area' >"$folder/before"
refused() {
    printf '%b' "$1" >"$folder/bad.csv"
    expect 1 ctl area import "$folder/bad.csv"
    complains "bad.csv:$2"
    sql 'SELECT * FROM area' >"$folder/after"
    cmp -s "$folder/before" "$folder/after" || fail 'half done'
}
refused 'code,name\n36,Banten\n36-71,Tangerang\n' '3: "36-71" is not an area code'
refused 'code,name\n36,Banten\n36.71.01,Tangerang\n' '3: '
refused 'code,name\n36,Banten\n36.71\n' '3: 1 fields where the first line has 2'
refused 'code,name\n36,Banten\n36.71,"Tangerang\n' '3: a quote is opened'
refused 'code,name\n36,Banten\n36.71,"Tange"rang\n' '3: unexpected text after a closing quote'
refused 'code,name\n36,Banten\n36.71,\n' '3: the name'
refused 'code,name\n36,Banten\n36.71\n36-72,X\n36.73,"Tange"rang,x\n36.74,T\377\n36.75.01,Y\n' '3: 1 fields'
complains 'bad.csv:4: "36-72" is not an area code'
complains 'bad.csv:5: unexpected text after'
complains 'bad.csv:6: not UTF-8'
complains 'bad.csv:7: '
complains '5 of 6 rows are wrong; nothing was imported'
refused 'code,name\n36,Banten\n36,Bantam\n' '3: 36 is on line 2 already'
refused 'code,name\n36,"Ban\nten"\n36.71,Tang\377\n' '4: not UTF-8'
refused 'kode,name\n36,Banten\n' '1: the column "code" is missing'
refused 'code,name\n36,Banten\n\0,x\n' '3: a control character'
: >"$folder/empty.csv"
expect 1 ctl area import "$folder/empty.csv"
complains 'empty.csv is empty'
expect 1 ctl area import "$folder/none.csv"
complains 'none.csv cannot be opened'
expect 1 ctl area import "$folder"
complains "$folder is a folder"
expect 1 ctl contact import "$folder"
complains "$folder is a folder"
expect_input 0 'code,name
36,Banten
' ctl area import -
sql_is "SELECT name FROM area WHERE code = '36'" Banten

# A row without a line end: the file may have been cut off.
printf 'code,name\n36,Banten\n36.71,Tange' >"$folder/cut.csv"
expect 0 ctl area import "$folder/cut.csv" --dry-run
says '2 areas would be imported'
complains 'cut.csv:3: the file ends without a line end'
sql_is "SELECT count(*) FROM area WHERE code = '36.71'" 0
expect 0 ctl area import "$folder/cut.csv" --dry-run --json
json
json_is '$.cut_line' 3

# The areas that are shipped: one kabupaten with all of its villages.
expect 0 ctl area import "$KABAR_SOURCE/config/areas/35.12-situbondo.csv"
says '155 areas'
sql_is "SELECT count(*) FROM area WHERE code GLOB '35.12.??.????'" 136

# What becomes of an area that is there: nothing is done before a yes, and what others depend on stays.
expect 0 ctl area add 35.12.03.2099 Salah Ketik
expect 1 ctl area rename 35.12.99 Salah
expect 0 ctl area rename 35.12.03.2099 Salah --json
json
expect 0 ctl area rename 35.12.03.2099 Salah Sekali
expect 0 ctl area list 35.12.03.2099
says 'Salah Sekali'
expect 0 ctl area remove 35.12.03.2099 --dry-run
complains '0 reports, 0 people'
expect 1 ctl area remove 35.12.03.2099
expect 0 ctl area list 35.12.03.2099
expect 0 ctl area close 'Salah Sekali' --period 2026-10
says 'from 2026-10 on'
expect 0 ctl area close 35.12.03.2099 --undo --json
json
expect 1 ctl area close 35.12.99
expect 1 ctl area move 35.12.99 35.12.03.2097 --yes
expect 0 ctl area move 35.12.03.2099 35.12.03.2098 --yes --json
json
expect 1 ctl area list 35.12.03.2099
expect 0 ctl area remove 35.12.03.2098 --yes --json
json
expect 1 ctl area list 35.12.03.2098
expect 1 ctl area merge 35.12.03 35.12 --yes
complains 'must be two villages'
expect 0 ctl area add 35.12.03.2096 Kembar
expect 0 ctl area add 35.12.03.2097 Kembar Satu
expect 0 ctl area merge 35.12.03.2096 35.12.03.2097 --yes --json
json
expect 1 ctl area list 35.12.03.2096
finish
