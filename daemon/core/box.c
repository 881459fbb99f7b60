/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/box.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "core/assessment.h"
#include "core/time.h"
#include "settings/settings.h"

const struct set *box_set(const struct box *box, size_t index)
{
    return box->settings->sets[index].set;
}

size_t box_set_for(const struct box *box, int month)
{
    size_t best = 0, oldest = 0;
    bool found = false;
    for (size_t i = 0; i < box->settings->n_sets; i++) {
        int from = box_set(box, i)->valid_from;
        if (from < box_set(box, oldest)->valid_from)
            oldest = i;
        if (from <= month && (!found || from > box_set(box, best)->valid_from)) {
            best = i;
            found = true;
        }
    }
    return found ? best : oldest;
}

int box_set_named(const struct box *box, const char *name)
{
    for (size_t i = 0; i < box->settings->n_sets; i++) {
        if (strcmp(box_set(box, i)->name, name) == 0)
            return (int)i;
    }
    return -1;
}

const int *box_example(const struct box *box, size_t set, int form)
{
    return box->examples[set] + (size_t)form * FORM_KEYS_MAX;
}

/* The set's own examples as the reader reads them. */
static void read_examples(struct box *box, size_t index)
{
    const struct set *set = box_set(box, index);
    struct reading *reading = &box->assessment->reading;
    for (size_t i = 0; i < set->n_forms; i++) {
        int *values = box->examples[index] + i * FORM_KEYS_MAX;
        for (size_t key = 0; key < FORM_KEYS_MAX; key++)
            values[key] = -1;
        reader_read(box->settings->sets[index].lexicon, view_of(set->forms[i].example), (struct day){2026, 1, 15}, NULL,
                    box->workspace, reading);
        const struct segment *segment = &reading->segments[0];
        if (reading->n_segments != 1 || segment->form != (int)i)
            continue;
        for (size_t field = 0; field < segment->n_fields; field++)
            values[segment->fields[field].key] = segment->fields[field].value;
    }
}

static int open_set(struct box *box, size_t index, struct error *error)
{
    struct rule_error why;
    const struct set *set = box_set(box, index);
    int result = rules_open(set, &box->rules[index], &why, error);
    if (result == -EINVAL)
        return error_set(error, result, "%s:%d: %s", set->file, why.line, why.text);
    if (result < 0)
        return result;
    box->examples[index] = malloc(set->n_forms * FORM_KEYS_MAX * sizeof **box->examples);
    if (!box->examples[index])
        return error_set(error, -ENOMEM, "no memory for the examples of %s", set->name);
    read_examples(box, index);
    return 0;
}

int box_open(const struct settings *settings, struct store *store, struct clock clock, struct box **ret_box,
             struct error *error)
{
    struct box *box = calloc(1, sizeof *box);
    int result = box ? 0 : -ENOMEM;
    if (box) {
        *box = (struct box){.settings = settings, .store = store, .clock = clock};
        box->rules = calloc(settings->n_sets, sizeof *box->rules);
        box->examples = calloc(settings->n_sets, sizeof *box->examples);
        box->workspace = malloc(reader_workspace_size());
        box->assessment = malloc(sizeof *box->assessment);
        box->timekeeping = calloc(1, sizeof *box->timekeeping);
        box->guard = calloc(1, sizeof *box->guard);
        if (!box->rules || !box->examples || !box->workspace || !box->assessment || !box->timekeeping || !box->guard)
            result = -ENOMEM;
    }
    if (result < 0)
        error_set(error, result, "no memory to begin with");
    for (size_t i = 0; i < settings->n_sets && result == 0; i++)
        result = open_set(box, i, error);
    if (result < 0) {
        box_close(box);
        return result;
    }
    *ret_box = box;
    return 0;
}

struct box *box_close(struct box *box)
{
    if (!box)
        return NULL;
    for (size_t i = 0; i < box->settings->n_sets; i++) {
        if (box->rules)
            rules_close(box->rules[i]);
        if (box->examples)
            free(box->examples[i]);
    }
    free(box->rules);
    free(box->examples);
    free(box->workspace);
    free(box->assessment);
    free(box->timekeeping);
    free(box->guard);
    free(box);
    return NULL;
}

int box_reload(struct box *box, const struct settings *settings, struct error *error)
{
    struct box *fresh = NULL;
    int result = box_open(settings, box->store, box->clock, &fresh, error);
    if (result < 0)
        return result;
    *fresh->timekeeping = *box->timekeeping;
    *fresh->guard = *box->guard;
    fresh->guard->own_words_of = NULL;
    struct box old = *box;
    *box = *fresh;
    *fresh = old;
    box_close(fresh);
    return 0;
}
