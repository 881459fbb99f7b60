/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A day in the life of an outbox, by a clock that is moved by hand. */
#include <errno.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/failpoint.h"
#include "parsers/cause.h"
#include "radio.h"

static void an_answer_is_sent_and_delivered(void **state)
{
    struct radio *radio = *state;
    int64_t id = queue(radio, MT_REPLY, KPM, "IBU HAMIL Okt/36: ibu hamil 12.");
    struct mt_submit submit;
    assert_true(claim(radio, "sim1", &submit));
    assert_state(radio, id, MT_SUBMITTING);
    assert_string_equal(submit.recipient, KPM);
    assert_string_equal(submit.text, "IBU HAMIL Okt/36: ibu hamil 12.");
    assert_true(!submit.unicode && submit.concat_ref == -1 && submit.want_report);
    assert_int_equal(submit.validity_minutes, 24 * 60);
    struct mt_submit none;
    assert_false(claim(radio, "sim1", &none)); /* one at a time */
    assert_int_equal(world_submitted(radio->outbox, "sim1", submit.part_id + 7, SUBMIT_OK, 0, 9, NULL), 0);
    assert_state(radio, id, MT_SUBMITTING); /* an answer to something else */
    assert_int_equal(world_submitted(radio->outbox, "sim1", submit.part_id, SUBMIT_OK, 0, 9, NULL), 0);
    assert_state(radio, id, MT_SUBMITTED);
    report(radio, "081230000001", 9, REPORT_PENDING, false);
    report(radio, "081230000001", 9, REPORT_DELIVERED, true);
    assert_state(radio, id, MT_DELIVERED);
    report(radio, "081230000001", 9, REPORT_DELIVERED, false);
}

static void a_refusal_for_now_is_tried_again_ever_later(void **state)
{
    struct radio *radio = *state;
    static const int64_t least[] = {40000, 120000, 360000, 1080000, 3240000, 9720000, 21600000, 21600000};
    struct world *w = &radio->w;
    int64_t id = queue(radio, MT_REPLY, KPM, "a");
    must(store_begin(w->store, &w->error));
    must(store_mt_shift(w->store, 0, 0, w->clock.wall, &w->error));
    must(store_commit(w->store, &w->error));
    radio->next = SUBMIT_TRANSIENT;
    int tries = 0;
    for (; turn(radio, "sim1"); tries++) {
        struct mt_message mt = message_of(radio, id);
        if (mt.state != MT_RETRY_WAIT)
            break;
        int64_t delay = mt.next_attempt_ms - w->clock.wall, wait;
        assert_true(delay >= least[tries] && delay <= least[tries] + least[tries] / 5);
        must(outbox_wait_ms(radio->outbox, &wait, &w->error));
        assert_true(wait == delay);
        world_pass(w, delay - 1);
        assert_false(turn(radio, "sim1"));
        world_pass(w, 1);
    }
    assert_int_equal(tries, 8);
    assert_state(radio, id, MT_FAILED);
    assert_int_equal(message_of(radio, id).cause, 332);
}

static void a_refusal_for_good_is_final(void **state)
{
    struct radio *radio = *state;
    (void)queue(radio, MT_REPLY, KPM_TWO, "the SIM is let send");
    assert_int_equal(drain(radio), 1);
    int64_t id = queue(radio, MT_REPLY, KPM, "a"), other = queue(radio, MT_REPLY, KADER, "b");
    radio->next = SUBMIT_PERMANENT;
    assert_true(turn(radio, "sim1"));
    radio->next = SUBMIT_OK;
    assert_int_equal(drain(radio), 1);
    assert_state(radio, id, MT_FAILED);
    assert_state(radio, other, MT_SUBMITTED);
}

