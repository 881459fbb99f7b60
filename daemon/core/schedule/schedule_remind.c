/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Who has not reported is reminded, then the KPM learns of late posyandu, then the village head of the village. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/digits.h"
#include "core/outbox/outbox_queue.h"
#include "core/reply/expected.h"
#include "core/schedule/schedule_job.h"
#include "parsers/deliver.h"
#include "store/job.h"

enum { NAME_CHARS_MAX = 32, NAME_TEXT_MAX = 4 * NAME_CHARS_MAX, POSYANDU_MAX = 64, WAITING_MAX = 64 };

static const char reminder_prefix[] = "reminder:";

static const char *schedule_stage_to_string(enum schedule_stage stage)
{
    static const char *const words[STAGE_COUNT] = {"1", "2", "posyandu", "kades"};
    KABAR_ASSERT((unsigned)stage < STAGE_COUNT);
    return words[stage];
}

void schedule_reminder_name(int month, enum schedule_stage stage, char ret_name[JOB_NAME_MAX])
{
    char text[8];
    month_format(month, text);
    (void)snprintf(ret_name, JOB_NAME_MAX, "%s%s:%s", reminder_prefix, text, schedule_stage_to_string(stage));
}

/* What is missing of one person's area for a month. */
struct reminder {
    const struct box *box;
    const struct contact *contact;
    int64_t area_id; /* of these the one that is looked at */
    enum schedule_stage stage;
    int month;
    struct day today;
    struct area area;
    unsigned forms;                         /* missing of the area */
    char late[POSYANDU_MAX][NAME_TEXT_MAX]; /* posyandu of it that are not complete */
    size_t n_late;
    struct error *error;
};

static int look_at_posyandu(void *data, int64_t area_id, const char *name)
{
    struct reminder *reminder = data;
    unsigned forms = 0;
    int result = expected_missing(reminder->box, area_id, reminder->month, reminder->today, &forms, reminder->error);
    if (result == 0 && forms != 0)
        (void)deliver_safe(view_of(name), NAME_CHARS_MAX, reminder->late[reminder->n_late++], NAME_TEXT_MAX);
    return result < 0 ? result : reminder->n_late == POSYANDU_MAX;
}

static void make_reminder(const void *data, const struct wording *wording, struct phrase *ret_phrase)
{
    static const enum reply_text texts[STAGE_COUNT] = {REPLY_REMINDER, REPLY_REMINDER_AGAIN, REPLY_ESCALATION,
                                                       REPLY_ESCALATION_KADES};
    const struct reminder *reminder = data;
    struct list missing, areas;
    char period[PERIOD_TEXT_MAX], until[PERIOD_TEXT_MAX], area[NAME_TEXT_MAX];
    list_begin(&missing, wording, REPLY_JOIN_LIST);
    list_add_missing(&missing, box_set(reminder->box, box_set_for(reminder->box, reminder->month)), reminder->forms);
    list_end(&missing);
    list_begin(&areas, wording, REPLY_JOIN_LIST);
    for (size_t i = 0; i < reminder->n_late; i++)
        list_add(&areas, reminder->late[i]);
    list_end(&areas);
    period_write(wording, reminder->month, period);
    day_write(wording, expected_until(reminder->box, reminder->month), until);
    (void)deliver_safe(view_of(reminder->area.name), NAME_CHARS_MAX, area, sizeof area);
    const struct template_value given[] = {{"area", view_of(area)},
                                           {"period", view_of(period)},
                                           {"missing", view_of(missing.phrase.text)},
                                           {"areas", view_of(areas.phrase.text)},
                                           {"until", view_of(until)}};
    phrase_render(ret_phrase, wording, texts[reminder->stage], given, sizeof given / sizeof *given);
}

