/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "store/audit.h"
#include "store/counts.h"
#include "store/mo.h"
#include "store/modem.h"
#include "store/mt.h"
#include "store/store_internal.h"

#include <errno.h>
#include <string.h>

enum {
    ST_DATA_VERSION = FIRST_STATEMENT(TABLE_BOX),
    ST_AUDIT,
    ST_COUNTS,
    ST_MT_WAITING,
    ST_MODEM_PUT,
    ST_MODEM_LIST,
};

const struct statement_text store_box_sql[] = {
    /* IMMEDIATE: a transaction that finds itself behind another writer only at its first write can't wait for it. */
    {ST_DATA_VERSION, "PRAGMA data_version"},
    {ST_AUDIT, "INSERT INTO audit (at_ms, who, what, subject, detail) VALUES (?1, ?2, ?3, ?4, ?5)"},
    /* Each a range of an index: it must stay quick after ten years. */
    {ST_COUNTS, "SELECT (SELECT count(*) FROM mo_message WHERE received_ms BETWEEN ?1 AND ?1 + " TWO_DAYS "),"
                " (SELECT count(*) FROM mo_message"
                "  WHERE outcome IN ('unknown', 'unread', 'incomplete') AND handled_ms IS NULL),"
                " (SELECT count(*) FROM report WHERE created_ms BETWEEN ?1 AND ?1 + " TWO_DAYS "),"
                " (SELECT count(*) FROM mt_message WHERE state IN ('queued', 'retry_wait')),"
                " (SELECT count(*) FROM mt_message WHERE created_ms BETWEEN ?1 AND ?1 + " TWO_DAYS "),"
                " (SELECT count(*) FROM mt_message WHERE state = 'uncertain'),"
                " (SELECT count(*) FROM mt_message WHERE state = 'failed'),"
                " (SELECT count(*) FROM contact WHERE state = 'active'),"
                " (SELECT count(*) FROM contact WHERE state = 'pending') + (SELECT count(*) FROM stranger),"
                " (SELECT count(*) FROM area)"
                " /* whole table: areas: 91,599 at most, by the smallest index */"},
    {ST_MT_WAITING, "SELECT count(*) FROM mt_message"
                    " WHERE state IN ('queued', 'retry_wait') AND kind = 'reply' AND created_ms < ?1"},
    {ST_MODEM_PUT,
     "INSERT INTO modem_state (name, state, trouble, imei, imsi, model, operator_name, since_ms, seen_ms,"
     "  signal_percent, registered)"
     " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)"
     " ON CONFLICT (name) DO UPDATE SET state = excluded.state, trouble = excluded.trouble, imei = excluded.imei,"
     "  imsi = excluded.imsi, model = excluded.model, operator_name = excluded.operator_name,"
     "  since_ms = excluded.since_ms, seen_ms = excluded.seen_ms, signal_percent = excluded.signal_percent,"
     "  registered = excluded.registered"},
    {ST_MODEM_LIST, "SELECT name, state, trouble, imei, imsi, model, operator_name, since_ms, seen_ms, signal_percent,"
                    "  registered FROM modem_state ORDER BY name"},
    {.sql = NULL},
};

int store_data_version(struct store *store, int64_t *ret_version, struct error *error)
{
    return store_number(store, ST_DATA_VERSION, NO_ARGS, ret_version, error);
}

int store_audit(struct store *store, int64_t now_ms, const char *who, const char *what, const char *subject,
                const char *detail, struct error *error)
{
    return store_run(store, ST_AUDIT,
                     ARGS(arg_number(now_ms), arg_text(who), arg_text(what), arg_text(subject), arg_text(detail)),
                     error);
}

int store_counts(struct store *store, int64_t today_ms, struct store_counts *ret_counts, struct error *error)
{
    CLEANUP(statement_done) sqlite3_stmt *statement = statement_use(store, ST_COUNTS, ARGS(arg_number(today_ms)));
    int r = statement_step(store, statement, error);
    if (r < 0)
        return r;
    *ret_counts = (struct store_counts){
        .mo_today = sqlite3_column_int64(statement, 0),
        .mo_unread = sqlite3_column_int64(statement, 1),
        .reports_today = sqlite3_column_int64(statement, 2),
        .mt_queued = sqlite3_column_int64(statement, 3),
        .mt_today = sqlite3_column_int64(statement, 4),
        .mt_uncertain = sqlite3_column_int64(statement, 5),
        .mt_failed = sqlite3_column_int64(statement, 6),
        .contacts = sqlite3_column_int64(statement, 7),
        .pending = sqlite3_column_int64(statement, 8),
        .areas = sqlite3_column_int64(statement, 9),
    };
    return 0;
}

int store_mt_waiting(struct store *store, int64_t before_ms, int64_t *ret_number, struct error *error)
{
    CLEANUP(statement_done) sqlite3_stmt *statement = statement_use(store, ST_MT_WAITING, ARGS(arg_number(before_ms)));
    int r = statement_step(store, statement, error);
    if (r < 0)
        return r;
    *ret_number = sqlite3_column_int64(statement, 0);
    return 0;
}

bool modem_row_works(const struct modem_row *modem)
{
    return modem->registered && strcmp(modem->state, "ready") == 0;
}

int store_modem_put(struct store *store, const struct modem_row *modem, struct error *error)
{
    bool known = modem->signal_percent >= 0 && modem->signal_percent <= 100;
    return store_run(store, ST_MODEM_PUT,
                     ARGS(arg_text(modem->name), arg_text(modem->state), arg_text(modem->trouble),
                          arg_text(modem->imei), arg_text(modem->imsi), arg_text(modem->model),
                          arg_text(modem->operator_name), arg_number(modem->since_ms), arg_number(modem->seen_ms),
                          known ? arg_number(modem->signal_percent) : arg_text(NULL), arg_number(modem->registered)),
                     error);
}

static void modem_row(sqlite3_stmt *statement, struct modem_row *ret_modem)
{
    *ret_modem = (struct modem_row){
        .since_ms = column_ms(statement, 7),
        .seen_ms = column_ms(statement, 8),
        .signal_percent = sqlite3_column_type(statement, 9) == SQLITE_NULL ? -1 : sqlite3_column_int(statement, 9),
        .registered = sqlite3_column_int(statement, 10) != 0,
    };
    column_text(statement, 0, ret_modem->name, sizeof ret_modem->name);
    column_text(statement, 1, ret_modem->state, sizeof ret_modem->state);
    column_text(statement, 2, ret_modem->trouble, sizeof ret_modem->trouble);
    column_text(statement, 3, ret_modem->imei, sizeof ret_modem->imei);
    column_text(statement, 4, ret_modem->imsi, sizeof ret_modem->imsi);
    column_text(statement, 5, ret_modem->model, sizeof ret_modem->model);
    column_text(statement, 6, ret_modem->operator_name, sizeof ret_modem->operator_name);
}

int store_modem_list(struct store *store, modem_each *each, void *data, struct error *error)
{
    CLEANUP(statement_done) sqlite3_stmt *statement = statement_use(store, ST_MODEM_LIST, NO_ARGS);
    int r;
    while ((r = statement_step(store, statement, error)) == STEP_ROW) {
        struct modem_row modem;
        modem_row(statement, &modem);
        int stop = each(data, &modem);
        if (stop != 0)
            return list_end(stop);
    }
    return r;
}
