/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Areas: provinsi, kabupaten, kecamatan, desa, posyandu. Same rules as store/store.h. */
#ifndef KABAR_STORE_AREA_H
#define KABAR_STORE_AREA_H

#include "parsers/role.h"
#include "store/store.h"

struct area {
    int64_t id, parent_id; /* parent 0: none */
    enum area_level level;
    char code[AREA_CODE_MAX];
    char name[NAME_MAX_BYTES];
    int closed; /* the month from which it is neither expected nor counted, 0: it goes on */
};
/* Whether it is expected and counted in that month. */
bool area_goes_on(const struct area *area, int month);

/* Level of a well-formed code, 0 of any other. */
int area_code_level(struct view code);
/* The code of the area above, of a well-formed one; empty above a provinsi. */
struct view area_parent_code(struct view code);

/* Adds an area or renames it; its parent must be there (-ENOENT names it). -EINVAL: not a code, name empty or too long.
 */
MUST_CHECK int store_area_put(struct store *store, struct view code, struct view name, int64_t *ret_id,
                              struct error *error);
MUST_CHECK int store_area_by_code(struct store *store, struct view code, struct area *ret_area, struct error *error);
MUST_CHECK int store_area_by_id(struct store *store, int64_t id, struct area *ret_area, struct error *error);
/* Calls each for the area of that code and all below it, in order of code; NULL code: all. each returns non-zero to
 * stop. */
typedef int area_each(void *data, const struct area *area);
MUST_CHECK int store_area_list(struct store *store, const char *code, area_each *each, void *data, struct error *error);

/* Posyandu of a village that are counted in that month. */
MUST_CHECK int store_posyandu_count(struct store *store, int64_t village_id, int month, int64_t *ret_count,
                                    struct error *error);
/* How many villages are counted in that month in an area (NULL: everywhere), by the first prefix bytes of their code,
 * in its order. */
typedef int village_count_each(void *data, struct view prefix, int villages);
MUST_CHECK int store_village_count(struct store *store, const char *code, int month, size_t prefix,
                                   village_count_each *each, void *data, struct error *error);

/* ---- changed by hand ---- */

/* What hangs on an area and on all below it. */
struct area_usage {
    int64_t reports, people, cards, budgets; /* cards: frozen ones, every revision */
    int64_t below;                           /* areas below it */
};
MUST_CHECK int store_area_usage(struct store *store, const char *code, struct area_usage *ret_usage,
                                struct error *error);
/* -EINVAL: the name is empty or too long. */
MUST_CHECK int store_area_rename(struct store *store, int64_t id, const char *name, struct error *error);
/* From that month on, 0: it goes on again; with all below it. Scores are the caller's to compute anew. */
MUST_CHECK int store_area_close(struct store *store, const char *code, int month, struct error *error);
/* Removes it with all below it and their scores. Whoever calls has looked that nothing else hangs on them. */
MUST_CHECK int store_area_remove(struct store *store, const char *code, struct error *error);
/* Gives it and all below it a new code of the same level (else -EINVAL), which nobody has; -ENOENT: the area above that
 * is not there. What hangs on them stays. */
MUST_CHECK int store_area_recode(struct store *store, const char *code, const char *new_code, struct error *error);
/* The reports, people, frozen cards and budget of one area become those of another, which keeps its own where both have
 * a budget. Frozen cards of a quarter that both have become earlier revisions. Areas below are not looked at. */
MUST_CHECK int store_area_merge(struct store *store, int64_t from_id, int64_t into_id, struct error *error);
/* The code of a village's posyandu of that name, or the next free one. */
MUST_CHECK int store_posyandu_place(struct store *store, int64_t village_id, const char *name,
                                    char ret_code[AREA_CODE_MAX], bool *ret_there, struct error *error);

/* ---- with people in them ---- */

/* The areas right below that have an active kader, in order of code. */
typedef int posyandu_each(void *data, int64_t area_id, const char *name);
MUST_CHECK int store_posyandu_staffed(struct store *store, int64_t area_id, posyandu_each *each, void *data,
                                      struct error *error);
/* Those of a village of which nothing was reported for the months from … before, though they reported in the year
 * before that, or had a cadre by then; closed ones are left out. */
MUST_CHECK int store_posyandu_silent(struct store *store, int64_t village_id, int from, int before, posyandu_each *each,
                                     void *data, struct error *error);

/* The villages in the area of that code, in order of code, without those that are closed in that month. reported: some
 * report of the month stands, of the village or of a posyandu. staffed: it or a posyandu has an active kpm or kader. */
typedef int village_each(void *data, const struct area *village, bool reported, bool staffed);
MUST_CHECK int store_villages(struct store *store, const char *code, int month, village_each *each, void *data,
                              struct error *error);
/* The next kecamatan, by code, in which people are registered, themselves in it or below it; "": there is none. */
MUST_CHECK int store_kecamatan_next(struct store *store, const char *after, char ret_code[AREA_CODE_MAX],
                                    struct error *error);
/* The only kabupaten of the database; "": there is none, or there are several. */
MUST_CHECK int store_kabupaten_only(struct store *store, char ret_code[AREA_CODE_MAX], struct error *error);

#endif