static void no_network_costs_nothing(void **state)
{
    struct radio *radio = *state;
    struct world *w = &radio->w;
    int64_t id = queue(radio, MT_REPLY, KPM, "a"), wait;
    radio->next = SUBMIT_NO_NETWORK;
    for (int i = 0; i < 50; i++) {
        assert_true(turn(radio, "sim1"));
        assert_state(radio, id, MT_QUEUED);
        assert_false(turn(radio, "sim1")); /* no mad loop */
        must(outbox_wait_ms(radio->outbox, &wait, &w->error));
        assert_true(wait == 30000);
        world_pass(w, wait);
    }
    assert_int_equal(message_of(radio, id).retries, 0);
    radio->next = SUBMIT_OK;
    assert_int_equal(drain(radio), 1);
    assert_state(radio, id, MT_SUBMITTED);
}

/* While new answers come in all the time, one that failed once is not the last for ever. */
static void what_failed_once_keeps_its_place(void **state)
{
    struct radio *radio = *state;
    int64_t id = queue(radio, MT_REPLY, KPM, "old");
    radio->next = SUBMIT_TRANSIENT;
    assert_true(turn(radio, "sim1"));
    radio->next = SUBMIT_OK;
    pass(radio, 5 * MS_MINUTE);
    (void)queue(radio, MT_REPLY, KPM, "new");
    assert_true(turn(radio, "sim1"));
    assert_string_equal(radio->last, "old");
    assert_state(radio, id, MT_SUBMITTED);
}

/* Whom the worker dies over, before anything has left, again and again: no other waits for it for ever. */
static void what_kills_the_worker_lets_others_pass(void **state)
{
    struct radio *radio = *state;
    struct world *w = &radio->w;
    struct mt_submit submit;
    int64_t id = queue(radio, MT_REPLY, KPM, "a"), other = queue(radio, MT_REPLY, KPM, "b");
    for (int i = 0; message_of(radio, other).attempts == 0; i++) {
        assert_true(i < 10);
        world_pass(w, 30 * MS_SECOND);
        assert_true(claim(radio, "sim1", &submit));
        must(world_submitted(radio->outbox, "sim1", submit.part_id, SUBMIT_NO_NETWORK,
                             cause_of(CAUSE_LOCAL, CAUSE_LOCAL_DIED), -1, &w->error));
        assert_int_equal(message_of(radio, id).retries, i < 5 ? 0 : 1);
    }
    assert_state(radio, id, MT_RETRY_WAIT);
}

static void an_answer_of_unknown_fate_is_sent_once_more(void **state)
{
    struct radio *radio = *state;
    int64_t id = queue(radio, MT_REPLY, KPM, "a");
    radio->next = SUBMIT_UNKNOWN;
    assert_true(turn(radio, "sim1"));
    assert_state(radio, id, MT_UNCERTAIN);
    pass(radio, 59 * MS_SECOND);
    assert_state(radio, id, MT_UNCERTAIN);
    pass(radio, MS_SECOND);
    assert_state(radio, id, MT_RETRY_WAIT);
    assert_true(turn(radio, "sim1"));
    assert_state(radio, id, MT_UNCERTAIN);
    /* Never a third, as long as both may be out; a sign is waited for while it is of use. */
    pass(radio, 23 * MS_HOUR);
    assert_state(radio, id, MT_UNCERTAIN);
    assert_false(turn(radio, "sim1"));
    pass(radio, MS_HOUR);
    assert_state(radio, id, MT_FAILED);
    assert_false(turn(radio, "sim1"));
}

static void a_broadcast_of_unknown_fate_waits_for_the_operator(void **state)
{
    struct radio *radio = *state;
    int64_t id = queue(radio, MT_BROADCAST, KPM, "a");
    radio->next = SUBMIT_UNKNOWN;
    assert_true(turn(radio, "sim1"));
    pass(radio, 5 * MS_DAY);
    assert_state(radio, id, MT_UNCERTAIN);
}

