/* SPDX-License-Identifier: GPL-2.0-or-later */
/* CEK: what the sender's area has reported for the month and what is missing; an operator is told of the box itself. */
#include <stdio.h>

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
    const char *area;
    int month;
    struct day today;
    int values[SET_FORMS_MAX][FORM_KEYS_MAX]; /* -1: not known */
    bool by_posyandu[SET_FORMS_MAX];          /* all of them reported, the village itself did not */
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
    if (state->by_posyandu[form])
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
    int result = store_report_exists(call->box->store, call->contact->area_id, state->month, code, &held, error);
    if (result == 0 && !held && area_code_level(view_of(call->contact->area_code)) == AREA_DESA)
        result = store_form_there(call->box->store, call->contact->area_id, state->month, code, &there, error);
    state->by_posyandu[form] = there;
    return result;
}

/* What the village itself did not say. */
static int fill_from_posyandu(struct month_state *state, size_t form, const char *const *codes, struct error *error)
{
    const struct command_call *call = state->call;
    const struct form *of = &command_set(call)->forms[form];
    int sums[FORM_KEYS_MAX];
    int result = store_posyandu_values(call->box->store, call->contact->area_id, state->month, of->code, codes,
                                       of->n_keys, sums, error);
    for (size_t key = 0; key < of->n_keys && result == 0; key++)
        if (state->values[form][key] < 0)
            state->values[form][key] = sums[key];
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
        result = store_current_values(state->call->box->store, state->call->contact->area_id, month, form->code, codes,
                                      form->n_keys, state->values[i], error);
        state->by_posyandu[i] = false;
        if (result == 0 && !has_any(state, i))
            result = form_by_posyandu(state, i, error);
        if (result == 0 && has_any(state, i))
            result = fill_from_posyandu(state, i, codes, error);
        *ret_complete = *ret_complete && result == 0 && has_all(state, i);
    }
    return result;
}

/* "ANAK 40": a form that came, with its total where that is known. */
static void add_received(struct list *list, const struct month_state *state, size_t form_index)
{
    const struct form *form = &command_set(state->call)->forms[form_index];
    char text[LABEL_MAX], number[NUMBER_TEXT_MAX];
    number_write(state->values[form_index][0], "", number);
    (void)snprintf(text, sizeof text, "%s%s%s", form->name, number[0] ? " " : "", number);
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

static void make_status(const void *data, const struct wording *wording, struct phrase *ret_phrase)
{
    const struct month_state *state = data;
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
    (void)deliver_safe(view_of(state->area), NAME_CHARS_MAX, area, sizeof area);
    const struct template_value given[] = {{"area", view_of(area)},
                                           {"period", view_of(period)},
                                           {"received", view_of(received.phrase.text)},
                                           {"missing", view_of(missing.phrase.text)},
                                           {"until", view_of(until)}};
    enum reply_text text = missing.n == 0 ? REPLY_STATUS_ALL : received.n == 0 ? REPLY_STATUS_NONE : REPLY_STATUS;
    phrase_render(ret_phrase, wording, text, given, 5);
}

int command_status(const struct command_call *call, struct reply *ret_reply, struct error *error)
{
    if (call->contact->role == ROLE_OPERATOR)
        return reply_box_status(call->box, command_locale(call), call->now_ms, ret_reply, error);
    if (call->contact->area_id == 0) {
        reply_simple(call->box, command_locale(call), REPLY_NO_AREA, NULL, 0, ret_reply);
        return 0;
    }
    struct area area;
    struct day today = zone_local(call->sent_ms).day;
    struct month_state state = {.call = call, .today = today};
    bool complete = false;
    int month = month_of(today);
    int result = store_area_by_id(call->box->store, call->contact->area_id, &area, error);
    if (result == 0 && area.level < AREA_DESA)
        return command_region(call, &area, ret_reply, error);
    /* In the days in which a report without a month is still taken for the last one, that one is asked for first. */
    if (result == 0 && today.day <= call->box->settings->grace_days)
        result = read_month(&state, month - 1, &complete, error);
    else
        complete = true;
    if (result == 0 && complete)
        result = read_month(&state, month, &complete, error);
    if (result < 0)
        return result;
    state.area = area.name;
    reply_fit_full(call->box, command_locale(call), make_status, &state, ret_reply);
    return 0;
}
