/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ussd.h"

#include <stdint.h>

#include "utf8.h"

enum { OCTETS_MAX = 512, CODED_MIN = 16 /* shorter hexadecimal is a number or a word */ };

struct octets {
    unsigned char at[OCTETS_MAX];
    size_t len;
};

static int digit(char c)
{
    if (is_digit(c))
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static bool octets_of(struct view text, struct octets *ret_octets)
{
    if (text.len == 0 || text.len % 2 || text.len / 2 > OCTETS_MAX)
        return false;
    for (size_t i = 0; i < text.len; i += 2) {
        int high = digit(text.at[i]), low = digit(text.at[i + 1]);
        if (high < 0 || low < 0)
            return false;
        ret_octets->at[i / 2] = (unsigned char)(high * 16 + low);
    }
    ret_octets->len = text.len / 2;
    return true;
}

struct written {
    char *at;
    size_t len, size;
    bool has_letter, is_text;
};

static void put(struct written *written, uint32_t c)
{
    char bytes[4];
    if (c == '\r')
        c = '\n';
    written->is_text &= c == '\n' || (c >= ' ' && c != 0x7f && !(c >= 0x80 && c < 0xa0) && c != 0xfffd);
    written->has_letter |= (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    if (!written->is_text || (c >= 0xd800 && c < 0xe000))
        return;
    size_t n = utf8_encode(c, bytes);
    if (written->len + n >= written->size)
        return;
    memcpy(written->at + written->len, bytes, n);
    written->len += n;
    written->at[written->len] = '\0';
}

/* Whether the scheme says UCS-2: TS 23.038 5, general data coding and the two with a language before the text. */
static bool says_ucs2(int dcs)
{
    return dcs == 0x11 || (dcs >= 0x40 && dcs < 0x80 && (dcs & 0x0c) == 0x08) || (dcs >= 0x90 && (dcs & 0xec) == 0x88);
}

static bool read_ucs2(const struct octets *octets, bool said, struct written *written)
{
    if (octets->len % 2)
        return false;
    size_t latin = 0;
    for (size_t i = 0; i < octets->len; i += 2) {
        latin += octets->at[i] == 0;
        put(written, (uint32_t)(octets->at[i] << 8 | octets->at[i + 1]));
    }
    return written->is_text && (said || (latin == octets->len / 2 && written->has_letter));
}

static bool read_octets(const struct octets *octets, struct written *written)
{
    for (size_t i = 0; i < octets->len; i++) {
        if (octets->at[i] >= 0x80)
            return false;
        put(written, octets->at[i]);
    }
    return written->is_text && written->has_letter;
}

/* A septet of the default alphabet as ASCII, TS 23.038 6.2.1; 0 where it is none: a carrier's Indonesian is all ASCII,
 * what is not packed has much that is not. */
static char ascii_of(unsigned septet)
{
    switch (septet) {
    case 0x00:
        return '@';
    case 0x02:
        return '$';
    case 0x11:
        return '_';
    case '\n':
    case '\r':
        return '\n';
    default:
        break;
    }
    bool letter = (septet >= 'A' && septet <= 'Z') || (septet >= 'a' && septet <= 'z');
    return letter || (septet >= ' ' && septet <= '?' && septet != '$') ? (char)septet : '\0';
}

/* What stands after an escape, 6.2.1.1. */
static char escaped_of(unsigned septet)
{
    static const char septets[] = "\x14\x28\x29\x2f\x3c\x3d\x3e\x40", ascii[] = "^{}\\[~]|";
    const char *found = septet ? strchr(septets, (int)septet) : NULL;
    return found ? ascii[found - septets] : '\0';
}

/* Packed septets. The last octet may hold a whole one of padding, 0 or CR. */
static bool read_septets(const struct octets *octets, struct written *written)
{
    enum { ESCAPE = 0x1b };
    size_t n = octets->len * 8 / 7, next = 0;
    unsigned bits = 0, held = 0;
    bool escaped = false;
    for (size_t i = 0; i < n; i++) {
        if (held < 7) {
            bits |= (unsigned)octets->at[next++] << held;
            held += 8;
        }
        unsigned septet = bits & 0x7f;
        bits >>= 7;
        held -= 7;
        if (i + 1 == n && n % 8 == 0 && (septet == 0 || septet == '\r'))
            break;
        char c = escaped ? escaped_of(septet) : ascii_of(septet);
        escaped = !escaped && septet == ESCAPE;
        if (escaped)
            continue;
        if (!c)
            return false;
        put(written, (unsigned char)c);
    }
    return written->is_text && written->has_letter;
}

static bool has_hex_letter(struct view text)
{
    for (size_t i = 0; i < text.len; i++)
        if (!is_digit(text.at[i]))
            return true;
    return false;
}

static struct written afresh(char *text, size_t size)
{
    text[0] = '\0';
    return (struct written){text, 0, size, false, true};
}

static bool read_as_it_is(struct view text, struct written *written)
{
    while (text.len > 0) {
        uint32_t c;
        size_t step = utf8_decode(text, &c);
        put(written, c == UTF8_INVALID ? '?' : c);
        text = (struct view){text.at + step, text.len - step};
    }
    return written->is_text;
}

bool ussd_read(struct view text, int dcs, char *ret_text, size_t size)
{
    struct octets octets;
    struct written written = afresh(ret_text, size);
    if (!octets_of(text, &octets))
        return read_as_it_is(text, &written);
    if (read_ucs2(&octets, says_ucs2(dcs), &written))
        return true;
    written = afresh(ret_text, size);
    if (read_octets(&octets, &written))
        return true;
    written = afresh(ret_text, size);
    if (has_hex_letter(text) && read_septets(&octets, &written))
        return true;
    written = afresh(ret_text, size);
    return read_as_it_is(text, &written) && text.len < CODED_MIN;
}
