/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "store/store_internal.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

/* The file's name and that of what SQLite keeps beside it. */
static bool place_path(const struct store *store, size_t i, char ret_path[PATH_MAX])
{
    static const char *const endings[PLACE_COUNT] = {"", "-wal", "-shm"};
    return path_join(ret_path, store->path, endings[i], NULL) == 0;
}

void store_place_note_wal(struct store *store)
{
    struct stat wal;
    if (store->place_fd[PLACE_WAL] >= 0 && fstat(store->place_fd[PLACE_WAL], &wal) == 0 &&
        store_data_version(store, &store->wal_version, NULL) == 0)
        store->wal_bytes = wal.st_size;
}

/* O_PATH: to close another descriptor of the file would let go of SQLite's locks on it. */
void store_place_note(struct store *store)
{
    char path[PATH_MAX];
    for (size_t i = 0; i < PLACE_COUNT; i++)
        if (place_path(store, i, path))
            store->place_fd[i] = open(path, O_PATH | O_CLOEXEC);
    store_place_note_wal(store);
}

void store_place_forget(struct store *store)
{
    for (size_t i = 0; i < PLACE_COUNT; i++)
        if (store->place_fd[i] >= 0)
            (void)close(store->place_fd[i]);
}

/* Whether that name still is the file that was opened; where nobody could tell then, it is not doubted now. */
static bool is_still(const struct store *store, size_t i, struct stat *ret_opened)
{
    char path[PATH_MAX];
    struct stat now;
    if (store->place_fd[i] < 0 || fstat(store->place_fd[i], ret_opened) != 0 || !place_path(store, i, path))
        return true;
    return stat(path, &now) == 0 && now.st_dev == ret_opened->st_dev && now.st_ino == ret_opened->st_ino;
}

/* A program that makes the -wal shorter by SQLite is seen by its data_version. */
static bool is_cut(struct store *store, int64_t bytes)
{
    int64_t version;
    if (bytes == store->wal_bytes || store_data_version(store, &version, NULL) != 0)
        return false;
    if (bytes < store->wal_bytes && version == store->wal_version)
        return true;
    store->wal_bytes = bytes;
    store->wal_version = version;
    return false;
}

enum store_place store_place(struct store *store, bool *ret_deleted)
{
    struct stat opened = {.st_nlink = 1}, wal = {.st_size = 0}, shm;
    enum store_place place = STORE_THERE;
    if (!is_still(store, PLACE_DATABASE, &opened))
        place = access(store->path, F_OK) == 0 ? STORE_REPLACED : STORE_GONE;
    else if (store->abandoned || !mark_stands(store))
        place = STORE_OVERWRITTEN;
    else if (!is_still(store, PLACE_WAL, &wal) || !is_still(store, PLACE_SHM, &shm))
        place = STORE_WAL_GONE;
    else if (store->place_fd[PLACE_WAL] >= 0 && is_cut(store, wal.st_size))
        place = STORE_OVERWRITTEN;
    if (ret_deleted)
        *ret_deleted = opened.st_nlink == 0;
    return place;
}

int store_place_check(struct store *store, struct error *error)
{
    switch (store_place(store, NULL)) {
    case STORE_THERE:
        return 0;
    case STORE_GONE:
        return error_set(error, -ESTALE,
                         "%s is gone, deleted or moved away while it was in use: put it back, or stop kabard and bring "
                         "the newest good backup back with `kabarctl restore FILE`",
                         store->path);
    case STORE_OVERWRITTEN:
        return error_set(error, -ESTALE, "%s, or its -wal, was written over by another program while it was in use",
                         store->path);
    case STORE_REPLACED:
    case STORE_WAL_GONE:
        break;
    }
    return error_set(error, -ESTALE, "%s, or its -wal, is not the file any more that was opened: try again",
                     store->path);
}

/* PATH.WHAT-1, or the first such name that is free: 0, -ENAMETOOLONG or -EEXIST. */
static int free_name(const char *path, const char *what, char *ret_name, size_t size, struct error *error)
{
    for (int n = 1; n < 100; n++) {
        int len = snprintf(ret_name, size, "%s.%s-%d", path, what, n);
        if (len < 0 || (size_t)len >= size)
            return error_set(error, -ENAMETOOLONG, "%s: the path is too long", path);
        if (access(ret_name, F_OK) != 0)
            return 0;
    }
    return error_set(error, -EEXIST, "there are too many %s.%s-…", path, what);
}

void store_abandon(struct store *store, char *ret_kept, size_t size)
{
    char wal[PATH_MAX], shm[PATH_MAX];
    struct stat left;
    ret_kept[0] = '\0';
    store->abandoned = true;
    (void)sqlite3_db_config(store->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
    if (!place_path(store, PLACE_WAL, wal) || !place_path(store, PLACE_SHM, shm))
        return;
    bool filled = stat(wal, &left) == 0 && left.st_size > 0;
    if (!filled || free_name(wal, "overwritten", ret_kept, size, NULL) < 0 || rename(wal, ret_kept) != 0) {
        ret_kept[0] = '\0';
        (void)unlink(wal);
    }
    (void)unlink(shm);
}

int store_rescue(struct store *store, char *ret_target, size_t size, struct error *error)
{
    char target[PATH_MAX];
    int r = free_name(store->path, "rescued", target, sizeof target < size ? sizeof target : size, error);
    if (r == 0)
        r = database_copy(store->db, store->path, target, NULL, NULL, error);
    if (r == 0)
        (void)snprintf(ret_target, size, "%s", target);
    return r;
}
