/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "parsers/balance.h"

#define NONE INT64_MIN

static void a_carrier_s_answer_is_read(void **state)
{
    (void)state;
    static const struct {
        const char *text, *word;
        int64_t amount; /* NONE: it can't be read */
    } table[] = {
        {"Sisa pulsa Anda Rp. 12.345,00 s.d. 01/12/2026", "Rp", 12345},
        {"Pulsa Rp5000. Aktif sd 01-12-26", "rp", 5000},
        {"Saldo: 1,234,567.50", "saldo", 1234567},
        {"PULSA UTAMA = 700", "pulsa utama", 700},
        {"Rp 12.34", "Rp", 12},
        {"Rp 0", "Rp", 0},
        {"Rp", "Rp", NONE},
        {"Rp habis, isi Rp 5000", "Rp", NONE},
        {"Sisa 5000", "Rp", NONE},
        {"Rp 1234567890123456", "Rp", NONE},
        {"Perpanjang masa aktif. Sisa pulsa Rp 700", "Rp", 700},
        {"Korporat: Rp1.500", "rp", 1500},
        {"Sisa pulsa Rp-1.250", "Rp", -1250},
        {"Sisa pulsa -Rp 1.250", "Rp", -1250},
        {"Tarif SMS Rp200. Sisa pulsa Rp 12.345", "Rp", NONE},
        {"Tarif SMS Rp200. Sisa pulsa Rp 12.345", "pulsa Rp", 12345},
        {"Pulsa Rp 500 (Rp 500 utama)", "Rp", 500},
        {"Perpanjang", "Rp", NONE},
        {"", "Rp", NONE},
        {"Rp 5000", "", NONE},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        int64_t amount = NONE;
        bool read = balance_read(view_of(table[i].text), view_of(table[i].word), &amount);
        if (read != (table[i].amount != NONE) || amount != table[i].amount)
            fail_msg("%s: %lld", table[i].text, (long long)amount);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_carrier_s_answer_is_read)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
