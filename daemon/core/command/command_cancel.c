/* SPDX-License-Identifier: GPL-2.0-or-later */
/* BATAL [form]: takes back the sender's last report, be it one that counts or one that still waits for YA. */
#include <string.h>

#include "core/command/commands.h"
#include "core/reply/stored.h"

/* Leaves only the reports of one form. */
static void keep_form(struct stored_reports *reports, const char *code)
{
    size_t kept = 0;
    for (size_t i = 0; code && i < reports->n; i++) {
        if (strcmp(reports->report[i].found.form, code) == 0)
            reports->report[kept++] = reports->report[i];
    }
    if (code)
        reports->n = kept;
}

/* Adds the held reports of the newest message to those of the last one that counts; the newer of the two messages is
 * the last report, and one message may hold both kinds. */
static void join_held(struct stored_reports *last, const struct stored_reports *held)
{
    int64_t newest = held->n > 0 ? held->report[held->n - 1].found.mo_id : 0;
    if (newest == 0 || (last->n > 0 && last->report[0].found.mo_id > newest))
        return;
    if (last->n > 0 && last->report[0].found.mo_id < newest)
        last->n = 0;
    for (size_t i = 0; i < held->n && last->n < STORED_MAX; i++) {
        if (held->report[i].found.mo_id == newest)
            last->report[last->n++] = held->report[i];
    }
}

static int take_back(const struct command_call *call, const struct stored_report *report, struct error *error)
{
    if (strcmp(report->found.status, report_status_to_string(STATUS_HELD)) == 0)
        return store_report_drop(call->box->store, report->found.id, error);
    int result = store_report_cancel(call->box->store, report->found.id, call->now_ms, error);
    return result < 0 ? result : command_counted(call, &report->found, error);
}

/* Words beside it that may change its sense ("jangan batalkan"), or another month: the last report is named, and how
 * to take it back. */
static bool is_doubtful(const struct reading *reading, const struct stored_reports *last)
{
    bool elsewhen = false;
    for (size_t i = 0; i < last->n && reading->period.said == PERIOD_SAID; i++)
        elsewhen = elsewhen || last->report[i].found.period != reading->period.month;
    return last->n > 0 && (reading->command_doubtful || elsewhen);
}

int command_cancel(const struct command_call *call, struct reply *ret_reply, struct error *error)
{
    struct stored_reports last, held;
    const struct box *box = call->box;
    const struct reading *reading = &call->assessment->reading;
    int form = reading->command_form;
    const char *code = form >= 0 ? command_set(call)->forms[form].code : NULL;
    int result = stored_last(box, call->contact->id, code, &last, error);
    if (result == 0)
        result = stored_held(box, call->contact->id, call->least_ms, call->sent_ms, &held, error);
    if (result < 0)
        return result;
    keep_form(&held, code);
    join_held(&last, &held);
    if (is_doubtful(reading, &last)) {
        reply_stored(box, call->contact, REPLY_CANCEL_WHICH, &last, 0, ret_reply);
        return 0;
    }
    for (size_t i = 0; i < last.n && result == 0; i++)
        result = take_back(call, &last.report[i], error);
    if (result == 0 && last.n == 0)
        reply_simple(box, command_locale(call), REPLY_NOTHING_TO_CANCEL, NULL, 0, ret_reply);
    else if (result == 0)
        reply_stored(box, call->contact, REPLY_CANCELLED, &last, call->sent_ms, ret_reply);
    return result;
}
