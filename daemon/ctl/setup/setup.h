/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the parts of `kabarctl setup` share: the answers, and how they are asked for. */
#ifndef KABAR_CTL_SETUP_SETUP_H
#define KABAR_CTL_SETUP_SETUP_H

#include <limits.h>

#include "ctl/ctl.h"
#include "parsers/limits.h"

struct answers {
    char box[64], timezone[64];
    char connection[16], device[256], imei[24], pin[16]; /* device "": the dummy phone */
    char number[MSISDN_MAX];                             /* of the SIM, "" not told */
    char operator_phone[MSISDN_MAX];                     /* E.164, "" none */
    char areas[PATH_MAX];                                /* a CSV file, "" none */
};

/*
 * Takes each answer from its option, else asks on the terminal or reads a line of standard input each, else (at its
 * end, an empty line, --json) takes the default; a modem is looked for at the ports. 0, or an exit status after saying
 * which option is wrong.
 */
MUST_CHECK int setup_ask(const struct ctl *ctl, struct answers *ret_answers);

/* One line of standard input without its end into ret_line; false at the end of the input. Asked with a text. */
bool setup_read(const char *prompt, char *ret_line, size_t size);

#endif
