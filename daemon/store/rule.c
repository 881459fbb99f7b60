/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "store/rule.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/translate.h"
#include "parsers/period.h"
#include "parsers/quarter.h"
#include "store/store_internal.h"

enum {
    SQL_MAX = 1 << 16,
    RESULT_MAX = 1 << 16, /* bytes of a text, literals included */
    STEPS_MAX = 1 << 20,  /* of SQLite's virtual machine, for all expressions of a form: some ten milliseconds */
    STEPS_LOOK = 1 << 10, /* between two looks at them */
    PLACE_QUARTER = 1,
    PLACE_KEYS = 2,
};

struct rules {
    sqlite3 *db;
    const struct set *set;
    sqlite3_stmt *forms[SET_FORMS_MAX];
    sqlite3_stmt *alerts[SET_FORMS_MAX];
    sqlite3_stmt *figures[SET_FORMS_MAX]; /* all of a form that a card shows; NULL: nothing */
    int selects;                          /* counted by the authorizer while it compiles */
    int steps;                            /* of the statement that runs */
    struct rule_error fault;              /* line 0: none */
};

/* What counts need, each done in a fixed time whatever its arguments are. Texts can grow without end (printf, replace,
 * zeroblob, group_concat) or be compared without end (LIKE): no function of texts is here. */
static const char *const functions[] = {
    "abs", "ceil",   "ceiling", "coalesce", "floor", "ifnull", "iif",  "max",   "min",
    "mod", "nullif", "pow",     "power",    "round", "sign",   "sqrt", "trunc",
};

static bool is_allowed(const char *function)
{
    for (size_t i = 0; i < COUNT_OF(functions); i++)
        if (sqlite3_stricmp(function, functions[i]) == 0)
            return true;
    return false;
}

static int authorize(void *data, int action, const char *first, const char *second, const char *database,
                     const char *inner)
{
    struct rules *rules = data;
    (void)database;
    (void)inner;
    if (action == SQLITE_SELECT) {
        rules->selects++;
        return SQLITE_OK;
    }
    if (action == SQLITE_FUNCTION)
        return is_allowed(second) ? SQLITE_OK : SQLITE_DENY;
    /* Columns of v are not asked about; v itself is, where a rule reads none of them. */
    if (action == SQLITE_READ)
        return strcmp(first, "v") == 0 && second[0] == '\0' ? SQLITE_OK : SQLITE_DENY;
    return SQLITE_DENY;
}

/* "WITH v AS (SELECT ?1 AS "QUARTER", ?2 AS "HAMIL", …, ?n AS "HAMIL_LALU" …) SELECT " */
static void put_head(struct buf *sql, const struct form *form, bool before)
{
    buf_puts(sql, "WITH v AS (SELECT ?1 AS \"" SET_QUARTER "\"");
    for (size_t i = 0; i < form->n_keys; i++)
        buf_printf(sql, ", ?%zu AS \"%s\"", PLACE_KEYS + i, form->keys[i].code);
    for (size_t i = 0; before && i < form->n_keys; i++)
        buf_printf(sql, ", ?%zu AS \"%s_LALU\"", PLACE_KEYS + form->n_keys + i, form->keys[i].code);
    buf_puts(sql, ") SELECT ");
}

/* Where the expression is one, its brackets close inside it; a comment ends with its line. */
static void put_expression(struct buf *sql, const char *expression)
{
    buf_printf(sql, "(\n%s\n)", expression);
}

static int count_steps(void *data)
{
    struct rules *rules = data;
    rules->steps += STEPS_LOOK;
    return rules->steps > STEPS_MAX;
}

static int compile(struct rules *rules, const struct buf *sql, sqlite3_stmt **ret_statement, struct error *error)
{
    const char *tail;
    sqlite3_stmt *statement = NULL;
    if (sql->full)
        return error_set(error, -ENOMEM, "rules: memory ran out, or a form's rules are over %d bytes together",
                         SQL_MAX);
    rules->selects = 0;
    int result = sqlite3_prepare_v3(rules->db, sql->text, -1, SQLITE_PREPARE_PERSISTENT, &statement, &tail);
    if (result != SQLITE_OK)
        return error_set(error, result == SQLITE_NOMEM ? -ENOMEM : -EINVAL, "%s", translate(sqlite3_errmsg(rules->db)));
    if (*tail != '\0') {
        (void)sqlite3_finalize(statement);
        return error_set(error, -EINVAL, "unexpected text after the expression");
    }
    *ret_statement = statement;
    return 0;
}

