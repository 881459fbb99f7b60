/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * bench_growth FOLDER BIN LARGEST GROWING: whether it stays as quick as it was. The same villages send for years until
 * the database holds 10^4, 10^5 … LARGEST messages with their answers; the databases are then measured in turn: from
 * the start of kabard to READY=1, intake in the batches that a modem gives, a village's card, bytes a message. They
 * grow in the folder GROWING, which may be memory, and are measured in FOLDER.
 */
#include <errno.h>
#include <math.h>
#include <poll.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "bench.h"
#include "core/score/card_open.h"

enum { SIZES_MAX = 3, VILLAGES = 2500, FIRST = 10000, STARTS = 15, ROUNDS = 15, A_ROUND = 320, CARDS = 200 };

struct size {
    struct bench_box box;
    int messages;
    double bytes, start_ms, intake_cpu_us, intake_s, card_ms;
};

static void run_sql(sqlite3 *db, const char *sql)
{
    char *why = NULL;
    if (sqlite3_exec(db, sql, NULL, NULL, &why) != SQLITE_OK)
        die("%s: %s", sql, why);
}

/* What the outbox and the network would have made of the answers. */
static void send_all(const char *database)
{
    sqlite3 *db;
    if (sqlite3_open(database, &db) != SQLITE_OK)
        die("%s", database);
    run_sql(db,
            "PRAGMA synchronous = OFF; BEGIN;"
            "INSERT INTO attempt (part_id, mt_id, kind, recipient, modem, begun_ms, ended_ms, result, cause, tp_mr)"
            " SELECT mt_part.id, mt_id, 'reply', mt_part.recipient, 'sim1', created_ms, created_ms + 2500, 'sent', 0,"
            "  mt_id % 256 FROM mt_message JOIN mt_part ON mt_id = mt_message.id WHERE state = 'queued';"
            "UPDATE mt_part SET sent_ms = 1, tp_mr = mt_id % 256, report = 'delivered', report_ms = 1"
            " WHERE report IS NULL;"
            "UPDATE mt_message SET state = 'delivered', state_ms = created_ms + 2500, parts_sent = parts,"
            " attempts = 1, modem = 'sim1', next_attempt_ms = 0 WHERE state = 'queued';"
            "COMMIT; PRAGMA wal_checkpoint(TRUNCATE)");
    sqlite3_close(db);
}

/* Goes on from what the folder holds: the first message is ten years old, the largest-th would be of yesterday. */
static void grow(const char *folder, int from, int to, int largest)
{
    struct bench_box box;
    int64_t step_ms = 10 * 365 * MS_DAY / largest;
    bench_box_open(&box, folder, VILLAGES);
    box.time.wall -= (largest - from) * step_ms + MS_DAY;
    (void)bench_intake(&box, from, to - from, MO_BATCH, step_ms);
    bench_box_close(&box);
    send_all(box.database);
}

static void copy_folder(const char *from, const char *to, struct size *size)
{
    sqlite3 *db;
    struct stat status;
    bench_box_make(&size->box, to, 1, "none", "phone");
    if (unlink(size->box.database) != 0 || sqlite3_open(say("%s/kabar.db", from), &db) != SQLITE_OK)
        die("%s: %s", to, strerror(errno));
    run_sql(db, say("VACUUM INTO '%s'", size->box.database));
    sqlite3_close(db);
    if (sqlite3_open(size->box.database, &db) != SQLITE_OK)
        die("%s", to);
    run_sql(db, "PRAGMA journal_mode = WAL");
    sqlite3_close(db);
    if (stat(size->box.database, &status) == 0)
        size->bytes = (double)status.st_size / size->messages;
}

/* ---- from the start to ready ---- */

static double start_once(const struct size *size, const char *kabard, int notify)
{
    const char *const argv[] = {kabard, "-c", size->box.conf, NULL};
    char text[256];
    double begun = now_s();
    pid_t pid = spawn(say("%.400s/log", size->box.folder), -1, argv);
    for (;;) {
        struct pollfd wait = {.fd = notify, .events = POLLIN};
        if (poll(&wait, 1, 30000) <= 0)
            die("%s is not ready within 30 s", size->box.conf);
        ssize_t len = recv(notify, text, sizeof text - 1, 0);
        text[len > 0 ? len : 0] = '\0';
        if (strncmp(text, "READY=1", 7) == 0)
            break;
    }
    double ready = now_s() - begun;
    stop(pid, NULL);
    while (recv(notify, text, sizeof text, MSG_DONTWAIT) > 0)
        ;
    return ready * 1e3;
}

