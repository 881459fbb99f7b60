/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "store/store_internal.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "parsers/gsm7.h"
#include "store/mt_internal.h"

const char *const mt_kinds[MT_KIND_COUNT] = {"reply", "card", "reminder", "alert", "manual", "broadcast"};
const char *const mt_states[MT_STATE_COUNT] = {
    "queued",     "submitting", "submitted", "delivered", "undelivered", "report_expired",
    "retry_wait", "uncertain",  "held",      "failed",    "expired",     "cancelled",
};

/* By priority, the most urgent first: a person waits for an answer, the operator for an alarm; nobody for a broadcast.
 */
static const enum mt_kind by_priority[MT_PRIORITIES] = {
    MT_REPLY,
    MT_ALERT,
    MT_MANUAL,
    MT_CARD,
    MT_REMINDER,
    MT_BROADCAST,
    [MT_PRIORITY_STRANGER] = MT_REPLY,
    [MT_PRIORITY_URGENT] = MT_ALERT,
};
/* The order in which they go out: the numbers above are in the rows. */
static const int in_order[MT_PRIORITIES] = {0, MT_PRIORITY_URGENT, 1, 2, 3, 4, 5, MT_PRIORITY_STRANGER};

static int priority_of(const struct mt_message *message)
{
    int priority = 0;
    if (message->to_stranger || message->urgent)
        return message->urgent ? MT_PRIORITY_URGENT : MT_PRIORITY_STRANGER;
    while (by_priority[priority] != message->kind)
        priority++;
    return priority;
}

#define BIT(state) (1u << (state))
/* The whole of docs/design.md 10: as a table: bit "to" of row "from". */
static const unsigned legal[MT_STATE_COUNT] = {
    [MT_QUEUED] = BIT(MT_SUBMITTING) | BIT(MT_HELD) | BIT(MT_CANCELLED) | BIT(MT_EXPIRED) | BIT(MT_FAILED),
    [MT_SUBMITTING] = BIT(MT_SUBMITTED) | BIT(MT_RETRY_WAIT) | BIT(MT_FAILED) | BIT(MT_UNCERTAIN) | BIT(MT_QUEUED),
    [MT_SUBMITTED] = BIT(MT_DELIVERED) | BIT(MT_UNDELIVERED) | BIT(MT_REPORT_EXPIRED),
    [MT_RETRY_WAIT] = BIT(MT_SUBMITTING) | BIT(MT_HELD) | BIT(MT_CANCELLED) | BIT(MT_EXPIRED) | BIT(MT_FAILED),
    [MT_UNCERTAIN] = BIT(MT_SUBMITTED) | BIT(MT_RETRY_WAIT) | BIT(MT_FAILED),
    [MT_HELD] = BIT(MT_QUEUED) | BIT(MT_CANCELLED),
};

enum {
    ST_MT_NEXT_ID = FIRST_STATEMENT(TABLE_MT),
    ST_MT_ADD,
    ST_MT_PART_ADD,
    ST_MT_NEXT,
    ST_MT_NEXT_HANDOVER,
    ST_MT_NEXT_DUE,
    ST_MT_SHIFT,
    ST_MT_FROM_FUTURE,
    ST_MT_FALL_DUE,
    ST_MT_OUTLIVED,
    ST_MT_LAST_BEFORE,
    ST_MT_RENEW,
    ST_MT_MOVE,
    ST_MT_CANCEL_WANTED,
};

