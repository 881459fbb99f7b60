/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "store/smsd.h"

#include <errno.h>
#include <string.h>

#include "base/disk.h"
#include "store/store_internal.h"

/* What another program's file is not is told in words of that program, not of a damaged Kabar database. */
static int failed(sqlite3 *db, int result, const char *path, struct error *error)
{
    if ((result & 0xff) == SQLITE_NOTADB || (result & 0xff) == SQLITE_ERROR)
        return error_set(error, -EINVAL, "%s is no database of gammu-smsd: %s", path, sqlite3_errmsg(db));
    if ((result & 0xff) == SQLITE_CORRUPT)
        return error_set(error, -EINVAL, "%s is damaged: %s; try sqlite3 %s .recover", path, sqlite3_errmsg(db), path);
    return sqlite_failed(db, result, path, error);
}

static int read_inbox(sqlite3 *db, const char *path, smsd_sms_each *each, void *data, struct error *error)
{
    CLEANUP(sqlite_finalize) sqlite3_stmt *statement = NULL;
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
        if (each(data, &sms) != 0)
            return 0;
    }
    return result == SQLITE_DONE ? 0 : failed(db, result, path, error);
}

static int read_persons(sqlite3 *db, const char *path, smsd_person_each *each, void *data, struct error *error)
{
    CLEANUP(sqlite_finalize) sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v2(db, "SELECT Name, Number FROM pbk ORDER BY rowid", -1, &statement, NULL) != SQLITE_OK)
        return 0; /* newer schemas have no phone book */
    int result;
    while ((result = sqlite3_step(statement)) == SQLITE_ROW) {
        struct smsd_person person = {column_view(statement, 0).at, column_view(statement, 1).at};
        if (each(data, &person) != 0)
            return 0;
    }
    return result == SQLITE_DONE ? 0 : failed(db, result, path, error);
}

int smsd_read(const char *path, smsd_sms_each *sms, smsd_person_each *person, void *data, struct error *error)
{
    CLEANUP(sqlite_close) sqlite3 *db = NULL;
    int r = disk_file(path, error);
    if (r)
        return r;
    int result = sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL);
    (void)sqlite3_busy_timeout(db, STORE_BUSY_MS);
    if (result == SQLITE_OK)
        result = sqlite3_exec(db, "PRAGMA trusted_schema = OFF; BEGIN; SELECT Version FROM gammu", NULL, NULL, NULL);
    if (result != SQLITE_OK)
        return failed(db, result, path, error);
    r = read_inbox(db, path, sms, data, error);
    return r ? r : read_persons(db, path, person, data, error);
}
