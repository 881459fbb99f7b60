/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The shipped sets and language for the fuzzers, opened at the first input. */
#ifndef KABAR_FUZZ_SET_H
#define KABAR_FUZZ_SET_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "parsers/reading.h"
#include "settings/settings.h"

static struct settings *fuzz_settings;
static struct reader_workspace *fuzz_workspace;

static const struct day fuzz_today = {2026, 10, 15};

static inline void fuzz_open(void)
{
    struct error error = {""};
    if (fuzz_settings)
        return;
    if (settings_open(KABAR_SOURCE_DIR "/config/kabard.conf", &fuzz_settings, &error) < 0)
        fprintf(stderr, "%s\n", error.text);
    fuzz_workspace = malloc(reader_workspace_size());
    KABAR_ASSERT(fuzz_settings && fuzz_workspace);
}

static inline bool fuzz_within(struct view part, struct view text)
{
    return part.len == 0 || (part.at >= text.at && part.at + part.len <= text.at + text.len);
}

static inline void fuzz_check_segment(const struct segment *segment, const struct form *form, struct view text)
{
    uint64_t seen = 0;
    KABAR_ASSERT(fuzz_within(segment->token, text) && fuzz_within(segment->period.token, text));
    KABAR_ASSERT(segment->n_fields <= form->n_keys && segment->n_problems <= SEGMENT_PROBLEMS_MAX);
    KABAR_ASSERT(!segment->help || (segment->n_fields == 0 && segment->n_problems == 0));
    for (size_t i = 0; i < segment->n_fields; i++) {
        const struct field *field = &segment->fields[i];
        KABAR_ASSERT(field->key >= 0 && (size_t)field->key < form->n_keys && !(seen >> field->key & 1));
        KABAR_ASSERT(!(segment->unreadable >> field->key & 1));
        KABAR_ASSERT(field->value >= 0 && field->value <= VALUE_MAX);
        KABAR_ASSERT(fuzz_within(field->token, text) && fuzz_within(field->value_token, text));
        seen |= UINT64_C(1) << field->key;
    }
    for (size_t i = 0; i < segment->n_problems; i++)
        KABAR_ASSERT(fuzz_within(segment->problems[i].token, text) && segment->problems[i].code < PROBLEM_COUNT);
}

/* Reads text with a set and checks all that a reading promises. */
static inline void fuzz_read(size_t set, struct view text, struct reading *ret_reading)
{
    const struct set *forms = fuzz_settings->sets[set].set;
    reader_read(fuzz_settings->sets[set].lexicon, text, fuzz_today, NULL, fuzz_workspace, ret_reading);
    KABAR_ASSERT((ret_reading->kind == READING_REPORT) == (ret_reading->n_segments > 0));
    KABAR_ASSERT((ret_reading->kind == READING_COMMAND) == (ret_reading->command != COMMAND_NONE));
    KABAR_ASSERT(fuzz_within(ret_reading->argument, text) && ret_reading->n_notes <= READING_NOTES_MAX);
    for (size_t i = 0; i < ret_reading->n_segments; i++)
        fuzz_check_segment(&ret_reading->segments[i], &forms->forms[ret_reading->segments[i].form], text);
    for (size_t i = 0; i < ret_reading->n_notes; i++)
        KABAR_ASSERT(fuzz_within(ret_reading->notes[i].token, text));
}

#endif
