/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * From the wire to the commit (docs/design.md 1): raw part, message, reading, reports, commands' effects and the answer
 * are one transaction; only after it may the SIM's copy go. What was seen before changes nothing.
 */
#ifndef KABAR_CORE_INTAKE_INTAKE_H
#define KABAR_CORE_INTAKE_INTAKE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/box.h"
#include "modem/port.h"

struct intake_counts {
    size_t parts_new, parts_known; /* parts_known: read again from the SIM, harmless */
    size_t messages;               /* that came to be whole */
    size_t replies;                /* queued */
    size_t unread;                 /* processing failed for a reason of their own: kept raw for the operator */
    size_t set_aside;              /* the same, because kabard died of it before (store/suspect.h) */
};

/*
 * Takes what a modem handed over, at most MO_BATCH parts. ret_stored[i] (room for n_parts) tells whether part i is
 * committed and may be deleted from the SIM. A part that can't be processed is kept raw and does not hold up the
 * others.
 * Negative errno: the world failed (-ENOSPC, -EIO, -EBUSY, -EROFS, -EUCLEAN, -ESTALE, -ENOMEM); what is marked
 * stored is, the rest stays on the SIM and comes again. The caller pauses intake until a later call succeeds.
 */
MUST_CHECK int intake_take(const struct box *box, const char *modem, const struct mo_part *parts, size_t n_parts,
                           bool *ret_stored, struct intake_counts *ret_counts, struct error *error);

/* Once a minute or so: gives up on concatenated messages whose parts don't come (kept as incomplete, the sender is
 * asked to repeat) and drops held reports that nobody confirmed. */
MUST_CHECK int intake_tick(const struct box *box, struct intake_counts *ret_counts, struct error *error);

#endif
