/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a network answered to a USSD code, as a modem writes it: in the character set of AT+CSCS, as hexadecimal of
 * UCS-2, of octets, or of septets that are packed as in an SMS (3GPP TS 23.038 6.1.2.3). Modems mix these up, whatever
 * coding scheme they name, so the text itself decides.
 */
#ifndef KABAR_PARSERS_USSD_H
#define KABAR_PARSERS_USSD_H

#include <stdbool.h>
#include <stddef.h>

#include "view.h"

/*
 * Writes the answer as UTF-8, cut at a whole character where it does not fit. dcs is the coding scheme, -1 unknown.
 * Returns false where no reading makes a text of it: then ret_text is as it came.
 */
bool ussd_read(struct view text, int dcs, char *ret_text, size_t size);

#endif
