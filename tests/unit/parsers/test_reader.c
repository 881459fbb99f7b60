/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The reader where the shipped sets do not reach: keys that begin alike, numbers that could be two, what tokens, notes
 * and commands carry. The grammar's clauses one by one are tests/corpus/grammar.jsonl.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "small_set.h"

enum { TEXT = 512 };

/* "SAWAH LUAS=12 K4=3 unknown_key:xyz | KOLAM help" */
static const char *told(const char *message)
{
    static char text[TEXT];
    const struct reading *reading = small_read(message);
    size_t len = (size_t)snprintf(text, sizeof text, "%s",
                                  reading->n_segments == 0 ? reading_kind_to_string(reading->kind) : "");
    for (size_t s = 0; s < reading->n_segments; s++) {
        const struct segment *segment = &reading->segments[s];
        const struct form *form = &small_forms[segment->form];
        len += (size_t)snprintf(text + len, sizeof text - len, "%s%s%s", s ? " | " : "", form->code,
                                segment->help ? " help" : "");
        for (size_t i = 0; i < segment->n_fields; i++)
            len += (size_t)snprintf(text + len, sizeof text - len, " %s=%d", form->keys[segment->fields[i].key].code,
                                    segment->fields[i].value);
        for (size_t i = 0; i < segment->n_problems; i++)
            len += (size_t)snprintf(text + len, sizeof text - len, " %s:%.*s",
                                    problem_code_to_string(segment->problems[i].code),
                                    (int)segment->problems[i].token.len, segment->problems[i].token.at);
        assert_true(len < sizeof text);
    }
    return text;
}

static void check(const char *message, const char *wanted)
{
    const char *found = told(message);
    if (strcmp(found, wanted) != 0)
        fail_msg("\"%s\" is read as \"%s\", not \"%s\"", message, found, wanted);
}

static void keys_that_begin_alike(void **state)
{
    (void)state;
    check("sawah 12 k 3", "SAWAH LUAS=12 K=3");
    check("sawah 12 k4 3", "SAWAH LUAS=12 K4=3");
    check("sawah 12 k 4 3", "SAWAH LUAS=12 K4=3");
    check("sawah 12 k43", "SAWAH LUAS=12 K4=3");
    check("sawah 12 k53", "SAWAH LUAS=12 K=53");
    check("sawah 12 k4", "SAWAH LUAS=12 missing_value:k4");
    check("sawah 12 kering 4", "SAWAH LUAS=12 K=4");
    check("sawah 12 k44k4", "SAWAH LUAS=12 K4=4");
    check("sawah12k4 3ih5", "SAWAH LUAS=12 K4=3 IH=5");
    check("sawah 12 2t 5", "SAWAH LUAS=12 M2=5");
    check("sawah 12 k4 3 2t 5", "SAWAH LUAS=12 K4=3 M2=5");
    check("sawah 12 k4 2t 5", "SAWAH LUAS=12 bad_value:k4 2t 5");
    check("kolam 12 k4 3", "KOLAM ISI=12 unknown_key:k4");
}

/* Keys K and IH: "k1ih5" is K 1 and IH 5; with letters for digits "k1iih5" is K 1, then IIH … or K 11 and IH 5. */
static void two_readings_are_asked_back(void **state)
{
    (void)state;
    check("sawah 12 k1ih5", "SAWAH LUAS=12 K=1 IH=5");
    check("sawah 12 k1iih5", "SAWAH LUAS=12 K=11 IH=5");
    check("sawahh12 k4 3", "SAWAH K4=3 unknown_key:sawahh12"); /* mistyped and glued: no form */
    check("sawahl2 k4 3", "SAWAH K4=3 ambiguous_key:sawah");
    check("sawah l2 k4 3", "SAWAH LUAS=12 K4=3");
}

