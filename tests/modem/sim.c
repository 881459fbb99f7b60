/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sim.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "rig.h"

enum { PATIENCE_MS = RIG_PATIENCE_MS, OPTIONS_MAX = 16, OWN = 6 };

static void run_child(const struct sim *sim, const char *const *options, int out)
{
    char own[OWN][80] = {"at-modem", "--no-stdin", "--link", "", "--control", ""};
    char *argv[OWN + OPTIONS_MAX + 1] = {own[0], own[1], own[2], own[3], own[4], own[5]};
    (void)snprintf(own[3], sizeof own[3], "%s", sim->link);
    (void)snprintf(own[5], sizeof own[5], "%s/control", sim->folder);
    for (int i = 0; options[i] && i < OPTIONS_MAX; i++)
        argv[OWN + i] = strdup(options[i]);
    (void)prctl(PR_SET_PDEATHSIG, SIGTERM);
    dup2(out, STDOUT_FILENO);
    execv(KABAR_AT_MODEM, argv);
    _exit(127);
}

/* Its control socket, as soon as it is there. */
static int connect_control(const struct sim *sim)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    (void)snprintf(address.sun_path, sizeof address.sun_path, "%s/control", sim->folder);
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_true(fd >= 0);
    for (int i = 0; connect(fd, (struct sockaddr *)&address, sizeof address) < 0; i++) {
        assert_true(i < PATIENCE_MS / 10);
        (void)poll(NULL, 0, 10);
    }
    return fd;
}

void sim_open(struct sim *sim, const char *const *options)
{
    memset(sim, 0, sizeof *sim);
    (void)snprintf(sim->folder, sizeof sim->folder, "/tmp/kabar-sim-XXXXXX");
    assert_non_null(mkdtemp(sim->folder));
    (void)snprintf(sim->link, sizeof sim->link, "%s/ttyUSB0", sim->folder);
    int out[2];
    assert_int_equal(pipe2(out, O_CLOEXEC), 0);
    sim->pid = fork();
    assert_true(sim->pid >= 0);
    if (sim->pid == 0)
        run_child(sim, options, out[1]);
    close(out[1]);
    sim->from = out[0];
    sim->to = connect_control(sim);
    sim_do(sim, "status");
}

void sim_close(struct sim *sim)
{
    close(sim->to);
    close(sim->from);
    kill(sim->pid, SIGTERM);
    waitpid(sim->pid, NULL, 0);
    rig_remove(sim->folder);
}

/* One line, or NULL when none begins within ms. */
static char *read_line(int fd, int ms)
{
    static char line[8192];
    size_t len = 0;
    for (;;) {
        struct pollfd wait = {.fd = fd, .events = POLLIN};
        if (poll(&wait, 1, len ? PATIENCE_MS : ms) <= 0)
            return NULL;
        if (read(fd, line + len, 1) != 1)
            fail_msg("at-modem is gone");
        if (line[len] == '\n') {
            line[len + 1] = '\0';
            return line;
        }
        assert_true(++len + 2 < sizeof line);
    }
}

static void append(char *text, size_t size, const char *line)
{
    size_t len = strlen(text);
    assert_true(len + strlen(line) < size);
    memcpy(text + len, line, strlen(line) + 1);
}

void sim_do(struct sim *sim, const char *format, ...)
{
    char command[4096];
    va_list arguments;
    va_start(arguments, format);
    int len = vsnprintf(command, sizeof command - 1, format, arguments);
    va_end(arguments);
    command[len++] = '\n';
    sim->answer[0] = '\0';
    assert_int_equal(write(sim->to, command, (size_t)len), len);
    for (;;) {
        char *line = read_line(sim->to, PATIENCE_MS);
        if (!line)
            fail_msg("at-modem does not answer to %s", command);
        append(sim->answer, sizeof sim->answer, line);
        if (strncmp(line, "error", 5) == 0)
            fail_msg("at-modem: %s%s", command, line);
        if (strncmp(line, "ok", 2) == 0)
            return;
    }
}

int sim_count(struct sim *sim, const char *words)
{
    for (char *line; (line = read_line(sim->from, 0)) != NULL;)
        append(sim->events, sizeof sim->events, line);
    int n = 0;
    for (const char *at = sim->events; (at = strstr(at, words)) != NULL; at++)
        n++;
    return n;
}

void sim_works(struct sim *sim, struct rig *rig)
{
    size_t parts = rig->n_parts, results = rig->n_results;
    sim_do(sim, "sms +6281230000009 masih di sini");
    rig_until(rig, rig->n_parts > parts && strcmp(rig->parts[rig->n_parts - 1].text, "masih di sini") == 0);
    rig_send(rig, 1000);
    rig_until(rig, rig->n_results > results);
    assert_int_equal(rig->results[results].result, SUBMIT_OK);
}
