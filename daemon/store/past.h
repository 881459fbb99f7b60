/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the database held last, remembered beside it ("kabar.db.newest"): whoever puts an older copy in its place, while
 * kabard runs or not, takes messages away and has their numbers given out again. Same rules as store/store.h.
 */
#ifndef KABAR_STORE_PAST_H
#define KABAR_STORE_PAST_H

#include "store/store.h"

/* Remembers the newest rows; writes only what has changed. That it can't be written is not a fault of the database. */
MUST_CHECK int store_remember(struct store *store, struct error *error);
/* The database was written over: whatever lies there next is not the one that was. */
void store_remember_lost(const struct store *store);
/* What was put there by a hand that knows. */
void store_forget_past(const char *database);

/* Whether the database lacks a row that it had: 0 or 1, and *ret_generation is what it had. Where nothing is remembered
 * it lacks nothing. */
MUST_CHECK int store_is_older(struct store *store, int64_t *ret_generation, struct error *error);

#endif
