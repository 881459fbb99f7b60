/* SPDX-License-Identifier: GPL-2.0-or-later */
/* trace: one question, one answer: what became of this SMS? Raw, reading, reports, score, reply, delivery. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/translate.h"
#include "core/score/score.h"
#include "ctl/listing.h"
#include "ctl/report_values.h"
#include "ctl/session.h"
#include "ctl/told.h"
#include "parsers/cause.h"
#include "store/area.h"
#include "store/mo.h"
#include "store/mt.h"
#include "store/report.h"
#include "store/score.h"

enum { LIMIT = 5, LIMIT_MAX = 1000, OUTPUT_MAX = 16 << 20 };

struct trace {
    struct store *store;
    const struct box *box;
    bool json;
    struct buf out;
    size_t n, n_inner; /* messages; rows inside the message at hand */
    struct error error;
};

static void trace_deinit(struct trace *trace)
{
    buf_deinit(&trace->out);
}

static void add_fact(struct trace *trace, const char *name)
{
    buf_puts(&trace->out, "  ");
    buf_padded(&trace->out, name, 9);
}

static void add_string(struct trace *trace, const char *name, const char *text)
{
    buf_printf(&trace->out, "%s\"%s\":", trace->out.text[trace->out.len - 1] == '{' ? "" : ",", name);
    buf_json(&trace->out, view_of(text));
}

static void add_time(struct trace *trace, const char *name, int64_t ms)
{
    char utc[21];
    time_format(ms, utc);
    if (ms)
        add_string(trace, name, utc);
    else
        buf_printf(&trace->out, ",\"%s\":null", name);
}

static int add_problem(void *data, const char *code, const char *token, const char *rule)
{
    struct trace *trace = data;
    if (trace->json) {
        buf_puts(&trace->out, trace->n_inner++ ? ",{" : "{");
        add_string(trace, "code", code);
        add_string(trace, "token", token);
        add_string(trace, "rule", rule);
        buf_puts(&trace->out, "}");
        return 0;
    }
    add_fact(trace, "");
    buf_printf(&trace->out, "%s ", translate(code));
    buf_escaped(&trace->out, view_of(rule[0] ? rule : token));
    buf_puts(&trace->out, "\n");
    return 0;
}

static void add_report_text(struct trace *trace, const struct report_found *report, const char *values)
{
    char month[8] = "-";
    if (report->period != MONTH_NONE)
        month_format(report->period, month);
    add_fact(trace, _("report"));
    buf_printf(&trace->out, _("%s %s %s for %s "), report->uid, report->form, month, report->area_code);
    buf_escaped(&trace->out, view_of(report->area_name));
    buf_printf(&trace->out, ": %s; %s\n", translate(report->status), values);
}

static void add_report_json(struct trace *trace, const struct report_found *report, const char *values)
{
    char month[8] = "";
    if (report->period != MONTH_NONE)
        month_format(report->period, month);
    buf_puts(&trace->out, trace->n_inner ? ",{" : "{");
    add_string(trace, "uid", report->uid);
    add_string(trace, "set", report->set);
    add_string(trace, "form", report->form);
    add_string(trace, "period", month);
    add_string(trace, "area", report->area_code);
    add_string(trace, "status", report->status);
    buf_printf(&trace->out, ",\"values\":%s,\"problems\":[", values);
}

/* What a form counts for in the score of its village and quarter, as that is stored now. */
struct counted {
    struct trace *trace;
    const struct set *set;
    int64_t village_id;
    int form;
    size_t n;
};

static int add_counted(void *data, const struct score_row *row)
{
    struct counted *counted = data;
    struct buf *out = &counted->trace->out;
    const struct indicator *indicator = NULL;
    for (size_t i = 0; i < counted->set->n_indicators && !indicator; i++)
        if (strcmp(counted->set->indicators[i].code, row->name) == 0)
            indicator = &counted->set->indicators[i];
    if (row->village_id != counted->village_id || !indicator || indicator->form != counted->form ||
        row->numbers[0] < 0 || row->numbers[1] < 0)
        return 0;
    bool first = counted->n++ == 0;
    if (counted->trace->json) {
        buf_puts(out, first ? "{" : ",{");
        add_string(counted->trace, "indicator", indicator->code);
        add_string(counted->trace, "label", indicator->short_wording);
        buf_printf(out, ",\"numerator\":%d,\"denominator\":%d}", row->numbers[0], row->numbers[1]);
    } else {
        buf_puts(out, first ? ": " : ", ");
        buf_escaped(out, view_of(indicator->short_wording));
        buf_printf(out, " %d/%d", row->numbers[0], row->numbers[1]);
    }
    return 0;
}

