/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What is wrong with a configuration, all of it: a loader reports every fault it finds and goes on, so that an operator
 * mends a file in one go. A fault is one line: `FILE:LINE: what is wrong, what is allowed`.
 */
#ifndef KABAR_SETTINGS_FAULTS_H
#define KABAR_SETTINGS_FAULTS_H

#include <stddef.h>

#include "base/buf.h"
#include "base/error.h"

struct faults {
    size_t n;
    struct buf lines;   /* the first of them, a line each */
    struct error first; /* for a caller who shows only one */
};

void faults_init(struct faults *faults);
void faults_deinit(struct faults *faults);

/* line 0: the file as a whole. */
void faults_add(struct faults *faults, const char *file, int line, const char *format, ...) PRINTF_LIKE(4, 5);

/* -EINVAL with the first fault and the number of the others in *error, 0 where there is none. */
MUST_CHECK int faults_result(const struct faults *faults, struct error *error);

#endif
