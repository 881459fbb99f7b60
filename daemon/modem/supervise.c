/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "modem/supervise.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/log.h"

enum {
    GRACE_MS = 2 * MS_SECOND,    /* between SIGTERM and SIGKILL */
    HEALTHY_MS = MS_MINUTE,      /* well for so long: the next failure is the first again */
    SILENCE_MS = 12 * MS_SECOND, /* of a modem that was well; twice and four times as long for one that was not */
    BACKOFF_MS = MS_SECOND,
    BACKOFF_MAX_MS = 300 * MS_SECOND,   /* a worker that crashes, a SIM that wants a PIN */
    BACKOFF_AGAIN_MS = 5 * MS_SECOND,   /* one that could be opened just before, or that another program holds */
    BACKOFF_SILENT_MS = 20 * MS_SECOND, /* with libGammu's own half minute of waiting it is below a minute in all */
    SIGN_MS = 3 * MS_SECOND,            /* after its modem's silence a worker would have said so */
    LOOK_MS = MS_SECOND,                /* between two looks for a device that is gone */
    HOOK_MS = 30 * MS_SECOND,           /* the power hook's time */
    MESSAGES_A_TURN = 64,               /* of one worker, so that the others have theirs */
};

static int64_t now_ms(const struct modem *modem)
{
    return modem->clock.monotonic_ms(modem->clock.data);
}

void supervise_log(struct modem *modem, const char *format, ...)
{
    char text[WIRE_TEXT_MAX];
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    if (modem->events->log)
        modem->events->log(modem->data, modem, text);
}

void supervise_state(struct modem *modem, enum modem_state state)
{
    if (modem->state == state)
        return;
    log_debug("modem=%s state=%s was=%s", modem->name, modem_state_to_string(state),
              modem_state_to_string(modem->state));
    modem->state = state;
    modem->since_ms = now_ms(modem);
}

static bool is_alive(const struct modem *modem)
{
    return modem->state == MODEM_STARTING || modem->state == MODEM_IDLE || modem->state == MODEM_BUSY;
}

/* What the next try does more than open the device again. The step that the last failure earned, in turns of four. */
static enum wire_reset next_reset(const struct modem *modem)
{
    if (modem->failure != WIRE_FAILURE_SILENT && modem->failure != WIRE_FAILURE_OTHER)
        return WIRE_RESET_NONE;
    switch (modem->failures % 4) {
    case 2:
        return WIRE_RESET_SOFT;
    case 3:
        return WIRE_RESET_HARD;
    default:
        return WIRE_RESET_NONE;
    }
}

static void on_hook_timer(void *data, short events)
{
    (void)events;
    struct modem *modem = data;
    proc_kill(&modem->hook, SIGKILL);
}

static void on_hook_ended(void *data, short events)
{
    (void)events;
    struct modem *modem = data;
    int pidfd = modem->hook.pidfd;
    char how[64];
    if (proc_reap(&modem->hook, how, sizeof how) == PROC_ALIVE)
        return;
    loop_unwatch(modem->loop, pidfd);
    loop_timer_clear(modem->loop, &modem->hook_timer);
    supervise_log(modem, "the power hook %s %s", modem->power_hook, how);
}

static void run_power_hook(struct modem *modem)
{
    if (!modem->power_hook[0] || modem->hook.pid > 0)
        return;
    char *argv[] = {modem->power_hook, modem->name, modem->init.device, NULL};
    struct error error;
    if (proc_spawn(modem->power_hook, argv, -1, &modem->hook, &error) < 0) {
        supervise_log(modem, "the power hook: %s", error.text);
        return;
    }
    supervise_log(modem, "opening and resetting did not help: running the power hook %s", modem->power_hook);
    if (loop_watch(modem->loop, modem->hook.pidfd, POLLIN, on_hook_ended, modem) < 0)
        proc_end(&modem->hook);
    else
        loop_timer_set(modem->loop, &modem->hook_timer, HOOK_MS, on_hook_timer, modem);
}

static void on_timer(void *data, short events);
static bool receive(struct modem *modem);

static int64_t backoff_ms(const struct modem *modem)
{
    int64_t max_ms = BACKOFF_MAX_MS;
    if (modem->failures <= 1)
        return 0;
    if (!modem->mad && (modem->was_ready || modem->failure == WIRE_FAILURE_ABSENT))
        max_ms = BACKOFF_AGAIN_MS;
    else if (modem->failure == WIRE_FAILURE_SILENT)
        max_ms = BACKOFF_SILENT_MS;
    int64_t wait_ms = modem->options.backoff_ms > 0 ? modem->options.backoff_ms : BACKOFF_MS;
    for (int i = 2; i < modem->failures && wait_ms < max_ms; i++)
        wait_ms *= 2;
    return wait_ms < max_ms ? wait_ms : max_ms;
}

