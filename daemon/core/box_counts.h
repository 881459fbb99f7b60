/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What came in, goes out and is reported of a box today and this week: what every look at the box begins with. */
#ifndef KABAR_CORE_BOX_COUNTS_H
#define KABAR_CORE_BOX_COUNTS_H

#include "core/box.h"
#include "core/villages.h"
#include "store/counts.h"
#include "store/job.h"
#include "store/note.h"

struct box_counts {
    struct store_counts today; /* since local midnight, and what waits now */
    struct week_counts week;   /* of the last seven days */
    struct note_counts notes;  /* that nobody has dealt with */
    int month;                 /* that villages report for now: the one before in the days of grace */
    struct villages villages;  /* for that month */
};

MUST_CHECK int box_counts_read(const struct box *box, int64_t now_ms, struct box_counts *ret_counts,
                               struct error *error);

#endif
