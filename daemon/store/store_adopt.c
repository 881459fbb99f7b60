/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "store/adopt.h"

#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

#include "store/audit.h"
#include "store/meta.h"
#include "store/mt_internal.h"
#include "store/store_internal.h"

/* Generations count in minutes since then, so that a new one is larger even where the lost one can't be read. */
static const int64_t generation_epoch_ms = INT64_C(1767225600000); /* 2026-01-01 */

enum {
    ST_MT_ADOPT_AGAIN = FIRST_STATEMENT(TABLE_ADOPT),
    ST_MT_ADOPT_EXPIRE,
    ST_MT_ADOPT_STATE,
};

const struct statement_text store_adopt_sql[] = {
    {ST_MT_ADOPT_AGAIN, "UPDATE mt_message SET state = ?3, state_ms = ?1, next_attempt_ms = 0 WHERE state = ?2"},
    {ST_MT_ADOPT_EXPIRE, "UPDATE mt_message SET state = ?3, state_ms = ?1, next_attempt_ms = 0"
                         " WHERE state = ?2 AND expires_ms <> 0 AND expires_ms <= ?1"},
    {ST_MT_ADOPT_STATE, "SELECT count(*) FROM mt_message WHERE state IN ('queued', 'retry_wait')"},
    {.sql = NULL},
};

/*
 * What the lost database knows of the messages that wait in this one, beside it in memory: `waits` where it had not
 * sent any of it either. Copied before the transaction, so that whatever is wrong with that file does no harm to this
 * one.
 */
static const char learn[] =
    "CREATE TEMP TABLE fate (id INTEGER PRIMARY KEY, state TEXT, state_ms INTEGER, parts_sent INTEGER, modem TEXT,"
    "  cause INTEGER, waits INTEGER)";
static const char learn_rows[] =
    "INSERT INTO fate SELECT m.id, l.state, l.state_ms, l.parts_sent, l.modem, l.cause,"
    "  l.state IN ('queued', 'retry_wait') AND l.parts_sent = m.parts_sent"
    " FROM main.mt_message AS m JOIN lost.mt_message AS l ON l.id = m.id AND l.uid = m.uid AND l.text = m.text"
    "  AND l.parts = m.parts AND l.parts_sent BETWEEN 0 AND m.parts"
    " WHERE m.state IN ('queued', 'submitting', 'retry_wait', 'uncertain') AND l.state IN ('queued', 'retry_wait',"
    "  'submitted', 'delivered', 'undelivered', 'report_expired', 'failed', 'expired', 'cancelled')";
static const char settle_known[] =
    "UPDATE mt_message SET state = fate.state, state_ms = fate.state_ms, parts_sent = fate.parts_sent,"
    "  modem = fate.modem, cause = fate.cause, next_attempt_ms = 0 FROM fate WHERE fate.id = mt_message.id"
    "  AND fate.state NOT IN ('queued', 'retry_wait') AND mt_message.state IN ('queued', 'retry_wait', 'uncertain')";
static const char hold_unknown[] =
    "UPDATE mt_message SET state = 'held', state_ms = ?1, next_attempt_ms = 0"
    " WHERE state IN ('queued', 'retry_wait') AND id NOT IN (SELECT id FROM fate WHERE waits)";

/* One that binds a moment or nothing; how many rows it changed. */
static int run_beside(struct store *store, const char *sql, int64_t now_ms, int64_t *ret_changed, struct error *error)
{
    CLEANUP(sqlite_finalize) sqlite3_stmt *statement = NULL;
    int result = sqlite3_prepare_v2(store->db, sql, -1, &statement, NULL);
    if (result == SQLITE_OK && sqlite3_bind_parameter_count(statement) > 0)
        result = sqlite3_bind_int64(statement, 1, now_ms);
    if (result == SQLITE_OK)
        result = sqlite3_step(statement);
    if (result != SQLITE_DONE)
        return sqlite_failed(store->db, result, store->path, error);
    *ret_changed = sqlite3_changes64(store->db);
    return 0;
}

