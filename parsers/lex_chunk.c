/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "lex.h"

/*
 * Glued runs ("bumil12k43fe10", "12org", "1O"): a run is read as keywords and numbers in turn, and a keyword may only
 * end where the rest can be read too. For each place where a part may begin, tails says which readings of the rest
 * exist, found from the run's end backwards, each place once. Readings with real digits and those that need letters for
 * digits are kept apart, since the first beat the second.
 */
enum { LETTER_NUMBER_MAX = 8, TAILS_KNOWN = 1 << 15 };

#define BEFORE_NUMBER                                                                                                  \
    (MEANS(FORM) | MEANS(KEY) | MEANS(MONTH) | MEANS(MONTH_WORD) | MEANS(DATE_WORD) | MEANS(QUARTER) | MEANS(FILLER) | \
     MEANS(COMMAND) | MEANS(OUT_OF))
#define BEHIND_NUMBER (BEFORE_NUMBER | MEANS(UNIT) | MEANS(PERCENT) | MEANS(MULTIPLIER) | MEANS(ZERO))

static bool is_digit_letter(char c)
{
    return c == 'o' || c == 'l' || c == 'i';
}

static bool keyword_ends_well(struct lexer *lexer, size_t token, size_t off, size_t chunk_end, bool letters,
                              bool glued_keyword);

/* Whether the rest of a glued run can be read behind a keyword that ends at off. */
static bool rest_reads(struct lexer *lexer, const struct match *match, size_t chunk_end, bool letters,
                       bool glued_keyword)
{
    size_t end = match->end;
    uint64_t mask = lexicon_mask(lexer->lexicon, match->meaning);
    if (end >= chunk_end)
        return mask & BEHIND_NUMBER;
    if (is_digit(lexer->folded.at[end]))
        return mask & BEFORE_NUMBER && lexer->tails[end] & (letters ? TAIL_NUMBER | TAIL_LETTER_NUMBER : TAIL_NUMBER);
    if (letters && mask & (MEANS(FORM) | MEANS(KEY)) && lexer->tails[end] & TAIL_LETTER_NUMBER)
        return true;
    return glued_keyword && mask & (MEANS(FORM) | MEANS(UNIT)) &&
           keyword_ends_well(lexer, match->token, end, chunk_end, letters, false);
}

static bool keyword_ends_well(struct lexer *lexer, size_t token, size_t off, size_t chunk_end, bool letters,
                              bool glued_keyword)
{
    struct match matches[MATCHES_MAX];
    size_t n = lexicon_match(lexer->lexicon, lexer->folded.at, lexer->tokens, token, off, true, matches);
    for (size_t i = n; i-- > 0;) {
        if (rest_reads(lexer, &matches[i], chunk_end, letters, glued_keyword))
            return true;
    }
    return false;
}

/* Where a number of digits and letters for them may end; calls itself nothing. Returns how many ends, the last in
 * *ret_end. */
static size_t letter_number_ends(const struct lexer *lexer, size_t off, size_t chunk_end, size_t *ret_end)
{
    bool real = false;
    size_t ends = 0;
    for (size_t i = off; i < chunk_end && i - off < LETTER_NUMBER_MAX; i++) {
        char c = lexer->folded.at[i];
        if (!is_digit(c) && !is_digit_letter(c))
            break;
        real = real || is_digit(c);
        bool inside_digits = i + 1 < chunk_end && is_digit(c) && is_digit(lexer->folded.at[i + 1]);
        if (!real || inside_digits)
            continue;
        if (i + 1 == chunk_end || lexer->tails[i + 1] & (TAIL_KEY | TAIL_LETTER_KEY)) {
            ends++;
            *ret_end = i + 1;
        }
    }
    return ends;
}

