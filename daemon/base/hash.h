/* SPDX-License-Identifier: GPL-2.0-or-later */
/* FNV-1a, 64 bits: a short mark of something long. Nothing that an adversary may not collide depends on it. */
#ifndef KABAR_BASE_HASH_H
#define KABAR_BASE_HASH_H

#include <stddef.h>
#include <stdint.h>

#include "parsers/view.h"

#define HASH_BEGIN UINT64_C(0xcbf29ce484222325)

/* A piece is told from its neighbours: "ab" "c" and "a" "bc" differ. */
static inline uint64_t hash_add(uint64_t hash, struct view piece)
{
    for (size_t i = 0; i < piece.len; i++)
        hash = (hash ^ (unsigned char)piece.at[i]) * UINT64_C(0x100000001b3);
    return (hash ^ 0x1f) * UINT64_C(0x100000001b3);
}

#endif
