/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/proc.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/translate.h"

/* kabard blocks the signals it reads by signalfd; a child that inherited the mask could not be terminated. */
static int set_signals(posix_spawnattr_t *attributes)
{
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    int result = posix_spawnattr_setsigmask(attributes, &none);
    if (result == 0)
        result = posix_spawnattr_setsigdefault(attributes, &all);
    if (result == 0)
        result = posix_spawnattr_setflags(attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    return result;
}

static int spawn(const char *program, char *const argv[], int fd, int out, int err, pid_t *ret_pid)
{
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attributes;
    int result = posix_spawn_file_actions_init(&files);
    if (result != 0)
        return result;
    result = posix_spawnattr_init(&attributes);
    if (result == 0) {
        result = posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
        if (result == 0 && fd >= 0)
            result = posix_spawn_file_actions_adddup2(&files, fd, 3);
        if (result == 0 && out >= 0)
            result = posix_spawn_file_actions_adddup2(&files, out, STDOUT_FILENO);
        if (result == 0 && err >= 0)
            result = posix_spawn_file_actions_adddup2(&files, err, STDERR_FILENO);
        if (result == 0)
            result = set_signals(&attributes);
        if (result == 0)
            result = posix_spawn(ret_pid, program, &files, &attributes, argv, environ);
        posix_spawnattr_destroy(&attributes);
    }
    posix_spawn_file_actions_destroy(&files);
    return result;
}

int proc_spawn(const char *program, char *const argv[], int fd, struct proc *ret_proc, struct error *error)
{
    return proc_spawn_into(program, argv, fd, -1, -1, ret_proc, error);
}

int proc_spawn_into(const char *program, char *const argv[], int fd, int out, int err, struct proc *ret_proc,
                    struct error *error)
{
    pid_t pid = 0;
    int result = spawn(program, argv, fd, out, err, &pid);
    if (result != 0)
        return error_set(error, -result, "starting %s: %s", program, translate_errno(result));
    int pidfd = pidfd_open(pid, 0);
    if (pidfd < 0) {
        result = errno;
        kill(pid, SIGKILL);
        waitpid(pid, NULL, 0);
        return error_set(error, -result, "watching %s: %s", program, translate_errno(result));
    }
    *ret_proc = (struct proc){pid, pidfd};
    return 0;
}

void proc_kill(const struct proc *proc, int signal)
{
    if (proc->pid > 0)
        kill(proc->pid, signal);
}

static enum proc_reaped reap(struct proc *proc, int options, char *ret_how, size_t size)
{
    int status = 0;
    pid_t pid = 0;
    do
        pid = waitpid(proc->pid, &status, options);
    while (pid < 0 && errno == EINTR);
    if (pid == 0)
        return PROC_ALIVE;
    if (WIFSIGNALED(status))
        (void)snprintf(ret_how, size, "was killed by signal %d (%s)", WTERMSIG(status), strsignal(WTERMSIG(status)));
    else
        (void)snprintf(ret_how, size, "ended with status %d", WEXITSTATUS(status));
    close(proc->pidfd);
    *proc = (struct proc){0};
    return PROC_REAPED;
}

enum proc_reaped proc_reap(struct proc *proc, char *ret_how, size_t size)
{
    KABAR_ASSERT(proc->pid > 0);
    return reap(proc, WNOHANG, ret_how, size);
}

void proc_end(struct proc *proc)
{
    if (proc->pid <= 0)
        return;
    kill(proc->pid, SIGKILL);
    char how[64];
    (void)reap(proc, 0, how, sizeof how);
}
