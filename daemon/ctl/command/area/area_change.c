/* SPDX-License-Identifier: GPL-2.0-or-later */
/* area rename, close, remove, move, merge: what becomes of an area that is there. */
#include <inttypes.h>
#include <stdio.h>

#include "base/translate.h"
#include "ctl/areas.h"
#include "operator/areas.h"
#include "parsers/period.h"

/* An open session, and the area of the first word, by code or name. */
static int begin(struct ctl *ctl, struct session *session, struct actor *actor, struct area *ret_area)
{
    int status = session_actor(session, ctl, actor);
    return status ? status : area_of_text(session, ctl->args.words[0], ret_area);
}

static int done(const struct ctl *ctl, const struct area *area, const char *what)
{
    CLEANUP(buf_deinit) struct buf out;
    buf_init(&out, 4096);
    if (ctl->json) {
        buf_puts(&out, "{\"area\":");
        buf_json(&out, view_of(area->code));
        buf_puts(&out, ",\"done\":");
        buf_json(&out, view_of(what));
        buf_puts(&out, "}\n");
    } else {
        buf_printf(&out, "%s ", area->code);
        buf_escaped(&out, view_of(area->name));
        buf_puts(&out, " ");
        buf_escaped(&out, view_of(what));
        buf_puts(&out, "\n");
    }
    ctl_print(&out);
    return CTL_DONE;
}

int ctl_area_rename(struct ctl *ctl)
{
    CLEANUP(session_close) struct session session = {0};
    CLEANUP(buf_deinit) struct buf name;
    struct actor actor;
    struct area area;
    struct error error = {0};
    buf_init(&name, 4096);
    ctl_join_words(ctl, 1, &name);
    int status = begin(ctl, &session, &actor, &area);
    if (status)
        return status;
    int r = areas_rename(&actor, &area, name.text, &error);
    return r ? ctl_failed(r, &error) : done(ctl, &area, _("has its new name"));
}

int ctl_area_close(struct ctl *ctl)
{
    CLEANUP(session_close) struct session session = {0};
    char what[64], month_text[8];
    struct actor actor;
    struct area area;
    struct error error = {0};
    int month = MONTH_NONE;
    bool open = args_get(&ctl->args, "--undo") != NULL;
    int status = option_period(ctl, "--period", &month);
    if (!status)
        status = begin(ctl, &session, &actor, &area);
    if (status)
        return status;
    if (month == MONTH_NONE)
        month = month_of(zone_local(session_now_ms(&session)).day);
    month_format(month, month_text);
    (void)snprintf(what, sizeof what, _("is not expected or counted from %s on"), month_text);
    int r = areas_close(&actor, &area, open ? 0 : month, &error);
    return r ? ctl_failed(r, &error) : done(ctl, &area, open ? _("is expected and counted again") : what);
}

/* What hangs on it, before anything is done. */
static void show_usage(const struct area *area, const char *what, const struct area_usage *usage)
{
    (void)fprintf(stderr,
                  _("kabarctl: %s %s: %" PRId64 " areas below it, %" PRId64 " reports, %" PRId64 " people, %" PRId64
                    " frozen cards, %" PRId64 " budget lines\n"),
                  area->code, what, usage->below, usage->reports, usage->people, usage->cards, usage->budgets);
}

/* Tries, shows what it comes to, asks, does it. */
typedef int area_act(const struct actor *actor, const struct area *area, const void *order, bool try,
                     struct area_usage *ret_usage, struct error *error);

static int show_and_do(struct ctl *ctl, const struct actor *actor, const struct area *area, area_act *act,
                       const void *order, const char *will, const char *did)
{
    struct area_usage usage = {0};
    struct error error = {0};
    int r = act(actor, area, order, true, &usage, &error);
    if (r)
        return ctl_failed(r, &error);
    show_usage(area, will, &usage);
    if (args_get(&ctl->args, "--dry-run"))
        return CTL_DONE;
    int status = ctl_confirm(ctl, _("This cannot be undone. Do it?"));
    if (status)
        return status;
    r = act(actor, area, order, false, &usage, &error);
    return r ? ctl_failed(r, &error) : done(ctl, area, did);
}

static int act_remove(const struct actor *actor, const struct area *area, const void *order, bool try,
                      struct area_usage *ret_usage, struct error *error)
{
    (void)order;
    return areas_remove(actor, area, try, ret_usage, error);
}

static int act_move(const struct actor *actor, const struct area *area, const void *order, bool try,
                    struct area_usage *ret_usage, struct error *error)
{
    return areas_move(actor, area, order, try, ret_usage, error);
}

static int act_merge(const struct actor *actor, const struct area *area, const void *order, bool try,
                     struct area_usage *ret_usage, struct error *error)
{
    return areas_merge(actor, area, order, try, ret_usage, error);
}

int ctl_area_remove(struct ctl *ctl)
{
    CLEANUP(session_close) struct session session = {0};
    struct actor actor;
    struct area area;
    int status = begin(ctl, &session, &actor, &area);
    return status ? status : show_and_do(ctl, &actor, &area, act_remove, NULL, _("is removed"), _("is removed"));
}

int ctl_area_move(struct ctl *ctl)
{
    CLEANUP(session_close) struct session session = {0};
    char what[AREA_CODE_MAX + 16];
    struct actor actor;
    struct area area;
    int status = begin(ctl, &session, &actor, &area);
    if (status)
        return status;
    (void)snprintf(what, sizeof what, _("becomes %.24s"), ctl->args.words[1]);
    return show_and_do(ctl, &actor, &area, act_move, ctl->args.words[1], what, _("has its new code"));
}

int ctl_area_merge(struct ctl *ctl)
{
    CLEANUP(session_close) struct session session = {0};
    char what[AREA_CODE_MAX + 24];
    struct actor actor;
    struct area area, into;
    int status = begin(ctl, &session, &actor, &area);
    if (!status)
        status = area_of_text(&session, ctl->args.words[1], &into);
    if (status)
        return status;
    (void)snprintf(what, sizeof what, _("becomes part of %s"), into.code);
    return show_and_do(ctl, &actor, &area, act_merge, &into, what, _("is merged"));
}
