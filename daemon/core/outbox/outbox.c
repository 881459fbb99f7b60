/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/outbox/outbox.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/failpoint.h"
#include "core/outbox/outbox_modems.h"
#include "core/outbox/outbox_settle.h"
#include "core/outbox/retry.h"
#include "core/time.h"
#include "store/suspect.h"

enum {
    ALL_KINDS = (1U << MT_KIND_COUNT) - 1,
    AT_ONCE = 1U << MT_REPLY | MT_URGENT,
    NO_NETWORK_PAUSE_MS = 30 * MS_SECOND, /* a SIM that has just lost its network is asked again after this */
    PACE_LOOK_MS = 2 * MS_SECOND,
    POWER_GRACE_MS = 3 * MS_MINUTE,             /* for a clock to be put right after the power came back */
    LONGEST_VALIDITY_MINUTES = 63 * 7 * 24 * 60 /* TP-VP, 3GPP TS 23.040 9.2.3.12.1 */
};

struct outbox {
    const struct box *box;
    struct outbox_modems modems;
    int64_t skew_ms;   /* wall less monotonic as last seen: where it changes, the wall has jumped */
    int64_t former_id; /* the last that was queued before the power went */
    bool former_wait;  /* those up to it, when last looked: nobody knows how old they are */
    bool paced;        /* something was held back for its pace when last looked */
    int64_t quiet_ms;  /* how long what is not an answer must still wait, when last looked */
};

static int64_t monotonic_of(const struct outbox *outbox)
{
    return outbox->box->clock.monotonic_ms(outbox->box->clock.data);
}

static int outbox_now(struct outbox *outbox, struct moment *ret_now, struct error *error)
{
    int result = moment_now(outbox->box, ret_now, error);
    outbox->former_wait = monotonic_of(outbox) < POWER_GRACE_MS || ret_now->verdict == CLOCK_LEAPT;
    return result;
}

static int sweep(const struct outbox *outbox, const struct moment *now, struct error *error)
{
    const struct mt_era era = {now->ms, now->least_ms, outbox->former_id};
    return outbox_sweep(outbox->box, &era, error);
}

/* What a life before this one left; before anything is claimed, for the box may have been off for a month. The machine
 * runs since skew_ms; where that is not long, all that is there is from before. */
static int take_over(struct outbox *outbox, const struct moment *now, struct mt_recovered *ret_recovered,
                     struct error *error)
{
    struct store *store = outbox->box->store;
    bool just_on = monotonic_of(outbox) < POWER_GRACE_MS;
    outbox->skew_ms = now->ms - monotonic_of(outbox);
    int result = store_mt_last_before(store, just_on ? INT64_MAX : outbox->skew_ms, &outbox->former_id, error);
    if (result == 0)
        result = store_mt_recover(store, now->ms, ret_recovered, error);
    if (result == 0)
        result = store_mt_from_future(store, now->ms, error);
    return result < 0 ? result : sweep(outbox, now, error);
}

int outbox_open(const struct box *box, struct outbox **ret_outbox, struct mt_recovered *ret_recovered,
                struct error *error)
{
    struct moment now;
    struct mt_recovered recovered = {0};
    struct outbox *outbox = calloc(1, sizeof *outbox);
    if (!outbox)
        return error_set(error, -ENOMEM, "no memory for the outbox");
    outbox->box = box;
    int result = moment_now(box, &now, error);
    if (result == 0)
        result = store_begin(box->store, error);
    if (result == 0)
        result = take_over(outbox, &now, &recovered, error);
    result = store_end(box->store, result, error);
    if (result < 0) {
        free(outbox);
        return result;
    }
    if (ret_recovered)
        *ret_recovered = recovered;
    *ret_outbox = outbox;
    return 0;
}

struct outbox *outbox_close(struct outbox *outbox)
{
    free(outbox);
    return NULL;
}

void outbox_modem_up(struct outbox *outbox, const char *name, bool up)
{
    struct outbox_modem *modem = outbox_modem_get(&outbox->modems, name);
    if (!modem)
        return;
    if (up)
        modem->pause_until_ms = 0;
    modem->up = up;
}

bool outbox_sim_is_barred(struct outbox *outbox, const char *name, int32_t *ret_cause)
{
    const struct outbox_modem *modem = outbox_modem_get(&outbox->modems, name);
    if (!modem || !outbox_modem_is_barred(modem))
        return false;
    *ret_cause = modem->refused_cause;
    return true;
}

