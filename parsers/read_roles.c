/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "reader.h"

/*
 * What numbers are that no key may have: doses, ages, indices of a list of names, a value's own repetition in words or
 * in a bracket. Each role is said by a word or sign right beside the number.
 */

static const char *between(const struct lexer *lexer, size_t left, size_t right, size_t *ret_len)
{
    size_t from = lexer->items[left].end, to = lexer->items[right].start;
    *ret_len = to > from ? to - from : 0;
    return lexer->folded.at + from;
}

static bool has_sign(const struct lexer *lexer, size_t left, size_t right, char sign)
{
    size_t len;
    const char *at = between(lexer, left, right, &len);
    return memchr(at, sign, len) != NULL;
}

static bool is_number_like(const struct item *item)
{
    return item->kind == ITEM_NUMBER || item->kind == ITEM_BAD;
}

/* Removes items from first to behind; what stood there is the value's before it. */
static size_t drop(struct lexer *lexer, size_t first, size_t behind)
{
    memmove(lexer->items + first, lexer->items + behind, (lexer->n_items - behind) * sizeof *lexer->items);
    lexer->n_items -= behind - first;
    return first;
}

/* "12 (dua belas)", "12 dua belas", "10 (83,3%)", "36 (20+16)": the same number once more. */
static void drop_repeated(struct lexer *lexer, size_t i)
{
    struct item *items = lexer->items;
    size_t next = i + 1;
    while (next < lexer->n_items && items[next].kind == ITEM_UNIT)
        next++;
    if (items[i].kind != ITEM_NUMBER || next >= lexer->n_items || !is_number_like(&items[next]))
        return;
    bool digits = is_digit(lexer->folded.at[items[i].start]),
         digits_next = is_digit(lexer->folded.at[items[next].start]);
    bool bracket = has_sign(lexer, next - 1, next, '(');
    bool same = items[next].kind == ITEM_NUMBER && items[next].value == items[i].value && items[next].of < 0;
    size_t last = items[next].end > items[next].start ? items[next].end - 1u : items[next].start;
    bool percent = bracket && items[next].kind == ITEM_BAD && lexer->folded.at[last] == '%';
    bool sum = bracket && next + 1 < lexer->n_items && items[next].kind == ITEM_NUMBER &&
               items[next + 1].kind == ITEM_NUMBER && has_sign(lexer, next, next + 1, '+') &&
               items[next].value + items[next + 1].value == items[i].value;
    if ((same && digits != digits_next) || percent || sum)
        items[next].kind = ITEM_AMOUNT;
    if (sum)
        items[next + 1].kind = ITEM_AMOUNT;
}

/* "anak saya 9 kg": the key after the number has none of its own, and is a measure, too. */
static bool is_weighed(const struct lexer *lexer, size_t i)
{
    const struct item *items = lexer->items, *measure = &items[i + 1];
    const size_t n = lexer->n_items;
    if (i + 1 == n || measure->kind != ITEM_KEY || !(measure->mask & MEANS(MEASURE)) ||
        has_sign(lexer, i, i + 1, ',') || has_sign(lexer, i, i + 1, '\n'))
        return false;
    if (i + 2 < n && (is_value(&items[i + 2]) || items[i + 2].kind == ITEM_MARK))
        return false;
    while (i > 0 && items[i - 1].kind == ITEM_FILLER)
        i--;
    bool owned = i > 0 && (items[i - 1].kind == ITEM_FORM || items[i - 1].kind == ITEM_KEY);
    return owned && (i == 1 || !is_number_like(&items[i - 2]));
}

