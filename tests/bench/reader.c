/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * bench_reader kabard.conf: what reading one SMS and evaluating its rules cost, beside a raw scan of the same bytes.
 * bench_reader kabard.conf CASE: reads, scans and matches each message of CASE (corpus, 40, 160, 300, 1600) once and
 * prints how many that were, for a count of the instructions of read_one(), scan_one() or match_one(). That is what the
 * ratios are of: how much a busy neighbour slows either down differs too much from hour to hour.
 */
#include <math.h>
#include <regex.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench.h"
#include "parsers/reading.h"

enum { ROUNDS = 301, TEXTS_MAX = 4096, MADE = 64, LONGEST = 1600 };

static struct view corpus[TEXTS_MAX];
static size_t n_corpus;
static const struct lexicon *lexicon;
static struct reader_workspace *workspace;
static struct reading reading;

__attribute__((noinline)) static void read_one(struct view text)
{
    reader_read(lexicon, text, (struct day){2026, 10, 15}, NULL, workspace, &reading);
}

/* The least that any reading of the bytes does: words told from numbers, and the numbers added up. */
__attribute__((noinline)) static void scan_one(struct view text)
{
    static volatile unsigned sink __attribute__((unused));
    unsigned sum = 0, words = 0;
    for (size_t i = 0; i < text.len;) {
        unsigned value = 0;
        size_t from = i;
        for (; i < text.len && text.at[i] >= '0' && text.at[i] <= '9'; i++)
            value = value * 10 + (unsigned)(text.at[i] - '0');
        for (; i < text.len && (text.at[i] | 32) >= 'a' && (text.at[i] | 32) <= 'z'; i++)
            words += i == from;
        sum += value;
        i += i == from;
    }
    sink = sum + words;
}

/* What many a gateway's script does: a regular expression that finds a word and the number after it. */
__attribute__((noinline)) static void match_one(struct view text)
{
    static regex_t pairs;
    static bool compiled;
    regmatch_t found[3];
    if (!compiled && regcomp(&pairs, "([a-z][a-z0-9 ]*[^a-z0-9]+)([0-9]+)", REG_EXTENDED | REG_ICASE) != 0)
        die("no regular expression");
    compiled = true;
    for (const char *at = text.at; regexec(&pairs, at, 3, found, 0) == 0; at += found[0].rm_eo)
        ;
}

static struct view copy_of(const char *text, size_t len)
{
    char *copy = malloc(len + 1);
    if (!copy)
        die("no memory");
    memcpy(copy, text, len);
    copy[len] = '\0';
    return (struct view){copy, len};
}

static uint32_t random_below(uint32_t n)
{
    static uint32_t seed = 1;
    seed = seed * 1103515245 + 12345;
    return (seed >> 16) % n;
}

/*
 * Reports as they are sent, one after the other until the length is reached: each form with its total and some of its
 * keys. No two are alike, as no processor would learn the way through one that it reads again and again.
 */
static struct view made(const struct set *set, size_t len)
{
    char text[LONGEST + 256] = "";
    size_t at = 0;
    for (uint32_t f = random_below(8); at < len; f++) {
        const struct form *form = &set->forms[f % set->n_forms];
        at += (size_t)snprintf(text + at, sizeof text - at, "%s %u ", form->name, 20 + random_below(200));
        for (size_t k = 1; k < form->n_keys && at < len; k++)
            if (random_below(3) > 0)
                at += (size_t)snprintf(text + at, sizeof text - at, "%s %u ", form->keys[k].code, random_below(20));
    }
    return copy_of(text, len);
}

/* The texts of the tests' corpora, which are JSON lines. */
static void load_corpus(const char *name)
{
    sqlite3 *db;
    sqlite3_stmt *statement;
    char *line = NULL;
    size_t room = 0;
    FILE *file = fopen(say(KABAR_SOURCE_DIR "/tests/corpus/%s", name), "re");
    if (!file || sqlite3_open(":memory:", &db) != SQLITE_OK ||
        sqlite3_prepare_v2(db, "SELECT json_extract(?1, '$.text')", -1, &statement, NULL) != SQLITE_OK)
        die("tests/corpus/%s can't be read", name);
    while (getline(&line, &room, file) > 0 && n_corpus < TEXTS_MAX) {
        sqlite3_bind_text(statement, 1, line, -1, SQLITE_STATIC);
        if (sqlite3_step(statement) == SQLITE_ROW && sqlite3_column_bytes(statement, 0) > 0)
            corpus[n_corpus++] =
                copy_of((const char *)sqlite3_column_text(statement, 0), (size_t)sqlite3_column_bytes(statement, 0));
        sqlite3_reset(statement);
    }
    free(line);
    sqlite3_finalize(statement);
    sqlite3_close(db);
    fclose(file);
}

static void do_all_once(const struct view *texts, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        read_one(texts[i]);
        scan_one(texts[i]);
        match_one(texts[i]);
    }
    (void)printf("%zu\n", n);
}

