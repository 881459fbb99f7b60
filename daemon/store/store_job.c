/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <string.h>

#include "base/clock.h"
#include "parsers/period.h"
#include "store/counts.h"
#include "store/job.h"
#include "store/mt_internal.h"
#include "store/report.h"
#include "store/store_internal.h"

enum {
    ST_JOB_DONE = FIRST_STATEMENT(TABLE_JOB),
    ST_JOB_PUT,
    ST_MADE,
    ST_CARD_NEXT,
    ST_JOB_COUNT,
    ST_JOB_KNOWN,
    ST_JOB_CANCEL,
    ST_JOB_CANCEL_WANTED,
    ST_JOB_WAITING,
    ST_JOB_LAST,
    ST_REPORTED_FORMS,
    ST_FORM_THERE,
    ST_POSYANDU_STAFFED,
    ST_POSYANDU_SILENT,
    ST_VILLAGES,
    ST_KECAMATAN_NEXT,
    ST_KABUPATEN_ONLY,
    ST_WEEK_COUNTS,
};

#define KECAMATAN_LEN "8" /* of 35.12.03 */
/* Whether an active person with one of these roles stands for one of these areas. */
#define IS_STAFFED(roles, areas)                                                                                       \
    "(EXISTS (SELECT 1 FROM contact WHERE state = 'active' AND role IN " roles " AND area_id IN " areas ")"            \
    " OR EXISTS (SELECT 1 FROM contact_area JOIN contact ON contact.id = contact_id"                                   \
    "  WHERE state = 'active' AND role IN " roles " AND contact_area.area_id IN " areas "))"
/* A job's messages, also those that name one of several areas of their recipient: '@' is before 'A'. */
#define JOB_IS            "job >= ?1 AND job < ?1 || 'A' AND (job = ?1 OR job > ?1 || '@')"
#define VILLAGE_AND_BELOW "(SELECT desa.id UNION ALL SELECT id FROM area WHERE parent_id = desa.id)"

