/* SPDX-License-Identifier: GPL-2.0-or-later */
/* From the wire to the commit: whatever comes in whatever order, and wherever it ends, each message counts once. */
#include <errno.h>
#include <signal.h>
#include <sys/wait.h>

#include "base/failpoint.h"
#include "world.h"

static struct world the_world;

static int start(void **state)
{
    world_start(&the_world, "");
    *state = &the_world;
    return 0;
}

static int end(void **state)
{
    assert_int_equal(failpoint_arm("", NULL), 0);
    world_end(*state);
    return 0;
}

struct tally {
    const char *text; /* NULL: any */
    enum mo_outcome outcome;
    int messages;
    int64_t mo_id;
};

static int count_message(void *data, const struct mo_message *message)
{
    struct tally *tally = data;
    if (!tally->text || strcmp(tally->text, message->text) == 0) {
        tally->messages++;
        tally->outcome = message->outcome;
        tally->mo_id = message->id;
    }
    return 0;
}

/* How many messages have this text, and of the newest: its outcome. */
static struct tally messages(struct world *w, const char *text)
{
    struct tally tally = {.text = text};
    struct mo_filter filter = {.limit = 1000};
    must(store_mo_list(w->store, &filter, count_message, &tally, &w->error));
    return tally;
}

static int count_report(void *data, const struct report_found *report)
{
    (void)report;
    ++*(int *)data;
    return 0;
}

static int reports_of(struct world *w, int64_t mo_id)
{
    int n = 0;
    struct report_filter filter = {.period = MONTH_NONE, .limit = 1000, .mo_id = mo_id};
    must(store_report_list(w->store, &filter, count_report, &n, &w->error));
    return n;
}

static int count_mt(void *data, const struct mt_message *mt)
{
    (void)mt;
    ++*(int *)data;
    return 0;
}

static int replies_matching(struct world *w, int64_t mo_id, unsigned state_mask)
{
    int n = 0;
    struct mt_filter filter = {.mo_id = mo_id, .state_mask = state_mask, .limit = 1000};
    must(store_mt_list(w->store, &filter, count_mt, &n, &w->error));
    return n;
}

static int replies_of(struct world *w, int64_t mo_id)
{
    return replies_matching(w, mo_id, 0);
}

static int replies_in(struct world *w, int64_t mo_id, enum mt_state state)
{
    return replies_matching(w, mo_id, 1U << state);
}

static void assert_once(struct world *w, const char *text, int reports)
{
    struct tally tally = messages(w, text);
    assert_int_equal(tally.messages, 1);
    assert_int_equal(reports_of(w, tally.mo_id), reports);
    assert_int_equal(replies_of(w, tally.mo_id), 1);
}

static int count_stranger(void *data, const struct stranger *stranger)
{
    (void)stranger;
    ++*(int *)data;
    return 0;
}

static void read_twice_counts_once(void **state)
{
    struct world *w = *state;
    struct mo_part part = world_part(w, KPM, "IBU HAMIL 12 K4 3");
    world_take(w, &part, 1);
    for (int i = 0; i < 3; i++) {
        world_pass(w, MS_HOUR);
        world_take(w, &part, 1);
        assert_int_equal(w->counts.parts_known, 1);
        assert_int_equal(w->counts.messages, 0);
    }
    (void)snprintf(part.sender, sizeof part.sender, "081230000001"); /* the same number, spelled otherwise */
    world_take(w, &part, 1);
    assert_int_equal(w->counts.parts_known, 1);
    assert_once(w, "IBU HAMIL 12 K4 3", 1);
    assert_int_equal(world_value(w, DESA, "2036-10", "IBU_HAMIL", "K4"), 3);
}

/* Part seq of a message cut in three. */
static struct mo_part piece(struct world *w, int ref, int seq)
{
    static const char *const texts[] = {"IBU HAMIL 12 ", "K4 3 ", "FE 10"};
    struct mo_part part = world_part(w, KPM, texts[seq - 1]);
    part.concat_ref = ref;
    part.concat_total = 3;
    part.concat_seq = seq;
    return part;
}

