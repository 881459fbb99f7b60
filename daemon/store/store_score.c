#include "store/score.h"

#include <errno.h>
#include <stdio.h>

#include "parsers/period.h"
#include "parsers/quarter.h"
#include "store/store_internal.h"

#define COUNTS "report.status IN ('accepted', 'partial')"
/* All villages of a range of codes, and what is written about them in a quarter and set. */
#define VILLAGES(table)                                                                                                \
    "FROM area CROSS JOIN " table " ON quarter = ?1 AND \"set\" = ?2 AND area_id = area.id "                           \
    "WHERE area.level = 4 AND area.code >= ?3 AND area.code < ?4 ORDER BY area.code"
#define KEY "quarter = ?1 AND \"set\" = ?2 AND area_id = ?3"

const struct statement_text store_score_sql[] = {
    {ST_QUARTER_VALUES,
     "SELECT report.area_id, report.period, field, value "
     "FROM (SELECT ?1 AS id UNION ALL SELECT id FROM area WHERE parent_id = ?1) AS place "
     "CROSS JOIN report ON report.area_id = place.id AND report.period IN (?2, ?3, ?4) AND report.form = ?5 "
     "CROSS JOIN report_value ON report_id = report.id WHERE " COUNTS
     " ORDER BY report.area_id, report.period, report.sent_ms, report.id"},
    {ST_POSYANDU_COUNT, "SELECT count(*) FROM area WHERE parent_id = ?1 AND level = 5"},
    {ST_REPORTED_LIST, "SELECT DISTINCT iif(area.level = 5, area.parent_id, area.id), "
                       "substr(period, 1, 4) * 4 + (substr(period, 6, 2) - 1) / 3, form "
                       "FROM report JOIN area ON area.id = area_id WHERE " COUNTS " AND area.level >= 4"},
    {ST_SCORE_PUT, "INSERT INTO score (quarter, \"set\", area_id, indicator, numerator, denominator, part) "
                   "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT DO UPDATE SET numerator = excluded.numerator, "
                   "denominator = excluded.denominator, part = excluded.part WHERE numerator IS NOT excluded.numerator "
                   "OR denominator IS NOT excluded.denominator OR part IS NOT excluded.part"},
    {ST_SCORE_FORGET, "DELETE FROM score WHERE " KEY " AND indicator = ?4"},
    {ST_SCORE_CELL_PUT, "INSERT INTO score_cell (quarter, \"set\", area_id, cell, value) VALUES (?1, ?2, ?3, ?4, ?5) "
                        "ON CONFLICT DO UPDATE SET value = excluded.value WHERE value <> excluded.value"},
    {ST_SCORE_CELL_FORGET, "DELETE FROM score_cell WHERE " KEY " AND cell = ?4"},
    {ST_SCORE_FORM_PUT, "INSERT INTO score_form (quarter, \"set\", area_id, form, village, posyandu, differs) "
                        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT DO UPDATE SET village = excluded.village, "
                        "posyandu = excluded.posyandu, differs = excluded.differs WHERE village <> excluded.village "
                        "OR posyandu <> excluded.posyandu OR differs <> excluded.differs"},
    {ST_SCORE_FORM_FORGET, "DELETE FROM score_form WHERE " KEY " AND form = ?4"},
    {ST_SCORE_CLEAR, "DELETE FROM score WHERE \"set\" = ?1"},
    {ST_SCORE_CELL_CLEAR, "DELETE FROM score_cell WHERE \"set\" = ?1"},
    {ST_SCORE_FORM_CLEAR, "DELETE FROM score_form WHERE \"set\" = ?1"},
    {ST_SCORE_LIST, "SELECT area.id, area.code, indicator, numerator, denominator, part " VILLAGES("score")},
    {ST_SCORE_CELL_LIST, "SELECT area.id, area.code, '', cell, value, NULL " VILLAGES("score_cell")},
    {ST_SCORE_FORM_LIST, "SELECT area.id, area.code, form, village, posyandu, differs " VILLAGES("score_form")},
    {ST_CARD_ADD,
     "INSERT INTO card (quarter, \"set\", area_id, revision, frozen_ms, body) "
     "SELECT ?1, ?2, ?3, 1 + coalesce(max(revision), 0), ?4, ?5 FROM card WHERE " KEY " RETURNING revision"},
    {ST_CARD_GET, "SELECT id, revision, frozen_ms, json_extract(body, '$.numbers') FROM card WHERE " KEY
                  " AND (?4 = 0 OR revision = ?4) ORDER BY revision DESC LIMIT 1"},
    {ST_VILLAGE_COUNT, "SELECT substr(code, 1, ?3), count(*) FROM area WHERE level = 4 AND code >= ?1 AND code < ?2 "
                       "GROUP BY 1 ORDER BY 1"},
    {ST_CARD_NUMBERS, "SELECT member.key, place.key, place.value FROM card, json_each(json_array("
                      "json_extract(body, '$.numbers'), json_extract(body, '$.around'))) AS half, "
                      "json_each(half.value) AS member, json_each(member.value) AS place WHERE card.id = ?1 "
                      "ORDER BY half.key, member.id, place.id"},
    {ST_SCORED_LIST, "SELECT id, parent_id, code, name FROM area WHERE level = 4 AND code >= ?3 AND code < ?4 AND "
                     "(EXISTS (SELECT 1 FROM score WHERE quarter = ?1 AND \"set\" = ?2 AND area_id = area.id) OR "
                     "EXISTS (SELECT 1 FROM score_cell WHERE quarter = ?1 AND \"set\" = ?2 AND area_id = area.id)) "
                     "ORDER BY code"},
    {ST_BUDGET_PUT, "INSERT OR REPLACE INTO budget (area_id, year, line, total, stunting) VALUES (?1, ?2, ?3, ?4, ?5)"},
    {ST_BUDGET_LIST,
     "SELECT line, sum(total), sum(stunting), count(*) FROM area CROSS JOIN budget ON area_id = area.id AND year = ?3 "
     "WHERE area.level = 4 AND area.code >= ?1 AND area.code < ?2 GROUP BY line ORDER BY line"},
    {ST_COUNT, NULL},
};

