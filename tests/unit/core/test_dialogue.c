/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Whole conversations against a real database: what is answered, and what counts afterwards. */
#include "dialogue.h"

static void play(const char *settings, const char *script)
{
    static struct world world;
    world_start(&world, settings);
    dialogue_play(&world, script);
    world_end(&world);
}

static void a_report_is_echoed(void **state)
{
    (void)state;
    play("", "kpm> IBU HAMIL 12 K4 3\n"
             "< Tersimpan. IBU HAMIL Okt/36: ibu hamil 12, K4 3.\n"
             "! report\n"
             "= IBU_HAMIL 2036-10 HAMIL=12 K4=3 FE=-\n"
             "kader> TIKAR 40 H 30 K 8 M 2\n"
             "< Tersimpan. TIKAR Okt/36: jumlah 40, hijau 30, kuning 8, merah 2.\n"
             "=posyandu TIKAR 2036-10 UKUR=40 H=30\n"
             "= TIKAR 2036-10 UKUR=-\n"
             "kpm> bumil 12 k4 3 bln 9 anak 1200 bb 38\n"
             "< Tersimpan. IBU HAMIL Sep/36: ibu hamil 12, K4 3.\\nANAK Okt/36: anak 1.200, BB 38.\n");
}

static void a_rule_rejects_with_the_senders_numbers(void **state)
{
    (void)state;
    play("", "kpm> IBU HAMIL 12 K4 15\n"
             "< IBU HAMIL Okt/36 TIDAK disimpan. Mohon dicek lagi: K4 15 lebih dari ibu hamil 12. Kirim lagi: IBU "
             "HAMIL 12 K4 (angka)\n"
             "! report\n"
             "= IBU_HAMIL 2036-10 HAMIL=- K4=-\n"
             "kpm> BUMIL 12 K4 15 FE 14\n"
             "< IBU HAMIL Okt/36 TIDAK disimpan. Mohon dicek lagi: K4 15 lebih dari ibu hamil 12; FE 14 lebih dari "
             "ibu hamil 12. Kirim lagi: IBU HAMIL 12 K4 (angka) FE (angka)\n");
}

static void what_is_clean_counts_and_the_rest_is_named(void **state)
{
    (void)state;
    play("", "kpm> bumil 12 k4 3 xyz 4\n"
             "< Tersimpan. IBU HAMIL Okt/36: ibu hamil 12, K4 3. Tidak dikenal, belum disimpan: XYZ 4. Kata yang "
             "benar: BANTUAN IBU HAMIL.\n"
             "= IBU_HAMIL 2036-10 HAMIL=12 K4=3\n"
             "kpm> BUMIL XYZ 4\n"
             "< IBU HAMIL Okt/36 TIDAK disimpan. Tidak dikenal, belum disimpan: XYZ 4. Kata yang benar: BANTUAN IBU "
             "HAMIL. Kirim lagi: IBU HAMIL (angka) KEK (angka) K4 (angka)\n"
             /* what is stored needs no repeating, and a correction names its month where it is another */
             "kpm> bumil 12 k4 fe 12,5 kg 8\n"
             "< Tersimpan. IBU HAMIL Okt/36: ibu hamil 12, konseling 8. Belum ada angkanya: K4. Angkanya belum "
             "jelas: FE 12,5. Kirim lagi: IBU HAMIL K4 (angka) FE (angka)\n"
             "kpm> sep bumil 12 k4\n"
             "< Tersimpan. IBU HAMIL Sep/36: ibu hamil 12. Belum ada angkanya: K4 (0 bila tidak ada). Kirim lagi: "
             "Sep IBU HAMIL K4 (angka)\n");
}

static void a_correction_replaces_what_it_names(void **state)
{
    (void)state;
    play("", "kpm> IBU HAMIL 12 K4 3 FE 10\n"
             "kpm> BUMIL K4 4\n"
             "< Tersimpan. IBU HAMIL Okt/36: K4 4.\n"
             "= IBU_HAMIL 2036-10 HAMIL=12 K4=4 FE=10\n"
             /* rules see what is stored */
             "kpm> BUMIL K4 13\n"
             "< IBU HAMIL Okt/36 TIDAK disimpan. Mohon dicek lagi: K4 13 lebih dari ibu hamil 12 (sudah tersimpan). "
             "Kirim lagi: IBU HAMIL 12 K4 (angka)\n"
             "= IBU_HAMIL 2036-10 K4=4\n"
             /* a total that can't be read is unknown to the rules: what they would check is asked */
             "kpm> BUMIL HAMIL x K4 13\n"
             "= IBU_HAMIL 2036-10 HAMIL=12 K4=4\n"
             "kpm> YA\n"
             "= IBU_HAMIL 2036-10 HAMIL=12 K4=13\n");
}

