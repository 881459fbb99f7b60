/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Cards whose numbers were checked by hand, from the SMS to the figures that are printed. */
#include "world.h"

#include "base/buf.h"
#include "card/card_words.h"
#include "core/score/card_open.h"

enum { SMS_MAX = 5, ROWS_MAX = 20, SET_MAX = 1 << 17, PAGE_MAX = 1 << 20 };

static struct world world;

static int setup(void **state)
{
    world_start(&world, "");
    *state = &world;
    return 0;
}

static int teardown(void **state)
{
    char path[128];
    (void)snprintf(path, sizeof path, "%s/set.cfg", world.folder);
    (void)unlink(path);
    world_end(*state);
    return 0;
}

/* Readings that are not the default. */
enum { PERSONS, B5_ALL, A5_ALL, INFANTS, READINGS };
static const char *const readings[READINGS][2] = {
    [PERSONS] = {"table4 = \"sum\";", "table4 = \"persons\";"},
    [B5_ALL] = {"short = \"kunj rumah KEK\";", "short = \"kunj rumah KEK\"; variant = \"semua\";"},
    [A5_ALL] = {"short = \"kunj rumah gizi\";", "short = \"kunj rumah gizi\"; variant = \"semua\";"},
    [INFANTS] = {"short = \"IDL\";", "short = \"IDL\"; variant = \"wording\";"},
};

/* Puts with in the place of from, which is in the text once. */
static void replace(char text[SET_MAX], const char *from, const char *with)
{
    char *at = strstr(text, from);
    assert_non_null(at);
    assert_null(strstr(at + 1, from));
    size_t rest = strlen(at + strlen(from)) + 1;
    assert_true(strlen(text) + strlen(with) < SET_MAX);
    memmove(at + strlen(with), at + strlen(from), rest);
    memcpy(at, with, strlen(with));
}

/* The box with a set that differs from the shipped one in these readings. */
static void with_readings(struct world *w, unsigned mask)
{
    static char text[SET_MAX], conf[SET_MAX];
    char path[128];
    FILE *file = fopen(KABAR_SOURCE_DIR "/config/sets/hpk-2018.cfg", "r");
    assert_non_null(file);
    text[fread(text, 1, sizeof text - 1, file)] = '\0';
    (void)fclose(file);
    for (unsigned i = 0; i < READINGS; i++)
        if (mask & 1U << i)
            replace(text, readings[i][0], readings[i][1]);
    (void)snprintf(path, sizeof path, "%s/set.cfg", w->folder);
    file = fopen(path, "w");
    assert_true(file && fputs(text, file) >= 0 && fclose(file) == 0);
    file = fopen(w->conf, "r");
    assert_non_null(file);
    conf[fread(conf, 1, sizeof conf - 1, file)] = '\0';
    (void)fclose(file);
    replace(conf, KABAR_SOURCE_DIR "/config/sets/hpk-2018.cfg", path);
    file = fopen(w->conf, "w");
    assert_true(file && fputs(conf, file) >= 0 && fclose(file) == 0);
    world_close(w);
    w->settings = settings_close(w->settings);
    must(settings_open(w->conf, &w->settings, &w->error));
    world_open(w);
}

struct row {
    const char *code;
    int numerator, denominator;
    const char *printed;
};
struct golden {
    const char *when;         /* the KPM writes then … */
    const char *sms[SMS_MAX]; /* … this */
    struct row rows[ROWS_MAX];
    struct row groups[3]; /* of Table 4: "bumil", "anak", "" the total */
    const char *said;     /* on the card */
    const char *not_said;
};

/* What V1 to V3 of one month say of each row; the same vectors in either reading of Table 4. */
#define V1_SMS "bumil 4 bersalin 2 kek 2 k4 3 fe 3 nifas 1 kg 3 kr 1 air 6 jamban 4 jkn 5"
#define V1_ROWS                                                                                                        \
    {"B1", 3, 4, "75,00%"}, {"B2", 3, 4, "75,00%"}, {"B3", 1, 2, "50,00%"}, {"B4", 3, 4, "75,00%"},                    \
        {"B5", 1, 2, "50,00%"}, {"B6", 6, 6, "100,00%"}, {"B7", 4, 6, "66,67%"},                                       \
    {                                                                                                                  \
        "B8", 5, 6, "83,33%"                                                                                           \
    }
