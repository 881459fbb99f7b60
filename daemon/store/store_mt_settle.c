/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "store/store_internal.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "parsers/cause.h"
#include "store/mt_internal.h"
#include "store/suspect.h"

enum {
    ST_MT_STATE = FIRST_STATEMENT(TABLE_MT_SETTLE),
    ST_MT_CLAIM,
    ST_MT_PARTS_AGAIN,
    ST_MT_PART_UNSENT,
    ST_ATTEMPT_ADD,
    ST_ATTEMPT_OPEN,
    ST_ATTEMPT_END,
    ST_MT_PART_SENT,
    ST_MT_PROGRESS,
    ST_ATTEMPT_LEAVES,
    ST_ATTEMPT_BEFORE,
    ST_ATTEMPT_AFTER,
    ST_ATTEMPT_UNNUMBERED,
    ST_ATTEMPT_BETWEEN,
    ST_ATTEMPT_NUMBER,
    ST_MT_NUMBERED_TWICE,
    ST_MT_UNNUMBERED,
    ST_MT_REPORTS,
    ST_MT_PART_BY_REFERENCE,
    ST_MT_PART_REPORT,
    ST_MT_UNCERTAIN_TO,
    ST_ATTEMPT_WAS_SENT,
};

const struct statement_text store_mt_settle_sql[] = {
    {ST_MT_STATE,
     "SELECT state, parts_sent, modem, recipient, kind, cancel_wanted, parts FROM mt_message WHERE id = ?1"},
    {ST_MT_CLAIM, "UPDATE mt_message SET modem = ?2, attempts = min(attempts, 1000000) + 1 WHERE id = ?1"},
    {ST_MT_PARTS_AGAIN, "UPDATE mt_part SET sent_ms = NULL, tp_mr = NULL, report = NULL, report_ms = NULL"
                        " WHERE mt_id = ?1"},
    {ST_MT_PART_UNSENT, "SELECT id, mt_id, seq, total, concat_ref, unicode, text FROM mt_part"
                        " WHERE mt_id = ?1 AND sent_ms IS NULL ORDER BY seq LIMIT 1"},
    {ST_ATTEMPT_ADD, "INSERT INTO attempt (mt_id, part_id, recipient, kind, modem, begun_ms)"
                     " VALUES (?1, ?2, ?3, ?4, ?5, ?6) RETURNING id"},
    {ST_ATTEMPT_OPEN, "SELECT mt_id, part_id FROM attempt WHERE id = ?1 AND ended_ms IS NULL"},
    {ST_ATTEMPT_END, "UPDATE attempt SET ended_ms = ?2, result = ?3, cause = ?4, tp_mr = ?5 WHERE id = ?1"},
    {ST_MT_PART_SENT, "UPDATE mt_part SET sent_ms = ?2, tp_mr = ?3 WHERE id = ?1 AND sent_ms IS NULL"},
    {ST_MT_PROGRESS, "UPDATE mt_message SET retries = min(retries, 1000000) + ?2, cause = ?3,"
                     "  parts_sent = (SELECT count(*) FROM mt_part WHERE mt_id = ?1 AND sent_ms IS NOT NULL),"
                     "  parts = max(1, (SELECT count(*) FROM mt_part WHERE mt_id = ?1))"
                     " WHERE id = ?1"},
    {ST_ATTEMPT_LEAVES, "UPDATE attempt SET left_ms = ?2 WHERE id = ?1 AND ended_ms IS NULL"},
    {ST_ATTEMPT_BEFORE,
     "SELECT id, tp_mr FROM attempt WHERE id < ?1 AND modem = (SELECT modem FROM attempt WHERE id = ?1)"
     "  AND result = 'sent' AND tp_mr IS NOT NULL ORDER BY id DESC LIMIT 1"},
    {ST_ATTEMPT_AFTER,
     "SELECT id, tp_mr FROM attempt WHERE id > ?1 AND modem = (SELECT modem FROM attempt WHERE id = ?1)"
     "  AND result = 'sent' AND tp_mr IS NOT NULL ORDER BY id LIMIT 1"},
    {ST_ATTEMPT_UNNUMBERED, "UPDATE attempt SET result = 'no_network' WHERE id > ?1 AND id < ?2"
                            "  AND modem = (SELECT modem FROM attempt WHERE id = ?2) AND result = 'uncertain'"
                            "  AND ?3 <= (SELECT count(*) FROM attempt AS later WHERE later.id > attempt.id"
                            "   AND later.id < ?2 AND later.modem = attempt.modem"
                            "   AND later.part_id = attempt.part_id AND later.result = 'uncertain')"},
    {ST_ATTEMPT_BETWEEN, "SELECT iif(count(*) = count(*) FILTER (WHERE result = 'uncertain'), count(*), 0) FROM attempt"
                         " WHERE id > ?1 AND id < ?2 AND modem = (SELECT modem FROM attempt WHERE id = ?2)"
                         "  AND left_ms IS NOT NULL"},
    {ST_ATTEMPT_NUMBER, "UPDATE attempt SET tp_mr = (?3 + (SELECT count(*) FROM attempt AS a WHERE a.id > ?1"
                        "  AND a.id <= attempt.id AND a.modem = attempt.modem AND a.left_ms IS NOT NULL)) % 256"
                        " WHERE id > ?1 AND id < ?2 AND modem = (SELECT modem FROM attempt WHERE id = ?2)"
                        "  AND left_ms IS NOT NULL"},
    {ST_MT_NUMBERED_TWICE,
     "SELECT mt_message.id, attempt.id, attempt.tp_mr FROM mt_message INDEXED BY mt_message_by_state"
     " JOIN attempt ON attempt.mt_id = mt_message.id WHERE mt_message.state = 'uncertain'"
     "  AND attempt.result = 'uncertain' AND attempt.tp_mr IS NOT NULL AND 1 <"
     "  (SELECT count(*) FROM attempt AS a WHERE a.mt_id = mt_message.id"
     "   AND a.part_id = attempt.part_id AND a.result = 'uncertain') LIMIT 1"},
    {ST_MT_UNNUMBERED, "UPDATE mt_message SET state = ?5, state_ms = ?3, next_attempt_ms = 0"
                       " WHERE state = ?4 AND id IN (SELECT mt_id FROM attempt WHERE id > ?1 AND id < ?2"
                       "  AND result = 'no_network'"
                       "  AND NOT EXISTS (SELECT 1 FROM attempt AS later WHERE later.mt_id = attempt.mt_id"
                       "                  AND later.id > attempt.id))"},
    {ST_MT_REPORTS, "SELECT count(*) FILTER (WHERE report = 'undelivered'), count(*) FILTER (WHERE report IS NULL)"
                    " FROM mt_part WHERE mt_id = ?1"},
    {ST_MT_PART_BY_REFERENCE, "SELECT id, mt_id, report IS NOT NULL FROM mt_part"
                              " WHERE recipient = ?1 AND tp_mr = ?2 ORDER BY sent_ms DESC, id DESC LIMIT 1"},
    {ST_MT_PART_REPORT, "UPDATE mt_part SET report = ?2, report_ms = ?3 WHERE id = ?1"},
    /* Its last attempt is the one in doubt. */
    {ST_MT_UNCERTAIN_TO, "SELECT id, (SELECT max(id) FROM attempt WHERE attempt.mt_id = mt_message.id) FROM mt_message"
                         " WHERE state = 'uncertain' AND recipient = ?1 AND NOT EXISTS"
                         "  (SELECT 1 FROM mt_message AS open INDEXED BY mt_message_by_state"
                         "   WHERE open.state = 'submitting' AND open.recipient = ?1) LIMIT 2"},
    {ST_ATTEMPT_WAS_SENT, "UPDATE attempt SET result = 'sent', tp_mr = ?2 WHERE id = ?1 RETURNING part_id"},
    {.sql = NULL},
};

