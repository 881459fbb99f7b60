/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Changes single settings in the text of a configuration; comments, order and every other setting stay as they are. */
#ifndef KABAR_SETTINGS_CONF_EDIT_H
#define KABAR_SETTINGS_CONF_EDIT_H

#include "base/buf.h"
#include "base/error.h"
#include "parsers/view.h"

struct conf_change {
    const char *group; /* "box" = { … }, or "modems" = ( { … }, … ) … */
    size_t member;     /* … the first of which is 0 */
    const char *name;
    const char *value; /* a text without quotes and backslashes */
};

/* Appends the text with the change to ret_text; a setting that is not there is added first in its group. -ENOENT: there
 * is no such group. For a text that was loaded before. */
MUST_CHECK int conf_edit(struct view text, const struct conf_change *change, struct buf *ret_text, struct error *error);

#endif
