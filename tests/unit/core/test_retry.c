/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/outbox/retry.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static const struct retry_policy policy = {
    .base_ms = 120000, .cap_ms = 21600000, .step = 3, .max = 8, .jitter_percent = 20};

static void delays_grow_to_the_cap(void **state)
{
    (void)state;
    static const int64_t plain[] = {120000, 360000, 1080000, 3240000, 9720000, 21600000, 21600000};
    for (int n = 0; n < 7; n++) {
        for (uint64_t seed = 0; seed < 200; seed++) {
            int64_t delay = retry_delay_ms(&policy, n, seed);
            assert_true(delay >= plain[n] && delay <= plain[n] + plain[n] / 5);
            assert_int_equal(delay, retry_delay_ms(&policy, n, seed));
        }
    }
    assert_true(retry_delay_ms(&policy, 1000000, 1) <= 25920000);
}

static void jitter_spreads(void **state)
{
    (void)state;
    int64_t low = INT64_MAX, high = 0;
    for (uint64_t seed = 0; seed < 200; seed++) {
        int64_t delay = retry_delay_ms(&policy, 0, seed);
        low = delay < low ? delay : low;
        high = delay > high ? delay : high;
    }
    assert_true(low < 122000 && high > 142000);
    struct retry_policy still = policy;
    still.jitter_percent = 0;
    assert_int_equal(retry_delay_ms(&still, 0, 7), 120000);
}

static void quiet_hours_cross_midnight(void **state)
{
    (void)state;
    static const struct {
        struct quiet_hours quiet;
        int minute, left;
    } cases[] = {
        {{1200, 420}, 1199, 0}, {{1200, 420}, 1200, 660}, {{1200, 420}, 1439, 421},
        {{1200, 420}, 0, 420},  {{1200, 420}, 419, 1},    {{1200, 420}, 420, 0},
        {{780, 840}, 800, 40},  {{780, 840}, 840, 0},     {{600, 600}, 600, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(quiet_left(cases[i].quiet, cases[i].minute), cases[i].left);
        assert_int_equal(quiet_at(cases[i].quiet, cases[i].minute), cases[i].left > 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(delays_grow_to_the_cap),
        cmocka_unit_test(jitter_spreads),
        cmocka_unit_test(quiet_hours_cross_midnight),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
