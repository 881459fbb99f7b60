/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "card/card_wide.h"

#include <stdio.h>

size_t card_wide(const struct set *set, struct wide_column ret_columns[WIDE_COLUMNS_MAX])
{
    size_t n = 0;
    for (enum wide_of of = WIDE_CODE; of <= WIDE_QUARTER; of++)
        ret_columns[n++] = (struct wide_column){of, 0};
    for (size_t i = 0; i < set->n_cells; i++)
        ret_columns[n++] = (struct wide_column){WIDE_CELL, i};
    for (size_t i = 0; i < set->n_indicators; i++) {
        ret_columns[n++] = (struct wide_column){WIDE_NUMERATOR, i};
        ret_columns[n++] = (struct wide_column){WIDE_DENOMINATOR, i};
    }
    for (enum wide_of of = WIDE_RECEIVED; of <= WIDE_PERCENT; of++)
        ret_columns[n++] = (struct wide_column){of, 0};
    return n;
}

void card_wide_heading(const struct set *set, struct wide_column column, char ret_text[CARD_LINE_MAX])
{
    const char *left = "", *right = "";
    switch (column.of) {
    case WIDE_CODE:
        left = card_word(set, CARD_CODE);
        break;
    case WIDE_VILLAGE:
        left = card_word(set, CARD_VILLAGE);
        break;
    case WIDE_DISTRICT:
        left = card_word(set, CARD_DISTRICT);
        break;
    case WIDE_REGENCY:
        left = card_word(set, CARD_REGENCY);
        break;
    case WIDE_QUARTER:
        left = card_word(set, CARD_QUARTER);
        break;
    case WIDE_CELL:
        left = set->cells[column.index].head ? set->cells[column.index].head : "";
        right = set->cells[column.index].label;
        break;
    case WIDE_NUMERATOR:
        left = set->indicators[column.index].code;
        right = card_word(set, CARD_COUNT);
        break;
    case WIDE_DENOMINATOR:
        left = set->indicators[column.index].code;
        right = card_word(set, CARD_OUT_OF);
        break;
    case WIDE_RECEIVED:
        left = card_word(set, CARD_RECEIVED);
        break;
    case WIDE_DUE:
        left = card_word(set, CARD_DUE);
        break;
    case WIDE_PERCENT:
        left = card_word(set, CARD_LEVEL);
        break;
    }
    (void)snprintf(ret_text, CARD_LINE_MAX, "%s%s%s", left, left[0] && right[0] ? " " : "", right);
}

const char *card_wide_wording(const struct set *set, struct wide_column column)
{
    bool indicator = column.of == WIDE_NUMERATOR || column.of == WIDE_DENOMINATOR;
    return indicator ? set->indicators[column.index].wording : "";
}

const char *card_wide_text(const struct card *card, struct wide_column column, char ret_text[CARD_NUMBER_MAX])
{
    switch (column.of) {
    case WIDE_CODE:
        return card->area.code;
    case WIDE_VILLAGE:
        return card->area.name;
    case WIDE_DISTRICT:
        return card->path[AREA_KECAMATAN].name;
    case WIDE_REGENCY:
        return card->path[AREA_KABUPATEN].name;
    case WIDE_QUARTER:
        card_quarter_text(card, card->quarter, ret_text);
        return ret_text;
    case WIDE_CELL:
    case WIDE_NUMERATOR:
    case WIDE_DENOMINATOR:
    case WIDE_RECEIVED:
    case WIDE_DUE:
    case WIDE_PERCENT:
        break;
    }
    return NULL;
}

int64_t card_wide_number(const struct card *card, struct wide_column column)
{
    const struct card_sum *total = &card->total;
    switch (column.of) {
    case WIDE_CELL:
        return card->cells[column.index].value;
    case WIDE_NUMERATOR:
        return card->indicators[column.index].numerator;
    case WIDE_DENOMINATOR:
        return card->indicators[column.index].denominator;
    case WIDE_RECEIVED:
        return total->known ? total->received : -1;
    case WIDE_DUE:
        return total->known ? total->due : -1;
    case WIDE_PERCENT:
        return total->known ? percent_of(total->received, total->due) : -1;
    case WIDE_CODE:
    case WIDE_VILLAGE:
    case WIDE_DISTRICT:
    case WIDE_REGENCY:
    case WIDE_QUARTER:
        break;
    }
    return -1;
}