/* What a person is to be told now; "" where nothing is missing or it is not for them. */
static int write_reminder(struct reminder *reminder, struct reply *ret_reply)
{
    const struct box *box = reminder->box;
    enum area_level lowest = reminder->stage <= STAGE_AGAIN ? AREA_POSYANDU : AREA_DESA;
    ret_reply->text[0] = '\0';
    if (reminder->area_id == 0)
        return 0;
    int result = store_area_by_id(box->store, reminder->area_id, &reminder->area, reminder->error);
    if (result < 0 || reminder->area.level < AREA_DESA || reminder->area.level > lowest)
        return result;
    if (reminder->stage == STAGE_POSYANDU)
        result = store_posyandu_staffed(box->store, reminder->area.id, look_at_posyandu, reminder, reminder->error);
    else
        result = expected_missing(box, reminder->area.id, reminder->month, reminder->today, &reminder->forms,
                                  reminder->error);
    if (result == 0 && (reminder->forms != 0 || reminder->n_late > 0))
        reply_fit(box, reminder->contact->locale, make_reminder, reminder, ret_reply);
    return result;
}

/* "reminder:2026-10:1@17": the messages of a person's areas are told apart, to be renewed one by one. */
static void job_of_area(const char *job, const struct contact *contact, char ret_job[JOB_NAME_MAX])
{
    (void)snprintf(ret_job, JOB_NAME_MAX, contact->n_further == 0 ? "%s" : "%s@%" PRId64, job, contact->area_id);
}

/* The area that a message of a job was of: named after its '@', else the person's only one. 0: it is gone. */
static int area_of_job(const struct box *box, const char *job, const struct contact *contact, int64_t *ret_area_id,
                       struct error *error)
{
    struct area area;
    const char *at = strchr(job, '@');
    *ret_area_id = contact->area_id;
    if (!at)
        return 0;
    if (!digits_whole(at + 1, INT64_MAX, ret_area_id))
        *ret_area_id = 0;
    int result = store_area_by_id(box->store, *ret_area_id, &area, error);
    if (result == -ENOENT)
        *ret_area_id = 0;
    return result == -ENOENT ? 0 : result;
}

/* ---- what waits in the outbox ---- */

struct waiting {
    int64_t ids[WAITING_MAX];
    size_t n;
};

static int collect(void *data, int64_t mt_id)
{
    struct waiting *waiting = data;
    waiting->ids[waiting->n++] = mt_id;
    return waiting->n == WAITING_MAX;
}

static int take_message(void *data, const struct mt_message *message)
{
    *(struct mt_message *)data = *message;
    return 1;
}

/* "reminder:2026-10:" */
static void month_prefix(int month, char ret_prefix[JOB_NAME_MAX])
{
    char text[8];
    month_format(month, text);
    (void)snprintf(ret_prefix, JOB_NAME_MAX, "%s%s:", reminder_prefix, text);
}

/* Whether a reminder of the month waits for the person. */
static int look_for_waiting(const struct schedule_run *run, const struct contact *contact, bool *ret_waits)
{
    struct waiting waiting = {.n = 0};
    char prefix[JOB_NAME_MAX];
    month_prefix(run->month, prefix);
    *ret_waits = false;
    int result = store_job_waiting(run->box->store, prefix, contact->area_id, collect, &waiting, run->error);
    for (size_t i = 0; i < waiting.n && result == 0 && !*ret_waits; i++) {
        struct mt_message message = {.id = 0};
        struct mt_filter filter = {.id = waiting.ids[i], .limit = 1};
        result = store_mt_list(run->box->store, &filter, take_message, &message, run->error);
        *ret_waits = message.contact_id == contact->id;
    }
    return result;
}

/* ---- who is reminded ---- */

static int remind_contact(void *data, const struct contact *contact)
{
    struct schedule_run *run = data;
    struct reply reply;
    char job[JOB_NAME_MAX];
    struct reminder reminder = {.box = run->box,
                                .contact = contact,
                                .area_id = contact->area_id,
                                .stage = run->stage,
                                .month = run->month,
                                .today = zone_local(run->now_ms).day,
                                .error = run->error};
    bool waits = false;
    int result = run->by_hand ? look_for_waiting(run, contact, &waits) : 0;
    if (result < 0 || waits)
        return result < 0 ? result : 0;
    result = write_reminder(&reminder, &reply);
    job_of_area(run->job, contact, job);
    return result < 0 ? result : schedule_queue_as(run, job, MT_REMINDER, contact, &reply);
}