static void measure_starts(struct size *sizes, size_t n, const char *folder, const char *bin)
{
    static double times[SIZES_MAX][STARTS];
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    (void)snprintf(address.sun_path, sizeof address.sun_path, "%.90s/notify", folder);
    int notify = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (notify < 0 || bind(notify, (struct sockaddr *)&address, sizeof address) != 0)
        die("%s: %s", address.sun_path, strerror(errno));
    (void)setenv("NOTIFY_SOCKET", address.sun_path, 1);
    char kabard[PATH_BYTES];
    (void)snprintf(kabard, sizeof kabard, "%.400s/kabard", bin);
    for (int i = 0; i < STARTS; i++)
        for (size_t s = 0; s < n; s++)
            times[s][i] = start_once(&sizes[s], kabard, notify);
    for (size_t s = 0; s < n; s++)
        sizes[s].start_ms = least(times[s], STARTS);
    (void)unsetenv("NOTIFY_SOCKET");
    close(notify);
}

/* ---- intake and cards ---- */

static void measure_intake(struct size *sizes, size_t n)
{
    static double seconds[SIZES_MAX][ROUNDS], cpu[SIZES_MAX][ROUNDS];
    for (int round = 0; round < ROUNDS; round++)
        for (size_t s = 0; s < n; s++) {
            double begun = cpu_s();
            seconds[s][round] = bench_intake(&sizes[s].box, sizes[s].messages + round * A_ROUND, A_ROUND, MO_BATCH, 20);
            cpu[s][round] = cpu_s() - begun;
        }
    for (size_t s = 0; s < n; s++) {
        sizes[s].intake_s = median(seconds[s], ROUNDS) / A_ROUND;
        sizes[s].intake_cpu_us = least(cpu[s], ROUNDS) * 1e6 / A_ROUND;
    }
}

static void measure_cards(struct size *sizes, size_t n)
{
    static double times[SIZES_MAX][CARDS];
    struct error error;
    for (int i = 0; i < CARDS; i++)
        for (size_t s = 0; s < n; s++) {
            const struct box *box = sizes[s].box.box;
            struct area area;
            struct card *card;
            const char *code = say("35.01.%02d.%04d", 1 + i % 2, 2001 + i);
            must(store_area_by_code(box->store, view_of(code), &area, &error), code, &error);
            struct local_time now = zone_local(sizes[s].box.time.wall);
            double begun = now_s();
            must(card_open(box, &area, (now.day.year * 12 + now.day.month - 1) / 3, CARD_LIVE, 0,
                           sizes[s].box.time.wall, &card, &error),
                 code, &error);
            times[s][i] = (now_s() - begun) * 1e3;
            card_close(card);
        }
    for (size_t s = 0; s < n; s++)
        sizes[s].card_ms = median(times[s], CARDS);
}

static void show(const struct size *sizes, size_t n)
{
    for (size_t s = 0; s < n; s++)
        row(say("start to ready with %d messages", sizes[s].messages), say("%.1f ms", sizes[s].start_ms), "",
            s ? sizes[s].start_ms / sizes[0].start_ms : NAN, at_most(sizes[s].start_ms, 100, " ms"));
    for (size_t s = 0; s < n; s++)
        row(say("  intake behind %d, batches of %d", sizes[s].messages, MO_BATCH),
            say("%.0f/s (CPU %.0f us)", 1 / sizes[s].intake_s, sizes[s].intake_cpu_us),
            s ? "CPU beside the smallest" : "", s ? sizes[s].intake_cpu_us / sizes[0].intake_cpu_us : NAN,
            s ? "flat but for the page cache" : "");
    for (size_t s = 0; s < n; s++)
        row(say("  a village's card, %d messages", sizes[s].messages), say("%.3f ms", sizes[s].card_ms),
            s ? "beside the smallest" : "", s ? sizes[s].card_ms / sizes[0].card_ms : NAN, s ? "flat" : "");
    for (size_t s = 0; s < n; s++)
        row(say("  on disk, each of %d messages and its answer", sizes[s].messages), say("%.0f bytes", sizes[s].bytes),
            s ? "beside the smallest" : "", s ? sizes[s].bytes / sizes[0].bytes : NAN, s ? "flat" : "");
}

int main(int argc, char **argv)
{
    static struct size sizes[SIZES_MAX];
    struct bench_box made;
    size_t n = 0;
    int from = 0;
    if (argc != 5)
        die("usage: bench_growth FOLDER BIN LARGEST GROWING");
    int largest = number_of(argv[3]);
    fresh_folder(argv[1]);
    const char *growing = argv[4];
    bench_box_make(&made, growing, VILLAGES, "none", "phone");
    for (int to = FIRST; to <= largest && n < SIZES_MAX; from = to, to *= 10, n++) {
        sizes[n].messages = to;
        grow(growing, from, to, largest);
        copy_folder(growing, say("%.400s/%d", argv[1], to), &sizes[n]);
    }
    fresh_folder(growing);
    measure_starts(sizes, n, argv[1], argv[2]);
    for (size_t s = 0; s < n; s++) {
        char folder[PATH_BYTES];
        (void)snprintf(folder, sizeof folder, "%s", sizes[s].box.folder);
        bench_box_open(&sizes[s].box, folder, VILLAGES);
    }
    measure_intake(sizes, n);
    measure_cards(sizes, n);
    for (size_t s = 0; s < n; s++)
        bench_box_close(&sizes[s].box);
    show(sizes, n);
    return 0;
}
