/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which posyandu a report is for where its message names one ("posyandu Melati 2: bumil 12"): the sender's own, or
 * another of their village. Never guessed: what is not exactly one of the village's names is asked back, and another
 * village is refused. A village without any posyandu in the database has none to be named: there the words say nothing.
 */
#ifndef KABAR_CORE_JUDGE_PLACE_H
#define KABAR_CORE_JUDGE_PLACE_H

#include "core/assessment.h"
#include "core/box.h"

/* A report with such a place is not stored. */
bool place_is_refused(const struct place *place);

/* own_id: the sender's village or posyandu. Reads the database only where the reading names a place. */
MUST_CHECK int place_find(const struct box *box, int64_t own_id, const struct reading *reading, struct place *ret_place,
                          struct error *error);

/*
 * The same for a sender who stands for several areas: one of them must be named, by its village's name or by a posyandu
 * that no other of them has. Then the verdict is PLACE_NAMED, else PLACE_OF_WHICH or why it is refused.
 */
MUST_CHECK int place_find_among(const struct box *box, const struct area *areas, size_t n,
                                const struct reading *reading, struct place *ret_place, struct error *error);

/* What one of the names says to a sender of that village or posyandu, as if it stood alone. */
MUST_CHECK int place_find_one(const struct box *box, int64_t own_id, const struct place_named *named,
                              struct place *ret_place, struct error *error);

/* The question which of several areas is meant. */
void place_ask_which(const struct box *box, const struct area *areas, size_t n, struct place *ret_place);

/* Whether a sign of a new piece of the text stands before what was said, or nothing. */
bool place_begins_piece(struct view text, struct view said);

/* Where the message begins to speak of another posyandu of the sender's village, in order; none where a name that
 * nobody knows may be one, too. */
MUST_CHECK int place_heads(const struct box *box, int64_t own_id, struct view text, const struct reading *reading,
                           struct view ret_heads[READING_PLACES_MAX], size_t *ret_n, struct error *error);

/* A posyandu's name without the word "Posyandu", fit to be sent. */
void place_name_write(const struct box *box, const char *name, char ret_text[PLACE_NAME_MAX]);

#endif
