/*
 * Which clock to believe (DESIGN.md 6). A box without a battery wakes up in 1970; the network's stamps are then the
 * lower bound of the truth.
 */
#ifndef KABAR_CORE_TIME_H
#define KABAR_CORE_TIME_H

#include <stdbool.h>
#include <stdint.h>

#include "core/box.h"

struct moment {
    int64_t ms;   /* the wall clock, or the newest stored SCTS where the wall is behind it */
    bool trusted; /* the wall is neither before the build nor before the newest SCTS: calendar jobs may run */
};

/* wall: not before build and newest SCTS (0 none) → trusted. Pure. */
struct moment moment_judge(int64_t wall_ms, int64_t build_ms, int64_t newest_scts_ms);
MUST_CHECK int moment_now(const struct box *box, struct moment *ret_moment, struct error *error);

/* The SCTS if it can be true, else now: 0, before 2020, or more than a day after a trusted now are impossible.
 * *ret_replaced tells (NULL is fine). Pure. */
int64_t moment_sent(int64_t scts_ms, struct moment now, bool *ret_replaced);

#endif
