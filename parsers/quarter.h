/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Quarters of the calendar year (docs/score-card.md, 3): year * 4 + (quarter - 1), so that quarters subtract; its
 * months are 3 * quarter … 3 * quarter + 2 as parsers/period.h counts months. */
#ifndef KABAR_PARSERS_QUARTER_H
#define KABAR_PARSERS_QUARTER_H

#include "view.h"

enum { QUARTER_NONE = -1, QUARTER_MONTHS = 3, YEAR_QUARTERS = 4 };

/* The quarter of a month, which must not be MONTH_NONE. */
int quarter_of(int month);

/* Its last month. */
int quarter_end(int quarter);

/* Writes "2026-Q3" (8 bytes with the end). */
void quarter_format(int quarter, char ret_text[8]);

/* Reads "2026-Q3" (q3 too). Returns 0, or -1 and leaves *ret_quarter alone. */
int quarter_parse(struct view text, int *ret_quarter);

#endif
