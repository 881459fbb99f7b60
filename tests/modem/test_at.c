/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Real workers and libGammu's AT driver on the simulated modem: what is received and sent. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "parsers/cause.h"
#include "rig.h"
#include "sim.h"

static struct rig rig;
static struct sim sim;

/* Gammu's "dku2at" is its "at" without the half second of waiting after each command. */
static void open_both(const char *connection, const char *const *options)
{
    static const char *const none[] = {NULL};
    sim_open(&sim, options ? options : none);
    struct modem_options modem = rig_options(connection, sim.link, "");
    rig_open(&rig, NULL, &modem);
    rig_until(&rig, rig.networks == 1 && modem_state(rig.modem) == MODEM_IDLE);
}

static void close_both(void)
{
    rig_close(&rig, true);
    sim_close(&sim);
}

static int open_once(void **state)
{
    (void)state;
    open_both("dku2at", NULL);
    return 0;
}

static int close_once(void **state)
{
    (void)state;
    close_both();
    return 0;
}

/* Each test has the modem as after its opening, and an empty notebook. */
static int setup(void **state)
{
    (void)state;
    rig_forget(&rig);
    (void)sim_count(&sim, "\n");
    sim.events[0] = 0;
    sim_do(&sim, "clear");
    sim_do(&sim, "autoreport off");
    sim_do(&sim, "capacity SM 15");
    sim_do(&sim, "capacity ME 100");
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    modem_pause_intake(rig.modem, false);
    rig_until(&rig, modem_state(rig.modem) == MODEM_IDLE);
    sim_do(&sim, "inbox");
    return strstr(sim.answer, "given") || rig.downs != 0 ? -1 : 0;
}

static void receives_what_is_announced(void **state)
{
    (void)state;
    sim_do(&sim, "sms +6281230000001 at=2026-11-01T08:00:00+07:00 IBU HAMIL 12 K4 3");
    rig_until(&rig, rig.n_parts == 1);
    const struct mo_part *part = &rig.parts[0];
    assert_int_equal(part->kind, MO_TEXT);
    assert_string_equal(part->text, "IBU HAMIL 12 K4 3");
    assert_string_equal(part->sender, "+6281230000001");
    assert_string_equal(part->smsc, "+6281230009999");
    assert_int_equal(part->sent_ms, INT64_C(1793494800000));
    assert_int_equal(part->concat_ref, -1);
    rig_until(&rig, sim_count(&sim, "deleted") == 1);
}

static void keeps_what_is_not_deleted(void **state)
{
    (void)state;
    rig.keep = true;
    sim_do(&sim, "sms +6281230000001 IBU HAMIL 1");
    rig_until(&rig, rig.n_parts >= 1 && modem_state(rig.modem) == MODEM_IDLE);
    size_t n_parts = rig.n_parts;
    modem_pause_intake(rig.modem, false);
    rig_until(&rig, rig.n_parts > n_parts);
    assert_int_equal(sim_count(&sim, "deleted"), 0);
    rig.keep = false;
    modem_pause_intake(rig.modem, false);
    rig_until(&rig, sim_count(&sim, "deleted") == 1);
}

static void texts_of_every_alphabet(void **state)
{
    (void)state;
    static const char *const texts[] = {"@£$ {K4} [3] ~ ^ |€", "hamil ~12~ ☺ Ḿ 12", "émoji 🙂 di akhir 🙂",
                                        "ÄÖ Ñ ü à"};
    enum { N = sizeof texts / sizeof *texts };
    for (int i = 0; i < N; i++)
        sim_do(&sim, "sms +6281230000001 at=2026-11-01T08:0%d:00+07:00 %s", i, texts[i]);
    rig_until(&rig, rig.n_parts == N);
    for (int i = 0; i < N; i++)
        assert_string_equal(rig.parts[i].text, texts[i]);
}

