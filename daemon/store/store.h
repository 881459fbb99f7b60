/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The database as the other rooms see it: areas, contacts, MO, reports, MT. The only room with sqlite3.h.
 *
 * One struct store a process and thread. Every write happens between store_begin() and store_commit(): what a commit
 * did not return 0 for did not happen. Statements are prepared once, at open. Texts in rows handed out are copies in
 * the row; views given in need live only for the call. Functions return 0 or a negative errno with *error filled:
 *   -ENOSPC disk full, -EROFS not writable, -EBUSY locked by someone else beyond the busy timeout, -EUCLEAN damaged,
 *   -EIO the disk failed, -ESTALE the file was deleted or replaced, -ENOENT (only where it says so) no such row.
 * Times are ms UTC; periods are months (parsers/period.h).
 */
#ifndef KABAR_STORE_STORE_H
#define KABAR_STORE_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/clock.h"
#include "base/error.h"
#include "parsers/limits.h"
#include "parsers/view.h"

struct store;

enum {
    AREA_CODE_MAX = 24, /* "35.12.03.2001/04" */
    NAME_MAX_BYTES = 101,
    UID_MAX = 64, /* "box-03-mo-1234"; after a restore "box-03-r482911-mo-1234" */
    FIELD_MAX = 24,
    STATE_MAX = 20,
    JOB_NAME_MAX = 40,    /* "reminder:2026-10:posyandu" */
    STORE_BUSY_MS = 5000, /* a short transaction of kabarctl passes; a stuck shell is told, not waited for */
};

/* ---- open, migrate, transactions ---- */

enum store_mode { STORE_WRITE, STORE_READ };

/* Opens an existing database; refuses one that is not Kabar's, is newer than this program, or needs `kabarctl init`
 * first (-ENOENT no file; -EPROTO other faults, in words). box_id is written into every uid. */
MUST_CHECK int store_open(const char *path, enum store_mode mode, const char *box_id, struct store **ret_store,
                          struct error *error);
/* Makes or migrates it, after a copy beside it where something is pending; *ret_from/_to are schema versions. */
MUST_CHECK int store_init(const char *path, int *ret_from, int *ret_to, struct error *error);
struct store *store_close(struct store *store); /* NULL is fine; checkpoints; returns NULL */

/* BEGIN IMMEDIATE. -ESTALE: the file is not where it was opened, and what is written would go with it. */
MUST_CHECK int store_begin(struct store *store, struct error *error);
MUST_CHECK int store_commit(struct store *store, struct error *error); /* on failure it is rolled back */
void store_rollback(struct store *store);                              /* without an open transaction: nothing */
/* What store_begin() and the work after it came to: 0 is committed, all else is rolled back and returned as it is
 * (*error untouched, nothing to roll back where begin itself failed). */
MUST_CHECK int store_end(struct store *store, int result, struct error *error);

/* Where the file is that was opened: somebody may delete, move or replace it, or its -wal, under a running daemon. */
enum store_place { STORE_THERE, STORE_GONE, STORE_REPLACED, STORE_WAL_GONE };
/* *ret_deleted (NULL is fine): it has no name any more, and is lost with this process. */
enum store_place store_place(const struct store *store, bool *ret_deleted);
/* The same in words: 0 or -ESTALE. */
MUST_CHECK int store_place_check(const struct store *store, struct error *error);
/* Copies what is open to a new file beside its place, whose name is *ret_target. */
MUST_CHECK int store_rescue(struct store *store, char *ret_target, size_t size, struct error *error);

/* How long another program's lock is waited for before it is -EBUSY; from open on STORE_BUSY_MS. */
void store_wait_for_locks(struct store *store, int ms);

/* Changes whenever another process has committed. */
MUST_CHECK int store_data_version(struct store *store, int64_t *ret_version, struct error *error);
/* The newest SCTS stored, 0 when none: the lower bound of a true clock (DESIGN.md 6). */
MUST_CHECK int store_newest_scts(struct store *store, int64_t *ret_ms, struct error *error);
MUST_CHECK int store_checkpoint(struct store *store, struct error *error);

/* who: "kabard", "kabarctl:NAME"; what: "contact.add"; subject: a uid, code or number; detail: free words. */
MUST_CHECK int store_audit(struct store *store, int64_t now_ms, const char *who, const char *what, const char *subject,
                           const char *detail, struct error *error);

/* ---- areas ---- */

enum area_level { AREA_PROVINSI = 1, AREA_KABUPATEN, AREA_KECAMATAN, AREA_DESA, AREA_POSYANDU };

