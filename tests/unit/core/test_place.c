/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A posyandu named in a message: whose numbers they are, and that nobody's are guessed. */
#include "dialogue.h"

#define MELATI_1 DESA "/02"
#define MELATI_2 DESA "/03"
#define KASIH    DESA "/04"

static struct world world, *const w = &world;

static int start(void **state)
{
    static const char *const posyandu[][2] = {
        {MELATI_1, "Posyandu Melati 1"}, {MELATI_2, "Posyandu Melati 2"},         {KASIH, "KASIH IBU"},
        {DESA "/05", "Posyandu 7"},      {"35.12.03.2002/01", "Posyandu Dahlia"},
    };
    int64_t id;
    (void)state;
    world_start(w, "");
    must(store_begin(w->store, &w->error));
    for (size_t i = 0; i < sizeof posyandu / sizeof *posyandu; i++)
        must(store_area_put(w->store, view_of(posyandu[i][0]), view_of(posyandu[i][1]), &id, &w->error));
    must(store_commit(w->store, &w->error));
    return 0;
}

static int end(void **state)
{
    (void)state;
    world_end(w);
    return 0;
}

/* What a message is for, "-" where it is refused: asked of the database by the number that it holds. */
static const char *area_of(const char *form, const char *key, int value)
{
    static const char *const codes[] = {DESA,     DESA "/01", DESA "/05",      MELATI_1,
                                        MELATI_2, KASIH,      "35.12.03.2002", "35.12.03.2002/01"};
    const char *found = "-";
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        if (world_value(w, codes[i], "2036-10", form, key) == value) {
            assert_string_equal(found, "-");
            found = codes[i];
        }
    }
    return found;
}

static const struct {
    const char *from, *text, *area;
} cases[] = {
    {KPM, "POSYANDU MELATI 2 ANAK %d BB 10", MELATI_2},
    {KADER, "posyandu melati 2: anak %d bb 10", MELATI_2},
    {KADER, "Posyandu Mawar anak %d", DESA "/01"},
    {KPM, "posyandu mawar\nanak %d bb 10", DESA "/01"},
    {KPM, "Posyandu: Mawar. Anak %d", DESA "/01"},
    {KPM, "posyandu melati2 anak %d", MELATI_2},
    {KPM, "posy. Melati 1 bln ini anak %d bb 10", MELATI_1},
    {KPM, "posiandu melati 1 anak %d bb 10", MELATI_1},
    {KPM, "kader posyandu melati 1, anak %d bb 10", MELATI_1},
    {KPM, "Posyandu Mawar Cemara anak %d bb 10", DESA "/01"},
    {KPM, "Posyandu Mawar desa Cemara kec Suboh anak %d bb 10", DESA "/01"},
    {KPM, "Posyandu Mawar dusun Krajan RT 02 anak %d bb 10", DESA "/01"},
    {KPM, "posyandu kasih ibu anak %d bb 10", KASIH},
    {KPM, "posyandu mawar bu, anak %d bb 10", DESA "/01"},
    {KPM, "Ass bu, lapor posyandu Mawar hari ini anak %d bb 10", DESA "/01"},
    {KPM, "anak %d posyandu mawar bb 10", DESA "/01"},
    {KPM, "anak %d bb 10 posyandu melati 2", MELATI_2},
    {KPM, "posyandu mawar anak %d bb 10 -kader posyandu mawar", DESA "/01"},
    /* the bare name before the form */
    {KPM, "Melati 2 anak %d bb 10", MELATI_2},
    {KPM, "MELATI 1:\nanak %d bb 10", MELATI_1},
    {KPM, "Ass bu, lapor mawar anak %d bb 10", DESA "/01"},
    {KPM, "bln ini mawar, anak %d bb 10", DESA "/01"},
    {KPM, "melati 3 anak %d bb 10", DESA},
    {KPM, "gang 7 anak %d bb 10", DESA},
    {KPM, "posyandu 7 anak %d bb 10", DESA "/05"},
    {KPM, "kader mawar anak %d bb 10", DESA},
    {KPM, "cemara anak %d bb 10", DESA},
    {KPM, "anak %d bb 10 mawar", DESA},
    {KPM, "mawar anak %d bb 10 posyandu melati 2", "-"},
    {KPM, "mawar anak %d bb 10 posyandu mawar", DESA "/01"},
    /* none is named: the sender's own */
    {KPM, "Laporan posyandu\nanak %d bb 10", DESA},
    {KPM, "Laporan posyandu bulan ini: anak %d bb 10", DESA},
    {KPM, "posyandu ramai, anak %d bb 10", DESA},
    {KPM, "anak %d bb 10. Posyandu besok libur ya bu", DESA},
    {KPM, "desa cemara anak %d bb 10", DESA},
    {KADER, "desa cemara anak %d bb 10", DESA "/01"},
    {KPM, "bu kepala desa buduan bilang anak %d bb 10", DESA},
    {KPM, "rapat di balai desa, anak %d bb 10", DESA},
    /* asked back */
    {KPM, "posyandu melati anak %d bb 10", "-"},
    {KPM, "posyandu melati 3 anak %d bb 10", "-"},
    {KPM, "posyandu mawr anak %d bb 10", "-"},
    {KPM, "posyandu anggrek merah anak %d bb 10", "-"},
    {KPM, "posyandu dahlia anak %d bb 10", "-"},
    {KADER, "posyandu mawar 3 anak %d bb 10", "-"},
    {KPM, "anak %d bb 10 posyandu anggrek", "-"},
    {KPM, "posyandu mawar dan melati 2 anak %d bb 10", "-"},
    {KPM, "melati 1, mawar: anak %d bb 10", "-"},
    {KPM, "anak %d bb 10 mawar, tikar 40 h 30 k 8 m 2 posyandu melati 2. posyandu mawar", "-"},
    {KADER, "semua posyandu anak %d bb 10", "-"},
    /* all of them together: the village's own */
    {KPM, "gabungan posyandu Mawar dan Melati 2 anak %d bb 10", DESA},
    {KPM, "laporan semua posyandu: anak %d bb 10", DESA},
    {KPM, "2 pos digabung anak %d bb 10", DESA},
    {KPM, "semua posyandu mawar anak %d bb 10", DESA "/01"},
    /* each part its own */
    {KPM, "posyandu mawar anak %d. posyandu melati 2 tikar 40", DESA "/01"},
    {KPM, "Melati 1: tikar 40. Mawar: anak %d bb 10", DESA "/01"},
    {KPM, "mawar anak 12\nmelati 2 anak %d bb 10\nposyandu kasih ibu anak 9", MELATI_2},
    {KPM, "mawar anak 12, anggrek tikar 14, melati 2 anak %d", "-"},
    {KPM, "desa buduan anak %d bb 10", "-"},
    {KPM, "Buduan anak %d bb 10", "-"}, /* the bare name of another village */
    {KADER, "buduan: anak %d bb 10", "-"},
    {KPM, "Cemara buduan anak %d bb 10", "-"},
    {KADER, "posyandu mawar desa buduan anak %d bb 10", "-"},
    {KPM_TWO, "posyandu dahlia anak %d bb 10", "35.12.03.2002/01"},
};

