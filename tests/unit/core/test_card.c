/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "world.h"

#include <errno.h>

#include "core/reply/score_text.h"
#include "core/score/card_open.h"

#define Q3 (2036 * 4 + 2)

static struct world world;

static int setup(void **state)
{
    world_start(&world, "");
    *state = &world;
    return 0;
}

static int teardown(void **state)
{
    world_end(*state);
    return 0;
}

static void say(struct world *w, const char *from, const char *text)
{
    char answer[SMS_TEXT_MAX];
    world_pass(w, MS_HOUR * 2);
    world_say(w, from, text, answer);
    if (w->outcome != MO_REPORT && w->outcome != MO_COMMAND)
        fail_msg("%s: not read: %s", text, answer);
}

static struct card *open_card(struct world *w, const char *code, int quarter)
{
    struct area area;
    struct card *card = NULL;
    must(store_area_by_code(w->store, view_of(code), &area, &w->error));
    must(card_open(w->box, &area, quarter, CARD_LIVE, 0, w->clock.wall, &card, &w->error));
    return card;
}

static const struct card_indicator *row(const struct card *card, const char *code)
{
    for (size_t i = 0; i < card->set->n_indicators; i++)
        if (strcmp(card->set->indicators[i].code, code) == 0)
            return &card->indicators[i];
    fail_msg("no indicator %s", code);
    return NULL;
}

static void assert_row(const struct card *card, const char *code, int64_t n, int64_t d, int64_t percent)
{
    const struct card_indicator *it = row(card, code);
    if (it->numerator != n || it->denominator != d || percent_of(it->numerator, it->denominator) != percent)
        fail_msg("%s: %d/%d, wanted %d/%d", code, (int)it->numerator, (int)it->denominator, (int)n, (int)d);
}

static void assert_in(const char *text, const char *wanted)
{
    if (!strstr(text, wanted))
        fail_msg("not said: %s\n%s", wanted, text);
}

static void assert_says(const struct card *card, const char *wanted)
{
    CLEANUP(buf_deinit) struct buf text;
    buf_init(&text, 1 << 20);
    card_text(card, &text);
    assert_in(text.text, wanted);
}

static void test_percent(void **state)
{
    (void)state;
    assert_int_equal(percent_of(8, 27), 2963);
    assert_int_equal(percent_of(31, 34), 9118);
    assert_int_equal(percent_of(1, 8), 1250);
    assert_int_equal(percent_of(1, 800), 13); /* 0.125 goes up */
    assert_int_equal(percent_of(1, 3), 3333);
    assert_int_equal(percent_of(2, 3), 6667);
    assert_int_equal(percent_of(0, 2), 0);
    assert_int_equal(percent_of(34, 34), 10000);
    assert_int_equal(percent_of(0, 0), -1);
    assert_int_equal(percent_of(-1, 5), -1);
    assert_int_equal(percent_of(5, -1), -1);
    assert_int_equal(percent_of(INT64_C(75000) * 9999, INT64_C(75000) * 9999), 10000);
    /* The village fund of a country in rupiah. */
    assert_int_equal(percent_of(INT64_C(75266) * 99999999999, INT64_C(75266) * 999999999999), 1000);
    assert_int_equal(percent_of(INT64_MAX, INT64_MAX), 10000);
    assert_int_equal(percent_of(0, INT64_MAX), 0);
}

