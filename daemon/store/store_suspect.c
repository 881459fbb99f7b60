/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "store/suspect.h"

#include <errno.h>
#include <string.h>

#include "store/meta.h"
#include "store/store_internal.h"

enum {
    ST_SUSPECT_FORGIVE = FIRST_STATEMENT(TABLE_SUSPECT),
    ST_SUSPECT_DIED,
    ST_SUSPECT_ANY,
    ST_SUSPECT_DEATHS,
    ST_SUSPECT_BEGIN,
    ST_SUSPECT_END,
    ST_SUSPECT_CLEAR,
};

const struct statement_text store_suspect_sql[] = {
    {ST_SUSPECT_FORGIVE, "DELETE FROM suspect WHERE busy = 0"},
    {ST_SUSPECT_DIED, "UPDATE suspect SET deaths = min(deaths, 1000) + 1, busy = 0"},
    {ST_SUSPECT_ANY, "SELECT count(*) FROM suspect WHERE deaths > 0"},
    {ST_SUSPECT_DEATHS, "SELECT deaths FROM suspect WHERE name = ?1"},
    {ST_SUSPECT_BEGIN, "INSERT INTO suspect (name, deaths, busy) VALUES (?1, 0, 1)"
                       " ON CONFLICT (name) DO UPDATE SET busy = 1"},
    {ST_SUSPECT_END, "DELETE FROM suspect WHERE name = ?1"},
    {ST_SUSPECT_CLEAR, "DELETE FROM suspect"},
    {.sql = NULL},
};

/* Inside the caller's transaction. */
static int note_boot(struct store *store, const char *boot, bool *ret_other, struct error *error)
{
    char last[64] = "";
    int r = store_meta_get(store, META_BOOT, NULL, last, sizeof last, error);
    *ret_other = boot[0] != '\0' && strcmp(last, boot) != 0;
    if (r < 0 && r != -ENOENT)
        return r;
    return *ret_other ? store_meta_set(store, META_BOOT, NULL, boot, error) : 0;
}

int store_suspect_recover(struct store *store, const char *boot, struct error *error)
{
    bool other = false;
    int r = store_begin(store, error);
    if (r == 0)
        r = note_boot(store, boot, &other, error);
    if (r == 0)
        r = store_run(store, other ? ST_SUSPECT_CLEAR : ST_SUSPECT_FORGIVE, NO_ARGS, error);
    if (r == 0)
        r = store_run(store, ST_SUSPECT_DIED, NO_ARGS, error);
    return store_end(store, r, error);
}

int store_suspect_any(struct store *store, bool *ret_any, struct error *error)
{
    int64_t n = 0;
    int r = store_number(store, ST_SUSPECT_ANY, NO_ARGS, &n, error);
    if (r == 0)
        *ret_any = n > 0;
    return r;
}

int store_suspect_deaths(struct store *store, const struct suspect *suspect, int64_t *ret_deaths, struct error *error)
{
    return store_number(store, ST_SUSPECT_DEATHS, ARGS(arg_text(suspect->name)), ret_deaths, error);
}

static int run_each(struct store *store, int id, const struct suspect *suspects, size_t n_suspects, struct error *error)
{
    int r = 0;
    for (size_t i = 0; i < n_suspects && r == 0; i++)
        r = store_run(store, id, ARGS(arg_text(suspects[i].name)), error);
    return r;
}

/* A transaction of its own that is not forced to the disk. */
static int run_lightly(struct store *store, int id, const struct suspect *suspects, size_t n_suspects,
                       struct error *error)
{
    (void)sqlite3_exec(store->db, "PRAGMA synchronous = NORMAL", NULL, NULL, NULL);
    int r = store_begin(store, error);
    if (r == 0)
        r = run_each(store, id, suspects, n_suspects, error);
    r = store_end(store, r, error);
    (void)sqlite3_exec(store->db, "PRAGMA synchronous = FULL", NULL, NULL, NULL);
    return r;
}

int store_suspect_begin(struct store *store, const struct suspect *suspects, size_t n_suspects, struct error *error)
{
    return run_lightly(store, ST_SUSPECT_BEGIN, suspects, n_suspects, error);
}

void store_suspect_forget(struct store *store, const struct suspect *suspects, size_t n_suspects)
{
    struct error ignored;
    (void)run_lightly(store, ST_SUSPECT_END, suspects, n_suspects, &ignored);
}

int store_suspect_clear(struct store *store, struct error *error)
{
    int r = store_begin(store, error);
    if (r == 0)
        r = store_run(store, ST_SUSPECT_CLEAR, NO_ARGS, error);
    return store_end(store, r, error);
}

int store_suspect_mark(struct store *store, const struct suspect *suspects, size_t n_suspects, struct error *error)
{
    return run_each(store, ST_SUSPECT_BEGIN, suspects, n_suspects, error);
}

int store_suspect_end(struct store *store, const struct suspect *suspects, size_t n_suspects, struct error *error)
{
    return run_each(store, ST_SUSPECT_END, suspects, n_suspects, error);
}
