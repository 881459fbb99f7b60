/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/intake/intake_message.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/failpoint.h"
#include "core/command/command.h"
#include "core/intake/guard.h"
#include "core/intake/intake_parts.h"
#include "core/intake/intake_report.h"
#include "core/intake/note.h"
#include "core/intake/number_claim.h"
#include "core/judge/assess.h"
#include "core/judge/place.h"
#include "core/outbox/outbox_queue.h"
#include "core/reply/phrase.h"
#include "core/reply/reply.h"
#include "core/reply/stored.h"
#include "core/score/card_open.h"
#include "parsers/claim.h"
#include "parsers/deliver.h"
#include "settings/settings.h"

struct message {
    struct intake *intake;
    const struct intake_whole *whole;
    struct guarded guarded;
    int64_t sent_ms; /* believable */
    int64_t mo_id;
    enum mo_outcome outcome;
    struct split split; /* of several posyandu */
    struct reply reply;
};

static const char *locale_of(const struct message *message)
{
    return message->guarded.sender.kind == SENDER_REGISTERED ? message->guarded.sender.contact.locale : "";
}

static int take_id(void *data, const struct mt_message *mt)
{
    struct mt_message *found = data;
    found->id = mt->id;
    found->state = mt->state;
    return 1;
}

/* An incomplete message has one part more. Came it to be whole, what asks to send it again is not worth sending. */
static int grow_message(struct message *message, const struct mo_message *row)
{
    const struct intake *intake = message->intake;
    struct mt_message ask = {0};
    struct mt_filter filter = {.mo_id = row->id, .state_mask = 1U << MT_QUEUED | 1U << MT_RETRY_WAIT, .limit = 1};
    int result = store_mo_message_complete(intake->box->store, row, intake->error);
    if (result == 0 && message->whole->parts_come == message->whole->parts_due)
        result = store_mt_list(intake->box->store, &filter, take_id, &ask, intake->error);
    if (result == 0 && ask.id)
        result = store_mt_move(intake->box->store, ask.id, ask.state, MT_CANCELLED, intake->now.ms, 0, intake->error);
    return result;
}

static int store_message(struct message *message)
{
    const struct intake_whole *whole = message->whole;
    struct intake *intake = message->intake;
    bool number = message->guarded.sender.number[0] == '+';
    struct mo_message row = {
        .id = whole->mo_id,
        .contact_id = message->guarded.sender.contact.id,
        .sent_ms = message->sent_ms,
        .received_ms = whole->received_ms,
        .outcome = message->outcome,
        .parts = (int)whole->n_parts,
        .text = whole->text.at,
    };
    (void)snprintf(row.modem, sizeof row.modem, "%s", whole->modem);
    (void)snprintf(row.sender, sizeof row.sender, "%s", number ? message->guarded.sender.number : whole->address);
    message->mo_id = whole->mo_id;
    int result = FAILPOINT("intake.message", intake->error);
    if (result == 0 && whole->mo_id)
        result = grow_message(message, &row);
    else if (result == 0)
        result = store_mo_message_add(intake->box->store, &row, whole->part_ids, whole->n_parts, &message->mo_id,
                                      intake->error);
    if (result == 0)
        intake->counts.messages += whole->mo_id == 0 || whole->parts_come == whole->parts_due;
    return result;
}

static int queue_reply(struct message *message)
{
    struct intake *intake = message->intake;
    const struct box *box = intake->box;
    const struct outbox_order order = {.kind = MT_REPLY,
                                       .recipient = message->guarded.sender.number,
                                       .contact_id = message->guarded.sender.contact.id,
                                       .mo_id = message->mo_id,
                                       .text = message->reply.text,
                                       .now_ms = intake->now.ms,
                                       .asks_again = message->outcome == MO_INCOMPLETE,
                                       .to_stranger = message->guarded.sender.kind == SENDER_STRANGER};
    int result = FAILPOINT("intake.reply", intake->error);
    if (result < 0 || message->guarded.verdict != GUARD_ANSWER || message->reply.text[0] == '\0')
        return result;
    result = outbox_queue(box, &order, NULL, intake->error);
    if (result == 0 && message->guarded.sender.kind == SENDER_STRANGER)
        result = store_stranger_answered(box->store, message->guarded.sender.number, intake->now.ms, intake->error);
    intake->counts.replies += result == 0;
    return result;
}

static int take_answer(void *data, const struct mt_message *mt)
{
    struct reply *reply = data;
    (void)snprintf(reply->text, sizeof reply->text, "%s", mt->text);
    return 1;
}

/* Whether doing it twice would change something. */
static bool has_effect(const struct reading *reading)
{
    switch (reading->kind) {
    case READING_REPORT:
    case READING_NOTE:
        return true;
    case READING_COMMAND:
        return reading->command == COMMAND_CANCEL || reading->command == COMMAND_YES || reading->command == COMMAND_NO;
    case READING_CHAT:
    case READING_EMPTY:
    case READING_UNKNOWN:
        return false;
    }
    return false;
}

