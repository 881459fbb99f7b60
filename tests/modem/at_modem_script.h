/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the two files of control commands share: one function a command, words of a line. */
#ifndef KABAR_TESTS_AT_MODEM_SCRIPT_H
#define KABAR_TESTS_AT_MODEM_SCRIPT_H

#include "at_modem.h"

/* Runs a command on the rest of its line. Returns 0, "ok" being added where *answer stayed empty, or a negative errno.
 */
typedef int script_command(struct at_modem *m, struct view args, struct buf *answer, struct error *error);

/* at_modem_world.c: the port, the radio, the SIM, and what is to be seen. */
script_command run_hold, run_halfline, run_silent, run_hang, run_unplug, run_plug, run_register, run_signal,
    run_interval, run_pin, run_imsi, run_imei, run_ussd, run_status, run_inbox, run_ledger, run_faults, run_quit;

/* The next word of a line; false at the end. */
bool word_next(struct view *args, struct view *ret_word);
/* "name=value"; false where the word is none or has another name. */
bool word_option(struct view word, const char *name, struct view *ret_value);
/* "until=close|reset|power"; false where the word is none of them. */
bool word_until(struct view word, enum cure *ret_until);
MUST_CHECK int number_next(struct view *args, int64_t low, int64_t high, int64_t *ret_number, struct error *error);
MUST_CHECK int text_next(struct view *args, char *ret_text, size_t size, struct error *error);
MUST_CHECK int switch_next(struct view *args, bool *ret_on, struct error *error);

#endif
