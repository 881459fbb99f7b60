/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "lex.h"

#include "edit.h"

/* Numbers of a date as typed: "14/10/2026", "10-26", "2026-10". */
struct date {
    int32_t part[3];
    size_t len[3];
    char joint; /* between all of them */
    size_t n;
    size_t next; /* token behind */
    size_t end;
};

static struct date date_at(const struct lexer *lexer, size_t token)
{
    struct date date = {.n = 0};
    const struct token *t = &lexer->tokens[token];
    for (;; t = &lexer->tokens[token]) {
        size_t len = (size_t)(t->end - t->start);
        int32_t value = 0;
        for (size_t i = t->start; i < t->end && len <= 4; i++)
            value = value * 10 + (lexer->folded.at[i] - '0');
        date.part[date.n] = value;
        date.len[date.n++] = len;
        date.end = t->end;
        bool whole = t->chunk_end == t->end;
        const struct token *next = &lexer->tokens[++token];
        bool joined = next->kind == TOKEN_DIGITS && (next->joint == '/' || next->joint == '-' || next->joint == '.');
        if (joined && (date.n == 3 || !whole || (date.n == 2 && next->joint != date.joint))) {
            date.n = 0; /* longer than any date */
            return date;
        }
        if (!joined) {
            date.n = whole || date.n == 1 ? date.n : 0;
            break;
        }
        date.joint = next->joint;
    }
    date.next = token;
    return date;
}

static bool is_20xx(int32_t value, size_t len)
{
    return len == 4 && value >= 2000 && value <= 2099;
}

/* Puts a period of a year and month that may not exist. */
static void push_period(struct lexer *lexer, size_t start, size_t end, int year, int month, int day)
{
    struct item *item = lex_push(lexer, ITEM_PERIOD, start, end);
    item->value = month >= 1 && month <= 12 ? year * 12 + month - 1 : MONTH_NONE;
    if (item->value != MONTH_NONE && (day < 1 || day > month_length(item->value)))
        item->value = MONTH_NONE;
}

static int full_year(int32_t value, size_t len)
{
    return len == 2 ? 2000 + (int)value : (int)value;
}

/* Three parts: day, month, year, or year first. */
static bool push_full_date(struct lexer *lexer, size_t start, const struct date *date)
{
    const int32_t *part = date->part;
    const size_t *len = date->len;
    if (is_20xx(part[0], len[0]) && len[1] <= 2 && len[2] <= 2)
        push_period(lexer, start, date->end, (int)part[0], (int)part[1], (int)part[2]);
    else if (len[0] <= 2 && len[1] <= 2 && (len[2] == 2 || is_20xx(part[2], len[2])))
        push_period(lexer, start, date->end, full_year(part[2], len[2]), (int)part[1], (int)part[0]);
    else
        return false;
    return true;
}

/* Month and year of four digits, in either order. */
static bool push_month_year(struct lexer *lexer, size_t start, const struct date *date)
{
    if (date->joint == '.' && lexer->form >= 0)
        return false; /* "1.2000" is a bad value */
    if (date->len[0] <= 2 && is_20xx(date->part[1], date->len[1]))
        push_period(lexer, start, date->end, (int)date->part[1], (int)date->part[0], 1);
    else if (is_20xx(date->part[0], date->len[0]) && date->len[1] <= 2)
        push_period(lexer, start, date->end, (int)date->part[0], (int)date->part[1], 1);
    else
        return false;
    return true;
}

static void push_day_month(struct lexer *lexer, size_t start, const struct date *date)
{
    int month = (int)date->part[1];
    int year = month >= 1 && month <= 12 ? month_nearest(month, lexer->today) / 12 : 0;
    push_period(lexer, start, date->end, year, month, (int)date->part[0]);
}

/* "10-26" counts before the first form or behind "bln" only. */
static bool push_month_short_year(struct lexer *lexer, size_t start, const struct date *date)
{
    if (date->joint == '.' || date->len[0] > 2 || date->len[1] != 2)
        return false;
    push_period(lexer, start, date->end, full_year(date->part[1], 2), (int)date->part[0], 1);
    return true;
}

