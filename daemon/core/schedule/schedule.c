/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/schedule/schedule.h"

#include <stdio.h>
#include <string.h>

#include "base/day.h"
#include "base/failpoint.h"
#include "core/outbox/outbox_queue.h"
#include "core/reply/expected.h"
#include "core/schedule/schedule_job.h"
#include "core/time.h"
#include "parsers/quarter.h"
#include "settings/settings.h"
#include "store/job.h"
#include "store/suspect.h"

enum { YEAR_MONTHS = 12, HOUR_MINUTES = 60, WEEK_DAYS = 7 };

#define FUTURE_MS (7 * MS_DAY)

int schedule_queue(struct schedule_run *run, enum mt_kind kind, const struct contact *contact,
                   const struct reply *reply)
{
    return schedule_queue_as(run, run->job, kind, contact, reply);
}

int schedule_queue_as(struct schedule_run *run, const char *job, enum mt_kind kind, const struct contact *contact,
                      const struct reply *reply)
{
    if (reply->text[0] == '\0' || contact->phone[0] == '\0' || contact->created_ms > run->due_ms)
        return 0;
    const struct outbox_order order = {.kind = kind,
                                       .recipient = contact->phone,
                                       .contact_id = contact->id,
                                       .text = reply->text,
                                       .job = job,
                                       .now_ms = run->now_ms,
                                       .until_ms = run->end_ms};
    int result = outbox_queue(run->box, &order, NULL, run->error);
    run->messages += result == 0;
    return result;
}

/* ---- when ---- */

static int64_t moment_of(struct day day, int minutes)
{
    struct local_time local = {.day = day, .hour = minutes / HOUR_MINUTES, .minute = minutes % HOUR_MINUTES};
    return zone_ms(&local);
}

static struct day day_of_month(int month, int day)
{
    return (struct day){month / YEAR_MONTHS, month % YEAR_MONTHS + 1, day};
}

/* A job that may be due: to be done from due_ms, of no use from end_ms. */
struct candidate {
    struct schedule_run run;
    schedule_function *function;
    bool wanted;
};

static struct candidate reminder(const struct box *box, int month, enum schedule_stage stage)
{
    const struct schedule_settings *schedule = &box->settings->schedule;
    const int days[STAGE_COUNT] = {schedule->remind_day, schedule->remind_again_day, schedule->posyandu_day,
                                   schedule->kades_day};
    struct candidate candidate = {.function = schedule_remind, .wanted = days[stage] > 0};
    struct schedule_run *run = &candidate.run;
    run->month = month;
    run->stage = stage;
    run->due_ms = moment_of(day_of_month(month, days[stage]), schedule->time);
    run->end_ms = moment_of(expected_until(box, month), 0) + MS_DAY;
    if (stage == STAGE_FIRST && schedule->remind_again_day > 0)
        run->end_ms = moment_of(day_of_month(month, schedule->remind_again_day), schedule->time);
    schedule_reminder_name(month, stage, run->job);
    return candidate;
}

static struct candidate card(const struct box *box, int quarter)
{
    const struct schedule_settings *schedule = &box->settings->schedule;
    struct candidate candidate = {.function = schedule_cards, .wanted = schedule->card_day > 0};
    struct schedule_run *run = &candidate.run;
    int after = (quarter + 1) * QUARTER_MONTHS;
    char text[8];
    quarter_format(quarter, text);
    run->quarter = quarter;
    run->due_ms = moment_of(day_of_month(after, schedule->card_day), schedule->time);
    run->end_ms = moment_of(day_of_month(after + QUARTER_MONTHS, schedule->card_day), schedule->time);
    (void)snprintf(run->job, sizeof run->job, "card:%s", text);
    return candidate;
}

static struct candidate silent_posyandu(const struct box *box, int month)
{
    const struct schedule_settings *schedule = &box->settings->schedule;
    struct candidate candidate = {.function = schedule_silent, .wanted = schedule->silent_day > 0};
    struct schedule_run *run = &candidate.run;
    char text[8];
    month_format(month, text);
    run->month = month;
    run->due_ms = moment_of(day_of_month(month, schedule->silent_day), schedule->time);
    run->end_ms = moment_of(day_of_month(month + 1, schedule->silent_day), schedule->time);
    (void)snprintf(run->job, sizeof run->job, "silent:%s", text);
    return candidate;
}

static struct candidate thanks(const struct box *box, int quarter)
{
    const struct schedule_settings *schedule = &box->settings->schedule;
    struct candidate candidate = {.function = schedule_thanks, .wanted = schedule->thanks_day > 0};
    struct schedule_run *run = &candidate.run;
    int after = (quarter + 1) * QUARTER_MONTHS;
    char text[8];
    quarter_format(quarter, text);
    run->quarter = quarter;
    run->due_ms = moment_of(day_of_month(after, schedule->thanks_day), schedule->time);
    run->end_ms = moment_of(day_of_month(after + 1, 1), schedule->time);
    (void)snprintf(run->job, sizeof run->job, "thanks:%s", text);
    return candidate;
}

/* While its last month lasts: then the ministry's own system closes the quarter. */
static struct candidate early_card(const struct box *box, int quarter)
{
    const struct schedule_settings *schedule = &box->settings->schedule;
    struct candidate candidate = {.function = schedule_cards, .wanted = schedule->early_day > 0};
    struct schedule_run *run = &candidate.run;
    int last = quarter_end(quarter);
    char text[8];
    quarter_format(quarter, text);
    run->quarter = quarter;
    run->early = true;
    run->due_ms = moment_of(day_of_month(last, schedule->early_day), schedule->time);
    run->end_ms = moment_of(day_of_month(last + 1, 1), 0);
    (void)snprintf(run->job, sizeof run->job, "early:%s", text);
    return candidate;
}

