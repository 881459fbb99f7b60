#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# brief and semester: who goes without, posyandu beside one another, notes, services, activities; what does not fit is
# counted, and it stays one page.
. "$(dirname "$0")/lib.sh"
box
# Forms of services and activities are whatever the set marks so.
sed -i 's/^forms = (/&\n  { code = "SARANA"; name = "SARANA"; example = "SARANA 5 PUSTU 0 BIDAN 1"; section = "services";\n    keys = ( { code = "POS"; label = "posyandu"; }, { code = "PUSTU"; label = "pustu"; },\n             { code = "BIDAN"; label = "bidan desa"; }, { code = "TIMBANG"; label = "timbangan"; } ); },\n  { code = "ACARA"; name = "ACARA"; example = "ACARA 1 PESERTA 40"; section = "activities";\n    keys = ( { code = "RDS"; label = "RDS"; }, { code = "PESERTA"; label = "peserta"; } ); },/' "$folder/sets/hpk-2018.cfg"
villages
long='Sumberanyar-Wringinanom & <b>"Lama"</b> Bukit Kaliwates Utara Persiapan Pemekaran Transmigrasi'
village=35.12.03.2003
ctl area add $village "$long" >/dev/null
{
    printf 'code,name\n'
    for i in $(seq 10 23); do
        printf "$village/%d,Posyandu Melati %d di Rumah Ibu Kader yang Namanya Panjang Sekali Sampai Tidak Muat\n" "$i" "$i"
    done
} >"$folder/posyandu.csv"
ctl area import "$folder/posyandu.csv" >/dev/null || exit 3
# report AREA FORM MONTH FIELD VALUE…
report() {
    code=$1 form=$2 month=$3
    shift 3
    sql "INSERT INTO report (uid, area_id, \"set\", form, period, status, sent_ms, created_ms)
         SELECT 'x-' || (SELECT count(*) FROM report), id, 'hpk-2018', '$form', '$month', 'accepted',
                unixepoch('$month-12 02:00') * 1000 + (SELECT count(*) FROM report), 1000 FROM area WHERE code = '$code'"
    while [ $# -gt 0 ]; do
        sql "INSERT INTO report_value SELECT max(id), '$1', $2 FROM report"
        shift 2
    done
}
report $village IBU_HAMIL 2026-09 HAMIL 27 BERSALIN 7 KEK 2 K4 26 FE 25 NIFAS 7 KG 8 KR 0 AIR 34 JAMBAN 34 JKN 31
report $village IBU_HAMIL 2026-06 HAMIL 20 BERSALIN 5 KEK 2 K4 20 FE 20 NIFAS 5 KG 20 KR 2 AIR 25 JAMBAN 25 JKN 25
report $village/10 IBU_HAMIL 2026-08 HAMIL 9 KEK 1 K4 8 FE 9 KG 3 KR 0
report $village/10 IBU_HAMIL 2026-09 HAMIL 9 KEK 1 K4 9 FE 9 KG 4 KR 0
report $village SARANA 2026-02 POS 14 PUSTU 0 BIDAN 1 TIMBANG 0
for month in 2026-06 2026-07 2026-07 2026-08 2026-08 2026-09 2026-09; do report $village ACARA $month RDS 1 PESERTA 40; done
report $village/10 ACARA 2026-09 RDS 1 PESERTA 12
sql "UPDATE report SET sent_ms = unixepoch('2026-09-15') * 1000 WHERE id = (SELECT max(id) FROM report)"
report $village ACARA 2026-10 RDS 1 PESERTA 99
for i in 1 2 3 4 5 6 7; do
    sql "INSERT INTO mo_message (uid, modem, sender, sent_ms, received_ms, outcome, parts, text)
         VALUES ('m-$i', 'sim1', '+628123000000$i', 0, 0, 'chat', 1, 'Pil FE habis <i>di posyandu</i> nomor $i, mohon dikirim.'
             || char(10) || replace(hex(zeroblob(40)), '00', 'kata yang banyak '));
         INSERT INTO note (mo_id, area_code, area_name, emergency, created_ms, done_ms)
         SELECT max(id), '$village', 'Desa', 0, unixepoch('2026-08-0$i') * 1000, iif($i = 7, 1, NULL) FROM mo_message"
done
ctl score rebuild >/dev/null

expect 0 ctl brief $village --quarter 2026-Q3
says 'LEMBAR RAPAT DESA'
says '- (1) 2 ibu hamil KEK atau risiko tinggi belum dikunjungi di rumah (0 dari 2'
says '- (2) 19 ibu hamil belum ikut konseling gizi (8 dari 27 sudah)'
says '- (5) 1 ibu hamil belum periksa kehamilan 4 kali (26 dari 27 sudah)'
says 'TW4 2025   TW1 2026   TW2 2026   TW3 2026'
says '  Ibu Hamil                                   -          -     100,00      85,94'
says '  Posyandu Melati 10 di    2/3       0/1       4/9         -       9/9       9/9'
says '  Posyandu Melati 11 di    0/3         -         -         -         -         -'
says_not 'Posyandu Melati 20'
says '- Dan 4 lagi.'
says '- Dan 2 lagi.'
says '- 7 Agu, Desa: Pil FE habis <i>di posyandu</i> nomor 7, mohon dikirim.'
says 'ditangani)'
says '- pustu, timbangan'
says '- 15 Sep, Posyandu Melati 10 di Rumah'
says '- 12 Sep: RDS 1, peserta 40'
says '- Dan 2 lagi.'
says_not 'peserta 99'
[ "$(wc -L <"$out")" -le 82 ] || fail "$(wc -L <"$out") columns"
expect 0 ctl brief $village --quarter 2026-Q3 --format html
says 'Sumberanyar-Wringinanom &amp; &lt;b&gt;&quot;Lama&quot;&lt;/b&gt;'
says '&lt;i&gt;di posyandu&lt;/i&gt;'
says_not '<i>'
expect 0 ctl brief $village --quarter 2026-Q3 --json
json
json_is '$.missing[1].persons' 19
json_is '$.missing[1].indicator' B4
json_is '$.posyandu[0].figures[1].numerator' 4
json_is '$.trend[3].percent' 85.94
json_is '$.absent' 'pustu, timbangan'
json_is '$.notes[0].open' 0
# Another quarter: neither its notes nor its activities are those of this one.
expect 0 ctl brief $village --quarter 2026-Q2
says_not 'Pil FE'
says '100,00'
says 'Tidak ada.'
expect 0 ctl brief 35.12.03.2001 --quarter 2026-Q3
says 'belum ada laporan'
says 'Layanan tahun 2026 belum dilaporkan.'
expect 1 ctl brief 35.12.03
complains 'is not a village'
expect 1 ctl brief $village/10
expect 2 ctl brief $village --format csv

expect 0 ctl semester $village --semester 2026-2 --format html
says 'LAPORAN KONVERGENSI PENCEGAHAN STUNTING DESA, SEMESTER 2 TAHUN 2026'
says 'peserta 99'
says 'TW3 2026'
[ "$(grep -o '<h1>' "$out" | wc -l)" = 3 ] || fail 'not a page and two cards'
[ "$(grep -c '<div class="next"></div>' "$out")" = 2 ] || fail 'no page breaks'
expect 0 ctl semester $village --semester 2026-2 --json
json
json_is '$.quarter' 2026-Q4
expect 0 ctl semester $village --semester 2026-1
says 'SEMESTER 1 TAHUN 2026'
says_not 'Pil FE'
expect 2 ctl semester $village --semester 2026-3
expect 1 ctl semester $village --semester 2099-1
expect 1 ctl semester 35.12.03 --semester 2026-2

if command -v weasyprint >/dev/null; then
    expect 0 ctl brief $village --quarter 2026-Q3 --format pdf --output "$folder/brief.pdf"
    [ "$(grep -ac '/Type /Page$' "$folder/brief.pdf")" = 1 ] || fail 'the brief takes more than a page'
    expect 0 ctl semester $village --semester 2026-2 --format pdf --output "$folder/semester.pdf"
    [ "$(grep -ac '/Type /Page$' "$folder/semester.pdf")" = 3 ] || fail 'not three pages'
    [ -z "${KABAR_KEEP-}" ] || cp "$folder"/*.pdf "$KABAR_KEEP"
fi
finish
