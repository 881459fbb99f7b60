/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "lex.h"

#include "typo.h"

/* What an exact spelling at the pass's place may be read as. */
struct choice {
    struct match match;
    uint64_t mask;
    const struct meaning *key; /* of the form it stands under */
    const struct meaning *form;
    int zero_key; /* of a zero phrase that begins with a key's spelling ("gk ada"), else -1 */
};

bool lex_behind_number(const struct lexer *lexer)
{
    const struct item *last = lex_last(lexer);
    return last != NULL &&
           (last->kind == ITEM_NUMBER || last->kind == ITEM_BAD || last->kind == ITEM_YEAR || last->kind == ITEM_UNIT);
}

bool lex_behind_title(const struct lexer *lexer)
{
    const struct item *last = lex_last(lexer);
    return last != NULL && last->kind == ITEM_TITLE && !(lex_token(lexer)->gap & GAP_BREAK);
}

bool lex_holds_digit(const struct lexer *lexer, size_t start, size_t end)
{
    while (start < end && !is_digit(lexer->folded.at[start]))
        start++;
    return start < end;
}

/* Whether a spelling ends in the first digit of a number that stands apart: "K 43". */
static bool cuts_apart(const struct lexer *lexer, const struct match *match)
{
    const struct token *t = &lexer->tokens[match->token];
    return t->kind == TOKEN_DIGITS && t->start < match->end && match->end < t->end && !(t->gap & GAP_NONE);
}

/* Whether the longer spelling goes on with digits, or a number word for one. */
static bool takes_digits(const struct lexer *lexer, const struct match *shorter, const struct match *longer)
{
    return lex_holds_digit(lexer, shorter->end, longer->end) ||
           (longer->token > shorter->token && lex_number_at(lexer, longer->token - 1u));
}

/*
 * The longest spelling wins, but a key of the running form or a form keyword is not lost to a longer word of other
 * forms that takes digits of its value ("K4 3" under TIKAR is K), nor to "gk ada" where a number follows.
 */
static bool choose(struct lexer *lexer, bool letters, struct choice *ret_choice)
{
    struct match matches[MATCHES_MAX];
    bool inner = lex_is_mixed(lexer, lexer->token);
    size_t n = lexicon_match(lexer->lexicon, lexer->folded.at, lexer->tokens, lexer->token, lexer->off, inner, matches);
    struct choice any = {.mask = 0, .zero_key = -1};
    for (size_t i = n; i-- > 0;) {
        if (!lex_ends_well(lexer, &matches[i], letters))
            continue;
        struct choice choice = {matches[i], lexicon_mask(lexer->lexicon, matches[i].meaning), NULL, NULL, -1};
        if (lexer->form >= 0)
            choice.key = lexicon_meaning(lexer->lexicon, matches[i].meaning, MEANS_KEY, lexer->form);
        if (choice.key == NULL)
            choice.form = lexicon_meaning(lexer->lexicon, matches[i].meaning, MEANS_FORM, -1);
        if (choice.form != NULL && !lex_has_data(lexer, matches[i].token, choice.form->form))
            choice.form = NULL;
        if (choice.mask == MEANS(KEY) && choice.key == NULL &&
            lex_forms_of_key(lexer, matches[i].meaning, &(int16_t){0}) == 0)
            continue; /* "ada ibu meninggal": no key but behind the word of its form */
        bool own = choice.key != NULL || choice.form != NULL;
        if (letters && !own)
            continue;
        bool first = any.mask == 0;
        if (first)
            any = choice;
        if (first && own && !(i > 0 && cuts_apart(lexer, &choice.match)))
            break;
        if (!first && any.mask & MEANS(NOT_YET) && choice.mask & MEANS(FILLER) &&
            lex_value_at(lexer, any.match.token)) {
            any = choice; /* "anak sing ana 30" */
            break;
        }
        if (!own || first)
            continue;
        bool digits_lost = any.mask & MEANS(KEY) && takes_digits(lexer, &choice.match, &any.match);
        bool zero_lost = any.mask & MEANS(ZERO) && lex_number_at(lexer, any.match.token);
        if (digits_lost || zero_lost)
            any = choice;
        else if (choice.key != NULL && any.mask & MEANS(ZERO))
            any.zero_key = choice.key->value;
        break;
    }
    *ret_choice = any;
    return any.mask != 0;
}

