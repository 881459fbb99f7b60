/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "lex.h"

#include "typo.h"

static bool is_run_of(const struct lexer *lexer, size_t start, size_t end, const char *letters)
{
    for (size_t i = start; i < end; i++) {
        const char *c = letters;
        while (*c != '\0' && *c != lexer->folded.at[i])
            c++;
        if (*c == '\0')
            return false;
    }
    return true;
}

/* A key of another form waits for its value too, though nothing will come of it. */
static bool is_value_due(const struct lexer *lexer)
{
    size_t i = lexer->n_items;
    while (i > 0 && (lexer->items[i - 1].kind == ITEM_FILLER || lexer->items[i - 1].kind == ITEM_MARK))
        i--;
    return lexer->due != DUE_NOTHING || (i > 0 && lexer->form >= 0 && lexer->items[i - 1].kind == ITEM_OTHER_KEY &&
                                         !(lexer->items[i - 1].mask & MEANS(UNIT)));
}

/* Where a value is due: "x" and letters alone for digits are bad values, "o" is zero; as a second value too. */
bool lex_letters_for_value(struct lexer *lexer)
{
    const struct token *t = lex_token(lexer);
    const struct item *last = lex_last(lexer);
    char c = lexer->folded.at[lexer->off];
    if ((c != 'x' && c != 'o' && c != 'l' && c != 'i') || lex_is_mixed(lexer, lexer->token))
        return false;
    bool due = is_value_due(lexer);
    bool x = is_run_of(lexer, lexer->off, t->end, "x");
    bool zero = t->end == lexer->off + 1 && lexer->folded.at[lexer->off] == 'o';
    bool stray_x = x && last != NULL && last->kind == ITEM_WORD && lexer->form >= 0;
    bool stray_zero = zero && last != NULL && last->kind == ITEM_NUMBER && lexer->form >= 0;
    bool letters = due && (x || is_run_of(lexer, lexer->off, t->end, "oli"));
    if (letters && !x && !zero && lex_number_at(lexer, lexer->token + 1))
        return false; /* "bb L 15 P 15" */
    if (!stray_x && !stray_zero && !letters)
        return false;
    lex_push(lexer, zero ? ITEM_NUMBER : ITEM_BAD, lexer->off, t->end);
    lex_move(lexer, lexer->token + 1);
    return true;
}

/* "bumill k4 3": a mistyped form keyword without a total, but with a key of its own behind it. */
static struct typo form_before_key(const struct lexer *lexer)
{
    const struct typo none = {.found = TYPO_NONE, .form = -1, .key = -1, .near = {-1, -1}};
    bool key_behind[SPELLING_WORDS_MAX + 1] = {false};
    size_t token = lexer->token;
    if (lexer->tokens[token + 1].kind != TOKEN_WORD)
        return none;
    for (size_t n = 1; n <= SPELLING_WORDS_MAX && lexer->tokens[token + n - 1].kind == TOKEN_WORD; n++)
        key_behind[n] = lexer->tokens[token + n].kind == TOKEN_WORD;
    struct typo typo = typo_find(lexer->lexicon, lexer->folded.at, lexer->tokens, token, lexer->form, key_behind, 1);
    bool form = typo.found == TYPO_ONE && typo.form >= 0 && typo.key < 0;
    return form && lex_spelling_at(lexer, token + typo.n_words, MEANS_KEY, typo.form, true) ? typo : none;
}

/* "dtimbang smua" */
static bool is_all(const struct lexer *lexer, size_t token)
{
    const struct token *t = &lexer->tokens[token];
    struct view word = {lexer->folded.at + t->start, (size_t)(t->end - t->start)};
    return t->kind == TOKEN_WORD && words_have(&lexer->lexicon->lang->all, word);
}

bool lex_mend(struct lexer *lexer, size_t min_words)
{
    const struct token *tokens = lexer->tokens;
    size_t token = lexer->token;
    bool value_behind[SPELLING_WORDS_MAX + 1] = {false};
    bool any = false;
    bool before = lex_behind_number(lexer) && (lexer->form < 0 || lexer->number_first);
    if (lex_behind_title(lexer) || tokens[token].gap & GAP_HYPHEN || lexer->off != tokens[token].start)
        return false;
    for (size_t n = 1; n <= SPELLING_WORDS_MAX && tokens[token + n - 1].kind == TOKEN_WORD; n++) {
        value_behind[n] = before || lex_value_at(lexer, token + n) || is_all(lexer, token + n);
        any = any || value_behind[n];
    }
    struct typo typo = {.found = TYPO_NONE};
    if (any)
        typo = typo_find(lexer->lexicon, lexer->folded.at, tokens, token, lexer->form, value_behind, min_words);
    if (typo.found == TYPO_NONE && min_words < 2)
        typo = form_before_key(lexer);
    struct match match = {tokens[token + typo.n_words - (typo.n_words > 0)].end, (uint16_t)(token + typo.n_words), 0};
    bool whole = typo.n_words > 0 && (tokens[match.token].start > match.end || tokens[match.token].kind == TOKEN_END ||
                                      tokens[match.token].chunk_end == tokens[match.token].end);
    if (typo.found == TYPO_SEVERAL && min_words < 2) {
        struct item *item = lex_push(lexer, ITEM_WORD, lexer->off, tokens[token].end);
        item->near[0] = (int16_t)typo.near[0];
        item->near[1] = (int16_t)typo.near[1];
        lex_move(lexer, token + 1);
        return true;
    }
    if (typo.found != TYPO_ONE || !whole)
        return false;
    if (typo.key >= 0) {
        lex_push_key(lexer, lexer->off, match.end, typo.key, ITEM_CORRECTED);
        lex_move_past(lexer, match.token, match.end);
    } else if (typo.form >= 0 && lexer->tokens[match.token].start == match.end &&
               lexer->tokens[match.token].kind != TOKEN_END) {
        return false; /* "sasarn9": mistyped and glued, so anything */
    } else if (typo.form >= 0) {
        lex_form(lexer, lexer->off, &match, typo.form,
                 ITEM_CORRECTED | (lex_begins_line(lexer, token) ? ITEM_BEGINS : 0));
    } else {
        lex_month_word(lexer, lexer->off, match.token);
    }
    return true;
}

