/* SPDX-License-Identifier: GPL-2.0-or-later */
/* config/lang/NAME.cfg → struct lang (parsers/lang.h). */
#ifndef KABAR_SETTINGS_LANG_FILE_H
#define KABAR_SETTINGS_LANG_FILE_H

#include "parsers/lang.h"
#include "settings/arena.h"
#include "settings/faults.h"

struct lang_file {
    struct lang lang; /* points into arena */
    struct arena arena;
};

/* As set_file_open(). */
MUST_CHECK int lang_file_open(const char *path, struct faults *faults, struct lang_file **ret_file);
/* NULL is fine. Returns NULL. */
struct lang_file *lang_file_close(struct lang_file *file);

#endif
