/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "programs.h"

#include <errno.h>
#include <poll.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define SMSD_SCHEMA "/usr/share/doc/gammu-smsd/examples/sqlite.sql"

enum { LOOK_MS = 2, PATIENCE_S = 60 };

const char *program_name(enum program_kind kind)
{
    static const char *const names[] = {"kabard", "smsd", "smsd-tuned"};
    return names[kind];
}

/* ---- gammu-smsd ---- */

static void write_file(const char *path, const char *text, mode_t mode)
{
    FILE *file = fopen(path, "we");
    if (!file || fputs(text, file) < 0 || fclose(file) != 0 || chmod(path, mode) != 0)
        die("%s: %s", path, strerror(errno));
}

static void make_smsd_database(const char *folder)
{
    sqlite3 *db;
    char *schema = NULL, *why = NULL;
    size_t room = 0;
    FILE *file = fopen(SMSD_SCHEMA, "re");
    if (!file || getdelim(&schema, &room, '\0', file) < 0)
        die(SMSD_SCHEMA ": %s: is gammu-smsd installed?", strerror(errno));
    if (sqlite3_open(say("%.400s/smsd.db", folder), &db) != SQLITE_OK ||
        sqlite3_exec(db, schema, NULL, NULL, &why) != SQLITE_OK)
        die(SMSD_SCHEMA ": %s", why);
    sqlite3_close(db);
    free(schema);
    fclose(file);
}

static void make_smsd(const struct program *program, const char *connection, const char *device)
{
    static char text[4096];
    const char *folder = program->folder;
    bool tuned = program->kind == PROGRAM_SMSD_TUNED, is_dummy = strcmp(connection, "none") == 0;
    fresh_folder(folder);
    make_smsd_database(folder);
    (void)snprintf(text, sizeof text,
                   "[gammu]\nconnection = %s\n%s%s = %s%s%s\n[smsd]\nservice = sql\ndriver = sqlite3\n"
                   "database = smsd.db\ndbdir = %s\nlogfile = %s/smsd.log\ndebuglevel = 0\nRunOnReceive = %s/answer\n"
                   "%s",
                   connection, is_dummy ? "model = dummy\n" : "", is_dummy ? "port" : "device",
                   device[0] == '/' ? "" : folder, device[0] == '/' ? "" : "/", device, folder, folder, folder,
                   tuned ? "LoopSleep = 0\nCommTimeout = 0\nReceiveFrequency = 1\n" : "");
    write_file(say("%.400s/smsdrc", folder), text, 0644);
    (void)snprintf(text, sizeof text,
                   "#!/bin/sh\nexec gammu-smsd-inject -c %s/smsdrc TEXT \"$SMS_1_NUMBER\" -text "
                   "\"IBU HAMIL Nov/26: ibu hamil 12, K4 3.\" >/dev/null 2>&1\n",
                   folder);
    write_file(say("%.400s/answer", folder), text, 0755);
    if (is_dummy && mkdir(say("%.400s/phone", folder), 0777) != 0)
        die("%s/phone: %s", folder, strerror(errno));
}

/* ---- either ---- */

struct program program_make(enum program_kind kind, const char *folder, const char *bin, const char *connection,
                            const char *device, int senders)
{
    struct program program = {.kind = kind};
    char on[PATH_BYTES];
    (void)snprintf(program.folder, sizeof program.folder, "%s", folder);
    (void)snprintf(on, sizeof on, "%s", device);
    if (kind == PROGRAM_KABAR) {
        struct bench_box box;
        (void)snprintf(program.path, sizeof program.path, "%.400s/kabard", bin);
        bench_box_make(&box, program.folder, senders, connection, on);
    } else {
        (void)snprintf(program.path, sizeof program.path, "gammu-smsd");
        make_smsd(&program, connection, on);
    }
    return program;
}

void program_start(struct program *program)
{
    bool kabar = program->kind == PROGRAM_KABAR;
    const char *const argv[] = {program->path, "-c",
                                say(kabar ? "%.400s/kabard.conf" : "%.400s/smsdrc", program->folder), NULL};
    program->pid = spawn(say("%.400s/log", program->folder), -1, argv);
}