static void a_jump_is_asked_about(void **state)
{
    (void)state;
    play("", "@ 2036-09-15T09:00:00+07:00\n"
             "kpm> BUMIL 12\n"
             "@ 2036-10-15T09:00:00+07:00\n"
             "kpm> BUMIL 120 K4 3\n"
             "< Belum disimpan. IBU HAMIL Okt/36: ibu hamil 120, K4 3. Mohon dicek lagi: ibu hamil 120, bulan "
             "sebelumnya 12. "
             "Kalau benar balas YA, kalau salah balas TIDAK.\n"
             "= IBU_HAMIL 2036-10 HAMIL=- K4=-\n"
             /* more than YA is not an answer, and is told what is one */
             "kpm> ya bu nanti saya lihat\n"
             "< IBU HAMIL Okt/36 (ibu hamil 120, K4 3) masih menunggu jawaban. Kalau benar balas YA saja, kalau "
             "salah balas TIDAK saja.\n"
             "! unknown\n"
             /* what is added to it waits with it */
             "kpm> air 3 jkn 10\n"
             "<* ibu hamil 120, K4 3, air 3, JKN 10\n"
             "= IBU_HAMIL 2036-10 HAMIL=- AIR=-\n"
             "kpm> YA\n"
             "< Tersimpan. IBU HAMIL Okt/36: ibu hamil 120, K4 3, air 3, JKN 10.\n"
             "= IBU_HAMIL 2036-10 HAMIL=120 K4=3\n"
             "+ 2h\n"
             "kpm> YA\n"
             "< Tidak ada laporan yang menunggu jawaban YA atau TIDAK.\n");
}

static void a_jump_may_be_a_mistake(void **state)
{
    (void)state;
    play("", "@ 2036-09-15T09:00:00+07:00\n"
             "kpm> BUMIL 12\n"
             "@ 2036-10-15T09:00:00+07:00\n"
             "kpm> BUMIL 120\n"
             "kpm> TIDAK\n"
             "< IBU HAMIL Okt/36 TIDAK disimpan. Silakan kirim lagi dengan angka yang benar.\n"
             "kpm> YA\n"
             "< Tidak ada laporan yang menunggu jawaban YA atau TIDAK.\n"
             "= IBU_HAMIL 2036-10 HAMIL=-\n"
             /* a new report of the form takes the place of the held one */
             "+ 2h\n"
             "kpm> BUMIL 120\n"
             "kpm> BUMIL 13\n"
             "kpm> YA\n"
             "< Tidak ada laporan yang menunggu jawaban YA atau TIDAK.\n"
             "= IBU_HAMIL 2036-10 HAMIL=13\n"
             /* and two days are too long to wait */
             "kpm> BUMIL 150\n"
             "+ 49h\n"
             "kpm> YA\n"
             "< Tidak ada laporan yang menunggu jawaban YA atau TIDAK.\n"
             "= IBU_HAMIL 2036-10 HAMIL=13\n");
    /* also where all of it comes from the SIM at once; asked late, the sender has two days from then */
    play("", "~ 2036-08-15T09:00:00+07:00\nkpm> BUMIL 12\n~ 2036-09-15T09:00:00+07:00\nkpm> BUMIL 120\n"
             "~ 2036-09-17T10:00:00+07:00\nkpm> YA\n< Tidak ada laporan yang menunggu jawaban YA atau TIDAK.\n"
             "= IBU_HAMIL 2036-09 HAMIL=-\n"
             "~ 2036-10-16T09:00:00+07:00\nkpm> YA bu\n< Tersimpan. IBU HAMIL Sep/36: ibu hamil 120.\n"
             "= IBU_HAMIL 2036-09 HAMIL=120\n");
}

static void the_last_report_can_be_taken_back(void **state)
{
    (void)state;
    play("", "kpm> BUMIL 12 K4 3\n"
             "kpm> BUMIL 12 K4 10\n"
             "kpm> ANAK 40 BB 38\n"
             "kpm> BATAL\n"
             "< Dibatalkan: ANAK Okt/36: anak 40, BB 38. Bila perlu, kirim lagi yang benar. "
             "Tulis bulannya: OKT ANAK 40 BB 38\n"
             "= ANAK 2036-10 ANAK=- BB=-\n"
             /* asked again because the answer is late: the same answer, and nothing more is taken back */
             "kpm> BATAL\n"
             "< Dibatalkan: ANAK Okt/36: anak 40, BB 38. Bila perlu, kirim lagi yang benar. "
             "Tulis bulannya: OKT ANAK 40 BB 38\n"
             "= IBU_HAMIL 2036-10 K4=10\n"
             "kpm> BATAL BUMIL\n"
             "< Dibatalkan: IBU HAMIL Okt/36: ibu hamil 12, K4 10. Bila perlu, kirim lagi yang benar. "
             "Tulis bulannya: OKT IBU HAMIL 12 K4 10\n"
             "= IBU_HAMIL 2036-10 HAMIL=12 K4=3\n"
             "kpm2> BATAL\n"
             "< Tidak ada laporan Anda yang bisa dibatalkan.\n");
}

