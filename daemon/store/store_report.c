/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "store/store_internal.h"

#include <errno.h>

#include "parsers/period.h"
#include "store/report.h"

static const char *const statuses[] = {"accepted", "partial", "held", "rejected", "help"};
_Static_assert(COUNT_OF(statuses) == STATUS_COUNT, "a word for each");

enum {
    ST_REPORT_NEXT_ID = FIRST_STATEMENT(TABLE_REPORT),
    ST_REPORT_ADD,
    ST_REPORT_VALUE_ADD,
    ST_DRAFT_VALUE_ADD,
    ST_REPORT_PROBLEM_ADD,
    ST_REPORT_TEXT_ADD,
    ST_REPORT_SPEND,
    ST_REPORT_REVIVE,
    ST_CURRENT_VALUES,
    ST_POSYANDU_VALUES,
    ST_REPORT_EXISTS,
    ST_REPORT_SENT,
    ST_REPORT_CONFIRM,
    ST_REPORT_DROP,
    ST_REPORT_DROP_HELD,
    ST_REPORT_CANCEL,
    ST_REPORT_AMENDS,
    ST_REPORT_NTH,
};

const struct statement_text store_report_sql[] = {
    {ST_REPORT_NEXT_ID, "SELECT coalesce(max(id), 0) + 1 FROM report" IDS_BELOW},
    {ST_REPORT_ADD,
     "INSERT INTO report (id, uid, mo_id, contact_id, area_id, \"set\", form, period, status, sent_ms, created_ms, "
     "spent, question, question_field, adds, amends)"
     " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?9 NOT IN ('accepted', 'partial', 'held'), ?12, ?13, ?14,"
     "  ?15)"},
    {ST_REPORT_VALUE_ADD, "INSERT INTO report_value (report_id, field, value) VALUES (?1, ?2, ?3)"},
    {ST_DRAFT_VALUE_ADD, "INSERT INTO draft_value (report_id, field, value) VALUES (?1, ?2, ?3)"},
    {ST_REPORT_PROBLEM_ADD, "INSERT INTO report_problem (report_id, seq, code, token, offset, rule)"
                            " VALUES (?1, ?2, ?3, ?4, ?5, ?6)"},
    {ST_REPORT_TEXT_ADD, "INSERT INTO report_text (report_id, field, text) VALUES (?1, ?2, ?3)"},
    /* Those of whose fields not one is the newest any more; what adds takes no other's place. In their place a later
     * one may be marked in the same run: that one's fields stand in a still later one. */
    {ST_REPORT_SPEND,
     "UPDATE report SET spent = 1 FROM (SELECT area_id, period, form FROM report WHERE id = ?1) AS place"
     " WHERE report.area_id = place.area_id AND report.period = place.period AND report.form = place.form"
     "  AND report.spent = 0 AND report." REPORT_COUNTS " AND NOT EXISTS (SELECT 1 FROM report_value AS mine"
     "   WHERE mine.report_id = report.id AND NOT EXISTS (SELECT 1 FROM report AS later"
     "    JOIN report_value AS newer ON newer.report_id = later.id AND newer.field = mine.field"
     "    WHERE later.area_id = report.area_id AND later.period = report.period AND later.form = report.form"
     "     AND later.spent = 0 AND later.adds = 0 AND later." REPORT_COUNTS
     "     AND (later.sent_ms, later.id) > (report.sent_ms, report.id)))"},
    /* What a report hid that goes: of each of its fields the newest hidden one, and those that added to it. */
    {ST_REPORT_REVIVE,
     "UPDATE report SET spent = 0 WHERE id IN (SELECT (SELECT hidden.id FROM report AS hidden"
     "   JOIN report_value AS older ON older.report_id = hidden.id AND older.field = mine.field"
     "   WHERE hidden.area_id = gone.area_id AND hidden.period = gone.period AND hidden.form = gone.form"
     "    AND hidden.spent = 1 AND hidden.adds = 0 AND hidden." REPORT_COUNTS
     "    ORDER BY hidden.sent_ms DESC, hidden.id DESC LIMIT 1)"
     "  FROM report AS gone JOIN report_value AS mine ON mine.report_id = gone.id WHERE gone.id = ?1"
     " UNION ALL SELECT hidden.id FROM report AS gone JOIN report AS hidden ON hidden.area_id = gone.area_id"
     "   AND hidden.period = gone.period AND hidden.form = gone.form WHERE gone.id = ?1"
     "   AND hidden.adds = 1 AND hidden.spent = 1 AND hidden." REPORT_COUNTS ")"},
    /* current_value, for an area by its id and all fields at once, newest first: the first of each field is it, and
     * what adds before it is added. */
    {ST_CURRENT_VALUES,
     "SELECT report_value.field, report_value.value, report.adds FROM report"
     " JOIN report_value ON report_value.report_id = report.id"
     " WHERE report.area_id = ?1 AND report.period = ?2 AND report.form = ?3"
     "  AND report.spent = 0 AND report." REPORT_COUNTS " ORDER BY report.sent_ms DESC, report.id DESC"},
    /* The same of all posyandu of a village. */
    {ST_POSYANDU_VALUES,
     "SELECT report.area_id, report_value.field, report_value.value, report.adds FROM area"
     " CROSS JOIN report ON report.area_id = area.id AND report.period = ?2 AND report.form = ?3 AND report.spent = 0"
     " CROSS JOIN report_value ON report_value.report_id = report.id"
     " WHERE area.parent_id = ?1 AND report." REPORT_COUNTS
     " ORDER BY report.area_id, report.sent_ms DESC, report.id DESC"},
    {ST_REPORT_EXISTS, "SELECT EXISTS (SELECT 1 FROM report WHERE area_id = ?1 AND period = ?2 AND form = ?3"
                       "  AND status IN ('accepted', 'partial', 'held'))"},
    {ST_REPORT_SENT, "SELECT max(sent_ms) FROM report WHERE area_id = ?1 AND period = ?2 AND form = ?3"
                     "  AND " REPORT_STANDS},
    /* The confirm rule that asked is among its problems and does not make it partial; what could not be read does. */
    {ST_REPORT_CONFIRM, "UPDATE report SET status = iif(EXISTS (SELECT 1 FROM report_problem"
                        "  WHERE report_id = ?1 AND code <> 'rule'), 'partial', 'accepted')"
                        " WHERE id = ?1 AND status = 'held'"},
    {ST_REPORT_DROP, "UPDATE report SET status = 'dropped', spent = 1 WHERE id = ?1 AND status = 'held'"},
    {ST_REPORT_DROP_HELD, "UPDATE report SET status = 'dropped', spent = 1 WHERE status = 'held'"
                          " AND NOT created_ms BETWEEN ?1 AND ?1 + " A_MONTH},
    {ST_REPORT_CANCEL, "UPDATE report SET cancelled_ms = ?2, status = 'cancelled', spent = 1"
                       " WHERE id = ?1 AND status IN ('accepted', 'partial')"},
    {ST_REPORT_AMENDS, "SELECT amends FROM report AS mine WHERE id = ?1 AND EXISTS"
                       " (SELECT 1 FROM report WHERE id = mine.amends AND " REPORT_COUNTS ")"},
    {ST_REPORT_NTH, "SELECT count(*) + 1 FROM report WHERE area_id = ?1 AND period = ?2 AND form = ?3 AND adds = 1"
                    " AND id < ?4 AND id <> ?5 AND " REPORT_COUNTS},
    {.sql = NULL},
};

