/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The box itself in one line: what STATUS answers to an operator, and the operators' daily line. */
#ifndef KABAR_CORE_REPLY_BOX_STATUS_H
#define KABAR_CORE_REPLY_BOX_STATUS_H

#include "core/reply/reply.h"

MUST_CHECK int reply_box_status(const struct box *box, const char *locale, int64_t now_ms, struct reply *ret_reply,
                                struct error *error);

#endif
