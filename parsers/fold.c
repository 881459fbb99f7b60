/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "fold.h"

#include <string.h>

#include "limits.h"
#include "utf8.h"

/* What becomes of a character that is no letter: it goes, or an ASCII character or FOLDED_DIGIT takes its place. */
enum { DROP = 0 };

struct range {
    uint32_t first;
    uint32_t last;
    char to;
};

/* Everything from U+0080 on that is no letter, in order: punctuation, symbols, digits, marks without width. */
static const struct range ranges[] = {
    {0x80, 0x84, ' '},
    {0x85, 0x85, '\n'},
    {0x86, 0xa9, ' '},
    {0xab, 0xab, '"'},
    {0xac, 0xac, ' '},
    {0xad, 0xad, DROP},
    {0xae, 0xb0, ' '},
    {0xb1, 0xb1, '~'},
    {0xb2, 0xb3, FOLDED_DIGIT},
    {0xb4, 0xb4, '\''},
    {0xb6, 0xb8, ' '},
    {0xb9, 0xb9, FOLDED_DIGIT},
    {0xbb, 0xbb, '"'},
    {0xbc, 0xbe, FOLDED_DIGIT},
    {0xbf, 0xbf, ' '},
    {0xd7, 0xd7, 'x'},
    {0xf7, 0xf7, ' '},
    {0x2b9, 0x2bc, '\''},
    {0x34f, 0x34f, DROP},
    {0x37e, 0x37e, ' '},
    {0x55a, 0x55f, ' '},
    {0x589, 0x589, ' '},
    {0x58a, 0x58a, '-'},
    {0x5be, 0x5be, '-'},
    {0x60c, 0x60d, ' '},
    {0x61b, 0x61b, ' '},
    {0x61c, 0x61c, DROP},
    {0x61d, 0x61f, ' '},
    {0x660, 0x669, FOLDED_DIGIT},
    {0x66a, 0x66a, '%'},
    {0x66b, 0x66d, ' '},
    {0x6d4, 0x6d4, ' '},
    {0x6f0, 0x6f9, FOLDED_DIGIT},
    {0x7c0, 0x7c9, FOLDED_DIGIT},
    {0x964, 0x965, ' '},
    {0x966, 0x96f, FOLDED_DIGIT},
    {0x9e6, 0x9ef, FOLDED_DIGIT},
    {0xa66, 0xa6f, FOLDED_DIGIT},
    {0xae6, 0xaef, FOLDED_DIGIT},
    {0xb66, 0xb6f, FOLDED_DIGIT},
    {0xb72, 0xb77, FOLDED_DIGIT},
    {0xbe6, 0xbf2, FOLDED_DIGIT},
    {0xc66, 0xc6f, FOLDED_DIGIT},
    {0xc78, 0xc7e, FOLDED_DIGIT},
    {0xce6, 0xcef, FOLDED_DIGIT},
    {0xd58, 0xd5e, FOLDED_DIGIT},
    {0xd66, 0xd78, FOLDED_DIGIT},
    {0xde6, 0xdef, FOLDED_DIGIT},
    {0xe3f, 0xe3f, ' '},
    {0xe50, 0xe59, FOLDED_DIGIT},
    {0xed0, 0xed9, FOLDED_DIGIT},
    {0xf20, 0xf33, FOLDED_DIGIT},
    {0x1040, 0x1049, FOLDED_DIGIT},
    {0x1090, 0x1099, FOLDED_DIGIT},
    {0x1369, 0x137c, FOLDED_DIGIT},
    {0x1680, 0x1680, ' '},
    {0x17b4, 0x17b5, DROP},
    {0x17e0, 0x17e9, FOLDED_DIGIT},
    {0x17f0, 0x17f9, FOLDED_DIGIT},
    {0x180b, 0x180f, DROP},
    {0x1810, 0x1819, FOLDED_DIGIT},
    {0x1946, 0x194f, FOLDED_DIGIT},
    {0x19d0, 0x19da, FOLDED_DIGIT},
    {0x1a80, 0x1a89, FOLDED_DIGIT},
    {0x1a90, 0x1a99, FOLDED_DIGIT},
    {0x1b50, 0x1b59, FOLDED_DIGIT},
    {0x1bb0, 0x1bb9, FOLDED_DIGIT},
    {0x1c40, 0x1c49, FOLDED_DIGIT},
    {0x1c50, 0x1c59, FOLDED_DIGIT},
    {0x2000, 0x200a, ' '},
    {0x200b, 0x200f, DROP},
    {0x2010, 0x2015, '-'},
    {0x2016, 0x2017, ' '},
    {0x2018, 0x201b, '\''},
    {0x201c, 0x201f, '"'},
    {0x2020, 0x2023, ' '},
    {0x2024, 0x2026, '.'},
    {0x2027, 0x2027, ' '},
    {0x2028, 0x2029, '\n'},
    {0x202a, 0x202e, DROP},
    {0x202f, 0x202f, ' '},
    {0x2030, 0x2031, '%'},
    {0x2032, 0x2037, '\''},
    {0x2038, 0x2043, ' '},
    {0x2044, 0x2044, '/'},
    {0x2045, 0x2046, ' '},
    {0x2047, 0x2049, '?'},
    {0x204a, 0x2052, ' '},
    {0x2053, 0x2053, '~'},
    {0x2054, 0x205f, ' '},
    {0x2060, 0x206f, DROP},
    {0x2070, 0x2070, FOLDED_DIGIT},
    {0x2074, 0x2079, FOLDED_DIGIT},
    {0x207a, 0x207e, ' '},
    {0x2080, 0x2089, FOLDED_DIGIT},
    {0x208a, 0x208e, ' '},
    {0x20a0, 0x20cf, ' '},
    {0x20d0, 0x20f0, DROP},
    {0x2100, 0x2129, ' '},
    {0x212a, 0x212a, 'k'},
    {0x212c, 0x214f, ' '},
    {0x2150, 0x218b, FOLDED_DIGIT},
    {0x2190, 0x2211, ' '},
    {0x2212, 0x2212, '-'},
    {0x2213, 0x2213, '~'},
    {0x2214, 0x2214, ' '},
    {0x2215, 0x2215, '/'},
    {0x2216, 0x223b, ' '},
    {0x223c, 0x224d, '~'},
    {0x224e, 0x2263, ' '},
    {0x2264, 0x2264, '<'},
    {0x2265, 0x2265, '>'},
    {0x2266, 0x2266, '<'},
    {0x2267, 0x2267, '>'},
    {0x2268, 0x245f, ' '},
    {0x2460, 0x249b, FOLDED_DIGIT},
    {0x249c, 0x24e9, ' '},
    {0x24ea, 0x24ff, FOLDED_DIGIT},
    {0x2500, 0x2775, ' '},
    {0x2776, 0x2793, FOLDED_DIGIT},
    {0x2794, 0x2a7c, ' '},
    {0x2a7d, 0x2a7d, '<'},
    {0x2a7e, 0x2a7e, '>'},
    {0x2a7f, 0x2bff, ' '},
    {0x2e00, 0x2e39, ' '},
    {0x2e3a, 0x2e3b, '-'},
    {0x2e3c, 0x2e7f, ' '},
    {0x3000, 0x3004, ' '},
    {0x3007, 0x3007, FOLDED_DIGIT},
    {0x3008, 0x3020, ' '},
    {0x3021, 0x3029, FOLDED_DIGIT},
    {0x3030, 0x3030, ' '},
    {0x30fb, 0x30fb, ' '},
    {0x3192, 0x3195, FOLDED_DIGIT},
    {0x3220, 0x3229, FOLDED_DIGIT},
    {0x3248, 0x325f, FOLDED_DIGIT},
    {0x3280, 0x3289, FOLDED_DIGIT},
    {0x32b1, 0x32bf, FOLDED_DIGIT},
    {0xa620, 0xa629, FOLDED_DIGIT},
    {0xa8d0, 0xa8d9, FOLDED_DIGIT},
    {0xa900, 0xa909, FOLDED_DIGIT},
    {0xa9d0, 0xa9d9, FOLDED_DIGIT},
    {0xa9f0, 0xa9f9, FOLDED_DIGIT},
    {0xaa50, 0xaa59, FOLDED_DIGIT},
    {0xabf0, 0xabf9, FOLDED_DIGIT},
    {0xe000, 0xf8ff, ' '},
    {0xfd3e, 0xfd3f, ' '},
    {0xfe00, 0xfe0f, DROP},
    {0xfe10, 0xfe30, ' '},
    {0xfe31, 0xfe32, '-'},
    {0xfe33, 0xfe4f, ' '},
    {0xfe50, 0xfe51, ','},
    {0xfe52, 0xfe52, '.'},
    {0xfe53, 0xfe55, ' '},
    {0xfe56, 0xfe56, '?'},
    {0xfe57, 0xfe57, '!'},
    {0xfe58, 0xfe58, '-'},
    {0xfe59, 0xfe62, ' '},
    {0xfe63, 0xfe63, '-'},
    {0xfe64, 0xfe64, '<'},
    {0xfe65, 0xfe65, '>'},
    {0xfe66, 0xfe69, ' '},
    {0xfe6a, 0xfe6a, '%'},
    {0xfe6b, 0xfe6f, ' '},
    {0xfeff, 0xfeff, DROP},
    {0xff5f, 0xff65, ' '},
    {0xffe0, 0xfff8, ' '},
    {0xfff9, 0xfffb, DROP},
    {0xfffc, 0xffff, ' '},
    {0x10107, 0x10133, FOLDED_DIGIT},
    {0x104a0, 0x104a9, FOLDED_DIGIT},
    {0x10d30, 0x10d39, FOLDED_DIGIT},
    {0x11066, 0x1106f, FOLDED_DIGIT},
    {0x11136, 0x1113f, FOLDED_DIGIT},
    {0x111d0, 0x111d9, FOLDED_DIGIT},
    {0x11450, 0x11459, FOLDED_DIGIT},
    {0x114d0, 0x114d9, FOLDED_DIGIT},
    {0x11650, 0x11659, FOLDED_DIGIT},
    {0x116c0, 0x116c9, FOLDED_DIGIT},
    {0x11c50, 0x11c59, FOLDED_DIGIT},
    {0x16a60, 0x16a69, FOLDED_DIGIT},
    {0x1d7ce, 0x1d7ff, FOLDED_DIGIT},
    {0x1e140, 0x1e149, FOLDED_DIGIT},
    {0x1e950, 0x1e959, FOLDED_DIGIT},
    {0x1f000, 0x1f0ff, ' '},
    {0x1f100, 0x1f10c, FOLDED_DIGIT},
    {0x1f10d, 0x1fbef, ' '},
    {0x1fbf0, 0x1fbf9, FOLDED_DIGIT},
    {0x1fbfa, 0x1ffff, ' '},
    {0xe0000, 0xe0fff, DROP},
    {0xf0000, 0x10ffff, ' '},
};

