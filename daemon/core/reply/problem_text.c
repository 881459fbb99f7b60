/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/reply/problem_text.h"

#include <stdio.h>

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
};

/* Bit i: key i has a problem, or a failed rule speaks of it. */
static uint64_t problem_keys(const struct assessed *assessed)
{
    uint64_t keys = 0;
    for (size_t i = 0; i < assessed->n_problems; i++) {
        const struct problem *problem = &assessed->problems[i];
        const int named[] = {problem->key, problem->near[0], problem->near[1]};
        for (size_t j = 0; j < sizeof named / sizeof *named; j++) {
            if (named[j] >= 0)
                keys |= UINT64_C(1) << named[j];
        }
        for (size_t j = 0; problem->rule >= 0 && j < assessed->form->n_keys; j++) {
            if (rule_mention(&assessed->form->rules[problem->rule], assessed->form->keys[j].code))
                keys |= UINT64_C(1) << j;
        }
    }
    return keys;
}

static bool has_problem(const struct assessed *assessed, enum problem_code code)
{
    for (size_t i = 0; i < assessed->n_problems; i++) {
        if (assessed->problems[i].code == code)
            return true;
    }
    return false;
}

/* "13/2026" as "13/'26": four digits are not delivered, and 2.026 is no year. */
static struct view short_years(struct view token, char room[TOKEN_TEXT_MAX])
{
    size_t len = 0;
    for (size_t i = 0; i < token.len && len < TOKEN_TEXT_MAX;) {
        size_t digits = 0;
        while (i + digits < token.len && is_digit(token.at[i + digits]))
            digits++;
        bool year = digits == 4 && token.at[i] == '2' && token.at[i + 1] == '0';
        if (year)
            room[len++] = '\'';
        i += year ? 2 : 0;
        for (size_t n = year ? 2 : digits > 0 ? digits : 1; n > 0 && len < TOKEN_TEXT_MAX; n--)
            room[len++] = token.at[i++];
    }
    return (struct view){room, len};
}

/* One sender's word as a member of {tokens}: with the two keys it may have meant, where there are two. */
static void write_token(const struct assessed *assessed, const struct wording *wording, const struct problem *problem,
                        char *ret_text, size_t size)
{
    char token[TOKEN_TEXT_MAX], years[TOKEN_TEXT_MAX];
    token_write(problem->code == PROBLEM_BAD_PERIOD ? short_years(problem->token, years) : problem->token, token);
    if (problem->code != PROBLEM_UNKNOWN_KEY || problem->near[0] < 0) {
        (void)snprintf(ret_text, size, "%s", token);
        return;
    }
    struct list near;
    list_begin(&near, wording, REPLY_JOIN_OR);
    for (size_t i = 0; i < 2; i++) {
        if (problem->near[i] >= 0)
            list_add(&near, assessed->form->keys[problem->near[i]].code);
    }
    const struct template_value given[] = {{"token", view_of(token)}, {"near", view_of(near.phrase.text)}};
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
    const char *key = NULL; /* the total needs none: it stands behind the form's name */
    list_begin(&tokens, wording, REPLY_JOIN_LIST);
    for (size_t i = 0; i < assessed->n_problems; i++) {
        const struct problem *problem = &assessed->problems[i];
        if (problem->code != code)
            continue;
        write_token(assessed, wording, problem, text, sizeof text);
        list_add(&tokens, text);
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
    const char *unknown = wording->replies->text[REPLY_MISSING][wording->length];
    list_begin(&rules, wording, REPLY_JOIN_RULES);
    for (size_t i = 0; i < assessed->n_problems; i++) {
        char text[SENTENCE_MAX];
        if (assessed->problems[i].rule < 0)
            continue;
        rule_render(assessed->form, &assessed->form->rules[assessed->problems[i].rule], wording->replies->locale,
                    assessed->merged, assessed->before, unknown, text, sizeof text);
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
    char period[PERIOD_TEXT_MAX], last[PERIOD_TEXT_MAX], first[PERIOD_TEXT_MAX];
    period_write(wording, assessed->month, period);
    period_write(wording, newest, last);
    period_write(wording, newest - box->settings->accept_months_back, first);
    const struct template_value given[] = {
        {"period", view_of(period)}, {"newest", view_of(last)}, {"oldest", view_of(first)}};
    add_space(phrase);
    phrase_render(phrase, wording, sentences[code], given, 3);
}

void problems_write(const struct box *box, const struct assessment *assessment, const struct assessed *assessed,
                    const struct wording *wording, struct phrase *phrase)
{
    /* What decided the outcome comes first: the month, the rules, then the words. */
    static const enum problem_code words[] = {PROBLEM_UNKNOWN_KEY, PROBLEM_MISSING_VALUE, PROBLEM_BAD_VALUE,
                                              PROBLEM_DUPLICATE_KEY, PROBLEM_AMBIGUOUS_KEY};
    add_kind(assessment, assessed, wording, PROBLEM_BAD_PERIOD, phrase);
    if (has_problem(assessed, PROBLEM_FUTURE_PERIOD))
        add_period(box, assessment, assessed, wording, PROBLEM_FUTURE_PERIOD, phrase);
    if (has_problem(assessed, PROBLEM_TOO_OLD))
        add_period(box, assessment, assessed, wording, PROBLEM_TOO_OLD, phrase);
    add_rules(assessed, wording, phrase);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        add_kind(assessment, assessed, wording, words[i], phrase);
}

void problems_example(const struct box *box, const struct assessment *assessment, const struct assessed *assessed,
                      const struct wording *wording, struct phrase *phrase)
{
    char example[SENTENCE_MAX], whole[SENTENCE_MAX + PERIOD_TEXT_MAX];
    uint64_t keys = problem_keys(assessed);
    bool rejected = assessed->status == STATUS_REJECTED;
    if (!rejected && keys == 0)
        return;
    if (rejected && keys != 0)
        keys |= 1; /* nothing is stored, so the total is to be sent again too */
    bool month_refused = has_problem(assessed, PROBLEM_BAD_PERIOD) || has_problem(assessed, PROBLEM_FUTURE_PERIOD) ||
                         has_problem(assessed, PROBLEM_TOO_OLD);
    int now = month_of(zone_local(assessment->sent_ms).day);
    /* A correction without its month would count for this one. */
    bool named = month_refused || assessed->month != now;
    int month = month_refused ? now : assessed->month;
    example_write(box, assessment->set, assessed->form_index, keys, example, sizeof example);
    (void)snprintf(whole, sizeof whole, "%s%s%s", named ? wording->replies->months[month % 12] : "", named ? " " : "",
                   example);
    phrase_render(phrase, wording, REPLY_EXAMPLE, &(struct template_value){"example", view_of(whole)}, 1);
}
