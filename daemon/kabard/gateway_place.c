/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The database's file, and that of its lock, deleted, moved away, replaced or written over under a running kabard. */
#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/event.h"
#include "base/lock.h"
#include "base/notify.h"
#include "kabard/gateway_internal.h"
#include "store/past.h"

int gateway_open_database(struct gateway *gateway, struct error *error)
{
    const char *path = gateway->settings->database;
    if (access(path, F_OK) != 0)
        return error_set(error, -ENOENT, "%s is not there; make it with: kabarctl -c %s init", path, gateway->config);
    int result = gateway->lock_fd < 0 ? lock_take(path, &gateway->lock_fd, error) : 0;
    int from, to;
    if (result == 0)
        result = store_init(path, &from, &to, error);
    if (result == 0)
        result = store_open(path, STORE_WRITE, gateway->settings->box.id, &gateway->store, error);
    if (result == 0 && from != to)
        log_event(EVENT_MIGRATED, "database migrated from version %d to %d", from, to);
    return result;
}

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

/* Who writes over it is let finish: what is there in the meantime is half a database. */
static bool is_calm(struct gateway *gateway)
{
    enum { CALM_MS = 3 * MS_SECOND };
    struct stat file = {.st_size = 0};
    int64_t now_ms = gateway->clock.monotonic_ms(gateway->clock.data);
    bool changed = stat(gateway->settings->database, &file) != 0 || file.st_size != gateway->overwritten.bytes ||
                   file.st_mtim.tv_sec != gateway->overwritten.changed.tv_sec ||
                   file.st_mtim.tv_nsec != gateway->overwritten.changed.tv_nsec;
    if (changed)
        gateway->overwritten.calm_ms = now_ms;
    gateway->overwritten.bytes = file.st_size;
    gateway->overwritten.changed = file.st_mtim;
    return now_ms - gateway->overwritten.calm_ms >= CALM_MS;
}

static void tell_overwritten(struct gateway *gateway)
{
    if (gateway->overwritten.told)
        return;
    gateway->overwritten.told = true;
    store_remember_lost(gateway->store);
    log_event(EVENT_OVERWRITTEN, "another file was written over %s, or its -wal was cut", gateway->settings->database);
}

static bool is_usable(const struct gateway *gateway, struct error *error)
{
    struct store *trial = NULL;
    int result = store_open(gateway->settings->database, STORE_READ, gateway->settings->box.id, &trial, error);
    store_close(trial);
    if (result != 0)
        error_prefix(error, "the database was replaced by what can't be used");
    return result == 0;
}

/* Nothing that is held of the old one may get into the new one. */
static bool can_go_on_with_other(struct gateway *gateway, struct error *error)
{
    char kept[4096];
    tell_overwritten(gateway);
    if (store_place_check(gateway->store, error) == 0 || !is_calm(gateway))
        return false;
    store_abandon(gateway->store, kept, sizeof kept);
    if (kept[0])
        log_event(EVENT_OVERWRITTEN_WAL, "what was not in the file yet is in %s", kept);
    return is_usable(gateway, error);
}

/* Whether there is something to begin anew with. What is left in the -wal goes into the old file first: beside another
 * it would be taken for that one's. */
static bool can_begin_again(struct gateway *gateway, enum store_place place, struct error *error)
{
    const char *path = gateway->settings->database;
    if (place == STORE_OVERWRITTEN)
        return can_go_on_with_other(gateway, error);
    int result = store_place_check(gateway->store, error);
    if (place == STORE_GONE && gateway->rescued[0])
        (void)error_set(error, result,
                        "%s was deleted; what it held is in %s: stop kabard, then type: kabarctl restore %s", path,
                        gateway->rescued, gateway->rescued);
    if (place == STORE_GONE || store_checkpoint(gateway->store, error) != 0)
        return false;
    return place != STORE_REPLACED || is_usable(gateway, error);
}

bool gateway_check_database(struct gateway *gateway)
{
    bool deleted;
    struct error error = {""};
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
