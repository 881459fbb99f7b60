/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "operator/reminding.h"

#include <errno.h>
#include <stdio.h>

#include "core/schedule/schedule.h"
#include "parsers/quarter.h"

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

int operator_card_send(const struct actor *actor, const struct area *village, int quarter, bool try,
                       size_t *ret_messages, struct error *error)
{
    char detail[48], text[8];
    *ret_messages = 0;
    if (village->level != AREA_DESA)
        return error_set(error, -EINVAL, "%s is not a village: only villages' cards are sent", village->code);
    int r = actor_begin(actor, error);
    if (r)
        return r;
    r = schedule_card_now(actor->box, village, quarter, actor_now_ms(actor), ret_messages, error);
    if (!r && (try || *ret_messages == 0)) {
        store_rollback(actor->box->store);
        return 0;
    }
    quarter_format(quarter, text);
    (void)snprintf(detail, sizeof detail, "%s: %zu SMS", text, *ret_messages);
    return actor_end(actor, r, "card.send", village->code, detail, error);
}
