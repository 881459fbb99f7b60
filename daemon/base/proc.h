/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A child process: spawned with one socket as its fd 3 and nothing else of ours, watched by its pidfd, killed, reaped.
 * No SIGCHLD: the loop is told by the pidfd that becomes readable when the child has ended.
 */
#ifndef KABAR_BASE_PROC_H
#define KABAR_BASE_PROC_H

#include <stddef.h>
#include <sys/types.h>

#include "base/error.h"

/* { 0 } is not a child. */
struct proc {
    pid_t pid; /* 0: none, or reaped */
    int pidfd; /* readable once it has ended; ours */
};

enum proc_reaped { PROC_ALIVE = 1, PROC_REAPED };

/*
 * Starts program (a path) with argv, standard input from /dev/null, output and errors where ours go, fd 3 = a duplicate
 * of fd (-1: none), default signals. Negative errno where that is not possible.
 */
MUST_CHECK int proc_spawn(const char *program, char *const argv[], int fd, struct proc *ret_proc, struct error *error);

/* The same with the child's standard output into the file that is open as out, its errors into that of err (-1: where
 * ours go). */
MUST_CHECK int proc_spawn_into(const char *program, char *const argv[], int fd, int out, int err, struct proc *ret_proc,
                               struct error *error);

/* Sends a signal; none where it is reaped. */
void proc_kill(const struct proc *proc, int signal);

/* Reaps it if it has ended; then closes the pidfd and writes how it ended, in words: "ended with status 3", "was killed
 * by signal 9 (Killed)". */
enum proc_reaped proc_reap(struct proc *proc, char *ret_how, size_t size);

/* Kills (SIGKILL) and reaps, waiting for it: a moment. */
void proc_end(struct proc *proc);

#endif
