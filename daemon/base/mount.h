/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Whether a folder is really the stick it is taken for. */
#ifndef KABAR_BASE_MOUNT_H
#define KABAR_BASE_MOUNT_H

#include <limits.h>

#include "base/error.h"

enum mount_place {
    MOUNT_MISSING = 1, /* the folder is, or lies below, a mount point of fstab that nothing is mounted on */
    MOUNT_SAME,        /* it lies on the same file system as beside */
    MOUNT_OTHER        /* on another one: a stick, another disk */
};

/* fstab: "/etc/fstab" (fstab(5)); one that can't be read names no mount point. MOUNT_MISSING: *ret_point. Negative
 * errno where folder or beside can't be looked at. */
MUST_CHECK int mount_look(const char *fstab, const char *folder, const char *beside, char ret_point[PATH_MAX],
                          struct error *error);

#endif
