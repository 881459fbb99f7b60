/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "gsm7.h"

#include "utf8.h"

/* TS 23.038 6.2.1 beyond ASCII, and what of ASCII is not in it or takes an escape (6.2.1.1). */
static const uint16_t beyond_ascii[] = {
    0xa3,  0xa5,  0xe8,  0xe9,  0xf9,  0xec,  0xf2,  0xc7,  0xd8,  0xf8, 0xc5, 0xe5, 0x394,
    0x3a6, 0x393, 0x39b, 0x3a9, 0x3a0, 0x3a8, 0x3a3, 0x398, 0x39e, 0xc6, 0xe6, 0xdf, 0xc9,
    0xa4,  0xa1,  0xc4,  0xd6,  0xd1,  0xdc,  0xa7,  0xbf,  0xe4,  0xf6, 0xf1, 0xfc, 0xe0,
};
static const char escaped_ascii[] = "^{}\\[~]|";
enum { EURO = 0x20ac, BACKTICK = 0x60 };

/* 0 where the alphabet does not have it. */
static size_t char_septets(uint32_t c)
{
    if (c == '\n' || c == '\r')
        return 1;
    if (c >= 0x20 && c < 0x7f)
        return c == BACKTICK ? 0 : strchr(escaped_ascii, (int)c) ? 2 : 1;
    if (c == EURO)
        return 2;
    for (size_t i = 0; i < sizeof beyond_ascii / sizeof beyond_ascii[0]; i++)
        if (beyond_ascii[i] == c)
            return 1;
    return 0;
}

bool gsm7_septets(struct view text, size_t *ret_septets)
{
    size_t septets = 0;
    while (text.len > 0) {
        uint32_t c;
        size_t len = utf8_decode(text, &c), n = char_septets(c);
        if (n == 0)
            return false;
        septets += n;
        text = (struct view){text.at + len, text.len - len};
    }
    *ret_septets = septets;
    return true;
}

static size_t char_units(uint32_t c, bool gsm7)
{
    if (gsm7)
        return char_septets(c);
    return c != UTF8_INVALID && c > 0xffff ? 2 : 1;
}

static size_t units_of(struct view text, bool gsm7)
{
    size_t units = 0;
    while (text.len > 0) {
        uint32_t c;
        size_t len = utf8_decode(text, &c);
        units += char_units(c, gsm7);
        text = (struct view){text.at + len, text.len - len};
    }
    return units;
}

size_t sms_part_split(struct view text, bool gsm7, size_t units)
{
    size_t taken = 0, used = 0;
    while (taken < text.len) {
        uint32_t c;
        size_t len = utf8_decode((struct view){text.at + taken, text.len - taken}, &c);
        used += char_units(c, gsm7);
        if (used > units && taken > 0)
            break;
        taken += len;
    }
    return taken;
}

size_t sms_parts(struct view text)
{
    size_t septets;
    bool gsm7 = gsm7_septets(text, &septets);
    if (text.len == 0)
        return 0;
    if (units_of(text, gsm7) <= (gsm7 ? (size_t)GSM7_SINGLE_SEPTETS : (size_t)UCS2_SINGLE_CHARS))
        return 1;
    size_t parts = 0;
    for (; text.len > 0; parts++) {
        size_t len = sms_part_split(text, gsm7, gsm7 ? GSM7_PART_SEPTETS : UCS2_PART_CHARS);
        text = (struct view){text.at + len, text.len - len};
    }
    return parts;
}

/* U+00C0 to U+017F without their marks. */
static const char latin[] = "AAAAAAACEEEEIIIIDNOOOOOxOUUUUYTsaaaaaaaceeeeiiiidnooooo/ouuuuyty"
                            "AaAaAaCcCcCcCcDdDdEeEeEeEeEeGgGgGgGgHhHhIiIiIiIiIiIiJjKkkLlLlLlL"
                            "lLlNnNnNnnNnOoOoOoOoRrRrRrSsSsSsSsTtTtTtUuUuUuUuUuUuWwYyYZzZzZzs";
_Static_assert(sizeof latin == 0x180 - 0xc0 + 1, "a letter for each character");

static const struct {
    uint16_t from, to;
    const char *as;
} nearest[] = {
    {0x60, 0x60, "'"},      {0xa0, 0xa0, " "},     {0xab, 0xab, "\""},      {0xad, 0xad, ""},
    {0xb1, 0xb1, "+-"},     {0xb4, 0xb4, "'"},     {0xb7, 0xb7, "."},       {0xbb, 0xbb, "\""},
    {0xbc, 0xbc, " 1/4"},   {0xbd, 0xbd, " 1/2"},  {0xbe, 0xbe, " 3/4"},    {0x2b9, 0x2bd, "'"},
    {0x2000, 0x200a, " "},  {0x200b, 0x200f, ""},  {0x2010, 0x2015, "-"},   {0x2018, 0x201b, "'"},
    {0x201c, 0x201f, "\""}, {0x2022, 0x2022, "-"}, {0x2026, 0x2026, "..."}, {0x202a, 0x202e, ""},
    {0x202f, 0x202f, " "},  {0x2032, 0x2032, "'"}, {0x2033, 0x2033, "\""},  {0x2060, 0x2060, ""},
    {0x2192, 0x2192, "->"}, {0x2212, 0x2212, "-"}, {0x2248, 0x2248, "~"},   {0x2264, 0x2264, "<="},
    {0x2265, 0x2265, ">="}, {0xfe00, 0xfe0f, ""},  {0xfeff, 0xfeff, ""},
};

/* The nearest text of a character that the alphabet lacks; one_char is room for it. */
static struct view fold_char(uint32_t c, char *one_char)
{
    if (c < 0x20 || c == 0x7f)
        return view_of(" ");
    if (c >= 0xff01 && c <= 0xff5e && char_septets(c - 0xfee0) > 0)
        *one_char = (char)(c - 0xfee0);
    else if (c >= 0xc0 && c < 0x180)
        *one_char = latin[c - 0xc0];
    else
        *one_char = '?';
    for (size_t i = 0; i < sizeof nearest / sizeof nearest[0]; i++)
        if (c >= nearest[i].from && c <= nearest[i].to)
            return view_of(nearest[i].as);
    return (struct view){one_char, 1};
}

size_t gsm7_fold(struct view text, char *ret_text, size_t size)
{
    size_t written = 0;
    while (text.len > 0 && size > 0) {
        uint32_t c;
        char one_char;
        size_t len = utf8_decode(text, &c);
        struct view out = char_septets(c) > 0 ? (struct view){text.at, len} : fold_char(c, &one_char);
        if (written + out.len >= size)
            break;
        memcpy(ret_text + written, out.at, out.len);
        written += out.len;
        text = (struct view){text.at + len, text.len - len};
    }
    if (size > 0)
        ret_text[written] = '\0';
    return written;
}
