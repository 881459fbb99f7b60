/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "settings/set_file.h"

#include <stdlib.h>

#include "parsers/period.h"
#include "settings/set_form.h"

enum { VARIANTS_MAX = 8 };

static void read_forms(struct cfg *cfg, const config_setting_t *root, struct set *set)
{
    const config_setting_t *list;
    size_t n = cfg_groups(cfg, root, "forms", SET_FORMS_MAX, true, &list);
    struct form *forms = arena_alloc(cfg->arena, n, sizeof *forms);
    set->forms = forms;
    for (size_t i = 0; i < n; i++) {
        const config_setting_t *element = config_setting_get_elem(list, (unsigned)i);
        set_read_form(cfg, element, &forms[i]);
        int twin = set_form(set, forms[i].code);
        if (twin >= 0 && forms[i].code[0])
            cfg_fault(cfg, element, "form %s is already in line %d", forms[i].code, forms[twin].line);
        set->n_forms = i + 1;
    }
}

/* The member `form` as an index; 0 with a fault where there is no such form. */
static int read_form_name(struct cfg *cfg, const config_setting_t *group, const struct set *set)
{
    const char *code = cfg_string_need(cfg, group, "form");
    int form = set_form(set, code);
    if (form < 0 && code[0])
        cfg_fault(cfg, group, "form = \"%s\" is not a form of this set", code);
    return form < 0 ? 0 : form;
}

static void read_approximate(struct cfg *cfg, const config_setting_t *group, struct variant *variant)
{
    variant->approximate = cfg_string(cfg, group, "approximate", NULL);
    variant->approximate_note = cfg_string(cfg, group, "approximate_note", NULL);
    if (!variant->approximate != !variant->approximate_note)
        cfg_fault(cfg, group, "approximate and approximate_note go together");
}

static void read_variants(struct cfg *cfg, const config_setting_t *group, struct indicator *indicator)
{
    static const char *const names[] = {"name",        "numerator",        "denominator", "note",
                                        "approximate", "approximate_note", NULL};
    const config_setting_t *list;
    size_t n = cfg_groups(cfg, group, "variants", VARIANTS_MAX, false, &list);
    struct variant *variants = arena_alloc(cfg->arena, n + 1, sizeof *variants);
    variants[0] = (struct variant){
        .name = "default",
        .numerator = cfg_string_need(cfg, group, "numerator"),
        .denominator = cfg_string_need(cfg, group, "denominator"),
        .line = cfg_line(group),
    };
    read_approximate(cfg, group, &variants[0]);
    const char *chosen = cfg_string(cfg, group, "variant", "default");
    indicator->chosen = strcmp(chosen, "default") == 0 ? 0 : n + 1;
    for (size_t i = 1; i <= n; i++) {
        const config_setting_t *element = config_setting_get_elem(list, (unsigned)i - 1);
        cfg_known(cfg, element, names);
        variants[i] = (struct variant){
            .name = cfg_string_need(cfg, element, "name"),
            .numerator = cfg_string_need(cfg, element, "numerator"),
            .denominator = cfg_string_need(cfg, element, "denominator"),
            .note = cfg_string_need(cfg, element, "note"),
            .line = cfg_line(element),
        };
        read_approximate(cfg, element, &variants[i]);
        if (strcmp(variants[i].name, chosen) == 0)
            indicator->chosen = i;
    }
    if (indicator->chosen > n) {
        cfg_fault(cfg, group, "variant = \"%s\" is neither \"default\" nor one of its variants", chosen);
        indicator->chosen = 0;
    }
    indicator->variants = variants;
    indicator->n_variants = n + 1;
}

static void read_indicator(struct cfg *cfg, const config_setting_t *group, const struct set *set,
                           struct indicator *indicator)
{
    static const char *const names[] = {"code",        "number",  "form",       "group",       "table4",
                                        "wording",     "short",   "variants",   "variant",     "numerator",
                                        "denominator", "part",    "part_label", "approximate", "approximate_note",
                                        "package",     "persons", NULL};
    cfg_known(cfg, group, names);
    indicator->line = cfg_line(group);
    indicator->code = set_read_code(cfg, group);
    indicator->number = cfg_int(cfg, group, "number", 1, SET_INDICATORS_MAX, 0);
    if (!config_setting_get_member(group, "number"))
        cfg_fault(cfg, group, "\"number\" is missing");
    indicator->form = read_form_name(cfg, group, set);
    indicator->group = cfg_string_need(cfg, group, "group");
    indicator->package = cfg_string(cfg, group, "package", NULL);
    indicator->is_persons = cfg_bool(cfg, group, "persons", false);
    indicator->in_table4 = cfg_bool(cfg, group, "table4", true) && !indicator->is_persons;
    indicator->wording = cfg_string_need(cfg, group, "wording");
    indicator->short_wording = cfg_sms_need(cfg, group, "short");
    indicator->part = cfg_string(cfg, group, "part", NULL);
    indicator->part_label = cfg_string(cfg, group, "part_label", NULL);
    if (!indicator->part != !indicator->part_label)
        cfg_fault(cfg, group, "part and part_label go together");
    read_variants(cfg, group, indicator);
}

