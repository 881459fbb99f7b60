/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The score card's rows: numbers by month of a village and its posyandu, scores by quarter, frozen cards, the budget.
 *
 * Part of the database room, same rules as store/store.h. Quarters as in parsers/quarter.h; a number that is not known
 * is -1 here and NULL in the database.
 */
#ifndef KABAR_STORE_SCORE_H
#define KABAR_STORE_SCORE_H

#include "parsers/quarter.h"
#include "store/store.h"

/* ---- what was reported ---- */

/* A value that counts: of an accepted or partial report of one area and month. */
struct month_value {
    int64_t area_id; /* the village, or a posyandu of it */
    int month;
    const char *field; /* lives for the call */
    int value;
};
typedef int month_value_each(void *data, const struct month_value *value);
/*
 * The values of one form in one quarter, of the village and its posyandu: by area and month, within them oldest first,
 * so that a later one of the same field replaces an earlier one. Reports that later ones took the place of are left
 * out; all: they come too, and the result must be the same.
 */
MUST_CHECK int store_quarter_values(struct store *store, int64_t village_id, int quarter, const char *form, bool all,
                                    month_value_each *each, void *data, struct error *error);
MUST_CHECK int store_posyandu_count(struct store *store, int64_t village_id, int64_t *ret_count, struct error *error);

/* ---- scores ---- */

struct score_key {
    int64_t area_id; /* a village */
    int quarter;
    const char *set;
};
/* Each writes only what changed; where nothing at all is known the row goes. */
MUST_CHECK int store_score_put(struct store *store, const struct score_key *key, const char *indicator, int numerator,
                               int denominator, int part, struct error *error);
MUST_CHECK int store_score_cell_put(struct store *store, const struct score_key *key, int cell, int value,
                                    struct error *error);
struct score_form {
    unsigned village, posyandu, differs; /* bit i: month i of the quarter */
};
MUST_CHECK int store_score_form_put(struct store *store, const struct score_key *key, const char *form,
                                    const struct score_form *months, struct error *error);
/* A form in one month of a quarter, as far as posyandu reported it. */
struct score_month {
    int posyandu;       /* that reported; 0: no row */
    const char *field;  /* the first whose number differs from the village's own report, else NULL */
    int village, total; /* of that field: its own number, the sum over its posyandu */
};
MUST_CHECK int store_score_months_put(struct store *store, const struct score_key *key, const char *form,
                                      const struct score_month months[QUARTER_MONTHS], struct error *error);
typedef int score_month_each(void *data, const char *form, int month, const struct score_month *of);
MUST_CHECK int store_score_months_list(struct store *store, const struct score_key *key, score_month_each *each,
                                       void *data, struct error *error);
/* Everything of a village in that quarter and set. */
MUST_CHECK int store_score_clear(struct store *store, const struct score_key *key, struct error *error);

/*
 * The scores of a quarter and set of every village that is, or is below, the area of that code (NULL: all), in order of
 * code: all indicators, then all cells, then all forms, of the kinds in the mask (1 << enum score_kind). Only villages
 * that have some appear.
 */
enum score_kind { SCORE_INDICATOR, SCORE_CELL, SCORE_FORM };
enum { SCORE_ALL = 1 << SCORE_INDICATOR | 1 << SCORE_CELL | 1 << SCORE_FORM };
struct score_row {
    enum score_kind kind;
    int64_t village_id;
    const char *code; /* of the village; lives for the call, as name does */
    const char *name; /* indicator or form; "" of a cell */
    int numbers[3];   /* numerator, denominator, part | cell, value, -1 | village, posyandu, differs; -1 unknown */
};
typedef int score_each(void *data, const struct score_row *row);
MUST_CHECK int store_score_list(struct store *store, int quarter, const char *set, const char *code, unsigned kinds,
                                score_each *each, void *data, struct error *error);

/* How many villages there are in an area (NULL: everywhere), by the first prefix bytes of their code, in its order. */
typedef int village_count_each(void *data, struct view prefix, int villages);
MUST_CHECK int store_village_count(struct store *store, const char *code, size_t prefix, village_count_each *each,
                                   void *data, struct error *error);

