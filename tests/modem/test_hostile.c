/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a modem may say that no modem should: the worker lives, the good beside the bad is taken, the line stays quiet.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "modem/supervise.h"
#include "rig.h"
#include "sim.h"

#define SMSC "0891261832009099F9"

static struct rig rig;
static struct sim sim;

static void open_both(const char *const *options)
{
    sim_open(&sim, options);
    struct modem_options modem = rig_options("dku2at", sim.link, "");
    modem.poll_ms = 200;
    rig_open(&rig, NULL, &modem);
    rig_until(&rig, rig.ready == 1 && rig.networks >= 1 && modem_state(rig.modem) == MODEM_IDLE);
}

static int setup(void **state)
{
    static const char *const options[] = {"--boot", "0", "--ds", "02", "--me", "0", NULL};
    (void)state;
    open_both(options);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    rig_close(&rig, true);
    sim_close(&sim);
    return 0;
}

static int begin(void **state)
{
    (void)state;
    rig_forget(&rig);
    rig.downs = 0;
    sim_do(&sim, "clear");
    return 0;
}

/* As after a submit that found no network. */
static void ask_status(void)
{
    rig.modem->want_status = true;
    modem_pause_intake(rig.modem, false);
}

/* Longer than any field that libGammu has for them: the modem works without what they would have said. */
static void answers_without_end(void **state)
{
    (void)state;
    static const struct {
        const char *command, *head, *tail;
    } rows[] = {{"CIMI", "", ""},
                {"CGSN", "", ""},
                {"CGMM", "", ""},
                {"CGMI", "", ""},
                {"CGMR", "", ""},
                {"COPS", "+COPS: 0,0,\"", "\""},
                {"CSCA", "+CSCA: \"", "\",145"},
                {"CSQ", "+CSQ: ", ",99"},
                {"CREG", "+CREG: 2,1,\"", "\",\"1A2B\""},
                {"CNMI", "+CNMI: ", ""}};
    static const int lengths[] = {45, 190, 600};
    int before = rig.ready;
    for (int i = 0; i < 3; i++) {
        for (size_t j = 0; j < sizeof rows / sizeof *rows; j++)
            sim_do(&sim, "answer %s %s%0*d%s", rows[j].command, rows[j].head, lengths[i], 9, rows[j].tail);
        rig.networks = 0;
        modem_restart(rig.modem, MODEM_FAULT_RECEIVING, "the test says so");
        rig_until(&rig, rig.ready == before + i + 1 && rig.networks >= 1);
        assert_int_equal(rig.downs, i + 1);
        assert_string_equal(rig.identity.imsi, "");
        assert_string_equal(rig.identity.imei, "");
    }
    assert_non_null(strstr(rig.log, "something that is left out"));
    for (size_t j = 0; j < sizeof rows / sizeof *rows; j++)
        sim_do(&sim, "answer %s off", rows[j].command);
    sim_works(&sim, &rig);
}

static void pushes_that_overrun(void **state)
{
    (void)state;
    char digits[601];
    (void)snprintf(digits, sizeof digits, "%0600d", 9);
    sim_do(&sim,
           "say +CMT: ,150\\r\\n" SMSC "04FF91%.256s000062111008000082"
           "05C8329BFD06",
           digits);
    sim_do(&sim, "say +CDS: 400\\r\\n%s", digits);
    sim_do(&sim, "say +CDS: 20\\r\\n" SMSC "0614FF91%.256s", digits);
    sim_do(&sim, "say +CMT: \"AB,22\\r\\n" SMSC "040C912618320000100000621110080000820"
                 "5C8329BFD06");
    sim_do(&sim, "say +CMT: \"%s\",,\"26/11/10,08:00:00+28\"\\r\\nIBU HAMIL 1", digits);
    sim_do(&sim, "say +CMTI: \"SM\",2147483648");
    sim_do(&sim, "say +CMTI: \"%s\",1", digits);
    sim_do(&sim, "say +CUSD: 0,\"%s", digits);
    sim_do(&sim, "say %s%s%s", digits, digits, digits);
    rig_until(&rig, rig.n_parts >= 4);
    for (size_t i = 0; i < rig.n_parts; i++) {
        assert_int_equal(rig.parts[i].kind, MO_UNREADABLE); /* it is kept as it came */
        assert_int_equal(rig.parts[i].place.location, 0);
    }
    sim_works(&sim, &rig);
    if (rig.downs > 0)
        fail_msg("%s", rig.why);
}

