/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One daemon a database: a lock on a file beside it, which the kernel lets go of when its holder dies. */
#ifndef KABAR_BASE_LOCK_H
#define KABAR_BASE_LOCK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"

/* Takes the lock of DATABASE ("DATABASE.lock") for as long as the process lives; the descriptor is *ret_fd.
 * -EBUSY: another holds it, and *error names its process. */
MUST_CHECK int lock_take(const char *database, int *ret_fd, struct error *error);

/* Takes it anew where its file was deleted under its holder, so that no second daemon starts and the word is found. */
void lock_keep(const char *database, int *fd);

/* Whether a daemon runs on that database; *ret_pid (NULL is fine) is its process where it is known, else 0. */
bool lock_held(const char *database, int *ret_pid);

/* The holder leaves word of what it can't write into the database itself, and since when; text NULL: all is well. Best
 * effort: it takes no new room on the disk. */
void lock_tell(int fd, const char *text, int64_t since_ms);

/* What the holder told last; false where it told of nothing. */
bool lock_told(const char *database, struct error *ret_told, int64_t *ret_since_ms);

#endif
