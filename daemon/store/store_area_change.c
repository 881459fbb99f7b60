/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "parsers/period.h"
#include "store/area.h"
#include "store/store_internal.h"

enum {
    ST_USAGE = FIRST_STATEMENT(TABLE_AREA_CHANGE),
    ST_CLOSE,
    ST_RENAME,
    ST_LEAVE_PEOPLE,
    ST_FORGET_SCORES,
    ST_FORGET_CELLS,
    ST_FORGET_FORMS,
    ST_FORGET_MONTHS,
    ST_FORGET_STALE,
    ST_REMOVE,
    ST_RECODE,
    ST_REPARENT,
    ST_RECODE_JOBS,
    ST_MERGE_REPORTS,
    ST_MERGE_PEOPLE,
    ST_MERGE_FURTHER,
    ST_MERGE_FURTHER_REST,
    ST_MERGE_FURTHER_TWICE,
    ST_MERGE_BUDGET,
    ST_MERGE_BUDGET_REST,
    ST_MERGE_CARDS_ABOVE,
    ST_MERGE_CARDS,
    ST_MERGE_CARDS_AFTER,
    ST_POSYANDU_LIKE,
    ST_POSYANDU_NEXT,
};

#define BELOW     "(SELECT id FROM area WHERE code >= ?1 AND code < ?2)"
#define CARD_FAR  "1000000" /* above all revisions that there are */
#define SAME_CARD "own.area_id = ?1 AND own.quarter = card.quarter AND own.\"set\" = card.\"set\""

const struct statement_text store_area_change_sql[] = {
    {ST_USAGE,
     "SELECT (SELECT count(*) FROM report WHERE area_id IN " BELOW "),"
     " (SELECT count(*) FROM contact WHERE name <> '' AND (area_id IN " BELOW
     "  OR id IN (SELECT contact_id FROM contact_area WHERE area_id IN " BELOW "))),"
     " (SELECT count(*) FROM card WHERE area_id IN " BELOW " /* whole table: a card a village and quarter */),"
     " (SELECT count(*) FROM budget WHERE area_id IN " BELOW "),"
     " (SELECT count(*) - 1 FROM area WHERE code >= ?1 AND code < ?2)"},
    {ST_CLOSE, "UPDATE area SET closed = ?3 WHERE code >= ?1 AND code < ?2"},
    {ST_RENAME, "UPDATE area SET name = ?2 WHERE id = ?1"},
    /* Those who were forgotten: no name, no number. */
    {ST_LEAVE_PEOPLE, "UPDATE contact SET area_id = NULL WHERE name = '' AND area_id IN " BELOW},
    {ST_FORGET_SCORES, "DELETE FROM score WHERE area_id IN " BELOW " /* whole table: by hand, once in years */"},
    {ST_FORGET_CELLS, "DELETE FROM score_cell WHERE area_id IN " BELOW " /* whole table: by hand, once in years */"},
    {ST_FORGET_FORMS, "DELETE FROM score_form WHERE area_id IN " BELOW " /* whole table: by hand, once in years */"},
    {ST_FORGET_MONTHS, "DELETE FROM score_month WHERE area_id IN " BELOW " /* whole table: by hand, once in years */"},
    {ST_FORGET_STALE, "DELETE FROM card_stale WHERE area_id IN " BELOW " /* whole table: it is empty by then */"},
    {ST_REMOVE, "DELETE FROM area WHERE code >= ?1 AND code < ?2 /* whole table: all that could refer to it */"},
    {ST_RECODE, "UPDATE area SET code = ?3 || substr(code, length(?1) + 1) WHERE code >= ?1 AND code < ?2"},
    {ST_REPARENT, "UPDATE area SET parent_id = (SELECT id FROM area WHERE code = ?2) WHERE code = ?1"},
    /* So that nothing that was done for the old code is done once more for the new one. */
    {ST_RECODE_JOBS, "UPDATE OR IGNORE job SET name = replace(name, ':' || ?1, ':' || ?2)"
                     " WHERE name LIKE '%:' || ?1 OR name LIKE '%:' || ?1 || '.%' /* whole table: once in years */"},
    {ST_MERGE_REPORTS, "UPDATE report SET area_id = ?2 WHERE area_id = ?1"},
    {ST_MERGE_PEOPLE, "UPDATE contact SET area_id = ?2 WHERE area_id = ?1"},
    {ST_MERGE_FURTHER, "UPDATE OR IGNORE contact_area SET area_id = ?2 WHERE area_id = ?1"},
    {ST_MERGE_FURTHER_REST, "DELETE FROM contact_area WHERE area_id = ?1"},
    {ST_MERGE_FURTHER_TWICE, "DELETE FROM contact_area WHERE area_id = ?1"
                             " AND contact_id IN (SELECT id FROM contact WHERE area_id = ?1)"},
    {ST_MERGE_BUDGET, "UPDATE OR IGNORE budget SET area_id = ?2 WHERE area_id = ?1"},
    {ST_MERGE_BUDGET_REST, "DELETE FROM budget WHERE area_id = ?1"},
    /* Of a quarter that both have, the cards that go come first: the newest revision stays the newest. */
    {ST_MERGE_CARDS_ABOVE, "UPDATE card SET revision = revision + " CARD_FAR
                           " + (SELECT max(own.revision) FROM card AS own WHERE " SAME_CARD ")"
                           " WHERE area_id = ?2 AND EXISTS (SELECT 1 FROM card AS own WHERE " SAME_CARD ")"
                           " /* whole table: by hand, once in years */"},
    {ST_MERGE_CARDS, "UPDATE card SET area_id = ?2 WHERE area_id = ?1 /* whole table: by hand, once in years */"},
    {ST_MERGE_CARDS_AFTER, "UPDATE card SET revision = revision - " CARD_FAR
                           " WHERE area_id = ?1 AND revision > " CARD_FAR " /* whole table: by hand, once in years */"},
    {ST_POSYANDU_LIKE, "SELECT code FROM area WHERE parent_id = ?1 AND name = ?2 COLLATE NOCASE"},
    {ST_POSYANDU_NEXT, "SELECT printf('%s/%02d', desa.code, 1 + coalesce((SELECT max(CAST(substr(code, 15) AS INTEGER))"
                       " FROM area WHERE parent_id = desa.id), 0)) FROM area AS desa WHERE desa.id = ?1"},
    {.sql = NULL},
};

