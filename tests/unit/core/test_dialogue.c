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
             "< IBU HAMIL Okt/36: ibu hamil 12, K4 3.\n"
             "! report\n"
             "= IBU_HAMIL 2036-10 HAMIL=12 K4=3 FE=-\n"
             "kader> TIKAR 40 H 30 K 8 M 2\n"
             "< TIKAR Okt/36: diukur 40, hijau 30, kuning 8, merah 2.\n"
             "=posyandu TIKAR 2036-10 UKUR=40 H=30\n"
             "= TIKAR 2036-10 UKUR=-\n"
             "kpm> bumil 12 k4 3 bln 9 anak 1200 bb 38\n"
             "< IBU HAMIL Sep/36: ibu hamil 12, K4 3.\\nANAK Okt/36: anak 1.200, BB 38.\n");
}

static void a_rule_rejects_with_the_senders_numbers(void **state)
{
    (void)state;
    play("", "kpm> IBU HAMIL 12 K4 15\n"
             "< IBU HAMIL Okt/36 TIDAK disimpan. Mohon dicek: K4 15 lebih dari ibu hamil 12. "
             "Kirim lagi, contoh: IBU HAMIL 12 K4 10\n"
             "! report\n"
             "= IBU_HAMIL 2036-10 HAMIL=- K4=-\n"
             "kpm> BUMIL 12 K4 15 FE 14\n"
             "< IBU HAMIL Okt/36 TIDAK disimpan. Mohon dicek: K4 15 lebih dari ibu hamil 12; "
             "FE 14 lebih dari ibu hamil 12. Kirim lagi, contoh: IBU HAMIL 12 K4 10 FE 11\n");
}

static void what_is_clean_counts_and_the_rest_is_named(void **state)
{
    (void)state;
    play("", "kpm> bumil 12 k4 3 xyz 4\n"
             "< IBU HAMIL Okt/36: ibu hamil 12, K4 3. Tidak dikenal: XYZ.\n"
             "= IBU_HAMIL 2036-10 HAMIL=12 K4=3\n"
             "kpm> BUMIL XYZ 4\n"
             "< IBU HAMIL Okt/36 TIDAK disimpan. Tidak dikenal: XYZ. "
             "Kirim lagi, contoh: IBU HAMIL 12 KEK 1 K4 10\n"
             /* what is stored needs no repeating, and a correction names its month where it is another */
             "kpm> bumil 12 k4 fe 12,5 kg 8\n"
             "< IBU HAMIL Okt/36: ibu hamil 12, konseling 8. Belum ada angkanya: K4. Angka tidak terbaca: FE 12,5. "
             "Contoh: IBU HAMIL K4 10 FE 11\n"
             "kpm> sep bumil 12 k4\n"
             "< IBU HAMIL Sep/36: ibu hamil 12. Belum ada angkanya: K4 (0 bila tidak ada). "
             "Kirim lagi, contoh: Sep IBU HAMIL K4 10\n");
}

static void a_correction_replaces_what_it_names(void **state)
{
    (void)state;
    play("", "kpm> IBU HAMIL 12 K4 3 FE 10\n"
             "kpm> BUMIL K4 4\n"
             "< IBU HAMIL Okt/36: K4 4.\n"
             "= IBU_HAMIL 2036-10 HAMIL=12 K4=4 FE=10\n"
             /* rules see what is stored */
             "kpm> BUMIL K4 13\n"
             "< IBU HAMIL Okt/36 TIDAK disimpan. Mohon dicek: K4 13 lebih dari ibu hamil 12. "
             "Kirim lagi, contoh: IBU HAMIL 12 K4 10\n"
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
             "< IBU HAMIL Okt/36: ibu hamil 120, K4 3. Mohon dicek: ibu hamil 120, bulan sebelumnya 12. "
             "Kalau benar balas YA, kalau salah balas TIDAK.\n"
             "= IBU_HAMIL 2036-10 HAMIL=- K4=-\n"
             /* more than YA is no answer, and is told what is one */
             "kpm> ya bu betul segitu\n"
             "< IBU HAMIL Okt/36 (ibu hamil 120, K4 3) masih menunggu jawaban. Kalau benar balas YA saja, kalau salah "
             "balas TIDAK saja.\n"
             "! unknown\n"
             /* what is added to it waits with it */
             "kpm> air 3 jkn 10\n"
             "<* ibu hamil 120, K4 3, air 3, JKN 10\n"
             "= IBU_HAMIL 2036-10 HAMIL=- AIR=-\n"
             "kpm> YA\n"
             "< Baik, disimpan. IBU HAMIL Okt/36: ibu hamil 120, K4 3, air 3, JKN 10.\n"
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
             "< Baik, IBU HAMIL Okt/36 tidak disimpan. Silakan kirim ulang angka yang benar.\n"
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
             "~ 2036-10-16T09:00:00+07:00\nkpm> YA bu\n< Baik, disimpan. IBU HAMIL Sep/36: ibu hamil 120.\n"
             "= IBU_HAMIL 2036-09 HAMIL=120\n");
}

