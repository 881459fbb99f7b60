/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/reply/rule_text.h"

#include <stdio.h>
#include <string.h>

#include "core/judge/rule_mention.h"
#include "core/reply/phrase.h"
#include "parsers/template.h"

/* What coalesce() makes of a missing value is what the rule counted. */
static const char *missing_text(const struct rule *rule, const char *code, const char *unknown)
{
    static const char call[] = "coalesce(";
    enum { CALL_LEN = sizeof call - 1 };
    const char *at = rule_mention(rule, code);
    bool zero = at && at - rule->check >= CALL_LEN && memcmp(at - CALL_LEN, call, CALL_LEN) == 0;
    return zero ? "0" : unknown;
}

void rule_render(const struct form *form, const struct rule *rule, const char *locale, const int *values,
                 const int *before, const char *unknown, char *ret_text, size_t size)
{
    char names[FORM_KEYS_MAX][SPELLING_MAX + 8], numbers[2 * FORM_KEYS_MAX][NUMBER_TEXT_MAX];
    struct template_value given[2 * FORM_KEYS_MAX];
    for (size_t i = 0; i < form->n_keys; i++) {
        (void)snprintf(names[i], sizeof names[i], "%s_LALU", form->keys[i].code);
        number_write(values[i], missing_text(rule, form->keys[i].code, unknown), numbers[2 * i]);
        number_write(before[i], unknown, numbers[2 * i + 1]);
        given[2 * i] = (struct template_value){form->keys[i].code, view_of(numbers[2 * i])};
        given[2 * i + 1] = (struct template_value){names[i], view_of(numbers[2 * i + 1])};
    }
    const char *text = strcmp(locale, "en") == 0 && rule->text_en ? rule->text_en : rule->text;
    (void)template_render(text, given, 2 * form->n_keys, ret_text, size);
}
