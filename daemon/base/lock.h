/* One daemon a database: a lock on a file beside it, which the kernel lets go of when its holder dies. */
#ifndef KABAR_BASE_LOCK_H
#define KABAR_BASE_LOCK_H

#include <stdbool.h>

#include "error.h"

/* Takes the lock of DATABASE ("DATABASE.lock") for as long as the process lives; the descriptor is *ret_fd.
 * -EBUSY: another holds it, and *error names its process. */
MUST_CHECK int lock_take(const char *database, int *ret_fd, struct error *error);

/* Whether a daemon runs on that database; *ret_pid (NULL is fine) is its process where it is known, else 0. */
bool lock_held(const char *database, int *ret_pid);

#endif