#define V2_SMS                                                                                                         \
    "anak 5 u6 2 u3 1 idl 3 bb 2 tb 3 kg 2 kgl 0 gk 1 gb 0 stunting 1 kr 1 air 4 jamban 4 akta 4 jkn 5 asuh 2"
#define V2_ROWS(a3_numerator, a3_denominator, a3_percent)                                                              \
    {"A1", 3, 3, "100,00%"}, {"A2", 2, 3, "66,67%"}, {"A3", a3_numerator, a3_denominator, a3_percent},                 \
        {"A4", 2, 3, "66,67%"}, {"A5", 1, 2, "50,00%"}, {"A6", 4, 5, "80,00%"}, {"A7", 4, 5, "80,00%"},                \
        {"A8", 4, 5, "80,00%"}, {"A9", 5, 5, "100,00%"},                                                               \
    {                                                                                                                  \
        "A10", 2, 3, "66,67%"                                                                                          \
    }
#define APPROXIMATION "A3: U3 (anak 0-3 bulan) tidak dilaporkan, jadi dihitung dari anak 6 bulan ke atas"

static int64_t quarter_now(const struct world *w)
{
    return quarter_of(month_of(zone_local(w->clock.wall).day));
}

static struct card *report(struct world *w, const struct golden *golden)
{
    char answer[SMS_TEXT_MAX];
    int64_t ms;
    struct area area;
    struct card *card = NULL;
    must(time_parse(golden->when, &ms));
    world_pass(w, ms - w->clock.wall);
    for (size_t i = 0; i < SMS_MAX && golden->sms[i]; i++) {
        world_say(w, KPM, golden->sms[i], answer);
        if (w->outcome != MO_REPORT || strstr(answer, "TIDAK"))
            fail_msg("%s: %s", golden->sms[i], answer);
    }
    must(store_area_by_code(w->store, view_of(DESA), &area, &w->error));
    must(card_open(w->box, &area, (int)quarter_now(w), CARD_LIVE, 0, w->clock.wall, &card, &w->error));
    return card;
}

static void assert_row(const struct card *card, const struct row *row)
{
    size_t i = 0;
    while (i < card->set->n_indicators && strcmp(card->set->indicators[i].code, row->code) != 0)
        i++;
    assert_int_not_equal(i, card->set->n_indicators);
    const struct card_indicator *got = &card->indicators[i];
    if (got->numerator != row->numerator || got->denominator != row->denominator)
        fail_msg("%s: %d/%d, wanted %d/%d", row->code, (int)got->numerator, (int)got->denominator, row->numerator,
                 row->denominator);
}

static void assert_group(const struct card *card, const struct row *row)
{
    const struct card_sum *sum = &card->total;
    for (size_t g = 0; g < card->n_groups; g++)
        if (strcmp(card->groups[g].name, row->code) == 0)
            sum = &card->groups[g].sum;
    if (sum->received != row->numerator || sum->due != row->denominator)
        fail_msg("Table 4 %s: %d/%d, wanted %d/%d", row->code, (int)sum->received, (int)sum->due, row->numerator,
                 row->denominator);
}

/* A line that begins so and then says this. */
static void assert_line(const char *text, const char *begins, const char *says)
{
    const char *at = text;
    while ((at = strstr(at, begins))) {
        size_t len = strcspn(at, "\n");
        const char *found = strstr(at, says);
        if (found && found < at + len)
            return;
        at += len;
    }
    fail_msg("no line with \"%s\" says %s:\n%s", begins, says, text);
}

static void assert_in(const char *answer, const char *says)
{
    if (!strstr(answer, says))
        fail_msg("not \"%s\": %s", says, answer);
}

