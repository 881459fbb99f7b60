/* SPDX-License-Identifier: GPL-2.0-or-later */
/* parse: what the box would make of a message and answer to it; needs a configuration, no database and no modem. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/command/command.h"
#include "core/intake/rehearsal.h"
#include "core/reply/assess_json.h"
#include "ctl/explain.h"
#include "ctl/json_text.h"
#include "ctl/session.h"

enum { OUTPUT_MAX = 16 << 20 };

struct parsing {
    const struct ctl *ctl;
    struct box *box;
    int64_t at_ms;
    int set; /* -1: the one in force */
    bool jsonl;
    struct buf out;
};

static void parsing_deinit(struct parsing *parsing)
{
    buf_deinit(&parsing->out);
}

static int answer(const struct parsing *parsing, const struct assessment *assessment, struct reply *ret_reply,
                  struct error *error)
{
    if (assessment->reading.kind != READING_COMMAND) {
        reply_assessment(parsing->box, assessment, "id", ret_reply);
        return 0;
    }
    struct command_call call = {
        .box = parsing->box,
        .assessment = assessment,
        .sent_ms = parsing->at_ms,
        .now_ms = parsing->at_ms,
        .least_ms = parsing->at_ms,
    };
    return command_run(&call, ret_reply, error);
}

static int print(struct parsing *parsing, const struct box *box, const struct reply *reply)
{
    buf_clear(&parsing->out);
    if (parsing->ctl->json) {
        assess_json(&parsing->out, box->assessment, reply);
        buf_puts(&parsing->out, "\n");
    } else {
        if (args_get(&parsing->ctl->args, "--explain"))
            explain_prices(&parsing->out, box, box->assessment);
        explain(&parsing->out, box, box->assessment, reply);
    }
    if (parsing->out.full)
        return ctl_refuse("the answer is longer than %d MiB", OUTPUT_MAX >> 20);
    ctl_print(&parsing->out);
    return CTL_DONE;
}

static int parse_alone(struct parsing *parsing, struct view text)
{
    struct error error = {0};
    struct reply reply = {""};
    struct assessment *assessment = parsing->box->assessment;
    struct assess_input input = {.text = text, .sent_ms = parsing->at_ms, .set = parsing->set};
    int r = assess(parsing->box, &input, assessment, &error);
    if (!r)
        r = answer(parsing, assessment, &reply, &error);
    return r ? ctl_failed(r, &error) : print(parsing, parsing->box, &reply);
}

static void rehearsal_cleanup(struct rehearsal **rehearsal)
{
    *rehearsal = rehearsal_close(*rehearsal);
}

/* As the last of a conversation, whose SMS came within the hour. */
static int parse_after(struct parsing *parsing, struct view text, const struct view *after, size_t n_after)
{
    struct error error = {0};
    struct reply reply;
    CLEANUP(rehearsal_cleanup) struct rehearsal *rehearsal = NULL;
    int64_t apart_ms = MS_HOUR / (int64_t)(n_after + 1);
    int r = rehearsal_open(parsing->box->settings, parsing->set, &rehearsal, &error);
    for (size_t i = 0; i < n_after && !r; i++)
        r = rehearsal_say(rehearsal, after[i], parsing->at_ms - (int64_t)(n_after - i) * apart_ms, &reply, &error);
    if (!r)
        r = rehearsal_say(rehearsal, text, parsing->at_ms, &reply, &error);
    return r ? ctl_failed(r, &error) : print(parsing, rehearsal_box(rehearsal), &reply);
}

static int parse_text(struct parsing *parsing, struct view text, const struct view *after, size_t n_after)
{
    return n_after > 0 ? parse_after(parsing, text, after, n_after) : parse_alone(parsing, text);
}

static int parse_json(struct parsing *parsing, struct view line, size_t number)
{
    struct error error = {0};
    struct json_message message;
    struct view after[JSON_AFTER_MAX];
    buf_init(&message.text, OUTPUT_MAX);
    buf_init(&message.after, OUTPUT_MAX);
    int status = json_message(line, &message, &error) ? ctl_refuse("standard input:%zu: %s", number, error.text) : 0;
    for (size_t i = 0, begin = 0; i < message.n_after && !status; i++) {
        after[i] = (struct view){message.after.text + begin, message.ends[i] - begin};
        begin = message.ends[i] + 1;
    }
    if (!status)
        status = parse_text(parsing, (struct view){message.text.text, message.text.len}, after, message.n_after);
    buf_deinit(&message.text);
    buf_deinit(&message.after);
    return status;
}

