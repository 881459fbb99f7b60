/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The shipped sets and languages hold what docs/grammar.md and docs/score-card.md say; each mistake in one is named. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <unistd.h>

#include <cmocka.h>

#include "settings/lang_file.h"
#include "settings/set_file.h"
#include "settings/settings.h"

static struct faults faults;

static int setup(void **state)
{
    (void)state;
    faults_init(&faults);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    faults_deinit(&faults);
    return 0;
}

static struct set_file *open_set(const char *path)
{
    struct set_file *file = NULL;
    int result = set_file_open(path, &faults, &file);
    if (result != 0)
        fail_msg("%s", faults.lines.text);
    return file;
}

static void hpk_2018_has_the_forms_of_the_grammar(void **state)
{
    (void)state;
    static const struct {
        const char *code;
        size_t keys;
        size_t spellings;
        size_t rules;
    } want[] = {
        {"IBU_HAMIL", 12, 18, 13}, {"ANAK", 19, 31, 18},  {"TIKAR", 5, 2, 2},    {"PAUD", 2, 5, 2},
        {"SASARAN", 3, 5, 3},      {"LAYANAN", 11, 3, 2}, {"KEGIATAN", 8, 1, 3}, {"KEJADIAN", 4, 1, 1},
    };
    struct set_file *file = open_set(KABAR_SOURCE_DIR "/config/sets/hpk-2018.cfg");
    const struct set *set = &file->set;
    assert_string_equal(set->name, "hpk-2018");
    assert_int_equal(set->valid_from, 2018 * 12);
    assert_int_equal(set->n_forms, sizeof want / sizeof want[0]);
    for (size_t i = 0; i < set->n_forms; i++) {
        assert_string_equal(set->forms[i].code, want[i].code);
        assert_int_equal(set->forms[i].n_keys, want[i].keys);
        assert_int_equal(set->forms[i].n_spellings, want[i].spellings);
        assert_int_equal(set->forms[i].n_rules, want[i].rules);
    }
    assert_int_equal(set->n_indicators, 8 + 10 + 1 + 2);
    const struct form *bumil = &set->forms[0];
    assert_int_equal(bumil->keys[form_key(bumil, "KR")].of, form_key(bumil, "KEK"));
    assert_int_equal(bumil->keys[form_key(bumil, "NIFAS")].of, form_key(bumil, "BERSALIN"));
    assert_string_equal(bumil->spellings[0], "ibu hamil");
    assert_string_equal(bumil->rules[0].check, "K4 <= HAMIL");
    assert_string_equal(set->forms[2].rules[0].name, "H + K + M + TD = UKUR");
    assert_string_equal(set_card_text(set, "group_anak"), "Anak 0-23 Bulan");
    set_file_close(file);
}

static void p3s_2025_is_a_draft_of_e_hdw(void **state)
{
    (void)state;
    struct set_file *file = open_set(KABAR_SOURCE_DIR "/config/sets/p3s-2025.cfg");
    size_t in_table4 = 0;
    for (size_t i = 0; i < file->set.n_indicators; i++)
        in_table4 += file->set.indicators[i].in_table4;
    assert_int_equal(file->set.n_forms, 5);
    assert_int_equal(file->set.n_indicators, 28);
    assert_int_equal(in_table4, 22);
    assert_non_null(strstr(set_card_text(&file->set, "not_official"), "RANCANGAN"));
    set_file_close(file);
}

static void perpres_72_has_five_groups(void **state)
{
    (void)state;
    struct set_file *file = open_set(KABAR_SOURCE_DIR "/config/sets/perpres72-2022.cfg");
    assert_int_equal(file->set.n_forms, 5);
    assert_int_equal(file->set.n_indicators, 24);
    assert_int_equal(file->set.valid_from, 2022 * 12);
    set_file_close(file);
}

static void variants_are_chosen_in_the_file(void **state)
{
    (void)state;
    struct set_file *file = open_set(KABAR_SOURCE_DIR "/config/sets/hpk-2018.cfg");
    static const char *const with_variants[] = {"B5", "A1", "A3", "A5"};
    size_t found = 0;
    for (size_t i = 0; i < file->set.n_indicators; i++) {
        const struct indicator *indicator = &file->set.indicators[i];
        assert_int_equal(indicator->chosen, 0);
        if (indicator->n_variants == 1)
            continue;
        assert_string_equal(indicator->code, with_variants[found++]);
        assert_non_null(indicator->variants[1].note);
    }
    assert_int_equal(found, 4);
    set_file_close(file);
}

