/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The compiled set and language: what it refuses, what it finds, how typing errors are mended. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "parsers/lexicon.h"
#include "parsers/typo.h"
#include "small_set.h"

/* A set of two forms with one key each beside the total. */
static struct lexicon_error build_with(const char *form, const char *first_key, const char *second_key)
{
    const struct key first[] = {SMALL_KEY("A", -1, 5, "aaaa"), SMALL_KEY("B", -1, 6, first_key)};
    const struct key second[] = {SMALL_KEY("C", -1, 8, "cccc"), SMALL_KEY("D", -1, 9, second_key, "dddd")};
    const struct form forms[] = {
        {.code = "SATU",
         .name = "X",
         .spellings = (const char *const[]){"formulir"},
         .n_spellings = 1,
         .keys = first,
         .n_keys = 2,
         .line = 4},
        {.code = "DUA", .name = "Y", .spellings = &form, .n_spellings = 1, .keys = second, .n_keys = 2, .line = 7}};
    const struct set set = {.name = "two", .forms = forms, .n_forms = 2};
    struct lexicon_error error = {.text = "", .line = 0};
    size_t size = lexicon_size(&set, &small_lang);
    void *memory = malloc(size);
    assert_non_null(memory);
    if (lexicon_build(&set, &small_lang, memory, size, &error))
        assert_string_equal(error.text, "");
    free(memory);
    return error;
}

static void spellings_that_collide_are_refused(void **state)
{
    (void)state;
    static const struct {
        const char *form, *first_key, *second_key, *text;
        int line;
    } table[] = {
        {"lain", "kk", "kk", "", 0},
        {"formulir", "kk", "pp", "spelling \"formulir\" is already a spelling of SATU", 7},
        {"lain", "formulir", "pp", "spelling \"formulir\" is already a spelling of SATU", 6},
        {"lain", "kk", "lain", "spelling \"lain\" is already a spelling of DUA", 9},
        {"lain", "kk", "cccc", "spelling \"cccc\" is already a spelling of C", 9},
        {"lain", "kk", "c ccc", "spelling \"c ccc\" is already a spelling of C", 9},
        {"lain", "kk", "oktober", "spelling \"oktober\" is already a spelling of DUA", 1},
        {"lain", "kk", "nihil", "spelling \"nihil\" is already a spelling of DUA", 1},
        {"lain", "kk", "tidak ada", "spelling \"tidak ada\" is already a spelling of DUA", 1},
        {"lain", "kk", "dua", "spelling \"dua\" is already a spelling of DUA", 0},
        {"lain", "kk", "bulan", "spelling \"bulan\" is already a spelling of a word of the language file", 9},
        {"lain", "kk", "orang", "", 0},
        {"lain", "kk", "?!", "spelling \"?!\" has neither letters nor digits", 9},
        {"lain", "kk", "\u0663", "spelling \"\u0663\" is too long, has too many words or cannot be typed", 9},
        {"lain", "kk", "a b c d e f g h",
         "spelling \"a b c d e f g h\" is too long, has too many words or cannot be typed", 9},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct lexicon_error error = build_with(table[i].form, table[i].first_key, table[i].second_key);
        assert_string_equal(error.text, table[i].text);
        assert_int_equal(error.line, table[i].line);
    }
}

static void room_that_is_too_small_is_refused(void **state)
{
    (void)state;
    struct lexicon_error error;
    size_t size = lexicon_size(&small_set, &small_lang);
    void *memory = malloc(size);
    assert_non_null(memory);
    assert_null(lexicon_build(&small_set, &small_lang, memory, size - 1, &error));
    assert_string_equal(error.text, "the set is larger than the room given for it");
    free(memory);
}

static struct token tokens[64];
static char at[256];
static uint16_t from[256];

static void cut(const char *text)
{
    struct folded folded = {.at = at, .from = from};
    fold(view_of(text), NULL, &folded);
    (void)tokens_cut(&folded, tokens);
}

