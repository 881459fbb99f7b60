/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/stored.h"

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

static int count(const struct box *box, struct stored_report *report, struct error *error)
{
    const struct report_found *found = &report->found;
    const struct report_place place = {found->area_id, found->period, found->form};
    int64_t nth = 0;
    int result = 0;
    if (report->form && report->form->adds && found->period != MONTH_NONE)
        result = store_report_nth(box->store, &place, found->id, found->amends, &nth, error);
    report->nth = (int)nth;
    return result;
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
        if (result == 0)
            result = count(box, report, error);
    }
    return result;
}

/* By the stamps of the report and of its answer, where the box's clock was wrong by more than an hour: ahead when it
 * asked, or behind when the answer came. */
static bool is_too_late(const struct report_found *found, int64_t sent_ms, int64_t wait_ms)
{
    bool wrong = sent_ms < found->created_ms - MS_HOUR || sent_ms > found->created_ms + wait_ms + MS_HOUR;
    return wrong && sent_ms - found->sent_ms > wait_ms;
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