/*
 * The one number that a query gives, over a connection that stays open; 0 where it can't be had yet. gammu-smsd's
 * database is read past its locks: a reader that took them would make it wait for seconds.
 */
struct counter {
    sqlite3 *db;
    sqlite3_stmt *statement;
};

static int count(struct counter *counter, const struct program *program, const char *sql)
{
    const char *uri = program->kind == PROGRAM_KABAR ? say("file:%.400s/kabar.db?mode=ro", program->folder)
                                                     : say("file:%.400s/smsd.db?mode=ro&nolock=1", program->folder);
    int n = 0;
    if (!counter->db && sqlite3_open_v2(uri, &counter->db, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, NULL) != SQLITE_OK)
        die("%s: %s", uri, sqlite3_errmsg(counter->db));
    if (!counter->statement && sqlite3_prepare_v2(counter->db, sql, -1, &counter->statement, NULL) != SQLITE_OK)
        return 0;
    if (sqlite3_step(counter->statement) == SQLITE_ROW)
        n = sqlite3_column_int(counter->statement, 0);
    (void)sqlite3_reset(counter->statement);
    return n;
}

static void wait_for(const struct program *program, const char *sql, int n, int max_s)
{
    struct counter counter = {NULL, NULL};
    int status, counted;
    for (double end = now_s() + max_s; (counted = count(&counter, program, sql)) < n;) {
        if (waitpid(program->pid, &status, WNOHANG) != 0)
            die("%s has ended; see %s/log", program->path, program->folder);
        if (now_s() > end)
            die("%s: %d of %d after %d s (%s)", program->folder, counted, n, max_s, sql);
        (void)poll(NULL, 0, LOOK_MS);
    }
    sqlite3_finalize(counter.statement);
    sqlite3_close(counter.db);
}

void program_wait_ready(const struct program *program)
{
    wait_for(program,
             program->kind == PROGRAM_KABAR ? "SELECT count(*) FROM modem_state WHERE registered AND state = 'ready'"
                                            : "SELECT count(*) FROM phones",
             1, PATIENCE_S);
}

static const char sent_by_kabar[] = "SELECT count(*) FROM mt_message WHERE state IN ('submitted', 'delivered')";
static const char sent_by_smsd[] = "SELECT count(*) FROM sentitems WHERE Status LIKE 'SendingOK%'";

void program_wait(const struct program *program, int n, int max_s)
{
    wait_for(program, program->kind == PROGRAM_KABAR ? sent_by_kabar : sent_by_smsd, n, max_s);
}

void program_stop(struct program *program, double *ret_cpu_s)
{
    stop(program->pid, ret_cpu_s);
    program->pid = 0;
}

/* ---- the simulated modem ---- */

struct simulator simulator_start(const char *at_modem, const char *folder)
{
    int ends[2];
    char link[PATH_BYTES];
    struct stat status;
    (void)snprintf(link, sizeof link, "%.400s/tty", folder);
    if (pipe(ends) != 0)
        die("pipe: %s", strerror(errno));
    const char *const argv[] = {at_modem, "--link", link, "--sm", "200", "--log", say("%.400s/at.log", folder), NULL};
    struct simulator simulator = {spawn(say("%.400s/at-modem.log", folder), ends[0], argv), fdopen(ends[1], "we")};
    close(ends[0]);
    for (double end = now_s() + PATIENCE_S; stat(link, &status) != 0; (void)poll(NULL, 0, LOOK_MS))
        if (now_s() > end)
            die("%s: %s", link, strerror(errno));
    return simulator;
}

void simulator_tell(const struct simulator *simulator, const char *command)
{
    if (fprintf(simulator->to, "%s\n", command) < 0 || fflush(simulator->to) != 0)
        die("at-modem: %s", strerror(errno));
}

void simulator_stop(struct simulator *simulator)
{
    stop(simulator->pid, NULL);
    fclose(simulator->to);
}