static void parts_come_in_any_order(void **state)
{
    struct world *w = *state;
    static const int orders[][3] = {{1, 2, 3}, {1, 3, 2}, {2, 1, 3}, {2, 3, 1}, {3, 1, 2}, {3, 2, 1}};
    for (size_t i = 0; i < 6; i++) {
        for (size_t j = 0; j < 3; j++) {
            struct mo_part part = piece(w, (int)i, orders[i][j]);
            world_take(w, &part, 1);
            assert_int_equal(w->counts.messages, j == 2);
        }
        assert_int_equal(messages(w, "IBU HAMIL 12 K4 3 FE 10").messages, (int)i + 1);
        world_pass(w, MS_DAY);
    }
    assert_int_equal(world_value(w, DESA, "2036-10", "IBU_HAMIL", "FE"), 10);
}

static void two_long_messages_interleave(void **state)
{
    struct world *w = *state;
    struct mo_part parts[6];
    for (int seq = 1; seq <= 3; seq++) {
        parts[2 * seq - 2] = piece(w, 7, seq);
        parts[2 * seq - 1] = piece(w, 8, seq);
        (void)snprintf(parts[2 * seq - 1].sender, sizeof parts->sender, "%s", KPM_TWO);
    }
    world_take(w, parts, 6);
    assert_int_equal(w->counts.messages, 2);
    assert_int_equal(messages(w, "IBU HAMIL 12 K4 3 FE 10").messages, 2);
    world_take(w, parts, 6);
    assert_int_equal(w->counts.parts_known, 6);
}

static void a_part_repeated_under_another_stamp_goes_along(void **state)
{
    struct world *w = *state;
    struct mo_part parts[] = {piece(w, 7, 1), piece(w, 7, 2), piece(w, 7, 2), piece(w, 7, 3)};
    world_take(w, parts, 4);
    assert_int_equal(w->counts.messages, 1);
    world_pass(w, 11 * MS_MINUTE);
    must(intake_tick(w->box, &w->counts, &w->error));
    assert_int_equal(w->counts.messages, 0);
    assert_once(w, "IBU HAMIL 12 K4 3 FE 10", 1);
}

static void a_part_repeated_afterwards_is_not_answered(void **state)
{
    struct world *w = *state;
    struct mo_part parts[] = {piece(w, 7, 1), piece(w, 7, 2), piece(w, 7, 3)};
    world_take(w, parts, 3);
    struct mo_part again = piece(w, 7, 2);
    world_take(w, &again, 1);
    world_pass(w, 11 * MS_MINUTE);
    must(intake_tick(w->box, &w->counts, &w->error));
    struct tally tally = messages(w, "K4 3 ");
    assert_int_equal(tally.messages, 1);
    assert_int_equal(replies_of(w, tally.mo_id), 0);
    struct mo_filter unread = {.limit = 10, .unread_only = true};
    struct tally shown = {.text = NULL};
    must(store_mo_list(w->store, &unread, count_message, &shown, &w->error));
    assert_int_equal(shown.messages, 0);
}

static void waiting_parts_are_limited(void **state)
{
    struct world *w = *state;
    struct error error;
    w->settings->multipart_parts_max = 20;
    for (int i = 0; i < 3 * 20; i++) {
        struct mo_part part = piece(w, i, 1);
        (void)snprintf(part.sender, sizeof part.sender, "+628123000%04d", 9900 + i);
        world_take(w, &part, 1);
    }
    int64_t waiting = 0;
    assert_int_equal(store_mo_waiting_count(w->store, &waiting, &error), 0);
    assert_int_equal(waiting, 20);
    assert_int_equal(messages(w, "IBU HAMIL 12 ").messages, 40);
}

static void strangers_are_limited(void **state)
{
    struct world *w = *state;
    w->settings->unknown_sender_keep = 10;
    for (int i = 0; i < 30; i++) {
        char number[32];
        (void)snprintf(number, sizeof number, "+628123000%04d", 9900 + i);
        struct mo_part part = world_part(w, number, "halo");
        world_take(w, &part, 1);
        world_pass(w, MS_MINUTE);
    }
    must(intake_tick(w->box, &w->counts, &w->error));
    int n = 0;
    must(store_stranger_list(w->store, 0, count_stranger, &n, &w->error));
    assert_int_equal(n, 10);
}