static void a_resent_report_gets_its_answer_again(void **state)
{
    (void)state;
    play("", "kpm> BUMIL 12 K4 3\n"
             "< Tersimpan. IBU HAMIL Okt/36: ibu hamil 12, K4 3.\n"
             "kpm> BUMIL 12 K4 3\n"
             "< Tersimpan. IBU HAMIL Okt/36: ibu hamil 12, K4 3.\n"
             "kpm> BUMIL 12 K4 3\n"
             "<\n"
             "! over_limit\n"
             "+ 2h\n"
             "kpm> BUMIL K4 4\n"
             "kpm> BUMIL 12 K4 3\n" /* not a repetition: something came in between */
             "< Tersimpan. IBU HAMIL Okt/36: ibu hamil 12, K4 3.\n"
             "= IBU_HAMIL 2036-10 K4=3\n");
    /* however often BATAL comes within the hour, it takes back once */
    play("", "kpm> BUMIL 12\nkpm> ANAK 40\nkpm> TIKAR 40\nkpm> BATAL\nkpm> BATAL\nkpm> BATAL\nkpm> BATAL\nkpm> BATAL\n"
             "= IBU_HAMIL 2036-10 HAMIL=12\n= ANAK 2036-10 ANAK=40\n= TIKAR 2036-10 UKUR=-\n");
    /* the same words of three months, read from the SIM at once, are three reports; so are three questions */
    play("", "~ 2036-08-15T09:00:00+07:00\nkpm> BUMIL 12 K4 3\n< Tersimpan. IBU HAMIL Agu/36: ibu hamil 12, K4 3.\n"
             "~ 2036-09-15T09:00:00+07:00\nkpm> BUMIL 12 K4 3\n< Tersimpan. IBU HAMIL Sep/36: ibu hamil 12, K4 3.\n"
             "~ 2036-10-15T09:00:00+07:00\nkpm> BUMIL 12 K4 3\n< Tersimpan. IBU HAMIL Okt/36: ibu hamil 12, K4 3.\n! "
             "report\n"
             "= IBU_HAMIL 2036-08 K4=3\n= IBU_HAMIL 2036-09 K4=3\n= IBU_HAMIL 2036-10 K4=3\n");
    /* what a stranger sent counts when he sends it again as a registered person */
    play("",
         "pending> BUMIL 12 K4 3\n= IBU_HAMIL 2036-10 HAMIL=-\n"
         "* pending\n"
         "pending> BUMIL 12 K4 3\n< Tersimpan. IBU HAMIL Okt/36: ibu hamil 12, K4 3.\n= IBU_HAMIL 2036-10 HAMIL=12\n");
}

/* The example in an answer that comes back, from a phone that echoes or a person who forwards, is nobody's report. */
static void an_echo_is_no_report(void **state)
{
    (void)state;
    static const char answer[] = "IBU HAMIL Okt/36 TIDAK disimpan. Mohon dicek lagi: K4 15 lebih dari ibu hamil 12. "
                                 "Kirim lagi: IBU HAMIL 12 K4 (angka)";
    char script[1024];
    (void)snprintf(script, sizeof script,
                   "kpm> IBU HAMIL 12 K4 15\n< %s\nkpm> %s\n<\n! chat\n= IBU_HAMIL 2036-10 HAMIL=-\n"
                   "kpm> IBU HAMIL 12 K4 10\n= IBU_HAMIL 2036-10 HAMIL=12\n",
                   answer, answer);
    play("", script);
}

