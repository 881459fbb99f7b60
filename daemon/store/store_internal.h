/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the files of the database room share: the connection, its statement table, and the mapping of SQLite's results
 * to errno. Nobody outside the room and its tests includes it.
 *
 * Every statement of the room stands in one table a file, {enum statement, SQL}; all are prepared at open, so that a
 * text that does not compile shows at start and not in the night. A statement is used through statement_use() into a
 * CLEANUP(statement_done) variable, so that none is ever left mid-row.
 */
#ifndef KABAR_STORE_INTERNAL_H
#define KABAR_STORE_INTERNAL_H

#include <sqlite3.h>

#include "base/buf.h"
#include "parsers/quarter.h"
#include "store/area.h"

#define COUNT_OF(array) (sizeof(array) / sizeof(array)[0])

enum {
    STORE_APPLICATION_ID = 0x4b424152, /* "KBAR" in the file's header: file(1) and we tell it from any other database */
    BOX_ID_MAX = 24,
};

/* ---- migrations, embedded by sql/embed.cmake ---- */

struct migration {
    int version; /* from 1, without a gap */
    const char *name;
    const char *sha256;
    const char *sql;
};
extern const struct migration store_migrations[];
extern const int store_n_migrations;
extern const char store_programme_version[];

/* store_init() with any list of migrations. */
MUST_CHECK int migrate(const char *path, const struct migration *migrations, int n_migrations, int *ret_from,
                       int *ret_to, struct error *error);
/* Refuses a database that is not Kabar's (-EPROTO), newer or older than the list (-EPROTO, both numbers), or whose
 * applied migrations differ from it (-EPROTO). *ret_version is its schema version, 0 for an empty file. */
MUST_CHECK int migrate_check(sqlite3 *db, const char *path, const struct migration *migrations, int n_migrations,
                             int *ret_version, struct error *error);

/* store_place.c: which files are open, for store_place(). */
void store_place_note(struct store *store);
void store_place_forget(struct store *store);

/* The database as one file under the name target, through target.partial; verify looks at that before it gets the
 * name. The copy belongs to the owner of path. */
typedef int database_verify(const char *path, void *data, struct error *error);
MUST_CHECK int database_copy(sqlite3 *db, const char *path, const char *target, database_verify *verify, void *data,
                             struct error *error);
/* Switches the file to WAL: readers and one writer beside one another. */
MUST_CHECK int journal_wal(const char *path, struct error *error);

/* ---- statements ---- */

/* What a report's status means: its numbers count, or wait for a YES and are not asked for again. */
#define REPORT_COUNTS "status IN ('accepted', 'partial')"
#define REPORT_STANDS "status IN ('accepted', 'partial', 'held')"