/* A card as it was published: from SMS alone. The card does not show A5-A10; they stay missing. */
static void test_golden_card(void **state)
{
    struct world *w = *state;
    say(w, KPM, "SEP SASARAN 491");
    say(w, KPM, "IBU HAMIL SEP 27 BERSALIN 7 KEK 2 K4 27 FE 27 NIFAS 7 KG 8 KR 0 AIR 34 JAMBAN 34 JKN 31");
    say(w, KPM, "ANAK SEP 147 U6 27 IDL 120 BB 120 TB 120 KG 120 KGL 0 GK 50 GB 0 STUNTING 0");
    say(w, KPM, "TIKAR SEP 147 H 108 K 0 M 39");
    struct card *card = open_card(w, DESA, Q3);
    assert_row(card, "B1", 27, 27, 10000);
    assert_row(card, "B2", 27, 27, 10000);
    assert_row(card, "B3", 7, 7, 10000);
    assert_row(card, "B4", 8, 27, 2963);
    assert_row(card, "B5", 0, 2, 0);
    assert_row(card, "B6", 34, 34, 10000);
    assert_row(card, "B7", 34, 34, 10000);
    assert_row(card, "B8", 31, 34, 9118);
    /* As the card prints them, without decimals ("700 %" in the second row is a slip of the pen). */
    static const int printed[] = {100, 100, 100, 30, 0, 100, 100, 91, 100, 100, 100, 100};
    for (size_t i = 0; i < sizeof printed / sizeof *printed; i++)
        assert_int_equal((percent_of(card->indicators[i].numerator, card->indicators[i].denominator) + 50) / 100,
                         printed[i]);
    for (int i = 1; i <= 4; i++)
        assert_row(card, (const char *[]){"A1", "A2", "A3", "A4"}[i - 1], 120, 120, 10000);
    assert_int_equal(row(card, "A4")->part, 0);
    assert_row(card, "A6", -1, 147, -1);
    assert_int_equal(card->n_groups, 2);
    assert_string_equal(card->groups[0].name, "bumil");
    assert_int_equal(card->groups[0].sum.received, 168);
    assert_int_equal(card->groups[0].sum.due, 192);
    assert_int_equal(percent_of(168, 192), 8750);
    assert_int_equal(card->groups[1].sum.received, 480);
    assert_int_equal(card->groups[1].sum.due, 480);
    assert_int_equal(card->groups[1].sum.known, 4);
    assert_int_equal(card->total.received, 648);
    assert_int_equal(card->total.due, 672);
    assert_int_equal(card_percent(card), 9643);
    static const int cells[] = {491, 34, 2, 147, 50, 147, 108, 0, 39};
    assert_int_equal(card->set->n_cells, sizeof cells / sizeof *cells);
    for (size_t i = 0; i < card->set->n_cells; i++)
        assert_int_equal(card->cells[i].value, cells[i]);
    size_t weakest[3];
    assert_int_equal(card_weakest(card, 3, weakest), 3);
    assert_string_equal(card->set->indicators[weakest[0]].code, "B5");
    assert_string_equal(card->set->indicators[weakest[1]].code, "B4");
    assert_string_equal(card->set->indicators[weakest[2]].code, "B8");
    card_close(card);
}

static void test_missing_is_not_zero(void **state)
{
    struct world *w = *state;
    struct card *card = open_card(w, DESA, Q3);
    assert_true(card_is_empty(card));
    assert_int_equal(card_percent(card), -1);
    card_close(card);
    say(w, KPM, "BUMIL SEP K4 10");
    card = open_card(w, DESA, Q3);
    assert_false(card_is_empty(card));
    assert_row(card, "B1", 10, -1, -1);
    assert_row(card, "B2", -1, -1, -1);
    assert_int_equal(card->total.due, 0);
    assert_int_equal(card->groups[0].sum.known, 0);
    card_close(card);
    say(w, KPM, "BUMIL SEP 12 BERSALIN 0 KEK 0 KR 0");
    card = open_card(w, DESA, Q3);
    assert_row(card, "B1", 10, 12, 8333);
    assert_row(card, "B5", 0, 0, -1);
    assert_int_equal(card->groups[0].sum.due, 12);
    card_close(card);
}