static const struct range *range_of(uint32_t c)
{
    size_t low = 0;
    size_t high = sizeof(ranges) / sizeof(ranges[0]);
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (c > ranges[middle].last)
            low = middle + 1;
        else if (c < ranges[middle].first)
            high = middle;
        else
            return &ranges[middle];
    }
    return NULL;
}

/* Latin-1, Latin Extended-A, Greek and Cyrillic capitals; other scripts' words are never looked up. */
static uint32_t small_letter(uint32_t c)
{
    if ((c >= 0xc0 && c <= 0xde) || (c >= 0x391 && c <= 0x3a9) || (c >= 0x410 && c <= 0x42f))
        return c + 32;
    if (c >= 0x400 && c <= 0x40f)
        return c + 80;
    if (c == 0x130 || c == 0x17f)
        return c == 0x130 ? 'i' : 's';
    if (c == 0x178)
        return 0xff;
    bool odd_is_capital = (c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17e);
    bool even_is_capital = (c >= 0x100 && c <= 0x137) || (c >= 0x14a && c <= 0x177);
    if ((odd_is_capital && c % 2 == 1) || (even_is_capital && c % 2 == 0))
        return c + 1;
    return c;
}

/* Small letters for capitals, spaces for control characters, one kind of line break. */
static const char ascii[0x80] =
    "          \n\n\n\n                  "
    " !\"#$%&'()*+,-./0123456789:;<=>?@abcdefghijklmnopqrstuvwxyz[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~ ";

