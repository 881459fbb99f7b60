/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "modem/seen.h"

#include <string.h>

/* FNV-1a. */
static uint64_t add(uint64_t hash, const void *bytes, size_t len)
{
    for (const unsigned char *at = bytes; len > 0; len--, at++)
        hash = (hash ^ *at) * UINT64_C(0x100000001b3);
    return hash;
}

static uint64_t add_text(uint64_t hash, const char *text)
{
    return add(hash, text, strlen(text) + 1);
}

static uint64_t add_number(uint64_t hash, int64_t number)
{
    return add(hash, &number, sizeof number);
}

static const uint64_t start = UINT64_C(0xcbf29ce484222325);

uint64_t seen_part(const struct mo_part *part)
{
    uint64_t hash = add_number(add_number(start, part->kind), part->sent_ms);
    hash = add_number(add_number(hash, part->concat_ref), part->concat_seq);
    return add_text(add_text(add_text(hash, part->sender), part->text), part->raw);
}

uint64_t seen_report(const struct mt_report *report)
{
    uint64_t hash = add_number(add_number(start, report->tp_mr), report->tp_st);
    return add_text(add_number(add_number(hash, report->sent_ms), report->discharged_ms), report->recipient);
}

static struct seen_one *find(struct seen *seen, struct mo_place place)
{
    for (size_t i = 0; i < seen->n; i++)
        if (seen->one[i].place.location == place.location && seen->one[i].place.folder == place.folder)
            return &seen->one[i];
    return NULL;
}

static bool is_known(const struct seen *seen, uint64_t content)
{
    for (size_t i = 0; i < seen->n; i++)
        if (seen->one[i].content == content)
            return true;
    return false;
}

enum seen_state seen_look(struct seen *seen, struct mo_place place, uint64_t content, int64_t now_ms)
{
    if (place.location == 0)
        return SEEN_NEW;
    struct seen_one *one = find(seen, place);
    if (one && one->content == content) {
        one->listed = true;
        return one->deletes == 0 ? SEEN_NEW : now_ms >= one->again_ms ? SEEN_KEPT : SEEN_WAITS;
    }
    bool fresh = seen->complete && !is_known(seen, content);
    if (!one)
        one = seen->n < SEEN_MAX ? &seen->one[seen->n++] : &seen->one[seen->oldest++ % SEEN_MAX];
    *one = (struct seen_one){.place = place, .content = content, .listed = true};
    return fresh ? SEEN_FRESH : SEEN_NEW;
}

void seen_pass(struct seen *seen)
{
    size_t kept = 0;
    for (size_t i = 0; i < seen->n; i++) {
        if (!seen->one[i].listed)
            continue;
        seen->one[kept] = seen->one[i];
        seen->one[kept++].listed = false;
    }
    seen->n = kept;
    seen->complete = true;
}

void seen_reopened(struct seen *seen)
{
    seen->complete = false;
}

void seen_delete(struct seen *seen, struct mo_place place, int64_t now_ms, int64_t wait_ms)
{
    struct seen_one *one = find(seen, place);
    if (!one)
        return;
    int64_t factor = 1;
    for (int i = 0; i < one->deletes && factor < SEEN_WAIT_MAX; i++)
        factor *= 2;
    one->deletes++;
    one->again_ms = now_ms + factor * wait_ms;
}
