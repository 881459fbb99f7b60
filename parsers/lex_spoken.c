/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "edit.h"
#include "lex.h"

enum { NUMBER_WORDS_MAX = 12 };

/* Number words, one after the other: "dua" "ratus" "lima" "puluh". */
struct spoken {
    int32_t thousands;
    int32_t hundreds;
    int32_t tens;
    int32_t ones;  /* 1-9 that nothing has multiplied yet */
    int32_t least; /* what the next word must stay under: 100 behind hundreds … */
    bool bad;
    size_t n;
};

static bool speak_number(struct spoken *spoken, int32_t value)
{
    if (spoken->ones != 0 || value >= spoken->least)
        return false;
    if (value >= 1000) {
        spoken->thousands = value;
        spoken->least = 1000;
    } else if (value >= 100) {
        spoken->hundreds = value;
        spoken->least = 100;
    } else if (value >= 10) {
        spoken->tens = value;
        spoken->least = 0;
    } else {
        spoken->ones = value;
    }
    spoken->n++;
    return true;
}

static void speak_multiplier(struct spoken *spoken, int32_t value, bool adds)
{
    int32_t small = spoken->hundreds + spoken->tens + spoken->ones;
    bool digit = spoken->ones != 0;
    spoken->n++;
    if (value == 1000 && small != 0 && spoken->thousands == 0) {
        spoken->thousands = small * 1000;
        spoken->hundreds = spoken->tens = spoken->ones = 0;
        spoken->least = 1000;
    } else if (value == 100 && digit && spoken->hundreds == 0 && spoken->tens == 0) {
        spoken->hundreds = spoken->ones * 100;
        spoken->ones = 0;
        spoken->least = 100;
    } else if (value == 10 && digit && spoken->tens == 0) {
        spoken->tens = adds ? 10 + spoken->ones : spoken->ones * 10;
        spoken->ones = 0;
        spoken->least = adds ? 0 : 10;
    } else {
        spoken->bad = true;
    }
}

/* The number word that begins at text[off] and ends by end, or NULL. */
static const struct meaning *number_word_in(const struct lexer *lexer, size_t off, size_t end, size_t *ret_end)
{
    const struct lexicon *lexicon = lexer->lexicon;
    const struct meaning *found = NULL;
    uint32_t node = 0;
    for (size_t i = off; i < end; i++) {
        node = lexicon_step(lexicon, node, lexer->folded.at[i]);
        if (node == 0)
            break;
        uint32_t meaning = lexicon->nodes[node].meaning;
        const struct meaning *number = lexicon_meaning(lexicon, meaning, MEANS_NUMBER, -1);
        if (number == NULL)
            number = lexicon_meaning(lexicon, meaning, MEANS_MULTIPLIER, -1);
        if (number != NULL) {
            found = number;
            *ret_end = i + 1;
        }
    }
    return found;
}

/* Takes the words of one token, glued ones too ("duabelas"). False: it is not wholly number words, or begins another
 * number. */
static bool speak_token(const struct lexer *lexer, const struct token *t, size_t off, struct spoken *spoken)
{
    struct spoken before = *spoken;
    for (size_t at = off; at < t->end;) {
        size_t end = at;
        const struct meaning *word = number_word_in(lexer, at, t->end, &end);
        bool number = word != NULL && word->kind == MEANS_NUMBER;
        if (word == NULL || (number && !speak_number(spoken, word->value))) {
            /* What two numbers glued together mean nobody knows. */
            bool other = word != NULL && at > off;
            *spoken = before;
            spoken->bad = spoken->bad || other;
            return other;
        }
        if (!number)
            speak_multiplier(spoken, word->value == ADDS_TEN ? 10 : word->value, word->value == ADDS_TEN);
        at = end;
    }
    return true;
}

size_t lex_spoken(const struct lexer *lexer, size_t token, size_t off, int32_t *ret_value)
{
    struct spoken spoken = {.least = 10000};
    size_t first = token;
    while (lexer->tokens[token].kind == TOKEN_WORD && !lex_is_mixed(lexer, token) && spoken.n < NUMBER_WORDS_MAX &&
           (token == first || !(lexer->tokens[token].gap & (GAP_LINE | GAP_SENTENCE | GAP_PIECE))) &&
           speak_token(lexer, &lexer->tokens[token], off, &spoken))
        off = lexer->tokens[++token].start;
    if (token != first)
        *ret_value = spoken.bad ? VALUE_MAX + 1 : spoken.thousands + spoken.hundreds + spoken.tens + spoken.ones;
    return token;
}

bool lex_begins_spelling(const struct lexer *lexer, struct view word)
{
    uint32_t node = 0;
    for (size_t i = 0; i < word.len; i++) {
        node = lexicon_step(lexer->lexicon, node, word.at[i]);
        if (node == 0)
            return false;
    }
    return lexicon_step(lexer->lexicon, node, ' ') != 0;
}

bool lex_near_number_word(const struct lexer *lexer, struct view word)
{
    const struct lang *lang = lexer->lexicon->lang;
    size_t start = (size_t)(word.at - lexer->folded.at);
    if (word.len < 3 || word.len >= SPELLING_MAX || lex_begins_spelling(lexer, word))
        return false;
    bool spoken[SPELLING_MAX + 1] = {[0] = true}; /* exact words reach here */
    bool erred[SPELLING_MAX + 1] = {false};       /* … with one error so far */
    for (size_t i = 0; i < word.len; i++) {
        for (size_t list = 0; list < 3 && (spoken[i] || erred[i]); list++) {
            const struct number_words *words = list == 0 ? &lang->digits : &lang->multipliers;
            size_t n = list == 2 ? lang->adds_ten.n : words->n;
            for (size_t w = 0; w < n; w++) {
                struct view number = view_of(list == 2 ? lang->adds_ten.word[w] : words->word[w].word);
                for (size_t len = number.len > 1 ? number.len - 1 : 1; len <= number.len + 1 && i + len <= word.len;
                     len++) {
                    struct view part = {lexer->folded.at + start + i, len};
                    int distance = edit_distance(part, number);
                    spoken[i + len] = spoken[i + len] || (spoken[i] && distance == 0);
                    erred[i + len] = erred[i + len] || (spoken[i] && distance == 1) || (erred[i] && distance == 0);
                }
            }
        }
    }
    return erred[word.len];
}
