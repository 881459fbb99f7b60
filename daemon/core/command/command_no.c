/* SPDX-License-Identifier: GPL-2.0-or-later */
/* TIDAK: what waits for its sender's word is dropped. */
#include "core/command/commands.h"
#include "core/reply/stored.h"

int command_no(const struct command_call *call, struct reply *ret_reply, struct error *error)
{
    struct stored_reports held;
    int result = stored_held(call->box, call->contact->id, call->least_ms, call->sent_ms, &held, error);
    for (size_t i = 0; i < held.n && result == 0; i++)
        result = store_report_drop(call->box->store, held.report[i].found.id, error);
    if (result < 0)
        return result;
    if (held.n == 0)
        reply_simple(call->box, command_locale(call), REPLY_NOTHING_HELD, NULL, 0, ret_reply);
    else
        reply_stored(call->box, call->contact, REPLY_NO_DROPPED, &held, call->sent_ms, ret_reply);
    return 0;
}