const struct statement_text store_job_sql[] = {
    {ST_JOB_DONE, "SELECT done_ms FROM job WHERE name = ?1"},
    {ST_JOB_PUT, "INSERT INTO job (name, due_ms, done_ms, detail) VALUES (?1, ?2, ?3, ?4)"},
    {ST_MADE, "SELECT min(applied_ms) FROM schema_migration"},
    /* '/' is after '.': all codes below one. */
    {ST_CARD_NEXT,
     "SELECT " AREA_COLUMNS " FROM area WHERE level = ?1"
     " AND NOT EXISTS (SELECT 1 FROM job WHERE job.name = ?2 || area.code)"
     " AND CASE WHEN ?1 < 3"
     "  THEN EXISTS (SELECT 1 FROM job WHERE job.name > ?2 || area.code || '.' AND job.name < ?2 || area.code || '/')"
     "  ELSE EXISTS (SELECT 1 FROM area AS desa WHERE desa.parent_id = area.id"
     "   AND (EXISTS (SELECT 1 FROM score WHERE quarter = ?3 AND \"set\" = ?4 AND area_id = desa.id)"
     "    OR EXISTS (SELECT 1 FROM score_cell WHERE quarter = ?3 AND \"set\" = ?4 AND area_id = desa.id))) END"
     " ORDER BY code LIMIT 1"},
    {ST_JOB_COUNT, "SELECT count(*) FROM job WHERE name >= ?1 AND name < ?2"},
    {ST_JOB_KNOWN, "SELECT count(*) FROM mt_message WHERE " JOB_IS " AND job <> ''"},
    {ST_JOB_CANCEL, "UPDATE mt_message SET state = ?4, state_ms = ?2, next_attempt_ms = 0"
                    " WHERE " JOB_IS " AND job <> '' AND state = ?3"},
    {ST_JOB_CANCEL_WANTED, "UPDATE mt_message SET cancel_wanted = 1"
                           " WHERE " JOB_IS " AND job <> '' AND state = 'submitting'"},
    /* By the people of the place: without statistics the planner takes all that are queued for few. */
    {ST_JOB_WAITING,
     "SELECT id FROM mt_message INDEXED BY mt_message_by_contact_job WHERE contact_id IN"
     " (SELECT contact.id FROM area JOIN contact ON area_id IN (area.id, parent_id) WHERE area.id = ?3"
     "  UNION ALL SELECT contact_id FROM area JOIN contact_area ON area_id IN (area.id, parent_id) WHERE area.id = ?3)"
     " AND job >= ?1 AND job < ?2 AND job <> '' AND state IN ('queued', 'retry_wait', 'held') ORDER BY id"},
    {ST_JOB_LAST, MT_SELECT " INDEXED BY mt_message_by_contact_job WHERE contact_id = ?2 AND " JOB_IS
                            " AND job <> '' AND state <> 'cancelled' ORDER BY id DESC LIMIT 1"},
    {ST_REPORTED_FORMS,
     "SELECT DISTINCT form FROM report WHERE area_id IN (SELECT ?1 UNION ALL SELECT id FROM area WHERE parent_id = ?1)"
     "  AND period >= ?2 AND period < ?3 AND " REPORT_STANDS},
    {ST_FORM_THERE,
     "SELECT EXISTS (SELECT 1 FROM report WHERE area_id = ?1 AND period = ?2 AND form = ?3 AND " REPORT_STANDS ")"
     " OR (EXISTS (SELECT 1 FROM area WHERE parent_id = ?1 AND " AREA_GOES_ON(
         "closed", "?2") ")"
                         "  AND NOT EXISTS (SELECT 1 FROM area WHERE parent_id = ?1 AND " AREA_GOES_ON(
                             "closed", "?2") " AND NOT EXISTS ("
                                             "   SELECT 1 FROM report WHERE area_id = area.id AND period = ?2 AND form "
                                             "= ?3 AND " REPORT_STANDS ")))"},
    {ST_POSYANDU_STAFFED,
     "SELECT id, name FROM area WHERE parent_id = ?1 AND " IS_STAFFED("('kader')", "(area.id)") " ORDER BY code"},
    {ST_POSYANDU_SILENT,
     "SELECT id, name FROM area WHERE parent_id = ?1 AND " AREA_GOES_ON(
         "closed", "?3") " AND NOT EXISTS (SELECT 1 FROM report WHERE area_id = area.id AND period >= ?2"
                         "  AND period < ?3 AND " REPORT_STANDS ")"
                         " AND (EXISTS (SELECT 1 FROM report WHERE area_id = area.id AND period >= ?4"
                         "   AND period < ?2 AND " REPORT_STANDS ")"
                         "  OR EXISTS (SELECT 1 FROM contact WHERE area_id = area.id AND state = 'active'"
                         "   AND role = 'kader' AND created_ms < ?5)) ORDER BY code"},
    {ST_VILLAGES, "SELECT " AREA_COLUMNS ", EXISTS (SELECT 1 FROM report WHERE period = ?3 AND " REPORT_STANDS
                  "   AND area_id IN " VILLAGE_AND_BELOW
                  "), " IS_STAFFED("('kpm', 'kader')",
                                   VILLAGE_AND_BELOW) " FROM area AS desa WHERE code >= ?1 AND code < ?2 AND level = 4 "
                                                      "AND " AREA_GOES_ON("closed", "?3") " ORDER BY code"},
    {ST_KECAMATAN_NEXT, "SELECT min(substr(code, 1, " KECAMATAN_LEN ")) FROM (SELECT area_id FROM contact UNION ALL"
                        "  SELECT area_id FROM contact_area) AS place JOIN area ON area.id = area_id WHERE level >= 3 "
                        "AND substr(code, 1, " KECAMATAN_LEN ") > ?1"},
    {ST_KABUPATEN_ONLY, "SELECT iif(count(*) = 1, min(code), NULL) FROM area WHERE level = 2"},
    {ST_WEEK_COUNTS, "SELECT (SELECT count(*) FROM mo_message WHERE received_ms BETWEEN ?1 AND ?1 + " EIGHT_DAYS "),"
                     " (SELECT count(*) FROM stranger) + (SELECT count(*) FROM contact WHERE state = 'pending'),"
                     " (SELECT count(*) FROM mt_message WHERE state IN ('queued', 'retry_wait'))"},
    {.sql = NULL},
};

/* Names that begin so: up to the prefix with its last byte one higher. */
static void prefix_end(const char *prefix, char ret_end[JOB_NAME_MAX])
{
    size_t len = strlen(prefix);
    KABAR_ASSERT(len > 0 && len < JOB_NAME_MAX);
    memcpy(ret_end, prefix, len + 1);
    ret_end[len - 1]++;
}

