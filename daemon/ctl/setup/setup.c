/* SPDX-License-Identifier: GPL-2.0-or-later */
/* setup: a box's first configuration, its database, its areas and its operator. */
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ctl/contact_words.h"
#include "ctl/help.h"
#include "ctl/session.h"
#include "ctl/setup/setup.h"

/* Where the package keeps what changes; elsewhere the database stands beside the configuration. */
#define STATE_FOLDER "/var/lib/kabar/"

static void print_config(const struct ctl *ctl, const struct answers *answers, struct buf *out)
{
    const char *state = strcmp(ctl->config, CTL_CONFIG_DEFAULT) == 0 ? STATE_FOLDER : "";
    buf_puts(out, "# Written by kabarctl setup. Every other setting has a default: kabard.conf(5) and\n"
                  "# kabard.conf.example name them. After a change: kabard --check-config, then\n"
                  "# systemctl restart kabard.\n\n");
    buf_printf(out, "box = { id = \"%s\"; timezone = \"%s\"; };\n\n", answers->box, answers->timezone);
    buf_printf(out, "database = \"%skabar.db\";\n", state);
    buf_puts(out, "sets = ( \"sets/hpk-2018.cfg\" );\nlang = \"lang/id.cfg\";\nreplies = \"replies/id.cfg\";\n\n");
    if (answers->device[0]) {
        buf_printf(out, "modems = ( {\n  name = \"sim1\"; connection = \"%s\";\n  device = \"%s\";\n",
                   answers->connection, answers->device);
        if (answers->imei[0])
            buf_printf(out, "  # With its IMEI it is found again under another name.\n  imei = \"%s\";\n",
                       answers->imei);
        if (answers->pin[0])
            buf_printf(out, "  pin = \"%s\";\n", answers->pin);
    } else {
        buf_printf(out,
                   "# Gammu's dummy phone, a folder instead of a modem: to try with kabarctl simulate.\n"
                   "# kabarctl doctor says what to write here for a modem.\n"
                   "modems = ( {\n  name = \"sim1\"; connection = \"none\"; model = \"dummy\";\n  device = "
                   "\"%sphone\";\n",
                   state);
    }
    if (answers->number[0])
        buf_printf(out, "  number = \"%s\";\n", answers->number);
    buf_puts(out, "} );\n");
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
        return ctl_environment("%s: %s; try sudo", path, strerror(errno));
    set_rights(fd, old);
    bool written = write(fd, text->text, text->len) == (ssize_t)text->len && fsync(fd) == 0;
    int fault = errno;
    if (close(fd) == 0 && written)
        return 0;
    (void)unlink(path);
    return ctl_environment("%s: %s", path, strerror(fault));
}

/* Writes it beside its place, reads it as kabard would, and only then puts it there; the old one becomes FILE.old. */
static int put_config(struct ctl *ctl, const struct answers *answers)
{
    CLEANUP(buf_deinit) struct buf text;
    char beside[PATH_MAX], old[PATH_MAX];
    struct settings *settings;
    struct error error;
    if (snprintf(beside, sizeof beside, "%s.new", ctl->config) >= (int)sizeof beside ||
        snprintf(old, sizeof old, "%s.old", ctl->config) >= (int)sizeof old)
        return ctl_environment("%s: the path is too long", ctl->config);
    buf_init(&text, 1 << 16);
    print_config(ctl, answers, &text);
    int status = write_file(beside, ctl->config, &text);
    if (status)
        return status;
    if (settings_open(beside, &settings, &error) != 0) {
        (void)unlink(beside);
        return ctl_refuse("%s; nothing was written", error.text);
    }
    settings_close(settings);
    if (access(ctl->config, F_OK) == 0 && rename(ctl->config, old) != 0)
        return ctl_environment("%s: %s", old, strerror(errno));
    if (rename(beside, ctl->config) != 0)
        return ctl_environment("%s: %s", ctl->config, strerror(errno));
    return 0;
}

