/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "store/store_internal.h"

#include "base/translate.h"
#include <errno.h>
#include <stdio.h>
#include <string.h>

/* The errno behind an I/O error, 0 where there was none. sqlite3_system_errno() is not set by a COMMIT; the file knows.
 */
static int file_errno(sqlite3 *db)
{
    int cause = 0;
    sqlite3_file *journal = NULL;
    if (!db)
        return 0;
    (void)sqlite3_file_control(db, "main", SQLITE_FCNTL_JOURNAL_POINTER, (void *)&journal);
    if (journal && journal->pMethods)
        (void)journal->pMethods->xFileControl(journal, SQLITE_FCNTL_LAST_ERRNO, &cause);
    if (!cause)
        (void)sqlite3_file_control(db, "main", SQLITE_FCNTL_LAST_ERRNO, &cause);
    return cause;
}

static int io_errno(sqlite3 *db, int result)
{
    int cause = file_errno(db);
    if (result == SQLITE_IOERR_NOMEM)
        return -ENOMEM;
    /* The shared memory beside a WAL is grown by a call of its own: a full disk shows as SHMSIZE there. */
    if (result == SQLITE_IOERR_SHMSIZE || cause == ENOSPC || cause == EDQUOT)
        return -ENOSPC;
    return cause == EROFS ? -EROFS : -EIO;
}

static int open_errno(sqlite3 *db)
{
    int cause = db ? sqlite3_system_errno(db) : 0;
    return cause == ENOSPC || cause == EDQUOT ? -ENOSPC : -EROFS;
}

static int failed_errno(sqlite3 *db, int result)
{
    switch (result & 0xff) {
    case SQLITE_FULL:
        return -ENOSPC;
    case SQLITE_READONLY:
        return -EROFS;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_PROTOCOL: /* others opened, recovered and closed the WAL for seconds without a pause */
        return -EBUSY;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return -EUCLEAN;
    case SQLITE_NOMEM:
        return -ENOMEM;
    case SQLITE_PERM:
    case SQLITE_AUTH:
        return -EROFS;
    case SQLITE_CANTOPEN:
        return open_errno(db);
    case SQLITE_IOERR:
        return io_errno(db, result);
    case SQLITE_CONSTRAINT:
        if (result == SQLITE_CONSTRAINT_UNIQUE || result == SQLITE_CONSTRAINT_PRIMARYKEY)
            return -EEXIST;
        return result == SQLITE_CONSTRAINT_FOREIGNKEY ? -ENOENT : -EINVAL;
    default:
        return -EPROTO;
    }
}

static const char *what_to_do(int code)
{
    switch (code) {
    case -ENOSPC:
        return _("the disk is full: free some space; what was stored is safe, and work continues by itself");
    case -EROFS:
        return _("the database can't be written: check the owner and rights of the file and its folder, and that the "
                 "file system is mounted for writing");
    case -EBUSY:
        return _("another program has locked the database: end it (an sqlite3 shell, a backup?) or wait; it is tried "
                 "again");
    case -EUCLEAN:
        return _(
            "the database is damaged, or is none: stop kabard, keep this file aside, and bring back the newest good "
            "backup with `kabarctl restore FILE`");
    case -EIO:
        return _("the disk failed: look into `dmesg`; the card or disk may need to be replaced before more is written");
    case -ENOMEM:
        return _("memory ran out: end other programs or restart the box");
    case -EEXIST:
        return _("it is there already");
    case -ENOENT:
        return _("it refers to something that is not in the database");
    case -EINVAL:
        return _("the database refuses this value");
    default:
        return _("the database was changed by a foreign hand, or this is a fault of Kabar: put the newest backup in "
                 "its place with `kabarctl restore FILE`");
    }
}

int sqlite_failed(sqlite3 *db, int result, const char *path, struct error *error)
{
    int code = failed_errno(db, result);
    return error_set(error, code, "%s: %s (SQLite: %s)", path, what_to_do(code),
                     translate(db ? sqlite3_errmsg(db) : sqlite3_errstr(result)));
}

