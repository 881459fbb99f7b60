/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A number put right by hand. The correction is a report of its own beside the one that it corrects: history stays.
 * What no sender may report no operator may enter: the form's error rules hold.
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

#endif
