/*
 * Judges a message: what the reader read, with everything that needs the calendar and the database (GRAMMAR.md 3, 4).
 *
 * Reads the database, never writes it. The same text, SCTS and stored reports always give the same assessment.
 */
#ifndef KABAR_CORE_ASSESS_H
#define KABAR_CORE_ASSESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/box.h"
#include "core/place.h"

enum { ASSESSED_PROBLEMS_MAX = SEGMENT_PROBLEMS_MAX + FORM_RULES_MAX + 1 };

struct assess_input {
    struct view text; /* what the assessment's views point into */
    int64_t sent_ms;  /* SCTS: decides the period */
    int64_t area_id;  /* the sender's village or posyandu; 0: nobody's, as if nothing were stored */
    int set;          /* index of the set to read with, -1: the one that the period picks */
};

/* One segment, or several of the same form and month as one. */
struct assessed {
    const struct form *form;
    int form_index;
    struct segment *segment; /* the reader's: clean fields in the order typed, also where the status is rejected */
    int month;               /* MONTH_NONE: help, bad_period */
    bool month_said;         /* the message names it (else it follows from the SCTS) */
    enum report_status status;
    struct problem problems[ASSESSED_PROBLEMS_MAX]; /* the reader's, then the period's, then the failed rules */
    size_t n_problems;
    int confirm_rule;          /* index of the first confirm rule that asks, -1 none */
    int values[FORM_KEYS_MAX]; /* of the clean fields by key, -1: not sent */
    int merged[FORM_KEYS_MAX]; /* what the rules saw: values over stored ones; -1 unknown, or sent and unreadable */
    int before[FORM_KEYS_MAX]; /* stored for the month before, -1 unknown */
    bool corrects;             /* some stored value of this month is replaced by a different one */
};

struct assessment {
    struct view text;
    int64_t sent_ms;
    int set; /* index in the box */
    struct reading reading;
    struct place place; /* that the message names */
    int64_t area_id;    /* whose stored values count: the sender's, or the place's */
    struct assessed segments[SEGMENTS_MAX];
    size_t n_segments;
};

/* Wholly overwrites *ret_assessment, which is large: box->assessment, or the caller's own from the heap. */
MUST_CHECK int assess(const struct box *box, const struct assess_input *input, struct assessment *ret_assessment,
                      struct error *error);

#endif
