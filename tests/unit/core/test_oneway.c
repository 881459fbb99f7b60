/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Modems that answer and do nothing, by a clock that is moved by hand. */
#include "core/watch/oneway.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "parsers/cause.h"

static const struct oneway_limits limits = {.submits = 5, .reports = 3, .loopback_ms = MS_DAY};
static struct oneway oneway;
static int64_t now;

static int start(void **state)
{
    (void)state;
    oneway = (struct oneway){.suspicion = ONEWAY_NONE};
    now = 1000;
    return 0;
}

static enum oneway_finding check(void)
{
    return oneway_check(&oneway, &limits, true, true, now);
}

static void submit(enum submit_result result, int32_t cause)
{
    now += 1000;
    oneway_submitted(&oneway, result, cause, true, now);
}

static void nothing_can_be_sent(void **state)
{
    (void)state;
    const int32_t no_prompt = cause_of(CAUSE_LOCAL, CAUSE_LOCAL_NO_PROMPT), no_network = cause_of(CAUSE_CMS, 331);
    for (int i = 0; i < 100; i++) /* that is the network's */
        submit(SUBMIT_NO_NETWORK, no_network);
    assert_int_equal(check(), ONEWAY_FINE);
    submit(SUBMIT_NO_NETWORK, no_prompt);
    submit(SUBMIT_UNKNOWN, CAUSE_NONE);
    submit(SUBMIT_TRANSIENT, cause_of(CAUSE_CMS, 500));
    submit(SUBMIT_TRANSIENT, cause_of(CAUSE_CMS, 500));
    assert_int_equal(check(), ONEWAY_FINE);
    submit(SUBMIT_TRANSIENT, cause_of(CAUSE_CMS, 500));
    assert_int_equal(check(), ONEWAY_RESTART);
    assert_int_equal(oneway.suspicion, ONEWAY_SENDS_NOTHING);
    assert_int_equal(check(), ONEWAY_FINE); /* told once */
    assert_int_equal(oneway.suspicion, ONEWAY_SENDS_NOTHING);
    submit(SUBMIT_PERMANENT, cause_of(CAUSE_CMS, 1)); /* the network has answered */
    assert_int_equal(oneway.suspicion, ONEWAY_NONE);
    for (int i = 0; i < 9; i++)
        submit(i % 2 ? SUBMIT_OK : SUBMIT_TRANSIENT, CAUSE_NONE);
    assert_int_equal(check(), ONEWAY_FINE);
}

static void reports_stay_away(void **state)
{
    (void)state;
    for (int i = 0; i < 100; i++) /* a network that never sent any */
        submit(SUBMIT_OK, CAUSE_NONE);
    now += MS_DAY / 2;
    assert_int_equal(check(), ONEWAY_FINE);
    oneway_heard(&oneway, true, now);
    submit(SUBMIT_OK, CAUSE_NONE);
    submit(SUBMIT_OK, CAUSE_NONE);
    oneway_heard(&oneway, false, now); /* an SMS is not a report */
    now += MS_HOUR;
    assert_int_equal(check(), ONEWAY_FINE);
    submit(SUBMIT_OK, CAUSE_NONE);
    assert_int_equal(check(), ONEWAY_RESTART);
    assert_int_equal(oneway.suspicion, ONEWAY_NO_REPORTS);
    for (int i = 0; i < 3; i++)
        submit(SUBMIT_OK, CAUSE_NONE);
    assert_int_equal(check(), ONEWAY_FINE); /* a burst: theirs may be under way */
    now += 30 * MS_MINUTE;
    assert_int_equal(check(), ONEWAY_RESTART); /* and again */
    oneway_heard(&oneway, true, now);
    assert_int_equal(oneway.suspicion, ONEWAY_NONE);
}

static void nothing_comes_in(void **state)
{
    (void)state;
    assert_int_equal(check(), ONEWAY_FINE);
    now += MS_DAY - 1;
    assert_int_equal(check(), ONEWAY_FINE);
    now++;
    assert_int_equal(oneway_check(&oneway, &limits, true, false, now), ONEWAY_FINE); /* not at this hour */
    assert_int_equal(check(), ONEWAY_LOOP);
    assert_int_equal(check(), ONEWAY_FINE); /* one is enough */
    now += 29 * MS_MINUTE;
    assert_int_equal(check(), ONEWAY_FINE);
    oneway_heard(&oneway, false, now); /* there it is */
    now += MS_DAY;
    assert_int_equal(check(), ONEWAY_LOOP);
    now += 30 * MS_MINUTE;
    assert_int_equal(check(), ONEWAY_RESTART);
    assert_int_equal(oneway.suspicion, ONEWAY_HEARS_NOTHING);
    now += MS_DAY - 1;
    assert_int_equal(check(), ONEWAY_FINE);
    now++;
    assert_int_equal(check(), ONEWAY_LOOP); /* a day later once more */
    oneway_heard(&oneway, false, now);
    assert_int_equal(oneway.suspicion, ONEWAY_NONE);
}

static void one_without_a_network_is_not_suspected(void **state)
{
    (void)state;
    for (int i = 0; i < 100; i++) {
        now += MS_HOUR;
        assert_int_equal(oneway_check(&oneway, &limits, i % 20 != 0, true, now), ONEWAY_FINE);
    }
}

static void never_means_never(void **state)
{
    (void)state;
    const struct oneway_limits never = {.submits = 0};
    oneway_heard(&oneway, true, now);
    for (int i = 0; i < 100; i++) {
        submit(i % 2 ? SUBMIT_OK : SUBMIT_UNKNOWN, CAUSE_NONE);
        now += MS_DAY;
        assert_int_equal(oneway_check(&oneway, &never, true, true, now), ONEWAY_FINE);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(nothing_can_be_sent, start),
        cmocka_unit_test_setup(reports_stay_away, start),
        cmocka_unit_test_setup(nothing_comes_in, start),
        cmocka_unit_test_setup(one_without_a_network_is_not_suspected, start),
        cmocka_unit_test_setup(never_means_never, start),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
