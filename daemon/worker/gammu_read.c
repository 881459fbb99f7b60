/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Between the modem and libGammu, which offers no place there: this program's read() comes before the C library's for
 * every library that is loaded with it. What is not read from the modem goes straight to the kernel.
 */
#undef _FORTIFY_SOURCE /* its read() would be another one */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "modem/sieve.h"
#include "parsers/ussd.h"
#include "worker/gammu_phone.h"

enum { SIEVED_AT_ONCE = 1024, READY_MAX = SIEVED_AT_ONCE + 3 * SIEVE_LINE_MAX, SHOWN_MAX = 60, KINDS_MAX = 8 };

static struct sieve sieve;
static struct {
    char bytes[READY_MAX];
    size_t len, taken;
} ready; /* what libGammu may have */

static void on_pass(void *data, const char *bytes, size_t len)
{
    (void)data;
    if (len > sizeof ready.bytes - ready.len)
        len = sizeof ready.bytes - ready.len;
    memcpy(ready.bytes + ready.len, bytes, len);
    ready.len += len;
}

static void on_refused(void *data, const char *line, const char *why)
{
    /* Once a kind: a modem that says it at all says it all day. */
    static const char *said[KINDS_MAX];
    size_t i = 0;
    (void)data;
    while (i < KINDS_MAX && said[i] && said[i] != why)
        i++;
    if (i == KINDS_MAX || said[i] == why)
        return;
    said[i] = why;
    phone_log("%s: the modem said something that is left out, %s: %.*s", phone.device, why, SHOWN_MAX, line);
}

/* As what a listing has and libGammu cannot decode. */
static void on_pushed(void *data, const char *pdu)
{
    (void)data;
    static struct wire_message message;
    if (!*pdu)
        return;
    message = (struct wire_message){.type = WIRE_MO};
    message.mo = (struct mo_part){.kind = MO_UNREADABLE, .concat_ref = -1, .concat_total = 1, .concat_seq = 1};
    for (size_t i = 0; pdu[i] && i < sizeof message.mo.raw - 1; i++)
        message.mo.raw[i] = pdu[i] >= 'a' ? (char)(pdu[i] - 'a' + 'A') : pdu[i];
    phone.tell(&message);
}

static void on_ussd(void *data, const char *text, int dcs)
{
    (void)data;
    static struct wire_message message;
    message.type = WIRE_USSD_TEXT;
    if (!ussd_read(view_of(text), dcs, message.ussd_text.text, sizeof message.ussd_text.text))
        phone_log("%s: the network's answer is in a coding that cannot be read, %d", phone.device, dcs);
    phone.tell(&message);
}

static const struct sieve_out out = {on_pass, on_refused, on_pushed, on_ussd};

static bool is_modem(int fd)
{
    struct stat status;
    return phone.machine && !phone.dummy && fd > WIRE_FD && fstat(fd, &status) == 0 && S_ISCHR(status.st_mode) &&
           status.st_rdev == phone.rdev;
}

void phone_read_begin(void)
{
    struct stat status;
    ready.len = ready.taken = 0;
    sieve_init(&sieve, &out, NULL);
    phone.rdev = stat(phone.device, &status) == 0 ? status.st_rdev : 0;
}

/* 0 also where nothing of what came may be seen yet. */
ssize_t read(int fd, void *bytes, size_t size)
{
    char heard[SIEVED_AT_ONCE];
    if (!is_modem(fd))
        return syscall(SYS_read, fd, bytes, size);
    if (ready.taken == ready.len) {
        ready.len = ready.taken = 0;
        ssize_t n = syscall(SYS_read, fd, heard, sizeof heard);
        if (n <= 0)
            return n;
        sieve_feed(&sieve, heard, (size_t)n);
    }
    size_t n = ready.len - ready.taken < size ? ready.len - ready.taken : size;
    memcpy(bytes, ready.bytes + ready.taken, n);
    ready.taken += n;
    return (ssize_t)n;
}
