/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The steps of card_open(), core/card's own. */
#ifndef KABAR_CORE_SCORE_CARD_MAKE_H
#define KABAR_CORE_SCORE_CARD_MAKE_H

#include "core/score/card_open.h"

/* The stored scores of the villages of the area, those of the quarter before, and the areas below it. */
int card_collect(const struct box *box, struct card *card, struct error *error);
/* Of a village: who reported what in which month. */
int card_collect_village(const struct box *box, struct card *card, struct error *error);
int card_collect_budget(const struct box *box, struct card *card, struct error *error);

/* The name of the set with which the card's quarter was frozen: the card's own where it was, else that of the newest
 * such card. -ENOENT: it was not. */
int card_frozen_set(const struct box *box, const struct card *card, int revision, char ret_name[SET_NAME_MAX],
                    struct error *error);
/* CARD_LIVE: what of it is frozen, and whether that differs. CARD_FROZEN: takes its numbers from there. */
int card_frozen_read(const struct box *box, struct card *card, enum card_which which, int revision,
                     struct error *error);

#endif