static void the_last_report_can_be_taken_back(void **state)
{
    (void)state;
    play("", "kpm> BUMIL 12 K4 3\n"
             "kpm> BUMIL 12 K4 10\n"
             "kpm> ANAK 40 BB 38\n"
             "kpm> BATAL\n"
             "< Dibatalkan: ANAK Okt/36: anak 40, BB 38. Bila perlu kirim ulang yang benar.\n"
             "= ANAK 2036-10 ANAK=- BB=-\n"
             /* asked again because the answer is late: the same answer, and nothing more is taken back */
             "kpm> BATAL\n"
             "< Dibatalkan: ANAK Okt/36: anak 40, BB 38. Bila perlu kirim ulang yang benar.\n"
             "= IBU_HAMIL 2036-10 K4=10\n"
             "kpm> BATAL BUMIL\n"
             "< Dibatalkan: IBU HAMIL Okt/36: ibu hamil 12, K4 10. Bila perlu kirim ulang yang benar.\n"
             "= IBU_HAMIL 2036-10 HAMIL=12 K4=3\n"
             "kpm2> BATAL\n"
             "< Tidak ada laporan Anda yang bisa dibatalkan.\n");
}

static void a_resent_report_gets_its_answer_again(void **state)
{
    (void)state;
    play("", "kpm> BUMIL 12 K4 3\n"
             "< IBU HAMIL Okt/36: ibu hamil 12, K4 3.\n"
             "kpm> BUMIL 12 K4 3\n"
             "< IBU HAMIL Okt/36: ibu hamil 12, K4 3.\n"
             "kpm> BUMIL 12 K4 3\n"
             "<\n"
             "! over_limit\n"
             "+ 2h\n"
             "kpm> BUMIL K4 4\n"
             "kpm> BUMIL 12 K4 3\n" /* not a repetition: something came in between */
             "< IBU HAMIL Okt/36: ibu hamil 12, K4 3.\n"
             "= IBU_HAMIL 2036-10 K4=3\n");
    /* however often BATAL comes within the hour, it takes back once */
    play("", "kpm> BUMIL 12\nkpm> ANAK 40\nkpm> TIKAR 40\nkpm> BATAL\nkpm> BATAL\nkpm> BATAL\nkpm> BATAL\nkpm> BATAL\n"
             "= IBU_HAMIL 2036-10 HAMIL=12\n= ANAK 2036-10 ANAK=40\n= TIKAR 2036-10 UKUR=-\n");
    /* the same words of three months, read from the SIM at once, are three reports; so are three questions */
    play("", "~ 2036-08-15T09:00:00+07:00\nkpm> BUMIL 12 K4 3\n< IBU HAMIL Agu/36: ibu hamil 12, K4 3.\n"
             "~ 2036-09-15T09:00:00+07:00\nkpm> BUMIL 12 K4 3\n< IBU HAMIL Sep/36: ibu hamil 12, K4 3.\n"
             "~ 2036-10-15T09:00:00+07:00\nkpm> BUMIL 12 K4 3\n< IBU HAMIL Okt/36: ibu hamil 12, K4 3.\n! report\n"
             "= IBU_HAMIL 2036-08 K4=3\n= IBU_HAMIL 2036-09 K4=3\n= IBU_HAMIL 2036-10 K4=3\n");
    /* what a stranger sent counts when he sends it again as a registered person */
    play("", "pending> BUMIL 12 K4 3\n= IBU_HAMIL 2036-10 HAMIL=-\n"
             "* pending\n"
             "pending> BUMIL 12 K4 3\n< IBU HAMIL Okt/36: ibu hamil 12, K4 3.\n= IBU_HAMIL 2036-10 HAMIL=12\n");
}

