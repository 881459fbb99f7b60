/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A conversation of one person with the box in memory alone: each SMS is taken as intake takes it, by the same
 * functions into a database that nobody else sees. For whoever wants to know what would come of a message.
 */
#ifndef KABAR_CORE_INTAKE_REHEARSAL_H
#define KABAR_CORE_INTAKE_REHEARSAL_H

#include "core/box.h"
#include "core/reply/reply.h"

struct rehearsal;

/* The person is a KPM in a village without a posyandu, where nothing was reported yet. settings outlive it; set: index
 * of the only one that is used, -1: as the month picks it. */
MUST_CHECK int rehearsal_open(const struct settings *settings, int set, struct rehearsal **ret_rehearsal,
                              struct error *error);
struct rehearsal *rehearsal_close(struct rehearsal *rehearsal); /* NULL is fine; returns NULL */

/* Takes an SMS that was stamped then; *ret_reply is its answer. What was made of it is the box's assessment, which
 * points into text. */
MUST_CHECK int rehearsal_say(struct rehearsal *rehearsal, struct view text, int64_t sent_ms, struct reply *ret_reply,
                             struct error *error);
const struct box *rehearsal_box(const struct rehearsal *rehearsal);

#endif