/* Whether the word that a reading with letters for digits cuts ("bumill12" as BUMIL l12) may be a mistyped one instead.
 */
static bool may_be_typo(const struct lexer *lexer, const struct match *match)
{
    static const bool value_behind[SPELLING_WORDS_MAX + 1] = {[1] = true};
    bool cuts = lexer->off == lex_token(lexer)->start && match->token == lexer->token &&
                is_letter(lexer->folded.at[match->end]);
    return cuts &&
           typo_find(lexer->lexicon, lexer->folded.at, lexer->tokens, lexer->token, lexer->form, value_behind, 1)
                   .found != TYPO_NONE;
}

bool lex_begins_line(const struct lexer *lexer, size_t token)
{
    const struct item *last = lex_last(lexer);
    size_t start = lexer->tokens[token].start;
    while (start > 0 && lexer->folded.at[start - 1] == ' ')
        start--;
    bool colon = start > 0 && lexer->folded.at[start - 1] == ':'; /* "Laporan KPM desa Patapan: sasaran 54" */
    return last == NULL || lexer->tokens[token].gap & (GAP_LINE | GAP_SENTENCE) || colon;
}

/* The token behind a period that begins at that token, or the same token. */
static size_t skip_period(const struct lexer *lexer, size_t token, int form)
{
    struct lexer ahead = *lexer;
    struct item item;
    struct match matches[MATCHES_MAX];
    const struct token *t = &lexer->tokens[token];
    ahead.items = &item;
    ahead.n_items = 0;
    ahead.form = form;
    ahead.due = DUE_TOTAL;
    lex_move(&ahead, token);
    if (t->kind == TOKEN_DIGITS)
        return lex_date_digits(&ahead) ? ahead.token : token;
    if (t->kind != TOKEN_WORD)
        return token;
    size_t n = lexicon_match(lexer->lexicon, lexer->folded.at, lexer->tokens, token, t->start, false, matches);
    if (n == 0)
        return token;
    const struct match *match = &matches[n - 1];
    uint64_t mask = lexicon_mask(lexer->lexicon, match->meaning);
    if (mask & MEANS(RELATIVE))
        return match->token;
    if (mask & MEANS(MONTH))
        lex_month(&ahead, t->start, match->token, 1);
    else if (mask & MEANS(MONTH_WORD))
        lex_month_word(&ahead, t->start, match->token);
    return ahead.token;
}

static bool is_word_of(const struct lexer *lexer, size_t token, const struct words *words)
{
    const struct token *t = &lexer->tokens[token];
    return t->kind == TOKEN_WORD &&
           words_have(words, (struct view){lexer->folded.at + t->start, (size_t)(t->end - t->start)});
}

/* "di dusun Krajan": the token behind a place and its name, or the same token. */
static size_t skip_place(const struct lexer *lexer, size_t token)
{
    enum { NAME_WORDS_MAX = 2 };
    const uint32_t pause = GAP_LINE | GAP_SENTENCE | GAP_BREAK;
    const struct lang *lang = lexer->lexicon->lang;
    uint32_t meaning;
    size_t place = token;
    if (!is_word_of(lexer, place, &lang->parts) && is_word_of(lexer, place, &lang->no_place))
        place++;
    if (!is_word_of(lexer, place, &lang->parts) && !is_word_of(lexer, place, &lang->village))
        return token;
    place++;
    for (int i = 0; i < NAME_WORDS_MAX && lexer->tokens[place].kind == TOKEN_WORD; i++) {
        if (lexer->tokens[place].gap & pause || lex_value_at(lexer, place) ||
            lex_word_mask(lexer, place, &meaning) & ~MEANS(FILLER))
            break;
        place++;
    }
    return place;
}

