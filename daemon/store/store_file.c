/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A database as a file: opened, made, copied. Root does that as the owner of the folder it is in (base/owner.h). */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/disk.h"
#include "base/owner.h"
#include "base/translate.h"
#include "store/store_internal.h"

static const char pragmas[] =
    /* A database from a stranger's hand may hold views and triggers that call functions: only harmless ones. */
    "PRAGMA trusted_schema = OFF;"
    /* Damage shows at the page it is on, not as a wrong number. */
    "PRAGMA cell_size_check = ON;"
    /* Looks into the file: its -wal and -shm are opened now, and by nobody else than who opens it. */
    "PRAGMA user_version;";

int path_join(char ret_path[PATH_MAX], const char *path, const char *ending, struct error *error)
{
    if (snprintf(ret_path, PATH_MAX, "%s%s", path, ending) >= PATH_MAX)
        return error_set(error, -ENAMETOOLONG, "%s: the path is too long", path);
    return 0;
}

/* A path as SQLite's URI of a file that nobody can change. */
static void immutable_uri(const char *path, struct buf *ret_uri)
{
    buf_puts(ret_uri, "file:");
    for (; *path; path++) {
        if (strchr("?#%", *path))
            buf_printf(ret_uri, "%%%02x", (unsigned char)*path);
        else
            buf_add(ret_uri, (struct view){path, 1});
    }
    buf_puts(ret_uri, "?immutable=1");
}

/* Without a -wal left there (no daemon works on it), what is on a disk mounted for reading, or in a folder that this
 * user may not write, can be read, but not by its -shm, which would have to be made. */
static bool is_immutable(const char *path)
{
    struct statvfs disk;
    struct stat wal;
    char folder[PATH_MAX];
    CLEANUP(buf_deinit) struct buf beside;
    buf_init(&beside, PATH_MAX);
    buf_printf(&beside, "%s-wal", path);
    disk_folder(path, folder);
    bool fixed = (statvfs(path, &disk) == 0 && (disk.f_flag & ST_RDONLY)) || access(folder, W_OK) != 0;
    return fixed && stat(beside.text, &wal) != 0;
}

static int prepare(sqlite3 *db, const char *path, enum database_access access, struct error *error)
{
    int keep = 1;
    (void)sqlite3_extended_result_codes(db, 1);
    (void)sqlite3_busy_timeout(db, STORE_BUSY_MS);
    /* SQLite opens what it may not write for reading, without a word. */
    if (access >= DATABASE_WRITE && sqlite3_db_readonly(db, "main") == 1)
        return sqlite_failed(db, SQLITE_READONLY, path, error);
    /* The -wal and -shm stay when the last writer closes: who may only read the folder can read the database by them,
     * and sees what is written later. Without them it could be opened as a file that never changes, or not at all. */
    if (access >= DATABASE_WRITE)
        (void)sqlite3_file_control(db, "main", SQLITE_FCNTL_PERSIST_WAL, &keep);
    int result = sqlite3_exec(db, pragmas, NULL, NULL, NULL);
    return result == SQLITE_OK ? 0 : sqlite_failed(db, result, path, error);
}

/* With rights of its own, whatever the umask: SQLite would make it for everybody to read. */
static void make_file(const char *path)
{
    int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR | S_IRGRP);
    if (fd >= 0)
        (void)close(fd);
}

int database_open(const char *path, enum database_access access, sqlite3 **ret_db, struct error *error)
{
    static const int flags[] = {
        [DATABASE_LOOK] = SQLITE_OPEN_READONLY,
        [DATABASE_READ] = SQLITE_OPEN_READONLY,
        [DATABASE_WRITE] = SQLITE_OPEN_READWRITE,
        [DATABASE_MAKE] = SQLITE_OPEN_READWRITE,
    };
    CLEANUP(owner_leave) struct owner owner = {0};
    CLEANUP(buf_deinit) struct buf uri;
    buf_init(&uri, PATH_MAX * 3);
    int r = access >= DATABASE_WRITE ? owner_act(path, &owner, error) : 0;
    if (r < 0)
        return r;
    if (access == DATABASE_MAKE)
        make_file(path);
    if (access == DATABASE_LOOK && is_immutable(path))
        immutable_uri(path, &uri);
    int result = sqlite3_open_v2(uri.len ? uri.text : path, ret_db,
                                 flags[access] | SQLITE_OPEN_NOMUTEX | (uri.len ? SQLITE_OPEN_URI : 0), NULL);
    return result == SQLITE_OK ? prepare(*ret_db, path, access, error) : sqlite_failed(*ret_db, result, path, error);
}

static int vacuum_into(sqlite3 *db, const char *path, const char *target, struct error *error)
{
    CLEANUP(sqlite_finalize) sqlite3_stmt *statement = NULL;
    int result = sqlite3_prepare_v2(db, "VACUUM INTO ?1", -1, &statement, NULL);
    if (result == SQLITE_OK)
        result = sqlite3_bind_text(statement, 1, target, -1, SQLITE_STATIC);
    if (result == SQLITE_OK)
        result = sqlite3_step(statement);
    return result == SQLITE_DONE ? 0 : sqlite_failed(db, result, path, error);
}

/* A copy is another file than the one it is of (store_mark.c); one of an older schema has nothing to tell by. */
static void unmark(const char *copy)
{
    CLEANUP(sqlite_close) sqlite3 *db = NULL;
    if (sqlite3_open_v2(copy, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) == SQLITE_OK)
        (void)sqlite3_exec(db, "UPDATE mark SET text = lower(hex(randomblob(16)))", NULL, NULL, NULL);
}

/* What was written to the name partial gets its own; fd is that file as it was made. */
static int finish(int fd, const char *partial, const char *target, struct error *error)
{
    int r = fchmod(fd, S_IRUSR | S_IWUSR | S_IRGRP) == 0 || errno == EPERM ? 0 : -errno;
    if (r == 0)
        r = fsync(fd) == 0 && rename(partial, target) == 0 ? 0 : -errno;
    if (r == 0)
        r = disk_sync_folder(target);
    return r < 0 ? error_set(error, r, "%s: %s", target, translate_errno(-r)) : 0;
}

static int copy_to(int fd, sqlite3 *db, const char *path, const char *partial, const char *target,
                   database_verify *verify, void *data, struct error *error)
{
    int r = vacuum_into(db, path, partial, error);
    if (r < 0)
        error_prefix(error, "copying it to %s", target);
    if (r == 0)
        unmark(partial);
    if (r == 0 && verify)
        r = verify(partial, data, error);
    owner_give(fd, path);
    return r == 0 ? finish(fd, partial, target, error) : r;
}

int database_copy(sqlite3 *db, const char *path, const char *target, database_verify *verify, void *data,
                  struct error *error)
{
    char partial[PATH_MAX];
    CLEANUP(owner_leave) struct owner owner = {0};
    int r = path_join(partial, target, ".partial", error);
    if (r == 0)
        r = owner_act(target, &owner, error);
    if (r < 0)
        return r;
    (void)unlink(partial);
    /* SQLite fills an empty file that is there; nobody but us reads it until it is whole. */
    int fd = open(partial, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (fd < 0)
        return error_set(error, -errno, "copying it to %s: %s", target, translate_errno(errno));
    r = copy_to(fd, db, path, partial, target, verify, data, error);
    (void)close(fd);
    if (r < 0)
        (void)unlink(partial);
    return r;
}
