/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Conversations of several people with one box: each line is who says what and the whole answer ("" none). */
#include "parsers/gsm7.h"
#include "world.h"

#define HEAD "+6281230000020"
#define TPPS "+6281230000021"
#define AIDE "+6281230000022"

static struct world world;

/* Suboh with its two villages alone, or with those whose names are like others', where nobody is registered. */
static int start(void **state, bool many)
{
    static const char *const areas[][2] = {
        {"35.12.01", "Jatibanteng"},       {"35.12.01.2003", "Sumberanyar"}, {"35.12.04", "Mlandingan"},
        {"35.12.04.2002", "Sumberanyar"},  {"35.12.03.2007", "Dawuan"},      {"35.12.07", "Situbondo"},
        {"35.12.07.1003", "Dawuhan"},      {"35.12.03.2008", "Mojodungkol"}, {"35.12.03.2009", "Mojodungkul"},
        {"35.12.03.2010", "Wringin Anom"},
    };
    struct world *w = &world;
    int64_t id;
    world_start(w, "");
    must(store_begin(w->store, &w->error));
    for (size_t i = 0; i < sizeof areas / sizeof *areas; i++)
        if (many || strncmp(areas[i][0], "35.12.03", 8) != 0)
            must(store_area_put(w->store, view_of(areas[i][0]), view_of(areas[i][1]), &id, &w->error));
    world_person(w, HEAD, "Kades", ROLE_KADES, DESA, CONTACT_ACTIVE, "id");
    world_person(w, TPPS, "TPPS", ROLE_TPPS, "35.12", CONTACT_ACTIVE, "id");
    world_person(w, AIDE, "Pendamping", ROLE_PENDAMPING, "35.12.03", CONTACT_ACTIVE, "id");
    must(store_commit(w->store, &w->error));
    *state = w;
    return 0;
}

static int setup(void **state)
{
    return start(state, true);
}

static int setup_two_villages(void **state)
{
    return start(state, false);
}

static int teardown(void **state)
{
    world_end(*state);
    return 0;
}

struct line {
    const char *who, *says, *answer;
};

static void play(struct world *w, const struct line *lines, size_t n)
{
    char answer[SMS_TEXT_MAX];
    for (size_t i = 0; i < n; i++) {
        world_pass(w, MS_HOUR);
        world_say(w, lines[i].who, lines[i].says, answer);
        if (strcmp(answer, lines[i].answer) != 0)
            fail_msg("%s> %s\nexpected: %s\n     got: %s", lines[i].who, lines[i].says, lines[i].answer, answer);
    }
}
#define PLAY(w, lines) play((w), (lines), sizeof(lines) / sizeof *(lines))

#define CARD                                                                                                           \
    "Cemara Okt-Des/36: skor 25 dari 100, 1 dari 18 indikator. bumil 25. Paling rendah: K4 3 dari 12. Belum ada: "     \
    "ANAK, "                                                                                                           \
    "TIKAR, PAUD, SASARAN."

static void skor_of_ones_own(void **state)
{
    static const struct line lines[] = {
        {KPM, "BUMIL 12 K4 3", "Tersimpan. IBU HAMIL Okt/36: ibu hamil 12, K4 3."},
        {KPM, "SKOR", CARD},
        {KADER, "skor", CARD},
        {HEAD, "Skor pak", CARD},
        {HEAD, "SKOR TW4", CARD},
        {HEAD, "SKOR TW4 36", CARD},
        {HEAD, "skor tw3",
         "Skor Cemara Jul-Sep/36 belum bisa dihitung, laporan belum masuk: IBU HAMIL, ANAK, TIKAR, PAUD, SASARAN."},
        {HEAD, "SKOR TW1 37", "Triwulan itu belum berjalan; yang terakhir Okt-Des/36."},
        {HEAD, "SKOR TW3 35",
         "Skor Cemara Jul-Sep/35 belum bisa dihitung, laporan belum masuk: IBU HAMIL, ANAK, TIKAR, PAUD, SASARAN."},
    };
    PLAY(*state, lines);
}

