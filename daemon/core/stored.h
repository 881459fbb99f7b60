/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Reports that are already in the database, with their numbers: what waits for YA, what BATAL takes back. */
#ifndef KABAR_CORE_STORED_H
#define KABAR_CORE_STORED_H

#include "core/box.h"
#include "store/report.h"

enum { STORED_MAX = 24 };

struct stored_report {
    struct report_found found;
    const struct form *form;   /* NULL: its set or form is not configured any more */
    int values[FORM_KEYS_MAX]; /* by key, -1: not in the report */
    int nth;                   /* of a report that adds: which of the month it is; else 0 */
};

struct stored_reports {
    struct stored_report report[STORED_MAX];
    size_t n; /* more than STORED_MAX are left for the next time */
};

/*
 * The contact's reports that still wait for YA when a message sent then is read now, oldest first; 0, 0: all held ones.
 * They wait held_hours from when the sender was asked; a message sent before that (both came from the SIM at once), or
 * long after it by its stamp (the box's clock had stood still), has held_hours from when the report was sent.
 */
MUST_CHECK int stored_held(const struct box *box, int64_t contact_id, int64_t now_ms, int64_t sent_ms,
                           struct stored_reports *ret, struct error *error);
/* Those of the contact's last message whose reports count; form_code NULL: of any form. */
MUST_CHECK int stored_last(const struct box *box, int64_t contact_id, const char *form_code, struct stored_reports *ret,
                           struct error *error);

#endif