static void read_indicators(struct cfg *cfg, const config_setting_t *root, struct set *set)
{
    const config_setting_t *list;
    size_t n = cfg_groups(cfg, root, "indicators", SET_INDICATORS_MAX, false, &list);
    struct indicator *indicators = arena_alloc(cfg->arena, n, sizeof *indicators);
    for (size_t i = 0; i < n; i++) {
        const config_setting_t *element = config_setting_get_elem(list, (unsigned)i);
        read_indicator(cfg, element, set, &indicators[i]);
        for (size_t j = 0; j < i; j++)
            if (indicators[i].code[0] && strcmp(indicators[i].code, indicators[j].code) == 0)
                cfg_fault(cfg, element, "indicator %s is already in line %d", indicators[i].code, indicators[j].line);
    }
    set->indicators = indicators;
    set->n_indicators = n;
}

static bool has_persons(const struct set *set, const char *group)
{
    for (size_t i = 0; i < set->n_indicators; i++)
        if (set->indicators[i].is_persons && strcmp(set->indicators[i].group, group) == 0)
            return true;
    return false;
}

static void read_table4(struct cfg *cfg, const config_setting_t *root, struct set *set)
{
    static const char *const readings[] = {"sum", "persons", NULL};
    set->table4 = (enum table4_reading)cfg_choice(cfg, root, "table4", readings, TABLE4_SUM);
    for (size_t i = 0; i < set->n_indicators && set->table4 == TABLE4_PERSONS; i++)
        if (set->indicators[i].in_table4 && !has_persons(set, set->indicators[i].group)) {
            cfg_fault(cfg, config_setting_get_member(root, "table4"),
                      "table4 = \"persons\" needs an indicator with persons = true in the group %s",
                      set->indicators[i].group);
            return;
        }
}

static void read_cells(struct cfg *cfg, const config_setting_t *root, struct set *set)
{
    static const char *const names[] = {"table", "form", "head", "label", "short", "value", NULL};
    const config_setting_t *list;
    size_t n = cfg_groups(cfg, root, "cells", SET_CELLS_MAX, false, &list);
    struct cell *cells = arena_alloc(cfg->arena, n, sizeof *cells);
    for (size_t i = 0; i < n; i++) {
        const config_setting_t *element = config_setting_get_elem(list, (unsigned)i);
        cfg_known(cfg, element, names);
        cells[i] = (struct cell){
            .table = cfg_int(cfg, element, "table", 1, 2, 1),
            .form = read_form_name(cfg, element, set),
            .head = cfg_string(cfg, element, "head", NULL),
            .label = cfg_string_need(cfg, element, "label"),
            .short_label = cfg_string(cfg, element, "short", NULL),
            .value = cfg_string_need(cfg, element, "value"),
            .line = cfg_line(element),
        };
    }
    set->cells = cells;
    set->n_cells = n;
}

static void read_colours(struct cfg *cfg, const config_setting_t *root, struct set *set)
{
    static const char *const names[] = {"green", "yellow", "line", NULL};
    set->green_from = 80;
    set->yellow_from = 60;
    const config_setting_t *group = cfg_group(cfg, root, "colours", false);
    if (!group)
        return;
    cfg_known(cfg, group, names);
    set->green_from = cfg_int(cfg, group, "green", 1, 100, set->green_from);
    set->yellow_from = cfg_int(cfg, group, "yellow", 0, 99, set->yellow_from);
    set->line_at = cfg_int(cfg, group, "line", 0, 99, 0);
    if (set->yellow_from >= set->green_from)
        cfg_fault(cfg, group, "yellow = %d must be below green = %d", set->yellow_from, set->green_from);
}

static void read_card(struct cfg *cfg, const config_setting_t *root, struct set *set)
{
    const config_setting_t *group = cfg_group(cfg, root, "card", false);
    size_t n = group ? (size_t)config_setting_length(group) : 0;
    struct card_text *texts = arena_alloc(cfg->arena, n, sizeof *texts);
    for (size_t i = 0; i < n; i++) {
        const char *name = config_setting_name(config_setting_get_elem(group, (unsigned)i));
        texts[i].name = arena_text(cfg->arena, view_of(name));
        texts[i].text = cfg_string_need(cfg, group, name);
    }
    set->card = texts;
    set->n_card = n;
}

static void read_set(struct cfg *cfg, void *data)
{
    struct set *set = data;
    static const char *const names[] = {"name",  "title",   "valid_from", "forms",  "indicators",
                                        "cells", "colours", "card",       "table4", NULL};
    const config_setting_t *root = config_root_setting(&cfg->config);
    cfg_known(cfg, root, names);
    set->file = arena_text(cfg->arena, view_of(cfg->path));
    set->name = cfg_string_need(cfg, root, "name");
    set->title = cfg_string_need(cfg, root, "title");
    const char *valid_from = cfg_string_need(cfg, root, "valid_from");
    if (valid_from[0] && month_parse(view_of(valid_from), &set->valid_from) != 0)
        cfg_fault(cfg, config_setting_get_member(root, "valid_from"),
                  "valid_from = \"%s\" must be a month like \"2018-01\"", valid_from);
    read_forms(cfg, root, set);
    read_indicators(cfg, root, set);
    read_table4(cfg, root, set);
    read_cells(cfg, root, set);
    read_colours(cfg, root, set);
    read_card(cfg, root, set);
}

struct set_file *set_file_close(struct set_file *file)
{
    if (file) {
        arena_deinit(&file->arena);
        free(file);
    }
    return NULL;
}

int set_file_open(const char *path, struct faults *faults, struct set_file **ret_file)
{
    struct set_file *file = calloc(1, sizeof *file);
    KABAR_ASSERT(file);
    int result = cfg_load(path, &file->arena, faults, read_set, &file->set);
    if (result == 0)
        *ret_file = file;
    else
        set_file_close(file);
    return result;
}
