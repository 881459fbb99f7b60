/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the calendar sends by itself, sent by hand. */
#ifndef KABAR_OPERATOR_REMINDING_H
#define KABAR_OPERATOR_REMINDING_H

#include "operator/actor.h"

/* Reminds whose reports of that month are missing, in an area (NULL: everywhere), as schedule_remind_now() says. With
 * `try` nothing is done. */
MUST_CHECK int operator_remind(const struct actor *actor, const char *area_code, int month, bool try,
                               size_t *ret_messages, struct error *error);

#endif