/* The example in an answer that comes back, from a phone that echoes or a person who forwards, is nobody's report. */
static void an_echo_is_no_report(void **state)
{
    (void)state;
    static const char answer[] = "IBU HAMIL Okt/36 TIDAK disimpan. Mohon dicek: K4 15 lebih dari ibu hamil 12. "
                                 "Kirim lagi, contoh: IBU HAMIL 12 K4 10";
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
             "< IBU HAMIL Okt/36: ibu hamil 14, K4 3.\n"
             "@ 2036-11-10T09:00:00+07:00\n"
             "kpm> BATAL\n"
             "< Dibatalkan: IBU HAMIL Okt/36: ibu hamil 14, K4 3. Bila perlu kirim ulang yang benar. "
             "Tulis bulannya: OKT IBU HAMIL 14 K4 3\n"
             "kpm> OKT IBU HAMIL 14 K4 3\n"
             "< IBU HAMIL Okt/36: ibu hamil 14, K4 3.\n"
             "= IBU_HAMIL 2036-10 HAMIL=14 K4=3\n"
             "= IBU_HAMIL 2036-11 HAMIL=-\n"
             /* in the first days a message without a month may count for either */
             "@ 2036-12-03T09:00:00+07:00\n"
             "kpm> DES ANAK 40\n"
             "kpm> BATAL\n"
             "< Dibatalkan: ANAK Des/36: anak 40. Bila perlu kirim ulang yang benar. Tulis bulannya: DES ANAK 40\n"
             "kpm> posyandu mawar nov anak 12 bb 10\n"
             "kpm> BATAL ANAK\n"
             "< Posyandu Mawar\\nDibatalkan: ANAK Nov/36: anak 12, BB 10. Bila perlu kirim ulang yang benar. "
             "Tulis bulannya: Posyandu Mawar\\nNOV ANAK 12 BB 10\n"
             "kpm> Posyandu Mawar\\nNOV ANAK 12 BB 10\n"
             "=posyandu ANAK 2036-11 ANAK=12 BB=10\n"
             /* a question that is answered in the next month */
             "kpm2> NOV BUMIL 12\n"
             "kpm2> DES BUMIL 120\n"
             "@ 2036-12-04T09:00:00+07:00\n"
             "kpm2> TIDAK\n"
             "< Baik, IBU HAMIL Des/36 tidak disimpan. Silakan kirim ulang angka yang benar. "
             "Tulis bulannya: DES IBU HAMIL 120\n");
    play("accept_months_back = 20;", "kpm> SEP 2035 BUMIL 12\n"
                                     "kpm> BATAL\n"
                                     "< Dibatalkan: IBU HAMIL Sep/35: ibu hamil 12. Bila perlu kirim ulang yang benar. "
                                     "Tulis bulannya: SEP 2035 IBU HAMIL 12\n");
}

static void only_people_who_are_known_are_answered(void **state)
{
    (void)state;
    play("", "stranger> BUMIL 12 K4 3\n"
             "< HP Anda belum terdaftar di Kabar. Silakan hubungi petugas kecamatan.\n"
             "! unregistered\n"
             "stranger> halo\n"
             "<\n"
             "+ 29d\n"
             "stranger> halo?\n"
             "<\n"
             "+ 2d\n"
             "stranger> halo\n"
             "< HP Anda belum terdaftar di Kabar. Silakan hubungi petugas kecamatan.\n"
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
             "< HP Anda belum terdaftar di Kabar. Silakan hubungi petugas kecamatan.\n"
             "! unregistered\n"
             "noarea> BUMIL 12\n"
             "< Desa Anda belum tercatat di Kabar. Silakan hubungi petugas kecamatan.\n"
             "! unknown\n"
             "= IBU_HAMIL 2036-10 HAMIL=-\n");
    /* a change of number is asked for from the new one; from the old one the operator sees it, too */
    play("", "kpm> GANTI NOMOR 081230000077\n"
             "< Ganti HP: dari HP yang BARU kirim GANTI HP, lalu angka HP yang lama. "
             "Petugas kecamatan memeriksanya dulu.\n"
             "! unknown\n"
             "kpm> Ganti hp?\n"
             "< Ganti HP: dari HP yang BARU kirim GANTI HP, lalu angka HP yang lama. "
             "Petugas kecamatan memeriksanya dulu.\n"
             "stranger> Ganti nomor 081230000088\n"
             "< Permintaan ganti HP diterima. Petugas kecamatan memeriksanya dulu.\n");
    play("unknown_sender = \"silent\";", "stranger> BUMIL 12 K4 3\n<\n! unregistered\n");
    play("own_numbers = ( \"" KPM "\" );", "kpm> BUMIL 12\n<\n! unanswerable\n");
}

