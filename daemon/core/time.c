/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/time.h"

#include "store/mo.h"

/* 2020-01-01: no village sent a report to this program before, but phones and SMSCs without a clock stamp 2000 or 1970.
 */
static const int64_t earliest_ms = INT64_C(1577836800000);

/* SMSCs stamp an hour or two off where their time zone is set wrong; the wall is not to blame for that. */
enum { SCTS_SLACK_MS = 2 * MS_HOUR };

struct moment moment_judge(int64_t wall_ms, int64_t build_ms, int64_t newest_scts_ms)
{
    if (wall_ms >= build_ms && wall_ms + SCTS_SLACK_MS >= newest_scts_ms)
        return (struct moment){.ms = wall_ms, .trusted = true};
    int64_t bound = build_ms > newest_scts_ms ? build_ms : newest_scts_ms;
    return (struct moment){.ms = wall_ms > bound ? wall_ms : bound, .trusted = false};
}

int moment_now(const struct box *box, struct moment *ret_moment, struct error *error)
{
    int64_t newest = 0;
    int result = box->store ? store_newest_scts(box->store, &newest, error) : 0;
    if (result < 0)
        return result;
    struct timekeeping *keeping = box->timekeeping;
    struct moment moment = moment_judge(box->clock.wall_ms(box->clock.data), clock_build_ms(), newest);
    int64_t monotonic = box->clock.monotonic_ms(box->clock.data);
    int64_t reckoned = keeping->base_ms + (monotonic - keeping->base_monotonic_ms);
    if (moment.trusted)
        *keeping = (struct timekeeping){0};
    else if (keeping->base_ms > 0 && reckoned > moment.ms)
        moment.ms = reckoned;
    else
        *keeping = (struct timekeeping){moment.ms, monotonic};
    *ret_moment = moment;
    return 0;
}

int64_t moment_sent(int64_t scts_ms, struct moment now, bool *ret_replaced)
{
    bool impossible = scts_ms < earliest_ms || (now.trusted && scts_ms > now.ms + MS_DAY);
    if (ret_replaced)
        *ret_replaced = impossible;
    return impossible ? now.ms : scts_ms;
}
