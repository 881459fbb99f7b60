/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "store/rule.h"

#include "parsers/period.h"
#include "parsers/quarter.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum { HAMIL, BERSALIN, KEK, K4, FE, N_KEYS };
static const struct key keys[N_KEYS] = {
    {.code = "HAMIL", .of = -1}, {.code = "BERSALIN", .of = -1}, {.code = "KEK", .of = -1},
    {.code = "K4", .of = 0},     {.code = "FE", .of = 0},
};
static struct rule rules_of_form[] = {
    {.kind = RULE_ERROR, .check = "K4 <= HAMIL", .line = 41},
    {.kind = RULE_ERROR, .check = "FE <= HAMIL + coalesce(BERSALIN,0) -- not only", .line = 42},
    {.kind = RULE_CONFIRM, .check = "HAMIL <= max(3 * HAMIL_LALU, HAMIL_LALU + 10)", .line = 43},
    {.kind = RULE_ERROR, .check = "KEK / 0 = 1", .line = 44},
    {.kind = RULE_ERROR, .check = "K4 <= HAMIL * 0.5", .line = 45},
};
enum { N_RULES = sizeof rules_of_form / sizeof rules_of_form[0] };
static const struct variant variants[] = {
    {.name = "workbook", .numerator = "K4", .denominator = "HAMIL", .line = 60},
    {.name = "other", .numerator = "K4 + FE", .denominator = "HAMIL - BERSALIN", .line = 61},
};
static struct form_alert alerts[] = {
    {.when = "KEK > KEK_LALU", .line = 51},
    {.when = "KEK > 0 AND K4 = 0", .line = 52},
    {.when = "KEK / 0", .line = 53},
};
enum { N_ALERTS = sizeof alerts / sizeof *alerts };
static struct form forms[] = {
    {.code = "IBU_HAMIL",
     .keys = keys,
     .n_keys = N_KEYS,
     .rules = rules_of_form,
     .n_rules = N_RULES,
     .alerts = alerts,
     .n_alerts = N_ALERTS},
    {.code = "EMPTY", .keys = keys, .n_keys = 1},
};
static struct indicator indicators[] = {
    {.code = "B1", .form = 0, .variants = variants, .n_variants = 2, .chosen = 0},
    {.code = "B1x", .form = 0, .variants = variants, .n_variants = 2, .chosen = 1},
};
static const struct set set = {
    .name = "test", .file = "test.cfg", .forms = forms, .n_forms = 2, .indicators = indicators, .n_indicators = 2};

static struct rules *open_rules(void)
{
    struct rules *rules = NULL;
    struct rule_error why = {0};
    struct error error = {{0}};
    int r = rules_open(&set, &rules, &why, &error);
    if (r != 0)
        fail_msg("%d: line %d: %s %s", r, why.line, why.text, error.text);
    return rules;
}

static void verdicts(void **state)
{
    (void)state;
    static const struct {
        int values[N_KEYS], before[N_KEYS];
        enum rule_verdict expected[N_RULES];
    } cases[] = {
        {{12, 2, 3, 3, 14}, {-1, -1, -1, -1, -1}, {RULE_HOLDS, RULE_HOLDS, RULE_UNKNOWN, RULE_UNKNOWN, RULE_HOLDS}},
        {{12, 2, 3, 15, 15}, {3, -1, -1, -1, -1}, {RULE_FAILS, RULE_FAILS, RULE_HOLDS, RULE_UNKNOWN, RULE_FAILS}},
        {{-1, -1, 0, 15, 15},
         {3, -1, -1, -1, -1},
         {RULE_UNKNOWN, RULE_UNKNOWN, RULE_UNKNOWN, RULE_UNKNOWN, RULE_UNKNOWN}},
        {{40, -1, 0, 0, 40}, {10, -1, -1, -1, -1}, {RULE_HOLDS, RULE_HOLDS, RULE_FAILS, RULE_UNKNOWN, RULE_HOLDS}},
    };
    struct rules *rules = open_rules();
    struct error error;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        enum rule_verdict got[N_RULES];
        assert_int_equal(rules_check(rules, 0, MONTH_NONE, cases[i].values, cases[i].before, got, &error), 0);
        for (size_t j = 0; j < N_RULES; j++) {
            if (got[j] != cases[i].expected[j])
                fail_msg("case %zu, rule %s: %d, not %d", i, rules_of_form[j].check, got[j], cases[i].expected[j]);
        }
    }
    assert_int_equal(rules_check(rules, 1, MONTH_NONE, cases[0].values, cases[0].before, NULL, &error), 0);
    assert_null(rules_close(rules));
    assert_null(rules_close(NULL));
}