const char *report_status_to_string(enum report_status status)
{
    KABAR_ASSERT((unsigned)status < STATUS_COUNT);
    return statuses[status];
}

static int add_values(struct store *store, int64_t id, const struct report_row *report, struct error *error)
{
    int statement = report->status == STATUS_REJECTED ? ST_DRAFT_VALUE_ADD : ST_REPORT_VALUE_ADD;
    for (size_t i = 0; i < report->n_values; i++) {
        const struct report_value *value = &report->values[i];
        int r =
            store_run(store, statement, ARGS(arg_number(id), arg_text(value->field), arg_number(value->value)), error);
        if (r < 0)
            return r;
    }
    return 0;
}

static int add_problems(struct store *store, int64_t id, const struct report_row *report, struct error *error)
{
    for (size_t i = 0; i < report->n_problems; i++) {
        const struct report_problem *problem = &report->problems[i];
        struct view token = problem->token.at ? problem->token : view_of("");
        int r = store_run(store, ST_REPORT_PROBLEM_ADD,
                          ARGS(arg_number(id), arg_number((int64_t)i + 1), arg_text(problem->code), arg_view(token),
                               arg_number(problem->offset), arg_text(problem->rule ? problem->rule : "")),
                          error);
        if (r < 0)
            return r;
    }
    return 0;
}

