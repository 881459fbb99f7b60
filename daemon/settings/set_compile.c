/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "settings/set_compile.h"

#include <stdlib.h>
#include <string.h>

/* Any day does: an example says no period. */
static const struct day today = {2026, 1, 15};

static void check_example(const struct set *set, int form, const struct reading *reading, struct faults *faults)
{
    const struct segment *segment = &reading->segments[0];
    const struct form *expected = &set->forms[form];
    if (reading->kind != READING_REPORT || reading->n_segments != 1 || segment->form != form || segment->help)
        faults_add(faults, set->file, expected->line, "example \"%s\" is not read as one report of %s",
                   expected->example, expected->code);
    else if (segment->n_problems > 0)
        faults_add(faults, set->file, expected->line, "example \"%s\": %s at \"%.*s\"", expected->example,
                   problem_code_to_string(segment->problems[0].code), (int)segment->problems[0].token.len,
                   segment->problems[0].token.at);
}

static void read_examples(const struct set *set, const struct lexicon *lexicon, struct faults *faults)
{
    struct reader_workspace *workspace = malloc(reader_workspace_size());
    struct reading *reading = malloc(sizeof *reading);
    KABAR_ASSERT(workspace && reading);
    for (size_t i = 0; i < set->n_forms; i++) {
        reader_read(lexicon, view_of(set->forms[i].example), today, NULL, workspace, reading);
        check_example(set, (int)i, reading, faults);
    }
    free(reading);
    free(workspace);
}

/* One of the two would win without a word. */
static void check_command(const struct set *set, const struct lang *lang, enum command command, struct faults *faults)
{
    const struct words *words = &lang->commands[command];
    for (size_t i = 0; i < words->n; i++)
        for (size_t form = 0; form < set->n_forms; form++)
            for (size_t j = 0; j < set->forms[form].n_spellings; j++)
                if (strcmp(words->word[i], set->forms[form].spellings[j]) == 0)
                    faults_add(faults, lang->file, words->line, "%s: \"%s\" is a spelling of the form %s (%s:%d)",
                               command_to_string(command), words->word[i], set->forms[form].code, set->file,
                               set->forms[form].line);
}

void *set_compile(const struct set *set, const struct lang *lang, struct faults *faults,
                  const struct lexicon **ret_lexicon)
{
    size_t size = lexicon_size(set, lang), before = faults->n;
    void *memory = malloc(size);
    KABAR_ASSERT(memory);
    struct lexicon_error error = {.text = ""};
    for (int command = 0; command < COMMAND_COUNT; command++)
        check_command(set, lang, (enum command)command, faults);
    const struct lexicon *lexicon = lexicon_build(set, lang, memory, size, &error);
    if (lexicon)
        read_examples(set, lexicon, faults);
    else
        faults_add(faults, error.in_lang ? lang->file : set->file, error.line, "%s", error.text);
    *ret_lexicon = lexicon;
    if (faults->n == before)
        return memory;
    free(memory);
    *ret_lexicon = NULL;
    return NULL;
}
