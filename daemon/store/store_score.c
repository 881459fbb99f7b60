/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>
#include <stdio.h>

#include "parsers/period.h"
#include "store/card.h"
#include "store/store_internal.h"

/* All villages of a range of codes that are counted in the last month of a quarter, and what is written about them in
 * that quarter and set. One that is asked for by its own code is shown as it was. */
#define VILLAGES(table)                                                                                                \
    "FROM area CROSS JOIN " table " ON quarter = ?1 AND \"set\" = ?2 AND area_id = area.id "                           \
    "WHERE area.level = 4 AND area.code >= ?3 AND area.code < ?4 AND (area.code = ?3 OR " AREA_GOES_ON(                \
        "area.closed", "?5") ") ORDER BY area.code"
#define KEY "quarter = ?1 AND \"set\" = ?2 AND area_id = ?3"

enum {
    ST_QUARTER_VALUES = FIRST_STATEMENT(TABLE_SCORE),
    ST_POSYANDU_COUNT,
    ST_SCORE_PUT,
    ST_SCORE_FORGET,
    ST_SCORE_CELL_PUT,
    ST_SCORE_CELL_FORGET,
    ST_SCORE_FORM_PUT,
    ST_SCORE_FORM_FORGET,
    ST_SCORE_CLEAR,
    ST_SCORE_CELL_CLEAR,
    ST_SCORE_FORM_CLEAR,
    ST_SCORE_MONTH_CLEAR,
    ST_SCORE_MONTH_FORGET,
    ST_SCORE_MONTH_PUT,
    ST_SCORE_MONTH_LIST,
    ST_SCORE_LIST,
    ST_SCORE_CELL_LIST,
    ST_SCORE_FORM_LIST,
    ST_VILLAGE_COUNT,
    ST_SCORED_LIST,
};

