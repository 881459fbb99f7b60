/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * HTML pages as a PDF file, by WeasyPrint or else by Chromium, whichever is installed: a program of its own, with a
 * limit of time and memory, that sees nothing but the pages.
 */
#ifndef KABAR_CTL_PDF_H
#define KABAR_CTL_PDF_H

#include "base/buf.h"

/*
 * Writes the PDF into an open, empty file. pages: about how many there are, which says how long it may take and how
 * much memory. -ENOPKG: neither program is installed; the error says what to install.
 */
MUST_CHECK int pdf_make(const struct buf *html, size_t pages, int out, struct error *error);

#endif
