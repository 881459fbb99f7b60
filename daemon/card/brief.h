/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a village talks about when it meets: the brief, one sheet for RDS and rembuk, and the first page of the
 * semester's report. Its facts and how they look, without a database; core/score/brief_open.h fills it.
 */
#ifndef KABAR_CARD_BRIEF_H
#define KABAR_CARD_BRIEF_H

#include "card/card.h"

enum {
    BRIEF_QUARTERS = 4,
    BRIEF_WEAKEST = 5,
    BRIEF_POSYANDU_MAX = 60,
    BRIEF_ITEMS_MAX = 60,
    BRIEF_TEXT_MAX = 480,
    BRIEF_DAY_MAX = 16
};

struct brief_posyandu {
    char name[NAME_MAX_BYTES];
    int months; /* of the quarter in which it reported anything */
    struct {
        int numerator, denominator; /* -1 unknown */
    } figures[BRIEF_WEAKEST];       /* of the weakest indicators, in their order */
};

/* A note or an activity. */
struct brief_item {
    char day[BRIEF_DAY_MAX];   /* "12 Sep" */
    char area[NAME_MAX_BYTES]; /* village or posyandu */
    bool open;                 /* of a note: nobody has dealt with it */
    char text[BRIEF_TEXT_MAX];
};
struct brief_items {
    struct brief_item items[BRIEF_ITEMS_MAX]; /* the newest first */
    size_t n, all;                            /* all: there are */
};

struct brief {
    struct card *cards[BRIEF_QUARTERS]; /* owned; the quarter in question first, then those before it */
    size_t weakest[BRIEF_WEAKEST], n_weakest;
    struct brief_posyandu posyandu[BRIEF_POSYANDU_MAX];
    size_t n_posyandu, all_posyandu;
    struct brief_items notes, activities; /* of the period */
    bool has_services, has_activities;    /* the set has forms for them */
    int services_month;                   /* in which the services were reported last; MONTH_NONE: not in that year */
    char absent[BRIEF_TEXT_MAX];          /* services that the village has none of: "pustu, BKB" */
};

/* How many persons of an indicator go without: "19 ibu hamil belum ikut konseling (8 dari 27)". */
void brief_missing_text(const struct card *card, size_t indicator, char *ret_text, size_t size);

/* One page of A4: what does not fit is counted. As HTML a whole file. */
void brief_page(const struct brief *brief, bool html, struct buf *buf);
/* One JSON object. */
void brief_json(const struct brief *brief, struct buf *buf);
/*
 * The report of a semester, whose second quarter the brief is of: a page of its own, then the card of each of its
 * quarters. As HTML a whole file.
 */
void brief_report(const struct brief *brief, bool html, struct buf *buf);

struct brief *brief_close(struct brief *brief); /* NULL is fine; returns NULL */

#endif