int store_area_usage(struct store *store, const char *code, struct area_usage *ret_usage, struct error *error)
{
    struct area_range range = area_range_of(code);
    CLEANUP(statement_done)
    sqlite3_stmt *statement = statement_use(store, ST_USAGE, ARGS(arg_text(range.low), arg_text(range.high)));
    int r = statement_step(store, statement, error);
    if (r < 0)
        return r;
    *ret_usage = (struct area_usage){
        .reports = sqlite3_column_int64(statement, 0),
        .people = sqlite3_column_int64(statement, 1),
        .cards = sqlite3_column_int64(statement, 2),
        .budgets = sqlite3_column_int64(statement, 3),
        .below = sqlite3_column_int64(statement, 4),
    };
    return 0;
}

int store_area_rename(struct store *store, int64_t id, const char *name, struct error *error)
{
    size_t len = strlen(name);
    if (len == 0 || len >= NAME_MAX_BYTES)
        return error_set(error, -EINVAL, "the name of an area must have 1 to %d bytes", NAME_MAX_BYTES - 1);
    return store_run_one(store, ST_RENAME, ARGS(arg_number(id), arg_text(name)), error);
}

int store_area_close(struct store *store, const char *code, int month, struct error *error)
{
    char text[8];
    struct area_range range = area_range_of(code);
    if (month)
        month_format(month, text);
    return store_run(store, ST_CLOSE, ARGS(arg_text(range.low), arg_text(range.high), arg_text(month ? text : NULL)),
                     error);
}