const struct statement_text store_mt_sql[] = {
    {ST_MT_NEXT_ID, "SELECT coalesce(max(id), 0) + 1 FROM mt_message" IDS_BELOW},
    {ST_MT_ADD, "INSERT INTO mt_message (id, uid, kind, state, state_ms, priority, recipient, contact_id, mo_id,"
                "  created_ms, not_before_ms, expires_ms, next_attempt_ms, parts, text, job, asks_again)"
                " VALUES (?1, ?2, ?3, 'queued', ?4, ?5, ?6, ?7, ?8, ?4, ?9, ?10, ?9, ?11, ?12, ?13, ?14)"},
    {ST_MT_PART_ADD, "INSERT INTO mt_part (mt_id, seq, total, concat_ref, unicode, recipient, text)"
                     " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"},
    /* One priority at a time: a seek in mt_message_next, however many wait after it. Named, because without statistics
     * the planner takes all that are queued for few. */
    {ST_MT_NEXT, MT_SELECT
     " INDEXED BY mt_message_next WHERE state IN ('queued', 'retry_wait') AND priority = ?1 AND next_attempt_ms <= ?2"
     "  AND (expires_ms = 0 OR expires_ms > ?2) AND (parts_sent = 0 OR modem = ?3) AND id > ?5"
     " ORDER BY next_attempt_ms, id LIMIT ?4"},
    {ST_MT_NEXT_HANDOVER, MT_SELECT
     " INDEXED BY mt_message_next WHERE state IN ('queued', 'retry_wait') AND priority = ?1 AND next_attempt_ms <= ?2"
     "  AND (expires_ms = 0 OR expires_ms > ?2) AND state_ms < ?3 AND id > ?5"
     " ORDER BY next_attempt_ms, id LIMIT ?4"},
    {ST_MT_NEXT_DUE, "SELECT min(next_attempt_ms) FROM mt_message INDEXED BY mt_message_due"
                     " WHERE state IN ('queued', 'retry_wait') AND next_attempt_ms > ?1"},
    {ST_MT_SHIFT, "UPDATE mt_message SET next_attempt_ms = iif(next_attempt_ms > 0, next_attempt_ms + ?1, 0),"
                  "  not_before_ms = iif(not_before_ms > 0, not_before_ms + ?1, 0), created_ms = created_ms + ?1,"
                  "  expires_ms = iif(expires_ms > 0, expires_ms + ?1, 0), state_ms = state_ms + ?1"
                  " WHERE state IN ('queued', 'retry_wait', 'held', 'submitting', 'submitted', 'uncertain')"
                  "  AND abs(created_ms - ?2) > 60000 AND id > ?3"},
    {ST_MT_FROM_FUTURE, "UPDATE mt_message SET next_attempt_ms = 0, created_ms = ?1,"
                        "  not_before_ms = iif(not_before_ms > 0, not_before_ms + ?1 - created_ms, 0),"
                        "  expires_ms = iif(expires_ms > 0, expires_ms + ?1 - created_ms, 0)"
                        " WHERE created_ms > ?1 + 3600000 AND state IN ('queued', 'retry_wait', 'held', 'uncertain')"},
    {ST_MT_FALL_DUE, "UPDATE mt_message INDEXED BY mt_message_due SET next_attempt_ms = 0"
                     " WHERE state IN ('queued', 'retry_wait') AND next_attempt_ms > 0 AND next_attempt_ms <= ?1"},
    {ST_MT_OUTLIVED,
     "UPDATE mt_message INDEXED BY mt_message_by_state SET state = ?2, state_ms = ?4, next_attempt_ms = 0"
     " WHERE state = ?1 AND expires_ms <> 0 AND expires_ms <= ?3 AND (id > ?6 OR expires_ms <= ?5)"},
    {ST_MT_LAST_BEFORE, "SELECT id FROM mt_message WHERE created_ms < ?1 ORDER BY id DESC LIMIT 1"},
    {ST_MT_RENEW, "UPDATE mt_message SET expires_ms = ?2 WHERE id = ?1"},
    {ST_MT_MOVE, "UPDATE mt_message SET state = ?3, state_ms = ?4, next_attempt_ms = ?5 WHERE id = ?1 AND state = ?2"},
    {ST_MT_CANCEL_WANTED, "UPDATE mt_message SET cancel_wanted = 1 WHERE id = ?1 AND state = 'submitting'"},
    {.sql = NULL},
};

