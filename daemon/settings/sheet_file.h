/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A sheet of a workbook as data: which figure of a card stands in which cell (config/sheets/SET.cfg; kabarctl(1),
 * export xlsx). Checked against the set that it is for.
 *
 *     columns = [ 10, 45, 12 ];
 *     cells = ( { at = "A1:C1"; text = "FORMULIR 4"; style = "title"; },
 *               { at = "B5"; value = "village"; }, { at = "C18"; value = "B1.numerator"; } );
 */
#ifndef KABAR_SETTINGS_SHEET_FILE_H
#define KABAR_SETTINGS_SHEET_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "settings/settings.h"

enum { SHEET_COLUMNS_MAX = 26, SHEET_CELLS_MAX = 400 };

enum sheet_style { SHEET_PLAIN, SHEET_TITLE, SHEET_HEAD, SHEET_BOX, SHEET_STYLE_COUNT };

/* Whose figure; index: the cell, the indicator, the row of Table 5 of the set. A group of Table 4 goes by its name. */
enum sheet_of {
    SHEET_TEXT,
    SHEET_REGENCY,
    SHEET_DISTRICT,
    SHEET_VILLAGE,
    SHEET_YEAR,
    SHEET_QUARTER,
    SHEET_CELL,
    SHEET_INDICATOR,
    SHEET_GROUP,
    SHEET_BUDGET
};
enum sheet_figure {
    SHEET_NUMERATOR,   /* of a group what was received, of a row of Table 5 the part for stunting */
    SHEET_DENOMINATOR, /* … what was due, the total */
    SHEET_PERCENT,
    SHEET_PART,
    SHEET_WORDING,
    SHEET_FIGURE_COUNT
};

struct sheet_cell {
    int row, column, last_row, last_column; /* from 0; several: they are one */
    enum sheet_style style;
    enum sheet_of of;
    enum sheet_figure figure;
    size_t index;
    const char *text; /* of SHEET_TEXT itself, of SHEET_GROUP the group's name, "total" all of them */
    int line;
};

struct sheet {
    int widths[SHEET_COLUMNS_MAX]; /* in characters */
    size_t n_columns;
    const struct sheet_cell *cells;
    size_t n_cells;
};

struct sheet_file;

/* The sheet of a set. -ENOENT: none is there; -EINVAL with the first fault and the number of the others. */
MUST_CHECK int sheet_file_open(const struct settings *settings, const struct set *set, struct sheet_file **ret_file,
                               struct error *error);
const struct sheet *sheet_in(const struct sheet_file *file);
struct sheet_file *sheet_file_close(struct sheet_file *file); /* NULL is fine. Returns NULL. */

#endif