/* A number with a measure, or behind a word of age, is an amount. */
static void take_amounts(struct lexer *lexer, size_t i)
{
    struct item *items = lexer->items;
    bool last = i + 1 == lexer->n_items;
    if (!is_number_like(&items[i]))
        return;
    bool owner = i + 2 < lexer->n_items && (is_number_like(&items[i + 2]) || items[i + 2].kind == ITEM_YEAR);
    bool key = !last && items[i + 1].kind == ITEM_KEY && items[i].kind != ITEM_BAD && items[i].end < items[i + 1].start;
    owner = owner && (items[i + 1].kind == ITEM_KEY || items[i + 1].mask & MEANS(NUMBERED) ||
                      (items[i + 1].mask & MEANS(YEAR_WORD) && items[i + 2].kind == ITEM_YEAR));
    if (is_weighed(lexer, i)) {
        items[i].kind = ITEM_BAD;
        return;
    }
    bool thing = !last && items[i + 1].mask & MEANS(THING) && i > 0 && items[i - 1].kind == ITEM_FORM;
    if (thing && i + 2 < lexer->n_items && is_number_like(&items[i + 2])) {
        items[i].kind = ITEM_BAD; /* "paud 2 lembaga 30", "paud 30 lembaga 3" */
        return;
    }
    bool measured = !last && (thing || items[i + 1].mask & MEANS(MEASURE)) && !key && !owner &&
                    items[i + 1].kind != ITEM_UNIT && !has_sign(lexer, i, i + 1, ',') &&
                    !has_sign(lexer, i, i + 1, '\n');
    size_t before = i;
    while (before > 0 && items[before - 1].kind == ITEM_FILLER)
        before--;
    bool aged = before > 0 && items[before - 1].mask & MEANS(AGE) && items[before - 1].kind == ITEM_WORD;
    if (!measured && !aged)
        return;
    items[i].kind = ITEM_AMOUNT;
    if (measured) {
        items[i].end = items[i + 1].end;
        drop(lexer, i + 1, i + 2);
    }
}

/* "K4 4x periksa 3 orang": times, where another number is the count. */
static void take_times(struct lexer *lexer, size_t i)
{
    struct item *items = lexer->items;
    if (items[i].kind != ITEM_NUMBER || i + 1 == lexer->n_items || !(items[i + 1].mask & MEANS(UNIT)))
        return;
    size_t len = (size_t)(items[i + 1].end - items[i + 1].start);
    struct view word = {lexer->folded.at + items[i + 1].start, len};
    if (!view_is(word, "x") && !view_is(word, "kali"))
        return;
    size_t next = i + 2;
    while (next < lexer->n_items && (items[next].kind == ITEM_WORD || items[next].kind == ITEM_FILLER))
        next++;
    if (next < lexer->n_items && items[next].kind == ITEM_NUMBER)
        items[i].kind = ITEM_AMOUNT;
}

/* "1. Siti 2. Nur": names are counted, not ibu. */
static bool is_index(const struct lexer *lexer, size_t i, int expected)
{
    const struct item *items = lexer->items;
    size_t end = items[i].end;
    if (items[i].kind != ITEM_NUMBER || items[i].value != expected || end >= lexer->folded.len ||
        i + 1 == lexer->n_items)
        return false;
    char behind = lexer->folded.at[end];
    bool name = items[i + 1].kind == ITEM_WORD || items[i + 1].kind == ITEM_NAME || items[i + 1].kind == ITEM_TITLE;
    return (behind == '.' || behind == ')') && name;
}

static void take_indices(struct lexer *lexer)
{
    for (size_t i = 0; i < lexer->n_items; i++) {
        if (!is_index(lexer, i, 1))
            continue;
        size_t second = i + 1;
        while (second < lexer->n_items && !is_index(lexer, second, 2))
            second++;
        if (second == lexer->n_items)
            return;
        int expected = 1;
        for (; i < lexer->n_items; i++) {
            if (is_index(lexer, i, expected)) {
                lexer->items[i].kind = ITEM_AMOUNT;
                expected++;
            }
        }
    }
}

/* "triwulan 3", "tw 3" in a report: no month. */
static void take_quarters(struct lexer *lexer, size_t i)
{
    struct item *items = lexer->items;
    if (!(items[i].mask & MEANS(QUARTER)) || items[i].kind == ITEM_PERIOD)
        return;
    bool numbered = i + 1 < lexer->n_items && is_number_like(&items[i + 1]);
    items[i].kind = ITEM_PERIOD;
    items[i].value = MONTH_NONE;
    if (numbered) {
        items[i].end = items[i + 1].end;
        drop(lexer, i + 1, i + 2);
    }
}

void read_roles(struct lexer *lexer)
{
    take_indices(lexer);
    for (size_t i = 0; i < lexer->n_items; i++) {
        take_quarters(lexer, i);
        take_times(lexer, i);
        take_amounts(lexer, i);
        drop_repeated(lexer, i);
    }
}
