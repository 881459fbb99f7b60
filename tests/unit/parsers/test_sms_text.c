/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a text costs as SMS, how it is cut, what carriers would not deliver, and templates. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "parsers/deliver.h"
#include "parsers/edit.h"
#include "parsers/gsm7.h"
#include "parsers/template.h"

static void septets(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int septets; /* -1: not in the alphabet */
    } cases[] = {
        {"", 0},
        {"IBU HAMIL 12", 12},
        {"@\xc2\xa3$\n\r", 5},
        {"{}[]\\^~|", 16},
        {"\xe2\x82\xac", 2},
        {"`", -1},
        {"\t", -1},
        {"\xc3\xa9\xc3\xa0", 2},
        {"\xc3\xa1", -1},
        {"\xe2\x80\x99", -1},
        {"\xff", -1},
        {"\xce\x94\xce\xa9", 2},
        {"\x7f", -1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        size_t n = 4711;
        bool ok = gsm7_septets(view_of(cases[i].text), &n);
        if (ok != (cases[i].septets >= 0) || n != (ok ? (size_t)cases[i].septets : 4711))
            fail_msg("case %zu: %d, %zu", i, ok, n);
    }
}

/* text repeated n times, then tail */
static struct view repeated(const char *text, size_t n, const char *tail)
{
    static char out[4096];
    size_t len = 0;
    for (size_t i = 0; i < n; i++) {
        memcpy(out + len, text, strlen(text));
        len += strlen(text);
    }
    memcpy(out + len, tail, strlen(tail) + 1);
    return view_of(out);
}

static void parts(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t n;
        const char *tail;
        size_t parts;
    } cases[] = {
        {"a", 0, "", 0},
        {"a", 160, "", 1},
        {"a", 161, "", 2},
        {"a", 306, "", 2},
        {"a", 307, "", 3},
        {"{", 80, "", 1},
        {"{", 80, "a", 2},
        {"{", 152, "", 2},
        {"{", 153, "", 3}, /* 76 pairs fit into 153 */
        {"\xc5\x8d", 70, "", 1},
        {"\xc5\x8d", 71, "", 2},
        {"\xc5\x8d", 134, "", 2},
        {"\xc5\x8d", 135, "", 3},
        {"\xf0\x9f\x91\x8d", 35, "", 1},
        {"\xf0\x9f\x91\x8d", 36, "", 2},
        {"\xf0\x9f\x91\x8d", 67, "", 3},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_int_equal(sms_parts(repeated(cases[i].text, cases[i].n, cases[i].tail)), cases[i].parts);
}

static void splits(void **state)
{
    (void)state;
    assert_int_equal(sms_part_split(view_of("abcdef"), true, 4), 4);
    assert_int_equal(sms_part_split(view_of("abc{def"), true, 4), 3); /* an escape pair stays whole */
    assert_int_equal(sms_part_split(view_of("abc\xf0\x9f\x91\x8d"), false, 4), 3);
    assert_int_equal(sms_part_split(view_of(""), true, 4), 0);
    assert_int_equal(sms_part_split(view_of("{"), true, 1), 1); /* too large for any part: goes on by itself */
}

static void folding(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"Regapu\xe2\x80\x99u", "Regapu'u"},
        {"caf\xc3\xa9", "caf\xc3\xa9"},
        {"\xc5\x8d\xc3\xa1\xc5\xbe\xc5\xbf", "oazs"},
        {"\xef\xbc\xa1\xef\xbc\x91", "A1"},
        {"a\xe2\x80\x8b"
         "b\xc2\xad",
         "ab"},
        {"\xe2\x80\x9cx\xe2\x80\x9d \xe2\x80\x93 \xe2\x80\xa6", "\"x\" - ..."},
        {"\xf0\x9f\x91\x8d\xff", "??"},
        {"a\tb\x01", "a b "},
        {"\xc2\xa0", " "},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char out[64];
        size_t len = gsm7_fold(view_of(cases[i][0]), out, sizeof out), n;
        assert_string_equal(out, cases[i][1]);
        assert_int_equal(len, strlen(out));
        assert_true(gsm7_septets(view_of(out), &n));
    }
    char small[4];
    assert_int_equal(gsm7_fold(view_of("ab\xe2\x80\xa6"), small, sizeof small), 2); /* "..." does not fit any more */
    assert_string_equal(small, "ab");
}

