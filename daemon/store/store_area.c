/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "store/store_internal.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "parsers/period.h"

enum {
    ST_AREA_PUT = FIRST_STATEMENT(TABLE_AREA),
    ST_AREA_BY_CODE,
    ST_AREA_BY_ID,
    ST_AREA_LIST,
};

const struct statement_text store_area_sql[] = {
    /* One statement an area, parent check included (constraint parent_is_there): 91,599 of them are one transaction. */
    {ST_AREA_PUT, "INSERT INTO area (code, parent_id, level, name)"
                  " VALUES (?1, (SELECT id FROM area WHERE code = ?2), ?3, ?4)"
                  " ON CONFLICT (code) DO UPDATE SET name = excluded.name RETURNING id"
                  " /* whole table: who refers to an area is asked where a deferred reference is open: never */"},
    {ST_AREA_BY_CODE, "SELECT " AREA_COLUMNS " FROM area WHERE code = ?1"},
    {ST_AREA_BY_ID, "SELECT " AREA_COLUMNS " FROM area WHERE id = ?1"},
    {ST_AREA_LIST, "SELECT " AREA_COLUMNS " FROM area WHERE code >= ?1 AND code < ?2 ORDER BY code"},
    {.sql = NULL},
};

int area_code_level(struct view code)
{
    /* What stands between the levels, and how many digits each has: PP.KK.CC.DDDD/NN. */
    static const char before[] = {'\0', '.', '.', '.', '/'};
    static const size_t digits[] = {2, 2, 2, 4, 2};
    size_t at = 0;
    for (int level = 1; level <= AREA_POSYANDU; level++) {
        if (level > 1 && code.at[at++] != before[level - 1])
            return 0;
        for (size_t i = 0; i < digits[level - 1]; i++, at++) {
            if (at >= code.len || code.at[at] < '0' || code.at[at] > '9')
                return 0;
        }
        if (at == code.len)
            return level;
    }
    return 0;
}

struct area_range area_range_of(const char *code)
{
    struct area_range range;
    (void)snprintf(range.low, sizeof range.low, "%s", code ? code : "");
    (void)snprintf(range.high, sizeof range.high, "%s%s", range.low, code ? "0" : ":");
    return range;
}

struct view area_parent_code(struct view code)
{
    static const size_t lengths[] = {
        [AREA_PROVINSI] = 0, [AREA_KABUPATEN] = 2, [AREA_KECAMATAN] = 5, [AREA_DESA] = 8, [AREA_POSYANDU] = 13};
    return (struct view){code.at, lengths[area_code_level(code)]};
}

int store_area_put(struct store *store, struct view code, struct view name, int64_t *ret_id, struct error *error)
{
    int level = area_code_level(code);
    if (!level)
        return error_set(error, -EINVAL,
                         "\"%.*s\" is not an area code: expected PP, PP.KK, PP.KK.CC, PP.KK.CC.DDDD or "
                         "PP.KK.CC.DDDD/NN in digits",
                         (int)(code.len > 40 ? 40 : code.len), code.at);
    if (name.len == 0 || name.len >= NAME_MAX_BYTES || memchr(name.at, '\0', name.len))
        return error_set(error, -EINVAL, "area %.*s: its name must have 1 to %d bytes", (int)code.len, code.at,
                         NAME_MAX_BYTES - 1);
    struct view parent = area_parent_code(code);
    CLEANUP(statement_done)
    sqlite3_stmt *statement =
        statement_use(store, ST_AREA_PUT, ARGS(arg_view(code), arg_view(parent), arg_number(level), arg_view(name)));
    int r = statement_step(store, statement, error);
    if (r == -EINVAL)
        return error_set(error, -ENOENT, "area %.*s: the area above it, %.*s, is not there: add that first",
                         (int)code.len, code.at, (int)parent.len, parent.at);
    if (r < 0)
        return r;
    int64_t id = sqlite3_column_int64(statement, 0);
    r = statement_step(store, statement, error);
    if (r == STEP_DONE && ret_id)
        *ret_id = id;
    return r;
}

void area_row(sqlite3_stmt *statement, struct area *ret_area)
{
    *ret_area = (struct area){
        .id = sqlite3_column_int64(statement, 0),
        .parent_id = sqlite3_column_int64(statement, 1),
        .level = (enum area_level)sqlite3_column_int(statement, 2),
    };
    column_text(statement, 3, ret_area->code, sizeof ret_area->code);
    if (ret_area->level < AREA_PROVINSI || ret_area->level > AREA_POSYANDU) /* a foreign hand's */
        ret_area->level = AREA_POSYANDU;
    column_text(statement, 4, ret_area->name, sizeof ret_area->name);
    if (month_parse(column_view(statement, 5), &ret_area->closed) != 0)
        ret_area->closed = 0;
}

bool area_goes_on(const struct area *area, int month)
{
    return area->closed == 0 || area->closed > month;
}

int store_area_by_code(struct store *store, struct view code, struct area *ret_area, struct error *error)
{
    CLEANUP(statement_done) sqlite3_stmt *statement = statement_use(store, ST_AREA_BY_CODE, ARGS(arg_view(code)));
    int r = statement_step(store, statement, error);
    if (r == STEP_DONE)
        return error_set(error, -ENOENT, "there is no area %.*s; type: kabarctl area list",
                         (int)(code.len > 40 ? 40 : code.len), code.at);
    if (r == STEP_ROW)
        area_row(statement, ret_area);
    return r < 0 ? r : 0;
}

int store_area_by_id(struct store *store, int64_t id, struct area *ret_area, struct error *error)
{
    CLEANUP(statement_done) sqlite3_stmt *statement = statement_use(store, ST_AREA_BY_ID, ARGS(arg_number(id)));
    int r = statement_step(store, statement, error);
    if (r == STEP_DONE)
        return error_set(error, -ENOENT, "there is no area with id %lld", (long long)id);
    if (r == STEP_ROW)
        area_row(statement, ret_area);
    return r < 0 ? r : 0;
}

int area_rows(struct store *store, sqlite3_stmt *statement, area_each *each, void *data, struct error *error)
{
    int r;
    while ((r = statement_step(store, statement, error)) == STEP_ROW) {
        struct area area;
        area_row(statement, &area);
        int stop = each(data, &area);
        if (stop != 0)
            return list_end(stop);
    }
    return r;
}

int store_area_list(struct store *store, const char *code, area_each *each, void *data, struct error *error)
{
    struct area_range range = area_range_of(code);
    CLEANUP(statement_done)
    sqlite3_stmt *statement = statement_use(store, ST_AREA_LIST, ARGS(arg_text(range.low), arg_text(range.high)));
    return area_rows(store, statement, each, data, error);
}
