/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The database's file, and that of its lock, deleted, moved away or replaced under a running kabard. */
#include <errno.h>

#include "base/event.h"
#include "base/lock.h"
#include "base/notify.h"
#include "kabard/gateway_internal.h"

/* Once: what has no name any more goes with this process. */
static void rescue(struct gateway *gateway)
{
    struct error error;
    if (gateway->rescue_tried)
        return;
    gateway->rescue_tried = true;
    notify_send("WATCHDOG=1"); /* a large one takes its time */
    if (store_rescue(gateway->store, gateway->rescued, sizeof gateway->rescued, &error) != 0)
        log_event(EVENT_RESCUE_FAILED, "the deleted database could not be copied: %s", error.text);
    else
        log_event(EVENT_RESCUED, "what the deleted database held is now in %s", gateway->rescued);
}

/* Whether there is something to begin anew with. What is left in the -wal goes into the old file first: beside another
 * it would be taken for that one's. */
static bool can_begin_again(struct gateway *gateway, enum store_place place, struct error *error)
{
    const char *path = gateway->settings->database;
    struct store *trial = NULL;
    int result = store_place_check(gateway->store, error);
    if (place == STORE_GONE && gateway->rescued[0])
        (void)error_set(error, result,
                        "%s was deleted; what it held is in %s: stop kabard, then type: kabarctl restore %s", path,
                        gateway->rescued, gateway->rescued);
    if (place == STORE_GONE || store_checkpoint(gateway->store, error) != 0)
        return false;
    if (place == STORE_REPLACED && store_open(path, STORE_READ, gateway->settings->box.id, &trial, error) != 0) {
        error_prefix(error, "the database was replaced by what can't be used");
        return false;
    }
    store_close(trial);
    return true;
}

bool gateway_check_database(struct gateway *gateway)
{
    bool deleted;
    struct error error;
    lock_keep(gateway->settings->database, &gateway->lock_fd);
    enum store_place place = store_place(gateway->store, &deleted);
    if (place == STORE_THERE)
        return true;
    if (deleted)
        rescue(gateway);
    if (can_begin_again(gateway, place, &error)) {
        log_event(EVENT_STORE_MOVED, "%s is not the file any more that was opened: beginning again with it",
                  gateway->settings->database);
        gateway->again = gateway->stopped = true;
    } else {
        gateway_store_failed(gateway, -ESTALE, &error);
    }
    return false;
}
