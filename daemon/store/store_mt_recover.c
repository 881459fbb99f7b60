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
    {ST_MT_RECOVER_UNSENT, "UPDATE mt_message SET state = ?3, state_ms = ?1, next_attempt_ms = 0 WHERE state = ?2"
                           "  AND id IN (SELECT mt_id FROM attempt WHERE ended_ms IS NULL AND left_ms IS NULL)"},
    {ST_MT_RECOVER_FATAL,
     "UPDATE mt_message SET state = ?5, state_ms = ?1, next_attempt_ms = 0, cause = ?2"
     " WHERE state = ?4 AND id IN"
     "  (SELECT CAST(substr(name, 4) AS INTEGER) FROM suspect WHERE name GLOB 'mt:*' AND deaths >= ?3)"},
    {ST_ATTEMPT_RECOVER, "UPDATE attempt SET ended_ms = ?1, result = iif(left_ms IS NULL, 'no_network', 'uncertain')"
                         " WHERE ended_ms IS NULL"},
    {ST_MT_RECOVER, "UPDATE mt_message SET state = ?3, state_ms = ?1 WHERE state = ?2"},
    {.sql = NULL},
};

int store_mt_recover(struct store *store, int64_t now_ms, struct mt_recovered *ret_recovered, struct error *error)
{
    const unsigned in_hand = 1U << MT_SUBMITTING, waits = 1U << MT_QUEUED | 1U << MT_RETRY_WAIT;
    struct mt_recovered recovered = {0};
    int64_t cause = cause_of(CAUSE_LOCAL, CAUSE_LOCAL_KABARD_DIED);
    int r = mt_move_all(store, ST_MT_RECOVER_FATAL, waits | in_hand, MT_FAILED,
                        ARGS(arg_number(now_ms), arg_number(cause), arg_number(SUSPECT_DEATHS_MAX)),
                        &recovered.set_aside, error);
    if (r == 0)
        r = mt_move_all(store, ST_MT_RECOVER_UNSENT, in_hand, MT_QUEUED, ARGS(arg_number(now_ms)), NULL, error);
    if (r == 0)
        r = store_run(store, ST_ATTEMPT_RECOVER, ARGS(arg_number(now_ms)), error);
    if (r == 0)
        r = mt_move_all(store, ST_MT_RECOVER, in_hand, MT_UNCERTAIN, ARGS(arg_number(now_ms)), &recovered.uncertain,
                        error);
    if (r == 0)
        *ret_recovered = recovered;
    return r;
}