static void answers_are_limited(void **state)
{
    (void)state;
    play("replies_number_hour = 3; replies_number_day = 5;",
         "kpm> BUMIL 1\nkpm> BUMIL 2\nkpm> BUMIL 3\n< IBU HAMIL Okt/36: ibu hamil 3.\n"
         "kpm> BUMIL 4\n<\n! over_limit\n= IBU_HAMIL 2036-10 HAMIL=4\n" /* it counts all the same */
         "kpm2> BUMIL 5\n< IBU HAMIL Okt/36: ibu hamil 5.\n"
         "+ 61m\n"
         "kpm> BUMIL 6\n< IBU HAMIL Okt/36: ibu hamil 6.\n"
         "kpm> BUMIL 7\n< IBU HAMIL Okt/36: ibu hamil 7.\n"
         "kpm> BUMIL 8\n<\n"
         "+ 25h\n"
         "kpm> BUMIL 9\n< IBU HAMIL Okt/36: ibu hamil 9.\n");
    play("replies_box_hour = 2;", "kpm> BUMIL 1\nkpm2> BUMIL 2\n< IBU HAMIL Okt/36: ibu hamil 2.\n"
                                  "kader> BUMIL 3\n<\n! over_limit\n");
}

static void the_month_follows_the_calendar(void **state)
{
    (void)state;
    play("", "@ 2036-11-03T09:00:00+07:00\n"
             "kpm> BUMIL 12\n"
             "< IBU HAMIL Okt/36: ibu hamil 12.\n" /* the first days: still due */
             "kpm> BUMIL 13\n"
             "< IBU HAMIL Okt/36: ibu hamil 13.\n" /* what follows goes on with it */
             "kpm> ANAK 40\n"
             "< ANAK Okt/36: anak 40.\n"
             "@ 2036-11-05T09:00:00+07:00\n"
             "kpm> BUMIL 13\n"
             "< IBU HAMIL Nov/36: ibu hamil 13.\n" /* it has come, two days ago */
             "@ 2036-11-06T09:00:00+07:00\n"
             "kpm2> BUMIL 12\n"
             "< IBU HAMIL Nov/36: ibu hamil 12.\n"
             "kpm2> BLN 12 BUMIL 12\n"
             "< IBU HAMIL Des/35 TIDAK disimpan. Bulan itu sudah lewat batas, paling lama Agu/36. "
             "Hubungi petugas kecamatan. Kirim lagi, contoh: Nov IBU HAMIL 12 KEK 1 K4 10\n"
             /* midnight in the village is not midnight in Greenwich */
             "@ 2036-11-30T17:30:00Z\n"
             "kpm2> BLN 12 BUMIL 14\n"
             "< IBU HAMIL Des/36: ibu hamil 14.\n");
}

