/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Frozen cards and the budget of Table 5. Same rules as store/store.h. */
#ifndef KABAR_STORE_CARD_H
#define KABAR_STORE_CARD_H

#include "store/area.h"
#include "store/score.h"

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
/* The set under which that area's card of a quarter was frozen last, or its revision (0: any). -ENOENT: there is none.
 */
enum { SET_NAME_MAX = 64 };
MUST_CHECK int store_card_set(struct store *store, int quarter, int64_t area_id, int revision,
                              char ret_set[SET_NAME_MAX], struct error *error);
/* Each quarter and set of which there are frozen cards, with the number of areas, in that order. */
typedef int card_set_each(void *data, int quarter, const char *set, int64_t areas);
MUST_CHECK int store_card_sets(struct store *store, card_set_each *each, void *data, struct error *error);
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