/* A SIM that sends much of its own accord is taken for a machine and blocked. */
static int is_paced_out(const struct outbox *outbox, const char *modem, int64_t now_ms, bool *ret_paced,
                        struct error *error)
{
    const struct settings *settings = outbox->box->settings;
    const struct {
        int64_t span_ms;
        int max;
    } paces[] = {{MS_MINUTE, settings->pace_minute}, {MS_HOUR, settings->pace_hour}, {MS_DAY, settings->pace_day}};
    *ret_paced = false;
    for (size_t i = 0; i < sizeof paces / sizeof *paces && !*ret_paced; i++) {
        int64_t sent = 0;
        int result =
            store_mt_sent_since(outbox->box->store, NULL, ALL_KINDS, modem, now_ms - paces[i].span_ms, &sent, error);
        if (result < 0)
            return result;
        *ret_paced = sent >= paces[i].max;
    }
    return 0;
}

struct wish {
    const struct outbox *outbox;
    const struct outbox_modem *modem;
};

static bool is_wanted(void *data, const struct mt_message *message)
{
    const struct wish *wish = data;
    return !outbox_modem_yields(&wish->outbox->modems, wish->modem, wish->outbox->box->settings, message,
                                monotonic_of(wish->outbox));
}

/* The first message of those kinds that is this modem's to send. Returns OUTBOX_SUBMIT with it, OUTBOX_NOTHING, or a
 * negative errno. */
static int pick_of(const struct outbox *outbox, const struct outbox_modem *modem, unsigned kinds, int64_t now_ms,
                   struct mt_message *ret_message, struct error *error)
{
    struct wish wish = {outbox, modem};
    const struct mt_search search = {.now_ms = now_ms,
                                     .kind_mask = kinds,
                                     .modem = modem->name,
                                     .after_id = outbox->former_wait ? outbox->former_id : 0,
                                     .wanted = is_wanted,
                                     .data = &wish};
    int result = store_mt_pick(outbox->box->store, &search, ret_message, error);
    return result == 0 ? OUTBOX_SUBMIT : result == -ENOENT ? OUTBOX_NOTHING : result;
}

/* Answers and what is urgent first, at any hour and as fast as the radio goes; the rest in the daytime, at its pace. */
static int pick(struct outbox *outbox, const struct outbox_modem *modem, int64_t now_ms, struct mt_message *ret_message,
                struct error *error)
{
    const struct settings *settings = outbox->box->settings;
    struct quiet_hours quiet = {settings->quiet_from, settings->quiet_until};
    struct local_time local = zone_local(now_ms);
    bool paced = false;
    int result = pick_of(outbox, modem, AT_ONCE, now_ms, ret_message, error);
    if (result != OUTBOX_NOTHING)
        return result;
    outbox->quiet_ms = quiet_left(quiet, local.hour * 60 + local.minute) * (int64_t)MS_MINUTE;
    if (outbox->quiet_ms > 0)
        return OUTBOX_NOTHING;
    result = pick_of(outbox, modem, ALL_KINDS & ~AT_ONCE, now_ms, ret_message, error);
    if (result == OUTBOX_SUBMIT) {
        int failed = is_paced_out(outbox, modem->name, now_ms, &paced, error);
        result = failed < 0 ? failed : paced ? OUTBOX_NOTHING : OUTBOX_SUBMIT;
    }
    outbox->paced |= paced;
    return result;
}

/* What is of use for a while is given that long, from a minute to what the field can say; 0: as long as the SMSC likes.
 */
static int32_t validity_of(const struct mt_message *message, int64_t now_ms)
{
    if (message->expires_ms == 0)
        return 0;
    int64_t minutes = (message->expires_ms - now_ms) / MS_MINUTE;
    minutes = minutes < 1 ? 1 : minutes;
    return (int32_t)(minutes > LONGEST_VALIDITY_MINUTES ? LONGEST_VALIDITY_MINUTES : minutes);
}

static void fill_submit(const struct box *box, const struct mt_message *message, const struct mt_part_row *part,
                        int64_t now_ms, struct mt_submit *ret_submit)
{
    *ret_submit = (struct mt_submit){
        .part_id = part->id,
        .unicode = part->unicode,
        .concat_ref = part->total > 1 ? part->concat_ref : -1,
        .concat_total = part->total,
        .concat_seq = part->seq,
        .validity_minutes = validity_of(message, now_ms),
        .want_report = box->settings->status_reports,
    };
    (void)snprintf(ret_submit->recipient, sizeof ret_submit->recipient, "%s", message->recipient);
    (void)snprintf(ret_submit->text, sizeof ret_submit->text, "%s", part->text);
}

