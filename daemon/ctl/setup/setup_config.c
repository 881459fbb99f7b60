/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The configuration that setup writes: a first one, or what is there with the answers put in. */
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/disk.h"
#include "base/translate.h"
#include "ctl/listing.h"
#include "ctl/setup/setup.h"
#include "settings/conf_edit.h"

enum { CONFIG_MAX_BYTES = 1 << 20, CHANGES_MAX = 8 };

/* Where the package keeps what changes; elsewhere the database stands beside the configuration. */
#define STATE_FOLDER "/var/lib/kabar/"

static void print_modems(const char *state, const struct answers *answers, struct buf *out)
{
    if (answers->device[0]) {
        buf_printf(out, "modems = ( {\n  name = \"sim1\"; connection = \"%s\";\n  device = \"%s\";\n",
                   answers->connection, answers->device);
        if (answers->imei[0])
            buf_printf(out, _("  # With its IMEI it is found again under another name.\n  imei = \"%s\";\n"),
                       answers->imei);
        if (answers->pin[0])
            buf_printf(out, "  pin = \"%s\";\n", answers->pin);
    } else {
        buf_printf(out,
                   _("# Gammu's dummy phone, a folder instead of a modem: to try with kabarctl simulate.\n"
                     "# kabarctl doctor says what to write here for a modem.\n"
                     "modems = ( {\n  name = \"sim1\"; connection = \"none\"; model = \"dummy\";\n  device = "
                     "\"%sphone\";\n"),
                   state);
    }
    if (answers->number[0])
        buf_printf(out, "  number = \"%s\";\n", answers->number);
    buf_puts(out, "} );\n");
}

static const char *state_folder(const struct ctl *ctl)
{
    return strcmp(ctl->config, CTL_CONFIG_DEFAULT) == 0 ? STATE_FOLDER : "";
}

static void print_config(const struct ctl *ctl, const struct answers *answers, struct buf *out)
{
    const char *state = state_folder(ctl);
    buf_puts(out, _("# Written by kabarctl setup. Every other setting has a default: kabard.conf(5) and\n"
                    "# kabard.conf.example name them. After a change: kabard --check-config, then\n"
                    "# systemctl restart kabard.\n\n"));
    buf_printf(out, "box = { id = \"%s\"; timezone = \"%s\"; };\n\n", answers->box, answers->timezone);
    buf_printf(out, "database = \"%skabar.db\";\n", state);
    buf_puts(out, "sets = ( \"sets/hpk-2018.cfg\" );\nlang = \"lang/id.cfg\";\nreplies = \"replies/id.cfg\";\n\n");
    buf_puts(out, _("# Whoever is registered gets an SMS that says so, with an example.\n"));
    buf_puts(out, "welcome = true;\n\n");
    print_modems(state, answers, out);
}

/* Rights and owners of the old file, else what the package gives it: it may hold a PIN. */
static void set_rights(int fd, const char *old)
{
    struct stat status;
    const struct group *group = getgrnam("kabar");
    if (stat(old, &status) == 0) {
        (void)fchmod(fd, status.st_mode & 07777);
        (void)!fchown(fd, status.st_uid, status.st_gid);
    } else if (geteuid() == 0 && group) {
        (void)!fchown(fd, 0, group->gr_gid);
    }
}

static int write_file(const char *path, const char *old, const struct buf *text)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0640);
    if (fd < 0)
        return ctl_environment("%s: %s; try sudo", path, translate_errno(errno));
    set_rights(fd, old);
    bool written = write(fd, text->text, text->len) == (ssize_t)text->len && fsync(fd) == 0;
    int fault = errno;
    if (close(fd) == 0 && written)
        return 0;
    (void)unlink(path);
    return ctl_environment("%s: %s", path, translate_errno(fault));
}

/* ---- what is there, changed ---- */

struct changes {
    struct conf_change change[CHANGES_MAX];
    const char *before[CHANGES_MAX];
    size_t n;
    size_t modem; /* of which "modems" is said */
    char device[PATH_MAX];
};

static void add_change(struct changes *changes, const char *group, const char *name, const char *before,
                       const char *value)
{
    if (strcmp(before, value) == 0)
        return;
    changes->before[changes->n] = before;
    size_t member = strcmp(group, "modems") == 0 ? changes->modem : 0;
    changes->change[changes->n++] = (struct conf_change){group, member, name, value};
}

