/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/reply/reply.h"

#include <stdio.h>
#include <string.h>

#include "core/reply/phrase.h"
#include "core/reply/place_text.h"
#include "core/reply/problem_text.h"
#include "core/reply/rule_text.h"
#include "core/reply/unknown_text.h"
#include "parsers/deliver.h"
#include "parsers/gsm7.h"

struct report_reply {
    const struct box *box;
    const struct assessment *assessment;
    size_t order[SEGMENTS_MAX]; /* in which the reports are spoken of */
};

enum { EXAMPLE_MAX = 400, VALUE_TEXT_MAX = 160, QUESTION_MAX = 320, REMARK_CHARS = 40, REMARK_MAX = 4 * REMARK_CHARS };

static void list_values(struct list *list, const struct wording *wording, const struct assessed *assessed)
{
    list_begin(list, wording, REPLY_JOIN_LIST);
    for (size_t i = 0; i < assessed->segment->n_fields; i++) {
        const struct field *field = &assessed->segment->fields[i];
        char text[VALUE_TEXT_MAX];
        value_write(wording, &assessed->form->keys[field->key], field->value, text, sizeof text);
        list_add(list, text);
    }
    if (assessed->remark.len > 0) {
        char remark[REMARK_MAX], text[VALUE_TEXT_MAX];
        (void)deliver_safe(assessed->remark, REMARK_CHARS, remark, sizeof remark);
        (void)snprintf(text, sizeof text, "%s \"%s\"", assessed->form->keys[assessed->form->n_keys - 1].label, remark);
        list_add(list, text);
    }
    list_end(list);
}

/* What the form has to tell of it, behind the numbers. */
static void add_advice(const struct wording *wording, const struct assessed *assessed, struct phrase *phrase)
{
    for (size_t i = 0; i < assessed->form->n_rules; i++) {
        char text[QUESTION_MAX];
        if (!(assessed->advice >> i & 1))
            continue;
        rule_render(wording, assessed, (int)i, text, sizeof text);
        phrase_puts(phrase, " ");
        phrase_puts(phrase, text);
    }
}

/* "Dari posyandu: anak 40." Nothing where the village said it all, or has no posyandu that report. */
static void add_filled(const struct wording *wording, const struct assessed *assessed, struct phrase *phrase)
{
    struct list values;
    list_begin(&values, wording, REPLY_JOIN_LIST);
    for (size_t i = 0; i < assessed->form->n_keys; i++) {
        char text[VALUE_TEXT_MAX];
        if (assessed->filled[i] < 0)
            continue;
        value_write(wording, &assessed->form->keys[i], assessed->filled[i], text, sizeof text);
        list_add(&values, text);
    }
    list_end(&values);
    if (values.n > 0)
        phrase_render(phrase, wording, REPLY_FILLED, &(struct template_value){"values", view_of(values.phrase.text)},
                      1);
}

static void add_problems(const struct report_reply *reply, const struct wording *wording,
                         const struct assessed *assessed, struct phrase *phrase)
{
    struct phrase problems = {.len = 0};
    problems_write(reply->box, reply->assessment, assessed, wording, &problems);
    if (problems.len == 0)
        return;
    phrase_puts(phrase, " ");
    phrase_add(phrase, (struct view){problems.text, problems.len});
}

static void add_stored(const struct report_reply *reply, const struct wording *wording, const struct assessed *assessed,
                       struct phrase *phrase)
{
    struct list values;
    char period[PERIOD_TEXT_MAX];
    list_values(&values, wording, assessed);
    period_nth_write(wording, assessed->month, assessed->nth, period);
    const struct template_value given[] = {
        {"form", view_of(assessed->form->name)}, {"period", view_of(period)}, {"values", view_of(values.phrase.text)}};
    phrase_render(phrase, wording, REPLY_SEGMENT, given, 3);
    add_advice(wording, assessed, phrase);
    add_filled(wording, assessed, phrase);
    add_problems(reply, wording, assessed, phrase);
    if (wording->examples == EXAMPLES_OF_ALL)
        problems_example(reply->box, reply->assessment, assessed, wording, phrase);
}

