/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Frozen cards whose quarter is now counted by a set of another name. They stay what they are and are found, but the
 * quarter's numbers of today are not compared with them any more.
 */
#ifndef KABAR_CORE_SCORE_CARD_SETS_H
#define KABAR_CORE_SCORE_CARD_SETS_H

#include "core/box.h"
#include "store/card.h"

enum { CARD_SETS_TEXT_MAX = 256 };

struct card_sets {
    int64_t cards;
    int first, last;                          /* quarters */
    char was[SET_NAME_MAX], is[SET_NAME_MAX]; /* of the newest such quarter */
};

/* By the sets of the box; *ret_sets.cards 0: there are none. */
MUST_CHECK int card_sets_of_box(const struct box *box, struct card_sets *ret_sets, struct error *error);
/* As it would be with this set from the month on from which it is valid. */
MUST_CHECK int card_sets_with(struct store *store, const struct set *set, struct card_sets *ret_sets,
                              struct error *error);
/* One sentence, for an operator. */
void card_sets_text(const struct card_sets *sets, char ret_text[CARD_SETS_TEXT_MAX]);

#endif
