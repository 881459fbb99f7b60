/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/judge/assess.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "core/judge/conversation.h"
#include "core/judge/merge.h"
#include "core/judge/place.h"
#include "core/judge/question.h"
#include "core/judge/report_month.h"
#include "core/judge/rule_mention.h"
#include "settings/settings.h"
#include "store/contact.h"

struct judge {
    const struct box *box;
    const struct assess_input *input;
    struct day today; /* of the SCTS, in the village */
    struct assessment *out;
    struct error *error;
};

static bool has_store(const struct judge *judge)
{
    return judge->box->store && judge->out->area_id != 0;
}

static int resolve_month(const struct judge *judge, const struct segment *segment, const struct form *form,
                         int *ret_month)
{
    const struct report_moment moment = {judge->box, judge->out->area_id, judge->input->sent_ms, judge->today};
    *ret_month = MONTH_NONE;
    if (segment->help)
        return 0;
    switch (segment->period.said) {
    case PERIOD_NOT_SAID:
        *ret_month = judge->input->month;
        return judge->input->month != 0 ? 0 : report_month(&moment, form, ret_month, judge->error);
    case PERIOD_SAID:
        *ret_month = segment->period.month;
        return 0;
    case PERIOD_BAD:
        return 0;
    }
    return 0;
}

/* Words of the place's name with a number behind ("melati 2") were an unknown key to the reader. */
static void explain_place(struct assessment *out)
{
    for (size_t i = 0; i < out->reading.n_segments; i++) {
        struct segment *segment = &out->reading.segments[i];
        size_t kept = 0;
        for (size_t j = 0; j < segment->n_problems; j++) {
            const struct problem *problem = &segment->problems[j];
            bool named = false;
            for (size_t k = 0; k < out->reading.n_places && k < READING_PLACES_MAX; k++) {
                const struct view *said = &out->reading.places[k].said;
                named |= problem->token.at >= said->at && problem->token.at < said->at + said->len;
            }
            if (problem->code != PROBLEM_UNKNOWN_KEY || !named)
                segment->problems[kept++] = *problem;
        }
        segment->n_problems = kept;
    }
}

static int take_own_area(void *data, const struct area *area)
{
    struct assessment *out = data;
    if (area->level >= AREA_DESA)
        out->own[out->n_own++] = *area;
    return out->n_own == CONTACT_AREAS_MAX;
}

/* Of a sender with several areas the one that is named, else the one that the conversation is about. */
static int find_place_among(const struct judge *judge)
{
    struct assessment *out = judge->out;
    int result = place_find_among(judge->box, out->own, out->n_own, &out->reading, &out->place, judge->error);
    int64_t goes_on = conversation_only_area(&out->conversation, &out->reading, box_set(judge->box, (size_t)out->set));
    if (result < 0 || out->place.verdict != PLACE_OF_WHICH || out->place.names_village || goes_on == 0)
        return result;
    out->place.verdict = PLACE_NAMED;
    return store_area_by_id(judge->box->store, goes_on, &out->place.area, judge->error);
}

static int find_place(const struct judge *judge)
{
    struct assessment *out = judge->out;
    out->area_id = judge->input->area_id;
    out->place.verdict = PLACE_OWN;
    if (!has_store(judge))
        return 0;
    int result = out->n_own > 1 ? find_place_among(judge)
                                : place_find(judge->box, out->area_id, &out->reading, &out->place, judge->error);
    if (result == 0 && out->place.verdict == PLACE_NAMED) {
        out->area_id = out->place.area.id;
        explain_place(out);
    }
    return result;
}

