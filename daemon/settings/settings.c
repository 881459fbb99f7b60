/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "settings/settings.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "settings/cfg.h"
#include "settings/conf_check.h"
#include "settings/conf_path.h"
#include "settings/lang_file.h"
#include "settings/params.h"
#include "settings/set_compile.h"

enum { FILES_MAX = 16 };

/* What the settings own beside themselves. */
struct settings_files {
    struct arena arena;
    struct set_file *sets[FILES_MAX];
    void *lexicons[FILES_MAX];
    struct lang_file *lang;
    struct replies_file *replies[FILES_MAX];
    struct param_given given, *given_of_modem;
};

/* One load: what every step of it needs. */
struct load {
    struct cfg cfg;
    struct settings *settings;
    struct settings_files *files;
    const config_setting_t *root;
    const char *set; /* one more than the file names, or NULL */
};

struct settings *settings_close(struct settings *settings)
{
    if (!settings)
        return NULL;
    struct settings_files *files = settings->files;
    for (size_t i = 0; i < FILES_MAX; i++) {
        free(files->lexicons[i]);
        files->sets[i] = set_file_close(files->sets[i]);
        files->replies[i] = replies_file_close(files->replies[i]);
    }
    lang_file_close(files->lang);
    arena_deinit(&files->arena);
    free(files);
    free(settings);
    return NULL;
}

/* The setting a fault of a row belongs to; the file's beginning where the row has its default. */
static const config_setting_t *at_member(const struct load *load, const char *name)
{
    const config_setting_t *member = config_setting_get_member(load->root, name);
    return member ? member : load->root;
}

/* "" with a fault where there is no such file. */
static const char *find_file(struct load *load, const char *name, const char *path)
{
    const char *found = conf_path_find(&load->files->arena, load->settings->file, path);
    if (!found)
        cfg_fault(&load->cfg, at_member(load, name), "%s: there is no file \"%s\" next to kabard.conf or in %s", name,
                  path, conf_path_share());
    return found ? found : "";
}

static struct texts find_files(struct load *load, const char *name, struct texts paths)
{
    if (paths.n == 0 || paths.n > FILES_MAX) {
        cfg_fault(&load->cfg, at_member(load, name), "%s must name 1 to %d files", name, FILES_MAX);
        return (struct texts){NULL, 0};
    }
    const char **found = arena_alloc(&load->files->arena, paths.n, sizeof *found);
    for (size_t i = 0; i < paths.n; i++)
        found[i] = find_file(load, name, paths.text[i]);
    return (struct texts){found, paths.n};
}

static struct texts with_set(struct load *load, struct texts paths)
{
    if (!load->set)
        return paths;
    const char **more = arena_alloc(&load->files->arena, paths.n + 1, sizeof *more);
    for (size_t i = 0; i < paths.n; i++)
        more[i] = paths.text[i];
    more[paths.n] = load->set;
    return (struct texts){more, paths.n + 1};
}

static void load_sets(struct load *load)
{
    struct settings_files *files = load->files;
    struct texts paths = load->settings->names.sets;
    struct settings_set *sets = arena_alloc(&files->arena, paths.n, sizeof *sets);
    size_t n = 0;
    for (size_t i = 0; i < paths.n; i++) {
        if (!paths.text[i][0] || set_file_open(paths.text[i], load->cfg.faults, &files->sets[i]) != 0)
            continue;
        const struct set *set = &files->sets[i]->set;
        size_t at = n++;
        for (; at > 0 && sets[at - 1].set->valid_from > set->valid_from; at--)
            sets[at] = sets[at - 1];
        sets[at] = (struct settings_set){.set = set};
    }
    for (size_t i = 1; i < n; i++)
        for (size_t j = 0; j < i; j++)
            if (strcmp(sets[i].set->name, sets[j].set->name) == 0)
                cfg_fault(&load->cfg, at_member(load, "sets"), "sets: two of them are named \"%s\"", sets[i].set->name);
    load->settings->sets = sets;
    load->settings->n_sets = n;
    for (size_t i = 0; i < n && files->lang; i++)
        files->lexicons[i] = set_compile(sets[i].set, load->settings->lang, load->cfg.faults, &sets[i].lexicon);
}

/* Each word of schedule.forms is a form of some set. The default's need not be, another set has other forms: it is
 * without them then. */
static void check_forms(struct load *load)
{
    struct settings *settings = load->settings;
    const config_setting_t *schedule = config_setting_get_member(load->root, "schedule");
    const config_setting_t *written = schedule ? config_setting_get_member(schedule, "forms") : NULL;
    CLEANUP(buf_deinit) struct buf forms;
    char code[SPELLING_MAX];
    buf_init(&forms, strlen(settings->schedule.forms) + 1);
    const char *at = settings->schedule.forms;
    for (at += strspn(at, " "); *at; at += strspn(at, " ")) {
        size_t len = strcspn(at, " ");
        bool known = false;
        (void)snprintf(code, sizeof code, "%.*s", (int)len, at);
        for (size_t i = 0; i < settings->n_sets && !known; i++)
            known = set_form(settings->sets[i].set, code) >= 0;
        if (known)
            buf_printf(&forms, "%s%s", forms.len ? " " : "", code);
        else if (written && settings->n_sets > 0)
            cfg_fault(&load->cfg, written, "forms: no set has a form with the code \"%s\"", code);
        at += len;
    }
    settings->schedule.forms = arena_text(&load->files->arena, view_of(forms.text));
}