static void near_keys_are_named(void **state)
{
    (void)state;
    check("sawah 12 tanag 3", "SAWAH LUAS=12 unknown_key:tanag");
    const struct problem *problem = &small_reading->segments[0].problems[0];
    assert_int_equal(problem->near[0], 5);
    assert_int_equal(problem->near[1], 6);
    check("sawah 12 xyz 3", "SAWAH LUAS=12 unknown_key:xyz");
    assert_int_equal(small_reading->segments[0].problems[0].near[0], -1);
}

static void ordinary_words_are_no_typing_errors(void **state)
{
    (void)state;
    check("sawah 12 panen 4 panes 3", "SAWAH LUAS=12 PANEN=4 unknown_key:panes");
    check("sawah 12 xyz panes 3", "SAWAH LUAS=12 unknown_key:panes");
    check("sawah 12 panes 3", "SAWAH LUAS=12 PANEN=3");
    assert_int_equal(small_reading->segments[0].question, QUESTION_TALK);
    assert_false(small_reading->segments[0].fields[1].corrected);
    check("sawah 12 panen 3 panes sekali", "SAWAH LUAS=12 PANEN=3");
}

static void corrections_are_marked(void **state)
{
    (void)state;
    check("sawah 12 panne 3", "SAWAH LUAS=12 PANEN=3");
    const struct segment *segment = &small_reading->segments[0];
    assert_false(segment->fields[0].corrected);
    assert_true(segment->fields[1].corrected);
    size_t corrected = 0;
    for (size_t i = 0; i < small_reading->n_notes; i++)
        corrected += small_reading->notes[i].kind == NOTE_CORRECTED && small_reading->notes[i].key == 4 &&
                     small_reading->notes[i].value == 3 && view_is(small_reading->notes[i].token, "panne");
    assert_int_equal(corrected, 1);
}

static void notes_tell_everything(void **state)
{
    (void)state;
    (void)small_read("pagi bu, okt sawah 12 orang k4 3 bagus -Siti");
    static const struct {
        enum note_kind kind;
        const char *token;
    } wanted[] = {{NOTE_READ, "sawah"}, {NOTE_READ, "k4"},       {NOTE_IGNORED, "pagi"},  {NOTE_IGNORED, "bu"},
                  {NOTE_PERIOD, "okt"}, {NOTE_IGNORED, "orang"}, {NOTE_IGNORED, "bagus"}, {NOTE_IGNORED, "Siti"}};
    size_t n = sizeof wanted / sizeof wanted[0];
    assert_int_equal(small_reading->n_notes, n);
    for (size_t w = 0; w < n; w++) {
        bool found = false;
        for (size_t i = 0; i < n; i++)
            found |= small_reading->notes[i].kind == wanted[w].kind &&
                     view_is(small_reading->notes[i].token, wanted[w].token);
        if (!found)
            fail_msg("no note of \"%s\"", wanted[w].token);
    }
}

/* A problem's token is all that it is about, signs included, and no more. */
static void tokens_are_whole(void **state)
{
    (void)state;
    check("sawah 12 panen 90%", "SAWAH LUAS=12 bad_value:panen 90%");
    check("sawah 12 panen 90 % k4 3", "SAWAH LUAS=12 K4=3 bad_value:panen 90 %");
    check("sawah 12\n1. panen 90%\n2. k4 3", "SAWAH LUAS=12 K4=3 bad_value:panen 90%");
    check("sawah 12 panen 90 persen", "SAWAH LUAS=12 bad_value:panen 90 persen");
    check("sawah 12 panen \xc2\xb1"
          "12",
          "SAWAH LUAS=12 bad_value:panen \xc2\xb1"
          "12");
    check("sawah 12 panen ? k4 3", "SAWAH LUAS=12 K4=3 bad_value:panen ?");
    check("sawah 12 panen ?? k4 3", "SAWAH LUAS=12 K4=3 bad_value:panen ??");
    check("sawah 12 panen - k4 3", "SAWAH LUAS=12 K4=3 bad_value:panen -");
    check("sawah ? k4 3", "SAWAH K4=3 bad_value:sawah ?");
    check("sawah 12 panen =", "SAWAH LUAS=12 missing_value:panen");
    check("90% sawah 3 k4", "SAWAH K4=3 bad_value:90% sawah");
    check("-5 sawah 3 k4", "SAWAH K4=3 bad_value:-5 sawah");
    check("kolam 12 k5 3", "KOLAM ISI=12 unknown_key:k5");
    check("kolam 12 k5 lele 3", "KOLAM ISI=12 LELE=3 unknown_key:k5");
    check("kolam 12 k 5 lele 3", "KOLAM ISI=12 LELE=3 unknown_key:k");
    check("kolam 12 k4 3", "KOLAM ISI=12 unknown_key:k4");
}