static void assert_printed(const struct card *card, const struct golden *golden)
{
    CLEANUP(buf_deinit) struct buf text, html;
    buf_init(&text, PAGE_MAX);
    buf_init(&html, PAGE_MAX);
    card_text(card, &text);
    card_html(card, CARD_ONLY, &html);
    for (size_t i = 0; i < ROWS_MAX && golden->rows[i].code; i++) {
        char code[12];
        (void)snprintf(code, sizeof code, " %-4s ", golden->rows[i].code);
        assert_line(text.text, code, golden->rows[i].printed);
    }
    for (size_t i = 0; i < 3 && golden->groups[i].code; i++) {
        const char *code = golden->groups[i].code;
        assert_line(strstr(text.text, "TABEL 4"),
                    code[0] ? card_group_word(card->set, code, false) : card_word(card->set, CARD_TOTAL),
                    golden->groups[i].printed);
        CLEANUP(buf_deinit) struct buf cell;
        buf_init(&cell, 100);
        buf_printf(&cell, "<td class=\"n\">%.*s</td>", (int)strcspn(golden->groups[i].printed, "%"),
                   golden->groups[i].printed);
        assert_non_null(strstr(strstr(html.text, "TABEL 4"), cell.text));
    }
    if (golden->said) {
        assert_non_null(strstr(text.text, golden->said));
        assert_non_null(strstr(html.text, golden->said));
    }
    if (golden->not_said)
        assert_null(strstr(text.text, golden->not_said));
}

static void play(struct world *w, const struct golden *golden)
{
    struct card *card = report(w, golden);
    for (size_t i = 0; i < ROWS_MAX && golden->rows[i].code; i++)
        assert_row(card, &golden->rows[i]);
    for (size_t i = 0; i < 3 && golden->groups[i].code; i++)
        assert_group(card, &golden->groups[i]);
    assert_printed(card, golden);
    card_close(card);
}

static void test_v1(void **state)
{
    static const struct golden golden = {
        .when = "2037-03-20T09:00:00+07:00",
        .sms = {V1_SMS},
        .rows = {V1_ROWS},
        .groups = {{"bumil", 26, 34, "76,47%"}, {"", 26, 34, "76,47%"}},
    };
    play(*state, &golden);
}

static void test_v2(void **state)
{
    static const struct golden golden = {
        .when = "2037-03-20T09:00:00+07:00",
        .sms = {V2_SMS, V1_SMS},
        .rows = {V1_ROWS, V2_ROWS(3, 4, "75,00%")},
        .groups = {{"bumil", 26, 34, "76,47%"}, {"anak", 30, 38, "78,95%"}, {"", 56, 72, "77,78%"}},
        .not_said = APPROXIMATION,
    };
    play(*state, &golden);
}

/* A KPM who does not count them apart: as if nobody below six months were due, and the card says so. */
static void test_v2_without_u3(void **state)
{
    static const struct golden golden = {
        .when = "2037-03-20T09:00:00+07:00",
        .sms = {"anak 5 u6 2 idl 3 bb 2 tb 3 kg 2 kgl 0 gk 1 gb 0 stunting 1 kr 1 air 4 jamban 4 akta 4 jkn 5 asuh 2"},
        .rows = {V2_ROWS(3, 3, "100,00%")},
        .groups = {{"anak", 30, 37, "81,08%"}, {"", 30, 37, "81,08%"}},
        .said = APPROXIMATION,
    };
    play(*state, &golden);
}

static void test_v3(void **state)
{
    static const struct golden golden = {
        .when = "2036-12-20T09:00:00+07:00",
        .sms = {"anak 5 u6 2 idl 3 bb 2 tb 2 kg 2 kgl 0 gk 1 gb 0 stunting 1 kr 1 air 4 jamban 4 akta 4 jkn 5 asuh 2"},
        .rows = {V2_ROWS(2, 3, "66,67%")},
        .groups = {{"anak", 29, 37, "78,38%"}, {"", 29, 37, "78,38%"}},
        .not_said = APPROXIMATION,
    };
    play(*state, &golden);
}

