/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "operator/notes.h"

#include <inttypes.h>
#include <stdio.h>

#include "store/note.h"

int operator_note_done(const struct actor *actor, int64_t id, struct error *error)
{
    char subject[24];
    (void)snprintf(subject, sizeof subject, "%" PRId64, id);
    int r = actor_begin(actor, error);
    if (r)
        return r;
    r = store_note_done(actor->box->store, id, actor_now_ms(actor), error);
    return actor_end(actor, r, "note.done", subject, "", error);
}

int operator_note_reply(const struct actor *actor, int64_t id, const char *text, struct outgoing *ret_outgoing,
                        struct error *error)
{
    int64_t mo_id;
    int r = store_note_message(actor->box->store, id, &mo_id, error);
    return r ? r : operator_reply(actor, mo_id, text, ret_outgoing, error);
}