/* A part of the village in a heading is only a place where the report is a posyandu's anyway. */
static int drop_area_question(const struct judge *judge)
{
    struct assessment *out = judge->out;
    struct area area;
    bool asked = false;
    out->asked_area[0] = '\0';
    for (size_t i = 0; i < out->reading.n_segments; i++)
        asked |= out->reading.segments[i].question == QUESTION_AREA;
    if (!asked || !has_store(judge))
        return 0;
    int result = store_area_by_id(judge->box->store, out->area_id, &area, judge->error);
    if (result == -ENOENT)
        return 0;
    if (result == 0)
        (void)snprintf(out->asked_area, sizeof out->asked_area, "%s", area.name);
    bool posyandu = result == 0 && area_code_level(view_of(area.code)) == AREA_POSYANDU;
    for (size_t i = 0; i < out->reading.n_segments && posyandu; i++) {
        struct segment *segment = &out->reading.segments[i];
        segment->question = segment->question == QUESTION_AREA ? QUESTION_NONE : segment->question;
    }
    return result;
}

/* The month that the sender's last report says, but for a report of its own where that one was refused. */
static void take_month(const struct judge *judge, struct assessed *assessed)
{
    const struct assessment *out = judge->out;
    int calendar = assessed->month, back = judge->box->settings->accept_months_back;
    conversation_month(&out->conversation, &out->reading, out->area_id, assessed);
    if (assessed->month == calendar || month_judge(assessed->month, judge->today, back) == PERIOD_OK ||
        !conversation_is_new(&out->reading, assessed->form, assessed->segment))
        return;
    assessed->month = calendar;
    assessed->question = assessed->segment->question;
}

/* Reads with one set and resolves every segment's month. */
static int read_with(const struct judge *judge, size_t set_index)
{
    struct assessment *out = judge->out;
    const struct box *box = judge->box;
    out->set = (int)set_index;
    struct reader_context context = conversation_context(&out->conversation, box_set(box, set_index));
    reader_read(box->settings->sets[set_index].lexicon, judge->input->text, judge->today, &context, box->workspace,
                &out->reading);
    conversation_answer(&out->conversation, box_set(box, set_index), &out->reading);
    out->n_segments = 0;
    int result = find_place(judge);
    if (result == 0)
        result = drop_area_question(judge);
    if (result == 0 && has_store(judge) && out->place.verdict == PLACE_OWN)
        result = conversation_area(box, out, judge->error);
    for (size_t i = 0; i < out->reading.n_segments && result == 0; i++) {
        struct segment *segment = &out->reading.segments[i];
        struct assessed *assessed = &out->segments[i];
        *assessed =
            (struct assessed){.form_index = segment->form, .form = &box_set(box, set_index)->forms[segment->form]};
        assessed->confirm_rule = assessed->asked_key = -1;
        if (segment->form == out->reading.remark_form)
            assessed->remark = out->reading.remark;
        assessed->question = segment->question;
        assessed->month_said = segment->period.said == PERIOD_SAID;
        result = resolve_month(judge, segment, assessed->form, &assessed->month);
        assessed->segment = segment;
        take_month(judge, assessed);
        out->n_segments++;
    }
    return result;
}

/* The set that the first month out of the read set's time picks; the read one where there is none. */
static size_t set_picked(const struct judge *judge, size_t read)
{
    for (size_t i = 0; i < judge->out->n_segments; i++) {
        int month = judge->out->segments[i].month;
        if (month != MONTH_NONE && box_set_for(judge->box, month) != read)
            return box_set_for(judge->box, month);
    }
    return read;
}

/* Segments of one form and month become one; the reader did it where the message says both alike. */
static void merge_segments(struct assessment *out)
{
    size_t kept = 0;
    for (size_t i = 0; i < out->n_segments; i++) {
        struct assessed *here = &out->segments[i], *first = NULL;
        for (size_t j = 0; j < kept && here->month != MONTH_NONE && !here->form->adds && !first; j++) {
            if (out->segments[j].form_index == here->form_index && out->segments[j].month == here->month)
                first = &out->segments[j];
        }
        if (first) {
            segment_merge(first->segment, here->segment);
            first->month_said |= here->month_said;
        } else {
            if (kept != i)
                out->segments[kept] = *here;
            kept++;
        }
    }
    out->n_segments = kept;
}

