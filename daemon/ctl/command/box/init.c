/* SPDX-License-Identifier: GPL-2.0-or-later */
/* init: the database as this version of Kabar needs it. */
#include <stdio.h>
#include <unistd.h>

#include "base/lock.h"
#include "base/translate.h"
#include "ctl/session.h"

int ctl_init(struct ctl *ctl)
{
    CLEANUP(session_close) struct session session = {0};
    int status = session_settings(&session, ctl);
    if (status)
        return status;
    struct error error = {0};
    int from = 0, to = 0;
    const char *database = session.settings->database;
    int pid;
    if (access(database, F_OK) != 0 && lock_held(database, &pid))
        return ctl_refuse("%s is gone, but kabard (process %d) works on it still: put it back; to begin with an empty "
                          "one, stop kabard first",
                          database, pid);
    if (store_init(database, &from, &to, &error))
        return ctl_environment("%s", error.text);
    CLEANUP(buf_deinit) struct buf out;
    buf_init(&out, 8192);
    if (ctl->json) {
        buf_puts(&out, "{\"database\":");
        buf_json(&out, view_of(database));
        buf_printf(&out, ",\"from\":%d,\"to\":%d}\n", from, to);
    } else {
        const char *what = from == 0 ? _("made") : from == to ? _("is up to date") : _("brought up to date");
        buf_escaped(&out, view_of(database));
        buf_printf(&out, _(": %s, schema %d\n"), what, to);
    }
    ctl_print(&out);
    if (from == to)
        return CTL_DONE;
    status = session_open(&session, ctl, STORE_WRITE);
    if (status || (status = session_begin(&session)))
        return status;
    char detail[64];
    (void)snprintf(detail, sizeof detail, "schema %d to %d", from, to);
    return session_commit(&session, "init", session.settings->box.id, detail);
}
