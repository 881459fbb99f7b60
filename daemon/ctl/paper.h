/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What people hold in their hands: the format that a command's --format names, and where its --output puts the whole.
 */
#ifndef KABAR_CTL_PAPER_H
#define KABAR_CTL_PAPER_H

#include "ctl/ctl.h"

enum paper_format { PAPER_TEXT, PAPER_HTML, PAPER_PDF, PAPER_JSON, PAPER_CSV, PAPER_SMS, PAPER_COUNT };
/* As bits: what the commands about one village offer, and what a card does. */
enum {
    PAPER_PAGES = 1 << PAPER_TEXT | 1 << PAPER_HTML | 1 << PAPER_PDF | 1 << PAPER_JSON,
    PAPER_ALL = (1 << PAPER_COUNT) - 1
};

/* --format, one of those offered; JSON where --json was given, else text. 0, or a usage error: also of a PDF without
 * --output. */
MUST_CHECK int option_format(const struct ctl *ctl, unsigned offered, enum paper_format *ret_format);

/*
 * Into the file of --output, in one step once it is whole, and says so; to standard output where there is none. Of
 * PAPER_PDF the text is HTML of about so many pages. Returns an exit status.
 */
MUST_CHECK int paper_put(const struct ctl *ctl, enum paper_format format, const struct buf *text, size_t pages);

/* The same of what an open file holds, whatever it is; the command must have --output. */
MUST_CHECK int paper_put_file(const struct ctl *ctl, int from);

#endif
