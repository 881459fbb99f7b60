/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "store/mo.h"
#include "store/store_internal.h"

#include <errno.h>

static const char *const outcomes[] = {
    "report",       "command",  "chat",   "empty",      "unknown",    "unregistered",
    "unanswerable", "not_text", "unread", "incomplete", "over_limit",
};
_Static_assert(COUNT_OF(outcomes) == MO_OUTCOME_COUNT, "a word for each");

#define MO_SELECT                                                                                                      \
    "SELECT id, uid, modem, sender, coalesce(contact_id, 0), sent_ms, received_ms, outcome, parts, text,"              \
    " handled_ms IS NOT NULL"                                                                                          \
    " FROM mo_message"
/* What every list may also ask for; the term before it is the index's. ?1 sender, ?2 area from, ?3 area to, ?4 since,
 * ?5 unread only, ?6 id, ?7 limit,
 * ?8 text. */
#define MO_FILTER                                                                                                      \
    " AND (?1 IS NULL OR sender = ?1)"                                                                                 \
    " AND (?2 IS NULL OR contact_id IN " CONTACTS_IN(                                                                  \
        "?2", "?3") ")"                                                                                                \
                    " AND received_ms >= ?4"                                                                           \
                    " AND (NOT ?5 OR (outcome IN ('unknown', 'unread', 'incomplete') AND handled_ms IS NULL))"         \
                    " AND (?6 = 0 OR id = ?6)"                                                                         \
                    " AND (?8 IS NULL OR instr(lower(text), lower(?8)) > 0)"
/* By a range of another index and sorted, or along the ids until there are enough. */
#define MO_SORTED " ORDER BY +id DESC LIMIT ?7"

/* The part of that key whose text was blanked since (store/raw.h). */
#define MO_BLANKED(sent, sender, ref, seq, text, raw)                                                                  \
    "sent_ms = " sent " AND sender = " sender " AND concat_ref = " ref " AND concat_seq = " seq " AND text = ''"       \
    " AND raw = part_hash(" text ", " raw ")"

enum {
    ST_MO_PART_ADD = FIRST_STATEMENT(TABLE_MO),
    ST_MO_PART_KNOWN,
    ST_MO_WAITING,
    ST_MO_STALE_GROUP,
    ST_MO_PARTS,
    ST_MO_FIND_INCOMPLETE,
    ST_MO_COMPLETE,
    ST_MO_WAITING_COUNT,
    ST_MO_NEXT_ID,
    ST_MO_ADD,
    ST_MO_PART_TAKE,
    ST_MO_SET_OUTCOME,
    ST_MO_SET_HANDLED,
    ST_MO_SAME_TEXT,
    ST_MO_BY_ID,
    ST_MO_BY_SENDER,
    ST_MO_UNREAD,
    ST_MO_SINCE,
    ST_MO_LIST,
};