/* A set in which each test puts one thing wrong. */
#define HEAD  "name = \"s\"; title = \"S\"; valid_from = \"2018-01\";\n"
#define KEYS  "keys = ( { code = \"N\"; label = \"n\"; }, { code = \"K4\"; label = \"K4\"; of = \"N\"; } );"
#define FORM  "code = \"F\"; name = \"FORM\"; example = \"FORM 1\";"
#define GOOD  HEAD "forms = ( { " FORM KEYS " } );\n"
#define IND   "code = \"B1\"; number = 1; form = \"F\"; group = \"g\"; wording = \"w\"; short = \"s\"; "
#define ALERT "when = \"N > 0\"; text = \"{area}: {N}\"; "
#define LONG                                                                                                           \
    "satu dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas dua belas tiga belas empat belas {area} "
#define SQL "numerator = \"K4\"; denominator = \"N\"; "

static const struct {
    const char *text;
    const char *fault; /* "" none; the first one */
} sets[] = {
    {GOOD, ""},
    {"", ": \"name\" is missing"},
    {"name = \"s\"; title = \"S\"; valid_from = \"Jan 18\"; forms = ( { " FORM KEYS " } );",
     ":1: valid_from = \"Jan 18\" must be a month like \"2018-01\""},
    {HEAD "forms = ( );", ":2: forms is empty"},
    {HEAD "forms = ( { name = \"FORM\"; example = \"x\"; " KEYS " } );", ":2: \"code\" is missing"},
    {HEAD "forms = ( { code = \"f\"; name = \"FORM\"; example = \"x\"; " KEYS " } );",
     ":2: code \"f\" must be capital letters, digits and _, a letter first, at most 24"},
    {HEAD "forms = ( { " FORM "keys = ( { code = \"QUARTER\"; label = \"n\"; } ); } );",
     ":2: code \"QUARTER\" must be another: in rules and indicators it means the quarter"},
    {HEAD "forms = ( { " FORM "keys = ( { code = \"N_LALU\"; label = \"n\"; } ); } );",
     ":2: code \"N_LALU\" must not end in _LALU, which means the month before"},
    {HEAD "forms = ( { " FORM "keys = ( { code = \"N\"; lable = \"n\"; } ); } );",
     ":2: unknown setting \"lable\", did you mean \"label\"?"},
    {HEAD "forms = ( { " FORM "keys = ( { code = \"N\"; label = \"n\"; },\n { code = \"N\"; label = \"n\"; } ); } );",
     ":3: key N is already in line 2"},
    {HEAD "forms = ( { " FORM "keys = ( { code = \"N\"; label = \"n\"; },\n { code = \"A\"; label = \"a\"; spell_code "
          "= false; } ); } );",
     ":3: key A has no spelling, so nobody can send it"},
    {HEAD "forms = ( { " FORM "keys = ( { code = \"N\"; label = \"n\"; of = \"M\"; } ); } );",
     ":2: of = \"M\" is not another key of this form"},
    {HEAD "forms = ( { " FORM "keys = ( { code = \"N\"; label = \"n\"; of = \"N\"; } ); } );",
     ":2: of = \"N\" is not another key of this form"},
    {HEAD "forms = ( { " FORM "keys = ( { code = \"N\"; label = \"dana\"; } ); } );",
     ":2: label: \"dana\": carriers filter this word"},
    {HEAD "forms = ( { " FORM "keys = ( { code = \"N\"; label = \"2026\"; } ); } );",
     ":2: label: \"2026\": more than 3 digits in a row look like a one-time password; write 1.200, /26"},
    {HEAD "forms = ( { " FORM "keys = ( { code = \"N\"; label = \"n\"; quarter = \"mean\"; } ); } );",
     ":2: quarter = \"mean\" is not one of \"last\", \"sum\", \"max\""},
    {HEAD "forms = ( { " FORM "keys = ( { code = \"N\"; label = \"n\"; spellings = [ \"a  b\" ]; } ); } );",
     ":2: spelling \"a  b\" must be 1 to 6 words with single spaces between, at most 64 bytes"},
    {HEAD "forms = ( { " FORM "keys = ( { code = \"N\"; label = \"n\"; spellings = \"a\"; } ); } );",
     ":2: spellings must be texts in brackets [ \"one\", \"two\" ], not a text"},
    {HEAD "forms = ( { " FORM KEYS " section = \"activities\"; } );\n", ""},
    {HEAD "forms = ( { " FORM KEYS " section = \"activity\"; } );\n",
     ":2: section = \"activity\" is not one of \"none\", \"services\", \"activities\""},
    {HEAD "forms = ( { " FORM KEYS " },\n { " FORM KEYS " } );", ":3: form F is already in line 2"},
    {HEAD "forms = ( { " FORM KEYS " rules = ( { text = \"t\"; } ); } );",
     ":2: a rule has one of check (refuses), confirm (asks back) and advise (tells)"},
    {HEAD "forms = ( { " FORM KEYS " rules = ( { check = \"N\"; text = \"t\"; variant = \"A5\"; } ); } );",
     ":2: variant = \"A5\" must be an indicator of this set and a reading of it, like \"A5:default\""},
    {HEAD "forms = ( { " FORM KEYS
          " } );\ntable4 = \"persons\";\nindicators = ( { code = \"X\"; number = 1; form = \"F\"; group "
          "= \"g\"; wording = \"w\"; short = \"s\"; numerator = \"N\"; denominator = \"N\"; } );",
     ":3: table4 = \"persons\" needs an indicator with persons = true in the group g"},
    {HEAD "forms = ( { " FORM KEYS " rules = ( { check = \"N\"; confirm = \"N\"; text = \"t\"; } ); } );",
     ":2: a rule has one of check (refuses), confirm (asks back) and advise (tells)"},
    {HEAD "forms = ( { " FORM KEYS " rules = ( { check = \"N\"; text = \"{M}\"; } ); } );",
     ":2: text: {M} is not known here; allowed: {N} {N_LALU} {K4} {K4_LALU}"},
    {HEAD "forms = ( { " FORM KEYS " rules = ( { check = \"N\"; text = \"{N\"; } ); } );",
     ":2: text: a { or } without its other half"},
    {HEAD "forms = ( { " FORM KEYS " alerts = ( { " ALERT "to = ( \"bidan\", \"tpps@kecamatan\" ); } ); } );", ""},
    {HEAD "forms = ( { " FORM KEYS " alerts = ( { " ALERT "to = [ \"bidan\" ]; urgent = true; } ); } );", ""},
    {HEAD "forms = ( { " FORM KEYS " alerts = ( { " ALERT " } ); } );", ":2: \"to\" is missing"},
    {HEAD "forms = ( { " FORM KEYS " alerts = ( { " ALERT "to = [ \"bidn\" ]; } ); } );",
     ":2: to: \"bidn\" is not a role; expected kpm, kader, kades, bidan, pendamping, tpps or operator, with a level "
     "behind it perhaps (tpps@kecamatan): provinsi, kabupaten, kecamatan, desa, posyandu"},
    {HEAD "forms = ( { " FORM KEYS " alerts = ( { " ALERT "to = [ \"tpps@camat\" ]; } ); } );",
     ":2: to: \"tpps@camat\" is not a role; expected kpm, kader, kades, bidan, pendamping, tpps or operator, with a "
     "level behind it perhaps (tpps@kecamatan): provinsi, kabupaten, kecamatan, desa, posyandu"},
    {HEAD "forms = ( { " FORM KEYS " alerts = ( { " ALERT "to = ( ); } ); } );", ":2: to is empty"},
    {HEAD "forms = ( { " FORM KEYS " alerts = ( { text = \"t\"; to = [ \"kpm\" ]; } ); } );",
     ":2: \"when\" is missing"},
    {HEAD "forms = ( { " FORM KEYS " alerts = ( { when = \"N\"; text = \"{M}\"; to = [ \"kpm\" ]; } ); } );",
     ":2: text: {M} is not known here; allowed: {N} {N_LALU} {K4} {K4_LALU} {area} {period} {name}"},
    {HEAD "forms = ( { " FORM KEYS " alerts = ( { when = \"N\"; text = \"dana\"; to = [ \"kpm\" ]; } ); } );",
     ":2: text: \"dana\": carriers filter this word"},
    {HEAD "forms = ( { " FORM KEYS " alerts = ( { when = \"N\"; to = [ \"kpm\" ]; text = \"" LONG LONG LONG
          "\"; } ); } );",
     ":2: text: with long names and numbers in it this is more than 2 SMS; make it shorter"},
    {HEAD "forms = ( { " FORM KEYS " alerts = ( { " ALERT "to = [ \"kpm\" ]; },\n { " ALERT
          "to = [ \"kades\" ]; } ); } );",
     ":3: the alert when = \"N > 0\" is already in line 2; name all roles there"},
    {HEAD "forms = ( { " FORM KEYS " alerts = ( { " ALERT "urgen = true; to = [ \"kpm\" ]; } ); } );",
     ":2: unknown setting \"urgen\", did you mean \"urgent\"?"},
    {GOOD "indicators = ( { " IND SQL " } );", ""},
    {GOOD "indicators = ( { " IND " } );", ":3: \"numerator\" is missing"},
    {GOOD "indicators = ( { " IND SQL " },\n { " IND SQL " } );", ":4: indicator B1 is already in line 3"},
    {GOOD "indicators = ( { " IND SQL " variant = \"x\"; } );",
     ":3: variant = \"x\" is neither \"default\" nor one of its variants"},
    {GOOD
     "indicators = ( { code = \"B1\"; number = 1; form = \"G\"; group = \"g\"; wording = \"w\"; short = \"s\"; " SQL
     " } );",
     ":3: form = \"G\" is not a form of this set"},
    {GOOD "indicators = ( { " IND SQL " part = \"K4\"; } );", ":3: part and part_label go together"},
    {GOOD "cells = ( { table = 3; form = \"F\"; label = \"l\"; value = \"N\"; } );", ":3: table = 3 is outside 1 to 2"},
    {GOOD "colours = { green = 50; yellow = 60; };", ":3: yellow = 60 must be below green = 50"},
    {GOOD "card = { title = 3; };", ":3: title must be a text in \"quotes\", not a whole number"},
};