static void missing_parts_are_given_up_on(void **state)
{
    struct world *w = *state;
    char answer[SMS_TEXT_MAX];
    struct mo_part parts[] = {piece(w, 7, 1), piece(w, 7, 3)};
    world_take(w, parts, 2);
    world_pass(w, 9 * MS_MINUTE);
    must(intake_tick(w->box, &w->counts, &w->error));
    assert_int_equal(w->counts.messages, 0);
    world_pass(w, 2 * MS_MINUTE);
    must(intake_tick(w->box, &w->counts, &w->error));
    assert_int_equal(w->counts.messages, 1);
    struct tally tally = messages(w, "IBU HAMIL 12 FE 10");
    assert_int_equal(tally.outcome, MO_INCOMPLETE);
    w->last_mo = tally.mo_id;
    world_answer(w, answer);
    assert_string_equal(answer, "Pesan Anda hanya sampai 2 dari 3 bagian dan tidak disimpan. Mohon kirim ulang.");
    assert_int_equal(world_value(w, DESA, "2036-10", "IBU_HAMIL", "HAMIL"), -1);
    must(intake_tick(w->box, &w->counts, &w->error));
    assert_int_equal(w->counts.messages, 0);
}

/* Takes parts one after another, gives up on what then waits, and looks how many messages and answers came of it. */
static void give_up_on(struct world *w, const struct mo_part *parts, size_t n)
{
    for (size_t i = 0; i < n; i++)
        world_take(w, &parts[i], 1);
    world_pass(w, 11 * MS_MINUTE);
    must(intake_tick(w->box, &w->counts, &w->error));
}

static void a_late_part_makes_the_message_whole(void **state)
{
    struct world *w = *state;
    char answer[SMS_TEXT_MAX];
    struct mo_part parts[] = {piece(w, 7, 3), piece(w, 7, 1)};
    give_up_on(w, parts, 2);
    int64_t first = messages(w, "IBU HAMIL 12 FE 10").mo_id;
    struct mo_part late = piece(w, 7, 2), repeated = piece(w, 7, 1);
    world_take(w, &repeated, 1);
    assert_int_equal(w->counts.messages, 0);
    world_take(w, &late, 1);
    struct tally whole = messages(w, "IBU HAMIL 12 K4 3 FE 10");
    assert_int_equal(whole.mo_id, first);
    assert_int_equal(whole.outcome, MO_REPORT);
    assert_int_equal(messages(w, NULL).messages, 1);
    assert_int_equal(reports_of(w, first), 1);
    assert_int_equal(world_value(w, DESA, "2036-10", "IBU_HAMIL", "K4"), 3);
    world_answer(w, answer);
    assert_string_equal(answer, "Tersimpan. IBU HAMIL Okt/36: ibu hamil 12, K4 3, FE 10.");
    /* the question to send it again, not yet gone, is taken back */
    assert_int_equal(replies_in(w, first, MT_CANCELLED), 1);
    assert_int_equal(replies_in(w, first, MT_QUEUED), 1);
    give_up_on(w, &late, 1);
    world_take(w, &parts[0], 1);
    assert_int_equal(messages(w, NULL).messages, 1);
    assert_int_equal(replies_of(w, first), 2);
}

static void a_late_part_that_is_not_the_last_is_not_answered(void **state)
{
    struct world *w = *state;
    struct mo_part first = piece(w, 7, 3);
    give_up_on(w, &first, 1);
    int64_t mo_id = messages(w, "FE 10").mo_id;
    struct mo_part late[] = {piece(w, 7, 1), piece(w, 7, 1)};
    give_up_on(w, late, 2);
    struct tally tally = messages(w, "IBU HAMIL 12 FE 10");
    assert_int_equal(tally.mo_id, mo_id);
    assert_int_equal(tally.outcome, MO_INCOMPLETE);
    assert_int_equal(messages(w, NULL).messages, 1);
    assert_int_equal(replies_of(w, mo_id), 1);
    struct mo_part last = piece(w, 7, 2);
    world_take(w, &last, 1);
    assert_int_equal(messages(w, "IBU HAMIL 12 K4 3 FE 10").mo_id, mo_id);
    assert_int_equal(replies_of(w, mo_id), 2);
}

