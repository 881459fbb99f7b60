/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A rule's wording as the sender reads it. Pure. */
#ifndef KABAR_CORE_REPLY_RULE_TEXT_H
#define KABAR_CORE_REPLY_RULE_TEXT_H

#include "parsers/set.h"

/*
 * The rule's own wording with the sender's numbers, {CODE} from values and {CODE_LALU} from before (by key, -1 unknown:
 * `unknown` stands in its place, 0 where the rule's coalesce() takes it for that). Always terminates.
 */
void rule_render(const struct form *form, const struct rule *rule, const char *locale, const int *values,
                 const int *before, const char *unknown, char *ret_text, size_t size);

#endif