static void add_modem(const struct ctl *ctl, const struct modem_settings *modem, const struct answers *answers,
                      struct changes *changes)
{
    bool dummy = answers->device[0] == '\0', was_dummy = strcmp(modem->model, "dummy") == 0;
    if (dummy && was_dummy)
        return;
    (void)snprintf(changes->device, sizeof changes->device, "%s%s", dummy ? state_folder(ctl) : "",
                   dummy ? "phone" : answers->device);
    bool same_kind = !dummy && !was_dummy;
    add_change(changes, "modems", "connection", modem->connection,
               dummy       ? "none"
               : same_kind ? modem->connection
                           : answers->connection);
    add_change(changes, "modems", "model", modem->model, dummy ? "dummy" : same_kind ? modem->model : "");
    add_change(changes, "modems", "device", modem->device, changes->device);
    add_change(changes, "modems", "imei", modem->imei, answers->imei);
}

/* Only what the answers have otherwise. */
static void list_changes(const struct ctl *ctl, const struct settings *before, const struct answers *answers,
                         struct changes *changes)
{
    *changes = (struct changes){.modem = answers->modem};
    add_change(changes, "box", "id", before->box.id, answers->box);
    add_change(changes, "box", "timezone", before->box.timezone, answers->timezone);
    if (before->n_modems == 0)
        return;
    const struct modem_settings *modem = &before->modems[answers->modem];
    if (!answers->keep_modem)
        add_modem(ctl, modem, answers, changes);
    add_change(changes, "modems", "pin", modem->pin,
               answers->keep_modem && !answers->pin[0] ? modem->pin : answers->pin);
    add_change(changes, "modems", "number", modem->number, answers->number);
}

static void print_changes(const struct ctl *ctl, const struct settings *before, const struct changes *changes)
{
    CLEANUP(buf_deinit) struct buf out;
    buf_init(&out, 1 << 14);
    buf_escaped(&out, view_of(ctl->config));
    buf_puts(&out, changes->n ? _(" changes so, all else stays as it is:\n") : _(" stays as it is\n"));
    for (size_t i = 0; i < changes->n; i++) {
        const struct conf_change *change = &changes->change[i];
        bool secret = strcmp(change->name, "pin") == 0;
        bool named = before->n_modems > 1 && strcmp(change->group, "modems") == 0;
        buf_printf(&out, "  %s.%s: \"", named ? before->modems[change->member].name : change->group, change->name);
        buf_escaped(&out, view_of(secret ? "..." : changes->before[i]));
        buf_puts(&out, "\" -> \"");
        buf_escaped(&out, view_of(secret ? "..." : change->value));
        buf_puts(&out, "\"\n");
    }
    for (size_t i = 0; i < before->n_modems && changes->n > 0; i++) {
        if (i == changes->modem)
            continue;
        buf_printf(&out, _("  modem %s ("), before->modems[i].name);
        buf_escaped(&out, view_of(before->modems[i].device));
        buf_puts(&out, _(") stays as it is\n"));
    }
    ctl_print(&out);
}

static int read_config(const struct ctl *ctl, struct buf *text)
{
    char piece[4096];
    size_t n;
    FILE *file = fopen(ctl->config, "re");
    if (!file)
        return ctl_environment("%s: %s", ctl->config, translate_errno(errno));
    while ((n = fread(piece, 1, sizeof piece, file)) > 0)
        buf_add(text, (struct view){piece, n});
    bool whole = !ferror(file) && !text->full;
    (void)fclose(file);
    return whole ? 0 : ctl_environment("%s cannot be read", ctl->config);
}

/* The text that is there with every change. */
static int change_text(const struct ctl *ctl, const struct changes *changes, struct buf *text)
{
    struct error error;
    int status = read_config(ctl, text);
    for (size_t i = 0; i < changes->n && !status; i++) {
        struct buf next;
        buf_init(&next, CONFIG_MAX_BYTES);
        int r = conf_edit((struct view){text->text, text->len}, &changes->change[i], &next, &error);
        buf_deinit(text);
        *text = next;
        if (r < 0 || next.full)
            status = ctl_refuse("%s: %s; nothing was written", ctl->config, r < 0 ? error.text : _("it is too long"));
    }
    return status;
}

