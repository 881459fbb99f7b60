/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the measurements share: time, medians, a row of the table, and a box to measure.
 *
 * Two things are compared by doing them in turn within one run, A B A B …: whatever else the machine does then meets
 * both. Where both wait for the disk, the ratio is the median of the pairs'; where they do not, that of the best of
 * each. A row goes to standard output as five columns between tabs; bench.sh makes the table of them. Whatever fails
 * ends the program with a reason.
 */
#ifndef KABAR_TESTS_BENCH_H
#define KABAR_TESTS_BENCH_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/clock.h"
#include "core/box.h"
#include "modem/port.h"
#include "settings/settings.h"

enum { PATH_BYTES = 512 };

double now_s(void); /* monotonic */
double cpu_s(void); /* this process, user and system */
/* Sorts the numbers. */
double median(double *numbers, size_t n);
/* What it takes where nothing else is in the way. */
double least(const double *numbers, size_t n);

/* A text that lives until the sixteenth call after this one. */
const char *say(const char *format, ...) PRINTF_LIKE(1, 2);
/* ratio NAN: none */
void row(const char *what, const char *kabar, const char *beside, double ratio, const char *bar);
/* The last column: the bar, and by how much it is missed where it is. */
const char *at_most(double value, double bar, const char *unit);
const char *at_least(double value, double bar, const char *unit);

_Noreturn void die(const char *format, ...) PRINTF_LIKE(1, 2);
void must(int result, const char *what, const struct error *error);
/* A decimal number of the command line. */
int number_of(const char *text);
/* Makes an empty folder, whatever was there. */
void fresh_folder(const char *path);

/* Starts a program (argv ends with NULL, its first is the path) that dies with this one; standard output and errors go
 * to the file log, standard input comes from the descriptor in, or from nowhere where it is -1. */
pid_t spawn(const char *log, int in, const char *const *argv);
/* SIGTERM, then waits; *ret_cpu_s (NULL is fine) is its CPU time and that of its children. */
void stop(pid_t pid, double *ret_cpu_s);

/* A box with its own folder: kabard.conf, a database with villages and a KPM each, a clock that is set by hand. */
struct bench_box {
    char folder[PATH_BYTES], conf[PATH_BYTES], database[PATH_BYTES];
    int villages;
    struct settings *settings;
    struct store *store;
    struct box *box;
    struct clock_fixed time;
};
/* Writes kabard.conf with a modem on that connection and device, and makes the database. */
void bench_box_make(struct bench_box *box, const char *folder, int villages, const char *connection,
                    const char *device);
/* Opens settings, database and box of a folder that bench_box_make() made. */
void bench_box_open(struct bench_box *box, const char *folder, int villages);
void bench_box_close(struct bench_box *box);

/* Message number i of a long row of them: village i % villages, the next form of three each time around. */
void bench_part(const struct bench_box *box, int64_t i, int64_t sent_ms, struct mo_part *ret_part);
/* E.164 of a village's KPM. */
const char *bench_number(int village);

/*
 * A modem's worker at the other end of a socket, and the way from there to the commit: count messages from number
 * `first` on, in batches, step_ms between two; the box's clock goes with them. Returns the seconds.
 */
double bench_intake(struct bench_box *box, int64_t first, int count, int batch, int64_t step_ms);

#endif
