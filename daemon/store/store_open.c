/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "store/store_internal.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "store/meta.h"

enum {
    ST_BEGIN = FIRST_STATEMENT(TABLE_OPEN),
    ST_COMMIT,
    ST_ROLLBACK,
};

static const struct statement_text store_open_sql[] = {
    {ST_BEGIN, "BEGIN IMMEDIATE"},
    {ST_COMMIT, "COMMIT"},
    {ST_ROLLBACK, "ROLLBACK"},
    {.sql = NULL},
};

const struct statement_text *const store_tables[TABLE_COUNT] = {
    [TABLE_OPEN] = store_open_sql,
    [TABLE_BOX] = store_box_sql,
    [TABLE_AREA] = store_area_sql,
    [TABLE_AREA_CHANGE] = store_area_change_sql,
    [TABLE_CONTACT] = store_contact_sql,
    [TABLE_MO] = store_mo_sql,
    [TABLE_REPORT] = store_report_sql,
    [TABLE_REPORT_FIND] = store_report_find_sql,
    [TABLE_MT] = store_mt_sql,
    [TABLE_MT_SETTLE] = store_mt_settle_sql,
    [TABLE_MT_RECOVER] = store_mt_recover_sql,
    [TABLE_MT_LIST] = store_mt_list_sql,
    [TABLE_SCORE] = store_score_sql,
    [TABLE_CARD] = store_card_sql,
    [TABLE_REBUILD] = store_rebuild_sql,
    [TABLE_JOB] = store_job_sql,
    [TABLE_ADOPT] = store_adopt_sql,
    [TABLE_PEOPLE] = store_people_sql,
    [TABLE_RAW] = store_raw_sql,
    [TABLE_META] = store_meta_sql,
    [TABLE_SUSPECT] = store_suspect_sql,
    [TABLE_NOTE] = store_note_sql,
    [TABLE_MARK] = store_mark_sql,
    [TABLE_PAST] = store_past_sql,
};

/* journal_mode is a property of the file, set by migrate(). */
static const char pragmas[] =
    /* After the commit the SIM's copy is deleted: a commit lost in a power cut would be an SMS lost (0.8 ms each). */
    "PRAGMA synchronous = FULL;"
    "PRAGMA foreign_keys = ON;"
    /* The sandbox may have no writable folder for temporary files, and a full disk must not stop a reading. */
    "PRAGMA temp_store = MEMORY;"
    /* A WAL that one big import blew up is cut back by the next checkpoint. */
    "PRAGMA journal_size_limit = 4194304;";

/* All of one file; an id without a text is our own bug. */
static int prepare_table(struct store *store, int table, struct error *error)
{
    int highest = -1, n = 0;
    for (const struct statement_text *text = store_tables[table]; text->sql; text++, n++) {
        int place = text->id - FIRST_STATEMENT(table);
        KABAR_ASSERT(place >= 0 && place < STATEMENTS_MAX && !store->statements[text->id]);
        highest = place > highest ? place : highest;
        int result =
            sqlite3_prepare_v3(store->db, text->sql, -1, SQLITE_PREPARE_PERSISTENT, &store->statements[text->id], NULL);
        if (result != SQLITE_OK)
            return sqlite_failed(store->db, result, store->path, error);
    }
    KABAR_ASSERT(highest == n - 1);
    return 0;
}

static int prepare_all(struct store *store, struct error *error)
{
    int r = 0;
    for (int table = 0; table < TABLE_COUNT && r == 0; table++)
        r = prepare_table(store, table, error);
    return r;
}

