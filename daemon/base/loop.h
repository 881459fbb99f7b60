/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The daemon's one loop: descriptors and timers, one thread (docs/design.md 11). Timers go by the monotonic clock.
 * Callbacks may add and remove anything, themselves included.
 */
#ifndef KABAR_BASE_LOOP_H
#define KABAR_BASE_LOOP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/clock.h"
#include "base/error.h"

struct loop;

/* Called with the poll(2) events that came (POLLIN …), or with 0 from a timer. */
typedef void loop_call(void *data, short events);

MUST_CHECK int loop_open(struct clock clock, struct loop **ret_loop, struct error *error);
struct loop *loop_close(struct loop *loop); /* NULL is fine; returns NULL; descriptors stay open */

/* Watches fd, which stays the caller's, until loop_unwatch(). */
MUST_CHECK int loop_watch(struct loop *loop, int fd, short events, loop_call *call, void *data);
void loop_unwatch(struct loop *loop, int fd);

/* A timer that lives in its owner's struct; zero-initialised is "not set". */
struct loop_timer {
    int64_t due_ms; /* monotonic */
    loop_call *call;
    void *data;
    struct loop_timer *next;
    bool set;
};
/* Sets (or sets anew) a timer to fire once, after_ms from now; 0 fires in the next turn. */
void loop_timer_set(struct loop *loop, struct loop_timer *timer, int64_t after_ms, loop_call *call, void *data);
void loop_timer_clear(struct loop *loop, struct loop_timer *timer);

/* One turn: waits for a descriptor or the next timer, at most max_wait_ms (negative: as long as it takes), and calls.
 * Returns 0, or a negative errno (-EINTR is 0: signals come by signalfd). */
MUST_CHECK int loop_turn(struct loop *loop, int64_t max_wait_ms);

#endif
