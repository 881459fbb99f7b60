/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "command.h"

#include <stddef.h>

const char *command_to_string(enum command command)
{
    static const char *const names[COMMAND_COUNT] = {
        [COMMAND_SCORE] = "score",   [COMMAND_STATUS] = "status", [COMMAND_HELP] = "help",
        [COMMAND_CANCEL] = "cancel", [COMMAND_YES] = "yes",       [COMMAND_NO] = "no",
    };
    return names[command];
}