/* Whether a value, or a key of that form, stands behind; a place and a period between are skipped. */
static bool followed_by_own(const struct lexer *lexer, size_t token, int form)
{
    struct match matches[MATCHES_MAX];
    token = skip_place(lexer, token);
    size_t behind = lex_skip_fillers(lexer, token), period = skip_period(lexer, behind, form);
    token = period > behind ? period : token; /* "ibu hamil pada bulan ini 12" */
    const struct token *t = &lexer->tokens[token];
    size_t n = t->kind == TOKEN_WORD
                   ? lexicon_match(lexer->lexicon, lexer->folded.at, lexer->tokens, token, t->start, false, matches)
                   : 0;
    if (n > 0 && lexicon_mask(lexer->lexicon, matches[n - 1].meaning) & (MEANS(INSTEAD) | MEANS(NOT_THIS)))
        token = matches[n - 1].token; /* "ibu hamil seharusnya 12", "ibu hamil yang benar 12" */
    return lex_value_at(lexer, token) || lex_spelling_at(lexer, lex_skip_fillers(lexer, token), MEANS_KEY, form, false);
}

/* Behind a form keyword: "anak2" is one word where a number follows it (or where it is no form keyword). */
static bool is_reduplicated(const struct lexer *lexer, const struct match *match)
{
    const struct token *t = &lexer->tokens[match->token];
    return t->kind == TOKEN_DIGITS && t->start == match->end && t->end == t->start + 1 && t->chunk_end == t->end &&
           lexer->folded.at[t->start] == '2' &&
           !(lexer->tokens[match->token + 1].kind == TOKEN_DIGITS && lexer->tokens[match->token + 1].joint == '.');
}

void lex_form(struct lexer *lexer, size_t start, const struct match *match, int form, uint32_t flags)
{
    if (lexer->form < 0) {
        const struct item *last = lex_last(lexer);
        lexer->number_first = lex_behind_number(lexer) || (last != NULL && last->kind == ITEM_ZERO);
    }
    struct item *item = lex_push(lexer, ITEM_FORM, start, match->end);
    item->form = (int16_t)form;
    item->flags = flags;
    lexer->form = form;
    lexer->due = DUE_TOTAL;
    size_t token = match->token;
    if (is_reduplicated(lexer, match)) {
        const struct token *two = &lexer->tokens[token++];
        if (lex_value_at(lexer, token))
            item->end = two->end;
        else
            lex_push(lexer, ITEM_BAD, two->start, two->end);
    }
    lex_move_past(lexer, token, match->end);
}

void lex_push_key(struct lexer *lexer, size_t start, size_t end, int key, uint32_t flags)
{
    struct item *item = lex_push(lexer, ITEM_KEY, start, end);
    item->key = (int16_t)key;
    item->form = (int16_t)lexer->form;
    item->flags = flags;
    lexer->due = DUE_VALUE;
}

/* A month's name behind a title is a person's, and so is the last word behind a dash. */
static bool month_is_name(const struct lexer *lexer, const struct match *match)
{
    enum { NAME_WORDS_MAX = 4 };
    int year;
    size_t next;
    if (lex_year_at(lexer, match->token, &year, &next))
        return false;
    if (lex_behind_title(lexer))
        return true;
    if (lexer->tokens[match->token].kind != TOKEN_END)
        return false;
    size_t token = match->token - 1;
    for (int i = 0; i < NAME_WORDS_MAX && lexer->tokens[token].kind == TOKEN_WORD; i++) {
        if (lexer->tokens[token].gap & GAP_AFTER_DASH)
            return true;
        if (token == 0)
            return false;
        token--;
    }
    return false;
}

/* "0-6 bln", "usia 3 bulan": the number before is an age, unless a key or form waits for it ("bumil 12 bln 9"). */
static bool is_age(const struct lexer *lexer)
{
    const struct item *items = lexer->items;
    size_t i = lexer->n_items;
    if (i == 0 || (items[i - 1].kind != ITEM_NUMBER && items[i - 1].kind != ITEM_BAD) ||
        lexer->tokens[lexer->token].gap & (GAP_LINE | GAP_SENTENCE | GAP_PIECE))
        return false;
    if (items[i - 1].kind == ITEM_BAD)
        return true;
    for (i--; i > 0 && (items[i - 1].kind == ITEM_FILLER || items[i - 1].kind == ITEM_MARK); i--)
        ;
    return i > 0 && items[i - 1].kind != ITEM_FORM && items[i - 1].kind != ITEM_KEY;
}

