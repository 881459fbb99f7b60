/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a reading comes to as an answer to what the box asked. */
#include <string.h>

#include "core/judge/conversation.h"
#include "core/judge/merge.h"

/* The one number that is asked about, by its key in the report's form; -1: it is not one. */
static int asked_key(const struct stored_report *held)
{
    return held->form ? form_key(held->form, held->found.question_field) : -1;
}

static void answer_with(struct reading *reading, enum command command)
{
    reading->kind = READING_COMMAND;
    reading->command = command;
    reading->command_form = -1;
    reading->n_segments = 0;
}

/* One more segment of the reading, which says nothing yet: it goes on from that report. */
static struct segment *segment_after(const struct set *set, const struct report_found *found, struct reading *reading)
{
    int form = set_form(set, found->form);
    if (form < 0 || reading->n_segments == SEGMENTS_MAX)
        return NULL;
    struct view nothing = {reading->period.token.at, 0};
    struct segment *segment = &reading->segments[reading->n_segments++];
    *segment = (struct segment){.form = form,
                                .period = {PERIOD_SAID, found->period, nothing},
                                .token = nothing,
                                .form_from = FORM_OF_CONTEXT,
                                .question_token = nothing};
    if (found->period == MONTH_NONE)
        segment->period.said = PERIOD_NOT_SAID;
    reading->kind = READING_REPORT;
    reading->command = COMMAND_NONE;
    reading->n_places = 0;
    return segment;
}

/* The held report as if it had just been sent, to be corrected. */
static struct segment *segment_of_held(const struct set *set, const struct stored_report *held, struct reading *reading)
{
    struct segment *segment = held->form ? segment_after(set, &held->found, reading) : NULL;
    if (!segment)
        return NULL;
    struct view nothing = segment->token;
    int form = segment->form;
    for (size_t key = 0; key < held->form->n_keys; key++) {
        int own = form_key(&set->forms[form], held->form->keys[key].code);
        if (held->values[key] >= 0 && own >= 0)
            segment->fields[segment->n_fields++] =
                (struct field){.key = own, .value = held->values[key], .token = nothing, .value_token = nothing};
    }
    return segment;
}

static bool holds_value(const struct stored_reports *held, int value)
{
    for (size_t i = 0; i < held->n; i++)
        for (size_t key = 0; held->report[i].form && key < held->report[i].form->n_keys; key++)
            if (held->report[i].values[key] == value)
                return true;
    return false;
}

/* "15", "bukan bu, 15", "iya 120": the number that was asked about, once more or another. */
static void answer_number(const struct conversation *conversation, const struct set *set, struct reading *reading)
{
    const struct stored_report *only = &conversation->held.report[0];
    int key = conversation->held.n == 1 ? asked_key(only) : -1;
    bool beside = reading->answer == ANSWER_YES && holds_value(&conversation->held, reading->answer_number);
    bool same = key >= 0 ? only->values[key] == reading->answer_number : beside;
    if (same) {
        answer_with(reading, reading->answer == ANSWER_NO ? COMMAND_NO : COMMAND_YES);
        return;
    }
    reading->kind = READING_UNKNOWN;
    reading->command = COMMAND_NONE;
    /* "bukan 12": not that one; which then is not said. */
    struct segment *segment = key >= 0 && !reading->answer_not ? segment_of_held(set, only, reading) : NULL;
    if (!segment)
        return;
    struct field *field = segment_field(segment, form_key(&set->forms[segment->form], only->form->keys[key].code));
    if (field)
        field->value = reading->answer_number;
    reading->answer = ANSWER_YES;
}

/* Whether the segment says the held numbers once more: the one that was asked about, else all of them. */
static bool repeats(const struct stored_report *held, const struct form *form, const struct segment *segment)
{
    bool months = segment->period.said == PERIOD_NOT_SAID || segment->period.month == held->found.period;
    int asked = asked_key(held);
    size_t same = 0, all = 0;
    bool has_asked = false;
    if (!held->form || strcmp(held->found.form, form->code) != 0 || !months || segment->n_problems > 0)
        return false;
    for (size_t key = 0; key < held->form->n_keys; key++)
        all += held->values[key] >= 0;
    for (size_t i = 0; i < segment->n_fields; i++) {
        int key = form_key(held->form, form->keys[segment->fields[i].key].code);
        if (key < 0 || held->values[key] != segment->fields[i].value)
            return false;
        same++;
        has_asked = has_asked || key == asked;
    }
    return same > 0 && (same == all || has_asked);
}

