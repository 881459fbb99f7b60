/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "modem/proto.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static uint8_t bytes[WIRE_MAX];
static struct error error;

static size_t encode(const struct wire_message *message)
{
    memset(bytes, 0xee, sizeof bytes);
    return wire_encode(message, bytes);
}

static enum wire_side sender_of(enum wire_type type)
{
    return type <= WIRE_GO ? WIRE_PARENT : WIRE_WORKER;
}

static void assert_refused(size_t len, enum wire_side from, const char *words)
{
    struct wire_message message;
    error.text[0] = '\0';
    assert_int_equal(wire_decode(bytes, len, from, &message, &error), -EPROTO);
    assert_non_null(strstr(error.text, words));
}

/* One of each type, with something in every field. */
static const struct wire_message samples[WIRE_TYPE_COUNT] = {
    [WIRE_INIT] = {.init = {"at115200", "/dev/ttyUSB0", "dummy", "1234", WIRE_RESET_HARD, 30000, "+628123000",
                            "AT\nATZ\n", true}},
    [WIRE_STATUS] = {.id = 0},
    [WIRE_LIST] = {.list = {true, MO_BATCH}},
    [WIRE_DELETE] = {.delete = {2, {{0, 100007}, {-5, 1}}}},
    [WIRE_SUBMIT] = {.submit = {INT64_C(-77), "+6281230000001", "Terima kasih €", true, 255, 3, 2, 1440, true}},
    [WIRE_USSD] = {.ussd = {"*888#"}},
    [WIRE_GO] = {.id = 0},
    [WIRE_READY] = {.ready = {{"350000000000017", "510100000000017", "Huawei", "E173", "11.126", "+628123000", 3, 30},
                              true}},
    [WIRE_NETWORK] = {.network = {true, true, 100, "510 10", "TSEL", 3, 30}},
    [WIRE_MO] = {.mo = {.kind = MO_TEXT,
                        .place = {0, 3},
                        .sender = "TELKOMSEL",
                        .smsc = "+628123000",
                        .sent_ms = INT64_C(1793494800000),
                        .concat_ref = 65535,
                        .concat_total = 255,
                        .concat_seq = 255,
                        .text = "IBU HAMIL 12",
                        .raw = "00FF"}},
    [WIRE_REPORT] = {.report = {{0, 4}, "+6281230000001", 255, 70, REPORT_FAILED, 1000, 2000}},
    [WIRE_LISTED] = {.listed = {true}},
    [WIRE_DELETED] = {.deleted = {16, "no"}},
    [WIRE_LEAVING] = {.id = 0},
    [WIRE_SUBMITTED] = {.submitted = {4711, SUBMIT_UNKNOWN, 70000, 255}},
    [WIRE_FAILED] = {.failed = {WIRE_FAILURE_PIN, "why"}},
    [WIRE_USSD_TEXT] = {.ussd_text = {"Sisa pulsa"}},
    [WIRE_LOG] = {.log = {"a line"}},
    [WIRE_ALIVE] = {.id = 0},
};

static struct wire_message sample(enum wire_type type)
{
    struct wire_message message = samples[type];
    message.type = type;
    message.id = 0x01020304;
    return message;
}

static void every_type_survives_the_way(void **state)
{
    (void)state;
    for (int type = 0; type < WIRE_TYPE_COUNT; type++) {
        struct wire_message sent = sample((enum wire_type)type), received;
        size_t len = encode(&sent);
        assert_int_equal(wire_decode(bytes, len, sender_of(sent.type), &received, &error), 0);
        assert_int_equal(received.type, type);
        assert_int_equal(received.id, sent.id);
        uint8_t again[WIRE_MAX];
        assert_int_equal(wire_encode(&received, again), len);
        assert_memory_equal(again, bytes, len);
        assert_string_not_equal(wire_type_to_string(sent.type), "?");
    }
    struct wire_message mo = sample(WIRE_MO), received;
    size_t len = encode(&mo);
    assert_int_equal(wire_decode(bytes, len, WIRE_WORKER, &received, &error), 0);
    assert_memory_equal(&received.mo, &mo.mo, sizeof mo.mo);
}

