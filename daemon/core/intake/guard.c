/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/intake/guard.h"

#include <errno.h>
#include <string.h>

#include "settings/settings.h"
#include "store/mo.h"
#include "store/mt.h"

/* What counts as an answer to a sender: everything that a message from outside can cause. */
enum { ANSWER_KINDS = 1U << MT_REPLY };

static bool is_own_number(const struct box *box, const char *number)
{
    const struct settings *settings = box->settings;
    for (size_t i = 0; i < settings->n_modems; i++) {
        if (strcmp(settings->modems[i].number, number) == 0)
            return true;
    }
    for (size_t i = 0; i < settings->own_numbers.n; i++) {
        if (strcmp(settings->own_numbers.text[i], number) == 0)
            return true;
    }
    return false;
}

int guard_sender(const struct box *box, const char *address, struct sender *ret_sender, struct error *error)
{
    *ret_sender = (struct sender){.kind = SENDER_UNANSWERABLE};
    enum msisdn_kind kind = msisdn_normalise(view_of(address), ret_sender->number);
    if (kind == MSISDN_SHORT || kind == MSISDN_NAME || is_own_number(box, ret_sender->number))
        return 0;
    int result = store_contact_by_phone(box->store, ret_sender->number, &ret_sender->contact, error);
    if (result == -ENOENT) {
        /* Foreign numbers that nobody registered are neither mobile phones of the village nor worth the airtime. */
        ret_sender->kind = kind == MSISDN_MOBILE ? SENDER_STRANGER : SENDER_UNANSWERABLE;
        return 0;
    }
    if (result < 0)
        return result;
    switch (ret_sender->contact.state) {
    case CONTACT_ACTIVE:
        ret_sender->kind = SENDER_REGISTERED;
        break;
    case CONTACT_PENDING:
        ret_sender->kind = SENDER_STRANGER;
        break;
    case CONTACT_BLOCKED:
        ret_sender->kind = SENDER_BLOCKED;
        break;
    case CONTACT_STATE_COUNT:
        break;
    }
    return 0;
}

/* Whether max answers or more went to the number since. */
static int number_is_over(const struct box *box, const char *number, int64_t since_ms, int max, bool *ret_over,
                          struct error *error)
{
    int64_t answers = 0;
    int result = store_mt_added_since(box->store, number, ANSWER_KINDS, since_ms, &answers, error);
    if (result == 0)
        *ret_over = answers >= max;
    return result;
}

/* Whether the whole box gave max answers or more in the span. What was counted a minute ago can only have become less
 * by what fell out of the span, so that the cap is never exceeded. */
static int box_is_over(const struct box *box, struct guard_count *count, int64_t now_ms, int64_t span_ms, int max,
                       bool *ret_over, struct error *error)
{
    enum { COUNT_AGAIN_MS = MS_MINUTE, LOOK_AGAIN_MS = 10 * MS_SECOND };
    bool over = count->answers + count->added >= max;
    int64_t age_ms = now_ms - count->at_ms;
    bool fresh = age_ms >= 0 && age_ms < (over ? LOOK_AGAIN_MS : COUNT_AGAIN_MS);
    if (!fresh || (over && count->added > 0)) {
        int64_t answers = 0;
        int result = store_mt_added_since(box->store, NULL, ANSWER_KINDS, now_ms - span_ms, &answers, error);
        if (result < 0)
            return result;
        *count = (struct guard_count){now_ms, answers, 0};
        over = answers >= max;
    }
    *ret_over = over;
    return 0;
}

void guard_answered(const struct box *box)
{
    box->guard->hour.added++;
    box->guard->day.added++;
}

static int judge_caps(const struct box *box, const struct sender *sender, int64_t now_ms,
                      enum guard_verdict *ret_verdict, struct error *error)
{
    const struct settings *settings = box->settings;
    bool over = false;
    *ret_verdict = GUARD_NUMBER_CAP;
    int result = number_is_over(box, sender->number, now_ms - MS_HOUR, settings->replies_number_hour, &over, error);
    if (result == 0 && !over)
        result = number_is_over(box, sender->number, now_ms - MS_DAY, settings->replies_number_day, &over, error);
    if (result < 0 || over)
        return result;
    *ret_verdict = GUARD_BOX_CAP;
    result = box_is_over(box, &box->guard->hour, now_ms, MS_HOUR, settings->replies_box_hour, &over, error);
    if (result == 0 && !over)
        result = box_is_over(box, &box->guard->day, now_ms, MS_DAY, settings->replies_box_day, &over, error);
    if (result == 0 && !over)
        *ret_verdict = GUARD_ANSWER;
    return result;
}

