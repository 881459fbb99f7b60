/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The reports of a message, of one posyandu or of several (core/judge/split.h), stored and answered. */
#ifndef KABAR_CORE_INTAKE_INTAKE_PARTS_H
#define KABAR_CORE_INTAKE_INTAKE_PARTS_H

#include "core/intake/intake_report.h"
#include "core/judge/split.h"
#include "core/reply/reply.h"

/* report->assessment is box->assessment: of the message where it is not cut, else overwritten. *ret_n: reports. */
MUST_CHECK int intake_parts_store(const struct box *box, struct intake_report *report, const struct assess_input *input,
                                  const struct split *split, struct reply *ret_reply, size_t *ret_n,
                                  struct error *error);

#endif