static void a_name_picks_the_posyandu(void **state)
{
    char text[200], answer[SMS_TEXT_MAX];
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int value = 20 + (int)i;
        const char *place = strstr(cases[i].text, "%d");
        (void)snprintf(text, sizeof text, "%.*s%d%s", (int)(place - cases[i].text), cases[i].text, value, place + 2);
        world_say(w, cases[i].from, text, answer);
        const char *area = area_of("ANAK", "ANAK", value);
        if (strcmp(area, cases[i].area) != 0)
            fail_msg("%s\n%s\nis for %s, not %s", text, answer, area, cases[i].area);
        assert_int_equal(w->outcome, strcmp(area, "-") == 0 ? MO_UNKNOWN : MO_REPORT);
        world_pass(w, MS_MINUTE);
    }
}

static void the_answer_says_which(void **state)
{
    (void)state;
    dialogue_play(
        w, "kpm> POSYANDU MELATI 2 ANAK 12 BB 10\n"
           "< Tersimpan. Posyandu Melati 2\\nANAK Okt/36: anak 12, BB 10.\n"
           "kpm> anak 12 bb 10 posyandu melati 2\n"
           "< Tersimpan. Posyandu Melati 2\\nANAK Okt/36: anak 12, BB 10.\n"
           "kader> anak 14\n"
           "< Tersimpan. ANAK Okt/36: anak 14.\n"
           "kpm> posyandu melati anak 12 bb 10\n"
           "< Laporan TIDAK disimpan: posyandu MELATI tidak ada di desa Cemara. Maksudnya Melati 1 atau Melati 2? "
           "Kirim lagi dengan nama itu.\n"
           "! unknown\n"
           "kpm> posyandu anggrek anak 12 bb 10\n"
           "< Laporan TIDAK disimpan: posyandu ANGGREK tidak ada di desa Cemara. Yang ada: Mawar, Melati 1, Melati "
           "2, KASIH IBU, 7. Kirim lagi dengan nama itu.\n"
           "kpm> posyandu mawar dan melati 2 anak 12 bb 10\n"
           "< Laporan TIDAK disimpan: ada dua posyandu (Mawar, Melati 2). Mohon kirim satu SMS untuk setiap "
           "posyandu.\n"
           "! unknown\n"
           "kpm> posyandu mawar anak 12 posyandu melati 2 tikar 40\n"
           "< Tersimpan. Posyandu Mawar\\nANAK Okt/36: anak 12.\\nTersimpan. Posyandu Melati 2\\nTIKAR Okt/36: "
           "jumlah 40.\n"
           "kpm> desa buduan anak 12 bb 10\n"
           "< Laporan TIDAK disimpan: kartu HP Anda terdaftar untuk desa Cemara, bukan BUDUAN. Silakan hubungi "
           "petugas kecamatan.\n"
           "kpm> BATAL\n"
           "< Posyandu Mawar\\nDibatalkan: ANAK Okt/36: anak 12. Bila perlu, kirim lagi yang benar. Tulis bulannya: "
           "Posyandu Mawar\\nOKT ANAK 12\\nPosyandu Melati 2\\nDibatalkan: TIKAR Okt/36: jumlah 40. Bila perlu, kirim "
           "lagi yang benar. Tulis bulannya: Posyandu Melati 2\\nOKT TIKAR 40\n");
}

