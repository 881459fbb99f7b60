/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ctl/ctl.h"

const struct ctl_command ctl_commands[] = {
#define COMMAND(name, usage, function, what) {name, usage, ctl_##function, what},
#include "ctl/ctl_commands.def"
#undef COMMAND
};
const size_t ctl_n_commands = sizeof ctl_commands / sizeof *ctl_commands;
