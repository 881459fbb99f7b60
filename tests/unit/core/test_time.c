/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What time it is: situations of clock, stamps and hands, each with what is to be believed. */
#include "core/time.h"

#include "world.h"

#define BUILD  INT64_C(1800000000000)
#define HOUR   INT64_C(3600000)
#define MINUTE INT64_C(60000)
#define DAY    (24 * HOUR)
#define NOW    (BUILD + 100 * DAY)

/* Stamps in the order they came: what the stamp is later than the wall clock by, and seconds since the start. */
struct heard {
    int sender, smsc; /* 0 ends the list */
    int64_t lead_ms, at_s;
};

struct situation {
    const char *what;
    int64_t wall_ms, floor_ms; /* floor 0: none */
    bool leapt, was_ahead;
    struct heard heard[8];
    enum clock_verdict verdict;
    int64_t ms;
};

static const struct situation situations[] = {
    /* nothing was heard */
    {"a new box", NOW, 0, false, false, {{0}}, CLOCK_GOOD, NOW},
    {"a box that was on an hour ago", NOW, NOW - HOUR, false, false, {{0}}, CLOCK_GOOD, NOW},
    {"a clock put back by an hour", NOW, NOW + HOUR, false, false, {{0}}, CLOCK_GOOD, NOW},
    {"1970", 0, 0, false, false, {{0}}, CLOCK_UNSET, BUILD},
    {"1970 on a box that knew better", 0, NOW, false, false, {{0}}, CLOCK_UNSET, NOW},
    {"a month before the build", BUILD - 30 * DAY, 0, false, false, {{0}}, CLOCK_GOOD, BUILD - 30 * DAY},
    {"two months before the build", BUILD - 60 * DAY, 0, false, false, {{0}}, CLOCK_UNSET, BUILD},
    {"the year 2100", NOW + 70 * 365 * DAY, NOW, false, false, {{0}}, CLOCK_UNSET, NOW},
    {"as it was when the power failed, five days ago",
     NOW - 5 * DAY,
     NOW - 5 * DAY,
     false,
     false,
     {{0}},
     CLOCK_GOOD,
     NOW - 5 * DAY},
    {"a day behind what was believed", NOW - DAY, NOW, false, false, {{0}}, CLOCK_BEHIND, NOW},
    {"off for three months", NOW, NOW - 90 * DAY, true, false, {{0}}, CLOCK_LEAPT, NOW},
    {"a year ahead, known from before", NOW + 365 * DAY, NOW, true, true, {{0}}, CLOCK_LEAPT, NOW},
    /* one sender */
    {"one stamp agrees", NOW, NOW, false, false, {{1, 1, -5000, 0}}, CLOCK_GOOD, NOW},
    {"one stamp of 2079", NOW, NOW, false, false, {{1, 1, 52 * 365 * DAY, 0}}, CLOCK_GOOD, NOW},
    {"one stamp 23 hours ahead", NOW, NOW, false, false, {{1, 1, 23 * HOUR, 0}}, CLOCK_GOOD, NOW},
    {"one sender insists",
     NOW,
     NOW,
     false,
     false,
     {{1, 1, 9 * DAY, 0}, {1, 1, 9 * DAY, 70}, {1, 1, 9 * DAY, 140}},
     CLOCK_GOOD,
     NOW},
    {"one stamp a year old", NOW, NOW, false, false, {{1, 1, -365 * DAY, 0}}, CLOCK_GOOD, NOW},
    {"2000, and one stamp of 2079", BUILD - 9000 * DAY, 0, false, false, {{1, 1, 25000 * DAY, 0}}, CLOCK_UNSET, BUILD},
    {"off for three months, one stamp agrees", NOW, NOW - 90 * DAY, true, false, {{1, 1, 0, 0}}, CLOCK_LEAPT, NOW},
    /* two senders: behind */
    {"13 days behind",
     NOW - 13 * DAY,
     NOW - 13 * DAY,
     false,
     false,
     {{1, 1, 13 * DAY, 0}, {2, 1, 13 * DAY, 3}},
     CLOCK_BEHIND,
     NOW},
    {"13 days behind, three of them and one is false",
     NOW - 13 * DAY,
     NOW - 13 * DAY,
     false,
     false,
     {{3, 2, 9000 * DAY, 0}, {1, 1, 13 * DAY, 1}, {2, 1, 13 * DAY, 3}},
     CLOCK_BEHIND,
     NOW},
    {"a backlog tells the least that two vouch for",
     NOW - 13 * DAY,
     0,
     false,
     false,
     {{1, 1, 11 * DAY, 0}, {2, 1, 12 * DAY, 0}, {3, 1, 9 * DAY, 0}},
     CLOCK_BEHIND,
     NOW - 2 * DAY},
    {"1970, and two stamps", 0, 0, false, false, {{1, 1, NOW, 0}, {2, 1, NOW + MINUTE, 60}}, CLOCK_BEHIND, NOW},
    {"5 hours and 23 minutes behind",
     NOW - 323 * MINUTE,
     0,
     false,
     false,
     {{1, 1, 323 * MINUTE, 0}, {2, 1, 323 * MINUTE, 9}},
     CLOCK_BEHIND,
     NOW},
    {"two that differ by hours say nothing",
     NOW,
     0,
     false,
     false,
     {{1, 1, 4 * HOUR, 0}, {2, 1, 9 * HOUR, 9}},
     CLOCK_GOOD,
     NOW},
    {"both false, beyond a build's life",
     NOW,
     0,
     false,
     false,
     {{1, 1, 12000 * DAY, 0}, {2, 1, 12000 * DAY, 9}},
     CLOCK_GOOD,
     NOW},
    /* two senders: the wall is right */
    {"two agree", NOW, NOW, false, false, {{1, 1, -20000, 0}, {2, 1, 3000, 9}}, CLOCK_GOOD, NOW},
    {"two agree, two are false",
     NOW,
     NOW,
     false,
     false,
     {{3, 1, 30 * DAY, 0}, {4, 1, 30 * DAY, 0}, {1, 1, 0, 5}, {2, 1, 0, 9}},
     CLOCK_GOOD,
     NOW},
    {"what was believed was false, two agree with the wall",
     NOW,
     NOW + 400 * DAY,
     false,
     false,
     {{1, 1, 0, 0}, {2, 1, 0, 9}},
     CLOCK_GOOD,
     NOW},
    {"off for three months, two agree",
     NOW,
     NOW - 90 * DAY,
     true,
     false,
     {{1, 1, 0, 0}, {2, 1, 0, 9}},
     CLOCK_GOOD,
     NOW},
    {"the same sender later knows better",
     NOW,
     0,
     false,
     false,
     {{1, 1, 20 * DAY, 0}, {2, 1, 20 * DAY, 0}, {1, 1, 0, 99}, {2, 1, 0, 99}},
     CLOCK_GOOD,
     NOW},
    /* two senders: ahead */
    {"399 days ahead",
     NOW + 399 * DAY,
     NOW,
     false,
     false,
     {{1, 1, -399 * DAY, 0}, {2, 1, -399 * DAY, 1}},
     CLOCK_AHEAD,
     NOW},
    {"nine days ahead, as two live SMS tell",
     NOW + 9 * DAY,
     NOW,
     false,
     false,
     {{1, 1, -9 * DAY, 0}, {2, 1, -9 * DAY - MINUTE, 300}},
     CLOCK_AHEAD,
     NOW},
    {"a backlog of nine days",
     NOW,
     NOW - 9 * DAY,
     false,
     false,
     {{1, 1, -9 * DAY, 0}, {2, 1, -9 * DAY, 1}},
     CLOCK_GOOD,
     NOW},
    {"a backlog of days, one by one",
     NOW,
     NOW - 9 * DAY,
     false,
     false,
     {{1, 1, -9 * DAY, 0}, {2, 1, -7 * DAY, 200}},
     CLOCK_GOOD,
     NOW},
    {"a year's backlog, and one of today",
     NOW,
     0,
     false,
     false,
     {{1, 1, -365 * DAY, 0}, {2, 1, -365 * DAY, 0}, {3, 1, 0, 9}},
     CLOCK_GOOD,
     NOW},
    {"known as ahead, and still",
     NOW + 399 * DAY,
     NOW,
     true,
     true,
     {{1, 1, -399 * DAY, 0}, {2, 1, -399 * DAY, 1}},
     CLOCK_AHEAD,
     NOW},
    /* an SMSC with the wrong zone */
    {"seven hours ahead",
     NOW,
     NOW,
     false,
     false,
     {{1, 1, 7 * HOUR, 0}, {2, 1, 7 * HOUR - 9000, 5}, {3, 1, 7 * HOUR, 9}},
     CLOCK_GOOD,
     NOW},
    {"fourteen hours ahead", NOW, NOW, false, false, {{1, 1, 14 * HOUR, 0}, {2, 1, 14 * HOUR, 5}}, CLOCK_GOOD, NOW},
    {"seven hours behind, live",
     NOW,
     NOW,
     false,
     false,
     {{1, 1, -7 * HOUR, 0}, {2, 1, -7 * HOUR, 500}},
     CLOCK_GOOD,
     NOW},
    {"two SMSCs say seven hours: it is the clock",
     NOW - 7 * HOUR,
     0,
     false,
     false,
     {{1, 1, 7 * HOUR, 0}, {2, 2, 7 * HOUR, 5}},
     CLOCK_BEHIND,
     NOW},
    {"one has a wrong zone, another agrees",
     NOW,
     NOW,
     false,
     false,
     {{1, 1, 7 * HOUR, 0}, {2, 1, 7 * HOUR, 5}, {3, 2, 0, 9}},
     CLOCK_GOOD,
     NOW},
    {"a wrong zone and a clock that is 13 days behind",
     NOW - 13 * DAY,
     0,
     false,
     false,
     {{1, 1, 13 * DAY, 0}, {2, 2, 13 * DAY + 7 * HOUR, 5}},
     CLOCK_BEHIND,
     NOW},
};

