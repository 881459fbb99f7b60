/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Values (docs/grammar.md, 4): what is a count, and what never is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "small_set.h"

enum { BAD = -1, MISSING = -2, DIFFERENT = -3 };

/* The value that TANAM, which has no denominator, is given by what stands behind it. */
static int value_behind(const char *value)
{
    char text[256];
    snprintf(text, sizeof text, "sawah 900 tanam %s lele 1", value);
    const struct reading *reading = small_read(text);
    const struct segment *segment = &reading->segments[0];
    if (reading->n_segments != 1)
        return DIFFERENT;
    for (size_t i = 0; i < segment->n_fields; i++) {
        if (segment->fields[i].key == 5)
            return segment->fields[i].value;
    }
    for (size_t i = 0; i < segment->n_problems; i++) {
        if (segment->problems[i].key == 5)
            return segment->problems[i].code == PROBLEM_BAD_VALUE ? BAD : MISSING;
    }
    return DIFFERENT;
}

static void check(const char *text, int value)
{
    int found = value_behind(text);
    if (found != value)
        fail_msg("\"%s\" is %d, not %d", text, found, value);
}

static const struct {
    const char *text;
    int value;
} digits_table[] = {
    {"0", 0},
    {"3", 3},
    {"03", 3},
    {"9999", 9999},
    {"10000", BAD},
    {"123456789012345678901", BAD},
    {"1.200", 1200},
    {"9.999", 9999},
    {"10.000", BAD},
    {"0.200", BAD},
    {"1.2000", BAD},
    {"1.20", BAD},
    {"1.200.000", BAD},
    {"12.", 12},
    {"12,", 12},
    {"12?", 12},
    {"12..", 12},
    {"12,5", BAD},
    {"3.5", BAD},
    {"1,200", BAD},
    {"1.200,5", BAD},
    {"(12)", 12},
    {": 12", 12},
    {"- 12", 12},
    {"-12", BAD},
    {"+12", BAD},
    {"=-12", BAD},
    {"12-14", BAD},
    {"12 - 14", BAD},
    {"12~14", BAD},
    {"~12", BAD},
    {"> 12", BAD},
    {"<12", BAD},
    {"\u00b112", BAD},
    {"90%", BAD},
    {"90 %", BAD},
    {"90 persen", BAD},
    {"12 40", BAD},
    {"12+3", 15}, /* which is asked */
    {"1e3", BAD},
    {"0x10", BAD},
    {"3a", BAD},
    {"10mg", BAD},
    {"\u0663", BAD},
    {"1\u0663", BAD},
    {"\u00bd", BAD},
    {"x", BAD},
    {"XX", BAD},
    {"x2", BAD},
    {"?", BAD},
    {"-", BAD},
    {"--", BAD},
    {"1\ufe0f\u20e32\ufe0f\u20e3", 12},
    {"", MISSING},
    {"12 orang", 12},
    {"12orang", 12},
    {"3x", 3},
    {"3/12", 3},
    {"3 dari 12", 3},
    {"3 / 12", 3},
    {"3/12/40", MISSING},
    {"3/x", 3},
};

static void digits(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof digits_table / sizeof digits_table[0]; i++)
        check(digits_table[i].text, digits_table[i].value);
}

static void letters_for_digits(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int value;
    } table[] = {
        {"1O", 10}, {"1o", 10},  {"l2", 12}, {"I9", 19},  {"i0", 10},  {"2OO", 200}, {"O5", 5},      {"o", 0},
        {"O", 0},   {"lO", BAD}, {"l", BAD}, {"OO", BAD}, {"L2", BAD}, {"1Oa", BAD}, {"1.2OO", BAD},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
        check(table[i].text, table[i].value);
}

static void words(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int value;
    } table[] = {
        {"nol", 0},
        {"satu", 1},
        {"sepuluh", 10},
        {"sebelas", 11},
        {"dua belas", 12},
        {"duabelas", 12},
        {"dua puluh", 20},
        {"dua puluh tiga", 23},
        {"duapuluhtiga", 23},
        {"seratus", 100},
        {"seratus lima", 105},
        {"seratus dua belas", 112},
        {"dua ratus", 200},
        {"dua ratus lima puluh enam", 256},
        {"seribu", 1000},
        {"seribu dua ratus", 1200},
        {"sembilan ribu sembilan ratus sembilan puluh sembilan", 9999},
        {"sepuluh ribu", BAD},
        {"dua ratus ribu", BAD},
        {"dua tiga", BAD},
        {"duatiga", BAD},
        {"dua puluh sebelas", BAD},
        {"dua puluh 3", BAD},
        {"20 tiga", BAD},
        {"12 belas", BAD},
        {"2 ratus", BAD},
        {"belas", BAD},
        {"puluh", BAD},
        {"duablas", BAD},
        {"empt", BAD},
        {"sepulu", BAD},
        {"dua puluh tga", BAD},
        {"12 blas", BAD},
        {"dua puluh lama", BAD},
        {"dua lembar", 2},
        {"tiga orang", 3},
        {"tiga persen", BAD},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
        check(table[i].text, table[i].value);
}

static void explicit_zeros(void **state)
{
    (void)state;
    static const char *const zeros[] = {"0",        "o",       "nol",    "nihil",       "tidak ada",
                                        "tidakada", "gak ada", "gakada", "jumlah nihil"};
    for (size_t i = 0; i < sizeof zeros / sizeof zeros[0]; i++)
        check(zeros[i], 0);
    check("tidak", MISSING);
    check("ada", MISSING);
    check("0 nihil", BAD);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(digits),
        cmocka_unit_test(letters_for_digits),
        cmocka_unit_test(words),
        cmocka_unit_test(explicit_zeros),
    };
    return cmocka_run_group_tests(tests, small_open, small_close);
}
