/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How much there is of everything, for one screen or one SMS. Same rules as store/store.h. */
#ifndef KABAR_STORE_COUNTS_H
#define KABAR_STORE_COUNTS_H

#include "store/store.h"

/* Counts for one screen of status. */
struct store_counts {
    int64_t mo_today, mo_unread, reports_today, mt_queued, mt_today, mt_uncertain, mt_failed, contacts, pending, areas;
};
MUST_CHECK int store_counts(struct store *store, int64_t today_ms, struct store_counts *ret_counts,
                            struct error *error);

/* For the operator's weekly line. */
struct week_counts {
    int64_t received;  /* messages since */
    int64_t strangers; /* who wait to be registered, pending contacts among them */
    int64_t queued;
};
MUST_CHECK int store_week_counts(struct store *store, int64_t since_ms, struct week_counts *ret_counts,
                                 struct error *error);

#endif