struct mt_now {
    enum mt_state state;
    enum mt_kind kind;
    int parts, parts_sent;
    bool cancel_wanted;
    char modem[32], recipient[MSISDN_MAX];
};

static int mt_now(struct store *store, int64_t id, struct mt_now *ret_now, struct error *error)
{
    CLEANUP(statement_done) sqlite3_stmt *statement = statement_use(store, ST_MT_STATE, ARGS(arg_number(id)));
    int state, kind;
    int r = statement_step(store, statement, error);
    if (r == STEP_DONE)
        return error_set(error, -ENOENT, "outbox: there is no message %lld", (long long)id);
    if (r < 0)
        return r;
    r = column_word(store, statement, 0, mt_states, MT_STATE_COUNT, &state, error);
    if (r == 0)
        r = column_word(store, statement, 4, mt_kinds, MT_KIND_COUNT, &kind, error);
    if (r < 0)
        return -ENOENT;
    *ret_now = (struct mt_now){
        .state = (enum mt_state)state,
        .kind = (enum mt_kind)kind,
        .parts_sent = sqlite3_column_int(statement, 1),
        .cancel_wanted = sqlite3_column_int(statement, 5) != 0,
        .parts = sqlite3_column_int(statement, 6),
    };
    column_text(statement, 2, ret_now->modem, sizeof ret_now->modem);
    column_text(statement, 3, ret_now->recipient, sizeof ret_now->recipient);
    return 0;
}