/* A message without a month would count for another one: what BATAL and TIDAK take away can be sent as it stands. */
static void what_is_taken_back_later_keeps_its_month(void **state)
{
    (void)state;
    play("", "@ 2036-11-02T09:00:00+07:00\n"
             "kpm> IBU HAMIL 14 K4 3\n"
             "< Tersimpan. IBU HAMIL Okt/36: ibu hamil 14, K4 3.\n"
             "@ 2036-11-10T09:00:00+07:00\n"
             "kpm> BATAL\n"
             "< Dibatalkan: IBU HAMIL Okt/36: ibu hamil 14, K4 3. Bila perlu, kirim lagi yang benar. "
             "Tulis bulannya: OKT IBU HAMIL 14 K4 3\n"
             "kpm> OKT IBU HAMIL 14 K4 3\n"
             "< Tersimpan. IBU HAMIL Okt/36: ibu hamil 14, K4 3.\n"
             "= IBU_HAMIL 2036-10 HAMIL=14 K4=3\n"
             "= IBU_HAMIL 2036-11 HAMIL=-\n"
             /* in the first days a message without a month may count for either */
             "@ 2036-12-03T09:00:00+07:00\n"
             "kpm> DES ANAK 40\n"
             "kpm> BATAL\n"
             "< Dibatalkan: ANAK Des/36: anak 40. Bila perlu, kirim lagi yang benar. Tulis bulannya: DES ANAK 40\n"
             "kpm> posyandu mawar nov anak 12 bb 10\n"
             "kpm> BATAL ANAK\n"
             "< Posyandu Mawar\\nDibatalkan: ANAK Nov/36: anak 12, BB 10. Bila perlu, kirim lagi yang benar. "
             "Tulis bulannya: Posyandu Mawar\\nNOV ANAK 12 BB 10\n"
             "kpm> Posyandu Mawar\\nNOV ANAK 12 BB 10\n"
             "=posyandu ANAK 2036-11 ANAK=12 BB=10\n"
             /* a question that is answered in the next month */
             "kpm2> NOV BUMIL 12\n"
             "kpm2> DES BUMIL 120\n"
             "@ 2036-12-04T09:00:00+07:00\n"
             "kpm2> TIDAK\n"
             "< IBU HAMIL Des/36 TIDAK disimpan. Silakan kirim lagi dengan angka yang benar. "
             "Tulis bulannya: DES IBU HAMIL 120\n");
    play("accept_months_back = 20;", "kpm> SEP 2035 BUMIL 12\n"
                                     "kpm> BATAL\n"
                                     "< Dibatalkan: IBU HAMIL Sep/35: ibu hamil 12. Bila perlu, kirim lagi yang benar. "
                                     "Tulis bulannya: SEP 2035 IBU HAMIL 12\n");
}

static void only_people_who_are_known_are_answered(void **state)
{
    (void)state;
    play("", "stranger> BUMIL 12 K4 3\n"
             "< Kartu HP Anda belum terdaftar di Kabar. Silakan hubungi petugas kecamatan.\n"
             "! unregistered\n"
             "stranger> halo\n"
             "<\n"
             "+ 29d\n"
             "stranger> halo?\n"
             "<\n"
             "+ 2d\n"
             "stranger> halo\n"
             "< Kartu HP Anda belum terdaftar di Kabar. Silakan hubungi petugas kecamatan.\n"
             "promo> Ketik YA kirim ke 3636\n"
             "<\n"
             "! unanswerable\n"
             "short> Balas SMS ini dgn ketik YA\n"
             "<\n"
             "! unanswerable\n"
             "blocked> BUMIL 12\n"
             "<\n"
             "! unregistered\n"
             "pending> BUMIL 12\n"
             "< Kartu HP Anda belum terdaftar di Kabar. Silakan hubungi petugas kecamatan.\n"
             "! unregistered\n"
             "noarea> BUMIL 12\n"
             "< Desa Anda belum tercatat di Kabar. Silakan hubungi petugas kecamatan.\n"
             "! unknown\n"
             "= IBU_HAMIL 2036-10 HAMIL=-\n");
    /* a change of number is asked for from the new one; from the old one the operator sees it, too */
    play("", "kpm> GANTI NOMOR 081230000077\n"
             "< Ganti kartu: dari kartu yang BARU kirim GANTI KARTU dan angka telepon yang lama. Petugas kecamatan "
             "memeriksanya dulu.\n"
             "! unknown\n"
             "kpm> Ganti hp?\n"
             "< Ganti kartu: dari kartu yang BARU kirim GANTI KARTU dan angka telepon yang lama. Petugas kecamatan "
             "memeriksanya dulu.\n"
             "stranger> Ganti nomor 081230000088\n"
             "< Permintaan ganti kartu diterima. Petugas kecamatan memeriksanya dulu.\n");
    play("unknown_sender = \"silent\";", "stranger> BUMIL 12 K4 3\n<\n! unregistered\n");
    play("own_numbers = ( \"" KPM "\" );", "kpm> BUMIL 12\n<\n! unanswerable\n");
}

