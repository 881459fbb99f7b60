/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is said of the posyandu that a message names. */
#ifndef KABAR_CORE_REPLY_PLACE_TEXT_H
#define KABAR_CORE_REPLY_PLACE_TEXT_H

#include "core/judge/place.h"
#include "core/reply/phrase.h"

/* "Posyandu Melati" or "Desa Buduan" above what was understood. */
void place_heading(const struct box *box, const char *code, const char *name, const struct wording *wording,
                   struct phrase *phrase);

/* The answer to a report whose place is refused: data is the struct place. */
phrase_make place_make_refusal;

#endif
