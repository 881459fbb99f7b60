/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which clock to believe (docs/design.md 6). A box without a battery wakes up in 1970; the network's stamps are then
 * the lower bound of the truth.
 */
#ifndef KABAR_CORE_TIME_H
#define KABAR_CORE_TIME_H

#include <stdbool.h>
#include <stdint.h>

#include "core/box.h"

struct moment {
    int64_t ms; /* the wall clock; where it is behind them, the later of the build and the newest stored SCTS */
    bool
        trusted; /* the wall is neither before the build nor (by hours) before the newest SCTS: calendar jobs may run */
};

/* newest_scts_ms 0: none. Pure. */
struct moment moment_judge(int64_t wall_ms, int64_t build_ms, int64_t newest_scts_ms);
/* What a box remembers so that its time goes on while its wall clock is wrong. */
struct timekeeping {
    int64_t base_ms, base_monotonic_ms; /* a moment of an untrusted clock and when that was; 0 none */
};

/* Now, as well as the box can know. Never behind what it said before while the wall clock is not trusted. */
MUST_CHECK int moment_now(const struct box *box, struct moment *ret_moment, struct error *error);

/* The SCTS if it can be true, else now: 0, before 2020, or more than a day after a trusted now are impossible.
 * *ret_replaced tells (NULL is fine). Pure. */
int64_t moment_sent(int64_t scts_ms, struct moment now, bool *ret_replaced);

#endif