static void skor_of_a_village(void **state)
{
    static const struct line lines[] = {
        {KPM, "BUMIL 12 K4 3", "Tersimpan. IBU HAMIL Okt/36: ibu hamil 12, K4 3."},
        {TPPS, "SKOR Cemara", CARD},
        {AIDE, "SKOR desa cemara", CARD},
        {AIDE, "SKOR TW4 cmara", CARD},
        {TPPS, "SKOR Sumberanyar",
         "Ada lebih dari satu desa SUMBERANYAR: Sumberanyar Jatibanteng, Sumberanyar Mlandingan. Kirim SKOR dengan "
         "nama desa dan kecamatannya."},
        {TPPS, "SKOR sumberanyar mlandingan",
         "Skor Sumberanyar Okt-Des/36 belum bisa dihitung, laporan belum masuk: IBU HAMIL, ANAK, TIKAR, PAUD, "
         "SASARAN."},
        {AIDE, "SKOR sumberanyar", "Desa SUMBERANYAR tidak ditemukan di wilayah Anda. Mohon periksa namanya."},
        {TPPS, "SKOR Dawuan",
         "Skor Dawuan Okt-Des/36 belum bisa dihitung, laporan belum masuk: IBU HAMIL, ANAK, TIKAR, PAUD, SASARAN."},
        {TPPS, "SKOR Dawuhan",
         "Skor Dawuhan Okt-Des/36 belum bisa dihitung, laporan belum masuk: IBU HAMIL, ANAK, TIKAR, PAUD, SASARAN."},
        {AIDE, "SKOR Mojodungkal",
         "Ada lebih dari satu desa MOJODUNGKAL: Mojodungkol Suboh, Mojodungkul Suboh. Kirim SKOR dengan nama desa dan "
         "kecamatannya."},
        {AIDE, "SKOR wringinanom",
         "Skor Wringin Anom Okt-Des/36 belum bisa dihitung, laporan belum masuk: IBU HAMIL, ANAK, TIKAR, PAUD, "
         "SASARAN."},
        {AIDE, "SKOR atlantis", "Desa ATLANTIS tidak ditemukan di wilayah Anda. Mohon periksa namanya."},
    };
    PLAY(*state, lines);
}

static void cek_bantuan_batal(void **state)
{
    static const struct line lines[] = {
        {KPM, "BANTUAN TIKAR", "Contoh: TIKAR 40 H 30 K 7 M 2 TD 1. Kalau tidak ada tulis 0, kalau belum tahu lewati."},
        {KPM, "bantuan",
         "Contoh: IBU HAMIL 12 KEK 1 K4 10. Laporan: IBU HAMIL, ANAK, TIKAR, PAUD, SASARAN, LAYANAN, "
         "KEGIATAN, KEJADIAN. Contoh lengkap: BANTUAN IBU HAMIL."},
        {KPM, "BATAL", "Tidak ada laporan Anda yang bisa dibatalkan."},
        {KPM, "BUMIL 12 K4 3 ANAK 40", "Tersimpan. IBU HAMIL Okt/36: ibu hamil 12, K4 3.\nANAK Okt/36: anak 40."},
        {KPM, "BATAL ANAK",
         "Dibatalkan: ANAK Okt/36: anak 40. Bila perlu, kirim lagi yang benar. "
         "Tulis bulannya: OKT ANAK 40"},
        {KPM, "CEK",
         "Cemara Okt/36. Sudah masuk: IBU HAMIL 12. Belum: IBU HAMIL (belum ada BERSALIN, KEK, FE, NIFAS, KG, KR, AIR, "
         "JAMBAN, JKN), ANAK, TIKAR, PAUD, SASARAN, LAYANAN. Ditunggu sampai 20 Okt."},
        {KPM, "BATAL TIKAR", "Tidak ada laporan Anda yang bisa dibatalkan."},
        {KPM, "batal",
         "Dibatalkan: IBU HAMIL Okt/36: ibu hamil 12, K4 3. Bila perlu, kirim lagi yang benar. "
         "Tulis bulannya: OKT IBU HAMIL 12 K4 3"},
        {KPM, "cek bu",
         "Cemara Okt/36: belum ada laporan (IBU HAMIL, ANAK, TIKAR, PAUD, SASARAN, LAYANAN). Ditunggu sampai 20 Okt."},
        {KPM, "SEP BUMIL 12 K4 3", "Tersimpan. IBU HAMIL Sep/36: ibu hamil 12, K4 3."},
        {KPM, "BUMIL 120 K4 3",
         "Belum disimpan. IBU HAMIL Okt/36: ibu hamil 120, K4 3. Mohon dicek lagi: ibu hamil 120, bulan sebelumnya 12. "
         "Kalau benar balas "
         "YA, kalau salah balas TIDAK."},
        {KPM, "iya bu", "Tersimpan. IBU HAMIL Okt/36: ibu hamil 120, K4 3."},
        {KPM, "YA", "Tidak ada laporan yang menunggu jawaban YA atau TIDAK."},
        {KPM, "ok bu, terima kasih", ""},
        {KPM, "siap bu", ""},
        {HEAD, "CEK",
         "Cemara Okt/36. Sudah masuk: IBU HAMIL 120. Belum: IBU HAMIL (belum ada BERSALIN, KEK, FE, NIFAS, KG, KR, "
         "AIR, "
         "JAMBAN, JKN), ANAK, TIKAR, PAUD, SASARAN, LAYANAN. Ditunggu sampai 20 Okt."},
        {TPPS, "SKOR",
         "Situbondo Okt-Des/36: skor 3 dari 100 (turun 22 dari Jul-Sep/36), 1 dari 9 desa (0 lengkap). bumil 3. Paling "
         "rendah: "
         "K4 "
         "3 dari 120 (1/9 desa). Belum ada: ANAK, TIKAR, PAUD, SASARAN. Belum lengkap: Sumberanyar, Buduan, Dawuan, "
         "Mojodungkol, Mojodungkul, Wringin Anom, Sumberanyar, Dawuhan."},
    };
    PLAY(*state, lines);
}