/* The latest month of each field counts; where they fit together badly, the numerator is cut and the card says so. */
static void test_latest_month_and_cap(void **state)
{
    struct world *w = *state;
    say(w, KPM, "BUMIL SEP 10 K4 9");
    say(w, KPM, "BUMIL AGU 20 K4 20 BERSALIN 7 NIFAS 7 FE 19");
    struct card *card = open_card(w, DESA, Q3);
    assert_row(card, "B1", 9, 10, 9000);
    assert_row(card, "B3", 7, 7, 10000);
    assert_row(card, "B2", 10, 10, 10000);
    assert_int_equal(row(card, "B2")->reported, 19);
    assert_int_equal(row(card, "B2")->capped, 1);
    assert_int_equal(row(card, "B1")->capped, 0);
    assert_int_equal(card_form_missing(card, 0), 1);
    assert_int_equal(card_form_missing(card, 1), 7);
    card_close(card);
    /* Taken back: what stood before counts again, down to nothing. */
    say(w, KPM, "BATAL BUMIL");
    card = open_card(w, DESA, Q3);
    assert_row(card, "B2", -1, 10, -1);
    card_close(card);
    say(w, KPM, "BATAL BUMIL");
    card = open_card(w, DESA, Q3);
    assert_true(card_is_empty(card));
    assert_row(card, "B1", -1, -1, -1);
    card_close(card);
}

static void add_posyandu(struct world *w)
{
    int64_t id;
    must(store_begin(w->store, &w->error));
    must(store_area_put(w->store, view_of(DESA "/02"), view_of("Posyandu Melati"), &id, &w->error));
    must(store_area_put(w->store, view_of(DESA "/03"), view_of("Posyandu Anggrek"), &id, &w->error));
    world_person(w, "+6281230000020", "Nur", ROLE_KADER, DESA "/02", CONTACT_ACTIVE, "id");
    must(store_commit(w->store, &w->error));
}

/* The same note on text and paper; the JSON's words; the SMS'. */
static void assert_looks(struct world *w, const struct card *card, const char *note, const char *json, const char *sms)
{
    CLEANUP(buf_deinit) struct buf buf;
    struct reply reply;
    buf_init(&buf, 1 << 20);
    card_text(card, &buf);
    assert_in(buf.text, note);
    buf_clear(&buf);
    card_html(card, CARD_ONLY, &buf);
    assert_in(buf.text, note);
    buf_clear(&buf);
    card_json(card, &buf);
    assert_in(buf.text, json);
    reply_score(w->box, card, "id", &reply);
    assert_in(reply.text, sms);
}

static void test_village_from_posyandu(void **state)
{
    struct world *w = *state;
    add_posyandu(w);
    say(w, KADER, "BUMIL SEP 5 K4 4");
    say(w, "+6281230000020", "BUMIL SEP 7 K4 3 FE 2");
    struct card *card = open_card(w, DESA, Q3);
    assert_row(card, "B1", 7, 12, 5833);
    assert_row(card, "B2", 2, 12, 1667);
    assert_int_equal(card->posyandu, 3);
    assert_int_equal(card->forms[0][2].posyandu, 2);
    assert_int_equal(card->forms[0][2].differs, 0);
    assert_looks(w, card, "IBU HAMIL Sep: dijumlahkan dari 2 dari 3 posyandu, tidak ada laporan KPM.",
                 "\"period\":\"2036-09\",\"reported\":true,\"posyandu\":2,\"differs\":false",
                 "IBU HAMIL Sep: 2 dari 3 posyandu.");
    card_close(card);
    say(w, KPM, "BUMIL SEP 12 K4 8");
    card = open_card(w, DESA, Q3);
    assert_row(card, "B1", 8, 12, 6667);
    assert_row(card, "B2", 2, 12, 1667);
    assert_int_equal(card->forms[0][2].posyandu, 0);
    assert_int_equal(card->forms[0][2].filled, 1 << form_key(&card->set->forms[0], "FE"));
    assert_looks(w, card, "IBU HAMIL Sep: FE tidak disebut KPM; dijumlahkan dari 2 dari 3 posyandu.",
                 "\"filled\":[\"FE\"]", "IBU HAMIL Sep: sebagian dari 2 dari 3 posyandu");
    assert_int_equal(card->forms[0][2].differs - 1, form_key(&card->set->forms[0], "K4"));
    assert_int_equal(card->forms[0][2].village_value, 8);
    assert_int_equal(card->forms[0][2].posyandu_value, 7);
    assert_looks(w, card, "IBU HAMIL Sep: laporan KPM (K4 8) berbeda dari jumlah posyandu (7); dipakai laporan KPM.",
                 "\"differs\":true,\"difference\":{\"field\":\"K4\",\"village\":8,\"posyandu\":7}",
                 "IBU HAMIL Sep beda: K4 KPM 8, posyandu 7.");
    card_close(card);
}

