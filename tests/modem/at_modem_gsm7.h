/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The default alphabet of TS 23.038 6.2.1 as code points, and septets packed into octets (6.1.2.1). */
#ifndef KABAR_TESTS_AT_MODEM_GSM7_H
#define KABAR_TESTS_AT_MODEM_GSM7_H

#include <stddef.h>
#include <stdint.h>

#include "parsers/view.h"

/* One character as 1 or 2 septets; returns how many, 0 where the alphabet does not have it. */
size_t septets_of_char(uint32_t c, unsigned char ret_septets[2]);

/* UTF-8 of n septets, terminated; an unknown escape is a space. Returns bytes; stops whole characters before size. */
size_t utf8_of_septets(const unsigned char *septets, size_t n, char *ret_text, size_t size);

/* Puts septet number i of a field that starts at octets[0] with the first septet at bit 0. */
void septet_put(unsigned char *octets, size_t i, unsigned char septet);
unsigned char septet_get(const unsigned char *octets, size_t i);

#endif
