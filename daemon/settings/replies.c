/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "settings/replies.h"

#include <stdlib.h>

#include "settings/cfg.h"

enum { NAMES_MAX = 12 };

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

static void read_text(struct cfg *cfg, const config_setting_t *root, struct replies *replies, enum reply_text text)
{
    const config_setting_t *group = cfg_group(cfg, root, texts[text].name, true);
    for (int i = 0; i < REPLY_LENGTHS; i++)
        replies->text[text][i] = "";
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

static void read_guide(struct cfg *cfg, const config_setting_t *root, struct replies *replies)
{
    static const char *const names[GUIDE_COUNT + 2] = {
#define GUIDE(id, name, where) [GUIDE_##id] = #name,
#include "settings/guide.def"
#undef GUIDE
        [GUIDE_COUNT] = "how",
    };
    const config_setting_t *group = cfg_group(cfg, root, "guide", true);
    if (!group)
        return;
    cfg_known(cfg, group, names);
    for (int i = 0; i < GUIDE_COUNT; i++)
        replies->guide[i] = cfg_string_need(cfg, group, names[i]);
    replies->n_guide_how = cfg_strings(cfg, group, "how", true, &replies->guide_how);
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
        arena_deinit(&file->arena);
        free(file);
    }
    return NULL;
}

int replies_file_open(const char *path, struct faults *faults, struct replies_file **ret_file)
{
    struct replies_file *file = calloc(1, sizeof *file);
    KABAR_ASSERT(file);
    int result = cfg_load(path, &file->arena, faults, read_replies, &file->replies);
    if (result == 0)
        *ret_file = file;
    else
        replies_file_close(file);
    return result;
}
