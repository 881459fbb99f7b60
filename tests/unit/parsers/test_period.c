/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Months as numbers, and every way to name one (docs/grammar.md, 7). Today is 15 October 2026. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "small_set.h"

static void months_are_numbers(void **state)
{
    (void)state;
    char text[8];
    int month = -1;
    assert_int_equal(month_of(small_today), 2026 * 12 + 9);
    month_format(2026 * 12 + 9, text);
    assert_string_equal(text, "2026-10");
    assert_int_equal(month_parse(view_of("2025-01"), &month), 0);
    assert_int_equal(month, 2025 * 12);
    static const char *const bad[] = {"2026-13", "2026-00", "2026-1", "2026/10", "x026-10", "", "2026-10 "};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_int_equal(month_parse(view_of(bad[i]), &month), -1);
    assert_int_equal(month, 2025 * 12);
}

static void the_nearest_month_is_not_in_the_future(void **state)
{
    (void)state;
    assert_int_equal(month_nearest(10, small_today), 2026 * 12 + 9);
    assert_int_equal(month_nearest(11, small_today), 2025 * 12 + 10);
    assert_int_equal(month_nearest(12, (struct day){2027, 1, 3}), 2026 * 12 + 11);
}

static void months_are_judged(void **state)
{
    (void)state;
    int now = month_of(small_today);
    assert_int_equal(month_judge(now, small_today, 3), PERIOD_OK);
    assert_int_equal(month_judge(now - 3, small_today, 3), PERIOD_OK);
    assert_int_equal(month_judge(now - 4, small_today, 3), PERIOD_TOO_OLD);
    assert_int_equal(month_judge(now + 1, small_today, 3), PERIOD_FUTURE);
    assert_int_equal(month_judge(now - 1, small_today, 0), PERIOD_TOO_OLD);
}

static void months_have_their_days(void **state)
{
    (void)state;
    assert_int_equal(month_length(2026 * 12 + 1), 28);
    assert_int_equal(month_length(2028 * 12 + 1), 29);
    assert_int_equal(month_length(2100 * 12 + 1), 28);
    assert_int_equal(month_length(2000 * 12 + 1), 29);
    assert_int_equal(month_length(2026 * 12 + 8), 30);
    assert_int_equal(month_length(2026 * 12 + 11), 31);
}

/* What a message names: "2026-10", "bad", or "-" for nothing. */
static const char *named(const char *message)
{
    static char text[8];
    const struct reading *reading = small_read(message);
    if (reading->n_segments == 0)
        return "no report";
    const struct period_mention *period = &reading->segments[0].period;
    if (period->said != PERIOD_SAID)
        return period->said == PERIOD_BAD ? "bad" : "-";
    month_format(period->month, text);
    return text;
}

static const struct {
    const char *before, *period;
} ways[] = {
    {"", "-"},
    {"bln 10", "2026-10"},
    {"bulan 9", "2026-09"},
    {"bln9", "2026-09"},
    {"bln okt", "2026-10"},
    {"okt", "2026-10"},
    {"Oktober 2025", "2025-10"},
    {"okt'26", "2026-10"},
    {"okt-26", "2026-10"},
    {"okt 26", "2026-10"},
    {"okt 25", "2025-10"},
    {"okt2025", "2025-10"},
    {"oktober tahun 2025", "2025-10"},
    {"09/2026", "2026-09"},
    {"2026-09", "2026-09"},
    {"2026/9", "2026-09"},
    {"09-26", "2026-09"},
    {"9/26", "2026-09"},
    {"bln 9 2026", "2026-09"},
    {"bln 09-26", "2026-09"},
    {"bulan lalu", "2026-09"},
    {"bulanlalu", "2026-09"},
    {"bln ini", "2026-10"},
    {"14/09/2026", "2026-09"},
    {"14-09-2026", "2026-09"},
    {"14.09.26", "2026-09"},
    {"2026-09-14", "2026-09"},
    {"14 September 2026", "2026-09"},
    {"14 september", "2026-09"},
    {"tgl 14/9", "2026-09"},
    {"tgl 14 september", "2026-09"},
    {"tgl 14", "-"},
    {"11/2026", "2026-11"},
    {"november", "2025-11"},
    {"bu Mei", "-"},
    {"okt okt", "2026-10"},
    {"okt 14/10/2026", "2026-10"},
    {"okt sept", "bad"},
    {"bln 13", "bad"},
    {"bln 0", "bad"},
    {"bln", "bad"},
    {"bln 2026", "bad"},
    {"2026-13", "bad"},
    {"13-26", "bad"},
    {"31/09/2026", "bad"},
    {"29/02/2026", "bad"},
    {"10/14/2026", "bad"},
    {"2026", "bad"},
    {"tahun 2026", "bad"},
    {"Septmber", "bad"},
    {"Septmber 2026", "bad"},
};

static void every_way_to_name_a_month(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
        char text[128];
        snprintf(text, sizeof text, "%s sawah 12 k4 3", ways[i].before);
        const char *found = named(text);
        if (strcmp(found, ways[i].period) != 0)
            fail_msg("\"%s\" names %s, not %s", text, found, ways[i].period);
    }
}

static void inside_a_segment(void **state)
{
    (void)state;
    static const struct {
        const char *text, *period;
        int total, k4;
    } table[] = {
        {"sawah okt 12 k4 3", "2026-10", 12, 3},
        {"sawah okt 26 k4 3", "2026-10", 26, 3},
        {"sawah 12 okt 2025 k4 3", "2025-10", 12, 3},
        {"sawah 14 oktober 2025 12 k4 3", "2025-10", 12, 3},
        {"sawah 09/2026 k4 3", "2026-09", -1, 3},
        {"sawah 12 k4 09/2026", "2026-09", 12, -1},
        {"sawah 12 k4 3 bln 9", "2026-09", 12, 3},
        {"sawah 12 k4 3 14 september", "2026-09", 12, 3},
        {"sawah 10-26 k4 3", "-", -1, 3},
        {"sawah 12 k4 3 -Mei", "-", 12, 3},
        {"sawah 12 k4 3 -Siti Mei", "-", 12, 3},
        {"sawah 12 k4 3 septmber", "-", 12, 3},
        {"sawah 12 k4 3 septmber 2026", "bad", 12, 3},
        {"sawah 12 k4 3 bln 9 bln 8", "bad", 12, 3},
        {"sawah 12 k4 3 2026", "bad", 12, 3},
        {"sawah 2026 k4 3", "bad", -1, 3},
        {"bln 8 sawah 12 k4 3 bln 9", "bad", 12, 3},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        assert_string_equal(named(table[i].text), table[i].period);
        const struct segment *segment = &small_reading->segments[0];
        int total = -1, k4 = -1;
        for (size_t f = 0; f < segment->n_fields; f++) {
            total = segment->fields[f].key == 0 ? segment->fields[f].value : total;
            k4 = segment->fields[f].key == 2 ? segment->fields[f].value : k4;
        }
        assert_int_equal(total, table[i].total);
        assert_int_equal(k4, table[i].k4);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(months_are_numbers),        cmocka_unit_test(the_nearest_month_is_not_in_the_future),
        cmocka_unit_test(months_are_judged),         cmocka_unit_test(months_have_their_days),
        cmocka_unit_test(every_way_to_name_a_month), cmocka_unit_test(inside_a_segment),
    };
    return cmocka_run_group_tests(tests, small_open, small_close);
}
