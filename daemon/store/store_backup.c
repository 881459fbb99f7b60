/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "store/backup.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/digits.h"
#include "base/disk.h"
#include "base/owner.h"
#include "base/translate.h"
#include "store/meta.h"
#include "store/past.h"
#include "store/store_internal.h"

enum { VERIFY_STEPS = 100000, VERIFY_PAUSE_MS = 5 };

/* A file that was named for reading; not a folder. */
static int open_named(const char *path, sqlite3 **ret_db, struct error *error)
{
    int r = disk_file(path, error);
    return r ? r : database_open(path, DATABASE_LOOK, ret_db, error);
}

static int whole(sqlite3 *db, const char *path, const char *check, struct error *error)
{
    CLEANUP(sqlite_finalize) sqlite3_stmt *statement = NULL;
    int result = sqlite3_prepare_v2(db, check, -1, &statement, NULL);
    if (result == SQLITE_OK)
        result = sqlite3_step(statement);
    if (result != SQLITE_ROW)
        return sqlite_failed(db, result, path, error);
    if (!view_is(column_view(statement, 0), "ok"))
        return error_set(error, -EUCLEAN, "%s is damaged: %s", path, (const char *)sqlite3_column_text(statement, 0));
    return 0;
}

static int read_info(sqlite3 *db, const char *path, struct backup_info *info, struct error *error)
{
    CLEANUP(sqlite_finalize) sqlite3_stmt *statement = NULL;
    int result =
        sqlite3_prepare_v2(db,
                           "SELECT (SELECT count(*) FROM mo_message), (SELECT count(*) FROM report),"
                           " (SELECT count(*) FROM contact), (SELECT coalesce(max(received_ms), 0) FROM mo_message),"
                           " (SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size())",
                           -1, &statement, NULL);
    if (result == SQLITE_OK)
        result = sqlite3_step(statement);
    if (result != SQLITE_ROW)
        return sqlite_failed(db, result, path, error);
    info->messages = sqlite3_column_int64(statement, 0);
    info->reports = sqlite3_column_int64(statement, 1);
    info->contacts = sqlite3_column_int64(statement, 2);
    info->newest_ms = column_ms(statement, 3);
    info->bytes = sqlite3_column_int64(statement, 4);
    return 0;
}

int backup_check(const char *backup, struct backup_info *ret_info, struct error *error)
{
    CLEANUP(sqlite_close) sqlite3 *db = NULL;
    struct backup_info info = {0};
    int r = open_named(backup, &db, error);
    if (r == 0)
        r = migrate_check(db, backup, store_migrations, store_n_migrations, &info.version, error);
    if (r == 0 && info.version == 0)
        r = error_set(error, -EPROTO, "%s: is empty, no backup", backup);
    if (r == -EUCLEAN)
        return error_set(error, r, "%s is damaged, or is not a database: take another backup", backup);
    if (r == 0)
        r = whole(db, backup, "PRAGMA integrity_check(1)", error);
    if (r == 0)
        r = read_info(db, backup, &info, error);
    if (r == 0)
        *ret_info = info;
    return r;
}

static int pause_a_moment(void *data)
{
    (void)data;
    (void)poll(NULL, 0, VERIFY_PAUSE_MS);
    return 0;
}

int store_verify(const char *database, struct error *error)
{
    CLEANUP(sqlite_close) sqlite3 *db = NULL;
    int r = database_open(database, DATABASE_READ, &db, error);
    sqlite3_progress_handler(db, VERIFY_STEPS, pause_a_moment, NULL);
    return r == 0 ? whole(db, database, "PRAGMA quick_check(1)", error) : r;
}

int store_orphans(const char *database, int64_t *ret_number, struct error *error)
{
    CLEANUP(sqlite_close) sqlite3 *db = NULL;
    CLEANUP(sqlite_finalize) sqlite3_stmt *statement = NULL;
    int r = open_named(database, &db, error);
    if (r < 0)
        return r;
    int result = sqlite3_prepare_v2(db, "SELECT count(*) FROM pragma_foreign_key_check", -1, &statement, NULL);
    if (result == SQLITE_OK)
        result = sqlite3_step(statement);
    if (result != SQLITE_ROW)
        return sqlite_failed(db, result, database, error);
    *ret_number = sqlite3_column_int64(statement, 0);
    return 0;
}

static int verify_backup(const char *path, void *data, struct error *error)
{
    return backup_check(path, data, error);
}

int store_backup(const char *database, const char *target, struct backup_info *ret_info, struct error *error)
{
    CLEANUP(sqlite_close) sqlite3 *db = NULL;
    int version = 0;
    int r = database_open(database, DATABASE_WRITE, &db, error);
    if (r == 0)
        r = migrate_check(db, database, store_migrations, store_n_migrations, &version, error);
    return r == 0 ? database_copy(db, database, target, verify_backup, ret_info, error) : r;
}

/* A row of a database's table meta, "" where it has none or can't be read any more. */
static void meta_of(const char *path, enum meta meta, char *ret_value, size_t size)
{
    CLEANUP(sqlite_close) sqlite3 *db = NULL;
    CLEANUP(sqlite_finalize) sqlite3_stmt *statement = NULL;
    ret_value[0] = '\0';
    if (open_named(path, &db, NULL) < 0 ||
        sqlite3_prepare_v2(db, "SELECT value FROM meta WHERE name = ?1", -1, &statement, NULL) != SQLITE_OK ||
        sqlite3_bind_text(statement, 1, meta_to_string(meta), -1, SQLITE_STATIC) != SQLITE_OK)
        return;
    if (sqlite3_step(statement) == SQLITE_ROW)
        column_text(statement, 0, ret_value, size);
}

