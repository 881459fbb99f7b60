/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "store/note.h"

#include <errno.h>
#include <inttypes.h>

#include "store/store_internal.h"

enum {
    ST_NOTE_ADD = FIRST_STATEMENT(TABLE_NOTE),
    ST_NOTE_TOLD,
    ST_NOTE_COUNT,
    ST_NOTE_LIST,
    ST_NOTE_OPEN,
    ST_NOTE_EMERGENCIES,
    ST_NOTE_UNTOLD,
    ST_NOTE_DONE,
    ST_NOTE_MESSAGE,
    ST_NOTE_ANSWERED,
    ST_NOTE_UNHEARD,
};

/* States in which an SMS never reached anybody. */
#define LOST "('failed', 'undelivered', 'expired', 'cancelled')"

const struct statement_text store_note_sql[] = {
    {ST_NOTE_ADD, "INSERT INTO note (mo_id, contact_id, area_code, area_name, emergency, created_ms)"
                  " VALUES (?1, ?2, ?3, ?4, ?5, ?6) RETURNING id"},
    {ST_NOTE_TOLD, "UPDATE note SET told = ?2 WHERE id = ?1"},
    {ST_NOTE_COUNT, "SELECT count(*) FROM note WHERE contact_id = ?1 AND created_ms BETWEEN ?2 AND ?2 + " TWO_DAYS},
    {ST_NOTE_LIST,
     "SELECT note.id, note.mo_id, coalesce(note.contact_id, 0), note.created_ms, coalesce(note.done_ms, 0),"
     "  note.emergency, note.told, note.area_code, note.area_name, mo_message.sender,"
     "  coalesce(contact.name, ''), mo_message.text"
     " FROM note JOIN mo_message ON mo_message.id = note.mo_id"
     " LEFT JOIN contact ON contact.id = note.contact_id"
     " WHERE (?1 OR note.done_ms IS NULL) AND (?2 IS NULL OR (note.area_code >= ?2 AND note.area_code < ?3))"
     "  AND note.created_ms >= ?4"
     " ORDER BY note.emergency AND note.done_ms IS NULL DESC, note.id DESC LIMIT ?5"
     " /* whole table: notes are few */"},
    {ST_NOTE_OPEN, "SELECT count(*) FROM note WHERE done_ms IS NULL /* whole table: of what is open */"},
    {ST_NOTE_EMERGENCIES, "SELECT count(*) FROM note WHERE done_ms IS NULL AND emergency = 1"},
    {ST_NOTE_UNTOLD, "SELECT count(*) FROM note WHERE done_ms IS NULL AND told = 0 /* whole table: of what is open */"},
    {ST_NOTE_DONE, "UPDATE note SET done_ms = ?2 WHERE id = ?1 AND done_ms IS NULL"},
    {ST_NOTE_MESSAGE, "SELECT mo_id FROM note WHERE id = ?1"},
    {ST_NOTE_ANSWERED, "UPDATE note SET done_ms = ?2 WHERE mo_id = ?1 AND done_ms IS NULL"},
    {ST_NOTE_UNHEARD,
     "SELECT (SELECT count(*) FROM note WHERE done_ms IS NULL AND (told = 0 OR ("
     "   EXISTS (SELECT 1 FROM mt_message WHERE job = 'note:' || note.id AND job <> '') AND NOT EXISTS"
     "   (SELECT 1 FROM mt_message WHERE job = 'note:' || note.id AND job <> '' AND state NOT IN " LOST "))))"
     " + (SELECT count(*) FROM mt_message WHERE job >= 'alert:' AND job < 'alert;' AND job <> ''"
     "   AND state_ms BETWEEN ?1 AND ?1 + " TWO_DAYS " AND state IN ('held', 'failed', 'undelivered', 'expired'))"
     " /* whole table: of what is open */"},
    {.sql = NULL},
};

