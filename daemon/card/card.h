/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The score card of an area and quarter: its numbers and how they look, without a database.
 *
 * Of a village, or of a kecamatan, kabupaten, provinsi or the whole country as sums over its villages. Numbers that are
 * not known are -1, never 0. Percentages are computed here, from numerators and denominators, never stored.
 * How each number comes about: docs/score-card.md. core/score/card_open.h makes it from the database.
 */
#ifndef KABAR_CARD_CARD_H
#define KABAR_CARD_CARD_H

#include "base/buf.h"
#include "parsers/quarter.h"
#include "parsers/set.h"
#include "store/card.h"

enum { CARD_GROUPS_MAX = 8, CARD_PACKAGES_MAX = 8, CARD_BUDGET_MAX = 8, CARD_PATH_MAX = 5 };

/* n of d in hundredths of a per cent, rounded half up: 8 of 27 is 2963. -1 where there is nothing to divide by (d = 0)
 * or something is unknown. Never over 10000 for n <= d. */
int64_t percent_of(int64_t n, int64_t d);

/* A row of Table 3. */
struct card_indicator {
    int64_t numerator;   /* as counted: at most the denominator */
    int64_t denominator; /* numerator and denominator are sums over the villages where both are known; of a village */
    int64_t reported;    /* either may be known alone. reported: the numerator as it was sent */
    int64_t part;
    int villages;    /* where both are known: 0 or 1 of a village */
    int capped;      /* of these, where the numerator exceeded the denominator */
    int approximate; /* of these, where the denominator had to be another than it should */
    size_t variant;  /* how it was read: index in the indicator's variants */
};

/* A row of Table 4: sums over the indicators of a group that count for it and are known. The same of a package. */
struct card_sum {
    int64_t received, due;
    int known, all; /* indicators; rows of persons where Table 4 counts persons */
    int villages;   /* with one of them known; -1: frozen before that was kept */
};
struct card_group {
    const char *name; /* "bumil" */
    struct card_sum sum;
};

/* A form in one month of the quarter. */
struct card_month {
    int villages; /* that reported, themselves or by their posyandu; 0 or 1 of a village */
    int posyandu; /* of these, only by posyandu; of a village: how many posyandu reported */
    int differs;  /* villages whose own report and posyandu differ; of a village: the first such key + 1 */
    int village_value, posyandu_value; /* of a village: of that key */
    uint64_t filled; /* of a village: bit i says that key i is not the KPM's, who reported, but summed of posyandu … */
    int filled_by;   /* … of so many */
};

/* An area below: for the ranking. */
struct card_child {
    struct area area;
    char within[NAME_MAX_BYTES]; /* the kecamatan of a village on a kabupaten's page, else "" */
    int villages;
    uint64_t known; /* bit i: indicator i counts for Table 4 and is known of one of its villages */
    bool is_ranked; /* see card_rank() */
    struct card_sum sums[CARD_GROUPS_MAX], total; /* by group of the card */
    int64_t months[QUARTER_MONTHS];               /* forms of each month that its villages reported */
};

struct card {
    const struct set *set;
    const char *const *months;       /* "Jan" … */
    struct area area;                /* id 0: the whole country */
    struct area path[CARD_PATH_MAX]; /* the areas above by level (AREA_PROVINSI …), id 0 where there is none */
    int quarter;
    int month_now;          /* months after it are not due */
    int villages, posyandu; /* there are; posyandu only of a village */
    struct card_indicator indicators[SET_INDICATORS_MAX];
    struct {
        int64_t value;
        int villages;
    } cells[SET_CELLS_MAX];
    struct card_month forms[SET_FORMS_MAX][QUARTER_MONTHS];
    struct budget_row budget[CARD_BUDGET_MAX]; /* by line - 1; total -1: not entered */
    struct card_group groups[CARD_GROUPS_MAX]; /* in the set's order, those of Table 4 */
    size_t n_groups;
    struct card_group packages[CARD_PACKAGES_MAX]; /* of services, in the set's order */
    size_t n_packages;
    enum table4_reading table4;
    struct card_sum total, before; /* before: of the quarter before, due 0 where there is none; its `known` counts an
                                      indicator for each village that knows it */
    int complete;                  /* villages that know all indicators of Table 4; -1: frozen before that was kept */
    struct card_child *children;   /* as card_rank() leaves them; of today's numbers alone, a frozen card has none */
    size_t n_children;
    char frozen_set[SET_NAME_MAX]; /* of the frozen card that is shown; of today's numbers the set of another name with
                                      which alone they were frozen, else "" */
    bool is_of_other_set;          /* the frozen card that is shown; `set` may be another one that can show it */
    int revision;                  /* the newest frozen one, or the one shown; 0: never frozen */
    int64_t frozen_ms;             /* of that revision */
    int64_t frozen_percent;        /* its convergence, hundredths; -1 unknown */
    int64_t earlier_ms;            /* of the revision before it; 0: it is the first */
    int64_t earlier_percent;
    bool is_frozen; /* this is that revision, not today's numbers */
    bool changed;   /* today's numbers differ from that revision */
};

/* Whether Table 4, as the card reads it, counts that indicator. */
bool card_counts(const struct card *card, size_t indicator);
/* Table 4 from Table 3, and the packages. */
void card_sum_up(struct card *card);
/*
 * Orders the areas below: those that are ranked, the highest convergence first; then those that are not, in the same
 * order; then those of which nothing is known. Percentages of different indicators can't be compared: ranked are the
 * areas that know at least the indicators that the most complete one does.
 */
void card_rank(struct card *card);

struct card *card_close(struct card *card); /* NULL is fine; returns NULL */

/* Whether anything at all was reported. */
bool card_is_empty(const struct card *card);
bool card_of_village(const struct card *card);
int64_t card_percent(const struct card *card);
/* Of the set that its numbers are by. */
const char *card_set_name(const struct card *card);
/* Against the quarter before, hundredths of a point. false: there is nothing to compare, or the quarter still runs and
 * less is known of it than of the one before. */
bool card_change(const struct card *card, int64_t *ret_change);
/* Whether the level is above the line of the set; false too where there is no line, or no level. */
bool card_is_above_line(const struct card *card, int64_t hundredths);
/* Indicators that are not at 100 %, the lowest percentage first; returns how many, at most max. */
size_t card_weakest(const struct card *card, size_t max, size_t *ret_indicators);
/* Bit i: month i of the quarter is due and the form is not reported (of a village). Of a form that is due once a
 * quarter one bit at most; the others are missing in no quarter. */
unsigned card_form_missing(const struct card *card, size_t form);

/* ---- how it looks ---- */

/* Of several cards in one file, which this is. */
enum card_place { CARD_BETWEEN = 0, CARD_FIRST = 1, CARD_LAST = 2, CARD_ONLY = CARD_FIRST | CARD_LAST };

/* Text for a terminal; the official form as one page of HTML; RFC 4180 CSV with a header line; one JSON object. */
void card_text(const struct card *card, struct buf *buf);
void card_html(const struct card *card, enum card_place place, struct buf *buf);
void card_csv(const struct card *card, enum card_place place, struct buf *buf);
void card_json(const struct card *card, struct buf *buf);

#endif
