/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/mount.h"

#include <errno.h>
#include <mntent.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/translate.h"

static bool is_below(const char *path, const char *point)
{
    size_t len = strlen(point);
    return strncmp(path, point, len) == 0 && (path[len] == '\0' || path[len] == '/');
}

/* A folder that something is mounted on is on another device than the one around it. */
static bool is_mounted(const char *point)
{
    char around[PATH_MAX];
    struct stat inner, outer;
    if (snprintf(around, sizeof around, "%s/..", point) >= PATH_MAX || stat(point, &inner) != 0 ||
        stat(around, &outer) != 0)
        return false;
    return inner.st_dev != outer.st_dev || inner.st_ino == outer.st_ino;
}

static bool find_missing(const char *fstab, const char *path, char ret_point[PATH_MAX])
{
    FILE *file = setmntent(fstab, "re");
    bool found = false;
    for (const struct mntent *entry; file && !found && (entry = getmntent(file));) {
        found = entry->mnt_dir[0] == '/' && entry->mnt_dir[1] && is_below(path, entry->mnt_dir) &&
                !is_mounted(entry->mnt_dir);
        if (found)
            (void)snprintf(ret_point, PATH_MAX, "%s", entry->mnt_dir);
    }
    if (file)
        (void)endmntent(file);
    return found;
}

int mount_look(const char *fstab, const char *folder, const char *beside, char ret_point[PATH_MAX], struct error *error)
{
    char path[PATH_MAX];
    struct stat here, there;
    if (!realpath(folder, path) || stat(path, &here) != 0)
        return error_set(error, -errno, "%s: %s", folder, translate_errno(errno));
    if (stat(beside, &there) != 0)
        return error_set(error, -errno, "%s: %s", beside, translate_errno(errno));
    if (find_missing(fstab, path, ret_point))
        return MOUNT_MISSING;
    return here.st_dev == there.st_dev ? MOUNT_SAME : MOUNT_OTHER;
}
