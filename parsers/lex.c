/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "lex.h"

#define VALUES ((UINT32_C(1) << ITEM_NUMBER) | (UINT32_C(1) << ITEM_BAD) | (UINT32_C(1) << ITEM_ZERO))

static enum start start_behind(enum start start, enum item_kind kind)
{
    const uint32_t clean =
        1u << ITEM_GREETING | 1u << ITEM_TITLE | 1u << ITEM_PERIOD | 1u << ITEM_DATE | 1u << ITEM_MARK;
    const uint32_t counted = 1u << ITEM_UNIT | 1u << ITEM_MARK;
    if (start == START_CLEAN && (kind == ITEM_NUMBER || kind == ITEM_BAD))
        return START_NUMBER;
    bool stays = (start == START_CLEAN && clean >> kind & 1) || (start == START_NUMBER && counted >> kind & 1);
    return stays ? start : START_OVER;
}

struct item *lex_push(struct lexer *lexer, enum item_kind kind, size_t start, size_t end)
{
    struct item *item = &lexer->items[lexer->n_items++];
    *item = (struct item){.kind = (uint8_t)kind,
                          .form = -1,
                          .key = -1,
                          .of = -1,
                          .either = -1,
                          .start = (uint16_t)start,
                          .end = (uint16_t)end,
                          .near = {-1, -1}};
    lexer->start = start_behind(lexer->start, kind);
    lexer->dated = lexer->dated || kind == ITEM_PERIOD;
    if (VALUES >> kind & 1)
        lexer->due = DUE_NOTHING;
    return item;
}

void lex_move(struct lexer *lexer, size_t token)
{
    lexer->token = token;
    lexer->off = lexer->tokens[token].start;
}

void lex_move_past(struct lexer *lexer, size_t token, size_t end)
{
    size_t start = lexer->tokens[token].start;
    lexer->token = token;
    lexer->off = start > end ? start : end;
}

const struct item *lex_last(const struct lexer *lexer)
{
    return lexer->n_items == 0 ? NULL : &lexer->items[lexer->n_items - 1];
}

uint64_t lex_word_mask(const struct lexer *lexer, size_t token, uint32_t *ret_meaning)
{
    struct token *t = &lexer->tokens[token];
    if (!(t->gap & GAP_MEANING_KNOWN)) {
        t->meaning = lexicon_word(lexer->lexicon, lexer->folded.at, t);
        t->gap |= GAP_MEANING_KNOWN;
    }
    *ret_meaning = t->meaning;
    return lexicon_mask(lexer->lexicon, t->meaning);
}

bool lex_number_at(const struct lexer *lexer, size_t token)
{
    const struct token *t = &lexer->tokens[token];
    uint32_t meaning;
    if (t->kind == TOKEN_DIGITS || t->kind == TOKEN_FOREIGN)
        return true;
    return t->kind == TOKEN_WORD && t->chunk_end == t->end && lex_word_mask(lexer, token, &meaning) & MEANS(NUMBER);
}

/* A zero phrase, or a glued number word. */
static bool word_value_at(const struct lexer *lexer, size_t token)
{
    struct match matches[MATCHES_MAX];
    const struct token *t = &lexer->tokens[token];
    size_t n = lexicon_match(lexer->lexicon, lexer->folded.at, lexer->tokens, token, t->start, false, matches);
    for (size_t i = 0; i < n; i++) {
        if (lexicon_mask(lexer->lexicon, matches[i].meaning) & (MEANS(ZERO) | MEANS(NUMBER)))
            return true;
    }
    size_t x = t->start;
    while (x < t->end && lexer->folded.at[x] == 'x')
        x++;
    return x == t->end;
}

size_t lex_skip_fillers(const struct lexer *lexer, size_t token)
{
    enum { FILLERS_MAX = 3 };
    uint32_t meaning;
    for (int i = 0; i < FILLERS_MAX && lexer->tokens[token].kind == TOKEN_WORD; i++) {
        if (!(lex_word_mask(lexer, token, &meaning) & MEANS(FILLER)))
            break;
        token++;
    }
    return token;
}

bool lex_value_at(const struct lexer *lexer, size_t token)
{
    token = lex_skip_fillers(lexer, token);
    return lex_number_at(lexer, token) || (lexer->tokens[token].kind == TOKEN_WORD && word_value_at(lexer, token));
}

