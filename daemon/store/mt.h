/* SPDX-License-Identifier: GPL-2.0-or-later */
/* MT: the outbox as a persisted state machine. Same rules as store/store.h. */
#ifndef KABAR_STORE_MT_H
#define KABAR_STORE_MT_H

#include "store/store.h"

enum mt_kind { MT_REPLY, MT_CARD, MT_REMINDER, MT_ALERT, MT_MANUAL, MT_BROADCAST, MT_KIND_COUNT };
enum mt_state {
    MT_QUEUED,
    MT_SUBMITTING,
    MT_SUBMITTED,
    MT_DELIVERED,
    MT_UNDELIVERED,
    MT_REPORT_EXPIRED,
    MT_RETRY_WAIT,
    MT_UNCERTAIN,
    MT_HELD,
    MT_FAILED,
    MT_EXPIRED,
    MT_CANCELLED,
    MT_STATE_COUNT
};
const char *mt_kind_to_string(enum mt_kind kind);
const char *mt_state_to_string(enum mt_state state);
/* Whether the state machine has that step; store_mt_move() asserts it. */
bool mt_state_may_become(enum mt_state from, enum mt_state to);

struct mt_message {
    int64_t id;
    char uid[UID_MAX];
    enum mt_kind kind;
    enum mt_state state;
    int priority; /* smaller goes first; made from the kind */
    char recipient[MSISDN_MAX];
    int64_t contact_id, mo_id;                                      /* 0 none; mo_id: what it answers */
    int64_t created_ms, not_before_ms, expires_ms, next_attempt_ms; /* 0: at once, at once, never, at once */
    int64_t state_ms;                                               /* in this state since */
    int attempts;                                                   /* submits begun */
    int retries;                                                    /* spent of the retry budget */
    int parts, parts_sent;
    int uncertain;      /* attempts at its first unsent part of which nobody knows the end */
    char modem[32];     /* that sent or sends it, "" none */
    int cause;          /* of the last failure, 0 none */
    bool asks_again;    /* set when queued, not read: asks to send what came incomplete again */
    bool urgent;        /* set when queued, not read: an alert that does not wait, see MT_URGENT */
    bool to_stranger;   /* set when queued, not read: an answer that goes out after those to registered people */
    bool cancel_wanted; /* is being submitted, and will be cancelled where it has to be submitted again */
    char text[SMS_TEXT_MAX];
    char job[JOB_NAME_MAX]; /* of store/job.h, "" none */
};

/* Queues a message with its parts (the text cut by sms_part_split). The caller sets kind, recipient, contact_id, mo_id,
 * created_ms, not_before_ms, expires_ms, text, asks_again, to_stranger, urgent; one answer for each mo_id, and one that
 * asks again, MT_MANUAL aside: a second is -EEXIST. -EMSGSIZE: no text, or more than SMS_PARTS_MAX parts. */
MUST_CHECK int store_mt_add(struct store *store, const struct mt_message *message, int64_t *ret_id,
                            struct error *error);

/* Beside the kinds, for what is searched: alerts that are urgent, which are not among the others of MT_ALERT. */
enum { MT_URGENT = 1 << MT_KIND_COUNT };
enum { MT_HANDOVER_MS = 10 * MS_MINUTE, MT_LOOK_AHEAD = 64 };
struct mt_search {
    int64_t now_ms;
    unsigned kind_mask;                                           /* 1 << mt_kind, MT_URGENT */
    const char *modem;                                            /* that is to send it */
    int64_t after_id;                                             /* only what was queued after this one; 0 all */
    bool (*wanted)(void *data, const struct mt_message *message); /* NULL: all; must not use the store */
    void *data;
};
/* The next one to send: queued, or retry_wait and due; by priority, then age. One of which parts have gone out on
 * another modem only after MT_HANDOVER_MS in which that one did nothing: a phone puts parts together by their sender,
 * so that claiming it here begins again with its first part. -ENOENT: none. Of several modems each leaves alone what
 * another one is to send: among the first MT_LOOK_AHEAD of each kind it is the first that is wanted. */
MUST_CHECK int store_mt_pick(struct store *store, const struct mt_search *search, struct mt_message *ret_message,
                             struct error *error);
/* When the next retry_wait or not_before after now falls due; -ENOENT: nothing waits. */
MUST_CHECK int store_mt_next_due(struct store *store, int64_t now_ms, int64_t *ret_ms, struct error *error);
/* What waited for a moment that has come takes its place by age again: those that never waited would go before it. */
MUST_CHECK int store_mt_fall_due(struct store *store, int64_t now_ms, struct error *error);
/* How late it is. What was queued before the power went, up to former_id, is judged by what has passed for certain. */
struct mt_era {
    int64_t now_ms, least_ms; /* least_ms <= now_ms */
    int64_t former_id;
};
/* Those in state from whose validity ended wait_ms ago become to: one step for all of them. */
MUST_CHECK int store_mt_outlived(struct store *store, enum mt_state from, enum mt_state to, const struct mt_era *era,
                                 int64_t wait_ms, struct error *error);
/* The newest that was queued before; 0 none. */
MUST_CHECK int store_mt_last_before(struct store *store, int64_t before_ms, int64_t *ret_id, struct error *error);
/* The message is of use until then (0: always). */
MUST_CHECK int store_mt_renew(struct store *store, int64_t mt_id, int64_t expires_ms, struct error *error);
/* The wall clock was put right or wrong by so much: what was queued after after_id waits for its moment (a retry, its
 * not_before, its expiry) as long as before. What was queued within the last minute was so by the clock as it is now.
 */