/* One number of the KPM does not hide the rest of the form that her posyandu reported; a frozen card keeps who said it.
 */
static void test_kpm_adds_to_posyandu(void **state)
{
    struct world *w = *state;
    struct area village;
    int revision;
    add_posyandu(w);
    say(w, KADER, "ANAK SEP 20 U6 4 BB 15");
    say(w, "+6281230000020", "ANAK SEP 18 BB 12");
    char answer[SMS_TEXT_MAX];
    world_say(w, KPM, "ANAK SEP KGL 4", answer);
    assert_string_equal(answer, "Tersimpan. ANAK Sep/36: konseling ayah 4. Dari posyandu: anak 38, U6 4, BB 27.");
    struct card *card = open_card(w, DESA, Q3);
    assert_row(card, "A2", 27, 34, 7941);
    card_close(card);
    must(store_area_by_code(w->store, view_of(DESA), &village, &w->error));
    must(store_begin(w->store, &w->error));
    assert_int_equal(card_freeze(w->box, &village, Q3, w->clock.wall, &revision, &w->error), CARD_FROZEN_NEW);
    must(store_commit(w->store, &w->error));
    must(card_open(w->box, &village, Q3, CARD_FROZEN, 0, w->clock.wall, &card, &w->error));
    assert_looks(w, card, "tidak disebut KPM; dijumlahkan dari 2 dari 3 posyandu.", "\"filled\":[\"ANAK\",",
                 "ANAK Sep");
    card_close(card);
    say(w, KPM, "ANAK SEP 38 U6 4 BB 27");
    card = open_card(w, DESA, Q3);
    assert_int_equal(card->forms[1][2].filled, 0);
    card_close(card);
}

static void test_roll_up(void **state)
{
    struct world *w = *state;
    say(w, KPM, "BUMIL SEP 10 K4 5");
    say(w, KPM, "BUMIL AGU 30 FE 30");
    say(w, KPM_TWO, "BUMIL SEP 30 K4 30 FE 1");
    struct card *card = open_card(w, "35.12.03", Q3);
    assert_int_equal(card->villages, 2);
    assert_row(card, "B1", 35, 40, 8750);
    assert_row(card, "B3", -1, -1, -1);
    assert_int_equal(row(card, "B1")->villages, 2);
    assert_int_equal(card->n_children, 2);
    assert_row(card, "B2", 11, 40, 2750);
    assert_int_equal(row(card, "B2")->capped, 1);
    assert_string_equal(card->children[0].area.name, "Cemara");
    assert_int_equal(card->children[0].total.received, 15);
    assert_int_equal(card->children[0].total.due, 20);
    assert_string_equal(card->children[1].area.name, "Buduan");
    assert_int_equal(card->children[1].total.received, 31);
    assert_int_equal(card->children[1].total.due, 60);
    assert_int_equal(card->forms[0][2].villages, 2);
    assert_int_equal(card->forms[0][0].villages, 0);
    card_close(card);
    for (size_t i = 0; i < 2; i++) {
        card = open_card(w, (const char *[]){"35.12", "35"}[i], Q3);
        assert_row(card, "B1", 35, 40, 8750);
        assert_int_equal(card->n_children, i == 0 ? 2 : 1);
        card_close(card);
    }
    must(card_open(w->box, NULL, Q3, CARD_LIVE, 0, w->clock.wall, &card, &w->error));
    assert_row(card, "B1", 35, 40, 8750);
    assert_int_equal(card->n_children, 1);
    assert_string_equal(card->children[0].area.name, "Jawa Timur");
    card_close(card);
}

