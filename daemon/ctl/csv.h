/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A CSV file with a header line, RFC 4180: quotes, doubled quotes and line ends inside them, CRLF or LF, a UTF-8 byte
 * order mark; commas, or semicolons where the header has those (spreadsheets of Indonesian locale). Read whole, row by
 * row, on past every bad one, so that an import can name them all.
 */
#ifndef KABAR_CTL_CSV_H
#define KABAR_CTL_CSV_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "parsers/view.h"

enum { CSV_FIELDS_MAX = 16, CSV_COLUMNS_MAX = 8, CSV_FILE_MAX_BYTES = 256 << 20 };

struct csv {
    const char *path;
    char *text; /* owned; fields are unquoted in place */
    size_t len, at;
    char separator;
    int next_line;              /* where the next row begins */
    int line;                   /* where the row last read began */
    int place[CSV_COLUMNS_MAX]; /* of each column asked for, in the file's rows; -1: the file has none */
    size_t n_columns, n_fields; /* asked for; in the header */
    size_t rows, bad;           /* read so far; of these refused by csv_refuse() */
};

/*
 * Reads the file ("-": standard input) and its header. names are the columns wanted, in any order and case; the first
 * n_required of them must be there, others the file has are skipped. -EINVAL: the file is wrong; else it can't be read.
 */
MUST_CHECK int csv_open(struct csv *ret_csv, const char *path, const char *const *names, size_t n_names,
                        size_t n_required, struct error *error);
void csv_close(struct csv *csv); /* zeroed is fine */

enum csv_row { CSV_END, CSV_ROW, CSV_BAD };
/* The next row's wanted columns into ret_fields, blanks around them cut; they live as long as the csv; a column the
 * file lacks is empty. Empty lines are skipped. CSV_BAD: error says what is wrong with the row at csv->line. */
MUST_CHECK enum csv_row csv_next(struct csv *csv, struct view *ret_fields, struct error *error);

/* Says "FILE:LINE: why" on standard error and counts the row as bad. */
void csv_refuse(struct csv *csv, int line, const struct error *why);
/* After the last row: 0, or a refusal that counts the bad ones. */
MUST_CHECK int csv_verdict(const struct csv *csv);
/* The line of a last row that has no line end, 0 where it has one: such a file may have been cut off. A note on
 * standard error says so; to be asked where all rows are good. */
int csv_note_cut(const struct csv *csv);

#endif
