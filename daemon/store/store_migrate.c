/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "store/store_internal.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static int run(sqlite3 *db, const char *path, const char *sql, struct error *error)
{
    int result = sqlite3_exec(db, sql, NULL, NULL, NULL);
    return result == SQLITE_OK ? 0 : sqlite_failed(db, result, path, error);
}

/* The one number that a statement gives, 0 where it gives none. */
static int number(sqlite3 *db, const char *path, const char *sql, int64_t *ret_number, struct error *error)
{
    CLEANUP(sqlite_finalize) sqlite3_stmt *statement = NULL;
    int result = sqlite3_prepare_v2(db, sql, -1, &statement, NULL);
    if (result == SQLITE_OK)
        result = sqlite3_step(statement);
    if (result != SQLITE_ROW && result != SQLITE_DONE)
        return sqlite_failed(db, result, path, error);
    *ret_number = result == SQLITE_ROW ? sqlite3_column_int64(statement, 0) : 0;
    return 0;
}

/* Each applied migration must be the one this program knows. */
static int check_applied(sqlite3 *db, const char *path, const struct migration *migrations, int version,
                         struct error *error)
{
    CLEANUP(sqlite_finalize) sqlite3_stmt *statement = NULL;
    int result = sqlite3_prepare_v2(db, "SELECT sha256 FROM schema_migration ORDER BY version", -1, &statement, NULL);
    if (result != SQLITE_OK)
        return sqlite_failed(db, result, path, error);
    for (int i = 0; i < version; i++) {
        result = sqlite3_step(statement);
        if (result != SQLITE_ROW && result != SQLITE_DONE)
            return sqlite_failed(db, result, path, error);
        if (result == SQLITE_DONE || !view_is(column_view(statement, 0), migrations[i].sha256))
            return error_set(error, -EPROTO,
                             "%s: its migration %04d is not this program's %s: it was made by another build; use that "
                             "one, or restore a backup of before",
                             path, i + 1, migrations[i].name);
    }
    return 0;
}

int migrate_check(sqlite3 *db, const char *path, const struct migration *migrations, int n_migrations, int *ret_version,
                  struct error *error)
{
    int64_t application = 0, version = 0, tables = 0;
    int r = number(db, path, "PRAGMA application_id", &application, error);
    if (r == 0)
        r = number(db, path, "PRAGMA user_version", &version, error);
    if (r == 0)
        r = number(db, path, "SELECT count(*) FROM sqlite_schema", &tables, error);
    if (r < 0)
        return r;
    if (application == 0 && version == 0 && tables == 0) {
        *ret_version = 0;
        return 0;
    }
    if (application != STORE_APPLICATION_ID)
        return error_set(error, -EPROTO, "%s: is a database, but not Kabar's: name another file", path);
    if (version > n_migrations)
        return error_set(error, -EPROTO,
                         "%s: its schema is version %lld, this program knows up to %d: install the newer Kabar again, "
                         "or restore a backup of before",
                         path, (long long)version, n_migrations);
    r = check_applied(db, path, migrations, (int)version, error);
    if (r == 0)
        *ret_version = (int)version;
    return r;
}

/* PATH.vN, as the database is before a migration. */
static int copy_before(sqlite3 *db, const char *path, int version, struct error *error)
{
    char copy[PATH_MAX];
    if (snprintf(copy, sizeof copy, "%s.v%d", path, version) >= (int)sizeof copy)
        return error_set(error, -ENAMETOOLONG, "%s: the path is too long", path);
    int r = database_copy(db, path, copy, NULL, NULL, error);
    if (r < 0)
        error_prefix(error, "the copy before the migration");
    return r;
}