static enum mo_outcome outcome_of(const struct reading *reading)
{
    switch (reading->kind) {
    case READING_REPORT:
        return MO_REPORT;
    case READING_COMMAND:
    case READING_NOTE:
        return MO_COMMAND; /* acted upon: a note is in its own list */
    case READING_CHAT:
        return MO_CHAT;
    case READING_EMPTY:
        return MO_EMPTY;
    case READING_UNKNOWN:
        return MO_UNKNOWN;
    }
    return MO_UNKNOWN;
}

/* The answer that the first one got; to a report that had none (over a cap) what it would have been. */
static int answer_again(struct message *message, const struct assessment *assessment)
{
    const struct box *box = message->intake->box;
    struct mt_filter filter = {.mo_id = message->guarded.resend_of, .limit = 1};
    int result = store_mt_list(box->store, &filter, take_answer, &message->reply, message->intake->error);
    if (result == 0 && message->reply.text[0] == '\0')
        reply_assessment(box, assessment, message->guarded.sender.contact.locale, &message->reply);
    return result;
}

/* Without an area, or with one above the villages, there is nothing that a report could be of. */
static int refuse_reporter(struct message *message)
{
    const struct box *box = message->intake->box;
    const struct contact *contact = &message->guarded.sender.contact;
    struct area area;
    char name[PLACE_NAME_MAX];
    if (contact->area_id == 0) {
        reply_simple(box, contact->locale, REPLY_NO_AREA, NULL, 0, &message->reply);
        return 0;
    }
    int result = store_area_by_id(box->store, contact->area_id, &area, message->intake->error);
    if (result < 0)
        return result;
    (void)deliver_safe(view_of(area.name), PLACE_NAME_MAX / 4, name, sizeof name);
    reply_simple(box, contact->locale, REPLY_NO_REPORTER, &(struct template_value){"area", view_of(name)}, 1,
                 &message->reply);
    return 0;
}

/* Nothing that any form knows. */
static bool is_talk(const struct reading *reading)
{
    for (size_t i = 0; i < reading->n_notes; i++) {
        if (reading->notes[i].form >= 0)
            return false;
    }
    return reading->kind == READING_UNKNOWN && !reading->too_long;
}

/* "ya bu benar": nothing that can be read, while a question waits for its YA. *ret_waits: that is what is answered. */
static int ask_again(struct message *message, const struct assessment *assessment, bool *ret_waits)
{
    struct stored_reports held = {.n = 0};
    struct intake *intake = message->intake;
    const struct contact *contact = &message->guarded.sender.contact;
    int result = 0;
    if (is_talk(&assessment->reading))
        result = stored_held(intake->box, contact->id, intake->now.least_ms, message->sent_ms, &held, intake->error);
    *ret_waits = result == 0 && held.n > 0;
    if (*ret_waits)
        reply_stored(intake->box, contact, REPLY_HELD_WAITS, &held, 0, &message->reply);
    return result;
}

static int take_note(struct message *message, const struct assessment *assessment)
{
    const struct note_order order = {
        .contact = &message->guarded.sender.contact,
        .phone = message->guarded.sender.number,
        .mo_id = message->mo_id,
        .text = message->whole->text,
        .now_ms = message->intake->now.ms,
        .emergency = assessment->reading.emergency,
        .pass = message->guarded.verdict == GUARD_ANSWER,
    };
    return note_take(message->intake->box, &order, &message->reply, message->intake->error);
}

/* Reports, commands and notes of a message that is stored; fills the answer. */
static int act(struct message *message, const struct assess_input *input, const struct assessment *assessment)
{
    struct intake *intake = message->intake;
    const struct box *box = intake->box;
    const struct contact *contact = &message->guarded.sender.contact;
    if (message->guarded.resend_of && has_effect(&assessment->reading))
        return answer_again(message, assessment);
    if (assessment->reading.kind == READING_NOTE)
        return take_note(message, assessment);
    if (assessment->reading.kind == READING_COMMAND) {
        struct command_call call = {
            box, assessment, contact, message->mo_id, message->sent_ms, intake->now.ms, intake->now.least_ms};
        return command_run(&call, &message->reply, intake->error);
    }
    if (assessment->reading.kind == READING_REPORT && !intake_may_report(contact))
        return refuse_reporter(message);
    if (is_talk(&assessment->reading) && claim_asks(box->settings->lang, message->whole->text)) {
        reply_simple(box, contact->locale, REPLY_NUMBER_CLAIM_HERE, NULL, 0, &message->reply);
        return 0;
    }
    bool waits = false;
    int result = ask_again(message, assessment, &waits);
    if (result < 0 || waits)
        return result;
    if (place_is_refused(&assessment->place) && message->split.n == 0) {
        reply_assessment(box, assessment, contact->locale, &message->reply);
        return 0;
    }
    size_t n;
    struct intake_report report = {message->mo_id, contact, assessment, message->sent_ms, intake->now.ms};
    return intake_parts_store(box, &report, input, &message->split, &message->reply, &n, intake->error);
}

