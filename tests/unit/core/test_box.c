/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which set reads a message, settings that change under a running box, two segments that are one, villages by name. */
#include <errno.h>

#include "core/judge/area_find.h"
#include "core/judge/assess.h"
#include "core/judge/merge.h"
#include "world.h"

static struct world the_world;

/* The shipped set once more, under another name and from another month on. */
static void copy_set(const char *path, const char *name, const char *valid_from)
{
    char line[1024];
    FILE *from = fopen(KABAR_SOURCE_DIR "/config/sets/hpk-2018.cfg", "r"), *to = fopen(path, "w");
    assert_true(from != NULL && to != NULL);
    while (fgets(line, sizeof line, from)) {
        if (strncmp(line, "name = ", 7) == 0)
            fprintf(to, "name = \"%s\";\n", name);
        else if (strncmp(line, "valid_from = ", 13) == 0)
            fprintf(to, "valid_from = \"%s\";\n", valid_from);
        else
            fputs(line, to);
    }
    assert_int_equal(fclose(from), 0);
    assert_int_equal(fclose(to), 0);
}

static char new_set[64]; /* a file of this run alone */

static int start(void **state)
{
    (void)snprintf(new_set, sizeof new_set, "/tmp/kabar-new-set-%d.cfg", (int)getpid());
    copy_set(new_set, "new-set", "2036-10");
    world_start(&the_world, "");
    *state = &the_world;
    return 0;
}

static int end(void **state)
{
    world_end(*state);
    return unlink(new_set);
}

/* kabard.conf with both sets, and one line more. */
static int load_both(struct world *w, const char *extra, struct settings **ret_settings)
{
    FILE *conf = fopen(w->conf, "w");
    assert_non_null(conf);
    const char *config = KABAR_SOURCE_DIR "/config";
    fprintf(conf,
            "box = { id = \"box-03\"; };\nsets = ( \"%s/sets/hpk-2018.cfg\", \"%s\" );\n"
            "lang = \"%s/lang/id.cfg\";\nreplies = ( \"%s/replies/id.cfg\" );\n%s\n",
            config, new_set, config, config, extra);
    assert_int_equal(fclose(conf), 0);
    return settings_open(w->conf, ret_settings, &w->error);
}

static const char *set_that_reads(struct world *w, const char *text, const char *sent)
{
    struct assess_input input = {.text = view_of(text), .set = -1};
    assert_int_equal(time_parse(sent, &input.sent_ms), 0);
    must(assess(w->box, &input, w->box->assessment, &w->error));
    return box_set(w->box, (size_t)w->box->assessment->set)->name;
}

static void the_month_picks_the_set(void **state)
{
    struct world *w = *state;
    struct settings *settings = NULL, *old = w->settings;
    must(load_both(w, "held_hours = 1;", &settings));
    must(box_reload(w->box, settings, &w->error));
    w->settings = settings;
    settings_close(old);
    static const char october[] = "2036-10-15T09:00:00+07:00", november[] = "2036-11-03T09:00:00+07:00";
    assert_string_equal(set_that_reads(w, "BUMIL 12", october), "new-set");
    assert_string_equal(set_that_reads(w, "BLN 9 BUMIL 12", october), "hpk-2018");
    assert_string_equal(set_that_reads(w, "BUMIL 12", "2036-10-03T09:00:00+07:00"), "hpk-2018"); /* grace: September */
    assert_string_equal(set_that_reads(w, "BUMIL 12", november), "new-set");
    assert_string_equal(set_that_reads(w, "apa kabar", "2017-05-05T09:00:00+07:00"), "hpk-2018");
    assert_int_equal(box_set_named(w->box, "new-set"), 1);
    assert_int_equal(box_set_named(w->box, "old-set"), -1);
    char answer[SMS_TEXT_MAX];
    world_say(w, KPM, "IBU HAMIL 12 K4 3", answer);
    assert_string_equal(answer, "Tersimpan. IBU HAMIL Okt/36: ibu hamil 12, K4 3.");
}

static void settings_that_do_not_work_change_nothing(void **state)
{
    struct world *w = *state;
    char answer[SMS_TEXT_MAX];
    FILE *set = fopen(new_set, "a");
    assert_non_null(set);
    fputs("forms = 3;\n", set);
    assert_int_equal(fclose(set), 0);
    struct settings *settings = NULL;
    assert_int_equal(load_both(w, "", &settings), -EINVAL);
    assert_null(settings);
    world_say(w, KPM, "IBU HAMIL 12 K4 3", answer);
    assert_string_equal(answer, "Tersimpan. IBU HAMIL Okt/36: ibu hamil 12, K4 3.");
}

static struct segment segment_of(const int *fields, size_t n)
{
    struct segment segment = {.form = 0};
    for (size_t i = 0; i < n; i++)
        segment.fields[segment.n_fields++] = (struct field){.key = fields[2 * i], .value = fields[2 * i + 1]};
    return segment;
}

static void add_problem(struct segment *segment, enum problem_code code, int key)
{
    segment->problems[segment->n_problems++] = (struct problem){.code = code, .key = key, .near = {-1, -1}, .rule = -1};
    segment->unreadable |= UINT64_C(1) << key;
}