int schedule_remind(struct schedule_run *run)
{
    static const struct {
        enum contact_role role[2];
        size_t n;
    } audience[STAGE_COUNT] = {
        {{ROLE_KPM, ROLE_KADER}, 2}, {{ROLE_KPM, ROLE_KADER}, 2}, {{ROLE_KPM}, 1}, {{ROLE_KADES}, 1}};
    struct store *store = run->box->store;
    char first[JOB_NAME_MAX];
    int result = 0;
    if (run->stage == STAGE_AGAIN) {
        schedule_reminder_name(run->month, STAGE_FIRST, first);
        result = store_job_cancel(store, first, run->now_ms, NULL, NULL, run->error);
    }
    for (size_t i = 0; i < audience[run->stage].n && result == 0; i++)
        result = store_contact_list_by_area(store, audience[run->stage].role[i], run->area_code, remind_contact, run,
                                            run->error);
    return result;
}

int schedule_remind_now(const struct box *box, const char *area_code, int month, int64_t now_ms, size_t *ret_messages,
                        struct error *error)
{
    struct local_time until = {.day = expected_until(box, month)};
    struct schedule_run run = {.box = box,
                               .due_ms = now_ms,
                               .end_ms = zone_ms(&until) + MS_DAY,
                               .now_ms = now_ms,
                               .month = month,
                               .stage = STAGE_FIRST,
                               .area_code = area_code,
                               .by_hand = true,
                               .error = error};
    if (run.end_ms <= now_ms || month > month_of(zone_local(now_ms).day))
        return error_set(error, -EINVAL, "nobody is reminded of a month that is over, or has not begun");
    schedule_reminder_name(month, STAGE_FIRST, run.job);
    int result = schedule_remind(&run);
    *ret_messages = run.messages;
    return result;
}

/* ---- when a report comes ---- */

static enum schedule_stage stage_of(const char *job)
{
    const char *word = strrchr(job, ':');
    size_t len = word ? strcspn(word + 1, "@") : 0;
    int stage = 0;
    while (stage < STAGE_COUNT && (len != strlen(schedule_stage_to_string((enum schedule_stage)stage)) ||
                                   memcmp(word + 1, schedule_stage_to_string((enum schedule_stage)stage), len) != 0))
        stage++;
    return (enum schedule_stage)stage;
}

/* The same for now, or what is left of it, or nothing. */
static int renew(const struct box *box, const struct mt_message *message, int month, int64_t now_ms,
                 struct error *error)
{
    struct contact contact;
    struct reply reply;
    enum schedule_stage stage = stage_of(message->job);
    int result = store_contact_by_phone(box->store, message->recipient, &contact, error);
    if (result == -ENOENT || stage == STAGE_COUNT)
        return 0;
    if (result < 0)
        return result;
    struct reminder reminder = {.box = box,
                                .contact = &contact,
                                .stage = stage,
                                .month = month,
                                .today = zone_local(now_ms).day,
                                .error = error};
    result = area_of_job(box, message->job, &contact, &reminder.area_id, error);
    if (result == 0)
        result = write_reminder(&reminder, &reply);
    if (result < 0 || strcmp(reply.text, message->text) == 0)
        return result;
    result = store_mt_move(box->store, message->id, message->state, MT_CANCELLED, now_ms, 0, error);
    if (result < 0 || reply.text[0] == '\0' || message->parts_sent > 0)
        return result;
    const struct outbox_order order = {.kind = message->kind,
                                       .recipient = message->recipient,
                                       .contact_id = message->contact_id,
                                       .text = reply.text,
                                       .job = message->job,
                                       .now_ms = now_ms,
                                       .until_ms = message->expires_ms};
    return outbox_queue(box, &order, NULL, error);
}

int schedule_reported(const struct box *box, int64_t area_id, int month, int64_t now_ms, struct error *error)
{
    struct waiting waiting = {.n = 0};
    char prefix[JOB_NAME_MAX];
    month_prefix(month, prefix);
    int result = store_job_waiting(box->store, prefix, area_id, collect, &waiting, error);
    for (size_t i = 0; i < waiting.n && result == 0; i++) {
        struct mt_message message = {.id = 0};
        struct mt_filter filter = {.id = waiting.ids[i], .limit = 1};
        result = store_mt_list(box->store, &filter, take_message, &message, error);
        if (result == 0 && message.id != 0)
            result = renew(box, &message, month, now_ms, error);
    }
    return result;
}
