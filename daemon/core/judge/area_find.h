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
    char within[NAME_MAX_BYTES]; /* its kecamatan, of a posyandu its village */
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
 * What an operator may mean: a code; villages of that name (or name and kecamatan); else other areas of that name, with
 * the word of their level or not: "kec Suboh", "Posyandu Mawar", "Mawar Cemara". *ret_n 0: none.
 */
MUST_CHECK int area_find_named(const struct box *box, struct view words, struct area_found ret_found[AREA_FOUND_MAX],
                               size_t *ret_n, struct error *error);
/* The same, and where there is none the areas with that in their name (3 letters and more), or at the end of their
 * code: "03.2001". */
MUST_CHECK int area_find_part(const struct box *box, struct view words, struct area_found ret_found[AREA_FOUND_MAX],
                              size_t *ret_n, struct error *error);
/* The one that was found. -ENOENT: there is none, or several, which *error names. */
MUST_CHECK int area_found_one(struct view words, const struct area_found *found, size_t n, struct area *ret_area,
                              struct error *error);
/* The one area that an operator means by name, a part of it or code, as area_found_one() says. */
MUST_CHECK int area_find_one(const struct box *box, struct view words, struct area *ret_area, struct error *error);

/* Writes only letters and digits at letters[len], in lower case, so that "Wringin Anom" and "wringinanom" are the same.
 * Returns the length now. */
size_t area_letters(struct view text, char letters[AREA_LETTERS_MAX], size_t len);

#endif
