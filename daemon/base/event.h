/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The kinds of lines in kabard's journal: a number each, so that it can be looked up (event.def). */
#ifndef KABAR_BASE_EVENT_H
#define KABAR_BASE_EVENT_H

#include <stddef.h>

#include "base/log.h"

enum event {
#define EVENT(name, number, level, meaning, todo) EVENT_##name,
#include "base/event.def"
#undef EVENT
    EVENT_COUNT
};

struct event_row {
    const char *number; /* "K31" */
    enum log_level level;
    const char *meaning, *todo; /* todo "": nothing is to be done */
};
extern const struct event_row event_rows[EVENT_COUNT];

/* One line of the journal: its number, then key=value. Control and hidden characters in it are shown as '?'. */
void log_event(enum event event, const char *format, ...) PRINTF_LIKE(2, 3);

#endif
