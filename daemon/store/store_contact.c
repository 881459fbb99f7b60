/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "store/contact.h"
#include "store/store_internal.h"

#include <errno.h>
#include <string.h>

static const char *const states[] = {"pending", "active", "blocked"};
_Static_assert(COUNT_OF(states) == CONTACT_STATE_COUNT, "a word for each");

#define CONTACT_COLUMNS(code)                                                                                          \
    "contact.id, coalesce(area.id, 0), contact.role, contact.state, contact.name, contact.locale, " code               \
    ", contact.created_ms, (SELECT count(*) FROM contact_area WHERE contact_id = contact.id)"

enum {
    ST_CONTACT_ADD = FIRST_STATEMENT(TABLE_CONTACT),
    ST_CONTACT_PHONE_ADD,
    ST_CONTACT_BY_PHONE,
    ST_CONTACT_SET_STATE,
    ST_CONTACT_LIST,
    ST_CONTACT_LIST_AROUND,
    ST_CONTACT_AREAS,
    ST_CONTACT_AREAS_FORGET,
    ST_CONTACT_AREA_ADD,
    ST_STRANGER_SEEN,
    ST_STRANGER_ANSWERED,
    ST_STRANGER_LIST,
    ST_STRANGER_KEEP,
    ST_STRANGER_FORGET,
};

const struct statement_text store_contact_sql[] = {
    {ST_CONTACT_ADD, "INSERT INTO contact (name, role, area_id, locale, state, created_ms)"
                     " VALUES (?1, ?2, ?3, ?4, ?5, ?6) RETURNING id"},
    {ST_CONTACT_PHONE_ADD, "INSERT INTO contact_phone (phone, contact_id, created_ms) VALUES (?1, ?2, ?3)"},
    {ST_CONTACT_BY_PHONE,
     "SELECT " CONTACT_COLUMNS(
         "area.code") ", contact_phone.phone FROM contact_phone"
                      " JOIN contact ON contact.id = contact_phone.contact_id"
                      " LEFT JOIN area ON area.id = contact.area_id WHERE contact_phone.phone = ?1"},
    {ST_CONTACT_SET_STATE, "UPDATE contact SET state = ?2 WHERE id = ?1"},
    {ST_CONTACT_LIST,
     "SELECT " CONTACT_COLUMNS(
         "min(area.code)") ", (SELECT phone FROM contact_phone WHERE contact_id = contact.id"
                           "  ORDER BY created_ms, phone LIMIT 1)"
                           " FROM contact LEFT JOIN (SELECT id AS contact_id, area_id FROM contact"
                           "  UNION ALL SELECT contact_id, area_id FROM contact_area) AS place ON contact_id = "
                           "contact.id"
                           " LEFT JOIN area ON area.id = place.area_id"
                           " WHERE (?1 IS NULL OR contact.role = ?1) AND (?2 IS NULL OR contact.state = ?2)"
                           "  AND (?3 IS NULL OR (area.code >= ?3 AND area.code < ?4))"
                           "  AND contact.id IN (SELECT contact_id FROM contact_phone)" /* the others are forgotten */
                           /* the columns of area are those of its min() */
                           " GROUP BY contact.id, iif(?5, area.id, 0) ORDER BY 7, contact.role, contact.id"},
    {ST_CONTACT_LIST_AROUND,
     "WITH place AS (SELECT id FROM area WHERE code IN"
     "  (substr(?1, 1, 2), substr(?1, 1, 5), substr(?1, 1, 8), substr(?1, 1, 13))"
     "  UNION SELECT id FROM area WHERE code >= ?1 AND code < ?2),"
     " standing AS (SELECT contact.id AS contact_id, place.id AS area_id FROM place JOIN contact ON area_id = place.id"
     "  UNION ALL SELECT contact_id, place.id FROM place JOIN contact_area ON area_id = place.id) "
     "SELECT " CONTACT_COLUMNS("area.code") ", (SELECT phone FROM contact_phone WHERE contact_id = contact.id"
                                            "  ORDER BY created_ms, phone LIMIT 1) AS first_phone"
                                            " FROM standing AS member JOIN area ON area.id = member.area_id"
                                            " JOIN contact ON contact.id = member.contact_id"
                                            " WHERE contact.state = 'active' AND first_phone IS NOT NULL"
                                            " ORDER BY area.level DESC, contact.id"},
    {ST_CONTACT_AREAS,
     "SELECT " AREA_COLUMNS_OF("area.") " FROM (SELECT area_id, 0 AS further FROM contact WHERE id = ?1"
                                        " UNION ALL SELECT area_id, 1 FROM contact_area WHERE contact_id = ?1) AS place"
                                        " JOIN area ON area.id = place.area_id ORDER BY further, area.code"},
    {ST_CONTACT_AREAS_FORGET, "DELETE FROM contact_area WHERE contact_id = ?1"},
    {ST_CONTACT_AREA_ADD, "INSERT OR IGNORE INTO contact_area (contact_id, area_id)"
                          " SELECT id, ?2 FROM contact WHERE id = ?1 AND area_id IS NOT ?2"},
    {ST_STRANGER_SEEN, "INSERT INTO stranger (phone, messages, first_ms, last_ms, answered_ms)"
                       " VALUES (?1, 1, ?2, ?2, 0)"
                       " ON CONFLICT (phone) DO UPDATE SET messages = min(messages, 1000000000) + 1,"
                       "  last_ms = excluded.last_ms"
                       " RETURNING answered_ms"},
    {ST_STRANGER_ANSWERED, "UPDATE stranger SET answered_ms = ?2 WHERE phone = ?1"},
    {ST_STRANGER_LIST, "SELECT phone, messages, first_ms, last_ms, answered_ms FROM stranger"
                       " WHERE phone NOT IN (SELECT phone FROM contact_phone)" /* who is pending is listed as such */
                       " ORDER BY last_ms DESC LIMIT ?1"},
    {ST_STRANGER_KEEP, "DELETE FROM stranger WHERE phone IN"
                       " (SELECT phone FROM stranger ORDER BY last_ms > ?2, last_ms DESC LIMIT -1 OFFSET ?1)"},
    {ST_STRANGER_FORGET, "DELETE FROM stranger WHERE phone = ?1"},
    {.sql = NULL},
};

