/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What kabard dies of twice is set aside, whichever way it goes; the rest goes on. */
#include <sys/wait.h>
#include <unistd.h>

#include "base/failpoint.h"
#include "core/schedule/schedule.h"
#include "parsers/cause.h"
#include "radio.h"

/* kabard dies twice while a message is in the modem's hands and has not left: it is set aside, the rest goes out. An
 * end that was asked for is not a death. */
static void what_kills_kabard_is_set_aside(void **state)
{
    struct radio *radio = *state;
    struct world *w = &radio->w;
    struct mt_submit submit;
    int64_t id = queue(radio, MT_REPLY, KPM, "a"), other = queue(radio, MT_REPLY, KPM, "b");
    for (int ends = 0; ends < 5; ends++) {
        assert_true(claim(radio, "sim1", &submit));
        assert_string_equal(submit.text, "a");
        must(store_suspect_clear(w->store, &w->error));
        assert_int_equal(restart(radio).set_aside, 0);
    }
    assert_true(claim(radio, "sim1", &submit));
    assert_int_equal(restart(radio).set_aside, 0);
    assert_state(radio, id, MT_QUEUED);
    assert_true(claim(radio, "sim1", &submit));
    assert_string_equal(submit.text, "a");
    assert_int_equal(restart(radio).set_aside, 1);
    assert_state(radio, id, MT_FAILED);
    assert_int_equal(message_of(radio, id).cause, cause_of(CAUSE_LOCAL, CAUSE_LOCAL_KABARD_DIED));
    assert_int_equal(drain(radio), 1);
    assert_state(radio, other, MT_SUBMITTED);
}

/* The power goes while it is in the modem's hands, ten times: that says nothing of the message. */
static void a_power_cut_is_no_death(void **state)
{
    struct radio *radio = *state;
    struct world *w = &radio->w;
    struct mt_submit submit;
    char boot[16];
    int64_t id = queue(radio, MT_REPLY, KPM, "a");
    for (int i = 0; i < 10; i++) {
        assert_true(claim(radio, "sim1", &submit));
        (void)snprintf(boot, sizeof boot, "run %d", i);
        must(store_suspect_recover(w->store, boot, &w->error));
        assert_int_equal(restart(radio).set_aside, 0);
        assert_state(radio, id, MT_QUEUED);
    }
    assert_int_equal(drain(radio), 1);
}