static void an_alert_fires_where_it_is_certain(void **state)
{
    (void)state;
    static const struct {
        int values[N_KEYS], before[N_KEYS];
        bool expected[N_ALERTS];
    } cases[] = {
        {{12, 2, 3, 3, 14}, {-1, -1, 2, -1, -1}, {true, false, false}},
        {{12, 2, 3, 0, 14}, {-1, -1, 3, -1, -1}, {false, true, false}},
        {{12, 2, 3, -1, 14}, {-1, -1, -1, -1, -1}, {false, false, false}},
    };
    struct rules *rules = open_rules();
    struct error error;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        bool got[N_ALERTS];
        assert_int_equal(rules_alerts(rules, 0, MONTH_NONE, cases[i].values, cases[i].before, got, &error), 0);
        for (size_t j = 0; j < N_ALERTS; j++)
            if (got[j] != cases[i].expected[j])
                fail_msg("case %zu, alert %s: %d", i, alerts[j].when, got[j]);
    }
    assert_int_equal(rules_alerts(rules, 1, MONTH_NONE, cases[0].values, cases[0].before, NULL, &error), 0);
    rules_close(rules);
}

static void an_alert_that_does_not_compile_is_named(void **state)
{
    (void)state;
    struct rules *rules = NULL;
    struct rule_error why = {0};
    struct error error;
    const char *kept = alerts[1].when;
    alerts[1].when = "KEKK > 0";
    assert_int_equal(rules_open(&set, &rules, &why, &error), -EINVAL);
    alerts[1].when = kept;
    assert_int_equal(why.line, 52);
    assert_memory_equal(why.text, "alert \"KEKK > 0\": no such column: KEKK", 38);
}

static void indicators_unknown_is_never_zero(void **state)
{
    (void)state;
    static const struct {
        int values[N_KEYS];
        int indicator, numerator, denominator;
    } cases[] = {
        {{27, 7, 2, 27, 20}, 0, 27, 27}, {{27, 7, 2, 27, 20}, 1, 47, 20}, {{-1, 7, 2, 3, 20}, 0, 3, -1},
        {{27, 7, 2, -1, 20}, 0, -1, 27}, {{0, -1, -1, 0, -1}, 0, 0, 0},   {{27, -1, 2, 3, -1}, 1, -1, -1},
        {{3, 7, 2, 27, 20}, 1, 47, -1},  {{3, 7, 2, 27, 20}, 0, 27, 3},
    };
    struct rules *rules = open_rules();
    struct error error;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct figures figures;
        assert_int_equal(rules_figures(rules, 0, QUARTER_NONE, cases[i].values, &figures, &error), 0);
        assert_int_equal(figures.indicators[cases[i].indicator].numerator, cases[i].numerator);
        assert_int_equal(figures.indicators[cases[i].indicator].denominator, cases[i].denominator);
    }
    rules_close(rules);
}

