/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "at_modem.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

/* A closed PTY is ready for poll(2) all the time, so the loop cannot wait for its opening: it looks now and then. */
enum { LOOK_MS = 20 };

static void line_ready(void *data, short events);

static void line_watch(struct at_modem *m)
{
    loop_unwatch(m->loop, m->line.master);
    if (m->line.hung || !m->line.open)
        return;
    short events = m->line.out.len ? POLLIN | POLLOUT : POLLIN;
    int status = loop_watch(m->loop, m->line.master, events, line_ready, m);
    KABAR_ASSERT(status == 0);
}

static void line_look(void *data, short events)
{
    (void)events;
    struct at_modem *m = data;
    struct pollfd fd = {m->line.master, POLLIN, 0};
    if (poll(&fd, 1, 0) >= 0 && fd.revents & POLLHUP) {
        loop_timer_set(m->loop, &m->line.look, LOOK_MS, line_look, m);
        return;
    }
    m->line.open = true;
    event(m, "opened");
    line_watch(m);
    network_pump(m);
}

/* A slave that was open once and is closed reports POLLHUP; one that never was does not. */
static int slave_touch(const char *path)
{
    int slave = open(path, O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (slave < 0)
        return -errno;
    close(slave);
    return 0;
}

/* In place of an old one at once: a device that is gone for a moment is unplugged to whoever looks then. */
static int link_make(const char *target, const char *link, struct error *error)
{
    char old[8], fresh[LINK_BYTES + 8];
    const char *slash = strrchr(link, '/'), *name = slash ? slash + 1 : link;
    if (readlink(link, old, sizeof old) < 0 && errno == EINVAL)
        return error_set(error, -EEXIST, "%s is there and is not a symlink: give another --link", link);
    (void)snprintf(fresh, sizeof fresh, "%.*s.%s", (int)(name - link), link, name);
    unlink(fresh);
    if (symlink(target, fresh) < 0 || rename(fresh, link) < 0)
        return error_set(error, -errno, "cannot make the symlink %s: %s", link, strerror(errno));
    return 0;
}

/* A new PTY with the link to it. */
static int pty_open(struct at_modem *m, struct error *error)
{
    int master = posix_openpt(O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
    if (master < 0 || grantpt(master) < 0 || unlockpt(master) < 0 ||
        ptsname_r(master, m->line.slave, sizeof m->line.slave) != 0) {
        int code = -errno;
        if (master >= 0)
            close(master);
        return error_set(error, code, "cannot open a PTY: %s", strerror(-code));
    }
    int status = slave_touch(m->line.slave);
    if (status == 0)
        status = link_make(m->line.slave, m->line.link, error);
    if (status < 0) {
        close(master);
        return status;
    }
    m->line.master = master;
    return 0;
}

/* Whether whoever had the slave has left it as its own alone. */
static bool is_exclusive(const struct at_modem *m)
{
    int exclusive = 1, slave = ioctl(m->line.master, TIOCGPTPEER, O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (slave < 0)
        return true;
    if (ioctl(slave, TIOCGEXCL, &exclusive) < 0)
        exclusive = 1;
    close(slave);
    return exclusive != 0;
}

/* libGammu opens a tty for itself alone (TIOCEXCL). That ends with the last close of a real one, while a slave keeps it
 * as long as its master lives, and then only root could open it again: the next one gets another. */
static void pty_renew(struct at_modem *m)
{
    struct pollfd old = {.fd = m->line.master};
    char slave[sizeof m->line.slave];
    struct error error;
    memcpy(slave, m->line.slave, sizeof slave);
    int status = pty_open(m, &error);
    /* Or the next one was quicker and has this one open already. */
    bool reopened = status == 0 && poll(&old, 1, 0) == 0;
    if (reopened)
        status = link_make(slave, m->line.link, &error);
    KABAR_ASSERT(status == 0);
    close(reopened ? m->line.master : old.fd);
    if (reopened) {
        m->line.master = old.fd;
        memcpy(m->line.slave, slave, sizeof slave);
    }
}

static void line_shut(struct at_modem *m)
{
    loop_unwatch(m->loop, m->line.master);
    m->line.open = false;
    if (is_exclusive(m))
        pty_renew(m);
    else
        (void)tcflush(m->line.master, TCIOFLUSH);
    network_answer_lost(m);
    fault_cure(m, CURE_CLOSE);
    buf_clear(&m->line.out);
    event(m, "closed");
    loop_timer_set(m->loop, &m->line.look, LOOK_MS, line_look, m);
}

static void line_flush(struct at_modem *m)
{
    struct buf *out = &m->line.out;
    ssize_t n = write(m->line.master, out->text, out->len);
    if (n > 0) {
        log_traffic(m, "tx", (struct view){out->text, (size_t)n});
        memmove(out->text, out->text + n, out->len - (size_t)n + 1);
        out->len -= (size_t)n;
    }
    if (out->len == 0)
        m->line.taken = 0;
    line_watch(m);
}

static void line_ready(void *data, short events)
{
    struct at_modem *m = data;
    char bytes[4096];
    if (events & (POLLIN | POLLHUP | POLLERR)) {
        ssize_t n = read(m->line.master, bytes, sizeof bytes);
        if (n <= 0 && errno != EAGAIN && errno != EINTR) {
            line_shut(m);
            return;
        }
        if (n > 0) {
            log_traffic(m, "rx", (struct view){bytes, (size_t)n});
            if (!m->line.silent)
                at_feed(m, (struct view){bytes, (size_t)n});
        }
    }
    if (m->line.open && m->line.out.len && !m->line.hung)
        line_flush(m);
}

void line_send(struct at_modem *m, struct view text)
{
    if (!m->line.open || m->line.silent)
        return;
    buf_add(&m->line.out, text);
    if (!m->line.hung)
        line_flush(m);
}

static void line_thaw(void *data, short events)
{
    (void)events;
    struct at_modem *m = data;
    m->line.hung = false;
    event(m, "thawed");
    if (m->line.open)
        line_watch(m);
}

void line_hang(struct at_modem *m, int64_t ms)
{
    m->line.hung = true;
    if (m->line.open)
        line_watch(m);
    loop_timer_set(m->loop, &m->line.thaw, ms, line_thaw, m);
}

int line_plug(struct at_modem *m, struct error *error)
{
    int status = pty_open(m, error);
    if (status < 0)
        return status;
    m->line.open = false;
    event(m, "port %s link %s", m->line.slave, m->line.link);
    loop_timer_set(m->loop, &m->line.look, 0, line_look, m);
    at_reset(m);
    return 0;
}

void line_unplug(struct at_modem *m)
{
    if (m->line.master < 0)
        return;
    loop_unwatch(m->loop, m->line.master);
    loop_timer_clear(m->loop, &m->line.look);
    loop_timer_clear(m->loop, &m->line.thaw);
    m->line.hung = m->line.open = false;
    network_answer_lost(m);
    fault_cure(m, CURE_POWER);
    buf_clear(&m->line.out);
    unlink(m->line.link);
    close(m->line.master);
    m->line.master = -1;
    at_reset(m);
    event(m, "unplugged");
}
