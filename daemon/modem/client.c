/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <stdio.h>
#include <string.h>

#include "modem/supervise.h"
#include "parsers/cause.h"

enum {
    STATUS_EVERY_MS = MS_MINUTE,
    STATUS_SOON_MS = 4 * MS_SECOND, /* while it has no network */
    POLL_TOLD_FACTOR = 4,           /* a modem that announces messages is looked at less often … */
    POLL_TOLD_MAX_MS = MS_MINUTE,   /* … but still: an announcement that came while it was busy may be lost */
    DELETES_AT_ONCE = 8,            /* between two submits, so that a drain does not hold back replies */
    REFUSALS_MAX = 3,               /* failed requests in a row before the modem is opened again */
    KEPT_BACKOFFS = 60,             /* before what was deleted in vain is deleted again: a minute */
    UNASKED_MS = 20,                /* of what a worker tells by itself, one in so long … */
    UNASKED_MAX = 1000,             /* … and so many at once: more than any modem's line has room for */
};

static void kick(struct modem *modem);
static bool is_too_much(struct modem *modem);
static void on_submitted(struct modem *modem, enum submit_result result, int32_t cause, int32_t tp_mr);

static bool list_is_due(const struct modem *modem)
{
    return modem->want_list && !modem->paused;
}

static void ask_delete(struct modem *modem)
{
    struct wire_message message = {.type = WIRE_DELETE};
    size_t n = modem->n_deletes < DELETES_AT_ONCE ? modem->n_deletes : DELETES_AT_ONCE;
    message.delete.n = (int32_t)n;
    memcpy(message.delete.places, modem->deletes, n * sizeof *modem->deletes);
    modem->n_deleting = n;
    supervise_ask(modem, &message, modem->options.delete_ms);
}

static void ask_list(struct modem *modem)
{
    struct wire_message message = {.type = WIRE_LIST, .list = {modem->from_start, MO_BATCH}};
    if (modem->from_start) {
        modem->deleted_in_pass = 0;
        modem->kept_in_pass = false;
    }
    modem->want_list = false;
    modem->n_parts = 0;
    modem->n_listed = 0;
    modem->listed_last = true;
    supervise_ask(modem, &message, modem->options.list_ms);
}

static void ask_submit(struct modem *modem)
{
    struct wire_message message = {.type = WIRE_SUBMIT, .submit = modem->submit};
    uint8_t bytes[WIRE_MAX];
    if (wire_encode(&message, bytes) == 0) { /* a row that a foreign hand wrote: the modem is not to blame */
        on_submitted(modem, SUBMIT_PERMANENT, cause_of(CAUSE_LOCAL, CAUSE_LOCAL_UNFIT), -1);
        return;
    }
    modem->submit_slot = SUBMIT_OPEN;
    modem->listed_last = false;
    supervise_ask(modem, &message, modem->options.submit_ms);
}

static void ask_ussd(struct modem *modem)
{
    struct wire_message message = {.type = WIRE_USSD};
    memcpy(message.ussd.code, modem->ussd, sizeof message.ussd.code);
    modem->ussd[0] = '\0';
    supervise_ask(modem, &message, modem->options.submit_ms);
}

/* Deletes and listings on one side, submits on the other take turns. What was handed over is deleted before more is
 * read: a reader of the SIM that crashes must not find it all again. */
static void on_kick(void *data, short events)
{
    (void)events;
    struct modem *modem = data;
    if (modem->state != MODEM_IDLE)
        return;
    bool reading = modem->n_deletes > 0 || list_is_due(modem);
    if (modem->stopping) {
        supervise_quit(modem);
    } else if (modem->want_status) {
        struct wire_message message = {.type = WIRE_STATUS};
        modem->want_status = false;
        supervise_ask(modem, &message, modem->options.status_ms);
    } else if (modem->ussd[0]) {
        ask_ussd(modem);
    } else if (modem->submit_slot == SUBMIT_WAITING && (modem->listed_last || !reading)) {
        ask_submit(modem);
    } else if (modem->n_deletes > 0) {
        modem->listed_last = true;
        ask_delete(modem);
    } else if (reading) {
        ask_list(modem);
    }
}

