/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "msisdn.h"

enum {
    NATIONAL_MIN = 9, /* digits of a mobile number without its 0: 8 and 8 to 11 more */
    NATIONAL_MAX = 12,
    E164_MIN = 9,
    E164_MAX = 15,
    MASK_HEAD = 6,
    MASK_TAIL = 2,
};

static bool is_separator(char c)
{
    return c != '\0' && strchr(" .-()/\t", c) != NULL;
}

/* The digits of text with whether a + or 00 stood before them. Returns the kind where that is clear already. */
static enum msisdn_kind read_digits(struct view text, char digits[E164_MAX + 3], bool *ret_plus)
{
    size_t n = 0;
    bool plus = false, service = false; /* *123#, or more digits than any number has */
    for (size_t i = 0; i < text.len; i++) {
        char c = text.at[i];
        if (c == '+' && n == 0 && !plus)
            plus = true;
        else if (c == '*' || c == '#')
            service = true;
        else if (is_digit(c)) {
            service = service || n == E164_MAX + 2;
            if (!service)
                digits[n++] = c;
        } else if (!is_separator(c))
            return MSISDN_NAME;
    }
    digits[n] = '\0';
    *ret_plus = plus;
    if (n == 0 && !service)
        return MSISDN_NAME;
    return service ? MSISDN_SHORT : MSISDN_OTHER;
}

static bool is_mobile(const char *national)
{
    size_t len = strlen(national);
    return national[0] == '8' && national[1] > '0' && len >= NATIONAL_MIN && len <= NATIONAL_MAX;
}

/* The number behind the country's 62, or NULL where the number is not Indonesian. */
static const char *national_of(const char *digits, bool plus)
{
    if (strncmp(digits, "62", 2) == 0)
        return digits + (digits[2] == '0' ? 3 : 2);
    if (plus)
        return NULL;
    return digits[0] == '0' ? digits + 1 : digits;
}

static void write_number(const char *prefix, const char *digits, char ret_number[MSISDN_MAX])
{
    size_t prefix_len = strlen(prefix), len = strlen(digits);
    memcpy(ret_number, prefix, prefix_len);
    memcpy(ret_number + prefix_len, digits, len + 1);
}

/* The printable characters as they are, cut to fit. */
static void write_raw(struct view text, char ret_number[MSISDN_MAX])
{
    size_t n = 0;
    for (size_t i = 0; i < text.len && n < MSISDN_MAX - 1; i++)
        if (text.at[i] > ' ' && text.at[i] < 0x7f)
            ret_number[n++] = text.at[i];
    ret_number[n] = '\0';
}

/* ---- what a spreadsheet makes of a number ---- */

/* Copies digits on, at most size of them. */
static struct view take_digits(struct view *rest, char *to, size_t *n, size_t size)
{
    struct view taken = {rest->at, 0};
    while (rest->len > 0 && is_digit(rest->at[0])) {
        if (*n < size)
            to[(*n)++] = rest->at[0];
        taken.len++;
        *rest = (struct view){rest->at + 1, rest->len - 1};
    }
    return taken;
}

static bool is_mark(struct view rest, const char *marks)
{
    return rest.len > 0 && strchr(marks, rest.at[0]) != NULL;
}

static bool are_zeros(struct view digits)
{
    for (size_t i = 0; i < digits.len; i++)
        if (digits.at[i] != '0')
            return false;
    return digits.len > 0;
}

/* "10" of "E+10"; -1: there is something else. */
static int exponent_of(struct view rest)
{
    int exponent = 0;
    if (!is_mark(rest, "eE"))
        return -1;
    size_t at = is_mark((struct view){rest.at + 1, rest.len - 1}, "+") ? 2 : 1;
    if (at == rest.len)
        return -1;
    for (; at < rest.len; at++) {
        if (!is_digit(rest.at[at]) || exponent > E164_MAX)
            return -1;
        exponent = exponent * 10 + (rest.at[at] - '0');
    }
    return exponent;
}

enum decimal {
    DECIMAL_NOT,
    DECIMAL_WHOLE, /* "81230000014.0", "8.1230000014E+10": every digit is there */
    DECIMAL_BROKEN /* "81230000014.5" */
};

/* The digits of a whole number. A point between digits only parts them where it leaves no number before it. */
static enum decimal undo_decimal(struct view text, char ret_digits[E164_MAX + 4])
{
    size_t n = 0, plus = is_mark(text, "+");
    struct view rest = {text.at + plus, text.len - plus};
    ret_digits[n++] = '+';
    struct view whole = take_digits(&rest, ret_digits, &n, E164_MAX + 2);
    if (whole.len == 0 || !is_mark(rest, ".,"))
        return DECIMAL_NOT;
    size_t whole_end = n;
    rest = (struct view){rest.at + 1, rest.len - 1};
    struct view fraction = take_digits(&rest, ret_digits, &n, E164_MAX + 2);
    if (rest.len == 0 && are_zeros(fraction) && whole.len >= NATIONAL_MIN)
        n = whole_end;
    else if (rest.len == 0 && whole.len >= NATIONAL_MIN && fraction.len > 0 && fraction.len <= 2)
        return DECIMAL_BROKEN;
    else if (whole.len != 1 || fraction.len == 0 || exponent_of(rest) != (int)fraction.len)
        return DECIMAL_NOT;
    ret_digits[n] = '\0';
    if (!plus)
        memmove(ret_digits, ret_digits + 1, n);
    return DECIMAL_WHOLE;
}

enum msisdn_kind msisdn_normalise(struct view text, char ret_number[MSISDN_MAX])
{
    char all[E164_MAX + 3], undone[E164_MAX + 4];
    bool plus = false;
    enum decimal decimal = undo_decimal(text, undone);
    enum msisdn_kind kind = read_digits(decimal == DECIMAL_WHOLE ? view_of(undone) : text, all, &plus);
    if (decimal == DECIMAL_BROKEN)
        kind = MSISDN_NAME;
    if (kind != MSISDN_OTHER) {
        write_raw(text, ret_number);
        return kind;
    }
    const char *digits = all;
    if (!plus && strncmp(digits, "00", 2) == 0) {
        plus = true;
        digits += 2;
    }
    const char *national = national_of(digits, plus);
    size_t len = strlen(digits);
    if (national && is_mobile(national)) {
        write_number("+62", national, ret_number);
        return MSISDN_MOBILE;
    }
    if (!national && digits[0] != '0' && len >= E164_MIN && len <= E164_MAX) {
        write_number("+", digits, ret_number);
        return MSISDN_OTHER;
    }
    write_raw(text, ret_number);
    return MSISDN_SHORT;
}

void msisdn_mask(const char *number, char ret_masked[MSISDN_MAX])
{
    static const char stars[] = "***";
    size_t len = strlen(number);
    if (number[0] != '+' || len <= E164_MIN || len >= MSISDN_MAX - 1) {
        write_raw(view_of(number), ret_masked);
        return;
    }
    memcpy(ret_masked, number, MASK_HEAD);
    memcpy(ret_masked + MASK_HEAD, stars, sizeof stars - 1);
    memcpy(ret_masked + MASK_HEAD + sizeof stars - 1, number + len - MASK_TAIL, MASK_TAIL + 1);
}
