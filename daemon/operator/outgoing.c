/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "operator/outgoing.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "parsers/gsm7.h"
#include "store/mo.h"
#include "store/note.h"

/* Inside the act: puts a text of an operator's own into the outbox. */
static int queue(const struct actor *actor, struct outbox_order order, struct outgoing *outgoing, struct error *error)
{
    order.kind = MT_MANUAL;
    order.now_ms = actor_now_ms(actor);
    outgoing->state = MT_QUEUED;
    outgoing->parts = (int)sms_parts(view_of(order.text));
    (void)snprintf(outgoing->recipient, sizeof outgoing->recipient, "%s", order.recipient);
    return outbox_queue(actor->box, &order, &outgoing->id, error);
}

int operator_send(const struct actor *actor, const char *phone, const char *text, struct outgoing *ret_outgoing,
                  struct error *error)
{
    struct contact contact;
    *ret_outgoing = (struct outgoing){.id = 0};
    int r = actor_begin(actor, error);
    if (r)
        return r;
    r = store_contact_by_phone(actor->box->store, phone, &contact, error);
    struct outbox_order order = {.recipient = phone, .contact_id = r ? 0 : contact.id, .text = text};
    if (!r || r == -ENOENT)
        r = queue(actor, order, ret_outgoing, error);
    return actor_end(actor, r, "send", phone, "by hand", error);
}

static int take_received(void *data, const struct mo_message *message)
{
    struct mo_message *found = data;
    *found = *message;
    found->text = NULL;
    return 1;
}

static int answer(const struct actor *actor, int64_t mo_id, const char *text, struct outgoing *outgoing,
                  struct error *error)
{
    struct mo_filter filter = {.id = mo_id, .limit = 1};
    struct mo_message found = {0};
    struct store *store = actor->box->store;
    int r = store_mo_list(store, &filter, take_received, &found, error);
    if (!r && !found.id)
        return error_set(error, -ENOENT, "no message %" PRId64 " was received", mo_id);
    if (!r && (found.sender[0] != '+' || strlen(found.sender) >= MSISDN_MAX))
        return error_set(error, -EINVAL, "message %" PRId64 " came from \"%s\", to which nothing can be sent", mo_id,
                         found.sender);
    struct outbox_order order = {
        .recipient = found.sender, .contact_id = found.contact_id, .mo_id = mo_id, .text = text};
    if (!r)
        r = queue(actor, order, outgoing, error);
    if (!r)
        r = store_note_answered(store, mo_id, actor_now_ms(actor), error);
    return r ? r : store_mo_message_set_handled(store, mo_id, actor_now_ms(actor), error);
}

int operator_reply(const struct actor *actor, int64_t mo_id, const char *text, struct outgoing *ret_outgoing,
                   struct error *error)
{
    char subject[32], detail[32];
    *ret_outgoing = (struct outgoing){.id = 0};
    int r = actor_begin(actor, error);
    if (r)
        return r;
    r = answer(actor, mo_id, text, ret_outgoing, error);
    (void)snprintf(subject, sizeof subject, "mo %" PRId64, mo_id);
    (void)snprintf(detail, sizeof detail, "mt %" PRId64, ret_outgoing->id);
    return actor_end(actor, r, "reply", subject, detail, error);
}

/* ---- what stands in the outbox ---- */

static int take_message(void *data, const struct mt_message *message)
{
    *(struct mt_message *)data = *message;
    return 1;
}

/* Begins an act on the message of that number. */
static int find(const struct actor *actor, int64_t id, struct mt_message *ret_message, struct outgoing *outgoing,
                struct error *error)
{
    struct mt_filter filter = {.id = id, .limit = 1};
    ret_message->id = 0;
    int r = store_mt_list(actor->box->store, &filter, take_message, ret_message, error);
    if (!r && !ret_message->id)
        return error_set(error, -ENOENT, "there is no message %" PRId64 " in the outbox", id);
    *outgoing = (struct outgoing){.id = id, .state = ret_message->state, .parts = ret_message->parts};
    (void)snprintf(outgoing->recipient, sizeof outgoing->recipient, "%s", ret_message->recipient);
    return r;
}