/* In a turn of its own: events are never told from inside a request. */
static void kick(struct modem *modem)
{
    if (modem->state == MODEM_IDLE && !modem->kick_timer.set)
        loop_timer_set(modem->loop, &modem->kick_timer, 0, on_kick, modem);
}

static void want_list(struct modem *modem)
{
    if (!modem->want_list)
        modem->from_start = true;
    modem->want_list = true;
    kick(modem);
}

static void on_poll(void *data, short events)
{
    (void)events;
    struct modem *modem = data;
    int64_t wait_ms = modem->options.poll_ms;
    if (modem->tells) {
        wait_ms *= POLL_TOLD_FACTOR;
        int64_t max_ms = wait_ms > POLL_TOLD_MAX_MS ? POLL_TOLD_MAX_MS : wait_ms;
        wait_ms = modem->options.poll_ms > max_ms ? modem->options.poll_ms : max_ms;
    }
    loop_timer_set(modem->loop, &modem->poll_timer, wait_ms, on_poll, modem);
    want_list(modem);
}

static void on_status(void *data, short events)
{
    (void)events;
    struct modem *modem = data;
    modem->want_status = true;
    loop_timer_set(modem->loop, &modem->status_timer, STATUS_EVERY_MS, on_status, modem);
    kick(modem);
}

/* Once, not with each worker. */
static void note_walls(struct modem *modem, int32_t walls)
{
    if (walls < WIRE_WALLS && !modem->said_walls)
        supervise_log(modem, walls > 0
                                 ? "this kernel has no Landlock: the worker is held by seccomp alone, and opens no "
                                   "file once the modem is open"
                                 : "this kernel has no seccomp: nothing holds the worker to its modem");
    modem->said_walls = true;
}

static void on_ready(struct modem *modem, const struct wire_message *message)
{
    if (!supervise_ready(modem, &message->ready.identity))
        return;
    modem->tells = message->ready.tells;
    modem->refusals = 0;
    seen_reopened(&modem->seen);
    note_walls(modem, message->ready.walls);
    on_status(modem, 0);
    on_poll(modem, 0);
    modem->events->ready(modem->data, modem, &message->ready.identity);
}

/* Oldest first as far as the batch goes; equal ones as the modem had them. */
static void sort_parts(struct mo_part *parts, size_t n_parts)
{
    for (size_t i = 1; i < n_parts; i++) {
        struct mo_part part = parts[i];
        size_t at = i;
        for (; at > 0 && parts[at - 1].sent_ms > part.sent_ms; at--)
            parts[at] = parts[at - 1];
        parts[at] = part;
    }
}

/* At the end of a pass. */
static void note_kept(struct modem *modem)
{
    if (modem->kept_in_pass && !modem->keeps_deleted)
        supervise_log(modem, "it does not delete: a message that it was to delete is still there; it is left alone and "
                             "deleted again later");
    modem->keeps_deleted = modem->kept_in_pass;
}

/* Whether what a listing has is handled now. */
static bool is_due(struct modem *modem, struct mo_place place, uint64_t content, bool *ret_fresh)
{
    enum seen_state state = seen_look(&modem->seen, place, content, modem->clock.monotonic_ms(modem->clock.data));
    modem->kept_in_pass |= state == SEEN_KEPT || state == SEEN_WAITS;
    *ret_fresh = state == SEEN_FRESH;
    return state != SEEN_WAITS;
}

static void on_listed(struct modem *modem, bool more)
{
    if (!more)
        note_kept(modem);
    modem->from_start = !more;
    /* At the end: what was deleted made room, and what came meanwhile may stand before where the listing was. */
    if (more)
        modem->want_list = true;
    sort_parts(modem->parts, modem->n_parts);
    size_t n_parts = modem->n_parts;
    modem->n_parts = 0;
    if (n_parts > 0)
        modem->events->mo(modem->data, modem, modem->parts, n_parts);
    if (!more && modem->deleted_in_pass > 0)
        want_list(modem);
}

