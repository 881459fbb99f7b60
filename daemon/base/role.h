/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The words for roles of people, alone and with the level of an area. */
#ifndef KABAR_BASE_ROLE_H
#define KABAR_BASE_ROLE_H

#include <stdbool.h>

#include "parsers/role.h"
#include "parsers/view.h"

extern const char *const contact_roles[ROLE_COUNT];
/* role must be below ROLE_COUNT. */
const char *contact_role_to_string(enum contact_role role);
/* A role as people write it, in any case: "KPM", "Kepala Desa". Returns ROLE_COUNT where the word is none. */
enum contact_role contact_role_parse(struct view word);

/* As configuration has it, in small letters: "bidan", "tpps@kecamatan"; false: it is neither. */
bool role_at_parse(struct view word, struct role_at *ret_role);
/* What role_at_parse() takes, for messages. */
extern const char role_at_allowed[];

#endif
