/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How many typing errors lie between two words. */
#ifndef KABAR_PARSERS_EDIT_H
#define KABAR_PARSERS_EDIT_H

#include "view.h"

enum { EDIT_FAR = 3 }; /* three errors or more, or a word of more than SPELLING_MAX bytes: not counted further */

/* Damerau-Levenshtein distance in bytes (a letter wrong, missing, too many, two swapped), at most EDIT_FAR. */
int edit_distance(struct view a, struct view b);

#endif