struct area {
    int64_t id, parent_id; /* parent 0: none */
    enum area_level level;
    char code[AREA_CODE_MAX];
    char name[NAME_MAX_BYTES];
};

/* Level of a well-formed code, 0 of any other. */
int area_code_level(struct view code);

/* Adds an area or renames it; its parent must be there (-ENOENT names it). -EINVAL: not a code, name empty or too long.
 */
MUST_CHECK int store_area_put(struct store *store, struct view code, struct view name, int64_t *ret_id,
                              struct error *error);
MUST_CHECK int store_area_by_code(struct store *store, struct view code, struct area *ret_area, struct error *error);
MUST_CHECK int store_area_by_id(struct store *store, int64_t id, struct area *ret_area, struct error *error);
/* Calls each for the area of that code and all below it, in order of code; NULL code: all. each returns non-zero to
 * stop. */
typedef int area_each(void *data, const struct area *area);
MUST_CHECK int store_area_list(struct store *store, const char *code, area_each *each, void *data, struct error *error);

/* ---- contacts ---- */

enum contact_role {
    ROLE_KPM,
    ROLE_KADER,
    ROLE_KADES,
    ROLE_BIDAN,
    ROLE_PENDAMPING,
    ROLE_TPPS,
    ROLE_OPERATOR,
    ROLE_COUNT
};
enum contact_state { CONTACT_PENDING, CONTACT_ACTIVE, CONTACT_BLOCKED, CONTACT_STATE_COUNT };
const char *contact_role_to_string(enum contact_role role);
const char *contact_state_to_string(enum contact_state state);
/* Returns ROLE_COUNT where the word is none. */
enum contact_role contact_role_parse(struct view word);

struct contact {
    int64_t id, area_id; /* area 0: none */
    enum contact_role role;
    enum contact_state state;
    char name[NAME_MAX_BYTES];
    char phone[MSISDN_MAX]; /* E.164; the one asked for, or the first */
    char locale[8];         /* "id" */
    char area_code[AREA_CODE_MAX];
    int64_t created_ms; /* of what was read; not of what is added */
};

/* phone must be E.164. An existing phone is -EEXIST, naming its owner. */
MUST_CHECK int store_contact_add(struct store *store, const struct contact *contact, int64_t now_ms, int64_t *ret_id,
                                 struct error *error);
/* A further number of the same person. Either way the number is no stranger's any more. */
MUST_CHECK int store_contact_phone_add(struct store *store, int64_t id, const char *phone, int64_t now_ms,
                                       struct error *error);
MUST_CHECK int store_contact_by_phone(struct store *store, const char *phone, struct contact *ret_contact,
                                      struct error *error); /* -ENOENT */
MUST_CHECK int store_contact_set_state(struct store *store, int64_t id, enum contact_state state, struct error *error);
typedef int contact_each(void *data, const struct contact *contact);
/* role ROLE_COUNT and state CONTACT_STATE_COUNT mean any; area_code NULL: everywhere, else it and all below. */
MUST_CHECK int store_contact_list(struct store *store, enum contact_role role, enum contact_state state,
                                  const char *area_code, contact_each *each, void *data, struct error *error);

/* An unknown number that wrote, for the operator's list of people to register: counts, remembers when and when
 * answered. */
MUST_CHECK int store_stranger_seen(struct store *store, const char *phone, int64_t now_ms, int64_t *ret_answered_ms,
                                   struct error *error); /* *ret_answered_ms 0: never */
MUST_CHECK int store_stranger_answered(struct store *store, const char *phone, int64_t now_ms, struct error *error);
struct stranger {
    char phone[MSISDN_MAX];
    int64_t messages, first_ms, last_ms, answered_ms; /* answered 0: never */
};
typedef int stranger_each(void *data, const struct stranger *stranger);
/* Who wrote last, first; limit 0: all. */
MUST_CHECK int store_stranger_list(struct store *store, int64_t limit, stranger_each *each, void *data,
                                   struct error *error);

/* Forgets all but those who wrote last. */
MUST_CHECK int store_stranger_keep(struct store *store, int64_t keep, struct error *error);

/* ---- MO ---- */

/* One part as it came from a modem; see modem/port.h for the meaning. Texts are terminated. */
struct mo_part_row {
    const char *modem, *sender, *smsc, *kind; /* kind: mo_kind_to_string() */
    const char *text, *raw;
    int64_t sent_ms, received_ms;
    int concat_ref, concat_total, concat_seq;
};

enum mo_part_put { MO_PART_NEW, MO_PART_KNOWN };

