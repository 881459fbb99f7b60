/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/judge/rule_mention.h"

#include <string.h>

#include "parsers/view.h"

static bool is_name_char(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || is_digit(c) || c == '_';
}

const char *rule_mention(const struct rule *rule, const char *code)
{
    size_t len = strlen(code);
    for (const char *at = strstr(rule->check, code); at; at = strstr(at + 1, code)) {
        if ((at == rule->check || !is_name_char(at[-1])) && !is_name_char(at[len]))
            return at;
    }
    return NULL;
}
