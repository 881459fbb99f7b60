/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Numbers as people and networks write them (docs/design.md, 12). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "parsers/msisdn.h"

struct number {
    const char *text;
    enum msisdn_kind kind;
    const char *number;
};

static void check(const struct number *cases, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        char number[MSISDN_MAX];
        enum msisdn_kind kind = msisdn_normalise(view_of(cases[i].text), number);
        if (kind != cases[i].kind || strcmp(number, cases[i].number) != 0)
            fail_msg("\"%s\": kind %d, \"%s\"", cases[i].text, (int)kind, number);
    }
}

static void numbers_of_spreadsheets(void **state)
{
    (void)state;
    static const struct number cases[] = {
        {"81230000014.0", MSISDN_MOBILE, "+6281230000014"},
        {"081230000014.00", MSISDN_MOBILE, "+6281230000014"},
        {"81230000014,0", MSISDN_MOBILE, "+6281230000014"},
        {"+6281230000014.0", MSISDN_MOBILE, "+6281230000014"},
        {"8.1230000014E+10", MSISDN_MOBILE, "+6281230000014"},
        {"8,1230000014e10", MSISDN_MOBILE, "+6281230000014"},
        {"6.281230000014E+12", MSISDN_MOBILE, "+6281230000014"},
        {"8.12E+10", MSISDN_NAME, "8.12E+10"}, /* digits are lost */
        {"8.123E+10", MSISDN_NAME, "8.123E+10"},
        {"8.1230000014E+9", MSISDN_NAME, "8.1230000014E+9"},
        {"8.1230000014E+99999999999", MSISDN_NAME, "8.1230000014E+99999"},
        {"81230000014.5", MSISDN_NAME, "81230000014.5"},
        {"0812.3000.0000", MSISDN_MOBILE, "+6281230000000"},
        {"08123000.0000", MSISDN_MOBILE, "+6281230000000"},
        {"81230000014.", MSISDN_MOBILE, "+6281230000014"},
        {"8.1E+", MSISDN_NAME, "8.1E+"},
    };
    check(cases, sizeof cases / sizeof *cases);
}

static void numbers(void **state)
{
    (void)state;
    static const struct number cases[] = {
        {"+6281230000000", MSISDN_MOBILE, "+6281230000000"},
        {"6281230000000", MSISDN_MOBILE, "+6281230000000"},
        {"081230000000", MSISDN_MOBILE, "+6281230000000"},
        {"81230000000", MSISDN_MOBILE, "+6281230000000"},
        {"006281230000000", MSISDN_MOBILE, "+6281230000000"},
        {"+62081230000000", MSISDN_MOBILE, "+6281230000000"},
        {"62081230000000", MSISDN_MOBILE, "+6281230000000"},
        {"+62 812-3000-0000", MSISDN_MOBILE, "+6281230000000"},
        {"(0812) 3000.0000", MSISDN_MOBILE, "+6281230000000"},
        {"0812 300000", MSISDN_MOBILE,
         "+62"
         "812300000"},                                      /* 10 digits: the shortest */
        {"08123000000000", MSISDN_SHORT, "08123000000000"}, /* one digit too many */
        {"081230000", MSISDN_SHORT, "081230000"},           /* one too few */
        {"0804 12345678", MSISDN_SHORT,
         "0804"
         "12345678"},                                     /* 0804: a service */
        {"+622112345678", MSISDN_SHORT, "+622112345678"}, /* a landline gets no SMS */
        {"0211234567", MSISDN_SHORT, "0211234567"},
        {"+6591234567", MSISDN_OTHER, "+6591234567"},
        {"006591234567", MSISDN_OTHER, "+6591234567"},
        {"6591234567", MSISDN_SHORT, "6591234567"}, /* whose is it? */
        {"+12345678", MSISDN_SHORT, "+12345678"},
        {"+1234567890123456", MSISDN_SHORT, "+1234567890123456"},
        {"3636", MSISDN_SHORT, "3636"},
        {"*888#", MSISDN_SHORT, "*888#"},
        {"123456789012345678901234567890", MSISDN_SHORT, "1234567890123456789"},
        {"TELKOMSEL", MSISDN_NAME, "TELKOMSEL"},
        {"V-Tri", MSISDN_NAME, "V-Tri"},
        {"0812a3000000", MSISDN_NAME, "0812a3000000"},
        {"0812+3000000", MSISDN_NAME, "0812+3000000"},
        {"", MSISDN_NAME, ""},
        {"+", MSISDN_NAME, "+"},
        {"\xc3\xa9 a\x01\n", MSISDN_NAME, "a"},
    };
    check(cases, sizeof cases / sizeof *cases);
}

static void masks(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"+6281230000034", "+62812***34"}, {"+659123456", "+65912***56"},
        {"+65912345678", "+65912***78"},   {"3636", "3636"},
        {"TELKOMSEL", "TELKOMSEL"},        {"", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char masked[MSISDN_MAX];
        msisdn_mask(cases[i][0], masked);
        assert_string_equal(masked, cases[i][1]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(numbers), cmocka_unit_test(numbers_of_spreadsheets),
                                       cmocka_unit_test(masks)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
