/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Areas as operators type them, and the session that score cards need. */
#ifndef KABAR_CTL_AREAS_H
#define KABAR_CTL_AREAS_H

#include "ctl/session.h"
#include "store/area.h"

/* The area of the words from the given one on: a code or a name, where it is the only one of that name; with a box
 * open. 0, or an exit status after saying which areas could be meant. */
MUST_CHECK int area_of_words(const struct ctl *ctl, const struct session *session, size_t first, struct area *ret_area);

/* The same of one text. */
MUST_CHECK int area_of_text(const struct session *session, const char *text, struct area *ret_area);

/* Several, one after another: as many words at a time as name one, by a part of its name or code too. */
enum { AREAS_TYPED_MAX = 200 };
MUST_CHECK int areas_of_words(const struct ctl *ctl, const struct session *session,
                              struct area ret_areas[AREAS_TYPED_MAX], size_t *ret_n);

/* The session opened for cards: for writing where mode says so, or where scores must be computed anew first. */
MUST_CHECK int session_cards(struct session *session, const struct ctl *ctl, enum store_mode mode);

#endif
