/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A text that grows up to a maximum; over it, the text stays as it was and `full` says so once for all appends. */
#ifndef KABAR_BASE_BUF_H
#define KABAR_BASE_BUF_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "parsers/view.h"

struct buf {
    char *text;  /* terminated; "" at first; owned */
    size_t len;  /* bytes without the end */
    size_t room; /* bytes allocated */
    size_t max;  /* never longer than this */
    bool full;   /* an append did not fit, or memory ran out */
};

void buf_init(struct buf *buf, size_t max);
void buf_deinit(struct buf *buf);
void buf_clear(struct buf *buf);
void buf_add(struct buf *buf, struct view text);
void buf_puts(struct buf *buf, const char *text);
void buf_printf(struct buf *buf, const char *format, ...) PRINTF_LIKE(2, 3);

/* A JSON string with its quotes; invalid UTF-8 as U+FFFD, control and hidden characters as \uNNNN. */
void buf_json(struct buf *buf, struct view text);
/* Text from outside for a terminal or a log: control characters, escapes, hidden characters and those
 * that turn the direction of writing as \xNN, invalid UTF-8 likewise. */
void buf_escaped(struct buf *buf, struct view text);
/* One CSV field, quoted where needed; one that begins like a formula (= + - @, their full-width forms, a tab or a
 * line's end) gets a ' before it. */
void buf_csv(struct buf *buf, struct view text);

#endif
