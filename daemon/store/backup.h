/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Backups: a database as one file, made while others work on it, verified before it gets its name, and put back.
 *
 * Uids rest on row ids, and after a restore row ids come again that the lost database had given out. Each restore
 * begins a new generation, larger than any before, which is part of the uids made from then on: "box-03-r482911-mo-77".
 */
#ifndef KABAR_STORE_BACKUP_H
#define KABAR_STORE_BACKUP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "store/adopt.h"

struct backup_info {
    int version; /* of its schema */
    int64_t bytes, messages, reports, contacts;
    int64_t newest_ms; /* when the last message in it was received; 0 none */
};

/* Writes the database to target, which is replaced in one step once the copy is whole. Errors as in store.h; -ENOENT:
 * there is no database. */
MUST_CHECK int store_backup(const char *database, const char *target, struct backup_info *ret_info,
                            struct error *error);

/* Looks at a backup without changing it: -ENOENT, -EUCLEAN damaged, -EPROTO not Kabar's or of a newer program. */
MUST_CHECK int backup_check(const char *backup, struct backup_info *ret_info, struct error *error);

/* Reads all of a database that others work on, with pauses so that they are not slowed: -EUCLEAN where it is damaged.
 */
MUST_CHECK int store_verify(const char *database, struct error *error);

/* Rows that refer to one that is not there: only another hand than Kabar's makes those. */
MUST_CHECK int store_orphans(const char *database, int64_t *ret_number, struct error *error);

struct restore_order {
    const char *backup, *database;
    const char *kept; /* the name that the database gets which is there now */
    const char *box_id, *who;
    int64_t now_ms;
};
struct restored {
    struct backup_info info;
    bool kept; /* a database was there */
    struct adopted adopted;
};
/* Checks the backup, prepares it beside the database (migrated, adopted as store_adopt() says) and swaps the two. The
 * caller holds the daemon's lock. After a failure the database is as it was. */
MUST_CHECK int store_restore(const struct restore_order *order, struct restored *ret_restored, struct error *error);

#endif
