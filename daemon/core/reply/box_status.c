/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/reply/box_status.h"

#include <stdio.h>

#include "core/box_counts.h"
#include "core/reply/phrase.h"
#include "settings/settings.h"
#include "store/counts.h"
#include "store/modem.h"

static int best_signal(void *data, const struct modem_row *modem)
{
    int *best = data;
    if (modem->registered && modem->signal_percent > *best)
        *best = modem->signal_percent;
    return 0;
}

int reply_box_status(const struct box *box, const char *locale, int64_t now_ms, struct reply *ret_reply,
                     struct error *error)
{
    struct box_counts counts;
    int signal = -1;
    int result = box_counts_read(box, now_ms, &counts, error);
    if (result == 0)
        result = store_modem_list(box->store, best_signal, &signal, error);
    if (result < 0)
        return result;
    char numbers[5][NUMBER_TEXT_MAX], percent[NUMBER_TEXT_MAX + 2];
    const int64_t shown[] = {counts.today.mo_today, counts.today.mo_unread, counts.today.mt_queued,
                             counts.today.mt_failed};
    for (size_t i = 0; i < sizeof shown / sizeof *shown; i++)
        number_write((int)shown[i], "", numbers[i]);
    number_write(signal, "-", numbers[4]);
    (void)snprintf(percent, sizeof percent, "%s%s", numbers[4], signal >= 0 ? "%" : "");
    const struct template_value given[] = {{"box", view_of(box->settings->box.id)}, {"received", view_of(numbers[0])},
                                           {"unread", view_of(numbers[1])},         {"queued", view_of(numbers[2])},
                                           {"failed", view_of(numbers[3])},         {"signal", view_of(percent)}};
    reply_simple(box, locale, REPLY_BOX_STATUS, given, 6, ret_reply);
    return 0;
}
