/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "kabard/gateway.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "base/event.h"
#include "base/lock.h"
#include "base/notify.h"
#include "core/intake/intake.h"
#include "core/schedule/schedule.h"
#include "core/watch/retention.h"
#include "kabard/gateway_internal.h"
#include "store/meta.h"
#include "store/suspect.h"

/* ---- the database ---- */

void gateway_store_failed(struct gateway *gateway, int code, const struct error *error)
{
    if (!gateway->store_trouble || strcmp(gateway->trouble.text, error->text) != 0)
        log_event(EVENT_STORE_FAILED, "store code=%d: %s; nothing is taken from the modems until it can be stored",
                  -code, error->text);
    if (!gateway->store_trouble) {
        gateway->trouble_since_ms = gateway->clock.wall_ms(gateway->clock.data);
        for (size_t i = 0; i < gateway->n_lines; i++)
            modem_pause_intake(gateway->lines[i].modem, true);
        /* The probe comes back anyway: waiting in it would keep the loop from all else. */
        if (gateway->store)
            store_wait_for_locks(gateway->store, 0);
    }
    gateway->store_trouble = true;
    gateway->trouble = *error;
    lock_tell(gateway->lock_fd, gateway->trouble.text, gateway->trouble_since_ms);
}

/* Whether a write goes through again. */
static void on_probe(void *data, short events)
{
    (void)events;
    struct gateway *gateway = data;
    loop_timer_set(gateway->loop, &gateway->probe, STORE_PROBE_MS, on_probe, gateway);
    if (gateway->stopping || !gateway_check_database(gateway) || !gateway->store_trouble)
        return;
    struct error error;
    char trouble[sizeof gateway->trouble.text + 24];
    (void)snprintf(trouble, sizeof trouble, "%lld %s", (long long)gateway->trouble_since_ms, gateway->trouble.text);
    int result = store_meta_keep(gateway->store, META_MENDED, "database", trouble, &error);
    for (size_t i = 0; result == 0 && i < gateway->n_lines; i++)
        if (!gateway_settle(gateway, &gateway->lines[i]))
            return;
    if (result != 0) {
        gateway_store_failed(gateway, result, &error);
        return;
    }
    gateway->store_trouble = false;
    store_wait_for_locks(gateway->store, STORE_BUSY_MS);
    lock_tell(gateway->lock_fd, NULL, 0);
    log_event(EVENT_STORE_BACK, "store is written again: intake resumes");
    for (size_t i = 0; i < gateway->n_lines; i++)
        modem_pause_intake(gateway->lines[i].modem, false);
    gateway_pump(gateway);
}

/* ---- what is due ---- */

static void on_tick(void *data, short events);

static bool modem_claims(struct gateway *gateway, struct line *line)
{
    struct mt_submit submit;
    struct error error;
    int result = outbox_next(gateway->outbox, modem_name(line->modem), &submit, &error);
    if (result < 0)
        gateway_store_failed(gateway, result, &error);
    if (result != OUTBOX_SUBMIT)
        return false;
    modem_submit(line->modem, &submit);
    return true;
}

void gateway_pump(struct gateway *gateway)
{
    for (size_t i = 0; i < gateway->n_lines && !gateway->stopping; i++) {
        struct line *line = &gateway->lines[i];
        while (!gateway->store_trouble && !line->unsettled.is_set && modem_can_submit(line->modem) &&
               modem_claims(gateway, line))
            ;
    }
    gateway_put_rows(gateway);

    struct error error;
    int64_t wait_ms = TICK_MS;
    if (!gateway->store_trouble && outbox_wait_ms(gateway->outbox, &wait_ms, &error) < 0)
        wait_ms = TICK_MS;
    int64_t left_ms = gateway->tick_by_ms - gateway->clock.monotonic_ms(gateway->clock.data);
    if (wait_ms < 0 || wait_ms > left_ms)
        wait_ms = left_ms;
    loop_timer_set(gateway->loop, &gateway->tick, wait_ms, on_tick, gateway);
}

static void tick_within(struct gateway *gateway, int64_t ms)
{
    gateway->tick_by_ms = gateway->clock.monotonic_ms(gateway->clock.data) + ms;
}

/* What fails here leaves reports and answers alone: it is tried again at the next tick. */
static void tick_schedule(struct gateway *gateway)
{
    struct schedule_counts counts;
    struct error error;
    gateway_balance_wanted(gateway);
    if (schedule_tick(gateway->box, &counts, &error) < 0)
        log_event(EVENT_SCHEDULE_FAILED, "schedule: %s; tried again", error.text);
    else if (counts.jobs > 0) {
        if (counts.messages > 0)
            log_event(EVENT_SCHEDULE, "schedule messages=%zu", counts.messages);
        tick_within(gateway, TICK_SOON_MS);
    }
    int64_t blanked;
    if (retention_tick(gateway->box, &blanked, &error) < 0)
        log_event(EVENT_BLANK_FAILED, "raw texts: %s; tried again", error.text);
    else if (blanked > 0)
        log_event(EVENT_BLANKED, "raw texts blanked messages=%lld", (long long)blanked);
}

