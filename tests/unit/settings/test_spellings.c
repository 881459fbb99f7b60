/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Every spelling of every shipped set is read as what the set says, in small and capital letters, also glued by '='. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "settings/settings.h"

struct bench {
    struct settings *settings;
    struct reader_workspace *workspace;
    struct reading *reading;
};

static int open_bench(void **state)
{
    static struct bench bench;
    struct error error;
    char path[64];
    (void)snprintf(path, sizeof path, "/tmp/kabar-spellings-%d.conf", (int)getpid());
    FILE *file = fopen(path, "w");
    if (!file)
        return -1;
    fputs("box = { id = \"b\"; }; sets = ( \"sets/hpk-2018.cfg\", \"sets/perpres72-2022.cfg\" );", file);
    fclose(file);
    int result = settings_open(path, &bench.settings, &error);
    (void)remove(path);
    bench.workspace = malloc(reader_workspace_size());
    bench.reading = malloc(sizeof *bench.reading);
    *state = &bench;
    return result == 0 && bench.workspace && bench.reading ? 0 : -1;
}

static int close_bench(void **state)
{
    struct bench *bench = *state;
    settings_close(bench->settings);
    free(bench->workspace);
    free(bench->reading);
    return 0;
}

/* The text is one clean report of the form in which key has value 5 (key 0: the total has 9). */
static void expect(struct bench *bench, size_t set, int form, int key, const char *text)
{
    const struct segment *segment = &bench->reading->segments[0];
    reader_read(bench->settings->sets[set].lexicon, view_of(text), (struct day){2026, 10, 15}, NULL, bench->workspace,
                bench->reading);
    bool found = false;
    for (size_t i = 0; i < segment->n_fields; i++)
        found = found || (segment->fields[i].key == key && segment->fields[i].value == (key == 0 ? 9 : 5));
    if (bench->reading->kind != READING_REPORT || bench->reading->n_segments != 1 || segment->form != form ||
        segment->n_problems != 0 || !found)
        fail_msg("%s: \"%s\"", bench->settings->sets[set].set->name, text);
}

static void capitals(char *text)
{
    for (; *text; text++)
        if (*text >= 'a' && *text <= 'z')
            *text = (char)(*text - 'a' + 'A');
}

static void try_key(struct bench *bench, size_t set, const struct form *form, int form_index, int key,
                    const char *spelling)
{
    static const char *const shapes[] = {"%s 9 %s 5", "%s: 9\n%s = 5.", "%s 9, %s 5 orang"};
    for (size_t i = 0; i < sizeof shapes / sizeof shapes[0]; i++) {
        char text[256] = "";
        size_t len = 0;
        char total[128];
        (void)snprintf(total, sizeof total, "%s%s%s", form->spellings[0], form->no_total ? " " : "",
                       form->no_total ? form->keys[0].spellings[0] : "");
        const char *words[] = {total, spelling};
        for (const char *c = shapes[i], *const *word = words; *c; c++) {
            if (*c != '%') {
                text[len++] = *c;
                continue;
            }
            memcpy(text + len, *word, strlen(*word));
            len += strlen(*word++);
            c++;
        }
        expect(bench, set, form_index, key, text);
        capitals(text);
        expect(bench, set, form_index, key, text);
    }
}

static void every_spelling_is_read(void **state)
{
    struct bench *bench = *state;
    size_t n = 0;
    assert_int_equal(bench->settings->n_sets, 2);
    for (size_t s = 0; s < bench->settings->n_sets; s++) {
        const struct set *set = bench->settings->sets[s].set;
        for (size_t f = 0; f < set->n_forms; f++) {
            const struct form *form = &set->forms[f];
            for (size_t i = 0; i < form->n_spellings; i++, n++) {
                char text[128];
                const char *total = form->no_total ? form->keys[0].spellings[0] : "";
                (void)snprintf(text, sizeof text, "%s %s 9", form->spellings[i], total);
                expect(bench, s, (int)f, 0, text);
            }
            for (size_t k = 1; k < form->n_keys; k++)
                for (size_t i = 0; i < form->keys[k].n_spellings; i++, n++)
                    try_key(bench, s, form, (int)f, (int)k, form->keys[k].spellings[i]);
        }
    }
    assert_true(n > 150);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_spelling_is_read, open_bench, close_bench),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
