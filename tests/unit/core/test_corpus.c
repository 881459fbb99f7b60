/* Every labelled message of tests/corpus is read and judged as its label says, with the shipped set and language. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "core/assess.h"
#include "core/box.h"
#include "jsonl.h"
#include "settings/settings.h"

enum { TEXT = 4096 };

static struct settings *settings;
static struct box *box;

static int open_box(void **state)
{
    (void)state;
    struct error error;
    int result = settings_open(KABAR_SOURCE_DIR "/config/kabard.conf", &settings, &error);
    if (result == 0)
        result = zone_set("Asia/Jakarta", &error);
    if (result == 0)
        result = box_open(settings, NULL, clock_system, &box, &error);
    if (result < 0)
        fprintf(stderr, "%s\n", error.text);
    return result;
}

static int close_box(void **state)
{
    (void)state;
    box = box_close(box);
    settings = settings_close(settings);
    return 0;
}

struct line {
    char text[TEXT];
    size_t len;
};

static void add(struct line *line, const char *text)
{
    int n = snprintf(line->text + line->len, sizeof line->text - line->len, "%s", text);
    line->len += (size_t)n;
    assert_true(line->len < sizeof line->text);
}

static void add_number(struct line *line, const char *name, long value)
{
    char text[80];
    snprintf(text, sizeof text, "%s%s=%ld", line->text[line->len - 1] == '{' ? "" : " ", name, value);
    add(line, text);
}

static bool counts(const char *status)
{
    return strcmp(status, "rejected") != 0 && strcmp(status, "help") != 0;
}

static void add_codes(struct line *line, const bool *codes)
{
    add(line, "} [");
    for (int code = 0; code < PROBLEM_COUNT; code++) {
        if (codes[code]) {
            add(line, problem_code_to_string((enum problem_code)code));
            add(line, " ");
        }
    }
    add(line, "]");
}

/* One line a reading: kind, command, then each report with its values in the form's order. */
static void want_report(struct line *line, const struct set *set, const struct json *report)
{
    const char *status = json_member(report, "status")->text.at, *code = json_member(report, "form")->text.at;
    const struct json *values = json_member(report, "values");
    int index = set_form(set, code);
    assert_true(index >= 0);
    const struct form *form = &set->forms[index];
    bool codes[PROBLEM_COUNT] = {false};
    add(line, "\n      ");
    add(line, code);
    add(line, " ");
    const struct json *period = json_member(report, "period");
    add(line, period->kind == JSON_NULL ? "-" : period->text.at);
    add(line, " ");
    add(line, status);
    add(line, " {");
    for (size_t i = 0; i < form->n_keys; i++) {
        const struct json *value = json_member(values, form->keys[i].code);
        if (value)
            add_number(line, form->keys[i].code, value->number);
    }
    for (const struct json *problem = json_member(report, "problems")->first; problem; problem = problem->next) {
        for (int c = 0; c < PROBLEM_COUNT; c++)
            codes[c] |= strcmp(problem->text.at, problem_code_to_string((enum problem_code)c)) == 0;
    }
    add_codes(line, codes);
}

static void want(struct line *line, const struct set *set, const struct json *expect)
{
    line->len = 0;
    const struct json *command = json_member(expect, "command");
    add(line, json_member(expect, "kind")->text.at);
    add(line, command->kind == JSON_NULL ? "" : command->text.at);
    for (const struct json *report = json_member(expect, "reports")->first; report; report = report->next)
        want_report(line, set, report);
}

static void got_report(struct line *line, const struct assessed *assessed)
{
    char period[8] = "-";
    const char *status = report_status_to_string(assessed->status);
    bool codes[PROBLEM_COUNT] = {false};
    if (assessed->month != MONTH_NONE)
        month_format(assessed->month, period);
    add(line, "\n      ");
    add(line, assessed->form->code);
    add(line, " ");
    add(line, period);
    add(line, " ");
    add(line, status);
    add(line, " {");
    for (size_t i = 0; i < assessed->form->n_keys && counts(status); i++) {
        if (assessed->values[i] >= 0)
            add_number(line, assessed->form->keys[i].code, assessed->values[i]);
    }
    for (size_t i = 0; i < assessed->n_problems; i++)
        codes[assessed->problems[i].code] = true;
    add_codes(line, codes);
}

static void got(struct line *line, struct view text, int64_t sent_ms)
{
    struct error error;
    const struct assess_input input = {.text = text, .sent_ms = sent_ms, .area_id = 0, .set = -1};
    assert_int_equal(assess(box, &input, box->assessment, &error), 0);
    const struct assessment *assessment = box->assessment;
    const char *command = command_to_string(assessment->reading.command);
    line->len = 0;
    add(line, reading_kind_to_string(assessment->reading.kind));
    add(line, command ? command : "");
    for (size_t i = 0; i < assessment->n_segments; i++)
        got_report(line, &assessment->segments[i]);
}

/* Reads one labelled message; says what differs. */
static bool agrees(char *text)
{
    static struct json_reader reader;
    static struct line wanted, read;
    reader.at = text;
    reader.n = 0;
    const struct json *message = json_value(&reader);
    const struct json *at = json_member(message, "at");
    int64_t sent_ms;
    assert_int_equal(time_parse(at ? at->text.at : "2026-10-15T09:00:00+07:00", &sent_ms), 0);
    want(&wanted, box_set(box, 0), json_member(message, "expect"));
    got(&read, json_member(message, "text")->text, sent_ms);
    if (strcmp(wanted.text, read.text) == 0)
        return true;
    printf("%s \"%s\"\n  is: %s\n  should be: %s\n", json_member(message, "id")->text.at,
           json_member(message, "text")->text.at, read.text, wanted.text);
    return false;
}

static void read_file(const char *path, size_t least)
{
    char *text = NULL;
    size_t size = 0, n = 0, differ = 0;
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    while (getline(&text, &size, file) > 0) {
        n++;
        differ += !agrees(text);
    }
    free(text);
    fclose(file);
    printf("%s: %zu messages, %zu differ\n", path, n, differ);
    assert_true(n >= least);
    assert_int_equal(differ, 0);
}

static void messages_as_labelled(void **state)
{
    (void)state;
    read_file(KABAR_SOURCE_DIR "/tests/corpus/messages.jsonl", 159);
}

static void grammar_clause_by_clause(void **state)
{
    (void)state;
    read_file(KABAR_SOURCE_DIR "/tests/corpus/grammar.jsonl", 1700);
}

static void choices_where_the_grammar_leaves_room(void **state)
{
    (void)state;
    read_file(KABAR_SOURCE_DIR "/tests/corpus/choices.jsonl", 200);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(messages_as_labelled),
        cmocka_unit_test(grammar_clause_by_clause),
        cmocka_unit_test(choices_where_the_grammar_leaves_room),
    };
    return cmocka_run_group_tests(tests, open_box, close_box);
}