void store_mt_suspect(int64_t mt_id, struct suspect *ret_suspect)
{
    (void)snprintf(ret_suspect->name, SUSPECT_NAME_MAX, "mt:%" PRId64, mt_id);
}

static int first_unsent(struct store *store, int64_t mt_id, struct mt_part_row *ret_part, struct error *error)
{
    CLEANUP(statement_done) sqlite3_stmt *statement = statement_use(store, ST_MT_PART_UNSENT, ARGS(arg_number(mt_id)));
    int r = statement_step(store, statement, error);
    if (r < 0)
        return r;
    if (r == STEP_DONE)
        return error_set(error, -ENODATA, "outbox: message %lld has no part that is still to be sent",
                         (long long)mt_id);
    *ret_part = (struct mt_part_row){
        .id = sqlite3_column_int64(statement, 0),
        .mt_id = sqlite3_column_int64(statement, 1),
        .seq = sqlite3_column_int(statement, 2),
        .total = sqlite3_column_int(statement, 3),
        .concat_ref = sqlite3_column_int(statement, 4),
        .unicode = sqlite3_column_int(statement, 5) != 0,
    };
    column_text(statement, 6, ret_part->text, sizeof ret_part->text);
    return 0;
}

/* It was claimed already. Returns -ENODATA, or why it could not be failed. */
static int fail_without_part(struct store *store, int64_t mt_id, int64_t now_ms, struct error *error)
{
    struct error ignored;
    int64_t cause = cause_of(CAUSE_LOCAL, CAUSE_LOCAL_NO_PART);
    int r = store_run_one(store, ST_MT_PROGRESS, ARGS(arg_number(mt_id), arg_number(0), arg_number(cause)), &ignored);
    if (r == 0)
        r = mt_move(store, mt_id, MT_SUBMITTING, MT_FAILED, now_ms, 0, &ignored);
    if (r < 0)
        *error = ignored;
    return r < 0 ? r : -ENODATA;
}