static int may_write(const struct ctl *ctl)
{
    char typed[16];
    if (access(ctl->config, F_OK) != 0 || args_get(&ctl->args, "--force"))
        return 0;
    char prompt[PATH_MAX + 64];
    (void)snprintf(prompt, sizeof prompt, "%s is there. Replace it? It is kept as .old (yes/no) [no]: ", ctl->config);
    if (!ctl->json && isatty(STDIN_FILENO) && setup_read(prompt, typed, sizeof typed) && typed[0] == 'y')
        return 0;
    return ctl_refuse("%s is there already and stays as it is; --force puts a new one in its place and keeps it as "
                      "%s.old",
                      ctl->config, ctl->config);
}

/* The database belongs to whom its folder belongs, whoever made it: kabard must be able to write it. */
static int make_database(const struct session *session)
{
    struct error error;
    int from, to;
    return store_init(session->settings->database, &from, &to, &error) ? ctl_environment("%s", error.text) : 0;
}

static int import_areas(const struct ctl *ctl, const char *file)
{
    static struct ctl sub;
    struct error error;
    char area[] = "area", import[] = "import", path[PATH_MAX];
    char *const words[] = {area, import};
    char *const argv[] = {path};
    int n_words;
    (void)snprintf(path, sizeof path, "%s", file);
    sub = (struct ctl){
        .command = help_find(2, words, &n_words), .config = ctl->config, .config_given = true, .json = ctl->json};
    if (args_read(sub.command->usage, 1, argv, &sub.args, &error) != 0)
        return ctl_refuse("%s", error.text);
    int status = sub.command->run(&sub);
    if (status)
        (void)ctl_refuse("all else is set up and %s holds; mend %s, then: kabarctl area import %s", ctl->config, path,
                         path);
    return status;
}

static int add_operator(struct session *session, const struct ctl *ctl, const char *phone)
{
    struct contact known, contact = {.role = ROLE_OPERATOR, .state = CONTACT_ACTIVE, .locale = "id"};
    struct error error;
    int64_t id;
    int status = session_open(session, ctl, STORE_WRITE);
    if (status)
        return status;
    int r = store_contact_by_phone(session->store, phone, &known, &error);
    if (r == 0)
        return 0;
    (void)snprintf(contact.name, sizeof contact.name, "Operator");
    (void)snprintf(contact.phone, sizeof contact.phone, "%s", phone);
    if (r == -ENOENT && !(status = session_begin(session)))
        r = store_contact_add(session->store, &contact, session_now_ms(session), &id, &error);
    if (status)
        return status;
    return r ? ctl_failed(r, &error) : session_commit(session, "contact.add", phone, contact.name);
}

static void report(const struct ctl *ctl, const struct answers *answers)
{
    CLEANUP(buf_deinit) struct buf out;
    buf_init(&out, 1 << 14);
    if (ctl->json) {
        buf_puts(&out, "{\"config\":");
        buf_json(&out, view_of(ctl->config));
        buf_printf(&out, ",\"box\":\"%s\",\"timezone\":\"%s\",\"device\":", answers->box, answers->timezone);
        buf_json(&out, view_of(answers->device[0] ? answers->device : "dummy"));
        buf_puts(&out, "}\n");
    } else {
        buf_escaped(&out, view_of(ctl->config));
        buf_puts(&out, " is written and holds. Next: sudo systemctl restart kabard, then: kabarctl doctor\n");
    }
    ctl_print(&out);
}

int ctl_setup(struct ctl *ctl)
{
    CLEANUP(session_close) struct session session = {0};
    struct answers answers;
    int status = may_write(ctl);
    if (!status)
        status = setup_ask(ctl, &answers);
    if (!status)
        status = put_config(ctl, &answers);
    if (!status)
        status = session_settings(&session, ctl);
    if (!status)
        status = make_database(&session);
    if (!status && answers.operator_phone[0])
        status = add_operator(&session, ctl, answers.operator_phone);
    if (!status && answers.areas[0])
        status = import_areas(ctl, answers.areas);
    if (!status)
        report(ctl, &answers);
    return status;
}
