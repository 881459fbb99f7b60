/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A file that has its name only once it is whole on the disk: what was there under the name stays until then. */
#ifndef KABAR_CTL_WHOLE_FILE_H
#define KABAR_CTL_WHOLE_FILE_H

#include <limits.h>
#include <sys/types.h>

#include "base/buf.h"

struct whole_file {
    char target[PATH_MAX], partial[PATH_MAX];
    int fd; /* open for reading and writing while it is made; -1 none */
};

/* Makes TARGET.partial, for us alone whatever the umask. */
MUST_CHECK int whole_file_begin(struct whole_file *file, const char *target, struct error *error);
/* Closes it. result 0: gives it the mode and its name, and returns 0 or why that failed; else removes it and returns
 * result. */
MUST_CHECK int whole_file_end(struct whole_file *file, int result, mode_t mode, struct error *error);

/* All of a text, however many writes that takes. */
MUST_CHECK int write_whole(int fd, const struct buf *text, struct error *error);
/* All that is in the open file `from`, behind what is in `to`. */
MUST_CHECK int copy_whole(int from, int to, struct error *error);

#endif
