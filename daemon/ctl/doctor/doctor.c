/* SPDX-License-Identifier: GPL-2.0-or-later */
/* doctor: what is well and what is not, each with what to do; worst things make the exit status 1. */
#include <errno.h>
#include <glob.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/disk.h"
#include "base/lock.h"
#include "base/translate.h"
#include "core/time.h"
#include "ctl/doctor/doctor.h"
#include "ctl/listing.h"
#include "store/backup.h"
#include "store/meta.h"
#include "store/mo.h"

enum { DISK_BAD_MIB = 16 };
enum { ADVICE_INDENT = 21 }; /* where the text of an advice begins */

static const char *const levels[] = {N_("ok"), N_("warn"), N_("bad")};
_Static_assert((int)FINDING_BAD == (int)CTL_BAD, "a colour for each");

void doctor_say(struct doctor *doctor, enum finding level, const char *check, const char *text, const char *todo)
{
    struct buf *out = &doctor->out;
    if (level > doctor->worst)
        doctor->worst = level;
    if (doctor->json) {
        buf_printf(out, "{\"finding\":\"%s\",\"check\":\"%s\",\"text\":", levels[level], check);
        buf_json(out, view_of(text));
        buf_puts(out, ",\"todo\":");
        if (todo[0])
            buf_json(out, view_of(todo));
        else
            buf_puts(out, "null");
        buf_puts(out, "}\n");
        return;
    }
    buf_puts(out, ctl_colour((enum ctl_colour)level));
    buf_padded(out, translate(levels[level]), 6);
    buf_puts(out, ctl_colour(CTL_COLOURS));
    buf_padded(out, translate(check), 12);
    buf_escaped(out, view_of(text));
    buf_puts(out, "\n");
    if (!todo[0])
        return;
    buf_padded(out, "", 18);
    buf_puts(out, "-> ");
    buf_escaped(out, view_of(todo));
    buf_puts(out, "\n");
}

static void check_database(struct doctor *doctor, struct session *session)
{
    struct error error = {0};
    struct backup_info info;
    char text[PATH_MAX + 128];
    const char *path = session->settings->database;
    if (access(path, F_OK) != 0 && errno == ENOENT) {
        (void)snprintf(text, sizeof text, _("%s is not there"), path);
        doctor_say(doctor, FINDING_BAD, "database", text,
                   _("a new box: kabarctl init; a lost one: kabarctl restore FILE with the newest backup"));
        return;
    }
    if (backup_check(path, &info, &error) ||
        store_open(path, STORE_READ, session->settings->box.id, &session->store, &error)) {
        doctor_say(
            doctor, FINDING_BAD, "database", error.text,
            _("stop kabard, then kabarctl restore FILE with the newest backup; without rights: run this as root"));
        return;
    }
    int64_t orphans = 0;
    if (store_orphans(path, &orphans, &error) == 0 && orphans > 0) {
        (void)snprintf(text, sizeof text, _("%s was edited by hand: %" PRId64 " rows refer to what is not there"), path,
                       orphans);
        doctor_say(doctor, FINDING_BAD, "database", text,
                   _("stop kabard, then kabarctl restore FILE with the newest backup from before"));
        return;
    }
    (void)snprintf(text, sizeof text, _("%s is intact: %" PRId64 " messages, %" PRId64 " reports, %.1f MiB"), path,
                   info.messages, info.reports, (double)info.bytes / (1 << 20));
    doctor_say(doctor, FINDING_OK, "database", text, "");
}

static void check_disk(struct doctor *doctor, const struct settings *settings)
{
    char text[128];
    int64_t free_mib;
    struct error error;
    if (disk_free_mib(settings->database, &free_mib, &error) != 0) {
        doctor_say(doctor, FINDING_BAD, "disk", error.text, _("the database's folder must be there: mount or make it"));
        return;
    }
    (void)snprintf(text, sizeof text, _("%" PRId64 " MiB are free"), free_mib);
    if (!disk_takes_writes(settings->database)) {
        doctor_say(
            doctor, FINDING_BAD, "disk", _("the disk can be read and not written"),
            _("Linux closes a disk with errors to writing: copy the backups away, restart the box; if it stays so, "
              "a new disk and kabarctl restore"));
        return;
    }
    if (free_mib < DISK_BAD_MIB)
        doctor_say(
            doctor, FINDING_BAD, "disk", text,
            _("SMS stay on the SIM until there is room: remove old files (df -h, journalctl --vacuum-size=50M)"));
    else if (free_mib < settings->alert_disk_mib)
        doctor_say(doctor, FINDING_WARN, "disk", text, _("make room soon: df -h, journalctl --vacuum-size=50M"));
    else
        doctor_say(doctor, FINDING_OK, "disk", text, "");
}

static void check_clock(struct doctor *doctor, const struct session *session)
{
    char text[96], local[17];
    struct error error = {0};
    struct moment now;
    bool trusted = moment_look(session->store, session->clock, &now, &error) == 0 && now.trusted;
    time_format_local(session->clock.wall_ms(session->clock.data), local);
    (void)snprintf(text, sizeof text, _("it is %s, %s"), local, session->settings->box.timezone);
    if (trusted)
        doctor_say(doctor, FINDING_OK, "clock", text, "");
    else
        doctor_say(doctor, FINDING_BAD, "clock", text,
                   _("that can't be right, see: kabarctl clock; timedatectl set-time 'YYYY-MM-DD HH:MM'"));
}