int store_job_done(struct store *store, const char *name, int64_t *ret_done_ms, struct error *error)
{
    return store_number(store, ST_JOB_DONE, ARGS(arg_text(name)), ret_done_ms, error);
}

int store_job_put(struct store *store, const char *name, int64_t due_ms, int64_t done_ms, const char *detail,
                  struct error *error)
{
    KABAR_ASSERT(strlen(name) < JOB_NAME_MAX);
    return store_run(store, ST_JOB_PUT, ARGS(arg_text(name), arg_number(due_ms), arg_number(done_ms), arg_text(detail)),
                     error);
}

int store_made_ms(struct store *store, int64_t *ret_made_ms, struct error *error)
{
    return store_number(store, ST_MADE, NULL, 0, ret_made_ms, error);
}

int store_job_count(struct store *store, const char *prefix, int64_t *ret_count, struct error *error)
{
    char end[JOB_NAME_MAX];
    prefix_end(prefix, end);
    return store_number(store, ST_JOB_COUNT, ARGS(arg_text(prefix), arg_text(end)), ret_count, error);
}

int store_card_next(struct store *store, int quarter, const char *set, const char *prefix, struct area *ret_area,
                    struct error *error)
{
    char text[8];
    int r = STEP_DONE;
    *ret_area = (struct area){0};
    for (int level = AREA_KECAMATAN; level >= AREA_PROVINSI && r == STEP_DONE; level--) {
        CLEANUP(statement_done)
        sqlite3_stmt *statement = statement_use(
            store, ST_CARD_NEXT, ARGS(arg_number(level), arg_text(prefix), arg_quarter(quarter, text), arg_text(set)));
        r = statement_step(store, statement, error);
        if (r == STEP_ROW)
            area_row(statement, ret_area);
    }
    return r < 0 ? r : 0;
}

int store_job_cancel(struct store *store, const char *name, int64_t now_ms, int64_t *ret_count, int64_t *ret_known,
                     struct error *error)
{
    int64_t known = 0, cancelled = 0;
    int r = store_number(store, ST_JOB_KNOWN, ARGS(arg_text(name)), &known, error);
    if (r == 0 && known > 0)
        r = mt_move_all(store, ST_JOB_CANCEL, 1U << MT_QUEUED | 1U << MT_RETRY_WAIT | 1U << MT_HELD, MT_CANCELLED,
                        ARGS(arg_text(name), arg_number(now_ms)), &cancelled, error);
    if (r == 0 && known > 0)
        r = store_run(store, ST_JOB_CANCEL_WANTED, ARGS(arg_text(name)), error);
    if (r == 0 && ret_count)
        *ret_count = cancelled;
    if (r == 0 && ret_known)
        *ret_known = known;
    return r;
}

int store_job_last(struct store *store, const char *name, int64_t contact_id, struct mt_message *ret_last,
                   struct error *error)
{
    ret_last->id = 0;
    ret_last->job[0] = '\0';
    CLEANUP(statement_done)
    sqlite3_stmt *statement = statement_use(store, ST_JOB_LAST, ARGS(arg_text(name), arg_number(contact_id)));
    int r = statement_step(store, statement, error);
    if (r == STEP_ROW)
        r = mt_row(store, statement, ret_last, error);
    return r;
}

int store_job_waiting(struct store *store, const char *prefix, int64_t area_id, job_message_each *each, void *data,
                      struct error *error)
{
    char end[JOB_NAME_MAX];
    prefix_end(prefix, end);
    CLEANUP(statement_done)
    sqlite3_stmt *statement =
        statement_use(store, ST_JOB_WAITING, ARGS(arg_text(prefix), arg_text(end), arg_number(area_id)));
    int r;
    while ((r = statement_step(store, statement, error)) == STEP_ROW) {
        int stop = each(data, sqlite3_column_int64(statement, 0));
        if (stop != 0)
            return list_end(stop);
    }
    return r;
}

int store_reported_forms(struct store *store, int64_t area_id, int from, int before, form_each *each, void *data,
                         struct error *error)
{
    char first[8], end[8];
    month_format(from, first);
    month_format(before, end);
    CLEANUP(statement_done)
    sqlite3_stmt *statement =
        statement_use(store, ST_REPORTED_FORMS, ARGS(arg_number(area_id), arg_text(first), arg_text(end)));
    int r;
    while ((r = statement_step(store, statement, error)) == STEP_ROW) {
        int stop = each(data, column_view(statement, 0).at);
        if (stop != 0)
            return list_end(stop);
    }
    return r;
}

