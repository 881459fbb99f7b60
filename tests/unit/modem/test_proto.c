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
    return type <= WIRE_USSD ? WIRE_PARENT : WIRE_WORKER;
}

static void assert_refused(size_t len, enum wire_side from, const char *words)
{
    struct wire_message message;
    error.text[0] = '\0';
    assert_int_equal(wire_decode(bytes, len, from, &message, &error), -EPROTO);
    assert_non_null(strstr(error.text, words));
}

/* A message of each type that holds something in every field. */
static struct wire_message sample(enum wire_type type)
{
    struct wire_message m = {.type = type, .id = 0x01020304};
    switch (type) {
    case WIRE_INIT:
        m.init = (struct wire_init){"at115200", "/dev/ttyUSB0", "dummy", "1234", WIRE_RESET_HARD};
        break;
    case WIRE_LIST:
        m.list.from_start = true;
        m.list.max = MO_BATCH;
        break;
    case WIRE_DELETE:
        m.delete.n = 2;
        m.delete.places[0] = (struct mo_place){0, 100007};
        m.delete.places[1] = (struct mo_place){-5, 1};
        break;
    case WIRE_SUBMIT:
        m.submit = (struct mt_submit){INT64_C(-77), "+6281230000001", "Terima kasih €", true, 255, 3, 2, 1440, true};
        break;
    case WIRE_USSD:
        (void)snprintf(m.ussd.code, sizeof m.ussd.code, "*888#");
        break;
    case WIRE_READY:
        m.ready.identity = (struct modem_identity){"350000000000017", "510100000000017", "Huawei", "E173", "11.126"};
        (void)snprintf(m.ready.smsc, sizeof m.ready.smsc, "+628123000");
        m.ready.tells = true;
        break;
    case WIRE_NETWORK:
        m.network = (struct modem_network){true, true, 100, "510 10", "TSEL"};
        break;
    case WIRE_MO:
        m.mo = (struct mo_part){.kind = MO_TEXT,
                                .place = {0, 3},
                                .sender = "TELKOMSEL",
                                .smsc = "+628123000",
                                .sent_ms = INT64_C(1793494800000),
                                .concat_ref = 65535,
                                .concat_total = 255,
                                .concat_seq = 255,
                                .text = "IBU HAMIL 12",
                                .raw = "00FF"};
        break;
    case WIRE_REPORT:
        m.report = (struct mt_report){{0, 4}, "+6281230000001", 255, 70, REPORT_FAILED, 1000, 2000};
        break;
    case WIRE_LISTED:
        m.listed.more = true;
        break;
    case WIRE_DELETED:
        m.deleted.n_failed = 16;
        (void)snprintf(m.deleted.why, sizeof m.deleted.why, "no");
        break;
    case WIRE_SUBMITTED:
        m.submitted.part_id = 4711;
        m.submitted.result = SUBMIT_UNKNOWN;
        m.submitted.cause = 70000;
        m.submitted.tp_mr = 255;
        break;
    case WIRE_FAILED:
        m.failed.failure = WIRE_FAILURE_PIN;
        (void)snprintf(m.failed.why, sizeof m.failed.why, "why");
        break;
    case WIRE_USSD_TEXT:
        (void)snprintf(m.ussd_text.text, sizeof m.ussd_text.text, "Sisa pulsa");
        break;
    case WIRE_LOG:
        (void)snprintf(m.log.text, sizeof m.log.text, "a line");
        break;
    case WIRE_STATUS:
    case WIRE_DIALLED:
    case WIRE_NEW:
    case WIRE_TYPE_COUNT:
        break;
    }
    return m;
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
            assert_refused(shorter, from, shorter < 12 ? "no whole header" : "does not fit");
        assert_refused(len + 1, from, "does not fit");
        assert_refused(len, from == WIRE_PARENT ? WIRE_WORKER : WIRE_PARENT, "was not expected");
        bytes[8]++;
        bytes[len] = 0;
        assert_refused(len + 1, from, "trail");
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
    assert_refused(len, WIRE_PARENT, "type 18");
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
