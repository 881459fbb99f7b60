/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One whole message inside intake's transaction: sender, reading, reports, commands' effects, answer. */
#ifndef KABAR_CORE_INTAKE_INTAKE_MESSAGE_H
#define KABAR_CORE_INTAKE_INTAKE_MESSAGE_H

#include "core/intake/intake.h"
#include "core/time.h"
#include "store/mo.h"

/* What one transaction works with. */
struct intake {
    const struct box *box;
    struct moment now;
    struct intake_counts counts;
    struct error *error;
};

/* A message that came to be whole (or never will: outcome MO_INCOMPLETE). */
struct intake_whole {
    const char *modem, *address;
    int64_t mo_id;    /* the incomplete message that it was until now; 0: new */
    struct view text; /* terminated */
    int64_t sent_ms;  /* as stamped … */
    const char *smsc; /* … by this one */
    int64_t received_ms;
    const int64_t *part_ids;
    size_t n_parts;
    int parts_come, parts_due; /* different ones; those that the message should have */
    bool settled;              /* its outcome is known without reading it */
    bool echo;                 /* only repeats what was answered: neither answered nor shown to the operator */
    enum mo_outcome outcome;   /* where settled */
};

/* Stores the message and all that follows from it. */
MUST_CHECK int intake_message(struct intake *intake, const struct intake_whole *whole);

#endif
