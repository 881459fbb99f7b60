/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the numbers tell that a modem gives to what it submits (TP-MR, 3GPP TS 23.040 9.2.3.6) about tries whose own
 * answer was lost.
 */
#include "radio.h"

/* The message's next part is let go, and no answer comes. */
static void lose_answer(struct radio *radio, int64_t id)
{
    radio->next = SUBMIT_UNKNOWN;
    assert_true(turn(radio, "sim1"));
    assert_state(radio, id, MT_UNCERTAIN);
    radio->next = SUBMIT_OK;
}

/* The modem gives its numbers in a row: what was uncertain between two that follow one another never got one. */
static void no_number_says_never_submitted(void **state)
{
    struct radio *radio = *state;
    int64_t first = queue(radio, MT_REPLY, KPM, "a"), id = queue(radio, MT_REPLY, KPM, "b");
    assert_true(turn(radio, "sim1"));
    assert_state(radio, first, MT_SUBMITTED);
    int64_t broadcast = queue(radio, MT_BROADCAST, KPM, "c");
    for (int i = 0; i < 2; i++) { /* as often as it takes */
        lose_answer(radio, id);
        pass(radio, MS_MINUTE);
    }
    assert_state(radio, id, MT_UNCERTAIN);
    lose_answer(radio, broadcast);
    int64_t next = queue(radio, MT_REPLY, KPM, "d");
    assert_true(turn(radio, "sim1"));
    assert_state(radio, next, MT_SUBMITTED);
    assert_state(radio, id, MT_RETRY_WAIT);
    assert_int_equal(message_of(radio, id).uncertain, 0);
    assert_state(radio, broadcast, MT_RETRY_WAIT);
    assert_int_equal(drain(radio), 2);
    assert_state(radio, id, MT_SUBMITTED);
    assert_state(radio, broadcast, MT_SUBMITTED);
}

/* Both answers were lost, but the modem has counted the first: it was submitted, and a report is still awaited. */
static void a_number_for_each_says_submitted(void **state)
{
    struct radio *radio = *state;
    (void)queue(radio, MT_REPLY, KPM, "a");
    int64_t id = queue(radio, MT_REPLY, KPM, "b");
    assert_true(turn(radio, "sim1"));
    lose_answer(radio, id);
    int lost = ++radio->tp_mr;
    (void)queue(radio, MT_REPLY, KPM, "c");
    assert_int_equal(drain(radio), 1);
    assert_state(radio, id, MT_UNCERTAIN);
    pass(radio, MS_MINUTE);
    lose_answer(radio, id);
    pass(radio, MS_SECOND);
    assert_state(radio, id, MT_SUBMITTED);
    assert_false(turn(radio, "sim1"));
    report(radio, KPM, lost, REPORT_DELIVERED, true);
    assert_state(radio, id, MT_DELIVERED);
}

/* One number for two tries: one of them was never submitted, so that there is one that nobody knows of, not two. */
static void one_number_for_two_allows_another(void **state)
{
    struct radio *radio = *state;
    (void)queue(radio, MT_REPLY, KPM, "a");
    int64_t id = queue(radio, MT_REPLY, KPM, "b"), other = queue(radio, MT_BROADCAST, KPM, "c");
    assert_true(turn(radio, "sim1"));
    for (int i = 0; i < 2; i++) {
        lose_answer(radio, id);
        pass(radio, MS_MINUTE);
    }
    lose_answer(radio, other);
    assert_int_equal(message_of(radio, id).uncertain, 2);
    radio->tp_mr++;
    (void)queue(radio, MT_REPLY, KPM, "d");
    assert_int_equal(drain(radio), 1);
    assert_int_equal(message_of(radio, id).uncertain, 1);
    assert_int_equal(message_of(radio, other).uncertain, 1);
    assert_state(radio, other, MT_UNCERTAIN);
    pass(radio, MS_SECOND);
    assert_int_equal(drain(radio), 1);
    assert_string_equal(radio->last, "b");
    assert_state(radio, id, MT_SUBMITTED);
    assert_state(radio, other, MT_UNCERTAIN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(no_number_says_never_submitted, radio_start, radio_end),
        cmocka_unit_test_setup_teardown(a_number_for_each_says_submitted, radio_start, radio_end),
        cmocka_unit_test_setup_teardown(one_number_for_two_allows_another, radio_start, radio_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