static const struct meaning *month_at(const struct lexer *lexer, size_t token)
{
    uint32_t meaning;
    if (lexer->tokens[token].kind != TOKEN_WORD || !(lex_word_mask(lexer, token, &meaning) & MEANS(MONTH)))
        return NULL;
    return lexicon_meaning(lexer->lexicon, meaning, MEANS_MONTH, -1);
}

/* "14 Oktober", where the 14 is not a value that something waits for. */
static bool day_and_month(struct lexer *lexer, const struct date *date)
{
    const struct meaning *month = date->n == 1 && date->len[0] <= 2 ? month_at(lexer, date->next) : NULL;
    if (month == NULL || date->part[0] < 1 || date->part[0] > 31 || lexer->due == DUE_VALUE)
        return false;
    int year;
    size_t next;
    bool with_year = lex_year_at(lexer, date->next + 1, &year, &next);
    if (lexer->due == DUE_TOTAL && lexer->form >= 0 && !(with_year && lex_number_at(lexer, next)))
        return false;
    lex_month(lexer, lexer->off, date->next + 1, month->value);
    struct item *item = &lexer->items[lexer->n_items - 1];
    if (item->value != MONTH_NONE && date->part[0] > month_length(item->value))
        item->value = MONTH_NONE;
    item->flags |= with_year ? 0 : ITEM_BARE_DAY;
    return true;
}

bool lex_date_digits(struct lexer *lexer)
{
    const struct token *t = lex_token(lexer);
    if (lexer->off != t->start || (t[1].kind == TOKEN_DIGITS ? t[1].joint == '\0' : t->end - t->start > 2))
        return false; /* the common case: a number that is no part of a date */
    struct date date = date_at(lexer, lexer->token);
    size_t start = lexer->off;
    bool found = false;
    if (date.n == 1)
        return day_and_month(lexer, &date);
    if (date.n == 3)
        found = push_full_date(lexer, start, &date);
    if (date.n == 2) {
        found = push_month_year(lexer, start, &date);
        const struct item *last = lex_last(lexer);
        bool address = last != NULL && last->mask & MEANS(UNIT); /* "RT 03/04" */
        bool part = lexer->n_items == 0 && date.joint == '/' && date.len[0] == 1 && date.len[1] == 1 &&
                    date.part[0] <= date.part[1] && date.part[0] > 0;
        if (!found && part) {
            lex_push(lexer, ITEM_DATE, start, date.end); /* "1/2", "(2/3)": a part of a longer message */
            found = true;
        }
        if (!found && lexer->form < 0 && !address && date.joint == '/' && date.part[1] >= 1 && date.part[1] <= 12 &&
            date.len[0] <= 2 && date.len[1] <= 2) {
            push_day_month(lexer, start, &date);
            found = true;
        }
        found = found || (lexer->form < 0 && !address && push_month_short_year(lexer, start, &date));
    }
    if (found)
        lex_move(lexer, date.next);
    return found;
}

bool lex_year_at(const struct lexer *lexer, size_t token, int *ret_year, size_t *ret_next)
{
    uint32_t meaning;
    const struct token *t = &lexer->tokens[token];
    bool named = t->kind == TOKEN_WORD && lex_word_mask(lexer, token, &meaning) & MEANS(YEAR_WORD);
    if (named)
        t = &lexer->tokens[++token];
    if (t->kind != TOKEN_DIGITS || t->chunk_end != t->end || t->gap & (GAP_MINUS | GAP_ABOUT))
        return false;
    struct date date = date_at(lexer, token);
    if (date.n != 1)
        return false;
    int year = full_year(date.part[0], date.len[0]);
    bool glued = t->gap & GAP_NONE || t->joint == '-' || t->joint == '/' || t->joint == '.';
    bool near = year == lexer->today.year || year == lexer->today.year - 1;
    if (!is_20xx(date.part[0], date.len[0]) &&
        !(date.len[0] == 2 && (t->gap & GAP_QUOTE || (near && (glued || named)))))
        return false;
    *ret_year = year;
    *ret_next = date.next;
    return true;
}