static void day_of(int64_t ms, char ret_day[9])
{
    char text[21];
    time_format(ms, text);
    (void)snprintf(ret_day, 9, "%.4s%.2s%.2s", text, text + 5, text + 8);
}

/* Names sort by time, "…-20261122T013000Z.db": the day is what is compared. */
static const char *backup_day(const char *path)
{
    const char *stamp = strrchr(path, '-');
    return stamp ? stamp + 1 : "";
}

/* One that is not lost with the box's own disk. */
static void check_away(struct doctor *doctor, const struct session *session)
{
    enum { OLD_DAYS = 31 };
    const char *todo = _("plug a USB stick in, mount it, then: kabarctl backup /media/stick --mounted --keep 14");
    char note[PATH_MAX + 24], text[PATH_MAX + 64], day[17];
    int64_t ms = 0;
    struct error error;
    if (!session->store || store_meta_get(session->store, META_BACKUP, "away", note, sizeof note, &error) < 0) {
        doctor_say(doctor, FINDING_WARN, "backup", _("none was ever made on another disk: all is lost with this one"),
                   todo);
        return;
    }
    char *path = strchr(note, ' ');
    if (path)
        *path++ = '\0';
    bool read = args_number(note, 0, INT64_MAX, &ms) == 0;
    int64_t age_ms = session_now_ms(session) - ms;
    time_format_local(ms, day);
    (void)snprintf(text, sizeof text, _("the last one on another disk is of %s, %s"), day, path ? path : "?");
    bool old = !read || age_ms > OLD_DAYS * MS_DAY || age_ms < -MS_DAY;
    doctor_say(doctor, old ? FINDING_WARN : FINDING_OK, "backup", text, old ? todo : "");
}

static void check_backup(struct doctor *doctor, const struct session *session)
{
    char pattern[PATH_MAX], text[PATH_MAX + 64];
    glob_t found = {0};
    const char *path = session->settings->database, *slash = strrchr(path, '/');
    check_away(doctor, session);
    (void)snprintf(pattern, sizeof pattern, "%.*sbackup/kabar-%s-*.db*", slash ? (int)(slash - path) + 1 : 0, path,
                   session->settings->box.id);
    bool any = glob(pattern, 0, NULL, &found) == 0 && found.gl_pathc > 0;
    char day[9], tomorrow[9];
    day_of(session_now_ms(session) - 3 * MS_DAY, day);
    day_of(session_now_ms(session) + MS_DAY, tomorrow);
    /* One that is dated in the future was made while the clock was ahead: nobody knows how old it is. */
    size_t last = any ? found.gl_pathc - 1 : 0;
    while (last > 0 && strncmp(backup_day(found.gl_pathv[last]), tomorrow, 8) > 0)
        last--;
    const char *newest = any ? found.gl_pathv[last] : "";
    if (!any)
        doctor_say(
            doctor, FINDING_WARN, "backup", _("there is none in the database's folder"),
            _("kabarctl backup FOLDER, better on a USB stick; each night: systemctl enable --now kabar-backup.timer"));
    else if (strncmp(backup_day(newest), day, 8) < 0 || strncmp(backup_day(newest), tomorrow, 8) > 0) {
        (void)snprintf(text, sizeof text, _("the newest is %s"), newest);
        doctor_say(doctor, FINDING_WARN, "backup", text, _("look why it is old: journalctl -u kabar-backup"));
    } else {
        (void)snprintf(text, sizeof text, _("the newest is %s"), newest);
        doctor_say(doctor, FINDING_OK, "backup", text, "");
    }
    globfree(&found);
}

static void check_daemon(struct doctor *doctor, const struct session *session)
{
    char text[64];
    doctor->running = lock_held(session->settings->database, &doctor->pid);
    if (!doctor->running) {
        doctor_say(doctor, FINDING_BAD, "daemon", _("kabard does not run"),
                   _("systemctl start kabard; if it stops again: journalctl -u kabard"));
        return;
    }
    (void)snprintf(text, sizeof text, _("kabard runs, process %d"), doctor->pid);
    doctor_say(doctor, FINDING_OK, "daemon", text, "");
}

static void doctor_deinit(struct doctor *doctor)
{
    buf_deinit(&doctor->out);
}

int ctl_doctor(struct ctl *ctl)
{
    CLEANUP(session_close) struct session session = {0};
    CLEANUP(doctor_deinit) struct doctor doctor = {.json = ctl->json};
    buf_init(&doctor.out, 1 << 20);
    int status = session_box(&session, ctl);
    if (status) {
        doctor_say(&doctor, FINDING_BAD, "config", _("the configuration is refused, see above"),
                   _("correct the line it names, then: kabard --check-config"));
    } else {
        char text[PATH_MAX + 32];
        (void)snprintf(text, sizeof text, _("%s is valid"), session.settings->file);
        doctor_say(&doctor, FINDING_OK, "config", text, "");
        check_database(&doctor, &session);
        check_disk(&doctor, session.settings);
        check_clock(&doctor, &session);
        check_backup(&doctor, &session);
        check_daemon(&doctor, &session);
        doctor_modems(&doctor, &session);
    }
    doctor_ports(&doctor, &session, args_get(&ctl->args, "--device"));
    print_wrapped(&doctor.out, ctl->json ? 0 : screen_columns(), ADVICE_INDENT);
    return status ? status : doctor.worst == FINDING_BAD ? CTL_REFUSED : CTL_DONE;
}
