/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What an operator sees and does, without a terminal: kabarctl prints it, a page shows it.
 *
 * A look fills a struct. An act is one function: it takes who acts and the order, changes the database in one
 * transaction with its row in the audit, and fills a struct with what came of it. It prints nothing. Every function
 * returns 0 or a negative errno with its reason in *error; after a failure nothing has happened. -EINVAL, -ENOENT and
 * -EEXIST are refusals: the order was wrong. All else is the world's: disk, rights, memory.
 */
#ifndef KABAR_OPERATOR_ACTOR_H
#define KABAR_OPERATOR_ACTOR_H

#include "core/box.h"

struct actor {
    const struct box *box;
    const char *who; /* for the audit: "kabarctl:siti" */
};

int64_t actor_now_ms(const struct actor *actor);

/* Begins an act. */
MUST_CHECK int actor_begin(const struct actor *actor, struct error *error);
/* Ends what actor_begin() began, and the work after it: where result is 0 the audit has its row and all is committed,
 * else all is rolled back. Returns result, or why it could not be committed. */
MUST_CHECK int actor_end(const struct actor *actor, int result, const char *what, const char *subject,
                         const char *detail, struct error *error);

#endif
