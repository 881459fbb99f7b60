/* SPDX-License-Identifier: GPL-2.0-or-later */
/* send; outbox retry, cancel: what an operator may do to the queue. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/outbox/outbox_queue.h"
#include "ctl/listing.h"
#include "ctl/session.h"
#include "ctl/text_fault.h"
#include "store/contact.h"
#include "store/job.h"

static int print_queued(const struct ctl *ctl, int64_t id, const char *recipient, const char *state, size_t parts)
{
    static const struct column columns[] = {
        {"id", "ID", true}, {"to", "TO", false}, {"state", "STATE", false}, {"parts", "SMS", true}};
    struct listing list;
    listing_begin(&list, ctl->json, columns, 4);
    listing_number(&list, id);
    listing_text(&list, recipient);
    listing_text(&list, state);
    listing_number(&list, (int64_t)parts);
    listing_end(&list, "");
    return CTL_DONE;
}

static int queue(const struct session *session, struct outbox_order order, int64_t *ret_id)
{
    struct error error = {0};
    order.kind = MT_MANUAL;
    order.now_ms = session_now_ms(session);
    int r = outbox_queue(session->box, &order, ret_id, &error);
    return r ? ctl_failed(r, &error) : 0;
}

int ctl_send(struct ctl *ctl)
{
    CLEANUP(session_close) struct session session = {0};
    CLEANUP(buf_deinit) struct buf text;
    char phone[MSISDN_MAX];
    buf_init(&text, SMS_TEXT_MAX - 1);
    size_t parts;
    int status = ctl_sms_text(ctl, 1, &text, &parts);
    if (status)
        return status;
    status = session_phone(ctl->args.words[0], phone);
    if (!status)
        status = session_open(&session, ctl, STORE_WRITE);
    if (!status)
        status = session_box(&session, ctl);
    if (status || (status = session_begin(&session)))
        return status;
    struct error error = {0};
    struct contact contact;
    int r = store_contact_by_phone(session.store, phone, &contact, &error);
    if (r && r != -ENOENT)
        return ctl_failed(r, &error);
    const struct outbox_order order = {.recipient = phone, .contact_id = r ? 0 : contact.id, .text = text.text};
    int64_t id;
    status = queue(&session, order, &id);
    if (!status)
        status = session_commit(&session, "send", phone, "by hand");
    if (status)
        return status;
    CLEANUP(buf_deinit) struct buf fault;
    buf_init(&fault, 256);
    text_fault((struct view){text.text, text.len}, &fault);
    return print_queued(ctl, id, phone, "queued", parts);
}

static int take_message(void *data, const struct mt_message *message)
{
    *(struct mt_message *)data = *message;
    return 1;
}

/* Opens everything, begins the change and finds the message of the word ID. */
static int find_message(struct ctl *ctl, struct session *session, struct mt_message *ret_message)
{
    int64_t id;
    if (args_number(ctl->args.words[0], 1, INT64_MAX, &id))
        return ctl_usage(ctl, "%s is no message's number; they stand in: kabarctl outbox", ctl->args.words[0]);
    int status = session_open(session, ctl, STORE_WRITE);
    if (!status)
        status = session_box(session, ctl);
    if (status || (status = session_begin(session)))
        return status;
    struct error error = {0};
    struct mt_filter filter = {.id = id, .limit = 1};
    ret_message->id = 0;
    int r = store_mt_list(session->store, &filter, take_message, ret_message, &error);
    if (r)
        return ctl_failed(r, &error);
    return ret_message->id ? 0 : ctl_refuse("there is no message %" PRId64 " in the outbox", id);
}

static int move(struct session *session, const struct mt_message *message, enum mt_state to)
{
    struct error error = {0};
    int64_t now_ms = session_now_ms(session);
    int r = store_mt_move(session->store, message->id, message->state, to, now_ms, 0, &error);
    if (r == -ENOENT)
        return ctl_refuse("message %" PRId64 " has just changed its state; look again: kabarctl outbox", message->id);
    return r ? ctl_failed(r, &error) : 0;
}

/* What has ended goes out as a new message: its history stays as it was. */
static int retry(struct session *session, const struct mt_message *message, int64_t *ret_id, enum mt_state *ret_state)
{
    const struct outbox_order again = {.recipient = message->recipient,
                                       .contact_id = message->contact_id,
                                       .mo_id = message->mo_id,
                                       .text = message->text,
                                       .job = message->job};
    *ret_id = message->id;
    switch (message->state) {
    case MT_HELD:
        *ret_state = MT_QUEUED;
        return move(session, message, MT_QUEUED);
    case MT_UNCERTAIN:
        *ret_state = MT_RETRY_WAIT;
        return move(session, message, MT_RETRY_WAIT);
    case MT_FAILED:
    case MT_UNDELIVERED:
    case MT_REPORT_EXPIRED:
    case MT_EXPIRED:
    case MT_CANCELLED:
        *ret_state = MT_QUEUED;
        return queue(session, again, ret_id);
    case MT_QUEUED:
    case MT_RETRY_WAIT:
    case MT_SUBMITTING:
    case MT_SUBMITTED:
    case MT_DELIVERED:
    case MT_STATE_COUNT:
        break;
    }
    return ctl_refuse("message %" PRId64 " is %s: there is nothing to send again", message->id,
                      mt_state_to_string(message->state));
}