bool lex_is_among_small(const struct lexer *lexer, size_t next)
{
    uint32_t meaning;
    const struct token *t = &lexer->tokens[next];
    return lex_behind_number(lexer) && t->kind == TOKEN_WORD && !(t->gap & (GAP_LINE | GAP_SENTENCE | GAP_PIECE)) &&
           lex_word_mask(lexer, next, &meaning) & MEANS(FILLER);
}

void lex_month(struct lexer *lexer, size_t start, size_t next_token, int month)
{
    int year;
    size_t next = next_token;
    bool with_year = lex_year_at(lexer, next_token, &year, &next);
    if (!with_year) {
        year = month_nearest(month, lexer->today) / 12;
        next = next_token;
    }
    push_period(lexer, start, lexer->tokens[next - 1].end, year, month, 1);
    if (!with_year)
        lexer->items[lexer->n_items - 1].flags |= ITEM_NO_YEAR;
    lex_move(lexer, next);
}

static void bad_period(struct lexer *lexer, size_t start, size_t end, size_t next)
{
    lex_push(lexer, ITEM_PERIOD, start, end)->value = MONTH_NONE;
    lex_move(lexer, next);
}

/* Behind "bln": a number, "10-26" or a month's name. */
void lex_month_word(struct lexer *lexer, size_t start, size_t next_token)
{
    const struct token *t = &lexer->tokens[next_token];
    size_t end = lexer->tokens[next_token - 1].end;
    if (t->kind == TOKEN_DIGITS && t->chunk_end == t->end && !(t->gap & (GAP_MINUS | GAP_ABOUT))) {
        struct date date = date_at(lexer, next_token);
        if (date.n == 1 && date.len[0] <= 2 && date.part[0] >= 1 && date.part[0] <= 12) {
            lex_month(lexer, start, next_token + 1, (int)date.part[0]);
            return;
        }
        if (date.n == 2 && (push_month_year(lexer, start, &date) || push_month_short_year(lexer, start, &date))) {
            lex_move(lexer, date.next);
            return;
        }
        bad_period(lexer, start, t->end, next_token + 1);
        return;
    }
    const struct meaning *month = month_at(lexer, next_token);
    bool number_word = t->kind == TOKEN_WORD && lex_number_at(lexer, next_token);
    int32_t spoken = 0; /* "bulan sembilan" */
    size_t behind = number_word ? lex_spoken(lexer, next_token, t->start, &spoken) : next_token;
    if (month != NULL)
        lex_month(lexer, start, next_token + 1, month->value);
    else if (behind > next_token && spoken >= 1 && spoken <= 12)
        lex_month(lexer, start, behind, spoken);
    else
        bad_period(lexer, start, number_word ? t->end : end, next_token + number_word);
}

/* Behind "tgl": a day, alone or with its month. */
void lex_date_word(struct lexer *lexer, size_t start, size_t next_token)
{
    const struct token *t = &lexer->tokens[next_token];
    size_t end = lexer->tokens[next_token - 1].end;
    if (t->kind != TOKEN_DIGITS || t->chunk_end != t->end || t->gap & (GAP_MINUS | GAP_ABOUT)) {
        lex_push(lexer, ITEM_WORD, start, end);
        lex_move(lexer, next_token);
        return;
    }
    struct date date = date_at(lexer, next_token);
    const struct meaning *month = date.n == 1 ? month_at(lexer, date.next) : NULL;
    if (month != NULL && date.len[0] <= 2) {
        lex_month(lexer, start, date.next + 1, month->value);
        struct item *item = &lexer->items[lexer->n_items - 1];
        if (item->value != MONTH_NONE && (date.part[0] < 1 || date.part[0] > month_length(item->value)))
            item->value = MONTH_NONE;
        return;
    }
    bool period =
        (date.n == 3 && push_full_date(lexer, start, &date)) || (date.n == 2 && push_month_year(lexer, start, &date));
    if (!period && date.n == 2 && date.len[0] <= 2 && date.len[1] <= 2) {
        push_day_month(lexer, start, &date);
        period = true;
    }
    if (!period)
        lex_push(lexer, ITEM_DATE, start, date.n == 0 ? t->end : date.end);
    size_t next = date.n == 0 ? next_token + 1 : date.next;
    lex_move(lexer, next);
}