const struct statement_text store_score_sql[] = {
    {ST_QUARTER_VALUES,
     "SELECT report.area_id, report.period, field, value, report.adds "
     "FROM (SELECT id, closed FROM area WHERE id = ?1 UNION ALL SELECT id, closed FROM area WHERE parent_id = ?1) AS "
     "place "
     "CROSS JOIN report ON report.area_id = place.id AND report.period IN (?2, ?3, ?4) AND report.form = ?5 "
     "AND " AREA_GOES_ON("place.closed",
                         "report.period") " "
                                          "AND report.spent <= ?6 CROSS JOIN report_value ON report_id = report.id "
                                          "WHERE report." REPORT_COUNTS
                                          " ORDER BY report.area_id, report.period, report.sent_ms, report.id"},
    {ST_POSYANDU_COUNT,
     "SELECT count(*) FROM area WHERE parent_id = ?1 AND level = 5 AND " AREA_GOES_ON("closed", "?2")},
    {ST_SCORE_PUT, "INSERT INTO score (quarter, \"set\", area_id, indicator, numerator, denominator, part, "
                   "approximate) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT DO UPDATE SET "
                   "numerator = excluded.numerator, denominator = excluded.denominator, part = excluded.part, "
                   "approximate = excluded.approximate WHERE numerator IS NOT excluded.numerator "
                   "OR denominator IS NOT excluded.denominator OR part IS NOT excluded.part "
                   "OR approximate <> excluded.approximate"},
    {ST_SCORE_FORGET, "DELETE FROM score WHERE " KEY " AND indicator = ?4"},
    {ST_SCORE_CELL_PUT, "INSERT INTO score_cell (quarter, \"set\", area_id, cell, value) VALUES (?1, ?2, ?3, ?4, ?5) "
                        "ON CONFLICT DO UPDATE SET value = excluded.value WHERE value <> excluded.value"},
    {ST_SCORE_CELL_FORGET, "DELETE FROM score_cell WHERE " KEY " AND cell = ?4"},
    {ST_SCORE_FORM_PUT, "INSERT INTO score_form (quarter, \"set\", area_id, form, village, posyandu, differs) "
                        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT DO UPDATE SET village = excluded.village, "
                        "posyandu = excluded.posyandu, differs = excluded.differs WHERE village <> excluded.village "
                        "OR posyandu <> excluded.posyandu OR differs <> excluded.differs"},
    {ST_SCORE_FORM_FORGET, "DELETE FROM score_form WHERE " KEY " AND form = ?4"},
    {ST_SCORE_CLEAR, "DELETE FROM score WHERE " KEY},
    {ST_SCORE_CELL_CLEAR, "DELETE FROM score_cell WHERE " KEY},
    {ST_SCORE_FORM_CLEAR, "DELETE FROM score_form WHERE " KEY},
    {ST_SCORE_MONTH_CLEAR, "DELETE FROM score_month WHERE " KEY},
    {ST_SCORE_MONTH_FORGET, "DELETE FROM score_month WHERE " KEY " AND form = ?4"},
    {ST_SCORE_MONTH_PUT, "INSERT INTO score_month (quarter, \"set\", area_id, form, month, posyandu, field, village, "
                         "total, filled) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)"},
    {ST_SCORE_MONTH_LIST, "SELECT form, month, posyandu, field, village, total, filled FROM score_month WHERE " KEY},
    {ST_SCORE_LIST,
     "SELECT area.id, area.code, indicator, numerator, denominator, part, approximate " VILLAGES("score")},
    {ST_SCORE_CELL_LIST, "SELECT area.id, area.code, '', cell, value, NULL, NULL " VILLAGES("score_cell")},
    {ST_SCORE_FORM_LIST, "SELECT area.id, area.code, form, village, posyandu, differs, NULL " VILLAGES("score_form")},
    {ST_VILLAGE_COUNT, "SELECT substr(code, 1, ?3), count(*) FROM area WHERE level = 4 AND code >= ?1 AND code < ?2 "
                       "AND " AREA_GOES_ON("closed", "?4") " GROUP BY 1 ORDER BY 1"},
    {ST_SCORED_LIST,
     "SELECT " AREA_COLUMNS " FROM area WHERE level = 4 AND code >= ?3 AND code < ?4 AND "
     "(code = ?3 OR " AREA_GOES_ON(
         "closed", "?5") ") AND "
                         "(EXISTS (SELECT 1 FROM score WHERE quarter = ?1 AND \"set\" = ?2 AND area_id = area.id) OR "
                         "EXISTS (SELECT 1 FROM score_cell WHERE quarter = ?1 AND \"set\" = ?2 AND area_id = area.id)) "
                         "ORDER BY code"},
    {.sql = NULL},
};

/* NULL where it is not known. */
static struct arg arg_known(int number)
{
    return (struct arg){.kind = number < 0 ? ARG_NULL : ARG_NUMBER, .number = number};
}

static int column_known(sqlite3_stmt *statement, int column)
{
    return sqlite3_column_type(statement, column) == SQLITE_NULL ? -1 : sqlite3_column_int(statement, column);
}

int store_quarter_values(struct store *store, int64_t village_id, int quarter, const char *form, bool all,
                         month_value_each *each, void *data, struct error *error)
{
    char months[QUARTER_MONTHS][8];
    for (int i = 0; i < QUARTER_MONTHS; i++)
        month_format(quarter * QUARTER_MONTHS + i, months[i]);
    CLEANUP(statement_done)
    sqlite3_stmt *statement = statement_use(store, ST_QUARTER_VALUES,
                                            ARGS(arg_number(village_id), arg_text(months[0]), arg_text(months[1]),
                                                 arg_text(months[2]), arg_text(form), arg_number(all)));
    int r;
    while ((r = statement_step(store, statement, error)) == STEP_ROW) {
        struct month_value value = {
            .area_id = sqlite3_column_int64(statement, 0),
            .field = column_view(statement, 2).at,
            .value = sqlite3_column_int(statement, 3),
            .adds = sqlite3_column_int(statement, 4) != 0,
        };
        if (month_parse(column_view(statement, 1), &value.month) != 0)
            return error_set(error, -EUCLEAN, "a report's period is not a month");
        int stop = each(data, &value);
        if (stop != 0)
            return list_end(stop);
    }
    return r;
}

