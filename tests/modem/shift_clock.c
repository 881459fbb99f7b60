/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Preloaded into a process, it lives at another time: KABAR_SHIFT_CLOCK names a file of two numbers, by how many
 * milliseconds the wall clock and the monotonic one are ahead of the real ones. It may change at any time; a wait that
 * has begun already lasts as long as it was meant to.
 */
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

enum { MS_A_SECOND = 1000, NS_A_MS = 1000000 };

static long number_at(const char **at)
{
    long number = 0;
    while (**at == ' ')
        (*at)++;
    bool negative = **at == '-';
    *at += negative;
    for (; **at >= '0' && **at <= '9'; (*at)++)
        number = number * 10 + (**at - '0');
    return negative ? -number : number;
}

static long shift_ms(clockid_t id)
{
    char text[64];
    const char *path = getenv("KABAR_SHIFT_CLOCK"), *at = text;
    int fd = path ? open(path, O_RDONLY | O_CLOEXEC) : -1;
    ssize_t n = fd >= 0 ? read(fd, text, sizeof text - 1) : 0;
    if (fd >= 0)
        close(fd);
    text[n > 0 ? n : 0] = '\0';
    long wall = number_at(&at), monotonic = number_at(&at);
    return id == CLOCK_REALTIME ? wall : id == CLOCK_MONOTONIC || id == CLOCK_BOOTTIME ? monotonic : 0;
}

int clock_gettime(clockid_t id, struct timespec *ret_time)
{
    long result = syscall(SYS_clock_gettime, id, ret_time);
    if (result != 0)
        return -1;
    long ms = shift_ms(id);
    ret_time->tv_sec += ms / MS_A_SECOND;
    ret_time->tv_nsec += ms % MS_A_SECOND * NS_A_MS;
    if (ret_time->tv_nsec < 0) {
        ret_time->tv_nsec += NS_A_MS * (long)MS_A_SECOND;
        ret_time->tv_sec--;
    } else if (ret_time->tv_nsec >= NS_A_MS * (long)MS_A_SECOND) {
        ret_time->tv_nsec -= NS_A_MS * (long)MS_A_SECOND;
        ret_time->tv_sec++;
    }
    return 0;
}