static void a_death_between_claim_and_answer_is_uncertain(void **state)
{
    struct radio *radio = *state;
    struct world *w = &radio->w;
    struct mt_submit submit;
    int64_t id = queue(radio, MT_REPLY, KPM, "a");
    assert_true(claim(radio, "sim1", &submit));
    assert_true(restart(radio).uncertain == 0); /* nothing had left the modem */
    assert_state(radio, id, MT_QUEUED);
    assert_true(claim(radio, "sim1", &submit));
    must(outbox_leaving(radio->outbox, "sim1", submit.part_id, &w->error));
    assert_true(restart(radio).uncertain == 1);
    assert_state(radio, id, MT_UNCERTAIN);
    /* the answer of the former life comes too late to be believed */
    assert_int_equal(world_submitted(radio->outbox, "sim1", submit.part_id, SUBMIT_OK, 0, 7, NULL), 0);
    assert_state(radio, id, MT_UNCERTAIN);
    report(radio, KPM, 7, REPORT_DELIVERED, true); /* but the network knows */
    assert_state(radio, id, MT_DELIVERED);
    pass(radio, MS_HOUR);
    assert_false(turn(radio, "sim1"));
}

static void long_text(char text[500])
{
    memset(text, 'a', 153);
    memset(text + 153, 'b', 153);
    memset(text + 306, 'c', 100);
    text[406] = '\0';
}

static void parts_go_in_order_and_resume(void **state)
{
    struct radio *radio = *state;
    char text[500];
    long_text(text);
    int64_t id = queue(radio, MT_REPLY, KPM, text);
    assert_true(turn(radio, "sim1"));
    assert_int_equal(radio->last[0], 'a');
    radio->next = SUBMIT_TRANSIENT;
    assert_true(turn(radio, "sim1"));
    assert_state(radio, id, MT_RETRY_WAIT);
    world_pass(&radio->w, 150000);
    radio->next = SUBMIT_UNKNOWN;
    assert_true(turn(radio, "sim1"));
    assert_state(radio, id, MT_UNCERTAIN);
    pass(radio, MS_MINUTE);
    radio->next = SUBMIT_OK;
    assert_true(turn(radio, "sim1"));
    assert_int_equal(radio->last[0], 'b');
    assert_true(turn(radio, "sim1"));
    assert_int_equal(radio->last[0], 'c');
    assert_false(turn(radio, "sim1"));
    assert_state(radio, id, MT_SUBMITTED);
    assert_int_equal(message_of(radio, id).retries, 1);
}

static void answers_go_first(void **state)
{
    struct radio *radio = *state;
    static const enum mt_kind kinds[] = {MT_BROADCAST, MT_REMINDER, MT_CARD, MT_ALERT, MT_REPLY};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        (void)queue(radio, kinds[i], KPM, mt_kind_to_string(kinds[i]));
    for (size_t i = sizeof kinds / sizeof *kinds; i-- > 0;) {
        assert_true(turn(radio, "sim1"));
        assert_string_equal(radio->last, mt_kind_to_string(kinds[i]));
    }
}

static void only_answers_disturb_the_night(void **state)
{
    struct radio *radio = *state;
    struct world *w = &radio->w;
    int64_t wait;
    pass(radio, 690 * MS_MINUTE); /* half past eight in the evening */
    int64_t reminder = queue(radio, MT_REMINDER, KPM, "a"), reply = queue(radio, MT_REPLY, KADER, "b");
    assert_int_equal(drain(radio), 1);
    assert_state(radio, reply, MT_SUBMITTED);
    assert_state(radio, reminder, MT_QUEUED);
    must(outbox_wait_ms(radio->outbox, &wait, &w->error));
    assert_true(wait == 630 * MS_MINUTE);
    pass(radio, wait);
    assert_int_equal(drain(radio), 1);
    assert_state(radio, reminder, MT_SUBMITTED);
}

static void only_answers_ignore_the_pace(void **state)
{
    struct radio *radio = *state;
    for (int i = 0; i < 60; i++)
        (void)queue(radio, MT_BROADCAST, KPM, "a");
    assert_int_equal(drain(radio), 12);
    for (int i = 0; i < 60; i++)
        (void)queue(radio, MT_REPLY, KPM, "b");
    assert_int_equal(drain(radio), 60);
    pass(radio, MS_MINUTE + 1);
    assert_int_equal(drain(radio), 12);
    int64_t wait;
    assert_int_equal(outbox_wait_ms(radio->outbox, &wait, NULL), 0);
    assert_true(wait > 0 && wait <= MS_MINUTE);
}

