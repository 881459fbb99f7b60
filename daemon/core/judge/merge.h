/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Two segments of one message that are for the same form and month: docs/grammar.md 6 over both. Pure. */
#ifndef KABAR_CORE_JUDGE_MERGE_H
#define KABAR_CORE_JUDGE_MERGE_H

#include "parsers/reading.h"

/*
 * Puts what `from` says into `into`: the same key with the same value is fine, with another is duplicate_key and not
 * recorded; a bad value beside a good one is bad_value alone; a key without a value takes nothing away.
 */
void segment_merge(struct segment *into, const struct segment *from);

/* The segment's field of that key, or NULL. */
struct field *segment_field(struct segment *segment, int key);

#endif