enum statement {
    ST_BEGIN,
    ST_COMMIT,
    ST_ROLLBACK,
    ST_DATA_VERSION,
    ST_NEWEST_SCTS,
    ST_META_GET,
    ST_META_SET,
    ST_AUDIT,
    ST_COUNTS,
    ST_MT_WAITING,
    ST_MODEM_PUT,
    ST_MODEM_LIST,
    ST_AREA_PUT,
    ST_AREA_BY_CODE,
    ST_AREA_BY_ID,
    ST_AREA_LIST,
    ST_CONTACT_ADD,
    ST_CONTACT_PHONE_ADD,
    ST_CONTACT_PHONE_REMOVE,
    ST_CONTACT_BY_PHONE,
    ST_CONTACT_SET_STATE,
    ST_CONTACT_LIST,
    ST_STRANGER_SEEN,
    ST_STRANGER_ANSWERED,
    ST_STRANGER_LIST,
    ST_STRANGER_FORGET,
    ST_STRANGER_KEEP,
    ST_MO_PART_ADD,
    ST_MO_PART_KNOWN,
    ST_MO_WAITING,
    ST_MO_STALE_GROUP,
    ST_MO_WAITING_COUNT,
    ST_MO_HOME,
    ST_MO_PARTS,
    ST_MO_GROW,
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
    ST_REPORT_NEXT_ID,
    ST_REPORT_ADD,
    ST_REPORT_VALUE_ADD,
    ST_REPORT_PROBLEM_ADD,
    ST_REPORT_SPEND,
    ST_REPORT_REVIVE,
    ST_CURRENT_VALUES,
    ST_REPORT_EXISTS,
    ST_REPORT_HELD,
    ST_REPORT_CONFIRM,
    ST_REPORT_DROP,
    ST_REPORT_DROP_HELD,
    ST_REPORT_CANCEL,
    ST_REPORT_LAST,
    ST_REPORT_VALUES,
    ST_REPORT_PROBLEMS,
    ST_REPORT_BY_MO,
    ST_REPORT_BY_AREA,
    ST_REPORT_SINCE,
    ST_REPORT_LIST,
    ST_MT_NEXT_ID,
    ST_MT_ADD,
    ST_MT_PART_ADD,
    ST_MT_NEXT,
    ST_MT_NEXT_HANDOVER,
    ST_MT_NEXT_DUE,
    ST_MT_SHIFT,
    ST_MT_FALL_DUE,
    ST_MT_STATE,
    ST_MT_CLAIM,
    ST_MT_PARTS_AGAIN,
    ST_MT_PART_UNSENT,
    ST_ATTEMPT_ADD,
    ST_ATTEMPT_OPEN,
    ST_ATTEMPT_END,
    ST_ATTEMPT_LEAVES,
    ST_MT_PART_SENT,
    ST_MT_PROGRESS,
    ST_MT_MOVE,
    ST_MT_CANCEL_WANTED,
    ST_MT_RECOVER,
    ST_ATTEMPT_RECOVER,
    ST_ATTEMPT_BEFORE,
    ST_ATTEMPT_AFTER,
    ST_ATTEMPT_UNNUMBERED,
    ST_ATTEMPT_BETWEEN,
    ST_ATTEMPT_NUMBER,
    ST_MT_NUMBERED_TWICE,
    ST_MT_UNNUMBERED,
    ST_MT_RECOVER_UNSENT,
    ST_MT_REPORTS,
    ST_MT_PART_BY_REFERENCE,
    ST_MT_PART_REPORT,
    ST_MT_UNCERTAIN_TO,
    ST_ATTEMPT_WAS_SENT,
    ST_MT_BY_ID,
    ST_MT_BY_MO,
    ST_MT_BY_RECIPIENT,
    ST_MT_BY_STATE,
    ST_MT_SINCE,
    ST_MT_NEWEST,
    ST_MT_OLDEST,
    ST_MT_SENT_SINCE,
    ST_MT_SENT_TO_SINCE,
    ST_MT_ADDED_SINCE,
    ST_MT_ADDED_TO_SINCE,
    ST_MT_SAME_TEXT,
    ST_QUARTER_VALUES,
    ST_POSYANDU_COUNT,
    ST_REPORTED_FORMS_OF,
    ST_REPORTED_BEFORE,
    ST_SCORED_BEFORE,
    ST_VILLAGE_NEXT,
    ST_REBUILD_GET,
    ST_REBUILD_PUT,
    ST_REBUILD_DONE,
    ST_SCORE_PUT,
    ST_SCORE_FORGET,
    ST_SCORE_CELL_PUT,
    ST_SCORE_CELL_FORGET,
    ST_SCORE_FORM_PUT,
    ST_SCORE_FORM_FORGET,
    ST_SCORE_CLEAR,
    ST_SCORE_CELL_CLEAR,
    ST_SCORE_FORM_CLEAR,
    ST_SCORE_MONTH_CLEAR,
    ST_SCORE_MONTH_FORGET,
    ST_SCORE_MONTH_PUT,
    ST_SCORE_MONTH_LIST,
    ST_SCORE_LIST,
    ST_SCORE_CELL_LIST,
    ST_SCORE_FORM_LIST,
    ST_CARD_ADD,
    ST_CARD_GET,
    ST_CARD_STALE_PUT,
    ST_CARD_STALE_NEXT,
    ST_CARD_STALE_FORGET,
    ST_VILLAGE_COUNT,
    ST_CARD_NUMBERS,
    ST_SCORED_LIST,
    ST_BUDGET_PUT,
    ST_BUDGET_LIST,
    ST_JOB_DONE,
    ST_JOB_PUT,
    ST_MADE,
    ST_CARD_NEXT,
    ST_JOB_COUNT,
    ST_JOB_KNOWN,
    ST_JOB_CANCEL,
    ST_JOB_CANCEL_WANTED,
    ST_JOB_WAITING,
    ST_REPORTED_FORMS,
    ST_FORM_THERE,
    ST_POSYANDU_STAFFED,
    ST_VILLAGES_STAFFED,
    ST_WEEK_COUNTS,
    ST_MT_HOLD_ALL,
    ST_RAW_UNTIL,
    ST_RAW_ADDED,
    ST_RAW_PARTS,
    ST_RAW_TOKENS,
    ST_RAW_RECEIVED,
    ST_RAW_SENT_PARTS,
    ST_RAW_SENT,
    ST_CONTACT_SET_AREA,
    ST_CONTACT_SILENCE,
    ST_CONTACT_SILENCE_WANTED,
    ST_FORGET_BUSY,
    ST_FORGET_QUEUE,
    ST_FORGET_TOKENS,
    ST_FORGET_MO_PARTS,
    ST_FORGET_MT_PARTS,
    ST_FORGET_ATTEMPTS,
    ST_FORGET_MT,
    ST_FORGET_MO,
    ST_FORGET_AUDIT,
    ST_FORGET_STRANGER,
    ST_FORGET_PHONES,
    ST_FORGET_CONTACT,
    ST_AUDIT_LIST,
    ST_REPORT_BY_ID,
    ST_REPORT_STANDING,
    ST_REPORT_NEWEST,
    ST_CURRENT_LIST,
    ST_VILLAGE_LIST,
    ST_COUNT
};

struct statement_text {
    enum statement id;
    const char *sql; /* NULL ends a table */
};
extern const struct statement_text store_box_sql[], store_area_sql[], store_contact_sql[], store_mo_sql[],
    store_report_sql[], store_report_find_sql[], store_mt_sql[], store_mt_settle_sql[], store_mt_list_sql[],
    store_score_sql[], store_card_sql[], store_rebuild_sql[], store_job_sql[], store_backup_sql[], store_people_sql[],
    store_raw_sql[], store_meta_sql[];