static double time_all(void (*read)(struct view text), const struct view *texts, size_t n, int times)
{
    double begun = now_s();
    for (int t = 0; t < times; t++)
        for (size_t i = 0; i < n; i++)
            read(texts[i]);
    return (now_s() - begun) * 1e9 / (times * (double)n);
}

/* Nanoseconds a text, read and done otherwise in turn: of each the best round, which other jobs disturbed least. */
struct timed {
    double read_ns, other_ns;
};

static struct timed time_texts(const struct view *texts, size_t n, int times, void (*other)(struct view), int others)
{
    double read = INFINITY, beside = INFINITY;
    for (int round = 0; round < ROUNDS; round++) {
        read = fmin(read, time_all(read_one, texts, n, times));
        beside = fmin(beside, time_all(other, texts, n, others));
    }
    return (struct timed){read, beside};
}

/* The median message of the corpus, and the dearest: of each the best of several readings. */
static double time_median_message(double *ret_worst)
{
    enum { TRIES = 9, REPEATS = 20 };
    static double best[TEXTS_MAX];
    for (size_t i = 0; i < n_corpus; i++) {
        best[i] = INFINITY;
        for (int t = 0; t < TRIES; t++) {
            double begun = now_s();
            for (int r = 0; r < REPEATS; r++)
                read_one(corpus[i]);
            double ns = (now_s() - begun) * 1e9 / REPEATS;
            best[i] = ns < best[i] ? ns : best[i];
        }
    }
    double middle = median(best, n_corpus);
    *ret_worst = best[n_corpus - 1];
    return middle;
}

static void measure_corpus(void)
{
    double worst, middle = time_median_message(&worst) / 1e3;
    struct timed all = time_texts(corpus, n_corpus, 1, scan_one, 5);
    struct timed matched = time_texts(corpus, n_corpus, 1, match_one, 1);
    row(say("read one SMS, median of the corpus' %zu", n_corpus), say("%.2f us", middle),
        say("the dearest %.1f us", worst / 1e3), NAN, at_most(middle, 10, " us"));
    row("  the whole corpus, a message", say("%.2f us", all.read_ns / 1e3), say("raw scan %.3f us", all.other_ns / 1e3),
        NAN, "");
    row("  beside a parser of one line", "", say("regexec(word, number) %.1f us", matched.other_ns / 1e3), NAN, "");
}

static void measure_rules(const struct set *set)
{
    enum { REPEATS = 2000, TRIES = 31 };
    struct rules *rules;
    struct rule_error why;
    struct error error = {""};
    must(rules_open(set, &rules, &why, &error), "rules", &error);
    size_t form = 0;
    for (size_t f = 0; f < set->n_forms; f++)
        form = set->forms[f].n_rules > set->forms[form].n_rules ? f : form;
    int values[FORM_KEYS_MAX], before[FORM_KEYS_MAX];
    for (int k = 0; k < FORM_KEYS_MAX; k++)
        values[k] = before[k] = 20;
    enum rule_verdict verdicts[FORM_RULES_MAX];
    double us = INFINITY;
    for (int t = 0; t < TRIES; t++) {
        double begun = now_s();
        for (int i = 0; i < REPEATS; i++)
            must(rules_check(rules, (int)form, MONTH_NONE, values, before, verdicts, &error), "rules", &error);
        double tried = (now_s() - begun) * 1e6 / REPEATS;
        us = tried < us ? tried : us;
    }
    row(say("evaluate its rules (%s, %zu of them)", set->forms[form].code, set->forms[form].n_rules),
        say("%.2f us", us), "", NAN, at_most(us, 5, " us"));
    rules_close(rules);
}

int main(int argc, char **argv)
{
    static const struct {
        const char *name;
        size_t len;
    } cases[] = {{"40", 40}, {"160", 160}, {"300", 300}, {"1600", LONGEST}};
    static struct view texts[MADE];
    struct settings *settings;
    struct error error;
    if (argc < 2)
        die("usage: bench_reader kabard.conf [CASE]");
    must(settings_open(argv[1], &settings, &error), argv[1], &error);
    lexicon = settings->sets[0].lexicon;
    workspace = malloc(reader_workspace_size());
    if (!workspace)
        die("no memory");
    load_corpus("messages.jsonl");
    load_corpus("grammar.jsonl");
    load_corpus("choices.jsonl");
    if (argc == 2)
        measure_corpus();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        for (size_t t = 0; t < MADE; t++)
            texts[t] = made(settings->sets[0].set, cases[i].len);
        int reads = LONGEST / (int)cases[i].len;
        if (argc == 2) {
            struct timed t = time_texts(texts, MADE, reads, scan_one, reads * 5);
            row(say("  %zu bytes", cases[i].len), say("%.2f us", t.read_ns / 1e3),
                say("raw scan %.3f us", t.other_ns / 1e3), NAN, "");
        } else if (strcmp(argv[2], cases[i].name) == 0) {
            do_all_once(texts, MADE);
        }
    }
    if (argc == 2)
        measure_rules(settings->sets[0].set);
    if (argc > 2 && strcmp(argv[2], "corpus") == 0)
        do_all_once(corpus, n_corpus);
    settings_close(settings);
    free(workspace);
    return 0;
}