/* A glued run that reads as nothing: "fe3a" is FE with a bad value, "k4O" too; else one word, "xyz4". */
static void opaque_run(struct lexer *lexer)
{
    struct match matches[MATCHES_MAX];
    size_t start = lexer->off;
    size_t end = lex_token(lexer)->chunk_end;
    size_t token = lexer->token;
    size_t behind = token;
    while (lexer->tokens[behind].kind != TOKEN_END && lexer->tokens[behind].start < end)
        behind++;
    size_t n = lexicon_match(lexer->lexicon, lexer->folded.at, lexer->tokens, token, start, true, matches);
    for (size_t i = n; i-- > 0;) {
        const struct meaning *key = NULL;
        if (lexer->form >= 0)
            key = lexicon_meaning(lexer->lexicon, matches[i].meaning, MEANS_KEY, lexer->form);
        const struct meaning *form = lexicon_meaning(lexer->lexicon, matches[i].meaning, MEANS_FORM, -1);
        size_t at = matches[i].end;
        if ((key == NULL && form == NULL) || at >= end || !lex_holds_digit(lexer, at - 1, at + 1))
            continue;
        if (key != NULL)
            lex_push_key(lexer, start, at, key->value, 0);
        else
            lex_form(lexer, start, &matches[i], form->form, lex_begins_line(lexer, token) ? ITEM_BEGINS : 0);
        lex_push(lexer, ITEM_BAD, at, end);
        lex_move(lexer, behind);
        return;
    }
    if (lexer->due != DUE_NOTHING && is_run_of(lexer, start, lexer->tokens[token].end, "x")) {
        lex_push(lexer, ITEM_BAD, start, end);
        lex_move(lexer, behind);
        return;
    }
    struct item *item = lex_push(lexer, ITEM_WORD, start, end);
    bool reduplicated = behind == token + 2 && lexer->tokens[token].end - start >= 3 &&
                        end == lexer->tokens[token].end + 1u && lexer->folded.at[end - 1] == '2' &&
                        !lex_number_at(lexer, behind);
    item->flags = reduplicated ? 0 : ITEM_EMBEDDED;
    lex_move(lexer, behind);
}

/* "FEO": a key with letters alone for its digits, where nothing else explains the word. */
static bool key_with_letters(struct lexer *lexer)
{
    const struct lexicon *lexicon = lexer->lexicon;
    const struct token *t = lex_token(lexer);
    size_t end = t->end;
    while (end > lexer->off && lexer->folded.at[end - 1] == 'o')
        end--;
    if (lexer->form < 0 || end == t->end || end < lexer->off + 2 || lex_number_at(lexer, lexer->token + 1))
        return false;
    uint32_t node = 0;
    for (size_t i = lexer->off; i < end; i++) {
        node = lexicon_step(lexicon, node, lexer->folded.at[i]);
        if (node == 0)
            return false;
    }
    const struct meaning *key = lexicon_meaning(lexicon, lexicon->nodes[node].meaning, MEANS_KEY, lexer->form);
    if (key == NULL)
        return false;
    lex_push_key(lexer, lexer->off, end, key->value, 0);
    lex_push(lexer, ITEM_BAD, end, t->end);
    lex_move(lexer, lexer->token + 1);
    return true;
}

int lex_near_key(const struct lexer *lexer, size_t next)
{
    static const bool value_behind[SPELLING_WORDS_MAX + 1] = {[1] = true};
    const struct item *last = lex_last(lexer); /* "sesak nafas 2" */
    if (lexer->form < 0 || !lex_number_at(lexer, next) ||
        (last != NULL && (last->kind == ITEM_WORD || last->kind == ITEM_NAME)))
        return -1;
    struct typo typo =
        typo_find(lexer->lexicon, lexer->folded.at, lexer->tokens, lexer->token, lexer->form, value_behind, 1);
    return typo.found == TYPO_ONE && typo.key > 0 ? typo.key : -1;
}

void lex_unexplained_word(struct lexer *lexer)
{
    const struct token *t = lex_token(lexer);
    size_t start = lexer->off;
    size_t next;
    struct view word = {lexer->folded.at + start, (size_t)(t->end - start)};
    bool mixed = lex_is_mixed(lexer, lexer->token);
    bool behind_title = lex_behind_title(lexer);
    if (!mixed && lex_number_words(lexer))
        return;
    if (lex_mend(lexer, 1))
        return;
    if (mixed) {
        opaque_run(lexer);
        return;
    }
    if (is_value_due(lexer) && !lex_number_at(lexer, lexer->token + 1) && lex_near_number_word(lexer, word)) {
        lex_push(lexer, ITEM_BAD, start, t->end);
        lex_move(lexer, lexer->token + 1);
        return;
    }
    if (!behind_title && lex_near_month(lexer, lexer->token, &next)) {
        lex_push(lexer, ITEM_PERIOD, start, lexer->tokens[next - 1].end)->value = MONTH_NONE;
        lex_move(lexer, next);
        return;
    }
    if (key_with_letters(lexer))
        return;
    lex_push(lexer, behind_title ? ITEM_NAME : ITEM_WORD, start, t->end);
    lex_move(lexer, lexer->token + 1);
}