/* The newest one at or before now of a line that is told every so many days. */
static struct candidate line(const struct box *box, struct moment now, const char *name, int days)
{
    const struct schedule_settings *schedule = &box->settings->schedule;
    struct candidate candidate = {.wanted = true};
    struct schedule_run *run = &candidate.run;
    struct local_time local = zone_local(now.ms);
    int back = days == WEEK_DAYS ? (local.weekday - schedule->weekly + WEEK_DAYS) % WEEK_DAYS : 0;
    struct day day = day_before(local.day, back);
    run->due_ms = moment_of(day, schedule->operator_time);
    if (run->due_ms > now.ms) {
        day = day_before(day, days);
        run->due_ms = moment_of(day, schedule->operator_time);
    }
    run->end_ms = run->due_ms + days * MS_DAY;
    (void)snprintf(run->job, sizeof run->job, "%s:%04d-%02d-%02d", name, day.year, day.month, day.day);
    return candidate;
}

/* ---- what ---- */

enum { CANDIDATES_MAX = 2 * STAGE_COUNT + 8 };

static size_t list_candidates(const struct box *box, struct moment now, struct candidate *candidates)
{
    const struct schedule_settings *schedule = &box->settings->schedule;
    int month = month_of(zone_local(now.ms).day);
    size_t n = 0;
    candidates[n] = line(box, now, "weekly", WEEK_DAYS);
    candidates[n].function = schedule_week;
    candidates[n++].wanted = schedule->weekly != SCHEDULE_NEVER;
    candidates[n] = line(box, now, "daily", 1);
    candidates[n].function = schedule_day;
    candidates[n++].wanted = schedule->daily;
    for (int before = 2; before >= 1; before--)
        candidates[n++] = card(box, quarter_of(month) - before);
    candidates[n++] = early_card(box, quarter_of(month));
    candidates[n++] = thanks(box, quarter_of(month) - 1);
    for (int before = 1; before >= 0; before--)
        candidates[n++] = silent_posyandu(box, month - before);
    for (int before = 1; before >= 0; before--)
        for (int stage = 0; stage < STAGE_COUNT; stage++)
            candidates[n++] = reminder(box, month - before, (enum schedule_stage)stage);
    return n;
}

static void name_job(const struct schedule_run *run, struct suspect *ret_suspect)
{
    (void)snprintf(ret_suspect->name, SUSPECT_NAME_MAX, "job:%s", run->job);
}

static int run_in_transaction(struct candidate *candidate)
{
    struct schedule_run *run = &candidate->run;
    struct store *store = run->box->store;
    char detail[32];
    int result = candidate->function(run);
    if (result < 0)
        return result;
    (void)snprintf(detail, sizeof detail, "%zu messages", run->messages);
    result = store_job_put(store, run->job, run->due_ms, run->now_ms, detail, run->error);
    return result < 0 ? result : FAILPOINT("schedule.job", run->error);
}

static int do_job(struct candidate *candidate)
{
    struct schedule_run *run = &candidate->run;
    struct store *store = run->box->store;
    struct suspect suspect;
    name_job(run, &suspect);
    int result = store_suspect_begin(store, &suspect, 1, run->error);
    if (result == 0)
        result = store_begin(store, run->error);
    if (result == 0)
        result = run_in_transaction(candidate);
    if (result == 0)
        result = store_suspect_end(store, &suspect, 1, run->error);
    result = store_end(store, result, run->error);
    if (result < 0)
        store_suspect_forget(store, &suspect, 1);
    return result;
}

/* Done already, or kabard died of it twice: then not in this life. */
static int is_over(const struct box *box, const struct schedule_run *run, bool *ret_over, struct error *error)
{
    struct suspect suspect;
    int64_t done_ms = 0, deaths = 0;
    name_job(run, &suspect);
    int result = store_job_done(box->store, run->job, &done_ms, error);
    if (result == 0)
        result = store_suspect_deaths(box->store, &suspect, &deaths, error);
    /* A job is not done that was done in a future that the clock showed for a while. */
    *ret_over = (done_ms != 0 && done_ms < run->now_ms + FUTURE_MS) || deaths >= SUSPECT_DEATHS_MAX;
    return result;
}

int schedule_tick(const struct box *box, struct schedule_counts *ret_counts, struct error *error)
{
    struct moment now;
    struct candidate candidates[CANDIDATES_MAX];
    *ret_counts = (struct schedule_counts){0};
    int result = moment_now(box, &now, error);
    if (result < 0 || !now.trusted)
        return result;
    size_t n = list_candidates(box, now, candidates);
    for (size_t i = 0; i < n; i++) {
        struct schedule_run *run = &candidates[i].run;
        bool over = false;
        if (!candidates[i].wanted || now.ms < run->due_ms || now.ms >= run->end_ms)
            continue;
        run->now_ms = now.ms;
        result = is_over(box, run, &over, error);
        if (result < 0)
            return result;
        if (over)
            continue;
        run->box = box;
        run->error = error;
        result = do_job(&candidates[i]);
        if (result == 0)
            *ret_counts = (struct schedule_counts){.jobs = 1, .messages = run->messages};
        return result;
    }
    return 0;
}
