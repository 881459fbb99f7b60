/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Messages as people write them who know only the pocket card, labelled by what a careful clerk would book or ask
 * (tests/corpus/README.md): no number may be stored that was not meant, and few may be refused that a clerk
 * understands.
 */
#include "shipped.h"

#include <stdio.h>

#include "jsonl.h"

#define PERSONA_TIME "2026-10-14T09:00:00+07:00"

enum { ENTRIES_MAX = 160, SETS_MAX = 8 };

/* wrong: a number is stored that was not meant, or a meant one is neither stored nor spoken of; exact: all that was
 * meant; partial: a part, the rest is named; question: YES would store it; asked: a clerk would ask too; needless: not
 * so; right: no report, and nothing is stored. */
enum outcome { WRONG, EXACT, PARTIAL, QUESTION, ASKED, NEEDLESS, RIGHT, OUTCOMES };

struct entry {
    int form;
    int month;
    int key;
    long value;
};

struct entries {
    struct entry at[ENTRIES_MAX];
    size_t n;
};

/* What the label takes as good: what is meant, and what is as good. */
struct label {
    struct entries good[SETS_MAX];
    size_t n;
    bool may_ask; /* nothing stored is as good */
    bool asks;    /* something has to be asked */
    const char *kind;
};

static struct shipped shipped;

static void add(struct entries *entries, struct entry entry)
{
    assert_true(entries->n < ENTRIES_MAX);
    entries->at[entries->n++] = entry;
}

static bool has(const struct entries *entries, const struct entry *entry)
{
    for (size_t i = 0; i < entries->n; i++) {
        const struct entry *at = &entries->at[i];
        if (at->form == entry->form && at->month == entry->month && at->key == entry->key && at->value == entry->value)
            return true;
    }
    return false;
}

static bool within(const struct entries *part, const struct entries *whole)
{
    for (size_t i = 0; i < part->n; i++) {
        if (!has(whole, &part->at[i]))
            return false;
    }
    return true;
}

static void read_reports(const struct json *reports, int month, struct entries *ret_entries)
{
    const struct set *set = box_set(shipped.box, 0);
    ret_entries->n = 0;
    for (const struct json *report = reports->first; report; report = report->next) {
        const struct json *period = json_member(report, "period");
        struct entry entry = {.form = set_form(set, json_member(report, "form")->text.at), .month = month};
        assert_true(entry.form >= 0);
        if (period && period->kind == JSON_TEXT)
            assert_int_equal(month_parse(period->text, &entry.month), 0);
        for (const struct json *value = json_member(report, "values")->first; value; value = value->next) {
            entry.key = form_key(&set->forms[entry.form], value->name);
            entry.value = value->number;
            assert_true(entry.key >= 0);
            add(ret_entries, entry);
        }
    }
}

static void read_label(const struct json *message, int month, struct label *ret_label)
{
    const struct json *want = json_member(message, "want"), *alt = json_member(want, "alt");
    const struct json *ask = json_member(message, "ask");
    *ret_label = (struct label){.n = 1, .asks = ask && ask->first, .kind = json_member(message, "kind")->text.at};
    read_reports(json_member(want, "reports"), month, &ret_label->good[0]);
    for (const struct json *other = alt ? alt->first : NULL; other; other = other->next) {
        assert_true(ret_label->n < SETS_MAX);
        read_reports(other, month, &ret_label->good[ret_label->n]);
        ret_label->may_ask |= ret_label->good[ret_label->n++].n == 0;
    }
}

static void add_values(const struct assessed *assessed, struct entries *entries)
{
    for (size_t key = 0; key < assessed->form->n_keys; key++) {
        if (assessed->values[key] >= 0)
            add(entries, (struct entry){assessed->form_index, assessed->month, (int)key, assessed->values[key]});
    }
}

