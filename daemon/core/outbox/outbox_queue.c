/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/outbox/outbox_queue.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "settings/settings.h"

/* When a message of that kind stops being useful. */
static int64_t end_of(const struct box *box, const struct outbox_order *order)
{
    const struct settings *settings = box->settings;
    int hours = order->kind == MT_REPLY ? settings->validity_reply_hours : settings->validity_other_hours;
    int64_t end_ms = order->now_ms + hours * (int64_t)MS_HOUR;
    return order->until_ms > 0 && order->until_ms < end_ms ? order->until_ms : end_ms;
}

int outbox_queue(const struct box *box, const struct outbox_order *order, int64_t *ret_id, struct error *error)
{
    struct mt_message message = {
        .kind = order->kind,
        .contact_id = order->contact_id,
        .mo_id = order->mo_id,
        .created_ms = order->now_ms,
        .expires_ms = end_of(box, order),
        .asks_again = order->asks_again,
        .to_stranger = order->to_stranger,
        .urgent = order->urgent,
    };
    if (strlen(order->text) >= sizeof message.text)
        return error_set(error, -EMSGSIZE, "a message of %zu bytes can't be sent: at most %zu", strlen(order->text),
                         sizeof message.text - 1);
    (void)snprintf(message.recipient, sizeof message.recipient, "%s", order->recipient);
    (void)snprintf(message.job, sizeof message.job, "%s", order->job ? order->job : "");
    (void)snprintf(message.text, sizeof message.text, "%s", order->text);
    return store_mt_add(box->store, &message, ret_id, error);
}

int outbox_renew(const struct box *box, const struct mt_message *message, int64_t now_ms, struct error *error)
{
    const struct outbox_order again = {.kind = message->kind, .now_ms = now_ms};
    return store_mt_renew(box->store, message->id, end_of(box, &again), error);
}
