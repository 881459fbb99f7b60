/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The alerts of forms (docs/kabar-set.5): who is told at once of what a report says, by the set file.
 *
 * An alert is told once for each report and person: again only where a number has changed that its text shows. What
 * still waits in the outbox (quiet hours) is taken back where a correction or BATAL makes it untrue or tells more.
 * Where a role has nobody, the operators are told and of whom there is none. The outbox remembers what was told, by the
 * name of its job, so that neither a restart nor reading a message again tells it twice.
 */
#ifndef KABAR_CORE_TELL_FORM_ALERT_H
#define KABAR_CORE_TELL_FORM_ALERT_H

#include "core/box.h"

struct form_alerts_order {
    int64_t area_id;
    const char *set, *form;
    int month;
    int64_t contact_id; /* who sent the report; 0: an operator's hand */
    const char *name;   /* of whoever it is */
    int64_t now_ms;
};

/* Inside the transaction, after a report of this area, form and month was stored, confirmed or cancelled. */
MUST_CHECK int form_alerts_tell(const struct box *box, const struct form_alerts_order *order, struct error *error);

#endif
