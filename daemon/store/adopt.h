/* SPDX-License-Identifier: GPL-2.0-or-later */
/* An older database becomes the box's own: a restored backup, or what somebody put in its place. Same rules as
 * store/store.h. */
#ifndef KABAR_STORE_ADOPT_H
#define KABAR_STORE_ADOPT_H

#include "store/store.h"

/* What becomes of messages that waited in a database that is older than what was sent */
struct adopted {
    int64_t generation;
    int64_t settled; /* sent, failed or cancelled since, as the lost database knows */
    int64_t expired; /* of no use any more */
    int64_t held;    /* nobody knows whether they went out: a hand decides */
    int64_t waiting; /* the lost database had not sent them either: they go out */
};

struct adoption {
    int64_t now_ms;
    int64_t after;     /* the new generation is larger than this one */
    const char *lost;  /* the database that was there, to be asked what it had sent; NULL: nobody knows */
    const char *clock; /* META_CLOCK from now on */
    const char *who, *what, *subject; /* for the audit */
};
/* Takes an older database for the box's own: a new generation of uids (store/backup.h), what waited to be sent goes
 * only where that is known to be right, and it is audited. A transaction of its own. */
MUST_CHECK int store_adopt(struct store *store, const struct adoption *adoption, struct adopted *ret_adopted,
                           struct error *error);

#endif