static void each_number_goes_by_its_modem_while_that_one_is_up(void **state)
{
    struct radio *radio = *state;
    (void)queue(radio, MT_REPLY, "+6281230000010", "telkomsel");
    assert_false(turn(radio, "sim2")); /* sim1 is up and has the better prefix */
    assert_true(turn(radio, "sim1"));
    outbox_modem_up(radio->outbox, "sim1", false);
    (void)queue(radio, MT_REPLY, "+6281230000010", "telkomsel");
    outbox_modem_up(radio->outbox, "sim2", true);
    assert_true(turn(radio, "sim2"));
    outbox_modem_up(radio->outbox, "sim1", true);
    /* one that says it has no network is passed over like one that is down */
    int64_t id = queue(radio, MT_REPLY, "+6281230000010", "telkomsel");
    radio->next = SUBMIT_NO_NETWORK;
    assert_false(turn(radio, "sim2"));
    assert_true(turn(radio, "sim1"));
    radio->next = SUBMIT_OK;
    assert_true(turn(radio, "sim2"));
    assert_string_equal(message_of(radio, id).modem, "sim2");
    pass(radio, MS_HOUR);
    (void)queue(radio, MT_REPLY, "+6281230000010", "telkomsel");
    radio->next = SUBMIT_TRANSIENT;
    assert_true(turn(radio, "sim1"));
    pass(radio, MS_HOUR);
    assert_true(!turn(radio, "sim1") && turn(radio, "sim2"));
}

static void every_modem_that_can_be_configured_sends(void **state)
{
    struct radio *radio = *state;
    struct world *w = &radio->w;
    struct mt_submit submit;
    char name[MODEM_NAME_MAX];
    outbox_modem_up(radio->outbox, "sim1", false);
    for (int i = 2; i <= MODEMS_MAX; i++) {
        (void)snprintf(name, sizeof name, "sim%d", i);
        outbox_modem_up(radio->outbox, name, i == MODEMS_MAX);
    }
    (void)queue(radio, MT_REPLY, "+6281230000001", "halo");
    assert_int_equal(outbox_next(radio->outbox, name, &submit, &w->error), OUTBOX_SUBMIT);
}

static void what_is_too_old_is_not_sent(void **state)
{
    struct radio *radio = *state;
    int64_t reply = queue(radio, MT_REPLY, KPM, "a"), card = queue(radio, MT_CARD, KPM, "b");
    pass(radio, 24 * MS_HOUR + 1);
    assert_state(radio, reply, MT_EXPIRED);
    assert_state(radio, card, MT_QUEUED);
    assert_int_equal(drain(radio), 1);
    assert_state(radio, card, MT_SUBMITTED);
    pass(radio, 10 * MS_DAY);
    assert_state(radio, card, MT_REPORT_EXPIRED);
}

static void a_clock_put_right_changes_no_waiting_time(void **state)
{
    struct radio *radio = *state;
    struct world *w = &radio->w;
    int64_t id = queue(radio, MT_REPLY, KPM, "a");
    radio->next = SUBMIT_TRANSIENT;
    assert_true(turn(radio, "sim1"));
    int64_t delay = message_of(radio, id).next_attempt_ms - w->clock.wall;
    for (int sign = 1; sign >= -1; sign -= 2) {
        w->clock.wall += sign * 40 * MS_DAY; /* the monotonic clock goes on */
        must(outbox_tick(radio->outbox, &w->error));
        assert_state(radio, id, MT_RETRY_WAIT);
        assert_true(message_of(radio, id).next_attempt_ms - w->clock.wall == delay);
    }
}

