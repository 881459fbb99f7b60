/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Refusals that are our own SIM's, and those that are the number's. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#include "parsers/cause.h"
#include "radio.h"

/* Refused as a SIM without credit is, or one with a wrong SMSC, for which the network blames each number: nothing
 * fails, few are tried, and with the first one taken all go out. */
static void a_sim_without_credit_costs_no_message(void **state)
{
    struct radio *radio = *state;
    enum { N = 5 };
    static const int causes[] = {28, 30, 69, 1, 96, 303};
    int64_t ids[N];
    int32_t cause = 0;
    char number[24];
    for (size_t i = 0; i < sizeof causes / sizeof *causes; i++) {
        radio->cause = cause_of(CAUSE_CMS, causes[i]);
        radio->next = cause_class(radio->cause) == CAUSE_PERMANENT ? SUBMIT_PERMANENT : SUBMIT_TRANSIENT;
        if (radio->next == SUBMIT_PERMANENT)
            (void)restart(radio); /* that it went well before is not a sign */
        for (int j = 0; j < N; j++) {
            (void)snprintf(number, sizeof number, "+628123000%04d", 10 + j);
            ids[j] = queue(radio, MT_REPLY, number, "Terima kasih");
        }
        int turns = 0;
        for (int minute = 0; minute < 6 * 60; minute++) {
            while (turn(radio, "sim1"))
                turns++;
            pass(radio, MS_MINUTE);
        }
        assert_in_range(turns, 10, 60);
        assert_true(outbox_sim_is_barred(radio->outbox, "sim1", &cause));
        assert_int_equal(cause, radio->cause);
        for (int j = 0; j < N; j++)
            assert_in_range(message_of(radio, ids[j]).retries, 0, radio->next == SUBMIT_PERMANENT ? 3 : 1);
        radio->next = SUBMIT_OK;
        for (int minute = 0; minute < 20; minute++) {
            (void)drain(radio);
            pass(radio, MS_MINUTE);
        }
        for (int j = 0; j < N; j++)
            assert_state(radio, ids[j], MT_SUBMITTED);
        assert_false(outbox_sim_is_barred(radio->outbox, "sim1", &cause));
    }
}

/* The same cause for one number alone is that number's: others go out, and it fails in the end. */
static void a_refused_number_is_not_the_sim(void **state)
{
    struct radio *radio = *state;
    int32_t cause = 0;
    int64_t bad = queue(radio, MT_REPLY, "+6281230000010", "Terima kasih"), good = 0;
    for (int hour = 0; hour < 60 && message_of(radio, bad).state != MT_FAILED; hour++) {
        radio->next = SUBMIT_TRANSIENT;
        radio->cause = cause_of(CAUSE_CMS, 30);
        (void)turn(radio, "sim1");
        radio->next = SUBMIT_OK;
        good = queue(radio, MT_REPLY, "+6281230000011", "Terima kasih");
        (void)turn(radio, "sim1");
        assert_state(radio, good, MT_SUBMITTED);
        assert_false(outbox_sim_is_barred(radio->outbox, "sim1", &cause));
        pass(radio, MS_HOUR);
    }
    assert_state(radio, bad, MT_FAILED);
}

/* Where others go out, a number that the network refuses for good fails, the second of two as soon as one went out. */
static void dead_numbers_fail(void **state)
{
    struct radio *radio = *state;
    static const char *const dead[] = {"+6281230000010", "+6281230000012"};
    int64_t good = queue(radio, MT_REPLY, "+6281230000011", "Terima kasih"), bad[2];
    (void)drain(radio);
    assert_state(radio, good, MT_SUBMITTED);
    for (int i = 0; i < 2; i++)
        bad[i] = queue(radio, MT_REPLY, dead[i], "Terima kasih");
    radio->next = SUBMIT_PERMANENT;
    radio->cause = cause_of(CAUSE_CMS, 1);
    while (turn(radio, "sim1"))
        continue;
    assert_state(radio, bad[0], MT_FAILED);
    assert_state(radio, bad[1], MT_RETRY_WAIT);
    radio->next = SUBMIT_OK;
    good = queue(radio, MT_REPLY, "+6281230000011", "Terima kasih");
    (void)turn(radio, "sim1");
    assert_state(radio, good, MT_SUBMITTED);
    radio->next = SUBMIT_PERMANENT;
    pass(radio, MS_HOUR);
    (void)turn(radio, "sim1");
    assert_state(radio, bad[1], MT_FAILED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_sim_without_credit_costs_no_message, radio_start, radio_end),
        cmocka_unit_test_setup_teardown(a_refused_number_is_not_the_sim, radio_start, radio_end),
        cmocka_unit_test_setup_teardown(dead_numbers_fail, radio_start, radio_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
