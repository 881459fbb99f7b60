/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "modem/udh.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "modem/port.h"

struct row {
    const char *bytes; /* hexadecimal */
    struct udh expected;
};

static const struct row rows[] = {
    {"", {-1, 1, 1, -1}},
    {"00", {-1, 1, 1, -1}},
    {"0500032C0201", {0x2c, 2, 1, -1}},
    {"060804012C0303", {0x12c, 3, 3, -1}},
    {"0605040B8423F0", {-1, 1, 1, UDH_PORT_WAP_PUSH}},
    {"0404020F00", {-1, 1, 1, 0x0f}},
    {"0B05040B8423F000030A0201", {10, 2, 1, UDH_PORT_WAP_PUSH}}, /* two elements */
    {"0A2403010101000307FF01", {7, 255, 1, -1}},                 /* after one that is not known */
    {"0500032C0203", {-1, 1, 1, -1}},                            /* part 3 of 2 */
    {"0500032C0200", {-1, 1, 1, -1}},                            /* part 0 */
    {"0500032C0000", {-1, 1, 1, -1}},                            /* of none */
    {"0500042C0201", {-1, 1, 1, -1}},                            /* an element longer than the header */
    {"0500032C02", {-1, 1, 1, -1}},                              /* cut off */
    {"FF00032C0201", {0x2c, 2, 1, -1}},                          /* a length beyond what there is */
    {"05000305", {-1, 1, 1, -1}},
    {"0100", {-1, 1, 1, -1}},
};

static size_t bytes_of(const char *text, uint8_t *ret_bytes)
{
    size_t n = 0;
    for (; text[0] && text[1]; text += 2, n++) {
        static const char digits[] = "0123456789ABCDEF";
        ret_bytes[n] = (uint8_t)((strchr(digits, text[0]) - digits) * 16 + (strchr(digits, text[1]) - digits));
    }
    return n;
}

static void headers_are_read(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        uint8_t bytes[32];
        struct udh udh = udh_read(bytes, bytes_of(rows[i].bytes, bytes));
        assert_int_equal(udh.concat_ref, rows[i].expected.concat_ref);
        assert_int_equal(udh.concat_total, rows[i].expected.concat_total);
        assert_int_equal(udh.concat_seq, rows[i].expected.concat_seq);
        assert_int_equal(udh.port, rows[i].expected.port);
    }
}

static void header_of_a_part_is_written(void **state)
{
    (void)state;
    uint8_t bytes[UDH_CONCAT_BYTES];
    udh_write_concat(200, 3, 2, bytes);
    assert_memory_equal(bytes, "\x05\x00\x03\xc8\x03\x02", 6);
    struct udh udh = udh_read(bytes, sizeof bytes);
    assert_int_equal(udh.concat_ref, 200);
    assert_int_equal(udh.concat_seq, 2);
}

static void words_of_the_port(void **state)
{
    (void)state;
    for (int i = 0; i <= MODEM_BACKOFF; i++)
        assert_string_not_equal(modem_state_to_string((enum modem_state)i), "?");
    for (int i = 0; i < MO_KIND_COUNT; i++)
        assert_string_not_equal(mo_kind_to_string((enum mo_kind)i), "?");
    for (int i = 0; i <= SUBMIT_UNKNOWN; i++)
        assert_string_not_equal(submit_result_to_string((enum submit_result)i), "?");
    assert_string_equal(modem_state_to_string(MODEM_STOPPED), "stopped");
    assert_string_equal(submit_result_to_string(SUBMIT_NO_NETWORK), "no-network");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(headers_are_read),
        cmocka_unit_test(header_of_a_part_is_written),
        cmocka_unit_test(words_of_the_port),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