static int judge_stranger(const struct box *box, const struct sender *sender, int64_t now_ms,
                          enum guard_verdict *ret_verdict, struct error *error)
{
    int64_t answered_ms = 0;
    int result = store_stranger_seen(box->store, sender->number, now_ms, &answered_ms, error);
    if (result < 0)
        return result;
    int64_t wait_ms = box->settings->unknown_sender_days * MS_DAY;
    if (box->settings->unknown_sender == UNKNOWN_SENDER_SILENT || (answered_ms > 0 && now_ms - answered_ms < wait_ms)) {
        *ret_verdict = GUARD_STRANGER_AGAIN;
        return 0;
    }
    return judge_caps(box, sender, now_ms, ret_verdict, error);
}

static int judge_registered(const struct box *box, const struct sender *sender, struct view text, struct guard_time at,
                            enum guard_verdict *ret_verdict, struct error *error)
{
    int64_t same = 0;
    int64_t since_ms = at.now_ms - MS_HOUR;
    int result = store_mo_same_text(box->store, sender->number, text, since_ms, at.sent_ms, &same, error);
    if (result < 0)
        return result;
    if (same + 1 >= box->settings->loop_guard) {
        *ret_verdict = GUARD_LOOP;
        return 0;
    }
    return judge_caps(box, sender, at.now_ms, ret_verdict, error);
}

int guard_answer(const struct box *box, const struct sender *sender, struct view text, struct guard_time at,
                 enum guard_verdict *ret_verdict, struct error *error)
{
    switch (sender->kind) {
    case SENDER_REGISTERED:
        return judge_registered(box, sender, text, at, ret_verdict, error);
    case SENDER_STRANGER:
        return judge_stranger(box, sender, at.now_ms, ret_verdict, error);
    case SENDER_BLOCKED:
    case SENDER_UNANSWERABLE:
        *ret_verdict = GUARD_NEVER;
        return 0;
    }
    return 0;
}

struct newest {
    struct view text;
    int64_t sent_ms;
    int64_t id;
};

static int compare_newest(void *data, const struct mo_message *message)
{
    struct newest *newest = data;
    int64_t apart_ms = message->sent_ms - newest->sent_ms;
    bool same = strlen(message->text) == newest->text.len &&
                memcmp(message->text, newest->text.at, newest->text.len) == 0 && apart_ms > -MS_HOUR &&
                apart_ms < MS_HOUR;
    /* What came from a stranger, or half, was not acted upon: now it may be. */
    bool done = message->outcome == MO_REPORT || message->outcome == MO_COMMAND || message->outcome == MO_OVER_LIMIT;
    newest->id = same && done ? message->id : 0;
    return 1;
}

int guard_resend(const struct box *box, const struct sender *sender, struct view text, struct guard_time at,
                 int64_t *ret_mo_id, struct error *error)
{
    struct newest newest = {text, at.sent_ms, 0};
    int64_t same = 0;
    struct mo_filter filter = {.sender = sender->number, .since_ms = at.now_ms - MS_HOUR, .limit = 1};
    int result = store_mo_same_text(box->store, sender->number, text, filter.since_ms, at.sent_ms, &same, error);
    if (result == 0 && same > 0) /* the second question is the dearer one */
        result = store_mo_list(box->store, &filter, compare_newest, &newest, error);
    if (result == 0)
        *ret_mo_id = newest.id;
    return result;
}

int guard_echo(const struct box *box, const struct sender *sender, struct view text, int64_t now_ms, bool *ret_echo,
               struct error *error)
{
    enum { LOOK_BACK = 50 };
    int64_t same = 0;
    int result = store_mt_same_text(box->store, sender->number, text, now_ms - MS_DAY, LOOK_BACK, &same, error);
    if (result == 0)
        *ret_echo = same > 0;
    return result;
}
