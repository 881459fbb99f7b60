/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "store/store_internal.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

/* O_PATH: to close another descriptor of the file would let go of SQLite's locks on it. */
void store_place_note(struct store *store)
{
    char wal[PATH_MAX];
    store->place_fd = open(store->path, O_PATH | O_CLOEXEC);
    if (snprintf(wal, sizeof wal, "%s-wal", store->path) < (int)sizeof wal)
        store->wal_fd = open(wal, O_PATH | O_CLOEXEC);
}

void store_place_forget(struct store *store)
{
    for (size_t i = 0; i < 2; i++) {
        int fd = (const int[]){store->place_fd, store->wal_fd}[i];
        if (fd >= 0)
            (void)close(fd);
    }
}

/* Whether that name still is the file that was opened; where nobody could tell then, it is not doubted now. */
static bool is_still(int fd, const char *path, struct stat *ret_opened)
{
    struct stat now;
    if (fd < 0 || fstat(fd, ret_opened) != 0)
        return true;
    return stat(path, &now) == 0 && now.st_dev == ret_opened->st_dev && now.st_ino == ret_opened->st_ino;
}

enum store_place store_place(const struct store *store, bool *ret_deleted)
{
    char wal[PATH_MAX];
    struct stat opened = {.st_nlink = 1};
    enum store_place place = STORE_THERE;
    if (!is_still(store->place_fd, store->path, &opened))
        place = access(store->path, F_OK) == 0 ? STORE_REPLACED : STORE_GONE;
    if (ret_deleted)
        *ret_deleted = opened.st_nlink == 0;
    if (place == STORE_THERE && snprintf(wal, sizeof wal, "%s-wal", store->path) < (int)sizeof wal &&
        !is_still(store->wal_fd, wal, &opened))
        place = STORE_WAL_GONE;
    return place;
}

int store_place_check(const struct store *store, struct error *error)
{
    switch (store_place(store, NULL)) {
    case STORE_THERE:
        return 0;
    case STORE_GONE:
        return error_set(error, -ESTALE,
                         "%s is gone, deleted or moved away while it was in use: put it back, or stop kabard and bring "
                         "the newest good backup back with `kabarctl restore FILE`",
                         store->path);
    case STORE_REPLACED:
    case STORE_WAL_GONE:
        break;
    }
    return error_set(error, -ESTALE, "%s, or its -wal, is not the file any more that was opened: try again",
                     store->path);
}

int store_rescue(struct store *store, char *ret_target, size_t size, struct error *error)
{
    char target[PATH_MAX];
    for (int n = 1; n < 100; n++) {
        int len = snprintf(target, sizeof target, "%s.rescued-%d", store->path, n);
        if (len < 0 || (size_t)len >= sizeof target || (size_t)len >= size)
            return error_set(error, -ENAMETOOLONG, "%s: the path is too long", store->path);
        if (access(target, F_OK) == 0)
            continue;
        int r = database_copy(store->db, store->path, target, NULL, NULL, error);
        if (r == 0)
            (void)snprintf(ret_target, size, "%s", target);
        return r;
    }
    return error_set(error, -EEXIST, "there are too many %s.rescued-…", store->path);
}
