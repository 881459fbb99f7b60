/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What was made of a message, in words for a person: read as what, corrected, ignored, refused, answered. */
#ifndef KABAR_CTL_EXPLAIN_H
#define KABAR_CTL_EXPLAIN_H

#include "base/buf.h"
#include "core/judge/assess.h"
#include "core/reply/reply.h"

void explain(struct buf *out, const struct box *box, const struct assessment *assessment, const struct reply *reply);

/* The phrases that the reader saw, what each number cost with each owner (* the one that it got), and the second-best
 * reading. Of the message that was read last with the box. */
void explain_prices(struct buf *out, const struct box *box, const struct assessment *assessment);

#endif