/* A registered sender's text is read, kept with what it came to, and acted upon. */
static int handle_registered(struct message *message)
{
    struct intake *intake = message->intake;
    struct assessment *assessment = intake->box->assessment;
    struct assess_input input = {
        .text = message->whole->text,
        .sent_ms = message->sent_ms,
        .area_id = intake_may_report(&message->guarded.sender.contact) ? message->guarded.sender.contact.area_id : 0,
        .contact_id = message->guarded.sender.contact.id,
        .roles = 1U << message->guarded.sender.contact.role,
        .now_ms = intake->now.least_ms,
        .again = message->guarded.resend_of != 0,
        .set = -1,
    };
    if (message->guarded.own != OWN_TEXT_NOT) {
        /* Where it may hold more than what the box wrote, the operator sees it. */
        message->outcome = message->guarded.own == OWN_TEXT_SENT ? MO_CHAT : MO_UNKNOWN;
        return store_message(message);
    }
    int result = assess(intake->box, &input, assessment, intake->error);
    if (result == 0)
        result = split_find(intake->box, &input, assessment, &message->split, intake->error);
    if (result < 0)
        return result;
    message->outcome = outcome_of(&assessment->reading);
    bool homeless = !intake_may_report(&message->guarded.sender.contact) || place_is_refused(&assessment->place);
    if (message->outcome == MO_REPORT && homeless && message->split.n == 0)
        message->outcome = MO_UNKNOWN; /* the operator sees it, and can read it again once the area is known */
    if (message->guarded.verdict != GUARD_ANSWER && message->outcome != MO_CHAT)
        message->outcome = MO_OVER_LIMIT;
    result = store_message(message);
    if (result == 0)
        result = act(message, &input, assessment);
    return result == 0 ? card_revise(intake->box, intake->now.ms, intake->error) : result;
}

/* Everyone else's text is kept; strangers learn once that nobody knows them. */
static int handle_others(struct message *message)
{
    message->outcome = message->guarded.sender.kind == SENDER_UNANSWERABLE ? MO_UNANSWERABLE : MO_UNREGISTERED;
    if (message->guarded.sender.kind == SENDER_STRANGER) {
        bool claimed;
        struct intake *intake = message->intake;
        int result = number_claim_take(intake->box, &message->guarded.sender, message->whole->text, intake->now.ms,
                                       &claimed, intake->error);
        if (result < 0)
            return result;
        reply_simple(intake->box, "", claimed ? REPLY_NUMBER_CLAIMED : REPLY_UNREGISTERED, NULL, 0, &message->reply);
    }
    return store_message(message);
}

/* What is not a person's text, or came without some of its parts. */
static int handle_settled(struct message *message)
{
    const struct intake_whole *whole = message->whole;
    struct intake *intake = message->intake;
    message->outcome = whole->outcome;
    if (whole->outcome == MO_INCOMPLETE && !whole->echo && !whole->mo_id &&
        message->guarded.sender.kind == SENDER_REGISTERED) {
        char received[NUMBER_TEXT_MAX], parts[NUMBER_TEXT_MAX];
        number_write(whole->parts_come, "", received);
        number_write(whole->parts_due, "", parts);
        const struct template_value given[] = {{"received", view_of(received)}, {"parts", view_of(parts)}};
        reply_simple(intake->box, locale_of(message), REPLY_INCOMPLETE, given, 2, &message->reply);
    }
    int result = store_message(message);
    if (result == 0 && whole->echo)
        result = store_mo_message_set_handled(intake->box->store, message->mo_id, intake->now.ms, intake->error);
    return result;
}

int intake_message(struct intake *intake, const struct intake_whole *whole)
{
    struct message message = {.intake = intake, .whole = whole};
    message.sent_ms = moment_sent(moment_zoned(intake->box, whole->smsc, whole->sent_ms), intake->now, NULL);
    const struct guard_input input = {whole->address, whole->text, intake->now.ms, message.sent_ms};
    int result = guard_judge(intake->box, &input, &message.guarded, intake->error);
    if (result < 0)
        return result;
    if (whole->settled)
        result = handle_settled(&message);
    else if (message.guarded.sender.kind == SENDER_REGISTERED)
        result = handle_registered(&message);
    else
        result = handle_others(&message);
    return result < 0 ? result : queue_reply(&message);
}
