/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Who gives orders (standard input, connections) and who hears of events. */
#include <errno.h>
#include <poll.h>
#include <stdarg.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "at_modem.h"

static void write_all(int fd, const char *text, size_t len)
{
    while (len) {
        ssize_t n = write(fd, text, len);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return;
        text += n;
        len -= (size_t)n;
    }
}

void event(struct at_modem *m, const char *format, ...)
{
    struct buf line;
    char text[4096];
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    buf_init(&line, 4 * sizeof text);
    for (const char *c = text; *c; c++)
        if ((unsigned char)*c < ' ')
            buf_printf(&line, "\\x%02x", (unsigned char)*c);
        else
            buf_add(&line, (struct view){c, 1});
    buf_puts(&line, "\n");
    write_all(STDOUT_FILENO, line.text, line.len);
    for (int i = 0; i < CONTROLS_MAX; i++)
        if (m->controls[i].in >= 0 && m->controls[i].listens)
            write_all(m->controls[i].out, line.text, line.len);
    log_traffic(m, "--", view_of(text));
    buf_deinit(&line);
}

void log_traffic(struct at_modem *m, const char *direction, struct view bytes)
{
    if (!m->log)
        return;
    struct buf text;
    char when[21];
    int64_t now = m->clock.wall_ms(m->clock.data);
    time_format(now, when);
    buf_init(&text, OUT_MAX_BYTES);
    buf_escaped(&text, bytes);
    fprintf(m->log, "%.19s.%03dZ %s %s\n", when, (int)(now % 1000), direction, text.text);
    fflush(m->log);
    buf_deinit(&text);
}

uint32_t random_next(struct at_modem *m)
{
    m->random = m->random * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(m->random >> 33);
}

int number_of(struct view text, int64_t *ret_number)
{
    int64_t number = 0;
    if (text.len == 0 || text.len > 15)
        return -EINVAL;
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] < '0' || text.at[i] > '9')
            return -EINVAL;
        number = number * 10 + (text.at[i] - '0');
    }
    *ret_number = number;
    return 0;
}

static void control_free(struct control *control)
{
    struct at_modem *m = control->modem;
    loop_unwatch(m->loop, control->in);
    if (control->in != STDIN_FILENO)
        close(control->in);
    else if (m->listener < 0)
        m->quit = true;
    control->in = -1;
    buf_deinit(&control->line);
}

static void line_obey(struct control *control)
{
    struct buf answer;
    buf_init(&answer, OUT_MAX_BYTES);
    struct view line = {control->line.text, control->line.len};
    if (view_is(line, "listen")) {
        control->listens = control->in != STDIN_FILENO;
        buf_puts(&answer, "ok\n");
    } else {
        script_run(control->modem, line, &answer);
    }
    write_all(control->out, answer.text, answer.len);
    buf_deinit(&answer);
    buf_clear(&control->line);
}

static void control_ready(void *data, short events)
{
    (void)events;
    struct control *control = data;
    char bytes[4096];
    ssize_t n = read(control->in, bytes, sizeof bytes);
    if (n <= 0) {
        if (n == 0 || errno != EINTR)
            control_free(control);
        return;
    }
    for (ssize_t i = 0; i < n; i++)
        if (bytes[i] == '\n')
            line_obey(control);
        else
            buf_add(&control->line, (struct view){&bytes[i], 1});
}

static int control_add(struct at_modem *m, int in, int out)
{
    for (int i = 0; i < CONTROLS_MAX; i++) {
        struct control *control = &m->controls[i];
        if (control->in >= 0)
            continue;
        *control = (struct control){.in = in, .out = out, .modem = m};
        buf_init(&control->line, 64 * 1024);
        return loop_watch(m->loop, in, POLLIN, control_ready, control);
    }
    return -ENOSPC;
}

static void listener_ready(void *data, short events)
{
    (void)events;
    struct at_modem *m = data;
    int fd = accept4(m->listener, NULL, NULL, SOCK_CLOEXEC);
    if (fd >= 0 && control_add(m, fd, fd) < 0)
        close(fd);
}

int control_open(struct at_modem *m, bool standard_input, struct error *error)
{
    for (int i = 0; i < CONTROLS_MAX; i++)
        m->controls[i].in = -1;
    m->listener = -1;
    if (standard_input && control_add(m, STDIN_FILENO, STDOUT_FILENO) < 0)
        return error_set(error, -ENOMEM, "cannot watch standard input");
    if (!*m->socket_path)
        return 0;
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    memcpy(address.sun_path, m->socket_path, sizeof m->socket_path);
    unlink(m->socket_path);
    m->listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (m->listener < 0 || bind(m->listener, (struct sockaddr *)&address, sizeof address) < 0 ||
        listen(m->listener, CONTROLS_MAX) < 0)
        return error_set(error, -errno, "cannot listen on %s: %s", m->socket_path, strerror(errno));
    return loop_watch(m->loop, m->listener, POLLIN, listener_ready, m);
}

void control_close(struct at_modem *m)
{
    for (int i = 0; i < CONTROLS_MAX; i++)
        if (m->controls[i].in >= 0)
            control_free(&m->controls[i]);
    if (m->listener >= 0) {
        loop_unwatch(m->loop, m->listener);
        close(m->listener);
        unlink(m->socket_path);
    }
}
