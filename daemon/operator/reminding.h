/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the calendar sends by itself, sent by hand. */
#ifndef KABAR_OPERATOR_REMINDING_H
#define KABAR_OPERATOR_REMINDING_H

#include "operator/actor.h"
#include "store/area.h"

/* Reminds whose reports of that month are missing, in an area (NULL: everywhere), as schedule_remind_now() says. With
 * `try` nothing is done. */
MUST_CHECK int operator_remind(const struct actor *actor, const char *area_code, int month, bool try,
                               size_t *ret_messages, struct error *error);

/* Sends a village's frozen card of a quarter again, as schedule_card_now() says. */
MUST_CHECK int operator_card_send(const struct actor *actor, const struct area *village, int quarter, bool try,
                                  size_t *ret_messages, struct error *error);

#endif
