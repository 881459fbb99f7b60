#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# score, card freeze, dana: five looks of one card, what is refused, a frozen quarter and its revision.
. "$(dirname "$0")/lib.sh"
box
villages
ctl area add 35.12.03.2003 '=HYPERLINK("x")' >/dev/null
ctl area add 35.12.03.2004 'Bu <i>"Nuapu'"'"'u' >/dev/null
# report VILLAGE FORM MONTH FIELD VALUE…: as the daemon stores it
report() {
    code=$1 form=$2 month=$3
    shift 3
    sql "INSERT INTO report (uid, area_id, \"set\", form, period, status, sent_ms, created_ms)
         SELECT 'x-' || (SELECT count(*) FROM report), id, 'hpk-2018', '$form', '$month', 'accepted',
                1000 + (SELECT count(*) FROM report), 1000 FROM area WHERE code = '$code'"
    while [ $# -gt 0 ]; do
        sql "INSERT INTO report_value SELECT max(id), '$1', $2 FROM report"
        shift 2
    done
}
village=35.12.03.2001

expect 0 ctl score $village --quarter 2026-Q3
says 'belum ada laporan'
report $village IBU_HAMIL 2026-09 HAMIL 27 BERSALIN 7 KEK 2 K4 27 FE 27 NIFAS 7 KG 8 KR 0 AIR 34 JAMBAN 34 JKN 31
report $village ANAK 2026-09 ANAK 147 U6 27 IDL 120 BB 120 TB 120 KG 120 KGL 0 GK 50 GB 0 STUNTING 0
report 35.12.03.2003 IBU_HAMIL 2026-08 HAMIL 10 K4 5 FE 12
report 35.12.03.2004 IBU_HAMIL 2026-08 HAMIL 10 K4 10
expect 2 ctl score rebuild now
expect 0 ctl score rebuild --json
json
expect 0 ctl score rebuild
says '4 forms of a quarter computed'

expect 0 ctl score $village --quarter 2026-Q3 --json
json
json_is '$.percent' 96.43
json_is '$.table4.groups[0].percent' 87.5
json_is '$.table4.groups[0].received' 168
json_is '$.table4.total.due' 672
json_is '$.indicators[3].percent' 29.63
json_is '$.indicators[7].percent' 91.18
json_is '$.indicators[4].percent' 0.0
json_is '$.indicators[13].missing' 1
json_is '$.indicators[13].percent' ''
expect 0 ctl score $village --quarter 2026-Q3
says '29,63%'
says 'Anak 0-23 Bulan: 4 dari 10 indikator dihitung'
expect 0 ctl score $village --quarter 2026-q3 --format sms
says 'Jul-Sep/26: skor 96 dari 100, 12 dari 18 indikator. bumil 88, anak 100. Paling rendah: kunj rumah KEK 0 dari 2, konseling bumil 8 dari 27'
lines 1
[ "$(wc -c <"$out")" -le 307 ] || fail 'more than two SMS'
expect 0 ctl score 35.12.03.2003 --quarter 2026-Q3 --format csv
says "\"'=HYPERLINK("
says ',3,B2,'
says ',10,10,100.00,'
cp "$out" "$folder/card.csv"
sqlite3 :memory: ".mode csv" ".import $folder/card.csv card" 'SELECT count(*), sum("table" = 3) FROM card' >"$out" 2>"$err"
says '39,20'
[ ! -s "$err" ] || fail 'the CSV does not have as many fields in each line'
expect 0 ctl score 35.12.03.2003 --quarter 2026-Q3
says 'B2: pembilang 12 melebihi penyebut 10'
expect 0 ctl score 35.12.03.2004 --quarter 2026-Q3 --format html
says 'Bu &lt;i&gt;&quot;Nuapu&#39;u'
says_not '<i>'

# Above a village: sums, and the villages ranked.
expect 0 ctl score 35.12.03 --quarter 2026-Q3 --json
json_is '$.indicators[0].numerator' 42
json_is '$.indicators[0].denominator' 47
json_is '$.indicators[1].numerator' 37
json_is '$.areas[0].area' $village
json_is '$.areas[0].rank' 1
json_is '$.areas[1].area' 35.12.03.2004
json_is '$.areas[1].rank' ''
json_is '$.areas[1].indicators' 1
json_is '$.table4.total.villages' 3
json_is '$.villages' 4
expect 0 ctl score --quarter 2026-Q3 --json
json_is '$.level' country
json_is '$.areas[0].name' 'Jawa Timur'
expect 0 ctl score buduan --quarter 2026-Q3 --json
json_is '$.area' 35.12.03.2002

# Several at once: as many words at a time as name an area; a part that no other has; all villages of a kecamatan.
expect 0 ctl score 35.12.03.2001 buduan 03.2003 --quarter 2026-Q3 --format html
[ "$(grep -c '<!DOCTYPE html>' "$out")" = 1 ] && [ "$(grep -c '</body></html>' "$out")" = 1 ] || fail 'not one page'
[ "$(grep -o '<h1' "$out" | wc -l)" = 3 ] || fail 'not three cards'
[ "$(grep -c '<div class="next"></div>' "$out")" = 2 ] || fail 'no page breaks'
expect 0 ctl score kec suboh --all --quarter 2026-Q3 --format csv
[ "$(grep -c ^area,name "$out")" = 1 ] || fail 'not one header'
[ "$(grep -c ',4,total,' "$out")" = 4 ] || fail 'not four villages'
expect 0 ctl score --all --quarter 2026-Q3 --json
lines 4
expect 0 ctl score kecamatan suboh --quarter 2026-Q3 --json
json_is '$.area' 35.12.03
expect 0 ctl score 2003 --quarter 2026-Q3 --json
json_is '$.area' 35.12.03.2003
expect 0 ctl score nuap --quarter 2026-Q3 --json
json_is '$.area' 35.12.03.2004
expect 1 ctl score subo --quarter 2026-Q3
complains "there are several areas subo, give one's code: 35.12.03 Suboh, 35.12.03.2001 Suboh (Suboh)"
expect 1 ctl score buduan Atlantis
complains 'there is no area Atlantis'
expect 1 ctl score 2003 2999
complains 'there is no area 2999'

# The card of a quarter as it was known.
expect 1 ctl score $village --quarter 2026-Q3 --frozen
complains 'no card of 2026-Q3 was frozen yet'
expect 0 ctl card freeze 35.12.03 --quarter 2026-Q3
says '2026-Q3: 4 cards frozen, 0 unchanged'
expect 0 ctl card freeze --all --quarter 2026-Q3
says '2026-Q3: 2 cards frozen, 4 unchanged'
expect 0 ctl score $village Buduan --frozen --quarter 2026-Q3 --json
lines 1
complains 'note: 35.12.03.2002 Buduan: no card of 2026-Q3 was frozen yet'
report $village IBU_HAMIL 2026-09 KG 27
ctl score rebuild >/dev/null
expect 0 ctl score $village --quarter 2026-Q3
says 'Revisi 2: berubah sejak dibekukan'
says '(revisi 1), tingkat konvergensi 96,43% menjadi 99,26%'
expect 0 ctl score $village --quarter 2026-Q3 --frozen --json
json_is '$.percent' 96.43
json_is '$.revision' 1
expect 0 ctl card freeze $village --quarter 2026-Q3 --json
json_is '$.frozen' 1
expect 0 ctl score $village --quarter 2026-Q3 --revision 1 --json
json_is '$.indicators[3].numerator' 8
expect 0 ctl score $village --quarter 2026-Q3 --revision 2 --json
json_is '$.indicators[3].numerator' 27
sql_is "SELECT group_concat(what || ' ' || subject || ' ' || detail, '; ') FROM audit WHERE what LIKE 'card%'" \
    'card.freeze 35.12.03 2026-Q3; card.freeze  2026-Q3; card.freeze 35.12.03.2001 2026-Q3'

# Once more by SMS, to the village's head and KPM.
ctl contact add 081230000031 --name 'Pak Kades' --role kades --area $village >/dev/null
expect 0 ctl card send $village --quarter 'TW3 26' --dry-run
says 'cards of 2026-Q3 of 1 villages: 2 SMS'
expect 1 ctl card send $village --quarter 2026-Q3
complains 'the same with --yes'
expect 0 ctl card send $village --quarter 2026-Q3 --yes --json
json
json_is '$.messages' 2
sql_is "SELECT group_concat(recipient || kind) FROM (SELECT * FROM mt_message WHERE kind = 'card' ORDER BY recipient)" \
    +6281230000001card,+6281230000031card
expect 1 ctl card send $village buduan --quarter 2026-Q3 --yes
complains 'no card of 2026-Q3 was frozen yet'
expect 1 ctl card send 35.12.03 --quarter 2026-Q3 --yes
complains 'only villages'
sql_is 'SELECT count(*) FROM mt_message' 2
# several areas at once
expect 0 ctl card freeze $village Buduan --quarter 2026-Q3
says '2026-Q3: 0 cards frozen, 1 unchanged since they were, 1 areas without reports'

# The village fund.
expect 0 ctl dana $village 1 1.234.567.890 234567890 --year 2026
says '1.234.567.890'
says '19,00'
expect 0 ctl dana $village --year 2026 --json
json_is '$.stunting' 234567890
json_is '$.percent' 19.0
expect 1 ctl dana $village 1 100 200
complains 'is more than the total'
expect 1 ctl dana $village 3 100 50
complains 'is not a row of Table 5'
expect 2 ctl dana $village 1 12.34 5
expect 2 ctl dana $village 1 100
expect 1 ctl dana 35.12.03 1 100 50
complains 'is not a village'
expect 0 ctl score $village --quarter 2026-Q3 --format html
says '>1.234.567.890<'

expect 2 ctl score $village --quarter 2026-Q5
expect 2 ctl score $village --format xml
expect 1 ctl score 35.12.03.2009
expect 1 ctl score Atlantis
complains 'there is no area Atlantis'
expect 2 ctl card freeze
expect 2 ctl card freeze $village --all
expect 1 ctl card freeze $village --quarter 2099-Q1
ctl area add $village/01 Mawar >/dev/null
expect 1 ctl score $village/01
complains 'is a posyandu'
expect 1 ctl card freeze $village/01
complains 'is a posyandu'
expect 0 ctl card freeze $village --quarter 2025-Q3
says '0 cards frozen, 0 unchanged since they were, 1 areas without reports'

# On paper: one page, where there is a browser to ask.
if command -v chromium >/dev/null; then
    ctl score $village --quarter 2026-Q3 --format html >"$folder/card.html"
    HOME=$folder chromium --headless --no-sandbox --disable-gpu --no-pdf-header-footer \
        --print-to-pdf="$folder/card.pdf" "$folder/card.html" >"$out" 2>"$err"
    pages=$(grep -ac '/Type /Page$' "$folder/card.pdf")
    [ "$pages" = 1 ] || fail "the card takes $pages pages"
fi

# Another reading of an indicator: every score is computed anew, Table 4 with it, and every look says which.
report $village ANAK 2026-09 IDL 50 B12 60 KR 40
ctl score rebuild >/dev/null
ctl score $village --quarter 2026-Q3 --json >"$out"
json_is '$.table4.total.due' 722
cp "$folder/sets/hpk-2018.cfg" "$folder/shipped.cfg"
# variant CODE NAME PLACE DENOMINATOR DUE NOTE: its row of the card, Table 4's total, what the card says
variant() {
    sed "s/code = \"$1\"; number = [0-9]*;/& variant = \"$2\";/" "$folder/shipped.cfg" >"$folder/sets/hpk-2018.cfg"
    expect 0 ctl score $village --quarter 2026-Q3 --json
    json_is "\$.indicators[$3].code" "$1"
    json_is "\$.indicators[$3].variant" "$2"
    json_is "\$.indicators[$3].denominator" "$4"
    json_is '$.table4.total.due' "$5"
    says "$6"
    expect 0 ctl score $village --quarter 2026-Q3 --format html
    says "<li>$6"
    expect 0 ctl score 35.12.03 --quarter 2026-Q3
    says "  - $6"
}
variant A1 wording 8 60 662 'A1 dihitung terhadap bayi usia 12 bulan ke bawah'
variant A3 semua 10 147 749 'A3 dihitung terhadap semua anak 0-23 bulan'
variant A5 semua 12 147 819 'A5 dihitung terhadap semua anak 0-23 bulan'
variant B5 semua 4 27 747 'B5 dihitung terhadap semua ibu hamil'
# A frozen card goes on saying how it was read then.
expect 0 ctl card freeze $village --quarter 2026-Q3
cp "$folder/shipped.cfg" "$folder/sets/hpk-2018.cfg"
expect 0 ctl score $village --quarter 2026-Q3 --frozen --json
json_is '$.indicators[4].variant' semua
json_is '$.indicators[4].denominator' 27
says 'B5 dihitung terhadap semua ibu hamil'
expect 0 ctl score $village --quarter 2026-Q3 --json
json_is '$.indicators[4].variant' default
json_is '$.changed' 1
says_not 'B5 dihitung'

# A set under another name: the cards that were frozen are there as they were, and it is said.
expect 0 ctl status
says_not 'frozen cards'
sed 's/^name = "hpk-2018"/name = "situbondo"/' "$folder/shipped.cfg" >"$folder/sets/situbondo.cfg"
expect 0 ctl set check "$folder/sets/situbondo.cfg"
says 'note: with this set 6 frozen cards (2026-Q3 to 2026-Q3) belong to the set hpk-2018, their quarters are counted with situbondo'
expect 0 ctl set check "$folder/shipped.cfg"
says_not 'frozen cards'
sed -i 's,sets/hpk-2018.cfg,sets/situbondo.cfg,' "$folder/kabard.conf"
grep -q situbondo.cfg "$folder/kabard.conf" || fail 'the configuration has no sets to change'
expect 0 ctl status
says '6 frozen cards (2026-Q3 to 2026-Q3) belong to the set'
[ "$(wc -L <"$out")" -le 80 ] || fail "$(wc -L <"$out") columns"
expect 0 ctl status --json
json
json_is '$.cards_of_other_sets' 6
run_daemon
await 'the journal' logged 1 'K69 6 frozen cards (2026-Q3 to 2026-Q3) belong to the set hpk-2018'
stop_daemon
expect 0 ctl score $village --quarter 2026-Q3
says 'belum dibekukan dengan set ini. Kartu yang dibekukan dengan set hpk-2018 tetap tersimpan'
expect 0 ctl score $village --quarter 2026-Q3 --frozen
says 'Dibekukan dengan set hpk-2018; triwulan ini kini dihitung dengan set lain.'
says 'TABEL 1'
expect 0 ctl score $village --quarter 2026-Q3 --revision 1 --json
json_is '$.set' hpk-2018
json_is '$.percent' 96.43
json_is '$.table1[1].value' 34
# One that lacks what was frozen can't show it; with the old one beside it the card is shown as it was.
sed 's/code = "A10"/code = "A11"/' "$folder/sets/situbondo.cfg" >"$folder/sets/other.cfg"
mv "$folder/sets/other.cfg" "$folder/sets/situbondo.cfg"
expect 1 ctl score $village --quarter 2026-Q3 --frozen
complains 'the card of 2026-Q3 was frozen with the set hpk-2018; add that set to sets to see it'
sed -i 's,^ *sets = .*,sets = ( "sets/situbondo.cfg"\, "shipped.cfg" );,' "$folder/kabard.conf"
expect 0 ctl score $village --quarter 2026-Q3 --revision 1 --json
json_is '$.indicators[17].code' A10
json_is '$.percent' 96.43
# valid_from leaves the quarters before it to the old set.
sed -i 's/^valid_from = .*/valid_from = "2027-01";/' "$folder/sets/situbondo.cfg"
expect 0 ctl status
says_not 'frozen cards'
expect 0 ctl score $village --quarter 2026-Q3 --json
json_is '$.changed' 1
says '"frozen_percent":'
finish
