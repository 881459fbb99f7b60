/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The database as the other rooms see it: its file and its transactions. Each table has a header of its own. No other
 * room sees sqlite3.h.
 *
 * One struct store a process and thread. Every write happens between store_begin() and store_commit(): what a commit
 * did not return 0 for did not happen. Statements are prepared once, at open. Texts in rows handed out are copies in
 * the row; views given in need live only for the call. Functions return 0 or a negative errno with *error filled:
 *   -ENOSPC disk full, -EROFS not writable, -EBUSY locked by someone else beyond the busy timeout, -EUCLEAN damaged,
 *   -EIO the disk failed, -ESTALE the file was deleted or replaced, -ENOENT (only where it says so) no such row.
 * A list calls each() for every row: 0 goes on, a positive value ends the list, a negative errno (with *error filled by
 * the callback) ends it and is what the list returns.
 * Times are ms UTC; periods are months (parsers/period.h).
 */
#ifndef KABAR_STORE_STORE_H
#define KABAR_STORE_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/clock.h"
#include "base/error.h"
#include "parsers/limits.h"
#include "parsers/view.h"

struct store;

enum {
    AREA_CODE_MAX = 24, /* "35.12.03.2001/04" */
    NAME_MAX_BYTES = 101,
    UID_MAX = 64, /* "box-03-mo-1234"; after a restore "box-03-r482911-mo-1234" */
    FIELD_MAX = 24,
    STATE_MAX = 20,
    JOB_NAME_MAX = 40,    /* "reminder:2026-10:posyandu" */
    STORE_BUSY_MS = 5000, /* a short transaction of kabarctl passes; a stuck shell is told, not waited for */
};

/* ---- open, migrate, transactions ---- */

enum store_mode {
    STORE_WRITE,
    STORE_READ, /* for one look; what is written meanwhile may not be seen */
    STORE_WATCH /* for a reader that stays open: sees each commit. -EROFS where nobody with write access was there yet
                 */
};

/* Opens an existing database; refuses one that is not Kabar's, is newer than this program, or needs `kabarctl init`
 * first (-ENOENT no file; -EPROTO other faults, in words). box_id is written into every uid. */
#define STORE_IN_MEMORY ":memory:" /* as a path, for STORE_WRITE: a new one, which nothing is left of at the end */
MUST_CHECK int store_open(const char *path, enum store_mode mode, const char *box_id, struct store **ret_store,
                          struct error *error);
/* Makes or migrates it, after a copy beside it where something is pending; *ret_from/_to are schema versions. */
MUST_CHECK int store_init(const char *path, int *ret_from, int *ret_to, struct error *error);
struct store *store_close(struct store *store); /* NULL is fine; checkpoints; returns NULL */

/* BEGIN IMMEDIATE. -ESTALE: the file is not where it was opened, and what is written would go with it. */
MUST_CHECK int store_begin(struct store *store, struct error *error);
MUST_CHECK int store_commit(struct store *store, struct error *error); /* on failure it is rolled back */
void store_rollback(struct store *store);                              /* without an open transaction: nothing */
/* What store_begin() and the work after it came to: 0 is committed, all else is rolled back and returned as it is
 * (*error untouched, nothing to roll back where begin itself failed). */
MUST_CHECK int store_end(struct store *store, int result, struct error *error);

/*
 * Where the file is that was opened: somebody may delete, move or replace it, or its -wal or -shm, under a running
 * daemon (STORE_WAL_GONE), or write another one over it, or cut its -wal: then the two do not belong together any more.
 */
enum store_place { STORE_THERE, STORE_GONE, STORE_REPLACED, STORE_WAL_GONE, STORE_OVERWRITTEN };
/* *ret_deleted (NULL is fine): it has no name any more, and is lost with this process. */
enum store_place store_place(struct store *store, bool *ret_deleted);
/* The same in words: 0 or -ESTALE. */
MUST_CHECK int store_place_check(struct store *store, struct error *error);
/* Marks the file where it has changed since, so that another one that is copied over it is STORE_OVERWRITTEN from then
 * on. One program does that for a database, now and then; for others it is never that. */
MUST_CHECK int store_mark(struct store *store, struct error *error);
/* The file was written over: what is in the -wal is of the old one. It gets another name (*ret_kept, "" where there was
 * nothing in it), and from here on nothing is written; store_close() follows. */
void store_abandon(struct store *store, char *ret_kept, size_t size);
/* Copies what is open to a new file beside its place, whose name is *ret_target. */
MUST_CHECK int store_rescue(struct store *store, char *ret_target, size_t size, struct error *error);

/* How long another program's lock is waited for before it is -EBUSY; from open on STORE_BUSY_MS. */
void store_wait_for_locks(struct store *store, int ms);

/* Changes whenever another process has committed. */
MUST_CHECK int store_data_version(struct store *store, int64_t *ret_version, struct error *error);
MUST_CHECK int store_checkpoint(struct store *store, struct error *error);

/* Between the transactions of long work outside the daemon's loop: waits as long as it takes the program that waits for
 * the lock to look again. Without it the next transaction is always faster, and the daemon answers nobody. */
void store_yield(void);

#endif