/* "turun 1 dari bulan lalu", "dibanding September": a month that the report is compared with. */
static bool is_compared(const struct lexer *lexer)
{
    enum { ITEMS_MAX = 4 };
    const struct item *items = lexer->items;
    size_t i = lexer->n_items;
    while (i > 0 && (items[i - 1].kind == ITEM_FILLER || items[i - 1].mask & MEANS(REPORTS)))
        i--;
    if (i > 1 && items[i - 1].mask & MEANS(LIKE) && items[i - 2].kind == ITEM_PERIOD)
        return false; /* "(sept sama okt)" */
    if (i == 0 || items[i - 1].mask & (MEANS(COMPARED) | MEANS(LIKE)))
        return i > 0;
    if (!(items[i - 1].mask & MEANS(OUT_OF)))
        return false;
    for (size_t n = 0; i > 0 && n < ITEMS_MAX; n++) {
        if (items[--i].mask & MEANS(CHANGE_BY) || (items[i].kind == ITEM_WORD && items[i + 1].kind == ITEM_NUMBER))
            return true; /* "idl 30 lebih 2 dari bulan kemarin" */
    }
    return false;
}

/* Periods; false: the word is no period here. */
static bool period_word(struct lexer *lexer, const struct choice *choice)
{
    size_t start = lexer->off, first = lexer->n_items;
    uint32_t meaning = choice->match.meaning;
    bool compared = choice->mask & (MEANS(MONTH) | MEANS(RELATIVE) | MEANS(MONTH_WORD)) && is_compared(lexer);
    if (choice->mask & MEANS(MONTH)) {
        if (month_is_name(lexer, &choice->match) ||
            (choice->mask & MEANS(FILLER) && lex_is_among_small(lexer, choice->match.token)))
            return false;
        lex_month(lexer, start, choice->match.token, lexicon_meaning(lexer->lexicon, meaning, MEANS_MONTH, -1)->value);
    } else if (choice->mask & MEANS(RELATIVE)) {
        int months = lexicon_meaning(lexer->lexicon, meaning, MEANS_RELATIVE, -1)->value;
        struct item *item = lex_push(lexer, ITEM_PERIOD, start, choice->match.end);
        item->mask = MEANS(RELATIVE);
        item->value = month_of(lexer->today) + months;
        lex_move_past(lexer, choice->match.token, choice->match.end);
    } else if (choice->mask & MEANS(MONTH_WORD) && is_age(lexer)) {
        lexer->items[lexer->n_items - 1].kind = ITEM_AMOUNT;
        lexer->items[lexer->n_items - 1].end = choice->match.end;
        lex_move_past(lexer, choice->match.token, choice->match.end);
    } else if (choice->mask & MEANS(MONTH_WORD)) {
        lex_month_word(lexer, start, choice->match.token);
    } else if (choice->mask & MEANS(DATE_WORD)) {
        lex_date_word(lexer, start, choice->match.token);
    } else {
        return false;
    }
    if (compared && lexer->n_items > first && lexer->items[first].kind == ITEM_PERIOD) {
        lexer->items[first].kind = ITEM_DATE;
        lexer->items[first].flags |= ITEM_DIFFERENCE;
    }
    return true;
}

static enum item_kind word_kind(const struct lexer *lexer, const struct choice *choice)
{
    uint64_t mask = choice->mask;
    bool glued = lex_token(lexer)->gap & GAP_NONE && lexer->off == lex_token(lexer)->start;
    if (mask & MEANS(UNIT) && lex_behind_number(lexer) && (glued || !lex_number_at(lexer, choice->match.token)))
        return ITEM_UNIT;
    /* "bpjs teh 8", not "teh Nining" */
    if (mask & MEANS(FILLER) && !(mask & MEANS(TITLE) && !lex_value_at(lexer, choice->match.token)))
        return ITEM_FILLER;
    if (mask & MEANS(KEY) && lex_forms_of_key(lexer, choice->match.meaning, &(int16_t){0}) != 0)
        return ITEM_OTHER_KEY;
    if (mask & MEANS(TITLE))
        return ITEM_TITLE;
    if (mask & MEANS(GREETING))
        return ITEM_GREETING;
    if (mask & (MEANS(COURTESY) | MEANS(THANKS)))
        return ITEM_COURTESY;
    /* "ibu kejang": nobody is called so. */
    return lex_behind_title(lexer) && !(mask & MEANS(EVENT)) ? ITEM_NAME : ITEM_WORD;
}

