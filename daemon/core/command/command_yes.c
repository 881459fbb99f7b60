/* SPDX-License-Identifier: GPL-2.0-or-later */
/* YA: what waits for its sender's word counts from now on. */
#include "core/command/commands.h"
#include "core/reply/stored.h"

int command_yes(const struct command_call *call, struct reply *ret_reply, struct error *error)
{
    struct stored_reports held;
    int result = stored_held(call->box, call->contact->id, call->least_ms, call->sent_ms, &held, error);
    for (size_t i = 0; i < held.n && result == 0; i++) {
        const struct report_found *found = &held.report[i].found;
        result = store_report_confirm(call->box->store, found->id, call->now_ms, error);
        if (result == 0)
            result = command_counted(call, found, error);
    }
    if (result < 0)
        return result;
    if (held.n == 0)
        reply_simple(call->box, command_locale(call), REPLY_NOTHING_HELD, NULL, 0, ret_reply);
    else
        reply_stored(call->box, call->contact, REPLY_YES_STORED, &held, 0, ret_reply);
    return 0;
}
