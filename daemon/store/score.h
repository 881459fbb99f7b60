/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Numbers by month of a village and its posyandu, scores by quarter. Same rules as store/store.h. Quarters are those of
 * parsers/quarter.h; a number that is not known is -1 here and NULL in the database.
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
    bool adds; /* to the one before */
};
typedef int month_value_each(void *data, const struct month_value *value);
/*
 * The values of one form in one quarter, of the village and its posyandu: by area and month, within them oldest first,
 * so that a later one of the same field replaces an earlier one, or adds to it. Reports that later ones took the place
 * of are left out; all: they come too, and the result must be the same.
 */
MUST_CHECK int store_quarter_values(struct store *store, int64_t village_id, int quarter, const char *form, bool all,
                                    month_value_each *each, void *data, struct error *error);

/* ---- scores ---- */

struct score_key {
    int64_t area_id; /* a village */
    int quarter;
    const char *set;
};
/* Each writes only what changed; where nothing at all is known the row goes. */
struct score_numbers {
    int numerator, denominator, part; /* -1 unknown */
    bool approximate;                 /* the denominator had to be another than it should */
};
MUST_CHECK int store_score_put(struct store *store, const struct score_key *key, const char *indicator,
                               const struct score_numbers *numbers, struct error *error);
MUST_CHECK int store_score_cell_put(struct store *store, const struct score_key *key, int cell, int value,
                                    struct error *error);
struct score_form {
    unsigned village, posyandu, differs; /* bit i: month i of the quarter */
};
MUST_CHECK int store_score_form_put(struct store *store, const struct score_key *key, const char *form,
                                    const struct score_form *months, struct error *error);
/* A form in one month of a quarter, as far as posyandu reported it. */
struct score_month {
    uint64_t filled;    /* bit i: the form's key i is the posyandu's, beside the village's own report */
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
    int numbers[4];   /* numerator, denominator, part, approximate | cell, value, -1, -1 |
                         village, posyandu, differs, -1; -1 unknown */
};
typedef int score_each(void *data, const struct score_row *row);
MUST_CHECK int store_score_list(struct store *store, int quarter, const char *set, const char *code, unsigned kinds,
                                score_each *each, void *data, struct error *error);

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

#endif
