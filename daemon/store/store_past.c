/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "store/past.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/owner.h"
#include "store/store_internal.h"

enum {
    ST_PAST_NEWEST = FIRST_STATEMENT(TABLE_PAST),
    ST_PAST_LACKS,
    ST_PAST_GENERATION,
};

const struct statement_text store_past_sql[] = {
    {ST_PAST_NEWEST,
     "SELECT json_object("
     "  'generation', coalesce((SELECT CAST(value AS INTEGER) FROM meta WHERE name = 'generation'), 0),"
     "  'mo', (SELECT max(id) FROM mo_message" IDS_BELOW "),"
     "  'mo_uid', (SELECT uid FROM mo_message" IDS_BELOW " ORDER BY id DESC LIMIT 1),"
     "  'mt', (SELECT max(id) FROM mt_message" IDS_BELOW "),"
     "  'mt_uid', (SELECT uid FROM mt_message" IDS_BELOW " ORDER BY id DESC LIMIT 1),"
     "  'attempt', (SELECT max(id) FROM attempt" IDS_BELOW "), 'audit', (SELECT max(id) FROM audit" IDS_BELOW "))"},
    {ST_PAST_LACKS, "WITH past (row) AS (SELECT iif(json_valid(?1), ?1, '{}')),"
                    " had (mo, mo_uid, mt, mt_uid, attempt, audit, lost) AS (SELECT row ->> 'mo', row ->> 'mo_uid',"
                    "  row ->> 'mt', row ->> 'mt_uid', row ->> 'attempt', row ->> 'audit', row ->> 'lost' FROM past)"
                    " SELECT lost IS NOT NULL"
                    " OR (mo > 0 AND NOT EXISTS (SELECT 1 FROM mo_message WHERE id = mo AND uid = mo_uid))"
                    " OR (mt > 0 AND NOT EXISTS (SELECT 1 FROM mt_message WHERE id = mt AND uid = mt_uid))"
                    " OR (attempt > 0 AND NOT EXISTS (SELECT 1 FROM attempt AS a WHERE a.id = had.attempt))"
                    " OR (audit > 0 AND NOT EXISTS (SELECT 1 FROM audit AS a WHERE a.id = had.audit)) FROM had"
                    " /* whole table: one row */"},
    {ST_PAST_GENERATION, "SELECT iif(json_valid(?1), json_extract(?1, '$.generation'), 0)"},
    {.sql = NULL},
};

enum { PAST_BYTES = 512 };

static int open_past(const char *database, int flags)
{
    char path[PATH_MAX];
    if (path_join(path, database, ".newest", NULL) < 0)
        return -1;
    return open(path, flags | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, S_IRUSR | S_IWUSR | S_IRGRP);
}

static void read_past(const char *database, char ret_past[PAST_BYTES])
{
    int fd = open_past(database, O_RDONLY);
    ssize_t len = fd >= 0 ? read(fd, ret_past, PAST_BYTES - 1) : 0;
    ret_past[len > 0 ? len : 0] = '\0';
    if (fd >= 0)
        (void)close(fd);
}

/* Best effort, and not forced to the disk: after a power cut it may remember less, never more. */
static void write_past(const char *database, const char *past)
{
    size_t len = strlen(past);
    int fd = open_past(database, O_WRONLY | O_CREAT);
    if (fd >= 0 && pwrite(fd, past, len, 0) == (ssize_t)len)
        (void)!ftruncate(fd, (off_t)len);
    if (fd >= 0)
        (void)close(fd);
}

static int newest(struct store *store, char ret_past[PAST_BYTES], struct error *error)
{
    CLEANUP(statement_done) sqlite3_stmt *statement = statement_use(store, ST_PAST_NEWEST, NO_ARGS);
    int r = statement_step(store, statement, error);
    if (r < 0)
        return r;
    column_text(statement, 0, ret_past, PAST_BYTES);
    return 0;
}

int store_remember(struct store *store, struct error *error)
{
    char now[PAST_BYTES], kept[PAST_BYTES];
    int r = newest(store, now, error);
    if (r < 0)
        return r;
    read_past(store->path, kept);
    if (strcmp(now, kept) != 0)
        write_past(store->path, now);
    return 0;
}

void store_remember_lost(const struct store *store)
{
    char lost[PAST_BYTES];
    const char *generation = store->generation[0] ? store->generation + 2 : "0"; /* after "-r" */
    (void)snprintf(lost, sizeof lost, "{\"generation\":%s,\"lost\":true}", generation);
    write_past(store->path, lost);
}

void store_forget_past(const char *database)
{
    char path[PATH_MAX];
    CLEANUP(owner_leave) struct owner owner = {0};
    if (path_join(path, database, ".newest", NULL) == 0 && owner_act(path, &owner, NULL) == 0)
        (void)unlink(path);
}

int store_is_older(struct store *store, int64_t *ret_generation, struct error *error)
{
    char past[PAST_BYTES];
    int64_t lacks = 0;
    read_past(store->path, past);
    int r = store_number(store, ST_PAST_LACKS, ARGS(arg_text(past)), &lacks, error);
    if (r == 0)
        r = store_number(store, ST_PAST_GENERATION, ARGS(arg_text(past)), ret_generation, error);
    return r < 0 ? r : lacks != 0;
}
