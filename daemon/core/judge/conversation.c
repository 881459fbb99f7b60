/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/judge/conversation.h"

#include <stdio.h>
#include <string.h>

#include "core/judge/merge.h"

enum { REMEMBERED_HOURS = 12 };

static int take_recent(void *data, const struct report_found *found)
{
    struct conversation *conversation = data;
    conversation->recent[conversation->n_recent++] = *found;
    return conversation->n_recent == REPORTS_RECENT_MAX;
}

int conversation_load(const struct box *box, const struct assess_input *input, struct conversation *ret_conversation,
                      struct error *error)
{
    ret_conversation->n_recent = ret_conversation->held.n = 0;
    if (!box->store || input->contact_id == 0)
        return 0;
    int result =
        store_report_recent(box->store, input->contact_id, input->sent_ms - REMEMBERED_HOURS * (int64_t)MS_HOUR,
                            input->sent_ms, take_recent, ret_conversation, error);
    return result < 0 || input->again
               ? result
               : stored_held(box, input->contact_id, input->now_ms, input->sent_ms, &ret_conversation->held, error);
}

bool found_is(const struct report_found *found, enum report_status status)
{
    return strcmp(found->status, report_status_to_string(status)) == 0;
}

bool found_asks(const struct report_found *found, enum question question)
{
    return strcmp(found->question, question_to_string(question)) == 0;
}

bool found_is_cancelled(const struct report_found *found)
{
    return strcmp(found->status, "cancelled") == 0;
}

bool conversation_is_last(const struct conversation *conversation, size_t i)
{
    return i < conversation->n_recent && conversation->recent[i].mo_id == conversation->recent[0].mo_id;
}

const struct report_found *conversation_asked_back(const struct conversation *conversation)
{
    const struct report_found *found = NULL;
    for (size_t i = 0; conversation_is_last(conversation, i); i++) {
        const struct report_found *report = &conversation->recent[i];
        if (!report->question_field[0] || found_is(report, STATUS_HELD))
            continue;
        if (found)
            return NULL;
        found = report;
    }
    return found;
}

struct reader_context conversation_context(const struct conversation *conversation, const struct set *set)
{
    const struct report_found *last = conversation->recent;
    struct reader_context context = {.form = -1, .month = MONTH_NONE, .waits = conversation->held.n > 0};
    bool one_form = conversation->n_recent > 0, one_month = one_form;
    for (size_t i = 1; conversation_is_last(conversation, i); i++) {
        one_form = one_form && strcmp(last[i].form, last->form) == 0;
        one_month = one_month && last[i].period == last->period;
    }
    if (one_form && !found_is_cancelled(last))
        context.form = set_form(set, last->form);
    if (one_month)
        context.month = last->period;
    context.asked = !context.waits && conversation_asked_back(conversation) != NULL;
    return context;
}

/* The sender's latest report of that form, of an area (0: of any); NULL: there is none. */
static const struct report_found *conversation_before(const struct conversation *conversation, const char *form,
                                                      int64_t area_id)
{
    for (size_t i = 0; i < conversation->n_recent; i++) {
        const struct report_found *found = &conversation->recent[i];
        if (strcmp(found->form, form) == 0 && (area_id == 0 || found->area_id == area_id))
            return found;
    }
    return NULL;
}

/* Whether it says enough to be a report of its own, and no correction of one. One that adds always does. */
static bool is_whole(const struct form *form, const struct segment *segment)
{
    bool total = form->adds;
    for (size_t i = 0; i < segment->n_fields; i++)
        total = total || segment->fields[i].key == 0;
    return form->no_total && !form->adds ? segment->n_fields > 1 : total;
}

bool conversation_is_new(const struct reading *reading, const struct form *form, const struct segment *segment)
{
    return segment->form_from == FORM_TYPED && !reading->refers && reading->answer == ANSWER_NONE &&
           is_whole(form, segment);
}

static int64_t village_of(const struct area *area)
{
    return area->level == AREA_POSYANDU ? area->parent_id : area->id;
}

