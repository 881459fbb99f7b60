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
                        .concat_seq = 254,
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

/* ---- each field ---- */

#define SIZE_OF(member) sizeof(((struct wire_message *)0)->member)
#define NUMBER(type, member, min, max)                                                                                 \
    {                                                                                                                  \
        type, offsetof(struct wire_message, member), SIZE_OF(member), 4, min, max                                      \
    }
#define LONG(type, member, min, max)                                                                                   \
    {                                                                                                                  \
        type, offsetof(struct wire_message, member), SIZE_OF(member), 8, min, max                                      \
    }
#define CHOICE(type, member, count)                                                                                    \
    {                                                                                                                  \
        type, offsetof(struct wire_message, member), SIZE_OF(member), 1, 0, (count)-1                                  \
    }
#define TEXT(type, member)                                                                                             \
    {                                                                                                                  \
        type, offsetof(struct wire_message, member), SIZE_OF(member), 0, 0, 0                                          \
    }

/* A number on the wire takes 4 or 8 bytes, a choice one, a text the length of it (0). */
static const struct wire_field {
    enum wire_type type;
    size_t offset, size;
    size_t bytes;
    int64_t min, max;
} wire_fields[] = {
    TEXT(WIRE_INIT, init.connection),
    TEXT(WIRE_INIT, init.device),
    TEXT(WIRE_INIT, init.model),
    TEXT(WIRE_INIT, init.pin),
    CHOICE(WIRE_INIT, init.reset, WIRE_RESET_COUNT),
    NUMBER(WIRE_INIT, init.silence_ms, 1, MS_HOUR),
    TEXT(WIRE_INIT, init.smsc),
    TEXT(WIRE_INIT, init.commands),
    CHOICE(WIRE_INIT, init.delete_sent, 2),
    CHOICE(WIRE_LIST, list.from_start, 2),
    NUMBER(WIRE_LIST, list.max, 1, MO_BATCH),
    NUMBER(WIRE_DELETE, delete.places[1].folder, INT32_MIN, INT32_MAX),
    NUMBER(WIRE_DELETE, delete.places[1].location, 0, INT32_MAX),
    LONG(WIRE_SUBMIT, submit.part_id, INT64_MIN, INT64_MAX),
    TEXT(WIRE_SUBMIT, submit.recipient),
    TEXT(WIRE_SUBMIT, submit.text),
    CHOICE(WIRE_SUBMIT, submit.unicode, 2),
    NUMBER(WIRE_SUBMIT, submit.concat_ref, -1, 65535),
    NUMBER(WIRE_SUBMIT, submit.concat_total, 2, 255), /* not below its seq */
    NUMBER(WIRE_SUBMIT, submit.concat_seq, 1, 3),     /* not above its total */
    NUMBER(WIRE_SUBMIT, submit.validity_minutes, 0, INT32_MAX),
    CHOICE(WIRE_SUBMIT, submit.want_report, 2),
    TEXT(WIRE_USSD, ussd.code),
    TEXT(WIRE_READY, ready.identity.imei),
    TEXT(WIRE_READY, ready.identity.imsi),
    TEXT(WIRE_READY, ready.identity.manufacturer),
    TEXT(WIRE_READY, ready.identity.model),
    TEXT(WIRE_READY, ready.identity.firmware),
    TEXT(WIRE_READY, ready.identity.smsc),
    NUMBER(WIRE_READY, ready.identity.sim_used, -1, INT32_MAX),
    NUMBER(WIRE_READY, ready.identity.sim_size, -1, INT32_MAX),
    CHOICE(WIRE_READY, ready.tells, 2),
    NUMBER(WIRE_READY, ready.walls, 0, WIRE_WALLS),
    CHOICE(WIRE_NETWORK, network.registered, 2),
    CHOICE(WIRE_NETWORK, network.roaming, 2),
    NUMBER(WIRE_NETWORK, network.signal_percent, -1, 100),
    TEXT(WIRE_NETWORK, network.operator_code),
    TEXT(WIRE_NETWORK, network.operator_name),
    NUMBER(WIRE_NETWORK, network.sim_used, -1, INT32_MAX),
    NUMBER(WIRE_NETWORK, network.sim_size, -1, INT32_MAX),
    CHOICE(WIRE_MO, mo.kind, MO_KIND_COUNT),
    NUMBER(WIRE_MO, mo.place.folder, INT32_MIN, INT32_MAX),
    NUMBER(WIRE_MO, mo.place.location, 0, INT32_MAX),
    TEXT(WIRE_MO, mo.sender),
    TEXT(WIRE_MO, mo.smsc),
    LONG(WIRE_MO, mo.sent_ms, 0, WIRE_TIME_END - 1),
    NUMBER(WIRE_MO, mo.concat_ref, -1, 65535),
    NUMBER(WIRE_MO, mo.concat_total, 254, 255),
    NUMBER(WIRE_MO, mo.concat_seq, 1, 255),
    TEXT(WIRE_MO, mo.text),
    TEXT(WIRE_MO, mo.raw),
    NUMBER(WIRE_REPORT, report.place.folder, INT32_MIN, INT32_MAX),
    NUMBER(WIRE_REPORT, report.place.location, 0, INT32_MAX),
    TEXT(WIRE_REPORT, report.recipient),
    NUMBER(WIRE_REPORT, report.tp_mr, 0, 255),
    NUMBER(WIRE_REPORT, report.tp_st, -1, 255),
    CHOICE(WIRE_REPORT, report.result, REPORT_FAILED + 1),
    LONG(WIRE_REPORT, report.sent_ms, 0, WIRE_TIME_END - 1),
    LONG(WIRE_REPORT, report.discharged_ms, 0, WIRE_TIME_END - 1),
    CHOICE(WIRE_LISTED, listed.more, 2),
    NUMBER(WIRE_DELETED, deleted.n_failed, 0, WIRE_DELETE_MAX),
    TEXT(WIRE_DELETED, deleted.why),
    LONG(WIRE_SUBMITTED, submitted.part_id, INT64_MIN, INT64_MAX),
    CHOICE(WIRE_SUBMITTED, submitted.result, SUBMIT_UNKNOWN + 1),
    NUMBER(WIRE_SUBMITTED, submitted.cause, -1, INT32_MAX),
    NUMBER(WIRE_SUBMITTED, submitted.tp_mr, -1, 255),
    CHOICE(WIRE_FAILED, failed.failure, WIRE_FAILURE_COUNT),
    TEXT(WIRE_FAILED, failed.why),
    TEXT(WIRE_USSD_TEXT, ussd_text.text),
    TEXT(WIRE_LOG, log.text),
};
enum { WIRE_FIELDS = sizeof wire_fields / sizeof *wire_fields };

