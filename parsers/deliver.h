/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What Indonesian carriers do not deliver (docs/design.md, 12): runs of more than 3 digits, URLs, words that look like
 * fraud. Replies are checked against it by a lint over every template, and a sender's own token is made safe before it
 * is echoed.
 */
#ifndef KABAR_PARSERS_DELIVER_H
#define KABAR_PARSERS_DELIVER_H

#include <stdbool.h>
#include <stddef.h>

#include "view.h"

enum deliver_fault { DELIVER_OK, DELIVER_DIGITS, DELIVER_URL, DELIVER_WORD, DELIVER_ALPHABET };

/* The first fault of a text, with where it stands. The words are whole words, case folded. */
enum deliver_fault deliver_check(struct view text, struct view *ret_fault);

/*
 * Writes a sender's token so that it can be echoed: control characters and what GSM-7 lacks folded, cut to max_chars
 * with "..", digit runs over 3 grouped with dots (1234 → 1.234), a filtered word broken by dots (pin → p.i.n), a URL's
 * dots to spaces. Always terminates. Returns bytes without the end.
 */
size_t deliver_safe(struct view token, size_t max_chars, char *ret_text, size_t size);

#endif