/* A phone that counts its references from 0 again: what contradicts the old parts, or lies nearer to new ones, is new.
 */
static void a_reference_used_again_is_another_message(void **state)
{
    struct world *w = *state;
    struct mo_part old = piece(w, 7, 1);
    give_up_on(w, &old, 1);
    world_pass(w, 20 * MS_MINUTE);
    struct mo_part parts[] = {piece(w, 7, 1), piece(w, 7, 2), piece(w, 7, 3)};
    (void)snprintf(parts[0].text, sizeof parts[0].text, "IBU HAMIL 15 ");
    give_up_on(w, parts, 3);
    assert_int_equal(messages(w, "IBU HAMIL 12 ").outcome, MO_INCOMPLETE);
    assert_int_equal(messages(w, "IBU HAMIL 15 K4 3 FE 10").outcome, MO_REPORT);
    assert_int_equal(messages(w, NULL).messages, 2);
    world_pass(w, MS_DAY);
    struct mo_part next_day[] = {piece(w, 7, 2), piece(w, 7, 3)};
    give_up_on(w, next_day, 2);
    assert_int_equal(messages(w, "K4 3 FE 10").outcome, MO_INCOMPLETE);
    assert_int_equal(messages(w, NULL).messages, 3);
}

/* Asked to send it again, the sender did: what comes late of the first says nothing new. */
static void a_late_part_of_what_was_sent_again_is_kept_silently(void **state)
{
    struct world *w = *state;
    struct mo_part parts[] = {piece(w, 7, 1), piece(w, 7, 3)};
    give_up_on(w, parts, 2);
    int64_t first = messages(w, "IBU HAMIL 12 FE 10").mo_id;
    struct mo_part again[] = {piece(w, 8, 1), piece(w, 8, 2), piece(w, 8, 3)};
    world_take(w, again, 3);
    int64_t second = w->last_mo;
    struct mo_part late = piece(w, 7, 2);
    world_take(w, &late, 1);
    assert_int_equal(messages(w, NULL).messages, 2);
    assert_int_equal(replies_of(w, first), 1);
    assert_int_equal(replies_of(w, second), 1);
    assert_int_equal(reports_of(w, first), 0);
    struct mo_filter unread = {.limit = 10, .unread_only = true};
    struct tally shown = {.text = NULL};
    must(store_mo_list(w->store, &unread, count_message, &shown, &w->error));
    assert_int_equal(shown.messages, 0);
}

/* Wherever the box dies while the last part comes late, read again it is one report and one answer. */
static void a_kill_while_a_late_part_joins_converges(void **state)
{
    struct world *w = *state;
    static const char *const points[] = {"intake.part=kill:1", "intake.message=kill:1", "intake.reply=kill:1",
                                         "intake.commit=kill:1", "intake.committed=kill:1"};
    for (size_t i = 0; i < sizeof points / sizeof *points; i++) {
        bool stored[1];
        int status;
        struct mo_part parts[] = {piece(w, 7, 1), piece(w, 7, 2)};
        give_up_on(w, parts, 2);
        struct mo_part late = piece(w, 7, 3);
        (void)snprintf(late.text, sizeof late.text, "FE %zu", i);
        world_close(w);
        pid_t child = fork();
        if (child == 0) {
            world_open(w);
            if (failpoint_arm(points[i], NULL) == 0)
                (void)!intake_take(w->box, "sim1", &late, 1, stored, &w->counts, &w->error);
            _exit(0);
        }
        assert_int_equal(waitpid(child, &status, 0), child);
        assert_true(WIFSIGNALED(status));
        world_open(w);
        world_take(w, &late, 1);
        assert_int_equal(messages(w, NULL).messages, (int)i + 1);
        assert_int_equal(reports_of(w, w->last_mo), 1);
        assert_int_equal(replies_of(w, w->last_mo), 2);
        assert_int_equal(world_value(w, DESA, "2036-10", "IBU_HAMIL", "FE"), (int)i);
        world_pass(w, MS_DAY);
    }
}

