/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "store/store_internal.h"

#include <errno.h>

#include "parsers/period.h"
#include "store/report.h"

#define REPORT_SELECT                                                                                                  \
    "SELECT report.id, coalesce(report.mo_id, 0), coalesce(report.contact_id, 0), report.area_id, report.uid,"         \
    "  report.\"set\", report.form, area.code, area.name, mo_message.sender, report.period, report.status,"            \
    "  report.sent_ms, report.created_ms, report.question, report.question_field, report.amends"                       \
    " FROM report JOIN area ON area.id = report.area_id LEFT JOIN mo_message ON mo_message.id = report.mo_id"
/* What every list may also ask for; the term before it is the index's. ?1 area from, ?2 area to, ?3 period, ?4 since,
 * ?5 message, ?6 limit. */
#define REPORT_FILTER                                                                                                  \
    " AND (?1 IS NULL OR (area.code >= ?1 AND area.code < ?2)) AND (?3 IS NULL OR report.period = ?3)"                 \
    " AND report.created_ms >= ?4 AND (?5 = 0 OR report.mo_id = ?5)"
/* By a range of another index and sorted, or along the ids until there are enough. */
#define REPORT_SORTED " ORDER BY +report.id DESC LIMIT ?6"

enum {
    ST_REPORT_HELD = FIRST_STATEMENT(TABLE_REPORT_FIND),
    ST_REPORT_LAST,
    ST_REPORT_RECENT,
    ST_REPORT_BY_ID,
    ST_REPORT_VALUES,
    ST_DRAFT_VALUES,
    ST_REPORT_TEXTS,
    ST_REPORT_PROBLEMS,
    ST_REPORT_BY_MO,
    ST_REPORT_BY_AREA,
    ST_REPORT_SINCE,
    ST_REPORT_LIST,
};

const struct statement_text store_report_find_sql[] = {
    {ST_REPORT_HELD, REPORT_SELECT " WHERE report.status = 'held' AND report.contact_id = ?1"
                                   "  AND report.created_ms >= ?2 ORDER BY report.id"},
    {ST_REPORT_LAST,
     REPORT_SELECT " WHERE report.mo_id = (SELECT mo_id FROM report"
                   "   WHERE contact_id = ?1 AND status IN ('accepted', 'partial') AND (?2 IS NULL OR form = ?2)"
                   "    AND mo_id IS NOT NULL ORDER BY id DESC LIMIT 1)"
                   "  AND report.status IN ('accepted', 'partial') AND (?2 IS NULL OR report.form = ?2)"
                   " ORDER BY report.id"},
    /* Few at most, however many the contact has sent. */
    {ST_REPORT_RECENT,
     "SELECT id, coalesce(mo_id, 0), contact_id, area_id, uid, \"set\", form, '', '', '', period, status, sent_ms,"
     "  created_ms, question, question_field, amends FROM report"
     " WHERE id IN (SELECT id FROM report WHERE contact_id = ?1 ORDER BY id DESC LIMIT ?4)"
     "  AND sent_ms BETWEEN ?2 AND ?3 ORDER BY +sent_ms DESC, +id DESC"},
    {ST_REPORT_BY_ID, REPORT_SELECT " WHERE report.id = ?1"},
    {ST_REPORT_VALUES, "SELECT field, value FROM report_value WHERE report_id = ?1 ORDER BY field"},
    {ST_DRAFT_VALUES, "SELECT field, value FROM draft_value WHERE report_id = ?1 ORDER BY field"},
    {ST_REPORT_TEXTS, "SELECT field, text FROM report_text WHERE report_id = ?1 ORDER BY field"},
    {ST_REPORT_PROBLEMS, "SELECT code, token, rule FROM report_problem WHERE report_id = ?1 ORDER BY seq"},
    {ST_REPORT_BY_MO, REPORT_SELECT " WHERE report.mo_id = ?5" REPORT_FILTER REPORT_SORTED},
    {ST_REPORT_BY_AREA, REPORT_SELECT
     " WHERE report.area_id IN (SELECT id FROM area WHERE code >= ?1 AND code < ?2)" REPORT_FILTER REPORT_SORTED},
    {ST_REPORT_SINCE, REPORT_SELECT " WHERE true" REPORT_FILTER REPORT_SORTED},
    {ST_REPORT_LIST, REPORT_SELECT " WHERE true" REPORT_FILTER " ORDER BY report.id DESC LIMIT ?6"
                                   " /* whole table: by id, until there are enough */"},
    {.sql = NULL},
};

static void report_row(sqlite3_stmt *statement, struct report_found *ret_report)
{
    int month = MONTH_NONE;
    (void)month_parse(column_view(statement, 10), &month);
    *ret_report = (struct report_found){
        .id = sqlite3_column_int64(statement, 0),
        .mo_id = sqlite3_column_int64(statement, 1),
        .contact_id = sqlite3_column_int64(statement, 2),
        .area_id = sqlite3_column_int64(statement, 3),
        .period = month,
        .sent_ms = column_ms(statement, 12),
        .created_ms = column_ms(statement, 13),
        .amends = sqlite3_column_int64(statement, 16),
    };
    column_text(statement, 4, ret_report->uid, sizeof ret_report->uid);
    column_text(statement, 5, ret_report->set, sizeof ret_report->set);
    column_text(statement, 6, ret_report->form, sizeof ret_report->form);
    column_text(statement, 7, ret_report->area_code, sizeof ret_report->area_code);
    column_text(statement, 8, ret_report->area_name, sizeof ret_report->area_name);
    column_text(statement, 9, ret_report->sender, sizeof ret_report->sender);
    column_text(statement, 11, ret_report->status, sizeof ret_report->status);
    column_text(statement, 14, ret_report->question, sizeof ret_report->question);
    column_text(statement, 15, ret_report->question_field, sizeof ret_report->question_field);
}