int store_posyandu_count(struct store *store, int64_t village_id, int month, int64_t *ret_count, struct error *error)
{
    char period[8];
    month_format(month, period);
    return store_number(store, ST_POSYANDU_COUNT, ARGS(arg_number(village_id), arg_text(period)), ret_count, error);
}

int store_score_put(struct store *store, const struct score_key *key, const char *indicator,
                    const struct score_numbers *numbers, struct error *error)
{
    char quarter[8];
    if (numbers->numerator < 0 && numbers->denominator < 0 && numbers->part < 0)
        return store_run(
            store, ST_SCORE_FORGET,
            ARGS(arg_quarter(key->quarter, quarter), arg_text(key->set), arg_number(key->area_id), arg_text(indicator)),
            error);
    return store_run(store, ST_SCORE_PUT,
                     ARGS(arg_quarter(key->quarter, quarter), arg_text(key->set), arg_number(key->area_id),
                          arg_text(indicator), arg_known(numbers->numerator), arg_known(numbers->denominator),
                          arg_known(numbers->part), arg_number(numbers->approximate)),
                     error);
}

int store_score_cell_put(struct store *store, const struct score_key *key, int cell, int value, struct error *error)
{
    char quarter[8];
    if (value < 0)
        return store_run(
            store, ST_SCORE_CELL_FORGET,
            ARGS(arg_quarter(key->quarter, quarter), arg_text(key->set), arg_number(key->area_id), arg_number(cell)),
            error);
    return store_run(store, ST_SCORE_CELL_PUT,
                     ARGS(arg_quarter(key->quarter, quarter), arg_text(key->set), arg_number(key->area_id),
                          arg_number(cell), arg_number(value)),
                     error);
}

int store_score_form_put(struct store *store, const struct score_key *key, const char *form,
                         const struct score_form *months, struct error *error)
{
    char quarter[8];
    if (months->village == 0 && months->posyandu == 0)
        return store_run(
            store, ST_SCORE_FORM_FORGET,
            ARGS(arg_quarter(key->quarter, quarter), arg_text(key->set), arg_number(key->area_id), arg_text(form)),
            error);
    return store_run(store, ST_SCORE_FORM_PUT,
                     ARGS(arg_quarter(key->quarter, quarter), arg_text(key->set), arg_number(key->area_id),
                          arg_text(form), arg_number(months->village), arg_number(months->posyandu),
                          arg_number(months->differs)),
                     error);
}

int store_score_clear(struct store *store, const struct score_key *key, struct error *error)
{
    static const int statements[] = {ST_SCORE_CLEAR, ST_SCORE_CELL_CLEAR, ST_SCORE_FORM_CLEAR, ST_SCORE_MONTH_CLEAR};
    char quarter[8];
    int r = 0;
    for (size_t i = 0; i < COUNT_OF(statements) && r == 0; i++)
        r = store_run(store, statements[i],
                      ARGS(arg_quarter(key->quarter, quarter), arg_text(key->set), arg_number(key->area_id)), error);
    return r;
}

int store_score_months_put(struct store *store, const struct score_key *key, const char *form,
                           const struct score_month months[QUARTER_MONTHS], struct error *error)
{
    char text[8];
    const struct arg quarter = arg_quarter(key->quarter, text);
    int r = store_run(store, ST_SCORE_MONTH_FORGET,
                      ARGS(quarter, arg_text(key->set), arg_number(key->area_id), arg_text(form)), error);
    for (int i = 0; i < QUARTER_MONTHS && r == 0; i++) {
        const struct score_month *month = &months[i];
        bool differs = month->field != NULL;
        if (month->posyandu > 0)
            r = store_run(store, ST_SCORE_MONTH_PUT,
                          ARGS(quarter, arg_text(key->set), arg_number(key->area_id), arg_text(form), arg_number(i),
                               arg_number(month->posyandu), arg_text(month->field),
                               arg_known(differs ? month->village : -1), arg_known(differs ? month->total : -1),
                               arg_number((int64_t)month->filled)),
                          error);
    }
    return r;
}