/* Each of the held reports, and nothing else. */
static bool repeats_all(const struct stored_reports *held, const struct set *set, const struct reading *reading)
{
    if (reading->n_segments != held->n)
        return false;
    for (size_t i = 0; i < held->n; i++) {
        bool found = false;
        for (size_t j = 0; j < reading->n_segments; j++) {
            const struct segment *segment = &reading->segments[j];
            found = found || repeats(&held->report[i], &set->forms[segment->form], segment);
        }
        if (!found)
            return false;
    }
    return true;
}

/* "bumil", "untuk bumil": the form alone that keys without one were asked about. */
static bool names_form(const struct stored_reports *held, const struct set *set, const struct reading *reading)
{
    const struct report_found *only = &held->report[0].found;
    return held->n == 1 && found_asks(only, QUESTION_FORM) && reading->n_segments == 1 && reading->segments[0].help &&
           strcmp(only->form, set->forms[reading->segments[0].form].code) == 0;
}

/* "okt", "bukan, september": the month of what was held because of it. */
static void answer_month(const struct conversation *conversation, const struct set *set, struct reading *reading)
{
    const struct stored_report *only = &conversation->held.report[0];
    if (conversation->held.n != 1 || !found_asks(&only->found, QUESTION_PERIOD))
        return;
    struct segment *segment = segment_of_held(set, only, reading);
    if (segment)
        segment->period = reading->period;
    reading->answer = ANSWER_YES;
}

static void answer_held(const struct conversation *conversation, const struct set *set, struct reading *reading)
{
    bool command = reading->kind == READING_COMMAND && reading->answer != ANSWER_NONE;
    bool number = reading->answer_number >= 0 && (command || reading->kind == READING_UNKNOWN);
    if (number)
        answer_number(conversation, set, reading);
    else if (reading->kind == READING_REPORT && names_form(&conversation->held, set, reading))
        answer_with(reading, COMMAND_YES);
    else if (reading->kind == READING_REPORT && repeats_all(&conversation->held, set, reading))
        answer_with(reading, reading->answer == ANSWER_NO ? COMMAND_NO : COMMAND_YES);
    else if (reading->kind == READING_UNKNOWN && reading->answer_month)
        answer_month(conversation, set, reading);
}

/* "3" to "Belum ada angkanya: K4"; "oktober" to a month that could not be read. */
static void answer_refused(const struct conversation *conversation, const struct set *set, struct reading *reading)
{
    const struct report_found *asked = conversation_asked_back(conversation);
    if (asked && found_is(asked, STATUS_ACCEPTED) && !reading->refers)
        asked = NULL; /* "ralat 13" is meant for the only number of the last report, "13" may be anything */
    bool yes = reading->kind == READING_COMMAND && reading->answer == ANSWER_YES;
    if (asked && reading->answer_number >= 0 && (yes || reading->kind == READING_UNKNOWN)) {
        struct segment *segment = segment_after(set, asked, reading);
        int key = segment ? form_key(&set->forms[segment->form], asked->question_field) : -1;
        if (key >= 0)
            segment->fields[segment->n_fields++] = (struct field){
                .key = key, .value = reading->answer_number, .token = segment->token, .value_token = segment->token};
        return;
    }
    if (reading->kind != READING_UNKNOWN || !reading->answer_month)
        return;
    for (size_t i = 0; conversation_is_last(conversation, i); i++) {
        bool refused = found_is(&conversation->recent[i], STATUS_REJECTED);
        struct segment *segment = refused ? segment_after(set, &conversation->recent[i], reading) : NULL;
        if (segment)
            segment->period = reading->period;
    }
}

/* Of the forms of the sender's last message one may be the only one that has these keys. */
static void take_form(const struct conversation *conversation, const struct set *set, struct segment *segment)
{
    for (size_t i = 0; segment->form_from == FORM_GUESSED && conversation_is_last(conversation, i); i++) {
        const struct report_found *last = &conversation->recent[i];
        if (strcmp(last->form, set->forms[segment->form].code) != 0 || found_is_cancelled(last))
            continue;
        segment->form_from = FORM_OF_CONTEXT;
        segment->question = segment->question == QUESTION_FORM ? QUESTION_NONE : segment->question;
    }
}

void conversation_answer(const struct conversation *conversation, const struct set *set, struct reading *reading)
{
    if (conversation->held.n > 0)
        answer_held(conversation, set, reading);
    else
        answer_refused(conversation, set, reading);
    for (size_t i = 0; i < reading->n_segments; i++)
        take_form(conversation, set, &reading->segments[i]);
}