const char *mt_kind_to_string(enum mt_kind kind)
{
    KABAR_ASSERT((unsigned)kind < MT_KIND_COUNT);
    return mt_kinds[kind];
}

const char *mt_state_to_string(enum mt_state state)
{
    KABAR_ASSERT((unsigned)state < MT_STATE_COUNT);
    return mt_states[state];
}

bool mt_state_may_become(enum mt_state from, enum mt_state to)
{
    KABAR_ASSERT((unsigned)from < MT_STATE_COUNT && (unsigned)to < MT_STATE_COUNT);
    return legal[from] & BIT(to);
}

static int add_parts(struct store *store, int64_t id, const struct mt_message *message, size_t n_parts,
                     struct error *error)
{
    struct view rest = view_of(message->text);
    size_t septets;
    bool gsm7 = gsm7_septets(rest, &septets);
    size_t units = gsm7 ? (n_parts == 1 ? GSM7_SINGLE_SEPTETS : GSM7_PART_SEPTETS)
                        : (n_parts == 1 ? UCS2_SINGLE_CHARS : UCS2_PART_CHARS);
    int64_t concat_ref = n_parts == 1 ? -1 : id & 0xff;
    for (size_t seq = 1; seq <= n_parts; seq++) {
        size_t len = sms_part_split(rest, gsm7, units);
        int r = store_run(store, ST_MT_PART_ADD,
                          ARGS(arg_number(id), arg_number((int64_t)seq), arg_number((int64_t)n_parts),
                               arg_number(concat_ref), arg_number(!gsm7), arg_text(message->recipient),
                               arg_view((struct view){rest.at, len})),
                          error);
        if (r < 0)
            return r;
        rest.at += len;
        rest.len -= len;
    }
    KABAR_ASSERT(rest.len == 0);
    return 0;
}

int store_mt_add(struct store *store, const struct mt_message *message, int64_t *ret_id, struct error *error)
{
    size_t n_parts = sms_parts(view_of(message->text));
    if (n_parts == 0 || n_parts > SMS_PARTS_MAX)
        return error_set(error, -EMSGSIZE, "a message of %zu parts can't be sent: 1 to %d", n_parts, SMS_PARTS_MAX);
    int64_t id = 0;
    char uid[UID_MAX];
    int r = store_number(store, ST_MT_NEXT_ID, NO_ARGS, &id, error);
    if (r < 0)
        return r;
    uid_format(store, "mt", id, uid);
    r = store_run(store, ST_MT_ADD,
                  ARGS(arg_number(id), arg_text(uid), arg_text(mt_kind_to_string(message->kind)),
                       arg_number(message->created_ms), arg_number(priority_of(message)), arg_text(message->recipient),
                       arg_id(message->contact_id), arg_id(message->mo_id), arg_number(message->not_before_ms),
                       arg_number(message->expires_ms), arg_number((int64_t)n_parts), arg_text(message->text),
                       arg_text(message->job), arg_number(message->asks_again)),
                  error);
    if (r == -EEXIST)
        return error_set(error, -EEXIST, "message %lld has been answered already", (long long)message->mo_id);
    if (r == 0)
        r = add_parts(store, id, message, n_parts, error);
    if (r == 0 && ret_id)
        *ret_id = id;
    return r;
}