int store_note_add(struct store *store, const struct note_row *note, int64_t *ret_id, struct error *error)
{
    return store_number(store, ST_NOTE_ADD,
                        ARGS(arg_number(note->mo_id), arg_id(note->contact_id), arg_text(note->area_code),
                             arg_text(note->area_name), arg_number(note->emergency), arg_number(note->created_ms)),
                        ret_id, error);
}

int store_note_told(struct store *store, int64_t id, int told, struct error *error)
{
    return store_run_one(store, ST_NOTE_TOLD, ARGS(arg_number(id), arg_number(told)), error);
}

int store_note_count(struct store *store, int64_t contact_id, int64_t since_ms, int64_t *ret_n, struct error *error)
{
    return store_number(store, ST_NOTE_COUNT, ARGS(arg_number(contact_id), arg_number(since_ms)), ret_n, error);
}

static void note_of(sqlite3_stmt *statement, struct note_row *ret_note)
{
    *ret_note = (struct note_row){
        .id = sqlite3_column_int64(statement, 0),
        .mo_id = sqlite3_column_int64(statement, 1),
        .contact_id = sqlite3_column_int64(statement, 2),
        .created_ms = sqlite3_column_int64(statement, 3),
        .done_ms = sqlite3_column_int64(statement, 4),
        .emergency = sqlite3_column_int64(statement, 5) != 0,
        .told = sqlite3_column_int(statement, 6),
        .text = (const char *)sqlite3_column_text(statement, 11),
    };
    column_text(statement, 7, ret_note->area_code, sizeof ret_note->area_code);
    column_text(statement, 8, ret_note->area_name, sizeof ret_note->area_name);
    column_text(statement, 9, ret_note->sender, sizeof ret_note->sender);
    column_text(statement, 10, ret_note->name, sizeof ret_note->name);
}

int store_note_list(struct store *store, const struct note_filter *filter, note_each *each, void *data,
                    struct error *error)
{
    struct area_range range = area_range_of(filter->area_code);
    CLEANUP(statement_done)
    sqlite3_stmt *statement = statement_use(
        store, ST_NOTE_LIST,
        ARGS(arg_number(filter->all), arg_text(filter->area_code ? range.low : NULL), arg_text(range.high),
             arg_number(filter->since_ms), arg_number(filter->limit > 0 ? filter->limit : -1)));
    int r;
    while ((r = statement_step(store, statement, error)) == STEP_ROW) {
        struct note_row note;
        note_of(statement, &note);
        int stop = each(data, &note);
        if (stop != 0)
            return list_end(stop);
    }
    return r;
}

int store_note_counts(struct store *store, struct note_counts *ret_counts, struct error *error)
{
    int r = store_number(store, ST_NOTE_OPEN, NO_ARGS, &ret_counts->open, error);
    if (r == 0)
        r = store_number(store, ST_NOTE_EMERGENCIES, NO_ARGS, &ret_counts->emergencies, error);
    return r ? r : store_number(store, ST_NOTE_UNTOLD, NO_ARGS, &ret_counts->untold, error);
}

int store_note_done(struct store *store, int64_t id, int64_t now_ms, struct error *error)
{
    int r = store_run_one(store, ST_NOTE_DONE, ARGS(arg_number(id), arg_number(now_ms)), error);
    return r == -ENOENT ? error_set(error, r, "no note %" PRId64 " is open", id) : r;
}

int store_note_message(struct store *store, int64_t id, int64_t *ret_mo_id, struct error *error)
{
    int r = store_number(store, ST_NOTE_MESSAGE, ARGS(arg_number(id)), ret_mo_id, error);
    return r == 0 && *ret_mo_id == 0 ? error_set(error, -ENOENT, "there is no note %" PRId64, id) : r;
}

int store_note_answered(struct store *store, int64_t mo_id, int64_t now_ms, struct error *error)
{
    return store_run(store, ST_NOTE_ANSWERED, ARGS(arg_number(mo_id), arg_number(now_ms)), error);
}

int store_note_unheard(struct store *store, int64_t since_ms, int64_t *ret_n, struct error *error)
{
    return store_number(store, ST_NOTE_UNHEARD, ARGS(arg_number(since_ms)), ret_n, error);
}
