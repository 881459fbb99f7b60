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

/* Whether the whole box gave max answers or more in the span, to registered people or to strangers. What was counted a
 * minute ago can only have become less by what fell out of the span, so that the cap is never exceeded. */
static int box_is_over(const struct box *box, bool stranger, struct guard_count *count, int64_t now_ms, int64_t span_ms,
                       int max, bool *ret_over, struct error *error)
{
    enum { COUNT_AGAIN_MS = MS_MINUTE, LOOK_AGAIN_MS = 10 * MS_SECOND };
    bool over = count->answers + count->added >= max;
    int64_t age_ms = now_ms - count->at_ms;
    bool fresh = age_ms >= 0 && age_ms < (over ? LOOK_AGAIN_MS : COUNT_AGAIN_MS);
    if (!fresh || (over && count->added > 0)) {
        int64_t answers = 0;
        int result = store_mt_answers_since(box->store, stranger, now_ms - span_ms, &answers, error);
        if (result < 0)
            return result;
        *count = (struct guard_count){now_ms, answers, 0};
        over = answers >= max;
    }
    *ret_over = over;
    return 0;
}

/* One more may be given. A message that gets no answer after all is found out at the next count. */
static void count_answer(const struct box *box, bool stranger)
{
    box->guard->hour[stranger].added++;
    box->guard->day[stranger].added++;
}

static int judge_caps(const struct box *box, const struct sender *sender, int64_t now_ms,
                      enum guard_verdict *ret_verdict, struct error *error)
{
    const struct settings *settings = box->settings;
    bool stranger = sender->kind == SENDER_STRANGER, over = false;
    int hour_max = stranger ? settings->replies_strangers_hour : settings->replies_box_hour;
    int day_max = stranger ? settings->replies_strangers_day : settings->replies_box_day;
    *ret_verdict = GUARD_NUMBER_CAP;
    int result = number_is_over(box, sender->number, now_ms - MS_HOUR, settings->replies_number_hour, &over, error);
    if (result == 0 && !over)
        result = number_is_over(box, sender->number, now_ms - MS_DAY, settings->replies_number_day, &over, error);
    if (result < 0 || over)
        return result;
    *ret_verdict = GUARD_BOX_CAP;
    result = box_is_over(box, stranger, &box->guard->hour[stranger], now_ms, MS_HOUR, hour_max, &over, error);
    if (result == 0 && !over)
        result = box_is_over(box, stranger, &box->guard->day[stranger], now_ms, MS_DAY, day_max, &over, error);
    if (result < 0 || over)
        return result;
    *ret_verdict = GUARD_ANSWER;
    count_answer(box, stranger);
    return 0;
}

static int judge_stranger(const struct box *box, const struct guard_input *input, struct guarded *guarded,
                          struct error *error)
{
    const struct sender *sender = &guarded->sender;
    int64_t answered_ms = 0;
    int result = store_stranger_seen(box->store, sender->number, input->now_ms, &answered_ms, error);
    if (result < 0)
        return result;
    int64_t wait_ms = box->settings->unknown_sender_days * MS_DAY;
    bool again = answered_ms > 0 && answered_ms <= input->now_ms && input->now_ms - answered_ms < wait_ms;
    if (guarded->own != OWN_TEXT_NOT || again || box->settings->unknown_sender == UNKNOWN_SENDER_SILENT) {
        guarded->verdict = guarded->own != OWN_TEXT_NOT ? GUARD_OWN_TEXT : GUARD_STRANGER_AGAIN;
        return 0;
    }
    return judge_caps(box, sender, input->now_ms, &guarded->verdict, error);
}

struct newest {
    const struct guard_input *input;
    int64_t id;
};

static int compare_newest(void *data, const struct mo_message *message)
{
    struct newest *newest = data;
    int64_t apart_ms = message->sent_ms - newest->input->sent_ms;
    bool same = view_is(newest->input->text, message->text) && apart_ms > -MS_HOUR && apart_ms < MS_HOUR;
    /* What came from a stranger, or half, was not acted upon: now it may be. */
    bool done = message->outcome == MO_REPORT || message->outcome == MO_COMMAND || message->outcome == MO_OVER_LIMIT;
    newest->id = same && done ? message->id : 0;
    return 1;
}

static int judge_registered(const struct box *box, const struct guard_input *input, struct guarded *guarded,
                            struct error *error)
{
    const struct sender *sender = &guarded->sender;
    struct newest newest = {input, 0};
    struct mo_filter filter = {.sender = sender->number, .since_ms = input->now_ms - MS_HOUR, .limit = 1};
    int64_t same = 0;
    int result =
        store_mo_same_text(box->store, sender->number, input->text, filter.since_ms, input->sent_ms, &same, error);
    if (result == 0 && same > 0) /* the second question is the dearer one */
        result = store_mo_list(box->store, &filter, compare_newest, &newest, error);
    if (result < 0)
        return result;
    guarded->resend_of = newest.id;
    guarded->verdict = guarded->own != OWN_TEXT_NOT ? GUARD_OWN_TEXT : GUARD_LOOP;
    if (guarded->own != OWN_TEXT_NOT || same + 1 >= box->settings->loop_guard)
        return 0;
    return judge_caps(box, sender, input->now_ms, &guarded->verdict, error);
}

int guard_judge(const struct box *box, const struct guard_input *input, struct guarded *ret_guarded,
                struct error *error)
{
    struct guarded guarded = {.verdict = GUARD_NEVER, .own = OWN_TEXT_NOT};
    int result = guard_sender(box, input->address, &guarded.sender, error);
    bool person = guarded.sender.kind == SENDER_REGISTERED || guarded.sender.kind == SENDER_STRANGER;
    if (result == 0 && person)
        result = own_text_find(box, guarded.sender.number, input->text, input->now_ms, &guarded.own, error);
    if (result == 0 && guarded.sender.kind == SENDER_REGISTERED)
        result = judge_registered(box, input, &guarded, error);
    else if (result == 0 && guarded.sender.kind == SENDER_STRANGER)
        result = judge_stranger(box, input, &guarded, error);
    if (result == 0)
        *ret_guarded = guarded;
    return result;
}