int store_mt_claim(struct store *store, int64_t mt_id, const char *modem, int64_t now_ms, struct mt_part_row *ret_part,
                   int64_t *ret_attempt_id, struct error *error)
{
    struct mt_now now;
    struct mt_part_row part;
    struct suspect suspect;
    int64_t attempt_id = 0;
    store_mt_suspect(mt_id, &suspect);
    int r = mt_now(store, mt_id, &now, error);
    if (r < 0)
        return r;
    if (now.state != MT_QUEUED && now.state != MT_RETRY_WAIT)
        return error_set(error, -ENOENT, "outbox: message %lld is %s: there is nothing to send", (long long)mt_id,
                         mt_states[now.state]);
    r = mt_move(store, mt_id, now.state, MT_SUBMITTING, now_ms, 0, error);
    /* A phone puts parts together by their sender: another SIM begins again. */
    if (r == 0 && now.parts_sent > 0 && strcmp(now.modem, modem) != 0)
        r = store_run(store, ST_MT_PARTS_AGAIN, ARGS(arg_number(mt_id)), error);
    if (r == 0)
        r = store_run_one(store, ST_MT_CLAIM, ARGS(arg_number(mt_id), arg_text(modem)), error);
    if (r == 0)
        r = first_unsent(store, mt_id, &part, error);
    if (r == -ENODATA)
        return fail_without_part(store, mt_id, now_ms, error);
    if (r == 0)
        r = store_suspect_mark(store, &suspect, 1, error);
    if (r == 0)
        r = store_number(store, ST_ATTEMPT_ADD,
                         ARGS(arg_number(mt_id), arg_number(part.id), arg_text(now.recipient),
                              arg_text(mt_kinds[now.kind]), arg_text(modem), arg_number(now_ms)),
                         &attempt_id, error);
    if (r < 0)
        return r;
    *ret_part = part;
    *ret_attempt_id = attempt_id;
    return 0;
}

static const char *attempt_result(const struct mt_outcome *outcome)
{
    KABAR_ASSERT(!outcome->part_sent || outcome->next == MT_SUBMITTED || outcome->next == MT_QUEUED);
    KABAR_ASSERT(outcome->part_sent || outcome->next != MT_SUBMITTED);
    if (outcome->part_sent)
        return "sent";
    if (outcome->next == MT_RETRY_WAIT)
        return "retry";
    if (outcome->next == MT_FAILED)
        return "failed";
    return outcome->next == MT_UNCERTAIN ? "uncertain" : "no_network";
}

static int open_attempt(struct store *store, int64_t id, int64_t *ret_mt_id, int64_t *ret_part_id, struct error *error)
{
    CLEANUP(statement_done) sqlite3_stmt *statement = statement_use(store, ST_ATTEMPT_OPEN, ARGS(arg_number(id)));
    int r = statement_step(store, statement, error);
    if (r == STEP_DONE)
        return error_set(error, -ENOENT, "outbox: attempt %lld is not under way", (long long)id);
    if (r < 0)
        return r;
    *ret_mt_id = sqlite3_column_int64(statement, 0);
    *ret_part_id = sqlite3_column_int64(statement, 1);
    return 0;
}

/* submitted → delivered | undelivered as soon as the status reports of its parts say so. */
static int conclude(struct store *store, int64_t mt_id, int64_t now_ms, struct error *error)
{
    int64_t undelivered, open;
    {
        CLEANUP(statement_done) sqlite3_stmt *statement = statement_use(store, ST_MT_REPORTS, ARGS(arg_number(mt_id)));
        int r = statement_step(store, statement, error);
        if (r < 0)
            return r;
        undelivered = sqlite3_column_int64(statement, 0);
        open = sqlite3_column_int64(statement, 1);
    }
    if (undelivered)
        return mt_move(store, mt_id, MT_SUBMITTED, MT_UNDELIVERED, now_ms, 0, error);
    return open ? 0 : mt_move(store, mt_id, MT_SUBMITTED, MT_DELIVERED, now_ms, 0, error);
}

/* The attempt of that modem next to this one that got a number, by ST_ATTEMPT_BEFORE or _AFTER; -ENOENT: none. */
static int numbered(struct store *store, int which, int64_t attempt_id, int64_t *ret_id, int *ret_tp_mr,
                    struct error *error)
{
    CLEANUP(statement_done)
    sqlite3_stmt *statement = statement_use(store, which, ARGS(arg_number(attempt_id)));
    int r = statement_step(store, statement, error);
    if (r == STEP_DONE)
        return -ENOENT;
    if (r < 0)
        return r;
    *ret_id = sqlite3_column_int64(statement, 0);
    *ret_tp_mr = sqlite3_column_int(statement, 1);
    return 0;
}

