/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The answer to a message: GSM-7, deliverable (docs/design.md 12), at most the settings' reply_max_parts parts, one
 * part where it can be one. Wordings come from config/replies/LOCALE.cfg and the set; nothing about a form stands here.
 */
#ifndef KABAR_CORE_REPLY_REPLY_H
#define KABAR_CORE_REPLY_REPLY_H

#include <stddef.h>

#include "core/box.h"
#include "core/judge/assess.h"

struct reply {
    char text[SMS_TEXT_MAX]; /* "": not answered (chat) */
};

/* The answer to a report, to what nobody understood, to an empty message; "" for chat and for commands, which
 * core/command.h answers. locale: "id", "en" …; one that has no texts gets the first. */
void reply_assessment(const struct box *box, const struct assessment *assessment, const char *locale,
                      struct reply *ret_reply);

/* The answer to a report that is one of several in a message: one SMS. */
void reply_part(const struct box *box, const struct assessment *assessment, const char *locale,
                struct reply *ret_reply);

/* The text as it is cut into SMS: part[i] points into reply. Returns their number. */
size_t reply_parts(const struct reply *reply, struct view ret_parts[SMS_PARTS_MAX]);

#endif