/* Folds the character at offset i of the text; returns the bytes it takes there. */
static size_t fold_beyond_ascii(struct folded *folded, size_t i)
{
    uint32_t c;
    struct view rest = {folded->text.at + i, folded->text.len - i};
    size_t taken = utf8_decode(rest, &c);
    char bytes[4];
    size_t len = 1;
    if (c == UTF8_INVALID) {
        bytes[0] = ' ';
    } else if (c >= 0xff01 && c <= 0xff5e) {
        bytes[0] = ascii[c - 0xfee0];
    } else {
        const struct range *range = range_of(c);
        if (range != NULL) {
            bytes[0] = range->to;
            len = range->to == DROP ? 0 : 1;
        } else {
            len = utf8_encode(small_letter(c), bytes);
        }
    }
    for (size_t k = 0; k < len; k++) {
        folded->at[folded->len] = bytes[k];
        folded->from[folded->len++] = (uint16_t)i;
    }
    return taken;
}

/* Where a bracket closes: whether a word of spaces stands in it. */
static void fold_literal_space(struct folded *folded, const struct words *spaces)
{
    char close = folded->at[folded->len - 1];
    char open = close == ')' ? '(' : close == '>' ? '<' : '[';
    size_t end = folded->len - 1;
    size_t start;
    while (end > 0 && folded->len - end < SPELLING_MAX && folded->at[end - 1] == ' ')
        end--;
    start = end;
    while (start > 0 && end - start < SPELLING_MAX && is_letter(folded->at[start - 1]))
        start--;
    size_t before = start;
    while (before > 0 && start - before < SPELLING_MAX && folded->at[before - 1] == ' ')
        before--;
    if (before == 0 || start == end || folded->at[before - 1] != open)
        return;
    for (size_t i = 0; i < spaces->n; i++) {
        if (view_is((struct view){folded->at + start, end - start}, spaces->word[i])) {
            memset(folded->at + before - 1, ' ', folded->len - before + 1);
            return;
        }
    }
}

void fold(struct view text, const struct words *spaces, struct folded *folded)
{
    folded->text = text;
    folded->len = 0;
    for (size_t i = 0; i < text.len;) {
        unsigned char c = (unsigned char)text.at[i];
        size_t len = folded->len;
        if (c >= 0x80) {
            i += fold_beyond_ascii(folded, i);
        } else {
            folded->at[folded->len] = ascii[c];
            folded->from[folded->len++] = (uint16_t)i++;
        }
        char last = folded->len > len ? folded->at[len] : '\0';
        if (spaces != NULL && (last == ')' || last == '>' || last == ']'))
            fold_literal_space(folded, spaces);
    }
}

struct view folded_view(const struct folded *folded, size_t start, size_t end)
{
    size_t from = folded->from[start];
    size_t last = folded->from[end - 1];
    uint32_t c;
    if ((unsigned char)folded->text.at[last] < 0x80)
        return (struct view){folded->text.at + from, last + 1 - from};
    struct view rest = {folded->text.at + last, folded->text.len - last};
    return (struct view){folded->text.at + from, last + utf8_decode(rest, &c) - from};
}