static void faults(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        enum deliver_fault fault;
        const char *part;
    } cases[] = {
        {"IBU HAMIL Okt/26: ibu hamil 1.200, K4 3.", DELIVER_OK, ""},
        {"<6 bln 100, kunj rumah 12/27 (44,4%).\nANAK", DELIVER_OK, ""},
        {"tahun 2026", DELIVER_DIGITS, "2026"},
        {"RT1234x", DELIVER_DIGITS, "1234"},
        {"Kirim PIN", DELIVER_WORD, "PIN"},
        {"pin12", DELIVER_WORD, "pin"},
        {"Dana desa", DELIVER_WORD, "Dana"},
        {"dananya pinjam selamatan", DELIVER_OK, ""},
        {"Rp 100", DELIVER_WORD, "Rp"},
        {"buka www.kabar.id", DELIVER_URL, "."},
        {"http://x", DELIVER_URL, "://"},
        {"selesai.Kirim", DELIVER_URL, "."},
        {"s.d. 12 bln", DELIVER_OK, ""},
        {"p.i.n", DELIVER_OK, ""},
        {"\xe2\x80\x99", DELIVER_ALPHABET, "\xe2\x80\x99"},
        {"", DELIVER_OK, ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct view part = {"", 0};
        enum deliver_fault fault = deliver_check(view_of(cases[i].text), &part);
        if (fault != cases[i].fault || !view_is(part, cases[i].part))
            fail_msg("\"%s\": %d at \"%.*s\"", cases[i].text, (int)fault, (int)part.len, part.at);
    }
}

static void safe_tokens(void **state)
{
    (void)state;
    static const struct {
        const char *token;
        size_t max;
        const char *safe;
    } cases[] = {
        {"XYZ 4", 20, "XYZ 4"},
        {"1234", 20, "1.234"},
        {"12345678", 20, "12.345.678"},
        {"pin 9", 20, "p.i.n 9"},
        {"Rp100", 20, "R.p100"},
        {"http://bit.ly/x1", 20, "http bit ly/x1"},
        {"  a \t\n b  ", 20, "a b"},
        {"abcdefghij", 6, "abcd.."},
        {"abcdef", 6, "abcdef"},
        {"selamatan ya", 9, "selama.."}, /* "selamat.." would be filtered */
        {"\xf0\x9f\x91\x8d", 5, "?"},
        {"", 5, ""},
        {"FE \xc2\xb1"
         "12",
         20, "FE +-12"},
        {"K4 3\xc2\xbd", 20, "K4 3 1/2"},
        {"K4 \xe2\x89\xa5"
         "9",
         20, "K4 >=9"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char safe[64];
        struct view fault;
        size_t len = deliver_safe(view_of(cases[i].token), cases[i].max, safe, sizeof safe);
        assert_string_equal(safe, cases[i].safe);
        assert_int_equal(len, strlen(safe));
        assert_int_equal(deliver_check(view_of(safe), &fault), DELIVER_OK);
    }
    char tiny[4];
    assert_int_equal(deliver_safe(view_of("abcdef"), 20, tiny, sizeof tiny), 3);
    assert_string_equal(tiny, "a..");
}

static void templates(void **state)
{
    (void)state;
    static const char *const names[] = {"form", "values", NULL};
    static const struct {
        const char *text;
        int result;
        size_t offset;
        const char *name;
    } checks[] = {
        {"{form}: {values}.", 0, 0, ""}, {"", 0, 0, ""},         {"plain", 0, 0, ""},
        {"{from}", -1, 1, "from"},       {"a {form", -1, 2, ""}, {"a } b", -1, 2, ""},
        {"{form{values}}", -1, 0, ""},   {"{}", -1, 1, ""},      {"{form}}", -1, 6, ""},
    };
    for (size_t i = 0; i < sizeof checks / sizeof checks[0]; i++) {
        size_t offset = 0;
        struct view name = {"", 0};
        int result = template_check(checks[i].text, names, &offset, &name);
        if (result != checks[i].result || offset != checks[i].offset || !view_is(name, checks[i].name))
            fail_msg("\"%s\": %d at %zu \"%.*s\"", checks[i].text, result, offset, (int)name.len, name.at);
    }
    const struct template_value values[] = {{"form", view_of("ANAK")}, {"values", view_of("BB \xc3\xa9")}};
    char out[32];
    assert_int_equal(template_render("{form}: {values}{more}.", values, 2, out, sizeof out), 12);
    assert_string_equal(out, "ANAK: BB \xc3\xa9.");
    assert_int_equal(template_render("{form}: {values}.", values, 2, out, 11), 12); /* the accent would be split */
    assert_string_equal(out, "ANAK: BB ");
    assert_int_equal(template_render("{form}", values, 2, NULL, 0), 4);
}

static void typing_errors(void **state)
{
    (void)state;
    static const struct {
        const char *one, *other;
        int distance;
    } cases[] = {
        {"jamban", "jamban", 0},  {"jamban", "jmban", 1},    {"jamban", "jabman", 1}, {"jamban", "jambang", 1},
        {"bumil", "buml", 1},     {"hamil", "hamli", 1},     {"abc", "cab", 2},       {"", "ab", 2},
        {"abc", "xyz", EDIT_FAR}, {"a", "abcdef", EDIT_FAR},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_int_equal(edit_distance(view_of(cases[i].one), view_of(cases[i].other)), cases[i].distance);
        assert_int_equal(edit_distance(view_of(cases[i].other), view_of(cases[i].one)), cases[i].distance);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(septets),   cmocka_unit_test(parts),         cmocka_unit_test(splits),
        cmocka_unit_test(folding),   cmocka_unit_test(faults),        cmocka_unit_test(safe_tokens),
        cmocka_unit_test(templates), cmocka_unit_test(typing_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
