/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "store/meta.h"

#include <errno.h>
#include <stdio.h>

#include "store/store_internal.h"

enum { META_NAME_MAX = 128 };

enum {
    ST_META_GET = FIRST_STATEMENT(TABLE_META),
    ST_META_SET,
};

const struct statement_text store_meta_sql[] = {
    {ST_META_GET, "SELECT value FROM meta WHERE name = ?1"},
    {ST_META_SET, "INSERT INTO meta (name, value) VALUES (?1, ?2)"
                  " ON CONFLICT (name) DO UPDATE SET value = excluded.value"},
    {.sql = NULL},
};

static const struct {
    const char *name, *whose;
} rows[META_COUNT] = {
#define META(id, name, whose, holds) [META_##id] = {name, whose},
#include "store/meta.def"
#undef META
};

const char *meta_to_string(enum meta meta)
{
    return rows[meta].name;
}

static void row_name(enum meta meta, const char *of, char ret_name[META_NAME_MAX])
{
    KABAR_ASSERT((of != NULL) == (rows[meta].whose[0] != '\0'));
    int len = snprintf(ret_name, META_NAME_MAX, "%s%s", rows[meta].name, of ? of : "");
    KABAR_ASSERT(len > 0 && len < META_NAME_MAX);
}

int store_meta_get(struct store *store, enum meta meta, const char *of, char *ret_value, size_t size,
                   struct error *error)
{
    char name[META_NAME_MAX];
    row_name(meta, of, name);
    CLEANUP(statement_done) sqlite3_stmt *statement = statement_use(store, ST_META_GET, ARGS(arg_text(name)));
    int r = statement_step(store, statement, error);
    if (r == STEP_DONE)
        return error_set(error, -ENOENT, "%s: nothing is remembered as \"%s\"", store->path, name);
    if (r == STEP_ROW)
        column_text(statement, 0, ret_value, size);
    return r < 0 ? r : 0;
}

int store_meta_set(struct store *store, enum meta meta, const char *of, const char *value, struct error *error)
{
    char name[META_NAME_MAX];
    row_name(meta, of, name);
    return store_run(store, ST_META_SET, ARGS(arg_text(name), arg_text(value)), error);
}

int store_meta_keep(struct store *store, enum meta meta, const char *of, const char *value, struct error *error)
{
    int r = store_begin(store, error);
    if (r == 0)
        r = store_meta_set(store, meta, of, value, error);
    return store_end(store, r, error);
}
