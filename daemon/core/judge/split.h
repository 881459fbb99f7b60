/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A message that names several posyandu, each before its own part ("Melati: bumil 5 k4 4. Mawar: bumil 7 k4 6"), is one
 * report for each (docs/grammar.md 6), and so is one of a sender with several villages that names these. Where it can't
 * be cut so that every number has one owner it is not cut, and asked back.
 */
#ifndef KABAR_CORE_JUDGE_SPLIT_H
#define KABAR_CORE_JUDGE_SPLIT_H

#include "core/judge/assess.h"

struct split {
    struct view part[READING_PLACES_MAX];
    int64_t area_id[READING_PLACES_MAX]; /* of the sender's areas the one that it is for; 0: they have one alone */
    size_t n;                            /* 0: the message is not cut */
    int month;                           /* that stands before the first part, or 0 */
};

/* assessment: of the message, overwritten with one of the same meaning where it is not cut, or with the question which
 * village is meant. */
MUST_CHECK int split_find(const struct box *box, const struct assess_input *input, struct assessment *assessment,
                          struct split *ret_split, struct error *error);

/* Judges part i by itself: a report for the posyandu, or for the village, that it names. */
MUST_CHECK int split_assess(const struct box *box, const struct assess_input *input, const struct split *split,
                            size_t i, struct assessment *ret_assessment, struct error *error);

#endif
