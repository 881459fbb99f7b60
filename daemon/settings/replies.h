/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What people read: config/replies/NAME.cfg, one file a locale. The texts that go out by SMS are checked against the
 * table in replies.def, the words of the printed guide against guide.def.
 *
 * Each text has a long and a short wording; the short one is for a reply that would take too many parts. All are
 * templates (parsers/template.h) whose {names} were checked at load, and deliverable (parsers/deliver.h).
 */
#ifndef KABAR_SETTINGS_REPLIES_H
#define KABAR_SETTINGS_REPLIES_H

#include "settings/arena.h"
#include "settings/faults.h"

enum reply_text {
#define REPLY(id, name, when, ...) REPLY_##id,
#include "settings/replies.def"
#undef REPLY
    REPLY_COUNT
};

enum guide_text {
#define GUIDE(id, name, where) GUIDE_##id,
#include "settings/guide.def"
#undef GUIDE
    GUIDE_COUNT
};

enum reply_length { REPLY_LONG, REPLY_SHORT, REPLY_LENGTHS };

struct replies {
    const char *locale; /* "id" */
    const char *file;
    const char *months[12];                       /* "Okt", "Des" */
    const char *text[REPLY_COUNT][REPLY_LENGTHS]; /* short is the long one where the file gives none */
    const char *guide[GUIDE_COUNT];
    const char *const *guide_how; /* sentences */
    size_t n_guide_how;
    struct buf lacking; /* names of the texts that the file does not have; the shipped file's stand in for them */
    size_t n_lacking;
};

struct replies_file {
    struct replies replies; /* points into arena, and into shipped */
    struct arena arena;
    struct replies_file *shipped; /* the file whose texts stand in; NULL: none is needed */
};

/* As set_file_open(). A text that the file does not have is the shipped file's of the same locale, else of "id": a box
 * with a file of an older version starts. A text is never taken out of replies.def, for the same reason. */
MUST_CHECK int replies_file_open(const char *path, struct faults *faults, struct replies_file **ret_file);
/* NULL is fine. Returns NULL. */
struct replies_file *replies_file_close(struct replies_file *file);

/* "segment", "help_form" … as the file names it. */
const char *reply_text_to_string(enum reply_text text);
/* The {names} it may use, NULL-terminated. */
const char *const *reply_text_names(enum reply_text text);

#endif