static void a_claim_that_fails_changes_nothing(void **state)
{
    struct radio *radio = *state;
    struct world *w = &radio->w;
    struct mt_submit submit;
    int64_t id = queue(radio, MT_REPLY, KPM, "a");
    must(failpoint_arm("outbox.claim=enospc", &w->error));
    assert_int_equal(outbox_next(radio->outbox, "sim1", &submit, &w->error), -ENOSPC);
    must(failpoint_arm("", &w->error));
    assert_state(radio, id, MT_QUEUED);
    assert_int_equal(message_of(radio, id).attempts, 0);
    assert_true(claim(radio, "sim1", &submit));
    must(failpoint_arm("outbox.leave=enospc", &w->error));
    assert_int_equal(outbox_leaving(radio->outbox, "sim1", submit.part_id, &w->error), -ENOSPC);
    must(failpoint_arm("", &w->error));
    assert_int_equal(outbox_leaving(radio->outbox, "sim1", submit.part_id + 1, &w->error), -ENOENT);
    must(failpoint_arm("outbox.settle=enospc", &w->error));
    assert_int_equal(world_submitted(radio->outbox, "sim1", submit.part_id, SUBMIT_OK, 0, 1, &w->error), -ENOSPC);
    must(failpoint_arm("", &w->error));
    assert_state(radio, id, MT_SUBMITTING);
    must(world_submitted(radio->outbox, "sim1", submit.part_id, SUBMIT_OK, 0, 1, &w->error));
    assert_state(radio, id, MT_SUBMITTED);
}

/* One part through a modem until the box dies at that place. Exits with 0 where it did not; the network's copy is a
 * byte in the pipe. */
static void send_and_die(struct radio *radio, const char *point, int network)
{
    struct world *w = &radio->w;
    struct mt_submit submit;
    world_open(w);
    must(outbox_open(w->box, &radio->outbox, NULL, &w->error));
    outbox_modem_up(radio->outbox, "sim1", true);
    if (failpoint_arm(point, NULL) == 0 && outbox_next(radio->outbox, "sim1", &submit, &w->error) == OUTBOX_SUBMIT &&
        outbox_leaving(radio->outbox, "sim1", submit.part_id, &w->error) == 0 && write(network, "x", 1) == 1)
        (void)!world_submitted(radio->outbox, "sim1", submit.part_id, SUBMIT_OK, 0, 1, &w->error);
    _exit(0);
}

/* Wherever the box dies, it knows whether the part may be out: before it was let go it is sent as if nothing had been,
 * after that once more at most. */
static void a_kill_at_each_step(void **state)
{
    struct radio *radio = *state;
    struct world *w = &radio->w;
    static const struct {
        const char *point;
        enum mt_state state;
        int copies;
    } steps[] = {{"outbox.claim=kill", MT_QUEUED, 1},
                 {"outbox.claimed=kill", MT_QUEUED, 1},
                 {"outbox.leave=kill", MT_QUEUED, 1},
                 {"outbox.left=kill", MT_UNCERTAIN, 1},
                 {"outbox.settle=kill", MT_UNCERTAIN, 2}};
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        int ends[2], status;
        char byte;
        int64_t id = queue(radio, MT_REPLY, KPM, "a");
        assert_int_equal(pipe(ends), 0);
        radio->outbox = outbox_close(radio->outbox);
        world_close(w);
        pid_t child = fork();
        if (child == 0)
            send_and_die(radio, steps[i].point, ends[1]);
        assert_int_equal(waitpid(child, &status, 0), child);
        assert_true(WIFSIGNALED(status));
        close(ends[1]);
        int copies = (int)read(ends[0], &byte, 1);
        close(ends[0]);
        world_open(w);
        must(outbox_open(w->box, &radio->outbox, NULL, &w->error));
        outbox_modem_up(radio->outbox, "sim1", true);
        assert_state(radio, id, steps[i].state);
        copies += drain(radio);
        pass(radio, MS_MINUTE);
        assert_int_equal(copies + drain(radio), steps[i].copies);
        assert_state(radio, id, MT_SUBMITTED);
    }
}

/* Rows that a foreign hand left without their parts. */
static void what_has_no_part_fails_alone(void **state)
{
    struct radio *radio = *state;
    struct world *w = &radio->w;
    struct mt_submit submit;
    int64_t id = queue(radio, MT_REPLY, KPM, "a"), other = queue(radio, MT_REPLY, KPM, "b");
    world_sql(w, "DELETE FROM mt_part WHERE text = 'a'");
    assert_false(claim(radio, "sim1", &submit));
    assert_state(radio, id, MT_FAILED);
    assert_int_equal(drain(radio), 1);
    assert_state(radio, other, MT_SUBMITTED);
}

