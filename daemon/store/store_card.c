/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>

#include "store/card.h"
#include "store/store_internal.h"

#define KEY "quarter = ?1 AND \"set\" = ?2 AND area_id = ?3"

enum {
    ST_CARD_ADD = FIRST_STATEMENT(TABLE_CARD),
    ST_CARD_GET,
    ST_CARD_NUMBERS,
    ST_BUDGET_PUT,
    ST_BUDGET_LIST,
    ST_CARD_STALE_PUT,
    ST_CARD_STALE_NEXT,
    ST_CARD_STALE_FORGET,
    ST_CARD_SET,
    ST_CARD_SETS,
};

const struct statement_text store_card_sql[] = {
    {ST_CARD_ADD,
     "INSERT INTO card (quarter, \"set\", area_id, revision, frozen_ms, body) "
     "SELECT ?1, ?2, ?3, 1 + coalesce(max(revision), 0), ?4, ?5 FROM card WHERE " KEY " RETURNING revision"},
    {ST_CARD_GET, "SELECT id, revision, frozen_ms, json_extract(body, '$.received'), json_extract(body, '$.due'), "
                  "json_extract(body, '$.numbers') FROM card WHERE " KEY
                  " AND (?4 = 0 OR revision = ?4) ORDER BY revision DESC LIMIT 1"},
    {ST_CARD_NUMBERS, "SELECT member.key, place.key, place.value FROM card, json_each(json_array("
                      "json_extract(body, '$.numbers'), json_extract(body, '$.around'))) AS half, "
                      "json_each(half.value) AS member, json_each(member.value) AS place WHERE card.id = ?1 "
                      "ORDER BY half.key, member.id, place.id"},
    {ST_BUDGET_PUT, "INSERT OR REPLACE INTO budget (area_id, year, line, total, stunting) VALUES (?1, ?2, ?3, ?4, ?5)"},
    {ST_BUDGET_LIST,
     "SELECT line, sum(total), sum(stunting), count(*) FROM area CROSS JOIN budget ON area_id = area.id AND year = ?3 "
     "WHERE area.level = 4 AND area.code >= ?1 AND area.code < ?2 GROUP BY line ORDER BY line"},
    {ST_CARD_STALE_PUT, "INSERT OR IGNORE INTO card_stale (quarter, \"set\", area_id) "
                        "SELECT ?1, ?2, ?3 WHERE EXISTS (SELECT 1 FROM card WHERE " KEY ")"},
    {ST_CARD_STALE_NEXT,
     "SELECT quarter, area_id FROM card_stale"
     " WHERE quarter GLOB '[0-9][0-9][0-9][0-9]-Q[1-4]' ORDER BY quarter, \"set\", area_id LIMIT 1"},
    {ST_CARD_STALE_FORGET, "DELETE FROM card_stale WHERE quarter = ?1 AND area_id = ?2"},
    {ST_CARD_SET, "WITH RECURSIVE of_set(name) AS (SELECT min(\"set\") FROM card WHERE quarter = ?1 UNION ALL "
                  "SELECT (SELECT min(\"set\") FROM card WHERE quarter = ?1 AND \"set\" > name) FROM of_set "
                  "WHERE name IS NOT NULL) SELECT name FROM of_set CROSS JOIN card ON quarter = ?1 AND \"set\" = name "
                  "AND area_id = ?2 AND (?3 = 0 OR revision = ?3) ORDER BY frozen_ms DESC, card.id DESC LIMIT 1"},
    {ST_CARD_SETS, "SELECT /* whole table: once at a start, and when an operator looks */ quarter, \"set\", "
                   "count(DISTINCT area_id) FROM card GROUP BY 1, 2 ORDER BY 1, 2"},
    {.sql = NULL},
};

int store_card_add(struct store *store, const struct score_key *key, int64_t now_ms, const char *body,
                   int *ret_revision, struct error *error)
{
    char quarter[8];
    CLEANUP(statement_done)
    sqlite3_stmt *statement = statement_use(store, ST_CARD_ADD,
                                            ARGS(arg_quarter(key->quarter, quarter), arg_text(key->set),
                                                 arg_number(key->area_id), arg_number(now_ms), arg_text(body)));
    int r = statement_step(store, statement, error);
    if (r < 0)
        return r;
    KABAR_ASSERT(r == STEP_ROW);
    int revision = sqlite3_column_int(statement, 0);
    r = statement_step(store, statement, error);
    if (r < 0)
        return r;
    *ret_revision = revision;
    return 0;
}

int store_card_get(struct store *store, const struct score_key *key, int revision, card_each *each, void *data,
                   struct error *error)
{
    char quarter[8];
    CLEANUP(statement_done)
    sqlite3_stmt *statement = statement_use(
        store, ST_CARD_GET,
        ARGS(arg_quarter(key->quarter, quarter), arg_text(key->set), arg_number(key->area_id), arg_number(revision)));
    int r = statement_step(store, statement, error);
    if (r < 0)
        return r;
    if (r == STEP_DONE)
        return error_set(error, -ENOENT, "no card of %s was frozen yet", quarter);
    const struct card_row card = {
        .id = sqlite3_column_int64(statement, 0),
        .area_id = key->area_id,
        .quarter = key->quarter,
        .revision = sqlite3_column_int(statement, 1),
        .frozen_ms = column_ms(statement, 2),
        .received = sqlite3_column_int64(statement, 3),
        .due = sqlite3_column_int64(statement, 4),
        .numbers = column_view(statement, 5).at,
    };
    return list_end(each(data, &card));
}