static void on_tick(void *data, short events)
{
    (void)events;
    struct gateway *gateway = data;
    struct intake_counts counts;
    struct error error;
    tick_within(gateway, TICK_MS);
    if (!gateway->store_trouble && !gateway->stopping) {
        int result = intake_tick(gateway->box, &counts, &error);
        if (result == 0)
            result = outbox_tick(gateway->outbox, &error);
        if (result < 0)
            gateway_store_failed(gateway, result, &error);
        else
            tick_schedule(gateway);
        if (!gateway->store_trouble)
            gateway_watch(gateway);
    }
    gateway_pump(gateway);
}

/* Another process (kabarctl, the web page) may have written: its commits go through the write-ahead log. */
static void on_database_write(void *data, short events)
{
    (void)events;
    struct gateway *gateway = data;
    gateway_check_events(gateway);
    int64_t version;
    struct error error;
    if (gateway->stopping || !gateway_check_database(gateway))
        return;
    if (!gateway->store_trouble && store_mark(gateway->store, &error) < 0)
        log_debug("the database is not marked: %s", error.text);
    if (store_data_version(gateway->store, &version, &error) != 0 || version == gateway->data_version)
        return;
    gateway->data_version = version;
    gateway_pump(gateway);
}

static int watch_database(struct gateway *gateway, struct error *error)
{
    enum { MOVED = IN_MOVE_SELF | IN_ATTRIB }; /* a name less is an attribute: deleted or moved over */
    char path[4096];
    const char *database = gateway->settings->database;
    int len = snprintf(path, sizeof path, "%s-wal", database);
    gateway->watch_fd = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    if (gateway->watch_fd < 0 || len < 0 || (size_t)len >= sizeof path ||
        inotify_add_watch(gateway->watch_fd, path, IN_MODIFY | MOVED) < 0 ||
        (gateway->database_watch = inotify_add_watch(gateway->watch_fd, database, IN_CLOSE_WRITE | MOVED)) < 0)
        return error_set(error, -errno, "watching %s: %s", path, strerror(errno));
    return loop_watch(gateway->loop, gateway->watch_fd, POLLIN, on_database_write, gateway);
}

/* ---- signals, systemd ---- */

static void on_stop_limit(void *data, short events)
{
    (void)events;
    struct gateway *gateway = data;
    log_event(EVENT_STOP_SLOW, "a modem did not stop in time and is killed");
    gateway->stopped = true;
}

static void stop(struct gateway *gateway)
{
    if (gateway->stopping)
        return;
    gateway->stopping = true;
    notify_send("STOPPING=1");
    log_event(EVENT_STOPPING, "stopping");
    if (!gateway->store_trouble)
        store_wait_for_locks(gateway->store, STOP_BUSY_MS);
    for (size_t i = 0; i < gateway->n_lines; i++)
        modem_stop(gateway->lines[i].modem);
    loop_timer_set(gateway->loop, &gateway->stop_limit, STOP_WAIT_MS, on_stop_limit, gateway);
}

static bool all_modems_stopped(const struct gateway *gateway)
{
    for (size_t i = 0; i < gateway->n_lines; i++)
        if (modem_state(gateway->lines[i].modem) != MODEM_STOPPED)
            return false;
    return true;
}

/* All or nothing: the box takes new settings over only when everything in them holds. */
static int reload(struct gateway *gateway, struct error *error)
{
    struct settings *settings;
    int result = settings_open(gateway->config, &settings, error);
    if (result != 0)
        return result;
    const char *changed = settings_needs_restart(gateway->settings, settings);
    if (changed)
        result = error_set(error, -EINVAL, "%s: %s has changed, which takes a restart", gateway->config, changed);
    else
        result = box_reload(gateway->box, settings, error);
    if (result != 0) {
        settings_close(settings);
        return result;
    }
    for (size_t i = 0; i < gateway->n_lines; i++)
        gateway->lines[i].settings = &settings->modems[i];
    settings_close(gateway->settings);
    gateway->settings = settings;
    log_open("kabard", (enum log_level)settings->log_level);
    gateway_refresh_scores(gateway);
    return 0;
}

static void on_signal(void *data, short events)
{
    (void)events;
    struct gateway *gateway = data;
    struct signalfd_siginfo info;
    while (read(gateway->signal_fd, &info, sizeof info) == (ssize_t)sizeof info) {
        if (info.ssi_signo != SIGHUP) {
            stop(gateway);
            continue;
        }
        struct error error;
        notify_send("RELOADING=1\nMONOTONIC_USEC=%lld",
                    (long long)gateway->clock.monotonic_ms(gateway->clock.data) * 1000);
        if (reload(gateway, &error) == 0)
            log_event(EVENT_RELOADED, "configuration read again");
        else
            log_event(EVENT_RELOAD_REFUSED, "configuration stays as it was: %s", error.text);
        notify_send("READY=1");
        gateway_pump(gateway);
    }
}