/* Inside the caller's transaction: intent is committed before anything is sent, so that a crash after it is "unknown",
 * never "not yet". Returns OUTBOX_SUBMIT, or OUTBOX_NOTHING where the message turns out to be broken and is failed. */
static int claim(struct outbox *outbox, struct outbox_modem *modem, const struct mt_message *message, int64_t now_ms,
                 struct mt_submit *ret_submit, struct error *error)
{
    struct mt_part_row part;
    int64_t attempt_id = 0;
    int result = store_mt_claim(outbox->box->store, message->id, modem->name, now_ms, &part, &attempt_id, error);
    if (result == -ENODATA)
        return OUTBOX_NOTHING;
    if (result == 0)
        result = FAILPOINT("outbox.claim", error);
    if (result < 0)
        return result;
    modem->attempt_id = attempt_id;
    modem->part_id = part.id;
    modem->message = *message;
    fill_submit(outbox->box, message, &part, now_ms, ret_submit);
    return OUTBOX_SUBMIT;
}

/* Ends the transaction of what came to step (an enum outbox_next, or negative); where it fails, the modem has in hand
 * what it had before. */
static int end_turn(struct outbox *outbox, struct outbox_modem *modem, const struct outbox_modem *before, int step,
                    struct error *error)
{
    int result = store_end(outbox->box->store, step < 0 ? step : 0, error);
    if (result < 0) {
        *modem = *before;
        return result;
    }
    result = step == OUTBOX_SUBMIT ? FAILPOINT("outbox.claimed", error) : 0;
    return result < 0 ? result : step;
}

static bool may_claim(struct outbox *outbox, const struct outbox_modem *modem)
{
    outbox->paced = false;
    outbox->quiet_ms = 0;
    return modem->attempt_id == 0 && monotonic_of(outbox) >= modem->pause_until_ms;
}

int outbox_next(struct outbox *outbox, const char *name, struct mt_submit *ret_submit, struct error *error)
{
    struct moment now;
    struct mt_message message;
    struct outbox_modem *modem = outbox_modem_get(&outbox->modems, name);
    if (!modem || !may_claim(outbox, modem))
        return OUTBOX_NOTHING;
    int result = outbox_now(outbox, &now, error);
    if (result < 0)
        return result;
    result = pick(outbox, modem, now.ms, &message, error);
    if (result != OUTBOX_SUBMIT)
        return result;
    struct outbox_modem before = *modem;
    struct suspect suspect;
    store_mt_suspect(message.id, &suspect);
    result = store_suspect_begin(outbox->box->store, &suspect, 1, error);
    if (result == 0)
        result = store_begin(outbox->box->store, error);
    if (result == 0)
        result = claim(outbox, modem, &message, now.ms, ret_submit, error);
    return end_turn(outbox, modem, &before, result, error);
}

int outbox_leaving(struct outbox *outbox, const char *name, int64_t part_id, struct error *error)
{
    struct moment now;
    struct store *store = outbox->box->store;
    const struct outbox_modem *modem = outbox_modem_get(&outbox->modems, name);
    if (!modem || modem->attempt_id == 0 || modem->part_id != part_id)
        return error_set(error, -ENOENT, "part %lld is not in the hands of modem %s", (long long)part_id, name);
    int result = moment_now(outbox->box, &now, error);
    if (result == 0)
        result = store_begin(store, error);
    if (result < 0)
        return result;
    result = store_attempt_leaves(store, modem->attempt_id, now.ms, error);
    if (result == 0)
        result = FAILPOINT("outbox.leave", error);
    result = store_end(store, result, error);
    return result == 0 ? FAILPOINT("outbox.left", error) : result;
}

const struct mt_message *outbox_in_hand(struct outbox *outbox, const char *name, int64_t part_id)
{
    struct outbox_modem *modem = outbox_modem_get(&outbox->modems, name);
    return modem && modem->attempt_id != 0 && modem->part_id == part_id ? &modem->message : NULL;
}

