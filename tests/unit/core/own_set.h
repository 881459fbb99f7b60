/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A world with a set of the test's own in place of the shipped one. */
#ifndef KABAR_TESTS_CORE_OWN_SET_H
#define KABAR_TESTS_CORE_OWN_SET_H

#include "world.h"

static inline void own_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

/* extra: further lines of kabard.conf. */
static inline void own_set(struct world *w, const char *set_text, const char *extra)
{
    char set[128], conf[128], text[1024];
    const char *config = KABAR_SOURCE_DIR "/config";
    struct settings *settings = NULL;
    (void)snprintf(set, sizeof set, "%s/own.cfg", w->folder);
    (void)snprintf(conf, sizeof conf, "%s/own.conf", w->folder);
    own_file(set, set_text);
    (void)snprintf(text, sizeof text,
                   "box = { id = \"box-03\"; };\ndatabase = \"kabar.db\"; sets = ( \"%s\" );\n"
                   "lang = \"%s/lang/id.cfg\"; replies = ( \"%s/replies/id.cfg\", \"%s/replies/en.cfg\" );\n%s\n",
                   set, config, config, config, extra);
    own_file(conf, text);
    must(settings_open(conf, &settings, &w->error));
    must(box_reload(w->box, settings, &w->error));
    settings_close(w->settings);
    w->settings = settings;
    assert_int_equal(remove(set), 0);
    assert_int_equal(remove(conf), 0);
}

#endif
