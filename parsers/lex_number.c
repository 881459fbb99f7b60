/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "lex.h"

#include "edit.h"

enum { PARTS_MAX = 4 };

/* Numbers that one separator each joins: "1.200", "3/12", "12-14", "1.200.000". */
struct cluster {
    int32_t value[PARTS_MAX]; /* cut off above 99999 */
    size_t len[PARTS_MAX];
    char joint[PARTS_MAX]; /* before part i */
    size_t n;
    size_t end;
    size_t next; /* token behind */
    bool reads;  /* what is glued to its end can be read too */
};

static int32_t digits_value(const char *text, size_t start, size_t end)
{
    int32_t value = 0;
    for (size_t i = start; i < end && value <= 99999; i++)
        value = value * 10 + (text[i] - '0');
    return value;
}

static struct cluster cluster_at(struct lexer *lexer)
{
    struct cluster cluster = {.n = 0};
    size_t token = lexer->token;
    size_t start = lexer->off;
    for (;;) {
        const struct token *t = &lexer->tokens[token];
        if (cluster.n < PARTS_MAX) {
            cluster.value[cluster.n] = digits_value(lexer->folded.at, start, t->end);
            cluster.len[cluster.n] = t->end - start;
            cluster.joint[cluster.n] = t->joint;
            cluster.n++;
        }
        cluster.end = t->end;
        const struct token *next = &lexer->tokens[++token];
        bool joined = next->kind == TOKEN_DIGITS && (next->joint == '.' || next->joint == ',' || next->joint == '/' ||
                                                     next->joint == '-' || next->joint == '~');
        if (!joined)
            break;
        start = next->start;
    }
    cluster.next = token;
    const struct token *last = &lexer->tokens[token - 1];
    cluster.reads = last->chunk_end == last->end ||
                    lex_tail(lexer, token - 1, cluster.n == 1 ? lexer->off : last->start) & TAIL_NUMBER;
    return cluster;
}

/* One number, "1.200" included. False: not a count. */
static bool plain_value(const struct cluster *cluster, int32_t *ret_value)
{
    int32_t value = cluster->value[0];
    if (cluster->n == 2 && cluster->joint[1] == '.' && cluster->len[1] == 3 && value > 0 && cluster->len[0] == 1)
        value = value * 1000 + cluster->value[1];
    else if (cluster->n != 1)
        return false;
    *ret_value = value;
    return value <= VALUE_MAX;
}

/* Leaves the pass behind the glued run in which offset end stands. */
static void skip_chunk(struct lexer *lexer, size_t token, size_t end)
{
    while (lexer->tokens[token].kind != TOKEN_END && lexer->tokens[token].start < end)
        token++;
    lex_move(lexer, token);
}

static void bad_cluster(struct lexer *lexer, const struct cluster *cluster)
{
    const struct token *last = &lexer->tokens[cluster->next - 1];
    size_t start = lexer->off, end = cluster->reads ? cluster->end : last->chunk_end;
    if (start == lex_token(lexer)->start && lex_token(lexer)->gap & (GAP_MINUS | GAP_ABOUT | GAP_POINT)) {
        do
            start--;
        while (lexer->folded.at[start] == ' ' || lexer->folded.at[start] == '\n');
    }
    struct item *item = lex_push(lexer, ITEM_BAD, start, end);
    skip_chunk(lexer, cluster->next, end);
    lex_behind_value(lexer, item, false);
}

