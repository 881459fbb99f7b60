#include "lock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

static int lock_path(const char *database, char *path, size_t size)
{
    int len = snprintf(path, size, "%s.lock", database);
    return len > 0 && (size_t)len < size ? 0 : -ENAMETOOLONG;
}

/* The number the holder has left in the file, 0 where there is none. */
static int read_pid(int fd)
{
    char text[16] = "";
    ssize_t len = pread(fd, text, sizeof text - 1, 0);
    int pid = 0;
    for (ssize_t i = 0; i < len && text[i] >= '0' && text[i] <= '9' && pid < 100000000; i++)
        pid = pid * 10 + (text[i] - '0');
    return pid;
}

int lock_take(const char *database, int *ret_fd, struct error *error)
{
    char path[4096], text[16];
    if (lock_path(database, path, sizeof path) != 0)
        return error_set(error, -ENAMETOOLONG, "%s: the path is too long", database);
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0640);
    if (fd < 0)
        return error_set(error, -errno, "%s: %s", path, strerror(errno));
    if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
        int code = errno == EWOULDBLOCK ? -EBUSY : -errno, pid = read_pid(fd);
        (void)close(fd);
        if (code != -EBUSY)
            return error_set(error, code, "%s: %s", path, strerror(-code));
        return error_set(error, code, "another kabard (process %d) already works on %s: one daemon a database", pid,
                         database);
    }
    /* The number is for people; that it can't be written (a full disk) is no reason not to start. */
    int len = snprintf(text, sizeof text, "%d\n", (int)getpid());
    if (ftruncate(fd, 0) == 0)
        (void)!pwrite(fd, text, (size_t)len, 0);
    *ret_fd = fd;
    return 0;
}

bool lock_held(const char *database, int *ret_pid)
{
    char path[4096];
    if (ret_pid)
        *ret_pid = 0;
    if (lock_path(database, path, sizeof path) != 0)
        return false;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return false;
    bool held = flock(fd, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK;
    if (held && ret_pid)
        *ret_pid = read_pid(fd);
    (void)close(fd);
    return held;
}
