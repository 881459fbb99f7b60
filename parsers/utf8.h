/* SPDX-License-Identifier: GPL-2.0-or-later */
/* UTF-8, one character at a time, whatever the bytes. */
#ifndef KABAR_PARSERS_UTF8_H
#define KABAR_PARSERS_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "view.h"

#define UTF8_INVALID UINT32_C(0xffffffff)

/*
 * The first character of text, which must not be empty. Returns the bytes it takes (1-4); a byte that begins no
 * well-formed sequence (overlong, surrogate, beyond U+10FFFF, cut off) counts as one byte with *ret_char =
 * UTF8_INVALID.
 */
size_t utf8_decode(struct view text, uint32_t *ret_char);

/* A character that is not seen, or turns the order of what stands around it: what a text may hide in a terminal or in a
 * sheet. Not the variation selectors that belong to emoji. */
bool utf8_is_hidden(uint32_t c);

/* Writes a character (not a surrogate, at most U+10FFFF). Returns the bytes written, 1-4. */
size_t utf8_encode(uint32_t c, char ret_bytes[4]);

#endif