static struct problem *add_problem(struct assessed *assessed, enum problem_code code, struct view token)
{
    KABAR_ASSERT(assessed->n_problems < ASSESSED_PROBLEMS_MAX);
    struct problem *problem = &assessed->problems[assessed->n_problems++];
    *problem =
        (struct problem){.code = code, .token = token, .key = -1, .near = {-1, -1}, .rule = -1, .either = {-1, -1}};
    return problem;
}

/* Whether the month stands; names what is wrong with it. */
static bool judge_month(const struct judge *judge, struct assessed *assessed)
{
    const struct period_mention *said = &assessed->segment->period;
    if (said->said == PERIOD_BAD) {
        bool named = false;
        for (size_t i = 0; i < assessed->n_problems; i++)
            named |= assessed->problems[i].code == PROBLEM_BAD_PERIOD;
        if (!named)
            add_problem(assessed, PROBLEM_BAD_PERIOD, said->token);
        return false;
    }
    switch (month_judge(assessed->month, judge->today, judge->box->settings->accept_months_back)) {
    case PERIOD_OK:
        return true;
    case PERIOD_FUTURE:
        add_problem(assessed, PROBLEM_FUTURE_PERIOD, said->token);
        return false;
    case PERIOD_TOO_OLD:
        add_problem(assessed, PROBLEM_TOO_OLD, said->token);
        return false;
    }
    return false;
}

static void list_codes(const struct form *form, const char *ret_codes[FORM_KEYS_MAX])
{
    for (size_t i = 0; i < form->n_keys; i++)
        ret_codes[i] = form->keys[i].code;
}

static int stored_values(const struct judge *judge, const struct form *form, int month, int *ret_values)
{
    const char *codes[FORM_KEYS_MAX];
    list_codes(form, codes);
    for (size_t i = 0; i < form->n_keys; i++)
        ret_values[i] = -1;
    if (!has_store(judge))
        return 0;
    return store_current_values(judge->box->store, judge->out->area_id, month, form->code, codes, form->n_keys,
                                ret_values, judge->error);
}

/* What the rules see: what was sent over what is stored; a part sent but unreadable is unknown. */
static int gather_values(const struct judge *judge, struct assessed *assessed)
{
    const struct form *form = assessed->form;
    int result = form->adds ? 0 : stored_values(judge, form, assessed->month, assessed->merged);
    if (result == 0)
        result = stored_values(judge, form, assessed->month - 1, assessed->before);
    for (size_t i = 0; i < form->n_keys && result == 0; i++) {
        int sent = assessed->values[i];
        if (sent >= 0) {
            assessed->corrects |= assessed->merged[i] >= 0 && assessed->merged[i] != sent;
            assessed->news |= assessed->merged[i] != sent ? UINT64_C(1) << i : 0;
            assessed->merged[i] = sent;
        } else if (assessed->segment->unreadable & UINT64_C(1) << i) {
            assessed->merged[i] = -1;
        }
    }
    return result;
}

/* Of the keys sent the one that the rule names first, so that an answer can point at it. */
static struct view rule_token(const struct assessed *assessed, const struct rule *rule)
{
    const char *first = NULL;
    struct view token = assessed->segment->token;
    for (size_t i = 0; i < assessed->segment->n_fields; i++) {
        const struct field *field = &assessed->segment->fields[i];
        const char *at = rule_mention(rule, assessed->form->keys[field->key].code);
        if (at && field->token.len > 0 && (!first || at < first)) {
            first = at;
            token = field->token;
        }
    }
    return token;
}

/* A rule over a part that was sent but could not be read is unknown, whatever its coalesce() makes of what is missing.
 */
static bool is_unreadable(const struct assessed *assessed, const struct rule *rule)
{
    for (size_t i = 0; i < assessed->form->n_keys; i++) {
        if (assessed->segment->unreadable & UINT64_C(1) << i && rule_mention(rule, assessed->form->keys[i].code))
            return true;
    }
    return false;
}

/* Whether the rule would check something that was sent against a total that was sent, too, and can't be read. */
static bool is_unchecked(const struct assessed *assessed, const struct rule *rule)
{
    if (!(assessed->segment->unreadable & 1) || !rule_mention(rule, assessed->form->keys[0].code))
        return false;
    for (size_t i = 1; i < assessed->form->n_keys; i++) {
        if (assessed->values[i] > 0 && rule_mention(rule, assessed->form->keys[i].code))
            return true;
    }
    return false;
}

