/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/outbox/retry.h"

#include <stddef.h>

/* splitmix64: spreads neighbouring seeds, which message ids are. */
static uint64_t mix(uint64_t x)
{
    x += UINT64_C(0x9e3779b97f4a7c15);
    x = (x ^ (x >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    x = (x ^ (x >> 27)) * UINT64_C(0x94d049bb133111eb);
    return x ^ (x >> 31);
}

int64_t retry_delay_ms(const struct retry_policy *policy, int n, uint64_t seed)
{
    int64_t delay = policy->base_ms;
    for (int i = 0; i < n && delay < policy->cap_ms; i++)
        delay *= policy->step;
    if (delay > policy->cap_ms)
        delay = policy->cap_ms;
    uint64_t room = (uint64_t)(delay / 100 * policy->jitter_percent) + 1;
    return delay + (int64_t)(mix(seed) % room);
}

bool quiet_at(struct quiet_hours quiet, int minute_of_day)
{
    if (quiet.from_minute <= quiet.to_minute)
        return minute_of_day >= quiet.from_minute && minute_of_day < quiet.to_minute;
    return minute_of_day >= quiet.from_minute || minute_of_day < quiet.to_minute;
}

int quiet_left(struct quiet_hours quiet, int minute_of_day)
{
    enum { DAY_MINUTES = 24 * 60 };
    if (!quiet_at(quiet, minute_of_day))
        return 0;
    return (quiet.to_minute - minute_of_day + DAY_MINUTES) % DAY_MINUTES;
}
