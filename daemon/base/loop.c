/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/loop.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>

struct watch {
    int fd;
    short events;
    loop_call *call; /* NULL: unwatched in this turn */
    void *data;
};

struct loop {
    struct clock clock;
    struct watch *watches;
    struct pollfd *polled; /* as many as watches has room for */
    size_t n_watches, room;
    struct loop_timer *waiting; /* earliest first; equal ones in the order they were set */
    struct loop_timer *due;     /* taken out for this turn, still to be called */
};

int loop_open(struct clock clock, struct loop **ret_loop, struct error *error)
{
    struct loop *loop = calloc(1, sizeof *loop);
    if (!loop)
        return error_set(error, -ENOMEM, "no memory for the loop");
    loop->clock = clock;
    *ret_loop = loop;
    return 0;
}

struct loop *loop_close(struct loop *loop)
{
    if (loop) {
        free(loop->watches);
        free(loop->polled);
        free(loop);
    }
    return NULL;
}

static bool grow(struct loop *loop)
{
    size_t room = loop->room ? loop->room * 2 : 8;
    struct watch *watches = realloc(loop->watches, room * sizeof *watches);
    if (!watches)
        return false;
    loop->watches = watches;
    struct pollfd *polled = realloc(loop->polled, room * sizeof *polled);
    if (!polled)
        return false;
    loop->polled = polled;
    loop->room = room;
    return true;
}

int loop_watch(struct loop *loop, int fd, short events, loop_call *call, void *data)
{
    KABAR_ASSERT(fd >= 0 && call);
    if (loop->n_watches == loop->room && !grow(loop))
        return -ENOMEM;
    loop->watches[loop->n_watches++] = (struct watch){fd, events, call, data};
    return 0;
}

/* The place is only marked: a descriptor of the same number that is opened and watched within the turn gets a place of
 * its own and so cannot be called with the events of its forerunner. */
void loop_unwatch(struct loop *loop, int fd)
{
    for (size_t i = 0; i < loop->n_watches; i++)
        if (loop->watches[i].fd == fd)
            loop->watches[i].call = NULL;
}

static void drop_unwatched(struct loop *loop)
{
    size_t kept = 0;
    for (size_t i = 0; i < loop->n_watches; i++)
        if (loop->watches[i].call)
            loop->watches[kept++] = loop->watches[i];
    loop->n_watches = kept;
}

static bool list_remove(struct loop_timer **list, struct loop_timer *timer)
{
    for (; *list; list = &(*list)->next)
        if (*list == timer) {
            *list = timer->next;
            return true;
        }
    return false;
}

void loop_timer_clear(struct loop *loop, struct loop_timer *timer)
{
    if (!timer->set)
        return;
    bool found = list_remove(&loop->waiting, timer) || list_remove(&loop->due, timer);
    KABAR_ASSERT(found);
    timer->set = false;
}

void loop_timer_set(struct loop *loop, struct loop_timer *timer, int64_t after_ms, loop_call *call, void *data)
{
    loop_timer_clear(loop, timer);
    int64_t now = loop->clock.monotonic_ms(loop->clock.data);
    *timer = (struct loop_timer){
        .due_ms = now + (after_ms > 0 ? after_ms : 0),
        .call = call,
        .data = data,
        .set = true,
    };
    struct loop_timer **place = &loop->waiting;
    while (*place && (*place)->due_ms <= timer->due_ms)
        place = &(*place)->next;
    timer->next = *place;
    *place = timer;
}

static int timeout(const struct loop *loop, int64_t max_wait_ms)
{
    int64_t wait = max_wait_ms;
    if (loop->waiting) {
        int64_t until = loop->waiting->due_ms - loop->clock.monotonic_ms(loop->clock.data);
        if (until < 0)
            until = 0;
        if (wait < 0 || until < wait)
            wait = until;
    }
    if (wait < 0)
        return -1;
    return wait < INT_MAX ? (int)wait : INT_MAX;
}

static void call_watches(struct loop *loop, size_t n_polled)
{
    for (size_t i = 0; i < n_polled; i++) {
        struct watch watch = loop->watches[i];
        if (watch.call && loop->polled[i].revents)
            watch.call(watch.data, loop->polled[i].revents);
    }
}

/* The due ones are taken out first, so that one that sets itself anew for "now" waits for the next turn and cannot
 * starve the descriptors. */
static void call_timers(struct loop *loop)
{
    int64_t now = loop->clock.monotonic_ms(loop->clock.data);
    struct loop_timer **end = &loop->waiting;
    while (*end && (*end)->due_ms <= now)
        end = &(*end)->next;
    struct loop_timer *later = *end;
    *end = NULL;
    loop->due = loop->waiting;
    loop->waiting = later;
    while (loop->due) {
        struct loop_timer *timer = loop->due;
        loop->due = timer->next;
        timer->set = false;
        timer->call(timer->data, 0);
    }
}

int loop_turn(struct loop *loop, int64_t max_wait_ms)
{
    KABAR_ASSERT(!loop->due);
    drop_unwatched(loop);
    size_t n_polled = loop->n_watches;
    for (size_t i = 0; i < n_polled; i++)
        loop->polled[i] = (struct pollfd){.fd = loop->watches[i].fd, .events = loop->watches[i].events};
    int ready = poll(loop->polled, n_polled, timeout(loop, max_wait_ms));
    if (ready < 0 && errno != EINTR)
        return -errno;
    if (ready > 0)
        call_watches(loop, n_polled);
    call_timers(loop);
    return 0;
}