int conversation_area(const struct box *box, struct assessment *assessment, struct error *error)
{
    struct area own, there;
    struct reading *reading = &assessment->reading;
    struct segment *segment = &reading->segments[0];
    if (reading->n_segments == 0 || segment->help)
        return 0;
    const struct form *form = &box_set(box, (size_t)assessment->set)->forms[segment->form];
    const struct report_found *before = conversation_before(&assessment->conversation, form->code, 0);
    bool goes_on = reading->refers || segment->form_from != FORM_TYPED;
    if (!before || before->area_id == assessment->area_id || (!goes_on && is_whole(form, segment)))
        return 0;
    int result = store_area_by_id(box->store, assessment->area_id, &own, error);
    if (result == 0)
        result = store_area_by_id(box->store, before->area_id, &there, error);
    if (result < 0 || village_of(&own) != village_of(&there))
        return result;
    assessment->place.verdict = PLACE_NAMED;
    assessment->place.area = there;
    assessment->area_id = there.id;
    (void)snprintf(assessment->asked_area, sizeof assessment->asked_area, "%s", there.name);
    for (size_t i = 0; i < reading->n_segments && !goes_on; i++)
        if (reading->segments[i].question == QUESTION_NONE)
            reading->segments[i].question = QUESTION_AREA;
    return 0;
}

int64_t conversation_only_area(const struct conversation *conversation, const struct reading *reading,
                               const struct set *set)
{
    const struct report_found *recent = conversation->recent;
    bool goes_on = reading->n_segments > 0;
    if (conversation->n_recent == 0)
        return 0;
    for (size_t i = 0; i < reading->n_segments; i++)
        goes_on = goes_on && (reading->refers || reading->segments[i].form_from != FORM_TYPED);
    if (goes_on) {
        const struct form *form = &set->forms[reading->segments[0].form];
        const struct report_found *before = conversation_before(conversation, form->code, 0);
        return before ? before->area_id : 0;
    }
    for (size_t i = 1; i < conversation->n_recent; i++)
        if (recent[i].area_id != recent->area_id)
            return 0;
    for (size_t i = 0; i < reading->n_segments; i++) {
        const struct segment *segment = &reading->segments[i];
        const struct form *form = &set->forms[segment->form];
        if (conversation_is_new(reading, form, segment) && conversation_before(conversation, form->code, 0))
            return 0;
    }
    return recent->area_id;
}

/* Whether the sender's last message reported that form for another month, too. */
static bool has_other_month(const struct conversation *conversation, const struct report_found *before)
{
    for (size_t i = 0; conversation_is_last(conversation, i); i++) {
        const struct report_found *found = &conversation->recent[i];
        if (strcmp(found->form, before->form) == 0 && found->period != before->period)
            return true;
    }
    return false;
}

void conversation_month(const struct conversation *conversation, const struct reading *reading, int64_t area_id,
                        struct assessed *assessed)
{
    struct segment *segment = assessed->segment;
    const struct report_found *before = conversation_before(conversation, assessed->form->code, area_id);
    if (!before || segment->period.said != PERIOD_NOT_SAID || segment->help)
        return;
    bool whole = conversation_is_new(reading, assessed->form, segment), refused = found_is(before, STATUS_REJECTED);
    bool typed = segment->form_from == FORM_TYPED && !reading->refers;
    bool doubted = before->period == MONTH_NONE        ? refused && !whole
                   : before->period == assessed->month ? !typed && has_other_month(conversation, before)
                   : typed                             ? !whole || refused
                                                       : has_other_month(conversation, before);
    if (before->period != MONTH_NONE && (!typed || doubted))
        assessed->month = before->period;
    if (doubted && assessed->question == QUESTION_NONE)
        assessed->question = QUESTION_PERIOD;
}

struct base {
    const struct form *form;
    int values[FORM_KEYS_MAX];
};

static int take_base(void *data, const char *field, int value)
{
    struct base *base = data;
    int key = form_key(base->form, field);
    if (key >= 0)
        base->values[key] = value;
    return 0;
}

static bool still_waits(const struct conversation *conversation, int64_t id)
{
    for (size_t i = 0; i < conversation->held.n; i++)
        if (conversation->held.report[i].found.id == id)
            return true;
    return false;
}

/* Sorted by key: what was sent in two messages has no other order. */
static void add_base(struct segment *segment, const struct base *base)
{
    struct field fields[FORM_KEYS_MAX];
    struct view nothing = {segment->token.at, 0};
    size_t n = 0;
    for (int key = 0; key < (int)base->form->n_keys; key++) {
        const struct field *own = segment_field(segment, key);
        bool unreadable = segment->unreadable >> key & 1;
        if (own)
            fields[n++] = *own;
        else if (base->values[key] >= 0 && !unreadable)
            fields[n++] =
                (struct field){.key = key, .value = base->values[key], .token = nothing, .value_token = nothing};
    }
    memcpy(segment->fields, fields, n * sizeof *fields);
    segment->n_fields = n;
}