/* Every look of a card. */
static void look(struct world *w, const struct card *card, struct buf *buf)
{
    struct reply reply;
    card_text(card, buf);
    card_html(card, CARD_ONLY, buf);
    card_csv(card, CARD_ONLY, buf);
    card_json(card, buf);
    reply_score(w->box, card, "id", &reply);
    buf_puts(buf, reply.text);
}

static void add_village(struct world *w, const char *code, const char *name, const char *phone)
{
    int64_t id;
    must(store_begin(w->store, &w->error));
    must(store_area_put(w->store, view_of(code), view_of(name), &id, &w->error));
    world_person(w, phone, name, ROLE_KPM, code, CONTACT_ACTIVE, "id");
    must(store_commit(w->store, &w->error));
}

/* A sum above a village says of how many villages it is, wherever it stands; also where it was frozen. */
static void test_sums_say_of_how_many_villages(void **state)
{
    struct world *w = *state;
    static const char *const said[] = {
        "K4                             5 /    10  50,00% 1 dari 3 desa",             /* Table 3 as text */
        "Ibu Hamil                               6 /    12  50,00% 1 dari 3 desa",    /* Table 4 */
        "TOTAL TINGKAT KONVERGENSI DESA          6 /    12  50,00% 1 dari 3 desa",    /* … */
        "Ibu hamil: Total                                         12  1 dari 3 desa", /* Table 1 */
        "Ibu hamil: KEK/RESTI                                      3  2 dari 3 desa",
        "Rp 10 / Rp 100  10,00%  1 dari 3 desa",
        "selama kehamilan (1 dari 3 desa)</td>", /* HTML: Table 3, 4, 1, 5, the lowest */
        "<td>Ibu Hamil (1 dari 3 desa)</td>", "TOTAL TINGKAT KONVERGENSI DESA (1 dari 3 desa)</td>",
        "<td class=\"c\">3 (2 dari 3 desa)</td>", "<td>Bidang Pembangunan Desa (1 dari 3 desa)</td>",
        "<td>K4 (1 dari 3 desa)</td>", ",10,50.00,,1,3\r\n", /* CSV */
        "KEK/RESTI,3,,,,2,3\r\n", ",100,10.00,,1,3\r\n",
        /* JSON */
        "\"numerator\":5,\"denominator\":10,\"percent\":50.00,\"missing\":false,\"capped\":false,\"villages\":1,",
        "\"received\":6,\"due\":12,\"percent\":50.00,\"indicators\":2,\"indicators_all\":8,\"villages\":1}",
        "\"indicators\":2,\"indicators_all\":18,\"villages\":1,\"villages_complete\":0}",
        "\"label\":\"KEK/RESTI\",\"value\":3,\"villages\":2}",
        "Jul-Sep/36: skor 50 dari 100, 1 dari 3 desa (0 lengkap). bumil 50. Paling rendah: K4 5 dari 10 (1/3 desa), "
        "nifas 1 dari 2 (1/3 desa). Tikar: hijau 1 (1/3 desa).", /* SMS */
    };
    struct area kecamatan;
    int revision;
    add_village(w, "35.12.03.2003", "Ketah", "+6281230000021");
    say(w, KPM, "BUMIL SEP 10 BERSALIN 2 KEK 1 K4 5 NIFAS 1");
    say(w, KPM_TWO, "BUMIL SEP KEK 2\nTIKAR SEP H 1");
    must(store_area_by_code(w->store, view_of(DESA), &kecamatan, &w->error));
    must(store_begin(w->store, &w->error));
    must(store_budget_put(w->store, kecamatan.id, 2036, &(struct budget_row){1, 100, 10, 0}, &w->error));
    must(store_area_by_code(w->store, view_of("35.12.03"), &kecamatan, &w->error));
    assert_int_equal(card_freeze(w->box, &kecamatan, Q3, w->clock.wall, &revision, &w->error), CARD_FROZEN_NEW);
    must(store_commit(w->store, &w->error));
    for (size_t round = 0; round < 2; round++) {
        struct card *card;
        CLEANUP(buf_deinit) struct buf looks;
        buf_init(&looks, 1 << 20);
        must(card_open(w->box, &kecamatan, Q3, round ? CARD_FROZEN : CARD_LIVE, 0, w->clock.wall, &card, &w->error));
        look(w, card, &looks);
        for (size_t i = 0; i < sizeof said / sizeof *said; i++)
            assert_in(looks.text, said[i]);
        card_close(card);
    }
}

