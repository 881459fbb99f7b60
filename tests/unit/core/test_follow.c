/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The month of a message that names none follows what its sender has just done; what has no stamp is not swallowed. */
#include "world.h"

static int start(void **state)
{
    static struct world w;
    world_start(&w, "grace_days = 5;\n");
    *state = &w;
    return 0;
}

static int end(void **state)
{
    world_end(*state);
    return 0;
}

static void say_at(struct world *w, const char *at, const char *text)
{
    char answer[SMS_TEXT_MAX];
    int64_t ms;
    must(time_parse(at, &ms));
    world_pass(w, ms - w->clock.wall);
    world_say(w, KPM, text, answer);
    assert_true(answer[0] != '\0');
}

static int value(struct world *w, const char *month, const char *key)
{
    return world_value(w, DESA, month, "IBU_HAMIL", key);
}

struct line {
    const char *at, *text;
};

/* What October and November have of K4 and FE after up to four SMS. */
static const struct {
    const char *what;
    struct line line[4];
    int october_k4, october_fe, november_k4, november_fe;
} cases[] = {
    {"one form in two SMS",
     {{"2036-11-02T08:00:00+07:00", "IBU HAMIL 12 K4 3"}, {"2036-11-02T08:01:00+07:00", "IBU HAMIL FE 4"}},
     3,
     4,
     -1,
     -1},
    {"a correction after three minutes",
     {{"2036-11-02T08:00:00+07:00", "IBU HAMIL 12 K4 3"}, {"2036-11-02T08:03:00+07:00", "IBU HAMIL K4 5"}},
     5,
     -1,
     -1,
     -1},
    {"the repaired rest",
     {{"2036-11-02T08:00:00+07:00", "IBU HAMIL 12 K4 3 FE xx"},
      {"2036-11-02T08:09:00+07:00", "IBU HAMIL FE 7"}},
     3,
     7,
     -1,
     -1},
    {"the same again in the afternoon",
     {{"2036-11-02T08:00:00+07:00", "IBU HAMIL 12 K4 3"}, {"2036-11-02T15:00:00+07:00", "IBU HAMIL 12 K4 3"}},
     3,
     -1,
     -1,
     -1},
    {"over midnight, past the grace",
     {{"2036-11-05T23:50:00+07:00", "IBU HAMIL 12 K4 3"}, {"2036-11-06T00:10:00+07:00", "IBU HAMIL FE 4"}},
     3,
     4,
     -1,
     -1},
    {"two days later",
     {{"2036-11-02T08:00:00+07:00", "IBU HAMIL 12 K4 3"}, {"2036-11-04T08:01:00+07:00", "IBU HAMIL 12 K4 6"}},
     3,
     -1,
     6,
     -1},
    {"reported long ago",
     {{"2036-10-20T08:00:00+07:00", "IBU HAMIL 12 K4 3"}, {"2036-11-02T08:00:00+07:00", "IBU HAMIL 12 K4 6"}},
     3,
     -1,
     6,
     -1},
    {"the new month was named since",
     {{"2036-11-02T08:00:00+07:00", "IBU HAMIL 12 K4 3"},
      {"2036-11-02T09:00:00+07:00", "IBU HAMIL NOV 12 K4 6"},
      {"2036-11-02T10:00:00+07:00", "IBU HAMIL FE 4"}},
     3,
     -1,
     6,
     4},
    {"the new month was named first",
     {{"2036-11-02T08:00:00+07:00", "NOV IBU HAMIL 12 K4 3"}, {"2036-11-02T08:10:00+07:00", "IBU HAMIL 12 K4 5"}},
     -1,
     -1,
     5,
     -1},
    {"the old month was named",
     {{"2036-11-02T08:00:00+07:00", "IBU HAMIL OKT 12 K4 3"}, {"2036-11-02T09:00:00+07:00", "IBU HAMIL FE 4"}},
     3,
     4,
     -1,
     -1},
};

