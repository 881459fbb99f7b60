/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The GSM 7-bit default alphabet (3GPP TS 23.038 6.2.1): what a reply costs, and text made fit for it. */
#ifndef KABAR_PARSERS_GSM7_H
#define KABAR_PARSERS_GSM7_H

#include <stdbool.h>
#include <stddef.h>

#include "view.h"

enum {
    GSM7_SINGLE_SEPTETS = 160, /* one SMS */
    GSM7_PART_SEPTETS = 153,   /* one part of several: 7 septets go to the UDH, 3GPP TS 23.040 9.2.3.24.1 */
    UCS2_SINGLE_CHARS = 70,
    UCS2_PART_CHARS = 67,
};

/* Septets that UTF-8 text takes; a character of the extension table takes two. Returns false, with *ret_septets
 * untouched, where a character is not in the alphabet (or the text is not UTF-8). */
bool gsm7_septets(struct view text, size_t *ret_septets);

/* Parts that the text takes when sent: 0 for the empty text; counted in UCS-2 where GSM-7 does not do. */
size_t sms_parts(struct view text);

/*
 * The first part of text: bytes that fit into one part of a message of several (or into a single SMS where all of it
 * fits). Never splits a character or an escape pair. Returns bytes; 0 only for the empty text.
 */
size_t sms_part_split(struct view text, bool gsm7, size_t units);

/* Writes text with every character that GSM-7 does not have turned to its nearest one (’ to ', é stays, ō to o), else
 * '?'. Returns bytes written without the end; stops whole characters before size. */
size_t gsm7_fold(struct view text, char *ret_text, size_t size);

#endif
