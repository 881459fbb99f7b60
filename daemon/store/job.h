/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the schedule and broadcasts remember: jobs by name and the messages each queued. Same rules as store/store.h.
 * A job's row is written in the transaction that queues its messages: what is recorded was done, once.
 */
#ifndef KABAR_STORE_JOB_H
#define KABAR_STORE_JOB_H

#include "store/area.h"
#include "store/mt.h"

/* When the job of that name was done, 0: not yet. */
MUST_CHECK int store_job_done(struct store *store, const char *name, int64_t *ret_done_ms, struct error *error);
/* Records it as done; due_ms is when it was meant to be. detail: free words. -EEXIST: it was done before. */
MUST_CHECK int store_job_put(struct store *store, const char *name, int64_t due_ms, int64_t done_ms, const char *detail,
                             struct error *error);
/* When the database was made, by the box's clock of that moment. */
MUST_CHECK int store_made_ms(struct store *store, int64_t *ret_made_ms, struct error *error);
/* Jobs whose name begins so ("broadcast:"): how many were ever done. */
MUST_CHECK int store_job_count(struct store *store, const char *prefix, int64_t *ret_count, struct error *error);

/* The next area whose job (its code behind prefix) was not done: a kecamatan where a village has any score in that
 * quarter and set, else a kabupaten, else a provinsi with such a job done below it. ret_area->id 0: none is left. */
MUST_CHECK int store_card_next(struct store *store, int quarter, const char *set, const char *prefix,
                               struct area *ret_area, struct error *error);

/* What a job queued that is not sent yet is taken back; what a modem has in hand is not submitted again. *ret_count:
 * how many will not go out, *ret_known: how many messages that job ever queued (NULL is fine). */
MUST_CHECK int store_job_cancel(struct store *store, const char *name, int64_t now_ms, int64_t *ret_count,
                                int64_t *ret_known, struct error *error);

/* The last message that such a job (its name, or one that goes on with '@') queued for that contact and that was not
 * taken back; ret_last->id 0: none. */
MUST_CHECK int store_job_last(struct store *store, const char *name, int64_t contact_id, struct mt_message *ret_last,
                              struct error *error);

/* What such jobs (names that begin so: "reminder:2026-10:") queued and what waits in the outbox, to contacts of this
 * area or of the one right above it: calls each with the message's id, oldest first. */
typedef int job_message_each(void *data, int64_t mt_id);
MUST_CHECK int store_job_waiting(struct store *store, const char *prefix, int64_t area_id, job_message_each *each,
                                 void *data, struct error *error);

#endif
