/* SPDX-License-Identifier: GPL-2.0-or-later */
/* remind now: who has not reported is reminded at once, not on the calendar's day. */
#include <stdio.h>

#include "base/translate.h"
#include "ctl/areas.h"
#include "operator/reminding.h"

int ctl_remind_now(struct ctl *ctl)
{
    CLEANUP(session_close) struct session session = {0};
    struct actor actor;
    struct area area = {.code = ""};
    struct error error = {0};
    char text[8];
    size_t messages = 0;
    int month = MONTH_NONE;
    bool dry_run = args_get(&ctl->args, "--dry-run") != NULL;
    int status = option_period(ctl, "--period", &month);
    if (!status)
        status = session_actor(&session, ctl, &actor);
    if (!status && ctl->args.n_words > 0)
        status = area_of_words(ctl, &session, 0, &area);
    if (status)
        return status;
    if (month == MONTH_NONE)
        month = month_of(zone_local(session_now_ms(&session)).day);
    month_format(month, text);
    const char *code = area.code[0] ? area.code : NULL;
    int r = operator_remind(&actor, code, month, true, &messages, &error);
    if (r)
        return ctl_failed(r, &error);
    if (messages == 0)
        return ctl_refuse("nobody is to be reminded for %s: nothing is missing, or the reminders wait already", text);
    if (!ctl->json)
        (void)printf(_("%zu SMS to those whose reports for %s are missing; who: kabarctl missing\n"), messages, text);
    if (!dry_run)
        status = ctl_confirm(ctl, _("Send them?"));
    if (status)
        return status;
    r = dry_run ? 0 : operator_remind(&actor, code, month, false, &messages, &error);
    if (r)
        return ctl_failed(r, &error);
    if (ctl->json)
        (void)printf("{\"period\":\"%s\",\"messages\":%zu,\"queued\":%s}\n", text, messages,
                     dry_run ? "false" : "true");
    else if (!dry_run)
        (void)fputs(_("they go out by day, at the pace of the modems\n"), stdout);
    return CTL_DONE;
}