/* What stands for a number after a key of another form goes with it, and is named. */
static void values_of_other_forms_keys(void **state)
{
    (void)state;
    check("kolam 12 k4 x lele 3", "KOLAM ISI=12 LELE=3 unknown_key:k4");
    check("kolam 12 k4 xx lele 3", "KOLAM ISI=12 LELE=3 unknown_key:k4");
    check("kolam 12 k4 lO lele 3", "KOLAM ISI=12 LELE=3 unknown_key:k4");
    check("kolam 12 k4 o lele 3", "KOLAM ISI=12 LELE=3 unknown_key:k4");
    check("kolam 12 k4 duablas lele 3", "KOLAM ISI=12 LELE=3 unknown_key:k4");
    check("kolam 12 k4 90% lele 3", "KOLAM ISI=12 LELE=3 unknown_key:k4");
    check("kolam 12 k4 -5 lele 3", "KOLAM ISI=12 LELE=3 unknown_key:k4");
    check("kolam 12 k4 ? lele 3", "KOLAM ISI=12 LELE=3 unknown_key:k4");
    check("kolam 12 k4 nihil lele 3", "KOLAM ISI=12 LELE=3 unknown_key:k4");
    check("kolam 12 k4 nihil lele", "KOLAM ISI=12 unknown_key:k4 missing_value:lele");
    /* without one it is only a word */
    check("kolam 12 tanah lele 3", "KOLAM ISI=12 LELE=3");
    check("kolam 12 tanah? lele 3", "KOLAM ISI=12 LELE=3");
    check("kolam 12 tanah - lele 3", "KOLAM ISI=12 LELE=3");
}

static void tokens_are_what_was_typed(void **state)
{
    (void)state;
    const char *message = "Sawah 12 K4 \u201c-5\u201d Panen 3\u200b a XYZ 4";
    const struct segment *segment = &small_read(message)->segments[0];
    assert_int_equal(segment->n_fields, 2);
    assert_true(view_is(segment->token, "Sawah"));
    assert_true(view_is(segment->fields[0].value_token, "12"));
    assert_int_equal(segment->n_problems, 2);
    assert_int_equal(segment->problems[0].token.at - message, 9);
    assert_true(view_is(segment->problems[1].token, "XYZ"));
    assert_int_equal(segment->unreadable, 1u << 2);
}

static void denominators(void **state)
{
    (void)state;
    check("sawah 12 k 3/12", "SAWAH LUAS=12 K=3");
    check("sawah 12 k 3/13", "SAWAH LUAS=12 bad_value:k 3/13");
    check("sawah k 3/13", "SAWAH LUAS=13 K=3");
    check("sawah 12 panen 1/3 k 3", "SAWAH LUAS=12 PANEN=1 K=3");
    check("sawah 12 panen 1/4 k 3", "SAWAH LUAS=12 K=3 bad_value:panen 1/4");
    check("sawah 12 panen 1/4 k 3/13", "SAWAH LUAS=12 PANEN=1 bad_value:k 3/13");
    check("sawah 12/40", "SAWAH bad_value:sawah 12/40");
    check("sawah luas 12/12", "SAWAH bad_value:luas 12/12");
    check("sawah 12 tanam 3/99", "SAWAH LUAS=12 TANAM=3");
}

