/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/intake/reparse.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "core/intake/intake_parts.h"
#include "core/judge/assess.h"
#include "core/judge/place.h"
#include "core/outbox/outbox_queue.h"
#include "core/reply/reply.h"
#include "core/score/card_open.h"
#include "store/mo.h"

enum { TEXT_MAX_BYTES = 1 << 20 };

struct found {
    struct mo_message message;
    struct buf text; /* the message's, which the assessment points into */
};

static void found_deinit(struct found *found)
{
    buf_deinit(&found->text);
}

static int take_message(void *data, const struct mo_message *message)
{
    struct found *found = data;
    found->message = *message;
    buf_puts(&found->text, message->text);
    return 1;
}

static bool waits(enum mo_outcome outcome)
{
    return outcome == MO_UNKNOWN || outcome == MO_INCOMPLETE || outcome == MO_UNREGISTERED;
}

static int find(const struct box *box, int64_t mo_id, struct found *found, struct contact *ret_contact,
                struct error *error)
{
    struct mo_filter filter = {.id = mo_id, .limit = 1};
    const struct mo_message *message = &found->message;
    int result = store_mo_list(box->store, &filter, take_message, found, error);
    if (result < 0)
        return result;
    if (message->id == 0)
        return error_set(error, -ENOENT, "no message %lld was received", (long long)mo_id);
    if (message->outcome == MO_UNREAD || message->outcome == MO_NOT_TEXT)
        return error_set(error, -EINVAL,
                         "message %lld is %s: it has no readable text or date; answer it: kabarctl reply %lld TEXT",
                         (long long)mo_id, mo_outcome_to_string(message->outcome), (long long)mo_id);
    if (!waits(message->outcome))
        return error_set(error, -EINVAL, "message %lld was read as %s: what was understood is not read again",
                         (long long)mo_id, mo_outcome_to_string(message->outcome));
    result = store_contact_by_phone(box->store, message->sender, ret_contact, error);
    if (result == -ENOENT || (result == 0 && ret_contact->state != CONTACT_ACTIVE))
        return error_set(error, -EINVAL, "message %lld: %s is not registered: kabarctl contact add or approve first",
                         (long long)mo_id, message->sender);
    if (result == 0 && !intake_may_report(ret_contact))
        return error_set(error, -EINVAL,
                         "message %lld: %s is registered without a village or posyandu: kabarctl contact move %s",
                         (long long)mo_id, message->sender, message->sender);
    return result;
}

/* By hand, since the first answer ("not understood") stands already. */
static int queue_answer(const struct box *box, const struct found *found, const struct contact *contact,
                        const struct reply *reply, int64_t now_ms, int64_t *ret_id, struct error *error)
{
    const struct outbox_order order = {.kind = MT_MANUAL,
                                       .recipient = contact->phone,
                                       .contact_id = contact->id,
                                       .mo_id = found->message.id,
                                       .text = reply->text,
                                       .now_ms = now_ms};
    if (reply->text[0] == '\0')
        return 0;
    return outbox_queue(box, &order, ret_id, error);
}

static int store_reports(const struct box *box, const struct found *found, const struct contact *contact,
                         const struct assess_input *input, const struct split *split, bool answer,
                         struct reparsed *reparsed, struct error *error)
{
    struct reply reply;
    int64_t now_ms = input->now_ms;
    struct intake_report report = {
        .mo_id = found->message.id,
        .contact = contact,
        .assessment = box->assessment,
        .sent_ms = box->assessment->sent_ms,
        .created_ms = now_ms,
    };
    int result = intake_parts_store(box, &report, input, split, &reply, &reparsed->reports, error);
    if (result == 0 && answer)
        result = queue_answer(box, found, contact, &reply, now_ms, &reparsed->answer_id, error);
    if (result == 0)
        result = card_revise(box, now_ms, error);
    if (result == 0)
        result = store_mo_message_set_outcome(box->store, found->message.id, MO_REPORT, error);
    if (result == 0)
        result = store_mo_message_set_handled(box->store, found->message.id, now_ms, error);
    return result;
}

int reparse(const struct box *box, int64_t mo_id, bool answer, int64_t now_ms, struct reparsed *ret_reparsed,
            struct error *error)
{
    CLEANUP(found_deinit) struct found found = {0};
    struct contact contact = {0};
    struct reparsed reparsed = {0};
    buf_init(&found.text, TEXT_MAX_BYTES);
    int result = find(box, mo_id, &found, &contact, error);
    if (result < 0)
        return result;
    struct assess_input input = {
        .text = {found.text.text, found.text.len},
        .sent_ms = found.message.sent_ms ? found.message.sent_ms : found.message.received_ms,
        .area_id = contact.area_id,
        .contact_id = contact.id,
        .roles = 1U << contact.role,
        .now_ms = now_ms,
        .set = -1,
    };
    struct split split = {.n = 0};
    result = assess(box, &input, box->assessment, error);
    if (result == 0)
        result = split_find(box, &input, box->assessment, &split, error);
    if (result < 0)
        return result;
    if (box->assessment->reading.kind != READING_REPORT)
        return REPARSE_NOTHING;
    if (place_is_refused(&box->assessment->place) && split.n == 0)
        return error_set(
            error, -EINVAL,
            "message %lld names another village, or no posyandu of %s %s for certain: kabarctl area add it, "
            "or contact move %s",
            (long long)mo_id, box->assessment->place.village.code, box->assessment->place.village.name, contact.phone);
    result = store_reports(box, &found, &contact, &input, &split, answer, &reparsed, error);
    if (result < 0)
        return result;
    *ret_reparsed = reparsed;
    return REPARSE_STORED;
}