/* `missing` numbers behind the attempt `before`: where as many uncertain ones left in between, and nothing else did,
 * each has one. */
static int number_all(struct store *store, int64_t before, int64_t attempt_id, int before_mr, int missing,
                      struct error *error)
{
    int64_t between = 0;
    int r = store_number(store, ST_ATTEMPT_BETWEEN, ARGS(arg_number(before), arg_number(attempt_id)), &between, error);
    if (r == 0 && between == missing)
        r = store_run(store, ST_ATTEMPT_NUMBER, ARGS(arg_number(before), arg_number(attempt_id), arg_number(before_mr)),
                      error);
    return r;
}

/* A modem counts what it submits: TP-MR goes up by one each time (3GPP TS 23.040 9.2.3.6). Of the uncertain tries
 * between two of its numbers no more were submitted than there are numbers missing: the earlier ones of a part that had
 * more of them were not, and sending it again is not a double. Where there is a number for each, each was submitted,
 * though it is not known what the network said. */
static int settle_unnumbered(struct store *store, int64_t attempt_id, int tp_mr, int64_t now_ms, struct error *error)
{
    int64_t before = 0;
    int before_mr = 0;
    int r = numbered(store, ST_ATTEMPT_BEFORE, attempt_id, &before, &before_mr, error);
    if (r == -ENOENT)
        return 0;
    int missing = (tp_mr - before_mr - 1) & 0xff;
    if (r == 0 && missing > 0)
        r = number_all(store, before, attempt_id, before_mr, missing, error);
    if (r == 0)
        r = store_run(store, ST_ATTEMPT_UNNUMBERED,
                      ARGS(arg_number(before), arg_number(attempt_id), arg_number(missing)), error);
    if (r == 0)
        r = mt_move_all(store, ST_MT_UNNUMBERED, 1U << MT_UNCERTAIN, MT_RETRY_WAIT,
                        ARGS(arg_number(before), arg_number(attempt_id), arg_number(now_ms)), NULL, error);
    return r;
}

/* kabard did not die of it. */
static int survived(struct store *store, int64_t mt_id, struct error *error)
{
    struct suspect suspect;
    store_mt_suspect(mt_id, &suspect);
    return store_suspect_end(store, &suspect, 1, error);
}

int store_mt_settle(struct store *store, const struct mt_outcome *outcome, struct error *error)
{
    int64_t mt_id = 0, part_id = 0, now_ms = outcome->now_ms;
    struct mt_now now;
    int r = open_attempt(store, outcome->attempt_id, &mt_id, &part_id, error);
    if (r < 0)
        return r;
    struct arg tp_mr = outcome->tp_mr >= 0 ? arg_number(outcome->tp_mr) : arg_text(NULL);
    r = survived(store, mt_id, error);
    if (r == 0)
        r = store_run_one(store, ST_ATTEMPT_END,
                          ARGS(arg_number(outcome->attempt_id), arg_number(now_ms), arg_text(attempt_result(outcome)),
                               arg_number(outcome->cause), tp_mr),
                          error);
    if (r == 0 && outcome->part_sent)
        r = store_run_one(store, ST_MT_PART_SENT, ARGS(arg_number(part_id), arg_number(now_ms), tp_mr), error);
    if (r == 0 && outcome->part_sent && outcome->tp_mr >= 0)
        r = settle_unnumbered(store, outcome->attempt_id, outcome->tp_mr, now_ms, error);
    if (r == 0)
        r = store_run_one(store, ST_MT_PROGRESS,
                          ARGS(arg_number(mt_id), arg_number(outcome->spend_retry), arg_number(outcome->cause)), error);
    if (r == 0)
        r = mt_now(store, mt_id, &now, error);
    if (r < 0)
        return r;
    enum mt_state next = outcome->next;
    if (outcome->part_sent)
        next = now.parts_sent < now.parts ? MT_QUEUED : MT_SUBMITTED;
    r = mt_move(store, mt_id, MT_SUBMITTING, next, now_ms, outcome->next_attempt_ms, error);
    if (r == 0 && next == MT_SUBMITTED)
        r = conclude(store, mt_id, now_ms, error);
    if (r == 0 && now.cancel_wanted && (next == MT_QUEUED || next == MT_RETRY_WAIT))
        r = mt_move(store, mt_id, next, MT_CANCELLED, now_ms, 0, error);
    return r;
}