/* Stores a part unless (sender, SCTS, concatenation reference, part, text) is known. *ret_id is its row either way. */
MUST_CHECK int store_mo_part_put(struct store *store, const struct mo_part_row *part, enum mo_part_put *ret_put,
                                 int64_t *ret_id, struct error *error);

/* Parts of one concatenated message that wait for one another: same sender, reference and total, not yet in a message.
 * Calls each in order of sequence; where a sequence number waits several times, the newest first. */
struct mo_waiting_part {
    int64_t id, sent_ms, received_ms;
    int concat_seq;
    const char *text; /* lives for the call */
};
typedef int mo_waiting_each(void *data, const struct mo_waiting_part *part);
MUST_CHECK int store_mo_waiting(struct store *store, const char *sender, int concat_ref, int concat_total,
                                mo_waiting_each *each, void *data, struct error *error);
/* The same of those that are in a message already. */
MUST_CHECK int store_mo_parts(struct store *store, int64_t mo_id, mo_waiting_each *each, void *data,
                              struct error *error);
/* The incomplete message that a part which waits belongs to, 0 none: of those with its sender, reference and total that
 * were stamped within an hour of it, the nearest is in that message, which has no other text in its place. */
MUST_CHECK int store_mo_home(struct store *store, int64_t part_id, int64_t *ret_mo_id, struct error *error);
/* How many parts wait for others, of all senders. */
MUST_CHECK int store_mo_waiting_count(struct store *store, int64_t *ret_parts, struct error *error);
/* The oldest group of which no part has come since before_received_ms, so that it can be given up on. -ENOENT: none. */
struct mo_group {
    char sender[64], modem[32];
    int concat_ref, concat_total;
    int64_t oldest_received_ms;
};
MUST_CHECK int store_mo_stale_group(struct store *store, int64_t before_received_ms, struct mo_group *ret_group,
                                    struct error *error);

/* What became of a whole message: mo_message.outcome. */
enum mo_outcome {
    MO_REPORT, /* read as a report, whatever its statuses */
    MO_COMMAND,
    MO_CHAT,
    MO_EMPTY,
    MO_UNKNOWN,      /* nobody understood it: the operator's queue */
    MO_UNREGISTERED, /* sender not registered, pending or blocked */
    MO_UNANSWERABLE, /* alphabetic sender, short code, the box's own number */
    MO_NOT_TEXT,     /* binary, MMS notification, USSD, flash */
    MO_UNREAD,       /* could not be decoded */
    MO_INCOMPLETE,   /* parts are missing after the wait */
    MO_OVER_LIMIT,   /* over a cap, or the third identical text: stored, processed, not answered */
    MO_OUTCOME_COUNT
};
const char *mo_outcome_to_string(enum mo_outcome outcome);

struct mo_message {
    int64_t id;
    char uid[UID_MAX];
    char modem[32], sender[64];
    int64_t contact_id; /* 0: none */
    int64_t sent_ms, received_ms;
    enum mo_outcome outcome;
    int parts;
    const char *text; /* lives for the call */
};

/* Makes one message of the parts given, which then wait no more. *ret_id and the uid are new. */
MUST_CHECK int store_mo_message_add(struct store *store, const struct mo_message *message, const int64_t *part_ids,
                                    size_t n_parts, int64_t *ret_id, struct error *error);
/* A late part joins an incomplete message … */
MUST_CHECK int store_mo_part_join(struct store *store, int64_t part_id, int64_t mo_id, struct error *error);
/* … whose outcome, contact, parts and text are then as given for message->id. One that came to be whole is the
 * operator's again, who may have dealt with what there was. */
MUST_CHECK int store_mo_message_grow(struct store *store, const struct mo_message *message, struct error *error);
MUST_CHECK int store_mo_message_set_outcome(struct store *store, int64_t id, enum mo_outcome outcome,
                                            struct error *error);
/* An operator has dealt with it: it leaves the list of what nobody understood. */
MUST_CHECK int store_mo_message_set_handled(struct store *store, int64_t id, int64_t now_ms, struct error *error);
/* Earlier messages of the sender with this very text, received since and stamped less than an hour from sent_ms. */
MUST_CHECK int store_mo_same_text(struct store *store, const char *sender, struct view text, int64_t since_ms,
                                  int64_t sent_ms, int64_t *ret_count, struct error *error);

