/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Rules and indicators as SQL expressions, evaluated by SQLite on bound values (docs/design.md 4): an in-memory
 * connection of its own, under an authorizer that allows functions of numbers and nothing else, so that no expression
 * runs longer than its text is long; one prepared statement a form. No database file is needed.
 */
#ifndef KABAR_STORE_RULE_H
#define KABAR_STORE_RULE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "parsers/set.h"

struct rules;

/* Why a set's SQL was refused: which line of the set's file, and in what words. */
struct rule_error {
    int line;
    char text[512]; /* "rule \"K4 < = HAMIL\": near \"=\": syntax error; names allowed here are HAMIL, BERSALIN …" */
};

/* Compiles every rule, alert, cell and indicator of a set and tries the variants not chosen, which must outlive it.
 * -EINVAL with *ret_why where one does not compile or reads more than its keys; other negative errno: *error. */
MUST_CHECK int rules_open(const struct set *set, struct rules **ret_rules, struct rule_error *ret_why,
                          struct error *error);
struct rules *rules_close(struct rules *rules); /* NULL is fine; returns NULL */

enum rule_verdict { RULE_HOLDS, RULE_FAILS, RULE_UNKNOWN };

/* What an expression failed at that rules_open() had let through: its rules said nothing, its counts are unknown. NULL:
 * none did. */
const struct rule_error *rules_fault(const struct rules *rules);

/* Evaluates all rules of a form for a report of that month (MONTH_NONE: QUARTER is unknown). values[i] is key i's
 * value, before[i] its value in the month before; -1 is NULL, unknown. ret_verdicts has room for the form's n_rules. */
MUST_CHECK int rules_check(struct rules *rules, int form, int month, const int *values, const int *before,
                           enum rule_verdict *ret_verdicts, struct error *error);

/* Whether each alert of a form is to be told, by values and before as above: unknown is not. ret_fires has room for the
 * form's n_alerts. */
MUST_CHECK int rules_alerts(struct rules *rules, int form, int month, const int *values, const int *before,
                            bool *ret_fires, struct error *error);

/* All that a set counts from one form. -1: unknown (NULL, below zero or no whole number), never 0 in its place. A
 * numerator above its denominator comes as it is: the card caps it and says so. */
struct figures {
    struct {
        int numerator, denominator, part;
        bool approximate;
    } indicators[SET_INDICATORS_MAX]; /* by index in the set; part -1 where it has none */
    int cells[SET_CELLS_MAX];         /* by index in the set */
};

/* The figures of a form from its values in a quarter (QUARTER_NONE: unknown), in one step; those of other forms stay as
 * they were in *ret_figures. */
MUST_CHECK int rules_figures(struct rules *rules, int form, int quarter, const int *values, struct figures *ret_figures,
                             struct error *error);

#endif