static void on_deleted(struct modem *modem, const struct wire_message *message)
{
    size_t n = modem->n_deleting;
    int64_t wait_ms = KEPT_BACKOFFS * (modem->options.backoff_ms > 0 ? modem->options.backoff_ms : MS_SECOND);
    for (size_t i = 0; i < n; i++)
        seen_delete(&modem->seen, modem->deletes[i], modem->clock.monotonic_ms(modem->clock.data), wait_ms);
    modem->n_deleting = 0;
    modem->n_deletes -= n;
    memmove(modem->deletes, modem->deletes + n, modem->n_deletes * sizeof *modem->deletes);
    modem->deleted_in_pass += (int)n - message->deleted.n_failed;
    if (message->deleted.n_failed > 0)
        supervise_log(modem, "%d messages could not be deleted: %s", (int)message->deleted.n_failed,
                      message->deleted.why);
    if (modem->n_deletes == 0 && !modem->want_list && modem->deleted_in_pass > 0)
        want_list(modem);
}

static void on_submitted(struct modem *modem, enum submit_result result, int32_t cause, int32_t tp_mr)
{
    int64_t part_id = modem->submit.part_id;
    modem->submit_slot = SUBMIT_NONE;
    modem->want_status |= result == SUBMIT_NO_NETWORK;
    modem->events->submitted(modem->data, modem, part_id, result, cause, tp_mr);
}

/* No answer will come to the submit in hand: it may be out only where it was let go. */
static void submit_lost(struct modem *modem, enum cause_local why)
{
    if (modem->submit_slot == SUBMIT_LEFT)
        on_submitted(modem, SUBMIT_UNKNOWN, CAUSE_NONE, -1);
    else if (modem->submit_slot != SUBMIT_NONE)
        on_submitted(modem, SUBMIT_NO_NETWORK, cause_of(CAUSE_LOCAL, why), -1);
}

static void on_leaving(struct modem *modem)
{
    if (modem->submit_slot != SUBMIT_OPEN)
        supervise_broke(modem, "nothing can leave");
    else if (modem->events->leaving && !modem->events->leaving(modem->data, modem, modem->submit.part_id))
        supervise_down(modem, WIRE_FAILURE_OTHER, "nothing is sent that can't be remembered");
    else if (supervise_go(modem, modem->options.submit_ms))
        modem->submit_slot = SUBMIT_LEFT;
}

static void on_failed(struct modem *modem, const struct wire_message *message)
{
    const char *why = message->failed.why;
    if (modem->op == WIRE_SUBMIT)
        submit_lost(modem, CAUSE_LOCAL_NO_PROMPT);
    if (modem->op == WIRE_DELETE) {
        /* They come again with a later look, and are deleted then. */
        modem->n_deletes = 0;
        modem->n_deleting = 0;
    }
    if (modem->op == WIRE_LIST)
        on_listed(modem, false);
    if (modem->op == WIRE_INIT || message->failed.failure != WIRE_FAILURE_OTHER) {
        supervise_down(modem, message->failed.failure, "%s", why);
    } else if (++modem->refusals >= REFUSALS_MAX) {
        supervise_down(modem, WIRE_FAILURE_OTHER, "%d requests failed in a row, the last: %s", modem->refusals, why);
    } else {
        supervise_log(modem, "%s: %s", wire_type_to_string(modem->op), why);
    }
}

static bool is_answer_to(enum wire_type op, enum wire_type type)
{
    static const enum wire_type answers[] = {
        [WIRE_INIT] = WIRE_READY,     [WIRE_STATUS] = WIRE_NETWORK,   [WIRE_LIST] = WIRE_LISTED,
        [WIRE_DELETE] = WIRE_DELETED, [WIRE_SUBMIT] = WIRE_SUBMITTED, [WIRE_USSD] = WIRE_DIALLED,
    };
    return type == answers[op] || type == WIRE_FAILED || (op == WIRE_SUBMIT && type == WIRE_LEAVING) ||
           (op == WIRE_LIST && (type == WIRE_MO || type == WIRE_REPORT));
}