/* What is asked of a report that waits: the rule's own words, else what the reader is not sure of. */
static void write_question(const struct report_reply *reply, const struct wording *wording,
                           const struct assessed *assessed, const char *period, char ret_text[QUESTION_MAX])
{
    static const enum reply_text texts[QUESTION_COUNT] = {
        [QUESTION_NONE] = REPLY_ASK_TALK,   [QUESTION_JUMP] = REPLY_ASK_TALK,     [QUESTION_FORM] = REPLY_ASK_FORM,
        [QUESTION_TALK] = REPLY_ASK_TALK,   [QUESTION_CHANGE] = REPLY_ASK_CHANGE, [QUESTION_PERIOD] = REPLY_ASK_PERIOD,
        [QUESTION_ORDER] = REPLY_ASK_ORDER, [QUESTION_AREA] = REPLY_ASK_AREA,
    };
    char token[TOKEN_TEXT_MAX] = "", value[NUMBER_TEXT_MAX] = "", area[PLACE_NAME_MAX] = "";
    const char *label = "";
    enum reply_text text = texts[assessed->question];
    for (size_t i = 0; i < assessed->segment->n_fields; i++) {
        const struct field *field = &assessed->segment->fields[i];
        bool word = text == REPLY_ASK_TALK && assessed->question == QUESTION_TALK;
        if (field->changed && (word || (text == REPLY_ASK_CHANGE && field->key == assessed->asked_key))) {
            token_write(field->value_token, token);
            number_write(field->value, "", value);
            label = assessed->form->keys[field->key].label;
            text = word ? REPLY_ASK_WORD : REPLY_ASK_CHANGE_OF;
        }
    }
    if (text == REPLY_ASK_AREA && reply->assessment->asked_area[0]) {
        (void)deliver_safe(view_of(reply->assessment->asked_area), PLACE_NAME_MAX / 4, area, sizeof area);
        text = REPLY_ASK_AREA_OF;
    }
    const struct template_value given[] = {{"form", view_of(assessed->form->name)},
                                           {"period", view_of(period)},
                                           {"token", view_of(token)},
                                           {"label", view_of(label)},
                                           {"value", view_of(value)},
                                           {"area", view_of(area)}};
    if (assessed->question == QUESTION_JUMP && assessed->confirm_rule >= 0)
        rule_render(wording, assessed, assessed->confirm_rule, ret_text, QUESTION_MAX);
    else
        (void)template_render(wording->replies->text[text][wording->length], given, sizeof given / sizeof *given,
                              ret_text, QUESTION_MAX);
}

static void add_held(const struct report_reply *reply, const struct wording *wording, const struct assessed *assessed,
                     struct phrase *phrase)
{
    struct list values;
    char period[PERIOD_TEXT_MAX], question[QUESTION_MAX];
    list_values(&values, wording, assessed);
    period_nth_write(wording, assessed->month, assessed->nth, period);
    write_question(reply, wording, assessed, period, question);
    const struct template_value given[] = {{"form", view_of(assessed->form->name)},
                                           {"period", view_of(period)},
                                           {"values", view_of(values.phrase.text)},
                                           {"questions", view_of(question)}};
    phrase_render(phrase, wording, REPLY_HELD, given, 4);
    add_problems(reply, wording, assessed, phrase);
}

/* What the sender said of the month, where that was refused; else NULL. */
static const char *refused_period(const struct assessed *assessed)
{
    for (size_t i = 0; i < assessed->n_problems; i++) {
        enum problem_code code = assessed->problems[i].code;
        if (code == PROBLEM_BAD_PERIOD || code == PROBLEM_FUTURE_PERIOD || code == PROBLEM_TOO_OLD)
            return assessed->problems[i].token.len > 0 ? assessed->problems[i].token.at : NULL;
    }
    return NULL;
}

/* The report that report i is spoken of with: one month before several forms is refused once. Itself where it has more
 * to be said of it. */
static size_t spoken_with(const struct assessment *assessment, size_t i)
{
    const char *period = refused_period(&assessment->segments[i]);
    for (size_t first = 0; period && assessment->segments[i].n_problems == 1 && first < i; first++) {
        if (refused_period(&assessment->segments[first]) == period)
            return first;
    }
    return i;
}