MUST_CHECK int store_mt_shift(struct store *store, int64_t after_id, int64_t by_ms, int64_t now_ms,
                              struct error *error);
/* What waits and is dated later than now was queued while the clock was ahead and the box was off since: it is as if it
 * were queued now. */
MUST_CHECK int store_mt_from_future(struct store *store, int64_t now_ms, struct error *error);

struct mt_part_row {
    int64_t id, mt_id;
    int seq, total, concat_ref;
    bool unicode;
    char text[1024];
};
/* queued | retry_wait → submitting, with an attempt row for the first unsent part. Commit before the worker is told.
 * -ENODATA: no part of it is there to be sent, which a foreign hand brings about; the message is failed then. */
MUST_CHECK int store_mt_claim(struct store *store, int64_t mt_id, const char *modem, int64_t now_ms,
                              struct mt_part_row *ret_part, int64_t *ret_attempt_id, struct error *error);

/* What an attempt came to; the transition is from submitting and must change one row. */
struct mt_outcome {
    int64_t attempt_id;
    enum mt_state
        next; /* SUBMITTED (or QUEUED where parts are left), RETRY_WAIT, FAILED, UNCERTAIN, QUEUED (no network) */
    int64_t now_ms, next_attempt_ms;
    int cause, tp_mr; /* tp_mr -1: none */
    bool spend_retry;
    bool part_sent;
};
/* Where a part was sent, SUBMITTED and QUEUED are the same: the parts left decide. Its TP-MR may tell of uncertain
 * attempts before it that they were never submitted: they are uncertain no more, and a message whose last one was among
 * them is retry_wait then. -ENOENT: the attempt is settled already. */
MUST_CHECK int store_mt_settle(struct store *store, const struct mt_outcome *outcome, struct error *error);
/* What is under way is let go: committed before the modem gets the octet that sends it. -ENOENT: it is settled. */
MUST_CHECK int store_attempt_leaves(struct store *store, int64_t attempt_id, int64_t now_ms, struct error *error);
/* At start, after store_suspect_recover(): what was submitting when a former life ended is uncertain where it had been
 * let go, else queued; what kabard died of too often before it left is failed, which sets it aside. */
struct mt_recovered {
    int64_t uncertain, set_aside;
};
MUST_CHECK int store_mt_recover(struct store *store, int64_t now_ms, struct mt_recovered *ret_recovered,
                                struct error *error);
/* What is uncertain for the second time and was submitted once, by the modem's count, is submitted. */
MUST_CHECK int store_mt_settle_counted(struct store *store, int64_t now_ms, struct error *error);
/* Any other legal transition (expire, hold, release, cancel, resend of an uncertain one, give up): from → to must
 * change one row, else -ENOENT. Illegal pairs assert. */
MUST_CHECK int store_mt_move(struct store *store, int64_t mt_id, enum mt_state from, enum mt_state to, int64_t now_ms,
                             int64_t next_attempt_ms, struct error *error);
/* submitting: it is in the modem's hands; what has to be submitted again is cancelled instead. -ENOENT: is not
 * submitting. */
MUST_CHECK int store_mt_cancel_submitting(struct store *store, int64_t mt_id, struct error *error);
/* A status report: finds the part by recipient (as it was queued) and TP-MR, which wraps at 256: the newest sent. Where
 * there is none but just one uncertain message to that number, it was sent after all: submitted, or retry_wait where
 * parts are left. -ENOENT: none matches, or the report has come before. */
MUST_CHECK int store_mt_report(struct store *store, const char *recipient, int tp_mr, bool delivered, int64_t now_ms,
                               int64_t *ret_mt_id, struct error *error);
typedef int mt_each(void *data, const struct mt_message *message);
struct mt_filter {
    unsigned state_mask;   /* 1 << mt_state; 0 any */
    const char *recipient; /* NULL any */
    const char *area_code;
    int64_t since_ms, limit, id, mo_id; /* 0 any; newest first */
    bool oldest_first;
    int64_t expires_before_ms; /* 0 any */
};
MUST_CHECK int store_mt_list(struct store *store, const struct mt_filter *filter, mt_each *each, void *data,
                             struct error *error);
/* Parts submitted, or perhaps submitted, since (at most two days ago: what is dated later does not count), to one
 * number (NULL: to any), by kinds in mask, by one modem (NULL: any): for the airtime budget. */
MUST_CHECK int store_mt_sent_since(struct store *store, const char *recipient, unsigned kind_mask, const char *modem,
                                   int64_t since_ms, int64_t *ret_parts, struct error *error);
/* Messages queued since (as above) to one number, whatever became of them, of kinds in mask: for the caps on answers,
 * which count before the modem does. */
MUST_CHECK int store_mt_added_since(struct store *store, const char *recipient, unsigned kind_mask, int64_t since_ms,
                                    int64_t *ret_messages, struct error *error);
/* The same of answers to anybody: to strangers, or to all others. */
MUST_CHECK int store_mt_answers_since(struct store *store, bool to_strangers, int64_t since_ms, int64_t *ret_messages,
                                      struct error *error);

/* The texts of the newest `limit` messages to the number since then, newest first. */
typedef int mt_text_each(void *data, const char *text);
MUST_CHECK int store_mt_texts(struct store *store, const char *recipient, int64_t since_ms, int limit,
                              mt_text_each *each, void *data, struct error *error);

/* Answers that were queued before and are not sent yet. */
MUST_CHECK int store_mt_waiting(struct store *store, int64_t before_ms, int64_t *ret_number, struct error *error);

#endif
