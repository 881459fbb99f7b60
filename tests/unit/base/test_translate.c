/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Texts are found in a catalogue, under no locale of a language, and stay as they are without one. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/translate.h"

enum { WORDS = 7, ENTRIES = 3 };

/* The header, two tables and the texts of three entries: "", "box", "one file\0%d files". */
struct mo {
    uint32_t header[WORDS];
    uint32_t from[ENTRIES][2], to[ENTRIES][2];
    char texts[80];
};

static const char *const texts[] = {"", "box", "one file\0%d files", "Language: id\n", "kotak", "%d berkas"};
static const uint32_t lens[] = {0, 3, 17, 13, 5, 9};

static struct mo sound(void)
{
    struct mo mo = {.header = {0x950412de, 0, ENTRIES, offsetof(struct mo, from), offsetof(struct mo, to), 0, 0}};
    uint32_t at = 0;
    for (size_t i = 0; i < 2 * (size_t)ENTRIES; i++) {
        uint32_t *entry = i < ENTRIES ? mo.from[i] : mo.to[i - ENTRIES];
        entry[0] = lens[i];
        entry[1] = (uint32_t)offsetof(struct mo, texts) + at;
        memcpy(mo.texts + at, texts[i], lens[i]);
        at += lens[i] + 1;
    }
    return mo;
}

static void write_file(const char *path, const void *bytes, size_t len)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_true(fwrite(bytes, 1, len, file) == len && fclose(file) == 0);
}

static void texts_are_found(void **state)
{
    (void)state;
    struct mo mo = sound();
    struct error error;
    static const char *const parts[] = {"id", "id/LC_MESSAGES", "id/LC_MESSAGES/kabar.mo"};
    char folder[] = "/tmp/kabar-mo-XXXXXX", paths[3][64];
    assert_non_null(mkdtemp(folder));
    for (int i = 0; i < 3; i++) {
        (void)snprintf(paths[i], sizeof paths[i], "%s/%s", folder, parts[i]);
        assert_true(i == 2 || mkdir(paths[i], 0700) == 0);
    }
    write_file(paths[2], &mo, sizeof mo);
    translate_open(folder, "id");
    assert_string_equal(_("box"), "kotak");
    assert_string_equal(_("modem"), "modem");
    assert_string_equal(_(""), ""); /* not the header of the catalogue */
    assert_string_equal(translate_n("one file", "%d files", 1), "%d berkas");
    assert_string_equal(translate_n("one file", "%d files", 2), "%d berkas");
    assert_string_equal(translate_n("one box", "%d boxes", 1), "one box");
    assert_string_equal(translate_n("one box", "%d boxes", 0), "%d boxes");
    assert_int_equal(error_set(&error, -EINVAL, "box"), -EINVAL);
    assert_string_equal(error.text, "kotak");
    error_prefix(&error, "box");
    assert_string_equal(error.text, "kotak: kotak");
    translate_open(NULL, NULL);
    assert_string_equal(_("box"), "box");
    for (int i = 2; i >= 0; i--)
        assert_int_equal(remove(paths[i]), 0);
    assert_int_equal(rmdir(folder), 0);
}

static void no_catalogue_leaves_english(void **state)
{
    (void)state;
    translate_open("/nonexistent", "id");
    assert_string_equal(_("box"), "box");
    assert_string_equal(translate_n("one box", "%d boxes", 0), "%d boxes");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_are_found),
        cmocka_unit_test(no_catalogue_leaves_english),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