/* Between two ticks, and before the first. */
static void what_has_expired_is_never_claimed(void **state)
{
    struct radio *radio = *state;
    struct world *w = &radio->w;
    struct mt_submit submit;
    int64_t old = queue(radio, MT_REPLY, KPM, "old");
    world_pass(w, 23 * MS_HOUR + 30 * MS_MINUTE);
    int64_t fresh = queue(radio, MT_REPLY, KPM, "new");
    world_pass(w, 29 * MS_MINUTE + 30 * MS_SECOND);
    assert_true(claim(radio, "sim1", &submit));
    assert_string_equal(submit.text, "old");
    assert_int_equal(submit.validity_minutes, 1);
    must(world_submitted(radio->outbox, "sim1", submit.part_id, SUBMIT_TRANSIENT, 332, -1, &w->error));
    world_pass(w, 10 * MS_MINUTE);
    assert_int_equal(drain(radio), 1);
    assert_string_equal(radio->last, "new");
    assert_state(radio, old, MT_RETRY_WAIT);
    must(outbox_tick(radio->outbox, &w->error));
    assert_state(radio, old, MT_EXPIRED);
    assert_state(radio, fresh, MT_SUBMITTED);
    old = queue(radio, MT_CARD, KPM, "card");
    world_pass(w, 100 * MS_DAY);
    (void)restart(radio);
    assert_state(radio, old, MT_EXPIRED);
    assert_state(radio, fresh, MT_REPORT_EXPIRED);
    assert_int_equal(drain(radio), 0);
}

/* An end and the next beginning are one transaction: where that fails the modem has in hand what it had. */
static void a_turn_settles_and_claims_or_neither(void **state)
{
    struct radio *radio = *state;
    struct world *w = &radio->w;
    struct mt_submit first, second;
    int64_t a = queue(radio, MT_REPLY, KPM, "a"), b = queue(radio, MT_REPLY, KPM, "b");
    assert_true(claim(radio, "sim1", &first));
    must(failpoint_arm("outbox.claim=enospc", &w->error));
    assert_int_equal(outbox_settle_and_next(radio->outbox, "sim1", first.part_id, SUBMIT_OK, 0, 1, &second, &w->error),
                     -ENOSPC);
    must(failpoint_arm("", &w->error));
    assert_state(radio, a, MT_SUBMITTING);
    assert_state(radio, b, MT_QUEUED);
    assert_int_equal(outbox_settle_and_next(radio->outbox, "sim1", first.part_id, SUBMIT_OK, 0, 1, &second, &w->error),
                     OUTBOX_SUBMIT);
    assert_state(radio, a, MT_SUBMITTED);
    assert_state(radio, b, MT_SUBMITTING);
    assert_string_equal(second.text, "b");
    assert_int_equal(outbox_settle_and_next(radio->outbox, "sim1", first.part_id, SUBMIT_OK, 0, 1, &first, &w->error),
                     OUTBOX_NOTHING); /* a late answer */
    assert_int_equal(outbox_settle_and_next(radio->outbox, "sim1", second.part_id, SUBMIT_OK, 0, 2, &first, &w->error),
                     OUTBOX_NOTHING); /* the last */
    assert_state(radio, b, MT_SUBMITTED);
}

static uint32_t random_next(uint32_t *seed)
{
    *seed = *seed * 1664525 + 1013904223;
    return *seed >> 16;
}

/* Six hours of traffic on a bad line, then a night and a morning: everything comes to an end, no answer waits for a
 * broadcast, and the whole day costs no more looks at the outbox than there is something to see. */