static int step(struct rules *rules, sqlite3_stmt *statement, struct error *error)
{
    rules->steps = 0;
    int result = sqlite3_step(statement);
    if (result == SQLITE_ROW)
        return 0;
    if (result == SQLITE_INTERRUPT)
        return error_set(error, -EINVAL, "it does not end within %d steps", STEPS_MAX);
    return error_set(error, result == SQLITE_NOMEM ? -ENOMEM : -EINVAL, "%s", translate(sqlite3_errmsg(rules->db)));
}

/* Evaluates it where nothing is known, and for some counts: what fails then is told to who writes the set. */
static int probe(struct rules *rules, sqlite3_stmt *statement, struct error *error)
{
    static const int counts[] = {-1, 0, 1, 25, 99999};
    int r = 0;
    for (size_t i = 0; i < COUNT_OF(counts) && r == 0; i++) {
        for (int place = 1; place <= sqlite3_bind_parameter_count(statement) && counts[i] >= 0; place++)
            (void)sqlite3_bind_int(statement, place, counts[i]);
        r = step(rules, statement, error);
        (void)sqlite3_reset(statement);
    }
    return r;
}

/* Compiles one expression by itself, twice over: one that closes the bracket around it can't close both. */
static int try_expression(struct rules *rules, const struct form *form, bool before, const char *expression,
                          struct error *error)
{
    struct buf sql;
    sqlite3_stmt *statement = NULL;
    buf_init(&sql, SQL_MAX);
    put_head(&sql, form, before);
    put_expression(&sql, expression);
    buf_puts(&sql, ", coalesce(");
    put_expression(&sql, expression);
    buf_puts(&sql, ", 0) FROM v");
    int r = compile(rules, &sql, &statement, error);
    buf_deinit(&sql);
    if (r < 0)
        return r;
    int wanted = PLACE_KEYS - 1 + (int)form->n_keys * (before ? 2 : 1);
    if (rules->selects != 2)
        r = error_set(error, -EINVAL, "it has a SELECT of its own");
    else if (sqlite3_column_count(statement) != 2)
        r = error_set(error, -EINVAL, "it is more than one expression");
    else if (sqlite3_bind_parameter_count(statement) != wanted)
        r = error_set(error, -EINVAL, "it has a parameter of its own");
    if (r == 0)
        r = probe(rules, statement, error);
    (void)sqlite3_finalize(statement);
    return r;
}

static void put_names(struct buf *names, const struct form *form, bool before)
{
    for (size_t i = 0; i < form->n_keys; i++)
        buf_printf(names, "%s%s", i ? ", " : "", form->keys[i].code);
    buf_puts(names, ", " SET_QUARTER);
    if (before)
        buf_puts(names, _(", and each with _LALU"));
}

/* Whether an expression is one, and reads nothing but its keys. */
static int check_expression(struct rules *rules, const struct form *form, bool before, const char *what,
                            const char *expression, int line, struct rule_error *ret_why, struct error *error)
{
    struct error why;
    int r = try_expression(rules, form, before, expression, &why);
    if (r == 0)
        return 0;
    if (r != -EINVAL)
        return error_set(error, r, "%s", why.text);
    struct buf names, allowed;
    buf_init(&names, SQL_MAX);
    buf_init(&allowed, SQL_MAX);
    put_names(&names, form, before);
    for (size_t i = 0; i < COUNT_OF(functions); i++)
        buf_printf(&allowed, " %s", functions[i]);
    ret_why->line = line;
    (void)snprintf(ret_why->text, sizeof ret_why->text,
                   _("%s \"%.80s\": %.60s; these functions are allowed:%s; and these names: %s"), what, expression,
                   why.text, allowed.text, names.text);
    buf_deinit(&names);
    buf_deinit(&allowed);
    return -EINVAL;
}

