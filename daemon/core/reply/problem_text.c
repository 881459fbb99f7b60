/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/reply/problem_text.h"

#include <stdio.h>
#include <string.h>

#include "core/judge/rule_mention.h"
#include "core/reply/rule_text.h"
#include "settings/settings.h"

enum { SENTENCE_MAX = 400 };

static const enum reply_text sentences[PROBLEM_COUNT] = {
    [PROBLEM_UNKNOWN_KEY] = REPLY_UNKNOWN_KEY,
    [PROBLEM_MISSING_VALUE] = REPLY_MISSING_VALUE,
    [PROBLEM_BAD_VALUE] = REPLY_BAD_VALUE,
    [PROBLEM_DUPLICATE_KEY] = REPLY_DUPLICATE_KEY,
    [PROBLEM_AMBIGUOUS_KEY] = REPLY_AMBIGUOUS_KEY,
    [PROBLEM_RULE] = REPLY_RULE,
    [PROBLEM_BAD_PERIOD] = REPLY_BAD_PERIOD,
    [PROBLEM_FUTURE_PERIOD] = REPLY_FUTURE_PERIOD,
    [PROBLEM_TOO_OLD] = REPLY_TOO_OLD,
    [PROBLEM_NOT_ALLOWED] = REPLY_NOT_FOR,
};

static bool has_problem(const struct assessed *assessed, enum problem_code code)
{
    for (size_t i = 0; i < assessed->n_problems; i++) {
        if (assessed->problems[i].code == code)
            return true;
    }
    return false;
}

/* "13/2026" as "13/26": four digits are not delivered, and 2.026 is not a year. */
static struct view short_years(struct view token, char room[TOKEN_TEXT_MAX])
{
    size_t len = 0;
    for (size_t i = 0; i < token.len && len < TOKEN_TEXT_MAX;) {
        size_t digits = 0;
        while (i + digits < token.len && is_digit(token.at[i + digits]))
            digits++;
        bool year = digits == 4 && token.at[i] == '2' && token.at[i + 1] == '0';
        i += year ? 2 : 0;
        for (size_t n = year ? 2 : digits > 0 ? digits : 1; n > 0 && len < TOKEN_TEXT_MAX; n--)
            room[len++] = token.at[i++];
    }
    return (struct view){room, len};
}

/* What the key may have meant: the two it is near to, or the two numbers that it may have. */
static void list_meant(struct list *list, const struct assessed *assessed, const struct wording *wording,
                       const struct problem *problem)
{
    bool either = problem->code == PROBLEM_AMBIGUOUS_KEY && problem->key >= 0 && problem->either[0] >= 0 &&
                  problem->either[1] > problem->either[0];
    list_begin(list, wording, REPLY_JOIN_OR);
    for (size_t i = 0; i < 2; i++) {
        char number[NUMBER_TEXT_MAX] = "", text[FIELD_MAX + sizeof number + 1];
        int key = either ? problem->key : problem->code == PROBLEM_UNKNOWN_KEY ? problem->near[i] : -1;
        if (key < 0)
            continue;
        if (either)
            number_write(problem->either[i], "", number);
        (void)snprintf(text, sizeof text, "%s%s%s", assessed->form->keys[key].code, either ? " " : "", number);
        list_add(list, text);
    }
    list_end(list);
}

/* The word with the number that was typed for it, as it stands there: "XYZ 4"; the word alone where other words stand
 * between. */
static struct view said_of(const struct problem *problem)
{
    enum { GAP = 3 };
    struct view word = problem->token, value = problem->value;
    if (value.len == 0 || word.len == 0 || problem->code == PROBLEM_DUPLICATE_KEY)
        return word;
    const char *from = value.at < word.at ? value.at : word.at;
    const char *end = value.at + value.len > word.at + word.len ? value.at + value.len : word.at + word.len;
    return (size_t)(end - from) <= word.len + value.len + GAP ? (struct view){from, (size_t)(end - from)} : word;
}

/* A bracket that is not closed in it is left out, as are braces. */
static void write_said(const struct problem *problem, char ret_text[TOKEN_TEXT_MAX])
{
    char years[TOKEN_TEXT_MAX];
    struct view said = said_of(problem);
    token_write(problem->code == PROBLEM_BAD_PERIOD ? short_years(said, years) : said, ret_text);
    char *bracket = strchr(ret_text, '(');
    if (bracket && !strchr(bracket, ')'))
        memmove(bracket, bracket + 1, strlen(bracket));
    for (char *brace = strpbrk(ret_text, "{}"); brace; brace = strpbrk(brace, "{}"))
        memmove(brace, brace + 1, strlen(brace));
}