/* "dari 12", " / 12" behind a value: its denominator. */
static bool denominator_at(const struct lexer *lexer, int32_t *ret_of, size_t *ret_next)
{
    size_t token = lexer->token;
    const struct token *t = &lexer->tokens[token];
    uint32_t meaning;
    /* "3 orang dari 12": the unit is of the first number. */
    if (t->kind == TOKEN_WORD && lexer->off == t->start && lex_word_mask(lexer, token, &meaning) & MEANS(UNIT) &&
        lexer->tokens[token + 1].kind == TOKEN_WORD && lex_word_mask(lexer, token + 1, &meaning) & MEANS(OUT_OF) &&
        lex_number_at(lexer, token + 2))
        t = &lexer->tokens[++token];
    bool of = t->kind == TOKEN_DIGITS && t->gap & GAP_SLASH && !(t->gap & GAP_NONE);
    if (t->kind == TOKEN_WORD && (token > lexer->token || lexer->off == t->start) &&
        lex_word_mask(lexer, token, &meaning) & MEANS(OUT_OF)) {
        of = true;
        t = &lexer->tokens[++token];
    }
    if (of && t->kind == TOKEN_WORD) {
        *ret_next = lex_spoken(lexer, token, t->start, ret_of);
        return *ret_next != token;
    }
    if (!of || t->kind != TOKEN_DIGITS || t->gap & (GAP_MINUS | GAP_ABOUT))
        return false;
    *ret_of = digits_value(lexer->folded.at, t->start, t->end);
    *ret_next = token + 1;
    return true;
}

/* "12 blas", "dua puluh tga": a number word with a typing error goes on from the number before it. */
static bool mistyped_number_behind(const struct lexer *lexer, bool spoken)
{
    const struct number_words *multipliers = &lexer->lexicon->lang->multipliers;
    const struct token *t = lex_token(lexer);
    struct view word = {lexer->folded.at + t->start, (size_t)(t->end - t->start)};
    struct match matches[MATCHES_MAX];
    if (t->kind != TOKEN_WORD || lexer->off != t->start || lex_is_mixed(lexer, lexer->token) ||
        lexicon_match(lexer->lexicon, lexer->folded.at, lexer->tokens, lexer->token, t->start, false, matches) > 0)
        return false;
    if (spoken || lex_begins_spelling(lexer, word))
        return spoken && lex_near_number_word(lexer, word);
    for (size_t i = 0; i < multipliers->n; i++) {
        if (edit_distance(word, view_of(multipliers->word[i].word)) == 1)
            return true;
    }
    for (size_t i = 0; i < lexer->lexicon->lang->adds_ten.n; i++) {
        if (edit_distance(word, view_of(lexer->lexicon->lang->adds_ten.word[i])) == 1)
            return true;
    }
    return false;
}

static void spoil(struct lexer *lexer, struct item *item)
{
    item->kind = ITEM_BAD;
    item->end = lex_token(lexer)->end;
    lex_move(lexer, lexer->token + 1);
}

void lex_behind_value(struct lexer *lexer, struct item *item, bool spoken)
{
    uint32_t meaning;
    int32_t of;
    size_t next;
    if (item->kind == ITEM_NUMBER && item->of < 0 && denominator_at(lexer, &of, &next)) {
        const struct token *last = &lexer->tokens[next - 1];
        bool whole =
            last->chunk_end == last->end && !(lexer->tokens[next].kind == TOKEN_DIGITS &&
                                              lexer->tokens[next].joint != 0 && lexer->tokens[next].joint != ' ');
        item->of = of;
        item->end = whole ? last->end : last->chunk_end;
        if (!whole || of > VALUE_MAX)
            item->kind = ITEM_BAD;
        skip_chunk(lexer, next, item->end);
    }
    const struct token *t = lex_token(lexer);
    if (t->gap & GAP_PERCENT && lexer->off == t->start) {
        item->kind = ITEM_BAD;
        do
            item->end++;
        while (item->end < t->start && lexer->folded.at[item->end - 1] != '%');
    }
    while (t->kind == TOKEN_WORD && lexer->off == t->start &&
           lex_word_mask(lexer, lexer->token, &meaning) & (MEANS(PERCENT) | MEANS(MULTIPLIER))) {
        spoil(lexer, item);
        t = lex_token(lexer);
    }
    if (mistyped_number_behind(lexer, spoken))
        spoil(lexer, item);
}

/* A month in the year's digits: "OKT 26" at the start of a message. */
static bool may_be_year(const struct lexer *lexer, const struct cluster *cluster)
{
    const struct item *last = lex_last(lexer);
    int year = 2000 + (int)cluster->value[0];
    return cluster->n == 1 && cluster->len[0] == 2 && last != NULL && last->kind == ITEM_PERIOD &&
           last->flags & ITEM_NO_YEAR && (year == lexer->today.year || year == lexer->today.year - 1);
}

