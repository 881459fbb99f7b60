/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A line that says what goes on and since when, for work that takes longer than two seconds: on standard error, and
 * only where that is a terminal. A thread of its own writes it, so that the work need not know.
 */
#ifndef KABAR_CTL_PROGRESS_H
#define KABAR_CTL_PROGRESS_H

#include "ctl/ctl.h"

/* One at a time. Where no thread can be had there is no line. */
void progress_begin(const struct ctl *ctl);
/* Wipes the line: before anything else is printed. Nothing where none was begun. */
void progress_end(void);

#endif
