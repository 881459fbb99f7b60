/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/outbox/outbox_settle.h"

#include <errno.h>
#include <stddef.h>
#include <stdio.h>

#include "base/failpoint.h"
#include "base/hash.h"
#include "core/outbox/retry.h"
#include "parsers/cause.h"
#include "parsers/msisdn.h"
#include "settings/settings.h"
#include "store/suspect.h"

static struct retry_policy policy_of(const struct settings *settings)
{
    return (struct retry_policy){
        .base_ms = settings->retry_base_seconds * (int64_t)MS_SECOND,
        .cap_ms = settings->retry_cap_minutes * (int64_t)MS_MINUTE,
        .step = settings->retry_step,
        .max = settings->retry_max,
        .jitter_percent = settings->retry_jitter_percent,
    };
}

/* A worker that dies over a message again and again may die of it: from then on that costs retries like a refusal, and
 * those after it get their turn. So does a refusal that may not be the number's. */
static enum submit_result result_of(const struct attempt_end *end)
{
    enum { DEATHS_FREE = 5 };
    bool died = end->cause == cause_of(CAUSE_LOCAL, CAUSE_LOCAL_DIED);
    bool again = end->is_doubted || (died && end->message->attempts >= DEATHS_FREE);
    return again ? SUBMIT_TRANSIENT : end->result;
}

static struct mt_outcome outcome_of(const struct box *box, const struct attempt_end *end)
{
    const struct mt_message *message = end->message;
    struct retry_policy policy = policy_of(box->settings);
    struct mt_outcome outcome = {
        .attempt_id = end->attempt_id, .now_ms = end->now_ms, .cause = end->cause, .tp_mr = -1};
    switch (result_of(end)) {
    case SUBMIT_OK:
        outcome.next = message->parts_sent + 1 < message->parts ? MT_QUEUED : MT_SUBMITTED;
        outcome.part_sent = true;
        outcome.tp_mr = end->tp_mr;
        outcome.cause = 0;
        break;
    case SUBMIT_TRANSIENT:
        outcome.next = message->retries < policy.max || end->is_sims ? MT_RETRY_WAIT : MT_FAILED;
        outcome.spend_retry = !end->is_sims;
        outcome.next_attempt_ms =
            end->now_ms + retry_delay_ms(&policy, end->is_sims ? 0 : message->retries, (uint64_t)end->attempt_id);
        break;
    case SUBMIT_PERMANENT:
        outcome.next = MT_FAILED;
        break;
    case SUBMIT_NO_NETWORK:
        outcome.next = MT_QUEUED;
        break;
    case SUBMIT_UNKNOWN:
        outcome.next = MT_UNCERTAIN;
        break;
    }
    return outcome;
}

int attempt_settle(const struct box *box, const struct attempt_end *end, struct error *error)
{
    struct mt_outcome outcome = outcome_of(box, end);
    int result = store_mt_settle(box->store, &outcome, error);
    return result == 0 ? FAILPOINT("outbox.settle", error) : result;
}

int report_settle(const struct box *box, const struct mt_report *report, int64_t now_ms, bool *ret_matched,
                  struct error *error)
{
    char number[MSISDN_MAX];
    struct suspect suspect;
    int64_t mt_id = 0, deaths = 0;
    *ret_matched = false;
    if (report->result == REPORT_PENDING) /* the SMSC still tries: it will tell again */
        return 0;
    (void)msisdn_normalise(view_of(report->recipient), number);
    (void)snprintf(suspect.name, sizeof suspect.name, "report:%016llx:%d:%lld",
                   (unsigned long long)hash_add(HASH_BEGIN, view_of(number)), (int)report->tp_mr,
                   (long long)report->sent_ms);
    int result = store_suspect_deaths(box->store, &suspect, &deaths, error);
    if (result < 0 || deaths >= SUSPECT_DEATHS_MAX) /* it matches nothing then */
        return result;
    result = store_suspect_begin(box->store, &suspect, 1, error);
    if (result == 0)
        result = store_begin(box->store, error);
    if (result < 0)
        return result;
    result =
        store_mt_report(box->store, number, report->tp_mr, report->result == REPORT_DELIVERED, now_ms, &mt_id, error);
    bool matched = result == 0;
    if (result == 0 || result == -ENOENT)
        result = store_suspect_end(box->store, &suspect, 1, error);
    result = store_end(box->store, result, error);
    if (result == 0)
        *ret_matched = matched;
    return result;
}