static bool is_bare_year(const struct lexer *lexer, const struct cluster *cluster)
{
    return cluster->n == 1 && cluster->len[0] == 4 && cluster->value[0] >= 2000 && cluster->value[0] <= 2099 &&
           lexer->due != DUE_VALUE;
}

/*
 * A key that begins with a digit: "<6" where no value is due, or where it repeats the key that waits; "<6 bln" always;
 * one without the sign ("2t") where no value is due and one follows.
 */
static bool key_of_digits(struct lexer *lexer)
{
    struct match matches[MATCHES_MAX];
    const struct item *last = lex_last(lexer);
    size_t start = lexer->off;
    bool less = lex_token(lexer)->gap & GAP_LESS;
    if (lexer->form < 0 ||
        (!less && (lexer->due == DUE_VALUE || lexicon_step(lexer->lexicon, 0, lexer->folded.at[start]) == 0)))
        return false;
    while (less && lexer->folded.at[start] != '<')
        start--;
    size_t n = lexicon_match(lexer->lexicon, lexer->folded.at, lexer->tokens, lexer->token, lexer->off, false, matches);
    for (size_t i = n; i-- > 0;) {
        const struct meaning *key = lexicon_meaning(lexer->lexicon, matches[i].meaning, MEANS_KEY, lexer->form);
        bool whole = lexer->tokens[matches[i].token].start >= matches[i].end;
        if (less && key != NULL && !whole && lexer->due == DUE_NOTHING) {
            /* "<65": the key with a glued 5, or a limit. */
            lex_push_key(lexer, start, matches[i].end, key->value, 0);
            lex_push(lexer, ITEM_BAD, matches[i].end, lex_token(lexer)->chunk_end);
            skip_chunk(lexer, lexer->token, lex_token(lexer)->chunk_end);
            return true;
        }
        bool waits = lexer->due == DUE_VALUE && matches[i].token == lexer->token + 1 &&
                     !(last->kind == ITEM_KEY && last->key == (key == NULL ? -1 : key->value));
        bool needs_value = lexer->due == DUE_TOTAL || !less;
        if (key == NULL || !whole || waits || (needs_value && !lex_value_at(lexer, matches[i].token)))
            continue;
        lex_push_key(lexer, start, matches[i].end, key->value, 0);
        lex_move_past(lexer, matches[i].token, matches[i].end);
        return true;
    }
    return false;
}

static void foreign_digits(struct lexer *lexer)
{
    lex_push(lexer, ITEM_BAD, lexer->off, lex_token(lexer)->chunk_end);
    skip_chunk(lexer, lexer->token, lex_token(lexer)->chunk_end);
}

/* "12k" where K is no key of the form and has no value either is no 12: whatever it is, it is no count. */
static bool glued_word_fits(struct lexer *lexer, size_t token)
{
    struct match matches[MATCHES_MAX];
    const struct token *t = &lexer->tokens[token];
    if (lexer->form < 0 || t->kind != TOKEN_WORD || !(t->gap & GAP_NONE))
        return true;
    size_t n = lexicon_match(lexer->lexicon, lexer->folded.at, lexer->tokens, token, t->start, true, matches);
    for (size_t i = 0; i < n; i++) {
        bool own = lexicon_meaning(lexer->lexicon, matches[i].meaning, MEANS_KEY, lexer->form) != NULL;
        const struct token *next = &lexer->tokens[matches[i].token];
        bool valued =
            (next->kind != TOKEN_END && next->start <= matches[i].end) || lex_value_at(lexer, matches[i].token);
        if (lex_ends_well(lexer, &matches[i], false) &&
            (own || valued || lexicon_mask(lexer->lexicon, matches[i].meaning) & ~MEANS(KEY)))
            return true;
    }
    return false;
}

/* "1000 HPK": a name that begins with a number. */
static bool term_of_digits(struct lexer *lexer)
{
    struct match matches[MATCHES_MAX];
    size_t n =
        lexicon_step(lexer->lexicon, 0, lexer->folded.at[lexer->off]) == 0
            ? 0
            : lexicon_match(lexer->lexicon, lexer->folded.at, lexer->tokens, lexer->token, lexer->off, false, matches);
    for (size_t i = n; i-- > 0;) {
        if (!(lexicon_mask(lexer->lexicon, matches[i].meaning) & MEANS(TERM)))
            continue;
        lex_push(lexer, ITEM_DATE, lexer->off, matches[i].end);
        lex_move_past(lexer, matches[i].token, matches[i].end);
        return true;
    }
    return false;
}