/* Of several villages the card says of how many it holds, also when it is shown as it was frozen. */
static void test_approximation_above_a_village(void **state)
{
    struct world *w = *state;
    static const struct golden golden = {.when = "2037-03-20T09:00:00+07:00", .sms = {V2_SMS}};
    char answer[SMS_TEXT_MAX];
    struct area area;
    struct card *card = report(w, &golden);
    int revision, quarter = card->quarter;
    card_close(card);
    world_say(w, KPM_TWO, "anak 10 u6 2 tb 3", answer);
    must(store_area_by_code(w->store, view_of("35.12.03"), &area, &w->error));
    must(store_begin(w->store, &w->error));
    assert_int_equal(card_freeze(w->box, &area, quarter, w->clock.wall, &revision, &w->error), CARD_FROZEN_NEW);
    must(store_commit(w->store, &w->error));
    for (int which = CARD_LIVE; which <= CARD_FROZEN; which++) {
        CLEANUP(buf_deinit) struct buf text;
        buf_init(&text, PAGE_MAX);
        must(card_open(w->box, &area, quarter, which, 0, w->clock.wall, &card, &w->error));
        card_text(card, &text);
        assert_line(text.text, APPROXIMATION, "(1 dari 2 desa)");
        assert_row(card, &(struct row){"A3", 6, 12, NULL});
        card_close(card);
    }
}

/* The same vectors where Table 4 counts persons who received all that is due to them. */
#define PERSONS_NOTE "Tabel 4 dihitung per orang"
static void test_v1_to_v3_by_persons(void **state)
{
    struct world *w = *state;
    static const struct golden v3 = {
        .when = "2036-12-20T09:00:00+07:00",
        .sms = {"anak 5 u6 2 idl 3 bb 2 tb 2 kg 2 kgl 0 gk 1 gb 0 stunting 1 kr 1 air 4 jamban 4 akta 4 jkn 5 asuh 2 "
                "lengkap 0"},
        .rows = {V2_ROWS(2, 3, "66,67%")},
        .groups = {{"anak", 0, 5, "0,00%"}, {"", 0, 5, "0,00%"}},
        .said = PERSONS_NOTE,
    };
    static const struct golden v1 = {
        .when = "2037-03-20T09:00:00+07:00",
        .sms = {V1_SMS " lengkap 2"},
        .rows = {V1_ROWS},
        .groups = {{"bumil", 2, 6, "33,33%"}, {"", 2, 6, "33,33%"}},
        .said = PERSONS_NOTE,
    };
    static const struct golden v2 = {
        .when = "2037-03-21T09:00:00+07:00",
        .sms = {V2_SMS " lengkap 0"},
        .rows = {V1_ROWS, V2_ROWS(3, 4, "75,00%")},
        .groups = {{"bumil", 2, 6, "33,33%"}, {"anak", 0, 5, "0,00%"}, {"", 2, 11, "18,18%"}},
        .said = PERSONS_NOTE,
    };
    with_readings(w, 1U << PERSONS);
    play(w, &v3);
    play(w, &v1);
    play(w, &v2);
}

/* Without LENGKAP there is nothing to count, and SKOR says what lacks; in the other reading it changes nothing. */
static void test_persons_are_asked_for(void **state)
{
    struct world *w = *state;
    static const struct golden by_sum = {
        .when = "2037-03-20T09:00:00+07:00",
        .sms = {V1_SMS " lengkap 2"},
        .groups = {{"bumil", 26, 34, "76,47%"}, {"", 26, 34, "76,47%"}},
        .not_said = PERSONS_NOTE,
    };
    char answer[SMS_TEXT_MAX];
    play(w, &by_sum);
    with_readings(w, 1U << PERSONS);
    world_say(w, KPM, "SKOR", answer);
    assert_in(answer, "skor 33 dari 100, dihitung per orang. bumil 33. Paling rendah: nifas 1 dari 2");
    assert_in(answer, "anak lengkap");
    world_say(w, KPM_TWO, V1_SMS, answer);
    world_say(w, KPM_TWO, "SKOR", answer);
    assert_in(answer, "bumil lengkap");
    world_say(w, KPM_TWO, "bumil 4 bersalin 2 jamban 1 lengkap 2", answer);
    assert_in(answer, "lengkap 2 lebih dari air 6 (sudah tersimpan), jamban 1 atau JKN 5 (sudah tersimpan)");
}