struct mo_filter {
    const char *sender;    /* NULL any */
    const char *area_code; /* NULL any; else of contacts there and below */
    int64_t since_ms;
    int64_t limit;    /* newest first */
    bool unread_only; /* outcome unknown, unread, incomplete, and not handled yet */
    int64_t id;       /* 0 any */
};
typedef int mo_each(void *data, const struct mo_message *message);
MUST_CHECK int store_mo_list(struct store *store, const struct mo_filter *filter, mo_each *each, void *data,
                             struct error *error);

/* ---- reports ---- */

enum report_status { STATUS_ACCEPTED, STATUS_PARTIAL, STATUS_HELD, STATUS_REJECTED, STATUS_HELP, STATUS_COUNT };
const char *report_status_to_string(enum report_status status);

struct report_value {
    const char *field; /* key code */
    int value;
};
struct report_problem {
    const char *code, *rule; /* rule: its check text, or "" */
    struct view token;
    int offset;
};
struct report_row {
    int64_t mo_id, contact_id, area_id;
    const char *set, *form;
    int period; /* MONTH_NONE where it has none */
    enum report_status status;
    int64_t sent_ms, created_ms;
    const struct report_value *values; /* what was read; none where rejected */
    size_t n_values;
    const struct report_problem *problems;
    size_t n_problems;
};
/* A held report's values count for nothing until store_report_confirm(). */
MUST_CHECK int store_report_add(struct store *store, const struct report_row *report, int64_t *ret_id,
                                struct error *error);

/* Current values of one area, month and form: of accepted and partial reports, each field's latest by (sent_ms, id).
 * fields[i] names what is asked; *ret_values[i] = -1 where nothing is known. */
MUST_CHECK int store_current_values(struct store *store, int64_t area_id, int period, const char *form,
                                    const char *const *fields, size_t n_fields, int *ret_values, struct error *error);
/* Whether any accepted, partial or held report of that form and month stands. */
MUST_CHECK int store_report_exists(struct store *store, int64_t area_id, int period, const char *form, bool *ret_exists,
                                   struct error *error);

struct report_found {
    int64_t id, mo_id, contact_id, area_id;
    char uid[UID_MAX], set[32], form[32], area_code[AREA_CODE_MAX], area_name[NAME_MAX_BYTES], sender[64];
    int period;
    char status[STATE_MAX]; /* as stored: also "cancelled", "dropped" */
    int64_t sent_ms, created_ms;
};
/* The contact's held reports created since, oldest first. */
typedef int report_each(void *data, const struct report_found *report);
MUST_CHECK int store_report_held(struct store *store, int64_t contact_id, int64_t since_ms, report_each *each,
                                 void *data, struct error *error);
/* held → accepted (partial where it has problems); held → dropped. Must change one row, else -ENOENT. */
MUST_CHECK int store_report_confirm(struct store *store, int64_t id, struct error *error);
MUST_CHECK int store_report_drop(struct store *store, int64_t id, struct error *error);
/* Drops every held report created before; *ret_count: how many. */
MUST_CHECK int store_report_drop_held(struct store *store, int64_t created_before_ms, int64_t *ret_count,
                                      struct error *error);
/* The contact's last message whose reports count (form NULL: any form): calls each for those reports, newest message
 * only. */
MUST_CHECK int store_report_last(struct store *store, int64_t contact_id, const char *form, report_each *each,
                                 void *data, struct error *error);
/* accepted | partial → cancelled: what stood before counts again. */
MUST_CHECK int store_report_cancel(struct store *store, int64_t id, int64_t now_ms, struct error *error);
typedef int report_value_each(void *data, const char *field, int value);
MUST_CHECK int store_report_values(struct store *store, int64_t id, report_value_each *each, void *data,
                                   struct error *error);
typedef int report_problem_each(void *data, const char *code, const char *token, const char *rule);
MUST_CHECK int store_report_problems(struct store *store, int64_t id, report_problem_each *each, void *data,
                                     struct error *error);
struct report_filter {
    const char *area_code; /* NULL any; else it and all below */
    int period;            /* MONTH_NONE any */
    int64_t since_ms, limit, mo_id;
};
MUST_CHECK int store_report_list(struct store *store, const struct report_filter *filter, report_each *each, void *data,
                                 struct error *error);

/* ---- MT: the outbox as a persisted state machine (STYLE.md H6) ---- */

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
    bool cancel_wanted; /* is being submitted, and will be cancelled where it has to be submitted again */
    char text[SMS_TEXT_MAX];
    char job[JOB_NAME_MAX]; /* of store/job.h, "" none */
};