/* One sender's word as a member of {tokens}, with what it may have meant. */
static void write_token(const struct assessed *assessed, const struct wording *wording, const struct problem *problem,
                        char *ret_text, size_t size)
{
    char said[TOKEN_TEXT_MAX];
    struct list meant;
    write_said(problem, said);
    list_meant(&meant, assessed, wording, problem);
    if (meant.n == 0) {
        (void)snprintf(ret_text, size, "%s", said);
        return;
    }
    const struct template_value given[] = {{"token", view_of(said)}, {"near", view_of(meant.phrase.text)}};
    const char *text = wording->replies->text[REPLY_UNKNOWN_KEY_NEAR][wording->length];
    (void)template_render(text, given, 2, ret_text, size);
}

static void add_space(struct phrase *phrase)
{
    if (phrase->len > 0)
        phrase_puts(phrase, " ");
}

/* All problems of one kind in one sentence. */
static void add_kind(const struct assessment *assessment, const struct assessed *assessed,
                     const struct wording *wording, enum problem_code code, struct phrase *phrase)
{
    struct list tokens;
    char text[SENTENCE_MAX];
    const char *key = NULL; /* the total needs none: it stands after the form's name */
    list_begin(&tokens, wording, REPLY_JOIN_LIST);
    for (size_t i = 0; i < assessed->n_problems; i++) {
        const struct problem *problem = &assessed->problems[i];
        if (problem->code != code)
            continue;
        write_token(assessed, wording, problem, text, sizeof text);
        list_add_new(&tokens, text);
        if (!key && problem->key > 0)
            key = assessed->form->keys[problem->key].code;
    }
    list_end(&tokens);
    if (tokens.n == 0)
        return;
    struct day today = zone_local(assessment->sent_ms).day;
    const struct template_value given[] = {{"tokens", view_of(tokens.phrase.text)},
                                           {"form", view_of(assessed->form->name)},
                                           {"key", view_of(key ? key : "")},
                                           {"month", view_of(wording->replies->months[today.month - 1])}};
    add_space(phrase);
    phrase_render(phrase, wording, sentences[code], given, sizeof given / sizeof *given);
}

/* All failed rules in one sentence. */
static void add_rules(const struct assessed *assessed, const struct wording *wording, struct phrase *phrase)
{
    struct list rules;
    list_begin(&rules, wording, REPLY_JOIN_RULES);
    for (size_t i = 0; i < assessed->n_problems; i++) {
        char text[SENTENCE_MAX];
        if (assessed->problems[i].rule < 0)
            continue;
        rule_render(wording, assessed, assessed->problems[i].rule, text, sizeof text);
        list_add(&rules, text);
    }
    list_end(&rules);
    if (rules.n == 0)
        return;
    add_space(phrase);
    phrase_render(phrase, wording, REPLY_RULE, &(struct template_value){"text", view_of(rules.phrase.text)}, 1);
}

/* A month that is not here yet, or too long ago: which it is, and how far one may go. */
static void add_period(const struct box *box, const struct assessment *assessment, const struct assessed *assessed,
                       const struct wording *wording, enum problem_code code, struct phrase *phrase)
{
    int newest = month_of(zone_local(assessment->sent_ms).day);
    char period[PERIOD_TEXT_MAX], last[PERIOD_TEXT_MAX], first[PERIOD_TEXT_MAX], token[TOKEN_TEXT_MAX] = "";
    period_write(wording, assessed->month, period);
    for (size_t i = 0; i < assessed->n_problems; i++) {
        char years[TOKEN_TEXT_MAX];
        if (assessed->problems[i].code == code)
            token_write(short_years(assessed->problems[i].token, years), token);
    }
    period_write(wording, newest, last);
    period_write(wording, newest - box->settings->accept_months_back, first);
    const struct template_value given[] = {{"period", view_of(period)},
                                           {"newest", view_of(last)},
                                           {"oldest", view_of(first)},
                                           {"tokens", view_of(token[0] ? token : period)}};
    add_space(phrase);
    phrase_render(phrase, wording, sentences[code], given, 4);
}

/* Who may send the form. */
static void add_roles(const struct assessed *assessed, const struct wording *wording, struct phrase *phrase)
{
    struct list roles;
    list_begin(&roles, wording, REPLY_JOIN_OR);
    for (int i = 0; i < ROLE_COUNT; i++) {
        char role[TOKEN_TEXT_MAX];
        token_write(view_of(contact_role_to_string((enum contact_role)i)), role);
        if (assessed->form->roles & 1U << i)
            list_add(&roles, role);
    }
    list_end(&roles);
    const struct template_value given[] = {{"form", view_of(assessed->form->name)},
                                           {"roles", view_of(roles.phrase.text)}};
    add_space(phrase);
    phrase_render(phrase, wording, REPLY_NOT_FOR, given, 2);
}