static enum outcome outcome_of_stored(const struct label *label, const struct entries *stored, bool spoken)
{
    bool subset = false;
    for (size_t i = 0; i < label->n; i++) {
        bool same = stored->n == label->good[i].n && within(stored, &label->good[i]);
        bool rest = label->asks || !within(&label->good[0], stored);
        if (same)
            return rest && !spoken && i > 0 ? WRONG : EXACT;
        subset |= within(stored, &label->good[i]);
    }
    return subset && spoken ? PARTIAL : WRONG;
}

static bool is_command(const struct label *label, const struct assessment *assessment)
{
    const char *command = command_to_string(assessment->reading.command);
    for (size_t i = 0; i < assessment->n_segments && !command; i++)
        command = assessment->segments[i].status == STATUS_HELP ? "help" : NULL;
    return command && strcmp(command, label->kind + strlen("command:")) == 0;
}

static enum outcome outcome_of(const struct label *label, const struct assessment *assessment)
{
    struct entries stored = {.n = 0}, held = {.n = 0};
    bool spoken = assessment->n_segments == 0;
    for (size_t i = 0; i < assessment->n_segments; i++) {
        const struct assessed *assessed = &assessment->segments[i];
        spoken |= assessed->n_problems > 0 || assessed->status == STATUS_REJECTED || assessed->status == STATUS_HELD;
        if (assessed->status == STATUS_ACCEPTED || assessed->status == STATUS_PARTIAL)
            add_values(assessed, &stored);
        if (assessed->status == STATUS_HELD)
            add_values(assessed, &held);
    }
    if (strncmp(label->kind, "command:", strlen("command:")) == 0 && stored.n == 0)
        return is_command(label, assessment) ? RIGHT : label->may_ask ? ASKED : NEEDLESS;
    if (stored.n > 0)
        return outcome_of_stored(label, &stored, spoken);
    if (label->good[0].n == 0)
        return strcmp(label->kind, "none") == 0 ? RIGHT : ASKED;
    for (size_t i = 0; i < label->n && held.n > 0; i++) {
        if (held.n == label->good[i].n && within(&held, &label->good[i]))
            return QUESTION;
    }
    return label->may_ask ? ASKED : NEEDLESS;
}

/* The outcomes of a file's messages, and of those that every careful clerk would book how many are understood. */
static void read_file(const char *name)
{
    static const char *const names[OUTCOMES] = {"wrong", "exact", "partial", "question", "asked", "needless", "right"};
    static struct json_reader reader;
    static struct label label;
    char path[512], *text = NULL;
    size_t size = 0, n = 0, clear = 0, understood = 0, count[OUTCOMES] = {0};
    int64_t sent_ms;
    assert_int_equal(time_parse(PERSONA_TIME, &sent_ms), 0);
    (void)snprintf(path, sizeof path, KABAR_SOURCE_DIR "/tests/corpus/%s", name);
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    while (getline(&text, &size, file) > 0) {
        reader.at = text;
        reader.n = 0;
        const struct json *message = json_value(&reader);
        struct view said = json_member(message, "text")->text;
        read_label(message, month_of(zone_local(sent_ms).day), &label);
        enum outcome outcome = outcome_of(&label, shipped_read(&shipped, said, sent_ms));
        bool is_clear = label.good[0].n > 0 && !label.may_ask;
        if (outcome == WRONG)
            printf("wrong: \"%s\"\n", said.at);
        n++;
        count[outcome]++;
        clear += is_clear;
        understood += is_clear && (outcome == EXACT || outcome == QUESTION);
    }
    free(text);
    fclose(file);
    printf("%s: %zu messages", name, n);
    for (int o = 0; o < OUTCOMES; o++)
        printf(", %s %zu", names[o], count[o]);
    printf("; clear %zu, understood %zu\n", clear, understood);
    assert_true(n >= 150);
    assert_int_equal(count[WRONG], 0);
    assert_true(count[NEEDLESS] * 20 <= n);
    assert_true(understood * 100 >= clear * 85);
}

static void as_people_write(void **state)
{
    (void)state;
    shipped_open(&shipped);
    read_file("persona.jsonl");
    read_file("blind1.jsonl");
    read_file("blind2.jsonl");
    read_file("blind3.jsonl");
    shipped_close(&shipped);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(as_people_write)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