int ctl_outbox_retry(struct ctl *ctl)
{
    static struct mt_message message;
    CLEANUP(session_close) struct session session = {0};
    int status = find_message(ctl, &session, &message);
    if (status)
        return status;
    char uid[UID_MAX], detail[64];
    int64_t id;
    enum mt_state state = message.state;
    memcpy(uid, message.uid, sizeof uid);
    (void)snprintf(detail, sizeof detail, "was %s", mt_state_to_string(message.state));
    status = retry(&session, &message, &id, &state);
    if (!status)
        status = session_commit(&session, "outbox.retry", uid, detail);
    return status ? status : print_queued(ctl, id, message.recipient, mt_state_to_string(state), (size_t)message.parts);
}

/* It may be out already; if it is not, it won't be tried again. */
static int cancel_submitting(struct session *session, const struct mt_message *message)
{
    struct error error = {0};
    int r = store_mt_cancel_submitting(session->store, message->id, &error);
    (void)fputs("kabarctl: note: it is being sent at this moment; it is not tried again if that fails\n", stderr);
    return r ? ctl_failed(r, &error) : 0;
}

static int cancel(struct session *session, const struct mt_message *message, enum mt_state *ret_state)
{
    switch (message->state) {
    case MT_QUEUED:
    case MT_RETRY_WAIT:
    case MT_HELD:
        *ret_state = MT_CANCELLED;
        return move(session, message, MT_CANCELLED);
    case MT_UNCERTAIN:
        *ret_state = MT_FAILED;
        return move(session, message, MT_FAILED);
    case MT_SUBMITTING:
        return cancel_submitting(session, message);
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
    return ctl_refuse("message %" PRId64 " is %s: there is nothing left to cancel", message->id,
                      mt_state_to_string(message->state));
}

/* A whole broadcast: what is not sent yet. */
static int cancel_broadcast(struct ctl *ctl, struct session *session)
{
    static const struct column columns[] = {{"id", "BROADCAST", true}, {"cancelled", "CANCELLED", true}};
    struct error error = {0};
    char job[JOB_NAME_MAX], detail[64];
    int64_t id = 0, cancelled, known;
    int status = option_number(ctl, "--broadcast", 1, INT64_MAX, &id);
    if (!status)
        status = session_open(session, ctl, STORE_WRITE);
    if (status || (status = session_begin(session)))
        return status;
    (void)snprintf(job, sizeof job, "broadcast:%" PRId64, id);
    int r = store_job_cancel(session->store, job, session_now_ms(session), &cancelled, &known, &error);
    if (r)
        return ctl_failed(r, &error);
    if (known == 0)
        return ctl_refuse("there is no broadcast %" PRId64, id);
    if (cancelled == 0)
        return ctl_refuse("broadcast %" PRId64 ": there is nothing left to cancel", id);
    (void)snprintf(detail, sizeof detail, "%" PRId64 " of %" PRId64, cancelled, known);
    status = session_commit(session, "outbox.cancel", job, detail);
    if (status)
        return status;
    struct listing list;
    listing_begin(&list, ctl->json, columns, 2);
    listing_number(&list, id);
    listing_number(&list, cancelled);
    listing_end(&list, "");
    return CTL_DONE;
}

int ctl_outbox_cancel(struct ctl *ctl)
{
    static struct mt_message message;
    CLEANUP(session_close) struct session session = {0};
    bool whole = args_get(&ctl->args, "--broadcast") != NULL;
    if (whole == (ctl->args.n_words > 0))
        return ctl_usage(ctl, "expected the number of a message, or --broadcast with that of a broadcast");
    if (whole)
        return cancel_broadcast(ctl, &session);
    int status = find_message(ctl, &session, &message);
    if (status)
        return status;
    char detail[64];
    enum mt_state state = message.state;
    (void)snprintf(detail, sizeof detail, "was %s", mt_state_to_string(message.state));
    status = cancel(&session, &message, &state);
    if (!status)
        status = session_commit(&session, "outbox.cancel", message.uid, detail);
    return status ? status
                  : print_queued(ctl, message.id, message.recipient, mt_state_to_string(state), (size_t)message.parts);
}
