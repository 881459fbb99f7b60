/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The commands one by one: each a function of the table in command.c. */
#ifndef KABAR_CORE_COMMAND_COMMANDS_H
#define KABAR_CORE_COMMAND_COMMANDS_H

#include "core/command/command.h"

typedef int command_function(const struct command_call *call, struct reply *ret_reply, struct error *error);

command_function command_help, command_status, command_score, command_cancel, command_yes, command_no;

/* CEK of an area above the villages. */
MUST_CHECK int command_region(const struct command_call *call, const struct area *area, struct reply *ret_reply,
                              struct error *error);

/* The score and the alerts after a report of the sender's was confirmed or taken back. */
MUST_CHECK int command_counted(const struct command_call *call, const struct report_found *found, struct error *error);

/* The areas that the sender stands for, the first one first; of a sender without one none. */
MUST_CHECK int command_areas(const struct command_call *call, struct area ret_areas[CONTACT_AREAS_MAX], size_t *ret_n,
                             struct error *error);

/* The set the message was read with. */
const struct set *command_set(const struct command_call *call);
const char *command_locale(const struct command_call *call);

#endif
