/* SPDX-License-Identifier: GPL-2.0-or-later */
/* card send: villages' frozen cards once more, to those who get them on the calendar. */
#include <stdio.h>

#include "base/translate.h"
#include "ctl/areas.h"
#include "operator/reminding.h"

struct sending {
    const struct ctl *ctl;
    const struct actor *actor;
    struct area villages[AREAS_TYPED_MAX];
    size_t n;
    int quarter;
};

/* All of them, or none where something is wrong with one; *ret_messages: in all. */
static int send_all(const struct sending *sending, bool try, size_t *ret_messages)
{
    struct error error = {0};
    *ret_messages = 0;
    for (size_t i = 0; i < sending->n; i++) {
        const struct area *village = &sending->villages[i];
        size_t messages;
        int r = operator_card_send(sending->actor, village, sending->quarter, try, &messages, &error);
        if (r)
            return ctl_failed(r, &error);
        if (messages == 0)
            return ctl_refuse("in %s %s nobody is registered who gets the card", village->code, village->name);
        *ret_messages += messages;
    }
    return CTL_DONE;
}

int ctl_card_send(struct ctl *ctl)
{
    CLEANUP(session_close) struct session session = {0};
    static struct sending sending;
    struct actor actor;
    char text[8];
    size_t messages;
    bool dry_run = args_get(&ctl->args, "--dry-run") != NULL;
    sending = (struct sending){.ctl = ctl, .actor = &actor, .quarter = QUARTER_NONE};
    int status = option_quarter(ctl, &sending.quarter);
    if (!status)
        status = session_actor(&session, ctl, &actor);
    if (!status)
        status = areas_of_words(ctl, &session, sending.villages, &sending.n);
    if (status)
        return status;
    if (sending.quarter == QUARTER_NONE)
        sending.quarter = quarter_of(month_of(zone_local(session_now_ms(&session)).day)) - 1;
    quarter_format(sending.quarter, text);
    status = send_all(&sending, true, &messages);
    if (!status && !ctl->json)
        (void)printf(_("cards of %s of %zu villages: %zu SMS\n"), text, sending.n, messages);
    if (!status && !dry_run)
        status = ctl_confirm(ctl, _("Send them?"));
    if (!status && !dry_run)
        status = send_all(&sending, false, &messages);
    if (!status && ctl->json)
        (void)printf("{\"quarter\":\"%s\",\"villages\":%zu,\"messages\":%zu,\"queued\":%s}\n", text, sending.n,
                     messages, dry_run ? "false" : "true");
    else if (!status && !dry_run)
        (void)fputs(_("they go out by day, at the pace of the modems\n"), stdout);
    return status;
}
