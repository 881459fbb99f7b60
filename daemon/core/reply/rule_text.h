/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A rule's wording as the sender reads it. Pure. */
#ifndef KABAR_CORE_REPLY_RULE_TEXT_H
#define KABAR_CORE_REPLY_RULE_TEXT_H

#include "core/assessment.h"
#include "core/reply/phrase.h"

/*
 * The wording of the form's rule with the numbers of the report. A number that came with an earlier message is marked
 * as stored. A term of a sum that nobody sent ("+ tidak diukur {TD}") is left out where the rule's coalesce() counts it
 * as 0. Always terminates.
 */
void rule_render(const struct wording *wording, const struct assessed *assessed, int rule, char *ret_text, size_t size);

#endif