static int ask_lost(struct store *store, const char *lost, struct error *error)
{
    CLEANUP(sqlite_finalize) sqlite3_stmt *attach = NULL;
    int64_t known;
    int r = run_beside(store, learn, 0, &known, error);
    if (r < 0 || !lost || access(lost, R_OK) != 0)
        return r;
    if (sqlite3_prepare_v2(store->db, "ATTACH ?1 AS lost", -1, &attach, NULL) == SQLITE_OK &&
        sqlite3_bind_text(attach, 1, lost, -1, SQLITE_STATIC) == SQLITE_OK && sqlite3_step(attach) == SQLITE_DONE) {
        struct error ignored;
        (void)run_beside(store, learn_rows, 0, &known, &ignored);
        (void)sqlite3_exec(store->db, "DETACH lost", NULL, NULL, NULL);
    }
    return 0;
}

/* Nobody gets again what went out after the copy was made. */
static int adopt_queue(struct store *store, int64_t now_ms, struct adopted *adopted, struct error *error)
{
    const unsigned waits = 1U << MT_QUEUED | 1U << MT_RETRY_WAIT;
    struct mt_recovered ignored;
    int r = store_mt_recover(store, now_ms, &ignored, error);
    if (r == 0)
        r = run_beside(store, settle_known, now_ms, &adopted->settled, error);
    if (r == 0)
        r = mt_move_all(store, ST_MT_ADOPT_AGAIN, 1U << MT_UNCERTAIN, MT_RETRY_WAIT, ARGS(arg_number(now_ms)), NULL,
                        error);
    if (r == 0)
        r = mt_move_all(store, ST_MT_ADOPT_EXPIRE, waits, MT_EXPIRED, ARGS(arg_number(now_ms)), &adopted->expired,
                        error);
    if (r == 0)
        r = run_beside(store, hold_unknown, now_ms, &adopted->held, error);
    return r == 0 ? store_number(store, ST_MT_ADOPT_STATE, NO_ARGS, &adopted->waiting, error) : r;
}

static int adopt(struct store *store, const struct adoption *adoption, struct adopted *adopted, struct error *error)
{
    char generation[24], detail[192];
    (void)snprintf(generation, sizeof generation, "%" PRId64, adopted->generation);
    int r = store_meta_set(store, META_GENERATION, NULL, generation, error);
    if (r == 0)
        r = store_meta_set(store, META_CLOCK, NULL, adoption->clock, error);
    if (r == 0)
        r = adopt_queue(store, adoption->now_ms, adopted, error);
    (void)snprintf(detail, sizeof detail,
                   "generation %s; of what waited to be sent %" PRId64 " settled, %" PRId64 " expired, %" PRId64
                   " held, %" PRId64 " queued",
                   generation, adopted->settled, adopted->expired, adopted->held, adopted->waiting);
    return r == 0
               ? store_audit(store, adoption->now_ms, adoption->who, adoption->what, adoption->subject, detail, error)
               : r;
}

int store_adopt(struct store *store, const struct adoption *adoption, struct adopted *ret_adopted, struct error *error)
{
    struct adopted adopted = {.generation = (adoption->now_ms - generation_epoch_ms) / MS_MINUTE};
    if (adopted.generation <= adoption->after)
        adopted.generation = adoption->after + 1;
    int r = ask_lost(store, adoption->lost, error);
    if (r < 0)
        return r;
    r = store_begin(store, error);
    if (r == 0)
        r = adopt(store, adoption, &adopted, error);
    r = store_end(store, r, error);
    (void)sqlite3_exec(store->db, "DROP TABLE temp.fate", NULL, NULL, NULL);
    if (r < 0)
        return r;
    (void)snprintf(store->generation, sizeof store->generation, "-r%" PRId64, adopted.generation);
    *ret_adopted = adopted;
    return 0;
}