static void a_refused_month_is_told_once(void **state)
{
    (void)state;
    play("",
         "kpm> BLN 13 bumil 12 anak 40 bb x tikar 30\n"
         "< IBU HAMIL, TIKAR TIDAK disimpan. Bulan tidak terbaca: BLN 13. "
         "Kirim lagi, contoh: Okt IBU HAMIL 12 KEK 1 K4 10\\n"
         "ANAK TIDAK disimpan. Bulan tidak terbaca: BLN 13. Angka tidak terbaca: BB X (angka bulat, 0 sampai 9.999). "
         "Kirim lagi, contoh: Okt ANAK 40 BB 31\n"
         "kpm> nov 2036 bumil 12 anak 40\n"
         "< IBU HAMIL, ANAK Nov/36 TIDAK disimpan. Bulan itu belum tiba, paling baru Okt/36. "
         "Kirim lagi, contoh: Okt IBU HAMIL 12 KEK 1 K4 10\n"
         "kpm> 13/2036 bumil 12\n"
         "< IBU HAMIL TIDAK disimpan. Bulan tidak terbaca: 13/'36. "
         "Kirim lagi, contoh: Okt IBU HAMIL 12 KEK 1 K4 10\n"
         "kpm> bumil 12 fe \xc2\xb1"
         "10\n"
         "< IBU HAMIL Okt/36: ibu hamil 12. Angka tidak terbaca: FE +-10 (angka bulat, 0 sampai 9.999). "
         "Kirim lagi, contoh: IBU HAMIL FE 11\n");
}

static void cek_tells_what_is_missing(void **state)
{
    (void)state;
    play("",
         "kpm> CEK\n"
         "< Cemara Okt/36. Belum ada laporan. Ditunggu sampai 20 Okt: IBU HAMIL, ANAK, TIKAR, PAUD, SASARAN.\n"
         "! command\n"
         "kpm> SASARAN 491\nkpm> PAUD 30\nkpm> TIKAR 40 H 30 K 8 M 2 TD 0\n"
         "+ 2h\n"
         "kpm> CEK\n"
         "< Cemara Okt/36. Sudah masuk: TIKAR 40, PAUD 30, SASARAN 491. "
         "Belum: IBU HAMIL, ANAK, PAUD (kurang AKTIF). Ditunggu sampai 20 Okt.\n"
         "kader> CEK\n"
         "< Posyandu Mawar Okt/36. Belum ada laporan. Ditunggu sampai 20 Okt: IBU HAMIL, ANAK, TIKAR, PAUD, SASARAN.\n"
         "operator> CEK\n"
         "< box-03: masuk 7, belum terbaca 0, antre 6, gagal 0, sinyal -.\n");
}

static void skor_computes_the_card(void **state)
{
    (void)state;
    play("", "kpm> SKOR\n"
             "< Skor Cemara TW4/36 belum bisa dihitung, laporan belum masuk: IBU HAMIL, ANAK, TIKAR, PAUD, SASARAN.\n"
             "kpm> BUMIL 27 BERSALIN 7 KEK 2 K4 27 FE 27 NIFAS 7 KG 8 KR 0 AIR 34 JAMBAN 34 JKN 31\n"
             "+ 2h\n"
             "operator> SKOR CEMARA\n"
             "< Cemara TW4/36: konvergensi 87,50%, 8 dari 18 indikator. bumil 87,50%. Terendah: kunj rumah KEK 0/2, "
             "konseling bumil 8/27, JKN bumil 31/34. Belum ada: ANAK, TIKAR, PAUD, SASARAN.\n"
             "operator> SKOR atlantis\n"
             "< Desa ATLANTIS tidak ditemukan di wilayah Anda. Mohon periksa namanya.\n"
             /* others see their own only, whatever they call it */
             "kpm2> SKOR CEMARA\n"
             "< Kirim SKOR saja untuk desa Anda. Skor desa lain hanya untuk petugas kecamatan.\n"
             "kpm2> SKOR atlantis\n"
             "< Kirim SKOR saja untuk desa Anda. Skor desa lain hanya untuk petugas kecamatan.\n"
             "kpm2> SKOR TW4 desa buduan suboh\n"
             "< Skor Buduan TW4/36 belum bisa dihitung, laporan belum masuk: IBU HAMIL, ANAK, TIKAR, PAUD, SASARAN.\n"
             "kader> skor tw iii cemra\n"
             "< Skor Cemara TW3/36 belum bisa dihitung, laporan belum masuk: IBU HAMIL, ANAK, TIKAR, PAUD, SASARAN.\n"
             "kpm> skor tw9\n"
             "< Triwulan hanya 1 sampai 4. Contoh: SKOR TW3\n"
             "kpm> skor tw 5/36\n"
             "< Triwulan hanya 1 sampai 4. Contoh: SKOR TW3\n"
             "kpm> BATAL\n"
             "kader> SKOR\n"
             "< Skor Cemara TW4/36 belum bisa dihitung, laporan belum masuk: IBU HAMIL, ANAK, TIKAR, PAUD, SASARAN.\n");
}

