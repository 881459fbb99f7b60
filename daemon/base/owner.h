/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Root at work in another user's folder. What that user put there - a link to /etc/shadow, a folder that is another one
 * a moment later - leads root wherever that user likes, so root does not act there as root but as that user, who can
 * win nothing by it. What is made there is theirs from the beginning.
 */
#ifndef KABAR_BASE_OWNER_H
#define KABAR_BASE_OWNER_H

#include <stdbool.h>
#include <sys/types.h>

#include "base/error.h"

enum { OWNER_GROUPS_MAX = 64 };

struct owner {
    bool acting; /* as somebody else: owner_leave() has something to do */
    gid_t gid;   /* what root had */
    gid_t groups[OWNER_GROUPS_MAX];
    int n_groups;
};

/*
 * Where we are root: from here on files are opened, made and removed as the first user but root to whom a folder on the
 * way to path belongs; as root where all of them are root's. Where we are not root, or act so already: nothing. For the
 * whole process, which must have no other thread that minds.
 */
MUST_CHECK int owner_act(const char *path, struct owner *ret_owner, struct error *error);
void owner_leave(struct owner *owner); /* for CLEANUP; zeroed is fine; errno stays */

/* Where we are root: the open file becomes theirs to whom the file beside belongs, or its folder where it is not there.
 * A disk that knows no owners is not a fault. */
void owner_give(int fd, const char *beside);

#endif
