/* SPDX-License-Identifier: GPL-2.0-or-later */
/* backup: a verified copy of the database, while the daemon works. */
#include <dirent.h>
#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/disk.h"
#include "base/mount.h"
#include "base/owner.h"
#include "base/translate.h"
#include "ctl/encrypt.h"
#include "ctl/progress.h"
#include "ctl/session.h"
#include "store/backup.h"
#include "store/meta.h"

enum { KEEP_MAX = 10000, STAMP_LEN = 16 };

/* "kabar-box-03-20261122T070000Z.db", and ".age" or ".gpg": sorts by time. */
static void name_backup(const char *box_id, int64_t now_ms, const char *ending, char *ret_name, size_t size)
{
    char utc[21], stamp[STAMP_LEN + 1];
    size_t n = 0;
    time_format(now_ms, utc);
    for (const char *c = utc; *c && n < STAMP_LEN; c++)
        if (*c != '-' && *c != ':')
            stamp[n++] = *c;
    stamp[n] = '\0';
    (void)snprintf(ret_name, size, "kabar-%s-%s.db%s", box_id, stamp, ending);
}

static bool is_folder(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

/* Whether a file of the folder is such a backup of this box: no other is ever removed. */
static bool is_backup(const char *name, const char *sample)
{
    size_t len = strlen(sample), stamp = (size_t)(strstr(sample, ".db") - sample) - STAMP_LEN;
    if (strlen(name) != len || strncmp(name, sample, stamp) != 0 ||
        strcmp(name + stamp + STAMP_LEN, sample + stamp + STAMP_LEN) != 0)
        return false;
    for (size_t i = stamp; i < stamp + STAMP_LEN; i++)
        if (is_digit(sample[i]) ? !is_digit(name[i]) : name[i] != sample[i])
            return false;
    return true;
}

/* Made while the clock was ahead: of no known age, and the first to go. */
static bool is_later(const char *name, const char *written)
{
    return strcmp(name, written) > 0;
}

static bool goes_before(const char *a, const char *b, const char *written)
{
    bool later = is_later(a, written);
    return later != is_later(b, written) ? later : strcmp(a, b) < 0;
}

/* The oldest backup in the folder by its name, and how many there are. */
static int oldest_backup(const char *folder, const char *sample, char ret_oldest[NAME_MAX + 1], size_t *ret_count)
{
    DIR *directory = opendir(folder);
    if (!directory)
        return ctl_environment("%s: %s", folder, translate_errno(errno));
    *ret_count = 0;
    for (const struct dirent *entry; (entry = readdir(directory));) {
        if (!is_backup(entry->d_name, sample))
            continue;
        if ((*ret_count)++ == 0 || goes_before(entry->d_name, ret_oldest, sample))
            (void)snprintf(ret_oldest, NAME_MAX + 1, "%s", entry->d_name);
    }
    (void)closedir(directory);
    return 0;
}

/* Removes the oldest until keep are left; the one just written stays, whatever the clock says. */
static int remove_old(const char *folder, const char *written, int64_t keep, int64_t *ret_removed)
{
    CLEANUP(owner_leave) struct owner owner = {0};
    char oldest[NAME_MAX + 1], path[PATH_MAX];
    size_t count = 0;
    int status;
    if (snprintf(path, sizeof path, "%s/", folder) >= (int)sizeof path || owner_act(path, &owner, NULL))
        return ctl_environment("%s: older backups stay", folder);
    while (!(status = oldest_backup(folder, written, oldest, &count)) && count > (size_t)keep) {
        if (strcmp(oldest, written) == 0 || snprintf(path, sizeof path, "%s/%s", folder, oldest) >= (int)sizeof path)
            break;
        if (unlink(path) != 0)
            return ctl_environment("%s: can't be removed: %s", path, translate_errno(errno));
        (*ret_removed)++;
    }
    return status;
}

static void print_backup(const struct ctl *ctl, const char *path, const struct backup_info *info, bool away,
                         int64_t removed)
{
    CLEANUP(buf_deinit) struct buf out;
    buf_init(&out, 16384);
    if (ctl->json) {
        buf_puts(&out, "{\"file\":");
        buf_json(&out, view_of(path));
        buf_printf(&out,
                   ",\"bytes\":%" PRId64 ",\"schema\":%d,\"messages\":%" PRId64 ",\"reports\":%" PRId64
                   ",\"contacts\":%" PRId64 ",\"removed\":%" PRId64 ",\"other_disk\":%s}\n",
                   info->bytes, info->version, info->messages, info->reports, info->contacts, removed,
                   away ? "true" : "false");
    } else {
        buf_escaped(&out, view_of(path));
        buf_printf(
            &out,
            _(": %.1f MiB, %" PRId64 " messages, %" PRId64 " reports, %" PRId64 " contacts; read back and intact%s\n"),
            (double)info->bytes / (1 << 20), info->messages, info->reports, info->contacts,
            encrypt_how_to_read(path) ? _(", then encrypted") : "");
        if (removed)
            buf_printf(&out,
                       translate_n("%" PRId64 " older backup removed\n", "%" PRId64 " older backups removed\n",
                                   (uint64_t)removed),
                       removed);
        if (!away)
            buf_puts(&out,
                     _("warning: it is on the disk of the database, and lost with it; keep another on a USB stick: "
                       "kabarctl backup /media/stick --mounted\n"));
    }
    ctl_print(&out);
}

/* A stick that is not plugged in leaves an empty folder on the box's own disk: nothing is written there. */
static int check_place(const struct ctl *ctl, const char *folder, const char *database, bool *ret_away)
{
    struct error error = {0};
    char point[PATH_MAX];
    bool mounted = args_get(&ctl->args, "--mounted") != NULL;
    int r = mount_look("/etc/fstab", folder, database, point, &error);
    if (r < 0)
        return ctl_environment("no backup was made: %s", error.text);
    *ret_away = r == MOUNT_OTHER;
    switch ((enum mount_place)r) {
    case MOUNT_MISSING:
        return ctl_environment("no backup was made: nothing is mounted on %s; plug the stick in, or type: mount %s",
                               point, point);
    case MOUNT_SAME:
        if (mounted)
            return ctl_environment("no backup was made: %s is on the disk of the database, no stick is mounted there",
                                   folder);
        break;
    case MOUNT_OTHER:
        break;
    }
    return 0;
}

static int no_folder(const char *path)
{
    return ctl_environment("no backup was made: there is no folder %s; plug the stick in and mount it, or type: "
                           "mkdir -p %s; the name of a file ends in .db",
                           path, path);
}

/* What ends otherwise is the folder of a stick that is not plugged in, or mistyped: no file is made of its name. */
static bool is_file_name(const char *path)
{
    static const char *const endings[] = {".db", ".age", ".gpg"};
    size_t len = strlen(path);
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        size_t end = strlen(endings[i]);
        if (len > end && strcmp(path + len - end, endings[i]) == 0)
            return true;
    }
    return false;
}

