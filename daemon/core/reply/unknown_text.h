/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The answer to what is neither report nor command: keys without a form, a question, an empty message, talk. */
#ifndef KABAR_CORE_REPLY_UNKNOWN_TEXT_H
#define KABAR_CORE_REPLY_UNKNOWN_TEXT_H

#include "core/assessment.h"
#include "core/box.h"
#include "core/reply/reply.h"

/* Of a reading that is a note, empty or unknown. */
void reply_unknown(const struct box *box, const struct assessment *assessment, const char *locale,
                   struct reply *ret_reply);

/* What the word means that the reading asks for (asks_form, asks_key). False: the set does not say. */
bool reply_meaning(const struct box *box, const struct assessment *assessment, const char *locale,
                   struct reply *ret_reply);

#endif