int store_form_there(struct store *store, int64_t area_id, int month, const char *form, bool *ret_there,
                     struct error *error)
{
    char period[8];
    int64_t there = 0;
    month_format(month, period);
    int r =
        store_number(store, ST_FORM_THERE, ARGS(arg_number(area_id), arg_text(period), arg_text(form)), &there, error);
    if (r == 0)
        *ret_there = there != 0;
    return r;
}

static int each_posyandu(struct store *store, sqlite3_stmt *statement, posyandu_each *each, void *data,
                         struct error *error)
{
    int r;
    while ((r = statement_step(store, statement, error)) == STEP_ROW) {
        int stop = each(data, sqlite3_column_int64(statement, 0), column_view(statement, 1).at);
        if (stop != 0)
            return list_end(stop);
    }
    return r;
}

int store_posyandu_staffed(struct store *store, int64_t area_id, posyandu_each *each, void *data, struct error *error)
{
    CLEANUP(statement_done)
    sqlite3_stmt *statement = statement_use(store, ST_POSYANDU_STAFFED, ARGS(arg_number(area_id)));
    return each_posyandu(store, statement, each, data, error);
}

int store_posyandu_silent(struct store *store, int64_t village_id, int from, int before, posyandu_each *each,
                          void *data, struct error *error)
{
    enum { YEAR_MONTHS = 12 };
    char first[8], end[8], year[8];
    const struct local_time begin = {.day = {from / YEAR_MONTHS, from % YEAR_MONTHS + 1, 1}};
    month_format(from, first);
    month_format(before, end);
    month_format(from - YEAR_MONTHS, year);
    CLEANUP(statement_done)
    sqlite3_stmt *statement = statement_use(
        store, ST_POSYANDU_SILENT,
        ARGS(arg_number(village_id), arg_text(first), arg_text(end), arg_text(year), arg_number(zone_ms(&begin))));
    return each_posyandu(store, statement, each, data, error);
}

int store_villages(struct store *store, const char *code, int month, village_each *each, void *data,
                   struct error *error)
{
    char period[8];
    struct area_range range = area_range_of(code);
    month_format(month, period);
    CLEANUP(statement_done)
    sqlite3_stmt *statement =
        statement_use(store, ST_VILLAGES, ARGS(arg_text(range.low), arg_text(range.high), arg_text(period)));
    int r;
    while ((r = statement_step(store, statement, error)) == STEP_ROW) {
        struct area village;
        area_row(statement, &village);
        int stop = each(data, &village, sqlite3_column_int(statement, AREA_COLUMN_COUNT) != 0,
                        sqlite3_column_int(statement, AREA_COLUMN_COUNT + 1) != 0);
        if (stop != 0)
            return list_end(stop);
    }
    return r;
}

/* The one code that a statement gives, "" where it gives none. */
static int one_code(struct store *store, int id, const struct arg *args, size_t n_args, char ret_code[AREA_CODE_MAX],
                    struct error *error)
{
    CLEANUP(statement_done) sqlite3_stmt *statement = statement_use(store, id, args, n_args);
    int r = statement_step(store, statement, error);
    ret_code[0] = '\0';
    if (r == STEP_ROW)
        column_text(statement, 0, ret_code, AREA_CODE_MAX);
    return r < 0 ? r : 0;
}

int store_kecamatan_next(struct store *store, const char *after, char ret_code[AREA_CODE_MAX], struct error *error)
{
    return one_code(store, ST_KECAMATAN_NEXT, ARGS(arg_text(after)), ret_code, error);
}

int store_kabupaten_only(struct store *store, char ret_code[AREA_CODE_MAX], struct error *error)
{
    return one_code(store, ST_KABUPATEN_ONLY, NO_ARGS, ret_code, error);
}

int store_week_counts(struct store *store, int64_t since_ms, struct week_counts *ret_counts, struct error *error)
{
    CLEANUP(statement_done)
    sqlite3_stmt *statement = statement_use(store, ST_WEEK_COUNTS, ARGS(arg_number(since_ms)));
    int r = statement_step(store, statement, error);
    if (r < 0)
        return r;
    *ret_counts = (struct week_counts){
        .received = sqlite3_column_int64(statement, 0),
        .strangers = sqlite3_column_int64(statement, 1),
        .queued = sqlite3_column_int64(statement, 2),
    };
    return 0;
}
