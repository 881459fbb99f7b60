/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Every digit run of a report is stored, named in a problem, or explained by a note of the reading: no number that
 * somebody typed goes without a word (docs/grammar.md, chapter 0).
 */
#ifndef KABAR_TESTS_CORE_DIGITS_H
#define KABAR_TESTS_CORE_DIGITS_H

#include <string.h>

#include "parsers/reading.h"

enum { DIGITS_TEXT_MAX = 4096 };

static inline void digits_mark(bool *spoken, struct view text, struct view part)
{
    if (part.len > 0 && part.at >= text.at && part.at + part.len <= text.at + text.len)
        memset(spoken + (part.at - text.at), true, part.len);
}

/* A segment that is asked back as a whole is, with all that stands in it. */
static inline void digits_mark_whole(bool *spoken, struct view text, const struct reading *reading, size_t segment)
{
    const char *from = segment == 0 ? text.at : reading->segments[segment].token.at;
    const char *to = text.at + text.len;
    for (size_t s = 0; s < reading->n_segments; s++) {
        const char *other = reading->segments[s].token.at;
        if (other > from && other < to && s != segment)
            to = other;
    }
    digits_mark(spoken, text, (struct view){from, (size_t)(to - from)});
}

static inline void digits_mark_segment(bool *spoken, struct view text, const struct reading *reading, size_t at)
{
    const struct segment *segment = &reading->segments[at];
    digits_mark(spoken, text, segment->token);
    digits_mark(spoken, text, segment->period.token);
    for (size_t i = 0; i < segment->n_fields; i++) {
        digits_mark(spoken, text, segment->fields[i].token);
        digits_mark(spoken, text, segment->fields[i].value_token);
    }
    for (size_t i = 0; i < segment->n_problems; i++) {
        digits_mark(spoken, text, segment->problems[i].token);
        digits_mark(spoken, text, segment->problems[i].value);
        if (segment->problems[i].code == PROBLEM_AMBIGUOUS_KEY && segment->problems[i].key < 0)
            digits_mark_whole(spoken, text, reading, at);
    }
}

/* The first digit run of a report of which nothing is said, or NULL. */
static inline const char *digits_silent(const struct reading *reading, struct view text)
{
    static bool spoken[DIGITS_TEXT_MAX];
    if (reading->kind != READING_REPORT || text.len > DIGITS_TEXT_MAX || reading->n_notes == READING_NOTES_MAX)
        return NULL;
    memset(spoken, false, text.len);
    for (size_t s = 0; s < reading->n_segments; s++) {
        digits_mark_segment(spoken, text, reading, s);
        if (reading->segments[s].problems_dropped > 0)
            return NULL;
    }
    for (size_t i = 0; i < reading->n_notes; i++)
        digits_mark(spoken, text, reading->notes[i].token);
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] >= '0' && text.at[i] <= '9' && !spoken[i])
            return text.at + i;
    }
    return NULL;
}

#endif