/* What a report takes the place of counts no more. */
static int begin_to_count(struct store *store, int64_t id, int64_t now_ms, struct error *error)
{
    int64_t amends = 0;
    int r = store_number(store, ST_REPORT_AMENDS, ARGS(arg_number(id)), &amends, error);
    if (r == 0 && amends != 0)
        r = store_report_cancel(store, amends, now_ms, error);
    return r == 0 ? store_run(store, ST_REPORT_SPEND, ARGS(arg_number(id)), error) : r;
}

int store_report_add(struct store *store, const struct report_row *report, int64_t *ret_id, struct error *error)
{
    int64_t id = 0;
    char uid[UID_MAX], period[8];
    if (report->period != MONTH_NONE)
        month_format(report->period, period);
    int r = store_number(store, ST_REPORT_NEXT_ID, NO_ARGS, &id, error);
    if (r < 0)
        return r;
    uid_format(store, "rp", id, uid);
    r = store_run(store, ST_REPORT_ADD,
                  ARGS(arg_number(id), arg_text(uid), arg_id(report->mo_id), arg_id(report->contact_id),
                       arg_number(report->area_id), arg_text(report->set), arg_text(report->form),
                       arg_text(report->period == MONTH_NONE ? NULL : period),
                       arg_text(report_status_to_string(report->status)), arg_number(report->sent_ms),
                       arg_number(report->created_ms), arg_text(report->question), arg_text(report->question_field),
                       arg_number(report->adds), arg_id(report->amends)),
                  error);
    if (r == 0)
        r = add_values(store, id, report, error);
    if (r == 0)
        r = add_problems(store, id, report, error);
    if (r == 0 && report->remark_field && report->remark.len > 0)
        r = store_run(store, ST_REPORT_TEXT_ADD,
                      ARGS(arg_number(id), arg_text(report->remark_field), arg_view(report->remark)), error);
    if (r == 0 && (report->status == STATUS_ACCEPTED || report->status == STATUS_PARTIAL))
        r = begin_to_count(store, id, report->created_ms, error);
    if (r == 0 && ret_id)
        *ret_id = id;
    return r;
}

/* The values of one area, from rows that come newest first. */
struct newest {
    const char *const *fields;
    size_t n_fields;
    uint64_t closed; /* bit i: nothing older counts for field i */
    int *values;
};

/* Gives a field its value, or adds to it, unless a newer report that does not add gave it one. */
static void take_value(struct newest *newest, struct view field, int value, bool adds)
{
    for (size_t i = 0; i < newest->n_fields; i++) {
        if (newest->closed >> i & 1 || !view_is(field, newest->fields[i]))
            continue;
        newest->values[i] = newest->values[i] < 0 ? value : newest->values[i] + value;
        newest->closed |= (uint64_t)!adds << i;
    }
}

int store_current_values(struct store *store, int64_t area_id, int period, const char *form, const char *const *fields,
                         size_t n_fields, int *ret_values, struct error *error)
{
    char month[8];
    struct newest newest = {fields, n_fields, 0, ret_values};
    if (n_fields > FORM_KEYS_MAX)
        return error_set(error, -EINVAL, "form %s: %zu keys are more than %d", form, n_fields, FORM_KEYS_MAX);
    month_format(period, month);
    for (size_t i = 0; i < n_fields; i++)
        ret_values[i] = -1;
    CLEANUP(statement_done)
    sqlite3_stmt *statement =
        statement_use(store, ST_CURRENT_VALUES, ARGS(arg_number(area_id), arg_text(month), arg_text(form)));
    int r;
    while ((r = statement_step(store, statement, error)) == STEP_ROW)
        take_value(&newest, column_view(statement, 0), sqlite3_column_int(statement, 1),
                   sqlite3_column_int(statement, 2) != 0);
    return r;
}

