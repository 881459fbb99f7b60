/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What an operator may do to the outbox: send, answer, try again, take back, write to everyone of a role. */
#ifndef KABAR_OPERATOR_OUTGOING_H
#define KABAR_OPERATOR_OUTGOING_H

#include "core/outbox/outbox_queue.h"
#include "operator/actor.h"
#include "store/contact.h"
#include "store/mt.h"

/* A message as it stands in the outbox after the act. */
struct outgoing {
    int64_t id;
    char recipient[MSISDN_MAX];
    enum mt_state state;
    int parts;
    bool leaving; /* it was being sent at that moment: it may be out, and is not tried again if not */
};

/* Sends a text to a number (E.164), whether it is registered or not. */
MUST_CHECK int operator_send(const struct actor *actor, const char *phone, const char *text,
                             struct outgoing *ret_outgoing, struct error *error);

/* Answers a message that was received, which is dealt with by that, as is the note that it was. */
MUST_CHECK int operator_reply(const struct actor *actor, int64_t mo_id, const char *text, struct outgoing *ret_outgoing,
                              struct error *error);

/* Tries a message again. What has ended goes out as a new message: its history stays as it was. */
MUST_CHECK int operator_retry(const struct actor *actor, int64_t mt_id, struct outgoing *ret_outgoing,
                              struct error *error);

/* Takes a message back that is not sent yet. */
MUST_CHECK int operator_cancel(const struct actor *actor, int64_t mt_id, struct outgoing *ret_outgoing,
                               struct error *error);

struct broadcast_order {
    enum contact_role role;
    const char *area_code; /* NULL: everywhere */
    const char *text;
};
enum { BROADCAST_SHOWN_MAX = 3 };
struct broadcast {
    int64_t id;     /* 0: not queued */
    int64_t people; /* who get it: active ones that have a number */
    char first[BROADCAST_SHOWN_MAX][MSISDN_MAX];
};

/* Whom it would go to. -ENOENT: nobody is registered so. */
MUST_CHECK int operator_broadcast_preview(const struct box *box, const struct broadcast_order *order,
                                          struct broadcast *ret_broadcast, struct error *error);
/* Queues it to all of them. */
MUST_CHECK int operator_broadcast(const struct actor *actor, const struct broadcast_order *order,
                                  struct broadcast *ret_broadcast, struct error *error);
/* Takes back what is not sent yet of a broadcast; *ret_cancelled: how many will not get it. */
MUST_CHECK int operator_broadcast_cancel(const struct actor *actor, int64_t id, int64_t *ret_cancelled,
                                         struct error *error);

#endif