/* Nothing to open anywhere: said once, then looked for without a worker. */
static void wait_for_device(struct modem *modem)
{
    loop_timer_set(modem->loop, &modem->timer, LOOK_MS, on_timer, modem);
    if (modem->absent)
        return;
    modem->absent = true;
    modem->failure = WIRE_FAILURE_ABSENT;
    (void)snprintf(modem->trouble, sizeof modem->trouble, "%.200s is not there%s", modem->init.device,
                   modem->imei[0] ? ", nor is the modem elsewhere" : "");
    modem->events->down(modem->data, modem, modem->trouble);
}

static void enter_backoff(struct modem *modem)
{
    supervise_state(modem, MODEM_BACKOFF);
    int64_t wait_ms = 0;
    if (modem->candidate == 0 || !device_choose(modem)) {
        modem->candidate = 0;
        modem->failures++;
        wait_ms = backoff_ms(modem);
        if (modem->failures % 4 == 0)
            run_power_hook(modem);
    }
    loop_timer_set(modem->loop, &modem->timer, wait_ms, on_timer, modem);
}

static void bury(struct modem *modem, const char *how)
{
    loop_timer_clear(modem->loop, &modem->timer);
    if (modem->stopping) {
        supervise_state(modem, MODEM_STOPPED);
        return;
    }
    if (modem->why[0])
        memcpy(modem->trouble, modem->why, sizeof modem->trouble);
    else
        (void)snprintf(modem->trouble, sizeof modem->trouble, "the worker %s", how);
    enter_backoff(modem);
    modem->events->down(modem->data, modem, modem->trouble);
}

static void on_ended(void *data, short events)
{
    (void)events;
    struct modem *modem = data;
    /* The last that it said first: it may be the answer of the network. */
    while (modem->fd >= 0 && receive(modem))
        continue;
    supervise_down(modem, WIRE_FAILURE_OTHER, "%s", "");
    int pidfd = modem->proc.pidfd;
    char how[64];
    if (proc_reap(&modem->proc, how, sizeof how) == PROC_ALIVE)
        return;
    loop_unwatch(modem->loop, pidfd);
    bury(modem, how);
}

static void close_socket(struct modem *modem)
{
    if (modem->fd < 0)
        return;
    loop_unwatch(modem->loop, modem->fd);
    close(modem->fd);
    modem->fd = -1;
}

void supervise_down(struct modem *modem, enum wire_failure failure, const char *format, ...)
{
    if (!is_alive(modem))
        return;
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(modem->why, sizeof modem->why, format, arguments);
    va_end(arguments);
    modem->failure = failure;
    bool asked_for = modem->ailing < WIRE_SUBMIT || modem->ailing == WIRE_TYPE_COUNT; /* it has been, in that time */
    bool healthy = modem->ready_ms >= 0 && now_ms(modem) - modem->ready_ms >= HEALTHY_MS;
    if (healthy && (asked_for || modem->mad))
        modem->failures = 0;
    modem->mad &= !healthy;
    modem->was_ready = modem->state != MODEM_STARTING;
    modem->ailing = modem->state == MODEM_IDLE ? WIRE_TYPE_COUNT : modem->op;
    if (modem->was_ready || (failure != WIRE_FAILURE_ABSENT && failure != WIRE_FAILURE_SILENT))
        modem->candidate = 0;
    else
        modem->candidate++;
    modem->pin_refused |= failure == WIRE_FAILURE_PIN && modem->init.pin[0];
    modem->ready_ms = -1;
    /* Whatever it says from here on is too late: it must not be taken for the answer to the next request. */
    close_socket(modem);
    supervise_state(modem, MODEM_DYING);
    proc_kill(&modem->proc, SIGTERM);
    loop_timer_set(modem->loop, &modem->timer, GRACE_MS, on_timer, modem);
    client_forget(modem);
}

void supervise_quit(struct modem *modem)
{
    KABAR_ASSERT(is_alive(modem));
    close_socket(modem);
    supervise_state(modem, MODEM_DYING);
    loop_timer_set(modem->loop, &modem->timer, modem->options.quit_ms, on_timer, modem);
    client_forget(modem);
}

static void on_timer(void *data, short events)
{
    (void)events;
    struct modem *modem = data;
    switch (modem->state) {
    case MODEM_STARTING:
    case MODEM_BUSY:
        /* It may have been us who were late. */
        if (receive(modem))
            break;
        supervise_down(modem, WIRE_FAILURE_SILENT, "no answer to %s in %lld s", wire_type_to_string(modem->op),
                       (long long)((now_ms(modem) - modem->since_ms) / MS_SECOND));
        break;
    case MODEM_DYING:
        proc_kill(&modem->proc, SIGKILL);
        break;
    case MODEM_BACKOFF:
        supervise_start(modem);
        break;
    case MODEM_STOPPED:
    case MODEM_IDLE:
        break;
    }
}

