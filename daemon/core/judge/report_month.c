/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/judge/report_month.h"

#include "settings/settings.h"
#include "store/report.h"

/* When that form and month were reported last, 0: never. */
static int sent_for(const struct report_moment *moment, const struct form *form, int month, int64_t *ret_sent_ms,
                    struct error *error)
{
    *ret_sent_ms = 0;
    return moment->box->store && moment->area_id != 0
               ? store_report_sent(moment->box->store, moment->area_id, month, form->code, ret_sent_ms, error)
               : 0;
}

/* When the form was reported for the month before; *ret_due: the month or quarter that ended with it still lacks it. */
static int sent_before(const struct report_moment *moment, const struct form *form, int month, int64_t *ret_sent_ms,
                       bool *ret_due, struct error *error)
{
    int result = sent_for(moment, form, month - 1, ret_sent_ms, error), from = form_due_from(form, month - 1);
    int64_t earlier_ms = *ret_sent_ms;
    for (int past = month - 2; past >= from && result == 0 && earlier_ms == 0; past--)
        result = sent_for(moment, form, past, &earlier_ms, error);
    /* What is told of a year, or whenever there is something to tell, belongs to the day on which it is told. */
    bool calendar = form->due == DUE_YEAR || form->due == DUE_NEVER || from == form_due_from(form, month);
    *ret_due = earlier_ms == 0 && !calendar;
    return result;
}

/* What follows within a day goes on with what was just reported: the rest of it, a correction, the same once more. */
int report_month(const struct report_moment *moment, const struct form *form, int *ret_month, struct error *error)
{
    int month = month_of(moment->today), grace_days = moment->box->settings->grace_days;
    int64_t before_ms = 0, this_ms = 0;
    bool lacks = false;
    *ret_month = month;
    if (grace_days == 0 || moment->today.day > grace_days + 1 || form->adds)
        return 0;
    int result = sent_before(moment, form, month, &before_ms, &lacks, error);
    if (result == 0)
        result = sent_for(moment, form, month, &this_ms, error);
    int64_t since_ms = moment->sent_ms - (before_ms > this_ms ? before_ms : this_ms);
    bool goes_on = since_ms > -MS_DAY && since_ms < MS_DAY;
    if (goes_on ? before_ms > this_ms : lacks && moment->today.day <= grace_days)
        *ret_month = month - 1;
    return result;
}
