/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One libconfig file, read with every check that a value of ours can have; inside settings/ only.
 *
 * libconfig 1.5 by itself ends the process where `@include` names a folder, stops at a zero byte and silently wraps an
 * integer over 32 bits. So the file is read here, looked through first, and @include is refused. What is wrong goes to
 * the faults and a harmless value comes back, so that loaders need no error paths of their own.
 */
#ifndef KABAR_SETTINGS_CFG_H
#define KABAR_SETTINGS_CFG_H

#include <libconfig.h>
#include <stdbool.h>
#include <stddef.h>

#include "settings/arena.h"
#include "settings/faults.h"

enum { CFG_FILE_MAX = 256 * 1024, CFG_DEPTH_MAX = 16 };

struct cfg {
    config_t config;
    const char *path;
    struct arena *arena;   /* where strings are copied to */
    struct faults *faults; /* where faults go */
};

/* Opens and parses; false with a fault where that fails. path, arena and faults must outlive it. cfg_close() always. */
MUST_CHECK bool cfg_open(struct cfg *cfg, const char *path, struct arena *arena, struct faults *faults);
void cfg_close(struct cfg *cfg);
/* The whole of it for a file of one kind: opens, has `read` fill *data, closes. 0, or -EINVAL where a fault came up. */
MUST_CHECK int cfg_load(const char *path, struct arena *arena, struct faults *faults,
                        void (*read)(struct cfg *cfg, void *data), void *data);

/* A fault at the line of a setting. */
void cfg_fault(struct cfg *cfg, const config_setting_t *at, const char *format, ...) PRINTF_LIKE(3, 4);
int cfg_line(const config_setting_t *setting);

/* A fault for each member of group that is not in names (NULL-terminated), with the nearest of them. */
void cfg_known(struct cfg *cfg, const config_setting_t *group, const char *const *names);

/*
 * Members of a group. *_need: absent is a fault. What comes back is `fallback` where the member is absent or wrong
 * ("" for cfg_string_need). Strings are arena copies.
 */
const char *cfg_string(struct cfg *cfg, const config_setting_t *group, const char *name, const char *fallback);
const char *cfg_string_need(struct cfg *cfg, const config_setting_t *group, const char *name);
int cfg_int(struct cfg *cfg, const config_setting_t *group, const char *name, int min, int max, int fallback);
bool cfg_bool(struct cfg *cfg, const config_setting_t *group, const char *name, bool fallback);
/* Index of the string in names (NULL-terminated), else fallback. */
int cfg_choice(struct cfg *cfg, const config_setting_t *group, const char *name, const char *const *names,
               int fallback);
/* A member group, or NULL. */
const config_setting_t *cfg_group(struct cfg *cfg, const config_setting_t *group, const char *name, bool need);
/* A member list of groups `( { … }, … )`: its length (elements that are no group are faults), 0 where absent. */
size_t cfg_groups(struct cfg *cfg, const config_setting_t *group, const char *name, size_t max, bool need,
                  const config_setting_t **ret_list);
/* A member array or list of strings: arena array of arena strings; 0 where absent. */
size_t cfg_strings(struct cfg *cfg, const config_setting_t *group, const char *name, bool need,
                   const char *const **ret_strings);

/* As cfg_string_need(), for what goes out by SMS: a fault where carriers would not deliver it (parsers/deliver.h). */
const char *cfg_sms_need(struct cfg *cfg, const config_setting_t *group, const char *name);
/* Faults of a template (parsers/template.h) with names NULL-terminated; the text around them must be deliverable. */
void cfg_check_template(struct cfg *cfg, const config_setting_t *at, const char *what, const char *text,
                        const char *const *names);

#endif
