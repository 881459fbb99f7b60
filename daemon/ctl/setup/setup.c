/* SPDX-License-Identifier: GPL-2.0-or-later */
/* setup: a box's first configuration, its database, its areas and its operator. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/translate.h"
#include "ctl/contact_words.h"
#include "ctl/help.h"
#include "ctl/session.h"
#include "ctl/setup/setup.h"

static int may_write(const struct ctl *ctl)
{
    char typed[16];
    if (access(ctl->config, F_OK) != 0 || args_get(&ctl->args, "--force"))
        return 0;
    char prompt[PATH_MAX + 64];
    (void)snprintf(prompt, sizeof prompt, _("%s is there. Change what you answer, keep all else? (yes/no) [no]: "),
                   ctl->config);
    if (!ctl->json && isatty(STDIN_FILENO) && setup_read(prompt, typed, sizeof typed) && ctl_is_yes(typed))
        return 0;
    return ctl_refuse("%s is there already and stays as it is; --force changes what you answer and keeps all else, and "
                      "the old file as %s.old",
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
        (void)ctl_refuse("everything else is set up and %s is valid; correct %s, then: kabarctl area import %s",
                         ctl->config, path, path);
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
        buf_puts(&out, _(" is written and valid. Next: sudo systemctl restart kabard, then: kabarctl doctor\n"));
    }
    ctl_print(&out);
}

/* What is there, for the answers to begin with; NULL: nothing that can be read. */
static struct settings *read_before(const struct ctl *ctl)
{
    struct settings *before = NULL;
    struct error error;
    if (access(ctl->config, F_OK) != 0 || settings_open(ctl->config, &before, &error) == 0)
        return before;
    (void)ctl_refuse("note: %s; a new configuration is written in its place, it is kept as %s.old", error.text,
                     ctl->config);
    return NULL;
}

static void settings_free(struct settings **settings)
{
    *settings = settings_close(*settings);
}

int ctl_setup(struct ctl *ctl)
{
    CLEANUP(session_close) struct session session = {0};
    CLEANUP(settings_free) struct settings *before = NULL;
    struct answers answers;
    int status = setup_folder(ctl);
    if (!status)
        status = may_write(ctl);
    if (!status)
        before = read_before(ctl);
    if (!status)
        status = setup_ask(ctl, before, &answers);
    if (!status)
        status = setup_put(ctl, before, &answers);
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
