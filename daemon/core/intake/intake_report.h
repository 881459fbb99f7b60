/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The segments of one message as rows of the database. */
#ifndef KABAR_CORE_INTAKE_INTAKE_REPORT_H
#define KABAR_CORE_INTAKE_INTAKE_REPORT_H

#include "core/judge/assess.h"
#include "store/contact.h"

struct intake_report {
    int64_t mo_id;
    const struct contact *contact;
    const struct assessment *assessment;
    int64_t sent_ms, created_ms;
};

/* Whether the contact stands for a village or a posyandu: others have nothing that a report could be of. */
bool intake_may_report(const struct contact *contact);

/* Stores every segment, rejected ones without values; a held report of the same form gives way to a new one. */
MUST_CHECK int intake_reports_store(const struct box *box, const struct intake_report *report, struct error *error);

#endif
