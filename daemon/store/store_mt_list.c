/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "store/store_internal.h"

#include <errno.h>
#include <stdio.h>

#include "store/mt_internal.h"

/* What every list may also ask for; the term before it is the index's. ?1 states as JSON, ?2 recipient, ?3 area from,
 * ?4 area to, ?5 since, ?6 id, ?7 mo_id, ?8 expires before, ?9 oldest first, ?10 limit. */
#define MT_FILTER                                                                                                      \
    " AND (?1 IS NULL OR state IN (SELECT value FROM json_each(?1))) AND (?2 IS NULL OR recipient = ?2)"               \
    " AND (?3 IS NULL OR contact_id IN " CONTACTS_IN(                                                                  \
        "?3", "?4") ")"                                                                                                \
                    " AND created_ms >= ?5 AND (?6 = 0 OR id = ?6) AND (?7 = 0 OR mo_id = ?7)"                         \
                    " AND (?8 = 0 OR (expires_ms > 0 AND expires_ms < ?8))"                                            \
                    " AND ?9 IN (0, 1)"
/* By a range of another index and sorted, or along the ids until there are enough. */
#define MT_SORTED   " ORDER BY iif(?9, id, -id) LIMIT ?10"
#define MT_WAS_SENT " AND (result IN ('sent', 'uncertain') OR ended_ms IS NULL)"

enum {
    ST_MT_BY_ID = FIRST_STATEMENT(TABLE_MT_LIST),
    ST_MT_BY_MO,
    ST_MT_BY_RECIPIENT,
    ST_MT_BY_STATE,
    ST_MT_SINCE,
    ST_MT_NEWEST,
    ST_MT_OLDEST,
    ST_MT_SENT_SINCE,
    ST_MT_SENT_TO_SINCE,
    ST_MT_ADDED_TO_SINCE,
    ST_MT_ANSWERS_SINCE,
    ST_MT_TEXTS,
};

const struct statement_text store_mt_list_sql[] = {
    {ST_MT_BY_ID, MT_SELECT " WHERE id = ?6" MT_FILTER MT_SORTED},
    {ST_MT_BY_MO, MT_SELECT " WHERE mo_id = ?7" MT_FILTER MT_SORTED},
    {ST_MT_BY_RECIPIENT, MT_SELECT " WHERE recipient = ?2" MT_FILTER MT_SORTED},
    {ST_MT_BY_STATE, MT_SELECT " WHERE state IN (SELECT value FROM json_each(?1))" MT_FILTER MT_SORTED},
    {ST_MT_SINCE, MT_SELECT " WHERE true" MT_FILTER MT_SORTED},
    {ST_MT_NEWEST, MT_SELECT " WHERE true" MT_FILTER " ORDER BY id DESC LIMIT ?10"
                             " /* whole table: by id, until there are enough */"},
    {ST_MT_OLDEST, MT_SELECT " WHERE true" MT_FILTER " ORDER BY id LIMIT ?10"
                             " /* whole table: by id, until there are enough */"},
    /* Airtime may be gone where the answer was lost or is awaited. */
    {ST_MT_SENT_SINCE, "SELECT count(*) FROM attempt WHERE begun_ms BETWEEN ?1 AND ?1 + " TWO_DAYS
                       "  AND kind IN (SELECT value FROM json_each(?2)) AND (?3 IS NULL OR modem = ?3)" MT_WAS_SENT},
    {ST_MT_SENT_TO_SINCE, "SELECT count(*) FROM attempt WHERE begun_ms BETWEEN ?1 AND ?1 + " TWO_DAYS
                          "  AND kind IN (SELECT value FROM json_each(?2)) AND (?3 IS NULL OR modem = ?3)"
                          "  AND recipient = ?4" MT_WAS_SENT},
    {ST_MT_ADDED_TO_SINCE, "SELECT count(*) FROM mt_message WHERE created_ms BETWEEN ?1 AND ?1 + " TWO_DAYS
                           "  AND kind IN (SELECT value FROM json_each(?2)) AND recipient = ?3"},
    {ST_MT_ANSWERS_SINCE, "SELECT count(*) FROM mt_message WHERE created_ms BETWEEN ?1 AND ?1 + " TWO_DAYS
                          " AND kind = 'reply'  AND (priority = ?2) = ?3"},
    {ST_MT_TEXTS, "SELECT text FROM mt_message WHERE recipient = ?1 AND created_ms >= ?2"
                  " ORDER BY created_ms DESC LIMIT ?3"},
    {.sql = NULL},
};

enum { WORDS_MAX = 256 };