/* Only what counts has a score: reports of a village or a posyandu that stand. */
static int add_score(struct trace *trace, const struct report_found *report)
{
    struct area area;
    bool stands = strcmp(report->status, "accepted") == 0 || strcmp(report->status, "partial") == 0;
    if (!stands || report->period == MONTH_NONE || area_code_level(view_of(report->area_code)) < AREA_DESA) {
        buf_puts(&trace->out, trace->json ? ",\"score\":null" : "");
        return 0;
    }
    int r = store_area_by_id(trace->store, report->area_id, &area, &trace->error);
    if (!r && area.level == AREA_POSYANDU)
        r = store_area_by_id(trace->store, area.parent_id, &area, &trace->error);
    if (r)
        return r;
    int quarter = quarter_of(report->period);
    const struct set *set = box_set(trace->box, score_set_for(trace->box, quarter));
    struct counted counted = {trace, set, area.id, set_form(set, report->form), 0};
    char text[8];
    quarter_format(quarter, text);
    if (trace->json) {
        buf_puts(&trace->out, ",\"score\":{");
        add_string(trace, "quarter", text);
        add_string(trace, "area", area.code);
        buf_puts(&trace->out, ",\"indicators\":[");
    } else {
        add_fact(trace, _("score"));
        buf_printf(&trace->out, _("%s of %s"), text, area.code);
    }
    r = store_score_list(trace->store, quarter, set->name, area.code, 1U << SCORE_INDICATOR, add_counted, &counted,
                         &trace->error);
    if (trace->json)
        buf_puts(&trace->out, "]}");
    else
        buf_puts(&trace->out, counted.n ? "\n" : _(": no indicator of this form can be computed yet\n"));
    return r;
}

static int add_report(void *data, const struct report_found *report)
{
    struct trace *trace = data;
    CLEANUP(buf_deinit) struct buf plain;
    CLEANUP(buf_deinit) struct buf json;
    buf_init(&plain, 4096);
    buf_init(&json, 4096);
    int r = report_values(trace->store, report->id, &plain, &json, &trace->error);
    if (r)
        return r;
    if (trace->json)
        add_report_json(trace, report, json.text);
    else
        add_report_text(trace, report, plain.text);
    size_t outer = trace->n_inner + 1;
    trace->n_inner = 0;
    r = store_report_problems(trace->store, report->id, add_problem, trace, &trace->error);
    trace->n_inner = outer;
    buf_puts(&trace->out, trace->json ? "]" : "");
    if (!r)
        r = add_score(trace, report);
    buf_puts(&trace->out, trace->json ? "}" : "");
    return r;
}

static int add_reply(void *data, const struct mt_message *message)
{
    struct trace *trace = data;
    char cause[CAUSE_TEXT_MAX];
    cause_format(message->cause, cause);
    if (trace->json) {
        buf_puts(&trace->out, trace->n_inner++ ? ",{" : "{");
        add_string(trace, "uid", message->uid);
        add_string(trace, "to", message->recipient);
        add_string(trace, "kind", mt_kind_to_string(message->kind));
        add_string(trace, "state", mt_state_to_string(message->state));
        buf_printf(&trace->out, ",\"parts\":%d,\"parts_sent\":%d,\"attempts\":%d,\"cause\":%d", message->parts,
                   message->parts_sent, message->attempts, message->cause);
        add_string(trace, "cause_text", cause);
        add_string(trace, "modem", message->modem);
        add_time(trace, "created", message->created_ms);
        add_string(trace, "text", message->text);
        buf_puts(&trace->out, "}");
        return 0;
    }
    trace->n_inner++;
    add_fact(trace, translate(mt_kind_to_string(message->kind)));
    buf_printf(&trace->out, _("%s: %s, %d of %d parts sent, %d tries"), message->uid,
               translate(mt_state_to_string(message->state)), message->parts_sent, message->parts, message->attempts);
    if (message->modem[0]) {
        buf_puts(&trace->out, _(", by "));
        buf_escaped(&trace->out, view_of(message->modem));
    }
    if (message->cause > 0)
        buf_printf(&trace->out, _(", last refused with %s"), told(cause).text);
    buf_puts(&trace->out, "\n");
    add_fact(trace, "");
    buf_escaped(&trace->out, view_of(message->text));
    buf_puts(&trace->out, "\n");
    return 0;
}