int mt_row(struct store *store, sqlite3_stmt *statement, struct mt_message *ret_message, struct error *error)
{
    int kind, state;
    int r = column_word(store, statement, 2, mt_kinds, MT_KIND_COUNT, &kind, error);
    if (r == 0)
        r = column_word(store, statement, 3, mt_states, MT_STATE_COUNT, &state, error);
    if (r < 0)
        return r;
    *ret_message = (struct mt_message){
        .id = sqlite3_column_int64(statement, 0),
        .kind = (enum mt_kind)kind,
        .state = (enum mt_state)state,
        .state_ms = column_ms(statement, 4),
        .priority = sqlite3_column_int(statement, 5),
        .contact_id = sqlite3_column_int64(statement, 7),
        .mo_id = sqlite3_column_int64(statement, 8),
        .created_ms = column_ms(statement, 9),
        .not_before_ms = column_ms(statement, 10),
        .expires_ms = column_ms(statement, 11),
        .next_attempt_ms = column_ms(statement, 12),
        .attempts = sqlite3_column_int(statement, 13),
        .retries = sqlite3_column_int(statement, 14),
        .parts = sqlite3_column_int(statement, 15),
        .parts_sent = sqlite3_column_int(statement, 16),
        .cause = sqlite3_column_int(statement, 18),
        .cancel_wanted = sqlite3_column_int(statement, 19) != 0,
        .uncertain = sqlite3_column_int(statement, 21),
    };
    column_text(statement, 1, ret_message->uid, sizeof ret_message->uid);
    column_text(statement, 6, ret_message->recipient, sizeof ret_message->recipient);
    column_text(statement, 17, ret_message->modem, sizeof ret_message->modem);
    column_text(statement, 20, ret_message->text, sizeof ret_message->text);
    column_text(statement, 22, ret_message->job, sizeof ret_message->job);
    return 0;
}

/* -ENOENT without words: the caller has more priorities to ask. */
static int next_of(struct store *store, int id, int priority, const struct mt_search *search, struct arg third,
                   struct mt_message *ret_message, struct error *error)
{
    int64_t limit = search->wanted ? MT_LOOK_AHEAD : 1;
    struct mt_message message;
    CLEANUP(statement_done)
    sqlite3_stmt *statement = statement_use(
        store, id,
        ARGS(arg_number(priority), arg_number(search->now_ms), third, arg_number(limit), arg_number(search->after_id)));
    int r;
    while ((r = statement_step(store, statement, error)) == STEP_ROW) {
        r = mt_row(store, statement, &message, error);
        if (r < 0 && r != -EUCLEAN)
            return r;
        if (r == -EUCLEAN || (search->wanted && !search->wanted(search->data, &message)))
            continue;
        *ret_message = message;
        return 0;
    }
    return r < 0 ? r : -ENOENT;
}

static int next_pass(struct store *store, int id, const struct mt_search *search, struct arg third,
                     struct mt_message *ret_message, struct error *error)
{
    for (size_t i = 0; i < COUNT_OF(in_order); i++) {
        int priority = in_order[i];
        unsigned kind = priority == MT_PRIORITY_URGENT ? MT_URGENT : 1u << by_priority[priority];
        if (!(search->kind_mask & kind))
            continue;
        int r = next_of(store, id, priority, search, third, ret_message, error);
        if (r != -ENOENT)
            return r;
    }
    return -ENOENT;
}

int store_mt_pick(struct store *store, const struct mt_search *search, struct mt_message *ret_message,
                  struct error *error)
{
    int64_t idle_ms = search->now_ms - MT_HANDOVER_MS;
    int r = next_pass(store, ST_MT_NEXT, search, arg_text(search->modem), ret_message, error);
    if (r == -ENOENT)
        r = next_pass(store, ST_MT_NEXT_HANDOVER, search, arg_number(idle_ms), ret_message, error);
    return r == -ENOENT ? error_set(error, -ENOENT, "nothing is to be sent") : r;
}

int store_mt_next_due(struct store *store, int64_t now_ms, int64_t *ret_ms, struct error *error)
{
    int64_t due = 0;
    int r = store_number(store, ST_MT_NEXT_DUE, ARGS(arg_number(now_ms > 0 ? now_ms : 0)), &due, error);
    if (r < 0)
        return r;
    if (due == 0)
        return error_set(error, -ENOENT, "nothing waits");
    *ret_ms = due;
    return 0;
}

