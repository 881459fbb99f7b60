/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/judge/merge.h"

struct field *segment_field(struct segment *segment, int key)
{
    for (size_t i = 0; i < segment->n_fields; i++) {
        if (segment->fields[i].key == key)
            return &segment->fields[i];
    }
    return NULL;
}

static void remove_field(struct segment *segment, struct field *field)
{
    size_t at = (size_t)(field - segment->fields);
    for (size_t i = at; i + 1 < segment->n_fields; i++)
        segment->fields[i] = segment->fields[i + 1];
    segment->n_fields--;
}

static bool only_missing(const struct segment *segment, int key)
{
    for (size_t i = 0; i < segment->n_problems; i++) {
        if (segment->problems[i].key == key && segment->problems[i].code != PROBLEM_MISSING_VALUE)
            return false;
    }
    return true;
}

static void drop_missing(struct segment *segment, int key)
{
    size_t kept = 0;
    for (size_t i = 0; i < segment->n_problems; i++) {
        const struct problem *problem = &segment->problems[i];
        if (problem->key != key || problem->code != PROBLEM_MISSING_VALUE)
            segment->problems[kept++] = *problem;
    }
    segment->n_problems = kept;
    segment->unreadable &= ~(UINT64_C(1) << key);
}

static void add_problem(struct segment *segment, struct problem problem)
{
    if (segment->n_problems == SEGMENT_PROBLEMS_MAX)
        segment->problems_dropped++;
    else
        segment->problems[segment->n_problems++] = problem;
}

static void merge_field(struct segment *into, const struct field *field)
{
    uint64_t bit = UINT64_C(1) << field->key;
    struct field *there = segment_field(into, field->key);
    if (there && there->value == field->value)
        return;
    if (there) {
        remove_field(into, there);
        into->unreadable |= bit;
        add_problem(into, (struct problem){.code = PROBLEM_DUPLICATE_KEY,
                                           .token = field->token,
                                           .key = field->key,
                                           .near = {-1, -1},
                                           .rule = -1,
                                           .either = {-1, -1}});
        return;
    }
    if (into->unreadable & bit) {
        if (!only_missing(into, field->key))
            return;
        drop_missing(into, field->key);
    }
    into->fields[into->n_fields++] = *field;
}

static void merge_problem(struct segment *into, const struct problem *problem)
{
    struct field *there = problem->key >= 0 ? segment_field(into, problem->key) : NULL;
    if (there && problem->code == PROBLEM_MISSING_VALUE)
        return;
    if (there)
        remove_field(into, there);
    if (problem->key >= 0)
        into->unreadable |= UINT64_C(1) << problem->key;
    add_problem(into, *problem);
}

void segment_merge(struct segment *into, const struct segment *from)
{
    for (size_t i = 0; i < from->n_fields; i++)
        merge_field(into, &from->fields[i]);
    for (size_t i = 0; i < from->n_problems; i++)
        merge_problem(into, &from->problems[i]);
    into->problems_dropped += from->problems_dropped;
}
