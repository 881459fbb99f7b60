/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Decimal digits of a terminated text as a number: no sign, no blank, no locale, nothing beyond the bound. */
#ifndef KABAR_BASE_DIGITS_H
#define KABAR_BASE_DIGITS_H

#include <stdbool.h>
#include <stdint.h>

/* Reads the digits at *at and moves *at after them. false: there is none, or the number is above max; nothing moves. */
bool digits_take(const char **at, int64_t max, int64_t *ret_number);
/* The same where the whole text is one number. */
bool digits_whole(const char *text, int64_t max, int64_t *ret_number);

#endif
