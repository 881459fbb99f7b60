/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Received messages that nobody understood: what an operator does with them beside an answer. */
#ifndef KABAR_OPERATOR_INBOX_H
#define KABAR_OPERATOR_INBOX_H

#include "operator/actor.h"

/* Needs no answer and leaves the list. -ENOENT: there is no such message that waits. */
MUST_CHECK int operator_inbox_done(const struct actor *actor, int64_t mo_id, struct error *error);

#endif
