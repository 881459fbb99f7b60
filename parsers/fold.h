/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Folded text: what the reader looks at instead of the bytes that came (docs/grammar.md, 2). Small letters; zero-width
 * characters gone; every kind of space, dash, quote and full-width form as its ASCII one; emoji and control characters
 * as spaces; a digit of another script as FOLDED_DIGIT. Each byte knows where it stood.
 */
#ifndef KABAR_PARSERS_FOLD_H
#define KABAR_PARSERS_FOLD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lang.h"
#include "view.h"

enum { FOLDED_DIGIT = 1 };

struct folded {
    struct view text; /* the original */
    char *at;         /* as many bytes as the text at most; room is the caller's */
    uint16_t *from;   /* offset in the original of each folded byte */
    size_t len;
};

/*
 * Folds text, at most TEXT_MAX bytes, into folded->at and ->from, which have room for text.len bytes.
 * A word of spaces (may be NULL) in (), <> or [] becomes spaces.
 */
void fold(struct view text, const struct words *spaces, struct folded *folded);

/* The original bytes of the folded bytes start … end, which is not empty. */
struct view folded_view(const struct folded *folded, size_t start, size_t end);

/* Letters are a-z and every byte of a letter beyond ASCII. */
static inline bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (unsigned char)c >= 0x80;
}

#endif
