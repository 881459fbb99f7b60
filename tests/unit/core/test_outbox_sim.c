/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Refusals that are our own SIM's, and those that are the number's. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#include "parsers/cause.h"
#include "radio.h"

/* Refused as a SIM without credit is: nothing fails, few are tried, and with the first one taken all go out. */
static void a_sim_without_credit_costs_no_message(void **state)
{
    struct radio *radio = *state;
    enum { N = 5 };
    static const int causes[] = {28, 30, 69};
    int64_t ids[N];
    int32_t cause = 0;
    char number[24];
    for (size_t i = 0; i < sizeof causes / sizeof *causes; i++) {
        radio->next = SUBMIT_TRANSIENT;
        radio->cause = cause_of(CAUSE_CMS, causes[i]);
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
            assert_true(message_of(radio, ids[j]).retries <= 1);
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_sim_without_credit_costs_no_message, radio_start, radio_end),
        cmocka_unit_test_setup_teardown(a_refused_number_is_not_the_sim, radio_start, radio_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
