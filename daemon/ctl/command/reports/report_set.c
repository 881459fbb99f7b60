/* SPDX-License-Identifier: GPL-2.0-or-later */
/* report set: a number put right by hand. */
#include <inttypes.h>
#include <stdio.h>

#include "base/translate.h"
#include "ctl/session.h"
#include "operator/correction.h"

static int read_words(const struct ctl *ctl, struct correction_order *order)
{
    int64_t value;
    if (args_number(ctl->args.words[0], 1, INT64_MAX, &order->report_id))
        return ctl_usage(ctl, "%s is not the number of a report; find it with: kabarctl reports", ctl->args.words[0]);
    if (args_number(ctl->args.words[2], 0, VALUE_MAX, &value))
        return ctl_usage(ctl, "%s is not a count from 0 to %d", ctl->args.words[2], VALUE_MAX);
    order->key = ctl->args.words[1];
    order->value = (int)value;
    order->reason = args_get(&ctl->args, "--reason");
    return 0;
}

int ctl_report_set(struct ctl *ctl)
{
    CLEANUP(session_close) struct session session = {0};
    struct correction_order order;
    struct correction done;
    struct error error = {0};
    struct actor actor;
    int status = read_words(ctl, &order);
    if (!status)
        status = session_actor(&session, ctl, &actor);
    if (status)
        return status;
    int r = operator_correct(&actor, &order, &done, &error);
    if (r)
        return ctl_failed(r, &error);
    char month[8], before[16] = "nothing";
    month_format(done.report.period, month);
    if (done.before >= 0)
        (void)snprintf(before, sizeof before, "%d", done.before);
    if (ctl->json)
        (void)printf("{\"id\":%" PRId64 ",\"corrects\":%" PRId64 ",\"field\":\"%s\",\"value\":%d}\n", done.report_id,
                     order.report_id, done.key, order.value);
    else
        (void)printf(_("%s, %s %s: %s was %s, is %d now, as report %" PRId64 "\n"), done.report.area_name,
                     done.report.form, month, done.key, before, order.value, done.report_id);
    return CTL_DONE;
}
