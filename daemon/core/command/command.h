/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a whole message may ask for instead of reporting (docs/grammar.md 9): effects and answer. One command a file. */
#ifndef KABAR_CORE_COMMAND_COMMAND_H
#define KABAR_CORE_COMMAND_COMMAND_H

#include <stdint.h>

#include "core/judge/assess.h"
#include "core/reply/reply.h"
#include "store/contact.h"

struct command_call {
    const struct box *box;
    const struct assessment *assessment; /* reading.kind is READING_COMMAND */
    const struct contact *contact;       /* NULL: nobody (`kabarctl parse`) */
    int64_t mo_id;                       /* 0: nothing is stored, nothing may be changed */
    int64_t sent_ms;
    int64_t now_ms, least_ms; /* of struct moment */
};

/* Runs the command inside the caller's transaction. Without a store or contact only BANTUAN is answered, else "". */
MUST_CHECK int command_run(const struct command_call *call, struct reply *ret_reply, struct error *error);

#endif
