/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Why a submit ended as it did: the modem's numbers (+CMS ERROR, +CME ERROR), packed into one, and what they mean for
 * the outbox. The table is cause.def, with its 3GPP clauses.
 */
#ifndef KABAR_PARSERS_CAUSE_H
#define KABAR_PARSERS_CAUSE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum cause_family { CAUSE_CMS = 1, CAUSE_CME, CAUSE_LOCAL };

enum cause_class { CAUSE_OK, CAUSE_TRANSIENT, CAUSE_PERMANENT, CAUSE_SIM, CAUSE_NO_NETWORK, CAUSE_UNKNOWN };

/* What Kabar itself found: codes of CAUSE_LOCAL. */
enum cause_local {
    CAUSE_LOCAL_ERROR = 1,
    CAUSE_LOCAL_NO_PROMPT,
    CAUSE_LOCAL_NO_SMSC,
    CAUSE_LOCAL_GONE,
    CAUSE_LOCAL_TOO_LONG,
    CAUSE_LOCAL_LIBRARY,
    CAUSE_LOCAL_DIED,
    CAUSE_LOCAL_KABARD_DIED,
    CAUSE_LOCAL_UNFIT,
    CAUSE_LOCAL_NO_PART
};

enum { CAUSE_NONE = -1, CAUSE_TEXT_MAX = 96 };

/* One number for both, as it is stored; codes outside 0-65535 become 65535. */
int32_t cause_of(enum cause_family family, int32_t code);

/* CAUSE_NONE, and what is no packed cause, are unknown; a code that is not listed is transient. */
enum cause_class cause_class(int32_t cause);

bool cause_is_local(int32_t cause);

/* "CMS 38: network out of order", "CME 99", "none". Always terminates. */
void cause_format(int32_t cause, char ret_text[CAUSE_TEXT_MAX]);

#endif
