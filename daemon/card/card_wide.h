/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A card as one row of a table that has a column for each of its figures: what a regency's own workbook is filled from.
 */
#ifndef KABAR_CARD_CARD_WIDE_H
#define KABAR_CARD_CARD_WIDE_H

#include "card/card_words.h"

/* What a column holds, and which cell or indicator of the set. */
enum wide_of {
    WIDE_CODE, /* of the area, as Kemendagri gives it */
    WIDE_VILLAGE,
    WIDE_DISTRICT,
    WIDE_REGENCY,
    WIDE_QUARTER, /* the last one that is text */
    WIDE_CELL,
    WIDE_NUMERATOR,
    WIDE_DENOMINATOR,
    WIDE_RECEIVED, /* Table 4's total */
    WIDE_DUE,
    WIDE_PERCENT /* in hundredths */
};
struct wide_column {
    enum wide_of of;
    size_t index;
};
enum { WIDE_COLUMNS_MAX = WIDE_PERCENT + 1 + SET_CELLS_MAX + 2 * SET_INDICATORS_MAX };

/* The columns of a set; returns how many. */
size_t card_wide(const struct set *set, struct wide_column ret_columns[WIDE_COLUMNS_MAX]);
/* "B1 jumlah", "B1 dari sasaran"; of a cell its label. */
void card_wide_heading(const struct set *set, struct wide_column column, char ret_text[CARD_LINE_MAX]);
/* The official wording above the columns of an indicator, "" above others. */
const char *card_wide_wording(const struct set *set, struct wide_column column);
/* Of a text column its text, else NULL; of the others the number, -1 where it is not known. */
const char *card_wide_text(const struct card *card, struct wide_column column, char ret_text[CARD_NUMBER_MAX]);
int64_t card_wide_number(const struct card *card, struct wide_column column);

#endif
