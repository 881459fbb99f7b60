#include "disk.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/statvfs.h>

int disk_free_mib(const char *file, int64_t *ret_mib, struct error *error)
{
    char folder[PATH_MAX];
    struct statvfs disk;
    const char *slash = strrchr(file, '/');
    (void)snprintf(folder, sizeof folder, "%.*s", slash ? (int)(slash - file) + 1 : 1, slash ? file : ".");
    if (statvfs(folder, &disk) != 0)
        return error_set(error, -errno, "%s: %s", folder, strerror(errno));
    *ret_mib = (int64_t)((uint64_t)disk.f_bavail * disk.f_frsize >> 20);
    return 0;
}
