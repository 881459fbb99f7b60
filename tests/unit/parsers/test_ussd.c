/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "parsers/ussd.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static void reads_every_coding(void **state)
{
    (void)state;
    static const struct {
        const char *said;
        int dcs;
        const char *text;
        bool read;
    } rows[] = {
        {"Sisa pulsa Anda Rp 1.200", 15, "Sisa pulsa Anda Rp 1.200", true},
        {"Sisa pulsa\nRp 1.200", -1, "Sisa pulsa\nRp 1.200", true},
        {"00530069007300610020005200700020003100320030003000300020", 72, "Sisa Rp 12000 ", true},
        {"0053006900730061002000520070", 15, "Sisa Rp", true},
        {"00530069007300610020004D201300520070", 72, "Sisa M\xe2\x80\x93Rp", true},
        {"536973612070756C7361205270203132303030", 15, "Sisa pulsa Rp 12000", true},
        {"D3F43C0C82D7D9F330480A9701", 15, "Sisa pulsa Rp2", true},
        {"081230000014", 15, "081230000014", true},
        {"1234", -1, "1234", true},
        {"ABCD", -1, "ABCD", true},
        {"9F8E7D6C5B4A39281706F5E4D3C2B1A09F", 15, "9F8E7D6C5B4A39281706F5E4D3C2B1A09F", false},
        {"", 15, "", true},
    };
    char text[200];
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        bool read = ussd_read(view_of(rows[i].said), rows[i].dcs, text, sizeof text);
        if (rows[i].read || !read)
            assert_string_equal(text, rows[i].text);
        assert_int_equal(read, rows[i].read);
    }
}

static void is_cut_at_a_whole_character(void **state)
{
    (void)state;
    char text[6];
    assert_true(ussd_read(view_of("abcd\xc3\xa9"), 15, text, sizeof text));
    assert_string_equal(text, "abcd");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_every_coding),
        cmocka_unit_test(is_cut_at_a_whole_character),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
