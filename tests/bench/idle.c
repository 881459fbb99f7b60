/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * bench_idle FOLDER BIN AT-MODEM SECONDS PEERS: what it costs to wait. Each program has a simulated modem of its own,
 * on which nothing happens; all are watched over the same seconds, once they have come to rest.
 */
#include <dirent.h>
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "programs.h"

enum { PROCESSES_MAX = 8, SETTLE_S = 60 };

struct process {
    pid_t pid;
    char name[32];
    double cpu_ms, wakeups, written; /* since its start; of a difference: in between */
    double rss_kib, pss_kib;
};

/* The number after a word at the beginning of a line of a file of /proc; 0 where there is none. */
static double field(pid_t pid, const char *file, const char *word)
{
    char line[256];
    double number = 0;
    FILE *in = fopen(say("/proc/%d/%s", (int)pid, file), "re");
    while (in && fgets(line, sizeof line, in))
        if (strncmp(line, word, strlen(word)) == 0)
            number = strtod(line + strlen(word), NULL);
    if (in)
        fclose(in);
    return number;
}

static struct process look(pid_t pid)
{
    struct process process = {.pid = pid};
    FILE *in = fopen(say("/proc/%d/comm", (int)pid), "re");
    if (!in || !fgets(process.name, sizeof process.name, in))
        die("process %d has ended", (int)pid);
    fclose(in);
    process.name[strcspn(process.name, "\n")] = '\0';
    process.cpu_ms = field(pid, "schedstat", "") / 1e6; /* its first number: nanoseconds on a core */
    process.wakeups = field(pid, "status", "voluntary_ctxt_switches:");
    process.written = field(pid, "io", "write_bytes:");
    process.rss_kib = field(pid, "status", "VmRSS:");
    process.pss_kib = field(pid, "smaps_rollup", "Pss:");
    return process;
}

/* A program and its children. */
static size_t look_at_all(pid_t parent, struct process *ret_processes)
{
    size_t n = 0;
    DIR *proc = opendir("/proc");
    ret_processes[n++] = look(parent);
    for (struct dirent *entry; proc && (entry = readdir(proc)) != NULL;) {
        pid_t pid = number_of(entry->d_name);
        if (pid > 0 && n < PROCESSES_MAX && (pid_t)field(pid, "status", "PPid:") == parent)
            ret_processes[n++] = look(pid);
    }
    closedir(proc);
    return n;
}

struct watched {
    struct program program;
    struct simulator modem;
    struct process before[PROCESSES_MAX], spent[PROCESSES_MAX];
    size_t n;
    double cpu_ms, wakeups, written; /* of all its processes */
};

static void begin(struct watched *watched, enum program_kind kind, const char *folder, const char *bin,
                  const char *at_modem)
{
    char own[PATH_BYTES], device[PATH_BYTES];
    (void)snprintf(own, sizeof own, "%.400s/%s", folder, program_name(kind));
    (void)snprintf(device, sizeof device, "%.400s/tty", own);
    watched->program = program_make(kind, own, bin, "at115200", device, 1);
    watched->modem = simulator_start(at_modem, own);
    program_start(&watched->program);
    program_wait_ready(&watched->program);
}

static void difference(struct watched *watched)
{
    size_t n = look_at_all(watched->program.pid, watched->spent);
    if (n != watched->n)
        die("%s has other processes than before", watched->program.path);
    for (size_t i = 0; i < n; i++) {
        watched->cpu_ms += watched->spent[i].cpu_ms -= watched->before[i].cpu_ms;
        watched->wakeups += watched->spent[i].wakeups -= watched->before[i].wakeups;
        watched->written += watched->spent[i].written -= watched->before[i].written;
    }
}

static void end(struct watched *watched)
{
    program_stop(&watched->program, NULL);
    simulator_stop(&watched->modem);
}

/* A figure of one kind; the peer's may be missing. */
static void compare(const char *what, const char *unit, double ours, const struct watched *peer, double theirs)
{
    row(what, say("%.0f%s", ours, unit), peer ? say("%s %.0f%s", program_name(peer->program.kind), theirs, unit) : "",
        peer && theirs > 0 ? ours / theirs : NAN, peer ? at_most(ours, theirs, unit) : "");
}

static void show(const struct watched *kabar, const struct watched *peer, int seconds)
{
    double minutes = seconds / 60.0;
    compare(say("idle %d s with a modem: CPU a minute", seconds), " ms", kabar->cpu_ms / minutes, peer,
            peer ? peer->cpu_ms / minutes : NAN);
    compare("  wake-ups a minute", "", kabar->wakeups / minutes, peer, peer ? peer->wakeups / minutes : NAN);
    compare("  bytes written a minute", "", kabar->written / minutes, peer, peer ? peer->written / minutes : NAN);
    for (size_t i = 0; i < kabar->n; i++) {
        const struct process *process = &kabar->spent[i];
        double mib = process->rss_kib / 1024;
        row(say("  memory of %s", process->name), say("RSS %.1f, PSS %.1f MiB", mib, process->pss_kib / 1024),
            say("CPU %.0f ms, %.0f wake-ups", process->cpu_ms, process->wakeups), NAN,
            at_most(mib, strcmp(process->name, "kabard") == 0 ? 12 : 8, " MiB"));
    }
    for (size_t i = 0; peer && i < peer->n; i++)
        row("", "",
            say("%s RSS %.1f, PSS %.1f MiB", peer->spent[i].name, peer->spent[i].rss_kib / 1024,
                peer->spent[i].pss_kib / 1024),
            NAN, "");
}

int main(int argc, char **argv)
{
    static struct watched kabar, peer;
    if (argc != 6)
        die("usage: bench_idle FOLDER BIN AT-MODEM SECONDS PEERS (0 or 1)");
    int seconds = number_of(argv[4]);
    bool peers = argv[5][0] == '1';
    fresh_folder(argv[1]);
    begin(&kabar, PROGRAM_KABAR, argv[1], argv[2], argv[3]);
    if (peers)
        begin(&peer, PROGRAM_SMSD, argv[1], argv[2], argv[3]);
    (void)sleep(SETTLE_S);
    kabar.n = look_at_all(kabar.program.pid, kabar.before);
    if (peers)
        peer.n = look_at_all(peer.program.pid, peer.before);
    (void)sleep((unsigned)seconds);
    difference(&kabar);
    if (peers)
        difference(&peer);
    show(&kabar, peers ? &peer : NULL, seconds);
    end(&kabar);
    if (peers)
        end(&peer);
    return 0;
}