/* A kecamatan or kabupaten hears of its villages, those without anyone who reports left out. */
static void cek_of_a_region(void **state)
{
    static const struct line lines[] = {
        {AIDE, "CEK",
         "Suboh Okt/36: 0 dari 2 desa sudah lengkap. Belum melapor: Cemara, Buduan. Ditunggu sampai 20 Okt."},
        {TPPS, "cek pak",
         "Situbondo Okt/36: 0 dari 2 desa sudah melapor. Belum melapor: Suboh 2. Ditunggu sampai 20 Okt."},
        {KADER, "ANAK 40 BB 30", "Tersimpan. ANAK Okt/36: anak 40, BB 30."},
        {AIDE, "CEK",
         "Suboh Okt/36: 0 dari 2 desa sudah lengkap. Belum lengkap: Cemara. Belum melapor: Buduan. Ditunggu sampai 20 "
         "Okt."},
        {TPPS, "CEK", "Situbondo Okt/36: 1 dari 2 desa sudah melapor. Belum melapor: Suboh 1. Ditunggu sampai 20 Okt."},
        {KPM, "BUMIL 12", "Tersimpan. IBU HAMIL Okt/36: ibu hamil 12."},
        {KPM, "TIKAR 40", "Tersimpan. TIKAR Okt/36: jumlah 40."},
        {KPM, "PAUD 30", "Tersimpan. PAUD Okt/36: PAUD 30."},
        {KPM, "SASARAN 52", "Tersimpan. SASARAN Okt/36: rumah tangga 52."},
        {KPM_TWO, "BUMIL 12", "Tersimpan. IBU HAMIL Okt/36: ibu hamil 12."},
        {AIDE, "status", "Suboh Okt/36: 1 dari 2 desa sudah lengkap. Belum lengkap: Buduan. Ditunggu sampai 20 Okt."},
        {AIDE, "BUMIL 12",
         "Laporan TIDAK disimpan: Anda terdaftar untuk seluruh Suboh, bukan satu desa. Anda bisa kirim CEK, SKOR, "
         "atau SKOR dengan nama desa."},
        {AIDE, "bantuan",
         "CEK: desa yang belum melapor. SKOR: skor wilayah Anda. SKOR dan nama desa: skor desa itu. Triwulan lain: "
         "SKOR "
         "TW3 dan nama desa."},
        {TPPS, "CEK", "Situbondo Okt/36: semua 2 desa sudah melapor. Terima kasih."},
    };
    PLAY(*state, lines);
}

/* However many villages there are, it is two SMS. */
static void cek_of_a_large_region_fits(void **state)
{
    struct world *w = *state;
    char answer[SMS_TEXT_MAX], code[AREA_CODE_MAX], name[NAME_MAX_BYTES], phone[MSISDN_MAX];
    int64_t id;
    must(store_begin(w->store, &w->error));
    for (int i = 0; i < 80; i++) {
        (void)snprintf(code, sizeof code, "35.12.03.21%02d", i);
        (void)snprintf(name, sizeof name, "Wringin Anom Wetan %02d", i);
        (void)snprintf(phone, sizeof phone, "+6281230000%03d", 100 + i);
        must(store_area_put(w->store, view_of(code), view_of(name), &id, &w->error));
        world_person(w, phone, "Siti", ROLE_KPM, code, CONTACT_ACTIVE, "id");
    }
    must(store_commit(w->store, &w->error));
    world_say(w, AIDE, "CEK", answer);
    assert_true(sms_parts(view_of(answer)) <= 2);
    assert_non_null(strstr(answer, "lengkap 0/82 desa. Belum melapor: Cemara, Buduan, Wringin Anom Wetan 00"));
    assert_non_null(strstr(answer, " lagi."));
    world_say(w, TPPS, "CEK", answer);
    assert_string_equal(
        answer, "Situbondo Okt/36: 0 dari 82 desa sudah melapor. Belum melapor: Suboh 82. Ditunggu sampai 20 Okt.");
}

static void cek_counts_what_all_posyandu_sent(void **state)
{
    static const struct line lines[] = {
        {KADER, "ANAK 40 BB 30", "Tersimpan. ANAK Okt/36: anak 40, BB 30."},
        {KPM, "CEK",
         "Cemara Okt/36. Sudah masuk: ANAK 40. Belum: IBU HAMIL, TIKAR, PAUD, SASARAN, LAYANAN. Ditunggu "
         "sampai 20 Okt."},
    };
    PLAY(*state, lines);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(skor_of_ones_own, setup, teardown),
        cmocka_unit_test_setup_teardown(skor_of_a_village, setup, teardown),
        cmocka_unit_test_setup_teardown(cek_bantuan_batal, setup, teardown),
        cmocka_unit_test_setup_teardown(cek_of_a_region, setup_two_villages, teardown),
        cmocka_unit_test_setup_teardown(cek_of_a_large_region_fits, setup_two_villages, teardown),
        cmocka_unit_test_setup_teardown(cek_counts_what_all_posyandu_sent, setup_two_villages, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