#define ALL_OF_BUMIL "BUMIL SEP 10 BERSALIN 2 KEK 1 K4 %d FE 9 NIFAS 2 KG 9 KR 1 AIR 12 JAMBAN 12 JKN 12"

/* The least complete must not come first: ranked are those that know at least what the most complete one does. */
static void test_ranking_compares_the_same(void **state)
{
    struct world *w = *state;
    static const char *const order[] = {"Buduan", "Cemara", "Ketah", "Mojodungkol"};
    static const bool ranked[] = {true, true, false, false};
    char text[SMS_TEXT_MAX];
    add_village(w, "35.12.03.2003", "Ketah", "+6281230000021");
    add_village(w, "35.12.03.2004", "Mojodungkol", "+6281230000022");
    (void)snprintf(text, sizeof text, ALL_OF_BUMIL, 5);
    say(w, KPM, text);
    (void)snprintf(text, sizeof text, ALL_OF_BUMIL, 9);
    say(w, KPM_TWO, text);
    say(w, "+6281230000021", "BUMIL SEP 10 K4 10");
    struct card *card = open_card(w, "35.12.03", Q3);
    assert_int_equal(card->n_children, 4);
    for (size_t i = 0; i < 4; i++) {
        assert_string_equal(card->children[i].area.name, order[i]);
        assert_int_equal(card->children[i].is_ranked, ranked[i]);
    }
    assert_int_equal(card->complete, 0);
    CLEANUP(buf_deinit) struct buf looks;
    buf_init(&looks, 1 << 20);
    look(w, card, &looks);
    assert_in(looks.text, "    2 Cemara   ");
    assert_in(looks.text, "  Belum lengkap, tidak diperingkat\n    - Ketah                              10 /    1"
                          "0 100,00% 1 dari 18 indikator\n    - Mojodungkol");
    assert_in(looks.text, "Belum lengkap, tidak diperingkat</td></tr>\n<tr><td class=\"c\">-</td><td>Ketah (1 dari 18 "
                          "indikator)</td>");
    assert_in(looks.text, ",Ketah,10,10,100.00,\"Belum lengkap, tidak diperingkat: 1 dari 18 indikator\",1,1\r\n");
    assert_in(looks.text, "{\"rank\":2,\"area\":\"35.12.03.2001\"");
    assert_in(looks.text, "{\"rank\":null,\"area\":\"35.12.03.2003\"");
    card_close(card);
    /* Above a kecamatan, which may know an indicator of one village only, it says of how many villages. */
    must(card_open(w->box, NULL, Q3, CARD_LIVE, 0, w->clock.wall, &card, &w->error));
    assert_says(card, "    1 Jawa Timur                        138 /   148  93,24% 3 dari 4 desa");
    card_close(card);
}

