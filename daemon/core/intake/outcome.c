/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/intake/outcome.h"

#include <errno.h>

bool is_world_failure(int result)
{
    return result == -ENOSPC || result == -EROFS || result == -EBUSY || result == -EUCLEAN || result == -EIO ||
           result == -ENOMEM || result == -ESTALE;
}
