/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/owner.h"

#include <errno.h>
#include <grp.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/disk.h"
#include "base/translate.h"

/* The whole path from the root folder on; what it is made of is not looked at. */
static int whole_path(const char *path, char ret_path[PATH_MAX])
{
    char here[PATH_MAX] = "";
    if (path[0] != '/' && !getcwd(here, sizeof here))
        return -errno;
    return snprintf(ret_path, PATH_MAX, "%s%s%s", here, path[0] == '/' ? "" : "/", path) < PATH_MAX ? 0 : -ENAMETOOLONG;
}

/* The folder, or the link that leads to one: whose it is, decides where the way goes on. */
static bool is_anothers(const char *folder, struct stat *ret_status)
{
    return (lstat(folder, ret_status) == 0 && ret_status->st_uid != 0) ||
           (stat(folder, ret_status) == 0 && ret_status->st_uid != 0);
}

static bool find_owner(char *path, struct stat *ret_status)
{
    for (char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        bool found = is_anothers(path, ret_status);
        *slash = '/';
        if (found)
            return true;
    }
    return false;
}

int owner_act(const char *path, struct owner *ret_owner, struct error *error)
{
    char whole[PATH_MAX];
    struct stat status;
    *ret_owner = (struct owner){0};
    if (geteuid() != 0)
        return 0;
    int r = whole_path(path, whole);
    if (r < 0)
        return error_set(error, r, "%s: %s", path, translate_errno(-r));
    if (!find_owner(whole, &status))
        return 0;
    struct owner owner = {.acting = true, .gid = getegid()};
    owner.n_groups = getgroups(OWNER_GROUPS_MAX, owner.groups);
    bool groups = owner.n_groups >= 0 && setgroups(1, &status.st_gid) == 0;
    if (!groups || setegid(status.st_gid) != 0 || seteuid(status.st_uid) != 0) {
        r = error_set(error, -errno, "%s: acting as user %u, whose folder it is in: %s", path, (unsigned)status.st_uid,
                      translate_errno(errno));
        /* What may not be changed (root of a container without that right) can't be put back either, and need not. */
        owner.n_groups = groups ? owner.n_groups : -1;
        owner_leave(&owner);
        return r;
    }
    *ret_owner = owner;
    return 0;
}

void owner_leave(struct owner *owner)
{
    if (!owner->acting)
        return;
    int code = errno;
    bool back = seteuid(0) == 0 && setegid(owner->gid) == 0 &&
                (owner->n_groups < 0 || setgroups((size_t)owner->n_groups, owner->groups) == 0);
    KABAR_ASSERT(back);
    *owner = (struct owner){0};
    errno = code;
}

void owner_give(int fd, const char *beside)
{
    struct stat status;
    char folder[PATH_MAX];
    disk_folder(beside, folder);
    if (geteuid() == 0 && (lstat(beside, &status) == 0 || stat(folder, &status) == 0))
        (void)!fchown(fd, status.st_uid, status.st_gid);
}
