/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "parsers/cause.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static const struct {
    enum cause_family family;
    int32_t code;
    enum cause_class class;
    const char *text;
} rows[] = {
    {CAUSE_CMS, 1, CAUSE_PERMANENT, "CMS 1: unassigned number"},
    {CAUSE_CMS, 38, CAUSE_TRANSIENT, "CMS 38: network out of order"},
    {CAUSE_CMS, 197, CAUSE_OK, "CMS 197: rejected as a duplicate"},
    {CAUSE_CMS, 331, CAUSE_NO_NETWORK, "CMS 331: no network service"},
    {CAUSE_CMS, 332, CAUSE_TRANSIENT, "CMS 332: network timeout"},
    {CAUSE_CMS, 513, CAUSE_TRANSIENT, "CMS 513"},
    {CAUSE_CMS, 0, CAUSE_TRANSIENT, "CMS 0"},
    {CAUSE_CME, 30, CAUSE_NO_NETWORK, "CME 30: no network service"},
    {CAUSE_CME, 10, CAUSE_NO_NETWORK, "CME 10: SIM not inserted"},
    {CAUSE_LOCAL, CAUSE_LOCAL_ERROR, CAUSE_TRANSIENT, "modem 1: the modem said ERROR"},
    {CAUSE_CMS, -3, CAUSE_TRANSIENT, "CMS 65535"},
};

static void causes_have_class_and_words(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[CAUSE_TEXT_MAX];
        int32_t cause = cause_of(rows[i].family, rows[i].code);
        assert_int_equal(cause_class(cause), rows[i].class);
        cause_format(cause, text);
        assert_string_equal(text, rows[i].text);
    }
}

/* The two families use the same numbers for different things. */
static void families_are_kept_apart(void **state)
{
    (void)state;
    assert_int_not_equal(cause_of(CAUSE_CMS, 30), cause_of(CAUSE_CME, 30));
    assert_int_equal(cause_class(cause_of(CAUSE_CMS, 30)), CAUSE_SIM);
}

static void what_is_no_cause_is_unknown(void **state)
{
    (void)state;
    static const int32_t none[] = {CAUSE_NONE, 0, 38, INT32_MIN, INT32_MAX};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        char text[CAUSE_TEXT_MAX];
        assert_int_equal(cause_class(none[i]), CAUSE_UNKNOWN);
        cause_format(none[i], text);
        assert_string_equal(text, "none");
    }
}

/* Each code once, each text short enough to be shown whole. */
static void table_is_sound(void **state)
{
    (void)state;
    static const struct {
        int32_t cause;
        const char *text;
    } table[] = {
#define CAUSE(family, code, class, text) {((int32_t)CAUSE_##family << 16) | (code), text},
#include "parsers/cause.def"
#undef CAUSE
    };
    enum { N = sizeof table / sizeof *table };
    for (int i = 0; i < N; i++) {
        char text[CAUSE_TEXT_MAX];
        cause_format(table[i].cause, text);
        const char *colon = strstr(text, ": ");
        assert_non_null(colon);
        assert_string_equal(colon + 2, table[i].text);
        for (int j = 0; j < i; j++)
            assert_int_not_equal(table[i].cause, table[j].cause);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(causes_have_class_and_words),
        cmocka_unit_test(families_are_kept_apart),
        cmocka_unit_test(what_is_no_cause_is_unknown),
        cmocka_unit_test(table_is_sound),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
