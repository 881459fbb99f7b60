/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/log.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

static struct {
    const char *program;
    enum log_level level;
    bool journal; /* systemd reads our standard error: give each line its syslog priority */
} log_state = {"kabar", LOG_LEVEL_INFO, false};

void log_open(const char *program, enum log_level level)
{
    log_state.program = program;
    log_state.level = level;
    log_state.journal = getenv("JOURNAL_STREAM") != NULL;
}

void log_line(enum log_level level, const char *format, ...)
{
    static const int priority[] = {3, 4, 6, 7}; /* sd-daemon(3): SD_ERR, SD_WARNING, SD_INFO, SD_DEBUG */
    if (level > log_state.level)
        return;
    char line[1024];
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    if (log_state.journal)
        fprintf(stderr, "<%d>%s\n", priority[level], line);
    else
        fprintf(stderr, "%s: %s\n", log_state.program, line);
}