int store_card_set(struct store *store, int quarter, int64_t area_id, int revision, char ret_set[SET_NAME_MAX],
                   struct error *error)
{
    char text[8];
    CLEANUP(statement_done)
    sqlite3_stmt *statement =
        statement_use(store, ST_CARD_SET, ARGS(arg_quarter(quarter, text), arg_number(area_id), arg_number(revision)));
    int r = statement_step(store, statement, error);
    if (r == STEP_DONE)
        return error_set(error, -ENOENT, "no card of %s was frozen yet", text);
    if (r == STEP_ROW)
        column_text(statement, 0, ret_set, SET_NAME_MAX);
    return r == STEP_ROW ? 0 : r;
}

int store_card_sets(struct store *store, card_set_each *each, void *data, struct error *error)
{
    CLEANUP(statement_done) sqlite3_stmt *statement = statement_use(store, ST_CARD_SETS, NO_ARGS);
    int r, quarter;
    while ((r = statement_step(store, statement, error)) == STEP_ROW) {
        if (quarter_parse(column_view(statement, 0), &quarter) < 0)
            continue;
        int stop = each(data, quarter, column_view(statement, 1).at, sqlite3_column_int64(statement, 2));
        if (stop != 0)
            return list_end(stop);
    }
    return r;
}

int store_card_numbers(struct store *store, int64_t card_id, card_number_each *each, void *data, struct error *error)
{
    CLEANUP(statement_done)
    sqlite3_stmt *statement = statement_use(store, ST_CARD_NUMBERS, ARGS(arg_number(card_id)));
    char name[FIELD_MAX * 2] = "";
    int64_t numbers[CARD_NUMBERS_MAX];
    size_t n = 0;
    int r;
    while ((r = statement_step(store, statement, error)) == STEP_ROW) {
        size_t place = (size_t)sqlite3_column_int64(statement, 1);
        int stop = place == 0 && n > 0 ? each(data, name, numbers, n) : 0;
        if (stop != 0)
            return list_end(stop);
        if (place == 0)
            column_text(statement, 0, name, sizeof name);
        if (place < CARD_NUMBERS_MAX) {
            numbers[place] = sqlite3_column_int64(statement, 2);
            n = place + 1;
        }
    }
    return r == STEP_DONE && n > 0 ? list_end(each(data, name, numbers, n)) : r;
}

int store_card_touch(struct store *store, const struct score_key *key, struct error *error)
{
    char quarter[8];
    return store_run(store, ST_CARD_STALE_PUT,
                     ARGS(arg_quarter(key->quarter, quarter), arg_text(key->set), arg_number(key->area_id)), error);
}

int store_card_touched(struct store *store, int *ret_quarter, int64_t *ret_village_id, struct error *error)
{
    CLEANUP(statement_done) sqlite3_stmt *statement = statement_use(store, ST_CARD_STALE_NEXT, NO_ARGS);
    int r = statement_step(store, statement, error);
    if (r == STEP_DONE)
        *ret_village_id = 0;
    if (r != STEP_ROW)
        return r;
    if (quarter_parse(column_view(statement, 0), ret_quarter) != 0)
        return error_set(error, -EUCLEAN, "the quarter of a card that changed is none");
    *ret_village_id = sqlite3_column_int64(statement, 1);
    return 0;
}

int store_card_settled(struct store *store, int quarter, int64_t village_id, struct error *error)
{
    char text[8];
    return store_run(store, ST_CARD_STALE_FORGET, ARGS(arg_quarter(quarter, text), arg_number(village_id)), error);
}

int store_budget_put(struct store *store, int64_t village_id, int year, const struct budget_row *row,
                     struct error *error)
{
    return store_run(store, ST_BUDGET_PUT,
                     ARGS(arg_number(village_id), arg_number(year), arg_number(row->line), arg_number(row->total),
                          arg_number(row->stunting)),
                     error);
}

int store_budget_list(struct store *store, const char *code, int year, budget_each *each, void *data,
                      struct error *error)
{
    struct area_range range = area_range_of(code);
    CLEANUP(statement_done)
    sqlite3_stmt *statement =
        statement_use(store, ST_BUDGET_LIST, ARGS(arg_text(range.low), arg_text(range.high), arg_number(year)));
    int r;
    while ((r = statement_step(store, statement, error)) == STEP_ROW) {
        const struct budget_row row = {
            .line = sqlite3_column_int(statement, 0),
            .total = sqlite3_column_int64(statement, 1),
            .stunting = sqlite3_column_int64(statement, 2),
            .villages = sqlite3_column_int(statement, 3),
        };
        int stop = each(data, &row);
        if (stop != 0)
            return list_end(stop);
    }
    return r;
}
