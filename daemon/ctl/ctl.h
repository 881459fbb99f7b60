/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the commands of kabarctl share: the words of the command line, the settings and the database opened on demand,
 * and one way each to fail, to list and to print. kabarctl is one process that does one command and ends.
 *
 * Exit status (docs/design.md 7): 0 done, 1 refused with a reason, 2 usage, 3 environment. Results go to standard
 * output, everything else to standard error. `--json` prints JSON objects, one a line, whatever the command.
 */
#ifndef KABAR_CTL_CTL_H
#define KABAR_CTL_CTL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/error.h"
#include "ctl/args.h"

enum ctl_exit { CTL_DONE, CTL_REFUSED, CTL_USAGE, CTL_ENVIRONMENT };

#define CTL_CONFIG_DEFAULT "/etc/kabar/kabard.conf"

struct ctl {
    const struct ctl_command *command;
    const char *config; /* -c, else CTL_CONFIG_DEFAULT */
    bool config_given;
    const char *as; /* --as, NULL: who has logged in */
    bool json;
    struct args args;
};

/* One row of ctl_commands.def. */
struct ctl_command {
    const char *name;  /* "area import" */
    const char *usage; /* what follows the name: also how it is parsed (args.h) */
    int (*run)(struct ctl *ctl);
    const char *what; /* one sentence */
};
extern const struct ctl_command ctl_commands[];
extern const size_t ctl_n_commands;

#define COMMAND(name, usage, function, what) int ctl_##function(struct ctl *ctl);
#include "ctl/ctl_commands.def"
#undef COMMAND

/* Each prints "kabarctl: …" to standard error and returns its exit status. */
int ctl_refuse(const char *format, ...) PRINTF_LIKE(1, 2);
int ctl_environment(const char *format, ...) PRINTF_LIKE(1, 2);
/* Adds the command's usage line below. */
int ctl_usage(const struct ctl *ctl, const char *format, ...) PRINTF_LIKE(2, 3);
/* The exit status of what a room returned (negative errno): what the world lacks is environment, the rest a refusal. */
int ctl_failed(int code, const struct error *error);

/* What a person typed to a question: y, yes, ya, iya. */
bool ctl_is_yes(const char *typed);
/* Before what can't be undone: 0 where --yes was given or the person at the terminal says yes, else a refusal. */
MUST_CHECK int ctl_confirm(const struct ctl *ctl, const char *question);

/* "kabarctl [-c FILE] area import FILE [--json]": as the table has it, or with the words of the person's language. */
void ctl_usage_line(const struct ctl_command *command, bool for_people, struct buf *line);

/* A command's words, a TEXT or NAME as one text with single spaces, from word i on. */
void ctl_join_words(const struct ctl *ctl, size_t i, struct buf *text);
/* The same as the text of an SMS, into a buf of SMS_TEXT_MAX - 1: how many parts it takes; a usage error where too
 * many. */
int ctl_sms_text(const struct ctl *ctl, size_t i, struct buf *text, size_t *ret_parts);

/* Of what a person sees at a glance, where standard output is a terminal and NO_COLOR is not set. */
enum ctl_colour { CTL_GOOD, CTL_FAIR, CTL_BAD, CTL_COLOURS };
/* The sequence that begins a colour, or the one that ends any (CTL_COLOURS); "" where there are none. */
const char *ctl_colour(enum ctl_colour colour);

/* Writes a buffer to standard output; the end of main() asks once whether all of it arrived. */
void ctl_print(const struct buf *text);

#endif