static void kinds_are_told_apart(void **state)
{
    (void)state;
    sim_do(&sim, "sms +6281230000001 at=2026-11-01T08:00:00+07:00 class=0 HALO");
    sim_do(&sim, "sms +6281230000001 at=2026-11-01T08:01:00+07:00 dcs=8bit 0102FF");
    sim_do(&sim, "sms +6281230000001 at=2026-11-01T08:02:00+07:00 dcs=8bit port=2948 0601AE");
    sim_do(&sim, "sms TELKOMSEL at=2026-11-01T08:03:00+07:00 promo");
    sim_do(&sim, "sms +6281230000001 at=2026-11-01T08:04:00+07:00 ref=7 total=3 seq=2 tengah");
    sim_do(&sim, "sms +6281230000001 at=2026-11-01T08:05:00+07:00 ref16=300 total=2 seq=1 awal");
    rig_until(&rig, rig.n_parts == 6);
    assert_int_equal(rig.parts[0].kind, MO_FLASH);
    assert_string_equal(rig.parts[0].text, "HALO");
    assert_int_equal(rig.parts[1].kind, MO_BINARY);
    assert_string_equal(rig.parts[1].raw, "0102FF");
    assert_int_equal(rig.parts[2].kind, MO_MMS);
    assert_string_equal(rig.parts[2].raw, "0605040B8400000601AE");
    assert_string_equal(rig.parts[3].sender, "TELKOMSEL");
    assert_int_equal(rig.parts[4].concat_ref, 7);
    assert_int_equal(rig.parts[4].concat_total, 3);
    assert_int_equal(rig.parts[4].concat_seq, 2);
    assert_string_equal(rig.parts[4].text, "tengah");
    assert_int_equal(rig.parts[5].concat_ref, 300);
    assert_int_equal(rig.parts[5].concat_seq, 1);
}

static void long_text_comes_in_its_parts(void **state)
{
    (void)state;
    char text[401];
    for (int i = 0; i < 400; i++)
        text[i] = (char)('A' + i % 26);
    text[400] = '\0';
    sim_do(&sim, "sms +6281230000001 %s", text);
    rig_until(&rig, rig.n_parts == 3);
    char joined[401] = "";
    for (int seq = 1; seq <= 3; seq++)
        for (int i = 0; i < 3; i++)
            if (rig.parts[i].concat_seq == seq)
                (void)snprintf(joined + strlen(joined), sizeof joined - strlen(joined), "%s", rig.parts[i].text);
    assert_string_equal(joined, text);
}

/* Reserved, cut off, with a length that lies, one that only says that it is compressed, and two that overrun libGammu's
 * own fields: told with what there is, deleted, and those after them come. */
static void undecodable_ones(void)
{
    char long_text[400];
    memset(long_text, '4', sizeof long_text);
    (void)snprintf(long_text + 312, sizeof long_text - 312, "%s", "");
    const char *const pdus[] = {
        "0391261823000010F10000",
        "04",
        "000C9126182300001000006211100800008205C8",
        "040C9126183200001000206211100800008205C8329BFD06",
        "440C9126183200001000006211100800008215FF4141414141414141414141414141414141414141",
    };
    enum { N = sizeof pdus / sizeof *pdus + 1 };
    sim_do(&sim, "sms +6281230000001 IBU HAMIL 1");
    for (int i = 0; i < N - 1; i++)
        sim_do(&sim, "pdu %s", pdus[i]);
    sim_do(&sim, "pdu 040C91261832000010000062111008000082B2%s", long_text);
    sim_do(&sim, "sms +6281230000001 IBU HAMIL 2");
    rig_until(&rig, sim_count(&sim, "deleted") == N + 2);
    int texts = 0, unreadable = 0;
    for (size_t i = 0; i < rig.n_parts; i++) {
        texts += rig.parts[i].kind == MO_TEXT;
        unreadable += rig.parts[i].kind == MO_UNREADABLE && rig.parts[i].raw[0];
    }
    assert_int_equal(texts, 3);
    assert_int_equal(unreadable, N - 1);
}

static void undecodable_ones_do_not_block(void **state)
{
    (void)state;
    undecodable_ones();
}

/* libGammu counts places there until it has decoded as many as AT+CPMS told of, which it never will. */
static void undecodable_ones_do_not_block_what_cannot_list(void **state)
{
    (void)state;
    sim_do(&sim, "fail CMGL 304 times=1000000");
    undecodable_ones();
    assert_int_equal(rig.downs, 0);
}

/* What cannot be deleted must not be read over and over. */
static void failing_deletes_are_no_treadmill(void **state)
{
    (void)state;
    sim_do(&sim, "fail CMGD 320 times=1000");
    sim_do(&sim, "sms +6281230000001 IBU HAMIL 1");
    rig_until(&rig, strstr(rig.log, "1 messages could not be deleted"));
    rig_idle(&rig, 1000);
    assert_in_range(rig.batches, 1, 3);
    sim_do(&sim, "clear");
    modem_pause_intake(rig.modem, false);
    rig_until(&rig, sim_count(&sim, "deleted") == 1);
}

static void submit(int64_t id, const char *text, bool unicode, bool want_report)
{
    struct mt_submit one = rig_submit(id, "+6281230000001", text);
    one.unicode = unicode;
    one.want_report = want_report;
    size_t before = rig.n_results;
    modem_submit(rig.modem, &one);
    rig_until(&rig, rig.n_results == before + 1);
    assert_int_equal(rig.results[before].part_id, id);
}

