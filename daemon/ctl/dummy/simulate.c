/* SPDX-License-Identifier: GPL-2.0-or-later */
/* simulate: one SMS to the dummy phone, and the answer. */
#include <stdio.h>

#include "base/lock.h"
#include "base/translate.h"
#include "ctl/dummy/exchange.h"

static void print_reply(const struct exchanged *exchanged)
{
    CLEANUP(buf_deinit) struct buf out;
    buf_init(&out, 4L * SMS_TEXT_MAX);
    if (exchanged->repeated)
        (void)fputs(_("(the box has had this very SMS before: it counts once)\n"), stderr);
    if (exchanged->mt_id) {
        buf_escaped(&out, view_of(exchanged->reply));
        buf_puts(&out, "\n");
        ctl_print(&out);
    } else {
        (void)fprintf(stderr, _("(not answered: %s)\n"), translate(mo_outcome_to_string(exchanged->outcome)));
    }
}

int ctl_simulate(struct ctl *ctl)
{
    CLEANUP(session_close) struct session session = {0};
    CLEANUP(buf_deinit) struct buf text;
    buf_init(&text, TEXT_MAX);
    ctl_join_words(ctl, 0, &text);
    int64_t at_ms = 0;
    int status = option_time(ctl, "--at", 12, &at_ms);
    struct exchange exchange;
    if (!status)
        status = exchange_open(&exchange, ctl, &session);
    if (status)
        return status;
    bool running = lock_held(session.settings->database, NULL);
    if (!running)
        exchange.timeout_ms = 0;
    struct exchanged exchanged;
    struct view message = {text.text, text.len};
    status = exchange_send(&exchange, message, at_ms, &exchanged);
    if (status)
        return status;
    if (ctl->json)
        exchange_print_json(&exchange, message, &exchanged);
    if (!running)
        return ctl_refuse("no daemon runs on %s: the SMS waits in the dummy phone; start: kabard -c %s",
                          session.settings->database, ctl->config);
    if (exchange.timeout_ms == 0)
        return CTL_DONE;
    if (!exchanged.taken)
        return ctl_refuse("the box did not take the SMS within %lld seconds; see: kabarctl status",
                          (long long)(exchange.timeout_ms / MS_SECOND));
    if (!ctl->json)
        print_reply(&exchanged);
    return CTL_DONE;
}
