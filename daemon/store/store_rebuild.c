/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>
#include <poll.h>

#include "parsers/period.h"
#include "store/score.h"
#include "store/store_internal.h"

enum {
    ST_REPORTED_FORMS_OF = FIRST_STATEMENT(TABLE_REBUILD),
    ST_REPORTED_BEFORE,
    ST_SCORED_BEFORE,
    ST_VILLAGE_NEXT,
    ST_REBUILD_GET,
    ST_REBUILD_PUT,
    ST_REBUILD_DONE,
};

const struct statement_text store_rebuild_sql[] = {
    /* Reports of whatever status: to compute a score that has none left means to forget it. */
    {ST_REPORTED_FORMS_OF,
     "SELECT DISTINCT report.form FROM (SELECT ?1 AS id UNION ALL SELECT id FROM area WHERE parent_id = ?1) AS place "
     "CROSS JOIN report ON report.area_id = place.id AND report.period IN (?2, ?3, ?4)"},
    {ST_REPORTED_BEFORE, "SELECT max(period) FROM report WHERE period < ?1"},
    {ST_SCORED_BEFORE, "SELECT max((SELECT coalesce(max(quarter), '') FROM score WHERE quarter < ?1), "
                       "(SELECT coalesce(max(quarter), '') FROM score_cell WHERE quarter < ?1), "
                       "(SELECT coalesce(max(quarter), '') FROM score_form WHERE quarter < ?1))"},
    {ST_VILLAGE_NEXT, "SELECT id FROM area WHERE id > ?1 AND +level = 4 ORDER BY id LIMIT 1"},
    {ST_REBUILD_GET, "SELECT quarter, area_id FROM score_rebuild WHERE id = 1 AND mark = ?1"},
    {ST_REBUILD_PUT, "INSERT OR REPLACE INTO score_rebuild (id, mark, quarter, area_id) VALUES (1, ?1, ?2, ?3)"},
    {ST_REBUILD_DONE, "DELETE FROM score_rebuild"},
    {.sql = NULL},
};

int store_reported_list(struct store *store, int64_t village_id, int quarter, reported_each *each, void *data,
                        struct error *error)
{
    char months[QUARTER_MONTHS][8];
    for (int i = 0; i < QUARTER_MONTHS; i++)
        month_format(quarter * QUARTER_MONTHS + i, months[i]);
    CLEANUP(statement_done)
    sqlite3_stmt *statement =
        statement_use(store, ST_REPORTED_FORMS_OF,
                      ARGS(arg_number(village_id), arg_text(months[0]), arg_text(months[1]), arg_text(months[2])));
    int r;
    while ((r = statement_step(store, statement, error)) == STEP_ROW) {
        int stop = each(data, column_view(statement, 0).at);
        if (stop != 0)
            return list_end(stop);
    }
    return r;
}

/* The quarter that a statement's one text names, QUARTER_NONE where it is none. */
static int quarter_of_text(struct store *store, int id, const char *before, int *ret_quarter, struct error *error)
{
    int month;
    CLEANUP(statement_done) sqlite3_stmt *statement = statement_use(store, id, ARGS(arg_text(before)));
    int r = statement_step(store, statement, error);
    if (r < 0)
        return r;
    struct view text = r == STEP_ROW ? column_view(statement, 0) : view_of("");
    *ret_quarter = QUARTER_NONE;
    if (month_parse(text, &month) == 0)
        *ret_quarter = quarter_of(month);
    else
        (void)quarter_parse(text, ret_quarter);
    return 0;
}

int store_quarter_before(struct store *store, int quarter, int *ret_quarter, struct error *error)
{
    char month[8], text[8];
    int reported = QUARTER_NONE, scored = QUARTER_NONE;
    month_format(quarter * QUARTER_MONTHS, month);
    quarter_format(quarter, text);
    int r = quarter_of_text(store, ST_REPORTED_BEFORE, month, &reported, error);
    if (r == 0)
        r = quarter_of_text(store, ST_SCORED_BEFORE, text, &scored, error);
    if (r == 0)
        *ret_quarter = reported > scored ? reported : scored;
    return r;
}

int store_village_next(struct store *store, int64_t after_id, int64_t *ret_id, struct error *error)
{
    return store_number(store, ST_VILLAGE_NEXT, ARGS(arg_number(after_id)), ret_id, error);
}

int store_rebuild_get(struct store *store, const char *mark, struct rebuild_place *ret_place, struct error *error)
{
    CLEANUP(statement_done) sqlite3_stmt *statement = statement_use(store, ST_REBUILD_GET, ARGS(arg_text(mark)));
    int r = statement_step(store, statement, error);
    if (r < 0)
        return r;
    struct rebuild_place place = {.quarter = QUARTER_NONE};
    if (r == STEP_ROW && quarter_parse(column_view(statement, 0), &place.quarter) == 0)
        place.village_id = sqlite3_column_int64(statement, 1);
    *ret_place = place;
    return 0;
}

int store_rebuild_put(struct store *store, const char *mark, const struct rebuild_place *place, struct error *error)
{
    char text[8];
    if (place->quarter == QUARTER_NONE)
        return store_run(store, ST_REBUILD_DONE, NO_ARGS, error);
    return store_run(store, ST_REBUILD_PUT,
                     ARGS(arg_text(mark), arg_quarter(place->quarter, text), arg_number(place->village_id)), error);
}

void store_yield(void)
{
    enum { LOOKS_AGAIN_MS = 100 }; /* at the latest: sqlite3_busy_timeout() */
    (void)poll(NULL, 0, LOOKS_AGAIN_MS + LOOKS_AGAIN_MS / 5);
}