static const char *write_set(const char *text)
{
    static char path[64];
    (void)snprintf(path, sizeof path, "/tmp/kabar-set-%d.cfg", (int)getpid());
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_int_equal(fputs(text, file) >= 0, 1);
    assert_int_equal(fclose(file), 0);
    return path;
}

static void mistakes_are_named(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof sets / sizeof sets[0]; i++) {
        struct set_file *file = NULL;
        struct faults found;
        faults_init(&found);
        const char *path = write_set(sets[i].text);
        int result = set_file_open(path, &found, &file);
        char expected[512] = "";
        if (sets[i].fault[0])
            (void)snprintf(expected, sizeof expected, "%s%s", path, sets[i].fault);
        assert_string_equal(found.first.text, expected);
        assert_int_equal(result != 0, sets[i].fault[0] != '\0');
        set_file_close(file);
        faults_deinit(&found);
        (void)remove(path);
    }
}

/* `kabarctl set check`: near spellings are noted, an example that is not a report is a fault. */
static void check_notes_near_spellings(void **state)
{
    (void)state;
    struct buf notes;
    char expected[512];
    buf_init(&notes, 1000);
    struct set_file *file = NULL;
    const char *path = write_set(HEAD "forms = ( { " FORM "keys = ( { code = \"N\"; label = \"n\"; },\n"
                                      "{ code = \"JAMBAN\"; label = \"a\"; },\n"
                                      "{ code = \"JAMBU\"; label = \"b\"; spellings = [ \"jamban2\", \"jabman\" ]; } "
                                      "); } );\n");
    assert_int_equal(set_check(path, KABAR_SOURCE_DIR "/config/lang/id.cfg", &faults, &notes, &file), 0);
    (void)snprintf(expected, sizeof expected,
                   "%s:4: spelling \"jamban2\" of JAMBU is \"jamban\" of JAMBAN with a digit: \"jamban 23\" is asked "
                   "back\n"
                   "%s:3: spelling \"jamban\" of JAMBAN is one typing error from \"jabman\" of JAMBU\n",
                   path, path);
    assert_string_equal(notes.text, expected);
    set_file_close(file);
    buf_clear(&notes);
    path = write_set(HEAD "forms = ( { code = \"F\"; name = \"FORM\"; example = \"MORF 1\"; " KEYS " } );");
    assert_int_not_equal(set_check(path, KABAR_SOURCE_DIR "/config/lang/id.cfg", &faults, &notes, &file), 0);
    assert_null(file);
    (void)snprintf(expected, sizeof expected, "%s:2: example \"MORF 1\" is not read as one report of F", path);
    assert_string_equal(faults.first.text, expected);
    buf_deinit(&notes);
    (void)remove(path);
}

