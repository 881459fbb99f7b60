/* SPDX-License-Identifier: GPL-2.0-or-later */
/* An at-modem of the test's own: started, told what to do, listened to. */
#ifndef KABAR_TESTS_MODEM_SIM_H
#define KABAR_TESTS_MODEM_SIM_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

struct sim {
    char folder[48]; /* of the links */
    char link[64];   /* the device */
    pid_t pid;
    int to, from; /* control socket; standard output */
    char answer[65536];
    char events[65536]; /* everything it told, a line an event */
};

/* Starts one with further options, ended by NULL; waits until its port is there. */
void sim_open(struct sim *sim, const char *const *options);
void sim_close(struct sim *sim);
/* Gives one control command; its answer without the last "ok" is in sim->answer. Fails the test on "error". */
void sim_do(struct sim *sim, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* How many events hold the words so far. */
int sim_count(struct sim *sim, const char *words);
/* After whatever it was, by the same worker: one comes in and one goes out. */
struct rig;
void sim_works(struct sim *sim, struct rig *rig);

#endif
