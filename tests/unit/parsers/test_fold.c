/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Folding and cutting: docs/grammar.md, 2, and its gaps. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "parsers/token.h"

enum { ROOM = 256 };

static char at[ROOM];
static uint16_t from[ROOM];
static struct token tokens[ROOM + 1];

static const struct words spaces = {(const char *const[]){"spasi"}, 1, 1};

static struct folded folded_of(const char *text)
{
    struct folded folded = {.at = at, .from = from};
    fold(view_of(text), &spaces, &folded);
    return folded;
}

static void folds_as_the_table_says(void **state)
{
    (void)state;
    static const struct {
        const char *text, *folded;
    } table[] = {
        {"BuMiL 12", "bumil 12"},
        {"a\tb\r\nc\x01"
         "d\x7f",
         "a b\n\nc d "},
        {"BU\u200bMIL\ufeff", "bumil"},
        {"so\u00adft\u200e\u202a", "soft"},
        {"a\u00a0b\u202f\u3000c", "a b  c"},
        {"\u201ck4\u201d \u2018a\u2019", "\"k4\" 'a'"},
        {"\uff22\uff35 \uff11\uff12\uff05\uff0d", "bu 12%-"},
        {"12\U0001f60ak4\U0001f64f", "12 k4 "},
        {"3\ufe0f\u20e3", "3"},
        {"\u2013\u2014\u2212\u2011", "----"},
        {"\u00b112 \u2265 \u2264 \u2248", "~12 > < ~"},
        {"1\u20442", "1/2"},
        {"\u0663\u096a\u0e53", "\x01\x01\x01"},
        {"\u00b2\u00bd\u2460", "\x01\x01\x01"},
        {"\u212a4", "k4"},
        {"\u00c9\u0130\u0416", "\u00e9i\u0436"},
        {"a\xff\xc3(b", "a  (b"},
        {"\xed\xa0\x80", "   "},
        {"BUMIL(spasi)12<SPASI>k4[Spasi]3", "bumil       12       k4       3"},
        {"( spasi )a", "         a"},
        {"(spasi a)(spas)<spasi)", "(spasi a)(spas)<spasi)"},
        {"", ""},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        struct folded folded = folded_of(table[i].text);
        at[folded.len] = '\0';
        assert_string_equal(at, table[i].folded);
    }
}

static void bytes_know_where_they_stood(void **state)
{
    (void)state;
    const char *text = "\u201cBU\u200bMIL\u201d 1\ufe0f\u20e32";
    struct folded folded = folded_of(text); /* "bumil" 12 */
    struct view bumil = folded_view(&folded, 1, 6);
    assert_ptr_equal(bumil.at, text + 3);
    assert_int_equal(bumil.len, strlen("BU\u200bMIL"));
    struct view number = folded_view(&folded, 8, 10);
    assert_int_equal(number.at - text, 15);
    assert_int_equal(number.at + number.len - text, strlen(text));
}

/* A token is w, d or x with its letters and digits; before it, the signs of its gap. */
static void dump(const struct folded *folded, char *ret_text)
{
    static const struct {
        uint32_t bit;
        char sign;
    } signs[] = {{GAP_LINE, '^'},   {GAP_SENTENCE, '.'}, {GAP_QUESTION, '?'}, {GAP_DASH, '_'},
                 {GAP_MINUS, '-'},  {GAP_HYPHEN, '~'},   {GAP_ABOUT, '<'},    {GAP_PERCENT, '%'},
                 {GAP_QUOTE, '\''}, {GAP_SLASH, '/'},    {GAP_RANGE, ':'},    {GAP_NONE, '+'}};
    size_t n = tokens_cut(folded, tokens), len = 0;
    for (size_t i = 0; i <= n; i++) {
        for (size_t s = 0; s < sizeof signs / sizeof signs[0]; s++) {
            if (tokens[i].gap & signs[s].bit && i < n + (signs[s].sign != '+'))
                ret_text[len++] = signs[s].sign;
        }
        for (size_t k = tokens[i].start; k < tokens[i].end; k++)
            ret_text[len++] = folded->at[k] == FOLDED_DIGIT ? '#' : folded->at[k];
        ret_text[len++] = ' ';
    }
    while (len > 0 && ret_text[len - 1] == ' ')
        len--;
    ret_text[len] = '\0';
}

static void cuts_as_the_table_says(void **state)
{
    (void)state;
    static const struct {
        const char *text, *tokens;
    } table[] = {
        {"bumil 12", "^bumil 12"},
        {"k43", "^k +43"},
        {"h30k8", "^h +30 +k +8"},
        {"k4-3", "^k +4 :3"},
        {"bumil-12", "^bumil :12"},
        {"k4 -5", "^k +4 -:5"},
        {"fe=-3", "^fe -3"},
        {"k4--5", "^k +4 -5"},
        {"kek - k4", "^kek _:k +4"},
        {"kek- k4", "^kek :k +4"},
        {"kek -- k4", "^kek _k +4"},
        {"kek -", "^kek _:"},
        {"3 -kader", "^3 ~:kader"},
        {"- bumil\n- k4", "^bumil ^k +4"},
        {"-siti", "^siti"},
        {"a\n-siti", "^a ^siti"},
        {"k4 -> 3", "^k +4 3"},
        {"k4->3 => 4", "^k +4 3 4"},
        {"k4 > 3 ~4 <5", "^k +4 <3 <4 <5"},
        {"kek ? k4", "^kek .?k +4"},
        {"12?", "^12 .?"},
        {"90% 90 %k", "^90 %90 %k"},
        {"okt'26 3/12 3 / 12 1.2", "^okt '26 3 /12 3 /12 1 2"},
        {"12-14 12 - 14", "^12 :14 12 _:14"},
        {"a. b! c.d", "^a .b .c d"},
        {"1. a\n2. b\n3) c", "^a ^b ^c"},
        {"1.a\n1) 2", "^a ^2"},
        {"2. a", "^2 .a"},
        {"1. a\n3. b", "^a ^3 .b"},
        {"1.200\n1.5", "^1 200 ^1 5"},
        {"a\n1. b -\n2. c ?\n3. d", "^a ^b ^_c ^.?d"},
        {"k \xd9\xa3\xd9\xa4", "^k ##"},
        {"", "^"},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        char text[2 * ROOM];
        struct folded folded = folded_of(table[i].text);
        dump(&folded, text);
        if (strcmp(text, table[i].tokens) != 0)
            fail_msg("\"%s\" is cut as \"%s\", not \"%s\"", table[i].text, text, table[i].tokens);
    }
}

static void glued_runs_know_their_end(void **state)
{
    (void)state;
    struct folded folded = folded_of("12k43 fe");
    assert_int_equal(tokens_cut(&folded, tokens), 4);
    assert_int_equal(tokens[0].chunk_end, 5);
    assert_int_equal(tokens[2].chunk_end, 5);
    assert_int_equal(tokens[3].chunk_end, 8);
    assert_int_equal(tokens[4].kind, TOKEN_END);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(folds_as_the_table_says),
        cmocka_unit_test(bytes_know_where_they_stood),
        cmocka_unit_test(cuts_as_the_table_says),
        cmocka_unit_test(glued_runs_know_their_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
