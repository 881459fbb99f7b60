/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One setting changes in a text, and nothing beside it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "settings/conf_edit.h"

static void one_setting_changes(void **state)
{
    (void)state;
    static const struct {
        const char *text, *group, *name, *value, *expected;
        size_t member;
    } cases[] = {
        {"box = { id = \"a\"; timezone = \"b\"; };", "box", "timezone", "c", "box = { id = \"a\"; timezone = \"c\"; };",
         0},
        {"box : { id : \"a\" \"b\", }", "box", "id", "c", "box : { id : \"c\", }", 0},
        {"# box = { id = \"x\" }\nbox = {\n  // id = \"y\";\n  id = \"a\"; # here\n};", "box", "id", "c",
         "# box = { id = \"x\" }\nbox = {\n  // id = \"y\";\n  id = \"c\"; # here\n};", 0},
        {"note = \"box = { id = 1 }\"; /* box = { */ box = { id=\"a\" };", "box", "id", "c",
         "note = \"box = { id = 1 }\"; /* box = { */ box = { id=\"c\" };", 0},
        {"modems = ( { name = \"s\"; device = \"/dev/a\"; }, { device = \"/dev/b\"; } );", "modems", "device", "/dev/c",
         "modems = ( { name = \"s\"; device = \"/dev/c\"; }, { device = \"/dev/b\"; } );", 0},
        {"modems = ( { name = \"s\"; }, { pin = \"1\"; } );", "modems", "pin", "1234",
         "modems = ( { pin = \"1234\"; name = \"s\"; }, { pin = \"1\"; } );", 0},
        {"a = ( { id = \"n\" }, 1 ); sets = [ \"x\", \"y\" ]; box = { deep = { id = \"n\"; }; n = 1; id = \"a\"; };",
         "box", "id", "c",
         "a = ( { id = \"n\" }, 1 ); sets = [ \"x\", \"y\" ]; box = { deep = { id = \"n\"; }; n = 1; id = \"c\"; };",
         0},
        {"box = { id = \"a\\\"}\"; };", "box", "id", "c", "box = { id = \"c\"; };", 0},
        {"modems = ( { a = ( { n = 1; } ); }, /* { */ { name = \"}\"; pin = \"1\"; } );", "modems", "pin", "2",
         "modems = ( { a = ( { n = 1; } ); }, /* { */ { name = \"}\"; pin = \"2\"; } );", 1},
        {"modems = ( { name = \"s\"; }, { name = \"t\"; } );", "modems", "pin", "2", NULL, 2},
        {"box = { id = \"a\"; }; more = { id = \"b\"; };", "box", "id", "c", NULL, 1},
        {"", "box", "id", "c", NULL, 0},
        {"box = 1;", "box", "id", "c", NULL, 0},
        {"modems = ( );", "modems", "pin", "c", NULL, 0},
        {"box = { id = \"a", "box", "id", "c", "box = { id = \"c\"", 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buf text;
        struct error error;
        const struct conf_change change = {cases[i].group, cases[i].member, cases[i].name, cases[i].value};
        buf_init(&text, 4096);
        int result = conf_edit(view_of(cases[i].text), &change, &text, &error);
        assert_int_equal(result == 0, cases[i].expected != NULL);
        if (result == 0)
            assert_string_equal(text.text, cases[i].expected);
        buf_deinit(&text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(one_setting_changes)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