/* A finished backup takes its target's place: never that of a device (/dev/sda1 is not a stick's folder) or of the
 * database.
 */
static int check_target(const struct ctl *ctl, const char *path, const char *database, bool *ret_away)
{
    struct stat target, own;
    char folder[PATH_MAX];
    disk_folder(path, folder);
    if (!is_folder(folder))
        return no_folder(folder);
    bool there = stat(path, &target) == 0;
    if (!is_file_name(path) && (!there || S_ISREG(target.st_mode)))
        return no_folder(path);
    if (!there)
        return check_place(ctl, folder, database, ret_away);
    if (!S_ISREG(target.st_mode))
        return ctl_environment("no backup was made: %s is not a file; name the folder where the stick is mounted: "
                               "kabarctl backup /media/stick",
                               path);
    if (stat(database, &own) == 0 && own.st_dev == target.st_dev && own.st_ino == target.st_ino)
        return ctl_environment("no backup was made: %s is the database itself; name another file, or a folder", path);
    return check_place(ctl, folder, database, ret_away);
}

/* Beside the database, where it may be read by nobody else, and only then encrypted to where it goes. */
static int back_up_encrypted(const char *database, const char *recipient, const char *target, struct backup_info *info,
                             struct error *error)
{
    char plain[PATH_MAX];
    if (snprintf(plain, sizeof plain, "%s.backup", database) >= PATH_MAX)
        return error_set(error, -ENAMETOOLONG, "%s: the path is too long", database);
    int r = store_backup(database, plain, info, error);
    if (!r)
        r = encrypt_file(recipient, plain, target, error);
    CLEANUP(owner_leave) struct owner owner = {0};
    if (owner_act(plain, &owner, NULL) == 0)
        (void)unlink(plain);
    return r;
}

/* For doctor and status. A backup is one without this note too. */
static void remember(struct session *session, const struct ctl *ctl, const char *path, bool away)
{
    char whole[PATH_MAX], note[PATH_MAX + 24];
    struct error error;
    if (!realpath(path, whole) || !session_may_write(session) || session_open(session, ctl, STORE_WRITE))
        return;
    (void)snprintf(note, sizeof note, "%" PRId64 " %s", session_now_ms(session), whole);
    if (store_meta_keep(session->store, META_BACKUP, away ? "away" : "here", note, &error) < 0)
        (void)fprintf(stderr, _("kabarctl: note: that this backup was made could not be written: %s\n"), error.text);
}

static const char *recipient_of(const struct ctl *ctl, const struct settings *settings)
{
    const char *given = args_get(&ctl->args, "--encrypt");
    return given ? given : settings->backup_recipient;
}

int ctl_backup(struct ctl *ctl)
{
    CLEANUP(session_close) struct session session = {0};
    const char *word = ctl->args.words[0];
    char name[NAME_MAX + 1], path[PATH_MAX];
    int64_t keep = 0, removed = 0;
    bool folder = is_folder(word), away = false;
    int status = option_number(ctl, "--keep", 1, KEEP_MAX, &keep);
    if (status)
        return status;
    if ((keep || args_get(&ctl->args, "--mounted")) && !folder)
        return ctl_usage(ctl, "--keep and --mounted go with a folder that is there; %s is none", word);
    status = session_settings(&session, ctl);
    if (!status)
        status = folder ? check_place(ctl, word, session.settings->database, &away)
                        : check_target(ctl, word, session.settings->database, &away);
    if (status)
        return status;
    const char *recipient = recipient_of(ctl, session.settings), *ending = *recipient ? encrypt_ending(recipient) : "";
    name_backup(session.settings->box.id, session_now_ms(&session), ending, name, sizeof name);
    if (snprintf(path, sizeof path, "%s%s%s", word, folder ? "/" : "", folder ? name : "") >= (int)sizeof path)
        return ctl_usage(ctl, "the path is too long");
    struct error error = {0};
    struct backup_info info;
    progress_begin(ctl);
    int r = *recipient ? back_up_encrypted(session.settings->database, recipient, path, &info, &error)
                       : store_backup(session.settings->database, path, &info, &error);
    progress_end();
    if (r)
        return ctl_environment("no backup was made: %s", error.text);
    if (keep)
        status = remove_old(word, name, keep, &removed);
    print_backup(ctl, path, &info, away, removed);
    remember(&session, ctl, path, away);
    return status;
}