/* The words of a mask's bits as a JSON array, for json_each(): the only way to bind a list. */
static void words_json(unsigned mask, const char *const *words, int n_words, char ret_json[WORDS_MAX])
{
    int len = snprintf(ret_json, WORDS_MAX, "[");
    for (int i = 0; i < n_words; i++) {
        if (mask & 1u << i)
            len += snprintf(ret_json + len, (size_t)(WORDS_MAX - len), "%s\"%s\"", len > 1 ? "," : "", words[i]);
        KABAR_ASSERT(len < WORDS_MAX - 1);
    }
    ret_json[len] = ']';
    ret_json[len + 1] = '\0';
}

static int list_statement(const struct mt_filter *filter)
{
    if (filter->id)
        return ST_MT_BY_ID;
    if (filter->mo_id)
        return ST_MT_BY_MO;
    if (filter->recipient)
        return ST_MT_BY_RECIPIENT;
    if (filter->state_mask)
        return ST_MT_BY_STATE;
    return filter->since_ms ? ST_MT_SINCE : filter->oldest_first ? ST_MT_OLDEST : ST_MT_NEWEST;
}

int store_mt_list(struct store *store, const struct mt_filter *filter, mt_each *each, void *data, struct error *error)
{
    struct area_range range = area_range_of(filter->area_code);
    char states[WORDS_MAX];
    words_json(filter->state_mask, mt_states, MT_STATE_COUNT, states);
    CLEANUP(statement_done)
    sqlite3_stmt *statement = statement_use(
        store, list_statement(filter),
        ARGS(arg_text(filter->state_mask ? states : NULL), arg_text(filter->recipient),
             arg_text(filter->area_code ? range.low : NULL), arg_text(range.high), arg_number(filter->since_ms),
             arg_number(filter->id), arg_number(filter->mo_id), arg_number(filter->expires_before_ms),
             arg_number(filter->oldest_first), arg_number(filter->limit > 0 ? filter->limit : -1)));
    int r;
    while ((r = statement_step(store, statement, error)) == STEP_ROW) {
        struct mt_message message;
        r = mt_row(store, statement, &message, error);
        if (r == -EUCLEAN)
            continue;
        if (r < 0)
            return r;
        int stop = each(data, &message);
        if (stop != 0)
            return list_end(stop);
    }
    return r;
}

int store_mt_sent_since(struct store *store, const char *recipient, unsigned kind_mask, const char *modem,
                        int64_t since_ms, int64_t *ret_parts, struct error *error)
{
    char kinds[WORDS_MAX];
    words_json(kind_mask, mt_kinds, MT_KIND_COUNT, kinds);
    if (!recipient)
        return store_number(store, ST_MT_SENT_SINCE, ARGS(arg_number(since_ms), arg_text(kinds), arg_text(modem)),
                            ret_parts, error);
    return store_number(store, ST_MT_SENT_TO_SINCE,
                        ARGS(arg_number(since_ms), arg_text(kinds), arg_text(modem), arg_text(recipient)), ret_parts,
                        error);
}

int store_mt_added_since(struct store *store, const char *recipient, unsigned kind_mask, int64_t since_ms,
                         int64_t *ret_messages, struct error *error)
{
    char kinds[WORDS_MAX];
    words_json(kind_mask, mt_kinds, MT_KIND_COUNT, kinds);
    return store_number(store, ST_MT_ADDED_TO_SINCE, ARGS(arg_number(since_ms), arg_text(kinds), arg_text(recipient)),
                        ret_messages, error);
}

int store_mt_answers_since(struct store *store, bool to_strangers, int64_t since_ms, int64_t *ret_messages,
                           struct error *error)
{
    return store_number(store, ST_MT_ANSWERS_SINCE,
                        ARGS(arg_number(since_ms), arg_number(MT_PRIORITY_STRANGER), arg_number(to_strangers)),
                        ret_messages, error);
}

int store_mt_texts(struct store *store, const char *recipient, int64_t since_ms, int limit, mt_text_each *each,
                   void *data, struct error *error)
{
    CLEANUP(statement_done)
    sqlite3_stmt *statement =
        statement_use(store, ST_MT_TEXTS, ARGS(arg_text(recipient), arg_number(since_ms), arg_number(limit)));
    int r;
    while ((r = statement_step(store, statement, error)) == STEP_ROW) {
        const char *text = (const char *)sqlite3_column_text(statement, 0);
        int stop = text ? each(data, text) : 0;
        if (stop != 0)
            return list_end(stop);
    }
    return r;
}