static const char *const refused_checks[] = {
    "K4 < = HAMIL",
    "K5 <= HAMIL",
    "\"K5\" <= HAMIL",
    "",
    "K4 <= HAMIL, 1",
    "K4 <= HAMIL) FROM v WHERE (1",
    "K4 <= HAMIL)), ((1",
    "K4); DROP TABLE v; SELECT (1",
    "K4 <= HAMIL /* to the end",
    "1) UNION SELECT (2",
    "(SELECT 1)",
    "(SELECT max(HAMIL) FROM v) > 1",
    "(SELECT count(*) FROM sqlite_schema) = 0",
    "(SELECT count(*) FROM sqlite_master) = 0",
    "K4 IN (SELECT 1)",
    "K4 IN (VALUES (1), (2))",
    "EXISTS (SELECT 1 FROM v)",
    "K4 IN sqlite_schema",
    "K4 IN v",
    "K4 IN json_each('[1]')",
    "(SELECT value FROM json_each('[1]')) = 1",
    "(WITH x(a) AS (SELECT 1) SELECT a FROM x) = 1",
    "random() > 0",
    "RANDOM() > 0",
    "length(randomblob(4)) = 4",
    "load_extension('x') IS NULL",
    "sqlite_version() > 'x'",
    "date('now') > '2020'",
    "strftime('%s') > 0",
    "CURRENT_TIMESTAMP > '2020'",
    "changes() = 0",
    "no_such_function(K4)",
    "?99 = 1",
    ":name = 1",
    "K4 <= HAMIL; SELECT 1",
    "PRAGMA user_version",
    "HAMIL_LALU.x",
    "main.v.HAMIL",
    "RAISE(ABORT, 'x')",
    /* What would not end, or not in this memory. */
    "(WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT count(*) FROM c) > 0",
    "length(printf('%.*c', 2147483647, 'x') || printf('%.*c', 2147483646, 'x')) > 0",
    "length(format('%2147483647d', K4)) > 0",
    "length(replace(replace('xxxxxxxxxx', 'x', 'yyyyyyyyyy'), 'y', 'zzzzzzzzzz')) > 0",
    "length(zeroblob(1000000000)) > 0",
    "length(hex(zeroblob(30000))) > 0",
    "length(group_concat(K4)) > 0",
    "length(quote(K4)) > 0",
    "instr('aaaaaaaa', 'b') > 0",
    "'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' LIKE '%a%a%a%a%a%a%a%a%a%a%b'",
    "'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' GLOB '*a*a*a*a*a*a*a*a*b'",
    "json_array(K4) IS NULL",
    "sum(K4) > 0",
    "row_number() OVER () > 0",
    /* What compiles and fails when it runs. */
    "abs(-9223372036854775807 - 1) > K4",
};

/* Each is refused, with its line. */
static void refused(void **state)
{
    (void)state;
    struct rule check = rules_of_form[0];
    for (size_t i = 0; i < sizeof refused_checks / sizeof refused_checks[0]; i++) {
        struct rules *rules = NULL;
        struct rule_error why = {0};
        struct error error = {{0}};
        rules_of_form[0] = (struct rule){.kind = RULE_ERROR, .check = refused_checks[i], .line = 77};
        int r = rules_open(&set, &rules, &why, &error);
        if (r != -EINVAL || why.line != 77 || !strstr(why.text, "rule \"") || rules)
            fail_msg("%s: %d, line %d: %s %s", refused_checks[i], r, why.line, why.text, error.text);
    }
    rules_of_form[0] = check;
}

static void allowed(void **state)
{
    (void)state;
    static const char *const checks[] = {
        "K4 IN (1, 2, 3) OR K4 NOT IN (1)",
        "CASE WHEN K4 > 3 THEN 1 ELSE HAMIL BETWEEN 1 AND 9 END",
        "abs(K4 - HAMIL) < 3 AND round(K4 / 2.0) > 1 AND iif(K4, 1, 0)",
        "max(K4, HAMIL) - min(K4, HAMIL) < ceil(HAMIL * 0.1) AND nullif(K4, 0) + ifnull(FE, 0) > -1",
        "K4 IS NULL OR K4 IS NOT 3",
        "k4 <= Hamil",
        "K4 <= HAMIL -- a comment",
        "K4 <= HAMIL /* a comment */",
        "1",
        "(K4) <= (HAMIL)",
        "K4 <= HAMIL AND FE <= HAMIL\n AND 'a)b' = 'a)b'",
    };
    struct rule check = rules_of_form[0];
    for (size_t i = 0; i < sizeof checks / sizeof checks[0]; i++) {
        rules_of_form[0] = (struct rule){.kind = RULE_ERROR, .check = checks[i], .line = 77};
        rules_close(open_rules());
    }
    rules_of_form[0] = check;
}

