/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A message as a JSON object on one line (RFC 8259): what `parse --jsonl` reads. */
#ifndef KABAR_CTL_JSON_TEXT_H
#define KABAR_CTL_JSON_TEXT_H

#include "base/buf.h"
#include "base/error.h"
#include "parsers/view.h"

enum { JSON_AFTER_MAX = 64 };

struct json_message {
    struct buf text;                      /* "text", as UTF-8; a lone surrogate becomes U+FFFD */
    struct buf after;                     /* the members of "after", one after the other, each with a '\0' after it */
    size_t ends[JSON_AFTER_MAX], n_after; /* where each ends in it */
};

/* Checks the whole object; the two buffers are to be ready and empty. -EINVAL says what is wrong and at which byte,
 * counted from 1. */
MUST_CHECK int json_message(struct view line, struct json_message *ret_message, struct error *error);

#endif
