/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ctl/helper.h"

#include <errno.h>
#include <inttypes.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/proc.h"
#include "base/translate.h"

int helper_find(const char *name, char ret_path[PATH_MAX])
{
    const char *folders = getenv("PATH");
    if (!folders || !folders[0])
        folders = "/usr/local/bin:/usr/bin:/bin";
    while (*folders) {
        size_t len = strcspn(folders, ":");
        int n = snprintf(ret_path, PATH_MAX, "%.*s/%s", (int)len, folders, name);
        if (len > 0 && n < PATH_MAX && access(ret_path, X_OK) == 0)
            return 0;
        folders += len + (folders[len] == ':');
    }
    return -ENOENT;
}

/* The shell sets the limit before the program begins. What a program grows by counts, not what it only sets aside: a
 * browser sets terabytes aside. */
static int spawn_limited(const struct helper *helper, struct proc *ret_proc, struct error *error)
{
    enum { ARGS_MAX = 24 };
    char script[64];
    const char *argv[ARGS_MAX] = {"sh", "-c", script, helper->program};
    size_t n = 4;
    (void)snprintf(script, sizeof script, "ulimit -d %" PRId64 " && exec \"$0\" \"$@\"", helper->memory / 1024);
    for (size_t i = 1; helper->argv[i]; i++) {
        KABAR_ASSERT(n + 1 < ARGS_MAX);
        argv[n++] = helper->argv[i];
    }
    return proc_spawn_into("/bin/sh", (char *const *)argv, helper->in, helper->out, helper->err, ret_proc, error);
}

/* proc_reap() has its own words, which are English. */
static int failed(const struct helper *helper, const char *how, struct error *error)
{
    static const char ended[] = "ended with status ", killed[] = "was killed by signal ";
    if (strncmp(how, ended, sizeof ended - 1) == 0)
        return error_set(error, -EIO, "%s ended with status %s", helper->program, how + sizeof ended - 1);
    if (strncmp(how, killed, sizeof killed - 1) == 0)
        return error_set(error, -EIO, "%s was killed by signal %s", helper->program, how + sizeof killed - 1);
    return error_set(error, -EIO, "%s %s", helper->program, how);
}

int helper_run(const struct helper *helper, struct error *error)
{
    struct proc proc = {0};
    char how[80] = "";
    int r = helper->memory ? spawn_limited(helper, &proc, error)
                           : proc_spawn_into(helper->program, (char *const *)helper->argv, helper->in, helper->out,
                                             helper->err, &proc, error);
    if (r < 0)
        return r;
    struct pollfd ended = {.fd = proc.pidfd, .events = POLLIN};
    (void)poll(&ended, 1, helper->seconds * 1000);
    if (proc_reap(&proc, how, sizeof how) == PROC_ALIVE) {
        proc_end(&proc);
        (void)snprintf(how, sizeof how, _("did not end within %d s"), helper->seconds);
    }
    return strcmp(how, "ended with status 0") == 0 ? 0 : failed(helper, how, error);
}
