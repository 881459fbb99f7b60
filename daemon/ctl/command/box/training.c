/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * training start, stop: people try it out with the real box, and nothing of it stays. The database as it is when the
 * training starts is kept beside it; when it stops, that one is the database again.
 */
#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <unistd.h>

#include "base/digits.h"
#include "base/translate.h"
#include "ctl/session.h"
#include "store/backup.h"
#include "store/meta.h"
#include "store/report.h"

/* The database as it was before, and the one of the training while it is put away. */
static int name_files(const char *database, char ret_before[PATH_MAX], char ret_after[PATH_MAX])
{
    int n = snprintf(ret_before, PATH_MAX, "%s.before-training", database);
    int m = snprintf(ret_after, PATH_MAX, "%s.training", database);
    return n < PATH_MAX && m < PATH_MAX ? 0 : ctl_environment("%s: the path is too long", database);
}

/* When the training began; 0: there is none. */
static int read_start(const struct session *session, int64_t *ret_since_ms)
{
    char text[24] = "";
    struct error error = {0};
    int r = store_meta_get(session->store, META_TRAINING, NULL, text, sizeof text, &error);
    if (r == -ENOENT || (!r && !digits_whole(text, INT64_MAX, ret_since_ms)))
        *ret_since_ms = 0;
    return r && r != -ENOENT ? ctl_failed(r, &error) : 0;
}

static int open_training(const struct ctl *ctl, enum store_mode mode, struct session *session,
                         char ret_before[PATH_MAX], char ret_after[PATH_MAX], int64_t *ret_since_ms)
{
    int status = session_open(session, ctl, mode);
    if (!status)
        status = read_start(session, ret_since_ms);
    return status ? status : name_files(session->settings->database, ret_before, ret_after);
}

static int begin_training(struct session *session, const char *before)
{
    struct backup_info info;
    struct error error = {0};
    char now[24];
    int r = store_backup(session->settings->database, before, &info, &error);
    if (r)
        return ctl_failed(r, &error);
    (void)snprintf(now, sizeof now, "%" PRId64, session_now_ms(session));
    int status = session_begin(session);
    if (!status && (r = store_meta_set(session->store, META_TRAINING, NULL, now, &error)))
        status = ctl_failed(r, &error);
    if (!status)
        status = session_commit(session, "training.start", "", "");
    if (status)
        (void)unlink(before);
    return status;
}

int ctl_training_start(struct ctl *ctl)
{
    CLEANUP(session_close) struct session session = {0};
    char before[PATH_MAX], after[PATH_MAX];
    int64_t since_ms = 0;
    int status = open_training(ctl, STORE_WRITE, &session, before, after, &since_ms);
    if (status)
        return status;
    if (since_ms > 0)
        return ctl_refuse("the training runs already; kabarctl training stop ends it");
    if (access(before, F_OK) == 0)
        return ctl_refuse("%s is there from an earlier training: move it away first", before);
    if (!ctl->json)
        (void)puts(
            _("From now on everything is training: SMS, reports, people and settings of the database. All of it is "
              "wiped when it stops, real reports too."));
    status = ctl_confirm(ctl, _("Start?"));
    if (!status)
        status = begin_training(&session, before);
    if (!status)
        (void)fputs(ctl->json ? "{\"training\":true}\n" : _("the training runs; end it with: kabarctl training stop\n"),
                    stdout);
    return status;
}

static int count_report(void *data, const struct report_found *report)
{
    (void)report;
    ++*(int64_t *)data;
    return 0;
}

/* What would be lost, for whoever decides it. */
static int show_training(const struct ctl *ctl, const struct session *session, int64_t since_ms)
{
    const struct report_filter filter = {.period = MONTH_NONE, .since_ms = since_ms};
    char since[17];
    int64_t reports = 0;
    struct error error = {0};
    int r = store_report_list(session->store, &filter, count_report, &reports, &error);
    time_format_local(since_ms, since);
    if (!r && !ctl->json)
        (void)printf(_("training since %s: %" PRId64 " reports; they are wiped, and everything else since\n"), since,
                     reports);
    return r ? ctl_failed(r, &error) : 0;
}

/* The files of a database that nobody needs. */
static void wipe(const char *database)
{
    static const char *const ends[] = {"", "-wal", "-shm"};
    char path[PATH_MAX + 8];
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        (void)snprintf(path, sizeof path, "%s%s", database, ends[i]);
        (void)unlink(path);
    }
}

static int end_training(const struct ctl *ctl, struct session *session, const char *before, const char *after)
{
    CLEANUP(session_close) struct session real = {0};
    struct restored restored;
    struct error error = {0};
    char who[WHO_SIZE];
    session_who(session, who);
    const struct restore_order order = {.backup = before,
                                        .database = session->settings->database,
                                        .kept = after,
                                        .box_id = session->settings->box.id,
                                        .who = who,
                                        .now_ms = session_now_ms(session)};
    session->store = store_close(session->store);
    int r = store_restore(&order, &restored, &error);
    if (r)
        return ctl_environment("nothing was changed: %s", error.text);
    wipe(after);
    wipe(before);
    int status = session_open(&real, ctl, STORE_WRITE);
    if (!status)
        status = session_begin(&real);
    return status ? status : session_commit(&real, "training.stop", "", "");
}

int ctl_training_stop(struct ctl *ctl)
{
    CLEANUP(session_close) struct session session = {0};
    char before[PATH_MAX], after[PATH_MAX];
    int64_t since_ms = 0;
    int status = open_training(ctl, STORE_READ, &session, before, after, &since_ms);
    if (status)
        return status;
    if (since_ms == 0)
        return ctl_refuse("no training runs; kabarctl training start begins one");
    if (access(before, F_OK) != 0)
        return ctl_refuse("%s, the database before the training, is not there: nothing was changed", before);
    status = session_keep_daemon_out(session.settings->database);
    if (!status)
        status = show_training(ctl, &session, since_ms);
    if (!status)
        status = ctl_confirm(ctl, _("This cannot be undone. End the training?"));
    if (!status)
        status = end_training(ctl, &session, before, after);
    if (!status)
        (void)fputs(ctl->json ? "{\"training\":false}\n"
                              : _("the training is over and wiped; now start the daemon: systemctl start kabard\n"),
                    stdout);
    return status;
}
