/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A message of a registered person that tells of something instead of numbers: kept with sender and area, passed on to
 * the people whom the settings name, answered with who was told. Where a role has nobody there, the operators are told;
 * where there is nobody at all, it waits in the list of notes. Nothing in it is a number that counts.
 */
#ifndef KABAR_CORE_INTAKE_NOTE_H
#define KABAR_CORE_INTAKE_NOTE_H

#include "core/box.h"
#include "core/reply/reply.h"
#include "store/contact.h"

struct note_order {
    const struct contact *contact;
    const char *phone; /* that the message came from */
    int64_t mo_id;
    struct view text; /* of the message, terminated */
    int64_t now_ms;
    bool emergency; /* by the reader; the settings may name further words */
    bool pass;      /* false: only kept, its sender is over a cap */
};

/* Inside the caller's transaction. *ret_reply is the answer to the sender. */
MUST_CHECK int note_take(const struct box *box, const struct note_order *order, struct reply *ret_reply,
                         struct error *error);

#endif
