/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A database in the place of this box's that is older than that was, or another: an operator, a script or a stick put
 * it there, before kabard began or while it ran. */
#include <stdio.h>

#include "base/event.h"
#include "core/time.h"
#include "core/watch/alert.h"
#include "kabard/gateway_internal.h"
#include "store/adopt.h"
#include "store/meta.h"
#include "store/past.h"

static int adopt(struct gateway *gateway, int64_t generation, struct error *error)
{
    struct moment now;
    struct adopted adopted;
    /* What was believed of the time when that copy was made is of no use, and would be now. */
    int result = store_meta_keep(gateway->store, META_CLOCK, NULL, "", error);
    if (result == 0)
        result = moment_now(gateway->box, &now, error);
    if (result < 0)
        return result;
    const struct adoption adoption = {.now_ms = now.ms,
                                      .after = generation,
                                      .clock = "",
                                      .who = "kabard",
                                      .what = "database.older",
                                      .subject = gateway->settings->database};
    result = store_adopt(gateway->store, &adoption, &adopted, error);
    if (result == 0)
        log_event(EVENT_OLDER,
                  "%s is not the database that this box had last: what came in after it was copied is lost; of what "
                  "waited in it to be sent %lld expired, %lld held",
                  gateway->settings->database, (long long)adopted.expired, (long long)adopted.held);
    return result;
}

int gateway_adopt_older(struct gateway *gateway, bool *ret_older, struct error *error)
{
    int64_t generation = 0;
    int result = store_is_older(gateway->store, &generation, error);
    *ret_older = result > 0;
    return result > 0 ? adopt(gateway, generation, error) : result;
}

void gateway_tell_older(struct gateway *gateway)
{
    char trouble[128];
    struct error error;
    size_t queued = 0;
    (void)snprintf(trouble, sizeof trouble, "%lld it was written over by an older copy: what came after that is lost",
                   (long long)gateway->clock.wall_ms(gateway->clock.data));
    int result = store_meta_keep(gateway->store, META_MENDED, "database", trouble, &error);
    if (result == 0)
        result = alert_older(gateway->box, &queued, &error);
    if (result < 0)
        log_event(EVENT_STORE_FAILED, "the operators could not be told of it: %s", error.text);
    else if (queued > 0)
        log_event(EVENT_ALERTED, "alert messages=%zu", queued);
}

void gateway_remember(struct gateway *gateway)
{
    struct error error;
    int result = store_mark(gateway->store, &error);
    if (result == 0)
        result = store_remember(gateway->store, &error);
    if (result < 0)
        gateway_store_failed(gateway, result, &error);
}
