/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Periods: a month as a number, and what a message says of it (docs/grammar.md, 7).
 *
 * A month is year * 12 + (month - 1), so that months subtract; MONTH_NONE where there is none.
 */
#ifndef KABAR_PARSERS_PERIOD_H
#define KABAR_PARSERS_PERIOD_H

#include <stddef.h>

#include "view.h"

enum { MONTH_NONE = -1 };

/* A day in the village's time zone: what the reader knows of "now", from the SCTS. */
struct day {
    int year;  /* 2026 */
    int month; /* 1-12 */
    int day;   /* 1-31 */
};

/* What one place of a message says of its period. */
enum period_said {
    PERIOD_NOT_SAID,
    PERIOD_SAID, /* month is set; may still be in the future or too old */
    PERIOD_BAD   /* month 13, two different ones in one place, "bln" with nothing to follow … */
};

struct period_mention {
    enum period_said said;
    int month;         /* MONTH_NONE unless PERIOD_SAID */
    struct view token; /* what said it, in the original text */
};

enum period_verdict { PERIOD_OK, PERIOD_FUTURE, PERIOD_TOO_OLD };

/* year * 12 + month - 1 of a day. */
int month_of(struct day day);

/* A month without a year (1-12): the nearest such month that is not after today. */
int month_nearest(int month, struct day today);

/* Whether a report for month may be accepted today; accept_months_back: docs/grammar.md, 7 (3: in October, July is). */
enum period_verdict month_judge(int month, struct day today, int accept_months_back);

/* Days of a month (year * 12 + month - 1). */
int month_length(int month);

/* Writes "2026-10" (8 bytes with the end). month must not be MONTH_NONE. */
void month_format(int month, char ret_text[8]);

/* Reads "2026-10". Returns 0, or -1 and leaves *ret_month alone. */
int month_parse(struct view text, int *ret_month);

#endif
