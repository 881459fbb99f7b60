/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a whole message may ask for instead of reporting (docs/grammar.md, 9). */
#ifndef KABAR_PARSERS_COMMAND_H
#define KABAR_PARSERS_COMMAND_H

enum command {
    COMMAND_NONE,
    COMMAND_SCORE,
    COMMAND_STATUS,
    COMMAND_HELP,
    COMMAND_CANCEL,
    COMMAND_YES,
    COMMAND_NO,
    COMMAND_COUNT
};

/* "score", "status" … as docs/grammar.md, 10 prints them; NULL for COMMAND_NONE. */
const char *command_to_string(enum command command);

#endif
