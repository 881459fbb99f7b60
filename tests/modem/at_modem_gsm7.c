/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "at_modem_gsm7.h"

#include "parsers/utf8.h"

enum { ESCAPE = 0x1b };

static const uint16_t alphabet[128] = {
    '@',   0xa3, '$',   0xa5,  0xe8,  0xe9,  0xf9,  0xec,  0xf2,  0xc7,  '\n',  0xd8,   0xf8, '\r', 0xc5, 0xe5,
    0x394, '_',  0x3a6, 0x393, 0x39b, 0x3a9, 0x3a0, 0x3a8, 0x3a3, 0x398, 0x39e, ESCAPE, 0xc6, 0xe6, 0xdf, 0xc9,
    ' ',   '!',  '"',   '#',   0xa4,  '%',   '&',   '\'',  '(',   ')',   '*',   '+',    ',',  '-',  '.',  '/',
    '0',   '1',  '2',   '3',   '4',   '5',   '6',   '7',   '8',   '9',   ':',   ';',    '<',  '=',  '>',  '?',
    0xa1,  'A',  'B',   'C',   'D',   'E',   'F',   'G',   'H',   'I',   'J',   'K',    'L',  'M',  'N',  'O',
    'P',   'Q',  'R',   'S',   'T',   'U',   'V',   'W',   'X',   'Y',   'Z',   0xc4,   0xd6, 0xd1, 0xdc, 0xa7,
    0xbf,  'a',  'b',   'c',   'd',   'e',   'f',   'g',   'h',   'i',   'j',   'k',    'l',  'm',  'n',  'o',
    'p',   'q',  'r',   's',   't',   'u',   'v',   'w',   'x',   'y',   'z',   0xe4,   0xf6, 0xf1, 0xfc, 0xe0,
};

static const struct {
    unsigned char septet;
    uint16_t c;
} extension[] = {{0x0a, '\f'}, {0x14, '^'}, {0x28, '{'}, {0x29, '}'}, {0x2f, '\\'},
                 {0x3c, '['},  {0x3d, '~'}, {0x3e, ']'}, {0x40, '|'}, {0x65, 0x20ac}};

enum { N_EXTENSION = sizeof extension / sizeof *extension };

size_t septets_of_char(uint32_t c, unsigned char ret_septets[2])
{
    for (unsigned i = 0; i < 128; i++)
        if (alphabet[i] == c && i != ESCAPE) {
            ret_septets[0] = (unsigned char)i;
            return 1;
        }
    for (unsigned i = 0; i < N_EXTENSION; i++)
        if (extension[i].c == c) {
            ret_septets[0] = ESCAPE;
            ret_septets[1] = extension[i].septet;
            return 2;
        }
    return 0;
}

static uint32_t extended(unsigned char septet)
{
    for (unsigned i = 0; i < N_EXTENSION; i++)
        if (extension[i].septet == septet)
            return extension[i].c;
    return ' ';
}

size_t utf8_of_septets(const unsigned char *septets, size_t n, char *ret_text, size_t size)
{
    size_t len = 0;
    for (size_t i = 0; i < n; i++) {
        uint32_t c = alphabet[septets[i] & 0x7f];
        if (c == ESCAPE)
            c = i + 1 < n ? extended(septets[++i]) : ' ';
        char bytes[4];
        size_t m = utf8_encode(c, bytes);
        if (len + m + 1 > size)
            break;
        memcpy(ret_text + len, bytes, m);
        len += m;
    }
    ret_text[len] = '\0';
    return len;
}

void septet_put(unsigned char *octets, size_t i, unsigned char septet)
{
    for (unsigned bit = 0; bit < 7; bit++)
        if (septet >> bit & 1)
            octets[(i * 7 + bit) / 8] |= (unsigned char)(1 << (i * 7 + bit) % 8);
}

unsigned char septet_get(const unsigned char *octets, size_t i)
{
    unsigned value = 0;
    for (unsigned bit = 0; bit < 7; bit++)
        value |= (unsigned)(octets[(i * 7 + bit) / 8] >> (i * 7 + bit) % 8 & 1) << bit;
    return (unsigned char)value;
}
