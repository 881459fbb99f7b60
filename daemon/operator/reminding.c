/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "operator/reminding.h"

#include <stdio.h>

#include "core/schedule/schedule.h"

int operator_remind(const struct actor *actor, const char *area_code, int month, bool try, size_t *ret_messages,
                    struct error *error)
{
    char detail[48], text[8];
    *ret_messages = 0;
    int r = actor_begin(actor, error);
    if (r)
        return r;
    r = schedule_remind_now(actor->box, area_code, month, actor_now_ms(actor), ret_messages, error);
    if (!r && (try || *ret_messages == 0)) {
        store_rollback(actor->box->store);
        return 0;
    }
    month_format(month, text);
    (void)snprintf(detail, sizeof detail, "%s: %zu SMS", text, *ret_messages);
    return actor_end(actor, r, "remind", area_code ? area_code : "", detail, error);
}
