/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The month that a report counts for where its message names none. */
#ifndef KABAR_CORE_JUDGE_REPORT_MONTH_H
#define KABAR_CORE_JUDGE_REPORT_MONTH_H

#include "core/box.h"

/* Whose report it is, and when it was sent. area_id 0: nobody's, the calendar says it. */
struct report_moment {
    const struct box *box;
    int64_t area_id, sent_ms;
    struct day today; /* of sent_ms, in the village */
};

/* The month before while its first days last and that report is still due, else the calendar's. What happens whenever
 * it does belongs to the month in which it is told. */
MUST_CHECK int report_month(const struct report_moment *moment, const struct form *form, int *ret_month,
                            struct error *error);

#endif