/* Returns whether it was one of those that come by themselves. */
static bool tell(struct modem *modem, const struct wire_message *message)
{
    if (message->type == WIRE_NEW)
        want_list(modem);
    else if (message->type == WIRE_USSD_TEXT)
        modem->events->ussd(modem->data, modem, message->ussd_text.text);
    else if (message->type == WIRE_LOG)
        supervise_log(modem, "%s", message->log.text);
    else if (message->type == WIRE_REPORT)
        modem->events->report(modem->data, modem, &message->report);
    else if (message->type == WIRE_MO)
        modem->events->mo(modem->data, modem, &message->mo, 1);
    else if (message->type == WIRE_FAILED)
        supervise_down(modem, message->failed.failure, "%s", message->failed.why);
    else
        return message->type == WIRE_ALIVE;
    return true;
}

/* One of a listing; the listing goes on. */
static void collect(struct modem *modem, const struct wire_message *message)
{
    const struct mt_report *report = &message->report;
    const struct mo_part *part = &message->mo;
    bool fresh;
    if (++modem->n_listed > MO_BATCH)
        supervise_broke(modem, "a batch of more than %d", MO_BATCH);
    else if (message->type == WIRE_REPORT && is_due(modem, report->place, seen_report(report), &fresh))
        modem->events->report(modem->data, modem, report);
    else if (message->type == WIRE_MO && is_due(modem, part->place, seen_part(part), &fresh)) {
        modem->parts[modem->n_parts] = *part;
        modem->parts[modem->n_parts++].fresh = fresh;
    }
}

static void on_network(struct modem *modem, const struct modem_network *network)
{
    if (!network->registered)
        loop_timer_set(modem->loop, &modem->status_timer, STATUS_SOON_MS, on_status, modem);
    modem->events->network(modem->data, modem, network);
}

static void answer(struct modem *modem, const struct wire_message *message)
{
    if (message->type == WIRE_NETWORK)
        on_network(modem, &message->network);
    else if (message->type == WIRE_LISTED && message->listed.more && modem->n_listed == 0 && is_too_much(modem))
        supervise_broke(modem, "more of nothing, again and again");
    else if (message->type == WIRE_LISTED) {
        if (!message->listed.more)
            seen_pass(&modem->seen);
        on_listed(modem, message->listed.more);
    } else if (message->type == WIRE_DELETED && (size_t)message->deleted.n_failed > modem->n_deleting)
        supervise_broke(modem, "more could not be deleted than was to be");
    else if (message->type == WIRE_DELETED)
        on_deleted(modem, message);
    else if (message->type == WIRE_SUBMITTED && message->submitted.part_id != modem->submit.part_id)
        supervise_broke(modem, "the result of another part");
    else if (message->type == WIRE_SUBMITTED)
        on_submitted(modem, message->submitted.result, message->submitted.cause, message->submitted.tp_mr);
}

/* What it failed at last time goes well again: the next failure is the first. */
static void recovered(struct modem *modem, const struct wire_message *message)
{
    bool went_well = message->type != WIRE_SUBMITTED || message->submitted.result == SUBMIT_OK;
    bool came_in = message->type == WIRE_REPORT || message->type == WIRE_MO;
    bool was_it = modem->ailing == modem->op || modem->ailing == WIRE_TYPE_COUNT || modem->ailing == WIRE_INIT ||
                  (came_in && modem->ailing == WIRE_MO) || modem->ailing == message->type;
    if (went_well && was_it && !modem->mad)
        modem->failures = 0;
}

/* Whether it has told more by itself than it may, with this. */
static bool is_too_much(struct modem *modem)
{
    int64_t now_ms = modem->clock.monotonic_ms(modem->clock.data);
    modem->allowed_ms = (modem->allowed_ms > now_ms ? modem->allowed_ms : now_ms) + UNASKED_MS;
    return modem->allowed_ms > now_ms + UNASKED_MAX * UNASKED_MS;
}

static void unasked(struct modem *modem, const struct wire_message *message)
{
    if (is_too_much(modem)) {
        supervise_broke(modem, "more than %d messages at once that nobody asked for", UNASKED_MAX);
        return;
    }
    if (message->type == WIRE_REPORT || message->type == WIRE_MO)
        recovered(modem, message);
    if (!tell(modem, message))
        supervise_broke(modem, "a %s that nobody asked for", wire_type_to_string(message->type));
}