/* A frozen card keeps the reading it was frozen with. */
static void test_a_frozen_card_keeps_its_reading(void **state)
{
    struct world *w = *state;
    static const struct golden golden = {.when = "2037-03-20T09:00:00+07:00", .sms = {V1_SMS " lengkap 2"}};
    struct area area;
    int revision;
    with_readings(w, 1U << PERSONS);
    struct card *card = report(w, &golden);
    int quarter = card->quarter;
    card_close(card);
    must(store_area_by_code(w->store, view_of(DESA), &area, &w->error));
    must(store_begin(w->store, &w->error));
    assert_int_equal(card_freeze(w->box, &area, quarter, w->clock.wall, &revision, &w->error), CARD_FROZEN_NEW);
    must(store_commit(w->store, &w->error));
    world_close(w);
    w->settings = settings_close(w->settings);
    char path[128];
    (void)snprintf(path, sizeof path, "%s/set.cfg", w->folder);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(symlink(KABAR_SOURCE_DIR "/config/sets/hpk-2018.cfg", path), 0);
    must(settings_open(w->conf, &w->settings, &w->error));
    world_open(w);
    for (int which = CARD_LIVE; which <= CARD_FROZEN; which++) {
        must(card_open(w->box, &area, quarter, which, 0, w->clock.wall, &card, &w->error));
        assert_int_equal(card_percent(card), which == CARD_FROZEN ? 3333 : 7647);
        assert_int_equal(card->table4, which == CARD_FROZEN ? TABLE4_PERSONS : TABLE4_SUM);
        assert_int_equal(card->changed, which == CARD_LIVE);
        card_close(card);
    }
}

/* Published cards, as far as their numbers can be sent: what their percentages are by this reading. */
static void test_pulo_baroh(void **state)
{
    /* Its B5 counts against all mothers, A1 against the infants. B3 has no denominator there: nobody is counted as
     * delivered. */
    static const struct golden golden = {
        .when = "2037-03-20T09:00:00+07:00",
        .sms =
            {"sasaran 38", "bumil 11 kek 1 k4 11 fe 10 kg 11 kr 1 air 11 jamban 11 jkn 11",
             "anak 27 idl 7 b12 11 bb 27 tb 27 kg 27 kgl 1 gk 0 gb 0 stunting 0 kr 0 air 27 jamban 27 jkn 19 akta 22 "
             "asuh 12 u6 0"},
        .rows = {{"B1", 11, 11, "100,00%"},
                 {"B2", 10, 11, "90,91%"},
                 {"B5", 1, 11, "9,09%"},
                 {"A1", 7, 11, "63,64%"},
                 {"A8", 22, 27, "81,48%"},
                 {"A9", 19, 27, "70,37%"},
                 {"A10", 12, 27, "44,44%"}},
        .said = "B5 dihitung terhadap semua ibu hamil, bukan hanya KEK/RESTI",
    };
    static const struct golden by_wording = {
        .when = "2037-03-21T09:00:00+07:00",
        .sms = {"bumil 11 kek 1 kr 1"},
        .rows = {{"B5", 1, 1, "100,00%"}},
    };
    with_readings(*state, 1U << B5_ALL | 1U << INFANTS);
    play(*state, &golden);
    world_end(*state);
    world_start(*state, "");
    play(*state, &by_wording);
}

