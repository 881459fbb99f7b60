/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Phone numbers (docs/design.md, 12): one spelling for each, and whether an answer may go there. */
#ifndef KABAR_PARSERS_MSISDN_H
#define KABAR_PARSERS_MSISDN_H

#include <stdbool.h>

#include "limits.h"
#include "view.h"

enum msisdn_kind {
    MSISDN_MOBILE, /* Indonesian mobile, E.164 in ret_number: +62812… */
    MSISDN_OTHER,  /* some other international number, E.164: may be registered, is not Indonesian */
    MSISDN_SHORT,  /* short code, USSD code or number under 9 digits: never answered */
    MSISDN_NAME    /* alphanumeric sender (TELKOMSEL), or nothing: never answered */
};

/*
 * Normalises a number as typed or as the network gives it: 0812…, 62812…, +62 812-…, 0062812…, 812…, +620812… →
 * +62812…. A number that a spreadsheet took for one to count with (81230000014.0, 8.1230000014E+10) is read where all
 * its digits are there; 8.123E+10 is MSISDN_NAME. ret_number always holds a terminated string: E.164 for MOBILE and
 * OTHER, else the printable characters of the input, cut to fit.
 */
enum msisdn_kind msisdn_normalise(struct view text, char ret_number[MSISDN_MAX]);

/* "+62812***34": as logs show it. Short codes and names are shown whole. */
void msisdn_mask(const char *number, char ret_masked[MSISDN_MAX]);

#endif
