/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "parsers/quarter.h"

static void test_months(void **state)
{
    (void)state;
    const int october = 2026 * 12 + 9;
    assert_int_equal(quarter_of(october), 2026 * 4 + 3);
    assert_int_equal(quarter_of(october - 1), 2026 * 4 + 2);
    assert_int_equal(quarter_of(october) * QUARTER_MONTHS, october);
}

static void test_text(void **state)
{
    (void)state;
    char text[8];
    quarter_format(2026 * 4 + 2, text);
    assert_string_equal(text, "2026-Q3");
    int quarter = QUARTER_NONE;
    assert_int_equal(quarter_parse(view_of("2026-Q3"), &quarter), 0);
    assert_int_equal(quarter, 2026 * 4 + 2);
    assert_int_equal(quarter_parse(view_of("2025-q4"), &quarter), 0);
    assert_int_equal(quarter, 2025 * 4 + 3);
    static const char *const bad[] = {"",       "2026",     "2026-Q",  "2026-Q5", "2026-Q0",
                                      "2026Q3", "2026-Q31", "2O26-Q3", "2026-10"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        quarter = 7;
        assert_int_equal(quarter_parse(view_of(bad[i]), &quarter), -1);
        assert_int_equal(quarter, 7);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_months), cmocka_unit_test(test_text)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
