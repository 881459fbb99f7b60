/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The forms of a set file, and what form and indicator reading share; inside settings/ only. */
#ifndef KABAR_SETTINGS_SET_FORM_H
#define KABAR_SETTINGS_SET_FORM_H

#include "parsers/set.h"
#include "settings/cfg.h"

/* Reads one member of `forms`. */
void set_read_form(struct cfg *cfg, const config_setting_t *group, struct form *ret_form);

/* A code: capital letter, then capital letters, digits and _; it is a column name in SQL. "" with a fault if not. */
const char *set_read_code(struct cfg *cfg, const config_setting_t *group);

/* Faults of a template of a form: it may name the values by their codes, those of the month before as CODE_LALU, and
 * others (NULL-terminated, at most four) by their own names. */
void set_check_text(struct cfg *cfg, const config_setting_t *group, const struct form *form, const char *member,
                    const char *text, const char *const *others);

#endif
