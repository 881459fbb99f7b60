/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "utf8.h"

static size_t invalid(uint32_t *ret_char)
{
    *ret_char = UTF8_INVALID;
    return 1;
}

size_t utf8_decode(struct view text, uint32_t *ret_char)
{
    const unsigned char *at = (const unsigned char *)text.at;
    if (at[0] < 0x80) {
        *ret_char = at[0];
        return 1;
    }
    size_t len = at[0] >= 0xf0 ? 4 : at[0] >= 0xe0 ? 3 : 2;
    if (at[0] < 0xc2 || at[0] > 0xf4 || text.len < len)
        return invalid(ret_char);
    uint32_t c = at[0] & (0x7fu >> len);
    for (size_t i = 1; i < len; i++) {
        if ((at[i] & 0xc0) != 0x80)
            return invalid(ret_char);
        c = c << 6 | (at[i] & 0x3fu);
    }
    static const uint32_t least[] = {[2] = 0x80, [3] = 0x800, [4] = 0x10000};
    if (c < least[len] || c > 0x10ffff || (c >= 0xd800 && c < 0xe000))
        return invalid(ret_char);
    *ret_char = c;
    return len;
}

bool utf8_is_hidden(uint32_t c)
{
    static const struct {
        uint32_t first, last;
    } ranges[] = {
        /* Soft hyphen, joiners and fillers that are not seen. */
        {0xad, 0xad},
        {0x34f, 0x34f},
        {0x61c, 0x61c},
        {0x115f, 0x1160},
        {0x17b4, 0x17b5},
        {0x180b, 0x180f},
        /* Spaces without width, marks of direction; ends of lines, overrides and isolates of direction. */
        {0x200b, 0x200f},
        {0x2028, 0x202e},
        {0x2060, 0x206f},
        {0x3164, 0x3164},
        {0xfe00, 0xfe0d},
        {0xfeff, 0xfeff},
        {0xffa0, 0xffa0},
        {0xfff0, 0xfffb},
        {0x1bca0, 0x1bca3},
        {0x1d173, 0x1d17a},
        /* Tags: a second text in what looks like one. */
        {0xe0000, 0xe0fff},
    };
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
        if (c >= ranges[i].first && c <= ranges[i].last)
            return true;
    return false;
}

size_t utf8_encode(uint32_t c, char ret_bytes[4])
{
    if (c < 0x80) {
        ret_bytes[0] = (char)c;
        return 1;
    }
    size_t len = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    static const unsigned lead[] = {[2] = 0xc0, [3] = 0xe0, [4] = 0xf0};
    for (size_t i = len - 1; i > 0; i--, c >>= 6)
        ret_bytes[i] = (char)(0x80 | (c & 0x3f));
    ret_bytes[0] = (char)(lead[len] | c);
    return len;
}