/* A worker that lives tells of it while its own watch is on, which ends when a submit is let go. */
static void expect_sign(struct modem *modem)
{
    int64_t left_ms = modem->deadline_ms - now_ms(modem), sign_ms = modem->silence_ms + SIGN_MS;
    bool watched = modem->submit_slot != SUBMIT_LEFT;
    loop_timer_set(modem->loop, &modem->timer, watched && sign_ms < left_ms ? sign_ms : left_ms, on_timer, modem);
}

static bool receive(struct modem *modem)
{
    uint8_t bytes[WIRE_MAX];
    ssize_t len = recv(modem->fd, bytes, sizeof bytes, MSG_DONTWAIT | MSG_TRUNC);
    if (len < 0 && (errno == EAGAIN || errno == EINTR))
        return false;
    if (len <= 0) {
        supervise_down(modem, WIRE_FAILURE_OTHER, "%s", "");
        return false;
    }
    struct wire_message message;
    struct error error = {"a message longer than any"};
    if (len > (ssize_t)sizeof bytes || wire_decode(bytes, (size_t)len, WIRE_WORKER, &message, &error) < 0) {
        supervise_broke(modem, "%s", error.text);
        return false;
    }
    client_message(modem, &message);
    if (modem->state == MODEM_STARTING || modem->state == MODEM_BUSY)
        expect_sign(modem);
    return modem->fd >= 0;
}

static void on_socket(void *data, short events)
{
    (void)events;
    struct modem *modem = data;
    for (int i = 0; i < MESSAGES_A_TURN && receive(modem); i++)
        continue;
}

static bool tell(struct modem *modem, const struct wire_message *message, int64_t deadline_ms)
{
    uint8_t bytes[WIRE_MAX];
    modem->deadline_ms = now_ms(modem) + deadline_ms;
    expect_sign(modem);
    size_t len = wire_encode(message, bytes);
    if (len > 0 && send(modem->fd, bytes, len, MSG_DONTWAIT | MSG_NOSIGNAL) == (ssize_t)len)
        return true;
    supervise_down(modem, WIRE_FAILURE_OTHER, "%s can't be told to the worker: %s", wire_type_to_string(message->type),
                   len > 0 ? strerror(errno) : "a number is out of range");
    return false;
}

void supervise_ask(struct modem *modem, struct wire_message *message, int64_t deadline_ms)
{
    message->id = ++modem->id ? modem->id : ++modem->id; /* 0 is not an id */
    modem->op = message->type;
    supervise_state(modem, message->type == WIRE_INIT ? MODEM_STARTING : MODEM_BUSY);
    (void)tell(modem, message, deadline_ms);
}

bool supervise_go(struct modem *modem, int64_t deadline_ms)
{
    const struct wire_message message = {.type = WIRE_GO, .id = modem->id};
    modem->since_ms = now_ms(modem);
    return tell(modem, &message, deadline_ms);
}

static int open_worker(struct modem *modem, struct error *error)
{
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) < 0)
        return error_set(error, -errno, "a socket for the worker: %s", strerror(errno));
    char *argv[] = {modem->worker, modem->name, NULL};
    int result = proc_spawn(modem->worker, argv, ends[1], &modem->proc, error);
    close(ends[1]);
    modem->fd = ends[0];
    if (result == 0)
        result = loop_watch(modem->loop, modem->fd, POLLIN, on_socket, modem);
    if (result == 0)
        result = loop_watch(modem->loop, modem->proc.pidfd, POLLIN, on_ended, modem);
    if (result == 0)
        return 0;
    close_socket(modem);
    if (modem->proc.pid > 0) {
        loop_unwatch(modem->loop, modem->proc.pidfd);
        proc_end(&modem->proc);
        return error_set(error, result, "no memory to watch the worker");
    }
    return result;
}

/* How long it may be silent in the middle of a request: longer where it has failed again, for it may only be slow. */
static int32_t silence_of(const struct modem *modem)
{
    int64_t silence_ms = modem->options.silence_ms > 0 ? modem->options.silence_ms : SILENCE_MS;
    for (int i = 1; i < modem->failures && i < 3; i++)
        silence_ms *= 2;
    return (int32_t)(silence_ms < MS_HOUR ? silence_ms : MS_HOUR);
}