/* Each byte too few and one too many, of each type; and from the wrong side. */
static void lengths_and_sides_are_checked(void **state)
{
    (void)state;
    for (int type = 0; type < WIRE_TYPE_COUNT; type++) {
        struct wire_message sent = sample((enum wire_type)type);
        size_t len = encode(&sent);
        enum wire_side from = sender_of(sent.type);
        for (size_t shorter = 0; shorter < len; shorter++)
            assert_refused(shorter, from, shorter < 12 ? "no complete header" : "does not fit");
        assert_refused(len + 1, from, "does not fit");
        assert_refused(len, from == WIRE_PARENT ? WIRE_WORKER : WIRE_PARENT, "was not expected");
        bytes[8]++;
        bytes[len] = 0;
        assert_refused(len + 1, from, "after the body");
        if (len > 12) {
            encode(&sent);
            bytes[8]--;
            assert_refused(len - 1, from, "a ");
        }
    }
}

static void headers_are_checked(void **state)
{
    (void)state;
    struct wire_message status = {.type = WIRE_STATUS, .id = 1};
    size_t len = encode(&status);
    bytes[0] = WIRE_VERSION + 1;
    assert_refused(len, WIRE_PARENT, "version 2");
    encode(&status);
    bytes[1] = WIRE_TYPE_COUNT;
    assert_refused(len, WIRE_PARENT, "type 21");
    encode(&status);
    bytes[2] = 1;
    assert_refused(len, WIRE_PARENT, "header");
}

static void ranges_are_checked(void **state)
{
    (void)state;
    struct wire_message list = {.type = WIRE_LIST, .id = 1, .list = {true, 1}};
    size_t len = encode(&list);
    bytes[12] = 2;
    assert_refused(len, WIRE_PARENT, "choice");
    encode(&list);
    bytes[13] = 0;
    assert_refused(len, WIRE_PARENT, "number");
    bytes[13] = MO_BATCH + 1;
    assert_refused(len, WIRE_PARENT, "number");
    struct wire_message mo = sample(WIRE_MO);
    len = encode(&mo);
    bytes[12] = MO_KIND_COUNT;
    assert_refused(len, WIRE_WORKER, "choice");
    encode(&mo);
    bytes[len - 1] = 'x';
    assert_refused(len, WIRE_WORKER, "hexadecimal");
}

static void texts_are_checked(void **state)
{
    (void)state;
    struct wire_message line = {.type = WIRE_LOG, .log = {"abc"}};
    size_t len = encode(&line);
    bytes[15] = 0xff;
    assert_refused(len, WIRE_WORKER, "UTF-8");
    bytes[15] = 0;
    assert_refused(len, WIRE_WORKER, "UTF-8");
    memset(bytes + 12, 'a', WIRE_TEXT_MAX + 2);
    bytes[8] = (WIRE_TEXT_MAX + 2) % 256;
    bytes[9] = (WIRE_TEXT_MAX + 2) / 256;
    bytes[12] = WIRE_TEXT_MAX % 256;
    bytes[13] = WIRE_TEXT_MAX / 256;
    assert_refused(12 + 2 + WIRE_TEXT_MAX, WIRE_WORKER, "too long");
}

/* Whatever libGammu makes of a message, it can be sent: invalid bytes become U+FFFD, too much is cut at a character. */
static void texts_are_mended_before_they_go(void **state)
{
    (void)state;
    struct wire_message sent = {.type = WIRE_LOG}, received;
    memcpy(sent.log.text, "a\xff\xed\xa0\x80z", 7);
    size_t len = encode(&sent);
    assert_int_equal(wire_decode(bytes, len, WIRE_WORKER, &received, &error), 0);
    assert_string_equal(received.log.text, "a\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbdz");
    memset(sent.log.text, 0xff, sizeof sent.log.text);
    len = encode(&sent);
    assert_int_equal(wire_decode(bytes, len, WIRE_WORKER, &received, &error), 0);
    assert_int_equal(strlen(received.log.text), (WIRE_TEXT_MAX - 1) / 3 * 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_type_survives_the_way), cmocka_unit_test(lengths_and_sides_are_checked),
        cmocka_unit_test(headers_are_checked),         cmocka_unit_test(ranges_are_checked),
        cmocka_unit_test(texts_are_checked),           cmocka_unit_test(texts_are_mended_before_they_go),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