void client_message(struct modem *modem, const struct wire_message *message)
{
    if (message->id == 0) {
        unasked(modem, message);
        return;
    }
    bool asked = modem->state == MODEM_STARTING || modem->state == MODEM_BUSY;
    if (!asked || message->id != modem->id || !is_answer_to(modem->op, message->type)) {
        supervise_broke(modem, "a %s was not asked for", wire_type_to_string(message->type));
        return;
    }
    if (message->type == WIRE_MO || message->type == WIRE_REPORT) {
        recovered(modem, message);
        collect(modem, message);
        return;
    }
    if (message->type == WIRE_READY) {
        on_ready(modem, message);
        return;
    }
    if (message->type == WIRE_LEAVING) {
        on_leaving(modem);
        return;
    }
    if (message->type != WIRE_FAILED) {
        modem->refusals = 0;
        recovered(modem, message);
    }
    if (modem->state == MODEM_BUSY) {
        loop_timer_clear(modem->loop, &modem->timer);
        supervise_state(modem, MODEM_IDLE);
    }
    if (message->type == WIRE_FAILED)
        on_failed(modem, message);
    else
        answer(modem, message);
    kick(modem);
}

void client_forget(struct modem *modem)
{
    loop_timer_clear(modem->loop, &modem->kick_timer);
    loop_timer_clear(modem->loop, &modem->poll_timer);
    loop_timer_clear(modem->loop, &modem->status_timer);
    modem->want_list = false;
    modem->want_status = false;
    modem->n_deletes = 0;
    modem->n_deleting = 0;
    modem->n_parts = 0;
    modem->ussd[0] = '\0';
    bool died = modem->submit_slot == SUBMIT_OPEN && modem->failure == WIRE_FAILURE_OTHER && !modem->why[0];
    submit_lost(modem, died ? CAUSE_LOCAL_DIED : CAUSE_LOCAL_GONE);
}

bool modem_can_submit(const struct modem *modem)
{
    return (modem->state == MODEM_IDLE || modem->state == MODEM_BUSY) && modem->submit_slot == SUBMIT_NONE &&
           !modem->stopping;
}

void modem_submit(struct modem *modem, const struct mt_submit *submit)
{
    KABAR_ASSERT(modem_can_submit(modem));
    modem->submit = *submit;
    modem->submit_slot = SUBMIT_WAITING;
    kick(modem);
}

void modem_delete(struct modem *modem, struct mo_place place)
{
    if (place.location == 0 || modem->n_deletes == DELETES_MAX || modem->fd < 0)
        return;
    modem->deletes[modem->n_deletes++] = place;
    kick(modem);
}

void modem_pause_intake(struct modem *modem, bool pause)
{
    modem->paused = pause;
    if (!pause && modem->fd >= 0)
        want_list(modem);
}

void modem_ussd(struct modem *modem, const char *code)
{
    if (modem->fd < 0)
        return;
    (void)snprintf(modem->ussd, sizeof modem->ussd, "%s", code);
    kick(modem);
}

void modem_restart(struct modem *modem, enum modem_fault fault, const char *why)
{
    static const enum wire_type ailing[] = {
        [MODEM_FAULT_SENDING] = WIRE_SUBMIT, [MODEM_FAULT_REPORTS] = WIRE_REPORT, [MODEM_FAULT_RECEIVING] = WIRE_MO};
    supervise_down(modem, WIRE_FAILURE_SILENT, "%s", why);
    modem->ailing = ailing[fault];
    /* It can be opened: that alone will not help. */
    if (modem->failures == 0)
        modem->failures = 1;
}

void modem_stop(struct modem *modem)
{
    modem->stopping = true;
    /* Only a submit is worth waiting for: whatever else is cut off is simply done again. */
    if (modem->state == MODEM_STARTING || (modem->state == MODEM_BUSY && modem->op != WIRE_SUBMIT)) {
        supervise_down(modem, WIRE_FAILURE_OTHER, "it was stopped");
    } else if (modem->state == MODEM_BACKOFF) {
        loop_timer_clear(modem->loop, &modem->timer);
        supervise_state(modem, MODEM_STOPPED);
    }
    kick(modem);
}
