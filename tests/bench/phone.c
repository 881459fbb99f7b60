/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * bench_phone FOLDER MEMORY BIN AT-MODEM QUICK PEERS: whole programs, from the phone and back to it.
 *
 * SMS lie in Gammu's dummy phone; from the program's start to the last answer sent and recorded, kabard and gammu-smsd
 * in turn. Their files lie in the folder MEMORY, so that the ratio is of the programs and not of what else the disk has
 * to do in this hour; then in FOLDER, on the disk, which counts for the bar. At last a simulated modem whose network
 * takes 2.5 s for each SMS: the share of the time in which it was busy. gammu-smsd works as its manual has it: SQLite
 * through DBI, a RunOnReceive script that answers with gammu-smsd-inject.
 */
#include <errno.h>
#include <math.h>
#include <poll.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bench.h"
#include "ctl/dummy/smsbackup.h"
#include "programs.h"

enum { SENDERS = 200, SENT_MS = 2500 };

static void fill_phone(const struct bench_box *box, const struct program *program, int n)
{
    struct mo_part part;
    struct error error;
    char phone[PATH_BYTES];
    (void)snprintf(phone, sizeof phone, "%.400s/phone", program->folder);
    for (int i = 0; i < n; i++) {
        bench_part(box, i, 0, &part);
        struct fed_sms sms = {part.sender, view_of(part.text), clock_system.wall_ms(NULL) - (n - i) * MS_SECOND};
        must(smsbackup_feed(phone, &sms, NULL, &error), phone, &error);
    }
}

/* Seconds from the start until n answers are recorded, and the CPU time of all of its processes. */
static double burst(struct program *program, int n, double *ret_cpu_s)
{
    struct bench_box numbers = {.villages = SENDERS};
    fill_phone(&numbers, program, n);
    double begun = now_s();
    program_start(program);
    program_wait(program, n, 3600);
    double seconds = now_s() - begun;
    program_stop(program, ret_cpu_s);
    return seconds;
}

static struct program dummy(const char *folder, enum program_kind kind, const char *bin)
{
    return program_make(kind, say("%.400s/%s", folder, program_name(kind)), bin, "none", "phone", SENDERS);
}

/* What one kind needs at best: other jobs make some runs longer. */
struct best {
    double seconds, cpu_s;
};

static void try_again(struct best *best, const char *folder, enum program_kind kind, const char *bin, int n, int times)
{
    for (int i = 0; i < times; i++) {
        double cpu_s;
        struct program program = dummy(folder, kind, bin);
        double seconds = burst(&program, n, &cpu_s);
        best->seconds = fmin(best->seconds, seconds);
        best->cpu_s = fmin(best->cpu_s, cpu_s);
    }
}

enum { OURS = 8 };

/* In turn, kabard many times before and after each of a peer's. */
static void try_all(const char *folder, const char *bin, int n, struct best *ours, struct best *slow,
                    struct best *tuned)
{
    try_again(ours, folder, PROGRAM_KABAR, bin, n, OURS);
    if (slow) /* once: its time is mostly its own sleep */
        try_again(slow, folder, PROGRAM_SMSD, bin, n, 1);
    for (int i = 0; i < (n > 1000 ? 1 : 3); i++) {
        try_again(ours, folder, PROGRAM_KABAR, bin, n, OURS);
        try_again(tuned, folder, PROGRAM_SMSD_TUNED, bin, n, 1);
    }
    try_again(ours, folder, PROGRAM_KABAR, bin, n, OURS);
}

static void compare_in_memory(const char *memory, const char *bin, int n, bool with_slow)
{
    struct best ours = {INFINITY, INFINITY}, slow = ours, tuned = ours;
    try_all(memory, bin, n, &ours, with_slow ? &slow : NULL, &tuned);
    row(say("dummy phone in memory, %d SMS answered", n), say("%.3f s", ours.seconds),
        say("%s %.1f s", program_name(PROGRAM_SMSD_TUNED), tuned.seconds), tuned.seconds / ours.seconds, "");
    row("  CPU time of all its processes", say("%.3f s", ours.cpu_s),
        say("%s %.1f s", program_name(PROGRAM_SMSD_TUNED), tuned.cpu_s), tuned.cpu_s / ours.cpu_s, "");
    if (with_slow)
        row("  beside the peer as it comes", "",
            say("%s %.1f s (CPU %.1f s)", program_name(PROGRAM_SMSD), slow.seconds, slow.cpu_s),
            slow.seconds / ours.seconds, "");
}

