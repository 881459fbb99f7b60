/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a KPM has done in a quarter, as an appraisal and a word of thanks count it. */
#ifndef KABAR_CORE_REPLY_PERFORMANCE_H
#define KABAR_CORE_REPLY_PERFORMANCE_H

#include "core/reply/reply.h"
#include "store/contact.h"

struct performance {
    int due, complete;          /* months that are due; of these those in which all that is expected was reported */
    int on_time, late_days;     /* complete by expected_until(); days after it, of all complete months together */
    int corrections;            /* reports of the person's own that stand for one sent before */
    int posyandu, posyandu_all; /* that reported anything; there are */
    int activities;             /* reports of forms that the set marks as activities */
};

/* Adds a village of the person, so that several are one sum. */
MUST_CHECK int performance_add(const struct box *box, const struct contact *contact, const struct area *village,
                               int quarter, int64_t now_ms, struct performance *performance, struct error *error);
/* The SMS of thanks: the figures, in the person's language. */
void reply_performance(const struct box *box, const struct contact *contact, const struct area *village, int quarter,
                       const struct performance *performance, struct reply *ret_reply);

#endif
