/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The folder and the disk that a file lives on. */
#ifndef KABAR_BASE_DISK_H
#define KABAR_BASE_DISK_H

#include <limits.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"

/* "/var/lib/kabar/" of "/var/lib/kabar/kabar.db", "." of a bare name. Cut where the path is longer than any file's. */
void disk_folder(const char *file, char ret_folder[PATH_MAX]);

/* Whether the file that an operator names is there, may be read and is not a folder (-EINVAL); else -errno. */
MUST_CHECK int disk_file(const char *path, struct error *error);

/* MiB that an ordinary user may still write beside that file, which need not be there; its folder must. */
MUST_CHECK int disk_free_mib(const char *file, int64_t *ret_mib, struct error *error);

/* Whether the folder of that file is on a disk that takes writes: one with errors is mounted again for reading alone.
 * True too where that can't be told. */
bool disk_takes_writes(const char *file);

/* Makes the names in a file's folder durable: a file is there after a power cut when its folder says so. */
MUST_CHECK int disk_sync_folder(const char *file);

#endif
