/* SPDX-License-Identifier: GPL-2.0-or-later */
/* config/params.def as a table: reads, checks and prints each setting by its row; inside settings/ and its tests. */
#ifndef KABAR_SETTINGS_PARAMS_H
#define KABAR_SETTINGS_PARAMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "settings/cfg.h"

enum param_scope {
    PARAM_SCOPE_box,
    PARAM_SCOPE_schedule,
    PARAM_SCOPE_notes,
    PARAM_SCOPE_file,
    PARAM_SCOPE_top,
    PARAM_SCOPE_modem
};
enum param_type { PARAM_IS_TEXT, PARAM_IS_TEXTS, PARAM_IS_INT, PARAM_IS_BOOL, PARAM_IS_TIME, PARAM_IS_CHOICE };

struct param {
    enum param_scope scope;
    enum param_type type;
    const char *name;
    size_t offset;       /* in the scope's struct */
    const char *text;    /* default of texts, times and choices; NULL: must be given */
    const char *choices; /* "once|silent" */
    int value, min, max;
    const char *unit;
    bool reload;
    const char *what;
};

enum {
#define PARAM_TEXT(scope, name, ...)   PARAM_##scope##_##name,
#define PARAM_TEXTS(scope, name, ...)  PARAM_##scope##_##name,
#define PARAM_INT(scope, name, ...)    PARAM_##scope##_##name,
#define PARAM_BOOL(scope, name, ...)   PARAM_##scope##_##name,
#define PARAM_TIME(scope, name, ...)   PARAM_##scope##_##name,
#define PARAM_CHOICE(scope, name, ...) PARAM_##scope##_##name,
#include "config/params.def"
#undef PARAM_TEXT
#undef PARAM_TEXTS
#undef PARAM_INT
#undef PARAM_BOOL
#undef PARAM_TIME
#undef PARAM_CHOICE
    PARAM_COUNT
};

extern const struct param params[PARAM_COUNT];

/* Which rows a file gives: bit by index of the row. */
struct param_given {
    bool given[PARAM_COUNT];
};

/* Reads all rows of a scope from group (NULL: all defaults) into its struct. */
void params_read(struct cfg *cfg, const config_setting_t *group, enum param_scope scope, void *ret_struct,
                 struct param_given *ret_given);

/* A fault for each member of group that is neither a row of one of the two scopes nor in others (NULL-terminated). */
void params_known(struct cfg *cfg, const config_setting_t *group, enum param_scope scope, enum param_scope also,
                  const char *const *others);

/* One row as a line of kabard.conf, what is not given marked "# default". */
void param_print(const struct param *param, const void *scope_struct, const struct param_given *given,
                 const char *indent, struct buf *buf);

/* Whether two values of a row are the same. */
bool param_same(const struct param *param, const void *one, const void *other);

#endif