const struct statement_text store_mo_sql[] = {
    {ST_MO_PART_ADD, "INSERT INTO mo_part (modem, sender, smsc, kind, sent_ms, received_ms, concat_ref, concat_total,"
                     "  concat_seq, text, raw)"
                     " SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11"
                     " WHERE NOT EXISTS (SELECT 1 FROM mo_part WHERE " MO_BLANKED(
                         "?5", "?2", "?7", "?9", "?10", "?11") ")"
                                                               " ON CONFLICT DO NOTHING RETURNING id"},
    {ST_MO_PART_KNOWN, "SELECT id FROM mo_part WHERE sent_ms = ?1 AND sender = ?2 AND concat_ref = ?3"
                       "  AND concat_seq = ?4 AND text = ?5 AND raw = ?6"
                       " UNION ALL SELECT id FROM mo_part WHERE " MO_BLANKED("?1", "?2", "?3", "?4", "?5", "?6")},
    {ST_MO_WAITING, "SELECT id, sent_ms, received_ms, concat_seq, text FROM mo_part"
                    " WHERE message_id IS NULL AND concat_total > 1"
                    "  AND sender = ?1 AND concat_ref = ?2 AND concat_total = ?3"
                    " ORDER BY concat_seq, sent_ms DESC, id DESC"},
    /* By the newest of the group: while parts still come, it is not given up. */
    {ST_MO_STALE_GROUP,
     "SELECT sender, modem, concat_ref, concat_total, min(received_ms) FROM mo_part"
     " WHERE message_id IS NULL AND concat_total > 1"
     " GROUP BY sender, concat_ref, concat_total"
     " HAVING NOT max(received_ms) BETWEEN ?1 AND ?1 + " A_MONTH " ORDER BY min(received_ms) LIMIT 1"},
    {ST_MO_PARTS, "SELECT id, sent_ms, received_ms, concat_seq, text FROM mo_part WHERE message_id = ?1"
                  " ORDER BY concat_seq, sent_ms DESC, id DESC"},
    /* A network keeps a part back for hours, but its stamp is that of its siblings; phones begin anew with their
     * references. */
    {ST_MO_FIND_INCOMPLETE,
     "SELECT coalesce(sibling.message_id, 0) FROM mo_part AS part"
     " JOIN mo_part AS sibling ON sibling.sent_ms BETWEEN part.sent_ms - 3600000 AND part.sent_ms + 3600000"
     "  AND sibling.sender = part.sender AND sibling.concat_ref = part.concat_ref"
     "  AND sibling.concat_total = part.concat_total AND sibling.id <> part.id"
     " LEFT JOIN mo_message ON mo_message.id = sibling.message_id"
     " WHERE part.id = ?1 AND (sibling.message_id IS NULL OR (mo_message.outcome = 'incomplete' AND NOT EXISTS ("
     "  SELECT 1 FROM mo_part AS rival WHERE rival.message_id = sibling.message_id"
     "   AND rival.concat_seq = part.concat_seq AND rival.text <> part.text)))"
     " ORDER BY abs(sibling.sent_ms - part.sent_ms), sibling.message_id IS NOT NULL LIMIT 1"},
    {ST_MO_COMPLETE,
     "UPDATE mo_message SET outcome = ?2, contact_id = ?3, parts = ?4, text = ?5,"
     "  handled_ms = iif(?2 = 'incomplete', handled_ms, NULL) WHERE id = ?1 AND outcome = 'incomplete'"},
    {ST_MO_WAITING_COUNT, "SELECT count(*) FROM mo_part WHERE message_id IS NULL AND concat_total > 1"},
    {ST_MO_NEXT_ID, "SELECT coalesce(max(id), 0) + 1 FROM mo_message" IDS_BELOW},
    {ST_MO_ADD,
     "INSERT INTO mo_message (id, uid, modem, sender, contact_id, sent_ms, received_ms, outcome, parts, text)"
     " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)"},
    {ST_MO_PART_TAKE, "UPDATE mo_part SET message_id = ?2 WHERE id = ?1 AND message_id IS NULL"},
    {ST_MO_SET_OUTCOME, "UPDATE mo_message SET outcome = ?2 WHERE id = ?1"},
    {ST_MO_SET_HANDLED, "UPDATE mo_message SET handled_ms = ?2 WHERE id = ?1"},
    {ST_MO_SAME_TEXT, "SELECT count(*) FROM mo_message WHERE sender = ?1 AND received_ms >= ?3 AND text = ?2"
                      " AND abs(sent_ms - ?4) < 3600000"},
    {ST_MO_BY_ID, MO_SELECT " WHERE id = ?6" MO_FILTER MO_SORTED},
    {ST_MO_BY_SENDER, MO_SELECT " WHERE sender = ?1" MO_FILTER MO_SORTED},
    {ST_MO_UNREAD,
     MO_SELECT " WHERE outcome IN ('unknown', 'unread', 'incomplete') AND handled_ms IS NULL" MO_FILTER MO_SORTED},
    {ST_MO_SINCE, MO_SELECT " WHERE true" MO_FILTER MO_SORTED},
    {ST_MO_LIST, MO_SELECT " WHERE true" MO_FILTER " ORDER BY id DESC LIMIT ?7"
                           " /* whole table: by id, until there are enough */"},
    {.sql = NULL},
};

const char *mo_outcome_to_string(enum mo_outcome outcome)
{
    KABAR_ASSERT((unsigned)outcome < MO_OUTCOME_COUNT);
    return outcomes[outcome];
}

