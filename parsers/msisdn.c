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

enum msisdn_kind msisdn_normalise(struct view text, char ret_number[MSISDN_MAX])
{
    char all[E164_MAX + 3];
    bool plus = false;
    enum msisdn_kind kind = read_digits(text, all, &plus);
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