/* NULL where it is not known. */
static struct arg arg_known(int number)
{
    return (struct arg){.kind = number < 0 ? ARG_NULL : ARG_NUMBER, .number = number};
}

static int column_known(sqlite3_stmt *statement, int column)
{
    return sqlite3_column_type(statement, column) == SQLITE_NULL ? -1 : sqlite3_column_int(statement, column);
}

static struct arg arg_quarter(int quarter, char text[8])
{
    quarter_format(quarter, text);
    return arg_text(text);
}

int store_quarter_values(struct store *store, int64_t village_id, int quarter, const char *form, month_value_each *each,
                         void *data, struct error *error)
{
    char months[QUARTER_MONTHS][8];
    for (int i = 0; i < QUARTER_MONTHS; i++)
        month_format(quarter * QUARTER_MONTHS + i, months[i]);
    CLEANUP(statement_done)
    sqlite3_stmt *statement = statement_use(
        store, ST_QUARTER_VALUES,
        ARGS(arg_number(village_id), arg_text(months[0]), arg_text(months[1]), arg_text(months[2]), arg_text(form)));
    int r;
    while ((r = statement_step(store, statement, error)) == STEP_ROW) {
        struct month_value value = {
            .area_id = sqlite3_column_int64(statement, 0),
            .field = column_view(statement, 2).at,
            .value = sqlite3_column_int(statement, 3),
        };
        if (month_parse(column_view(statement, 1), &value.month) != 0)
            return error_set(error, -EUCLEAN, "a report's period is no month");
        if (each(data, &value) != 0)
            return 0;
    }
    return r;
}

int store_posyandu_count(struct store *store, int64_t village_id, int64_t *ret_count, struct error *error)
{
    return store_number(store, ST_POSYANDU_COUNT, ARGS(arg_number(village_id)), ret_count, error);
}

int store_reported_list(struct store *store, reported_each *each, void *data, struct error *error)
{
    CLEANUP(statement_done) sqlite3_stmt *statement = statement_use(store, ST_REPORTED_LIST, NO_ARGS);
    int r;
    while ((r = statement_step(store, statement, error)) == STEP_ROW)
        if (each(data, sqlite3_column_int64(statement, 0), sqlite3_column_int(statement, 1),
                 column_view(statement, 2).at) != 0)
            return 0;
    return r;
}

int store_score_put(struct store *store, const struct score_key *key, const char *indicator, int numerator,
                    int denominator, int part, struct error *error)
{
    char quarter[8];
    if (numerator < 0 && denominator < 0 && part < 0)
        return store_run(
            store, ST_SCORE_FORGET,
            ARGS(arg_quarter(key->quarter, quarter), arg_text(key->set), arg_number(key->area_id), arg_text(indicator)),
            error);
    return store_run(store, ST_SCORE_PUT,
                     ARGS(arg_quarter(key->quarter, quarter), arg_text(key->set), arg_number(key->area_id),
                          arg_text(indicator), arg_known(numerator), arg_known(denominator), arg_known(part)),
                     error);
}

int store_score_cell_put(struct store *store, const struct score_key *key, int cell, int value, struct error *error)
{
    char quarter[8];
    if (value < 0)
        return store_run(
            store, ST_SCORE_CELL_FORGET,
            ARGS(arg_quarter(key->quarter, quarter), arg_text(key->set), arg_number(key->area_id), arg_number(cell)),
            error);
    return store_run(store, ST_SCORE_CELL_PUT,
                     ARGS(arg_quarter(key->quarter, quarter), arg_text(key->set), arg_number(key->area_id),
                          arg_number(cell), arg_number(value)),
                     error);
}