static void tail_of_digits(struct lexer *lexer, const struct token *token)
{
    bool real = token->end == token->chunk_end || lexer->tails[token->end] & TAIL_KEY;
    for (size_t off = token->end; off-- > token->start;) {
        size_t end;
        lexer->tails[off] = real ? TAIL_NUMBER | TAIL_LETTER_NUMBER : 0;
        if (!real && letter_number_ends(lexer, off, token->chunk_end, &end) > 0)
            lexer->tails[off] = TAIL_LETTER_NUMBER;
    }
}

static void tail_of_word(struct lexer *lexer, size_t index)
{
    const struct token *token = &lexer->tokens[index];
    size_t reachable = token->start;
    while (reachable + 1u < token->end && is_digit_letter(lexer->folded.at[reachable]))
        reachable++;
    for (size_t off = token->end; off-- > token->start;) {
        uint8_t tail = 0;
        size_t end;
        bool begins = off <= reachable;
        if (begins && keyword_ends_well(lexer, index, off, token->chunk_end, false, true))
            tail = TAIL_KEY | TAIL_LETTER_KEY;
        else if (begins && keyword_ends_well(lexer, index, off, token->chunk_end, true, true))
            tail = TAIL_LETTER_KEY;
        if (is_digit_letter(lexer->folded.at[off]) && letter_number_ends(lexer, off, token->chunk_end, &end) > 0)
            tail |= TAIL_LETTER_NUMBER;
        lexer->tails[off] = tail;
    }
}

static void find_tails(struct lexer *lexer, size_t token)
{
    size_t last = token;
    while (lexer->tokens[last + 1].gap & GAP_NONE && lexer->tokens[last + 1].kind != TOKEN_END)
        last++;
    for (size_t i = last + 1; i-- > token;) {
        struct token *t = &lexer->tokens[i];
        t->gap |= TAILS_KNOWN;
        if (t->kind == TOKEN_DIGITS) {
            tail_of_digits(lexer, t);
        } else if (t->kind == TOKEN_WORD) {
            tail_of_word(lexer, i);
        } else {
            for (size_t off = t->start; off < t->end; off++)
                lexer->tails[off] = 0;
        }
    }
}

uint8_t lex_tail(struct lexer *lexer, size_t token, size_t off)
{
    if (!(lexer->tokens[token].gap & TAILS_KNOWN))
        find_tails(lexer, token);
    return lexer->tails[off];
}

bool lex_ends_well(struct lexer *lexer, const struct match *match, bool letters)
{
    const struct token *next = &lexer->tokens[match->token];
    bool glued = next->kind != TOKEN_END && next->start <= match->end;
    if (!glued)
        return true;
    (void)lex_tail(lexer, match->token, match->end);
    return rest_reads(lexer, match, next->chunk_end, letters, true);
}

/* Reads the number at the pass's place with letters for digits: "1O", "l2". False where none can stand there. */
bool lex_letter_number(struct lexer *lexer)
{
    size_t start = lexer->off;
    size_t end = start;
    (void)lex_tail(lexer, lexer->token, start);
    size_t ends = letter_number_ends(lexer, start, lex_token(lexer)->chunk_end, &end);
    if (ends == 0)
        return false;
    int32_t value = 0;
    bool capital_l = false;
    for (size_t i = start; i < end; i++) {
        char c = lexer->folded.at[i];
        capital_l = capital_l || lexer->folded.text.at[lexer->folded.from[i]] == 'L';
        value = value * 10 + (c == 'o' ? 0 : is_digit(c) ? c - '0' : 1);
    }
    struct item *item = lex_push(lexer, value > VALUE_MAX || capital_l ? ITEM_BAD : ITEM_NUMBER, start, end);
    item->value = value;
    item->flags |= ends > 1 || lexer->doubtful ? ITEM_AMBIGUOUS : 0;
    lexer->doubtful = false;
    size_t token = lexer->token;
    while (lexer->tokens[token].end <= end && lexer->tokens[token].kind != TOKEN_END)
        token++;
    lex_move_past(lexer, token, end);
    if (item->kind == ITEM_NUMBER)
        lex_behind_value(lexer, item, false);
    return true;
}