bool lex_spelling_at(const struct lexer *lexer, size_t token, enum meaning_kind kind, int form, bool with_value)
{
    struct match matches[MATCHES_MAX];
    const struct token *t = &lexer->tokens[token];
    if (t->kind == TOKEN_END)
        return false;
    size_t n = lexicon_match(lexer->lexicon, lexer->folded.at, lexer->tokens, token, t->start, false, matches);
    for (size_t i = 0; i < n; i++) {
        bool valued = lexer->tokens[matches[i].token].start < matches[i].end || lex_value_at(lexer, matches[i].token);
        if (lexicon_meaning(lexer->lexicon, matches[i].meaning, kind, form) != NULL && (valued || !with_value))
            return true;
    }
    return false;
}

uint16_t lex_forms_of_key(const struct lexer *lexer, uint32_t meaning, int16_t *ret_key)
{
    const struct set *set = lexer->lexicon->set;
    uint16_t forms = 0;
    for (int form = 0; form < (int)set->n_forms; form++) {
        const struct meaning *key = lexicon_meaning(lexer->lexicon, meaning, MEANS_KEY, form);
        if (key == NULL || (set->forms[form].due != DUE_MONTH && form != lexer->context_form))
            continue;
        *ret_key = forms == 0 ? key->value : *ret_key;
        forms |= (uint16_t)(1u << form);
    }
    return forms;
}

bool lex_has_data(const struct lexer *lexer, size_t token, int form)
{
    enum { TOKENS_MAX = 64 };
    const struct form *of = &lexer->lexicon->set->forms[form];
    if (of->due == DUE_MONTH || lexer->tokens[token].kind == TOKEN_END || (!of->no_total && lex_value_at(lexer, token)))
        return true;
    for (size_t i = token; i < token + TOKENS_MAX && lexer->tokens[i].kind != TOKEN_END; i++) {
        if (lex_spelling_at(lexer, i, MEANS_KEY, form, true))
            return true;
        if (lex_spelling_at(lexer, i, MEANS_FORM, -1, false))
            return false;
    }
    return lex_spelling_at(lexer, token, MEANS_KEY, form, false) && lexer->tokens[token + 1].kind == TOKEN_END;
}

static void push_mark(struct lexer *lexer)
{
    const struct token *t = lex_token(lexer);
    if (lexer->off != t->start || !(t->gap & (GAP_QUESTION | GAP_DASH)))
        return;
    struct item *item = lex_push(lexer, ITEM_MARK, t->mark, t->mark + 1u);
    if (!(t->gap & GAP_QUESTION))
        item->flags |= ITEM_DASHED;
    if (t->gap & GAP_GLUED_QUESTION)
        item->flags |= ITEM_GLUED;
}

/* A form that nobody typed begins here. */
static void push_guess(struct lexer *lexer)
{
    const struct guess *guess = &lexer->guesses[lexer->guess++];
    bool near = guess->end > lexer->off;
    struct item *item = lex_push(lexer, ITEM_FORM, lexer->off, near ? guess->end : lexer->off);
    item->form = guess->form;
    item->flags = ITEM_GUESSED | ITEM_BEGINS | (near ? ITEM_NEAR : 0);
    lexer->form = guess->form;
    lexer->due = near ? DUE_TOTAL : DUE_NOTHING;
    if (near)
        lex_move(lexer, lexer->token + 1);
}

void lex(struct lexer *lexer)
{
    lexer->n_items = 0;
    lexer->form = -1;
    lexer->due = DUE_NOTHING;
    lexer->start = START_CLEAN;
    lexer->doubtful = false;
    lexer->dated = lexer->number_first = false;
    lexer->guess = 0;
    lex_move(lexer, 0);
    for (;;) {
        push_mark(lexer);
        if (lex_token(lexer)->kind == TOKEN_END)
            break;
        if (lexer->guess < lexer->n_guesses && lexer->off >= lexer->guesses[lexer->guess].at)
            push_guess(lexer);
        if (lex_token(lexer)->kind == TOKEN_WORD)
            lex_word(lexer);
        else
            lex_number(lexer);
    }
}
