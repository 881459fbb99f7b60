/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/reply/stored.h"

#include <stdio.h>
#include <string.h>

#include "core/reply/place_text.h"
#include "settings/settings.h"

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
    if (month < 0) /* of a row that a foreign hand wrote */
        return;
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
        place_heading(reply->box, report->found.area_code, report->found.area_name, wording, &again);
    add_month(reply, wording, report->found.period, &again);
    phrase_puts(&again, form->name);
    for (size_t key = 0; key < form->n_keys; key++) {
        if (report->values[key] < 0)
            continue;
        bool total = key == 0 && !form->no_total;
        (void)snprintf(field, sizeof field, " %s%s%d", total ? "" : form->keys[key].code, total ? "" : " ",
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
    period_nth_write(wording, report->found.period, report->nth, period);
    if (report->found.area_id != reply->own_area_id)
        place_heading(reply->box, report->found.area_code, report->found.area_name, wording, phrase);
    const struct template_value given[] = {
        {"form", view_of(report->form ? report->form->name : report->found.form)},
        {"period", view_of(period)},
        {"values", view_of(values.phrase.text)},
    };
    phrase_render(phrase, wording, reply->text, given, 3);
    bool again = reply->text == REPLY_CANCELLED || !is_this_month(reply->box, &report->found, reply->resent_ms);
    if (reply->resent_ms > 0 && report->form && again)
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
    /* Who stands for several areas is told of which one, always. */
    int64_t own_area_id = contact->n_further == 0 ? contact->area_id : 0;
    struct stored_reply reply = {box, own_area_id, text, reports, resent_ms};
    reply_fit(box, contact->locale, make_stored, &reply, ret_reply);
}
