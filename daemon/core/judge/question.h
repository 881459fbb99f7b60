/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is asked of a report, and which one number the answer may be. Pure. */
#ifndef KABAR_CORE_JUDGE_QUESTION_H
#define KABAR_CORE_JUDGE_QUESTION_H

#include "core/assessment.h"

/* Whether a confirm rule speaks of a number that is new: what stands already was confirmed when it came. */
bool question_is_news(const struct assessed *assessed, const struct rule *rule);

/* A confirm rule asks; of one number where it names one that was sent. */
void question_jump(struct assessed *assessed);

/* The one number that the question of a held report is about; where another one was asked back, a number alone could
 * be either. */
void question_number(struct assessed *assessed);

/* Of one that is not held: where nothing but one number is wrong, that one alone may be the answer; where it has but
 * one, that is the one to correct. */
void question_asked_back(struct assessed *assessed);

#endif
