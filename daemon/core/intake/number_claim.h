/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A person has another SIM: from the new number, which nobody knows yet, "GANTI NOMOR 0812…" names the old one
 * (parsers/claim.h). Senders can be forged, so nothing changes by it: the operator sees who asks to be whom and
 * approves, and the old number is told, so that its owner can object.
 */
#ifndef KABAR_CORE_INTAKE_NUMBER_CLAIM_H
#define KABAR_CORE_INTAKE_NUMBER_CLAIM_H

#include <stdbool.h>

#include "core/box.h"
#include "core/intake/guard.h"

struct number_claim {
    char old[MSISDN_MAX];   /* E.164; "" no claim */
    struct contact contact; /* who is active with that number; id 0: nobody */
};

/*
 * A message of a stranger, inside intake's transaction: *ret_claimed tells whether it is a claim. Where an active
 * person has the old number it gets an alert, at most one a day whoever claims it.
 */
MUST_CHECK int number_claim_take(const struct box *box, const struct sender *sender, struct view text, int64_t now_ms,
                                 bool *ret_claimed, struct error *error);

/* The newest claim among the last messages of a stranger. */
MUST_CHECK int number_claim_find(const struct settings *settings, struct store *store, const char *phone,
                                 struct number_claim *ret_claim, struct error *error);

#endif