static void load_replies(struct load *load)
{
    struct settings_files *files = load->files;
    struct texts paths = load->settings->names.replies;
    const struct replies **replies = arena_alloc(&files->arena, paths.n, sizeof *replies);
    for (size_t i = 0; i < paths.n; i++)
        if (paths.text[i][0] && replies_file_open(paths.text[i], load->cfg.faults, &files->replies[i]) == 0)
            replies[load->settings->n_replies++] = &files->replies[i]->replies;
    load->settings->replies = replies;
}

static void load_files(struct load *load)
{
    struct settings *settings = load->settings;
    params_read(&load->cfg, load->root, PARAM_SCOPE_file, &settings->names, &load->files->given);
    settings->names.sets = find_files(load, "sets", with_set(load, settings->names.sets));
    settings->names.replies = find_files(load, "replies", settings->names.replies);
    settings->names.lang = find_file(load, "lang", settings->names.lang);
    if (settings->names.lang[0] && lang_file_open(settings->names.lang, load->cfg.faults, &load->files->lang) == 0)
        settings->lang = &load->files->lang->lang;
    load_sets(load);
    check_forms(load);
    load_replies(load);
}

/* Without `modems` the phone without a phone: a stranger's first run needs nothing else. */
static const struct modem_settings dummy = {
    .name = "dummy",
    .connection = "none",
    .device = "dummy",
    .model = "dummy",
    .pin = "",
    .imei = "",
    .scan = "",
    .power_hook = "",
    .smsc = "",
    .number = "",
    .balance = "",
    .balance_word = "Rp",
    .balance_limit = 5000,
    .poll_seconds = 1,
};

static void load_modems(struct load *load)
{
    const config_setting_t *list;
    size_t n = cfg_groups(&load->cfg, load->root, "modems", MODEMS_MAX, false, &list);
    size_t room = n > 0 ? n : 1;
    struct modem_settings *modems = arena_alloc(load->cfg.arena, room, sizeof *modems);
    load->files->given_of_modem = arena_alloc(load->cfg.arena, room, sizeof *load->files->given_of_modem);
    for (size_t i = 0; i < n; i++) {
        static const char *const others[] = {NULL};
        const config_setting_t *group = config_setting_get_elem(list, (unsigned)i);
        params_known(&load->cfg, group, PARAM_SCOPE_modem, PARAM_SCOPE_modem, others);
        params_read(&load->cfg, group, PARAM_SCOPE_modem, &modems[i], &load->files->given_of_modem[i]);
        modems[i].line = cfg_line(group);
        conf_check_modem(&load->cfg, group, load->settings->file, modems, i);
    }
    if (!list) {
        modems[0] = dummy;
        conf_check_modem(&load->cfg, load->root, load->settings->file, modems, 0);
    }
    load->settings->modems = modems;
    load->settings->n_modems = list ? n : 1;
}

/* The group may be missing: every row of it has a default. */
static void load_schedule(struct load *load)
{
    static const char *const none[] = {NULL};
    struct schedule_settings *schedule = &load->settings->schedule;
    const config_setting_t *given = cfg_group(&load->cfg, load->root, "schedule", false);
    if (given)
        params_known(&load->cfg, given, PARAM_SCOPE_schedule, PARAM_SCOPE_schedule, none);
    params_read(&load->cfg, given, PARAM_SCOPE_schedule, schedule, &load->files->given);
    if (given)
        conf_check_schedule(&load->cfg, given, schedule);
}

/* The same. */
static void load_notes(struct load *load)
{
    static const char *const none[] = {NULL};
    struct notes_settings *notes = &load->settings->notes;
    const config_setting_t *given = cfg_group(&load->cfg, load->root, "notes", false);
    if (given)
        params_known(&load->cfg, given, PARAM_SCOPE_notes, PARAM_SCOPE_notes, none);
    params_read(&load->cfg, given, PARAM_SCOPE_notes, notes, &load->files->given);
    if (given)
        conf_check_notes(&load->cfg, given, notes);
}

static void load_all(struct load *load)
{
    static const char *const others[] = {"box", "schedule", "notes", "modems", NULL};
    load->root = config_root_setting(&load->cfg.config);
    params_known(&load->cfg, load->root, PARAM_SCOPE_top, PARAM_SCOPE_file, others);
    const config_setting_t *box = cfg_group(&load->cfg, load->root, "box", true);
    if (box) {
        static const char *const none[] = {NULL};
        params_known(&load->cfg, box, PARAM_SCOPE_box, PARAM_SCOPE_box, none);
        params_read(&load->cfg, box, PARAM_SCOPE_box, &load->settings->box, &load->files->given);
        conf_check_box(&load->cfg, box, &load->settings->box);
    }
    load_schedule(load);
    load_notes(load);
    params_read(&load->cfg, load->root, PARAM_SCOPE_top, load->settings, &load->files->given);
    conf_check_top(&load->cfg, load->root, load->settings);
    load_modems(load);
    load_files(load);
}