static int move(const struct actor *actor, struct outgoing *outgoing, enum mt_state to, struct error *error)
{
    int r = store_mt_move(actor->box->store, outgoing->id, outgoing->state, to, actor_now_ms(actor), 0, error);
    outgoing->state = to;
    if (r == -ENOENT)
        return error_set(error, -EINVAL, "message %" PRId64 " has just changed its state; look again: kabarctl outbox",
                         outgoing->id);
    return r;
}

/* It may have waited past its time. */
static int send_again(const struct actor *actor, const struct mt_message *message, struct outgoing *outgoing,
                      enum mt_state to, struct error *error)
{
    int r = outbox_renew(actor->box, message, actor_now_ms(actor), error);
    return r ? r : move(actor, outgoing, to, error);
}

static int retry(const struct actor *actor, const struct mt_message *message, struct outgoing *outgoing,
                 struct error *error)
{
    const struct outbox_order again = {.recipient = message->recipient,
                                       .contact_id = message->contact_id,
                                       .mo_id = message->mo_id,
                                       .text = message->text,
                                       .job = message->job};
    switch (message->state) {
    case MT_HELD:
        return send_again(actor, message, outgoing, MT_QUEUED, error);
    case MT_UNCERTAIN:
        return send_again(actor, message, outgoing, MT_RETRY_WAIT, error);
    case MT_FAILED:
    case MT_UNDELIVERED:
    case MT_REPORT_EXPIRED:
    case MT_EXPIRED:
    case MT_CANCELLED:
        return queue(actor, again, outgoing, error);
    case MT_QUEUED:
    case MT_RETRY_WAIT:
    case MT_SUBMITTING:
    case MT_SUBMITTED:
    case MT_DELIVERED:
    case MT_STATE_COUNT:
        break;
    }
    return error_set(error, -EINVAL, "message %" PRId64 " is %s: there is nothing to send again", message->id,
                     mt_state_to_string(message->state));
}

static int cancel(const struct actor *actor, const struct mt_message *message, struct outgoing *outgoing,
                  struct error *error)
{
    switch (message->state) {
    case MT_QUEUED:
    case MT_RETRY_WAIT:
    case MT_HELD:
        return move(actor, outgoing, MT_CANCELLED, error);
    case MT_UNCERTAIN:
        return move(actor, outgoing, MT_FAILED, error);
    case MT_SUBMITTING:
        outgoing->leaving = true;
        return store_mt_cancel_submitting(actor->box->store, message->id, error);
    case MT_SUBMITTED:
    case MT_DELIVERED:
    case MT_UNDELIVERED:
    case MT_REPORT_EXPIRED:
    case MT_FAILED:
    case MT_EXPIRED:
    case MT_CANCELLED:
    case MT_STATE_COUNT:
        break;
    }
    return error_set(error, -EINVAL, "message %" PRId64 " is %s: there is nothing left to cancel", message->id,
                     mt_state_to_string(message->state));
}

typedef int act_on_message(const struct actor *actor, const struct mt_message *message, struct outgoing *outgoing,
                           struct error *error);

static int act(const struct actor *actor, int64_t id, act_on_message *what, const char *name,
               struct outgoing *ret_outgoing, struct error *error)
{
    static struct mt_message message; /* large: not on the stack */
    char detail[64] = "";
    message.uid[0] = '\0';
    *ret_outgoing = (struct outgoing){.id = 0};
    int r = actor_begin(actor, error);
    if (r)
        return r;
    r = find(actor, id, &message, ret_outgoing, error);
    if (!r) {
        (void)snprintf(detail, sizeof detail, "was %s", mt_state_to_string(message.state));
        r = what(actor, &message, ret_outgoing, error);
    }
    return actor_end(actor, r, name, message.uid, detail, error);
}

int operator_retry(const struct actor *actor, int64_t mt_id, struct outgoing *ret_outgoing, struct error *error)
{
    return act(actor, mt_id, retry, "outbox.retry", ret_outgoing, error);
}

int operator_cancel(const struct actor *actor, int64_t mt_id, struct outgoing *ret_outgoing, struct error *error)
{
    return act(actor, mt_id, cancel, "outbox.cancel", ret_outgoing, error);
}
