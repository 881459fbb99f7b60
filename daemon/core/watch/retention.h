/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Raw texts older than `keep_raw_months` are blanked, at night and little by little; numbers and counts stay. */
#ifndef KABAR_CORE_WATCH_RETENTION_H
#define KABAR_CORE_WATCH_RETENTION_H

#include "core/box.h"

/*
 * Once a minute or so: between one and five at night, where the clock is trusted, blanks the next few days of what was
 * received before the month that lies keep_raw_months back, in one short transaction with a row of the audit.
 * *ret_messages: how many messages lost their text.
 */
MUST_CHECK int retention_tick(const struct box *box, int64_t *ret_messages, struct error *error);

#endif
