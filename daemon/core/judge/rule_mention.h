/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which keys a rule's SQL expression speaks of. Pure. */
#ifndef KABAR_CORE_JUDGE_RULE_MENTION_H
#define KABAR_CORE_JUDGE_RULE_MENTION_H

#include "parsers/set.h"

/* Where the rule's expression names that key first; NULL: nowhere. */
const char *rule_mention(const struct rule *rule, const char *code);

#endif