static void answers_are_limited(void **state)
{
    (void)state;
    play("replies_number_hour = 3; replies_number_day = 5;",
         "kpm> BUMIL 1\nkpm> BUMIL 2\nkpm> BUMIL 3\n< Tersimpan. IBU HAMIL Okt/36: ibu hamil 3.\n"
         "kpm> BUMIL 4\n<\n! over_limit\n= IBU_HAMIL 2036-10 HAMIL=4\n" /* it counts all the same */
         "kpm2> BUMIL 5\n< Tersimpan. IBU HAMIL Okt/36: ibu hamil 5.\n"
         "+ 61m\n"
         "kpm> BUMIL 6\n< Tersimpan. IBU HAMIL Okt/36: ibu hamil 6.\n"
         "kpm> BUMIL 7\n< Tersimpan. IBU HAMIL Okt/36: ibu hamil 7.\n"
         "kpm> BUMIL 8\n<\n"
         "+ 25h\n"
         "kpm> BUMIL 9\n< Tersimpan. IBU HAMIL Okt/36: ibu hamil 9.\n");
    play("replies_box_hour = 2;", "kpm> BUMIL 1\nkpm2> BUMIL 2\n< Tersimpan. IBU HAMIL Okt/36: ibu hamil 2.\n"
                                  "kader> BUMIL 3\n<\n! over_limit\n");
}

static void the_month_follows_the_calendar(void **state)
{
    (void)state;
    play("", "@ 2036-11-03T09:00:00+07:00\n"
             "kpm> BUMIL 12\n"
             "< Tersimpan. IBU HAMIL Okt/36: ibu hamil 12.\n" /* the first days: still due */
             "kpm> BUMIL 13\n"
             "< Tersimpan. IBU HAMIL Okt/36: ibu hamil 13.\n" /* what follows goes on with it */
             "kpm> ANAK 40\n"
             "< Tersimpan. ANAK Okt/36: anak 40.\n"
             "@ 2036-11-05T09:00:00+07:00\n"
             "kpm> BUMIL 13\n"
             "< Tersimpan. IBU HAMIL Nov/36: ibu hamil 13.\n" /* it has come, two days ago */
             "@ 2036-11-06T09:00:00+07:00\n"
             "kpm2> BUMIL 12\n"
             "< Tersimpan. IBU HAMIL Nov/36: ibu hamil 12.\n"
             "kpm2> BLN 12 BUMIL 12\n"
             "< IBU HAMIL Des/35 TIDAK disimpan. Bulan itu sudah ditutup; paling lama Agu/36. Bulan ini? Kirim tanpa "
             "BLN 12.\n"
             /* midnight in the village is not midnight in Greenwich */
             "@ 2036-11-30T17:30:00Z\n"
             "kpm2> BLN 12 BUMIL 14\n"
             "< Tersimpan. IBU HAMIL Des/36: ibu hamil 14.\n");
}

static void a_refused_month_is_told_once(void **state)
{
    (void)state;
    play("",
         "kpm> BLN 13 bumil 12 anak 40 bb x tikar 30\n"
         "< IBU HAMIL, TIKAR TIDAK disimpan. Bulannya belum jelas: BLN 13. Kirim lagi: (bulan) IBU HAMIL 12\\nANAK "
         "TIDAK disimpan. Bulannya belum jelas: BLN 13. Angkanya belum jelas: BB X. Kirim lagi: (bulan) ANAK 40 BB "
         "(angka)\n"
         "kpm> nov 2036 bumil 12 anak 40\n"
         "< IBU HAMIL, ANAK Nov/36 TIDAK disimpan. Bulan itu belum berjalan; yang terakhir Okt/36. Kalau maksudnya "
         "bulan ini, kirim tanpa NOV 36.\n"
         "kpm> 13/2036 bumil 12\n"
         "< IBU HAMIL TIDAK disimpan. Bulannya belum jelas: 13/36. Tulis satu bulan saja, misalnya Okt. Kirim lagi: "
         "(bulan) IBU HAMIL 12\n"
         "kpm> bumil 12 fe \xc2\xb1"
         "10\n"
         "< Tersimpan. IBU HAMIL Okt/36: ibu hamil 12. Angkanya belum jelas: FE +-10. Tulis satu angka bulat saja. "
         "Kirim lagi: IBU HAMIL FE (angka)\n");
}

