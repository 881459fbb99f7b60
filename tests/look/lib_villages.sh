# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh disable=SC2034,SC2154
# Villages as they are, and as bad as they can be, for what looks at pictures of papers: behind ../system/lib.sh.
box
quarter=2026-Q3
{
    printf 'code,name\n35,Jawa Timur\n35.12,Situbondo\n35.12.03,Suboh\n35.12.04,Mlandingan\n'
    printf '35.12.05,Kecamatan Sumbermalang Atas Bukit Kaliwates Utara\n'
    for i in $(seq 1 15); do printf '35.12.03.%d,Desa Suboh %d\n' $((2000 + i)) "$i"; done
    for i in $(seq 1 40); do printf '35.12.04.%d,Mlandingan Kulon %d\n' $((2000 + i)) "$i"; done
    printf '35.12.05.2001,Kosong\n'
    printf '35.12.05.2002,"Sumberanyar-Wringinanom Bukit Kaliwates Utara Persiapan Pemekaran Transmigrasi <b>""Lama""</b>"\n'
    printf '35.12.05.2003,Patemon\n'
    printf '35.12.05.2004,Trebungan\n35.12.05.2004/01,Posyandu Mawar\n'
    for i in 1 2 3 4; do printf '35.12.05.2003/0%d,Posyandu Melati %d\n' "$i" "$i"; done
} >"$folder/areas.csv"
ctl init >/dev/null && ctl area import "$folder/areas.csv" >/dev/null || exit 3

# report WHERE FORM MONTH FIELD VALUE…: as the daemon stores it, of every area that WHERE picks
report() {
    where=$1 form=$2 month=$3
    shift 3
    sql "INSERT INTO report (uid, area_id, \"set\", form, period, status, sent_ms, created_ms)
         SELECT 'look', id, 'hpk-2018', '$form', '$month', 'accepted', 1000, 1000 FROM area WHERE $where"
    while [ $# -gt 0 ]; do
        sql "INSERT INTO report_value SELECT report.id, '$1', $2 FROM report WHERE NOT EXISTS
             (SELECT 1 FROM report_value WHERE report_id = report.id AND field = '$1') AND created_ms = 1000"
        shift 2
    done
    sql "UPDATE report SET created_ms = 1001 WHERE created_ms = 1000"
}
# A village as they are: most is there, some of it is weak. n: a number that differs from village to village.
n='(report.area_id * 7919 % 13)'
ordinary() {
    for month in 2026-06 2026-07 2026-08 2026-09; do
        report "$1" IBU_HAMIL $month HAMIL 27 BERSALIN 7 KEK 2 K4 "27 - $n" FE 27 NIFAS 7 KG "8 + $n" KR 0 AIR 34 JAMBAN "34 - $n" \
            JKN 31
        report "$1" ANAK $month ANAK 147 U6 27 IDL 120 BB "120 - 3 * $n" TB 120 KG 120 KGL 4 GK 50 GB 0 STUNTING 0 KR 40 AIR 147 \
            JAMBAN 140 AKTA "147 - 9 * $n" JKN 131 ASUH "60 + $n"
        report "$1" TIKAR $month UKUR 147 H 108 K 0 M 39
        report "$1" PAUD $month PAUD 90 AKTIF 75
        report "$1" SASARAN $month RT 491
    done
}
ordinary "code GLOB '35.12.03.20*' AND code < '35.12.03.2014'"
ordinary "code GLOB '35.12.04.20*' AND code < '35.12.04.2036'"
report "code = '35.12.03.2014'" IBU_HAMIL 2026-08 HAMIL 10 K4 5
# Everything at once: numbers beyond their denominators, forms without their total, months missing, big numbers.
wrong="code = '35.12.05.2002'"
report "$wrong" IBU_HAMIL 2026-07 HAMIL 9999 BERSALIN 9999 KEK 9999 K4 9999 FE 9999 NIFAS 9999 KG 9999 KR 9999 AIR 9999 JAMBAN 9999 \
    JKN 9999
report "$wrong" IBU_HAMIL 2026-09 HAMIL 12 KEK 1
report "$wrong" ANAK 2026-07 ANAK 9999 U6 0 IDL 9999 BB 9999 TB 9999 KG 9999 KGL 9999 GK 3333 GB 3333 STUNTING 3333 KR 9999 \
    AIR 9999 JAMBAN 9999 AKTA 9999 JKN 9999 ASUH 9999
report "$wrong" ANAK 2026-08 ANAK 40 U6 8 GK 1 GB 0 STUNTING 1
report "$wrong" TIKAR 2026-08 UKUR 9999 H 9999 K 9999 M 9999
# Three of four posyandu; in September the KPM as well, with other numbers.
for posyandu in 01 02 03; do
    for month in 2026-08 2026-09; do
        report "code = '35.12.05.2003/$posyandu'" ANAK $month ANAK "10 + $posyandu" U6 2 IDL 8 BB 9 TB 8 KG 5 KGL 1 GK 1 GB 0 STUNTING 1 \
            KR 1 AIR 10 JAMBAN 9 AKTA 8 JKN 10 ASUH 4
    done
    report "code = '35.12.05.2003/$posyandu'" IBU_HAMIL 2026-09 HAMIL 5 BERSALIN 1 KEK 1 K4 4 FE 5 NIFAS 1 KG 3 KR 1 AIR 6 JAMBAN 5 JKN 6
done
report "code = '35.12.05.2003'" ANAK 2026-09 ANAK 40 U6 6 IDL 24 BB 30 TB 30 KG 15 KGL 3 GK 3 GB 0 STUNTING 3 KR 3 AIR 30 JAMBAN 27 \
    AKTA 24 JKN 30 ASUH 12
# All posyandu and the KPM report everything in each month, and nothing agrees: the most that there can be to say.
for month in 2026-07 2026-08 2026-09; do
    for place in 35.12.05.2004 35.12.05.2004/01; do
        case $place in */*) by=1 ;; *) by=2 ;; esac
        report "code = '$place'" IBU_HAMIL $month HAMIL "12 * $by" K4 9999 FE 9999
        report "code = '$place'" ANAK $month ANAK "40 * $by" U6 8 BB 9999 TB 9999
        report "code = '$place'" TIKAR $month UKUR "40 * $by" H 1 K 1 M 1
        report "code = '$place'" PAUD $month PAUD "30 * $by" AKTIF 9999
        report "code = '$place'" SASARAN $month RT "52 * $by"
    done
done
ctl score rebuild >/dev/null || exit 3
ctl dana 35.12.03.2001 1 1.234.567.890 234.567.890 --year 2026 >/dev/null
ctl dana 35.12.03.2001 2 350.000.000 35.000.000 --year 2026 >/dev/null
ctl dana 35.12.05.2002 1 999.999.999.999 999.999.999.999 --year 2026 >/dev/null
ctl card freeze 35.12.05.2002 --quarter $quarter >/dev/null
ctl report set "$(sqlite3 "$folder/kabar.db" "SELECT max(id) FROM report WHERE form = 'ANAK' AND area_id = (SELECT id FROM area
    WHERE $wrong)")" U6 7 --reason 'one number was wrong' >/dev/null