void supervise_start(struct modem *modem)
{
    struct error error;
    if (!device_choose(modem)) {
        modem->candidate = 0;
        if (!device_choose(modem)) {
            wait_for_device(modem);
            return;
        }
    }
    modem->absent = false;
    if (strcmp(modem->device, modem->init.device) != 0 && strcmp(modem->device, modem->found) != 0)
        supervise_log(modem, "looking for IMEI %s at %s", modem->imei, modem->device);
    if (open_worker(modem, &error) < 0) {
        modem->failure = WIRE_FAILURE_OTHER;
        (void)snprintf(modem->trouble, sizeof modem->trouble, "%.250s", error.text);
        enter_backoff(modem);
        modem->events->down(modem->data, modem, modem->trouble);
        return;
    }
    struct wire_message message = {.type = WIRE_INIT, .init = modem->init};
    modem->silence_ms = message.init.silence_ms = silence_of(modem);
    (void)snprintf(message.init.device, sizeof message.init.device, "%s", modem->device);
    if (modem->pin_refused)
        message.init.pin[0] = '\0';
    message.init.reset = modem->candidate == 0 ? next_reset(modem) : WIRE_RESET_NONE;
    if (message.init.reset != WIRE_RESET_NONE)
        supervise_log(modem, "opening %s with a %s reset", modem->device,
                      message.init.reset == WIRE_RESET_SOFT ? "soft" : "hard");
    supervise_ask(modem, &message, modem->options.init_ms);
}

bool supervise_ready(struct modem *modem, const struct modem_identity *identity)
{
    if (modem->imei[0] && strcmp(modem->imei, identity->imei) != 0) {
        supervise_down(modem, WIRE_FAILURE_ABSENT, "%s is the modem with IMEI %s, not %s", modem->device,
                       identity->imei, modem->imei);
        return false;
    }
    loop_timer_clear(modem->loop, &modem->timer);
    memcpy(modem->found, modem->device, sizeof modem->found);
    modem->candidate = 0;
    modem->ready_ms = now_ms(modem);
    modem->trouble[0] = '\0';
    supervise_state(modem, MODEM_IDLE);
    return true;
}

static int copy(char *to, size_t size, const char *from, const char *what, struct error *error)
{
    int len = snprintf(to, size, "%s", from ? from : "");
    if (len < 0 || (size_t)len >= size)
        return error_set(error, -EINVAL, "a modem's %s \"%s\" is longer than %zu characters", what, from, size - 1);
    return 0;
}

static int copy_options(struct modem *modem, const struct modem_options *options, struct error *error)
{
    const struct {
        char *to;
        size_t size;
        const char *from, *what;
    } texts[] = {
        {modem->name, sizeof modem->name, options->name, "name"},
        {modem->init.connection, sizeof modem->init.connection, options->connection, "connection"},
        {modem->init.device, sizeof modem->init.device, options->device, "device"},
        {modem->init.model, sizeof modem->init.model, options->model, "model"},
        {modem->init.pin, sizeof modem->init.pin, options->pin, "pin"},
        {modem->init.smsc, sizeof modem->init.smsc, options->smsc, "smsc"},
        {modem->init.commands, sizeof modem->init.commands, options->commands, "init"},
        {modem->worker, sizeof modem->worker, options->worker, "worker"},
        {modem->imei, sizeof modem->imei, options->imei, "imei"},
        {modem->scan, sizeof modem->scan, device_scan(options->scan), "scan"},
        {modem->power_hook, sizeof modem->power_hook, options->power_hook, "power hook"},
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        int result = copy(texts[i].to, texts[i].size, texts[i].from, texts[i].what, error);
        if (result < 0)
            return result;
    }
    modem->init.delete_sent = options->delete_sent;
    modem->options = *options;
    return 0;
}

int modem_open(struct loop *loop, struct clock clock, const struct modem_options *options,
               const struct modem_events *events, void *data, struct modem **ret_modem, struct error *error)
{
    struct modem *modem = calloc(1, sizeof *modem);
    if (!modem)
        return error_set(error, -ENOMEM, "no memory for modem %s", options->name);
    modem->loop = loop;
    modem->clock = clock;
    modem->events = events;
    modem->data = data;
    modem->fd = -1;
    modem->ready_ms = -1;
    int result = copy_options(modem, options, error);
    if (result < 0) {
        free(modem);
        return result;
    }
    modem->state = MODEM_BACKOFF;
    modem->since_ms = now_ms(modem);
    loop_timer_set(loop, &modem->timer, 0, on_timer, modem);
    *ret_modem = modem;
    return 0;
}

struct modem *modem_close(struct modem *modem)
{
    if (!modem)
        return NULL;
    close_socket(modem);
    loop_timer_clear(modem->loop, &modem->timer);
    loop_timer_clear(modem->loop, &modem->hook_timer);
    loop_timer_clear(modem->loop, &modem->kick_timer);
    loop_timer_clear(modem->loop, &modem->poll_timer);
    loop_timer_clear(modem->loop, &modem->status_timer);
    struct proc *children[] = {&modem->proc, &modem->hook};
    for (size_t i = 0; i < 2; i++)
        if (children[i]->pid > 0) {
            loop_unwatch(modem->loop, children[i]->pidfd);
            proc_end(children[i]);
        }
    free(modem);
    return NULL;
}
