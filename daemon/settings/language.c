/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "settings/language.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/translate.h"
#include "settings/cfg.h"
#include "settings/conf_path.h"

#define LANGUAGE_SHIPPED "id"

enum { LANGUAGE_BYTES = 16 };

/* "id" of "id_ID.UTF-8"; "" where the environment says none, "en" where it says C. */
static void of_environment(char ret_language[LANGUAGE_BYTES])
{
    static const char *const names[] = {"LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"};
    const char *said = NULL;
    for (size_t i = 0; i < sizeof names / sizeof *names && (!said || !*said); i++)
        said = getenv(names[i]);
    bool plain = said && (strcmp(said, "C") == 0 || strcmp(said, "POSIX") == 0);
    size_t len = said ? strcspn(said, "_.@:") : 0;
    if (plain)
        said = "en";
    else if (len == 0 || (len == 1 && said[0] == 'C'))
        said = "";
    (void)snprintf(ret_language, LANGUAGE_BYTES, "%.*s", plain ? 2 : (int)(len < LANGUAGE_BYTES ? len : 0), said);
}

struct asked {
    const char *language, *replies, *locale;
};

static void read_configuration(struct cfg *cfg, void *data)
{
    struct asked *asked = data;
    const config_setting_t *root = config_root_setting(&cfg->config);
    const config_setting_t *replies = config_setting_get_member(root, "replies");
    const char *text = NULL;
    asked->language = cfg_string(cfg, root, "language", "auto");
    if (replies)
        text = config_setting_is_aggregate(replies) ? config_setting_get_string_elem(replies, 0)
                                                    : config_setting_get_string(replies);
    if (text)
        asked->replies = conf_path_find(cfg->arena, cfg->path, text);
}

static void read_replies(struct cfg *cfg, void *data)
{
    struct asked *asked = data;
    asked->locale = cfg_string(cfg, config_root_setting(&cfg->config), "locale", LANGUAGE_SHIPPED);
}

void language_open(const char *config)
{
    CLEANUP(arena_deinit) struct arena arena = {0};
    CLEANUP(faults_deinit) struct faults faults;
    struct asked asked = {.language = "auto", .locale = LANGUAGE_SHIPPED};
    char language[LANGUAGE_BYTES];
    faults_init(&faults);
    of_environment(language);
    if (cfg_load(conf_path_absolute(&arena, config), &arena, &faults, read_configuration, &asked) != 0)
        asked.language = "auto";
    if (strcmp(asked.language, "auto") != 0) {
        (void)snprintf(language, sizeof language, "%s", asked.language);
    } else if (!language[0]) {
        if (asked.replies && cfg_load(asked.replies, &arena, &faults, read_replies, &asked) != 0)
            asked.locale = LANGUAGE_SHIPPED;
        (void)snprintf(language, sizeof language, "%s", asked.locale);
    }
    translate_open(strchr(language, '/') ? NULL : conf_path_locale(&arena), language);
}
