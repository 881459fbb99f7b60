/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A village by the name that a sender types. Names repeat inside a kabupaten (docs/design.md 4): asked back, never
 * guessed.
 */
#ifndef KABAR_CORE_JUDGE_AREA_FIND_H
#define KABAR_CORE_JUDGE_AREA_FIND_H

#include "core/box.h"
#include "store/area.h"

enum { AREA_FOUND_MAX = 6, AREA_LETTERS_MAX = 256 };

struct area_found {
    struct area area;
    char within[NAME_MAX_BYTES]; /* its kecamatan */
};

/*
 * Villages in the area of that code (a kecamatan, kabupaten …) whose name, or name and kecamatan, is the words typed:
 * case, spaces and signs don't matter, nor, where no name is all the words, a word in front ("desa Cemara") or words
 * of the language's village and no_place ("Cemara kec Suboh"). *ret_n 0: none.
 */
MUST_CHECK int area_find(const struct box *box, const char *code, struct view words,
                         struct area_found ret_found[AREA_FOUND_MAX], size_t *ret_n, struct error *error);

/* The same, and where no name is those words the nearest ones by typing errors (docs/grammar.md 3): one from 4 letters
 * on, two from 8 on. For what is shown only, never for what is changed. */
MUST_CHECK int area_find_near(const struct box *box, const char *code, struct view words,
                              struct area_found ret_found[AREA_FOUND_MAX], size_t *ret_n, struct error *error);

/*
 * The one area that an operator means: its code, a village's name (with its kecamatan where several have it), or the
 * name of any other area that no other has. -ENOENT: there is none, or it could be several, whose codes *error tells.
 */
MUST_CHECK int area_find_one(const struct box *box, struct view words, struct area *ret_area, struct error *error);

/* Writes only letters and digits at letters[len], in lower case, so that "Wringin Anom" and "wringinanom" are the same.
 * Returns the length now. */
size_t area_letters(struct view text, char letters[AREA_LETTERS_MAX], size_t len);

#endif