static int watch_signals(struct gateway *gateway, struct error *error)
{
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGHUP);
    if (sigprocmask(SIG_BLOCK, &signals, NULL) != 0 || signal(SIGPIPE, SIG_IGN) == SIG_ERR)
        return error_set(error, -errno, "signals: %s", strerror(errno));
    gateway->signal_fd = signalfd(-1, &signals, SFD_NONBLOCK | SFD_CLOEXEC);
    if (gateway->signal_fd < 0)
        return error_set(error, -errno, "signalfd: %s", strerror(errno));
    return loop_watch(gateway->loop, gateway->signal_fd, POLLIN, on_signal, gateway);
}

static void on_watchdog(void *data, short events)
{
    (void)events;
    struct gateway *gateway = data;
    notify_send("WATCHDOG=1");
    loop_timer_set(gateway->loop, &gateway->watchdog, notify_watchdog_ms(), on_watchdog, gateway);
}

/* ---- open, run, close ---- */

/* The kernel's name for this run of the machine, "" where it has none. */
static void read_boot(char *ret_boot, size_t size)
{
    int fd = open("/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC);
    ssize_t len = fd >= 0 ? read(fd, ret_boot, size - 1) : 0;
    ret_boot[len > 0 ? len : 0] = '\0';
    ret_boot[strcspn(ret_boot, "\n")] = '\0';
    if (fd >= 0)
        close(fd);
}

static int open_box(struct gateway *gateway, struct mt_recovered *ret_recovered, struct error *error)
{
    char boot[64];
    bool older = false;
    read_boot(boot, sizeof boot);
    int result = gateway_open_database(gateway, error);
    if (result == 0)
        result = box_open(gateway->settings, gateway->store, gateway->clock, &gateway->box, error);
    if (result == 0)
        result = gateway_adopt_older(gateway, &older, error);
    if (result == 0)
        result = store_suspect_recover(gateway->store, boot, error);
    if (result == 0)
        result = outbox_open(gateway->box, &gateway->outbox, ret_recovered, error);
    if (result == 0 && older)
        gateway_tell_older(gateway);
    if (result == 0)
        gateway_remember(gateway);
    return result;
}

/* A disk that is full at the start is waited for like one that fills later; only a signal ends that. */
static int open_box_with_room(struct gateway *gateway, struct mt_recovered *ret_recovered, struct error *error)
{
    struct pollfd stop = {.fd = gateway->signal_fd, .events = POLLIN};
    int result;
    while ((result = open_box(gateway, ret_recovered, error)) == -ENOSPC) {
        gateway->outbox = outbox_close(gateway->outbox);
        gateway->box = box_close(gateway->box);
        gateway->store = store_close(gateway->store);
        gateway_store_failed(gateway, result, error);
        notify_send("EXTEND_TIMEOUT_USEC=%d", 4 * 1000 * STORE_PROBE_MS);
        if (poll(&stop, 1, STORE_PROBE_MS) != 0)
            break;
    }
    return result;
}

/* A line each, as the worker says them. */
static void join_commands(struct texts commands, char ret_lines[MODEM_COMMANDS_MAX])
{
    size_t len = 0;
    ret_lines[0] = '\0';
    for (size_t i = 0; i < commands.n && len < MODEM_COMMANDS_MAX; i++)
        len += (size_t)snprintf(ret_lines + len, MODEM_COMMANDS_MAX - len, "%s\n", commands.text[i]);
}

/* commands stays the caller's. */
static struct modem_options modem_options_of(struct gateway *gateway, size_t index, const char *worker,
                                             const char *commands)
{
    const struct settings *settings = gateway->settings;
    const struct modem_settings *modem = &settings->modems[index];
    return (struct modem_options){
        .name = modem->name,
        .connection = modem->connection,
        .device = modem->device,
        .model = modem->model,
        .pin = gateway_pin(gateway, modem),
        .imei = modem->imei,
        .scan = modem->scan[0] ? modem->scan : NULL,
        .power_hook = modem->power_hook,
        .smsc = modem->smsc,
        .commands = commands,
        .delete_sent = modem->delete_sent,
        .worker = worker,
        .poll_ms = (int64_t)modem->poll_seconds * MS_SECOND,
        .init_ms = (int64_t)settings->deadline_init * MS_SECOND,
        .status_ms = (int64_t)settings->deadline_status * MS_SECOND,
        .list_ms = (int64_t)settings->deadline_list * MS_SECOND,
        .delete_ms = (int64_t)settings->deadline_delete * MS_SECOND,
        .submit_ms = (int64_t)settings->deadline_submit * MS_SECOND,
        .quit_ms = (int64_t)settings->deadline_quit * MS_SECOND,
    };
}

static int open_modems(struct gateway *gateway, struct error *error)
{
    char worker[4096], commands[MODEM_COMMANDS_MAX];
    int result = modem_worker_path(gateway->settings->worker, worker, sizeof worker, error);
    if (result == 0 && gateway->settings->n_modems > 0) {
        gateway->lines = calloc(gateway->settings->n_modems, sizeof *gateway->lines);
        if (!gateway->lines)
            return error_set(error, -ENOMEM, "no memory");
    }
    for (size_t i = 0; result == 0 && i < gateway->settings->n_modems; i++) {
        struct line *line = &gateway->lines[i];
        join_commands(gateway->settings->modems[i].init, commands);
        struct modem_options options = modem_options_of(gateway, i, worker, commands);
        line->gateway = gateway;
        line->settings = &gateway->settings->modems[i];
        gateway_row_open(line);
        result = modem_open(gateway->loop, gateway->clock, &options, &gateway_modem_events, line, &line->modem, error);
        if (result == 0)
            gateway->n_lines++;
    }
    return result;
}

int gateway_open(struct settings *settings, const char *config, struct clock clock, struct gateway **ret_gateway,
                 struct error *error)
{
    struct gateway *gateway = calloc(1, sizeof *gateway);
    if (!gateway) {
        settings_close(settings);
        return error_set(error, -ENOMEM, "no memory");
    }
    *gateway = (struct gateway){
        .settings = settings, .config = config, .clock = clock, .lock_fd = -1, .signal_fd = -1, .watch_fd = -1};
    struct mt_recovered recovered = {0};
    int result = loop_open(clock, &gateway->loop, error);
    if (result == 0)
        result = watch_signals(gateway, error);
    if (result == 0)
        result = open_box_with_room(gateway, &recovered, error);
    if (result == 0)
        result = watch_database(gateway, error);
    if (result == 0)
        result = open_modems(gateway, error);
    if (result != 0) {
        gateway_close(gateway);
        return result;
    }
    gateway_refresh_scores(gateway);
    if (recovered.uncertain > 0)
        log_event(EVENT_MT_UNCERTAIN, "mt uncertain=%lld: being sent when kabard last ended",
                  (long long)recovered.uncertain);
    gateway->set_aside_due = recovered.set_aside > 0;
    if (recovered.set_aside > 0)
        log_event(EVENT_SET_ASIDE, "mt set aside=%lld: kabard ended %d times while it was being sent",
                  (long long)recovered.set_aside, SUSPECT_DEATHS_MAX);
    *ret_gateway = gateway;
    return 0;
}

int gateway_run(struct gateway *gateway, struct error *error)
{
    loop_timer_set(gateway->loop, &gateway->probe, gateway->store_trouble ? 0 : STORE_PROBE_MS, on_probe, gateway);
    if (notify_watchdog_ms() > 0)
        on_watchdog(gateway, 0);
    tick_within(gateway, TICK_START_MS);
    gateway_pump(gateway);
    gateway_watch(gateway);
    gateway_check_start(gateway);
    notify_send("READY=1\nSTATUS=%zu modems", gateway->n_lines);
    log_event(EVENT_READY, "ready modems=%zu", gateway->n_lines);
    while (!gateway->stopped) {
        int result = loop_turn(gateway->loop, -1);
        if (result != 0)
            return error_set(error, result, "the loop failed: %s", strerror(-result));
        if (gateway->stopping && all_modems_stopped(gateway))
            gateway->stopped = true;
    }
    struct error ignored;
    if (!gateway->store_trouble && !gateway->again) {
        if (store_suspect_clear(gateway->store, &ignored) < 0)
            log_event(EVENT_STORE_FAILED, "store: %s", ignored.text);
        gateway_remember(gateway);
    }
    return gateway->again ? GATEWAY_AGAIN : 0;
}

struct gateway *gateway_close(struct gateway *gateway)
{
    if (!gateway)
        return NULL;
    for (size_t i = 0; i < gateway->n_lines; i++)
        gateway->lines[i].modem = modem_close(gateway->lines[i].modem);
    gateway_check_end(gateway);
    outbox_close(gateway->outbox);
    box_close(gateway->box);
    store_close(gateway->store);
    loop_close(gateway->loop);
    for (size_t i = 0; i < 3; i++) {
        int fd = (const int[]){gateway->lock_fd, gateway->signal_fd, gateway->watch_fd}[i];
        if (fd >= 0)
            (void)close(fd);
    }
    settings_close(gateway->settings);
    free(gateway->lines);
    free(gateway);
    return NULL;
}