/* Returns 0 with the failed rules added; *ret_rejected where an error rule is among them. */
static int try_rules(const struct judge *judge, struct assessed *assessed, bool *ret_rejected)
{
    enum rule_verdict verdicts[FORM_RULES_MAX];
    const struct form *form = assessed->form;
    int result = gather_values(judge, assessed);
    if (result == 0)
        result = rules_check(judge->box->rules[judge->out->set], assessed->form_index, assessed->month,
                             assessed->merged, assessed->before, verdicts, judge->error);
    *ret_rejected = false;
    for (size_t i = 0; i < form->n_rules && result == 0; i++) {
        if (assessed->question == QUESTION_NONE && is_unchecked(assessed, &form->rules[i]))
            assessed->question = QUESTION_TALK; /* is it all of them? */
        if (verdicts[i] != RULE_FAILS || is_unreadable(assessed, &form->rules[i]))
            continue;
        if (form->rules[i].kind == RULE_ADVISE) {
            assessed->advice |= UINT64_C(1) << i;
            continue;
        }
        if (form->rules[i].kind == RULE_CONFIRM) {
            if (assessed->confirm_rule < 0 && question_is_news(assessed, &form->rules[i]))
                assessed->confirm_rule = (int)i;
            continue;
        }
        add_problem(assessed, PROBLEM_RULE, rule_token(assessed, &form->rules[i]))->rule = (int)i;
        *ret_rejected = true;
    }
    return result;
}

/* What the village has not said, and its posyandu have: that counts, and the answer names it. */
static int look_at_posyandu(const struct judge *judge, struct assessed *assessed)
{
    const struct form *form = assessed->form;
    const char *codes[FORM_KEYS_MAX];
    if (!has_store(judge) || form->adds)
        return 0;
    list_codes(form, codes);
    int result = store_posyandu_values(judge->box->store, judge->out->area_id, assessed->month, form->code, codes,
                                       form->n_keys, assessed->filled, judge->error);
    for (size_t i = 0; i < form->n_keys; i++)
        if (assessed->merged[i] >= 0)
            assessed->filled[i] = -1;
    return result;
}

/* What the message says, before anything is judged. */
static void begin_segment(struct assessed *assessed)
{
    const struct segment *segment = assessed->segment;
    for (size_t i = 0; i < FORM_KEYS_MAX; i++)
        assessed->values[i] = assessed->merged[i] = assessed->before[i] = assessed->filled[i] = -1;
    memcpy(assessed->problems, segment->problems, segment->n_problems * sizeof *segment->problems);
    assessed->n_problems = segment->n_problems;
    assessed->confirm_rule = -1;
    assessed->advice = 0;
    assessed->corrects = false;
    assessed->news = 0;
    for (size_t i = 0; i < segment->n_fields; i++)
        assessed->values[segment->fields[i].key] = segment->fields[i].value;
}

/* A long example of the card, to the letter: copied to try it out, and hardly a month's numbers. */
static bool is_example(const struct judge *judge, const struct assessed *assessed)
{
    enum { CHANCE = 6 }; /* so many numbers are not the same by chance */
    const int *example = box_example(judge->box, (size_t)judge->out->set, assessed->form_index);
    size_t n = 0;
    for (size_t i = 0; i < assessed->form->n_keys; i++) {
        if (assessed->values[i] != example[i])
            return false;
        n += example[i] >= 0;
    }
    return n >= CHANCE;
}