static void add_rejected(const struct report_reply *reply, const struct wording *wording,
                         const struct assessed *assessed, struct phrase *phrase)
{
    struct phrase problems = {.len = 0};
    struct list forms;
    char period[PERIOD_TEXT_MAX] = "";
    size_t first = (size_t)(assessed - reply->assessment->segments);
    list_begin(&forms, wording, REPLY_JOIN_LIST);
    for (size_t i = first; i < reply->assessment->n_segments; i++) {
        if (spoken_with(reply->assessment, i) == first)
            list_add(&forms, reply->assessment->segments[i].form->name);
    }
    list_end(&forms);
    problems_write(reply->box, reply->assessment, assessed, wording, &problems);
    phrase->cut |= problems.cut;
    bool dated = assessed->month != MONTH_NONE;
    if (dated)
        period_write(wording, assessed->month, period);
    const struct template_value given[] = {{"form", view_of(forms.phrase.text)},
                                           {"period", view_of(period)},
                                           {"problems", (struct view){problems.text, problems.len}}};
    phrase_render(phrase, wording, dated ? REPLY_REJECTED : REPLY_REJECTED_NO_PERIOD, given, 3);
    if (wording->examples != EXAMPLES_NONE)
        problems_example(reply->box, reply->assessment, assessed, wording, phrase);
}

/* The form's example; where it stood among words ("bumil banyak"), that its number is not read. */
static void add_help(const struct report_reply *reply, const struct wording *wording, const struct assessed *assessed,
                     struct phrase *phrase)
{
    const struct assessment *assessment = reply->assessment;
    char example[EXAMPLE_MAX];
    bool alone = true;
    for (size_t i = 0; i < assessment->reading.n_notes; i++) {
        const struct note *note = &assessment->reading.notes[i];
        bool word =
            note->token.len > 0 && (note->token.at < assessed->segment->token.at ||
                                    note->token.at >= assessed->segment->token.at + assessed->segment->token.len);
        alone = alone && !(note->kind == NOTE_IGNORED && word);
    }
    example_write(reply->box, assessment->set, assessed->form_index, 1, example, sizeof example);
    const struct template_value given[] = {{"form", view_of(assessed->form->name)},
                                           {"example", view_of(alone ? assessed->form->example : example)}};
    phrase_render(phrase, wording, alone ? REPLY_HELP_FORM : REPLY_NO_NUMBER, given, 2);
}

static void add_segment(const struct report_reply *reply, const struct wording *wording,
                        const struct assessed *assessed, struct phrase *phrase)
{
    switch (assessed->status) {
    case STATUS_ACCEPTED:
    case STATUS_PARTIAL:
        add_stored(reply, wording, assessed, phrase);
        break;
    case STATUS_HELD:
        add_held(reply, wording, assessed, phrase);
        break;
    case STATUS_REJECTED:
        add_rejected(reply, wording, assessed, phrase);
        break;
    case STATUS_HELP:
        add_help(reply, wording, assessed, phrase);
        break;
    case STATUS_COUNT:
        break;
    }
}

static bool is_stored(const struct assessed *assessed)
{
    return assessed->status == STATUS_ACCEPTED || assessed->status == STATUS_PARTIAL;
}

/* What is not stored is spoken of first, then what waits for an answer: it is what the sender has to do something
 * about. */
static void put_in_order(struct report_reply *reply)
{
    static const enum report_status first[] = {STATUS_REJECTED, STATUS_HELD};
    const struct assessment *assessment = reply->assessment;
    size_t n = 0;
    for (size_t rank = 0; rank < 3; rank++) {
        for (size_t i = 0; i < assessment->n_segments; i++) {
            enum report_status status = assessment->segments[i].status;
            size_t own = status == first[0] ? 0 : status == first[1] ? 1 : 2;
            if (own == rank)
                reply->order[n++] = i;
        }
    }
}

/* Whether there is room to speak of the report. */
static bool is_told(const struct report_reply *reply, const struct wording *wording, size_t segment)
{
    for (size_t i = 0; i < reply->assessment->n_segments && i < wording->segments_max; i++) {
        if (reply->order[i] == segment)
            return true;
    }
    return false;
}