static void shipped_sets_check_clean(void **state)
{
    (void)state;
    static const char *const paths[] = {KABAR_SOURCE_DIR "/config/sets/hpk-2018.cfg",
                                        KABAR_SOURCE_DIR "/config/sets/perpres72-2022.cfg",
                                        KABAR_SOURCE_DIR "/config/sets/p3s-2025.cfg"};
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        struct buf notes;
        buf_init(&notes, 10000);
        struct set_file *file = NULL;
        if (set_check(paths[i], KABAR_SOURCE_DIR "/config/lang/id.cfg", &faults, &notes, &file) != 0)
            fail_msg("%s", faults.lines.text);
        assert_string_equal(notes.text, "");
        set_file_close(file);
        buf_deinit(&notes);
    }
}

static void read_text(const char *path, char *ret_text, size_t size)
{
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    ret_text[fread(ret_text, 1, size - 1, file)] = '\0';
    fclose(file);
}

/* The stretch of the page from one string to the end of another. */
static struct view snippet(const char *page, const char *from, const char *to)
{
    const char *start = strstr(page, from);
    assert_non_null(start);
    const char *end = strstr(start, to);
    assert_non_null(end);
    return (struct view){start, (size_t)(end - start) + strlen(to)};
}

static void insert_behind(char *text, const char *anchor, struct view what)
{
    char *at = strstr(text, anchor);
    assert_non_null(at);
    at += strlen(anchor);
    memmove(at + what.len, at, strlen(at) + 1);
    memcpy(at, what.at, what.len);
}

