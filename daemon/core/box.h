/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the core works with: the settings, the database, the clocks, the sets' compiled rules, the reader's room.
 *
 * One a process. Without a database (store NULL) messages can be read and judged, nothing is kept: `kabarctl parse`.
 */
#ifndef KABAR_CORE_BOX_H
#define KABAR_CORE_BOX_H

#include <stddef.h>

#include "base/clock.h"
#include "base/error.h"
#include "parsers/reading.h"
#include "store/rule.h"
#include "store/store.h"

struct settings;
struct assessment;

/* What core/intake keeps between messages: how many answers the box gave in the last hour and the last day as counted
 * at a moment, and allowed since, to registered people and to strangers; and hashes of the words of the box's own
 * texts. */
enum { OWN_WORDS_BITS = 4096 };
struct guard_memory {
    struct guard_count {
        int64_t at_ms, answers; /* at 0: not counted yet */
        int64_t added;
    } hour[2], day[2];
    uint64_t own_words[OWN_WORDS_BITS / 64];
    const struct settings *own_words_of; /* whose texts these are; NULL: not filled yet */
};

struct box {
    const struct settings *settings; /* the opener's; outlives the box */
    struct store *store;             /* the opener's, or NULL */
    struct clock clock;
    struct rules **rules;            /* one per set of the settings, in their order */
    int **examples;                  /* per set: FORM_KEYS_MAX numbers a form, see box_example() */
    struct timekeeping *timekeeping; /* of core/time */
    struct guard_memory *guard;      /* of core/intake/guard */
    struct reader_workspace *workspace;
    struct assessment *assessment; /* room for the message at hand: too large for a stack */
};

/* Compiles every set's rules. -EINVAL: a rule does not compile, *error is "FILE:LINE: …". */
MUST_CHECK int box_open(const struct settings *settings, struct store *store, struct clock clock, struct box **ret_box,
                        struct error *error);
/* Takes over other settings (SIGHUP): on failure all stays as it was, else the old ones may be closed afterwards. */
MUST_CHECK int box_reload(struct box *box, const struct settings *settings, struct error *error);
struct box *box_close(struct box *box); /* NULL is fine; returns NULL; settings and store stay open */

/* Index of the set that applies to a month: the newest valid_from that is not after it, else the oldest set. */
size_t box_set_for(const struct box *box, int month);
/* Index of a set by its name, or -1. */
int box_set_named(const struct box *box, const char *name);
const struct set *box_set(const struct box *box, size_t index);
/* The numbers of a form's own example by key, -1 where it has none: what answers show as something to send. */
const int *box_example(const struct box *box, size_t set, int form);

#endif
