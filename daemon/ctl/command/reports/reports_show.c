/* SPDX-License-Identifier: GPL-2.0-or-later */
/* reports show: one report with its history: raw SMS, reading, problems, what counts now, the answer. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/translate.h"
#include "ctl/listing.h"
#include "ctl/session.h"
#include "store/audit.h"
#include "store/mo.h"
#include "store/mt.h"
#include "store/report.h"

enum { OUTPUT_MAX = 1 << 20, ANSWERS_MAX = 100 };

struct show {
    bool json;
    size_t n;
    const char *uid;
    struct buf out;
};

static void show_deinit(struct show *show)
{
    buf_deinit(&show->out);
}

static void add_fact(struct show *show, const char *name)
{
    buf_puts(&show->out, "  ");
    buf_padded(&show->out, name, 9);
}

/* A JSON member; an empty text is null. */
static void add_member(struct show *show, const char *name, const char *text)
{
    buf_printf(&show->out, "%s\"%s\":", show->out.text[show->out.len - 1] == '{' ? "" : ",", name);
    if (text[0])
        buf_json(&show->out, view_of(text));
    else
        buf_puts(&show->out, "null");
}

static void add_header(struct show *show, const struct report_found *report)
{
    char month[8] = "", created[21];
    if (report->period != MONTH_NONE)
        month_format(report->period, month);
    if (show->json) {
        time_format(report->created_ms, created);
        buf_printf(&show->out, "{\"id\":%" PRId64, report->id);
        add_member(show, "uid", report->uid);
        add_member(show, "area", report->area_code);
        add_member(show, "area_name", report->area_name);
        add_member(show, "set", report->set);
        add_member(show, "form", report->form);
        add_member(show, "period", month);
        add_member(show, "status", report->status);
        add_member(show, "created", created);
        return;
    }
    time_format_local(report->created_ms, created);
    buf_printf(&show->out, _("%s: %s %s for %s "), report->uid, report->form, month[0] ? month : "-",
               report->area_code);
    buf_escaped(&show->out, view_of(report->area_name));
    buf_printf(&show->out, _(": %s, %s, set %s\n"), translate(report->status), created, report->set);
}

static int add_message(void *data, const struct mo_message *message)
{
    struct show *show = data;
    char at[21];
    show->n++;
    if (show->json) {
        time_format(message->received_ms, at);
        buf_printf(&show->out, ",\"message\":{\"id\":%" PRId64, message->id);
        add_member(show, "from", message->sender);
        add_member(show, "received", at);
        add_member(show, "text", message->text);
        buf_puts(&show->out, "}");
        return 1;
    }
    time_format_local(message->received_ms, at);
    add_fact(show, _("received"));
    buf_printf(&show->out, _("%s from "), at);
    buf_escaped(&show->out, view_of(message->sender[0] ? message->sender : _("someone forgotten")));
    buf_printf(&show->out, _(", message %" PRId64 "\n"), message->id);
    add_fact(show, _("text"));
    buf_escaped(&show->out, view_of(message->text));
    buf_puts(&show->out, "\n");
    return 1;
}

static int add_standing(void *data, const struct standing *standing)
{
    struct show *show = data;
    bool counts = strcmp(standing->now_uid, show->uid) == 0;
    if (show->json) {
        buf_puts(&show->out, show->n++ ? ",{" : "{");
        add_member(show, "field", standing->field);
        buf_printf(&show->out, ",\"value\":%d,\"counts\":%s", standing->value, counts ? "true" : "false");
        add_member(show, "now_report", standing->now_uid);
        if (standing->now_uid[0])
            buf_printf(&show->out, ",\"now\":%d", standing->now_value);
        buf_puts(&show->out, "}");
        return 0;
    }
    add_fact(show, show->n++ ? "" : _("numbers"));
    buf_printf(&show->out, "%s %d", standing->field, standing->value);
    if (!counts && standing->now_uid[0])
        buf_printf(&show->out, _(", now %d by %s"), standing->now_value, standing->now_uid);
    else if (!counts)
        buf_puts(&show->out, _(", does not count"));
    buf_puts(&show->out, "\n");
    return 0;
}

/* The words of a remark. */
static int add_text(void *data, const char *field, const char *text)
{
    struct show *show = data;
    if (show->json) {
        buf_puts(&show->out, show->n++ ? ",{" : "{");
        add_member(show, "field", field);
        add_member(show, "text", text);
        buf_puts(&show->out, "}");
        return 0;
    }
    add_fact(show, field);
    buf_escaped(&show->out, view_of(text));
    buf_puts(&show->out, "\n");
    return 0;
}

