/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/event.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "parsers/utf8.h"

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
    size_t len = strlen(line);
    for (size_t at = 0, n; at < len; at += n) {
        uint32_t c;
        n = utf8_decode((struct view){line + at, len - at}, &c);
        if (c == UTF8_INVALID || c < ' ' || (c >= 0x7f && c < 0xa0) || utf8_is_hidden(c))
            memset(line + at, '?', n);
    }
    log_line(event_rows[event].level, "%s %s", event_rows[event].number, line);
}
