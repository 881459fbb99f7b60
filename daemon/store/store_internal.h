/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the files of the database room share: the connection, its statement table, and the mapping of SQLite's results
 * to errno. Nobody outside the room and its tests includes it.
 *
 * Every statement stands in the table of its file, {id, SQL}; all are prepared at open, so that a text that does not
 * compile shows at start and not in the night. A statement is used through statement_use() into a
 * CLEANUP(statement_done) variable, so that none is ever left mid-row.
 */
#ifndef KABAR_STORE_INTERNAL_H
#define KABAR_STORE_INTERNAL_H

#include <limits.h>
#include <sqlite3.h>
#include <time.h>

#include "base/buf.h"
#include "parsers/quarter.h"
#include "store/area.h"

/* Ids are given out by the largest of these: one that a foreign hand wrote may leave no room above it. */
#define IDS_BELOW " WHERE id < 4503599627370496"

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
/* The same of a connection that is open. */
MUST_CHECK int migrate_open(sqlite3 *db, const char *path, const struct migration *migrations, int n_migrations,
                            int *ret_from, struct error *error);
/* Refuses a database that is not Kabar's (-EPROTO), newer or older than the list (-EPROTO, both numbers), or whose
 * applied migrations differ from it (-EPROTO). *ret_version is its schema version, 0 for an empty file. */
MUST_CHECK int migrate_check(sqlite3 *db, const char *path, const struct migration *migrations, int n_migrations,
                             int *ret_version, struct error *error);

/* store_place.c: which files are open, and how long the -wal is, for store_place(). */
void store_place_note(struct store *store);
void store_place_note_wal(struct store *store);
void store_place_forget(struct store *store);
/* store_mark.c: whether the text of store_mark() is where it was written; true where there is none yet. */
bool mark_stands(struct store *store);

/* ---- store_file.c ---- */

enum database_access {
    DATABASE_LOOK,  /* to read and close: as a file that nobody changes where this user could not open it otherwise */
    DATABASE_READ,  /* to stay open beside those who write */
    DATABASE_WRITE, /* its -wal and -shm stay afterwards */
    DATABASE_MAKE   /* the same; a new file where there is none, that others can't read */
};
/* The connection, with *ret_db to be closed by the caller whatever the result is. -EROFS: it can't be written. */
MUST_CHECK int database_open(const char *path, enum database_access access, sqlite3 **ret_db, struct error *error);
/* The database as one file under the name target, through target.partial; verify looks at that before it gets the
 * name. The copy belongs to the owner of its folder; where that is root, to the owner of path. */
typedef int database_verify(const char *path, void *data, struct error *error);
MUST_CHECK int database_copy(sqlite3 *db, const char *path, const char *target, database_verify *verify, void *data,
                             struct error *error);
/* path and ending as one, or -ENAMETOOLONG. */
MUST_CHECK int path_join(char ret_path[PATH_MAX], const char *path, const char *ending, struct error *error);
/* Switches the file to WAL: readers and one writer beside one another. */
MUST_CHECK int journal_wal(const char *path, struct error *error);

/* ---- statements ---- */

/* The columns that area_row() reads, of a table that is named or not ("desa."). */
#define AREA_COLUMNS_OF(of)                                                                                            \
    of "id, coalesce(" of "parent_id, 0), " of "level, " of "code, " of "name, coalesce(" of "closed, '')"
#define AREA_COLUMNS AREA_COLUMNS_OF("")
enum { AREA_COLUMN_COUNT = 6 };
/* Whether an area is expected and counted in a month: names of the column and of the month. */
#define AREA_GOES_ON(closed, month) "(" closed " IS NULL OR " closed " > " month ")"

/* "BETWEEN ?1 AND ?1 + " TWO_DAYS: what is dated later than so many days after was so by a clock that was ahead for a
 * while, and must not count until that day has come. */
#define TWO_DAYS   "2 * 86400000"
#define EIGHT_DAYS "8 * 86400000"
#define A_MONTH    "31 * 86400000"

/* Who stands for an area in that range of codes. */
#define CONTACTS_IN(low, high)                                                                                         \
    "(SELECT contact.id FROM area JOIN contact ON contact.area_id = area.id"                                           \
    "  WHERE area.code >= " low " AND area.code < " high                                                               \
    " UNION ALL SELECT contact_id FROM area JOIN contact_area ON contact_area.area_id = area.id"                       \
    "  WHERE area.code >= " low " AND area.code < " high ")"

/* What a report's status means: its numbers count, or wait for a YES and are not asked for again. */
#define REPORT_COUNTS "status IN ('accepted', 'partial')"
#define REPORT_STANDS "status IN ('accepted', 'partial', 'held')"

