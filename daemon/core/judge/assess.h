/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Judges a message: what the reader read, with everything that needs the calendar and the database (docs/grammar.md 7,
 * 8).
 *
 * Reads the database, never writes it. The same text, SCTS and stored reports always give the same assessment.
 */
#ifndef KABAR_CORE_JUDGE_ASSESS_H
#define KABAR_CORE_JUDGE_ASSESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/assessment.h"
#include "core/box.h"

struct assess_input {
    struct view text;   /* what the assessment's views point into */
    int64_t sent_ms;    /* SCTS: decides the period */
    int64_t area_id;    /* the sender's village or posyandu; 0: nobody's, as if nothing were stored */
    int64_t contact_id; /* the sender, whose conversation goes on; 0: nobody */
    unsigned roles;     /* bit of the sender's; 0: who may send everything */
    int64_t now_ms;     /* of the conversation: what still waits for a yes */
    int month;          /* of what names none; 0: the calendar's */
    bool again;         /* the same text once more, within the hour: it gets its answer again and is none itself */
    int set;            /* index of the set to read with, -1: the one that the period picks */
};

/* Wholly overwrites *ret_assessment, which is large: box->assessment, or the caller's own from the heap. */
MUST_CHECK int assess(const struct box *box, const struct assess_input *input, struct assessment *ret_assessment,
                      struct error *error);

#endif
