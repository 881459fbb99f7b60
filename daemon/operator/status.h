/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The box on one screen, whether the daemon runs or not: traffic, modems, villages, and what needs a hand. */
#ifndef KABAR_OPERATOR_STATUS_H
#define KABAR_OPERATOR_STATUS_H

#include "core/box_counts.h"
#include "core/score/card_sets.h"
#include "settings/settings.h"
#include "store/modem.h"

enum {
    ALERTS_MAX = 8 + 2 * MODEMS_MAX, /* of the box, and of each modem its state and its credit */
    MENDED_MAX = 192,
    BACKUP_OLD_DAYS = 7,
};

struct alerts {
    struct {
        char cause[48], text[256];
    } alert[ALERTS_MAX];
    size_t n;
};

/* What was wrong before it worked again, within the last day; "" where nothing was. */
struct mended {
    char trouble[MENDED_MAX];
    int64_t since_ms;
};

struct box_status {
    int64_t now_ms;
    bool running; /* a daemon works on the database */
    int pid;      /* 0 unknown */
    bool trouble; /* it can't write the database: why, and since when */
    struct error told;
    int64_t told_since_ms;
    int64_t database_bytes;
    struct mended database_mended;
    struct backups {
        int64_t newest_ms; /* the last one, wherever it is; 0 none that the database knows of */
        int64_t away_ms;   /* the last one that is not lost with the database's disk */
        bool old;          /* none, or none within BACKUP_OLD_DAYS */
    } backups;
    struct box_counts counts;
    struct status_modem {
        struct modem_row row;
        bool works; /* it can send and receive now */
        struct mended mended;
    } modems[MODEMS_MAX]; /* those of the configuration that were ever opened */
    size_t n_modems;
    struct card_sets card_sets; /* frozen cards of another set's name */
    struct alerts alerts;
};

/* Wholly overwrites *ret_status. What does not fit into the alerts is left out. */
MUST_CHECK int status_read(const struct box *box, int64_t now_ms, struct box_status *ret_status, struct error *error);

/* The part of status_read() that looks for what needs a hand, from what *status has of all else. */
MUST_CHECK int status_read_alerts(const struct box *box, struct box_status *status, struct error *error);

#endif
