/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A catalogue is read as msgfmt makes it, and refused where any byte of its tables is out of place. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
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

static int open_bytes(const void *bytes, size_t len)
{
    char path[] = "/tmp/kabar-mo-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, bytes, len), len);
    close(fd);
    int r = translate_open(path);
    unlink(path);
    return r;
}

static void texts_are_found(void **state)
{
    (void)state;
    struct mo mo = sound();
    struct error error;
    assert_int_equal(open_bytes(&mo, sizeof mo), 0);
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
    assert_int_equal(translate_open(NULL), 0);
    assert_string_equal(_("box"), "box");
}

static void no_catalogue_leaves_english(void **state)
{
    (void)state;
    assert_int_equal(translate_open("/nonexistent/kabar.mo"), -ENOENT);
    assert_string_equal(_("box"), "box");
    assert_true(translate_open("/") < 0);
    assert_string_equal(_("box"), "box");
}

static void a_damaged_one_is_refused(void **state)
{
    (void)state;
    struct mo mo = sound();
    size_t used = offsetof(struct mo, texts) + 53;
    assert_int_equal(open_bytes(&mo, used), 0);
    for (size_t len = 0; len < used; len++)
        assert_true(open_bytes(&mo, len) < 0);
    static const uint32_t wild[] = {UINT32_MAX, UINT32_MAX - 3, 0x80000000, sizeof(struct mo), sizeof(struct mo) + 1};
    /* magic, number and tables, then length and place of each text */
    static const size_t words[] = {0, 2, 3, 4, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        for (size_t j = 0; j < sizeof wild / sizeof *wild; j++) {
            mo = sound();
            memcpy((char *)&mo + words[i] * sizeof(uint32_t), &wild[j], sizeof wild[j]);
            assert_true(open_bytes(&mo, sizeof mo) < 0);
        }
    }
    assert_string_equal(_("box"), "box");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_are_found),
        cmocka_unit_test(no_catalogue_leaves_english),
        cmocka_unit_test(a_damaged_one_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