sqlite3_stmt *statement_use(struct store *store, int id, const struct arg *args, size_t n_args)
{
    sqlite3_stmt *statement = store->statements[id];
    KABAR_ASSERT(statement && !sqlite3_stmt_busy(statement));
    KABAR_ASSERT((size_t)sqlite3_bind_parameter_count(statement) == n_args);
    for (size_t i = 0; i < n_args; i++) {
        int result = SQLITE_OK, place = (int)i + 1;
        switch (args[i].kind) {
        case ARG_NULL:
            result = sqlite3_bind_null(statement, place);
            break;
        case ARG_NUMBER:
            result = sqlite3_bind_int64(statement, place, args[i].number);
            break;
        case ARG_TEXT:
            result =
                sqlite3_bind_text64(statement, place, args[i].text.at, args[i].text.len, SQLITE_STATIC, SQLITE_UTF8);
            break;
        }
        KABAR_ASSERT(result == SQLITE_OK);
    }
    return statement;
}

void statement_done(sqlite3_stmt **statement)
{
    /* The result of reset is that of the last step, which was looked at. */
    (void)sqlite3_reset(*statement);
    (void)sqlite3_clear_bindings(*statement);
}

int statement_step(struct store *store, sqlite3_stmt *statement, struct error *error)
{
    bool writes = !sqlite3_stmt_readonly(statement);
    KABAR_ASSERT(!writes || store->in_transaction);
    /* After some failures SQLite has rolled back already: what follows would be a transaction of its own each. */
    if (writes && store->lost) {
        if (error)
            *error = store->lost_why;
        return store->lost;
    }
    int result = sqlite3_step(statement);
    if (result == SQLITE_ROW)
        return STEP_ROW;
    if (result == SQLITE_DONE)
        return STEP_DONE;
    struct error why;
    int code = sqlite_failed(store->db, result, store->path, &why);
    if (store->in_transaction && !store->lost && sqlite3_get_autocommit(store->db)) {
        store->lost = code;
        store->lost_why = why;
    }
    if (error)
        *error = why;
    return code;
}

int store_run(struct store *store, int id, const struct arg *args, size_t n_args, struct error *error)
{
    CLEANUP(statement_done) sqlite3_stmt *statement = statement_use(store, id, args, n_args);
    int r = statement_step(store, statement, error);
    KABAR_ASSERT(r != STEP_ROW);
    return r;
}

int store_run_one(struct store *store, int id, const struct arg *args, size_t n_args, struct error *error)
{
    int r = store_run(store, id, args, n_args, error);
    if (r < 0)
        return r;
    sqlite3_int64 changed = sqlite3_changes64(store->db);
    KABAR_ASSERT(changed <= 1);
    return changed == 1 ? 0 : error_set(error, -ENOENT, "%s: no such row, or not in that state", store->path);
}

int store_number(struct store *store, int id, const struct arg *args, size_t n_args, int64_t *ret_number,
                 struct error *error)
{
    CLEANUP(statement_done) sqlite3_stmt *statement = statement_use(store, id, args, n_args);
    int r = statement_step(store, statement, error);
    if (r < 0)
        return r;
    int64_t number = r == STEP_ROW ? sqlite3_column_int64(statement, 0) : 0;
    /* References of an INSERT … RETURNING are checked after its row. */
    if (r == STEP_ROW)
        r = statement_step(store, statement, error);
    if (r < 0)
        return r;
    KABAR_ASSERT(r == STEP_DONE);
    *ret_number = number;
    return 0;
}

void column_text(sqlite3_stmt *statement, int column, char *ret_text, size_t size)
{
    const unsigned char *text = sqlite3_column_text(statement, column);
    (void)snprintf(ret_text, size, "%s", text ? (const char *)text : "");
}

struct view column_view(sqlite3_stmt *statement, int column)
{
    const unsigned char *text = sqlite3_column_text(statement, column);
    return (struct view){text ? (const char *)text : "", (size_t)sqlite3_column_bytes(statement, column)};
}

int64_t column_ms(sqlite3_stmt *statement, int column)
{
    static const int64_t latest_ms = INT64_C(253402300799999);
    int64_t ms = sqlite3_column_int64(statement, column);
    return ms < 0 ? 0 : ms > latest_ms ? latest_ms : ms;
}

int column_word(struct store *store, sqlite3_stmt *statement, int column, const char *const *words, size_t n_words,
                int *ret_index, struct error *error)
{
    struct view word = column_view(statement, column);
    for (size_t i = 0; i < n_words; i++) {
        if (view_is(word, words[i])) {
            *ret_index = (int)i;
            return 0;
        }
    }
    return error_set(error, -EUCLEAN, "%s: %s (a row says \"%.*s\")", store->path, what_to_do(-EUCLEAN), (int)word.len,
                     word.at);
}
