/*
 * The score card's rows: numbers by month of a village and its posyandu, scores by quarter, frozen cards, the budget.
 *
 * Part of the database room, same rules as store/store.h. Quarters as in parsers/quarter.h; a number that is not known
 * is -1 here and NULL in the database.
 */
#ifndef KABAR_STORE_SCORE_H
#define KABAR_STORE_SCORE_H

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
 * All values of one form in one quarter, of the village and its posyandu: by area and month, within them oldest first,
 * so that a later one of the same field replaces an earlier one.
 */
MUST_CHECK int store_quarter_values(struct store *store, int64_t village_id, int quarter, const char *form,
                                    month_value_each *each, void *data, struct error *error);
MUST_CHECK int store_posyandu_count(struct store *store, int64_t village_id, int64_t *ret_count, struct error *error);

/* Every village, form and quarter that has a report which counts; for a computation from scratch. */
typedef int reported_each(void *data, int64_t village_id, int quarter, const char *form);
MUST_CHECK int store_reported_list(struct store *store, reported_each *each, void *data, struct error *error);

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
MUST_CHECK int store_score_clear(struct store *store, const char *set, struct error *error);

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

/* ---- cards ---- */

struct card_row {
    int64_t id, area_id;
    int quarter, revision; /* from 1 */
    int64_t frozen_ms;
    const char *numbers; /* JSON text of the body's member "numbers"; lives for the call */
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