static void what_follows_stays_with_the_month_of_the_first(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        void *fresh = NULL;
        (void)start(&fresh);
        struct world *w = fresh;
        for (const struct line *line = cases[i].line; line < cases[i].line + 4 && line->at; line++)
            say_at(w, line->at, line->text);
        int got[] = {value(w, "2036-10", "K4"), value(w, "2036-10", "FE"), value(w, "2036-11", "K4"),
                     value(w, "2036-11", "FE")};
        if (got[0] != cases[i].october_k4 || got[1] != cases[i].october_fe || got[2] != cases[i].november_k4 ||
            got[3] != cases[i].november_fe)
            fail_msg("%s: %d %d %d %d", cases[i].what, got[0], got[1], got[2], got[3]);
        (void)end(&fresh);
    }
}

/* A modem without stamps: what it gives twice within a day is the same SMS, what comes next month is not. */
static void the_same_words_of_every_month_are_answered(void **state)
{
    struct world *w = *state;
    char answer[SMS_TEXT_MAX];
    static const char *const months[] = {"2036-11", "2036-12", "2037-01"};
    static const int64_t stamps[] = {0, INT64_C(946684800000), -1};
    for (size_t i = 0; i < 3; i++) {
        char at[32];
        int64_t ms;
        (void)snprintf(at, sizeof at, "%s-20T23:30:00+07:00", months[i]);
        must(time_parse(at, &ms));
        world_pass(w, ms - w->clock.wall);
        for (size_t j = 0; j < 3; j++) {
            w->sent_ms = stamps[j];
            struct mo_part part = world_part(w, j == 0 ? KPM : j == 1 ? KADER : KPM_TWO, "IBU HAMIL 12 K4 3");
            world_take(w, &part, 1);
            world_answer(w, answer);
            assert_true(answer[0] != '\0');
            world_pass(w, MS_HOUR); /* over midnight */
            world_take(w, &part, 1);
            assert_int_equal(w->counts.parts_known, 1);
        }
        assert_int_equal(value(w, months[i], "K4"), 3);
    }
}

/* What the modem did not have a moment ago is another SMS, though its words are those of this morning; what it may have
 * had all the time is not. */
static void the_same_words_of_one_day_are_answered(void **state)
{
    struct world *w = *state;
    char answer[SMS_TEXT_MAX];
    static const struct {
        const char *text;
        bool fresh;
        int reports;
    } said[] = {
        {"IBU HAMIL 12 K4 3", false, 1}, {"IBU HAMIL 12 K4 3", false, 1}, {"BATAL", true, 0},
        {"IBU HAMIL 12 K4 3", true, 1},  {"BATAL", true, 0},              {"IBU HAMIL 12 K4 3", true, 1},
        {"IBU HAMIL 12 K4 3", false, 1}, {"BATAL", true, 0},
    };
    for (size_t i = 0; i < sizeof said / sizeof *said; i++) {
        w->sent_ms = 0;
        struct mo_part part = world_part(w, KPM, said[i].text);
        part.fresh = said[i].fresh;
        world_take(w, &part, 1);
        world_answer(w, answer);
        bool known = i > 0 && !said[i].fresh;
        assert_int_equal(w->counts.parts_known, known);
        if (!known && strncmp(answer, said[i].reports ? "Tersimpan." : "Dibatalkan:", 10) != 0)
            fail_msg("%zu: %s", i, answer);
        assert_int_equal(value(w, "2036-10", "K4"), said[i].reports ? 3 : -1);
        world_pass(w, 2 * MS_HOUR);
    }
}

/* An SMSC is seven hours ahead, which is learnt only after some SMS, and then it is put right. */
static void a_correction_counts_whatever_the_stamps(void **state)
{
    struct world *w = *state;
    char answer[SMS_TEXT_MAX], text[32];
    static const char *const from[] = {KPM, KPM_TWO, KADER};
    for (int i = 0; i < 9; i++) {
        world_pass(w, 10 * MS_MINUTE);
        w->sent_ms = w->clock.wall + (i < 6 ? 7 * MS_HOUR : 0);
        (void)snprintf(text, sizeof text, "IBU HAMIL 30 K4 %d", 10 + i);
        world_say(w, from[i % 3], text, answer);
        if (i % 3 == 0)
            assert_int_equal(value(w, "2036-10", "K4"), 10 + i);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_follows_stays_with_the_month_of_the_first),
        cmocka_unit_test_setup_teardown(the_same_words_of_every_month_are_answered, start, end),
        cmocka_unit_test_setup_teardown(the_same_words_of_one_day_are_answered, start, end),
        cmocka_unit_test_setup_teardown(a_correction_counts_whatever_the_stamps, start, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
