/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Days as a person types them. Today is 7 January 2027. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "base/day.h"

static const struct day today = {2027, 1, 7};

static const char *read_as(const char *typed)
{
    static char text[48];
    struct day day = {0, 0, 0};
    if (day_parse(view_of(typed), today, &day) != 0)
        return "-";
    (void)snprintf(text, sizeof text, "%04d-%02d-%02d", day.year, day.month, day.day);
    return text;
}

static void days_are_read(void **state)
{
    (void)state;
    static const struct {
        const char *typed, *day;
    } cases[] = {
        {"2027-01-07", "2027-01-07"},
        {"7/1/2027", "2027-01-07"},
        {"07-01-2027", "2027-01-07"},
        {"7.1.2027", "2027-01-07"},
        {"29/2/2028", "2028-02-29"},
        {"hari ini", "2027-01-07"},
        {"Hari  Ini ", "2027-01-07"},
        {"kemarin", "2027-01-06"},
        {"KEMARIN", "2027-01-06"},
        {"today", "2027-01-07"},
        {"yesterday", "2027-01-06"},
        {"7 hari", "2026-12-31"},
        {"7hari", "2026-12-31"},
        {"0 hari", "2027-01-07"},
        {"2 minggu lalu", "2026-12-24"},
        {"400 hari", "2025-12-03"},
        {"29/2/2027", "-"},
        {"2027-13-01", "-"},
        {"7/1", "-"},
        {"7/1/27", "-"},
        {"2027-01-07T09:00", "-"},
        {"2027-01/07", "-"},
        {"hari", "-"},
        {"9999 minggu", "-"},
        {"99999 hari", "-"},
        {"", "-"},
        {"12 ekor", "-"},
        {"7 hari 7 hari 7 hari 7 hari 7 hari 7 hari", "-"},
        {"0001-01-01", "-"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_string_equal(read_as(cases[i].typed), cases[i].day);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(days_are_read)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
