/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Typing errors (docs/grammar.md, 3): which key or form a mistyped word can only have meant. */
#ifndef KABAR_PARSERS_TYPO_H
#define KABAR_PARSERS_TYPO_H

#include <stdbool.h>
#include <stddef.h>

#include "lexicon.h"

enum typo_found { TYPO_NONE, TYPO_ONE, TYPO_SEVERAL };

struct typo {
    enum typo_found found;
    int form;       /* of TYPO_ONE; -1: the month word */
    int key;        /* of TYPO_ONE: -1 is the form itself */
    size_t n_words; /* tokens that the spelling takes */
    int near[2];    /* of TYPO_SEVERAL: two keys of the form that was asked for, or -1 */
};

/*
 * Looks for the spellings that begin at tokens[token], a word, and may be typing errors: all forms, the month word and
 * the keys of form (-1: none). value_behind[n] says whether a value comes with a spelling of n tokens;
 * min_words is 2 where the first word is known by itself and only a longer spelling may explain the next.
 */
struct typo typo_find(const struct lexicon *lexicon, const char *text, const struct token *tokens, size_t token,
                      int form, const bool value_behind[SPELLING_WORDS_MAX + 1], size_t min_words);

#endif
