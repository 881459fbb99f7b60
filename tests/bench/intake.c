/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * bench_intake FOLDER: messages a second from the worker's socket to the commit, in batches of 1, 10 and 100, beside
 * SQLite alone inserting the same rows into the same tables with the same pragmas in as many transactions, and beside
 * fsync alone. Every message comes from a village that has sent nothing yet, so that its rows can be told apart.
 */
#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bench.h"

enum { ROUNDS = 15, FLUSHES = 40, TABLES = 9, COLUMNS_MAX = 32 };

/* What an accepted report writes, in the order of its foreign keys, and the column that tells new rows from old. */
static const struct {
    const char *name, *key;
} tables[TABLES] = {{"mo_message", "id"},          {"mo_part", "id"},    {"report", "id"},
                    {"report_value", "report_id"}, {"score", "area_id"}, {"score_cell", "area_id"},
                    {"score_form", "area_id"},     {"mt_message", "id"}, {"mt_part", "id"}};

/* SQLite alone: a copy of the database, and what is to be put into each table next. */
struct bare {
    sqlite3 *from, *db;
    sqlite3_stmt *select[TABLES], *insert[TABLES];
    int columns[TABLES];
    sqlite3_value **values[TABLES]; /* columns * rows */
    int rows[TABLES];
    int64_t last[TABLES];
};

static void run_sql(sqlite3 *db, const char *sql)
{
    char *why = NULL;
    if (sqlite3_exec(db, sql, NULL, NULL, &why) != SQLITE_OK)
        die("%s: %s", sql, why);
}

static sqlite3_stmt *prepared(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *statement;
    if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) != SQLITE_OK)
        die("%s: %s", sql, sqlite3_errmsg(db));
    return statement;
}

static void bare_open(struct bare *bare, const struct bench_box *box)
{
    *bare = (struct bare){0};
    const char *copy = say("%.400s/bare.db", box->folder);
    if (sqlite3_open(box->database, &bare->from) != SQLITE_OK)
        die("%s", box->database);
    run_sql(bare->from, say("VACUUM INTO '%s'", copy));
    if (sqlite3_open(copy, &bare->db) != SQLITE_OK)
        die("%s", copy);
    /* As daemon/store/store_open.c has them. */
    run_sql(bare->db, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;"
                      "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA temp_store = MEMORY;"
                      "PRAGMA journal_size_limit = 4194304");
    for (int t = 0; t < TABLES; t++) {
        const char *name = tables[t].name, *key = tables[t].key;
        char insert[256];
        bare->select[t] = prepared(bare->from, say("SELECT * FROM %s WHERE %s > ?1 ORDER BY %s", name, key, key));
        bare->columns[t] = sqlite3_column_count(bare->select[t]);
        int len = snprintf(insert, sizeof insert, "INSERT INTO %s VALUES (?", name);
        for (int c = 1; c < bare->columns[t]; c++)
            len += snprintf(insert + len, sizeof insert - (size_t)len, ", ?");
        (void)snprintf(insert + len, sizeof insert - (size_t)len, ")");
        bare->insert[t] = prepared(bare->db, insert);
    }
}

/* Takes over in memory what the intake has written since the last time. */
static void bare_gather(struct bare *bare)
{
    for (int t = 0; t < TABLES; t++) {
        int n = bare->columns[t], key = 0;
        while (strcmp(sqlite3_column_name(bare->select[t], key), tables[t].key) != 0)
            key++;
        for (int i = 0; i < n * bare->rows[t]; i++)
            sqlite3_value_free(bare->values[t][i]);
        bare->rows[t] = 0;
        sqlite3_bind_int64(bare->select[t], 1, bare->last[t]);
        while (sqlite3_step(bare->select[t]) == SQLITE_ROW) {
            size_t at = (size_t)n * (size_t)bare->rows[t]++;
            bare->values[t] = realloc(bare->values[t], (at + (size_t)n) * sizeof(sqlite3_value *));
            if (!bare->values[t])
                die("no memory");
            for (int c = 0; c < n; c++)
                bare->values[t][at + (size_t)c] = sqlite3_value_dup(sqlite3_column_value(bare->select[t], c));
            bare->last[t] = sqlite3_column_int64(bare->select[t], key);
        }
        sqlite3_reset(bare->select[t]);
    }
}

