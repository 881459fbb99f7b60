/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The one way into the outbox: who is to get which text. Everything else follows from its kind and the settings. */
#ifndef KABAR_CORE_OUTBOX_OUTBOX_QUEUE_H
#define KABAR_CORE_OUTBOX_OUTBOX_QUEUE_H

#include <stdbool.h>
#include <stdint.h>

#include "core/box.h"
#include "store/mt.h"

struct outbox_order {
    enum mt_kind kind;
    const char *recipient; /* E.164 */
    int64_t contact_id;    /* 0: not a registered person */
    int64_t mo_id;         /* what it answers; 0 none */
    const char *text;
    const char *job; /* of store/job.h; NULL none */
    int64_t now_ms;
    int64_t until_ms; /* it is of no use from then on, where that is before the end of its kind; 0: by its kind */
    bool urgent;      /* an alert that goes out as answers do: at night, and whatever the pace */
    bool to_stranger; /* an answer that goes out after those to registered people */
    bool asks_again;  /* it asks to send what came incomplete again */
};

/* Queues a message inside the caller's transaction; *ret_id (NULL is fine) is its number in the outbox. -EMSGSIZE and
 * -EEXIST as store_mt_add() says. */
MUST_CHECK int outbox_queue(const struct box *box, const struct outbox_order *order, int64_t *ret_id,
                            struct error *error);
/* Inside the caller's transaction: what an operator sends once more is of use as long as if it were queued now. */
MUST_CHECK int outbox_renew(const struct box *box, const struct mt_message *message, int64_t now_ms,
                            struct error *error);

#endif