/* Each file has its own statements: an enum that begins at FIRST_STATEMENT(its table), and their texts. */
enum statement_table {
    TABLE_OPEN,
    TABLE_BOX,
    TABLE_AREA,
    TABLE_AREA_CHANGE,
    TABLE_CONTACT,
    TABLE_MO,
    TABLE_REPORT,
    TABLE_REPORT_FIND,
    TABLE_MT,
    TABLE_MT_SETTLE,
    TABLE_MT_RECOVER,
    TABLE_MT_LIST,
    TABLE_SCORE,
    TABLE_CARD,
    TABLE_REBUILD,
    TABLE_JOB,
    TABLE_ADOPT,
    TABLE_PEOPLE,
    TABLE_RAW,
    TABLE_META,
    TABLE_SUSPECT,
    TABLE_NOTE,
    TABLE_MARK,
    TABLE_PAST,
    TABLE_COUNT
};
enum { STATEMENTS_MAX = 32 }; /* of one file */
#define FIRST_STATEMENT(table) ((int)(table)*STATEMENTS_MAX)

/* A text that goes along a whole table says why in a comment of SQL, which a test looks for. */
struct statement_text {
    int id;
    const char *sql; /* NULL ends a table */
};
extern const struct statement_text *const store_tables[TABLE_COUNT];
extern const struct statement_text store_box_sql[], store_area_sql[], store_area_change_sql[], store_contact_sql[],
    store_mo_sql[], store_report_sql[], store_report_find_sql[], store_mt_sql[], store_mt_settle_sql[],
    store_mt_recover_sql[], store_mt_list_sql[], store_score_sql[], store_card_sql[], store_rebuild_sql[],
    store_job_sql[], store_adopt_sql[], store_people_sql[], store_raw_sql[], store_meta_sql[], store_suspect_sql[],
    store_note_sql[], store_mark_sql[], store_past_sql[];

enum { PLACE_DATABASE, PLACE_WAL, PLACE_SHM, PLACE_COUNT };

struct store {
    sqlite3 *db;
    sqlite3_stmt *statements[TABLE_COUNT * STATEMENTS_MAX];
    int place_fd[PLACE_COUNT];      /* of the files that were opened, to know them again; -1 unknown */
    int64_t wal_bytes, wal_version; /* how long it was when last looked at, and the data_version then */
    struct mark {
        char written[40], in_file[40]; /* the text that was written last, and the one seen in the file last */
        int64_t end;                   /* where its page ends */
        struct timespec since;         /* the file has not changed since then */
    } mark;
    bool abandoned; /* what it holds belongs to another file: nothing of it may be written */
    int busy_ms;    /* a write waits this long for another program's lock */
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
sqlite3_stmt *statement_use(struct store *store, int id, const struct arg *args, size_t n_args);
void statement_done(sqlite3_stmt **statement); /* for CLEANUP */

enum step { STEP_DONE, STEP_ROW };
/* The next row. Besides the contract's errors: -EEXIST not unique, -ENOENT refers to what is not there, -EINVAL refused
 * by a CHECK. A write outside a transaction is our own bug. */
MUST_CHECK int statement_step(struct store *store, sqlite3_stmt *statement, struct error *error);

/* What a list returns whose callback returned this and so ended it (store/store.h). */
static inline int list_end(int stop)
{
    return stop < 0 ? stop : 0;
}

/* Runs a statement that gives no rows. */
MUST_CHECK int store_run(struct store *store, int id, const struct arg *args, size_t n_args, struct error *error);
/* The same, for one that must change exactly one row; else -ENOENT with error untouched by any cause of SQLite's. */
MUST_CHECK int store_run_one(struct store *store, int id, const struct arg *args, size_t n_args, struct error *error);
/* The one number that a statement gives; none or NULL: *ret_number = 0. */
MUST_CHECK int store_number(struct store *store, int id, const struct arg *args, size_t n_args, int64_t *ret_number,
                            struct error *error);

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
/* A moment: what lies before 1970 or after the year 9999 is the nearest that does not, so that it can be reckoned with.
 */
int64_t column_ms(sqlite3_stmt *statement, int column);
/* A column as the index of its word. A word that is none means damage, -EUCLEAN: a list steps over such a row, so that
 * the others go on; `kabard --verify` tells of it. */
MUST_CHECK int column_word(struct store *store, sqlite3_stmt *statement, int column, const char *const *words,
                           size_t n_words, int *ret_index, struct error *error);

/* "It and all below" as a range of codes, docs/design.md 4: children go on with '.' or '/', which sort before '0'. */
struct area_range {
    char low[AREA_CODE_MAX], high[AREA_CODE_MAX + 1];
};
struct area_range area_range_of(const char *code); /* NULL: everything */
/* The AREA_COLUMNS that a statement begins with. */
void area_row(sqlite3_stmt *statement, struct area *ret_area);
/* Calls each with every area that the statement finds. */
MUST_CHECK int area_rows(struct store *store, sqlite3_stmt *statement, area_each *each, void *data,
                         struct error *error);

/* "box-03-mo-1234" */
void uid_format(const struct store *store, const char *kind, int64_t id, char ret_uid[UID_MAX]);

#endif
