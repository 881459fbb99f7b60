/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/reply/assess_json.h"

#include "core/reply/rule_text.h"

/* The sender's word in capitals, as answers show it. */
static void add_token(struct buf *buf, struct view token)
{
    char upper[256];
    size_t len = token.len < sizeof upper ? token.len : sizeof upper;
    for (size_t i = 0; i < len; i++) {
        char c = token.at[i];
        upper[i] = c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
    }
    buf_json(buf, (struct view){upper, len});
}

static void add_problem(struct buf *buf, const struct assessment *assessment, const struct assessed *assessed,
                        const struct problem *problem)
{
    buf_printf(buf, "{\"code\":\"%s\",\"token\":", problem_code_to_string(problem->code));
    add_token(buf, problem->token);
    size_t offset = problem->token.at ? (size_t)(problem->token.at - assessment->text.at) : 0;
    buf_printf(buf, ",\"offset\":%zu", offset);
    if (problem->rule >= 0) {
        buf_puts(buf, ",\"rule\":");
        buf_json(buf, view_of(assessed->form->rules[problem->rule].name));
    }
    buf_puts(buf, "}");
}

static void add_report(struct buf *buf, const struct assessment *assessment, const struct assessed *assessed)
{
    char month[8];
    buf_puts(buf, "{\"form\":");
    buf_json(buf, view_of(assessed->form->code));
    if (assessed->month == MONTH_NONE) {
        buf_puts(buf, ",\"period\":null");
    } else {
        month_format(assessed->month, month);
        buf_printf(buf, ",\"period\":\"%s\"", month);
    }
    buf_printf(buf, ",\"status\":\"%s\",\"values\":{", report_status_to_string(assessed->status));
    bool stored = assessed->status != STATUS_REJECTED;
    for (size_t i = 0; stored && i < assessed->segment->n_fields; i++) {
        const struct field *field = &assessed->segment->fields[i];
        buf_puts(buf, i > 0 ? "," : "");
        buf_json(buf, view_of(assessed->form->keys[field->key].code));
        buf_printf(buf, ":%d", field->value);
    }
    buf_puts(buf, "}");
    if (assessed->status == STATUS_HELD)
        buf_printf(buf, ",\"question\":\"%s\"", question_to_string(assessed->question));
    buf_puts(buf, ",\"problems\":[");
    for (size_t i = 0; i < assessed->n_problems; i++) {
        buf_puts(buf, i > 0 ? "," : "");
        add_problem(buf, assessment, assessed, &assessed->problems[i]);
    }
    buf_puts(buf, "]}");
}

void assess_json(struct buf *buf, const struct assessment *assessment, const struct reply *reply)
{
    const struct reading *reading = &assessment->reading;
    const char *command = command_to_string(reading->command);
    buf_puts(buf, "{\"text\":");
    buf_json(buf, assessment->text);
    buf_printf(buf, ",\"kind\":\"%s\",\"command\":", reading_kind_to_string(reading->kind));
    if (command)
        buf_json(buf, view_of(command));
    else
        buf_puts(buf, "null");
    buf_puts(buf, ",\"reports\":[");
    for (size_t i = 0; i < assessment->n_segments; i++) {
        buf_puts(buf, i > 0 ? "," : "");
        add_report(buf, assessment, &assessment->segments[i]);
    }
    buf_puts(buf, "],\"reply\":[");
    struct view parts[SMS_PARTS_MAX];
    size_t n = reply_parts(reply, parts);
    for (size_t i = 0; i < n; i++) {
        buf_puts(buf, i > 0 ? "," : "");
        buf_json(buf, parts[i]);
    }
    buf_puts(buf, "]}");
}
