/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/reply/rule_text.h"

#include <stdio.h>
#include <string.h>

#include "core/judge/rule_mention.h"
#include "parsers/template.h"
#include "settings/replies.h"

enum { RULE_TEXT_MAX = 512, STORED_TEXT_MAX = 48 };

static const char plus[] = " + ";
enum { PLUS_LEN = sizeof plus - 1 };

/* Whether the rule takes the key for 0 where it is missing. */
static bool is_zero(const struct rule *rule, const char *code)
{
    static const char call[] = "coalesce(";
    enum { CALL_LEN = sizeof call - 1 };
    const char *at = rule_mention(rule, code);
    return at && at - rule->check >= CALL_LEN && memcmp(at - CALL_LEN, call, CALL_LEN) == 0;
}

static void cut(char *from, const char *end)
{
    memmove(from, end, strlen(end) + 1);
}

/* Takes " + label {CODE}" out, or "label {CODE} + " where it is the first term. */
static void leave_out(char *text, const char *code)
{
    char name[SPELLING_MAX + 2];
    (void)snprintf(name, sizeof name, "{%s}", code);
    char *at = strstr(text, name), *term = NULL;
    if (!at)
        return;
    const char *end = at + strlen(name);
    for (char *sign = strstr(text, plus); sign && sign < at; sign = strstr(sign + 1, plus))
        term = sign;
    if (term)
        cut(term, end);
    else if (memcmp(end, plus, PLUS_LEN) == 0)
        cut(text, end + PLUS_LEN);
}

static void write_number(const struct wording *wording, const struct assessed *assessed, size_t key,
                         char ret_text[STORED_TEXT_MAX])
{
    char number[NUMBER_TEXT_MAX];
    bool zero = assessed->merged[key] < 0;
    number_write(assessed->merged[key], zero ? wording->replies->text[REPLY_MISSING][wording->length] : "", number);
    if (zero || assessed->values[key] >= 0)
        (void)snprintf(ret_text, STORED_TEXT_MAX, "%s", number);
    else
        (void)template_render(wording->replies->text[REPLY_VALUE_STORED][wording->length],
                              &(struct template_value){"value", view_of(number)}, 1, ret_text, STORED_TEXT_MAX);
}

void rule_render(const struct wording *wording, const struct assessed *assessed, int rule_index, char *ret_text,
                 size_t size)
{
    const struct form *form = assessed->form;
    const struct rule *rule = &form->rules[rule_index];
    char names[FORM_KEYS_MAX][SPELLING_MAX + 8], numbers[2 * FORM_KEYS_MAX][STORED_TEXT_MAX], text[RULE_TEXT_MAX];
    struct template_value given[2 * FORM_KEYS_MAX];
    bool english = strcmp(wording->replies->locale, "en") == 0 && rule->text_en;
    (void)snprintf(text, sizeof text, "%s", english ? rule->text_en : rule->text);
    for (size_t i = 0; i < form->n_keys; i++) {
        const char *code = form->keys[i].code;
        (void)snprintf(names[i], sizeof names[i], "%s_LALU", code);
        write_number(wording, assessed, i, numbers[2 * i]);
        number_write(assessed->before[i], wording->replies->text[REPLY_MISSING][wording->length], numbers[2 * i + 1]);
        given[2 * i] = (struct template_value){code, view_of(numbers[2 * i])};
        given[2 * i + 1] = (struct template_value){names[i], view_of(numbers[2 * i + 1])};
        if (assessed->merged[i] < 0 && is_zero(rule, code))
            leave_out(text, code);
    }
    (void)template_render(text, given, 2 * form->n_keys, ret_text, size);
}