static void segments_of_one_form_and_period_are_one(void **state)
{
    (void)state;
    check("sawah 12 kolam 3 sawah k4 2", "SAWAH LUAS=12 K4=2 | KOLAM ISI=3");
    check("sawah 12 sawah 13 k4 2", "SAWAH K4=2 duplicate_key:sawah");
    check("sawah bln 9 12 sawah bln 8 13", "SAWAH LUAS=12 | SAWAH LUAS=13");
    check("sawah okt 12 sawah k4 2", "SAWAH LUAS=12 K4=2");
    check("sawah kolam 3", "KOLAM ISI=3");
    check("sawah 12 kolam", "SAWAH LUAS=12 | KOLAM help");
    check("bln 13 sawah", "SAWAH bad_period:bln 13");
}

static void form_keywords_that_are_units(void **state)
{
    (void)state;
    check("sawah 12 ekor k4 3", "SAWAH LUAS=12 K4=3");
    check("sawah 12 ekor ikan k4 3", "SAWAH LUAS=12 K4=3");
    check("sawah 12 ekor ikan 5", "SAWAH LUAS=12 | KOLAM ISI=5");
    check("sawah 12 ekor ikan lele 5", "SAWAH LUAS=12 | KOLAM LELE=5");
    check("ekor ikan", "KOLAM help");
    check("5 ekor ikan", "KOLAM ISI=5");
}

static void problems_beyond_the_room_are_counted(void **state)
{
    (void)state;
    char text[TEXT] = "sawah 12";
    size_t len = strlen(text);
    for (int i = 0; i < SEGMENT_PROBLEMS_MAX + 5; i++)
        len += (size_t)snprintf(text + len, sizeof text - len, " q%c%c 1", 'a' + i / 26, 'a' + i % 26);
    const struct segment *segment = &small_read(text)->segments[0];
    assert_int_equal(segment->n_problems, SEGMENT_PROBLEMS_MAX);
    assert_int_equal(segment->problems_dropped, 5);
}

static void commands(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        enum command command;
        int form, quarter;
        const char *argument;
    } table[] = {
        {"SKOR", COMMAND_SCORE, -1, -1, ""},
        {"skor tw3", COMMAND_SCORE, -1, 2026 * 4 + 2, ""},
        {"skor tw4", COMMAND_SCORE, -1, 2026 * 4 + 3, ""},
        {"skor tw 3 2025", COMMAND_SCORE, -1, 2025 * 4 + 2, ""},
        {"skor tw3/25", COMMAND_SCORE, -1, 2025 * 4 + 2, ""},
        {"skor tw3 25 Suka Maju", COMMAND_SCORE, -1, 2025 * 4 + 2, "Suka Maju"},
        {"skor tw III desa Cemara", COMMAND_SCORE, -1, 2026 * 4 + 2, "desa Cemara"},
        {"skor Cemara tw3 25", COMMAND_SCORE, -1, 2025 * 4 + 2, "Cemara"},
        {"skor Cemara tw 3/25", COMMAND_SCORE, -1, 2025 * 4 + 2, "Cemara"},
        {"skor Suka Maju 25", COMMAND_SCORE, -1, -1, "Suka Maju 25"},
        {"skor tw9", COMMAND_SCORE, -1, QUARTER_BAD, ""},
        {"skor tw 0 2025", COMMAND_SCORE, -1, QUARTER_BAD, ""},
        {"skor tw5/26 Cemara", COMMAND_SCORE, -1, QUARTER_BAD, "Cemara"},
        {"skor tw13/26", COMMAND_SCORE, -1, QUARTER_BAD, ""},
        {"skor 2025", COMMAND_SCORE, -1, 2025 * 4 + 3, ""},
        {"skor 26", COMMAND_SCORE, -1, 2026 * 4 + 3, ""},
        {"skor desa Cemara tw1", COMMAND_SCORE, -1, 2026 * 4, "desa Cemara"},
        {"skro", COMMAND_SCORE, -1, -1, ""},
        {"cek", COMMAND_STATUS, -1, -1, ""},
        {"statsu bu", COMMAND_STATUS, -1, -1, ""},
        {"bantuan sawah", COMMAND_HELP, 0, -1, ""},
        {"? ekor ikan", COMMAND_HELP, 1, -1, ""},
        {"???", COMMAND_HELP, -1, -1, ""},
        {"batal kolam", COMMAND_CANCEL, 1, -1, ""},
        {"batal ya bu", COMMAND_CANCEL, -1, -1, ""},
        {"ya", COMMAND_YES, -1, -1, ""},
        {"ya ok", COMMAND_YES, -1, -1, ""},
        {"Tidak, pak", COMMAND_NO, -1, -1, ""},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        const struct reading *reading = small_read(table[i].text);
        if (reading->kind != READING_COMMAND || reading->command != table[i].command)
            fail_msg("\"%s\" is %s", table[i].text, reading_kind_to_string(reading->kind));
        assert_int_equal(reading->command_form, table[i].form);
        assert_int_equal(reading->command_quarter, table[i].quarter);
        assert_true(view_is(reading->argument, table[i].argument));
    }
}

