/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Programs of others that do a piece of work for a command: found, run as a child with limits, judged by how they end.
 */
#ifndef KABAR_CTL_HELPER_H
#define KABAR_CTL_HELPER_H

#include <limits.h>
#include <stdint.h>

#include "base/error.h"

/* The path of a program in $PATH, or in the usual folders where there is none. -ENOENT: it is not there; no text. */
MUST_CHECK int helper_find(const char *name, char ret_path[PATH_MAX]);

struct helper {
    const char *program;     /* a path */
    const char *const *argv; /* ends with NULL */
    int in;                  /* an open file that the child reads as its descriptor 3; -1 none */
    int out;                 /* an open file for its standard output; -1: where ours goes */
    int err;                 /* … and for what it complains of */
    int seconds;             /* then it is killed */
    int64_t memory;          /* bytes of data that one process of it may have; 0: no limit */
};

/* Waits until it ends. 0: it ended with status 0; else -EIO with how it ended. */
MUST_CHECK int helper_run(const struct helper *helper, struct error *error);

#endif