/* Whether the number that jumped is said once more, or a yes stands beside what else is corrected. */
static bool is_confirmed(const struct report_found *before, const struct base *base, const struct reading *reading,
                         struct segment *segment)
{
    int key = form_key(base->form, before->question_field);
    const struct field *asked = key >= 0 ? segment_field(segment, key) : NULL;
    return found_asks(before, QUESTION_JUMP) &&
           (asked ? asked->value == base->values[key] : reading->answer == ANSWER_YES);
}

/* What was asked before stays the question, unless this message settles it. */
static void ask_again(const struct report_found *before, const struct reading *reading, struct assessed *assessed)
{
    struct segment *segment = assessed->segment;
    int key = form_key(assessed->form, before->question_field);
    bool corrected = key >= 0 && segment_field(segment, key) != NULL;
    bool typed = found_asks(before, QUESTION_FORM) && segment->form_from == FORM_TYPED;
    bool said =
        found_asks(before, QUESTION_PERIOD) && segment->period.said == PERIOD_SAID && segment->form_from == FORM_TYPED;
    if (reading->answer == ANSWER_YES || corrected || typed || said || assessed->question != QUESTION_NONE)
        return;
    for (enum question question = QUESTION_JUMP + 1; question < QUESTION_COUNT; question++)
        if (found_asks(before, question))
            assessed->question = question;
    assessed->asked_key = assessed->question == QUESTION_NONE ? -1 : key;
}

/* What is said of a report that adds, and no report of its own, takes its place: added to it, it would count twice. */
static int merge_amended(const struct box *box, const struct conversation *conversation, const struct reading *reading,
                         const struct report_found *before, struct assessed *assessed, struct error *error)
{
    struct base base = {.form = assessed->form};
    bool refused = found_is(before, STATUS_REJECTED), held = found_is(before, STATUS_HELD);
    bool counts = found_is(before, STATUS_ACCEPTED) || found_is(before, STATUS_PARTIAL);
    if (conversation_is_new(reading, assessed->form, assessed->segment) ||
        !(refused || counts || (held && still_waits(conversation, before->id))))
        return 0;
    for (size_t key = 0; key < FORM_KEYS_MAX; key++)
        base.values[key] = -1;
    int result = refused ? store_draft_values(box->store, before->id, take_base, &base, error)
                         : store_report_values(box->store, before->id, take_base, &base, error);
    assessed->amends = counts ? before->id : before->amends;
    assessed->goes_on_from = before->id;
    if (!counts) {
        assessed->confirmed = held && is_confirmed(before, &base, reading, assessed->segment);
        ask_again(before, reading, assessed);
    }
    if (result == 0)
        add_base(assessed->segment, &base);
    return result;
}

int conversation_merge(const struct box *box, const struct conversation *conversation, const struct reading *reading,
                       int64_t area_id, struct assessed *assessed, struct error *error)
{
    struct segment *segment = assessed->segment;
    const struct report_found *before = conversation_before(conversation, assessed->form->code, area_id);
    struct base base = {.form = assessed->form};
    bool moved = segment->form_from == FORM_OF_CONTEXT && segment->n_fields == 0 && segment->n_problems == 0;
    bool nameless = segment->n_fields == 0 && segment->unreadable == 0;
    bool same_month = before && (before->period == assessed->month || before->period == MONTH_NONE);
    if (!before || segment->help || !(moved || (same_month && !nameless)))
        return 0;
    if (assessed->form->adds)
        return merge_amended(box, conversation, reading, before, assessed, error);
    bool refused = found_is(before, STATUS_REJECTED), fresh = conversation_is_new(reading, assessed->form, segment);
    bool held = found_is(before, STATUS_HELD) && still_waits(conversation, before->id);
    bool sure = !before->question[0] || found_asks(before, QUESTION_JUMP) || found_asks(before, QUESTION_CHANGE);
    if ((!refused && !held) || (fresh && !sure))
        return 0;
    for (size_t key = 0; key < FORM_KEYS_MAX; key++)
        base.values[key] = -1;
    int result = refused ? store_draft_values(box->store, before->id, take_base, &base, error)
                         : store_report_values(box->store, before->id, take_base, &base, error);
    if (fresh && found_asks(before, QUESTION_CHANGE) && before->question_field[0])
        (void)take_base(&base, before->question_field, -1);
    assessed->confirmed = held && is_confirmed(before, &base, reading, segment);
    if (!fresh)
        ask_again(before, reading, assessed);
    if (result == 0)
        add_base(segment, &base);
    return result;
}