void problems_write(const struct box *box, const struct assessment *assessment, const struct assessed *assessed,
                    const struct wording *wording, struct phrase *phrase)
{
    /* What decided the outcome comes first: the month, the rules, then the words. */
    static const enum problem_code words[] = {PROBLEM_UNKNOWN_KEY, PROBLEM_MISSING_VALUE, PROBLEM_BAD_VALUE,
                                              PROBLEM_DUPLICATE_KEY, PROBLEM_AMBIGUOUS_KEY};
    if (has_problem(assessed, PROBLEM_NOT_ALLOWED)) {
        add_roles(assessed, wording, phrase);
        return;
    }
    add_kind(assessment, assessed, wording, PROBLEM_BAD_PERIOD, phrase);
    if (has_problem(assessed, PROBLEM_FUTURE_PERIOD))
        add_period(box, assessment, assessed, wording, PROBLEM_FUTURE_PERIOD, phrase);
    if (has_problem(assessed, PROBLEM_TOO_OLD))
        add_period(box, assessment, assessed, wording, PROBLEM_TOO_OLD, phrase);
    add_rules(assessed, wording, phrase);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        add_kind(assessment, assessed, wording, words[i], phrase);
}

/* What is to be sent again: keys, and the numbers that stand; -1: the sender puts another one there. */
struct again {
    uint64_t keys;
    int values[FORM_KEYS_MAX];
};

static void add_key(struct again *again, int key, int value)
{
    if (key < 0)
        return;
    again->keys |= UINT64_C(1) << key;
    again->values[key] = value;
}

/* Of a rule that failed: all of its keys but the total, which is most often right. */
static void add_rule(struct again *again, const struct form *form, const struct rule *rule)
{
    size_t n = 0;
    for (size_t i = 1; i < form->n_keys; i++) {
        if (!rule_mention(rule, form->keys[i].code))
            continue;
        add_key(again, (int)i, -1);
        n++;
    }
    if (rule_mention(rule, form->keys[0].code))
        add_key(again, 0, n > 0 ? again->values[0] : -1);
}

static int number_of(struct view text)
{
    int number = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (!is_digit(text.at[i]) || i > 3)
            return -1;
        number = number * 10 + (text.at[i] - '0');
    }
    return text.len > 0 ? number : -1;
}

static void again_of(const struct assessed *assessed, struct again *again)
{
    bool rejected = assessed->status == STATUS_REJECTED;
    *again = (struct again){.keys = 0};
    memcpy(again->values, assessed->values, sizeof again->values);
    again->values[0] = again->values[0] < 0 ? assessed->merged[0] : again->values[0];
    for (size_t i = 0; i < assessed->n_problems; i++) {
        const struct problem *problem = &assessed->problems[i];
        if (problem->rule >= 0)
            add_rule(again, assessed->form, &assessed->form->rules[problem->rule]);
        else if (problem->code == PROBLEM_UNKNOWN_KEY && problem->near[1] < 0)
            add_key(again, problem->near[0], number_of(problem->value));
        else
            add_key(again, problem->key, -1);
    }
    if (rejected && again->keys != 0 && !assessed->form->no_total)
        again->keys |= 1; /* nothing is stored, so the total is to be sent again, too */
    for (size_t i = 0; rejected && has_problem(assessed, PROBLEM_BAD_PERIOD) && i < assessed->form->n_keys; i++)
        again->keys |= (uint64_t)(assessed->values[i] >= 0) << i;
}

void problems_example(const struct box *box, const struct assessment *assessment, const struct assessed *assessed,
                      const struct wording *wording, struct phrase *phrase)
{
    char example[SENTENCE_MAX], whole[SENTENCE_MAX + TOKEN_TEXT_MAX];
    const char *const *months = wording->replies->months;
    struct again again;
    again_of(assessed, &again);
    bool bad_period = has_problem(assessed, PROBLEM_BAD_PERIOD);
    /* A month that is closed or not here yet: an example of another one would only invite to send a false one. */
    if (has_problem(assessed, PROBLEM_NOT_ALLOWED) || has_problem(assessed, PROBLEM_FUTURE_PERIOD) ||
        has_problem(assessed, PROBLEM_TOO_OLD) || (assessed->status != STATUS_REJECTED && again.keys == 0))
        return;
    if (again.keys == 0) {
        again.keys = typical_keys(assessed->form, box_example(box, (size_t)assessment->set, assessed->form_index));
        for (size_t i = 0; i < FORM_KEYS_MAX; i++)
            again.values[i] = -1;
    }
    /* A correction without its month would count for this one. */
    bool named = bad_period || assessed->month != month_of(zone_local(assessment->sent_ms).day);
    const char *month = bad_period ? wording->replies->text[REPLY_ANY_MONTH][wording->length]
                        : named    ? months[assessed->month % 12]
                                   : "";
    resend_write(wording, assessed->form, again.keys, again.values, example, sizeof example);
    (void)snprintf(whole, sizeof whole, "%s%s%s", month, named ? " " : "", example);
    phrase_render(phrase, wording, REPLY_EXAMPLE, &(struct template_value){"example", view_of(whole)}, 1);
}
