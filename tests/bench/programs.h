/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The gateways that are measured as whole programs, each in a folder of its own, and the modem they work with. */
#ifndef KABAR_TESTS_BENCH_PROGRAMS_H
#define KABAR_TESTS_BENCH_PROGRAMS_H

#include <stdio.h>

#include "bench.h"

enum program_kind {
    PROGRAM_KABAR,
    PROGRAM_SMSD,      /* gammu-smsd as it comes */
    PROGRAM_SMSD_TUNED /* LoopSleep 0, CommTimeout 0, ReceiveFrequency 1 */
};
/* "kabard", "smsd", "smsd-tuned" */
const char *program_name(enum program_kind kind);

struct program {
    enum program_kind kind;
    char folder[PATH_BYTES], path[PATH_BYTES];
    pid_t pid;
};

/* An empty folder with configuration and database, and the contacts where it knows any. device is a path, or relative
 * to the folder. */
struct program program_make(enum program_kind kind, const char *folder, const char *bin, const char *connection,
                            const char *device, int senders);
void program_start(struct program *program);
/* Until it has its modem. */
void program_wait_ready(const struct program *program);
/* Until n answers are recorded as sent. */
void program_wait(const struct program *program, int n, int max_s);
void program_stop(struct program *program, double *ret_cpu_s);

struct simulator {
    pid_t pid;
    FILE *to; /* its standard input: control commands */
};
/* An at-modem that answers at FOLDER/tty. */
struct simulator simulator_start(const char *at_modem, const char *folder);
void simulator_tell(const struct simulator *simulator, const char *command);
void simulator_stop(struct simulator *simulator);

#endif
