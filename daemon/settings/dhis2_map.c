/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "settings/dhis2_map.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "settings/cfg.h"
#include "settings/conf_path.h"

enum { UID_LEN = 11, UNITS_MAX = 10000, VALUES_MAX = 2000, VILLAGE_CODE_LEN = 13 };

struct dhis2_file {
    struct dhis2_map map;
    struct arena arena;
};

struct load {
    struct cfg cfg;
    const struct settings *settings;
    struct dhis2_map *map;
};

/* A letter, then ten letters and digits: what DHIS2 generates. */
static bool is_uid(const char *text)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    return strlen(text) == UID_LEN && strspn(text, letters) == UID_LEN && (text[0] < '0' || text[0] > '9');
}

static const char *read_uid(struct load *load, const config_setting_t *group, const char *name, bool need)
{
    const char *uid = need ? cfg_string_need(&load->cfg, group, name) : cfg_string(&load->cfg, group, name, "");
    if (uid[0] && !is_uid(uid))
        cfg_fault(&load->cfg, config_setting_get_member(group, name),
                  "%s: \"%s\" is not a DHIS2 identifier; expected 11 letters and digits, like f7n9E0hX8qk", name, uid);
    return uid;
}

static int compare_units(const void *a, const void *b)
{
    return strcmp(((const struct dhis2_unit *)a)->area, ((const struct dhis2_unit *)b)->area);
}

static void read_units(struct load *load, const config_setting_t *root)
{
    struct cfg *cfg = &load->cfg;
    const config_setting_t *list;
    size_t n = cfg_groups(cfg, root, "org_units", UNITS_MAX, !load->map->unit_codes, &list);
    struct dhis2_unit *units = arena_alloc(cfg->arena, n, sizeof *units);
    for (size_t i = 0; i < n; i++) {
        static const char *const names[] = {"area", "id", NULL};
        const config_setting_t *group = config_setting_get_elem(list, (unsigned)i);
        cfg_known(cfg, group, names);
        units[i] = (struct dhis2_unit){cfg_string_need(cfg, group, "area"), read_uid(load, group, "id", true),
                                       cfg_line(group)};
        if (units[i].area[0] && strlen(units[i].area) != VILLAGE_CODE_LEN)
            cfg_fault(cfg, group, "area: \"%s\" is not a village's code; expected one like 35.12.03.2001",
                      units[i].area);
    }
    if (n)
        qsort(units, n, sizeof *units, compare_units);
    for (size_t i = 1; i < n; i++)
        if (compare_units(&units[i - 1], &units[i]) == 0)
            faults_add(cfg->faults, cfg->path, units[i].line, "area %s is mapped already", units[i].area);
    load->map->units = units;
    load->map->n_units = n;
}

static bool sets_have_field(const struct settings *settings, const char *form, const char *key)
{
    for (size_t i = 0; i < settings->n_sets; i++) {
        const struct set *set = settings->sets[i].set;
        int index = set_form(set, form);
        if (index >= 0 && (!key[0] || form_key(&set->forms[index], key) >= 0))
            return true;
    }
    return false;
}

static bool sets_have_indicator(const struct settings *settings, const char *code)
{
    for (size_t i = 0; i < settings->n_sets; i++)
        for (size_t j = 0; j < settings->sets[i].set->n_indicators; j++)
            if (strcmp(settings->sets[i].set->indicators[j].code, code) == 0)
                return true;
    return false;
}

/* "IBU_HAMIL.K4" or "B1" in its two halves; a fault where no set has it. */
static void read_name(struct load *load, const config_setting_t *at, bool field, struct dhis2_value *value)
{
    struct cfg *cfg = &load->cfg;
    const char *dot = strchr(value->name, '.');
    value->form = field ? arena_text(cfg->arena, (struct view){value->name, strcspn(value->name, ".")}) : "";
    value->key = field ? dot ? dot + 1 : "" : value->name;
    if (field ? !dot || !value->key[0] || !sets_have_field(load->settings, value->form, value->key)
              : !sets_have_indicator(load->settings, value->key))
        cfg_fault(cfg, at, "no set has the %s \"%s\"; expected one like %s", field ? "field" : "indicator", value->name,
                  field ? "IBU_HAMIL.K4" : "B1");
}

static void read_value(struct load *load, const config_setting_t *group, struct dhis2_value *value)
{
    static const char *const names[] = {
        "field", "indicator", "number", "period", "data_element", "category_option_combo", "attribute_option_combo",
        NULL};
    static const char *const numbers[] = {"numerator", "denominator", NULL};
    static const char *const periods[] = {"monthly", "quarterly", NULL};
    struct cfg *cfg = &load->cfg;
    const config_setting_t *field = config_setting_get_member(group, "field");
    const config_setting_t *indicator = config_setting_get_member(group, "indicator");
    cfg_known(cfg, group, names);
    if (!field == !indicator) {
        cfg_fault(cfg, group, "a value is either a field = \"IBU_HAMIL.K4\" or an indicator = \"B1\"");
        return;
    }
    value->name = cfg_string_need(cfg, group, field ? "field" : "indicator");
    read_name(load, group, field != NULL, value);
    value->number = (enum dhis2_number)cfg_choice(cfg, group, "number", numbers, 0);
    value->quarterly = cfg_choice(cfg, group, "period", periods, indicator != NULL) == 1;
    if (indicator && !value->quarterly)
        cfg_fault(cfg, group, "the indicator %s is computed by quarter; a month has none", value->name);
    if (field && config_setting_get_member(group, "number"))
        cfg_fault(cfg, group, "number goes with an indicator; the field %s is one number", value->name);
    value->data_element = read_uid(load, group, "data_element", true);
    value->category_option_combo = read_uid(load, group, "category_option_combo", false);
    value->attribute_option_combo = read_uid(load, group, "attribute_option_combo", false);
}

