/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The villages that this box is for, whether anybody of them is registered or not: those of the areas in box.areas of
 * the configuration; without it those of each kecamatan in which somebody is registered; while nobody is, all villages,
 * where they are of one kabupaten. A village without a reporter is the very one that the office must look after.
 */
#ifndef KABAR_CORE_VILLAGES_H
#define KABAR_CORE_VILLAGES_H

#include "core/box.h"
#include "store/area.h"

/* Whether the first area is, or is below, the second: 35.12.03 is below 35.12. None is within "". */
bool code_is_within(const char *code, const char *above);

/* Calls each for the box's villages that are, or are below, the area of that code (NULL: all) and that are not closed
 * in that month. A kecamatan or village that is asked for by its own code is looked at in any case. */
MUST_CHECK int villages_each(const struct box *box, const char *code, int month, village_each *each, void *data,
                             struct error *error);

enum { VILLAGES_NAMED_MAX = 8 };
struct villages {
    int all, reporting; /* reporting: some report of the month came, of the village or of a posyandu */
    int nobody;         /* villages without an active kpm or kader, themselves and in their posyandu */
    char nobody_names[VILLAGES_NAMED_MAX][NAME_MAX_BYTES]; /* the first of these */
    const struct set *set;                                 /* of the month */
    int forms[SET_FORMS_MAX]; /* villages of which that form came, as the card's completeness counts them */
    int reports, reports_due; /* the sum of the forms of each month, and what it would be if all had come */
};
MUST_CHECK int villages_count(const struct box *box, int month, struct villages *ret_villages, struct error *error);

#endif