static void test_candi(void **state)
{
    static const struct golden by_wording = {
        .when = "2037-03-20T09:00:00+07:00",
        .sms = {"sasaran 200", "bumil 43 kek 2 k4 43 fe 43 kg 43 kr 2 air 43 jamban 23 jkn 43 bersalin 0 nifas 0",
                "anak 53 u6 0 idl 53 bb 53 tb 53 kg 43 kgl 30 gk 2 gb 0 stunting 0 kr 2 air 43"},
        .rows = {{"B1", 43, 43, "100,00%"},
                 {"B7", 23, 43, "53,49%"},
                 {"B8", 43, 43, "100,00%"},
                 {"A1", 53, 53, "100,00%"},
                 {"A4", 43, 53, "81,13%"},
                 {"A5", 2, 2, "100,00%"},
                 {"A6", 43, 53, "81,13%"}},
    };
    static const struct golden as_printed = {
        .when = "2037-03-21T09:00:00+07:00",
        .sms = {"anak 53 u6 0 gk 2 gb 0 stunting 0 kr 5"}, /* more visits than the wording's rule lets through */
        .rows = {{"A5", 5, 53, "9,43%"}},
        .said = "A5 dihitung terhadap semua anak 0-23 bulan",
    };
    char answer[SMS_TEXT_MAX];
    play(*state, &by_wording);
    /* At most the 23 with a latrine can have everything. */
    world_say(*state, KPM, "bumil 43 lengkap 24", answer);
    assert_in(answer, "jamban 23");
    world_end(*state);
    world_start(*state, "");
    with_readings(*state, 1U << A5_ALL);
    play(*state, &as_printed);
}

/* Form 1 of Sungai Besar: no services were counted. */
static void test_sungai_besar(void **state)
{
    static const struct golden golden = {
        .when = "2037-03-20T09:00:00+07:00",
        .sms = {"sasaran 25", "bumil 4 bersalin 0 kek 4", "anak 21 gk 0 gb 0 stunting 0"},
    };
    static const int cells[] = {25, 4, 4, 21, 0};
    struct card *card = report(*state, &golden);
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++)
        assert_int_equal(card->cells[i].value, cells[i]);
    assert_int_equal(card_percent(card), -1);
    card_close(card);
}

/* Every mother has everything, no child has anything. Mothers and those delivered are counted apart here, so B3 has
 * nobody; a denominator of 0 is no 0 %. */
static void test_idm_village(void **state)
{
    struct world *w = *state;
#define IDM_BUMIL "bumil 101 bersalin 0 kek 0 k4 101 fe 101 nifas 0 kg 101 kr 0 air 101 jamban 101 jkn 101 lengkap 101"
#define IDM_ANAK                                                                                                       \
    "anak 326 u6 0 u3 0 idl 0 bb 0 tb 0 kg 0 kgl 0 gk 0 gb 0 stunting 0 kr 0 air 0 jamban 0 akta 0 jkn 0 asuh 0 "      \
    "lengkap 0"
    static const struct golden by_sum = {
        .when = "2037-03-20T09:00:00+07:00",
        .sms = {"sasaran 463", IDM_BUMIL, IDM_ANAK},
        .rows = {{"B3", 0, 0, "tidak ada sasaran"},
                 {"B5", 0, 0, "tidak ada sasaran"},
                 {"B8", 101, 101, "100,00%"},
                 {"A1", 0, 326, "0,00%"},
                 {"A5", 0, 0, "tidak ada sasaran"},
                 {"A9", 0, 326, "0,00%"}},
        .groups = {{"bumil", 606, 606, "100,00%"}, {"anak", 0, 2934, "0,00%"}, {"", 606, 3540, "17,12%"}},
    };
    static const struct golden by_persons = {
        .when = "2037-03-20T09:00:00+07:00",
        .sms = {IDM_BUMIL, IDM_ANAK},
        .groups = {{"bumil", 101, 101, "100,00%"}, {"anak", 0, 326, "0,00%"}, {"", 101, 427, "23,65%"}},
    };
    char answer[SMS_TEXT_MAX];
    play(w, &by_sum);
    /* Its Table 2 does not add up. */
    world_say(w, KPM, "tikar 326 h 32 k 0 m 0", answer);
    assert_in(answer, "harus sama dengan jumlah 326");
    assert_int_equal(world_value(w, DESA, "2037-03", "TIKAR", "H"), -1);
    world_end(w);
    world_start(w, "");
    with_readings(w, 1U << PERSONS);
    play(w, &by_persons);
}