static void there_is_room_for_everything_that_matters(void **state)
{
    (void)state;
    play("", "kpm> Bumil 12 k4 3 anak 40 bb 38 tikar 40 h 30 k 8 m 2 paud 30 aktif 25 sasaran 52\n"
             "< IBU HAMIL Okt/36: HAMIL 12, K4 3.\\nANAK Okt/36: ANAK 40, BB 38.\\n"
             "TIKAR Okt/36: UKUR 40, H 30, K 8, M 2.\\nPAUD Okt/36: PAUD 30, AKTIF 25.\\nSASARAN Okt/36: RT 52.\n"
             "kpm> bumil 12 k4 15 anak 40 bb 48 tikar 40 h 30 k 8 m 3 paud 30 aktif 35 sasaran 52\n"
             "< IBU HAMIL Okt/36 TIDAK disimpan. K4 15 lebih dari ibu hamil 12.\\n"
             "ANAK Okt/36 TIDAK disimpan. BB 48 lebih dari anak 40.\\n"
             "TIKAR Okt/36 TIDAK disimpan. hijau 30 + kuning 8 + merah 3 + tidak diukur 0 tidak sama "
             "dengan jumlah 40.\\nTidak disimpan: PAUD.\\nDisimpan juga: SASARAN.\n"
             "kpm> ANAK 147 U6 27 IDL 120 BB 120 TB 120 KG 120 KGL 0 GK 30 GB 5 STUNTING 15 KR 50 AIR 147 "
             "JAMBAN 140 AKTA 130 JKN 125 ASUH 110\n"
             "< ANAK Okt/36: ANAK 147, U6 27, IDL 120, BB 120, TB 120, KG 120, KGL 0, GK 30, GB 5, STUNTING 15, "
             "KR 50, AIR 147, JAMBAN 140, AKTA 130, JKN 125, ASUH 110.\n");
}

static void chat_is_not_answered(void **state)
{
    (void)state;
    play("", "kpm> ok\n<\n! chat\n"
             "kpm> halo apa kabar\n"
             "< Maaf, pesan belum bisa dibaca. Contoh: IBU HAMIL 12 KEK 1 K4 10. Laporan: IBU HAMIL, ANAK, "
             "TIKAR, PAUD, SASARAN. Ketik BANTUAN untuk penjelasan.\n! unknown\n"
             "kpm> air 3 jkn 10\n"
             "< AIR, JKN: laporan apa? Awali dengan IBU HAMIL, ANAK, TIKAR, PAUD, SASARAN. "
             "Contoh: IBU HAMIL 12 AIR 13 JKN 11\n"
             "! unknown\n"
             "kpm> h 30 k 8 m 2\n"
             "< H, K, M: laporan apa? Awali dengan IBU HAMIL, ANAK, TIKAR, PAUD, SASARAN. "
             "Contoh: TIKAR 40 H 30 K 7 M 2\n"
             "kpm> BANTUAN\n"
             "< Contoh: IBU HAMIL 12 KEK 1 K4 10. Laporan: IBU HAMIL, ANAK, TIKAR, PAUD, SASARAN. "
             "Contoh lengkap: BANTUAN IBU HAMIL. Lainnya: CEK, SKOR, BATAL.\n! command\n"
             "kpm> TIKAR\n"
             "< Contoh: TIKAR 40 H 30 K 7 M 2 TD 1. Tidak ada: tulis 0. Belum tahu: lewati.\n! report\n");
}

static void each_is_answered_in_his_language(void **state)
{
    (void)state;
    play("", "english> BUMIL 12 K4 15\n"
             "< IBU HAMIL Oct/36 NOT stored. Please check: K4 15 is more than pregnant 12. "
             "Send again, like: IBU HAMIL 12 K4 10\n");
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
        cmocka_unit_test(chat_is_not_answered),
        cmocka_unit_test(each_is_answered_in_his_language),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