static int each_report(struct store *store, sqlite3_stmt *statement, report_each *each, void *data, struct error *error)
{
    int r;
    while ((r = statement_step(store, statement, error)) == STEP_ROW) {
        struct report_found report;
        report_row(statement, &report);
        int stop = each(data, &report);
        if (stop != 0)
            return list_end(stop);
    }
    return r;
}

int store_report_held(struct store *store, int64_t contact_id, int64_t since_ms, report_each *each, void *data,
                      struct error *error)
{
    CLEANUP(statement_done)
    sqlite3_stmt *statement = statement_use(store, ST_REPORT_HELD, ARGS(arg_number(contact_id), arg_number(since_ms)));
    return each_report(store, statement, each, data, error);
}

int store_report_recent(struct store *store, int64_t contact_id, int64_t from_ms, int64_t to_ms, report_each *each,
                        void *data, struct error *error)
{
    CLEANUP(statement_done)
    sqlite3_stmt *statement = statement_use(
        store, ST_REPORT_RECENT,
        ARGS(arg_number(contact_id), arg_number(from_ms), arg_number(to_ms), arg_number(REPORTS_RECENT_MAX)));
    return each_report(store, statement, each, data, error);
}

int store_report_last(struct store *store, int64_t contact_id, const char *form, report_each *each, void *data,
                      struct error *error)
{
    CLEANUP(statement_done)
    sqlite3_stmt *statement = statement_use(store, ST_REPORT_LAST, ARGS(arg_number(contact_id), arg_text(form)));
    return each_report(store, statement, each, data, error);
}

int store_report_by_id(struct store *store, int64_t id, struct report_found *ret_report, struct error *error)
{
    CLEANUP(statement_done) sqlite3_stmt *statement = statement_use(store, ST_REPORT_BY_ID, ARGS(arg_number(id)));
    int r = statement_step(store, statement, error);
    if (r == STEP_DONE)
        return error_set(error, -ENOENT, "there is no report %lld", (long long)id);
    if (r == STEP_ROW)
        report_row(statement, ret_report);
    return r < 0 ? r : 0;
}

static int each_value(struct store *store, sqlite3_stmt *statement, report_value_each *each, void *data,
                      struct error *error)
{
    int r;
    while ((r = statement_step(store, statement, error)) == STEP_ROW) {
        int stop = each(data, column_view(statement, 0).at, sqlite3_column_int(statement, 1));
        if (stop != 0)
            return list_end(stop);
    }
    return r;
}

int store_report_values(struct store *store, int64_t id, report_value_each *each, void *data, struct error *error)
{
    CLEANUP(statement_done) sqlite3_stmt *statement = statement_use(store, ST_REPORT_VALUES, ARGS(arg_number(id)));
    return each_value(store, statement, each, data, error);
}

int store_draft_values(struct store *store, int64_t id, report_value_each *each, void *data, struct error *error)
{
    CLEANUP(statement_done) sqlite3_stmt *statement = statement_use(store, ST_DRAFT_VALUES, ARGS(arg_number(id)));
    return each_value(store, statement, each, data, error);
}

int store_report_texts(struct store *store, int64_t id, report_text_each *each, void *data, struct error *error)
{
    CLEANUP(statement_done) sqlite3_stmt *statement = statement_use(store, ST_REPORT_TEXTS, ARGS(arg_number(id)));
    int r;
    while ((r = statement_step(store, statement, error)) == STEP_ROW) {
        int stop = each(data, column_view(statement, 0).at, column_view(statement, 1).at);
        if (stop != 0)
            return list_end(stop);
    }
    return r;
}

int store_report_problems(struct store *store, int64_t id, report_problem_each *each, void *data, struct error *error)
{
    CLEANUP(statement_done) sqlite3_stmt *statement = statement_use(store, ST_REPORT_PROBLEMS, ARGS(arg_number(id)));
    int r;
    while ((r = statement_step(store, statement, error)) == STEP_ROW) {
        int stop = each(data, column_view(statement, 0).at, column_view(statement, 1).at, column_view(statement, 2).at);
        if (stop != 0)
            return list_end(stop);
    }
    return r;
}

int store_report_list(struct store *store, const struct report_filter *filter, report_each *each, void *data,
                      struct error *error)
{
    struct area_range range = area_range_of(filter->area_code);
    char month[8];
    if (filter->period != MONTH_NONE)
        month_format(filter->period, month);
    int id = filter->mo_id       ? ST_REPORT_BY_MO
             : filter->area_code ? ST_REPORT_BY_AREA
             : filter->since_ms  ? ST_REPORT_SINCE
                                 : ST_REPORT_LIST;
    CLEANUP(statement_done)
    sqlite3_stmt *statement =
        statement_use(store, id,
                      ARGS(arg_text(filter->area_code ? range.low : NULL), arg_text(range.high),
                           arg_text(filter->period == MONTH_NONE ? NULL : month), arg_number(filter->since_ms),
                           arg_number(filter->mo_id), arg_number(filter->limit > 0 ? filter->limit : -1)));
    return each_report(store, statement, each, data, error);
}
