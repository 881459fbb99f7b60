/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/reply/stored.h"

#include <stdio.h>
#include <string.h>

#include "core/reply/place_text.h"
#include "settings/settings.h"

static int collect(void *data, const struct report_found *found)
{
    struct stored_reports *reports = data;
    if (reports->n == STORED_MAX)
        return 1;
    reports->report[reports->n++].found = *found;
    return 0;
}

static int take_value(void *data, const char *field, int value)
{
    struct stored_report *report = data;
    int key = report->form ? form_key(report->form, field) : -1;
    if (key >= 0)
        report->values[key] = value;
    return 0;
}

/* Numbers are read once all rows are known: one statement at a time. */
static int fill(const struct box *box, struct stored_reports *reports, struct error *error)
{
    int result = 0;
    for (size_t i = 0; i < reports->n && result == 0; i++) {
        struct stored_report *report = &reports->report[i];
        int set = box_set_named(box, report->found.set);
        int form = set >= 0 ? set_form(box_set(box, (size_t)set), report->found.form) : -1;
        report->form = form >= 0 ? &box_set(box, (size_t)set)->forms[form] : NULL;
        for (size_t key = 0; key < FORM_KEYS_MAX; key++)
            report->values[key] = -1;
        result = store_report_values(box->store, report->found.id, take_value, report, error);
    }
    return result;
}

/* An hour: how far the box's clock may be from the network's. */
static bool is_too_late(const struct report_found *found, int64_t sent_ms, int64_t wait_ms)
{
    return sent_ms < found->created_ms - MS_HOUR && sent_ms - found->sent_ms > wait_ms;
}

int stored_held(const struct box *box, int64_t contact_id, int64_t now_ms, int64_t sent_ms, struct stored_reports *ret,
                struct error *error)
{
    int64_t wait_ms = box->settings->held_hours * (int64_t)MS_HOUR;
    ret->n = 0;
    int result = store_report_held(box->store, contact_id, now_ms - wait_ms, collect, ret, error);
    size_t kept = 0;
    for (size_t i = 0; i < ret->n; i++) {
        if (!is_too_late(&ret->report[i].found, sent_ms, wait_ms))
            ret->report[kept++] = ret->report[i];
    }
    ret->n = kept;
    return result < 0 ? result : fill(box, ret, error);
}

int stored_last(const struct box *box, int64_t contact_id, const char *form_code, struct stored_reports *ret,
                struct error *error)
{
    ret->n = 0;
    int result = store_report_last(box->store, contact_id, form_code, collect, ret, error);
    return result < 0 ? result : fill(box, ret, error);
}

struct stored_reply {
    const struct box *box;
    int64_t own_area_id;
    enum reply_text text;
    const struct stored_reports *reports;
    int64_t resent_ms;
};

/* Whether a message without a month would count for the report's month at that time. */
static bool is_this_month(const struct box *box, const struct report_found *found, int64_t ms)
{
    struct day day = zone_local(ms).day;
    return found->period == month_of(day) && day.day > box->settings->grace_days;
}

/* "NOV ", and its year where the month alone would be a later one. */
static void add_month(const struct stored_reply *reply, const struct wording *wording, int month, struct phrase *phrase)
{
    enum { YEAR_MONTHS = 12 };
    char name[TOKEN_TEXT_MAX], year[NUMBER_TEXT_MAX];
    token_write(view_of(wording->replies->months[month % YEAR_MONTHS]), name);
    (void)snprintf(year, sizeof year, " %d", month / YEAR_MONTHS);
    phrase_puts(phrase, name);
    phrase_puts(phrase, month_of(zone_local(reply->resent_ms).day) - month < YEAR_MONTHS ? "" : year);
    phrase_puts(phrase, " ");
}

/* The report as it can be sent again: "NOV IBU HAMIL 12 K4 3". */
static void add_again(const struct stored_reply *reply, const struct stored_report *report,
                      const struct wording *wording, struct phrase *phrase)
{
    enum { FIELD_TEXT_MAX = FIELD_MAX + 16 };
    const struct form *form = report->form;
    struct phrase again = {.len = 0};
    char field[FIELD_TEXT_MAX];
    if (report->found.area_id != reply->own_area_id)
        place_heading(reply->box, report->found.area_name, wording, &again);
    add_month(reply, wording, report->found.period, &again);
    phrase_puts(&again, form->name);
    for (size_t key = 0; key < form->n_keys; key++) {
        if (report->values[key] < 0)
            continue;
        (void)snprintf(field, sizeof field, " %s%s%d", key ? form->keys[key].code : "", key ? " " : "",
                       report->values[key]);
        phrase_puts(&again, field);
    }
    phrase->cut |= again.cut;
    phrase_render(phrase, wording, REPLY_RESEND, &(struct template_value){"example", view_of(again.text)}, 1);
}

static void add_report(const struct stored_reply *reply, const struct stored_report *report,
                       const struct wording *wording, struct phrase *phrase)
{
    enum { VALUE_TEXT_MAX = 160 };
    struct list values;
    char period[PERIOD_TEXT_MAX], value[VALUE_TEXT_MAX];
    list_begin(&values, wording, REPLY_JOIN_LIST);
    for (size_t key = 0; report->form && key < report->form->n_keys; key++) {
        if (report->values[key] < 0)
            continue;
        value_write(wording, &report->form->keys[key], report->values[key], value, sizeof value);
        list_add(&values, value);
    }
    list_end(&values);
    period_write(wording, report->found.period, period);
    if (report->found.area_id != reply->own_area_id)
        place_heading(reply->box, report->found.area_name, wording, phrase);
    const struct template_value given[] = {
        {"form", view_of(report->form ? report->form->name : report->found.form)},
        {"period", view_of(period)},
        {"values", view_of(values.phrase.text)},
    };
    phrase_render(phrase, wording, reply->text, given, 3);
    if (reply->resent_ms > 0 && report->form && !is_this_month(reply->box, &report->found, reply->resent_ms))
        add_again(reply, report, wording, phrase);
}

static void make_stored(const void *data, const struct wording *wording, struct phrase *ret_phrase)
{
    const struct stored_reply *reply = data;
    size_t n = reply->reports->n;
    for (size_t i = 0; i < n && i < wording->segments_max; i++) {
        if (i > 0)
            phrase_render(ret_phrase, wording, REPLY_JOIN_SEGMENTS, NULL, 0);
        add_report(reply, &reply->reports->report[i], wording, ret_phrase);
    }
    phrase_more(ret_phrase, wording, n);
}

void reply_stored(const struct box *box, const struct contact *contact, enum reply_text text,
                  const struct stored_reports *reports, int64_t resent_ms, struct reply *ret_reply)
{
    struct stored_reply reply = {box, contact->area_id, text, reports, resent_ms};
    reply_fit(box, contact->locale, make_stored, &reply, ret_reply);
}