static void rules_and_questions_are_of_that_posyandu(void **state)
{
    (void)state;
    dialogue_play(
        w, "kpm> BUMIL 12 K4 3\n"
           "kpm> posyandu mawar bumil 5 k4 2\n"
           "kpm> posyandu mawar bumil k4 6\n"
           "< Posyandu Mawar\\nIBU HAMIL Okt/36 TIDAK disimpan. Mohon dicek lagi: K4 6 lebih dari ibu hamil 5 (sudah "
           "tersimpan). Kirim lagi: IBU HAMIL 5 K4 (angka)\n"
           "= IBU_HAMIL 2036-10 HAMIL=12 K4=3\n"
           "=posyandu IBU_HAMIL 2036-10 HAMIL=5 K4=2\n"
           /* the month before is still due for Melati 1, not for Mawar */
           "@ 2036-11-03T09:00:00+07:00\n"
           "kpm> posyandu mawar bumil 6 k4 2\n"
           "< Tersimpan. Posyandu Mawar\\nIBU HAMIL Nov/36: ibu hamil 6, K4 2.\n"
           "kpm> posyandu melati 1 bumil 6 k4 2\n"
           "< Tersimpan. Posyandu Melati 1\\nIBU HAMIL Okt/36: ibu hamil 6, K4 2.\n"
           /* a jump is that posyandu's, and its question outlives a report of another */
           "@ 2036-11-15T09:00:00+07:00\n"
           "kpm> posyandu melati 1 bumil 60\n"
           "< Posyandu Melati 1\\nBelum disimpan. IBU HAMIL Nov/36: HAMIL 60. Mohon dicek lagi: ibu hamil 60, bulan "
           "sebelumnya 6. Kalau benar balas YA, kalau salah balas TIDAK.\n"
           "kpm> posyandu mawar bumil 7\n"
           "kpm> ya\n"
           "< Posyandu Melati 1\\nTersimpan. IBU HAMIL Nov/36: ibu hamil 60.\n"
           "kpm> batal\n"
           "< Posyandu Mawar\\nDibatalkan: IBU HAMIL Nov/36: ibu hamil 7. Bila perlu, kirim lagi yang benar. "
           "Tulis bulannya: Posyandu Mawar\\nNOV IBU HAMIL 7\n"
           "=posyandu IBU_HAMIL 2036-11 HAMIL=6\n");
}

static void the_village_is_their_sum(void **state)
{
    (void)state;
    dialogue_play(w, "kpm> posyandu mawar bumil 5 k4 2\n"
                     "kader> posyandu melati 1 bumil 6 k4 3\n"
                     "kpm> SKOR\n"
                     "< Cemara Okt-Des/36: skor 45 dari 100, 1 dari 18 indikator. bumil 45. Paling rendah: K4 5 dari "
                     "11. Belum ada: ANAK, TIKAR, PAUD, SASARAN. IBU HAMIL Okt: 2 dari 5 posyandu.\n"
                     "= IBU_HAMIL 2036-10 HAMIL=-\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_name_picks_the_posyandu, start, end),
        cmocka_unit_test_setup_teardown(the_answer_says_which, start, end),
        cmocka_unit_test_setup_teardown(rules_and_questions_are_of_that_posyandu, start, end),
        cmocka_unit_test_setup_teardown(the_village_is_their_sum, start, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