int store_attempt_leaves(struct store *store, int64_t attempt_id, int64_t now_ms, struct error *error)
{
    int64_t mt_id, part_id;
    int r = open_attempt(store, attempt_id, &mt_id, &part_id, error);
    if (r == 0)
        r = survived(store, mt_id, error);
    return r < 0 ? r : store_run_one(store, ST_ATTEMPT_LEAVES, ARGS(arg_number(attempt_id), arg_number(now_ms)), error);
}

/* The only uncertain message to that number and its last attempt; -ENOENT where there is none, or more than one: which
 * of them it was must not be guessed. */
static int uncertain_to(struct store *store, const char *recipient, int64_t *ret_mt_id, int64_t *ret_attempt_id,
                        struct error *error)
{
    CLEANUP(statement_done)
    sqlite3_stmt *statement = statement_use(store, ST_MT_UNCERTAIN_TO, ARGS(arg_text(recipient)));
    int r = statement_step(store, statement, error);
    if (r == STEP_ROW) {
        *ret_mt_id = sqlite3_column_int64(statement, 0);
        *ret_attempt_id = sqlite3_column_int64(statement, 1);
        r = statement_step(store, statement, error);
        if (r == STEP_DONE)
            return 0;
    }
    return r < 0 ? r : error_set(error, -ENOENT, "no message waits for this status report");
}

/* Whether an attempt without a number can have had that one: a little more than the one before it, a little less than
 * the one after it. Else the report is of another message to that number. 0, or -ENOENT: it can't. */
static int fits_count(struct store *store, int64_t attempt_id, int tp_mr, struct error *error)
{
    enum { NEAR = 16 }; /* lost answers in a row */
    int64_t id;
    int mr = 0;
    int r = numbered(store, ST_ATTEMPT_BEFORE, attempt_id, &id, &mr, error);
    bool fits = r != 0 || ((unsigned)(tp_mr - mr - 1) & 0xff) < NEAR;
    if (r == 0 || r == -ENOENT)
        r = numbered(store, ST_ATTEMPT_AFTER, attempt_id, &id, &mr, error);
    fits &= r != 0 || ((unsigned)(mr - tp_mr - 1) & 0xff) < NEAR;
    if (r < 0 && r != -ENOENT)
        return r;
    return fits ? 0 : error_set(error, -ENOENT, "this status report is of another message");
}

/* An uncertain message: that attempt had sent its part after all. */
static int was_sent(struct store *store, int64_t mt_id, int64_t attempt_id, int tp_mr, int64_t now_ms,
                    int64_t *ret_part_id, struct error *error)
{
    int64_t part_id = 0;
    struct mt_now now;
    int r = store_number(store, ST_ATTEMPT_WAS_SENT, ARGS(arg_number(attempt_id), arg_number(tp_mr)), &part_id, error);
    if (r == 0)
        r = store_run_one(store, ST_MT_PART_SENT, ARGS(arg_number(part_id), arg_number(now_ms), arg_number(tp_mr)),
                          error);
    if (r == 0)
        r = store_run_one(store, ST_MT_PROGRESS, ARGS(arg_number(mt_id), arg_number(0), arg_number(0)), error);
    if (r == 0)
        r = mt_now(store, mt_id, &now, error);
    if (r == 0)
        r = mt_move(store, mt_id, MT_UNCERTAIN, now.parts_sent < now.parts ? MT_RETRY_WAIT : MT_SUBMITTED, now_ms, 0,
                    error);
    if (r == 0)
        *ret_part_id = part_id;
    return r;
}