/* Inside the caller's transaction. Returns an enum outbox_next or a negative errno. */
static int settle_and_claim(struct outbox *outbox, struct outbox_modem *modem, struct attempt_end *end,
                            struct mt_submit *ret_submit, struct error *error)
{
    struct mt_message message;
    end->is_doubted = outbox_modem_doubts(modem, end->result, end->cause);
    end->is_sims = outbox_modem_refused(modem, end->result, end->cause, monotonic_of(outbox));
    int result = attempt_settle(outbox->box, end, error);
    if (result < 0)
        return result;
    modem->attempt_id = 0;
    if (end->result == SUBMIT_NO_NETWORK)
        modem->pause_until_ms = monotonic_of(outbox) + NO_NETWORK_PAUSE_MS;
    if (!ret_submit || !may_claim(outbox, modem))
        return OUTBOX_NOTHING;
    result = pick(outbox, modem, end->now_ms, &message, error);
    return result == OUTBOX_SUBMIT ? claim(outbox, modem, &message, end->now_ms, ret_submit, error) : result;
}

int outbox_settle_and_next(struct outbox *outbox, const char *name, int64_t part_id, enum submit_result result,
                           int cause, int tp_mr, struct mt_submit *ret_submit, struct error *error)
{
    struct moment now;
    struct outbox_modem *modem = outbox_modem_get(&outbox->modems, name);
    if (!modem || modem->attempt_id == 0 || modem->part_id != part_id)
        return OUTBOX_NOTHING;
    struct outbox_modem before = *modem;
    int step = outbox_now(outbox, &now, error);
    if (step == 0)
        step = store_begin(outbox->box->store, error);
    if (step == 0) {
        struct attempt_end end = {modem->attempt_id, &before.message, result, cause, tp_mr, now.ms, false, false};
        step = settle_and_claim(outbox, modem, &end, ret_submit, error);
    }
    return end_turn(outbox, modem, &before, step, error);
}

/* The wall clock was put right (or wrong): what waits for a moment waits as long as before. What is from before the
 * power went has its right age now. */
static int follow_clock(struct outbox *outbox, int64_t now_ms, struct error *error)
{
    int64_t jump = now_ms - monotonic_of(outbox) - outbox->skew_ms;
    if (jump > -MS_MINUTE && jump < MS_MINUTE)
        return 0;
    int result = store_mt_shift(outbox->box->store, outbox->former_id, jump, now_ms, error);
    if (result == 0)
        result = store_mt_from_future(outbox->box->store, now_ms, error);
    if (result == 0)
        outbox->skew_ms += jump;
    return result;
}

int outbox_tick(struct outbox *outbox, struct error *error)
{
    struct moment now;
    struct store *store = outbox->box->store;
    int64_t skew = outbox->skew_ms;
    int result = moment_now(outbox->box, &now, error);
    if (result == 0)
        result = store_begin(store, error);
    if (result == 0)
        result = follow_clock(outbox, now.ms, error);
    if (result == 0)
        result = sweep(outbox, &now, error);
    result = store_end(store, result, error);
    if (result < 0)
        outbox->skew_ms = skew;
    return result;
}

static void sooner(int64_t *wait, int64_t candidate)
{
    if (candidate > 0 && (*wait < 0 || candidate < *wait))
        *wait = candidate;
}

int outbox_wait_ms(struct outbox *outbox, int64_t *ret_ms, struct error *error)
{
    struct moment now;
    int64_t due = 0, wait = -1, monotonic = monotonic_of(outbox);
    int result = moment_now(outbox->box, &now, error);
    if (result == 0)
        result = store_mt_next_due(outbox->box->store, now.ms, &due, error);
    if (result < 0 && result != -ENOENT)
        return result;
    if (result == 0)
        sooner(&wait, due - now.ms);
    if (outbox->paced)
        sooner(&wait, PACE_LOOK_MS);
    if (outbox->former_wait)
        sooner(&wait, POWER_GRACE_MS - monotonic);
    sooner(&wait, outbox->quiet_ms);
    for (size_t i = 0; i < outbox->modems.n; i++)
        sooner(&wait, outbox->modems.modem[i].pause_until_ms - monotonic);
    *ret_ms = wait;
    return 0;
}

int outbox_report(struct outbox *outbox, const struct mt_report *report, bool *ret_matched, struct error *error)
{
    struct moment now;
    int result = moment_now(outbox->box, &now, error);
    return result < 0 ? result : report_settle(outbox->box, report, now.ms, ret_matched, error);
}