static int add_problem(void *data, const char *code, const char *token, const char *rule)
{
    struct show *show = data;
    if (show->json) {
        buf_puts(&show->out, show->n++ ? ",{" : "{");
        add_member(show, "code", code);
        add_member(show, "token", token);
        add_member(show, "rule", rule);
        buf_puts(&show->out, "}");
        return 0;
    }
    add_fact(show, show->n++ ? "" : _("problems"));
    buf_printf(&show->out, "%s ", translate(code));
    buf_escaped(&show->out, view_of(rule[0] ? rule : token));
    buf_puts(&show->out, "\n");
    return 0;
}

static int add_answer(void *data, const struct mt_message *message)
{
    struct show *show = data;
    if (show->json) {
        buf_puts(&show->out, show->n++ ? ",{" : "{");
        add_member(show, "uid", message->uid);
        add_member(show, "state", mt_state_to_string(message->state));
        add_member(show, "text", message->text);
        buf_puts(&show->out, "}");
        return 0;
    }
    add_fact(show, translate(mt_kind_to_string(message->kind)));
    buf_escaped(&show->out, view_of(message->text));
    buf_printf(&show->out, " (%s, %s)\n", message->uid, translate(mt_state_to_string(message->state)));
    return 0;
}

/* What was done to it by hand, and by whom. */
static int add_change(void *data, const struct audit_row *row)
{
    struct show *show = data;
    char at[21];
    if (show->json) {
        time_format(row->at_ms, at);
        buf_puts(&show->out, show->n++ ? ",{" : "{");
        add_member(show, "at", at);
        add_member(show, "who", row->who);
        add_member(show, "what", row->what);
        add_member(show, "detail", row->detail);
        buf_puts(&show->out, "}");
        return 0;
    }
    time_format_local(row->at_ms, at);
    add_fact(show, show->n++ ? "" : _("changed"));
    buf_printf(&show->out, _("%s by "), at);
    buf_escaped(&show->out, view_of(row->who));
    buf_puts(&show->out, ": ");
    buf_escaped(&show->out, view_of(row->detail));
    buf_puts(&show->out, "\n");
    return 0;
}

static int add_all(struct show *show, struct store *store, const struct report_found *report, struct error *error)
{
    struct mo_filter message = {.id = report->mo_id, .limit = 1};
    struct mt_filter answers = {.mo_id = report->mo_id, .limit = ANSWERS_MAX};
    add_header(show, report);
    int r = report->mo_id ? store_mo_list(store, &message, add_message, show, error) : 0;
    if (!report->mo_id && !show->json)
        buf_puts(&show->out, _("  entered by hand: kabarctl audit\n"));
    buf_puts(&show->out, show->json ? ",\"values\":[" : "");
    show->n = 0;
    if (!r)
        r = store_report_standing(store, report->id, add_standing, show, error);
    buf_puts(&show->out, show->json ? "],\"texts\":[" : "");
    show->n = 0;
    if (!r)
        r = store_report_texts(store, report->id, add_text, show, error);
    buf_puts(&show->out, show->json ? "],\"problems\":[" : "");
    show->n = 0;
    if (!r)
        r = store_report_problems(store, report->id, add_problem, show, error);
    buf_puts(&show->out, show->json ? "],\"answers\":[" : "");
    show->n = 0;
    if (!r && report->mo_id)
        r = store_mt_list(store, &answers, add_answer, show, error);
    buf_puts(&show->out, show->json ? "],\"changes\":[" : "");
    show->n = 0;
    if (!r)
        r = store_audit_list(store, report->uid, 0, 0, add_change, show, error);
    buf_puts(&show->out, show->json ? "]}\n" : "");
    return r;
}

int ctl_reports_show(struct ctl *ctl)
{
    CLEANUP(session_close) struct session session = {0};
    CLEANUP(show_deinit) struct show show = {.json = ctl->json};
    struct report_found report;
    struct error error = {0};
    int64_t id;
    buf_init(&show.out, OUTPUT_MAX);
    if (args_number(ctl->args.words[0], 1, INT64_MAX, &id))
        return ctl_usage(ctl, "%s is not a report's number; find it with: kabarctl reports", ctl->args.words[0]);
    int status = session_open(&session, ctl, STORE_READ);
    if (status)
        return status;
    int r = store_report_by_id(session.store, id, &report, &error);
    show.uid = report.uid;
    if (!r)
        r = add_all(&show, session.store, &report, &error);
    if (r)
        return ctl_failed(r, &error);
    ctl_print(&show.out);
    return CTL_DONE;
}
