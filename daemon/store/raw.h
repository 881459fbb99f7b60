/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Raw texts that have become old are blanked (`keep_raw_months`): what was received, what was sent, the words that were
 * not understood. Numbers, counts, who and when stay. Of a part's text a hash stays, so that the same SMS read again is
 * still known. Part of the database room, same rules as store/store.h.
 */
#ifndef KABAR_STORE_RAW_H
#define KABAR_STORE_RAW_H

#include "store/store.h"

/* Everything received before is blanked; where nothing was yet, when the oldest message was received; INT64_MAX: there
 * is none. */
MUST_CHECK int store_raw_until(struct store *store, int64_t *ret_ms, struct error *error);

/* Blanks what was received, and sent and settled, from … before, and remembers it; *ret_messages changed. What waits
 * for the operator leaves his list. */
MUST_CHECK int store_raw_blank(struct store *store, int64_t from_ms, int64_t before_ms, int64_t now_ms,
                               int64_t *ret_messages, struct error *error);

/* Messages of a time that may be blanked already were added: it is looked through again from then on. */
MUST_CHECK int store_raw_added(struct store *store, int64_t received_ms, struct error *error);

#endif
