/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "typo.h"

#include "edit.h"

enum { LETTERS_MIN = 4, LETTERS_FOR_TWO = 8 };

static uint32_t letters_of(struct view word)
{
    uint32_t letters = 0;
    for (size_t i = 0; i < word.len; i++) {
        if (word.at[i] >= 'a' && word.at[i] <= 'z')
            letters |= UINT32_C(1) << (word.at[i] - 'a');
    }
    return letters;
}

static int bits(uint32_t set)
{
    int n = 0;
    for (; set != 0; set &= set - 1)
        n++;
    return n;
}

/* Whether the word typed is the spelling's, or near enough to be meant. */
static bool is_near(struct view typed, uint32_t letters, struct view meant, uint32_t meant_letters)
{
    size_t shorter = typed.len < meant.len ? typed.len : meant.len;
    if (shorter < LETTERS_MIN)
        return typed.len == meant.len && memcmp(typed.at, meant.at, typed.len) == 0;
    int max = shorter >= LETTERS_FOR_TWO ? 2 : 1;
    /* One error takes away one letter of the set and adds one at most. */
    if (bits(letters & ~meant_letters) > max || bits(meant_letters & ~letters) > max)
        return false;
    return edit_distance(typed, meant) <= max;
}

struct typed {
    struct view word[SPELLING_WORDS_MAX];
    uint32_t letters[SPELLING_WORDS_MAX];
    size_t n;
};

static struct typed words_at(const char *text, const struct token *tokens, size_t token)
{
    struct typed typed = {.n = 0};
    while (typed.n < SPELLING_WORDS_MAX) {
        const struct token *t = &tokens[token + typed.n];
        if (t->kind != TOKEN_WORD || (typed.n > 0 && t->gap & (GAP_NONE | GAP_HYPHEN)))
            break;
        typed.word[typed.n] = (struct view){text + t->start, (size_t)(t->end - t->start)};
        typed.letters[typed.n] = letters_of(typed.word[typed.n]);
        typed.n++;
    }
    return typed;
}

/* Tokens that the spelling takes where it is near, else 0. */
static size_t near_words(const struct lexicon *lexicon, const struct typo_spelling *spelling, const struct typed *typed)
{
    const struct typo_word *glued = &spelling->glued;
    if (spelling->n_words > 1 && is_near(typed->word[0], typed->letters[0],
                                         (struct view){lexicon->pool + glued->at, glued->len}, glued->letters))
        return 1;
    if (spelling->n_words > typed->n)
        return 0;
    for (size_t i = 0; i < spelling->n_words; i++) {
        const struct typo_word *word = &spelling->words[i];
        if (!is_near(typed->word[i], typed->letters[i], (struct view){lexicon->pool + word->at, word->len},
                     word->letters))
            return 0;
    }
    return spelling->n_words;
}

static void found(struct typo *typo, const struct typo_spelling *spelling, size_t n_words)
{
    bool same = typo->found == TYPO_ONE && typo->form == spelling->form && typo->key == spelling->key;
    if (same && n_words <= typo->n_words)
        return;
    if (spelling->key >= 0 && typo->near[0] != spelling->key)
        typo->near[typo->near[0] < 0 ? 0 : 1] = spelling->key;
    if (typo->found == TYPO_NONE || same)
        *typo = (struct typo){TYPO_ONE, spelling->form, spelling->key, n_words, {typo->near[0], typo->near[1]}};
    else
        typo->found = TYPO_SEVERAL;
}

struct typo typo_find(const struct lexicon *lexicon, const char *text, const struct token *tokens, size_t token,
                      int form, const bool value_behind[SPELLING_WORDS_MAX + 1], size_t min_words)
{
    struct typo typo = {.found = TYPO_NONE, .form = -1, .key = -1, .near = {-1, -1}};
    struct typed typed = words_at(text, tokens, token);
    size_t key_end = form < 0 ? 0 : lexicon->key_typos[form + 1];
    for (size_t i = 0; i < lexicon->n_common_typos; i++) {
        size_t n = near_words(lexicon, &lexicon->typos[i], &typed);
        if (n >= min_words && n > 0 && value_behind[n])
            found(&typo, &lexicon->typos[i], n);
    }
    for (size_t i = form < 0 ? 0 : lexicon->key_typos[form]; i < key_end; i++) {
        size_t n = near_words(lexicon, &lexicon->typos[i], &typed);
        if (n >= min_words && n > 0 && value_behind[n])
            found(&typo, &lexicon->typos[i], n);
    }
    return typo;
}
