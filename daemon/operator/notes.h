/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Notes that people sent: what an operator does with them. store/note.h lists them. */
#ifndef KABAR_OPERATOR_NOTES_H
#define KABAR_OPERATOR_NOTES_H

#include "operator/actor.h"

/* Somebody has dealt with it. -ENOENT: there is no such note that is open. */
MUST_CHECK int operator_note_done(const struct actor *actor, int64_t id, struct error *error);

#endif