int store_mo_part_known(struct store *store, const struct mo_part_row *part, int64_t *ret_id, struct error *error)
{
    return store_number(store, ST_MO_PART_KNOWN,
                        ARGS(arg_number(part->sent_ms), arg_text(part->sender), arg_number(part->concat_ref),
                             arg_number(part->concat_seq), arg_text(part->text), arg_text(part->raw)),
                        ret_id, error);
}

int store_mo_part_put(struct store *store, const struct mo_part_row *part, enum mo_part_put *ret_put, int64_t *ret_id,
                      struct error *error)
{
    int64_t id = 0;
    enum mo_part_put put = MO_PART_NEW;
    int r = store_number(store, ST_MO_PART_ADD,
                         ARGS(arg_text(part->modem), arg_text(part->sender), arg_text(part->smsc), arg_text(part->kind),
                              arg_number(part->sent_ms), arg_number(part->received_ms), arg_number(part->concat_ref),
                              arg_number(part->concat_total), arg_number(part->concat_seq), arg_text(part->text),
                              arg_text(part->raw)),
                         &id, error);
    if (r == 0 && id == 0) {
        put = MO_PART_KNOWN;
        r = store_mo_part_known(store, part, &id, error);
    }
    if (r < 0)
        return r;
    *ret_put = put;
    *ret_id = id;
    return 0;
}

static int each_part(struct store *store, sqlite3_stmt *statement, mo_waiting_each *each, void *data,
                     struct error *error)
{
    int r;
    while ((r = statement_step(store, statement, error)) == STEP_ROW) {
        struct mo_waiting_part part = {
            .id = sqlite3_column_int64(statement, 0),
            .sent_ms = column_ms(statement, 1),
            .received_ms = column_ms(statement, 2),
            .concat_seq = sqlite3_column_int(statement, 3),
            .text = column_view(statement, 4).at,
        };
        int stop = each(data, &part);
        if (stop != 0)
            return list_end(stop);
    }
    return r;
}

int store_mo_waiting(struct store *store, const char *sender, int concat_ref, int concat_total, mo_waiting_each *each,
                     void *data, struct error *error)
{
    CLEANUP(statement_done)
    sqlite3_stmt *statement =
        statement_use(store, ST_MO_WAITING, ARGS(arg_text(sender), arg_number(concat_ref), arg_number(concat_total)));
    return each_part(store, statement, each, data, error);
}

int store_mo_parts(struct store *store, int64_t mo_id, mo_waiting_each *each, void *data, struct error *error)
{
    CLEANUP(statement_done) sqlite3_stmt *statement = statement_use(store, ST_MO_PARTS, ARGS(arg_number(mo_id)));
    return each_part(store, statement, each, data, error);
}

int store_mo_find_incomplete(struct store *store, int64_t part_id, int64_t *ret_mo_id, struct error *error)
{
    return store_number(store, ST_MO_FIND_INCOMPLETE, ARGS(arg_number(part_id)), ret_mo_id, error);
}

int store_mo_waiting_count(struct store *store, int64_t *ret_parts, struct error *error)
{
    return store_number(store, ST_MO_WAITING_COUNT, NO_ARGS, ret_parts, error);
}

int store_mo_stale_group(struct store *store, int64_t before_received_ms, struct mo_group *ret_group,
                         struct error *error)
{
    CLEANUP(statement_done)
    sqlite3_stmt *statement = statement_use(store, ST_MO_STALE_GROUP, ARGS(arg_number(before_received_ms)));
    int r = statement_step(store, statement, error);
    if (r == STEP_DONE)
        return error_set(error, -ENOENT, "no part waits since then");
    if (r < 0)
        return r;
    *ret_group = (struct mo_group){
        .concat_ref = sqlite3_column_int(statement, 2),
        .concat_total = sqlite3_column_int(statement, 3),
        .oldest_received_ms = column_ms(statement, 4),
    };
    column_text(statement, 0, ret_group->sender, sizeof ret_group->sender);
    column_text(statement, 1, ret_group->modem, sizeof ret_group->modem);
    return 0;
}

