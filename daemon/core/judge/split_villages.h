/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where a message of a sender with several areas goes over from one of their villages to another (split.h). */
#ifndef KABAR_CORE_JUDGE_SPLIT_VILLAGES_H
#define KABAR_CORE_JUDGE_SPLIT_VILLAGES_H

#include "core/assessment.h"
#include "core/box.h"

struct village_head {
    struct view said;
    int64_t area_id; /* the sender's area that it names */
};

enum villages {
    VILLAGES_ONE,    /* one at most is named */
    VILLAGES_CUT,    /* each stands before its own part: heads */
    VILLAGES_UNCLEAR /* several, or one that is none of theirs, and it can't be told whose each number is */
};

/* Returns an enum villages or a negative errno. Names of posyandu that only one of the areas has count as its village.
 */
MUST_CHECK int villages_find(const struct box *box, const struct area *areas, size_t n_areas, struct view text,
                             const struct reading *reading, struct village_head ret_heads[READING_PLACES_MAX],
                             size_t *ret_n, struct error *error);

#endif
