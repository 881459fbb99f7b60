/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/disk.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/translate.h"

void disk_folder(const char *file, char ret_folder[PATH_MAX])
{
    const char *slash = strrchr(file, '/');
    (void)snprintf(ret_folder, PATH_MAX, "%.*s", slash ? (int)(slash - file) + 1 : 1, slash ? file : ".");
}

int disk_file(const char *path, struct error *error)
{
    struct stat status;
    if (access(path, R_OK) != 0 || stat(path, &status) != 0)
        return error_set(error, -errno, "%s cannot be opened: %s", path, translate_errno(errno));
    if (S_ISDIR(status.st_mode))
        return error_set(error, -EINVAL, "%s is a folder; a file is expected", path);
    return 0;
}

int disk_free_mib(const char *file, int64_t *ret_mib, struct error *error)
{
    char folder[PATH_MAX];
    struct statvfs disk;
    disk_folder(file, folder);
    if (statvfs(folder, &disk) != 0)
        return error_set(error, -errno, "%s: %s", folder, translate_errno(errno));
    *ret_mib = (int64_t)((uint64_t)disk.f_bavail * disk.f_frsize >> 20);
    return 0;
}

bool disk_takes_writes(const char *file)
{
    char folder[PATH_MAX];
    struct statvfs disk;
    disk_folder(file, folder);
    return statvfs(folder, &disk) != 0 || !(disk.f_flag & ST_RDONLY);
}

int disk_sync_folder(const char *file)
{
    char folder[PATH_MAX];
    disk_folder(file, folder);
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return -errno;
    int r = fsync(fd) == 0 ? 0 : -errno;
    (void)close(fd);
    return r;
}