/* The bar, beside the quicker of the peers. */
static void compare_on_disk(const char *folder, const char *bin, int n)
{
    struct best ours = {INFINITY, INFINITY}, tuned = ours;
    try_all(folder, bin, n, &ours, NULL, &tuned);
    row(say("dummy phone on disk, %d SMS answered", n), say("%.2f s", ours.seconds),
        say("%s %.1f s", program_name(PROGRAM_SMSD_TUNED), tuned.seconds), NAN,
        at_least(tuned.seconds / ours.seconds, 20, " x"));
}

static void measure_alone(const char *folder, const char *where, const char *bin, int n, int times)
{
    struct best ours = {INFINITY, INFINITY};
    try_again(&ours, folder, PROGRAM_KABAR, bin, n, times);
    row(say("dummy phone %s, %d SMS answered", where, n), say("%.2f s (CPU %.2f s)", ours.seconds, ours.cpu_s),
        say("%.0f answers/s", n / ours.seconds), NAN, "");
}

static void measure_bursts(const char *folder, const char *memory, const char *bin, bool quick, bool peers)
{
    if (peers) {
        compare_in_memory(memory, bin, 200, true);
        if (!quick)
            compare_in_memory(memory, bin, 2000, false);
        compare_on_disk(folder, bin, 200);
    } else {
        measure_alone(memory, "in memory", bin, 200, OURS);
        measure_alone(folder, "on disk", bin, 200, OURS);
    }
    measure_alone(folder, "on disk", bin, 2000, 2);
}

/* ---- a radio that takes its time ---- */

static double radio_busy(const char *folder, const char *bin, const char *at_modem, enum program_kind kind, int n)
{
    struct bench_box numbers = {.villages = SENDERS};
    struct program program = program_make(kind, say("%.400s/radio-%s", folder, program_name(kind)), bin, "at115200",
                                          say("%.400s/radio-%s/tty", folder, program_name(kind)), SENDERS);
    struct simulator modem = simulator_start(at_modem, program.folder);
    simulator_tell(&modem, say("delay CMGS %d", SENT_MS));
    program_start(&program);
    program_wait_ready(&program);
    double begun = now_s();
    for (int i = 0; i < n; i++) {
        struct mo_part part;
        bench_part(&numbers, i, 0, &part);
        simulator_tell(&modem, say("sms %s %s", part.sender, part.text));
    }
    program_wait(&program, n, 600);
    double seconds = now_s() - begun;
    program_stop(&program, NULL);
    simulator_stop(&modem);
    return n * (SENT_MS / 1e3) / seconds;
}

/* Between the prompt and the end of the SMS libGammu (atgen.c, ATGEN_SendSMS) sleeps 0.1 s and 0.5 s. */
static void measure_radio(const char *folder, const char *bin, const char *at_modem, bool quick, bool peers)
{
    const double best = SENT_MS / (SENT_MS + 600.0);
    int n = quick ? 6 : 24;
    double ours = radio_busy(folder, bin, at_modem, PROGRAM_KABAR, n);
    row(say("AT modem, %d SMS at 2.5 s each: radio busy", n), say("%.1f %% of the time", ours * 100),
        say("at best %.1f %% with libGammu's sleep", best * 100), ours / best, "1: nothing else limits");
    if (!peers)
        return;
    double theirs = radio_busy(folder, bin, at_modem, PROGRAM_SMSD_TUNED, n);
    row("  beside the peer", "", say("%s %.1f %%", program_name(PROGRAM_SMSD_TUNED), theirs * 100), ours / theirs, "");
}

int main(int argc, char **argv)
{
    if (argc != 7)
        die("usage: bench_phone FOLDER MEMORY BIN AT-MODEM QUICK PEERS (each 0 or 1)");
    const char *folder = argv[1], *memory = argv[2], *bin = argv[3];
    bool quick = argv[5][0] == '1', peers = argv[6][0] == '1';
    fresh_folder(folder);
    fresh_folder(memory);
    measure_bursts(folder, memory, bin, quick, peers);
    measure_radio(folder, bin, argv[4], quick, peers);
    return 0;
}
