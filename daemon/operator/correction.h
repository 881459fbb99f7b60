/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What was reported, put right by hand. A correction of a number is a report of its own beside the one that it
 * corrects: history stays. What no sender may report no operator may enter: the form's error rules hold.
 */
#ifndef KABAR_OPERATOR_CORRECTION_H
#define KABAR_OPERATOR_CORRECTION_H

#include "operator/actor.h"
#include "store/report.h"

struct correction_order {
    int64_t report_id;
    const char *key; /* its code, in any case */
    int value;       /* 0 to VALUE_MAX */
    const char *reason;
};

struct correction {
    struct report_found report; /* the one that is corrected */
    char key[FIELD_MAX];
    int before;        /* what counted until now; -1: nothing */
    int64_t report_id; /* of the correction */
};

MUST_CHECK int operator_correct(const struct actor *actor, const struct correction_order *order,
                                struct correction *ret_correction, struct error *error);

/*
 * A report that counts no more, as if its sender had taken it back: what stood before counts again. -EINVAL: it counts
 * for nothing already. With `try` nothing is done, and *ret_report tells which it would be.
 */
MUST_CHECK int operator_void(const struct actor *actor, int64_t report_id, const char *reason, bool try,
                             struct report_found *ret_report, struct error *error);

#endif
