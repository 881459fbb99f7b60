/*
 * bench_reader kabard.conf: what reading one SMS and evaluating its rules cost, beside a raw scan of the same bytes.
 * bench_reader kabard.conf CASE: reads CASE (corpus, 40, 160, 300, 1600) once and prints how many messages that were,
 * for a count of instructions.
 */
#include <math.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench.h"
#include "parsers/reading.h"

enum { ROUNDS = 301, TEXTS_MAX = 4096 };

static struct view corpus[TEXTS_MAX];
static size_t n_corpus;
static const struct lexicon *lexicon;
static struct reader_workspace *workspace;
static struct reading reading;

__attribute__((noinline)) static void read_one(struct view text)
{
    reader_read(lexicon, text, (struct day){2026, 10, 15}, workspace, &reading);
}

/* The least that any reading of the bytes does: each looked up in a table, one after the other. */
__attribute__((noinline)) static unsigned scan_one(struct view text)
{
    static unsigned char classes[256];
    static volatile unsigned sink;
    if (classes['0'] == 0)
        for (int c = 0; c < 256; c++)
            classes[c] = c >= '0' && c <= '9' ? 1 : (c | 32) >= 'a' && (c | 32) <= 'z' ? 2 : 3;
    unsigned sum = 0;
    for (size_t i = 0; i < text.len; i++)
        sum = sum * 3 + classes[(unsigned char)text.at[i]];
    return sink = sum;
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

static struct view repeated(const char *message, size_t len)
{
    char text[2048];
    for (size_t i = 0; i < len; i++)
        text[i] = message[i % strlen(message)];
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

struct timed {
    double read_ns, scan_ns, ratio;
};

/* All texts are read, then scanned, in turn; of each the best round, which no other job has disturbed. */
static struct timed time_texts(const struct view *texts, size_t n, int reads, int scans)
{
    double best_read = INFINITY, best_scan = INFINITY;
    for (int round = 0; round < ROUNDS; round++) {
        double begun = now_s();
        for (int r = 0; r < reads; r++)
            for (size_t i = 0; i < n; i++)
                read_one(texts[i]);
        double between = now_s();
        for (int r = 0; r < scans; r++)
            for (size_t i = 0; i < n; i++)
                scan_one(texts[i]);
        double read = (between - begun) / reads, scan = (now_s() - between) / scans;
        best_read = read < best_read ? read : best_read;
        best_scan = scan < best_scan ? scan : best_scan;
    }
    double each = 1e9 / (double)n;
    return (struct timed){best_read * each, best_scan * each, best_read / best_scan};
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
    struct timed all = time_texts(corpus, n_corpus, 1, 20);
    row(say("read one SMS, median of the corpus' %zu", n_corpus), say("%.2f us", middle),
        say("the dearest %.1f us", worst / 1e3), NAN, at_most(middle, 2, " us"));
    row("  the whole corpus, a message", say("%.2f us", all.read_ns / 1e3), say("raw scan %.3f us", all.scan_ns / 1e3),
        all.ratio, "");
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
            must(rules_check(rules, (int)form, values, before, verdicts, &error), "rules", &error);
        double tried = (now_s() - begun) * 1e6 / REPEATS;
        us = tried < us ? tried : us;
    }
    row(say("evaluate its rules (%s, %zu of them)", set->forms[form].code, set->forms[form].n_rules),
        say("%.2f us", us), "", NAN, at_most(us, 5, " us"));
    rules_close(rules);
}

int main(int argc, char **argv)
{
    static const char forty[] = "IBU HAMIL 12 K4 3 FE 10 KEK 2 KR 1 JKN 9";
    static const char all[] =
        "Bumil 27 bersalin 7 kek 2 k4 27 fe 27 nifas 7 kg 8 kr 0 air 34 jamban 34 jkn 31\n"
        "Anak 147 u6 27 idl 120 bb 120 tb 120 konseling 120 gizi kurang 30 gizi buruk 5 stunting 15 "
        "kunjungan rumah 50 air bersih 147 jamban 140 akta 130 bpjs 125 asuh 110\n"
        "tikar 147 hijau 108 kuning 0 merah 39, terima kasih bu";
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
    const struct {
        const char *name;
        struct view text;
    } cases[] = {{"40", view_of(forty)},
                 {"160", repeated("IBU HAMIL 12 K4 3 FE 10 KEK 2 KR 1 JKN 9 ", 160)},
                 {"300", view_of(all)},
                 {"1600", repeated("IBU HAMIL 12 K4 3 FE 10 KEK 2 KR 1 JKN 9 ", 1600)}};
    if (argc == 2)
        measure_corpus();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        if (argc == 2) {
            struct timed t =
                time_texts(&cases[i].text, 1, (int)(100000 / cases[i].text.len), (int)(1000000 / cases[i].text.len));
            row(say("  %zu bytes", cases[i].text.len), say("%.2f us", t.read_ns / 1e3),
                say("raw scan %.3f us", t.scan_ns / 1e3), t.ratio, "");
        } else if (strcmp(argv[2], cases[i].name) == 0) {
            read_one(cases[i].text);
            (void)puts("1");
        }
    }
    if (argc == 2)
        measure_rules(settings->sets[0].set);
    for (size_t i = 0; argc > 2 && strcmp(argv[2], "corpus") == 0 && i < n_corpus; i++)
        read_one(corpus[i]);
    if (argc > 2 && strcmp(argv[2], "corpus") == 0)
        (void)printf("%zu\n", n_corpus);
    settings_close(settings);
    free(workspace);
    return 0;
}