static void push_word(struct lexer *lexer, const struct choice *choice, enum item_kind kind)
{
    int near = kind == ITEM_WORD && choice->mask == MEANS(ORDINARY) ? lex_near_key(lexer, choice->match.token) : -1;
    struct item *item = lex_push(lexer, kind, lexer->off, choice->match.end);
    item->near[0] = (int16_t)near;
    item->mask = choice->mask;
    item->meaning = choice->match.meaning;
    if (choice->form != NULL)
        item->form = (int16_t)choice->form->form;
    int16_t key = -1;
    item->forms = kind == ITEM_OTHER_KEY ? lex_forms_of_key(lexer, choice->match.meaning, &key) : 0;
    if (item->form < 0 && item->forms != 0) {
        item->form = (int16_t)__builtin_ctz(item->forms);
        item->key = key;
    }
    const struct meaning *command = lexicon_meaning(lexer->lexicon, choice->match.meaning, MEANS_COMMAND, -1);
    if (command != NULL)
        item->command = (int16_t)command->value;
    lex_move_past(lexer, choice->match.token, choice->match.end);
}

/* "Tikar posyandu Melati. Semua anak 21, hijau 17": behind a form keyword that has no data yet, a number and a key that
 * the running form has alone. */
static bool is_of_running(const struct lexer *lexer, size_t token, int form)
{
    size_t i = lexer->n_items;
    while (i > 0 && lexer->items[i - 1].kind != ITEM_FORM && lexer->items[i - 1].kind != ITEM_KEY &&
           lexer->items[i - 1].kind != ITEM_NUMBER)
        i--;
    if (lexer->form < 0 || lexer->form == form || i == 0 || lexer->items[i - 1].kind != ITEM_FORM ||
        lexer->tokens[token].kind != TOKEN_DIGITS)
        return false;
    return lex_spelling_at(lexer, token + 1, MEANS_KEY, lexer->form, true) &&
           !lex_spelling_at(lexer, token + 1, MEANS_KEY, form, true);
}

/* A form keyword, unless it is a unit's word that nothing of the form follows. */
static void form_word(struct lexer *lexer, const struct choice *choice)
{
    const struct match *match = &choice->match;
    size_t behind = match->token + (is_reduplicated(lexer, match) ? 1 : 0);
    bool starts_message = lexer->start == START_CLEAN ||
                          (lexer->start == START_NUMBER && !lex_spelling_at(lexer, behind, MEANS_FORM, -1, false));
    /* "merah 2 anak, jumlah 33" */
    const uint32_t piece = GAP_PIECE | GAP_SENTENCE | GAP_LINE;
    bool ends_piece = lex_behind_number(lexer) && !(lex_token(lexer)->gap & piece) &&
                      lexer->tokens[behind].gap & (GAP_PIECE | GAP_SENTENCE) && lex_value_at(lexer, behind);
    bool running = choice->form->unit_first && is_of_running(lexer, behind, choice->form->form);
    if (choice->form->unit_first && !starts_message &&
        (ends_piece || running || !followed_by_own(lexer, behind, choice->form->form))) {
        push_word(lexer, choice, lex_behind_number(lexer) ? ITEM_UNIT : running ? ITEM_FILLER : ITEM_WORD);
        if (behind > match->token)
            lexer->items[lexer->n_items - 1].end = lexer->tokens[match->token].end;
        lex_move_past(lexer, behind, match->end);
        return;
    }
    uint32_t flags = lex_begins_line(lexer, lexer->token) ? ITEM_BEGINS : 0;
    lex_form(lexer, lexer->off, match, choice->form->form, flags);
}

/*
 * "K 43", "K=45", "anc 40", "K40": a key that ends in a digit took the first of a longer number. What stands there may
 * be that number as well: a value of both readings is put, which nobody stores. False: nothing of the kind.
 */
