/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Scores: what the card counts of each village and quarter, kept current in the transaction that changes a report
 * (docs/design.md 5; docs/score-card.md says how each number comes about).
 *
 * A number of a month is the village's own (its KPM's); where the KPM gave none, it is the sum over the posyandu. A
 * quarter's value of a field is its latest monthly value inside the quarter, or their sum or maximum where the set says
 * so. The cost of an update does not grow with history.
 */
#ifndef KABAR_CORE_SCORE_SCORE_H
#define KABAR_CORE_SCORE_SCORE_H

#include "core/box.h"
#include "parsers/quarter.h"

/*
 * To be called inside the transaction, after a report of this area, form and month was stored, confirmed, dropped or
 * cancelled; without effect for held and rejected ones, and for areas above a village. form is its code; one that the
 * quarter's set does not have counts for nothing.
 */
MUST_CHECK int score_update(const struct box *box, int64_t area_id, const char *form, int month, struct error *error);

/* Index of the set that a quarter's card is made with: the one of its last month. */
size_t score_set_for(const struct box *box, int quarter);

/* One month of a form. */
struct form_month {
    uint64_t filled;                   /* bit i: the village's own report stands and key i is only the posyandu's */
    int posyandu;                      /* that reported */
    int differs;                       /* where both did: the first key whose numbers differ, else -1 */
    int village_value, posyandu_value; /* of that key */
    int village;                       /* 1: the village's own report stands */
};
/* A form of a village in a quarter. */
struct form_quarter {
    int values[FORM_KEYS_MAX]; /* by key; -1 unknown */
    struct form_month months[QUARTER_MONTHS];
};
/* anew: from every report that counts, also those that later ones took the place of; the result is the same. */
MUST_CHECK int score_form_quarter(const struct box *box, const struct form *form, int64_t village_id, int quarter,
                                  bool anew, struct form_quarter *ret_form, struct error *error);
/* Puts down what a form of a quarter comes to. Where that quarter is frozen its card is noted as changed, unless it is
 * computed anew: another reading of the set is not news of the village. */
MUST_CHECK int score_update_quarter(const struct box *box, int64_t village_id, const char *form, int quarter, bool anew,
                                    struct error *error);

/* Whether the stored scores were computed by the sets as they are now: an operator may have changed an indicator. */
MUST_CHECK int score_is_current(const struct box *box, bool *ret_current, struct error *error);

/*
 * All scores from the reports, in many short transactions (some SCORE_STEP_MS each), so that others can write in
 * between. Whoever ends in the middle is taken up where it was; reports that come meanwhile are in either way. The
 * newest quarter is done first.
 */
enum { SCORE_STEP_MS = 200, SCORE_STEP_FORMS = 4000 };
enum score_step { SCORE_DONE, SCORE_MORE = 1 };
/* One step where they are not current: at most that many forms of a quarter, which are added to *updates. Returns enum
 * score_step. */
MUST_CHECK int score_refresh_step(const struct box *box, int64_t forms_max, int64_t *updates, struct error *error);
/* All steps; *ret_updates -1: they were current. */
MUST_CHECK int score_refresh(const struct box *box, int64_t *ret_updates, struct error *error);
/* The same from the beginning, current or not. */
MUST_CHECK int score_rebuild(const struct box *box, int64_t *ret_updates, struct error *error);

/* Of one village and all quarters, inside the caller's transaction: where its reports were moved or are counted
 * otherwise. Its frozen cards are noted as changed, where they are. */
MUST_CHECK int score_village_anew(const struct box *box, int64_t village_id, struct error *error);

#endif