/* In a quarter that has just begun there is little to compare with the one before. */
static void test_change_waits_for_as_much(void **state)
{
    struct world *w = *state;
    int64_t change = 0;
    char answer[SMS_TEXT_MAX];
    say(w, KPM, "BUMIL SEP 10 K4 5 FE 5");
    say(w, KPM, "BUMIL OKT 12 K4 12");
    struct card *card = open_card(w, DESA, Q3 + 1);
    assert_false(card_change(card, &change));
    card_close(card);
    world_say(w, KPM, "SKOR", answer);
    assert_in(answer, "Okt-Des/36: skor 100 dari 100, 1 dari 18 indikator. bumil");
    say(w, KPM, "BUMIL OKT FE 6");
    card = open_card(w, DESA, Q3 + 1);
    assert_true(card_change(card, &change));
    assert_int_equal(change, 2500);
    card_close(card);
    say(w, KPM, "BATAL BUMIL");
    world_pass(w, 90 * MS_DAY); /* January: the quarter has ended, that is all there is */
    card = open_card(w, DESA, Q3 + 1);
    assert_true(card_change(card, &change));
    assert_int_equal(change, 5000);
    card_close(card);
}

static int freeze(struct world *w, const char *code, int *ret_revision)
{
    struct area area;
    must(store_area_by_code(w->store, view_of(code), &area, &w->error));
    must(store_begin(w->store, &w->error));
    int r = card_freeze(w->box, &area, Q3, w->clock.wall, ret_revision, &w->error);
    must(store_commit(w->store, &w->error));
    return r;
}

static struct card *open_frozen(struct world *w, const struct area *area, int revision)
{
    struct card *card;
    must(card_open(w->box, area, Q3, CARD_FROZEN, revision, w->clock.wall, &card, &w->error));
    assert_true(card->is_frozen);
    return card;
}

/* A correction of a frozen quarter is the next revision, in the transaction that stores it; the old ones stay. */
static void test_freeze_and_revision(void **state)
{
    struct world *w = *state;
    int revision = -1;
    assert_int_equal(freeze(w, DESA, &revision), CARD_NOTHING);
    assert_int_equal(revision, 0);
    say(w, KPM, "BUMIL SEP 10 K4 5 BERSALIN 2 NIFAS 1");
    assert_int_equal(freeze(w, DESA, &revision), CARD_FROZEN_NEW);
    assert_int_equal(revision, 1);
    assert_int_equal(freeze(w, DESA, &revision), CARD_FROZEN_SAME);
    assert_int_equal(revision, 1);
    assert_int_equal(freeze(w, "35.12.03", &revision), CARD_FROZEN_NEW);
    struct card *card = open_card(w, DESA, Q3);
    assert_says(card, "Dibekukan 2036-10-15, revisi 1.");
    card_close(card);
    world_pass(w, MS_DAY);
    /* Two forms of one message are one revision; one that says the same again is none. */
    say(w, KPM, "BUMIL SEP K4 9\nPAUD SEP 30 AKTIF 25");
    say(w, KPM, "BUMIL SEP K4 9 BERSALIN 2");
    card = open_card(w, DESA, Q3);
    assert_int_equal(card->revision, 2);
    assert_false(card->changed);
    assert_int_equal(card->earlier_percent, percent_of(6, 12));
    assert_row(card, "B1", 9, 10, 9000);
    assert_says(card, "Revisi 2, dibekukan 2036-10-16: berubah sejak revisi sebelumnya (2036-10-15), tingkat "
                      "konvergensi 50,00% menjadi 83,33%.");
    struct card *frozen = open_frozen(w, &card->area, 1);
    assert_row(frozen, "B1", 5, 10, 5000);
    assert_row(frozen, "B2", -1, 10, -1);
    assert_int_equal(frozen->total.due, 12);
    card_close(frozen);
    frozen = open_frozen(w, &card->area, 0);
    assert_int_equal(frozen->revision, 2);
    assert_row(frozen, "B1", 9, 10, 9000);
    card_close(frozen);
    assert_int_equal(card_open(w->box, &card->area, Q3 - 1, CARD_FROZEN, 0, w->clock.wall, &frozen, &w->error),
                     -ENOENT);
    card_close(card);
    /* Back to what it was: the card in force no longer matches, so that is a revision too. BATAL and YA are the same.
     */
    say(w, KPM, "BUMIL SEP K4 5");
    say(w, KPM, "BATAL BUMIL");
    say(w, KPM, "PAUD SEP 200 AKTIF 199");
    say(w, KPM, "YA");
    card = open_card(w, DESA, Q3);
    assert_int_equal(card->revision, 5);
    assert_row(card, "B1", 9, 10, 9000);
    assert_row(card, "P1", 199, 200, 9950);
    card_close(card);
    /* Sums of many villages say that they changed, and are frozen again when that is asked for. */
    card = open_card(w, "35.12.03", Q3);
    assert_int_equal(card->revision, 1);
    assert_true(card->changed);
    assert_int_equal(card->frozen_percent, percent_of(6, 12));
    assert_says(card, "Revisi 2: berubah sejak dibekukan 2036-10-15 (revisi 1), tingkat konvergensi 50,00% menjadi");
    card_close(card);
    assert_int_equal(freeze(w, "35.12.03", &revision), CARD_FROZEN_NEW);
    assert_int_equal(revision, 2);
}

