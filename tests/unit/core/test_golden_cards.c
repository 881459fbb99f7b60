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

/* The box with a set that differs from the shipped one in this: another reading. */
static void with_set(struct world *w, const char *from, const char *with)
{
    static char text[SET_MAX], conf[SET_MAX];
    char path[128];
    FILE *file = fopen(KABAR_SOURCE_DIR "/config/sets/hpk-2018.cfg", "r");
    assert_non_null(file);
    text[fread(text, 1, sizeof text - 1, file)] = '\0';
    (void)fclose(file);
    replace(text, from, with);
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_v1, setup, teardown),
        cmocka_unit_test_setup_teardown(test_v2, setup, teardown),
        cmocka_unit_test_setup_teardown(test_v2_without_u3, setup, teardown),
        cmocka_unit_test_setup_teardown(test_v3, setup, teardown),
        cmocka_unit_test_setup_teardown(test_approximation_above_a_village, setup, teardown),
    };
    (void)with_set;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