static struct timekeeping heard_of(const struct situation *situation)
{
    struct timekeeping heard = {0};
    for (const struct heard *at = situation->heard; at->sender; at++)
        heard.stamps[heard.n_stamps++] =
            (struct stamp){(uint64_t)at->sender, (uint64_t)at->smsc, at->lead_ms, at->at_s * 1000};
    return heard;
}

static void each_situation_has_its_moment(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof situations / sizeof *situations; i++) {
        const struct situation *situation = &situations[i];
        struct timekeeping heard = heard_of(situation);
        struct clock_facts facts = {situation->wall_ms,   BUILD, situation->floor_ms, situation->leapt,
                                    situation->was_ahead, &heard};
        struct moment moment = clock_judge(&facts);
        if (moment.verdict != situation->verdict || moment.ms != situation->ms)
            fail_msg("%s: %s, %lld minutes off", situation->what, clock_verdict_to_string(moment.verdict),
                     (long long)(moment.ms - situation->ms) / 60000);
        assert_int_equal(moment.trusted, moment.verdict == CLOCK_GOOD);
    }
}

static void a_zone_is_learnt_from_two_senders(void **state)
{
    (void)state;
    static const struct {
        struct heard heard[8];
        int64_t zone_ms;
    } cases[] = {
        {{{1, 1, 7 * HOUR, 0}, {2, 1, 7 * HOUR - 60000, 1}, {1, 1, 7 * HOUR, 2}}, 7 * HOUR},
        {{{1, 1, -7 * HOUR - 90000, 0}, {2, 1, -7 * HOUR, 1}, {3, 1, -7 * HOUR, 2}}, -7 * HOUR},
        {{{1, 1, 7 * HOUR, 0}, {1, 1, 7 * HOUR, 1}, {1, 1, 7 * HOUR, 2}}, 0},    /* one sender */
        {{{1, 1, 7 * HOUR, 0}, {2, 1, 7 * HOUR, 1}}, 0},                         /* too few */
        {{{1, 1, 7 * HOUR, 0}, {2, 1, 0, 1}, {3, 1, 7 * HOUR, 2}}, 0},           /* not always */
        {{{1, 1, 7 * HOUR, 0}, {2, 1, 6 * HOUR, 1}, {3, 1, 7 * HOUR, 2}}, 0},    /* not the same */
        {{{1, 1, 15 * HOUR, 0}, {2, 1, 15 * HOUR, 1}, {3, 1, 15 * HOUR, 2}}, 0}, /* no zone */
        {{{1, 1, 442 * MINUTE, 0}, {2, 1, 442 * MINUTE, 1}, {3, 1, 442 * MINUTE, 2}}, 0},
        {{{1, 1, 7 * HOUR, 0}, {2, 1, 7 * HOUR, 1}, {3, 1, 7 * HOUR, 2}, {4, 2, 7 * HOUR, 3}}, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct situation situation = {0};
        memcpy(situation.heard, cases[i].heard, sizeof situation.heard);
        struct timekeeping heard = heard_of(&situation);
        if (clock_zone_of(&heard, 1) != cases[i].zone_ms)
            fail_msg("case %zu: %lld", i, (long long)clock_zone_of(&heard, 1));
    }
}

static void impossible_stamps_are_replaced(void **state)
{
    (void)state;
    static const struct {
        int64_t scts, now_ms, ahead_ms;
        int64_t sent;
    } cases[] = {
        {BUILD, BUILD + DAY, 0, BUILD},
        {0, BUILD + DAY, 0, BUILD + DAY},
        {INT64_C(946684800000), BUILD, 0, BUILD}, /* 2000-01-01 */
        {BUILD + HOUR, BUILD, 0, BUILD},          /* confirmed: nothing comes before it was sent */
        {BUILD + 20 * DAY, BUILD, 62 * DAY, BUILD + 20 * DAY},
        {BUILD + 63 * DAY, BUILD, 62 * DAY, BUILD},
        {BUILD + 300 * DAY, BUILD, 730 * DAY, BUILD + 300 * DAY}, /* it may well have slept */
        {BUILD + 800 * DAY, BUILD, 730 * DAY, BUILD},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bool replaced = false;
        struct moment now = {.ms = cases[i].now_ms, .ahead_ms = cases[i].ahead_ms};
        assert_int_equal(moment_sent(cases[i].scts, now, &replaced), cases[i].sent);
        assert_int_equal(replaced, cases[i].sent != cases[i].scts);
    }
}

/* ---- a box whose clock is moved by hand ---- */

static int start(void **state)
{
    static struct world w;
    world_start(&w, "");
    *state = &w;
    return 0;
}

static int end(void **state)
{
    world_end(*state);
    return 0;
}

static struct moment now_of(struct world *w)
{
    struct moment now;
    must(moment_now(w->box, &now, &w->error));
    return now;
}

static void keep_now(struct world *w)
{
    must(store_begin(w->store, &w->error));
    must(moment_keep(w->box, now_of(w), &w->error));
    must(store_commit(w->store, &w->error));
}

static void assert_now(struct world *w, enum clock_verdict verdict, int64_t ms)
{
    struct moment now = now_of(w);
    assert_string_equal(clock_verdict_to_string(now.verdict), clock_verdict_to_string(verdict));
    if (now.ms != ms)
        fail_msg("%lld s off", (long long)(now.ms - ms) / 1000);
}

static void reopen(struct world *w)
{
    world_close(w);
    world_open(w);
}

static void hear(struct world *w, const char *from, int64_t ms)
{
    moment_heard(w->box, from, "+6281230009000", ms);
}

static void a_clock_that_stops_being_set_goes_on(void **state)
{
    struct world *w = *state;
    int64_t was = w->clock.wall;
    keep_now(w);
    w->clock.wall = 5000;
    w->clock.monotonic += HOUR;
    assert_now(w, CLOCK_UNSET, was + HOUR);
    reopen(w); /* and the power failed */
    assert_now(w, CLOCK_UNSET, was);
    w->clock.monotonic += HOUR;
    assert_now(w, CLOCK_UNSET, was + HOUR);
    w->clock.wall = was + 5 * DAY;
    assert_now(w, CLOCK_GOOD, was + 5 * DAY);
}

static void a_hand_wins_over_what_was_heard(void **state)
{
    struct world *w = *state;
    int64_t was = w->clock.wall;
    hear(w, KPM, was + 20 * DAY);
    assert_now(w, CLOCK_GOOD, was);
    hear(w, KPM_TWO, was + 21 * DAY);
    assert_now(w, CLOCK_BEHIND, was + 20 * DAY);
    keep_now(w);
    w->clock.wall = was + 7 * DAY; /* timedatectl */
    assert_now(w, CLOCK_GOOD, was + 7 * DAY);
    keep_now(w);
    reopen(w);
    assert_now(w, CLOCK_GOOD, was + 7 * DAY);
}

static void a_leap_of_months_waits_for_two(void **state)
{
    struct world *w = *state;
    int64_t was = w->clock.wall;
    assert_now(w, CLOCK_GOOD, was);
    w->clock.wall = was + 399 * DAY;
    assert_now(w, CLOCK_LEAPT, was); /* the box has not slept */
    w->clock.monotonic += HOUR;
    w->clock.wall += HOUR;
    assert_now(w, CLOCK_LEAPT, was + HOUR);
    hear(w, KPM, was + HOUR);
    hear(w, KPM_TWO, was + HOUR);
    assert_now(w, CLOCK_AHEAD, was + HOUR);
    keep_now(w);
    reopen(w);
    assert_now(w, CLOCK_LEAPT, was + HOUR);
    w->clock.wall = was + 2 * HOUR;
    w->clock.monotonic += HOUR;
    assert_now(w, CLOCK_GOOD, was + 2 * HOUR);
}

static void off_for_months_is_confirmed_or_reset(void **state)
{
    struct world *w = *state;
    keep_now(w);
    int64_t then = w->clock.wall + 100 * DAY;
    for (int by_hand = 0; by_hand < 2; by_hand++) {
        w->clock.wall = then + by_hand * 100 * DAY;
        reopen(w);
        assert_now(w, CLOCK_LEAPT, w->clock.wall);
        if (by_hand) {
            must(store_begin(w->store, &w->error));
            must(moment_reset(w->store, w->clock.wall, &w->error));
            must(store_commit(w->store, &w->error));
        } else {
            hear(w, KPM, w->clock.wall);
            assert_now(w, CLOCK_LEAPT, w->clock.wall);
            hear(w, KADER, w->clock.wall);
        }
        assert_now(w, CLOCK_GOOD, w->clock.wall);
        keep_now(w);
        reopen(w);
        assert_now(w, CLOCK_GOOD, w->clock.wall);
    }
}

/* A reset is over what two false stamps have brought about. */
static void a_reset_forgets_what_was_heard(void **state)
{
    struct world *w = *state;
    hear(w, KPM, w->clock.wall + 90 * DAY);
    hear(w, KADER, w->clock.wall + 90 * DAY);
    assert_now(w, CLOCK_BEHIND, w->clock.wall + 90 * DAY);
    keep_now(w);
    must(store_begin(w->store, &w->error));
    must(moment_reset(w->store, w->clock.wall, &w->error));
    must(store_commit(w->store, &w->error));
    assert_now(w, CLOCK_GOOD, w->clock.wall);
    reopen(w);
    assert_now(w, CLOCK_GOOD, w->clock.wall);
}

/* It says nothing of the clock of a later life. */
static void a_leap_after_a_reset_is_one(void **state)
{
    struct world *w = *state;
    int64_t was = w->clock.wall;
    must(store_begin(w->store, &w->error));
    must(moment_reset(w->store, was, &w->error));
    must(store_commit(w->store, &w->error));
    w->clock.wall = was + 365 * DAY;
    reopen(w);
    assert_now(w, CLOCK_LEAPT, was + 365 * DAY);
    assert_true(now_of(w).least_ms == was);
    w->clock.wall += HOUR;
    w->clock.monotonic += HOUR;
    assert_true(now_of(w).least_ms == was + HOUR);
}

/* One false stamp changes nothing but its own SMS; three right ones put a lagging clock right. */
static void stamps_of_several_decide_the_month(void **state)
{
    struct world *w = *state;
    char answer[SMS_TEXT_MAX];
    static const struct {
        const char *from, *at, *month, *code;
    } said[] = {{KPM, "2036-11-20T09:00:00+07:00", "2036-11", DESA},
                {KPM_TWO, "2036-11-20T09:01:00+07:00", "2036-11", "35.12.03.2002"},
                {KADER, "2036-11-20T09:02:00+07:00", "2036-11", DESA "/01"}};
    must(time_parse("2036-10-20T09:00:00+07:00", &w->clock.wall));
    w->sent_ms = INT64_C(3439756800000); /* 2079 */
    world_say(w, OPERATOR, "STATUS", answer);
    assert_true(now_of(w).trusted && now_of(w).ms == w->clock.wall);
    for (size_t i = 0; i < 3; i++) {
        must(time_parse(said[i].at, &w->sent_ms));
        world_say(w, said[i].from, "IBU HAMIL 12 K4 3", answer);
        assert_int_equal(world_value(w, said[i].code, said[i].month, "IBU_HAMIL", "K4"), 3);
    }
    assert_false(now_of(w).trusted);
    assert_string_equal(clock_verdict_to_string(now_of(w).verdict), "behind");
}

/* The SMSC is seven hours ahead: a correction counts although it came from a phone that is right, and the last evening
 * of a month is of that month. */
static void a_wrong_zone_orders_nothing(void **state)
{
    struct world *w = *state;
    char answer[SMS_TEXT_MAX];
    must(time_parse("2036-10-31T18:00:00+07:00", &w->clock.wall));
    w->sent_ms = w->clock.wall;
    world_say(w, OPERATOR, "STATUS", answer);
    w->sent_ms = w->clock.wall + 7 * HOUR;
    world_say(w, KPM, "IBU HAMIL 12 K4 3", answer);
    world_pass(w, 10 * MINUTE);
    world_say(w, KPM, "IBU HAMIL 12 K4 4", answer);
    assert_int_equal(world_value(w, DESA, "2036-10", "IBU_HAMIL", "K4"), 4);
    assert_int_equal(world_value(w, DESA, "2036-11", "IBU_HAMIL", "K4"), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_situation_has_its_moment),
        cmocka_unit_test(a_zone_is_learnt_from_two_senders),
        cmocka_unit_test(impossible_stamps_are_replaced),
        cmocka_unit_test_setup_teardown(a_clock_that_stops_being_set_goes_on, start, end),
        cmocka_unit_test_setup_teardown(a_hand_wins_over_what_was_heard, start, end),
        cmocka_unit_test_setup_teardown(a_leap_of_months_waits_for_two, start, end),
        cmocka_unit_test_setup_teardown(off_for_months_is_confirmed_or_reset, start, end),
        cmocka_unit_test_setup_teardown(a_reset_forgets_what_was_heard, start, end),
        cmocka_unit_test_setup_teardown(a_leap_after_a_reset_is_one, start, end),
        cmocka_unit_test_setup_teardown(stamps_of_several_decide_the_month, start, end),
        cmocka_unit_test_setup_teardown(a_wrong_zone_orders_nothing, start, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
