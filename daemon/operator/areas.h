/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What an operator does with areas: rename, close, remove, give a new code, put two together. Each act with `try` does
 * all the work and takes it back, so that what it would come to can be shown first.
 */
#ifndef KABAR_OPERATOR_AREAS_H
#define KABAR_OPERATOR_AREAS_H

#include "operator/actor.h"
#include "store/area.h"

MUST_CHECK int areas_rename(const struct actor *actor, const struct area *area, const char *name, struct error *error);

/* From that month on it is neither expected nor counted, with all below it; what was reported before stays. A quarter
 * in whose last month it is closed is counted without it. month 0: it goes on again. */
MUST_CHECK int areas_close(const struct actor *actor, const struct area *area, int month, struct error *error);

/* With all below it. -EBUSY: reports, people, frozen cards or a budget hang on them; *ret_usage tells in any case. */
MUST_CHECK int areas_remove(const struct actor *actor, const struct area *area, bool try, struct area_usage *ret_usage,
                            struct error *error);

/*
 * A new code of the same level, with all below it: reports, scores, frozen cards, people and budget stay what they are.
 * Where the new code is there already (its list of areas was imported first) and nothing hangs on it, it is taken; else
 * -EEXIST: areas_merge() is meant. *ret_usage: what moves.
 */
MUST_CHECK int areas_move(const struct actor *actor, const struct area *area, const char *new_code, bool try,
                          struct area_usage *ret_usage, struct error *error);

/*
 * One place that was entered twice becomes one: all that hangs on `from` is `into`'s, and `from` is gone. Where both
 * have reported a month, the later report counts. Both must be villages, or both posyandu; posyandu of the same name
 * become one as well, others get the next number. *ret_usage: what `from` had.
 */
MUST_CHECK int areas_merge(const struct actor *actor, const struct area *from, const struct area *into, bool try,
                           struct area_usage *ret_usage, struct error *error);

#endif