static void cek_tells_what_is_missing(void **state)
{
    (void)state;
    play("",
         "kpm> CEK\n"
         "< Cemara Okt/36: belum ada laporan (IBU HAMIL, ANAK, TIKAR, PAUD, SASARAN, LAYANAN). "
         "Ditunggu sampai 20 Okt.\n"
         "! command\n"
         "kpm> SASARAN 491\nkpm> PAUD 30\nkpm> TIKAR 40 H 30 K 8 M 2 TD 0\n"
         "+ 2h\n"
         "kpm> CEK\n"
         "< Cemara Okt/36. Sudah masuk: TIKAR 40, PAUD 30, SASARAN 491. "
         "Belum: IBU HAMIL, ANAK, PAUD (belum ada AKTIF), LAYANAN. Ditunggu sampai 20 Okt.\n"
         "kader> CEK\n"
         "< Posyandu Mawar Okt/36: belum ada laporan (IBU HAMIL, ANAK, TIKAR, PAUD, SASARAN). Ditunggu sampai 20 Okt.\n"
         "operator> CEK\n"
         "< box-03: masuk 7, belum terbaca 0, antre 6, gagal 0, sinyal -.\n");
}

static void skor_computes_the_card(void **state)
{
    (void)state;
    play("",
         "kpm> SKOR\n"
         "< Skor Cemara Okt-Des/36 belum bisa dihitung, laporan belum masuk: IBU HAMIL, ANAK, TIKAR, PAUD, "
         "SASARAN.\n"
         "kpm> BUMIL 27 BERSALIN 7 KEK 2 K4 27 FE 27 NIFAS 7 KG 8 KR 0 AIR 34 JAMBAN 34 JKN 31\n"
         "+ 2h\n"
         "operator> SKOR CEMARA\n"
         "< Cemara Okt-Des/36: skor 88 dari 100, 8 dari 18 indikator. bumil 88. Paling rendah: kunj rumah KEK 0 "
         "dari 2, konseling bumil 8 dari 27, JKN bumil 31 dari 34. Belum ada: ANAK, TIKAR, PAUD, SASARAN.\n"
         "operator> SKOR atlantis\n"
         "< Desa ATLANTIS tidak ditemukan di wilayah Anda. Mohon periksa namanya.\n"
         /* others see their own only, whatever they call it */
         "kpm2> SKOR CEMARA\n"
         "< Untuk desa Anda, kirim SKOR saja. Skor desa lain hanya untuk petugas kecamatan.\n"
         "kpm2> SKOR atlantis\n"
         "< Untuk desa Anda, kirim SKOR saja. Skor desa lain hanya untuk petugas kecamatan.\n"
         "kpm2> SKOR TW4 desa buduan suboh\n"
         "< Skor Buduan Okt-Des/36 belum bisa dihitung, laporan belum masuk: IBU HAMIL, ANAK, TIKAR, PAUD, SASARAN.\n"
         "kader> skor tw iii cemra\n"
         "< Skor Cemara Jul-Sep/36 belum bisa dihitung, laporan belum masuk: IBU HAMIL, ANAK, TIKAR, PAUD, SASARAN.\n"
         "kpm> skor tw9\n"
         "< Triwulan hanya 1 sampai 4. Contoh: SKOR TW3\n"
         "kpm> skor tw 5/36\n"
         "< Triwulan hanya 1 sampai 4. Contoh: SKOR TW3\n"
         "kpm> BATAL\n"
         "kader> SKOR\n"
         "< Skor Cemara Okt-Des/36 belum bisa dihitung, laporan belum masuk: IBU HAMIL, ANAK, TIKAR, PAUD, SASARAN.\n");
}

static void there_is_room_for_everything_that_matters(void **state)
{
    (void)state;
    play("", "kpm> Bumil 12 k4 3 anak 40 bb 38 tikar 40 h 30 k 8 m 2 paud 30 aktif 25 sasaran 52\n"
             "< Tersimpan. IBU HAMIL Okt/36: ibu hamil 12, K4 3.\\nANAK Okt/36: anak 40, BB 38.\\nTIKAR Okt/36: "
             "jumlah 40, hijau 30, kuning 8, merah 2.\\nPAUD Okt/36: PAUD 30, aktif 25.\\nSASARAN Okt/36: rumah "
             "tangga 52.\n"
             "kpm> bumil 12 k4 15 anak 40 bb 48 tikar 40 h 30 k 8 m 3 paud 30 aktif 35 sasaran 52\n"
             "< IBU HAMIL Okt/36 TIDAK disimpan. K4 15 lebih dari ibu hamil 12.\\nANAK Okt/36 TIDAK disimpan. BB 48 "
             "lebih dari anak 40.\\nTIKAR Okt/36 TIDAK disimpan. hijau 30 + kuning 8 + merah 3 harus sama dengan "
             "jumlah 40.\\nPAUD Okt/36 TIDAK disimpan. aktif 35 lebih dari PAUD 30.\\nTersimpan. SASARAN Okt/36: RT "
             "52.\n"
             "kpm> ANAK 147 U6 27 IDL 120 BB 120 TB 120 KG 120 KGL 0 GK 30 GB 5 STUNTING 15 KR 50 AIR 147 JAMBAN 140 "
             "AKTA 130 JKN 125 ASUH 110\n"
             "< Tersimpan. ANAK Okt/36: anak 147, U6 27, IDL 120, BB 120, TB 120, konseling 120, konseling ayah 0, "
             "gizi kurang 30, gizi buruk 5, stunting 15, kunj. rumah 50, air 147, jamban 140, akta 130, JKN 125, "
             "kelas pengasuhan 110.\n");
}

