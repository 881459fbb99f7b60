/* SPDX-License-Identifier: GPL-2.0-or-later */
/* When to try again, and whether it is time to send at all. Pure: numbers in, numbers out. */
#ifndef KABAR_CORE_OUTBOX_RETRY_H
#define KABAR_CORE_OUTBOX_RETRY_H

#include <stdbool.h>
#include <stdint.h>

struct retry_policy {
    int64_t base_ms; /* before the first repeat */
    int64_t cap_ms;  /* never longer than this, jitter apart */
    int step;        /* each delay is step times the one before */
    int max;         /* repeats before giving up */
    int jitter_percent;
};

/* Delay before repeat number n (0 the first): min(cap, base * step^n), plus up to jitter_percent of it by seed (the
 * same seed gives the same jitter). */
int64_t retry_delay_ms(const struct retry_policy *policy, int n, uint64_t seed);

/* Minutes of the day in the village, [from, to): over midnight where from > to; from == to: never quiet. */
struct quiet_hours {
    int from_minute, to_minute;
};
bool quiet_at(struct quiet_hours quiet, int minute_of_day);
/* Minutes from minute_of_day until it is no longer quiet, 0 where it is not. */
int quiet_left(struct quiet_hours quiet, int minute_of_day);

#endif
