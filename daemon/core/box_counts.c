/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/box_counts.h"

#include "settings/settings.h"

int box_counts_read(const struct box *box, int64_t now_ms, struct box_counts *ret_counts, struct error *error)
{
    struct local_time midnight = zone_local(now_ms);
    midnight.hour = midnight.minute = midnight.second = 0;
    ret_counts->month = month_of(midnight.day) - (midnight.day.day <= box->settings->grace_days);
    int r = store_counts(box->store, zone_ms(&midnight), &ret_counts->today, error);
    if (r == 0)
        r = store_week_counts(box->store, now_ms - 7 * MS_DAY, &ret_counts->week, error);
    if (r == 0)
        r = store_note_counts(box->store, &ret_counts->notes, error);
    return r ? r : villages_count(box, ret_counts->month, &ret_counts->villages, error);
}