/* The first configuration, before it is written. */
static void print_answers(const struct answers *answers)
{
    CLEANUP(buf_deinit) struct buf out;
    const struct {
        const char *what, *value;
    } rows[] = {
        {_("name of this box"), answers->box},
        {_("time zone"), answers->timezone},
        {_("modem"), answers->device[0] ? answers->device : _("none, the dummy phone")},
        {_("PIN of its SIM"), answers->pin[0] ? "..." : "-"},
        {_("number of its SIM"), answers->number[0] ? answers->number : "-"},
        {_("your number"), answers->operator_phone[0] ? answers->operator_phone : "-"},
        {_("file with the areas"), answers->areas[0] ? answers->areas : "-"},
    };
    buf_init(&out, 1 << 15);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        buf_puts(&out, "  ");
        buf_padded(&out, rows[i].what, 22);
        buf_escaped(&out, view_of(rows[i].value));
        buf_puts(&out, "\n");
    }
    ctl_print(&out);
}

/* Asked of whoever answers; what comes from a pipe has said all it wants, and an empty line is a yes. */
static bool may_change(const struct ctl *ctl)
{
    char typed[16];
    if (ctl->json || feof(stdin))
        return true;
    return !setup_read(_("Write it? (yes/no) [yes]: "), typed, sizeof typed) ||
           (typed[0] != 'n' && typed[0] != 't'); /* tidak */
}

/* ---- putting it there ---- */

/* The old one becomes FILE.old, and the one before it FILE.old-DATE-TIME by when it was written: none is ever lost. */
static int keep_old(const struct ctl *ctl)
{
    char old[PATH_MAX], dated[PATH_MAX + 64], when[32];
    struct stat status;
    struct tm tm;
    (void)snprintf(old, sizeof old, "%s.old", ctl->config);
    if (stat(old, &status) == 0 && localtime_r(&status.st_mtime, &tm) &&
        strftime(when, sizeof when, "%Y-%m-%d-%H%M%S", &tm) > 0) {
        (void)snprintf(dated, sizeof dated, "%s-%s", old, when);
        for (int n = 2; access(dated, F_OK) == 0 && n < 1000; n++)
            (void)snprintf(dated, sizeof dated, "%s-%s-%d", old, when, n);
        if (rename(old, dated) != 0)
            return ctl_environment("%s: %s", dated, translate_errno(errno));
    }
    if (access(ctl->config, F_OK) == 0 && rename(ctl->config, old) != 0)
        return ctl_environment("%s: %s", old, translate_errno(errno));
    return 0;
}

/* Writes it beside its place, reads it as kabard would, and only then puts it there. */
static int put_text(const struct ctl *ctl, const struct buf *text)
{
    char beside[PATH_MAX];
    struct settings *settings;
    struct error error;
    (void)snprintf(beside, sizeof beside, "%s.new", ctl->config);
    int status = write_file(beside, ctl->config, text);
    if (status)
        return status;
    if (settings_open(beside, &settings, &error) != 0) {
        (void)unlink(beside);
        return ctl_refuse("%s; nothing was written", error.text);
    }
    settings_close(settings);
    status = keep_old(ctl);
    if (!status && rename(beside, ctl->config) != 0)
        status = ctl_environment("%s: %s", ctl->config, translate_errno(errno));
    return status;
}

int setup_put(const struct ctl *ctl, const struct settings *before, const struct answers *answers)
{
    CLEANUP(buf_deinit) struct buf text;
    struct changes changes;
    buf_init(&text, CONFIG_MAX_BYTES);
    if (!before) {
        print_config(ctl, answers, &text);
        if (!ctl->json)
            print_answers(answers);
        return may_change(ctl) ? put_text(ctl, &text) : ctl_refuse("nothing was written");
    }
    list_changes(ctl, before, answers, &changes);
    if (!ctl->json)
        print_changes(ctl, before, &changes);
    bool without_modem = before->n_modems == 0 && !answers->keep_modem;
    if (changes.n == 0 && !without_modem)
        return 0;
    if (!may_change(ctl))
        return ctl_refuse("nothing was written");
    int status = change_text(ctl, &changes, &text);
    if (!status && without_modem)
        print_modems(state_folder(ctl), answers, &text);
    return status ? status : put_text(ctl, &text);
}

int setup_folder(const struct ctl *ctl)
{
    char folder[PATH_MAX];
    if (strlen(ctl->config) + 64 > PATH_MAX)
        return ctl_environment("%s: the path is too long", ctl->config);
    disk_folder(ctl->config, folder);
    if (access(folder, F_OK) != 0)
        return ctl_environment("%s.new can't be written: there is no folder %s; make it first: mkdir -p %s",
                               ctl->config, folder, folder);
    if (access(folder, W_OK) != 0)
        return ctl_environment("%s.new can't be written: %s; try sudo", ctl->config, translate_errno(errno));
    return 0;
}
