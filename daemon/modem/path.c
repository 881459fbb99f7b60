/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "modem/port.h"

int modem_worker_path(const char *configured, char *ret_path, size_t size, struct error *error)
{
    static const char name[] = "kabar-modem";
    if (configured[0]) {
        int len = snprintf(ret_path, size, "%s", configured);
        return len < (int)size ? 0
                               : error_set(error, -ENAMETOOLONG, "worker = \"%s\": the path is too long", configured);
    }
    ssize_t len = readlink("/proc/self/exe", ret_path, size - 1);
    if (len < 0)
        return error_set(error, -errno, "/proc/self/exe: %s", strerror(errno));
    ret_path[len] = '\0';
    char *slash = strrchr(ret_path, '/');
    if (!slash || (size_t)(slash - ret_path) + 1 + sizeof name > size)
        return error_set(error, -ENAMETOOLONG, "%s: the path is too long", ret_path);
    memcpy(slash + 1, name, sizeof name);
    if (access(ret_path, X_OK) != 0)
        return error_set(error, -errno, "%s: %s; it must be in the same folder as this program", ret_path,
                         strerror(errno));
    return 0;
}
