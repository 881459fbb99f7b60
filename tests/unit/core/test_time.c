/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/time.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define BUILD INT64_C(1800000000000)
#define HOUR  INT64_C(3600000)
#define DAY   (24 * HOUR)

static void wall_clock_is_judged(void **state)
{
    (void)state;
    static const struct {
        int64_t wall, newest, ms;
        bool trusted;
    } cases[] = {
        {BUILD + DAY, 0, BUILD + DAY, true},
        {BUILD + DAY, BUILD + DAY / 2, BUILD + DAY, true},
        {BUILD + DAY, BUILD + DAY + HOUR, BUILD + DAY, true}, /* an SMSC an hour ahead */
        {BUILD + DAY, BUILD + 3 * DAY, BUILD + 3 * DAY, false},
        {0, 0, BUILD, false},
        {5000, BUILD + 9 * DAY, BUILD + 9 * DAY, false},
        {BUILD - DAY, BUILD - 2 * DAY, BUILD, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct moment moment = moment_judge(cases[i].wall, BUILD, cases[i].newest);
        assert_int_equal(moment.ms, cases[i].ms);
        assert_int_equal(moment.trusted, cases[i].trusted);
    }
}

static void impossible_stamps_are_replaced(void **state)
{
    (void)state;
    static const struct {
        int64_t scts;
        struct moment now;
        int64_t sent;
    } cases[] = {
        {BUILD, {BUILD + DAY, true}, BUILD},
        {0, {BUILD + DAY, true}, BUILD + DAY},
        {INT64_C(946684800000), {BUILD, true}, BUILD}, /* 2000-01-01 */
        {BUILD + DAY - 1, {BUILD, true}, BUILD + DAY - 1},
        {BUILD + DAY + 1, {BUILD, true}, BUILD},
        {BUILD + 30 * DAY, {BUILD, false}, BUILD + 30 * DAY}, /* the box may well have slept for a month */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bool replaced = false;
        assert_int_equal(moment_sent(cases[i].scts, cases[i].now, &replaced), cases[i].sent);
        assert_int_equal(replaced, cases[i].sent != cases[i].scts);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wall_clock_is_judged),
        cmocka_unit_test(impossible_stamps_are_replaced),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
