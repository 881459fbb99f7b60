/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the parts of `kabarctl setup` share: the answers, and how they are asked for. */
#ifndef KABAR_CTL_SETUP_SETUP_H
#define KABAR_CTL_SETUP_SETUP_H

#include <limits.h>

#include "ctl/ctl.h"
#include "parsers/limits.h"
#include "settings/settings.h"

struct answers {
    char box[64], timezone[64];
    size_t modem;                                        /* which of those that are there the following is of */
    char connection[16], device[256], imei[24], pin[16]; /* device "": the dummy phone */
    char number[MSISDN_MAX];                             /* of the SIM, "" not told */
    char operator_phone[MSISDN_MAX];                     /* E.164, "" none */
    char areas[PATH_MAX];                                /* a CSV file, "" none */
    bool keep_modem;                                     /* the one that is there stays as it is */
};

/*
 * Takes each answer from its option, else asks on the terminal or reads a line of standard input each, else (at its
 * end, an empty line, --json) takes the default, which is what is there (before, NULL: nothing is); a modem is looked
 * for at the ports. 0, or an exit status after saying which option is wrong.
 */
MUST_CHECK int setup_ask(const struct ctl *ctl, const struct settings *before, struct answers *ret_answers);

/* Whether the configuration's folder is there and may be written: asked before anything else is. */
MUST_CHECK int setup_folder(const struct ctl *ctl);

/*
 * Writes the configuration: a first one (before is NULL), or what is there with the answers that differ put in,
 * comments and all other settings kept, after the difference was shown. Every file that was there is kept.
 */
MUST_CHECK int setup_put(const struct ctl *ctl, const struct settings *before, const struct answers *answers);

/* One line of standard input without its end into ret_line; false at the end of the input. Asked with a text. */
bool setup_read(const char *prompt, char *ret_line, size_t size);

#endif