/* A word one typing error from a month's name, before the first form or with a year. */
bool lex_near_month(const struct lexer *lexer, size_t token, size_t *ret_next)
{
    const struct lang *lang = lexer->lexicon->lang;
    const struct token *t = &lexer->tokens[token];
    struct view word = {lexer->folded.at + t->start, (size_t)(t->end - t->start)};
    int year;
    *ret_next = token + 1;
    bool with_year = lex_year_at(lexer, token + 1, &year, ret_next);
    /* Many a small word is near a month's short name: only one that begins the message, right before a form keyword,
     * counts. */
    size_t least = lexer->n_items == 0 && lex_spelling_at(lexer, *ret_next, MEANS_FORM, -1, false) ? 3 : 4;
    bool of_form = lexer->due == DUE_TOTAL && lex_number_at(lexer, token + 1); /* "bumil septembr 12" */
    if (word.len < least || word.len >= SPELLING_MAX || (lexer->form >= 0 && !with_year && !of_form))
        return false;
    for (size_t month = 0; month < 12; month++) {
        for (size_t i = 0; i < lang->months[month].n; i++) {
            struct view name = view_of(lang->months[month].word[i]);
            if (name.len >= least && edit_distance(word, name) == 1)
                return true;
        }
    }
    return false;
}

/* Whether nothing but small words and breaks stands between item i and the next form keyword. */
static bool is_before_form(const struct lexer *lexer, size_t i)
{
    const uint32_t small = 1u << ITEM_FILLER | 1u << ITEM_MARK | 1u << ITEM_COURTESY | 1u << ITEM_GREETING |
                           1u << ITEM_TITLE | 1u << ITEM_DATE;
    for (i++; i < lexer->n_items; i++) {
        const struct item *item = &lexer->items[i];
        if (item->kind == ITEM_FORM)
            return true;
        if (!(small >> item->kind & 1) && !item_is_one_of(lexer, item, &lexer->lexicon->lang->last))
            return false;
    }
    return false;
}

/* Whether item i stands between a form keyword and its total, or its first key. */
static bool is_behind_form(const struct lexer *lexer, size_t i)
{
    while (i-- > 0) {
        enum item_kind kind = (enum item_kind)lexer->items[i].kind;
        if (kind == ITEM_FORM)
            return !(lexer->items[i].flags & ITEM_GUESSED);
        if (kind != ITEM_FILLER && kind != ITEM_MARK && kind != ITEM_COURTESY && kind != ITEM_PERIOD)
            return false;
    }
    return false;
}

/* Whether a sign that ends a piece stands between the two; *ret_bracket: whether one opens. */
static bool breaks(const struct lexer *lexer, size_t from, size_t until, bool *ret_bracket)
{
    bool found = false;
    *ret_bracket = false;
    for (size_t at = from; at < until; at++) {
        *ret_bracket = *ret_bracket || lexer->folded.at[at] == '(';
        found = found || memchr("\n,;.|/+()", lexer->folded.at[at], 10) != NULL;
    }
    return found;
}

/* "bumil 12 k4 9 sep bumil 11 k4 8": the same form on both sides of item i. */
static bool is_between_twins(const struct lexer *lexer, size_t i)
{
    size_t last = i, next = i;
    while (last > 0 && lexer->items[last].kind != ITEM_FORM)
        last--;
    while (next + 1 < lexer->n_items && lexer->items[next].kind != ITEM_FORM)
        next++;
    return lexer->items[last].kind == ITEM_FORM && lexer->items[last].form == lexer->items[next].form;
}