static void add_message_text(struct trace *trace, const struct mo_message *message)
{
    char received[17], sent[17] = "";
    time_format_local(message->received_ms, received);
    if (message->sent_ms)
        time_format_local(message->sent_ms, sent);
    buf_printf(&trace->out, _("%s%s from "), trace->n ? "\n" : "", message->uid);
    buf_escaped(&trace->out, view_of(message->sender));
    buf_printf(&trace->out, ": %s\n", translate(mo_outcome_to_string(message->outcome)));
    add_fact(trace, _("received"));
    buf_printf(&trace->out, _("%s by "), received);
    buf_escaped(&trace->out, view_of(message->modem));
    buf_printf(&trace->out, translate_n(", %d part", ", %d parts", (uint64_t)message->parts), message->parts);
    if (message->sent_ms)
        buf_printf(&trace->out, _("; stamped by the network %s\n"), sent);
    else
        buf_puts(&trace->out, _("; without a stamp of the network\n"));
    add_fact(trace, _("text"));
    buf_escaped(&trace->out, view_of(message->text));
    buf_puts(&trace->out, "\n");
}

static void add_message_json(struct trace *trace, const struct mo_message *message)
{
    buf_printf(&trace->out, "{\"id\":%" PRId64, message->id);
    add_string(trace, "uid", message->uid);
    add_string(trace, "from", message->sender);
    add_string(trace, "modem", message->modem);
    add_time(trace, "sent", message->sent_ms);
    add_time(trace, "received", message->received_ms);
    add_string(trace, "outcome", mo_outcome_to_string(message->outcome));
    buf_printf(&trace->out, ",\"parts\":%d", message->parts);
    add_string(trace, "text", message->text);
}

static int add_message(void *data, const struct mo_message *message)
{
    struct trace *trace = data;
    struct report_filter reports = {.period = MONTH_NONE, .mo_id = message->id, .limit = 100};
    struct mt_filter replies = {.mo_id = message->id, .limit = 100};
    if (trace->json) {
        add_message_json(trace, message);
        buf_puts(&trace->out, ",\"reports\":[");
    } else {
        add_message_text(trace, message);
    }
    trace->n++;
    trace->n_inner = 0;
    int r = store_report_list(trace->store, &reports, add_report, trace, &trace->error);
    trace->n_inner = 0;
    buf_puts(&trace->out, trace->json ? "],\"replies\":[" : "");
    if (!r)
        r = store_mt_list(trace->store, &replies, add_reply, trace, &trace->error);
    if (!trace->json && trace->n_inner == 0)
        buf_puts(&trace->out, _("  not answered\n"));
    buf_puts(&trace->out, trace->json ? "]}\n" : "");
    return r;
}

/* A message's number, its uid, or a phone number. */
static void read_subject(const char *word, struct mo_filter *filter, char phone[MSISDN_MAX])
{
    int64_t id;
    const char *uid = strstr(word, "-mo-");
    if (args_number(uid ? uid + 4 : word, 1, INT64_MAX, &id) == 0 && (uid || (strlen(word) < 9 && word[0] != '0'))) {
        filter->id = id;
        return;
    }
    filter->sender = session_sender(word, phone);
}

int ctl_trace(struct ctl *ctl)
{
    struct mo_filter filter = {.limit = LIMIT};
    char phone[MSISDN_MAX];
    CLEANUP(session_close) struct session session = {0};
    CLEANUP(trace_deinit) struct trace trace = {.json = ctl->json};
    buf_init(&trace.out, OUTPUT_MAX);
    int status = option_number(ctl, "--limit", 1, LIMIT_MAX, &filter.limit);
    if (!status)
        status = session_open(&session, ctl, STORE_READ);
    if (!status)
        status = session_box(&session, ctl);
    if (status)
        return status;
    trace.store = session.store;
    trace.box = session.box;
    read_subject(ctl->args.words[0], &filter, phone);
    int r = store_mo_list(session.store, &filter, add_message, &trace, &trace.error);
    if (r)
        return ctl_failed(r, &trace.error);
    if (trace.n == 0)
        return ctl_refuse("no message was received %s %s; kabarctl inbox lists them",
                          filter.id ? _("with the number") : _("from"), ctl->args.words[0]);
    ctl_print(&trace.out);
    return CTL_DONE;
}