/* One posyandu's numbers are added to the sums. */
static void add_values_of(const int *values, size_t n_fields, int *sums)
{
    for (size_t i = 0; i < n_fields; i++)
        if (values[i] >= 0)
            sums[i] = sums[i] < 0 ? values[i] : sums[i] + values[i];
}

int store_posyandu_values(struct store *store, int64_t village_id, int period, const char *form,
                          const char *const *fields, size_t n_fields, int *ret_sums, struct error *error)
{
    char month[8];
    int values[FORM_KEYS_MAX];
    int64_t area_id = 0;
    struct newest newest = {fields, n_fields, 0, values};
    if (n_fields > FORM_KEYS_MAX)
        return error_set(error, -EINVAL, "form %s: %zu keys are more than %d", form, n_fields, FORM_KEYS_MAX);
    month_format(period, month);
    for (size_t i = 0; i < n_fields; i++)
        ret_sums[i] = values[i] = -1;
    CLEANUP(statement_done)
    sqlite3_stmt *statement =
        statement_use(store, ST_POSYANDU_VALUES, ARGS(arg_number(village_id), arg_text(month), arg_text(form)));
    int r;
    while ((r = statement_step(store, statement, error)) == STEP_ROW) {
        if (sqlite3_column_int64(statement, 0) != area_id) {
            add_values_of(values, n_fields, ret_sums);
            memset(values, 0xff, sizeof values);
            newest.closed = 0;
            area_id = sqlite3_column_int64(statement, 0);
        }
        take_value(&newest, column_view(statement, 1), sqlite3_column_int(statement, 2),
                   sqlite3_column_int(statement, 3) != 0);
    }
    add_values_of(values, n_fields, ret_sums);
    return r;
}

int store_report_exists(struct store *store, int64_t area_id, int period, const char *form, bool *ret_exists,
                        struct error *error)
{
    char month[8];
    int64_t exists = 0;
    month_format(period, month);
    int r = store_number(store, ST_REPORT_EXISTS, ARGS(arg_number(area_id), arg_text(month), arg_text(form)), &exists,
                         error);
    if (r == 0)
        *ret_exists = exists != 0;
    return r;
}

int store_report_sent(struct store *store, int64_t area_id, int period, const char *form, int64_t *ret_sent_ms,
                      struct error *error)
{
    char month[8];
    month_format(period, month);
    return store_number(store, ST_REPORT_SENT, ARGS(arg_number(area_id), arg_text(month), arg_text(form)), ret_sent_ms,
                        error);
}

int store_report_nth(struct store *store, const struct report_place *place, int64_t before_id, int64_t but_id,
                     int64_t *ret_nth, struct error *error)
{
    char month[8];
    month_format(place->period, month);
    return store_number(store, ST_REPORT_NTH,
                        ARGS(arg_number(place->area_id), arg_text(month), arg_text(place->form), arg_number(before_id),
                             arg_number(but_id)),
                        ret_nth, error);
}

int store_report_confirm(struct store *store, int64_t id, int64_t now_ms, struct error *error)
{
    int r = store_run_one(store, ST_REPORT_CONFIRM, ARGS(arg_number(id)), error);
    return r == 0 ? begin_to_count(store, id, now_ms, error) : r;
}

int store_report_drop(struct store *store, int64_t id, struct error *error)
{
    return store_run_one(store, ST_REPORT_DROP, ARGS(arg_number(id)), error);
}

int store_report_drop_held(struct store *store, int64_t created_before_ms, int64_t *ret_count, struct error *error)
{
    int r = store_run(store, ST_REPORT_DROP_HELD, ARGS(arg_number(created_before_ms)), error);
    if (r == 0)
        *ret_count = sqlite3_changes64(store->db);
    return r;
}

int store_report_cancel(struct store *store, int64_t id, int64_t now_ms, struct error *error)
{
    int r = store_run_one(store, ST_REPORT_CANCEL, ARGS(arg_number(id), arg_number(now_ms)), error);
    return r == 0 ? store_run(store, ST_REPORT_REVIVE, ARGS(arg_number(id)), error) : r;
}
