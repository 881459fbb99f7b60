/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>

#include "parsers/period.h"
#include "store/audit.h"
#include "store/contact.h"
#include "store/mt_internal.h"
#include "store/report.h"
#include "store/store_internal.h"

/* Those they gave up too, which the audit knows, as long as nobody else has them now. */
#define THEIR_NUMBERS                                                                                                  \
    "(WITH RECURSIVE own (phone) AS (SELECT phone FROM contact_phone WHERE contact_id = ?1"                            \
    " UNION SELECT audit.detail FROM own JOIN audit ON audit.subject = own.phone"                                      \
    "  WHERE audit.what IN ('contact.phone.change', 'contact.phone.remove') AND NOT EXISTS"                            \
    "   (SELECT 1 FROM contact_phone AS other WHERE other.phone = audit.detail AND other.contact_id <> ?1))"           \
    " SELECT phone FROM own)"
#define THEIR_RECEIVED "(contact_id = ?1 OR sender IN " THEIR_NUMBERS ")"
#define THEIR_SENT     "(contact_id = ?1 OR recipient IN " THEIR_NUMBERS ")"
#define VILLAGE_LEN    "13" /* of 35.12.03.2001 */

enum {
    ST_CONTACT_EDIT = FIRST_STATEMENT(TABLE_PEOPLE),
    ST_CONTACT_SILENCE,
    ST_CONTACT_SILENCE_WANTED,
    ST_CONTACT_PHONE_REMOVE,
    ST_FORGET_BUSY,
    ST_FORGET_TOKENS,
    ST_FORGET_MO_PARTS,
    ST_FORGET_MT_PARTS,
    ST_FORGET_ATTEMPTS,
    ST_FORGET_MT,
    ST_FORGET_MO,
    ST_FORGET_TEXTS,
    ST_FORGET_AUDIT,
    ST_FORGET_STRANGER,
    ST_FORGET_PHONES,
    ST_FORGET_AREAS,
    ST_FORGET_CONTACT,
    ST_AUDIT_LIST,
    ST_REPORT_STANDING,
    ST_REPORT_NEWEST,
    ST_CURRENT_LIST,
    ST_VILLAGE_LIST,
};