/* What there is no room for is named at least, by what became of it. */
static void add_rest(const struct report_reply *reply, const struct wording *wording, bool stored,
                     struct phrase *phrase)
{
    struct list forms;
    list_begin(&forms, wording, REPLY_JOIN_LIST);
    for (size_t i = 0; i < reply->assessment->n_segments; i++) {
        const struct assessed *assessed = &reply->assessment->segments[i];
        bool told = is_told(reply, wording, spoken_with(reply->assessment, i));
        if (assessed->status != STATUS_HELP && is_stored(assessed) == stored && !told)
            list_add(&forms, assessed->form->name);
    }
    list_end(&forms);
    if (forms.n == 0)
        return;
    phrase_render(phrase, wording, REPLY_JOIN_SEGMENTS, NULL, 0);
    phrase_render(phrase, wording, stored ? REPLY_REST_STORED : REPLY_REST_REJECTED,
                  &(struct template_value){"forms", view_of(forms.phrase.text)}, 1);
}

static void make_report(const void *data, const struct wording *wording, struct phrase *ret_phrase)
{
    const struct report_reply *reply = data;
    size_t n = reply->assessment->n_segments;
    bool said = n > 0 && is_stored(&reply->assessment->segments[reply->order[0]]), any = false;
    if (said)
        phrase_render(ret_phrase, wording, REPLY_STORED, NULL, 0);
    if (reply->assessment->place.verdict == PLACE_NAMED)
        place_heading(reply->box, reply->assessment->place.area.code, reply->assessment->place.area.name, wording,
                      ret_phrase);
    for (size_t i = 0; i < n && i < wording->segments_max; i++) {
        const struct assessed *assessed = &reply->assessment->segments[reply->order[i]];
        if (spoken_with(reply->assessment, reply->order[i]) != reply->order[i])
            continue;
        if (any)
            phrase_render(ret_phrase, wording, REPLY_JOIN_SEGMENTS, NULL, 0);
        if (is_stored(assessed) && !said)
            phrase_render(ret_phrase, wording, REPLY_STORED, NULL, 0);
        said = said || is_stored(assessed);
        any = true;
        add_segment(reply, wording, assessed, ret_phrase);
    }
    add_rest(reply, wording, false, ret_phrase);
    add_rest(reply, wording, true, ret_phrase);
}

void reply_assessment(const struct box *box, const struct assessment *assessment, const char *locale,
                      struct reply *ret_reply)
{
    struct report_reply reply = {.box = box, .assessment = assessment};
    put_in_order(&reply);
    ret_reply->text[0] = '\0';
    switch (assessment->reading.kind) {
    case READING_REPORT:
        if (place_is_refused(&assessment->place))
            reply_fit(box, locale, place_make_refusal, &assessment->place, ret_reply);
        else
            reply_fit(box, locale, make_report, &reply, ret_reply);
        break;
    case READING_NOTE:
    case READING_EMPTY:
    case READING_UNKNOWN:
        reply_unknown(box, assessment, locale, ret_reply);
        break;
    case READING_CHAT:
    case READING_COMMAND:
        break;
    }
}

void reply_part(const struct box *box, const struct assessment *assessment, const char *locale, struct reply *ret_reply)
{
    struct report_reply reply = {.box = box, .assessment = assessment};
    put_in_order(&reply);
    reply_fit_one(box, locale, make_report, &reply, ret_reply);
}

size_t reply_parts(const struct reply *reply, struct view ret_parts[SMS_PARTS_MAX])
{
    size_t septets, n = 0, used = 0, len = strlen(reply->text);
    bool gsm7 = gsm7_septets(view_of(reply->text), &septets);
    bool single = sms_parts(view_of(reply->text)) <= 1;
    size_t units =
        gsm7 ? (single ? GSM7_SINGLE_SEPTETS : GSM7_PART_SEPTETS) : (single ? UCS2_SINGLE_CHARS : UCS2_PART_CHARS);
    while (used < len && n < SMS_PARTS_MAX) {
        ret_parts[n] = (struct view){reply->text + used, 0};
        ret_parts[n].len = sms_part_split((struct view){reply->text + used, len - used}, gsm7, units);
        used += ret_parts[n++].len;
    }
    return n;
}