/* ---- all scores anew, bit by bit ---- */

/* The forms that the village or a posyandu of it reported in a quarter. */
typedef int reported_each(void *data, const char *form);
MUST_CHECK int store_reported_list(struct store *store, int64_t village_id, int quarter, reported_each *each,
                                   void *data, struct error *error);
/* The newest quarter before that one with a report or a score, QUARTER_NONE where there is none. */
MUST_CHECK int store_quarter_before(struct store *store, int quarter, int *ret_quarter, struct error *error);
/* The village with the next larger id; 0: there is none. */
MUST_CHECK int store_village_next(struct store *store, int64_t after_id, int64_t *ret_id, struct error *error);

/* How far it has come, QUARTER_NONE: not begun, or under another mark. */
struct rebuild_place {
    int quarter;
    int64_t village_id; /* done last */
};
MUST_CHECK int store_rebuild_get(struct store *store, const char *mark, struct rebuild_place *ret_place,
                                 struct error *error);
/* quarter QUARTER_NONE: it is done, or to be begun anew. */
MUST_CHECK int store_rebuild_put(struct store *store, const char *mark, const struct rebuild_place *place,
                                 struct error *error);

/* Between the transactions of long work outside the daemon's loop: waits as long as it takes the program that waits for
 * the lock to look again. Without it the next transaction is always faster, and the daemon answers nobody. */
void store_give_way(void);

/* ---- cards ---- */

struct card_row {
    int64_t id, area_id;
    int quarter, revision; /* from 1 */
    int64_t frozen_ms;
    int64_t received, due; /* Table 4's total then */
    const char *numbers;   /* JSON text of the body's member "numbers"; lives for the call */
};
/* The next revision; *ret_revision. body is JSON as core/card_freeze.c makes it. */
MUST_CHECK int store_card_add(struct store *store, const struct score_key *key, int64_t now_ms, const char *body,
                              int *ret_revision, struct error *error);
/* The newest revision, or the one asked for (0: newest): calls each once. -ENOENT: there is none. */
typedef int card_each(void *data, const struct card_row *card);
MUST_CHECK int store_card_get(struct store *store, const struct score_key *key, int revision, card_each *each,
                              void *data, struct error *error);
/* The numbers of a frozen card: each member of the body's "numbers" and "around", an array of at most CARD_NUMBERS_MAX
 * integers. */
enum { CARD_NUMBERS_MAX = 24 };
typedef int card_number_each(void *data, const char *name, const int64_t *numbers, size_t n_numbers);
MUST_CHECK int store_card_numbers(struct store *store, int64_t card_id, card_number_each *each, void *data,
                                  struct error *error);
/* To be called when a number of a village's card may have changed: notes it where that quarter is frozen. */
MUST_CHECK int store_card_touch(struct store *store, const struct score_key *key, struct error *error);
/* One that was noted; *ret_village_id 0: none. */
MUST_CHECK int store_card_touched(struct store *store, int *ret_quarter, int64_t *ret_village_id, struct error *error);
MUST_CHECK int store_card_settled(struct store *store, int quarter, int64_t village_id, struct error *error);
/* Villages in an area (NULL: everywhere) that have any score in that quarter and set, in order of code. */
MUST_CHECK int store_scored_list(struct store *store, int quarter, const char *set, const char *code, area_each *each,
                                 void *data, struct error *error);

/* ---- Table 5 ---- */

struct budget_row {
    int line;                /* from 1 */
    int64_t total, stunting; /* rupiah; of all villages of the area */
    int villages;
};
MUST_CHECK int store_budget_put(struct store *store, int64_t village_id, int year, const struct budget_row *row,
                                struct error *error);
typedef int budget_each(void *data, const struct budget_row *row);
MUST_CHECK int store_budget_list(struct store *store, const char *code, int year, budget_each *each, void *data,
                                 struct error *error);

#endif
