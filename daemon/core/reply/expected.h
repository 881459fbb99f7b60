/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which forms an area owes for a month: what reminders ask for.
 *
 * Expected are the forms that the area, or a posyandu of it, reported for any of the twelve months before; where there
 * are none, those of the setting `schedule.forms` that the month's set has, else all of the set. A form that is due
 * once a quarter or year is expected from its day on where it was reported in this or the one before, or where
 * `schedule.forms` names it; one that is never due is not, nor one that neither a KPM nor a cadre may send. A form is
 * there when the area's own report stands (also one that waits for YA) or those of all its posyandu do: in that month,
 * or in the quarter or year so far.
 */
#ifndef KABAR_CORE_REPLY_EXPECTED_H
#define KABAR_CORE_REPLY_EXPECTED_H

#include "core/reply/phrase.h"

/* Bit i: form i of the set that applies to the month is expected, on that day, and not there. */
MUST_CHECK int expected_missing(const struct box *box, int64_t area_id, int month, struct day today,
                                unsigned *ret_forms, struct error *error);
/* Whether a form may be asked for in an area of that level: a KPM or cadre may send it, of a posyandu a cadre. */
bool expected_is_for(const struct form *form, enum area_level level);
/* Whether a form is there, for the month or for the quarter or year so far. */
MUST_CHECK int expected_there(const struct box *box, int64_t area_id, int month, const struct form *form,
                              bool *ret_there, struct error *error);
/* Adds the names of those forms. */
void list_add_missing(struct list *list, const struct set *set, unsigned forms);

/* The last day on which a report without a month is taken for this one. */
struct day expected_until(const struct box *box, int month);

/* By when it is awaited, as an answer says on that day: the first reminder's day, and after it expected_until(). */
struct day expected_by(const struct box *box, int month, struct day today);

#endif