static void what_is_no_text_is_kept_and_not_read(void **state)
{
    struct world *w = *state;
    static const struct {
        enum mo_kind kind;
        enum mo_outcome outcome;
    } cases[] = {
        {MO_BINARY, MO_NOT_TEXT},
        {MO_MMS, MO_NOT_TEXT},
        {MO_USSD, MO_NOT_TEXT},
        {MO_UNREADABLE, MO_UNREAD},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct mo_part part = world_part(w, KPM, "BUMIL 12");
        part.kind = cases[i].kind;
        world_take(w, &part, 1);
        assert_int_equal(w->outcome, cases[i].outcome);
        assert_int_equal(replies_of(w, w->last_mo), 0);
    }
    assert_int_equal(world_value(w, DESA, "2036-10", "IBU_HAMIL", "HAMIL"), -1);
}

static void a_flash_is_read_where_its_sender_is_known(void **state)
{
    struct world *w = *state;
    struct mo_part part = world_part(w, KPM, "BUMIL 12");
    part.kind = MO_FLASH;
    world_take(w, &part, 1);
    assert_int_equal(replies_of(w, w->last_mo), 1);
    assert_int_equal(world_value(w, DESA, "2036-10", "IBU_HAMIL", "HAMIL"), 12);
    part = world_part(w, "+6281230009998", "Bonus kuota");
    part.kind = MO_FLASH;
    world_take(w, &part, 1);
    assert_int_equal(w->outcome, MO_NOT_TEXT);
    assert_int_equal(replies_of(w, w->last_mo), 0);
}

static void impossible_stamps_count_as_now(void **state)
{
    struct world *w = *state;
    static const int64_t stamps[] = {0, INT64_C(946684800000), INT64_C(4102444800000)};
    for (size_t i = 0; i < 3; i++) {
        struct mo_part part = world_part(w, KPM, "BUMIL 12");
        part.sent_ms = stamps[i];
        world_take(w, &part, 1);
        assert_int_equal(world_value(w, DESA, "2036-10", "IBU_HAMIL", "HAMIL"), 12);
        world_pass(w, MS_DAY);
    }
}

static void three(struct world *w, struct mo_part parts[3])
{
    parts[0] = world_part(w, KPM, "BANTUAN");
    parts[1] = world_part(w, KPM, "IBU HAMIL 12 K4 3");
    parts[2] = world_part(w, KPM, "TIKAR");
}

static void one_that_cannot_be_processed_does_not_stop_the_others(void **state)
{
    struct world *w = *state;
    struct mo_part parts[3];
    bool stored[3];
    three(w, parts);
    must(failpoint_arm("intake.report=einval", &w->error));
    must(intake_take(w->box, "sim1", parts, 3, stored, &w->counts, &w->error));
    must(failpoint_arm("", &w->error));
    assert_true(stored[0] && stored[1] && stored[2]);
    assert_int_equal(w->counts.unread, 1);
    assert_int_equal(w->counts.replies, 2);
    assert_int_equal(messages(w, "IBU HAMIL 12 K4 3").outcome, MO_UNREAD);
    assert_once(w, "BANTUAN", 0);
    world_take(w, parts, 3);
    assert_int_equal(w->counts.parts_known, 3);
}

static const char *const places[] = {"intake.part",  "intake.message", "intake.report",
                                     "intake.reply", "intake.command", "intake.commit"};

