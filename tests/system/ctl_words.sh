#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Areas, months, quarters and days as a clerk types them.
. "$(dirname "$0")/lib.sh"
box
villages
expect 0 ctl area add 35.12.03.2003 Gunung Malang

# month TYPED IS; quarter TYPED IS
month() { expect 0 ctl missing --json --period "$1"; json_is '$.period' "$2"; }
quarter() { expect 0 ctl score suboh --json --quarter "$1"; json_is '$.quarter' "$2"; }
month 2026-10 2026-10
month 'Okt 26' 2026-10
month 'oktober 2026' 2026-10
month 10/2026 2026-10
month 'bulan ini' "$(TZ=Asia/Jakarta date +%Y-%m)"
expect 2 ctl missing --period 2026-13
complains 'is not a month'
expect 2 ctl missing --period TW4
complains 'is a quarter; expected a month'
expect 2 ctl missing --period 'Okt Cemara'
quarter 2026-Q3 2026-Q3
quarter 'TW3 26' 2026-Q3
quarter tw3/2026 2026-Q3
quarter 'Q3 2026' 2026-Q3
quarter 'Agt 26' 2026-Q3
quarter 'triwulan III 2026' 2026-Q3
expect 2 ctl score suboh --quarter TW5
complains 'is not a quarter'

# a day begins at its midnight in the villages
sql "UPDATE audit SET at_ms = 1799254800000, subject = 'first of the day' WHERE what = 'area.add'"
sql "UPDATE audit SET at_ms = 1799254799999, subject = 'last of the day before' WHERE what = 'contact.add'"
expect 0 ctl audit --since 2027-01-07
says 'first of the day'
says_not 'last of the day before'
expect 0 ctl audit --since 6/1/2027
says 'last of the day before'
sql "UPDATE audit SET at_ms = (unixepoch() - 2 * 86400) * 1000"
expect 0 ctl audit --since kemarin
silent
expect 0 ctl audit --since '3 hari'
says 'first of the day'
expect 2 ctl audit --since 2027-02-29
complains 'kemarin'

# areas: a code, a name with the word of its level or not, a part of it, the end of a code
area() { expect 0 ctl area list "$@" --json; json_is '$.code' 35.12.03.2003; }
area Gunung Malang
area desa gunung malang
area GUNUNG
area 03.2003
expect 1 ctl area list subo
complains "35.12.03.2001 Suboh (Suboh)"
expect 0 ctl dana gunung 1 'Rp 350.000.000' 35000000 --year 2026 --json
json_is '$.total' 350000000
expect 0 ctl contact add '0812 3000 0002' --name Rini --role 'Kepala Desa' --area gunung --json
json_is '$.role' kades
json_is '$.area' 35.12.03.2003
expect 0 ctl contact list --area malang --role Kades --json
lines 1
finish
