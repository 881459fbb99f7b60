/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ctl/progress.h"

#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

#include "base/translate.h"

enum { QUIET_SECONDS = 2, TICK_MS = 1000 };

static struct {
    bool begun;
    pthread_t thread;
    int ends[2]; /* a pipe whose closing ends the thread */
    char text[128];
} progress;

static void *tell(void *unused)
{
    struct pollfd end = {.fd = progress.ends[0], .events = POLLIN};
    int seconds = 0;
    (void)unused;
    while (poll(&end, 1, TICK_MS) == 0) {
        if (++seconds >= QUIET_SECONDS)
            (void)fprintf(stderr, "\r%s %d s ", progress.text, seconds);
    }
    if (seconds >= QUIET_SECONDS)
        (void)fputs("\r\033[K", stderr);
    return NULL;
}

void progress_begin(const struct ctl *ctl)
{
    if (progress.begun || !isatty(STDERR_FILENO) || pipe2(progress.ends, O_CLOEXEC) != 0)
        return;
    (void)snprintf(progress.text, sizeof progress.text, _("%s: works, please wait,"), ctl->command->name);
    progress.begun = pthread_create(&progress.thread, NULL, tell, NULL) == 0;
    if (progress.begun)
        return;
    (void)close(progress.ends[0]);
    (void)close(progress.ends[1]);
}

void progress_end(void)
{
    if (!progress.begun)
        return;
    (void)close(progress.ends[1]);
    (void)pthread_join(progress.thread, NULL);
    (void)close(progress.ends[0]);
    progress.begun = false;
}
