/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Days, months and quarters as operators type them, the same for every command. A month or quarter that is not typed
 * as 2026-10 or 2026-Q4 is read as the box reads it in an SMS, with the words of its language: "Desember", "Des 26",
 * "12/2026", "bulan lalu", "TW4".
 *
 * Each returns 0 where the option was not given (*ret untouched) or is right, else an exit status after saying why.
 */
#ifndef KABAR_CTL_WHEN_H
#define KABAR_CTL_WHEN_H

#include <stdint.h>

#include "ctl/ctl.h"
#include "parsers/quarter.h"

/* A moment of RFC 3339, or a day (base/day.h), which is that hour of it in the villages' time zone. */
MUST_CHECK int option_time(const struct ctl *ctl, const char *name, int hour, int64_t *ret_ms);
MUST_CHECK int option_period(const struct ctl *ctl, const char *name, int *ret_month);
/* --quarter; a month stands for its quarter. */
MUST_CHECK int option_quarter(const struct ctl *ctl, int *ret_quarter);
/* The same of one word of the command line: a month. */
MUST_CHECK int month_of_text(const struct ctl *ctl, const char *text, int *ret_month);

#endif