const char *contact_state_to_string(enum contact_state state)
{
    KABAR_ASSERT((unsigned)state < CONTACT_STATE_COUNT);
    return states[state];
}

struct contact_filter {
    enum contact_role role;
    enum contact_state state;
    const char *area_code;
};

static int contact_row(struct store *store, sqlite3_stmt *statement, struct contact *ret_contact, struct error *error)
{
    int role, state;
    int r = column_word(store, statement, 2, contact_roles, ROLE_COUNT, &role, error);
    if (r == 0)
        r = column_word(store, statement, 3, states, COUNT_OF(states), &state, error);
    if (r < 0)
        return r;
    *ret_contact = (struct contact){
        .id = sqlite3_column_int64(statement, 0),
        .area_id = sqlite3_column_int64(statement, 1),
        .role = (enum contact_role)role,
        .state = (enum contact_state)state,
    };
    column_text(statement, 4, ret_contact->name, sizeof ret_contact->name);
    column_text(statement, 5, ret_contact->locale, sizeof ret_contact->locale);
    column_text(statement, 6, ret_contact->area_code, sizeof ret_contact->area_code);
    ret_contact->created_ms = column_ms(statement, 7);
    ret_contact->n_further = sqlite3_column_int(statement, 8);
    column_text(statement, 9, ret_contact->phone, sizeof ret_contact->phone);
    return 0;
}

/* "+" and 8 to 15 digits, ITU-T E.164 6. */
static bool is_e164(const char *phone)
{
    size_t len = strlen(phone);
    return phone[0] == '+' && len >= 9 && len <= 16 && strspn(phone + 1, "0123456789") == len - 1;
}

/* -EEXIST, naming its owner, where the number is somebody's. */
static int refuse_known(struct store *store, const char *phone, struct error *error)
{
    struct contact owner;
    if (!is_e164(phone))
        return error_set(error, -EINVAL, "\"%s\" is not an E.164 number: expected +62812… in digits", phone);
    int r = store_contact_by_phone(store, phone, &owner, error);
    if (r == 0)
        return error_set(error, -EEXIST, "%s is the number of %s already (%s %s, %s)", phone, owner.name,
                         contact_role_to_string(owner.role), owner.area_code, contact_state_to_string(owner.state));
    return r == -ENOENT ? 0 : r;
}

int store_contact_add(struct store *store, const struct contact *contact, int64_t now_ms, int64_t *ret_id,
                      struct error *error)
{
    int r = refuse_known(store, contact->phone, error);
    if (r < 0)
        return r;
    int64_t id = 0;
    r = store_number(store, ST_CONTACT_ADD,
                     ARGS(arg_text(contact->name), arg_text(contact_role_to_string(contact->role)),
                          arg_id(contact->area_id), arg_text(contact->locale[0] ? contact->locale : "id"),
                          arg_text(contact_state_to_string(contact->state)), arg_number(now_ms)),
                     &id, error);
    if (r == -ENOENT)
        return error_set(error, -ENOENT, "%s: there is no area with id %lld", contact->phone,
                         (long long)contact->area_id);
    if (r == 0)
        r = store_contact_phone_add(store, id, contact->phone, now_ms, error);
    if (r == 0 && ret_id)
        *ret_id = id;
    return r;
}

int store_contact_phone_add(struct store *store, int64_t id, const char *phone, int64_t now_ms, struct error *error)
{
    int r = refuse_known(store, phone, error);
    if (r == 0)
        r = store_run(store, ST_CONTACT_PHONE_ADD, ARGS(arg_text(phone), arg_number(id), arg_number(now_ms)), error);
    if (r == 0)
        r = store_run(store, ST_STRANGER_FORGET, ARGS(arg_text(phone)), error);
    return r;
}

