/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the box does by itself on its calendar: reminders, silent posyandu, the quarter's cards, the operators' lines.
 *
 * Settings are the group `schedule` of kabard.conf; days and times are the village's. Each job is one transaction: the
 * row that says it is done (store/job.h) and the messages it queues. A job is done once, at the first tick at or after
 * its time at which the clock is trusted, and no more once its sense is gone: a first reminder when the second is due,
 * a month's reminders when a report without a month is no longer taken for that month (`grace_days`), a card or a line
 * when the next one is due. So a box that was off catches up once. Who was registered after a job was due is left out.
 * Quiet hours and pace are the outbox's.
 */
#ifndef KABAR_CORE_SCHEDULE_SCHEDULE_H
#define KABAR_CORE_SCHEDULE_SCHEDULE_H

#include "core/box.h"
#include "store/area.h"

struct schedule_counts {
    size_t jobs;     /* done by this call: 0 or 1 */
    size_t messages; /* queued */
};

/* Twice a minute or so: does one job that is due, so that a call is short; the next call does the next. */
MUST_CHECK int schedule_tick(const struct box *box, struct schedule_counts *ret_counts, struct error *error);

/*
 * Inside the transaction that stores a report of that area and month: reminders that wait in the outbox and ask for
 * what has just come are superseded. One that asks for more is replaced by what is still missing.
 */
MUST_CHECK int schedule_reported(const struct box *box, int64_t area_id, int month, int64_t now_ms,
                                 struct error *error);

/*
 * Inside the caller's transaction: the month's first reminder, now, to every KPM and kader of an area (NULL:
 * everywhere) whose reports of that month are missing, as the calendar would send it; who has one that waits in the
 * outbox gets no second one. -EINVAL: the month's reports are not taken any more. *ret_messages: how many were queued.
 */
MUST_CHECK int schedule_remind_now(const struct box *box, const char *area_code, int month, int64_t now_ms,
                                   size_t *ret_messages, struct error *error);

/* The same of a village's card of a quarter, as it was frozen last, to those who get it on the calendar. -ENOENT: none
 * was frozen. */
MUST_CHECK int schedule_card_now(const struct box *box, const struct area *village, int quarter, int64_t now_ms,
                                 size_t *ret_messages, struct error *error);

#endif
