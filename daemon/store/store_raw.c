/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "store/raw.h"

#include <inttypes.h>
#include <stdio.h>

#include "store/meta.h"
#include "store/store_internal.h"

#define RECEIVED_THEN "(SELECT id FROM mo_message WHERE received_ms >= ?1 AND received_ms < ?2)"
#define SENT_THEN                                                                                                      \
    "(SELECT id FROM mt_message WHERE created_ms >= ?1 AND created_ms < ?2 AND state IN"                               \
    " ('submitted', 'delivered', 'undelivered', 'report_expired', 'failed', 'expired', 'cancelled'))"

enum {
    ST_RAW_UNTIL = FIRST_STATEMENT(TABLE_RAW),
    ST_RAW_ADDED,
    ST_RAW_PARTS,
    ST_RAW_TOKENS,
    ST_RAW_TEXTS,
    ST_RAW_RECEIVED,
    ST_RAW_SENT_PARTS,
    ST_RAW_SENT,
};

const struct statement_text store_raw_sql[] = {
    {ST_RAW_UNTIL, "SELECT coalesce((SELECT CAST(value AS INTEGER) FROM meta WHERE name = ?1),"
                   " (SELECT min(received_ms) FROM mo_message), 9223372036854775807)"},
    {ST_RAW_ADDED, "UPDATE meta SET value = CAST(?1 AS TEXT) WHERE name = ?2 AND CAST(value AS INTEGER) > ?1"},
    {ST_RAW_PARTS, "UPDATE mo_part SET text = '', raw = part_hash(text, raw)"
                   " WHERE message_id IN " RECEIVED_THEN " AND raw NOT GLOB '#*'"},
    {ST_RAW_TOKENS, "UPDATE report_problem SET token = '' WHERE token <> ''"
                    " AND report_id IN (SELECT id FROM report WHERE mo_id IN " RECEIVED_THEN ")"},
    {ST_RAW_TEXTS,
     "DELETE FROM report_text WHERE report_id IN (SELECT id FROM report WHERE mo_id IN " RECEIVED_THEN ")"},
    {ST_RAW_RECEIVED, "UPDATE mo_message SET text = '', handled_ms = coalesce(handled_ms, ?3)"
                      " WHERE received_ms >= ?1 AND received_ms < ?2 AND text <> ''"},
    {ST_RAW_SENT_PARTS, "UPDATE mt_part SET text = '' WHERE text <> '' AND mt_id IN " SENT_THEN},
    {ST_RAW_SENT, "UPDATE mt_message SET text = '' WHERE text <> '' AND id IN " SENT_THEN},
    {.sql = NULL},
};

/* '#' and FNV-1a of the text, a separator and raw: two parts of one stamp stay different from one another. */
static void part_hash(sqlite3_context *context, int n, sqlite3_value **values)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    char text[20];
    for (int i = 0; i < n; i++) {
        const unsigned char *at = sqlite3_value_text(values[i]);
        for (int left = sqlite3_value_bytes(values[i]); left >= 0; left--)
            hash = (hash ^ (left ? *at++ : 0x1f)) * UINT64_C(0x100000001b3);
    }
    int length = snprintf(text, sizeof text, "#%016" PRIx64, hash);
    sqlite3_result_text(context, text, length, SQLITE_TRANSIENT);
}

int raw_functions(struct store *store, struct error *error)
{
    int result = sqlite3_create_function(
        store->db, "part_hash", 2, SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY, NULL, part_hash, NULL, NULL);
    return result == SQLITE_OK ? 0 : sqlite_failed(store->db, result, store->path, error);
}

int store_raw_until(struct store *store, int64_t *ret_ms, struct error *error)
{
    return store_number(store, ST_RAW_UNTIL, ARGS(arg_text(meta_to_string(META_RAW_UNTIL))), ret_ms, error);
}

int store_raw_blank(struct store *store, int64_t from_ms, int64_t before_ms, int64_t now_ms, int64_t *ret_messages,
                    struct error *error)
{
    /* Parts and tokens are found by their messages, of which only the text goes. */
    static const int steps[] = {ST_RAW_PARTS, ST_RAW_TOKENS, ST_RAW_TEXTS, ST_RAW_SENT_PARTS, ST_RAW_SENT};
    const struct arg range[] = {arg_number(from_ms), arg_number(before_ms), arg_number(now_ms)};
    char until[24];
    int64_t messages = 0;
    int r = 0;
    for (size_t i = 0; i < COUNT_OF(steps) && r == 0; i++) {
        r = store_run(store, steps[i], range, 2, error);
        messages = sqlite3_changes64(store->db);
    }
    if (r == 0)
        r = store_run(store, ST_RAW_RECEIVED, range, 3, error);
    messages += sqlite3_changes64(store->db);
    (void)snprintf(until, sizeof until, "%" PRId64, before_ms);
    if (r == 0)
        r = store_meta_set(store, META_RAW_UNTIL, NULL, until, error);
    if (r == 0)
        *ret_messages = messages;
    return r;
}

int store_raw_added(struct store *store, int64_t received_ms, struct error *error)
{
    return store_run(store, ST_RAW_ADDED, ARGS(arg_number(received_ms), arg_text(meta_to_string(META_RAW_UNTIL))),
                     error);
}