int store_contact_by_phone(struct store *store, const char *phone, struct contact *ret_contact, struct error *error)
{
    CLEANUP(statement_done) sqlite3_stmt *statement = statement_use(store, ST_CONTACT_BY_PHONE, ARGS(arg_text(phone)));
    int r = statement_step(store, statement, error);
    if (r == STEP_DONE)
        return error_set(error, -ENOENT, "nobody is registered with %s", phone);
    if (r < 0)
        return r;
    r = contact_row(store, statement, ret_contact, error);
    return r == -EUCLEAN ? -ENOENT : r; /* nobody knows what that person may do */
}

int store_contact_set_state(struct store *store, int64_t id, enum contact_state state, struct error *error)
{
    return store_run_one(store, ST_CONTACT_SET_STATE, ARGS(arg_number(id), arg_text(contact_state_to_string(state))),
                         error);
}

int store_contact_areas(struct store *store, int64_t id, area_each *each, void *data, struct error *error)
{
    CLEANUP(statement_done) sqlite3_stmt *statement = statement_use(store, ST_CONTACT_AREAS, ARGS(arg_number(id)));
    return area_rows(store, statement, each, data, error);
}

int store_contact_areas_set(struct store *store, int64_t id, const int64_t *area_ids, size_t n, struct error *error)
{
    int r = store_run(store, ST_CONTACT_AREAS_FORGET, ARGS(arg_number(id)), error);
    for (size_t i = 0; i < n && r == 0; i++)
        r = store_run(store, ST_CONTACT_AREA_ADD, ARGS(arg_number(id), arg_number(area_ids[i])), error);
    return r;
}

static int each_row(struct store *store, sqlite3_stmt *statement, contact_each *each, void *data, struct error *error)
{
    int r;
    while ((r = statement_step(store, statement, error)) == STEP_ROW) {
        struct contact contact;
        r = contact_row(store, statement, &contact, error);
        if (r == -EUCLEAN)
            continue;
        if (r < 0)
            return r;
        int stop = each(data, &contact);
        if (stop != 0)
            return list_end(stop);
    }
    return r;
}

static int list(struct store *store, const struct contact_filter *filter, bool by_area, contact_each *each, void *data,
                struct error *error)
{
    struct area_range range = area_range_of(filter->area_code);
    CLEANUP(statement_done)
    sqlite3_stmt *statement = statement_use(
        store, ST_CONTACT_LIST,
        ARGS(arg_text(filter->role == ROLE_COUNT ? NULL : contact_role_to_string(filter->role)),
             arg_text(filter->state == CONTACT_STATE_COUNT ? NULL : contact_state_to_string(filter->state)),
             arg_text(filter->area_code ? range.low : NULL), arg_text(range.high), arg_number(by_area)));
    return each_row(store, statement, each, data, error);
}

int store_contact_list_around(struct store *store, const char *area_code, contact_each *each, void *data,
                              struct error *error)
{
    struct area_range range = area_range_of(area_code);
    CLEANUP(statement_done)
    sqlite3_stmt *statement =
        statement_use(store, ST_CONTACT_LIST_AROUND, ARGS(arg_text(range.low), arg_text(range.high)));
    return each_row(store, statement, each, data, error);
}

int store_contact_list(struct store *store, enum contact_role role, enum contact_state state, const char *area_code,
                       contact_each *each, void *data, struct error *error)
{
    return list(store, &(struct contact_filter){role, state, area_code}, false, each, data, error);
}

int store_contact_list_by_area(struct store *store, enum contact_role role, const char *area_code, contact_each *each,
                               void *data, struct error *error)
{
    return list(store, &(struct contact_filter){role, CONTACT_ACTIVE, area_code}, true, each, data, error);
}

int store_stranger_seen(struct store *store, const char *phone, int64_t now_ms, int64_t *ret_answered_ms,
                        struct error *error)
{
    return store_number(store, ST_STRANGER_SEEN, ARGS(arg_text(phone), arg_number(now_ms)), ret_answered_ms, error);
}

int store_stranger_answered(struct store *store, const char *phone, int64_t now_ms, struct error *error)
{
    return store_run_one(store, ST_STRANGER_ANSWERED, ARGS(arg_text(phone), arg_number(now_ms)), error);
}

int store_stranger_keep(struct store *store, int64_t keep, int64_t now_ms, struct error *error)
{
    return store_run(store, ST_STRANGER_KEEP, ARGS(arg_number(keep), arg_number(now_ms)), error);
}

int store_stranger_list(struct store *store, int64_t limit, stranger_each *each, void *data, struct error *error)
{
    CLEANUP(statement_done)
    sqlite3_stmt *statement = statement_use(store, ST_STRANGER_LIST, ARGS(arg_number(limit > 0 ? limit : -1)));
    int r;
    while ((r = statement_step(store, statement, error)) == STEP_ROW) {
        struct stranger stranger = {
            .messages = sqlite3_column_int64(statement, 1),
            .first_ms = column_ms(statement, 2),
            .last_ms = column_ms(statement, 3),
            .answered_ms = column_ms(statement, 4),
        };
        column_text(statement, 0, stranger.phone, sizeof stranger.phone);
        int stop = each(data, &stranger);
        if (stop != 0)
            return list_end(stop);
    }
    return r;
}
