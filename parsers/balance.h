/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The balance in a carrier's USSD answer: "Sisa pulsa Anda Rp. 12.345,00 s.d. 01/12/2026" is 12345 behind "Rp". */
#ifndef KABAR_PARSERS_BALANCE_H
#define KABAR_PARSERS_BALANCE_H

#include <stdbool.h>
#include <stdint.h>

#include "view.h"

/*
 * Reads the number after word, which stands for itself (letters of either case; only blanks, dots, colons, = and a
 * minus between). A dot or comma with exactly three digits after it groups thousands; anything else ends the number.
 * False, with *ret_amount untouched, where there is none, or the word stands before another number too (a tariff): a
 * balance is not guessed.
 */
bool balance_read(struct view text, struct view word, int64_t *ret_amount);

#endif