/* What docs/menambah-form.md tells the operator to type is right. */
static void the_manuals_examples_load(void **state)
{
    (void)state;
    static char page[20000], set[60000];
    read_text(KABAR_SOURCE_DIR "/docs/menambah-form.md", page, sizeof page);
    read_text(KABAR_SOURCE_DIR "/config/sets/hpk-2018.cfg", set, sizeof set);
    insert_behind(set, "meaning = \"semua ibu hamil yang belum melahirkan\"; },",
                  snippet(page, "{ code = \"KELAMBU\"", "of = \"HAMIL\"; },"));
    insert_behind(set, "rules = (\n", snippet(page, "{ check = \"KELAMBU <= HAMIL\"", "; }"));
    insert_behind(set, "{HAMIL}\"; }", (struct view){",", 1});
    insert_behind(set, "indicators = (\n", snippet(page, "{ code = \"B9\"", "; }"));
    insert_behind(set, "denominator = \"HAMIL\"; }", (struct view){",", 1});
    insert_behind(set, "forms = (\n", snippet(page, "{\n      code = \"POSYANDU\"", "\n    }\n"));
    insert_behind(set, "lebih dari posyandu {POSYANDU}\"; }\n      );\n    }", (struct view){",", 1});
    struct set_file *file = NULL;
    struct buf notes;
    buf_init(&notes, 10000);
    const char *path = write_set(set);
    if (set_check(path, KABAR_SOURCE_DIR "/config/lang/id.cfg", &faults, &notes, &file) != 0)
        fail_msg("%s", faults.lines.text);
    assert_int_equal(set_form(&file->set, "POSYANDU"), 0);
    assert_int_equal(form_key(&file->set.forms[1], "KELAMBU"), 1);
    assert_string_equal(file->set.forms[1].rules[0].check, "KELAMBU <= HAMIL");
    assert_string_equal(file->set.indicators[0].code, "B9");
    set_file_close(file);
    buf_deinit(&notes);
    (void)remove(path);
}

