/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "deliver.h"

#include "gsm7.h"
#include "limits.h"
#include "utf8.h"

enum { DIGITS_MAX = 3, TOKEN_BYTES_MAX = 512 };

static const char *const filtered[] = {"otp",  "pin",  "akun",    "username", "password", "token",
                                       "kode", "dana", "selamat", "nomor",    "juta",     "rp"};

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Length of the run at the start of text of what is() holds for. */
static size_t run(struct view text, bool (*is)(char))
{
    size_t len = 0;
    while (len < text.len && is(text.at[len]))
        len++;
    return len;
}

static bool same_word(struct view word, const char *lower)
{
    if (word.len != strlen(lower))
        return false;
    for (size_t i = 0; i < word.len; i++)
        if ((word.at[i] | 0x20) != lower[i])
            return false;
    return true;
}

static bool is_filtered(struct view word)
{
    for (size_t i = 0; i < sizeof filtered / sizeof filtered[0]; i++)
        if (same_word(word, filtered[i]))
            return true;
    return false;
}

static struct view from(struct view text, size_t at)
{
    return (struct view){text.at + at, text.len - at};
}

/* Length of what makes text at `at` look like an address: "://", or a dot between letters or digits and two letters. */
static size_t url_at(struct view text, size_t at)
{
    struct view rest = from(text, at);
    if (rest.len >= 3 && memcmp(rest.at, "://", 3) == 0)
        return 3;
    bool behind_word = at > 0 && (is_letter(text.at[at - 1]) || is_digit(text.at[at - 1]));
    return behind_word && rest.at[0] == '.' && run(from(rest, 1), is_letter) >= 2 ? 1 : 0;
}

static enum deliver_fault fault_at(struct view text, size_t at, struct view *ret_fault)
{
    struct view rest = from(text, at);
    bool starts_digits = at == 0 || !is_digit(text.at[at - 1]), starts_word = at == 0 || !is_letter(text.at[at - 1]);
    uint32_t c;
    struct view one = {rest.at, utf8_decode(rest, &c)};
    struct view digits = {rest.at, run(rest, is_digit)}, word = {rest.at, run(rest, is_letter)};
    struct view url = {rest.at, url_at(text, at)};
    size_t septets;
    if (!gsm7_septets(one, &septets)) {
        *ret_fault = one;
        return DELIVER_ALPHABET;
    }
    if (starts_digits && digits.len > DIGITS_MAX) {
        *ret_fault = digits;
        return DELIVER_DIGITS;
    }
    if (starts_word && is_filtered(word)) {
        *ret_fault = word;
        return DELIVER_WORD;
    }
    if (url.len > 0) {
        *ret_fault = url;
        return DELIVER_URL;
    }
    return DELIVER_OK;
}

enum deliver_fault deliver_check(struct view text, struct view *ret_fault)
{
    for (size_t at = 0; at < text.len;) {
        enum deliver_fault fault = fault_at(text, at, ret_fault);
        if (fault != DELIVER_OK)
            return fault;
        uint32_t c;
        at += utf8_decode(from(text, at), &c);
    }
    return DELIVER_OK;
}

/* A text of fixed room that drops what does not fit. */
struct out {
    char text[TOKEN_BYTES_MAX];
    size_t len;
};

static void put(struct out *out, char c)
{
    if (out->len < sizeof out->text)
        out->text[out->len++] = c;
}

/* Control characters and runs of spaces to one space, what looks like an address to spaces. */
static void make_plain(struct view text, struct out *out)
{
    for (size_t at = 0; at < text.len;) {
        size_t url = url_at(text, at);
        bool space = url > 0 || (unsigned char)text.at[at] <= ' ';
        if (!space)
            put(out, text.at[at]);
        else if (out->len > 0 && out->text[out->len - 1] != ' ')
            put(out, ' ');
        at += url > 0 ? url : 1;
    }
    while (out->len > 0 && out->text[out->len - 1] == ' ')
        out->len--;
}

/* 1234567 → 1.234.567, pin → p.i.n */
static void break_runs(struct view text, struct out *out)
{
    for (size_t at = 0; at < text.len;) {
        struct view rest = from(text, at);
        size_t digits = run(rest, is_digit), letters = run(rest, is_letter), len = digits + letters;
        size_t group = digits > DIGITS_MAX ? DIGITS_MAX : is_filtered((struct view){rest.at, letters}) ? 1 : len;
        for (size_t i = 0; i < len; i++) {
            if (i > 0 && (len - i) % group == 0)
                put(out, '.');
            put(out, rest.at[i]);
        }
        if (len == 0)
            put(out, rest.at[0]);
        at += len > 0 ? len : 1;
    }
}

static size_t chars_to_bytes(struct view text, size_t chars)
{
    size_t at = 0;
    for (; chars > 0 && at < text.len; chars--) {
        uint32_t c;
        at += utf8_decode(from(text, at), &c);
    }
    return at;
}

size_t deliver_safe(struct view token, size_t max_chars, char *ret_text, size_t size)
{
    static const char dots[] = "..";
    char folded[TOKEN_BYTES_MAX];
    struct view fitted = {token.at, token.len < TOKEN_BYTES_MAX / 4 ? token.len : TOKEN_BYTES_MAX / 4};
    struct out plain = {.len = 0}, safe = {.len = 0};
    make_plain((struct view){folded, gsm7_fold(fitted, folded, sizeof folded)}, &plain);
    break_runs((struct view){plain.text, plain.len}, &safe);
    struct view whole = {safe.text, safe.len}, fault;
    if (size == 0)
        return 0;
    size_t chars = max_chars, len = chars_to_bytes(whole, chars);
    bool cut = len < whole.len || fitted.len < token.len || len >= size;
    char text[TOKEN_BYTES_MAX + sizeof dots];
    memcpy(text, whole.at, len);
    /* a cut may leave a filtered word ("selamatan" to "selamat.."): one letter less then */
    for (chars = max_chars > 2 ? max_chars - 2 : 0; cut; chars--) {
        len = chars_to_bytes(whole, chars);
        memcpy(text, whole.at, len);
        memcpy(text + len, dots, 2);
        len += 2;
        if (chars == 0 || (len < size && deliver_check((struct view){text, len}, &fault) == DELIVER_OK))
            break;
    }
    if (len >= size)
        len = 0;
    memcpy(ret_text, text, len);
    ret_text[len] = '\0';
    return len;
}
