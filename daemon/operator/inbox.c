/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "operator/inbox.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>

#include "store/mo.h"

static int take_id(void *data, const struct mo_message *message)
{
    *(int64_t *)data = message->id;
    return 1;
}

int operator_inbox_done(const struct actor *actor, int64_t mo_id, struct error *error)
{
    const struct mo_filter filter = {.id = mo_id, .unread_only = true, .limit = 1};
    int64_t found = 0;
    char subject[32];
    (void)snprintf(subject, sizeof subject, "mo %" PRId64, mo_id);
    int r = actor_begin(actor, error);
    if (r)
        return r;
    r = store_mo_list(actor->box->store, &filter, take_id, &found, error);
    if (!r && found == 0)
        r = error_set(error, -ENOENT, "message %" PRId64 " does not wait for anybody; see: kabarctl inbox --unread",
                      mo_id);
    if (!r)
        r = store_mo_message_set_handled(actor->box->store, mo_id, actor_now_ms(actor), error);
    return actor_end(actor, r, "inbox.done", subject, "", error);
}