int store_mt_settle_counted(struct store *store, int64_t now_ms, struct error *error)
{
    for (;;) {
        int64_t mt_id, attempt_id, part_id;
        int tp_mr;
        {
            CLEANUP(statement_done) sqlite3_stmt *statement = statement_use(store, ST_MT_NUMBERED_TWICE, NO_ARGS);
            int r = statement_step(store, statement, error);
            if (r != STEP_ROW)
                return r == STEP_DONE ? 0 : r;
            mt_id = sqlite3_column_int64(statement, 0);
            attempt_id = sqlite3_column_int64(statement, 1);
            tp_mr = sqlite3_column_int(statement, 2);
        }
        int r = was_sent(store, mt_id, attempt_id, tp_mr, now_ms, &part_id, error);
        if (r < 0)
            return r;
    }
}

/* The network tells of a part whose own answer was lost: it was sent after all. */
static int settle_uncertain(struct store *store, const char *recipient, int tp_mr, int64_t now_ms, int64_t *ret_part_id,
                            int64_t *ret_mt_id, struct error *error)
{
    int64_t attempt_id = 0, mt_id = 0, part_id = 0;
    int r = uncertain_to(store, recipient, &mt_id, &attempt_id, error);
    if (r == 0)
        r = fits_count(store, attempt_id, tp_mr, error);
    if (r == 0)
        r = was_sent(store, mt_id, attempt_id, tp_mr, now_ms, &part_id, error);
    if (r < 0)
        return r;
    *ret_part_id = part_id;
    *ret_mt_id = mt_id;
    return 0;
}

/* The newest part of that recipient with that number, 1 where its report has come before, or -ENOENT. */
static int part_by_reference(struct store *store, const char *recipient, int tp_mr, int64_t *ret_part_id,
                             int64_t *ret_mt_id, struct error *error)
{
    CLEANUP(statement_done)
    sqlite3_stmt *statement =
        statement_use(store, ST_MT_PART_BY_REFERENCE, ARGS(arg_text(recipient), arg_number(tp_mr)));
    int r = statement_step(store, statement, error);
    if (r < 0)
        return r;
    if (r == STEP_DONE)
        return -ENOENT;
    *ret_part_id = sqlite3_column_int64(statement, 0);
    *ret_mt_id = sqlite3_column_int64(statement, 1);
    return sqlite3_column_int(statement, 2);
}

int store_mt_report(struct store *store, const char *recipient, int tp_mr, bool delivered, int64_t now_ms,
                    int64_t *ret_mt_id, struct error *error)
{
    int64_t part_id = 0, mt_id = 0;
    struct mt_now now;
    int r = part_by_reference(store, recipient, tp_mr, &part_id, &mt_id, error);
    /* Only the newest: an older one with the same number is 256 messages away, and this is its newer one's repetition.
     */
    if (r == 1)
        return error_set(error, -ENOENT, "outbox: this status report has come before");
    if (r == -ENOENT)
        r = settle_uncertain(store, recipient, tp_mr, now_ms, &part_id, &mt_id, error);
    if (r == 0)
        r = store_run_one(
            store, ST_MT_PART_REPORT,
            ARGS(arg_number(part_id), arg_text(delivered ? "delivered" : "undelivered"), arg_number(now_ms)), error);
    if (r == 0)
        r = mt_now(store, mt_id, &now, error);
    if (r == 0 && now.state == MT_SUBMITTED)
        r = conclude(store, mt_id, now_ms, error);
    if (r == 0 && ret_mt_id)
        *ret_mt_id = mt_id;
    return r;
}