static int load_with(const char *path, const char *set, struct faults *faults, struct settings **ret_settings)
{
    struct load load = {
        .settings = calloc(1, sizeof *load.settings), .files = calloc(1, sizeof *load.files), .set = set};
    KABAR_ASSERT(load.settings && load.files);
    size_t before = faults->n;
    load.settings->files = load.files;
    load.settings->file = conf_path_absolute(&load.files->arena, path);
    if (cfg_open(&load.cfg, path, &load.files->arena, faults))
        load_all(&load);
    cfg_close(&load.cfg);
    if (faults->n > before) {
        settings_close(load.settings);
        return -EINVAL;
    }
    *ret_settings = load.settings;
    return 0;
}

int settings_load(const char *path, struct faults *faults, struct settings **ret_settings)
{
    return load_with(path, NULL, faults, ret_settings);
}

static int open_with(const char *path, const char *set, struct settings **ret_settings, struct error *error)
{
    CLEANUP(faults_deinit) struct faults faults;
    faults_init(&faults);
    if (load_with(path, set, &faults, ret_settings) != 0)
        return faults_result(&faults, error);
    return 0;
}

int settings_open(const char *path, struct settings **ret_settings, struct error *error)
{
    return open_with(path, NULL, ret_settings, error);
}

int settings_open_with(const char *path, const char *set, struct settings **ret_settings, struct error *error)
{
    CLEANUP(arena_deinit) struct arena arena = {0};
    char file[SPELLING_MAX + sizeof "sets/.cfg"];
    int len = snprintf(file, sizeof file, "sets/%s.cfg", set);
    bool name = len < (int)sizeof file && !strchr(set, '/');
    const char *found = name ? conf_path_find(&arena, conf_path_absolute(&arena, path), file) : NULL;
    if (!found)
        return error_set(error, -ENOENT, "there is no set \"%s\" next to %s or in %s", set, path, conf_path_share());
    return open_with(path, found, ret_settings, error);
}

static void print_scope(enum param_scope scope, const void *scope_struct, const struct param_given *given,
                        const char *indent, struct buf *buf)
{
    for (size_t i = 0; i < PARAM_COUNT; i++) {
        if (params[i].scope != scope)
            continue;
        if (i == PARAM_modem_pin && given->given[i])
            buf_printf(buf, "%spin = \"\"; # not shown\n", indent);
        else
            param_print(&params[i], scope_struct, given, indent, buf);
    }
}

void settings_print(const struct settings *settings, struct buf *buf)
{
    const struct settings_files *files = settings->files;
    buf_printf(buf, "# %s as it is in force; \"# default\" marks what the file does not say\n", settings->file);
    buf_puts(buf, "box = {\n");
    print_scope(PARAM_SCOPE_box, &settings->box, &files->given, "  ", buf);
    buf_puts(buf, "};\n");
    print_scope(PARAM_SCOPE_file, &settings->names, &files->given, "", buf);
    print_scope(PARAM_SCOPE_top, settings, &files->given, "", buf);
    buf_puts(buf, "schedule = {\n");
    print_scope(PARAM_SCOPE_schedule, &settings->schedule, &files->given, "  ", buf);
    buf_puts(buf, "};\n");
    buf_puts(buf, "notes = {\n");
    print_scope(PARAM_SCOPE_notes, &settings->notes, &files->given, "  ", buf);
    buf_puts(buf, "};\n");
    buf_puts(buf, "modems = (");
    for (size_t i = 0; i < settings->n_modems; i++) {
        buf_puts(buf, i > 0 ? ",\n  {\n" : "\n  {\n");
        print_scope(PARAM_SCOPE_modem, &settings->modems[i], &files->given_of_modem[i], "    ", buf);
        buf_puts(buf, "  }");
    }
    buf_puts(buf, "\n);\n");
}

const char *settings_needs_restart(const struct settings *before, const struct settings *after)
{
    bool same_modems = before->n_modems == after->n_modems;
    for (size_t i = 0; i < PARAM_COUNT; i++) {
        bool same = true;
        switch (params[i].scope) {
        case PARAM_SCOPE_box:
            same = param_same(&params[i], &before->box, &after->box);
            break;
        case PARAM_SCOPE_schedule:
            same = param_same(&params[i], &before->schedule, &after->schedule);
            break;
        case PARAM_SCOPE_notes:
            same = param_same(&params[i], &before->notes, &after->notes);
            break;
        case PARAM_SCOPE_file:
            same = param_same(&params[i], &before->names, &after->names);
            break;
        case PARAM_SCOPE_top:
            same = param_same(&params[i], before, after);
            break;
        case PARAM_SCOPE_modem:
            for (size_t j = 0; j < after->n_modems && same_modems; j++)
                same_modems = param_same(&params[i], &before->modems[j], &after->modems[j]);
            break;
        }
        if (!same && !params[i].reload)
            return params[i].name;
    }
    return same_modems ? NULL : "modems";
}