static void a_day_goes_by(void **state)
{
    struct radio *radio = *state;
    struct world *w = &radio->w;
    enum { MESSAGES = 240 };
    int64_t ids[MESSAGES], day = 0, wait;
    uint32_t seed = 20361015;
    int queued = 0, looks = 0;
    while (day < 24 * (int64_t)MS_HOUR) {
        if (queued < MESSAGES && day >= queued * (int64_t)90 * MS_SECOND) {
            ids[queued] = queue(radio, queued % 3 ? MT_REPLY : MT_BROADCAST, KPM, "a");
            queued++;
        }
        uint32_t luck = random_next(&seed) % 10;
        radio->next = luck < 6   ? SUBMIT_OK
                      : luck < 8 ? SUBMIT_TRANSIENT
                      : luck < 9 ? SUBMIT_NO_NETWORK
                                 : SUBMIT_UNKNOWN;
        looks++;
        while (turn(radio, "sim1"))
            radio->next = SUBMIT_OK;
        must(outbox_wait_ms(radio->outbox, &wait, &w->error));
        wait = wait < 0 || wait > 90 * MS_SECOND ? 90 * MS_SECOND : wait;
        pass(radio, wait);
        day += wait;
    }
    int undecided = 0;
    for (int i = 0; i < queued; i++) {
        struct mt_message mt = message_of(radio, ids[i]);
        undecided += mt.kind == MT_BROADCAST && mt.state == MT_UNCERTAIN;
        bool over = mt.state == MT_SUBMITTED || mt.state == MT_FAILED || mt.state == MT_REPORT_EXPIRED;
        if (!over && mt.state != MT_UNCERTAIN)
            fail_msg("seed 20361015: message %d is %s", i, mt_state_to_string(mt.state));
        assert_true(over || mt.kind == MT_BROADCAST);
    }
    assert_int_equal(queued, MESSAGES);
    assert_true(undecided < MESSAGES / 3 / 2);
    assert_true(looks < 3000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(an_answer_is_sent_and_delivered, radio_start, radio_end),
        cmocka_unit_test_setup_teardown(a_refusal_for_now_is_tried_again_ever_later, radio_start, radio_end),
        cmocka_unit_test_setup_teardown(a_refusal_for_good_is_final, radio_start, radio_end),
        cmocka_unit_test_setup_teardown(no_network_costs_nothing, radio_start, radio_end),
        cmocka_unit_test_setup_teardown(an_answer_of_unknown_fate_is_sent_once_more, radio_start, radio_end),
        cmocka_unit_test_setup_teardown(a_broadcast_of_unknown_fate_waits_for_the_operator, radio_start, radio_end),
        cmocka_unit_test_setup_teardown(a_kill_at_each_step, radio_start, radio_end),
        cmocka_unit_test_setup_teardown(what_failed_once_keeps_its_place, radio_start, radio_end),
        cmocka_unit_test_setup_teardown(what_kills_the_worker_lets_others_pass, radio_start, radio_end),
        cmocka_unit_test_setup_teardown(a_death_between_claim_and_answer_is_uncertain, radio_start, radio_end),
        cmocka_unit_test_setup_teardown(parts_go_in_order_and_resume, radio_start, radio_end),
        cmocka_unit_test_setup_teardown(answers_go_first, radio_start, radio_end),
        cmocka_unit_test_setup_teardown(only_answers_disturb_the_night, radio_start, radio_end),
        cmocka_unit_test_setup_teardown(only_answers_ignore_the_pace, radio_start, radio_end),
        cmocka_unit_test_setup_teardown(each_number_goes_by_its_modem_while_that_one_is_up, radio_start, radio_end),
        cmocka_unit_test_setup_teardown(every_modem_that_can_be_configured_sends, radio_start, radio_end),
        cmocka_unit_test_setup_teardown(what_is_too_old_is_not_sent, radio_start, radio_end),
        cmocka_unit_test_setup_teardown(a_clock_put_right_changes_no_waiting_time, radio_start, radio_end),
        cmocka_unit_test_setup_teardown(a_claim_that_fails_changes_nothing, radio_start, radio_end),
        cmocka_unit_test_setup_teardown(a_turn_settles_and_claims_or_neither, radio_start, radio_end),
        cmocka_unit_test_setup_teardown(what_has_no_part_fails_alone, radio_start, radio_end),
        cmocka_unit_test_setup_teardown(what_has_expired_is_never_claimed, radio_start, radio_end),
        cmocka_unit_test_setup_teardown(a_day_goes_by, radio_start, radio_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
