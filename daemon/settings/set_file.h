/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * config/sets/NAME.cfg → struct set (parsers/set.h). What the file says is checked as far as it can be without a
 * database: types, ranges, codes, references, duplicates. Its SQL is compiled by store/rule.h; `line` of each rule,
 * variant and cell is there so that a message can name it.
 */
#ifndef KABAR_SETTINGS_SET_FILE_H
#define KABAR_SETTINGS_SET_FILE_H

#include "parsers/set.h"
#include "settings/arena.h"
#include "settings/faults.h"

struct set_file {
    struct set set; /* points into arena */
    struct arena arena;
};

/*
 * Loads a set. Faults go to *faults; where there is none *ret_file is to be freed by set_file_close(), else it is
 * untouched and -EINVAL returned.
 */
MUST_CHECK int set_file_open(const char *path, struct faults *faults, struct set_file **ret_file);
/* NULL is fine. Returns NULL. */
struct set_file *set_file_close(struct set_file *file);

#endif
