/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Memory that is freed all at once: what a loaded file's structs point into. For settings/ only, at load.
 *
 * Running out of it aborts: libconfig itself does not survive that either, and at load nothing is lost by it.
 */
#ifndef KABAR_SETTINGS_ARENA_H
#define KABAR_SETTINGS_ARENA_H

#include <stddef.h>

#include "parsers/view.h"

struct arena_block;

struct arena {
    struct arena_block *newest;
};

/* Zeroed and aligned for any type; count elements of size bytes (0 of them is fine). Lives until arena_deinit(). */
void *arena_alloc(struct arena *arena, size_t count, size_t size);
/* A terminated copy. */
const char *arena_text(struct arena *arena, struct view text);
void arena_deinit(struct arena *arena);

#endif
