/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "modem/pdu.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define SMSC    "0891261832009099F9"
#define DELIVER "040C912618320000100000" /* SMS-DELIVER, an address of 12 digits, TP-PID, 7-bit */
#define UDHI    "440C912618320000100000"
#define EIGHT   "040C912618320000100004"
#define UCS2    "040C912618320000100008"
#define TIME    "62111008000082"

static void sound_ones(void **state)
{
    (void)state;
    static const char *const rows[] = {
        "",
        "no hexadecimal",
        "0",
        "00",
        SMSC DELIVER TIME "05C8329BFD06",
        SMSC DELIVER TIME "A0" /* 160 septets, cut off: libGammu sees that */,
        SMSC EIGHT TIME "8C",
        SMSC UCS2 TIME "044F604F60",
        SMSC UDHI TIME "0A050003010201C8329B",
        SMSC "0614" /* a status report */ "0C91261832000010" TIME TIME "00",
        SMSC "0614"
             "0C91261832000010" TIME TIME "00FFFFFF",
        SMSC "0614"
             "0C91261832000010" TIME TIME "000705C8329BFD06",
        "00" DELIVER TIME "05C8329BFD06",
        SMSC "1100" /* SMS-SUBMIT */ "0C91261832000010"
             "0000"
             "AA"
             "05C8329BFD06",
        SMSC "04148126183200001000000000"
             "0000" TIME "00", /* an address of 20 digits */
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (!pdu_is_sound(rows[i]))
            fail_msg("%s is sound", rows[i]);
}

static void ones_that_overrun(void **state)
{
    (void)state;
    static const char *const rows[] = {
        SMSC "0614"
             "0C91261832000010" TIME TIME "0004A1", /* a report with a text */
        SMSC "0614"
             "0C91261832000010" TIME TIME "000700048D",
        SMSC DELIVER TIME "A1", /* 161 septets */
        SMSC DELIVER TIME "FF",
        SMSC EIGHT TIME "8D", /* 141 octets */
        SMSC UCS2 TIME "FF",
        SMSC UDHI TIME "15FF414141", /* a header longer than the message */
        SMSC UDHI TIME "05030141",
        SMSC UDHI TIME "05",                                        /* a header that is not there */
        SMSC "04158126183200001000000000000000" TIME "00",          /* an address of 21 digits */
        "0C91261832009099F90000000000" DELIVER TIME "05C8329BFD06", /* an SMSC of 12 octets */
        "FF",
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (pdu_is_sound(rows[i]))
            fail_msg("%s is not sound", rows[i]);
}

/* A message that ends before its text: at every digit before it, and not after it. */
static void ones_that_are_cut(void **state)
{
    (void)state;
    static const char whole[] = SMSC DELIVER TIME "05C8329BFD06";
    static const size_t begins = sizeof SMSC DELIVER TIME "05" - 1;
    static const size_t typed = sizeof SMSC "04" - 1; /* before that nothing says what it is */
    for (size_t len = typed; len < sizeof whole; len += 2) {
        char text[sizeof whole];
        memcpy(text, whole, len);
        text[len] = '\0';
        if (pdu_is_cut(text) != (len < begins))
            fail_msg("%s: %d", text, !(len < begins));
    }
    assert_false(pdu_is_cut(""));
    assert_false(pdu_is_cut("no hexadecimal"));
    assert_false(pdu_is_cut(SMSC "0614")); /* a status report */
}

/* Each data coding scheme has the limit of its alphabet. */
static void limits_go_by_the_alphabet(void **state)
{
    (void)state;
    static const struct {
        const char *dcs;
        unsigned limit;
    } rows[] = {
        {"00", 160}, {"04", 140}, {"08", 140}, {"0C", 160}, {"10", 160}, {"15", 140},
        {"40", 160}, {"C8", 160}, {"D0", 160}, {"E0", 140}, {"F0", 160}, {"F5", 140},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        for (unsigned length = 0; length < 256; length++) {
            char text[128];
            (void)snprintf(text, sizeof text, SMSC "040C9126183200001000%s" TIME "%02X", rows[i].dcs, length);
            assert_int_equal(pdu_is_sound(text), length <= rows[i].limit);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sound_ones),
        cmocka_unit_test(ones_that_overrun),
        cmocka_unit_test(ones_that_are_cut),
        cmocka_unit_test(limits_go_by_the_alphabet),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
