/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/judge/question.h"

#include "core/judge/rule_mention.h"

void question_asked_back(struct assessed *assessed)
{
    const struct problem *problem = &assessed->problems[0];
    bool number = problem->code == PROBLEM_MISSING_VALUE || problem->code == PROBLEM_BAD_VALUE ||
                  problem->code == PROBLEM_AMBIGUOUS_KEY || problem->code == PROBLEM_DUPLICATE_KEY;
    if (assessed->n_problems == 1 && number && problem->key >= 0)
        assessed->asked_key = problem->key;
    else if (assessed->n_problems == 0 && assessed->segment->n_fields == 1)
        assessed->asked_key = assessed->segment->fields[0].key;
}

void question_number(struct assessed *assessed)
{
    const struct segment *segment = assessed->segment;
    int changed = -1, n = 0;
    for (size_t i = 0; i < segment->n_fields; i++) {
        changed = segment->fields[i].changed ? segment->fields[i].key : changed;
        n += segment->fields[i].changed;
    }
    if (assessed->asked_key < 0 && segment->n_fields == 1)
        assessed->asked_key = segment->fields[0].key;
    if (assessed->question == QUESTION_CHANGE && n == 1)
        assessed->asked_key = changed;
    if (assessed->n_problems > 0)
        assessed->asked_key = -1;
}

void question_jump(struct assessed *assessed)
{
    const struct form *form = assessed->form;
    int n = 0, asked = -1;
    for (int key = 0; key < (int)form->n_keys; key++) {
        if (assessed->values[key] < 0 || !rule_mention(&form->rules[assessed->confirm_rule], form->keys[key].code))
            continue;
        asked = key;
        n++;
    }
    assessed->question = QUESTION_JUMP;
    assessed->asked_key = n == 1 ? asked : -1;
}

bool question_is_news(const struct assessed *assessed, const struct rule *rule)
{
    for (size_t i = 0; i < assessed->form->n_keys; i++) {
        if (assessed->news & UINT64_C(1) << i && rule_mention(rule, assessed->form->keys[i].code))
            return true;
    }
    return false;
}