/* What the village head reads after a correction: the revision, and what the card he was sent had said. */
static void test_skor_of_a_revision(void **state)
{
    struct world *w = *state;
    char answer[SMS_TEXT_MAX];
    int revision;
    say(w, KPM, "BUMIL SEP 10 K4 5 BERSALIN 2 NIFAS 1");
    assert_int_equal(freeze(w, DESA, &revision), CARD_FROZEN_NEW);
    world_say(w, KPM, "SKOR TW3", answer);
    assert_null(strstr(answer, "Revisi"));
    say(w, KPM, "BUMIL SEP K4 9");
    world_say(w, KPM, "SKOR TW3", answer);
    assert_in(answer, "skor 83 dari 100, 2 dari 18 indikator. Revisi 2, sebelumnya 50.");
    world_say(w, ENGLISH, "SKOR TW3", answer);
    assert_in(answer, "score 83 of 100, 2 of 18 indicators. Revision 2, before 50.");
}

static void test_change_since_last_quarter(void **state)
{
    struct world *w = *state;
    int64_t change = 0;
    say(w, KPM, "BUMIL SEP 10 K4 5");
    struct card *card = open_card(w, DESA, Q3);
    assert_false(card_change(card, &change));
    card_close(card);
    say(w, KPM, "BUMIL OKT 12 K4 9");
    card = open_card(w, DESA, Q3 + 1);
    assert_true(card_change(card, &change));
    assert_int_equal(change, 2500);
    /* November and December have not begun: nothing is missing there. */
    assert_int_equal(card_form_missing(card, 0), 0);
    assert_int_equal(card_form_missing(card, 1), 1);
    card_close(card);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_percent),
        cmocka_unit_test_setup_teardown(test_golden_card, setup, teardown),
        cmocka_unit_test_setup_teardown(test_missing_is_not_zero, setup, teardown),
        cmocka_unit_test_setup_teardown(test_latest_month_and_cap, setup, teardown),
        cmocka_unit_test_setup_teardown(test_village_from_posyandu, setup, teardown),
        cmocka_unit_test_setup_teardown(test_kpm_adds_to_posyandu, setup, teardown),
        cmocka_unit_test_setup_teardown(test_roll_up, setup, teardown),
        cmocka_unit_test_setup_teardown(test_sums_say_of_how_many_villages, setup, teardown),
        cmocka_unit_test_setup_teardown(test_ranking_compares_the_same, setup, teardown),
        cmocka_unit_test_setup_teardown(test_change_waits_for_as_much, setup, teardown),
        cmocka_unit_test_setup_teardown(test_freeze_and_revision, setup, teardown),
        cmocka_unit_test_setup_teardown(test_skor_of_a_revision, setup, teardown),
        cmocka_unit_test_setup_teardown(test_change_since_last_quarter, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
