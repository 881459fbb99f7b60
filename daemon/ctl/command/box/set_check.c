/* SPDX-License-Identifier: GPL-2.0-or-later */
/* set check: everything that is wrong with an indicator set, for the person who writes one. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/disk.h"
#include "base/translate.h"
#include "core/score/card_sets.h"
#include "ctl/session.h"
#include "settings/settings.h"
#include "store/rule.h"

struct check {
    const char *path;
    char lang[4096]; /* "" none */
    struct faults faults;
    struct buf notes;
    struct set_file *file;
};

static void check_deinit(struct check *check)
{
    set_file_close(check->file);
    faults_deinit(&check->faults);
    buf_deinit(&check->notes);
}

/* The language of --lang, else the one that lies where config/ has it: ../lang/id.cfg. */
static int find_lang(const struct ctl *ctl, struct check *check)
{
    const char *given = args_get(&ctl->args, "--lang");
    const char *slash = strrchr(check->path, '/');
    int len = slash ? (int)(slash - check->path) + 1 : 0;
    int need = given ? snprintf(check->lang, sizeof check->lang, "%s", given)
                     : snprintf(check->lang, sizeof check->lang, "%.*s../lang/id.cfg", len, check->path);
    if (need >= (int)sizeof check->lang)
        return ctl_refuse("the path of the language file is too long");
    if (!given && access(check->lang, R_OK) != 0)
        check->lang[0] = '\0';
    return 0;
}

static int check_sql(struct check *check, struct error *error)
{
    struct rules *rules = NULL;
    struct rule_error why = {0};
    int r = rules_open(&check->file->set, &rules, &why, error);
    rules_close(rules);
    if (r == -EINVAL)
        faults_add(&check->faults, check->path, why.line, "%s", why.text);
    return r == -EINVAL ? 0 : r;
}

/* What the set would do to cards that are frozen: only where there is a box that may be looked at. */
static void look_at_cards(const struct ctl *ctl, struct check *check)
{
    CLEANUP(session_close) struct session session = {0};
    struct card_sets sets;
    struct error ignored;
    char text[CARD_SETS_TEXT_MAX];
    if (!check->file || check->faults.n || access(ctl->config, R_OK) != 0 ||
        settings_open(ctl->config, &session.settings, &ignored) != 0 ||
        store_open(session.settings->database, STORE_READ, session.settings->box.id, &session.store, &ignored) != 0 ||
        card_sets_with(session.store, &check->file->set, &sets, &ignored) != 0 || sets.cards == 0)
        return;
    card_sets_text(&sets, text);
    buf_puts(&check->notes, _("note: with this set "));
    buf_escaped(&check->notes, view_of(text));
    buf_puts(&check->notes, "\n");
}

/* Lines of a buffer as a JSON array of strings. */
static void add_lines(struct buf *out, const struct buf *lines)
{
    buf_puts(out, "[");
    for (size_t at = 0; at < lines->len;) {
        size_t len = strcspn(lines->text + at, "\n");
        buf_puts(out, at ? "," : "");
        buf_json(out, (struct view){lines->text + at, len});
        at += len + 1;
    }
    buf_puts(out, "]");
}

static void print_json(const struct check *check)
{
    struct buf out;
    buf_init(&out, 4 << 20);
    buf_puts(&out, "{\"file\":");
    buf_json(&out, view_of(check->path));
    buf_printf(&out, ",\"sound\":%s,\"set\":", check->faults.n ? "false" : "true");
    if (check->file)
        buf_json(&out, view_of(check->file->set.name));
    else
        buf_puts(&out, "null");
    buf_puts(&out, ",\"faults\":");
    add_lines(&out, &check->faults.lines);
    buf_puts(&out, ",\"notes\":");
    add_lines(&out, &check->notes);
    buf_puts(&out, "}\n");
    ctl_print(&out);
    buf_deinit(&out);
}

static void print_text(const struct check *check)
{
    ctl_print(&check->notes);
    if (!check->lang[0])
        (void)fputs(_("note: without --lang FILE the set was not compared with a language's words\n"), stdout);
    if (check->faults.n || !check->file)
        return;
    const struct set *set = &check->file->set;
    size_t keys = 0, rules = 0, alerts = 0;
    for (size_t i = 0; i < set->n_forms; i++) {
        keys += set->forms[i].n_keys;
        rules += set->forms[i].n_rules;
        alerts += set->forms[i].n_alerts;
    }
    (void)printf(_("%s: the set %s is sound: %zu forms, %zu keys, %zu rules, %zu alerts, %zu indicators\n"),
                 check->path, set->name, set->n_forms, keys, rules, alerts, set->n_indicators);
}

int ctl_set_check(struct ctl *ctl)
{
    CLEANUP(check_deinit) struct check check = {.path = ctl->args.words[0]};
    struct error error = {0};
    faults_init(&check.faults);
    buf_init(&check.notes, 1 << 20);
    int r = disk_file(check.path, &error);
    if (r)
        return ctl_failed(r, &error);
    int status = find_lang(ctl, &check);
    if (status)
        return status;
    r = set_check(check.path, check.lang[0] ? check.lang : NULL, &check.faults, &check.notes, &check.file);
    if (!r)
        r = check_sql(&check, &error);
    if (r && r != -EINVAL)
        return ctl_failed(r, &error);
    look_at_cards(ctl, &check);
    if (ctl->json)
        print_json(&check);
    else
        print_text(&check);
    if (check.faults.n == 0)
        return CTL_DONE;
    (void)fflush(stdout);
    (void)fputs(check.faults.lines.text, stderr);
    return ctl_refuse("%s: %zu faults", check.path, check.faults.n);
}
