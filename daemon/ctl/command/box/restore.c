/* SPDX-License-Identifier: GPL-2.0-or-later */
/* restore: a backup becomes the database; what was there stays beside it. */
#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <unistd.h>

#include "base/translate.h"
#include "ctl/encrypt.h"
#include "ctl/progress.h"
#include "ctl/session.h"
#include "store/backup.h"

static int name_kept(const char *database, int64_t now_ms, char ret_kept[PATH_MAX])
{
    char utc[21];
    time_format(now_ms, utc);
    for (int n = 0; n < 100; n++) {
        char again[8] = "";
        if (n)
            (void)snprintf(again, sizeof again, "-%d", n);
        if (snprintf(ret_kept, PATH_MAX, "%s.before-restore-%.10s%s", database, utc, again) >= PATH_MAX)
            break;
        if (access(ret_kept, F_OK) != 0)
            return 0;
    }
    return ctl_refuse("there are too many %s.before-restore-…; remove those that are not needed", database);
}

/* What becomes of the messages that waited to be sent when the backup was made. */
static void add_queue(const struct adopted *queue, struct buf *out)
{
    if (queue->settled)
        buf_printf(out,
                   _("%" PRId64 " messages that waited in it were sent or given up since: they stay as they are\n"),
                   queue->settled);
    if (queue->expired)
        buf_printf(out, _("%" PRId64 " messages that waited in it came too late by now: expired, not sent\n"),
                   queue->expired);
    if (queue->held)
        buf_printf(out,
                   _("%" PRId64
                     " messages of its queue are held, they may have gone out before: kabarctl outbox --state "
                     "held; to send one: kabarctl outbox retry ID\n"),
                   queue->held);
    if (queue->waiting)
        buf_printf(out, _("%" PRId64 " messages were not sent before, and go out once kabard runs\n"), queue->waiting);
}

static void print_restored(const struct ctl *ctl, const struct restore_order *order, const struct restored *restored)
{
    CLEANUP(buf_deinit) struct buf out;
    const struct adopted *queue = &restored->adopted;
    buf_init(&out, 32768);
    if (ctl->json) {
        buf_puts(&out, "{\"database\":");
        buf_json(&out, view_of(order->database));
        buf_puts(&out, ",\"kept\":");
        if (restored->kept)
            buf_json(&out, view_of(order->kept));
        else
            buf_puts(&out, "null");
        buf_printf(&out,
                   ",\"generation\":%" PRId64 ",\"settled\":%" PRId64 ",\"expired\":%" PRId64 ",\"held\":%" PRId64
                   ",\"queued\":%" PRId64 ",\"messages\":%" PRId64 ",\"reports\":%" PRId64 ",\"contacts\":%" PRId64
                   "}\n",
                   queue->generation, queue->settled, queue->expired, queue->held, queue->waiting,
                   restored->info.messages, restored->info.reports, restored->info.contacts);
        ctl_print(&out);
        return;
    }
    char newest[17] = "-";
    if (restored->info.newest_ms)
        time_format_local(restored->info.newest_ms, newest);
    buf_escaped(&out, view_of(order->database));
    buf_printf(&out, _(": %" PRId64 " messages (the last of %s), %" PRId64 " reports, %" PRId64 " contacts\n"),
               restored->info.messages, newest, restored->info.reports, restored->info.contacts);
    if (restored->kept) {
        buf_puts(&out, _("what was there: "));
        buf_escaped(&out, view_of(order->kept));
        buf_puts(&out, "\n");
    }
    add_queue(queue, &out);
    buf_puts(&out, _("now start the daemon: systemctl start kabard\n"));
    ctl_print(&out);
}

/* What is there, what comes in its place, and where the first goes. */
static int ask(const struct ctl *ctl, const struct restore_order *order)
{
    struct backup_info backup, there;
    struct error error = {0};
    char newest[17] = "-";
    if (backup_check(order->backup, &backup, &error))
        return ctl_refuse("nothing was restored: %s", error.text);
    if (backup.newest_ms)
        time_format_local(backup.newest_ms, newest);
    CLEANUP(buf_deinit) struct buf out;
    buf_init(&out, 32768);
    buf_puts(&out, _("backup:   "));
    buf_escaped(&out, view_of(order->backup));
    buf_printf(&out, _(": %" PRId64 " messages (the last of %s), %" PRId64 " reports, %" PRId64 " contacts\n"),
               backup.messages, newest, backup.reports, backup.contacts);
    if (access(order->database, F_OK) == 0) {
        buf_puts(&out, _("replaces: "));
        buf_escaped(&out, view_of(order->database));
        if (backup_check(order->database, &there, &error) == 0)
            buf_printf(&out, _(": %" PRId64 " messages, %" PRId64 " reports, %" PRId64 " contacts"), there.messages,
                       there.reports, there.contacts);
        buf_puts(&out, _(", which is kept as "));
        buf_escaped(&out, view_of(order->kept));
        buf_puts(&out, "\n");
    }
    bool dry_run = args_get(&ctl->args, "--dry-run") != NULL;
    if (ctl->json && dry_run)
        (void)printf("{\"messages\":%" PRId64 ",\"reports\":%" PRId64 ",\"contacts\":%" PRId64 ",\"dry_run\":true}\n",
                     backup.messages, backup.reports, backup.contacts);
    else if (!ctl->json && (dry_run || !args_get(&ctl->args, "--yes")))
        ctl_print(&out);
    return dry_run ? 0 : ctl_confirm(ctl, _("Put it in the place of the database?"));
}

int ctl_restore(struct ctl *ctl)
{
    CLEANUP(session_close) struct session session = {0};
    char kept[PATH_MAX], who[WHO_SIZE];
    int status = session_settings(&session, ctl);
    if (status)
        return status;
    struct restore_order order = {
        .backup = ctl->args.words[0],
        .database = session.settings->database,
        .kept = kept,
        .box_id = session.settings->box.id,
        .who = who,
        .now_ms = session_now_ms(&session),
    };
    struct restored restored;
    struct error error = {0};
    session_who(&session, who);
    const char *decrypt = encrypt_how_to_read(order.backup);
    if (decrypt)
        return ctl_refuse(
            "nothing was restored: %s is encrypted; where its key is, type: %s %s; then: kabarctl restore "
            "kabar-plain.db",
            order.backup, decrypt, order.backup);
    status = session_keep_daemon_out(order.database);
    if (!status)
        status = name_kept(order.database, order.now_ms, kept);
    if (!status)
        status = ask(ctl, &order);
    if (status || args_get(&ctl->args, "--dry-run"))
        return status;
    progress_begin(ctl);
    int r = store_restore(&order, &restored, &error);
    progress_end();
    switch (-r) {
    case 0:
        print_restored(ctl, &order, &restored);
        return CTL_DONE;
    case EINVAL:
    case ENOENT:
    case EUCLEAN:
    case EPROTO:
        return ctl_refuse("nothing was restored: %s", error.text);
    default:
        return ctl_environment("nothing was restored: %s", error.text);
    }
}
