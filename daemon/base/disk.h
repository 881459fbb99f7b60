/* Room on the disk that a file lives on. */
#ifndef KABAR_BASE_DISK_H
#define KABAR_BASE_DISK_H

#include <stdint.h>

#include "error.h"

/* MiB that an ordinary user may still write beside that file, which need not be there; its folder must. */
MUST_CHECK int disk_free_mib(const char *file, int64_t *ret_mib, struct error *error);

#endif
