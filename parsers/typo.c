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
    if ((typed.len > meant.len ? typed.len : meant.len) > shorter + (size_t)max)
        return false;
    /* One error takes away one letter of the set and adds one at most. */
    if (bits(letters & ~meant_letters) > max || bits(meant_letters & ~letters) > max)
        return false;
    return edit_distance(typed, meant) <= max;
}

static bool is_vowel(char c)
{
    return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u';
}

/* Letters of a word that has fewer vowels behind its first letter than a third of them; 0 of any other. */
static size_t bare_letters(struct view word)
{
    size_t vowels = 0;
    for (size_t i = 1; i < word.len; i++)
        vowels += is_vowel(word.at[i]);
    return vowels * 3 < word.len ? word.len : 0;
}

/* "stntng", "tkr": the spelling without its vowels; a doubled letter may stand once, and ng as g ("tmbg"). */
static bool is_skeleton(struct view typed, struct view meant)
{
    size_t i = 0, j = 0;
    for (; j < meant.len; j++) {
        bool same = i < typed.len && typed.at[i] == meant.at[j];
        bool doubled = j > 0 && meant.at[j] == meant.at[j - 1];
        bool nasal = meant.at[j] == 'n' && j + 1 < meant.len && meant.at[j + 1] == 'g';
        if (same)
            i++;
        else if (!(is_vowel(meant.at[j]) && j > 0) && !doubled && !(nasal && i < typed.len && typed.at[i] == 'g'))
            return false;
    }
    return i == typed.len;
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

/* The same for words without vowels: three letters or more in one word, four in several. */
static size_t bare_words(const struct lexicon *lexicon, const struct typo_spelling *spelling, const struct typed *typed)
{
    enum { ONE_WORD = 3, SEVERAL_WORDS = 4 };
    const struct typo_word *glued = &spelling->glued;
    size_t letters = 0;
    if (bare_letters(typed->word[0]) >= ONE_WORD &&
        is_skeleton(typed->word[0], (struct view){lexicon->pool + glued->at, glued->len}))
        return 1;
    if (spelling->n_words == 1 || spelling->n_words > typed->n)
        return 0;
    for (size_t i = 0; i < spelling->n_words; i++) {
        const struct typo_word *word = &spelling->words[i];
        struct view meant = {lexicon->pool + word->at, word->len};
        bool exact = typed->word[i].len == meant.len && memcmp(typed->word[i].at, meant.at, meant.len) == 0;
        if (!exact && (bare_letters(typed->word[i]) < 2 || !is_skeleton(typed->word[i], meant)))
            return 0;
        letters += typed->word[i].len;
    }
    return letters >= SEVERAL_WORDS ? spelling->n_words : 0;
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

typedef size_t words_fn(const struct lexicon *lexicon, const struct typo_spelling *spelling, const struct typed *typed);

static void look(const struct lexicon *lexicon, const struct typed *typed, int form, const bool *value_behind,
                 size_t min_words, words_fn *words, struct typo *typo)
{
    const size_t first[] = {0, form < 0 ? 0 : lexicon->key_typos[form]};
    const size_t end[] = {lexicon->n_common_typos, form < 0 ? 0 : lexicon->key_typos[form + 1]};
    for (size_t part = 0; part < 2; part++) {
        for (size_t i = first[part]; i < end[part]; i++) {
            size_t n = words(lexicon, &lexicon->typos[i], typed);
            if (n >= min_words && n > 0 && value_behind[n])
                found(typo, &lexicon->typos[i], n);
        }
    }
}

struct typo typo_find(const struct lexicon *lexicon, const char *text, const struct token *tokens, size_t token,
                      int form, const bool value_behind[SPELLING_WORDS_MAX + 1], size_t min_words)
{
    struct typo typo = {.found = TYPO_NONE, .form = -1, .key = -1, .near = {-1, -1}};
    struct typed typed = words_at(text, tokens, token);
    look(lexicon, &typed, form, value_behind, min_words, near_words, &typo);
    bool bare = false;
    for (size_t i = 0; i < typed.n; i++)
        bare = bare || bare_letters(typed.word[i]) > 1;
    if (typo.found == TYPO_NONE && bare)
        look(lexicon, &typed, form, value_behind, min_words, bare_words, &typo);
    return typo;
}
