/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ctl/whole_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/disk.h"
#include "base/owner.h"
#include "base/translate.h"

int whole_file_begin(struct whole_file *file, const char *target, struct error *error)
{
    CLEANUP(owner_leave) struct owner owner = {0};
    struct stat status;
    file->fd = -1;
    if (snprintf(file->target, sizeof file->target, "%s", target) >= PATH_MAX ||
        snprintf(file->partial, sizeof file->partial, "%s.partial", target) >= PATH_MAX)
        return error_set(error, -ENAMETOOLONG, "%s: the path is too long", target);
    int r = owner_act(target, &owner, error);
    if (r < 0)
        return r;
    if (stat(target, &status) == 0 && !S_ISREG(status.st_mode))
        return error_set(error, -EINVAL, "%s: is not a file that can be replaced", target);
    (void)unlink(file->partial);
    file->fd = open(file->partial, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, S_IRUSR | S_IWUSR);
    return file->fd < 0 ? error_set(error, -errno, "%s: %s", target, translate_errno(errno)) : 0;
}

int whole_file_end(struct whole_file *file, int result, mode_t mode, struct error *error)
{
    CLEANUP(owner_leave) struct owner owner = {0};
    int r = owner_act(file->target, &owner, result == 0 ? error : NULL);
    if (r == 0 && result == 0) {
        (void)fchmod(file->fd, mode);
        r = fsync(file->fd) == 0 && rename(file->partial, file->target) == 0 ? disk_sync_folder(file->target) : -errno;
        if (r < 0)
            r = error_set(error, r, "%s: %s", file->target, translate_errno(-r));
    }
    if (result < 0 || r < 0)
        (void)unlink(file->partial);
    if (file->fd >= 0)
        (void)close(file->fd);
    file->fd = -1;
    return result < 0 ? result : r;
}

int write_whole(int fd, const struct buf *text, struct error *error)
{
    for (size_t at = 0; at < text->len;) {
        ssize_t n = write(fd, text->text + at, text->len - at);
        if (n < 0 && errno != EINTR)
            return error_set(error, -errno, "writing %zu bytes: %s", text->len, translate_errno(errno));
        at += n > 0 ? (size_t)n : 0;
    }
    return 0;
}

int copy_whole(int from, int to, struct error *error)
{
    enum { CHUNK = 1 << 20 };
    off_t at = 0;
    ssize_t n;
    do
        n = sendfile(to, from, &at, CHUNK);
    while (n > 0);
    return n < 0 ? error_set(error, -errno, "copying a file: %s", translate_errno(errno)) : 0;
}
