/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/owner.h"
#include "base/translate.h"
#include "parsers/view.h"

static int lock_path(const char *database, char *path, size_t size)
{
    int len = snprintf(path, size, "%s.lock", database);
    return len > 0 && (size_t)len < size ? 0 : -ENAMETOOLONG;
}

/* What the holder leaves in the file: "PID\n", and in trouble "SINCE_MS TEXT\n". */
struct content {
    int64_t pid, since_ms;
    const char *told; /* into text; "" nothing */
    char text[sizeof(struct error) + 64];
};

static int64_t take_number(const char **at)
{
    int64_t number = 0;
    for (; is_digit(**at) && number < INT64_MAX / 100; (*at)++)
        number = number * 10 + (**at - '0');
    if (**at)
        (*at)++;
    return number;
}

static void read_content(int fd, struct content *content)
{
    ssize_t len = pread(fd, content->text, sizeof content->text - 1, 0);
    content->text[len > 0 ? len : 0] = '\0';
    const char *at = content->text;
    content->pid = take_number(&at);
    content->since_ms = take_number(&at);
    content->told = at;
    content->text[strcspn(at, "\n") + (size_t)(at - content->text)] = '\0';
}

void lock_tell(int fd, const char *text, int64_t since_ms)
{
    char content[sizeof(struct error) + 64];
    int len = snprintf(content, sizeof content, "%d\n", (int)getpid());
    if (text)
        len += snprintf(content + len, sizeof content - (size_t)len, "%lld %s\n", (long long)since_ms, text);
    if (len >= (int)sizeof content)
        len = sizeof content - 1;
    /* Written over, not emptied first: a full disk does not give a block back that was let go. */
    if (pwrite(fd, content, (size_t)len, 0) == len)
        (void)!ftruncate(fd, len);
}

static int open_failed(const char *path, int code, struct error *error)
{
    switch (code) {
    case EROFS:
        return error_set(
            error, -EROFS,
            "%s: the file system is mounted for reading only: type mount -o remount,rw and its folder; where "
            "nobody did that, look into dmesg: the card or disk may be failing",
            path);
    case ENOSPC:
        return error_set(error, -ENOSPC, "%s: the disk is full: make room on it", path);
    case EACCES:
    case EPERM:
        return error_set(error, -code, "%s: %s: check the owner and rights of the file and its folder", path,
                         translate_errno(code));
    default:
        return error_set(error, -code, "%s: %s", path, translate_errno(code));
    }
}

int lock_take(const char *database, int *ret_fd, struct error *error)
{
    char path[4096];
    if (lock_path(database, path, sizeof path) != 0)
        return error_set(error, -ENAMETOOLONG, "%s: the path is too long", database);
    CLEANUP(owner_leave) struct owner owner = {0};
    int r = owner_act(path, &owner, error);
    if (r < 0)
        return r;
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0640);
    if (fd < 0)
        return open_failed(path, errno, error);
    if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
        int code = errno == EWOULDBLOCK ? -EBUSY : -errno;
        struct content content;
        read_content(fd, &content);
        (void)close(fd);
        if (code != -EBUSY)
            return error_set(error, code, "%s: %s", path, translate_errno(-code));
        return error_set(error, code,
                         "another kabard (process %d) already works on %s: one daemon a database; leave it, or end it "
                         "first with: systemctl stop kabard",
                         (int)content.pid, database);
    }
    /* For people; that it can't be written (a full disk) is not a reason not to start. */
    lock_tell(fd, NULL, 0);
    *ret_fd = fd;
    return 0;
}

void lock_keep(const char *database, int *fd)
{
    char path[4096];
    struct stat held, there;
    struct error error;
    int fresh;
    if (lock_path(database, path, sizeof path) != 0 || fstat(*fd, &held) != 0)
        return;
    if (stat(path, &there) == 0 && there.st_dev == held.st_dev && there.st_ino == held.st_ino)
        return;
    if (lock_take(database, &fresh, &error) != 0)
        return;
    (void)close(*fd);
    *fd = fresh;
}

/* Opens the lock file where a daemon holds it; -1 where none does. */
static int open_held(const char *database)
{
    char path[4096];
    if (lock_path(database, path, sizeof path) != 0)
        return -1;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (fd >= 0 && (flock(fd, LOCK_SH | LOCK_NB) == 0 || errno != EWOULDBLOCK)) {
        (void)close(fd);
        return -1;
    }
    return fd;
}

bool lock_held(const char *database, int *ret_pid)
{
    struct content content = {0};
    int fd = open_held(database);
    if (fd >= 0) {
        read_content(fd, &content);
        (void)close(fd);
    }
    if (ret_pid)
        *ret_pid = (int)content.pid;
    return fd >= 0;
}

bool lock_told(const char *database, struct error *ret_told, int64_t *ret_since_ms)
{
    struct content content;
    int fd = open_held(database);
    if (fd < 0)
        return false;
    read_content(fd, &content);
    (void)close(fd);
    if (!content.told[0])
        return false;
    (void)snprintf(ret_told->text, sizeof ret_told->text, "%s", content.told);
    *ret_since_ms = content.since_ms;
    return true;
}