/* Rows are gathered first and moved then: one statement at a time. */
enum { SWEEP_MAX = 64 };
struct sweep {
    const struct settings *settings;
    const struct mt_era *era;
    struct {
        int64_t id;
        enum mt_state from, to;
    } row[SWEEP_MAX];
    size_t n;
};

static int put(struct sweep *sweep, const struct mt_message *message, enum mt_state to)
{
    if (sweep->n == SWEEP_MAX)
        return 1;
    size_t i = sweep->n++;
    sweep->row[i].id = message->id;
    sweep->row[i].from = message->state;
    sweep->row[i].to = to;
    return 0;
}

static int move_all(const struct box *box, const struct sweep *sweep, struct error *error)
{
    int result = 0;
    for (size_t i = 0; i < sweep->n && result == 0; i++)
        result = store_mt_move(box->store, sweep->row[i].id, sweep->row[i].from, sweep->row[i].to, sweep->era->now_ms,
                               0, error);
    return result;
}

static bool may_resend(const struct settings *settings, enum mt_kind kind)
{
    switch (kind) {
    case MT_REPLY:
        return settings->uncertain == UNCERTAIN_RESEND;
    case MT_CARD:
    case MT_REMINDER:
    case MT_ALERT:
        return true;
    case MT_MANUAL:
    case MT_BROADCAST:
    case MT_KIND_COUNT:
        return false; /* a person decides: `kabarctl outbox retry|cancel` */
    }
    return false;
}

/* Whether it went out is not known, and no status report told in time: once more where its kind allows. A second one of
 * unknown fate is not followed by a third: that waits for a sign (a status report, the modem's count) as long as it is
 * of use to anybody. */
static int gather_uncertain(void *data, const struct mt_message *message)
{
    struct sweep *sweep = data;
    int64_t wait_ms = sweep->settings->uncertain_minutes * (int64_t)MS_MINUTE;
    if (!may_resend(sweep->settings, message->kind) || sweep->era->now_ms - message->state_ms < wait_ms)
        return 0;
    if (message->uncertain <= 1)
        return put(sweep, message, MT_RETRY_WAIT);
    int64_t late_ms = message->id > sweep->era->former_id ? sweep->era->now_ms : sweep->era->least_ms;
    bool useless = message->expires_ms > 0 && message->expires_ms <= late_ms;
    return useless ? put(sweep, message, MT_FAILED) : 0;
}

static int sweep_uncertain(const struct box *box, const struct mt_era *era, struct error *error)
{
    enum { LOOKED_AT = 10000 };
    struct sweep sweep = {.settings = box->settings, .era = era};
    struct mt_filter filter = {.state_mask = 1U << MT_UNCERTAIN, .limit = LOOKED_AT, .oldest_first = true};
    int result = store_mt_list(box->store, &filter, gather_uncertain, &sweep, error);
    return result < 0 ? result : move_all(box, &sweep, error);
}

int outbox_sweep(const struct box *box, const struct mt_era *era, struct error *error)
{
    int result = store_mt_fall_due(box->store, era->now_ms, error);
    if (result == 0)
        result = store_mt_settle_counted(box->store, era->now_ms, error);
    if (result == 0)
        result = sweep_uncertain(box, era, error);
    /* What nobody needs any more is not sent; what nobody reported on is left at that: a status report may come as late
     * as the SMSC tries; a day more, and none will. */
    static const enum mt_state ends[][2] = {
        {MT_QUEUED, MT_EXPIRED}, {MT_RETRY_WAIT, MT_EXPIRED}, {MT_SUBMITTED, MT_REPORT_EXPIRED}};
    for (size_t i = 0; i < sizeof ends / sizeof *ends && result == 0; i++) {
        int64_t wait_ms = ends[i][0] == MT_SUBMITTED ? MS_DAY : 0;
        result = store_mt_outlived(box->store, ends[i][0], ends[i][1], era, wait_ms, error);
    }
    return result;
}
