/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "settings/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/error.h"

enum { BLOCK_BYTES = 16 * 1024 };

struct arena_block {
    struct arena_block *older;
    size_t used, room;
    alignas(max_align_t) char bytes[];
};

void *arena_alloc(struct arena *arena, size_t count, size_t size)
{
    KABAR_ASSERT(size == 0 || count <= SIZE_MAX / 2 / size);
    size_t align = alignof(max_align_t), bytes = (count * size + align) / align * align;
    struct arena_block *block = arena->newest;
    if (!block || block->room - block->used < bytes) {
        size_t room = bytes > BLOCK_BYTES ? bytes : BLOCK_BYTES;
        block = calloc(1, sizeof *block + room);
        KABAR_ASSERT(block);
        *block = (struct arena_block){.older = arena->newest, .room = room};
        arena->newest = block;
    }
    void *memory = block->bytes + block->used;
    block->used += bytes;
    return memory;
}

const char *arena_text(struct arena *arena, struct view text)
{
    char *copy = arena_alloc(arena, text.len + 1, 1);
    memcpy(copy, text.at, text.len);
    return copy;
}

void arena_deinit(struct arena *arena)
{
    while (arena->newest) {
        struct arena_block *older = arena->newest->older;
        free(arena->newest);
        arena->newest = older;
    }
}
