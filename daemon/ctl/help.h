/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Help and near misses, all from the table of commands. */
#ifndef KABAR_CTL_HELP_H
#define KABAR_CTL_HELP_H

#include "ctl/ctl.h"

/* The command whose name the first words are, the longest one; NULL where none is. *ret_words: how many words. */
const struct ctl_command *help_find(int argc, char *const *argv, int *ret_words);

int help_all(bool json);
int help_command(const struct ctl_command *command, bool json);
/* Both to standard error, exit status 2. */
int help_missing_command(void);
int help_unknown(int argc, char *const *argv);

#endif