/* What one statement evaluates of a form: its rules, or its alerts. */
static const char *expression_of(const struct form *form, bool alerts, size_t i, int *ret_line)
{
    *ret_line = alerts ? form->alerts[i].line : form->rules[i].line;
    return alerts ? form->alerts[i].when : form->rules[i].check;
}

static int open_form(struct rules *rules, size_t index, bool alerts, struct rule_error *ret_why, struct error *error)
{
    const struct form *form = &rules->set->forms[index];
    size_t n = alerts ? form->n_alerts : form->n_rules;
    int line;
    for (size_t i = 0; i < n; i++) {
        const char *expression = expression_of(form, alerts, i, &line);
        int r = check_expression(rules, form, true, alerts ? _("alert") : _("rule"), expression, line, ret_why, error);
        if (r < 0)
            return r;
    }
    if (n == 0)
        return 0;
    struct buf sql;
    buf_init(&sql, SQL_MAX);
    put_head(&sql, form, true);
    for (size_t i = 0; i < n; i++) {
        buf_puts(&sql, i ? ", " : "");
        put_expression(&sql, expression_of(form, alerts, i, &line));
    }
    buf_puts(&sql, " FROM v");
    int r = compile(rules, &sql, alerts ? &rules->alerts[index] : &rules->forms[index], error);
    buf_deinit(&sql);
    return r;
}

/* Of every variant, so that another one can be chosen without a surprise. */
static int check_variant(struct rules *rules, const struct form *form, const struct variant *variant,
                         struct rule_error *ret_why, struct error *error)
{
    int r = check_expression(rules, form, false, "numerator", variant->numerator, variant->line, ret_why, error);
    if (r == 0)
        r = check_expression(rules, form, false, "denominator", variant->denominator, variant->line, ret_why, error);
    if (r == 0 && variant->approximate)
        r = check_expression(rules, form, false, "approximate", variant->approximate, variant->line, ret_why, error);
    return r;
}

static int check_indicator(struct rules *rules, size_t index, struct rule_error *ret_why, struct error *error)
{
    const struct indicator *indicator = &rules->set->indicators[index];
    const struct form *form = &rules->set->forms[indicator->form];
    for (size_t i = 0; i < indicator->n_variants; i++) {
        int r = check_variant(rules, form, &indicator->variants[i], ret_why, error);
        if (r < 0)
            return r;
    }
    return 0;
}

/* Parts and cells, each alone: so that a fault is told with its line. */
static int check_figures(struct rules *rules, struct rule_error *ret_why, struct error *error)
{
    const struct set *set = rules->set;
    int r = 0;
    for (size_t i = 0; i < set->n_indicators && r == 0; i++)
        if (set->indicators[i].part)
            r = check_expression(rules, &set->forms[set->indicators[i].form], false, "part", set->indicators[i].part,
                                 set->indicators[i].line, ret_why, error);
    for (size_t i = 0; i < set->n_cells && r == 0; i++)
        r = check_expression(rules, &set->forms[set->cells[i].form], false, "value", set->cells[i].value,
                             set->cells[i].line, ret_why, error);
    return r;
}

/* The columns in the order in which rules_figures() takes them; returns how many. */
static int put_figures(const struct set *set, int form, struct buf *sql)
{
    int n = 0;
    for (size_t i = 0; i < set->n_indicators; i++) {
        const struct indicator *indicator = &set->indicators[i];
        const struct variant *variant = &indicator->variants[indicator->chosen];
        const char *const texts[] = {variant->numerator, variant->denominator,
                                     indicator->part ? indicator->part : "NULL",
                                     variant->approximate ? variant->approximate : "0"};
        for (size_t j = 0; indicator->form == form && j < COUNT_OF(texts); j++) {
            buf_puts(sql, n++ ? ", " : "");
            put_expression(sql, texts[j]);
        }
    }
    for (size_t i = 0; i < set->n_cells; i++) {
        if (set->cells[i].form != form)
            continue;
        buf_puts(sql, n++ ? ", " : "");
        put_expression(sql, set->cells[i].value);
    }
    return n;
}

