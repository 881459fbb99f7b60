/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "claim.h"

#include "fold.h"
#include "msisdn.h"

enum { CLAIM_BYTES_MAX = 320 }; /* longer texts are no request */

/* Bytes of the text that a phrase takes at its beginning, letter by letter; 0 where it does not begin so. */
static size_t begins(const struct folded *folded, const char *phrase)
{
    size_t at = 0;
    for (const char *c = phrase; *c; c++) {
        if (*c == ' ') {
            size_t before = at;
            while (at < folded->len && !is_letter(folded->at[at]) && !is_digit(folded->at[at]))
                at++;
            if (at == before)
                return 0;
        } else if (at == folded->len || folded->at[at++] != *c) {
            return 0;
        }
    }
    return at < folded->len && is_letter(folded->at[at]) ? 0 : at;
}

static bool is_number_part(char c)
{
    return is_digit(c) || c == '+' || c == '-' || c == '.' || c == ' ' || c == '(' || c == ')';
}

/* The one mobile number from `at` on. */
static bool find_number(const struct folded *folded, size_t at, char ret_number[MSISDN_MAX])
{
    char found[MSISDN_MAX] = "", number[MSISDN_MAX];
    while (at < folded->len) {
        size_t start = at;
        while (at < folded->len && is_number_part(folded->at[at]))
            at++;
        if (at > start && msisdn_normalise((struct view){folded->at + start, at - start}, number) == MSISDN_MOBILE) {
            if (found[0] && strcmp(found, number) != 0)
                return false;
            memcpy(found, number, sizeof found);
        }
        at += at == start;
    }
    if (!found[0])
        return false;
    memcpy(ret_number, found, sizeof found);
    return true;
}

static bool nothing_behind(const struct folded *folded, size_t at)
{
    while (at < folded->len && !is_letter(folded->at[at]) && !is_digit(folded->at[at]))
        at++;
    return at == folded->len;
}

/* bare: a phrase alone will do, which leaves the number as it is. */
static bool read_claim(const struct lang *lang, struct view text, bool bare, char ret_old[MSISDN_MAX])
{
    char bytes[CLAIM_BYTES_MAX];
    uint16_t from[CLAIM_BYTES_MAX];
    struct folded folded = {.at = bytes, .from = from};
    if (text.len > CLAIM_BYTES_MAX)
        return false;
    fold(text, NULL, &folded);
    size_t first = 0;
    while (first < folded.len && !is_letter(folded.at[first]))
        first++;
    struct folded rest = {.at = folded.at + first, .len = folded.len - first};
    for (size_t i = 0; i < lang->change_number.n; i++) {
        size_t taken = begins(&rest, lang->change_number.word[i]);
        if (taken)
            return find_number(&rest, taken, ret_old) || (bare && nothing_behind(&rest, taken));
    }
    return false;
}

bool claim_read(const struct lang *lang, struct view text, char ret_old[MSISDN_MAX])
{
    return read_claim(lang, text, false, ret_old);
}

bool claim_asks(const struct lang *lang, struct view text)
{
    char old[MSISDN_MAX];
    return read_claim(lang, text, true, old);
}