/* A card that counts all mothers as pregnant and as delivered: NIFAS without BERSALIN has no denominator. */
static void test_v5(void **state)
{
    struct world *w = *state;
    static const struct golden golden = {
        .when = "2037-03-20T09:00:00+07:00", .sms = {"bumil 11 k4 11 nifas 8"}, .rows = {{"B3", 8, -1, "belum ada"}}};
    char answer[SMS_TEXT_MAX];
    play(w, &golden);
    world_answer(w, answer);
    assert_in(answer, "Tersimpan. IBU HAMIL Mar/37: ibu hamil 11, K4 11, nifas 8.");
    /* Those of them who delivered are not pregnant any more: this can be sent, and B6 to B8 are of 22. */
    world_say(w, KPM, "bumil 11 bersalin 11 nifas 8 air 11", answer);
    struct card *card = report(w, &(struct golden){.when = "2037-03-20T10:00:00+07:00"});
    assert_row(card, &(struct row){"B3", 8, 11, NULL});
    assert_row(card, &(struct row){"B6", 11, 22, NULL});
    card_close(card);
}

/* Five bars, of whatever of a package is known; the line of the ministry beside the colours. */
static void test_packages_and_line(void **state)
{
    struct world *w = *state;
    static const struct golden golden = {.when = "2037-03-20T09:00:00+07:00",
                                         .sms = {V2_SMS, V1_SMS, "PAUD 10 AKTIF 4"}};
    static const struct row packages[] = {{"kia", 16, 22, "72,73%"},
                                          {"gizi", 6, 9, "66,67%"},
                                          {"air", 18, 22, "81,82%"},
                                          {"sosial", 14, 16, "87,50%"},
                                          {"paud", 6, 13, "46,15%"}};
    struct card *card = report(w, &golden);
    CLEANUP(buf_deinit) struct buf text, html;
    buf_init(&text, PAGE_MAX);
    buf_init(&html, PAGE_MAX);
    card_text(card, &text);
    card_html(card, CARD_ONLY, &html);
    assert_int_equal(card->n_packages, sizeof packages / sizeof *packages);
    for (size_t i = 0; i < card->n_packages; i++) {
        const struct card_sum *sum = &card->packages[i].sum;
        assert_string_equal(card->packages[i].name, packages[i].code);
        if (sum->received != packages[i].numerator || sum->due != packages[i].denominator)
            fail_msg("%s: %d/%d", packages[i].code, (int)sum->received, (int)sum->due);
        assert_line(strstr(text.text, "PAKET LAYANAN"), card_package_word(card->set, packages[i].code),
                    packages[i].printed);
        assert_non_null(strstr(strstr(html.text, "PAKET LAYANAN"), packages[i].printed));
    }
    assert_non_null(strstr(text.text, "Garis di 40%"));
    assert_line(text.text, "  Anak 0-23 Bulan    ", "#|#");
    assert_true(card_is_above_line(card, 4001));
    assert_false(card_is_above_line(card, 4000));
    card_close(card);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_v1, setup, teardown),
        cmocka_unit_test_setup_teardown(test_v2, setup, teardown),
        cmocka_unit_test_setup_teardown(test_v2_without_u3, setup, teardown),
        cmocka_unit_test_setup_teardown(test_v3, setup, teardown),
        cmocka_unit_test_setup_teardown(test_approximation_above_a_village, setup, teardown),
        cmocka_unit_test_setup_teardown(test_v1_to_v3_by_persons, setup, teardown),
        cmocka_unit_test_setup_teardown(test_persons_are_asked_for, setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_frozen_card_keeps_its_reading, setup, teardown),
        cmocka_unit_test_setup_teardown(test_pulo_baroh, setup, teardown),
        cmocka_unit_test_setup_teardown(test_candi, setup, teardown),
        cmocka_unit_test_setup_teardown(test_sungai_besar, setup, teardown),
        cmocka_unit_test_setup_teardown(test_idm_village, setup, teardown),
        cmocka_unit_test_setup_teardown(test_v5, setup, teardown),
        cmocka_unit_test_setup_teardown(test_packages_and_line, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
