/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Every labelled message of tests/corpus is read and judged as its label says, with the shipped set and language. */
#include "shipped.h"

#include <stdio.h>

#include "jsonl.h"

enum { TEXT = 4096 };

static struct shipped shipped;

static int open_shipped(void **state)
{
    (void)state;
    shipped_open(&shipped);
    return 0;
}

static int close_shipped(void **state)
{
    (void)state;
    shipped_close(&shipped);
    return 0;
}

static void want_report(struct buf *line, const struct set *set, const struct json *report)
{
    const char *code = json_member(report, "form")->text.at;
    const struct json *values = json_member(report, "values"), *period = json_member(report, "period");
    int index = set_form(set, code);
    assert_true(index >= 0);
    const struct form *form = &set->forms[index];
    bool codes[PROBLEM_COUNT] = {false};
    buf_printf(line, "%s %s %s", code, period->kind == JSON_NULL ? "-" : period->text.at,
               json_member(report, "status")->text.at);
    if (json_member(report, "question"))
        buf_printf(line, ":%s", json_member(report, "question")->text.at);
    for (size_t i = 0; i < form->n_keys; i++) {
        const struct json *value = json_member(values, form->keys[i].code);
        if (value)
            buf_printf(line, " %s=%ld", form->keys[i].code, value->number);
    }
    for (const struct json *problem = json_member(report, "problems")->first; problem; problem = problem->next) {
        for (int c = 0; c < PROBLEM_COUNT; c++)
            codes[c] |= strcmp(problem->text.at, problem_code_to_string((enum problem_code)c)) == 0;
    }
    shipped_codes(line, codes);
}

/* The label as shipped_line() writes a reading. */
static void want(struct buf *line, const struct set *set, const struct json *expect)
{
    const struct json *command = json_member(expect, "command"), *reports = json_member(expect, "reports");
    const char *kind = json_member(expect, "kind")->text.at;
    buf_clear(line);
    if (command->kind != JSON_NULL)
        buf_printf(line, "command %s", command->text.at);
    else if (strcmp(kind, "report") != 0)
        buf_puts(line, kind);
    for (const struct json *report = reports->first; report; report = report->next) {
        buf_puts(line, report == reports->first ? "" : " + ");
        want_report(line, set, report);
    }
}

/* Reads one labelled message; says what differs. */
static bool agrees(char *text)
{
    static struct json_reader reader;
    CLEANUP(buf_deinit) struct buf wanted;
    CLEANUP(buf_deinit) struct buf read;
    buf_init(&wanted, TEXT);
    buf_init(&read, TEXT);
    reader.at = text;
    reader.n = 0;
    const struct json *message = json_value(&reader);
    const struct json *at = json_member(message, "at");
    int64_t sent_ms;
    assert_int_equal(time_parse(at ? at->text.at : SHIPPED_TIME, &sent_ms), 0);
    want(&wanted, box_set(shipped.box, 0), json_member(message, "expect"));
    shipped_line(&read, shipped_read(&shipped, json_member(message, "text")->text, sent_ms));
    assert_false(wanted.full || read.full);
    if (json_member(message, "emergency"))
        assert_true(shipped.box->assessment->reading.emergency);
    if (json_member(message, "doubtful"))
        assert_int_equal(shipped.box->assessment->reading.command_doubtful, json_member(message, "doubtful")->number);
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

static void kinds_that_a_clerk_would_ask_about(void **state)
{
    (void)state;
    read_file(KABAR_SOURCE_DIR "/tests/corpus/kinds.jsonl", 40);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(messages_as_labelled),
        cmocka_unit_test(grammar_clause_by_clause),
        cmocka_unit_test(choices_where_the_grammar_leaves_room),
        cmocka_unit_test(kinds_that_a_clerk_would_ask_about),
    };
    return cmocka_run_group_tests(tests, open_shipped, close_shipped);
}
