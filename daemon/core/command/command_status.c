/* SPDX-License-Identifier: GPL-2.0-or-later */
/* CEK: what the sender's area has reported for the month and what is missing; an operator is told of the box itself. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/command/commands.h"
#include "core/reply/box_status.h"
#include "core/reply/expected.h"
#include "core/reply/phrase.h"
#include "parsers/deliver.h"
#include "settings/settings.h"

enum { LABEL_MAX = 200, NAME_CHARS_MAX = 32, NAME_TEXT_MAX = 4 * NAME_CHARS_MAX };

/* One area's month as it stands. */
struct month_state {
    const struct command_call *call;
    struct area area;
    int month;
    struct day today;
    int values[SET_FORMS_MAX][FORM_KEYS_MAX]; /* -1: not known */
    bool by_posyandu[SET_FORMS_MAX];          /* all of them reported, the village itself did not */
    int64_t times[SET_FORMS_MAX];             /* reports of a form whose reports add up */
    bool settled[SET_FORMS_MAX];              /* not due, or there for the quarter or year since a month before */
};

static bool has_any(const struct month_state *state, size_t form)
{
    for (size_t key = 0; key < command_set(state->call)->forms[form].n_keys; key++) {
        if (state->values[form][key] >= 0)
            return true;
    }
    return state->by_posyandu[form];
}

static bool is_due(const struct month_state *state, size_t form, size_t key)
{
    return !command_set(state->call)->forms[form].keys[key].optional && state->values[form][key] < 0;
}

static bool has_all(const struct month_state *state, size_t form)
{
    if (state->by_posyandu[form] || state->settled[form])
        return true;
    for (size_t key = 0; key < command_set(state->call)->forms[form].n_keys; key++) {
        if (is_due(state, form, key))
            return false;
    }
    return true;
}

/* What counts for the village without a report of its own; one that waits for YA does not. */
static int form_by_posyandu(struct month_state *state, size_t form, struct error *error)
{
    const struct command_call *call = state->call;
    const char *code = command_set(call)->forms[form].code;
    bool held = false, there = false;
    int result = store_report_exists(call->box->store, state->area.id, state->month, code, &held, error);
    if (result == 0 && !held && state->area.level == AREA_DESA)
        result = store_form_there(call->box->store, state->area.id, state->month, code, &there, error);
    state->by_posyandu[form] = there;
    return result;
}

/* What the village itself did not say. */
static int fill_from_posyandu(struct month_state *state, size_t form, const char *const *codes, struct error *error)
{
    const struct command_call *call = state->call;
    const struct form *of = &command_set(call)->forms[form];
    int sums[FORM_KEYS_MAX];
    int result =
        store_posyandu_values(call->box->store, state->area.id, state->month, of->code, codes, of->n_keys, sums, error);
    for (size_t key = 0; key < of->n_keys && result == 0; key++)
        if (state->values[form][key] < 0)
            state->values[form][key] = sums[key];
    return result;
}

/* Whether nothing of the form is to be asked for, though nothing of it came in this month. */
static int settle_form(struct month_state *state, size_t form, struct error *error)
{
    const struct form *of = &command_set(state->call)->forms[form];
    state->settled[form] = !form_is_due(of, state->month, state->today) || !expected_is_for(of, state->area.level);
    if (state->settled[form] || of->due == DUE_MONTH || has_any(state, form))
        return 0;
    return expected_there(state->call->box, state->area.id, state->month, of, &state->settled[form], error);
}

/* How many reports of a form there are that add up. */
static int count_times(struct month_state *state, size_t form, struct error *error)
{
    const struct form *of = &command_set(state->call)->forms[form];
    const struct report_place place = {state->area.id, state->month, of->code};
    int64_t next = 1;
    int result = of->adds ? store_report_nth(state->call->box->store, &place, INT64_MAX, 0, &next, error) : 0;
    state->times[form] = next - 1;
    return result;
}

static int read_month(struct month_state *state, int month, bool *ret_complete, struct error *error)
{
    const struct set *set = command_set(state->call);
    int result = 0;
    state->month = month;
    *ret_complete = true;
    for (size_t i = 0; i < set->n_forms && result == 0; i++) {
        const struct form *form = &set->forms[i];
        const char *codes[FORM_KEYS_MAX];
        for (size_t key = 0; key < form->n_keys; key++)
            codes[key] = form->keys[key].code;
        result = store_current_values(state->call->box->store, state->area.id, month, form->code, codes, form->n_keys,
                                      state->values[i], error);
        state->by_posyandu[i] = false;
        if (result == 0 && !has_any(state, i))
            result = form_by_posyandu(state, i, error);
        if (result == 0 && has_any(state, i))
            result = fill_from_posyandu(state, i, codes, error);
        if (result == 0)
            result = settle_form(state, i, error);
        if (result == 0)
            result = count_times(state, i, error);
        *ret_complete = *ret_complete && result == 0 && has_all(state, i);
    }
    return result;
}

