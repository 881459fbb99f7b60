/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What all looks of a card share: its words, its numbers as Indonesians write them, its notes. */
#ifndef KABAR_CARD_CARD_WORDS_H
#define KABAR_CARD_CARD_WORDS_H

#include "base/buf.h"
#include "card/card.h"
#include "parsers/template.h"

enum card_word {
#define CARD_WORD(id, name, names) CARD_##id,
#include "card/card_words.def"
#undef CARD_WORD
    CARD_WORD_COUNT
};

/* "title" … as the set file names it. */
const char *card_word_to_string(enum card_word word);
/* The set's text; the name itself where the set has none. */
const char *card_word(const struct set *set, enum card_word word);
/* group_X, or group_X_short; the group's own name where the set has none. */
const char *card_group_word(const struct set *set, const char *group, bool is_short);

/* package_X; the package's own name where the set has none. */
const char *card_package_word(const struct set *set, const char *package);

/* Whether the set has that table (1 or 2) at all. */
bool card_has_cells(const struct set *set, int table);
/* budget_rowN, the label of Table 5's row, counted from 0; NULL where the set has none. */
const char *card_budget_word(const struct set *set, size_t row);

enum { CARD_NUMBER_MAX = 32, CARD_LINE_MAX = 400 };

/* "1.200", "-" where it is -1. */
void card_number(int64_t number, char ret_text[CARD_NUMBER_MAX]);
/* Hundredths as "29,63"; "-" where it is -1. */
void card_percent_text(int64_t hundredths, char ret_text[CARD_NUMBER_MAX]);
/* "+3,10", "-0,25", "0,00" */
void card_change_text(int64_t hundredths, char ret_text[CARD_NUMBER_MAX]);
/* "TW3 2026" */
void card_quarter_text(const struct card *card, int quarter, char ret_text[CARD_NUMBER_MAX]);
/* "Jul" */
const char *card_month_text(const struct card *card, int month_of_quarter);
/* "3 dari 8 desa" beside a sum above a village; "" of a village, and where it is not known (-1). */
void card_villages_text(const struct card *card, int villages, char ret_text[CARD_LINE_MAX]);
/* A label with that in brackets. */
void card_label_text(const struct card *card, const char *label, int villages, char ret_text[CARD_LINE_MAX]);
/* "4 dari 10 indikator"; "1 dari 2 kelompok" where Table 4 counts persons */
void card_indicators_text(const struct card *card, const struct card_sum *sum, char ret_text[CARD_LINE_MAX]);
/* Of an area below that is not ranked: "3 dari 18 indikator", or of how many villages its numbers are. */
void card_child_text(const struct card *card, const struct card_child *child, char ret_text[CARD_LINE_MAX]);
/* "Kabupaten" … by level. */
const char *card_level_word(const struct set *set, enum area_level level);
/* "Situbondo", also where the area's name is "Kabupaten Situbondo"; label: its level's word. */
const char *card_plain_name(const char *label, const char *name);

enum card_colour { COLOUR_NONE, COLOUR_RED, COLOUR_YELLOW, COLOUR_GREEN };
enum card_colour card_colour(const struct set *set, int64_t hundredths);

/* A card's note, one line of text each: how it was frozen, what is missing, capped, differs, which readings were
 * chosen. */
typedef void card_note(void *data, const char *text);
void card_state(const struct card *card, char ret_text[CARD_LINE_MAX]);
void card_change_line(const struct card *card, char ret_text[CARD_LINE_MAX]); /* "" where there is none */
void card_notes(const struct card *card, card_note *note, void *data);
/* "TIKAR, PAUD Agu, Sep": what is due and was not reported, at most max forms; "" where nothing is missing. */
void card_missing_text(const struct card *card, size_t max, char *ret_text, size_t size);

#endif