/* What was not sent is not spoken of, what came before is marked, and only forms that have the words are named. */
static void the_answer_is_about_what_was_sent(void **state)
{
    (void)state;
    play("", "kpm> tikar 40 h 30 k 7 m 2\n"
             "< TIKAR Okt/36 TIDAK disimpan. hijau 30 + kuning 7 + merah 2 harus sama dengan jumlah 40. Kirim lagi: "
             "TIKAR 40 H (angka) K (angka) M (angka) TD (angka)\n"
             "kpm> ibu hamil fe 11\n"
             "kpm> ibu hamil 5\n"
             "< IBU HAMIL Okt/36 TIDAK disimpan. Mohon dicek lagi: FE 11 (sudah tersimpan) lebih dari ibu hamil 5. "
             "Kirim lagi: IBU HAMIL 5 FE (angka)\n"
             "kpm> bumil 12 jamian 7\n"
             "< Tersimpan. IBU HAMIL Okt/36: ibu hamil 12. Tidak dikenal, belum disimpan: JAMIAN 7 (maksudnya JAMBAN "
             "atau JKN?). Kata yang benar: BANTUAN IBU HAMIL.\n"
             "kpm> bumil 12 tikar 30 h 20 k 5 m 1 anak umur\n"
             "< TIKAR Okt/36 TIDAK disimpan. Mohon dicek lagi: hijau 20 + kuning 5 + merah 1 harus sama dengan "
             "jumlah 30. Kirim lagi: TIKAR 30 H (angka) K (angka) M (angka) TD (angka)\\nTersimpan. IBU HAMIL "
             "Okt/36: ibu hamil 12.\n");
    play("", "kpm> kunjungan k1 k2 k4\n"
             "< KUNJUNGAN, K1, K2, K4 ini untuk laporan apa? Awali dengan IBU HAMIL. Kirim lagi: IBU HAMIL K4 "
             "(angka) KR (angka)\n"
             "kpm> gk 3 gk 3 stunting 2 sdh\n"
             "< Belum disimpan. ANAK Okt/36: gizi kurang 3, stunting 2. Mohon dicek lagi: ini untuk ANAK. Kalau "
             "benar balas YA, kalau salah balas TIDAK.\n"
             "kpm> ralat: k4 9\n"
             "< Belum disimpan. IBU HAMIL Okt/36: K4 9. Mohon dicek lagi: ini untuk IBU HAMIL. Kalau benar balas YA, "
             "kalau salah balas TIDAK.\n"
             "kpm> anak 40 ganti 41\n"
             "< Belum disimpan. ANAK Okt/36: anak 41. Mohon dicek lagi: tertulis 40 GANTI 41, yang benar 41. Kalau "
             "benar balas YA, kalau salah balas TIDAK.\n"
             "kpm2> bumil bu\n"
             "< IBU HAMIL: angkanya belum terbaca. Tulis dengan angka, misalnya: IBU HAMIL 12\n"
             "kpm> paud 24 aktif 20\n"
             "< Tersimpan. PAUD Okt/36: PAUD 24, aktif 20.\n"
             "kpm> anak 40 u6 7 gk 30 gb 20\n"
             "< ANAK Okt/36 TIDAK disimpan. Mohon dicek lagi: gizi kurang 30 + gizi buruk 20 lebih dari anak 40. "
             "Kirim lagi: ANAK 40 GK (angka) GB (angka) STUNTING (angka)\n"
             "kpm2> berapa kali sehari bu?\n"
             "< Pertanyaan tidak bisa dijawab mesin ini. Tanyakan kepada petugas kecamatan atau bidan. Contoh "
             "laporan: BANTUAN IBU HAMIL\n"
             /* what a word means is answered; for the rest it is said whom to ask */
             "kpm2> bu KEK itu apa?\n"
             "< KEK: ibu hamil kurus (LILA di bawah 23,5 cm) atau berisiko tinggi. Lapor: IBU HAMIL KEK (angka). "
             "Pertanyaan lain: tanya bidan atau petugas kecamatan.\n"
             "kpm2> BANTUAN KEK\n"
             "< KEK: ibu hamil kurus (LILA di bawah 23,5 cm) atau berisiko tinggi. Lapor: IBU HAMIL KEK (angka). "
             "Pertanyaan lain: tanya bidan atau petugas kecamatan.\n"
             "! command\n"
             "kpm2> apa itu tb/pb\n"
             "< TB: anak yang diukur tinggi atau panjangnya bulan ini. Lapor: ANAK TB (angka). Pertanyaan lain: "
             "tanya bidan atau petugas kecamatan.\n"
             /* the card's long example to the letter is copied, not counted */
             "kpm2> ibu hamil 12 bersalin 2 kek 1 k4 10 fe 11 nifas 2 kg 8 kr 1 air 13 jamban 12 jkn 11\n"
             "< Belum disimpan. IBU HAMIL Okt/36: ibu hamil 12, bersalin 2, KEK 1, K4 10, FE 11, nifas 2, konseling "
             "8, kunj. rumah 1, air 13, jamban 12, JKN 11. Mohon dicek lagi: ini jumlah semuanya untuk bulan itu. "
             "Kalau benar balas YA, kalau salah balas TIDAK.\n"
             "kpm2> ya\n"
             "< Tersimpan. IBU HAMIL Okt/36: ibu hamil 12, bersalin 2, KEK 1, K4 10, FE 11, nifas 2, konseling 8, "
             "kunj. rumah 1, air 13, jamban 12, JKN 11.\n"
             "kpm2> asdf qwerty\n"
             "< Kabar hanya mesin pencatat angka, pesan ini TIDAK dibaca petugas. Ada kejadian gawat? Segera telepon "
             "bidan atau puskesmas. Mau lapor angka? Balas BANTUAN.\n");
}