int store_area_remove(struct store *store, const char *code, struct error *error)
{
    static const int steps[] = {ST_LEAVE_PEOPLE,  ST_FORGET_SCORES, ST_FORGET_CELLS, ST_FORGET_FORMS,
                                ST_FORGET_MONTHS, ST_FORGET_STALE,  ST_REMOVE};
    struct area_range range = area_range_of(code);
    int r = 0;
    for (size_t i = 0; i < COUNT_OF(steps) && r == 0; i++)
        r = store_run(store, steps[i], ARGS(arg_text(range.low), arg_text(range.high)), error);
    return r;
}

int store_area_recode(struct store *store, const char *code, const char *new_code, struct error *error)
{
    struct area_range range = area_range_of(code);
    struct area above;
    char parent[AREA_CODE_MAX];
    int level = area_code_level(view_of(new_code));
    if (!level || level != area_code_level(view_of(code)))
        return error_set(error, -EINVAL, "\"%.40s\" is not a code of the same level as %.40s", new_code, code);
    struct view parent_view = area_parent_code(view_of(new_code));
    (void)snprintf(parent, sizeof parent, "%.*s", (int)parent_view.len, parent_view.at);
    int r = level > AREA_PROVINSI ? store_area_by_code(store, view_of(parent), &above, error) : 0;
    if (r == 0)
        r = store_run(store, ST_RECODE, ARGS(arg_text(range.low), arg_text(range.high), arg_text(new_code)), error);
    if (r == 0 && level > AREA_PROVINSI)
        r = store_run(store, ST_REPARENT, ARGS(arg_text(new_code), arg_text(parent)), error);
    return r == 0 ? store_run(store, ST_RECODE_JOBS, ARGS(arg_text(code), arg_text(new_code)), error) : r;
}

int store_area_merge(struct store *store, int64_t from_id, int64_t into_id, struct error *error)
{
    static const int steps[] = {ST_MERGE_REPORTS, ST_MERGE_PEOPLE,      ST_MERGE_FURTHER,
                                ST_MERGE_BUDGET,  ST_MERGE_CARDS_ABOVE, ST_MERGE_CARDS};
    int r = 0;
    for (size_t i = 0; i < COUNT_OF(steps) && r == 0; i++)
        r = store_run(store, steps[i], ARGS(arg_number(from_id), arg_number(into_id)), error);
    if (r == 0)
        r = store_run(store, ST_MERGE_BUDGET_REST, ARGS(arg_number(from_id)), error);
    if (r == 0)
        r = store_run(store, ST_MERGE_FURTHER_REST, ARGS(arg_number(from_id)), error);
    if (r == 0)
        r = store_run(store, ST_MERGE_FURTHER_TWICE, ARGS(arg_number(into_id)), error);
    return r == 0 ? store_run(store, ST_MERGE_CARDS_AFTER, ARGS(arg_number(into_id)), error) : r;
}

static int code_of(struct store *store, int id, const struct arg *args, size_t n_args, char ret_code[AREA_CODE_MAX],
                   struct error *error)
{
    CLEANUP(statement_done) sqlite3_stmt *statement = statement_use(store, id, args, n_args);
    int r = statement_step(store, statement, error);
    ret_code[0] = '\0';
    if (r == STEP_ROW)
        column_text(statement, 0, ret_code, AREA_CODE_MAX);
    return r < 0 ? r : 0;
}

int store_posyandu_place(struct store *store, int64_t village_id, const char *name, char ret_code[AREA_CODE_MAX],
                         bool *ret_there, struct error *error)
{
    int r = code_of(store, ST_POSYANDU_LIKE, ARGS(arg_number(village_id), arg_text(name)), ret_code, error);
    *ret_there = ret_code[0] != '\0';
    if (r == 0 && !*ret_there)
        r = code_of(store, ST_POSYANDU_NEXT, ARGS(arg_number(village_id)), ret_code, error);
    if (r == 0 && !area_code_level(view_of(ret_code)))
        return error_set(error, -EINVAL, "there is no room for one more posyandu");
    return r;
}