static void bare_insert(struct bare *bare, int t, int row)
{
    sqlite3_stmt *statement = bare->insert[t];
    for (int c = 0; c < bare->columns[t]; c++)
        sqlite3_bind_value(statement, c + 1, bare->values[t][row * bare->columns[t] + c]);
    if (sqlite3_step(statement) != SQLITE_DONE)
        die("%s: %s", tables[t].name, sqlite3_errmsg(bare->db));
    sqlite3_reset(statement);
}

static double bare_time(struct bare *bare, int transactions)
{
    int done[TABLES] = {0};
    double begun = now_s();
    for (int i = 1; i <= transactions; i++) {
        run_sql(bare->db, "BEGIN IMMEDIATE");
        for (int t = 0; t < TABLES; t++)
            while (done[t] < (int64_t)bare->rows[t] * i / transactions)
                bare_insert(bare, t, done[t]++);
        run_sql(bare->db, "COMMIT");
    }
    return now_s() - begun;
}

static void bare_close(struct bare *bare)
{
    for (int t = 0; t < TABLES; t++) {
        for (int i = 0; i < bare->columns[t] * bare->rows[t]; i++)
            sqlite3_value_free(bare->values[t][i]);
        free(bare->values[t]);
        sqlite3_finalize(bare->select[t]);
        sqlite3_finalize(bare->insert[t]);
    }
    sqlite3_close(bare->from);
    sqlite3_close(bare->db);
}

/* A page written where the disk has room for it already, and flushed. */
static double flush_time(int fd, int times)
{
    enum { PAGE = 4096, PAGES = 1000 };
    static char page[PAGE];
    static int at;
    double begun = now_s();
    for (int i = 0; i < times; i++, at = (at + 1) % PAGES)
        if (pwrite(fd, page, PAGE, (off_t)at * PAGE) != PAGE || fdatasync(fd) != 0)
            die("fdatasync: %s", strerror(errno));
    return now_s() - begun;
}

static int open_flushed(const char *folder)
{
    int fd = open(say("%.400s/flush", folder), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (fd < 0 || posix_fallocate(fd, 0, 4096 * 1000) != 0)
        die("%s/flush: %s", folder, strerror(errno));
    return fd;
}

static int64_t measure(struct bench_box *box, struct bare *bare, int fd, int64_t first, int batch, int transactions)
{
    double ours[ROUNDS], theirs[ROUNDS], flushes[ROUNDS], ratio[ROUNDS], cpu = 0;
    int n = batch * transactions;
    for (int round = 0; round < ROUNDS; round++, first += n) {
        double cpu_begun = cpu_s();
        ours[round] = bench_intake(box, first, n, batch, 20) / n;
        cpu += cpu_s() - cpu_begun;
        bare_gather(bare);
        theirs[round] = bare_time(bare, transactions) / n;
        flushes[round] = flush_time(fd, FLUSHES) / (FLUSHES * batch);
        ratio[round] = theirs[round] / ours[round];
    }
    double middle = median(ratio, ROUNDS);
    row(say("take in SMS, socket to commit, batches of %d", batch),
        say("%.0f/s (CPU %.0f us)", 1 / median(ours, ROUNDS), cpu * 1e6 / (ROUNDS * n)),
        say("SQLite alone, same rows %.0f/s", 1 / median(theirs, ROUNDS)), middle, at_least(middle, 0.5, ""));
    row("  the flushes alone", "", say("fdatasync %.0f SMS/s", 1 / median(flushes, ROUNDS)), NAN, "");
    return first;
}

int main(int argc, char **argv)
{
    static const struct {
        int batch, transactions;
    } steps[] = {{1, 60}, {4, 40}, {MO_BATCH, 20}};
    struct bench_box box;
    struct bare bare;
    if (argc != 2)
        die("usage: bench_intake FOLDER");
    int villages = 0;
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        villages += steps[i].batch * steps[i].transactions * ROUNDS;
    bench_box_make(&box, argv[1], villages, "none", "phone");
    bench_box_open(&box, argv[1], villages);
    bare_open(&bare, &box);
    int fd = open_flushed(argv[1]);
    int64_t first = 0;
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        first = measure(&box, &bare, fd, first, steps[i].batch, steps[i].transactions);
    bare_close(&bare);
    close(fd);
    bench_box_close(&box);
    return 0;
}
