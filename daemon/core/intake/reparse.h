/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A message that nobody understood, read again: after a set or a contact has changed, for an operator. */
#ifndef KABAR_CORE_INTAKE_REPARSE_H
#define KABAR_CORE_INTAKE_REPARSE_H

#include <stdbool.h>
#include <stdint.h>

#include "core/box.h"

enum reparse_result {
    REPARSE_STORED = 1, /* its reports are stored, the answer is queued, it leaves the operator's list */
    REPARSE_NOTHING     /* it is still no report: nothing was changed */
};
struct reparsed {
    size_t reports;
    int64_t answer_id; /* in the outbox; 0 none */
};
/*
 * To be called inside the caller's transaction. Goes intake's own way (assess, store, score, answer) with the message
 * as it came and the contact, set and stored numbers as they are now; the period follows from when it was sent. Returns
 * an enum reparse_result; -ENOENT no such message, -EINVAL it was understood before or its sender can't report.
 * answer false: its sender, who wrote long ago, is told nothing.
 */
MUST_CHECK int reparse(const struct box *box, int64_t mo_id, bool answer, int64_t now_ms, struct reparsed *ret_reparsed,
                       struct error *error);

#endif