/* "ANAK 40": a form that came, with its total where that is known; of reports that add up how many there are: "3x". */
static void add_received(struct list *list, const struct month_state *state, size_t form_index)
{
    const struct form *form = &command_set(state->call)->forms[form_index];
    char text[LABEL_MAX], number[NUMBER_TEXT_MAX];
    int64_t total = form->adds ? state->times[form_index] : form->no_total ? 0 : state->values[form_index][0];
    bool has_number = total > 0 || (total == 0 && !form->adds && !form->no_total);
    number_write((int)total, "", number);
    (void)snprintf(text, sizeof text, "%s%s%s%s", form->name, has_number ? " " : "", has_number ? number : "",
                   has_number && form->adds ? "x" : "");
    list_add(list, text);
}

/* "ANAK" where nothing came, "ANAK (kurang KG, KR)" where a part came. */
static void add_missing(struct list *list, const struct month_state *state, size_t form_index)
{
    const struct wording *wording = list->wording;
    const struct form *form = &command_set(state->call)->forms[form_index];
    if (!has_any(state, form_index)) {
        list_add(list, form->name);
        return;
    }
    struct list keys;
    list_begin(&keys, wording, REPLY_JOIN_LIST);
    for (size_t key = 0; key < form->n_keys; key++) {
        if (is_due(state, form_index, key))
            list_add(&keys, form->keys[key].code);
    }
    list_end(&keys);
    char text[SMS_TEXT_MAX];
    const struct template_value given[] = {{"form", view_of(form->name)}, {"keys", view_of(keys.phrase.text)}};
    (void)template_render(wording->replies->text[REPLY_STATUS_FORM][wording->length], given, 2, text, sizeof text);
    list_add(list, text);
}

static void add_status(const struct month_state *state, const struct wording *wording, struct phrase *phrase)
{
    struct list received, missing;
    char period[PERIOD_TEXT_MAX], until[PERIOD_TEXT_MAX], area[NAME_TEXT_MAX];
    list_begin(&received, wording, REPLY_JOIN_LIST);
    list_begin(&missing, wording, REPLY_JOIN_LIST);
    for (size_t i = 0; i < command_set(state->call)->n_forms; i++) {
        if (has_any(state, i))
            add_received(&received, state, i);
        if (!has_all(state, i))
            add_missing(&missing, state, i);
    }
    list_end(&received);
    list_end(&missing);
    period_write(wording, state->month, period);
    day_write(wording, expected_by(state->call->box, state->month, state->today), until);
    (void)deliver_safe(view_of(state->area.name), NAME_CHARS_MAX, area, sizeof area);
    const struct template_value given[] = {{"area", view_of(area)},
                                           {"period", view_of(period)},
                                           {"received", view_of(received.phrase.text)},
                                           {"missing", view_of(missing.phrase.text)},
                                           {"until", view_of(until)}};
    enum reply_text text = missing.n > 0    ? received.n > 0 ? REPLY_STATUS : REPLY_STATUS_NONE
                           : received.n > 0 ? REPLY_STATUS_ALL
                                            : REPLY_STATUS_EMPTY;
    phrase_render(phrase, wording, text, given, 5);
}

/* Of each area that the sender stands for. */
struct states {
    struct month_state *state; /* owned */
    size_t n;
};

static void states_deinit(struct states *states)
{
    free(states->state);
}

static void make_status(const void *data, const struct wording *wording, struct phrase *ret_phrase)
{
    const struct states *states = data;
    for (size_t i = 0; i < states->n; i++) {
        if (i > 0)
            phrase_render(ret_phrase, wording, REPLY_JOIN_SEGMENTS, NULL, 0);
        add_status(&states->state[i], wording, ret_phrase);
    }
}

/* In the days in which a report without a month is still taken for the last one, that one is asked for first. */
static int read_state(struct month_state *state, struct error *error)
{
    bool complete = true;
    int month = month_of(state->today), result = 0;
    if (state->today.day <= state->call->box->settings->grace_days)
        result = read_month(state, month - 1, &complete, error);
    return result == 0 && complete ? read_month(state, month, &complete, error) : result;
}

int command_status(const struct command_call *call, struct reply *ret_reply, struct error *error)
{
    if (call->contact->role == ROLE_OPERATOR)
        return reply_box_status(call->box, command_locale(call), call->now_ms, ret_reply, error);
    if (call->contact->area_id == 0) {
        reply_simple(call->box, command_locale(call), REPLY_NO_AREA, NULL, 0, ret_reply);
        return 0;
    }
    struct area areas[CONTACT_AREAS_MAX];
    CLEANUP(states_deinit) struct states states = {.n = 0};
    int result = command_areas(call, areas, &states.n, error);
    if (result == 0 && areas[0].level < AREA_DESA)
        return command_region(call, &areas[0], ret_reply, error);
    states.state = calloc(states.n, sizeof *states.state);
    if (result == 0 && !states.state)
        result = error_set(error, -ENOMEM, "memory ran out for an answer");
    for (size_t i = 0; i < states.n && result == 0; i++) {
        states.state[i].call = call;
        states.state[i].area = areas[i];
        states.state[i].today = zone_local(call->sent_ms).day;
        result = read_state(&states.state[i], error);
    }
    if (result == 0)
        reply_fit_full(call->box, command_locale(call), make_status, &states, ret_reply);
    return result;
}
