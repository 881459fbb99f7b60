/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "store/smsd.h"

#include <errno.h>
#include <string.h>

#include "base/disk.h"
#include "base/translate.h"
#include "store/store_internal.h"

/* What another program's file is not is told in words of that program, not of a damaged Kabar database. */
struct budget {
    int64_t steps; /* of SQLite's virtual machine since the last row */
};
enum {
    STEPS_LOOK = 10000,
    STEPS_MAX = 200000000,   /* some seconds: a large inbox is sorted before its first row */
    CELL_MAX_BYTES = 1 << 20 /* an SMS has some hundred */
};

static int failed(sqlite3 *db, int result, const char *path, struct error *error)
{
    if ((result & 0xff) == SQLITE_NOTADB || (result & 0xff) == SQLITE_ERROR)
        return error_set(error, -EINVAL, "%s is not a gammu-smsd database: %s", path, translate(sqlite3_errmsg(db)));
    if ((result & 0xff) == SQLITE_INTERRUPT || (result & 0xff) == SQLITE_TOOBIG)
        return error_set(error, -EINVAL, "%s is no inbox of gammu-smsd: a row is too large, or takes too long", path);
    if ((result & 0xff) == SQLITE_CORRUPT)
        return error_set(error, -EINVAL, "%s is damaged: %s; try sqlite3 %s .recover", path,
                         translate(sqlite3_errmsg(db)), path);
    return sqlite_failed(db, result, path, error);
}

/* A view may have rows without end, or take as long for each: smsd itself has tables. */
static int is_table(sqlite3 *db, const char *path, const char *name, bool *ret_there, struct error *error)
{
    CLEANUP(sqlite_finalize) sqlite3_stmt *statement = NULL;
    static const char sql[] = "SELECT type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' AND sql NOT LIKE '% AS (%'"
                              " FROM sqlite_schema WHERE name = ?1 COLLATE NOCASE AND type IN ('table', 'view')";
    int result = sqlite3_prepare_v2(db, sql, -1, &statement, NULL);
    if (result == SQLITE_OK)
        result = sqlite3_bind_text(statement, 1, name, -1, SQLITE_STATIC);
    if (result == SQLITE_OK)
        result = sqlite3_step(statement);
    if (result != SQLITE_ROW && result != SQLITE_DONE)
        return failed(db, result, path, error);
    *ret_there = result == SQLITE_ROW;
    if (result == SQLITE_ROW && !sqlite3_column_int(statement, 0))
        return error_set(error, -EINVAL, "%s is not a gammu-smsd database: %s is not a plain table", path, name);
    return 0;
}

static int count_steps(void *data)
{
    struct budget *budget = data;
    return (budget->steps += STEPS_LOOK) > STEPS_MAX;
}

static int read_inbox(sqlite3 *db, const char *path, struct budget *budget, smsd_sms_each *each, void *data,
                      struct error *error)
{
    CLEANUP(sqlite_finalize) sqlite3_stmt *statement = NULL;
    bool there;
    int r = is_table(db, path, "inbox", &there, error);
    if (r < 0)
        return r;
    int result = sqlite3_prepare_v2(db,
                                    "SELECT ID, Class, ReceivingDateTime, SenderNumber, SMSCNumber, Coding, UDH, Text,"
                                    " TextDecoded FROM inbox ORDER BY ID",
                                    -1, &statement, NULL);
    if (result != SQLITE_OK)
        return failed(db, result, path, error);
    while ((result = sqlite3_step(statement)) == SQLITE_ROW) {
        struct smsd_sms sms = {
            .id = sqlite3_column_int64(statement, 0),
            .class = sqlite3_column_int(statement, 1),
            .received = column_view(statement, 2).at,
            .sender = column_view(statement, 3).at,
            .smsc = column_view(statement, 4).at,
            .coding = column_view(statement, 5).at,
            .udh = column_view(statement, 6).at,
            .text = column_view(statement, 7).at,
            .decoded = column_view(statement, 8).at,
        };
        int stop = each(data, &sms);
        if (stop != 0)
            return list_end(stop);
        budget->steps = 0;
    }
    return result == SQLITE_DONE ? 0 : failed(db, result, path, error);
}

static int read_persons(sqlite3 *db, const char *path, struct budget *budget, smsd_person_each *each, void *data,
                        struct error *error)
{
    CLEANUP(sqlite_finalize) sqlite3_stmt *statement = NULL;
    bool there;
    int r = is_table(db, path, "pbk", &there, error);
    if (r < 0 || !there)
        return r;
    if (sqlite3_prepare_v2(db, "SELECT Name, Number FROM pbk ORDER BY rowid", -1, &statement, NULL) != SQLITE_OK)
        return 0; /* newer schemas have no phone book */
    int result;
    while ((result = sqlite3_step(statement)) == SQLITE_ROW) {
        struct smsd_person person = {column_view(statement, 0).at, column_view(statement, 1).at};
        int stop = each(data, &person);
        if (stop != 0)
            return list_end(stop);
        budget->steps = 0;
    }
    return result == SQLITE_DONE ? 0 : failed(db, result, path, error);
}

int smsd_read(const char *path, smsd_sms_each *sms, smsd_person_each *person, void *data, struct error *error)
{
    CLEANUP(sqlite_close) sqlite3 *db = NULL;
    struct budget budget = {0};
    int r = disk_file(path, error);
    if (r)
        return r;
    int result = sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL);
    (void)sqlite3_busy_timeout(db, STORE_BUSY_MS);
    (void)sqlite3_limit(db, SQLITE_LIMIT_LENGTH, CELL_MAX_BYTES);
    sqlite3_progress_handler(db, STEPS_LOOK, count_steps, &budget);
    if (result == SQLITE_OK)
        result = sqlite3_exec(db, "PRAGMA trusted_schema = OFF; BEGIN; SELECT Version FROM gammu", NULL, NULL, NULL);
    if (result != SQLITE_OK)
        return failed(db, result, path, error);
    r = read_inbox(db, path, &budget, sms, data, error);
    return r ? r : read_persons(db, path, &budget, person, data, error);
}
