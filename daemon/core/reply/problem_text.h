/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The problems of one segment as sentences: the sender's own words, and what to send instead. */
#ifndef KABAR_CORE_REPLY_PROBLEM_TEXT_H
#define KABAR_CORE_REPLY_PROBLEM_TEXT_H

#include "core/judge/assess.h"
#include "core/reply/phrase.h"

/* One sentence a kind of problem (all unknown words in one), one a failed rule, with spaces between. */
void problems_write(const struct box *box, const struct assessment *assessment, const struct assessed *assessed,
                    const struct wording *wording, struct phrase *phrase);

/* What is to be sent again, of the keys that have problems: with the sender's own numbers where they stand, and with
 * the month where it is another one. Nothing where a month was refused by the calendar, or where a report is stored but
 * for words that no key is near. */
void problems_example(const struct box *box, const struct assessment *assessment, const struct assessed *assessed,
                      const struct wording *wording, struct phrase *phrase);

#endif