static void sends_and_gets_the_report(void **state)
{
    (void)state;
    sim_do(&sim, "autoreport on 50");
    submit(1, "Terima kasih {K4} ~ [3]", false, true);
    assert_int_equal(rig.results[0].result, SUBMIT_OK);
    assert_in_range(rig.results[0].tp_mr, 0, 255);
    rig_until(&rig, rig.n_reports == 1);
    assert_int_equal(rig.reports[0].tp_mr, rig.results[0].tp_mr);
    assert_int_equal(rig.reports[0].result, REPORT_DELIVERED);
    assert_int_equal(rig.reports[0].tp_st, 0);
    assert_string_equal(rig.reports[0].recipient, "+6281230000001");
    submit(2, "Terima kasih ~ 🙂 Ḿ", true, false);
    assert_int_equal(rig.results[1].result, SUBMIT_OK);
    sim_do(&sim, "ledger");
    assert_non_null(strstr(sim.answer, "Terima kasih {K4} ~ [3]"));
    assert_non_null(strstr(sim.answer, "Terima kasih ~ 🙂 Ḿ"));
}

static void sends_parts_with_their_header(void **state)
{
    (void)state;
    for (int seq = 1; seq <= 2; seq++) {
        struct mt_submit part = rig_submit(seq, "+6281230000001", seq == 1 ? "awal " : "akhir");
        part.concat_ref = 200;
        part.concat_total = 2;
        part.concat_seq = seq;
        part.validity_minutes = 24 * 60;
        modem_submit(rig.modem, &part);
        rig_until(&rig, rig.n_results == (size_t)seq);
        assert_int_equal(rig.results[seq - 1].result, SUBMIT_OK);
    }
    sim_do(&sim, "ledger");
    assert_non_null(strstr(sim.answer, "ref=200 parts=1/2"));
    assert_non_null(strstr(sim.answer, "ref=200 parts=2/2"));
}

static void refusals_have_their_cause(void **state)
{
    (void)state;
    static const struct {
        const char *fault;
        enum submit_result result;
        enum cause_family family;
        int32_t code;
    } rows[] = {
        {"fail CMGS 1", SUBMIT_PERMANENT, CAUSE_CMS, 1},      {"fail CMGS 42", SUBMIT_TRANSIENT, CAUSE_CMS, 42},
        {"fail CMGS 331", SUBMIT_NO_NETWORK, CAUSE_CMS, 331}, {"cme CMGS 30", SUBMIT_NO_NETWORK, CAUSE_CME, 30},
        {"fail CMGS 0", SUBMIT_TRANSIENT, CAUSE_CMS, 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        sim_do(&sim, "%s", rows[i].fault);
        submit((int64_t)i, "Terima kasih", false, false);
        assert_int_equal(rig.results[i].result, rows[i].result);
        assert_int_equal(rig.results[i].cause, cause_of(rows[i].family, rows[i].code));
        assert_int_equal(rig.results[i].tp_mr, -1);
    }
    submit(99, "Terima kasih", false, false);
    assert_int_equal(rig.results[rig.n_results - 1].result, SUBMIT_OK);
    assert_int_equal(sim_count(&sim, "submitted"), 1);
}

static void ussd_answers(void **state)
{
    (void)state;
    sim_do(&sim, "ussd *888# Sisa pulsa Rp12.345 s.d. 01/12/2026");
    modem_ussd(rig.modem, "*888#");
    rig_until(&rig, rig.ussd[0]);
    assert_string_equal(rig.ussd, "Sisa pulsa Rp12.345 s.d. 01/12/2026");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(receives_what_is_announced, setup, teardown),
        cmocka_unit_test_setup_teardown(keeps_what_is_not_deleted, setup, teardown),
        cmocka_unit_test_setup_teardown(texts_of_every_alphabet, setup, teardown),
        cmocka_unit_test_setup_teardown(kinds_are_told_apart, setup, teardown),
        cmocka_unit_test_setup_teardown(long_text_comes_in_its_parts, setup, teardown),
        cmocka_unit_test_setup_teardown(undecodable_ones_do_not_block, setup, teardown),
        cmocka_unit_test_setup_teardown(undecodable_ones_do_not_block_what_cannot_list, setup, teardown),
        cmocka_unit_test_setup_teardown(failing_deletes_are_no_treadmill, setup, teardown),
        cmocka_unit_test_setup_teardown(sends_and_gets_the_report, setup, teardown),
        cmocka_unit_test_setup_teardown(sends_parts_with_their_header, setup, teardown),
        cmocka_unit_test_setup_teardown(refusals_have_their_cause, setup, teardown),
        cmocka_unit_test_setup_teardown(ussd_answers, setup, teardown),
    };
    return cmocka_run_group_tests(tests, open_once, close_once);
}
