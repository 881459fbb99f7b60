/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The score card as one SMS text (docs/design.md 5): what SKOR answers, and what is sent to the village head. */
#ifndef KABAR_CORE_REPLY_SCORE_TEXT_H
#define KABAR_CORE_REPLY_SCORE_TEXT_H

#include "card/card.h"
#include "core/reply/reply.h"

/* Convergence and its change, the groups, the three weakest indicators, the growth mat, what is missing. */
/* The same before the quarter is over: it begins so, and what is missing stands first. */
void reply_score_early(const struct box *box, const struct card *card, const char *locale, struct reply *ret_reply);
void reply_score(const struct box *box, const struct card *card, const char *locale, struct reply *ret_reply);
/* A quarter was asked for that is not here yet; newest: the one of now. */
void reply_score_future(const struct box *box, int newest, const char *locale, struct reply *ret_reply);

#endif
