/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the files of the gateway share. */
#ifndef KABAR_KABARD_GATEWAY_INTERNAL_H
#define KABAR_KABARD_GATEWAY_INTERNAL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/loop.h"
#include "base/proc.h"
#include "core/box.h"
#include "core/outbox/outbox.h"
#include "core/watch/alert.h"
#include "core/watch/oneway.h"
#include "kabard/gateway.h"
#include "modem/port.h"
#include "store/modem.h"

enum {
    TICK_MS = 30 * MS_SECOND,       /* the longest time between two looks at what is due */
    TICK_SOON_MS = MS_SECOND,       /* while the calendar has more to do */
    TICK_START_MS = 4 * MS_SECOND,  /* after the start: the modems should be up first */
    REFRESH_PAUSE_MS = 50,          /* between two steps of computing the scores anew: others may write */
    STORE_PROBE_MS = 5 * MS_SECOND, /* between tries while the database can't be written */
    STOP_WAIT_MS = 4 * MS_SECOND,   /* a clean stop takes less than 5 s */
    STOP_BUSY_MS = 500,             /* and does not wait long for another program's lock */
};

/* A modem and what the gateway keeps of it. */
struct line {
    struct gateway *gateway;
    struct modem *modem;
    const struct modem_settings *settings;
    struct modem_row row;      /* as last written to the database */
    bool row_due;              /* the row has changed since */
    char smsc[MO_ADDRESS_MAX]; /* of the SIM, kept beside the row as META_SMSC */
    /* The outcome of a submit that the database could not take yet: nothing more is sent by this modem before it has.
     */
    struct {
        bool is_set;
        int64_t part_id;
        enum submit_result result;
        int32_t cause, tp_mr;
    } unsettled;
    struct oneway oneway;
    /* What was wrong first when it was last ill, and since when; once it is well again: META_MENDED. */
    struct {
        char trouble[128];
        int64_t since_ms;
        bool is_due;
    } ill;
    enum ailment ailment; /* and said so */
    int full_looks;       /* in a row that found the SIM full */
    bool no_smsc;
    int64_t traffic_ms; /* monotonic: when something was sent or came in; 0 never */
    bool pin_recorded;  /* that the SIM refused the PIN */
    struct loop_timer balance;
    int64_t works_ms; /* monotonic: when it was last seen to work, or first looked at */
};

struct gateway {
    struct settings *settings;
    const char *config;
    struct clock clock;
    struct loop *loop;
    struct store *store;
    struct box *box;
    struct outbox *outbox;
    int lock_fd, signal_fd, watch_fd;
    int64_t data_version;
    struct line *lines; /* one per modem of the settings */
    size_t n_lines;
    int64_t watch_due_ms, metrics_due_ms; /* monotonic */
    bool clock_wrong;                     /* and said so */
    bool rule_failed;                     /* and said so */
    int64_t clock_kept_ms;                /* monotonic */
    bool set_aside_due;                   /* something was set aside that the operators have not been told of */
    bool metrics_failed;                  /* and said so */
    int64_t tick_by_ms;                   /* monotonic: what is due is looked at by then, however much else goes on */
    struct loop_timer tick, probe, watchdog, stop_limit, refresh;
    int64_t scores_refreshed;      /* forms of a quarter, since the sets were read */
    bool stopping, stopped, again; /* again: stopped to be opened anew */
    bool store_trouble;            /* writes fail: intake is paused, nothing is sent */
    struct error trouble;          /* why, as last logged */
    int64_t trouble_since_ms;
    struct {
        struct proc proc; /* that reads it */
        struct loop_timer due;
        int64_t touched_ms; /* monotonic: when another program's writing was last a reason; 0 never */
    } check;
    int database_watch; /* of the file itself, among what watch_fd tells */
    bool rescue_tried;
    char rescued[4096]; /* the copy of a deleted database, "" none */
    struct {
        bool told;
        struct timespec changed; /* the file, when last looked at */
        int64_t bytes, calm_ms;  /* monotonic: unchanged since */
    } overwritten;
};

/* gateway_oneway.c: whether the modem is dead one way, and what is done about it: after each submit, and
 * each minute. */
void gateway_oneway(struct line *line);

/* gateway_check.c: whether the database is whole: once soon, then each night; sooner after another program closed its
 * file. */
void gateway_check_start(struct gateway *gateway);
void gateway_check_events(struct gateway *gateway); /* reads watch_fd */
void gateway_check_end(struct gateway *gateway);

/* gateway_refresh.c: computes all scores anew where the sets have changed, a bit in each turn. */
void gateway_refresh_scores(struct gateway *gateway);

/* gateway_watch.c: with each tick; does what its own intervals call due. */
void gateway_watch(struct gateway *gateway);

/* gateway_modem.c: the modems' events, for modem_open(). */
extern const struct modem_events gateway_modem_events;

/* Takes the lock and opens the database. An older one is migrated; none at all is refused: a box whose disk is not
 * mounted must not start with an empty one. */
MUST_CHECK int gateway_open_database(struct gateway *gateway, struct error *error);

/* Whether database and lock are the files that were opened. If not: what would be lost is copied, the trouble said, and
 * where another database has taken its place, everything begins again with that one. */
bool gateway_check_database(struct gateway *gateway);

/* gateway_older.c: a database that lacks what this box's had is taken for its own. Before anything is done with it.
 * *ret_older is whether it was one; then gateway_tell_older() once messages can be queued. */
MUST_CHECK int gateway_adopt_older(struct gateway *gateway, bool *ret_older, struct error *error);
void gateway_tell_older(struct gateway *gateway);
/* What would be lacked, now and then. */
void gateway_remember(struct gateway *gateway);

/* Hands due messages to every modem that can take one, then sets the timer for the next look. */
void gateway_pump(struct gateway *gateway);

/* The database refused a write: says so once, stops taking from the modems and tries again every few seconds. */
void gateway_store_failed(struct gateway *gateway, int code, const struct error *error);

/* The row of a modem as an earlier life left it, or a new one. */
void gateway_row_open(struct line *line);

/*
 * The PIN to try: "" where this very PIN was refused before, by this process or an earlier one. A SIM locks for good
 * after three wrong ones, and a box whose power fails every day must not spend them.
 */
const char *gateway_pin(struct gateway *gateway, const struct modem_settings *modem);

/* Records that the SIM refused its PIN, once. */
void gateway_pin_refused(struct line *line);

/* Another SIM is in the modem than last time: said, and kept in the audit. */
void gateway_sim_changed(struct line *line, const char *imsi);
void gateway_balance_wanted(struct gateway *gateway);

/* Writes the rows of modems whose state changed. */
void gateway_put_rows(struct gateway *gateway);

/* Tells the database how a submit ended and, while all is well, hands the modem what it should send next; false where
 * the database can't be told yet. */
bool gateway_settle(struct gateway *gateway, struct line *line);

#endif
