/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Days as people type them: "2027-01-07", "7/1/2027", "hari ini", "kemarin", "7 hari", "2 minggu lalu". */
#ifndef KABAR_BASE_DAY_H
#define KABAR_BASE_DAY_H

#include "parsers/period.h"

enum { DAYS_BACK_MAX = 3660 };

/* The day so many days before: 0 to DAYS_BACK_MAX. */
struct day day_before(struct day day, int days);

/* Returns 0, or -1 and leaves *ret_day alone: it is no day, or one that the calendar does not have. */
int day_parse(struct view text, struct day today, struct day *ret_day);

#endif