struct store {
    sqlite3 *db;
    sqlite3_stmt *statements[ST_COUNT];
    int place_fd, wal_fd; /* of the files that were opened, to know them again; -1 unknown */
    int busy_ms;          /* a write waits this long for another program's lock */
    bool in_transaction;
    int lost; /* negative errno: SQLite rolled the open transaction back by itself */
    struct error lost_why;
    char box_id[BOX_ID_MAX];
    char generation[24]; /* "" until the first restore, then "-r482911" (backup.h) */
    char path[];         /* for messages */
};

/* SQL functions of the room: part_hash(text, raw), what is left of a part whose text was blanked. */
MUST_CHECK int raw_functions(struct store *store, struct error *error);

struct arg {
    enum { ARG_NULL, ARG_NUMBER, ARG_TEXT } kind;
    int64_t number;
    struct view text;
};
static inline struct arg arg_number(int64_t number)
{
    return (struct arg){.kind = ARG_NUMBER, .number = number};
}
/* NULL where it is 0, "none". */
static inline struct arg arg_id(int64_t id)
{
    return (struct arg){.kind = id ? ARG_NUMBER : ARG_NULL, .number = id};
}
static inline struct arg arg_view(struct view text)
{
    return (struct arg){.kind = ARG_TEXT, .text = text};
}
/* NULL where it is NULL. */
static inline struct arg arg_text(const char *text)
{
    return text ? arg_view(view_of(text)) : (struct arg){.kind = ARG_NULL};
}
/* "2026-Q3"; text must live as long as the argument. */
static inline struct arg arg_quarter(int quarter, char text[8])
{
    quarter_format(quarter, text);
    return arg_text(text);
}
#define ARGS(...) (const struct arg[]){__VA_ARGS__}, sizeof((const struct arg[]){__VA_ARGS__}) / sizeof(struct arg)
#define NO_ARGS   NULL, 0

/* The statement with its parameters bound; texts must live until it is done. A statement in use (a list function called
 * from its own callback) and a wrong number of parameters are our own bugs. */
sqlite3_stmt *statement_use(struct store *store, enum statement id, const struct arg *args, size_t n_args);
void statement_done(sqlite3_stmt **statement); /* for CLEANUP */

enum step { STEP_DONE, STEP_ROW };
/* The next row. Besides the contract's errors: -EEXIST not unique, -ENOENT refers to what is not there, -EINVAL refused
 * by a CHECK. A write outside a transaction is our own bug. */
MUST_CHECK int statement_step(struct store *store, sqlite3_stmt *statement, struct error *error);

/* Runs a statement that gives no rows. */
MUST_CHECK int store_run(struct store *store, enum statement id, const struct arg *args, size_t n_args,
                         struct error *error);
/* The same, for one that must change exactly one row; else -ENOENT with error untouched by any cause of SQLite's. */
MUST_CHECK int store_run_one(struct store *store, enum statement id, const struct arg *args, size_t n_args,
                             struct error *error);
/* The one number that a statement gives; none or NULL: *ret_number = 0. */
MUST_CHECK int store_number(struct store *store, enum statement id, const struct arg *args, size_t n_args,
                            int64_t *ret_number, struct error *error);

/* For CLEANUP() of what is prepared or opened beside the store's own. */
static inline void sqlite_finalize(sqlite3_stmt **statement)
{
    (void)sqlite3_finalize(*statement);
}

static inline void sqlite_close(sqlite3 **db)
{
    (void)sqlite3_close(*db);
}

/* SQLite's result as a negative errno, and in words what to do. */
int sqlite_failed(sqlite3 *db, int result, const char *path, struct error *error);

/* A column as terminated text, cut to fit; NULL gives "". */
void column_text(sqlite3_stmt *statement, int column, char *ret_text, size_t size);
struct view column_view(sqlite3_stmt *statement, int column);
/* A column as the index of its word; a word that is none means damage: -EUCLEAN. */
MUST_CHECK int column_word(struct store *store, sqlite3_stmt *statement, int column, const char *const *words,
                           size_t n_words, int *ret_index, struct error *error);

/* "It and all below" as a range of codes, docs/design.md 4: children go on with '.' or '/', which sort before '0'. */
struct area_range {
    char low[AREA_CODE_MAX], high[AREA_CODE_MAX + 1];
};
struct area_range area_range_of(const char *code); /* NULL: everything */
/* The columns id, parent_id, level, code, name that a statement begins with. */
void area_row(sqlite3_stmt *statement, struct area *ret_area);

/* A path as SQLite's URI that needs no -shm, where nothing works on the database and this user could not make one: its
 * disk is mounted for reading, or its folder is not his to write. Else appends nothing. */
void reading_uri(const char *path, struct buf *ret_uri);

/* "box-03-mo-1234" */
void uid_format(const struct store *store, const char *kind, int64_t id, char ret_uid[UID_MAX]);

#endif
