/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/watch/retention.h"

#include <inttypes.h>
#include <stdio.h>

#include "core/time.h"
#include "settings/settings.h"
#include "store/audit.h"
#include "store/raw.h"

enum { NIGHT_FROM = 1, NIGHT_UNTIL = 5, CHUNK_MESSAGES = 500, CHUNK_DAYS = 31, YEAR_MONTHS = 12 };

static int64_t month_begin_ms(int month)
{
    struct local_time local = {.day = {month / YEAR_MONTHS, month % YEAR_MONTHS + 1, 1}};
    return zone_ms(&local);
}

/* Day by day, until there was enough for one transaction. */
static int blank_days(const struct box *box, int64_t from_ms, int64_t before_ms, int64_t now_ms, int64_t *ret_messages,
                      struct error *error)
{
    int64_t at_ms = from_ms, messages;
    *ret_messages = 0;
    for (int day = 0; day < CHUNK_DAYS && at_ms < before_ms && *ret_messages < CHUNK_MESSAGES; day++) {
        int64_t next_ms = at_ms + MS_DAY < before_ms ? at_ms + MS_DAY : before_ms;
        int r = store_raw_blank(box->store, at_ms, next_ms, now_ms, &messages, error);
        if (r < 0)
            return r;
        at_ms = next_ms;
        *ret_messages += messages;
    }
    if (*ret_messages == 0)
        return 0;
    char from[21], until[21], subject[48], detail[48];
    time_format(from_ms, from);
    time_format(at_ms, until);
    (void)snprintf(subject, sizeof subject, "%s/%s", from, until);
    (void)snprintf(detail, sizeof detail, "%" PRId64 " messages", *ret_messages);
    return store_audit(box->store, now_ms, "kabard", "raw.blank", subject, detail, error);
}

int retention_tick(const struct box *box, int64_t *ret_messages, struct error *error)
{
    struct moment now;
    int64_t from_ms;
    int months = box->settings->keep_raw_months;
    *ret_messages = 0;
    if (months == 0)
        return 0;
    int r = moment_now(box, &now, error);
    if (r < 0 || !now.trusted)
        return r;
    struct local_time local = zone_local(now.ms);
    if (local.hour < NIGHT_FROM || local.hour >= NIGHT_UNTIL)
        return 0;
    int64_t before_ms = month_begin_ms(month_of(local.day) - months);
    r = store_raw_until(box->store, &from_ms, error);
    if (r < 0 || from_ms >= before_ms)
        return r;
    r = store_begin(box->store, error);
    if (r == 0)
        r = blank_days(box, from_ms, before_ms, now.ms, ret_messages, error);
    return store_end(box->store, r, error);
}
