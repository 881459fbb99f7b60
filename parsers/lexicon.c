/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "lexicon.h"

/* Goes over what stands between two tokens: nothing, a dash between digits, or a separator of words. */
static uint32_t step_gap(const struct lexicon *lexicon, uint32_t node, bool after_digit, const struct token *next)
{
    if (next->kind != TOKEN_WORD && next->kind != TOKEN_DIGITS)
        return 0;
    if (next->gap & GAP_NONE)
        return node;
    if (next->gap & (GAP_MINUS | GAP_ABOUT | GAP_QUESTION | GAP_PERCENT))
        return 0;
    if (after_digit && next->kind == TOKEN_DIGITS)
        return next->gap & GAP_RANGE ? lexicon_step(lexicon, node, '-') : 0;
    return next->gap & GAP_HYPHEN ? 0 : lexicon_step(lexicon, node, ' ');
}

/* "nya" of "k4nya". */
static bool is_inflection(const struct lexicon *lexicon, const char *at, size_t len)
{
    for (size_t i = 0; i < lexicon->lang->inflections.n; i++) {
        if (view_is((struct view){at, len}, lexicon->lang->inflections.word[i]))
            return true;
    }
    return false;
}

static void record(struct match *matches, size_t *n, size_t end, size_t token, uint32_t meaning)
{
    if (*n == MATCHES_MAX) {
        for (size_t i = 1; i < MATCHES_MAX; i++)
            matches[i - 1] = matches[i];
        (*n)--;
    }
    matches[(*n)++] = (struct match){(uint16_t)end, (uint16_t)token, meaning};
}

uint32_t lexicon_word(const struct lexicon *lexicon, const char *text, const struct token *t)
{
    uint32_t node = 0;
    size_t i = t->start;
    do
        node = lexicon_step(lexicon, node, text[i++]);
    while (node != 0 && i < t->end);
    return node == 0 ? 0 : lexicon->nodes[node].meaning;
}

/* "k empat", "di bawah enam bulan": the node behind node and the digit that the token's word says, or 0. */
static uint32_t step_spoken(const struct lexicon *lexicon, uint32_t node, const char *text, const struct token *t)
{
    if (t->kind != TOKEN_WORD || t->chunk_end != t->end)
        return 0;
    const struct meaning *number = lexicon_meaning(lexicon, lexicon_word(lexicon, text, t), MEANS_NUMBER, -1);
    if (number == NULL || number->value >= 10)
        return 0;
    const struct token *next = t + 1;
    bool goes_on = next->kind == TOKEN_WORD && !(next->gap & (GAP_LINE | GAP_PIECE));
    if (goes_on && lexicon_meaning(lexicon, lexicon_word(lexicon, text, next), MEANS_MULTIPLIER, -1) != NULL)
        return 0; /* "k empat puluh" */
    return lexicon_step(lexicon, node, (char)('0' + number->value));
}

size_t lexicon_match(const struct lexicon *lexicon, const char *text, const struct token *tokens, size_t token,
                     size_t off, bool inner, struct match ret_matches[MATCHES_MAX])
{
    size_t n = 0;
    size_t first_chunk_end = tokens[token].chunk_end;
    uint32_t node = 0;
    if (off == tokens[token].start && tokens[token].gap & GAP_LESS) {
        node = lexicon_step(lexicon, node, '<');
        if (node == 0)
            return 0;
    }
    for (size_t i = off;;) {
        uint32_t before = node;
        bool digit = is_digit(text[i]);
        node = lexicon_step(lexicon, node, text[i++]);
        if (node == 0 && lexicon->nodes[before].digit && before != 0 && i == tokens[token].start + 1u) {
            node = step_spoken(lexicon, before, text, &tokens[token]);
            i = tokens[token].end;
            digit = true;
        }
        if (node == 0)
            return n;
        uint32_t meaning = lexicon->nodes[node].meaning;
        if (i < tokens[token].end) {
            if (meaning != 0 && (digit || (inner && i < first_chunk_end)))
                record(ret_matches, &n, i, token, meaning);
            if (meaning != 0 && lexicon_mask(lexicon, meaning) & (MEANS(FORM) | MEANS(KEY)) && i - off >= 3 &&
                is_inflection(lexicon, text + i, tokens[token].end - i))
                record(ret_matches, &n, tokens[token].end, token + 1, meaning);
            continue;
        }
        const struct token *next = &tokens[token + 1];
        if (meaning != 0)
            record(ret_matches, &n, i, token + 1, meaning);
        if (meaning != 0 && next->gap & GAP_NONE && next->kind == TOKEN_WORD && next->chunk_end == next->end &&
            is_inflection(lexicon, text + next->start, (size_t)(next->end - next->start)))
            record(ret_matches, &n, next->end, token + 2, meaning);
        node = step_gap(lexicon, node, digit, next);
        if (node == 0)
            return n;
        token++;
        i = next->start;
    }
}

const struct meaning *lexicon_meaning(const struct lexicon *lexicon, uint32_t meaning, enum meaning_kind kind, int form)
{
    const struct meaning *m = meaning_at(lexicon, meaning);
    while (m != NULL && (m->kind != kind || (form >= 0 && m->form != form)))
        m = meaning_at(lexicon, m->next);
    return m;
}