static bool same_target(const struct dhis2_value *a, const struct dhis2_value *b)
{
    return a->quarterly == b->quarterly && strcmp(a->data_element, b->data_element) == 0 &&
           strcmp(a->category_option_combo, b->category_option_combo) == 0 &&
           strcmp(a->attribute_option_combo, b->attribute_option_combo) == 0;
}

static void read_values(struct load *load, const config_setting_t *root)
{
    const config_setting_t *list;
    size_t n = cfg_groups(&load->cfg, root, "values", VALUES_MAX, true, &list);
    struct dhis2_value *values = arena_alloc(load->cfg.arena, n, sizeof *values);
    for (size_t i = 0; i < n; i++) {
        const config_setting_t *group = config_setting_get_elem(list, (unsigned)i);
        values[i] = (struct dhis2_value){"", "", "", DHIS2_NUMERATOR, false, "", "", ""};
        read_value(load, group, &values[i]);
        for (size_t j = 0; j < i; j++)
            if (values[i].data_element[0] && same_target(&values[i], &values[j]))
                cfg_fault(&load->cfg, group, "%s would overwrite %s: the same data element and option combos",
                          values[i].name, values[j].name);
    }
    load->map->values = values;
    load->map->n_values = n;
}

static void read_map(struct load *load)
{
    static const char *const names[] = {"data_set", "org_unit_codes", "org_units", "values", "ignore", NULL};
    struct cfg *cfg = &load->cfg;
    struct dhis2_map *map = load->map;
    const config_setting_t *root = config_root_setting(&cfg->config);
    cfg_known(cfg, root, names);
    map->file = arena_text(cfg->arena, view_of(cfg->path));
    map->data_set = read_uid(load, root, "data_set", false);
    map->unit_codes = cfg_bool(cfg, root, "org_unit_codes", false);
    read_units(load, root);
    if (map->unit_codes && map->n_units)
        cfg_fault(cfg, root, "org_units and org_unit_codes = true exclude one another");
    read_values(load, root);
    map->ignored.n = cfg_strings(cfg, root, "ignore", false, &map->ignored.text);
    for (size_t i = 0; i < map->ignored.n; i++) {
        struct dhis2_value value = {.name = map->ignored.text[i]};
        bool form = sets_have_field(load->settings, value.name, "");
        if (!form)
            read_name(load, config_setting_get_member(root, "ignore"), strchr(value.name, '.') != NULL, &value);
    }
}

int dhis2_map_open(const struct settings *settings, const char *path, struct dhis2_file **ret_file, struct error *error)
{
    struct faults faults;
    struct dhis2_file *file = calloc(1, sizeof *file);
    KABAR_ASSERT(file);
    struct load load = {.settings = settings, .map = &file->map};
    faults_init(&faults);
    if (!path)
        path = conf_path_beside(&file->arena, settings->file, "dhis2.cfg");
    if (cfg_open(&load.cfg, path, &file->arena, &faults))
        read_map(&load);
    cfg_close(&load.cfg);
    int r = faults_result(&faults, error);
    faults_deinit(&faults);
    if (r < 0)
        file = dhis2_map_close(file);
    else
        *ret_file = file;
    return r;
}

const struct dhis2_map *dhis2_map(const struct dhis2_file *file)
{
    return &file->map;
}

struct dhis2_file *dhis2_map_close(struct dhis2_file *file)
{
    if (file)
        arena_deinit(&file->arena);
    free(file);
    return NULL;
}

const char *dhis2_unit_of(const struct dhis2_map *map, const char *area)
{
    const struct dhis2_unit key = {.area = area};
    if (map->unit_codes)
        return area;
    const struct dhis2_unit *unit =
        map->n_units ? bsearch(&key, map->units, map->n_units, sizeof key, compare_units) : NULL;
    return unit ? unit->id : NULL;
}

bool dhis2_ignored(const struct dhis2_map *map, const char *form, const char *key)
{
    char name[2 * SPELLING_MAX + 2];
    (void)snprintf(name, sizeof name, "%s%s%s", form, form[0] ? "." : "", key);
    for (size_t i = 0; i < map->ignored.n; i++)
        if (strcmp(map->ignored.text[i], name) == 0 || (form[0] && strcmp(map->ignored.text[i], form) == 0))
            return true;
    return false;
}