static int open_figures(struct rules *rules, struct error *error)
{
    int r = 0;
    for (size_t form = 0; form < rules->set->n_forms && r == 0; form++) {
        struct buf sql;
        buf_init(&sql, SQL_MAX);
        put_head(&sql, &rules->set->forms[form], false);
        int n = put_figures(rules->set, (int)form, &sql);
        buf_puts(&sql, " FROM v");
        if (n > 0)
            r = compile(rules, &sql, &rules->figures[form], error);
        buf_deinit(&sql);
    }
    return r;
}

static int open_db(struct rules *rules, struct error *error)
{
    int result = sqlite3_open_v2(":memory:", &rules->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
    if (result != SQLITE_OK)
        return sqlite_failed(rules->db, result, "rules", error);
    /* "K5" in double quotes is a misspelt key, not a text. */
    (void)sqlite3_db_config(rules->db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
    (void)sqlite3_limit(rules->db, SQLITE_LIMIT_LENGTH, RESULT_MAX);
    (void)sqlite3_limit(rules->db, SQLITE_LIMIT_SQL_LENGTH, SQL_MAX);
    (void)sqlite3_limit(rules->db, SQLITE_LIMIT_ATTACHED, 0);
    (void)sqlite3_limit(rules->db, SQLITE_LIMIT_COMPOUND_SELECT, 2);
    sqlite3_progress_handler(rules->db, STEPS_LOOK, count_steps, rules);
    (void)sqlite3_set_authorizer(rules->db, authorize, rules);
    return 0;
}

int rules_open(const struct set *set, struct rules **ret_rules, struct rule_error *ret_why, struct error *error)
{
    struct rules *rules = calloc(1, sizeof *rules);
    if (!rules)
        return error_set(error, -ENOMEM, "rules: memory ran out");
    rules->set = set;
    int r = open_db(rules, error);
    for (size_t i = 0; r == 0 && i < set->n_forms; i++)
        for (int alerts = 0; r == 0 && alerts <= 1; alerts++)
            r = open_form(rules, i, alerts, ret_why, error);
    for (size_t i = 0; r == 0 && i < set->n_indicators; i++)
        r = check_indicator(rules, i, ret_why, error);
    if (r == 0)
        r = check_figures(rules, ret_why, error);
    if (r == 0)
        r = open_figures(rules, error);
    if (r < 0) {
        (void)rules_close(rules);
        return r;
    }
    *ret_rules = rules;
    return 0;
}

struct rules *rules_close(struct rules *rules)
{
    if (!rules)
        return NULL;
    for (size_t i = 0; i < COUNT_OF(rules->forms); i++)
        (void)sqlite3_finalize(rules->forms[i]);
    for (size_t i = 0; i < COUNT_OF(rules->alerts); i++)
        (void)sqlite3_finalize(rules->alerts[i]);
    for (size_t i = 0; i < COUNT_OF(rules->figures); i++)
        (void)sqlite3_finalize(rules->figures[i]);
    (void)sqlite3_close(rules->db);
    free(rules);
    return NULL;
}

/* -1 stays NULL: what is not known is unknown, never 0. */
static void bind_values(sqlite3_stmt *statement, size_t first, const int *values, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        int place = (int)(first + i);
        int result =
            values[i] < 0 ? sqlite3_bind_null(statement, place) : sqlite3_bind_int(statement, place, values[i]);
        KABAR_ASSERT(result == SQLITE_OK);
    }
}

/* One step. What fails in it all the same says nothing (-ENODATA) and is remembered: the message goes on without it. */
static int evaluate(struct rules *rules, int form, sqlite3_stmt *statement, struct error *error)
{
    const struct form *f = &rules->set->forms[form];
    struct error why;
    int r = step(rules, statement, &why);
    if (r != -EINVAL)
        return r < 0 ? error_set(error, r, "%s:%d: %s", rules->set->file, f->line, why.text) : 0;
    rules->fault.line = f->line;
    (void)snprintf(rules->fault.text, sizeof rules->fault.text,
                   _("a rule, an alert or an indicator of %s can't be evaluated: %.120s"), f->code, why.text);
    return -ENODATA;
}

const struct rule_error *rules_fault(const struct rules *rules)
{
    return rules->fault.line ? &rules->fault : NULL;
}

/* From 1, or NULL where it is not known. */
static void bind_quarter(sqlite3_stmt *statement, int quarter)
{
    const int of_year = quarter < 0 ? -1 : quarter % YEAR_QUARTERS + 1;
    bind_values(statement, PLACE_QUARTER, &of_year, 1);
}

static void bind_report(sqlite3_stmt *statement, const struct form *form, int month, const int *values,
                        const int *before)
{
    bind_quarter(statement, month == MONTH_NONE ? QUARTER_NONE : quarter_of(month));
    bind_values(statement, PLACE_KEYS, values, form->n_keys);
    bind_values(statement, PLACE_KEYS + form->n_keys, before, form->n_keys);
}

int rules_check(struct rules *rules, int form, int month, const int *values, const int *before,
                enum rule_verdict *ret_verdicts, struct error *error)
{
    const struct form *f = &rules->set->forms[form];
    if (f->n_rules == 0)
        return 0;
    sqlite3_stmt *statement = rules->forms[form];
    bind_report(statement, f, month, values, before);
    int r = evaluate(rules, form, statement, error);
    for (size_t i = 0; (r == 0 || r == -ENODATA) && i < f->n_rules; i++) {
        if (r == -ENODATA || sqlite3_column_type(statement, (int)i) == SQLITE_NULL)
            ret_verdicts[i] = RULE_UNKNOWN;
        else
            ret_verdicts[i] = sqlite3_column_double(statement, (int)i) != 0 ? RULE_HOLDS : RULE_FAILS;
    }
    (void)sqlite3_reset(statement);
    return r == -ENODATA ? 0 : r;
}

int rules_alerts(struct rules *rules, int form, int month, const int *values, const int *before, bool *ret_fires,
                 struct error *error)
{
    const struct form *f = &rules->set->forms[form];
    if (f->n_alerts == 0)
        return 0;
    sqlite3_stmt *statement = rules->alerts[form];
    bind_report(statement, f, month, values, before);
    int r = evaluate(rules, form, statement, error);
    for (size_t i = 0; i < f->n_alerts; i++)
        ret_fires[i] = r == 0 && sqlite3_column_double(statement, (int)i) != 0; /* NULL is 0 */
    (void)sqlite3_reset(statement);
    return r == -ENODATA ? 0 : r;
}

/* A count, or -1: NULL, below zero (reports that contradict one another), or no whole number. */
static int count_column(sqlite3_stmt *statement, int column)
{
    double number = sqlite3_column_double(statement, column);
    if (sqlite3_column_type(statement, column) == SQLITE_NULL || number < 0 || number > INT_MAX)
        return -1;
    return number == (double)(int)number ? (int)number : -1;
}

int rules_figures(struct rules *rules, int form, int quarter, const int *values, struct figures *ret_figures,
                  struct error *error)
{
    const struct set *set = rules->set;
    sqlite3_stmt *statement = rules->figures[form];
    if (!statement)
        return 0;
    bind_quarter(statement, quarter);
    bind_values(statement, PLACE_KEYS, values, set->forms[form].n_keys);
    int r = evaluate(rules, form, statement, error), column = 0;
    bool known = r == 0;
    if (r < 0 && r != -ENODATA)
        return r;
    for (size_t i = 0; i < set->n_indicators; i++) {
        if (set->indicators[i].form != form)
            continue;
        ret_figures->indicators[i].numerator = known ? count_column(statement, column++) : -1;
        ret_figures->indicators[i].denominator = known ? count_column(statement, column++) : -1;
        ret_figures->indicators[i].part = known ? count_column(statement, column++) : -1;
        ret_figures->indicators[i].approximate = known && sqlite3_column_int(statement, column++) != 0;
    }
    for (size_t i = 0; i < set->n_cells; i++)
        if (set->cells[i].form == form)
            ret_figures->cells[i] = known ? count_column(statement, column++) : -1;
    (void)sqlite3_reset(statement);
    return 0;
}
