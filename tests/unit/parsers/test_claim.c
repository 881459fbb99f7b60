/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a stranger may write to take over his old number, and what is no such request. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "parsers/claim.h"

static const char *const words[] = {"ganti nomor", "ganti no", "nomor baru"};
static const struct lang lang = {.change_number = {words, 3, 1}};

#define OLD "+6281230000001"

static void table(void **state)
{
    (void)state;
    static const struct {
        const char *text, *old;
    } cases[] = {
        {"GANTI NOMOR 081230000001", OLD},
        {"ganti nomor: 0812-3000-0001", OLD},
        {"Ganti\nNomor +62 812 3000 0001 Siti", OLD},
        {"ganti-nomor dari (0812) 3000.0001", OLD},
        {"ganti no. hp lama 6281230000001, terima kasih", OLD},
        {"  \"Nomor baru\" kpm Suboh, lama 081230000001", OLD},
        {"ganti nomor 081230000001, 081230000001", OLD},
        {"ganti nomor081230000001", OLD},
        {"ganti nomor 081230000001 ke 081230000002", NULL},
        {"ganti nomor", NULL},
        {"ganti nomor 0812", NULL},
        {"ganti nomor +14155550100", NULL},
        {"gantinomor 081230000001", NULL},
        {"ganti nomornya 081230000001", NULL},
        {"saya ganti nomor 081230000001", NULL},
        {"bumil 12 k4 3", NULL},
        {"081230000001", NULL},
        {"", NULL},
        {"\xff\xfe ganti nomor \x80", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char old[MSISDN_MAX] = "untouched";
        bool claims = claim_read(&lang, view_of(cases[i].text), old);
        if (claims != (cases[i].old != NULL))
            fail_msg("\"%s\" %s", cases[i].text, claims ? "is taken for a claim" : "is no claim");
        assert_string_equal(old, claims ? cases[i].old : "untouched");
        assert_true(!claims || claim_asks(&lang, view_of(cases[i].text)));
    }
}

static void long_texts_are_none(void **state)
{
    (void)state;
    char text[1000], old[MSISDN_MAX];
    memset(text, ' ', sizeof text);
    assert_true(claim_asks(&lang, view_of("Ganti nomor?")));
    assert_false(claim_asks(&lang, view_of("ganti nomor antrean")));
    assert_false(claim_asks(&lang, view_of("ganti nomor 3")));
    memcpy(text, "ganti nomor 081230000001", 24);
    assert_true(claim_read(&lang, (struct view){text, 320}, old));
    assert_false(claim_read(&lang, (struct view){text, 321}, old));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(table), cmocka_unit_test(long_texts_are_none)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
