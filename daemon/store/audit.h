/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Who did what. Same rules as store/store.h. */
#ifndef KABAR_STORE_AUDIT_H
#define KABAR_STORE_AUDIT_H

#include "store/store.h"

/* who: "kabard", "kabarctl:NAME"; what: "contact.add"; subject: a uid, code or number; detail: free words. */
MUST_CHECK int store_audit(struct store *store, int64_t now_ms, const char *who, const char *what, const char *subject,
                           const char *detail, struct error *error);

struct audit_row {
    int64_t id, at_ms;
    const char *who, *what, *subject, *detail; /* live for the call */
};
typedef int audit_each(void *data, const struct audit_row *row);
/* Newest first; subject NULL: any; limit 0: all. */
MUST_CHECK int store_audit_list(struct store *store, const char *subject, int64_t since_ms, int64_t limit,
                                audit_each *each, void *data, struct error *error);

#endif
