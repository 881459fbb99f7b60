/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A stretch of bytes that somebody else owns: how every parser takes and gives text. */
#ifndef KABAR_PARSERS_VIEW_H
#define KABAR_PARSERS_VIEW_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct view {
    const char *at; /* not terminated */
    size_t len;     /* bytes */
};

static inline struct view view_of(const char *text)
{
    return (struct view){text, strlen(text)};
}

static inline bool view_is(struct view v, const char *text)
{
    size_t len = strlen(text);
    return v.len == len && memcmp(v.at, text, len) == 0;
}

/* ASCII's, whatever the locale. */
static inline bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

#endif
