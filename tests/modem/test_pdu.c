/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The simulator's codec against PDUs worked out by hand from TS 23.040 and TS 23.038 6.1.2.1. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include <errno.h>

#include "at_modem_pdu.h"
#include "base/clock.h"

static struct sms_body body_of(enum sms_alphabet alphabet, const char *text)
{
    struct sms_body body = sms_body_empty();
    body.alphabet = alphabet;
    body.len = strlen(text);
    memcpy(body.text, text, body.len + 1);
    return body;
}

static struct sms_body body_part(enum sms_alphabet alphabet, const char *text, int ref, bool ref16, int total, int seq)
{
    struct sms_body body = body_of(alphabet, text);
    body.ref = ref;
    body.ref16 = ref16;
    body.total = total;
    body.seq = seq;
    return body;
}

static void deliver_check(const char *from, const char *at, int quarters, const struct sms_body *body, const char *want)
{
    struct sms_deliver deliver = {.zone_quarters = quarters, .body = *body};
    struct pdu pdu;
    char hex[2 * PDU_MAX + 1];
    (void)snprintf(deliver.from, sizeof deliver.from, "%s", from);
    assert_int_equal(time_parse(at, &deliver.sent_ms), 0);
    assert_int_equal(pdu_of_deliver(&deliver, &pdu), 0);
    hex_of_octets(pdu.octets, pdu.len, hex);
    assert_string_equal(hex, want);
}

static void test_deliver(void **state)
{
    (void)state;
    struct sms_body body = body_of(SMS_GSM7, "hellohello");
    deliver_check("+27838890001", "1999-03-29T15:16:59+02:00", 8, &body,
                  "040B917238880900F10000993092516195800AE8329BFD4697D9EC37");
    body = body_of(SMS_GSM7, "\u20ac");
    deliver_check("8888", "2026-01-02T03:04:05Z", -14, &body, "0404818888000062101032435049029B32");
}

static void test_deliver_headers(void **state)
{
    (void)state;
    struct sms_body body = body_part(SMS_GSM7, "ABC", 0xcc, false, 2, 1);
    deliver_check("+6281230000001", "2026-10-14T09:08:07+07:00", 28, &body,
                  "440D91261832000000F10000620141908070820A050003CC020182C221");
    body = body_part(SMS_UCS2, "H\u00e9\U0001f44d", 0x1234, true, 3, 2);
    deliver_check("+6281230000001", "2026-10-14T09:08:07+07:00", 28, &body,
                  "440D91261832000000F10008620141908070820F06080412340302004800E9D83DDC4D");
    body = body_of(SMS_8BIT, "\x01\x02\x03");
    body.port = 2948;
    deliver_check("+6281230000001", "2026-10-14T09:08:07+07:00", 28, &body,
                  "440D91261832000000F10004620141908070820A0605040B840000010203");
    body = body_of(SMS_GSM7, "A");
    body.message_class = 0;
    deliver_check("+6281230000001", "2026-10-14T09:08:07+07:00", 28, &body,
                  "040D91261832000000F10010620141908070820141");
}

static void test_letters(void **state)
{
    (void)state;
    struct sms_body body = body_of(SMS_GSM7, "A");
    deliver_check("TELKOMSEL", "2026-10-14T09:08:07+07:00", 28, &body, "0410D0D42273F96C4E8B4C0000620141908070820141");
}

static void test_report(void **state)
{
    (void)state;
    struct sms_report report = {.to = "+6281230000001", .tp_mr = 0x2a, .tp_st = 0x46, .zone_quarters = 28};
    struct pdu pdu;
    char hex[2 * PDU_MAX + 1];
    assert_int_equal(time_parse("2026-10-14T09:08:07+07:00", &report.sent_ms), 0);
    report.discharged_ms = report.sent_ms + 1000;
    assert_int_equal(pdu_of_report(&report, &pdu), 0);
    hex_of_octets(pdu.octets, pdu.len, hex);
    assert_string_equal(hex, "062A0D91261832000000F1620141908070826201419080808246");
}

static const struct {
    const char *hex, *to, *text;
    enum sms_alphabet alphabet;
    int tp_mr, ref, total, seq;
    bool want_report;
} submits[] = {
    {"11000B916407281553F80000AA0AE8329BFD4697D9EC37", "+46708251358", "hellohello", SMS_GSM7, 0, -1, 1, 1, false},
    {"71050D91261832000000F10000FF0A050003CC020182C221", "+6281230000001", "ABC", SMS_GSM7, 5, 0xcc, 2, 1, true},
    {"2107048188880000029B32", "8888", "\u20ac", SMS_GSM7, 7, -1, 1, 1, true},
    {"41000481888800080F06080412340302004800E9D83DDC4D", "8888", "H\u00e9\U0001f44d", SMS_UCS2, 0, 0x1234, 3, 2, false},
};

static int submit_read(const char *hex, size_t octets, struct sms_submit *ret_submit)
{
    struct pdu pdu;
    struct view view = {hex, 2 * octets};
    assert_int_equal(octets_of_hex(view, pdu.octets, sizeof pdu.octets, &pdu.len), 0);
    return submit_of_pdu(&pdu, ret_submit);
}

static void test_submit(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof submits / sizeof *submits; i++) {
        struct sms_submit submit;
        size_t octets = strlen(submits[i].hex) / 2;
        if (submit_read(submits[i].hex, octets, &submit) < 0)
            fail_msg("row %zu is refused", i);
        assert_string_equal(submit.to, submits[i].to);
        assert_string_equal((const char *)submit.body.text, submits[i].text);
        assert_int_equal(submit.body.alphabet, submits[i].alphabet);
        assert_int_equal(submit.tp_mr, submits[i].tp_mr);
        assert_int_equal(submit.body.ref, submits[i].ref);
        assert_int_equal(submit.body.total, submits[i].total);
        assert_int_equal(submit.body.seq, submits[i].seq);
        assert_int_equal(submit.want_report, submits[i].want_report);
        for (size_t cut = 0; cut < octets; cut++)
            assert_int_equal(submit_read(submits[i].hex, cut, &submit), -EBADMSG);
    }
}

static void test_refusals(void **state)
{
    (void)state;
    struct sms_deliver deliver = {.from = "+6281230000001"};
    struct pdu pdu;
    char text[162];
    memset(text, 'a', 161);
    text[161] = '\0';
    deliver.body = body_of(SMS_GSM7, text);
    assert_int_equal(pdu_of_deliver(&deliver, &pdu), -EMSGSIZE);
    assert_int_equal(sms_body_fit(&deliver.body, view_of(text)), 160);
    deliver.body.ref = 1;
    assert_int_equal(sms_body_fit(&deliver.body, view_of(text)), 153);
    deliver.body = body_of(SMS_GSM7, "\u0101");
    assert_int_equal(pdu_of_deliver(&deliver, &pdu), -EILSEQ);
    deliver.body = body_of(SMS_UCS2, text);
    assert_int_equal(sms_body_fit(&deliver.body, view_of(text)), 70);
    (void)snprintf(deliver.from, sizeof deliver.from, "%s", "TOO MANY LETTERS");
    assert_int_equal(pdu_of_deliver(&deliver, &pdu), -EINVAL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_deliver), cmocka_unit_test(test_deliver_headers), cmocka_unit_test(test_letters),
        cmocka_unit_test(test_report),  cmocka_unit_test(test_submit),          cmocka_unit_test(test_refusals),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
