/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A change of number by SMS: "GANTI NOMOR 0812…", written from the new number by somebody whom nobody knows yet. Its
 * words are the language file's; it is no command of docs/grammar.md, 9, which are for registered numbers only.
 */
#ifndef KABAR_PARSERS_CLAIM_H
#define KABAR_PARSERS_CLAIM_H

#include <stdbool.h>

#include "lang.h"
#include "limits.h"
#include "view.h"

/*
 * Whether the text begins with one of lang->change_number, whatever stands between the words, and names one Indonesian
 * mobile number behind: the old one as E.164 into ret_old, else untouched. Two different numbers are none.
 */
bool claim_read(const struct lang *lang, struct view text, char ret_old[MSISDN_MAX]);

/* The same, or nothing stands behind the words: somebody asks how to do it. */
bool claim_asks(const struct lang *lang, struct view text);

#endif
