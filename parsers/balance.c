/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "balance.h"

#include <stddef.h>

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool digit_at(struct view text, size_t at)
{
    return at < text.len && is_digit(text.at[at]);
}

static bool starts_at(struct view text, size_t at, struct view word)
{
    if (word.len > text.len - at)
        return false;
    for (size_t i = 0; i < word.len; i++)
        if (lower(text.at[at + i]) != lower(word.at[i]))
            return false;
    return true;
}

static size_t skip_between(struct view text, size_t at)
{
    while (at < text.len && (text.at[at] == ' ' || text.at[at] == '.' || text.at[at] == ':' || text.at[at] == '='))
        at++;
    return at;
}

/* "." or "," with exactly three digits behind it. */
static bool is_group(struct view text, size_t at)
{
    return at < text.len && (text.at[at] == '.' || text.at[at] == ',') && digit_at(text, at + 1) &&
           digit_at(text, at + 2) && digit_at(text, at + 3) && !digit_at(text, at + 4);
}

static bool number_at(struct view text, size_t at, int64_t *ret_amount)
{
    enum { DIGITS_MAX = 15 };
    int64_t amount = 0;
    int digits = 0;
    for (; digit_at(text, at) || (digits > 0 && is_group(text, at)); at++) {
        if (!digit_at(text, at))
            continue;
        if (++digits > DIGITS_MAX)
            return false;
        amount = amount * 10 + (text.at[at] - '0');
    }
    if (digits == 0)
        return false;
    *ret_amount = amount;
    return true;
}

static bool is_letter(char c)
{
    return lower(c) >= 'a' && lower(c) <= 'z';
}

/* "Rp" is not what "Perpanjang" has in it. */
static bool is_word(struct view text, size_t at, size_t len)
{
    return (at == 0 || !is_letter(text.at[at - 1])) && (at + len >= text.len || !is_letter(text.at[at + len]));
}

/* The number after the word at that place; a sign may stand before the word or before the number. */
static bool amount_after(struct view text, size_t at, size_t len, int64_t *ret_amount)
{
    bool negative = at > 0 && text.at[at - 1] == '-';
    at = skip_between(text, at + len);
    if (at < text.len && text.at[at] == '-') {
        negative = true;
        at = skip_between(text, at + 1);
    }
    if (!number_at(text, at, ret_amount))
        return false;
    if (negative)
        *ret_amount = -*ret_amount;
    return true;
}

bool balance_read(struct view text, struct view word, int64_t *ret_amount)
{
    bool found = false;
    int64_t amount = 0, other;
    for (size_t at = 0; word.len > 0 && at + word.len < text.len; at++) {
        if (!starts_at(text, at, word) || !is_word(text, at, word.len))
            continue;
        if (!amount_after(text, at, word.len, &other) || (found && other != amount))
            return false;
        amount = other;
        found = true;
    }
    if (found)
        *ret_amount = amount;
    return found;
}