int store_score_form_put(struct store *store, const struct score_key *key, const char *form,
                         const struct score_form *months, struct error *error)
{
    char quarter[8];
    if (months->village == 0 && months->posyandu == 0)
        return store_run(
            store, ST_SCORE_FORM_FORGET,
            ARGS(arg_quarter(key->quarter, quarter), arg_text(key->set), arg_number(key->area_id), arg_text(form)),
            error);
    return store_run(store, ST_SCORE_FORM_PUT,
                     ARGS(arg_quarter(key->quarter, quarter), arg_text(key->set), arg_number(key->area_id),
                          arg_text(form), arg_number(months->village), arg_number(months->posyandu),
                          arg_number(months->differs)),
                     error);
}

int store_score_clear(struct store *store, const char *set, struct error *error)
{
    int r = store_run(store, ST_SCORE_CLEAR, ARGS(arg_text(set)), error);
    if (r == 0)
        r = store_run(store, ST_SCORE_CELL_CLEAR, ARGS(arg_text(set)), error);
    return r == 0 ? store_run(store, ST_SCORE_FORM_CLEAR, ARGS(arg_text(set)), error) : r;
}

/* Positive: each wants no more. */
static int list_rows(struct store *store, enum statement id, const struct arg *args, size_t n_args,
                     struct score_row *row, score_each *each, void *data, struct error *error)
{
    CLEANUP(statement_done) sqlite3_stmt *statement = statement_use(store, id, args, n_args);
    int r;
    while ((r = statement_step(store, statement, error)) == STEP_ROW) {
        row->village_id = sqlite3_column_int64(statement, 0);
        row->code = column_view(statement, 1).at;
        row->name = column_view(statement, 2).at;
        for (int i = 0; i < 3; i++)
            row->numbers[i] = column_known(statement, 3 + i);
        if (each(data, row) != 0)
            return 1;
    }
    return r;
}

int store_score_list(struct store *store, int quarter, const char *set, const char *code, unsigned kinds,
                     score_each *each, void *data, struct error *error)
{
    static const enum statement statements[] = {ST_SCORE_LIST, ST_SCORE_CELL_LIST, ST_SCORE_FORM_LIST};
    struct area_range range = area_range_of(code);
    char text[8];
    struct score_row row;
    int r = 0;
    for (unsigned kind = SCORE_INDICATOR; kind <= SCORE_FORM && r == 0; kind++) {
        row.kind = (enum score_kind)kind;
        if (kinds & 1U << kind)
            r = list_rows(store, statements[kind],
                          ARGS(arg_quarter(quarter, text), arg_text(set), arg_text(range.low), arg_text(range.high)),
                          &row, each, data, error);
    }
    return r < 0 ? r : 0;
}

int store_village_count(struct store *store, const char *code, size_t prefix, village_count_each *each, void *data,
                        struct error *error)
{
    struct area_range range = area_range_of(code);
    CLEANUP(statement_done)
    sqlite3_stmt *statement = statement_use(
        store, ST_VILLAGE_COUNT, ARGS(arg_text(range.low), arg_text(range.high), arg_number((int64_t)prefix)));
    int r;
    while ((r = statement_step(store, statement, error)) == STEP_ROW)
        if (each(data, column_view(statement, 0), sqlite3_column_int(statement, 1)) != 0)
            return 0;
    return r;
}

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
        .frozen_ms = sqlite3_column_int64(statement, 2),
        .numbers = column_view(statement, 3).at,
    };
    (void)each(data, &card);
    return 0;
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
        if (place == 0 && n > 0 && each(data, name, numbers, n) != 0)
            return 0;
        if (place == 0)
            column_text(statement, 0, name, sizeof name);
        if (place < CARD_NUMBERS_MAX) {
            numbers[place] = sqlite3_column_int64(statement, 2);
            n = place + 1;
        }
    }
    if (r == STEP_DONE && n > 0)
        (void)each(data, name, numbers, n);
    return r;
}

int store_scored_list(struct store *store, int quarter, const char *set, const char *code, area_each *each, void *data,
                      struct error *error)
{
    struct area_range range = area_range_of(code);
    char text[8];
    CLEANUP(statement_done)
    sqlite3_stmt *statement =
        statement_use(store, ST_SCORED_LIST,
                      ARGS(arg_quarter(quarter, text), arg_text(set), arg_text(range.low), arg_text(range.high)));
    int r;
    while ((r = statement_step(store, statement, error)) == STEP_ROW) {
        struct area area = {.id = sqlite3_column_int64(statement, 0),
                            .parent_id = sqlite3_column_int64(statement, 1),
                            .level = AREA_DESA};
        column_text(statement, 2, area.code, sizeof area.code);
        column_text(statement, 3, area.name, sizeof area.name);
        if (each(data, &area) != 0)
            return 0;
    }
    return r;
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
        if (each(data, &row) != 0)
            return 0;
    }
    return r;
}