static void chat_is_not_answered(void **state)
{
    (void)state;
    play("", "kpm> ok\n"
             "<\n"
             "! chat\n"
             "kpm> halo apa kabar\n"
             "< Pertanyaan tidak bisa dijawab mesin ini. Tanyakan kepada petugas kecamatan atau bidan. Contoh "
             "laporan: BANTUAN IBU HAMIL\n"
             "! unknown\n"
             "kpm> air 3 jkn 10\n"
             "< AIR 3, JKN 10 ini untuk laporan apa? Awali dengan IBU HAMIL atau ANAK. Kirim lagi: IBU HAMIL AIR 3 "
             "JKN 10\n"
             "! unknown\n"
             "kpm> h 30 k 8 m 2\n"
             "< H 30, K 8, M 2 ini untuk laporan apa? Awali dengan TIKAR. Kirim lagi: TIKAR H 30 K 8 M 2\n"
             "kpm> BANTUAN\n"
             "< Contoh: IBU HAMIL 12 KEK 1 K4 10. Laporan: IBU HAMIL, ANAK, TIKAR, PAUD, SASARAN, LAYANAN, KEGIATAN, "
             "KEJADIAN. Contoh lengkap: BANTUAN IBU HAMIL.\n"
             "! command\n"
             "kpm> TIKAR\n"
             "< Contoh: TIKAR 40 H 30 K 7 M 2 TD 1. Kalau tidak ada tulis 0, kalau belum tahu lewati.\n"
             "! report\n");
}

static void each_is_answered_in_his_language(void **state)
{
    (void)state;
    play("", "english> BUMIL 12 K4 15\n"
             "< IBU HAMIL Oct/36 NOT stored. Please check: K4 15 is more than pregnant 12. Send again: IBU HAMIL 12 "
             "K4 (number)\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_report_is_echoed),
        cmocka_unit_test(an_echo_is_no_report),
        cmocka_unit_test(what_is_taken_back_later_keeps_its_month),
        cmocka_unit_test(a_rule_rejects_with_the_senders_numbers),
        cmocka_unit_test(what_is_clean_counts_and_the_rest_is_named),
        cmocka_unit_test(a_correction_replaces_what_it_names),
        cmocka_unit_test(a_jump_is_asked_about),
        cmocka_unit_test(a_jump_may_be_a_mistake),
        cmocka_unit_test(the_last_report_can_be_taken_back),
        cmocka_unit_test(a_resent_report_gets_its_answer_again),
        cmocka_unit_test(only_people_who_are_known_are_answered),
        cmocka_unit_test(answers_are_limited),
        cmocka_unit_test(the_month_follows_the_calendar),
        cmocka_unit_test(a_refused_month_is_told_once),
        cmocka_unit_test(cek_tells_what_is_missing),
        cmocka_unit_test(skor_computes_the_card),
        cmocka_unit_test(there_is_room_for_everything_that_matters),
        cmocka_unit_test(the_answer_is_about_what_was_sent),
        cmocka_unit_test(chat_is_not_answered),
        cmocka_unit_test(each_is_answered_in_his_language),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