/* "13:05", "No. 400/27/X/2026": a time, a letter's number. */
static bool number_of_name(struct lexer *lexer)
{
    const struct item *last = lex_last(lexer);
    size_t token = lexer->token, parts = 1;
    const struct token *t = &lexer->tokens[token];
    bool clock = t[1].kind == TOKEN_DIGITS && t[1].joint == ':' && t->end - t->start <= 2 &&
                 t[1].end - t[1].start == 2 && t[1].chunk_end == t[1].end && lexer->due == DUE_NOTHING;
    bool numbered = last != NULL && last->mask & MEANS(NUMBERED) && last->kind == ITEM_WORD;
    if (!clock && !numbered)
        return false;
    while ((lexer->tokens[token + 1].kind == TOKEN_DIGITS || lexer->tokens[token + 1].kind == TOKEN_WORD) &&
           (lexer->tokens[token + 1].joint == '/' || (clock && lexer->tokens[token + 1].joint == ':'))) {
        token++;
        parts++;
    }
    if (parts < (clock ? 2 : 3))
        return false;
    lex_push(lexer, ITEM_DATE, lexer->off, lexer->tokens[token].end);
    lex_move(lexer, token + 1);
    return true;
}

void lex_number(struct lexer *lexer)
{
    const struct token *t = lex_token(lexer);
    bool at_start = lexer->off == t->start;
    if (at_start && t->kind == TOKEN_DIGITS && number_of_name(lexer))
        return;
    if (at_start && term_of_digits(lexer))
        return;
    if (t->kind == TOKEN_FOREIGN) {
        foreign_digits(lexer);
        return;
    }
    if (at_start && key_of_digits(lexer))
        return;
    bool bad = at_start && t->gap & (GAP_MINUS | GAP_ABOUT | GAP_POINT);
    if (!bad && lex_date_digits(lexer))
        return;
    struct cluster cluster = cluster_at(lexer);
    if (cluster.n == 1 && !cluster.reads && !bad && lex_letter_number(lexer))
        return;
    cluster.reads = cluster.reads && glued_word_fits(lexer, cluster.next);
    int32_t value = 0;
    bool fraction =
        cluster.n == 2 && cluster.joint[1] == '/' && cluster.value[1] <= VALUE_MAX && cluster.value[0] <= VALUE_MAX;
    if (fraction)
        value = cluster.value[0];
    if (bad || !cluster.reads || (!fraction && !plain_value(&cluster, &value))) {
        bad_cluster(lexer, &cluster);
        return;
    }
    bool year = is_bare_year(lexer, &cluster);
    bool behind_month = may_be_year(lexer, &cluster);
    struct item *item = lex_push(lexer, year ? ITEM_YEAR : ITEM_NUMBER, lexer->off, cluster.end);
    item->value = value;
    item->of = fraction ? cluster.value[1] : -1;
    item->flags |= behind_month ? ITEM_BEHIND_MONTH : 0;
    lex_move(lexer, cluster.next);
    if (!year)
        lex_behind_value(lexer, item, false);
}

bool lex_number_words(struct lexer *lexer)
{
    int32_t value;
    size_t start = lexer->off;
    size_t next = lex_spoken(lexer, lexer->token, start, &value);
    if (next == lexer->token)
        return false;
    struct item *item = lex_push(lexer, value > VALUE_MAX ? ITEM_BAD : ITEM_NUMBER, start, lexer->tokens[next - 1].end);
    item->value = value;
    uint32_t meaning;
    bool digit = next > lexer->token + 1 && lex_word_mask(lexer, next - 1, &meaning) & MEANS(NUMBER);
    if (digit && lexicon_meaning(lexer->lexicon, meaning, MEANS_NUMBER, -1)->value == value % 10)
        item->flags |= ITEM_SPLITS;
    lex_move(lexer, next);
    lex_behind_value(lexer, item, true);
    return true;
}
