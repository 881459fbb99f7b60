/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "parsers/cause.h"
#include "store/mt_internal.h"
#include "store/store_internal.h"
#include "store/suspect.h"

enum {
    ST_MT_RECOVER_UNSENT = FIRST_STATEMENT(TABLE_MT_RECOVER),
    ST_MT_RECOVER_FATAL,
    ST_ATTEMPT_RECOVER,
    ST_MT_RECOVER,
};

const struct statement_text store_mt_recover_sql[] = {
    {ST_MT_RECOVER_UNSENT, "UPDATE mt_message SET state = 'queued', state_ms = ?1, next_attempt_ms = 0"
                           " WHERE state = 'submitting'"
                           "  AND id IN (SELECT mt_id FROM attempt WHERE ended_ms IS NULL AND left_ms IS NULL)"},
    {ST_MT_RECOVER_FATAL,
     "UPDATE mt_message SET state = 'failed', state_ms = ?1, next_attempt_ms = 0, cause = ?2"
     " WHERE state IN ('queued', 'retry_wait', 'submitting') AND id IN"
     "  (SELECT CAST(substr(name, 4) AS INTEGER) FROM suspect WHERE name GLOB 'mt:*' AND deaths >= ?3)"},
    {ST_ATTEMPT_RECOVER, "UPDATE attempt SET ended_ms = ?1, result = iif(left_ms IS NULL, 'no_network', 'uncertain')"
                         " WHERE ended_ms IS NULL"},
    {ST_MT_RECOVER, "UPDATE mt_message SET state = 'uncertain', state_ms = ?1 WHERE state = 'submitting'"},
    {.sql = NULL},
};

/* The statement's number of changed rows. */
static int recover(struct store *store, int id, const struct arg *args, size_t n_args, int64_t *ret_changed,
                   struct error *error)
{
    int r = store_run(store, id, args, n_args, error);
    *ret_changed = r == 0 ? sqlite3_changes64(store->db) : 0;
    return r;
}

int store_mt_recover(struct store *store, int64_t now_ms, struct mt_recovered *ret_recovered, struct error *error)
{
    struct mt_recovered recovered = {0};
    int64_t cause = cause_of(CAUSE_LOCAL, CAUSE_LOCAL_KABARD_DIED), ignored;
    KABAR_ASSERT(mt_state_may_become(MT_QUEUED, MT_FAILED) && mt_state_may_become(MT_RETRY_WAIT, MT_FAILED));
    int r =
        recover(store, ST_MT_RECOVER_FATAL, ARGS(arg_number(now_ms), arg_number(cause), arg_number(SUSPECT_DEATHS_MAX)),
                &recovered.set_aside, error);
    if (r == 0)
        r = recover(store, ST_MT_RECOVER_UNSENT, ARGS(arg_number(now_ms)), &ignored, error);
    if (r == 0)
        r = recover(store, ST_ATTEMPT_RECOVER, ARGS(arg_number(now_ms)), &ignored, error);
    if (r == 0)
        r = recover(store, ST_MT_RECOVER, ARGS(arg_number(now_ms)), &recovered.uncertain, error);
    if (r == 0)
        *ret_recovered = recovered;
    return r;
}