/* The generation of a database, 0 where it has none. */
static int64_t generation_of(const char *path)
{
    char value[24];
    int64_t generation = 0;
    meta_of(path, META_GENERATION, value, sizeof value);
    return digits_whole(value, INT64_MAX / 2, &generation) ? generation : 0;
}

/* What only holds for a restored database. What was believed of the time when the backup was made is of no use; what is
 * believed today is. */
static int adopt(struct store *store, const struct restore_order *order, struct adopted *ret_adopted,
                 struct error *error)
{
    char clock[64];
    int64_t backup = generation_of(order->backup), there = generation_of(order->database);
    meta_of(order->database, META_CLOCK, clock, sizeof clock);
    const struct adoption adoption = {.now_ms = order->now_ms,
                                      .after = backup > there ? backup : there,
                                      .lost = order->database,
                                      .clock = clock,
                                      .who = order->who,
                                      .what = "restore",
                                      .subject = order->backup};
    return store_adopt(store, &adoption, ret_adopted, error);
}

static void close_store(struct store **store)
{
    (void)store_close(*store);
}

/* The backup as the database that takes over, beside the one it replaces: copied, migrated, adopted. */
static int prepare(const struct restore_order *order, sqlite3 *backup, const char *fresh, struct restored *restored,
                   struct error *error)
{
    CLEANUP(close_store) struct store *store = NULL;
    char copy[PATH_MAX];
    int from, to;
    int r = database_copy(backup, order->backup, fresh, NULL, NULL, error);
    if (r == 0)
        r = store_init(fresh, &from, &to, error);
    if (r == 0 && from != to && snprintf(copy, sizeof copy, "%s.v%d", fresh, from) < (int)sizeof copy)
        (void)unlink(copy);
    /* The file's own switch to WAL is made by the first migration, which a copy does not go through. */
    if (r == 0)
        r = journal_wal(fresh, error);
    if (r == 0)
        r = store_open(fresh, STORE_WRITE, order->box_id, &store, error);
    return r == 0 ? adopt(store, order, &restored->adopted, error) : r;
}

/* Puts what the WAL still holds into the file, where that is possible. */
static void settle(const char *database)
{
    CLEANUP(sqlite_close) sqlite3 *db = NULL;
    if (database_open(database, DATABASE_WRITE, &db, NULL) == 0)
        (void)sqlite3_wal_checkpoint_v2(db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
}

/* A file that we made or named just now, never what a link leads to. */
static void settle_file(const char *path, const char *owned_like)
{
    struct stat status;
    int fd = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (fd >= 0 && fstat(fd, &status) == 0) {
        (void)fchmod(fd, status.st_mode & (S_IRUSR | S_IWUSR | S_IRGRP));
        owner_give(fd, owned_like);
        (void)close(fd);
    }
}

/* The old one gets its second name before it loses the first, so that at no moment there is none. */
static int swap(const struct restore_order *order, const char *fresh, struct restored *restored, struct error *error)
{
    char wal[PATH_MAX], shm[PATH_MAX], kept_wal[PATH_MAX];
    struct stat left;
    int r = path_join(wal, order->database, "-wal", error);
    if (r == 0)
        r = path_join(shm, order->database, "-shm", error);
    if (r == 0)
        r = path_join(kept_wal, order->kept, "-wal", error);
    if (r < 0)
        return r;
    restored->kept = access(order->database, F_OK) == 0;
    if (restored->kept) {
        settle(order->database);
        if (link(order->database, order->kept) != 0 && (errno == EEXIST || rename(order->database, order->kept) != 0))
            return error_set(error, -errno, "%s: can't be kept: %s", order->kept, translate_errno(errno));
        /* Empty where settle() could do its work; else what it holds goes with its database. */
        settle_file(order->kept, order->database);
        if (stat(wal, &left) == 0 && left.st_size > 0) {
            (void)rename(wal, kept_wal);
            settle_file(kept_wal, order->database);
        }
        (void)unlink(wal);
        (void)unlink(shm);
    }
    settle_file(fresh, order->database);
    if (rename(fresh, order->database) != 0 || disk_sync_folder(order->database) < 0)
        return error_set(error, -errno, "%s: %s", order->database, translate_errno(errno));
    return 0;
}

int store_restore(const struct restore_order *order, struct restored *ret_restored, struct error *error)
{
    CLEANUP(sqlite_close) sqlite3 *backup = NULL;
    CLEANUP(owner_leave) struct owner owner = {0};
    char fresh[PATH_MAX], beside[PATH_MAX];
    static const char *const endings[] = {"", "-wal", "-shm"};
    struct restored restored = {0};
    int r = path_join(fresh, order->database, ".restoring", error);
    if (r == 0)
        r = backup_check(order->backup, &restored.info, error);
    if (r == 0)
        r = open_named(order->backup, &backup, error);
    /* The backup is read as who calls; from here on all is made in the database's folder. */
    if (r == 0)
        r = owner_act(order->database, &owner, error);
    if (r < 0)
        return r;
    r = prepare(order, backup, fresh, &restored, error);
    if (r == 0)
        r = swap(order, fresh, &restored, error);
    for (size_t i = 0; i < COUNT_OF(endings); i++)
        if (path_join(beside, fresh, endings[i], NULL) == 0)
            (void)unlink(beside);
    if (r < 0)
        return r;
    store_forget_past(order->database);
    *ret_restored = restored;
    return 0;
}