static bool key_cuts_number(struct lexer *lexer, const struct choice *choice)
{
    const struct match *match = &choice->match;
    const struct token *t = &lexer->tokens[match->token];
    if (t->kind != TOKEN_DIGITS || t->start >= match->end || match->end >= t->end || t->chunk_end != t->end)
        return false;
    bool apart = !(t->gap & GAP_NONE), zero = lexer->folded.at[match->end] == '0' && t->end - match->end <= 2;
    bool joined = lexer->tokens[match->token + 1].joint != 0 && lexer->tokens[match->token + 1].kind == TOKEN_DIGITS &&
                  lexer->tokens[match->token + 1].joint != ' ';
    if ((!apart && !zero) || t->start <= lexer->off)
        return false;
    int32_t value = 0, whole = 0;
    for (size_t i = t->start; i < t->end && whole <= VALUE_MAX; i++) {
        whole = whole * 10 + (lexer->folded.at[i] - '0');
        value = i < match->end ? 0 : value * 10 + (lexer->folded.at[i] - '0');
    }
    lex_push_key(lexer, lexer->off, match->end, choice->key->value, 0);
    struct item *item = lex_push(lexer, joined ? ITEM_BAD : ITEM_NUMBER, match->end, t->end);
    item->value = value;
    item->either = whole > VALUE_MAX ? -1 : whole;
    item->flags |= ITEM_AMBIGUOUS;
    lex_move(lexer, match->token + 1);
    return true;
}

static void exact_word(struct lexer *lexer, const struct choice *choice)
{
    if (choice->key != NULL && key_cuts_number(lexer, choice))
        return;
    if (choice->key != NULL) {
        lex_push_key(lexer, lexer->off, choice->match.end, choice->key->value, 0);
        lexer->items[lexer->n_items - 1].meaning = choice->match.meaning;
        lexer->items[lexer->n_items - 1].mask = choice->mask;
        lex_move_past(lexer, choice->match.token, choice->match.end);
    } else if (choice->form != NULL) {
        form_word(lexer, choice);
    } else if (choice->mask & MEANS(TERM)) {
        push_word(lexer, choice, ITEM_DATE);
    } else if (choice->mask & MEANS(NOT_YET)) {
        push_word(lexer, choice, ITEM_NOT_YET);
        lexer->due = DUE_NOTHING;
    } else if (choice->mask & MEANS(ZERO)) {
        push_word(lexer, choice, ITEM_ZERO);
        lexer->items[lexer->n_items - 1].key = (int16_t)choice->zero_key;
    } else if (!period_word(lexer, choice) &&
               !(choice->mask & (MEANS(NUMBER) | MEANS(MULTIPLIER)) && lex_number_words(lexer))) {
        push_word(lexer, choice, word_kind(lexer, choice));
    }
}

/* "air bersh 12": the spelling is the beginning of a longer one with a typing error. */
static bool mend_longer(struct lexer *lexer, const struct choice *choice)
{
    uint32_t meaning;
    size_t next = choice->match.token;
    return !lex_is_mixed(lexer, lexer->token) && next == lexer->token + 1 && lexer->tokens[next].kind == TOKEN_WORD &&
           lex_word_mask(lexer, next, &meaning) == 0 && lex_mend(lexer, 2);
}

/* "K1 5": a term of its own, not a key of other forms with a 1. */
static bool is_term(const struct lexer *lexer, const struct choice *choice)
{
    const struct token *t = &lexer->tokens[choice->match.token];
    return choice->mask == MEANS(KEY) && choice->key == NULL && choice->match.end == lexer->off + 1u &&
           t->kind == TOKEN_DIGITS && t->start == choice->match.end && t->chunk_end == t->end &&
           lex_number_at(lexer, choice->match.token + 1);
}

void lex_word(struct lexer *lexer)
{
    struct choice choice;
    bool mixed = lex_is_mixed(lexer, lexer->token);
    bool found = choose(lexer, false, &choice) || (mixed && choose(lexer, true, &choice));
    bool keyword = found && (choice.key != NULL || choice.form != NULL);
    if (!keyword && lex_letters_for_value(lexer))
        return;
    if (found && is_term(lexer, &choice)) {
        lex_unexplained_word(lexer);
    } else if (found) {
        lexer->doubtful = !lex_ends_well(lexer, &choice.match, false) && may_be_typo(lexer, &choice.match);
        if (!mend_longer(lexer, &choice))
            exact_word(lexer, &choice);
    } else if (!(mixed && lexer->due != DUE_NOTHING && lex_letter_number(lexer))) {
        lex_unexplained_word(lexer);
    }
}