int store_mo_message_add(struct store *store, const struct mo_message *message, const int64_t *part_ids, size_t n_parts,
                         int64_t *ret_id, struct error *error)
{
    int64_t id = 0;
    char uid[UID_MAX];
    int r = store_number(store, ST_MO_NEXT_ID, NO_ARGS, &id, error);
    if (r < 0)
        return r;
    uid_format(store, "mo", id, uid);
    r = store_run(store, ST_MO_ADD,
                  ARGS(arg_number(id), arg_text(uid), arg_text(message->modem), arg_text(message->sender),
                       arg_id(message->contact_id), arg_number(message->sent_ms), arg_number(message->received_ms),
                       arg_text(mo_outcome_to_string(message->outcome)), arg_number((int64_t)(n_parts ? n_parts : 1)),
                       arg_text(message->text)),
                  error);
    for (size_t i = 0; r == 0 && i < n_parts; i++)
        r = store_mo_part_join(store, part_ids[i], id, error);
    if (r == 0)
        *ret_id = id;
    return r;
}

int store_mo_part_join(struct store *store, int64_t part_id, int64_t mo_id, struct error *error)
{
    return store_run_one(store, ST_MO_PART_TAKE, ARGS(arg_number(part_id), arg_number(mo_id)), error);
}

int store_mo_message_complete(struct store *store, const struct mo_message *message, struct error *error)
{
    return store_run_one(store, ST_MO_COMPLETE,
                         ARGS(arg_number(message->id), arg_text(mo_outcome_to_string(message->outcome)),
                              arg_id(message->contact_id), arg_number(message->parts), arg_text(message->text)),
                         error);
}

int store_mo_message_set_outcome(struct store *store, int64_t id, enum mo_outcome outcome, struct error *error)
{
    return store_run_one(store, ST_MO_SET_OUTCOME, ARGS(arg_number(id), arg_text(mo_outcome_to_string(outcome))),
                         error);
}

int store_mo_message_set_handled(struct store *store, int64_t id, int64_t now_ms, struct error *error)
{
    return store_run_one(store, ST_MO_SET_HANDLED, ARGS(arg_number(id), arg_number(now_ms)), error);
}

int store_mo_same_text(struct store *store, const char *sender, struct view text, int64_t since_ms, int64_t sent_ms,
                       int64_t *ret_count, struct error *error)
{
    return store_number(store, ST_MO_SAME_TEXT,
                        ARGS(arg_text(sender), arg_view(text), arg_number(since_ms), arg_number(sent_ms)), ret_count,
                        error);
}

static int mo_row(struct store *store, sqlite3_stmt *statement, struct mo_message *ret_message, struct error *error)
{
    int outcome;
    int r = column_word(store, statement, 7, outcomes, COUNT_OF(outcomes), &outcome, error);
    if (r < 0)
        return r;
    *ret_message = (struct mo_message){
        .id = sqlite3_column_int64(statement, 0),
        .contact_id = sqlite3_column_int64(statement, 4),
        .sent_ms = column_ms(statement, 5),
        .received_ms = column_ms(statement, 6),
        .outcome = (enum mo_outcome)outcome,
        .parts = sqlite3_column_int(statement, 8),
        .text = column_view(statement, 9).at,
        .handled = sqlite3_column_int(statement, 10) != 0,
    };
    column_text(statement, 1, ret_message->uid, sizeof ret_message->uid);
    column_text(statement, 2, ret_message->modem, sizeof ret_message->modem);
    column_text(statement, 3, ret_message->sender, sizeof ret_message->sender);
    return 0;
}

int store_mo_list(struct store *store, const struct mo_filter *filter, mo_each *each, void *data, struct error *error)
{
    struct area_range range = area_range_of(filter->area_code);
    int id = filter->id            ? ST_MO_BY_ID
             : filter->sender      ? ST_MO_BY_SENDER
             : filter->unread_only ? ST_MO_UNREAD
             : filter->since_ms    ? ST_MO_SINCE
                                   : ST_MO_LIST;
    CLEANUP(statement_done)
    sqlite3_stmt *statement = statement_use(
        store, id,
        ARGS(arg_text(filter->sender), arg_text(filter->area_code ? range.low : NULL), arg_text(range.high),
             arg_number(filter->since_ms), arg_number(filter->unread_only), arg_number(filter->id),
             arg_number(filter->limit > 0 ? filter->limit : -1), arg_text(filter->text)));
    int r;
    while ((r = statement_step(store, statement, error)) == STEP_ROW) {
        struct mo_message message;
        r = mo_row(store, statement, &message, error);
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
