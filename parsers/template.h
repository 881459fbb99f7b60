/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Reply texts with {name} in them (config/replies/NAME.cfg): checked at load, rendered into the caller's buffer. */
#ifndef KABAR_PARSERS_TEMPLATE_H
#define KABAR_PARSERS_TEMPLATE_H

#include <stdbool.h>
#include <stddef.h>

#include "view.h"

/* What {name} stands for in one rendering. */
struct template_value {
    const char *name;
    struct view text;
};

/*
 * Checks that every { closes, that each name is one of names (NULL-terminated list) and that nothing is left open.
 * Returns 0, or -1 with the offset of the fault and the name at fault (empty view: a lone brace).
 */
int template_check(const char *text, const char *const *names, size_t *ret_offset, struct view *ret_name);

/*
 * Renders text; a name without a value renders as nothing. Always terminates. Returns the bytes the whole rendering
 * needs without the end: size or more means it was cut at a whole UTF-8 character.
 */
size_t template_render(const char *text, const struct template_value *values, size_t n_values, char *ret_text,
                       size_t size);

/* Cuts the next stretch without names off; false: there is none left. For a text that was checked. */
bool template_literal(struct view *rest, struct view *ret_text);

#endif
