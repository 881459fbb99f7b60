/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "operator/actor.h"

#include "core/time.h"
#include "store/audit.h"

int64_t actor_now_ms(const struct actor *actor)
{
    struct moment now;
    struct error ignored;
    if (moment_now(actor->box, &now, &ignored) == 0)
        return now.ms;
    return actor->box->clock.wall_ms(actor->box->clock.data);
}

int actor_begin(const struct actor *actor, struct error *error)
{
    return store_begin(actor->box->store, error);
}

int actor_end(const struct actor *actor, int result, const char *what, const char *subject, const char *detail,
              struct error *error)
{
    struct store *store = actor->box->store;
    if (result == 0)
        result = store_audit(store, actor_now_ms(actor), actor->who, what, subject, detail, error);
    return store_end(store, result, error);
}