static int record(sqlite3 *db, const char *path, const struct migration *migration, struct error *error)
{
    CLEANUP(sqlite_finalize) sqlite3_stmt *statement = NULL;
    static const char sql[] = "INSERT INTO schema_migration (version, name, sha256, applied_ms, programme_version)"
                              " VALUES (?1, ?2, ?3, CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER), ?4)";
    int result = sqlite3_prepare_v2(db, sql, -1, &statement, NULL);
    if (result == SQLITE_OK) {
        (void)sqlite3_bind_int(statement, 1, migration->version);
        (void)sqlite3_bind_text(statement, 2, migration->name, -1, SQLITE_STATIC);
        (void)sqlite3_bind_text(statement, 3, migration->sha256, -1, SQLITE_STATIC);
        (void)sqlite3_bind_text(statement, 4, store_programme_version, -1, SQLITE_STATIC);
        result = sqlite3_step(statement);
    }
    return result == SQLITE_DONE ? 0 : sqlite_failed(db, result, path, error);
}

/* The pending ones, inside the caller's transaction. */
static int apply(sqlite3 *db, const char *path, const struct migration *migrations, int from, int to,
                 struct error *error)
{
    for (int i = from; i < to; i++) {
        int r = run(db, path, migrations[i].sql, error);
        if (r == 0)
            r = record(db, path, &migrations[i], error);
        if (r < 0) {
            error_prefix(error, "migration %s", migrations[i].name);
            return r;
        }
    }
    char header[128];
    (void)snprintf(header, sizeof header, "PRAGMA application_id = %d; PRAGMA user_version = %d;", STORE_APPLICATION_ID,
                   to);
    int r = run(db, path, header, error);
    int64_t strays = 0;
    if (r == 0)
        r = number(db, path, "SELECT count(*) FROM pragma_foreign_key_check", &strays, error);
    if (r == 0 && strays)
        return error_set(error, -EPROTO, "%s: after the migration %lld rows refer to nothing: nothing was changed",
                         path, (long long)strays);
    return r;
}

int migrate_open(sqlite3 *db, const char *path, const struct migration *migrations, int n_migrations, int *ret_from,
                 struct error *error)
{
    /* References may be broken while a table is rebuilt; foreign_key_check looks at the end, before the commit. */
    int r = run(db, path, "PRAGMA foreign_keys = OFF; PRAGMA synchronous = FULL;", error);
    if (r == 0)
        r = migrate_check(db, path, migrations, n_migrations, ret_from, error);
    if (r == 0 && *ret_from > 0 && *ret_from < n_migrations)
        r = copy_before(db, path, *ret_from, error);
    /* Readers and one writer beside one another; part of the file, but not of a backup that was copied here by hand. */
    if (r == 0)
        r = run(db, path, "PRAGMA journal_mode = WAL", error);
    if (r < 0 || *ret_from == n_migrations)
        return r;
    r = run(db, path, "BEGIN IMMEDIATE", error);
    if (r < 0)
        return r;
    int now = *ret_from;
    r = migrate_check(db, path, migrations, n_migrations, &now, error);
    if (r == 0 && now != *ret_from)
        r = error_set(error, -EBUSY, "%s: another program is migrating it: run this again", path);
    if (r == 0)
        r = apply(db, path, migrations, *ret_from, n_migrations, error);
    if (r == 0)
        r = run(db, path, "COMMIT", error);
    if (r < 0 && !sqlite3_get_autocommit(db))
        (void)sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL);
    return r;
}

int journal_wal(const char *path, struct error *error)
{
    CLEANUP(sqlite_close) sqlite3 *db = NULL;
    int r = database_open(path, DATABASE_WRITE, &db, error);
    return r == 0 ? run(db, path, "PRAGMA journal_mode = WAL", error) : r;
}

int migrate(const char *path, const struct migration *migrations, int n_migrations, int *ret_from, int *ret_to,
            struct error *error)
{
    CLEANUP(sqlite_close) sqlite3 *db = NULL;
    int from = 0;
    int r = database_open(path, DATABASE_MAKE, &db, error);
    if (r == 0)
        r = migrate_open(db, path, migrations, n_migrations, &from, error);
    if (r < 0)
        return r;
    *ret_from = from;
    *ret_to = n_migrations;
    return 0;
}

int store_init(const char *path, int *ret_from, int *ret_to, struct error *error)
{
    return migrate(path, store_migrations, store_n_migrations, ret_from, ret_to, error);
}
