/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where the files are that a configuration names; inside settings/ only. */
#ifndef KABAR_SETTINGS_CONF_PATH_H
#define KABAR_SETTINGS_CONF_PATH_H

#include "settings/arena.h"

/* The file's path made absolute without looking at the disk. */
const char *conf_path_absolute(struct arena *arena, const char *path);

/* path beside file (absolute), or path itself where it is absolute. */
const char *conf_path_beside(struct arena *arena, const char *file, const char *path);

/*
 * A readable file path: beside file, else in the share directory: the installed one (also where the whole tree was
 * moved), or config/ of the sources where the program runs from its build folder. NULL where it is in none.
 */
const char *conf_path_find(struct arena *arena, const char *file, const char *path);

/* The same, in the share directory alone. */
const char *conf_path_shipped(struct arena *arena, const char *path);

/* The folder that has the catalogues, beside the program's own: share/locale, installed or built; NULL: none. */
const char *conf_path_locale(struct arena *arena);

/* Where conf_path_find() looks for what ships, for messages. */
const char *conf_path_share(void);

#endif