/* Modems tell of signal, cell and time whenever they like, and of their own start. The same worker goes on. */
static void notices_between_answers(void **state)
{
    (void)state;
    static const char *const notices[] = {
        "+CIEV: 2,3", "+CTZV: 28",    "*PSUTTZ: 2026,11,30,0,0,0",
        "^NWTIME:1",  "+CPIN: READY", "SMS Ready",
        "RDY",        "BUSY",         "+CBM: 88\\r\\n0010032100011122D3E614",
        "+CMGS: 5",   "> ",
    };
    for (size_t i = 0; i < sizeof notices / sizeof *notices; i++) {
        sim_do(&sim, "say %s", notices[i]);
        sim_works(&sim, &rig);
        if (rig.downs > 0)
            fail_msg("%s: %s", notices[i], rig.why);
        rig_forget(&rig);
    }
}

/* The words of an SMS may come again, at the same place and without a stamp: what was there is gone. What is not
 * deleted does not come again. */
static void without_a_stamp(void **state)
{
    (void)state;
    for (size_t i = 1; i <= 3; i++) {
        sim_do(&sim, "pdu 040C9126183200001000000000000000000005C8329BFD06");
        rig_until(&rig, rig.n_parts >= i);
        assert_true(rig.parts[i - 1].fresh);
        rig_until(&rig, modem_state(rig.modem) == MODEM_IDLE && sim_count(&sim, "deleted") > 0 && !rig.modem->seen.n);
    }
    sim_do(&sim, "answer CMGD");
    sim_do(&sim, "pdu 040C9126183200001000000000000000000005C8329BFD06");
    rig_until(&rig, rig.n_parts >= 5);
    assert_true(rig.parts[3].fresh && !rig.parts[4].fresh);
    sim_do(&sim, "answer CMGD off");
    sim_works(&sim, &rig);
}

static void places_that_cannot_be(void **state)
{
    (void)state;
    sim_do(&sim, "answer CMGL +CMGL: -7,1,,22\\r\\n" SMSC "040C912618320000100000621110080000820"
                 "5C8329BFD06\\r\\n"
                 "+CMGL: 2147483648,1,,22\\r\\n" SMSC "040C912618320000100000621110080000820"
                 "5C8329BFD06\\r\\n"
                 "+CMGL: 4,1,,22\\r\\n" SMSC "040C912618320000100000621110080000820"
                 "5C8329BFD06");
    sim_do(&sim, "sms +6281230000009 satu");
    rig_until(&rig, rig.n_parts >= 1);
    assert_string_equal(rig.parts[0].text, "Hello");
    assert_int_equal(rig.parts[0].place.location, 4);
    sim_do(&sim, "answer CMGL off");
    sim_works(&sim, &rig);
    assert_int_equal(rig.downs, 0);
}

/* Said once, and from then on the line is as quiet as that of an idle modem. */
static void deletes_that_delete_nothing(void **state)
{
    (void)state;
    sim_do(&sim, "answer CMGD");
    sim_do(&sim, "delay CMGL 1"); /* tells of each */
    sim_do(&sim, "delay CMGD 1");
    sim_do(&sim, "sms +6281230000009 satu");
    sim_do(&sim, "sms +6281230000009 dua");
    rig_until(&rig, rig.n_parts >= 2 && strstr(rig.log, "does not delete"));
    /* Each is tried again after a while, which grows: on a slow machine that may be now. Never with each look. */
    enum { LOOKS = 6 };
    int looks = sim_count(&sim, "delay CMGL"), deletes = sim_count(&sim, "delay CMGD");
    rig_until(&rig, sim_count(&sim, "delay CMGL") >= looks + LOOKS);
    assert_true(sim_count(&sim, "delay CMGD") < deletes + LOOKS);
    assert_true(rig.n_parts < 2 + LOOKS);
    assert_null(strstr(strstr(rig.log, "does not delete") + 1, "does not delete"));
    /* New ones are taken meanwhile. */
    sim_do(&sim, "answer CMGD off");
    sim_works(&sim, &rig);
    rig_until(&rig, sim_count(&sim, "deleted") >= 3);
    assert_int_equal(rig.downs, 0);
}

