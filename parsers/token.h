/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Tokens: runs of letters and runs of digits of a folded text, with all that docs/grammar.md, 2 wants to know of
 * what stands between them. Indices of numbered lists are already gone.
 */
#ifndef KABAR_PARSERS_TOKEN_H
#define KABAR_PARSERS_TOKEN_H

#include <stddef.h>
#include <stdint.h>

#include "fold.h"

enum token_kind { TOKEN_END, TOKEN_WORD, TOKEN_DIGITS, TOKEN_FOREIGN /* digits of another script */ };

/* What stands between a token and the one before it. */
enum {
    GAP_NONE = 1 << 0,           /* nothing: "k4" is two tokens */
    GAP_LINE = 1 << 1,           /* a line break, or the start of the message */
    GAP_SENTENCE = 1 << 2,       /* the end of a sentence */
    GAP_QUESTION = 1 << 3,       /* a question mark, which may stand for a value: mark */
    GAP_GLUED_QUESTION = 1 << 4, /* … directly behind the token before */
    GAP_DASH = 1 << 5,           /* a lone dash, which may stand for a value: mark */
    GAP_MINUS = 1 << 6,          /* a minus sign directly before the digits */
    GAP_HYPHEN = 1 << 7,         /* a dash directly before the word, not a list's bullet: a signature */
    GAP_AFTER_DASH = 1 << 8,     /* any dash that is not glued to the token before */
    GAP_ABOUT = 1 << 9,          /* ± ~ < > % before the digits: not a count */
    GAP_LESS = 1 << 10,          /* < before the digits */
    GAP_PERCENT = 1 << 11,       /* % behind the token before */
    GAP_QUOTE = 1 << 12,         /* ' directly before the digits: '26 */
    GAP_SLASH = 1 << 13,         /* a single slash, with or without spaces */
    GAP_BREAK = 1 << 17,         /* a comma, colon, bracket, line break: what stands behind is not said in one breath */
    GAP_POINT = 1 << 19,         /* a point or comma directly before the digits, a blank before it: .5 */
    GAP_PIECE = 1 << 18,         /* a comma, semicolon or bracket: a piece of its own begins */
    GAP_MEANING_KNOWN = 1 << 16,
    GAP_RANGE = 1 << 14, /* a single dash, with or without spaces */
};

struct token {
    uint16_t start; /* in the folded text */
    uint16_t end;
    uint16_t chunk_end; /* where the glued run that it belongs to ends */
    uint16_t mark;      /* of GAP_QUESTION and GAP_DASH */
    uint32_t gap;
    uint32_t meaning; /* of a word by itself, where the lexer has looked it up: GAP_MEANING_KNOWN */
    uint8_t kind;
    char joint; /* the one separator where exactly one stands between the token before and this, else 0 */
};

/* Cuts a folded text into tokens; ret_tokens has room for folded->len + 1. Returns how many, without the TOKEN_END
 * behind. */
size_t tokens_cut(const struct folded *folded, struct token *ret_tokens);

#endif
