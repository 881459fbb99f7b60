/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Whether the file is still the one that was written, though its name and number are: `cp old.db kabar.db` writes into
 * the same file. SQLite does not see that, and would put what the -wal holds of the old file into the new one.
 *
 * A random text stands on a page of its own. It is read past SQLite, from the file itself: a connection would find it
 * in the -wal. Whoever copies a file over brings an older text, or none, in that place.
 */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "store/store_internal.h"

enum {
    ST_MARK_PUT = FIRST_STATEMENT(TABLE_MARK),
    ST_MARK_END,
};

const struct statement_text store_mark_sql[] = {
    {ST_MARK_PUT, "INSERT INTO mark (id, text) VALUES (1, lower(hex(randomblob(16))))"
                  " ON CONFLICT (id) DO UPDATE SET text = excluded.text RETURNING text"},
    {ST_MARK_END, "SELECT rootpage * page_size FROM sqlite_schema, pragma_page_size() WHERE name = 'mark'"
                  " /* whole table: of tables */"},
    {.sql = NULL},
};

/* Its only row stands at the end of its page. */
enum { PAGE_END = 128 };

/* SQLite's result; what lies past the end of the file is 0. */
static int read_page_end(const struct store *store, char ret_bytes[PAGE_END])
{
    sqlite3_file *file = NULL;
    memset(ret_bytes, 0, PAGE_END);
    (void)sqlite3_file_control(store->db, "main", SQLITE_FCNTL_FILE_POINTER, (void *)&file);
    if (!file || !file->pMethods)
        return SQLITE_IOERR;
    return file->pMethods->xRead(file, ret_bytes, PAGE_END, store->mark.end - PAGE_END);
}

static bool is_in(const char *text, const char bytes[PAGE_END])
{
    return text[0] && memmem(bytes, PAGE_END, text, strlen(text)) != NULL;
}

/* What cannot be read is not doubted: the next statement says more. */
static bool stands(struct store *store)
{
    char bytes[PAGE_END];
    struct mark *mark = &store->mark;
    int result = read_page_end(store, bytes);
    if (result != SQLITE_OK && result != SQLITE_IOERR_SHORT_READ)
        return true;
    if (is_in(mark->written, bytes))
        (void)snprintf(mark->in_file, sizeof mark->in_file, "%s", mark->written);
    return is_in(mark->in_file, bytes);
}

static int find_page(struct store *store, struct error *error)
{
    return store_number(store, ST_MARK_END, NO_ARGS, &store->mark.end, error);
}

bool mark_stands(struct store *store)
{
    if (!store->mark.in_file[0] || stands(store))
        return true;
    /* VACUUM moves it. */
    return find_page(store, NULL) == 0 && store->mark.end >= PAGE_END && stands(store);
}

static int put(struct store *store, struct error *error)
{
    char text[sizeof store->mark.written] = "";
    int r = store_begin(store, error);
    if (r == 0) {
        CLEANUP(statement_done) sqlite3_stmt *statement = statement_use(store, ST_MARK_PUT, NO_ARGS);
        r = statement_step(store, statement, error);
        if (r == STEP_ROW)
            column_text(statement, 0, text, sizeof text);
        while (r == STEP_ROW)
            r = statement_step(store, statement, error);
    }
    if (r == 0)
        r = find_page(store, error);
    r = store_end(store, r, error);
    if (r == 0)
        (void)snprintf(store->mark.written, sizeof store->mark.written, "%s", text);
    return r;
}

int store_mark(struct store *store, struct error *error)
{
    struct stat file;
    struct mark *mark = &store->mark;
    int fd = store->place_fd[PLACE_DATABASE];
    if (fd < 0 || fstat(fd, &file) != 0 ||
        (file.st_mtim.tv_sec == mark->since.tv_sec && file.st_mtim.tv_nsec == mark->since.tv_nsec))
        return 0;
    int r = strcmp(mark->in_file, mark->written) == 0 ? put(store, error) : 0;
    if (r < 0)
        return r;
    /* As far as readers let it: the next look goes on. Never into another file. */
    if (mark_stands(store))
        (void)sqlite3_wal_checkpoint_v2(store->db, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
    (void)stands(store);
    if (fstat(fd, &file) == 0)
        mark->since = file.st_mtim;
    return 0;
}
