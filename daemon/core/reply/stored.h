/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Reports that are already in the database (core/stored.h), as commands speak of them. */
#ifndef KABAR_CORE_REPLY_STORED_H
#define KABAR_CORE_REPLY_STORED_H

#include "core/reply/phrase.h"
#include "core/stored.h"
#include "store/contact.h"

/* An answer to the contact that names each of them with its numbers by `text` ({form}, {period}, {values}), and the
 * posyandu where it is not the contact's own. resent_ms: when it may be sent again; after BATAL, and where a
 * message without a month would not surely count for the same month then, the text to send is in the answer. 0: it will
 * not be sent again. */
void reply_stored(const struct box *box, const struct contact *contact, enum reply_text text,
                  const struct stored_reports *reports, int64_t resent_ms, struct reply *ret_reply);

#endif