int store_score_months_list(struct store *store, const struct score_key *key, score_month_each *each, void *data,
                            struct error *error)
{
    char quarter[8];
    CLEANUP(statement_done)
    sqlite3_stmt *statement =
        statement_use(store, ST_SCORE_MONTH_LIST,
                      ARGS(arg_quarter(key->quarter, quarter), arg_text(key->set), arg_number(key->area_id)));
    int r;
    while ((r = statement_step(store, statement, error)) == STEP_ROW) {
        const struct score_month month = {
            .posyandu = sqlite3_column_int(statement, 2),
            .field = sqlite3_column_type(statement, 3) == SQLITE_NULL ? NULL : column_view(statement, 3).at,
            .village = column_known(statement, 4),
            .total = column_known(statement, 5),
            .filled = (uint64_t)sqlite3_column_int64(statement, 6),
        };
        int stop = each(data, column_view(statement, 0).at, sqlite3_column_int(statement, 1), &month);
        if (stop != 0)
            return list_end(stop);
    }
    return r;
}

/* Positive: each wants no more. */
static int list_rows(struct store *store, int id, const struct arg *args, size_t n_args, struct score_row *row,
                     score_each *each, void *data, struct error *error)
{
    CLEANUP(statement_done) sqlite3_stmt *statement = statement_use(store, id, args, n_args);
    int r;
    while ((r = statement_step(store, statement, error)) == STEP_ROW) {
        row->village_id = sqlite3_column_int64(statement, 0);
        row->code = column_view(statement, 1).at;
        row->name = column_view(statement, 2).at;
        for (int i = 0; i < (int)COUNT_OF(row->numbers); i++)
            row->numbers[i] = column_known(statement, 3 + i);
        int stop = each(data, row);
        if (stop != 0)
            return stop;
    }
    return r;
}

int store_score_list(struct store *store, int quarter, const char *set, const char *code, unsigned kinds,
                     score_each *each, void *data, struct error *error)
{
    static const int statements[] = {ST_SCORE_LIST, ST_SCORE_CELL_LIST, ST_SCORE_FORM_LIST};
    struct area_range range = area_range_of(code);
    char text[8], period[8];
    struct score_row row;
    int r = 0;
    month_format(quarter_end(quarter), period);
    for (unsigned kind = SCORE_INDICATOR; kind <= SCORE_FORM && r == 0; kind++) {
        row.kind = (enum score_kind)kind;
        if (kinds & 1U << kind)
            r = list_rows(store, statements[kind],
                          ARGS(arg_quarter(quarter, text), arg_text(set), arg_text(range.low), arg_text(range.high),
                               arg_text(period)),
                          &row, each, data, error);
    }
    return r < 0 ? r : 0;
}

int store_village_count(struct store *store, const char *code, int month, size_t prefix, village_count_each *each,
                        void *data, struct error *error)
{
    char period[8];
    struct area_range range = area_range_of(code);
    month_format(month, period);
    CLEANUP(statement_done)
    sqlite3_stmt *statement =
        statement_use(store, ST_VILLAGE_COUNT,
                      ARGS(arg_text(range.low), arg_text(range.high), arg_number((int64_t)prefix), arg_text(period)));
    int r;
    while ((r = statement_step(store, statement, error)) == STEP_ROW) {
        int stop = each(data, column_view(statement, 0), sqlite3_column_int(statement, 1));
        if (stop != 0)
            return list_end(stop);
    }
    return r;
}

int store_scored_list(struct store *store, int quarter, const char *set, const char *code, area_each *each, void *data,
                      struct error *error)
{
    struct area_range range = area_range_of(code);
    char text[8], period[8];
    month_format(quarter_end(quarter), period);
    CLEANUP(statement_done)
    sqlite3_stmt *statement = statement_use(
        store, ST_SCORED_LIST,
        ARGS(arg_quarter(quarter, text), arg_text(set), arg_text(range.low), arg_text(range.high), arg_text(period)));
    return area_rows(store, statement, each, data, error);
}