static void more_behind_the_number(void **state)
{
    (void)state;
    sim_do(&sim, "tail ,\"26/11/10,08:00:00+28\"");
    rig_send(&rig, 7);
    rig_until(&rig, rig.n_results == 1);
    assert_int_equal(rig.results[0].result, SUBMIT_OK);
    assert_in_range(rig.results[0].tp_mr, 0, 255);
    sim_do(&sim, "tail");
}

static void ussd_in_every_coding(void **state)
{
    (void)state;
    static const struct {
        const char *said, *text;
    } rows[] = {
        {"+CUSD: 0,\"D3F43C0C82D7D9F330480A9701\",15", "Sisa pulsa Rp2"},
        {"+CUSD: 0,\"9F8E7D6C5B4A39281706F5E4D3C2B1A09F\",72", "9F8E7D6C5B4A39281706F5E4D3C2B1A09F"},
        {"+CUSD: 0,\"00530069007300610020005200700033\",72", "Sisa Rp3"},
        {"+CUSD: 0,\"Sisa pulsa:\\nRp 4\",15", "Sisa pulsa:\nRp 4"},
        {"+CUSD: 0,\"5369736120527035\"", "Sisa Rp5"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        rig.ussd[0] = '\0';
        sim_do(&sim, "say %s", rows[i].said);
        rig_until(&rig, rig.ussd[0]);
        assert_string_equal(rig.ussd, rows[i].text);
    }
    assert_non_null(strstr(rig.log, "in a coding that cannot be read"));
    sim_works(&sim, &rig);
}

/* Text in a coding that is seldom said: reserved, compressed, of a notice, octets. And registered in a seldom way. */
static void unusual_but_right(void **state)
{
    (void)state;
    static const char *const codings[] = {"C8", "80", "20", "00"};
    static const char *const stats[] = {"6", "9", "0", "3", "10"};
    for (size_t i = 0; i < sizeof codings / sizeof *codings; i++)
        sim_do(&sim, "pdu 040C9126183200001000%s6211100800008%zu05C8329BFD06", codings[i], i);
    sim_do(&sim, "sms +6281230000001 dcs=8bit 49425520313220C3A9");
    sim_do(&sim, "sms +6281230000001 dcs=8bit 494255203132E9");
    rig_until(&rig, rig.n_parts == 6);
    int hello = 0, octets = 0;
    for (size_t i = 0; i < rig.n_parts; i++) {
        assert_int_equal(rig.parts[i].kind, MO_TEXT);
        hello += strcmp(rig.parts[i].text, "Hello") == 0;
        octets += strcmp(rig.parts[i].text, "IBU 12 \xc3\xa9") == 0 || strcmp(rig.parts[i].text, "IBU 12\xc3\xa9") == 0;
    }
    assert_int_equal(hello, 4);
    assert_int_equal(octets, 2);
    for (size_t i = 0; i < sizeof stats / sizeof *stats; i++) {
        sim_do(&sim, "answer CREG +CREG: 0,%s", stats[i]);
        rig.networks = 0;
        ask_status();
        rig_until(&rig, rig.networks > 0);
        assert_true(rig.network.registered);
        assert_int_equal(rig.network.roaming, strcmp(stats[i], "10") == 0);
    }
    sim_do(&sim, "answer CGREG +CGREG: 0,2");
    sim_do(&sim, "answer CREG +CREG: 0,3");
    rig_until(&rig, !rig.network.registered || (ask_status(), false));
    sim_do(&sim, "answer CREG off");
    sim_do(&sim, "answer CGREG off");
    sim_works(&sim, &rig);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(answers_without_end, begin),
        cmocka_unit_test_setup(pushes_that_overrun, begin),
        cmocka_unit_test_setup(notices_between_answers, begin),
        cmocka_unit_test_setup(without_a_stamp, begin),
        cmocka_unit_test_setup(places_that_cannot_be, begin),
        cmocka_unit_test_setup(more_behind_the_number, begin),
        cmocka_unit_test_setup(deletes_that_delete_nothing, begin),
        cmocka_unit_test_setup(ussd_in_every_coding, begin),
        cmocka_unit_test_setup(unusual_but_right, begin),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