/* The connection and everything that can be told before statements exist. */
static int open_connection(struct store *store, enum store_mode mode, struct error *error)
{
    static const enum database_access access_of[] = {
        [STORE_WRITE] = DATABASE_WRITE, [STORE_READ] = DATABASE_LOOK, [STORE_WATCH] = DATABASE_READ};
    int version = 0;
    int r = database_open(store->path, access_of[mode], &store->db, error);
    if (r == 0 && strcmp(store->path, STORE_IN_MEMORY) == 0)
        r = migrate_open(store->db, store->path, store_migrations, store_n_migrations, &version, error);
    if (r < 0)
        return r;
    store->busy_ms = STORE_BUSY_MS;
    (void)sqlite3_db_config(store->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    int result = sqlite3_exec(store->db, pragmas, NULL, NULL, NULL);
    return result == SQLITE_OK ? 0 : sqlite_failed(store->db, result, store->path, error);
}

/* Row ids come again after a restore; uids must not. */
static int read_generation(struct store *store, struct error *error)
{
    char generation[16];
    int r = store_meta_get(store, META_GENERATION, NULL, generation, sizeof generation, error);
    if (r == 0)
        (void)snprintf(store->generation, sizeof store->generation, "-r%s", generation);
    return r == -ENOENT ? 0 : r;
}

static int open_checked(struct store *store, enum store_mode mode, struct error *error)
{
    int version = 0;
    int r = open_connection(store, mode, error);
    if (r == 0)
        r = migrate_check(store->db, store->path, store_migrations, store_n_migrations, &version, error);
    if (r == 0 && version < store_n_migrations)
        return error_set(error, -EPROTO, "%s: its schema is version %d, this program needs %d: run `kabarctl init`",
                         store->path, version, store_n_migrations);
    if (r == 0)
        r = raw_functions(store, error);
    if (r == 0)
        r = prepare_all(store, error);
    return r == 0 ? read_generation(store, error) : r;
}

int store_open(const char *path, enum store_mode mode, const char *box_id, struct store **ret_store,
               struct error *error)
{
    if (strcmp(path, STORE_IN_MEMORY) != 0 && access(path, F_OK) != 0 && errno == ENOENT)
        return error_set(error, -ENOENT, "%s: there is no database: make one with `kabarctl init`", path);
    if (strlen(box_id) >= BOX_ID_MAX)
        return error_set(error, -EPROTO, "box id \"%s\": at most %d bytes", box_id, BOX_ID_MAX - 1);
    size_t size = strlen(path) + 1;
    struct store *store = calloc(1, sizeof *store + size);
    if (!store)
        return error_set(error, -ENOMEM, "%s: memory ran out", path);
    memcpy(store->path, path, size);
    for (size_t i = 0; i < PLACE_COUNT; i++)
        store->place_fd[i] = -1;
    (void)snprintf(store->box_id, sizeof store->box_id, "%s", box_id);
    int r = open_checked(store, mode, error);
    if (r < 0) {
        (void)store_close(store);
        return r;
    }
    store_place_note(store);
    *ret_store = store;
    return 0;
}

struct store *store_close(struct store *store)
{
    if (!store)
        return NULL;
    store_rollback(store);
    for (size_t i = 0; i < COUNT_OF(store->statements); i++)
        (void)sqlite3_finalize(store->statements[i]);
    /* The last connection to close checkpoints by itself; beside others, what can be done without waiting. */
    if (store->db && !store->abandoned)
        (void)sqlite3_wal_checkpoint_v2(store->db, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
    int result = sqlite3_close(store->db);
    KABAR_ASSERT(result == SQLITE_OK);
    store_place_forget(store);
    free(store);
    return NULL;
}

void store_wait_for_locks(struct store *store, int ms)
{
    store->busy_ms = ms;
    (void)sqlite3_busy_timeout(store->db, ms);
}

int store_begin(struct store *store, struct error *error)
{
    KABAR_ASSERT(!store->in_transaction);
    store->in_transaction = true;
    int r = store_place_check(store, error);
    if (r == 0)
        r = store_run(store, ST_BEGIN, NO_ARGS, error);
    if (r < 0)
        store_rollback(store);
    return r;
}

int store_commit(struct store *store, struct error *error)
{
    KABAR_ASSERT(store->in_transaction);
    int r = store->lost;
    if (r == 0)
        r = store_run(store, ST_COMMIT, NO_ARGS, error);
    else if (error)
        *error = store->lost_why;
    if (r < 0)
        store_rollback(store);
    store->in_transaction = false;
    store_place_note_wal(store);
    return r;
}

void store_rollback(struct store *store)
{
    /* A rollback that fails leaves nothing behind either: the WAL has no commit mark. */
    if (store->in_transaction && !sqlite3_get_autocommit(store->db)) {
        int r = store_run(store, ST_ROLLBACK, NO_ARGS, NULL);
        (void)r;
    }
    store->in_transaction = false;
    store->lost = 0;
}

int store_end(struct store *store, int result, struct error *error)
{
    if (result == 0)
        return store_commit(store, error);
    store_rollback(store);
    return result;
}

int store_checkpoint(struct store *store, struct error *error)
{
    /* Readers only make it do less: the loop must not wait for them. */
    (void)sqlite3_busy_timeout(store->db, 0);
    int result = sqlite3_wal_checkpoint_v2(store->db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
    (void)sqlite3_busy_timeout(store->db, store->busy_ms);
    store_place_note_wal(store);
    if (result == SQLITE_OK || (result & 0xff) == SQLITE_BUSY || (result & 0xff) == SQLITE_LOCKED)
        return 0;
    return sqlite_failed(store->db, result, store->path, error);
}

void uid_format(const struct store *store, const char *kind, int64_t id, char ret_uid[UID_MAX])
{
    (void)snprintf(ret_uid, UID_MAX, "%s%s-%s-%lld", store->box_id, store->generation, kind, (long long)id);
}
