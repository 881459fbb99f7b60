/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A workbook for Excel and LibreOffice (.xlsx, by libxlsxwriter): sheets of texts and numbers. Made in memory, and put
 * into the file of --output when it is whole. A text is never a formula; a number that is not known is an empty cell.
 */
#ifndef KABAR_CTL_BOOK_H
#define KABAR_CTL_BOOK_H

#include "ctl/ctl.h"

struct book;

enum book_style { BOOK_PLAIN, BOOK_TITLE, BOOK_HEAD, BOOK_BOX, BOOK_STYLE_COUNT };
/* BOOK_PERCENT is given in hundredths of one: 8175 is shown as 81,75 %. A year has no dot in it. */
enum book_number { BOOK_COUNT, BOOK_PERCENT, BOOK_YEAR, BOOK_NUMBER_COUNT };
/* A cell, or a range that is one cell; from 0. */
struct place {
    int row, column, last_row, last_column;
};
#define PLACE(row, column) ((struct place){(row), (column), (row), (column)})

/* now_ms is written into it as the time at which it was made. Close with book_close(). */
MUST_CHECK int book_open(int64_t now_ms, struct book **ret_book, struct error *error);
/* Begins a sheet, on paper one page wide, and one high where it is a form. The name is made fit: at most 31 characters,
 * of those allowed. Two of one name are an error that book_put() tells. */
void book_sheet(struct book *book, const char *name, bool form);
void book_width(struct book *book, int column, int characters);
/* Rows and columns that stay where they are when the others are moved. */
void book_freeze(struct book *book, int rows, int columns);
void book_text(struct book *book, struct place place, enum book_style style, const char *text);
void book_number(struct book *book, struct place place, enum book_style style, enum book_number kind, int64_t number);
/* Into the file of --output, which the command must have. An exit status. */
MUST_CHECK int book_put(struct book *book, const struct ctl *ctl);
struct book *book_close(struct book *book); /* NULL is fine; returns NULL */

#endif
