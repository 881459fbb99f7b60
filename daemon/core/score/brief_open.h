/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Makes a village's brief from the database. */
#ifndef KABAR_CORE_SCORE_BRIEF_OPEN_H
#define KABAR_CORE_SCORE_BRIEF_OPEN_H

#include "card/brief.h"
#include "core/score/score.h"

/*
 * Of a village and quarter; notes and activities are those of so many months that end with it. Which forms tell of
 * activities and services says the set. Large: free with brief_close().
 */
MUST_CHECK int brief_open(const struct box *box, const struct area *village, int quarter, int months, int64_t now_ms,
                          struct brief **ret_brief, struct error *error);

#endif