static void two_segments_become_one(void **state)
{
    (void)state;
    static struct segment into, from;
    into = segment_of((int[]){0, 12, 1, 3, 2, 5, 5, 7}, 4);
    add_problem(&into, PROBLEM_MISSING_VALUE, 3);
    add_problem(&into, PROBLEM_BAD_VALUE, 4);
    from = segment_of((int[]){0, 12, 1, 4, 3, 8, 4, 9, 6, 1}, 5);
    add_problem(&from, PROBLEM_MISSING_VALUE, 2);
    add_problem(&from, PROBLEM_BAD_VALUE, 5);
    segment_merge(&into, &from);
    static const int expected[][2] = {{0, 12}, {2, 5}, {3, 8}, {6, 1}};
    assert_int_equal(into.n_fields, 4);
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(into.fields[i].key, expected[i][0]);
        assert_int_equal(into.fields[i].value, expected[i][1]);
    }
    assert_int_equal(into.n_problems, 3);
    assert_int_equal(into.problems[0].code, PROBLEM_BAD_VALUE);
    assert_int_equal(into.problems[0].key, 4);
    assert_int_equal(into.problems[1].code, PROBLEM_DUPLICATE_KEY);
    assert_int_equal(into.problems[1].key, 1);
    assert_int_equal(into.problems[2].code, PROBLEM_BAD_VALUE);
    assert_int_equal(into.problems[2].key, 5);
    assert_true(into.unreadable == (UINT64_C(1) << 1 | UINT64_C(1) << 4 | UINT64_C(1) << 5));
}

/* In the first days of a month what is said of it and what is not may be the same month. */
static void the_same_month_said_and_unsaid_is_one_segment(void **state)
{
    struct world *w = *state;
    struct assess_input input = {.text = view_of("BUMIL 12 K4 3 ANAK 40 BUMIL BLN 10 FE 4 K4 5"), .set = -1};
    assert_int_equal(time_parse("2036-11-03T09:00:00+07:00", &input.sent_ms), 0);
    must(assess(w->box, &input, w->box->assessment, &w->error));
    assert_int_equal(w->box->assessment->n_segments, 2);
    const struct assessed *first = &w->box->assessment->segments[0];
    assert_int_equal(first->status, STATUS_PARTIAL);
    assert_int_equal(first->n_problems, 1);
    assert_int_equal(first->problems[0].code, PROBLEM_DUPLICATE_KEY);
    assert_int_equal(first->segment->n_fields, 2);
}

static void villages_are_found_by_name(void **state)
{
    struct world *w = *state;
    static const char *const more[][2] = {
        {"35.12.01", "Jatibanteng"},      {"35.12.01.2003", "Sumberanyar"}, {"35.12.04", "Mlandingan"},
        {"35.12.04.2002", "Sumberanyar"}, {"35.12.13", "Asembagus"},        {"35.12.13.2010", "Wringin Anom"},
        {"35.12.01.2006", "Wringinanom"}, {"35.12.01.2008", "Udek Du'en"},  {"35.12.01.2009", "Jatibanteng"}};
    int64_t id;
    must(store_begin(w->store, &w->error));
    for (size_t i = 0; i < sizeof more / sizeof *more; i++)
        must(store_area_put(w->store, view_of(more[i][0]), view_of(more[i][1]), &id, &w->error));
    must(store_commit(w->store, &w->error));
    static const struct {
        const char *scope, *words;
        size_t n;
        const char *code;
    } cases[] = {
        {"35.12.03", "cemara", 1, "35.12.03.2001"},
        {"35.12.03", "Desa CEMARA.", 1, "35.12.03.2001"},
        {"35.12.03", "sumberanyar", 0, NULL},
        {"35.12", "sumberanyar", 2, NULL},
        {"35.12", "sumberanyar mlandingan", 1, "35.12.04.2002"},
        {"35.12", "wringin anom", 2, NULL},
        {"35.12", "WringinAnom Asembagus", 1, "35.12.13.2010"},
        {"35.12", "udek duen", 1, "35.12.01.2008"},
        {"35.12", "suboh", 0, NULL},                              /* a kecamatan */
        {"35.12", "sumberanyar jatibanteng", 1, "35.12.01.2003"}, /* a village has its kecamatan's name */
        {"35.12", "jatibanteng jatibanteng", 1, "35.12.01.2009"},
        {"35.12", "desa jatibanteng", 1, "35.12.01.2009"},
        {"35.12", "sumberanyar kec mlandingan", 1, "35.12.04.2002"},
        {"35.12", "Desa Sumberanyar, Kec. Mlandingan", 1, "35.12.04.2002"},
        {"35.12", "", 0, NULL},
        {"35.12", "...", 0, NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct area_found found[AREA_FOUND_MAX];
        size_t n = 99;
        must(area_find(w->box, cases[i].scope, view_of(cases[i].words), found, &n, &w->error));
        assert_int_equal(n, cases[i].n);
        if (cases[i].code)
            assert_string_equal(found[0].area.code, cases[i].code);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_month_picks_the_set, start, end),
        cmocka_unit_test_setup_teardown(settings_that_do_not_work_change_nothing, start, end),
        cmocka_unit_test(two_segments_become_one),
        cmocka_unit_test_setup_teardown(the_same_month_said_and_unsaid_is_one_segment, start, end),
        cmocka_unit_test_setup_teardown(villages_are_found_by_name, start, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
