/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The parent's side of one modem: its struct, and the life of its worker (supervise.c). What is asked of a worker that
 * lives is client.c's.
 *
 *     stopped -> starting -> idle <-> busy(op, deadline) -> dying -> backoff -> starting
 *
 * Everything happens in the daemon's loop; nothing here waits but modem_close(), which reaps a killed child.
 */
#ifndef KABAR_MODEM_SUPERVISE_H
#define KABAR_MODEM_SUPERVISE_H

#include "base/proc.h"
#include "modem/port.h"
#include "modem/proto.h"
#include "modem/seen.h"

enum {
    DELETES_MAX = 64, /* places that wait to be deleted; what does not fit comes again with a later look */
    SCAN_MAX = 256,   /* bytes of the patterns */
    DEVICE_MAX = 256, /* bytes of a path */
};

/* waiting: not with the worker yet; open: it is, and nothing of it has left the modem; left: it may be out. */
enum submit_slot { SUBMIT_NONE, SUBMIT_WAITING, SUBMIT_OPEN, SUBMIT_LEFT };

struct modem {
    struct loop *loop;
    struct clock clock;
    const struct modem_events *events;
    void *data;
    char name[MODEM_NAME_MAX], worker[DEVICE_MAX], imei[24], scan[SCAN_MAX], power_hook[DEVICE_MAX];
    struct wire_init init; /* as configured */
    struct modem_options options;

    enum modem_state state;
    int64_t since_ms;
    char trouble[WIRE_TEXT_MAX];

    /* supervise.c */
    struct proc proc, hook;
    int fd;
    struct loop_timer timer; /* the deadline or no sign of life; in dying, SIGKILL; in backoff, the next start */
    int64_t deadline_ms;     /* of the request in hand, monotonic */
    int32_t silence_ms;      /* how long the modem may be silent in the middle of it */
    struct loop_timer hook_timer;
    enum wire_failure failure;          /* of the worker that is dying */
    char why[WIRE_TEXT_MAX];            /* "" where it ended by itself */
    char device[DEVICE_MAX];            /* what is being tried, or in use */
    char found[DEVICE_MAX];             /* where it was open last; "" never */
    int candidate;                      /* which of the places to look for it */
    bool was_ready;                     /* the worker that died had opened it */
    enum wire_type ailing;              /* what it failed at; WIRE_TYPE_COUNT: nothing in particular */
    int failures;                       /* in a row, without that having gone well between them */
    int64_t ready_ms;                   /* since when it has been well; -1 not */
    bool pin_refused, stopping, absent; /* absent: nothing to open, and said so */
    bool mad;                           /* a worker broke the protocol, and none has been well for long since */

    /* client.c */
    uint32_t id;
    enum wire_type op; /* what is asked, in busy */
    int refusals;      /* failed requests in a row */
    struct loop_timer kick_timer, poll_timer, status_timer;
    bool want_status, want_list, from_start, paused, tells;
    bool said_walls;
    bool listed_last;    /* list and submit take turns */
    int deleted_in_pass; /* since the last listing from the start */
    struct seen seen;
    bool kept_in_pass;  /* something came again that was deleted */
    bool keeps_deleted; /* so it was in the last pass, and was said */
    struct mo_place deletes[DELETES_MAX];
    size_t n_deletes, n_deleting;
    enum submit_slot submit_slot;
    struct mt_submit submit;
    char ussd[64]; /* "" none waits */
    struct mo_part parts[MO_BATCH];
    size_t n_parts;
    int n_listed;       /* messages and reports of this listing */
    int64_t allowed_ms; /* monotonic: until then the worker has used up what it may tell by itself */
};

/* supervise.c */

void supervise_state(struct modem *modem, enum modem_state state);
/* Starts a worker and asks it to open the modem. */
void supervise_start(struct modem *modem);
/* Sends one request with a deadline; the state becomes starting (WIRE_INIT) or busy. Until something is let go it ends
 * earlier where the worker tells nothing for longer than its modem may be silent. */
void supervise_ask(struct modem *modem, struct wire_message *message, int64_t deadline_ms);
/* Lets what the worker waits with go, and gives it a deadline anew. Returns whether the worker has been told. */
bool supervise_go(struct modem *modem, int64_t deadline_ms);
/* The worker is of no use any more: whatever is open is resolved, it dies, and after the back-off another starts. */
void supervise_down(struct modem *modem, enum wire_failure failure, const char *format, ...) PRINTF_LIKE(3, 4);
/* What no worker of ours says: it is taken down, and the next one waits longer each time it happens again. */
#define supervise_broke(modem, ...)                                                                                    \
    do {                                                                                                               \
        supervise_down((modem), WIRE_FAILURE_OTHER, "the worker broke the protocol: " __VA_ARGS__);                    \
        (modem)->mad = true;                                                                                           \
    } while (0)
/* It opened the modem. Returns whether it is the right one; else it is down already. */
bool supervise_ready(struct modem *modem, const struct modem_identity *identity);
/* Ends the worker because it was told to go. */
void supervise_quit(struct modem *modem);
void supervise_log(struct modem *modem, const char *format, ...) PRINTF_LIKE(2, 3);

/* device.c */

/* The candidate'th of the places where it may be into device: where it was last, as configured, then, where its IMEI is
 * known, whatever else looks like a modem; those that are not there or another modem's are left out. Returns false when
 * there are no more. */
bool device_choose(struct modem *modem);
/* The patterns to look for it by: as configured, or the usual ones for NULL. */
const char *device_scan(const char *configured);

/* client.c */

/* A message of the worker; may take it down. */
void client_message(struct modem *modem, const struct wire_message *message);
/* Before the worker dies: the open submit is told, the rest of what was asked forgotten. */
void client_forget(struct modem *modem);

#endif
