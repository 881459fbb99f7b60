/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The kinds of jobs of core/schedule, a file each; core/schedule's own. */
#ifndef KABAR_CORE_SCHEDULE_SCHEDULE_JOB_H
#define KABAR_CORE_SCHEDULE_SCHEDULE_JOB_H

#include "core/reply/reply.h"
#include "core/schedule/schedule.h"
#include "store/contact.h"
#include "store/mt.h"

/* In the order in which they are told: whose turn it is grows with the delay. */
enum schedule_stage { STAGE_FIRST, STAGE_AGAIN, STAGE_POSYANDU, STAGE_KADES, STAGE_COUNT };

/* A job at work, inside its transaction. */
struct schedule_run {
    const struct box *box;
    char job[JOB_NAME_MAX];
    int64_t due_ms, end_ms; /* end_ms: from then on its messages are of no use */
    int64_t now_ms;
    int month, quarter;
    enum schedule_stage stage;
    const char *area_code; /* of reminders: only who stands for it or for one below it; NULL: everywhere */
    bool by_hand;          /* … and not who has a reminder of the month that waits in the outbox */
    bool early;            /* the preliminary cards of the quarter */
    size_t messages;
    struct error *error;
};
typedef int schedule_function(struct schedule_run *run);

/* "reminder:2026-10:1" */
void schedule_reminder_name(int month, enum schedule_stage stage, char ret_name[JOB_NAME_MAX]);
schedule_function schedule_remind, schedule_week, schedule_day, schedule_silent, schedule_thanks;
/* The cards of the next kecamatan whose were not made yet, after the last one those of the next area above them;
 * run->job becomes its job. Where none is left the quarter is done. */
schedule_function schedule_cards;

/* Queues a text for a contact; nothing for "", without a number, or where the contact came after the job was due. */
MUST_CHECK int schedule_queue(struct schedule_run *run, enum mt_kind kind, const struct contact *contact,
                              const struct reply *reply);
/* The same under a name of its own that begins as run->job does. */
MUST_CHECK int schedule_queue_as(struct schedule_run *run, const char *job, enum mt_kind kind,
                                 const struct contact *contact, const struct reply *reply);

#endif
