/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Named texts that outlive a process: the table meta, its rows as meta.def names them. Same rules as store/store.h. */
#ifndef KABAR_STORE_META_H
#define KABAR_STORE_META_H

#include "store/store.h"

enum meta {
#define META(id, name, whose, holds) META_##id,
#include "store/meta.def"
#undef META
    META_COUNT
};

/* "balance." … as meta.def has it. */
const char *meta_to_string(enum meta meta);

/* of: whose row it is, NULL where there is one. -ENOENT: not there. */
MUST_CHECK int store_meta_get(struct store *store, enum meta meta, const char *of, char *ret_value, size_t size,
                              struct error *error);
MUST_CHECK int store_meta_set(struct store *store, enum meta meta, const char *of, const char *value,
                              struct error *error);
/* The same in a transaction of its own. */
MUST_CHECK int store_meta_keep(struct store *store, enum meta meta, const char *of, const char *value,
                               struct error *error);

#endif
