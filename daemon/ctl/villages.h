/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The cards of villages, one after another, and the quarter that is meant where none is said. */
#ifndef KABAR_CTL_VILLAGES_H
#define KABAR_CTL_VILLAGES_H

#include "core/score/card_open.h"
#include "ctl/areas.h"

/* Areas in the order in which they were added; zeroed is none. */
struct area_list {
    struct area *areas; /* owned */
    size_t n, room;
};
MUST_CHECK int area_list_add(struct area_list *list, const struct area *area, struct error *error);
/* The villages in the area of that code (NULL: everywhere) that are counted in that month. */
MUST_CHECK int area_list_villages(struct area_list *list, const struct session *session, const char *code, int month,
                                  struct error *error);
void area_list_deinit(struct area_list *list);

/* --quarter; else today's, or the one before while nothing came of that area (NULL: of any) for today's. */
MUST_CHECK int quarter_meant(const struct ctl *ctl, const struct session *session, const struct area *area,
                             int *ret_quarter);

/* --area and --quarter with a session opened for cards; the villages there. A refusal where there is none. */
MUST_CHECK int villages_meant(const struct ctl *ctl, struct session *session, struct area_list *ret_list,
                              int *ret_quarter);

/* Today's card of each, in order. each: an exit status, not 0 to stop with it. */
typedef int card_visit(void *data, const struct card *card);
MUST_CHECK int villages_visit(const struct session *session, const struct area_list *list, int quarter,
                              card_visit *visit, void *data);

#endif