const struct statement_text store_people_sql[] = {
    {ST_CONTACT_EDIT, "UPDATE contact SET name = ?2, role = ?3, area_id = ?4, locale = ?5 WHERE id = ?1"},
    {ST_CONTACT_SILENCE, "UPDATE mt_message SET state = ?4, state_ms = iif(?2 > 0, ?2, state_ms), next_attempt_ms = 0"
                         " WHERE state = ?3 AND " THEIR_SENT},
    {ST_CONTACT_SILENCE_WANTED, "UPDATE mt_message SET cancel_wanted = 1 WHERE state = 'submitting' AND " THEIR_SENT},
    {ST_CONTACT_PHONE_REMOVE, "DELETE FROM contact_phone WHERE phone = ?2 AND contact_id = ?1"
                              " AND EXISTS (SELECT 1 FROM contact_phone WHERE contact_id = ?1 AND phone <> ?2)"},
    {ST_FORGET_BUSY, "SELECT count(*) FROM mt_message WHERE state = 'submitting' AND " THEIR_SENT},
    {ST_FORGET_TOKENS, "UPDATE report_problem SET token = ''"
                       " WHERE report_id IN (SELECT id FROM report WHERE contact_id = ?1)"},
    /* raw holds the row's id: parts must stay different from one another. */
    {ST_FORGET_MO_PARTS, "UPDATE mo_part SET sender = '', smsc = '', text = '', raw = '#' || id"
                         " WHERE message_id IN (SELECT id FROM mo_message WHERE " THEIR_RECEIVED ")"
                         "  OR (message_id IS NULL AND sender IN " THEIR_NUMBERS ")"},
    {ST_FORGET_MT_PARTS, "UPDATE mt_part SET recipient = '', text = ''"
                         " WHERE mt_id IN (SELECT id FROM mt_message WHERE " THEIR_SENT ")"},
    {ST_FORGET_ATTEMPTS, "UPDATE attempt SET recipient = ''"
                         " WHERE mt_id IN (SELECT id FROM mt_message WHERE " THEIR_SENT ")"},
    {ST_FORGET_MT, "UPDATE mt_message SET recipient = '', text = '' WHERE " THEIR_SENT},
    {ST_FORGET_MO, "UPDATE mo_message SET sender = '', text = '' WHERE " THEIR_RECEIVED},
    {ST_FORGET_TEXTS, "DELETE FROM report_text WHERE report_id IN (SELECT id FROM report WHERE contact_id = ?1)"},
    {ST_FORGET_AUDIT, "UPDATE audit SET subject = '', detail = '' WHERE subject IN " THEIR_NUMBERS},
    {ST_FORGET_STRANGER, "DELETE FROM stranger WHERE phone IN " THEIR_NUMBERS},
    {ST_FORGET_PHONES, "DELETE FROM contact_phone WHERE contact_id = ?1"},
    {ST_FORGET_AREAS, "DELETE FROM contact_area WHERE contact_id = ?1"},
    {ST_FORGET_CONTACT, "UPDATE contact SET name = '', state = 'blocked' WHERE id = ?1"},
    {ST_AUDIT_LIST, "SELECT id, at_ms, who, what, subject, detail FROM audit"
                    " WHERE (?1 IS NULL OR subject = ?1) AND at_ms >= ?2 ORDER BY id DESC LIMIT ?3"
                    " /* whole table: by id, until there are enough */"},
    {ST_REPORT_STANDING,
     "SELECT mine.field, mine.value, iif(report.adds AND report." REPORT_COUNTS ", mine.value, newest.value),"
     "  iif(report.adds AND report." REPORT_COUNTS ", report.uid, newest.uid) FROM report JOIN report_value AS mine"
     "  ON mine.report_id = report.id"
     " LEFT JOIN (SELECT r.area_id, r.period, r.form, v.field, v.value, r.uid, row_number() OVER"
     "   (PARTITION BY v.field ORDER BY r.sent_ms DESC, r.id DESC) AS place"
     "  FROM report AS this JOIN report AS r"
     "   ON r.area_id = this.area_id AND r.period = this.period AND r.form = this.form AND r." REPORT_COUNTS
     "  JOIN report_value AS v ON v.report_id = r.id WHERE this.id = ?1) AS newest"
     "  ON newest.field = mine.field AND newest.place = 1"
     " WHERE report.id = ?1 ORDER BY mine.field"},
    {ST_REPORT_NEWEST,
     "SELECT max(sent_ms) FROM report WHERE area_id = ?1 AND period = ?2 AND form = ?3 AND " REPORT_COUNTS},
    {ST_CURRENT_LIST,
     "SELECT area, area.name, current_value.period, current_value.form, field, value, report.uid FROM current_value"
     " JOIN area ON area.code = current_value.area JOIN report ON report.id = report_id"
     " WHERE (?1 IS NULL OR (area >= ?1 AND area < ?2)) AND (?3 IS NULL OR current_value.period = ?3)"
     " ORDER BY area, current_value.period, current_value.form, field"
     " /* whole table: an export is the whole of it */"},
    {ST_VILLAGE_LIST,
     "WITH month AS MATERIALIZED (SELECT area, substr(area, 1, " VILLAGE_LEN
     ") AS village, period, form, field, value, adds"
     "  FROM current_value WHERE period = ?3 AND length(area) >= " VILLAGE_LEN
     "   AND (?1 IS NULL OR (area >= ?1 AND area < ?2)))"
     " SELECT village, area.name, month.period, month.form, field, sum(value), '' FROM month"
     " JOIN area ON area.code = village"
     " WHERE month.area = village OR month.adds OR NOT EXISTS"
     "  (SELECT 1 FROM month AS own WHERE own.area = month.village AND own.form = month.form AND own.field = "
     "month.field)"
     " GROUP BY village, month.form, field"
     " /* whole table: an export is the whole of it */"},
    {.sql = NULL},
};

int store_contact_edit(struct store *store, const struct contact *contact, struct error *error)
{
    return store_run_one(store, ST_CONTACT_EDIT,
                         ARGS(arg_number(contact->id), arg_text(contact->name),
                              arg_text(contact_role_to_string(contact->role)), arg_id(contact->area_id),
                              arg_text(contact->locale)),
                         error);
}

/* What waits is cancelled; of what is uncertain nobody waits for the end any more. now_ms 0: it stays as old as it was.
 */
static int take_back(struct store *store, int64_t id, int64_t now_ms, int64_t *ret_count, struct error *error)
{
    const unsigned waits = 1U << MT_QUEUED | 1U << MT_RETRY_WAIT | 1U << MT_HELD;
    int64_t cancelled = 0, given_up = 0;
    int r = mt_move_all(store, ST_CONTACT_SILENCE, waits, MT_CANCELLED, ARGS(arg_number(id), arg_number(now_ms)),
                        &cancelled, error);
    if (r == 0)
        r = mt_move_all(store, ST_CONTACT_SILENCE, 1U << MT_UNCERTAIN, MT_FAILED,
                        ARGS(arg_number(id), arg_number(now_ms)), &given_up, error);
    *ret_count = cancelled + given_up;
    return r;
}

int store_contact_silence(struct store *store, int64_t id, int64_t now_ms, int64_t *ret_count, struct error *error)
{
    int64_t count = 0;
    int r = take_back(store, id, now_ms, &count, error);
    if (r == 0)
        r = store_run(store, ST_CONTACT_SILENCE_WANTED, ARGS(arg_number(id)), error);
    if (r == 0)
        *ret_count = count + sqlite3_changes64(store->db);
    return r;
}

int store_contact_phone_remove(struct store *store, int64_t id, const char *phone, struct error *error)
{
    int r = store_run_one(store, ST_CONTACT_PHONE_REMOVE, ARGS(arg_number(id), arg_text(phone)), error);
    if (r == -ENOENT)
        return error_set(error, r, "%s is the only number of this person: kabarctl contact phone change %s NEW", phone,
                         phone);
    return r;
}