/* A life that dies at that place in work; false: it did all of it. */
static bool dies_in(struct radio *radio, const char *place, void (*work)(struct radio *))
{
    struct world *w = &radio->w;
    int status;
    radio->outbox = outbox_close(radio->outbox);
    world_close(w);
    pid_t child = fork();
    if (child == 0) {
        world_open(w);
        must(store_suspect_recover(w->store, "", &w->error));
        must(outbox_open(w->box, &radio->outbox, NULL, &w->error));
        outbox_modem_up(radio->outbox, "sim1", true);
        must(failpoint_arm(place, &w->error));
        work(radio);
        _exit(0);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    world_open(w);
    must(outbox_open(w->box, &radio->outbox, NULL, &w->error));
    outbox_modem_up(radio->outbox, "sim1", true);
    return WIFSIGNALED(status);
}

static void claim_one(struct radio *radio)
{
    struct mt_submit submit;
    (void)claim(radio, "sim1", &submit);
}

/* Before and after the commit. */
static void dying_in_the_claim_is_counted(void **state)
{
    struct radio *radio = *state;
    static const char *const places[] = {"outbox.claim=kill", "outbox.claimed=kill"};
    for (size_t i = 0; i < 2; i++) {
        int64_t id = queue(radio, MT_CARD, KPM, "a"), other = queue(radio, MT_BROADCAST, KPM, "b");
        assert_true(dies_in(radio, places[i], claim_one));
        assert_true(dies_in(radio, places[i], claim_one));
        assert_int_equal(restart(radio).set_aside, 1);
        assert_state(radio, id, MT_FAILED);
        assert_int_equal(drain(radio), 1);
        assert_state(radio, other, MT_SUBMITTED);
    }
}

/* Two SMS lie on the SIM, the second is fatal. */
static struct mo_part on_sim[2];
static bool on_sim_stored[2];

static void read_sim(struct radio *radio)
{
    struct world *w = &radio->w;
    must(intake_take(w->box, "sim1", on_sim, 2, on_sim_stored, &w->counts, &w->error));
}

static int count_unread(void *data, const struct mo_message *message)
{
    int *unread = data;
    *unread += message->outcome == MO_UNREAD;
    return 0;
}

static void a_fatal_sms_is_kept_unread(void **state)
{
    struct radio *radio = *state;
    struct world *w = &radio->w;
    int unread = 0;
    on_sim[0] = world_part(w, KPM, "IBU HAMIL 12 K4 3");
    on_sim[1] = world_part(w, KPM_TWO, "IBU HAMIL 13 K4 4");
    assert_true(dies_in(radio, "intake.reply=kill:2", read_sim)); /* in the batch of both */
    assert_true(dies_in(radio, "intake.reply=kill:2", read_sim)); /* one by one: the first is through */
    must(store_suspect_recover(w->store, "", &w->error));
    read_sim(radio);
    assert_true(on_sim_stored[0] && on_sim_stored[1]);
    assert_int_equal(w->counts.set_aside, 1);
    assert_int_equal(w->counts.parts_known, 1);
    struct mo_filter all = {.limit = 10};
    must(store_mo_list(w->store, &all, count_unread, &unread, &w->error));
    assert_int_equal(unread, 1);
    assert_int_equal(world_value(w, DESA, "2036-10", "IBU_HAMIL", "K4"), 3);
    on_sim[0] = world_part(w, KPM, "IBU HAMIL 12 K4 4");
    on_sim[1] = world_part(w, KPM_TWO, "IBU HAMIL 13 K4 5");
    read_sim(radio);
    assert_int_equal(w->counts.replies, 2);
}

static void tick_intake(struct radio *radio)
{
    struct world *w = &radio->w;
    must(intake_tick(w->box, &w->counts, &w->error));
}

/* Of a long SMS that never came whole. */
static void fatal_parts_are_kept_unread(void **state)
{
    struct radio *radio = *state;
    struct world *w = &radio->w;
    int unread = 0;
    struct mo_part part = world_part(w, KPM, "IBU HAMIL 12 K4 3");
    part.concat_ref = 7;
    part.concat_total = 2;
    world_take(w, &part, 1);
    world_pass(w, 3 * MS_DAY);
    assert_true(dies_in(radio, "intake.reply=kill", tick_intake));
    assert_true(dies_in(radio, "intake.reply=kill", tick_intake));
    must(store_suspect_recover(w->store, "", &w->error));
    tick_intake(radio);
    struct mo_filter all = {.limit = 10};
    must(store_mo_list(w->store, &all, count_unread, &unread, &w->error));
    assert_int_equal(unread, 1);
}

static void tick_schedule(struct radio *radio)
{
    struct world *w = &radio->w;
    struct schedule_counts counts;
    for (int i = 0; i < 10; i++)
        must(schedule_tick(w->box, &counts, &w->error));
}

/* The weekly line is fatal: the reminder behind it is queued all the same. */
static void a_fatal_job_is_left_out(void **state)
{
    struct radio *radio = *state;
    struct world *w = &radio->w;
    struct schedule_counts counts;
    must(time_parse("2036-10-27T09:30:00+07:00", &w->clock.wall));
    assert_true(dies_in(radio, "schedule.job=kill", tick_schedule));
    assert_true(dies_in(radio, "schedule.job=kill", tick_schedule));
    must(store_suspect_recover(w->store, "", &w->error));
    size_t jobs = 0;
    do {
        must(schedule_tick(w->box, &counts, &w->error));
        jobs += counts.jobs;
    } while (counts.jobs > 0);
    assert_true(jobs > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_kills_kabard_is_set_aside, radio_start, radio_end),
        cmocka_unit_test_setup_teardown(a_power_cut_is_no_death, radio_start, radio_end),
        cmocka_unit_test_setup_teardown(dying_in_the_claim_is_counted, radio_start, radio_end),
        cmocka_unit_test_setup_teardown(a_fatal_sms_is_kept_unread, radio_start, radio_end),
        cmocka_unit_test_setup_teardown(fatal_parts_are_kept_unread, radio_start, radio_end),
        cmocka_unit_test_setup_teardown(a_fatal_job_is_left_out, radio_start, radio_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
