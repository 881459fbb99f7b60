/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A listing of rows, once for people (aligned columns, local time) and once for programs (one JSON object a line).
 *
 * A row is its cells in the order of the columns. A column without a heading is for programs only, one without a name
 * for people only. Text from outside is escaped in both. Memory is bounded: rows for people are printed in batches,
 * whose columns only ever widen. On a terminal, and where COLUMNS says a width, nothing is wider: a column that has no
 * room stands below the row's first ones, and a text that has none is broken into lines.
 */
#ifndef KABAR_CTL_LISTING_H
#define KABAR_CTL_LISTING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "parsers/view.h"

enum { LISTING_COLUMNS_MAX = 20 };

struct column {
    const char *name;    /* of the JSON member; NULL: for people only */
    const char *heading; /* N_("…"); NULL: for programs only */
    bool right;          /* numbers */
};

struct listing {
    bool json;
    const struct column *columns;
    size_t n_columns, cell; /* cell: the column that comes next */
    size_t widths[LISTING_COLUMNS_MAX];
    size_t screen;            /* columns of the terminal; 0: there is none to fit */
    size_t n_rows, n_waiting; /* all so far; not yet printed */
    bool headed;
    struct buf line;  /* JSON of the row that is being made */
    struct buf cells; /* terminated cells that wait for their widths */
};

void listing_begin(struct listing *list, bool json, const struct column *columns, size_t n_columns);
void listing_text(struct listing *list, const char *text); /* "" is "-" to people, null to programs */
void listing_word(struct listing *list, const char *word); /* one of ours, translated for people */
void listing_number(struct listing *list, int64_t number);
void listing_flag(struct listing *list, bool yes);    /* "yes" or "-"; true or false */
void listing_time(struct listing *list, int64_t ms);  /* 0: none */
void listing_period(struct listing *list, int month); /* MONTH_NONE: none */
void listing_json(struct listing *list, const char *plain,
                  const char *json); /* a cell whose two forms the caller made */
/* Prints what waits. Where there was no row people read `none` ("no messages") on standard error. */
void listing_end(struct listing *list, const char *none);

/* Columns a text takes on a terminal. */
size_t text_columns(struct view text);
/* Appends text and spaces up to width columns. */
void buf_padded(struct buf *buf, const char *text, size_t width);

/* Columns of the terminal, or what COLUMNS says; 0: there is none to fit. */
size_t screen_columns(void);
/* Prints lines. One that is wider than so many columns (0: none is) is broken at spaces, and what follows stands
 * `indent` columns in. */
void print_wrapped(const struct buf *text, size_t columns, size_t indent);

#endif
