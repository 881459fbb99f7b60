/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Makes a score card from the stored scores, or as it was frozen; freezes and revises it.
 */
#ifndef KABAR_CORE_SCORE_CARD_OPEN_H
#define KABAR_CORE_SCORE_CARD_OPEN_H

#include "card/card.h"
#include "core/score/score.h"

enum card_which { CARD_LIVE, CARD_FROZEN };

/*
 * The card of an area (NULL: the whole country) and quarter: today's numbers, or a frozen revision (0: the newest;
 * -ENOENT where there is none). now_ms tells which months are due. Large: free with card_close().
 */
MUST_CHECK int card_open(const struct box *box, const struct area *area, int quarter, enum card_which which,
                         int revision, int64_t now_ms, struct card **ret_card, struct error *error);
/*
 * Freezes today's numbers as the next revision, inside the caller's transaction; nothing happens where the newest
 * revision has the same numbers. *ret_revision is the newest afterwards, 0 where there is nothing to freeze.
 */
enum card_freeze_result { CARD_FROZEN_NEW = 1, CARD_FROZEN_SAME, CARD_NOTHING };
MUST_CHECK int card_freeze(const struct box *box, const struct area *area, int quarter, int64_t now_ms,
                           int *ret_revision, struct error *error);
/*
 * The next revision of every frozen village card whose numbers were changed by score_update(): to be called once behind
 * all changes of a message or command, inside its transaction. Cards above a village are sums of many: they say that
 * they have changed, and have their next revision when they are frozen again.
 */
MUST_CHECK int card_revise(const struct box *box, int64_t now_ms, struct error *error);

#endif