static void set(const struct wire_field *field, struct wire_message *message, int64_t value)
{
    char *to = (char *)message + field->offset;
    if (field->bytes == 0)
        (void)snprintf(to, field->size, "%c", (char)value);
    else
        memcpy(to, &value, field->size); /* little-endian */
}

/* Where the field stands in the bytes that it leaves with a sample: at the first of them that its value changes. */
static size_t place_of(const struct wire_field *field, size_t *ret_len)
{
    struct wire_message message = sample(field->type), other = message;
    uint8_t changed[WIRE_MAX];
    set(field, &message, field->bytes == 0 ? 'A' : field->max);
    set(field, &other, field->bytes == 0 ? 'B' : field->max - 1);
    size_t at = 12;
    *ret_len = encode(&message);
    assert_int_equal(wire_encode(&other, changed), *ret_len);
    while (at < *ret_len && bytes[at] == changed[at])
        at++;
    assert_in_range(at, 12, *ret_len - 1);
    return at;
}

static void put_number(size_t at, size_t n, int64_t value)
{
    for (size_t i = 0; i < n; i++)
        bytes[at + i] = (uint8_t)((uint64_t)value >> (8 * i));
}

static void try_number(const struct wire_field *field, size_t at, size_t len, int64_t value)
{
    struct wire_message message;
    put_number(at, field->bytes, value);
    bool taken = wire_decode(bytes, len, sender_of(field->type), &message, &error) == 0;
    if (taken != (value >= field->min && value <= field->max))
        fail_msg("field %zu of a %s: %lld is %s", (size_t)(field - wire_fields), wire_type_to_string(field->type),
                 (long long)value, taken ? "taken" : "refused");
    uint8_t again[WIRE_MAX];
    assert_true(!taken || (wire_encode(&message, again) == len && memcmp(again, bytes, len) == 0));
}

static void no_number_is_out_of_range(void **state)
{
    (void)state;
    for (const struct wire_field *field = wire_fields; field < wire_fields + WIRE_FIELDS; field++) {
        const int64_t bytes_max[] = {[1] = 255, [4] = INT32_MAX, [8] = INT64_MAX};
        const int64_t bytes_min[] = {[1] = 0, [4] = INT32_MIN, [8] = INT64_MIN};
        if (field->bytes == 0)
            continue;
        int64_t least = bytes_min[field->bytes], most = bytes_max[field->bytes];
        size_t len, at = place_of(field, &len);
        const int64_t values[] = {least,
                                  most,
                                  0 > least ? -1 : 0,
                                  field->min,
                                  field->max,
                                  field->min > least ? field->min - 1 : least,
                                  field->max < most ? field->max + 1 : most};
        for (size_t i = 0; i < sizeof values / sizeof *values; i++)
            try_number(field, at, len, values[i]);
    }
}

static void no_text_is_too_long(void **state)
{
    (void)state;
    for (const struct wire_field *field = wire_fields; field < wire_fields + WIRE_FIELDS; field++) {
        struct wire_message message = sample(field->type), received;
        if (field->bytes != 0)
            continue;
        size_t unused, at = place_of(field, &unused) - 2; /* the length stands before the only letter */
        memset((char *)&message + field->offset, 'A', field->size - 1);
        size_t len = encode(&message);
        assert_int_equal(wire_decode(bytes, len, sender_of(field->type), &received, &error), 0);
        assert_memory_equal((char *)&received + field->offset, (char *)&message + field->offset, field->size);
        assert_int_equal(bytes[at] | bytes[at + 1] << 8, field->size - 1);
        static const uint16_t lengths[] = {0xffff, 0x8000, WIRE_MAX};
        for (size_t i = 0; i < 3; i++) {
            put_number(at, 2, lengths[i]);
            assert_refused(len, sender_of(field->type), "cut off");
        }
        memmove(bytes + at + 2 + field->size, bytes + at + 1 + field->size, len - at - 1 - field->size);
        bytes[at + 1 + field->size] = 'A';
        put_number(at, 2, (int64_t)field->size);
        put_number(8, 4, (int64_t)len + 1 - 12);
        assert_refused(len + 1, sender_of(field->type), "too long");
    }
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
        cmocka_unit_test(no_number_is_out_of_range),   cmocka_unit_test(no_text_is_too_long),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