int store_mt_shift(struct store *store, int64_t after_id, int64_t by_ms, int64_t now_ms, struct error *error)
{
    return store_run(store, ST_MT_SHIFT, ARGS(arg_number(by_ms), arg_number(now_ms), arg_number(after_id)), error);
}

int store_mt_from_future(struct store *store, int64_t now_ms, struct error *error)
{
    return store_run(store, ST_MT_FROM_FUTURE, ARGS(arg_number(now_ms)), error);
}

int store_mt_fall_due(struct store *store, int64_t now_ms, struct error *error)
{
    return store_run(store, ST_MT_FALL_DUE, ARGS(arg_number(now_ms)), error);
}

int store_mt_outlived(struct store *store, enum mt_state from, enum mt_state to, const struct mt_era *era,
                      int64_t wait_ms, struct error *error)
{
    KABAR_ASSERT(mt_state_may_become(from, to) && from != MT_SUBMITTING && to != MT_SUBMITTING);
    return store_run(store, ST_MT_OUTLIVED,
                     ARGS(arg_text(mt_states[from]), arg_text(mt_states[to]), arg_number(era->now_ms - wait_ms),
                          arg_number(era->now_ms), arg_number(era->least_ms - wait_ms), arg_number(era->former_id)),
                     error);
}

int store_mt_last_before(struct store *store, int64_t before_ms, int64_t *ret_id, struct error *error)
{
    return store_number(store, ST_MT_LAST_BEFORE, ARGS(arg_number(before_ms)), ret_id, error);
}

int store_mt_renew(struct store *store, int64_t mt_id, int64_t expires_ms, struct error *error)
{
    return store_run_one(store, ST_MT_RENEW, ARGS(arg_number(mt_id), arg_number(expires_ms)), error);
}

int mt_move(struct store *store, int64_t id, enum mt_state from, enum mt_state to, int64_t now_ms,
            int64_t next_attempt_ms, struct error *error)
{
    KABAR_ASSERT(mt_state_may_become(from, to));
    int r = store_run_one(store, ST_MT_MOVE,
                          ARGS(arg_number(id), arg_text(mt_states[from]), arg_text(mt_states[to]), arg_number(now_ms),
                               arg_number(next_attempt_ms)),
                          error);
    if (r == -ENOENT)
        return error_set(error, -ENOENT, "outbox: message %lld is not %s (any more)", (long long)id, mt_states[from]);
    return r;
}

int store_mt_move(struct store *store, int64_t mt_id, enum mt_state from, enum mt_state to, int64_t now_ms,
                  int64_t next_attempt_ms, struct error *error)
{
    /* Those two need an attempt beside them: store_mt_claim(), store_mt_settle(). */
    KABAR_ASSERT(from != MT_SUBMITTING && to != MT_SUBMITTING);
    return mt_move(store, mt_id, from, to, now_ms, next_attempt_ms, error);
}

int mt_move_all(struct store *store, int id, unsigned from_mask, enum mt_state to, const struct arg *args,
                size_t n_args, int64_t *ret_count, struct error *error)
{
    struct arg all[MOVE_ARGS_MAX + 2];
    int64_t count = 0;
    KABAR_ASSERT(n_args <= MOVE_ARGS_MAX);
    memcpy(all, args, n_args * sizeof *args);
    all[n_args + 1] = arg_text(mt_states[to]);
    for (int from = 0; from < MT_STATE_COUNT; from++) {
        if (!(from_mask & BIT(from)))
            continue;
        KABAR_ASSERT(mt_state_may_become((enum mt_state)from, to));
        all[n_args] = arg_text(mt_states[from]);
        int r = store_run(store, id, all, n_args + 2, error);
        if (r < 0)
            return r;
        count += sqlite3_changes64(store->db);
    }
    if (ret_count)
        *ret_count = count;
    return 0;
}

int store_mt_cancel_submitting(struct store *store, int64_t mt_id, struct error *error)
{
    return store_run_one(store, ST_MT_CANCEL_WANTED, ARGS(arg_number(mt_id)), error);
}
