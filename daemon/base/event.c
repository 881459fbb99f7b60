/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/event.h"

#include <stdarg.h>
#include <stdio.h>

const struct event_row event_rows[EVENT_COUNT] = {
#define EVENT(name, number, level, meaning, todo) [EVENT_##name] = {number, LOG_LEVEL_##level, meaning, todo},
#include "base/event.def"
#undef EVENT
};

void log_event(enum event event, const char *format, ...)
{
    char line[1024];
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    for (char *at = line; *at; at++)
        if ((unsigned char)*at < ' ' || *at == 127)
            *at = '?';
    log_line(event_rows[event].level, "%s %s", event_rows[event].number, line);
}