/* The quarter of the year has a name of its own; what it is must be known. */
static void quarters_are_named(void **state)
{
    (void)state;
    static const struct {
        int month;
        enum rule_verdict expected;
    } cases[] = {{2026 * 12 + 8, RULE_FAILS}, {2026 * 12 + 9, RULE_HOLDS}, {MONTH_NONE, RULE_UNKNOWN}};
    const int values[N_KEYS] = {12, 2, 3, 3, 14}, before[N_KEYS] = {-1, -1, -1, -1, -1};
    struct rule check = rules_of_form[0];
    struct indicator indicator = indicators[0];
    const struct variant by_quarter = {.name = "default",
                                       .numerator = "K4",
                                       .denominator = "CASE WHEN QUARTER = 4 THEN HAMIL ELSE HAMIL - KEK END",
                                       .approximate = "QUARTER < 4"};
    struct error error;
    rules_of_form[0] = (struct rule){.kind = RULE_ERROR, .check = "QUARTER = 4", .line = 77};
    indicators[0].variants = &by_quarter;
    indicators[0].n_variants = 1;
    struct rules *rules = open_rules();
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        enum rule_verdict got[N_RULES];
        assert_int_equal(rules_check(rules, 0, cases[i].month, values, before, got, &error), 0);
        assert_int_equal(got[0], cases[i].expected);
    }
    for (int quarter = 2026 * 4; quarter < 2027 * 4; quarter++) {
        struct figures figures;
        bool last = quarter % 4 == 3;
        assert_int_equal(rules_figures(rules, 0, quarter, values, &figures, &error), 0);
        assert_int_equal(figures.indicators[0].denominator, last ? 12 : 9);
        assert_int_equal(figures.indicators[0].approximate, !last);
    }
    rules_close(rules);
    rules_of_form[0] = check;
    indicators[0] = indicator;
}

static void a_bad_variant_is_refused_chosen_or_not(void **state)
{
    (void)state;
    struct rules *rules = NULL;
    struct rule_error why = {0};
    struct error error = {{0}};
    struct variant bad[] = {variants[0], {.name = "bad", .numerator = "K4", .denominator = "HAMIL_LALU", .line = 88}};
    struct indicator check = indicators[0];
    indicators[0].variants = bad;
    assert_int_equal(rules_open(&set, &rules, &why, &error), -EINVAL);
    assert_int_equal(why.line, 88);
    assert_non_null(strstr(why.text, "denominator \"HAMIL_LALU\""));
    assert_non_null(strstr(why.text, "HAMIL, BERSALIN, KEK, K4, FE"));
    indicators[0] = check;
}

/* It fails for one value only, which nobody tried before: then it says nothing, and the message goes on. */
static void what_fails_later_says_nothing(void **state)
{
    (void)state;
    struct rule check = rules_of_form[0];
    enum rule_verdict got[N_RULES];
    struct error error;
    int values[N_KEYS] = {12, 2, 3, 7, 14}, before[N_KEYS] = {-1, -1, -1, -1, -1};
    rules_of_form[0] = (struct rule){
        .kind = RULE_ERROR, .check = "abs(CASE K4 WHEN 7 THEN -9223372036854775807 - 1 END) > 0", .line = 77};
    forms[0].line = 40;
    struct rules *rules = open_rules();
    assert_null(rules_fault(rules));
    assert_int_equal(rules_check(rules, 0, MONTH_NONE, values, before, got, &error), 0);
    for (size_t i = 0; i < N_RULES; i++)
        assert_int_equal(got[i], RULE_UNKNOWN);
    assert_int_equal(rules_fault(rules)->line, 40);
    assert_non_null(strstr(rules_fault(rules)->text, "integer overflow"));
    values[K4] = 8;
    assert_int_equal(rules_check(rules, 0, MONTH_NONE, values, before, got, &error), 0);
    assert_int_equal(got[4], RULE_FAILS);
    rules_close(rules);
    rules_of_form[0] = check;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(verdicts),
        cmocka_unit_test(an_alert_fires_where_it_is_certain),
        cmocka_unit_test(an_alert_that_does_not_compile_is_named),
        cmocka_unit_test(indicators_unknown_is_never_zero),
        cmocka_unit_test(refused),
        cmocka_unit_test(what_fails_later_says_nothing),
        cmocka_unit_test(allowed),
        cmocka_unit_test(quarters_are_named),
        cmocka_unit_test(a_bad_variant_is_refused_chosen_or_not),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