int store_contact_forget(struct store *store, int64_t id, struct forgotten *ret_forgotten, struct error *error)
{
    static const int steps[] = {
        ST_FORGET_TOKENS, ST_FORGET_MO_PARTS, ST_FORGET_MT_PARTS, ST_FORGET_ATTEMPTS,
        ST_FORGET_MT,     ST_FORGET_MO,       ST_FORGET_TEXTS,    ST_FORGET_STRANGER,
        ST_FORGET_AUDIT,  ST_FORGET_PHONES,   ST_FORGET_AREAS,    ST_FORGET_CONTACT,
    };
    struct forgotten forgotten = {0};
    int64_t busy = 0;
    int r = store_number(store, ST_FORGET_BUSY, ARGS(arg_number(id)), &busy, error);
    if (r == 0 && busy)
        return error_set(error, -EBUSY, "a message to this person is being sent at this moment: try again in a minute");
    int result = sqlite3_exec(store->db, "PRAGMA secure_delete = ON", NULL, NULL, NULL);
    if (r == 0 && result != SQLITE_OK)
        return sqlite_failed(store->db, result, store->path, error);
    if (r == 0)
        r = take_back(store, id, 0, &forgotten.cancelled, error);
    for (size_t i = 0; i < COUNT_OF(steps) && r == 0; i++) {
        r = store_run(store, steps[i], ARGS(arg_number(id)), error);
        int64_t changed = sqlite3_changes64(store->db);
        if (steps[i] == ST_FORGET_MT)
            forgotten.sent = changed;
        else if (steps[i] == ST_FORGET_MO)
            forgotten.received = changed;
    }
    if (r == 0)
        *ret_forgotten = forgotten;
    return r;
}

int store_audit_list(struct store *store, const char *subject, int64_t since_ms, int64_t limit, audit_each *each,
                     void *data, struct error *error)
{
    CLEANUP(statement_done)
    sqlite3_stmt *statement = statement_use(
        store, ST_AUDIT_LIST, ARGS(arg_text(subject), arg_number(since_ms), arg_number(limit > 0 ? limit : -1)));
    int r;
    while ((r = statement_step(store, statement, error)) == STEP_ROW) {
        struct audit_row row = {
            .id = sqlite3_column_int64(statement, 0),
            .at_ms = column_ms(statement, 1),
            .who = column_view(statement, 2).at,
            .what = column_view(statement, 3).at,
            .subject = column_view(statement, 4).at,
            .detail = column_view(statement, 5).at,
        };
        int stop = each(data, &row);
        if (stop != 0)
            return list_end(stop);
    }
    return r;
}

int store_report_standing(struct store *store, int64_t id, standing_each *each, void *data, struct error *error)
{
    CLEANUP(statement_done) sqlite3_stmt *statement = statement_use(store, ST_REPORT_STANDING, ARGS(arg_number(id)));
    int r;
    while ((r = statement_step(store, statement, error)) == STEP_ROW) {
        struct standing standing = {
            .field = column_view(statement, 0).at,
            .value = sqlite3_column_int(statement, 1),
            .now_value = sqlite3_column_int(statement, 2),
            .now_uid = column_view(statement, 3).at,
        };
        int stop = each(data, &standing);
        if (stop != 0)
            return list_end(stop);
    }
    return r;
}

int store_report_newest(struct store *store, int64_t area_id, int period, const char *form, int64_t *ret_sent_ms,
                        struct error *error)
{
    char month[8];
    month_format(period, month);
    return store_number(store, ST_REPORT_NEWEST, ARGS(arg_number(area_id), arg_text(month), arg_text(form)),
                        ret_sent_ms, error);
}

static int list_current(struct store *store, int id, const char *area_code, int period, current_each *each, void *data,
                        struct error *error)
{
    struct area_range range = area_range_of(area_code);
    char month[8];
    if (period != MONTH_NONE)
        month_format(period, month);
    CLEANUP(statement_done)
    sqlite3_stmt *statement = statement_use(store, id,
                                            ARGS(arg_text(area_code ? range.low : NULL), arg_text(range.high),
                                                 arg_text(period == MONTH_NONE ? NULL : month)));
    int r;
    while ((r = statement_step(store, statement, error)) == STEP_ROW) {
        struct current_row row = {
            .area = column_view(statement, 0).at,
            .area_name = column_view(statement, 1).at,
            .period = column_view(statement, 2).at,
            .form = column_view(statement, 3).at,
            .field = column_view(statement, 4).at,
            .value = sqlite3_column_int(statement, 5),
            .uid = column_view(statement, 6).at,
        };
        int stop = each(data, &row);
        if (stop != 0)
            return list_end(stop);
    }
    return r;
}

int store_current_list(struct store *store, const char *area_code, int period, current_each *each, void *data,
                       struct error *error)
{
    return list_current(store, ST_CURRENT_LIST, area_code, period, each, data, error);
}

int store_village_list(struct store *store, const char *area_code, int period, current_each *each, void *data,
                       struct error *error)
{
    return list_current(store, ST_VILLAGE_LIST, area_code, period, each, data, error);
}
