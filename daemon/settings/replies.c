/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "settings/replies.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "parsers/template.h"
#include "settings/cfg.h"
#include "settings/conf_path.h"

enum { NAMES_MAX = 13 };

static const struct {
    const char *name;
    const char *names[NAMES_MAX];
} texts[REPLY_COUNT] = {
#define REPLY(id, name, when, ...) [REPLY_##id] = {#name, {__VA_ARGS__}},
#include "settings/replies.def"
#undef REPLY
};

const char *reply_text_to_string(enum reply_text text)
{
    return texts[text].name;
}

const char *const *reply_text_names(enum reply_text text)
{
    return texts[text].names;
}

static const char *const lengths[REPLY_LENGTHS + 1] = {"long", "short", NULL};

/* Notes that the file does not have this text. It gets the shipped one where there is such a file. */
static void lacks(struct replies *replies, const char *name)
{
    buf_printf(&replies->lacking, "%s%s", replies->n_lacking++ ? ", " : "", name);
}

static void read_text(struct cfg *cfg, const config_setting_t *root, struct replies *replies, enum reply_text text)
{
    const config_setting_t *group = cfg_group(cfg, root, texts[text].name, false);
    for (int i = 0; i < REPLY_LENGTHS; i++)
        replies->text[text][i] = NULL;
    if (!config_setting_get_member(root, texts[text].name))
        lacks(replies, texts[text].name);
    if (!group)
        return;
    cfg_known(cfg, group, lengths);
    const char *wording = cfg_string_need(cfg, group, lengths[REPLY_LONG]);
    replies->text[text][REPLY_LONG] = wording;
    replies->text[text][REPLY_SHORT] = cfg_string(cfg, group, lengths[REPLY_SHORT], wording);
    for (int i = 0; i < REPLY_LENGTHS; i++) {
        const config_setting_t *at = config_setting_get_member(group, lengths[i]);
        if (at)
            cfg_check_template(cfg, at, texts[text].name, replies->text[text][i], texts[text].names);
    }
}

static void read_months(struct cfg *cfg, const config_setting_t *root, struct replies *replies)
{
    const char *const *months;
    size_t n = cfg_strings(cfg, root, "months", true, &months);
    for (size_t i = 0; i < 12; i++)
        replies->months[i] = i < n ? months[i] : "";
    if (n != 12)
        cfg_fault(cfg, root, "months must be 12 names, [ \"Jan\", \"Feb\", … ]");
}

/* Sentences of the card, with names of examples in them. */
static void read_how(struct cfg *cfg, const config_setting_t *group, struct replies *replies)
{
    static const char *const names[] = {"example", "total", "one", "pair", "turned", "forms", NULL};
    replies->n_guide_how = cfg_strings(cfg, group, "how", true, &replies->guide_how);
    for (size_t i = 0; i < replies->n_guide_how; i++) {
        size_t offset;
        struct view name;
        if (template_check(replies->guide_how[i], names, &offset, &name) != 0)
            cfg_fault(cfg, config_setting_get_member(group, "how"), "how: {%.*s} is not known here", (int)name.len,
                      name.at);
    }
}

static void read_guide(struct cfg *cfg, const config_setting_t *root, struct replies *replies)
{
    static const char *const names[GUIDE_COUNT + 2] = {
#define GUIDE(id, name, where) [GUIDE_##id] = #name,
#include "settings/guide.def"
#undef GUIDE
        [GUIDE_COUNT] = "how",
    };
    const config_setting_t *group = cfg_group(cfg, root, "guide", false);
    if (group)
        cfg_known(cfg, group, names);
    for (int i = 0; i <= GUIDE_COUNT; i++) {
        bool there = group && config_setting_get_member(group, names[i]);
        if (!there)
            lacks(replies, names[i]);
        else if (i < GUIDE_COUNT)
            replies->guide[i] = cfg_string_need(cfg, group, names[i]);
        else
            read_how(cfg, group, replies);
    }
}

static void read_replies(struct cfg *cfg, void *data)
{
    struct replies *replies = data;
    const char *names[REPLY_COUNT + 4] = {"locale", "months", "guide"};
    for (int i = 0; i < REPLY_COUNT; i++)
        names[i + 3] = texts[i].name;
    const config_setting_t *root = config_root_setting(&cfg->config);
    cfg_known(cfg, root, names);
    replies->file = arena_text(cfg->arena, view_of(cfg->path));
    replies->locale = cfg_string_need(cfg, root, "locale");
    read_months(cfg, root, replies);
    read_guide(cfg, root, replies);
    for (int i = 0; i < REPLY_COUNT; i++)
        read_text(cfg, root, replies, (enum reply_text)i);
}

struct replies_file *replies_file_close(struct replies_file *file)
{
    if (file) {
        replies_file_close(file->shipped);
        buf_deinit(&file->replies.lacking);
        arena_deinit(&file->arena);
        free(file);
    }
    return NULL;
}

static int load(const char *path, struct faults *faults, struct replies_file **ret_file)
{
    struct replies_file *file = calloc(1, sizeof *file);
    KABAR_ASSERT(file);
    buf_init(&file->replies.lacking, CFG_FILE_MAX);
    int result = cfg_load(path, &file->arena, faults, read_replies, &file->replies);
    if (result == 0)
        *ret_file = file;
    else
        replies_file_close(file);
    return result;
}

/* The shipped file of that locale that lacks nothing, else the first one; NULL: there is none. */
static struct replies_file *open_shipped(struct arena *arena, const char *locale)
{
    char name[64];
    (void)snprintf(name, sizeof name, "replies/%s.cfg", locale);
    const char *const names[] = {name, "replies/id.cfg"};
    struct replies_file *shipped = NULL;
    for (size_t i = 0; i < sizeof names / sizeof *names && !shipped; i++) {
        CLEANUP(faults_deinit) struct faults unseen;
        faults_init(&unseen);
        const char *path = strchr(locale, '/') ? NULL : conf_path_shipped(arena, names[i]);
        if (path && load(path, &unseen, &shipped) == 0 && shipped->replies.n_lacking > 0)
            shipped = replies_file_close(shipped);
    }
    return shipped;
}

/* What the file lacks, as the shipped one says it: a file of an older version must not stop the box. */
static void complete(struct replies *replies, const struct replies *shipped)
{
    for (int text = 0; text < REPLY_COUNT; text++)
        for (int i = 0; i < REPLY_LENGTHS; i++)
            replies->text[text][i] = replies->text[text][i] ? replies->text[text][i] : shipped->text[text][i];
    for (int i = 0; i < GUIDE_COUNT; i++)
        replies->guide[i] = replies->guide[i] ? replies->guide[i] : shipped->guide[i];
    if (!replies->guide_how) {
        replies->guide_how = shipped->guide_how;
        replies->n_guide_how = shipped->n_guide_how;
    }
}

int replies_file_open(const char *path, struct faults *faults, struct replies_file **ret_file)
{
    struct replies_file *file;
    int result = load(path, faults, &file);
    if (result < 0)
        return result;
    if (file->replies.n_lacking > 0)
        file->shipped = open_shipped(&file->arena, file->replies.locale);
    if (file->replies.n_lacking > 0 && !file->shipped) {
        faults_add(faults, path, 0, "missing here, and there is no shipped file that has them: %s",
                   file->replies.lacking.text);
        replies_file_close(file);
        return -EINVAL;
    }
    if (file->shipped)
        complete(&file->replies, &file->shipped->replies);
    *ret_file = file;
    return 0;
}