/* Queues a message with its parts (the text cut by sms_part_split). The caller sets kind, recipient, contact_id, mo_id,
 * created_ms, not_before_ms, expires_ms, text, asks_again; one answer for each mo_id, and one that asks again,
 * MT_MANUAL aside: a second is -EEXIST. -EMSGSIZE: no text, or more than SMS_PARTS_MAX parts. */
MUST_CHECK int store_mt_add(struct store *store, const struct mt_message *message, int64_t *ret_id,
                            struct error *error);

enum { MT_HANDOVER_MS = 10 * MS_MINUTE, MT_LOOK_AHEAD = 64 };
typedef bool mt_wanted(void *data, const struct mt_message *message);
/* The next one to send at now: queued, or retry_wait and due; by priority, then age; kinds in kind_mask (1 << mt_kind).
 * One of which parts have gone out on another modem only after MT_HANDOVER_MS in which that one did nothing: a phone
 * puts parts together by their sender, so that claiming it here begins again with its first part. -ENOENT: none.
 * Of several modems each leaves alone what another one is to send: among the first MT_LOOK_AHEAD of each kind it is the
 * first that wanted() wants, which must not use the store; NULL wants all. */
MUST_CHECK int store_mt_pick(struct store *store, int64_t now_ms, unsigned kind_mask, const char *modem,
                             mt_wanted *wanted, void *data, struct mt_message *ret_message, struct error *error);
/* When the next retry_wait or not_before after now falls due; -ENOENT: nothing waits. */
MUST_CHECK int store_mt_next_due(struct store *store, int64_t now_ms, int64_t *ret_ms, struct error *error);
/* What waited for a moment that has come takes its place by age again: those that never waited would go before it. */
MUST_CHECK int store_mt_fall_due(struct store *store, int64_t now_ms, struct error *error);
/* The wall clock was put right or wrong by so much: what waits for a moment (a retry, its not_before, its expiry) waits
 * as long as before. */
MUST_CHECK int store_mt_shift(struct store *store, int64_t by_ms, struct error *error);

struct mt_part_row {
    int64_t id, mt_id;
    int seq, total, concat_ref;
    bool unicode;
    char text[1024];
};
/* queued | retry_wait → submitting, with an attempt row for the first unsent part. Commit before the worker is told. */
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
/* At start: each `submitting` of a former life that had been let go is uncertain (*ret_count of them), else queued. */
MUST_CHECK int store_mt_recover(struct store *store, int64_t now_ms, int64_t *ret_count, struct error *error);
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
/* Parts submitted, or perhaps submitted, since, to one number (NULL: to any), by kinds in mask, by one modem (NULL:
 * any): for the airtime budget. */
MUST_CHECK int store_mt_sent_since(struct store *store, const char *recipient, unsigned kind_mask, const char *modem,
                                   int64_t since_ms, int64_t *ret_parts, struct error *error);
/* Messages queued since, whatever became of them, to one number (NULL: to any), of kinds in mask: for the caps on
 * answers, which count before the modem does. */
MUST_CHECK int store_mt_added_since(struct store *store, const char *recipient, unsigned kind_mask, int64_t since_ms,
                                    int64_t *ret_messages, struct error *error);

/* How many of the newest `limit` messages to the number since then have this very text. */
MUST_CHECK int store_mt_same_text(struct store *store, const char *recipient, struct view text, int64_t since_ms,
                                  int limit, int64_t *ret_count, struct error *error);

/* ---- modem state, as `kabarctl status` shows it while the daemon runs or not ---- */

struct modem_row {
    char name[32], state[16], trouble[160];
    char imei[24], imsi[24], model[48], operator_name[32];
    int64_t since_ms, seen_ms;
    int signal_percent; /* -1 unknown */
    bool registered;
};
MUST_CHECK int store_modem_put(struct store *store, const struct modem_row *modem, struct error *error);
typedef int modem_each(void *data, const struct modem_row *modem);
MUST_CHECK int store_modem_list(struct store *store, modem_each *each, void *data, struct error *error);

/* Whether it can take and send SMS as far as was seen last. */
bool modem_row_works(const struct modem_row *modem);

/* Answers that were queued before and are not sent yet. */
MUST_CHECK int store_mt_waiting(struct store *store, int64_t before_ms, int64_t *ret_number, struct error *error);

/* Counts for one screen of status. */
struct store_counts {
    int64_t mo_today, mo_unread, reports_today, mt_queued, mt_today, mt_uncertain, mt_failed, contacts, pending, areas;
};
MUST_CHECK int store_counts(struct store *store, int64_t today_ms, struct store_counts *ret_counts,
                            struct error *error);

#endif
