/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A set with a language: spellings compiled, examples read; inside settings/ only. */
#ifndef KABAR_SETTINGS_SET_COMPILE_H
#define KABAR_SETTINGS_SET_COMPILE_H

#include "parsers/reading.h"
#include "settings/faults.h"

/*
 * Compiles the spellings of set with lang into memory for free(), which *ret_lexicon points into, and reads each form's
 * example with them: it must be a report of that form without a problem. Faults go to *faults, *ret_lexicon is NULL
 * then. Returns the memory, or NULL.
 */
void *set_compile(const struct set *set, const struct lang *lang, struct faults *faults,
                  const struct lexicon **ret_lexicon);

#endif
