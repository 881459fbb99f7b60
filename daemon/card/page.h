/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A page of headings, lines, lists and tables that is written once and read twice: as text on a terminal of 80 columns,
 * and as HTML in the card's style. Texts from outside are escaped in both.
 */
#ifndef KABAR_CARD_PAGE_H
#define KABAR_CARD_PAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

enum { PAGE_COLUMNS_MAX = 8 };

struct page {
    struct buf *buf;
    bool html;
    enum { PAGE_LINES, PAGE_LIST, PAGE_TABLE } in; /* what is open */
    int widths[PAGE_COLUMNS_MAX];                  /* of the table's columns, in characters */
    size_t n_columns;
};

/* Begins: as HTML the next page of the file where it is not the first. */
void page_begin(struct page *page, struct buf *buf, bool html, bool first, const char *title);
void page_heading(struct page *page, const char *text);
void page_line(struct page *page, const char *text);
/* One of a list. */
void page_item(struct page *page, const char *text);
/* The columns of the rows that follow; numbers are set to the right from the second column on. */
void page_table(struct page *page, const int *widths, size_t n_columns);
void page_row(struct page *page, bool head, const char *const *cells);
/* Ends what is open. */
void page_end(struct page *page);

#endif