/*
 * Months follow their data where none leads and one stands at the end: "bumil 11 agustus, anak 40 september". Else one
 * that stands between a break and a form keyword may be of either side, which is asked: "bumil 12, sep anak 40". What
 * an earlier month was like is told for comparison: "anak 45 (bulan lalu anak 44)".
 */
static void doubt_months(struct lexer *lexer, size_t first)
{
    struct item *items = lexer->items;
    bool before_form = true, before, behind, opens, unused;
    for (size_t i = lexer->n_items; before_form && i-- > first + 1;) {
        before_form = items[i].kind != ITEM_PERIOD || is_before_form(lexer, i);
        if (items[i].kind != ITEM_PERIOD || !before_form || is_behind_form(lexer, i) || items[i].value == MONTH_NONE ||
            items[i].value == month_of(lexer->today))
            continue;
        size_t led = i; /* "k4 9. Yang september bumil 11" */
        while (led > first + 1 && items[led - 1].kind == ITEM_FILLER)
            led--;
        before = breaks(lexer, items[led - 1].end, items[i].start, &opens);
        behind = breaks(lexer, items[i].end, items[i + 1].start, &unused);
        if (!before && (behind || !is_between_twins(lexer, i)))
            continue;
        bool aside = opens || items[i].mask & MEANS(RELATIVE);
        items[i].flags |= aside ? ITEM_UNSURE : ITEM_UNSURE | ITEM_UNSURE_HERE;
        if (aside || !behind)
            items[i].flags |= ITEM_LEADS;
    }
}

/* "tikar sep 30 h 25, okt 32 h 28": behind a month of its own a form begins once more at a later month that has a
 * number. Both are asked. */
static void repeat_forms(struct lexer *lexer, size_t first, int32_t lead)
{
    struct item *items = lexer->items;
    size_t form = first, said = lexer->n_items;
    int32_t month = lead;
    for (size_t i = first; i + 1 < lexer->n_items; i++) {
        if (items[i].kind == ITEM_FORM) {
            form = i;
            month = lead;
            said = lexer->n_items;
        }
        if (items[i].kind != ITEM_PERIOD || items[i].value == MONTH_NONE || items[form].flags & ITEM_GUESSED)
            continue;
        if (is_behind_form(lexer, i) || month == MONTH_NONE) {
            month = is_behind_form(lexer, i) ? items[i].value : month;
            said = i;
        } else if (items[i].value > month && items[i + 1].kind == ITEM_NUMBER &&
                   (items[i - 1].kind == ITEM_NUMBER || items[i - 1].kind == ITEM_ZERO) &&
                   !(items[i + 1].flags & ITEM_BEHIND_MONTH) && lexer->n_items < lexer->n_tokens * 2) {
            struct item again = items[form];
            again.start = again.end = items[i].start;
            again.flags = ITEM_BEGINS;
            memmove(items + i + 1, items + i, (lexer->n_items++ - i) * sizeof *items);
            items[i++] = again;
            items[i].flags |= ITEM_UNSURE_HERE;
            items[said < i ? said : i].flags |= ITEM_UNSURE_HERE;
            month = items[i].value;
            form = i - 1;
        }
    }
}

void lex_leading_months(struct lexer *lexer, size_t first)
{
    struct item *items = lexer->items;
    int32_t before = MONTH_NONE;
    bool leads = false;
    if (!lexer->dated)
        return;
    for (size_t i = 0; i < first; i++) {
        if (items[i].kind == ITEM_PERIOD) {
            before = items[i].value;
            leads = true;
        }
    }
    repeat_forms(lexer, first, before);
    if (!leads) {
        doubt_months(lexer, first);
        return;
    }
    for (size_t i = first; i < lexer->n_items; i++) {
        if (items[i].kind != ITEM_PERIOD || items[i].value == before)
            continue;
        if (is_before_form(lexer, i) && !is_behind_form(lexer, i))
            items[i].flags |= ITEM_LEADS;
        else if (!is_behind_form(lexer, i))
            items[i].value = MONTH_NONE;
    }
}
