/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Messages that another program received before Kabar came: kept as if they had been read from a SIM, never answered
 * and never acted upon. What a registered person wrote waits for `reparse`, which reads it as of the day it was sent.
 */
#ifndef KABAR_CORE_INTAKE_IMPORTED_H
#define KABAR_CORE_INTAKE_IMPORTED_H

#include "core/box.h"
#include "store/mo.h"

enum imported_result {
    IMPORTED_NEW,  /* it is kept */
    IMPORTED_KNOWN /* all its parts are there already: nothing was changed */
};

/*
 * One message, inside the caller's transaction: its parts in order, at least one, of `due` that it should have; sender
 * as store/store.h keeps it. sent_ms 0 where there is no believable stamp: then it can't be read again, because its
 * month would be guessed.
 */
MUST_CHECK int imported_message(const struct box *box, const struct mo_part_row *parts, size_t n, size_t due,
                                enum imported_result *ret_result, struct error *error);

#endif
