/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Notes that people sent: what an operator does with them. store/note.h lists them. */
#ifndef KABAR_OPERATOR_NOTES_H
#define KABAR_OPERATOR_NOTES_H

#include "operator/outgoing.h"

/* Somebody has dealt with it. -ENOENT: there is no such note that is open. */
MUST_CHECK int operator_note_done(const struct actor *actor, int64_t id, struct error *error);

/* Answers who sent it, open or not: it is dealt with by that. -ENOENT: there is no such note; else as
 * operator_reply(). */
MUST_CHECK int operator_note_reply(const struct actor *actor, int64_t id, const char *text,
                                   struct outgoing *ret_outgoing, struct error *error);

#endif
