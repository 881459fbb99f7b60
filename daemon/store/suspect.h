/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What kabard may die of. A name is written down before the work on it begins, and taken back in the transaction that
 * has done it: what is still there at the next start was at work when kabard died. What it dies of in
 * SUSPECT_DEATHS_MAX lives that follow one another is to be set aside.
 *
 * The writing down is not forced to the disk: it outlives the death of the process, which is all that counts here. Same
 * rules as store/store.h.
 */
#ifndef KABAR_STORE_SUSPECT_H
#define KABAR_STORE_SUSPECT_H

#include "store/store.h"

enum { SUSPECT_NAME_MAX = 64, SUSPECT_DEATHS_MAX = 2 };

struct suspect {
    char name[SUSPECT_NAME_MAX];
};

/* At the start: what was at work has one death more, the others are forgiven. boot is a name of the machine's run:
 * where it is another than last time ("": unknown), the power went, which is nobody's fault, and all are forgiven. */
MUST_CHECK int store_suspect_recover(struct store *store, const char *boot, struct error *error);
/* At an end that was asked for: nobody died. */
MUST_CHECK int store_suspect_clear(struct store *store, struct error *error);
/* Whether there is anything that kabard died at: then things are to be taken one by one. */
MUST_CHECK int store_suspect_any(struct store *store, bool *ret_any, struct error *error);
/* How often kabard died at it. */
MUST_CHECK int store_suspect_deaths(struct store *store, const struct suspect *suspect, int64_t *ret_deaths,
                                    struct error *error);
/* Work on them begins: a transaction of its own. */
MUST_CHECK int store_suspect_begin(struct store *store, const struct suspect *suspects, size_t n_suspects,
                                   struct error *error);
/* It failed, but kabard lives: they are forgotten again. What can't be written now is left. */
void store_suspect_forget(struct store *store, const struct suspect *suspects, size_t n_suspects);
/* The same as the beginning and the end inside the caller's transaction. */
MUST_CHECK int store_suspect_mark(struct store *store, const struct suspect *suspects, size_t n_suspects,
                                  struct error *error);
MUST_CHECK int store_suspect_end(struct store *store, const struct suspect *suspects, size_t n_suspects,
                                 struct error *error);

/* The name of a message on its way out. */
void store_mt_suspect(int64_t mt_id, struct suspect *ret_suspect);

#endif