static void what_is_no_command(void **state)
{
    (void)state;
    check("ya terima kasih", "chat");
    check("ok ya bu", "chat");
    check("pagi bu Siti", "chat");
    check("\xf0\x9f\x91\x8d", "chat");
    check("\xf0\x9f\x99\x8f", "empty");
    check(" \n.", "empty");
    check("ya tidak", "unknown");
    check("ya batal", "unknown");
    check("btal", "unknown");
    check("batal k4", "command");
    check("cek k4 3", "SAWAH K4=3");
    check("k4 3", "SAWAH K4=3");
    check("skor sawah 12 k4 3", "SAWAH LUAS=12 K4=3");
}

/* The number right after its keyword belongs to nothing: it is named. */
static void a_form_without_a_total(void **state)
{
    (void)state;
    check("ternak sapi 3 ayam 40", "TERNAK SAPI=3 AYAM=40");
    check("ternak ayam 40", "TERNAK AYAM=40");
    check("ternak 12 sapi 3 ayam 40", "TERNAK SAPI=3 AYAM=40 unknown_key:12");
    check("ternak 12", "TERNAK unknown_key:12");
    check("ternak: 3 sapi, 40 ayam", "TERNAK SAPI=3 AYAM=40");
    check("sawah 12 ternak sapi 3", "SAWAH LUAS=12 | TERNAK SAPI=3");
    check("ternak", "TERNAK help");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys_that_begin_alike),
        cmocka_unit_test(two_readings_are_asked_back),
        cmocka_unit_test(near_keys_are_named),
        cmocka_unit_test(ordinary_words_are_no_typing_errors),
        cmocka_unit_test(corrections_are_marked),
        cmocka_unit_test(notes_tell_everything),
        cmocka_unit_test(tokens_are_whole),
        cmocka_unit_test(values_of_other_forms_keys),
        cmocka_unit_test(tokens_are_what_was_typed),
        cmocka_unit_test(denominators),
        cmocka_unit_test(segments_of_one_form_and_period_are_one),
        cmocka_unit_test(form_keywords_that_are_units),
        cmocka_unit_test(problems_beyond_the_room_are_counted),
        cmocka_unit_test(commands),
        cmocka_unit_test(what_is_no_command),
        cmocka_unit_test(a_form_without_a_total),
    };
    return cmocka_run_group_tests(tests, small_open, small_close);
}