/* Disk full, locked, broken: nothing is stored, nothing may be deleted, and the next time all of it is. */
static void a_failing_world_leaves_nothing_half_done(void **state)
{
    static const struct {
        const char *word;
        int result;
    } faults[] = {{"enospc", -ENOSPC}, {"eio", -EIO}, {"ebusy", -EBUSY}, {"erofs", -EROFS}, {"enomem", -ENOMEM}};
    struct world *w = *state;
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        for (size_t j = 0; j < sizeof faults / sizeof *faults; j++) {
            struct mo_part parts[3];
            bool stored[3];
            char point[64];
            three(w, parts);
            int before = messages(w, NULL).messages;
            (void)snprintf(point, sizeof point, "%s=%s", places[i], faults[j].word);
            must(failpoint_arm(point, &w->error));
            assert_int_equal(intake_take(w->box, "sim1", parts, 3, stored, &w->counts, &w->error), faults[j].result);
            must(failpoint_arm("", &w->error));
            assert_true(!stored[0] && !stored[1] && !stored[2]);
            assert_int_equal(messages(w, NULL).messages, before);
            world_take(w, parts, 3);
            assert_int_equal(messages(w, NULL).messages, before + 3);
            world_pass(w, MS_DAY);
        }
    }
}

/* The box is killed at each place, in each of the messages, and reads its SIM again. */
static void a_killed_box_converges(void **state)
{
    struct world *w = *state;
    for (size_t i = 0; i <= sizeof places / sizeof *places; i++) {
        for (int time = 1; time <= 3; time++) {
            struct mo_part parts[3];
            bool stored[3];
            char point[64];
            int status;
            const char *place = i < sizeof places / sizeof *places ? places[i] : "intake.committed";
            three(w, parts);
            (void)snprintf(parts[1].text, sizeof parts[1].text, "IBU HAMIL %d K4 %d", 12 + time, (int)i);
            (void)snprintf(point, sizeof point, "%s=kill:%d", place, time);
            world_close(w);
            pid_t child = fork();
            if (child == 0) {
                world_open(w);
                if (failpoint_arm(point, NULL) == 0)
                    (void)!intake_take(w->box, "sim1", parts, 3, stored, &w->counts, &w->error);
                _exit(0);
            }
            assert_int_equal(waitpid(child, &status, 0), child);
            assert_true(WIFSIGNALED(status) || (time > 1 && WEXITSTATUS(status) == 0));
            world_open(w);
            world_take(w, parts, 3);
            assert_once(w, parts[1].text, 1);
            assert_int_equal(world_value(w, DESA, "2036-10", "IBU_HAMIL", "K4"), (int)i);
            world_pass(w, 2 * MS_HOUR);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(read_twice_counts_once, start, end),
        cmocka_unit_test_setup_teardown(parts_come_in_any_order, start, end),
        cmocka_unit_test_setup_teardown(two_long_messages_interleave, start, end),
        cmocka_unit_test_setup_teardown(a_part_repeated_under_another_stamp_goes_along, start, end),
        cmocka_unit_test_setup_teardown(a_part_repeated_afterwards_is_not_answered, start, end),
        cmocka_unit_test_setup_teardown(waiting_parts_are_limited, start, end),
        cmocka_unit_test_setup_teardown(strangers_are_limited, start, end),
        cmocka_unit_test_setup_teardown(missing_parts_are_given_up_on, start, end),
        cmocka_unit_test_setup_teardown(a_late_part_makes_the_message_whole, start, end),
        cmocka_unit_test_setup_teardown(a_late_part_that_is_not_the_last_is_not_answered, start, end),
        cmocka_unit_test_setup_teardown(a_reference_used_again_is_another_message, start, end),
        cmocka_unit_test_setup_teardown(a_late_part_of_what_was_sent_again_is_kept_silently, start, end),
        cmocka_unit_test_setup_teardown(a_kill_while_a_late_part_joins_converges, start, end),
        cmocka_unit_test_setup_teardown(what_is_no_text_is_kept_and_not_read, start, end),
        cmocka_unit_test_setup_teardown(a_flash_is_read_where_its_sender_is_known, start, end),
        cmocka_unit_test_setup_teardown(impossible_stamps_count_as_now, start, end),
        cmocka_unit_test_setup_teardown(one_that_cannot_be_processed_does_not_stop_the_others, start, end),
        cmocka_unit_test_setup_teardown(a_failing_world_leaves_nothing_half_done, start, end),
        cmocka_unit_test_setup_teardown(a_killed_box_converges, start, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