/* After what --after says. */
static int parse_plain(struct parsing *parsing, struct view text)
{
    const struct args *args = &parsing->ctl->args;
    struct view after[ARGS_VALUES_MAX];
    for (size_t i = 0; i < args->n_values; i++)
        after[i] = view_of(args->values[i]);
    return parse_text(parsing, text, after, args->n_values);
}

static int parse_line(struct parsing *parsing, struct view line, size_t number)
{
    return parsing->jsonl ? parse_json(parsing, line, number) : parse_plain(parsing, line);
}

static int parse_lines(struct parsing *parsing)
{
    char *line = NULL;
    size_t room = 0;
    int status = CTL_DONE;
    for (size_t number = 1; status == CTL_DONE; number++) {
        ssize_t len = getline(&line, &room, stdin);
        if (len < 0)
            break;
        if (len > 0 && line[len - 1] == '\n')
            len--;
        if (len > 0 && line[len - 1] == '\r')
            len--;
        line[len] = '\0';
        if (number > 1 && !parsing->ctl->json)
            (void)fputs("\n", stdout);
        status = parse_line(parsing, (struct view){line, (size_t)len}, number);
    }
    free(line);
    return status;
}

static int refuse_set(const struct ctl *ctl, const char *name, const struct settings *settings)
{
    CLEANUP(buf_deinit) struct buf known;
    buf_init(&known, 1024);
    for (size_t i = 0; i < settings->n_sets; i++)
        buf_printf(&known, "%s%s", i ? ", " : "", settings->sets[i].set->name);
    return ctl_refuse("%s has no set \"%s\", and none of that name is installed; it has %s", ctl->config, name,
                      known.text);
}

static bool has_set(const struct settings *settings, const char *name)
{
    for (size_t i = 0; i < settings->n_sets; i++) {
        if (strcmp(settings->sets[i].set->name, name) == 0)
            return true;
    }
    return false;
}

/* The box with the set of --set, which need not be one of the configuration's; 0 or an exit status. */
static int open_box(const struct ctl *ctl, struct session *session, struct parsing *parsing)
{
    struct error error = {0};
    const char *name = args_get(&ctl->args, "--set");
    int status = session_settings(session, ctl);
    if (!status && name && !has_set(session->settings, name)) {
        struct settings *with = NULL;
        int r = settings_open_with(ctl->config, name, &with, &error);
        if (r)
            return r == -ENOENT ? refuse_set(ctl, name, session->settings) : ctl_environment("%s", error.text);
        settings_close(session->settings);
        session->settings = with;
    }
    if (!status)
        status = session_box(session, ctl);
    if (status)
        return status;
    parsing->box = session->box;
    parsing->set = name ? box_set_named(session->box, name) : -1;
    return name && parsing->set < 0 ? refuse_set(ctl, name, session->settings) : 0;
}

int ctl_parse(struct ctl *ctl)
{
    CLEANUP(session_close) struct session session = {0};
    CLEANUP(parsing_deinit) struct parsing parsing = {.ctl = ctl};
    CLEANUP(buf_deinit) struct buf text;
    buf_init(&parsing.out, OUTPUT_MAX);
    buf_init(&text, OUTPUT_MAX);
    parsing.jsonl = args_get(&ctl->args, "--jsonl") != NULL;
    bool dash = ctl->args.n_words == 1 && strcmp(ctl->args.words[0], "-") == 0;
    bool lines = parsing.jsonl || dash;
    if (parsing.jsonl && ctl->args.n_words > 0 && !dash)
        return ctl_usage(ctl, "--jsonl reads standard input; \"%s\" was not expected", ctl->args.words[0]);
    if (!lines && ctl->args.n_words == 0)
        return ctl_usage(ctl,
                         "what is to be read? Expected a TEXT, - for a message a line on standard input, or --jsonl");
    if (parsing.jsonl && args_get(&ctl->args, "--after"))
        return ctl_usage(ctl, "with --jsonl an object's own \"after\" says what was sent before");
    if (parsing.jsonl)
        ctl->json = true;
    int status = option_time(ctl, "--at", 12, &parsing.at_ms);
    if (!status)
        status = open_box(ctl, &session, &parsing);
    if (status)
        return status;
    if (!args_get(&ctl->args, "--at"))
        parsing.at_ms = session_now_ms(&session);
    if (lines)
        return parse_lines(&parsing);
    ctl_join_words(ctl, 0, &text);
    return parse_plain(&parsing, (struct view){text.text, text.len});
}
