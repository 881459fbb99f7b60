/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A message as the next turn of a conversation (docs/grammar.md 12): what it answers, what it goes on from, what it
 * corrects. For 12 hours of the network's stamps the sender's reports are remembered; what was refused of them is a
 * draft, over which new numbers are put, and the whole is judged again. All of it stands in the database, so that a
 * restart changes nothing.
 */
#ifndef KABAR_CORE_JUDGE_CONVERSATION_H
#define KABAR_CORE_JUDGE_CONVERSATION_H

#include "core/assessment.h"
#include "core/box.h"
#include "core/judge/assess.h"

/* What was said before the message; of contact 0 nothing. */
MUST_CHECK int conversation_load(const struct box *box, const struct assess_input *input,
                                 struct conversation *ret_conversation, struct error *error);

/* What the reader is told of it. */
struct reader_context conversation_context(const struct conversation *conversation, const struct set *set);

/* answer.c. What the reading comes to as an answer: a yes or no to what waits, the correction of the one number that
 * was asked about, or the form of the sender's last report. */
void conversation_answer(const struct conversation *conversation, const struct set *set, struct reading *reading);

/* A form and its total typed without a word that leads back to what was said before: a report of its own. */
bool conversation_is_new(const struct reading *reading, const struct form *form, const struct segment *segment);

/* The area of the last report, where the message goes on from it; asked where it may. */
MUST_CHECK int conversation_area(const struct box *box, struct assessment *assessment, struct error *error);

/* The area of the report that the message goes on from, else the one that all of the sender's remembered reports were
 * for. 0: there is none, or the message may be of another
 * one: it has a form anew that was reported there. */
int64_t conversation_only_area(const struct conversation *conversation, const struct reading *reading,
                               const struct set *set);

/* The month of a segment that names none, where the sender's last report of that form says more than *month, the
 * calendar's; it may have to be asked for. */
void conversation_month(const struct conversation *conversation, const struct reading *reading, int64_t area_id,
                        struct assessed *assessed);

/* Puts what the segment says over the numbers that it goes on from: those that were refused, or wait for a yes. What
 * was asked of them is asked again unless it is answered. */
MUST_CHECK int conversation_merge(const struct box *box, const struct conversation *conversation,
                                  const struct reading *reading, int64_t area_id, struct assessed *assessed,
                                  struct error *error);

/* For the two files. Whether report i is of the sender's last message; the one of them of which one number was asked
 * back, NULL: none or several. */
bool conversation_is_last(const struct conversation *conversation, size_t i);
const struct report_found *conversation_asked_back(const struct conversation *conversation);
bool found_is(const struct report_found *found, enum report_status status);
bool found_asks(const struct report_found *found, enum question question);
/* Taken back: its month is still spoken of, but what follows need not go on from it. */
bool found_is_cancelled(const struct report_found *found);

#endif