static void the_language_loads(void **state)
{
    (void)state;
    struct lang_file *file = NULL;
    int result = lang_file_open(KABAR_SOURCE_DIR "/config/lang/id.cfg", &faults, &file);
    if (result != 0)
        fail_msg("%s", faults.lines.text);
    assert_string_equal(file->lang.locale, "id");
    assert_string_equal(file->lang.months[9].word[1], "okt");
    assert_string_equal(file->lang.commands[COMMAND_CANCEL].word[0], "batal");
    assert_int_equal(file->lang.multipliers.n, 10);
    assert_string_equal(file->lang.adds_ten.word[0], "belas");
    lang_file_close(file);
}

/* The shipped language with one line changed. */
static void mistakes_in_a_language_are_named(void **state)
{
    (void)state;
    static const struct {
        const char *was, *is, *fault; /* fault after the line */
    } cases[] = {
        {"percent = [ \"persen\", \"prosen\" ];", "percent = [ \"Persen\" ];",
         "\"Persen\" must be small letters with single spaces, at most 64 bytes"},
        {"adds_ten = [ \"belas\", \"welas\", \"bellas\" ];", "",
         "adds_ten is missing; [ ] where the language has no such words"},
        {"adds_ten = [ \"belas\", \"welas\", \"bellas\" ];", "adds_ten = [ \"belas\", \"puluh\" ];",
         "adds_ten: \"sepuluh\" is 10, so \"puluh\" multiplies by ten: it belongs to multipliers"},
        {"status = [ \"cek\", \"status\", \"cek laporan\" ];", "status = [ \"cek\", \"skor\" ];",
         "status: \"skor\" is already a word of score"},
        {"percent = [ \"persen\", \"prosen\" ];", "persen = [ \"persen\" ];",
         "unknown setting \"persen\", did you mean \"percent\"?"},
        {"( \"satu\", 1 )", "( \"satu\", \"1\" )",
         "digits: a pair is a word and a number from 1 to 1000, ( \"satu\", 1 )"},
        {"( \"satu\", 1 )", "\"satu\"", "digits: a pair is a word and a number from 1 to 1000, ( \"satu\", 1 )"},
        {"  [ \"mei\" ],\n", "", "months must be a list of 12 arrays ( [ \"januari\", \"jan\" ], … )"},
        {"status = [ \"cek\", \"status\", \"cek laporan\" ];", "",
         "status is missing; [ ] where the language has no such words"},
        {"cancel = [ \"batal\",", "cancle = [ \"batal\" ]; cancel = [ \"batal\",",
         "unknown setting \"cancle\", did you mean \"cancel\"?"},
    };
    static char text[40000], changed[40000];
    read_text(KABAR_SOURCE_DIR "/config/lang/id.cfg", text, sizeof text);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const char *at = strstr(text, cases[i].was);
        assert_non_null(at);
        (void)snprintf(changed, sizeof changed, "%.*s%s%s", (int)(at - text), text, cases[i].is,
                       at + strlen(cases[i].was));
        struct lang_file *file = NULL;
        struct faults found;
        faults_init(&found);
        const char *path = write_set(changed);
        assert_int_not_equal(lang_file_open(path, &found, &file), 0);
        const char *colon = strchr(found.first.text + strlen(path) + 1, ':');
        const char *fault = colon && colon[1] == ' ' ? colon + 2 : strchr(found.first.text, ' ') + 1;
        if (strncmp(fault, cases[i].fault, strlen(cases[i].fault)) != 0)
            fail_msg("\"%s\" instead of \"%s\"", found.first.text, cases[i].fault);
        faults_deinit(&found);
        (void)remove(path);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(hpk_2018_has_the_forms_of_the_grammar, setup, teardown),
        cmocka_unit_test_setup_teardown(p3s_2025_is_a_draft_of_e_hdw, setup, teardown),
        cmocka_unit_test_setup_teardown(perpres_72_has_five_groups, setup, teardown),
        cmocka_unit_test_setup_teardown(variants_are_chosen_in_the_file, setup, teardown),
        cmocka_unit_test_setup_teardown(mistakes_are_named, setup, teardown),
        cmocka_unit_test_setup_teardown(check_notes_near_spellings, setup, teardown),
        cmocka_unit_test_setup_teardown(shipped_sets_check_clean, setup, teardown),
        cmocka_unit_test_setup_teardown(the_manuals_examples_load, setup, teardown),
        cmocka_unit_test_setup_teardown(the_language_loads, setup, teardown),
        cmocka_unit_test_setup_teardown(mistakes_in_a_language_are_named, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
