/* A rule's SQL and wording as text: which keys it speaks of, what the sender reads. Pure. */
#ifndef KABAR_CORE_RULE_TEXT_H
#define KABAR_CORE_RULE_TEXT_H

#include "parsers/set.h"

/* Where the rule's expression names that key first; NULL: nowhere. */
const char *rule_mention(const struct rule *rule, const char *code);

/*
 * The rule's own wording with the sender's numbers, {CODE} from values and {CODE_LALU} from before (by key, -1 unknown:
 * `unknown` stands in its place, 0 where the rule's coalesce() takes it for that). Always terminates.
 */
void rule_render(const struct form *form, const struct rule *rule, const char *locale, const int *values,
                 const int *before, const char *unknown, char *ret_text, size_t size);

#endif