static int judge_segment(const struct judge *judge, struct assessed *assessed)
{
    const struct segment *segment = assessed->segment;
    begin_segment(assessed);
    if (segment->help) {
        assessed->status = STATUS_HELP;
        return 0;
    }
    bool allowed = form_is_for(assessed->form, judge->input->roles);
    if (!allowed)
        add_problem(assessed, PROBLEM_NOT_ALLOWED, segment->token);
    bool in_time = allowed && judge_month(judge, assessed), failed = false;
    assessed->status = STATUS_REJECTED;
    if (!in_time || segment->n_fields == 0) {
        question_asked_back(assessed);
        return 0;
    }
    int result = try_rules(judge, assessed, &failed);
    question_asked_back(assessed);
    if (result < 0 || failed)
        return result;
    if (assessed->question == QUESTION_NONE && assessed->confirm_rule >= 0 && has_store(judge) && !assessed->confirmed)
        question_jump(assessed);
    if (assessed->question == QUESTION_NONE && !assessed->confirmed && is_example(judge, assessed))
        assessed->question = QUESTION_TALK;
    if (assessed->question != QUESTION_NONE) {
        assessed->status = STATUS_HELD;
        question_number(assessed);
    } else
        assessed->status = assessed->n_problems > 0 || segment->problems_dropped > 0 ? STATUS_PARTIAL : STATUS_ACCEPTED;
    return look_at_posyandu(judge, assessed);
}

/* Which of the month a report that adds is; others of the same message come before it. */
static int count_before(const struct judge *judge, struct assessed *assessed)
{
    const struct assessment *out = judge->out;
    const struct report_place place = {out->area_id, assessed->month, assessed->form->code};
    int64_t nth = 1;
    assessed->nth = 0;
    if (!assessed->form->adds || assessed->status == STATUS_HELP || assessed->status == STATUS_REJECTED)
        return 0;
    int result = has_store(judge)
                     ? store_report_nth(judge->box->store, &place, INT64_MAX, assessed->amends, &nth, judge->error)
                     : 0;
    for (const struct assessed *other = out->segments; other < assessed; other++)
        nth += other->nth > 0 && other->form == assessed->form && other->month == assessed->month;
    assessed->nth = (int)nth;
    return result;
}

/* With the numbers that it goes on from. A report of its own that holds by itself is not refused for them. */
static int judge_in_conversation(const struct judge *judge, struct assessed *assessed)
{
    struct assessment *out = judge->out;
    struct segment *segment = assessed->segment;
    size_t n_own = segment->n_fields;
    struct field own[FORM_KEYS_MAX];
    memcpy(own, segment->fields, n_own * sizeof *own);
    int result =
        conversation_merge(judge->box, &out->conversation, &out->reading, out->area_id, assessed, judge->error);
    if (result == 0)
        result = judge_segment(judge, assessed);
    bool whole = conversation_is_new(&out->reading, assessed->form, segment);
    if (result < 0 || assessed->status != STATUS_REJECTED || segment->n_fields == n_own || !whole)
        return result;
    memcpy(segment->fields, own, n_own * sizeof *own);
    segment->n_fields = n_own;
    return judge_segment(judge, assessed);
}

int assess(const struct box *box, const struct assess_input *input, struct assessment *ret_assessment,
           struct error *error)
{
    struct judge judge = {
        .box = box, .input = input, .today = zone_local(input->sent_ms).day, .out = ret_assessment, .error = error};
    ret_assessment->text = input->text;
    ret_assessment->sent_ms = input->sent_ms;
    ret_assessment->n_own = 0;
    int result = conversation_load(box, input, &ret_assessment->conversation, error);
    if (result == 0 && box->store && input->contact_id != 0 && input->area_id != 0)
        result = store_contact_areas(box->store, input->contact_id, take_own_area, ret_assessment, error);
    if (result < 0)
        return result;
    size_t set = input->set >= 0 ? (size_t)input->set : box_set_for(box, month_of(judge.today));
    result = read_with(&judge, set);
    if (result == 0 && input->set < 0 && set_picked(&judge, set) != set)
        result = read_with(&judge, set_picked(&judge, set));
    if (result < 0)
        return result;
    merge_segments(ret_assessment);
    for (size_t i = 0; i < ret_assessment->n_segments && result == 0; i++)
        if ((result = judge_in_conversation(&judge, &ret_assessment->segments[i])) == 0)
            result = count_before(&judge, &ret_assessment->segments[i]);
    return result;
}
