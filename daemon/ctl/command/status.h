/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the parts of `kabarctl status` share. */
#ifndef KABAR_CTL_COMMAND_STATUS_H
#define KABAR_CTL_COMMAND_STATUS_H

#include "ctl/session.h"
#include "settings/settings.h"
#include "store/job.h"

enum { ALERTS_MAX = 8 + 2 * MODEMS_MAX }; /* of the box, and of each modem its state and its credit */

struct alerts {
    struct {
        char cause[48], text[256];
    } alert[ALERTS_MAX];
    size_t n;
};

struct state {
    struct session *session;
    bool running;
    int pid;
    int64_t now_ms, database_bytes;
    bool trouble; /* the daemon can't write the database */
    struct error told;
    int64_t told_since_ms;
    int month; /* that villages report for now */
    struct store_counts counts;
    struct week_counts week;
    struct alerts alerts;
    struct error error;
};

/* What needs a hand now, of what is in *state and of disk, clock, modems and credit; what does not fit is left out. */
MUST_CHECK int status_alerts(struct state *state, struct alerts *ret_alerts);

#endif
