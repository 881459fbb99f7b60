/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The journal: one line an event, key=value, never the text of an SMS at INFO, numbers masked by who logs. */
#ifndef KABAR_BASE_LOG_H
#define KABAR_BASE_LOG_H

#include "base/error.h"

enum log_level { LOG_LEVEL_ERROR, LOG_LEVEL_WARNING, LOG_LEVEL_INFO, LOG_LEVEL_DEBUG };

/* Lines go to standard error, with systemd's <N> prefix where JOURNAL_STREAM is set. Default: INFO. */
void log_open(const char *program, enum log_level level);
void log_line(enum log_level level, const char *format, ...) PRINTF_LIKE(2, 3);

/* What an operator may see goes through event.h, where each kind has its number and its explanation. */
#define log_debug(...) log_line(LOG_LEVEL_DEBUG, __VA_ARGS__)

#endif