/* Where the spellings that begin a text end, "3 8" say. */
static void words_may_be_glued_and_split(void **state)
{
    (void)state;
    static const struct {
        const char *text, *ends;
    } table[] = {
        {"k", "1"},           {"k4", "1 2"},          {"k 4", "1 3"},       {"k-4", "1 3"},
        {"k.4", "1 3"},       {"k -4", "1"},          {"k43", "1 2"},       {"ladang padi", "11"},
        {"ladangpadi", "10"}, {"ladang  padi", "12"}, {"la dang padi", ""}, {"periksa\nair", "11"},
        {"tidak ada", "5 9"}, {"tidakada", "8"},      {"bulanlalu", "9"},   {"bulan lalu", "5 10"},
        {"xyz", ""},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        char ends[32] = "";
        struct match matches[MATCHES_MAX];
        cut(table[i].text);
        size_t n = lexicon_match(small_lexicon, at, tokens, 0, tokens[0].start, false, matches);
        for (size_t m = 0, len = 0; m < n; m++)
            len += (size_t)snprintf(ends + len, sizeof ends - len, m ? " %d" : "%d", matches[m].end);
        if (strcmp(ends, table[i].ends) != 0)
            fail_msg("\"%s\": spellings end at %s, not %s", table[i].text, ends, table[i].ends);
    }
}

static void typing_errors_are_mended(void **state)
{
    (void)state;
    static const bool everywhere[SPELLING_WORDS_MAX + 1] = {true, true, true, true, true, true, true};
    static const struct {
        const char *text;
        int under; /* form that it stands under */
        enum typo_found found;
        int form, key;
        size_t words;
    } table[] = {
        {"swah", -1, TYPO_ONE, 0, -1, 1},         {"sawha", -1, TYPO_ONE, 0, -1, 1},
        {"sawahh", -1, TYPO_ONE, 0, -1, 1},       {"swha", -1, TYPO_NONE, 0, 0, 0},
        {"ladang pdi", -1, TYPO_NONE, 0, 0, 0},   {"ldang padi", -1, TYPO_ONE, 0, -1, 2},
        {"ladang padii", -1, TYPO_ONE, 0, -1, 2}, {"ladangpdai", -1, TYPO_ONE, 0, -1, 1},
        {"ladanpdai", -1, TYPO_ONE, 0, -1, 1},    {"klam", -1, TYPO_ONE, 1, -1, 1},
        {"kola", -1, TYPO_ONE, 1, -1, 1},         {"kol", -1, TYPO_NONE, 0, 0, 0},
        {"panne", 0, TYPO_ONE, 0, 4, 1},          {"panne", 1, TYPO_NONE, 0, 0, 0},
        {"panne", -1, TYPO_NONE, 0, 0, 0},        {"hasil pnaen", 0, TYPO_ONE, 0, 4, 2},
        {"tanag", 0, TYPO_SEVERAL, 0, 0, 0},      {"tanan", 0, TYPO_SEVERAL, 0, 0, 0},
        {"buln", -1, TYPO_ONE, -1, -1, 1},        {"luass", 0, TYPO_ONE, 0, 0, 1},
        {"luas", 0, TYPO_ONE, 0, 0, 1},           {"lel", 1, TYPO_NONE, 0, 0, 0},
        {"periska air", 0, TYPO_ONE, 0, 2, 2},    {"periksa ari", 0, TYPO_NONE, 0, 0, 0},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        cut(table[i].text);
        struct typo typo = typo_find(small_lexicon, at, tokens, 0, table[i].under, everywhere, 1);
        if (typo.found != table[i].found)
            fail_msg("\"%s\" under %d: found %d", table[i].text, table[i].under, (int)typo.found);
        if (typo.found == TYPO_ONE) {
            assert_int_equal(typo.form, table[i].form);
            assert_int_equal(typo.key, table[i].key);
            assert_int_equal(typo.n_words, table[i].words);
        }
    }
    cut("tanag");
    struct typo typo = typo_find(small_lexicon, at, tokens, 0, 0, everywhere, 1);
    assert_int_equal(typo.near[0], 5);
    assert_int_equal(typo.near[1], 6);
}

static void only_with_a_value(void **state)
{
    (void)state;
    static const bool behind_two[SPELLING_WORDS_MAX + 1] = {[2] = true};
    cut("panne hasil");
    assert_int_equal(typo_find(small_lexicon, at, tokens, 0, 0, behind_two, 1).found, TYPO_NONE);
    cut("hasil panne");
    assert_int_equal(typo_find(small_lexicon, at, tokens, 0, 0, behind_two, 1).found, TYPO_ONE);
    assert_int_equal(typo_find(small_lexicon, at, tokens, 1, 0, behind_two, 2).found, TYPO_NONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(spellings_that_collide_are_refused),
        cmocka_unit_test(room_that_is_too_small_is_refused),
        cmocka_unit_test(words_may_be_glued_and_split),
        cmocka_unit_test(typing_errors_are_mended),
        cmocka_unit_test(only_with_a_value),
    };
    return cmocka_run_group_tests(tests, small_open, small_close);
}
