/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Whether the database is whole, looked at before anybody asks: after the start, each night, and when another program
 * has written to its file. A large one takes minutes: a process of its own (kabard --verify) reads it, in steps with
 * pauses, while the loop goes on.
 */
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/inotify.h>
#include <unistd.h>

#include "base/event.h"
#include "core/watch/alert.h"
#include "kabard/gateway_internal.h"
#include "store/meta.h"

enum {
    CHECK_START_MS = 5 * MS_SECOND,
    CHECK_HOUR = 2,                  /* of the village's night */
    CHECK_SOON_MS = MS_SECOND,       /* after another program closed the file, */
    CHECK_AGAIN_MS = 10 * MS_MINUTE, /* but not more often than this */
};

static const char damage[] = "the database is damaged: stop kabard, then kabarctl restore FILE with the newest backup";

static void on_check(void *data, short events);

/* Then, or earlier where that was planned already. */
static void check_within(struct gateway *gateway, int64_t ms)
{
    const struct loop_timer *due = &gateway->check.due;
    if (!due->set || due->due_ms > gateway->clock.monotonic_ms(gateway->clock.data) + ms)
        loop_timer_set(gateway->loop, &gateway->check.due, ms, on_check, gateway);
}

/* Until CHECK_HOUR of the next night, by whatever the wall clock shows. */
static int64_t until_night_ms(const struct gateway *gateway)
{
    struct local_time local = zone_local(gateway->clock.wall_ms(gateway->clock.data));
    int hours = (CHECK_HOUR - local.hour + 24) % 24;
    return (hours ? hours : 24) * MS_HOUR;
}

/* For status; 0: whole. Written where that changes something. */
static void keep_damage(struct gateway *gateway, int64_t ms)
{
    char now[24] = "", kept[24] = "";
    struct error error;
    if (ms)
        (void)snprintf(now, sizeof now, "%lld", (long long)ms);
    int result = store_meta_get(gateway->store, META_DAMAGED, NULL, kept, sizeof kept, &error);
    if ((result == 0 || result == -ENOENT) && (kept[0] == '\0') != (now[0] == '\0'))
        result = store_meta_keep(gateway->store, META_DAMAGED, NULL, now, &error);
    if (result < 0 && result != -ENOENT)
        gateway_store_failed(gateway, result, &error);
}

static void tell_damage(struct gateway *gateway)
{
    struct error error;
    size_t queued = 0;
    log_event(EVENT_DAMAGED, "%s", damage);
    if (gateway->store_trouble)
        return;
    keep_damage(gateway, gateway->clock.wall_ms(gateway->clock.data));
    if (alert_damage(gateway->box, &queued, &error) < 0)
        log_event(EVENT_STORE_FAILED, "the operators could not be told of it: %s", error.text);
    else if (queued > 0)
        log_event(EVENT_ALERTED, "alert messages=%zu", queued);
}

static void on_checked(void *data, short events)
{
    (void)events;
    struct gateway *gateway = data;
    char how[80];
    int fd = gateway->check.proc.pidfd;
    if (proc_reap(&gateway->check.proc, how, sizeof how) == PROC_ALIVE)
        return;
    loop_unwatch(gateway->loop, fd);
    if (strcmp(how, "ended with status 1") == 0) {
        tell_damage(gateway);
    } else if (strcmp(how, "ended with status 0") == 0 && !gateway->store_trouble) {
        keep_damage(gateway, 0);
    }
}

static void on_check(void *data, short events)
{
    (void)events;
    struct gateway *gateway = data;
    struct error error;
    char name[] = "kabard", option[] = "--verify", path[4096];
    char *const argv[] = {name, option, path, NULL};
    check_within(gateway, until_night_ms(gateway));
    if (gateway->stopping || gateway->check.proc.pid > 0)
        return;
    (void)snprintf(path, sizeof path, "%s", gateway->settings->database);
    int result = proc_spawn("/proc/self/exe", argv, -1, &gateway->check.proc, &error);
    if (result == 0)
        result = loop_watch(gateway->loop, gateway->check.proc.pidfd, POLLIN, on_checked, gateway);
    if (result < 0)
        log_debug("the database is not looked at: %s", error.text);
}

void gateway_check_start(struct gateway *gateway)
{
    check_within(gateway, CHECK_START_MS);
}

static void on_touched(struct gateway *gateway)
{
    int64_t now_ms = gateway->clock.monotonic_ms(gateway->clock.data);
    int64_t since_ms = now_ms - gateway->check.touched_ms;
    bool again = gateway->check.touched_ms && since_ms < CHECK_AGAIN_MS;
    if (!again)
        gateway->check.touched_ms = now_ms;
    check_within(gateway, again ? CHECK_AGAIN_MS - since_ms : CHECK_SOON_MS);
}

void gateway_check_events(struct gateway *gateway)
{
    _Alignas(struct inotify_event) char events[4096];
    ssize_t len;
    while ((len = read(gateway->watch_fd, events, sizeof events)) > 0) {
        const struct inotify_event *event;
        for (const char *at = events; at < events + len; at += sizeof *event + event->len) {
            event = (const struct inotify_event *)(const void *)at;
            if (event->wd == gateway->database_watch && event->mask & IN_CLOSE_WRITE)
                on_touched(gateway);
        }
    }
}

void gateway_check_end(struct gateway *gateway)
{
    proc_end(&gateway->check.proc);
}
