/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A box without a battery: off for an hour or for a year, it wakes with a clock that ran on, stood still, began anew or
 * is a year ahead, which is put right after a while, by a hand or by the stamps of two senders, or never. What is to
 * become of what waited, and of what is queued then, is stated here from the true time alone.
 */
#include "base/digits.h"
#include "core/time.h"
#include "radio.h"

#define NEVER INT64_MAX
#define YEAR  (365 * MS_DAY)

enum wake { WAKE_RIGHT, WAKE_STOOD, WAKE_1970, WAKE_AHEAD, WAKE_COUNT };
enum right { RIGHT_BY_HAND, RIGHT_BY_STAMPS, RIGHT_COUNT };
static const char *const wakes[] = {"right", "as it was", "in 1970", "a year ahead"};

enum { GRACE_MS = 3 * MS_MINUTE, YES_MS = 2 * MS_HOUR, REPLY_HOURS = 24, OTHER_HOURS = 72, HELD_HOURS = 48 };

struct outage {
    int64_t off_ms;
    enum wake wake;
    enum right right;
    int64_t set_ms; /* after it woke; NEVER */
    int64_t net_ms; /* there is a network from then on */
};

struct queued {
    int64_t id;
    enum mt_kind kind;
    bool is_new; /* queued after it woke */
    int sent;
};
enum { QUEUED_MAX = MT_KIND_COUNT + 1 };

struct run {
    struct radio radio;
    struct outage outage;
    struct queued queued[QUEUED_MAX];
    size_t n;
    int64_t off_at_ms, true_ms; /* when the power went, and when it woke */
};

static void fail_in(const struct outage *outage, const char *what, const char *is, const char *expected)
{
    fail_msg("off for %lld h, wakes %s, right after %lld min by %s, network after %lld min: %s is %s and not %s",
             (long long)(outage->off_ms / MS_HOUR), wakes[outage->wake],
             outage->set_ms == NEVER ? -1LL : (long long)(outage->set_ms / MS_MINUTE),
             outage->right == RIGHT_BY_HAND ? "hand" : "stamps", (long long)(outage->net_ms / MS_MINUTE), what, is,
             expected);
}

static struct moment now_of(struct world *w)
{
    struct moment now;
    must(moment_now(w->box, &now, &w->error));
    return now;
}

static void queue_one(struct run *run, enum mt_kind kind, bool is_new)
{
    struct world *w = &run->radio.w;
    struct queued *queued = &run->queued[run->n];
    char text[32];
    (void)snprintf(text, sizeof text, "pesan %zu", run->n++);
    *queued = (struct queued){.kind = kind, .is_new = is_new};
    const struct outbox_order order = {.kind = kind, .recipient = NO_AREA, .text = text, .now_ms = now_of(w).ms};
    must(store_begin(w->store, &w->error));
    must(outbox_queue(w->box, &order, &queued->id, &w->error));
    must(store_commit(w->store, &w->error));
}

/* A month's numbers, and then those that it asks about. */
static void ask(struct run *run)
{
    struct world *w = &run->radio.w;
    char answer[SMS_TEXT_MAX];
    world_say(w, KPM, "IBU HAMIL 12 K4 3 SEP", answer);
    (void)drain(&run->radio);
    world_say(w, KPM, "IBU HAMIL 120 K4 3", answer);
    assert_non_null(strstr(answer, "balas YA"));
    (void)drain(&run->radio);
}

/* By the clock as it is; true_ms is what it is in truth. */
static void set_right(struct run *run, int64_t true_ms)
{
    struct world *w = &run->radio.w;
    static const char *const heard[][2] = {{KADER, "+6281230009000"}, {KPM_TWO, "+6281230009001"}};
    for (size_t i = 0; i < 2 && run->outage.right == RIGHT_BY_STAMPS; i++)
        moment_heard(w->box, heard[i][0], heard[i][1], true_ms);
    if (run->outage.right == RIGHT_BY_STAMPS)
        return;
    if (run->outage.wake == WAKE_RIGHT) {
        must(store_begin(w->store, &w->error));
        must(moment_reset(w->store, true_ms, &w->error));
        must(store_commit(w->store, &w->error));
    }
    w->clock.wall = true_ms;
}

static void say_yes(struct run *run, int64_t true_ms)
{
    struct world *w = &run->radio.w;
    char answer[SMS_TEXT_MAX];
    w->sent_ms = true_ms;
    world_say(w, KPM, "YA", answer);
    /* A stamp of months later is taken for a false one as long as nothing speaks against the clock. */
    bool false_stamp = run->outage.wake == WAKE_STOOD && run->outage.off_ms > 62 * MS_DAY;
    bool counts = run->outage.off_ms + YES_MS < HELD_HOURS * (int64_t)MS_HOUR;
    counts |= false_stamp && run->outage.set_ms > YES_MS;
    if (counts != (strncmp(answer, "Tersimpan", strlen("Tersimpan")) == 0))
        fail_in(&run->outage, "the answer to YA", answer, counts ? "\"Tersimpan\"" : "a refusal");
}

static void send_all(struct run *run)
{
    struct radio *radio = &run->radio;
    while (turn(radio, "sim1")) {
        int64_t i;
        if (strncmp(radio->last, "pesan ", strlen("pesan ")) == 0 &&
            digits_whole(radio->last + strlen("pesan "), QUEUED_MAX - 1, &i))
            run->queued[i].sent++;
    }
}

static void copy_file(const char *from, const char *to)
{
    char bytes[65536];
    FILE *in = fopen(from, "rb"), *out = fopen(to, "wb");
    assert_true(in && out);
    for (size_t n; (n = fread(bytes, 1, sizeof bytes, in)) > 0;)
        assert_int_equal(fwrite(bytes, 1, n, out), n);
    assert_int_equal(fclose(in) | fclose(out), 0);
}

static void saved_name(const struct world *w, char ret_name[128])
{
    (void)snprintf(ret_name, 128, "%s.saved", w->database);
}

/* As it stood when the power went. */
static void wake_up(struct run *run, const struct outage *outage)
{
    struct world *w = &run->radio.w;
    char saved[128];
    saved_name(w, saved);
    copy_file(saved, w->database);
    run->outage = *outage;
    run->n = MT_KIND_COUNT;
    for (size_t i = 0; i < run->n; i++)
        run->queued[i].sent = 0;
    run->true_ms = run->off_at_ms + outage->off_ms;
    const int64_t walls[WAKE_COUNT] = {run->true_ms, run->off_at_ms, 0, run->true_ms + YEAR};
    w->clock = (struct clock_fixed){.wall = walls[outage->wake], .monotonic = 0};
    world_open(w);
    must(store_suspect_recover(w->store, "", &w->error));
    must(outbox_open(w->box, &run->radio.outbox, NULL, &w->error));
    outbox_modem_up(run->radio.outbox, "sim1", true);
}

/* Finely at first, then by hours: when it is set right and when YA is said are among them. */
static int64_t step_at(int64_t at_ms)
{
    return at_ms < 6 * MS_MINUTE    ? MS_MINUTE
           : at_ms < 12 * MS_MINUTE ? 6 * MS_MINUTE
           : at_ms < 4 * MS_HOUR    ? 12 * MS_MINUTE
                                    : 4 * MS_HOUR;
}

static void live(struct run *run)
{
    struct world *w = &run->radio.w;
    const struct outage *outage = &run->outage;
    struct intake_counts counts;
    for (int64_t at_ms = 0; at_ms <= 5 * MS_DAY; at_ms += step_at(at_ms)) {
        if (at_ms == outage->set_ms)
            set_right(run, run->true_ms + at_ms);
        if (at_ms == YES_MS)
            say_yes(run, run->true_ms + at_ms);
        must(intake_tick(w->box, &counts, &w->error));
        must(outbox_tick(run->radio.outbox, &w->error));
        if (at_ms == 0)
            queue_one(run, MT_REPLY, true);
        if (at_ms >= outage->net_ms)
            send_all(run);
        w->clock.wall += step_at(at_ms);
        w->clock.monotonic += step_at(at_ms);
    }
}

static bool has_leapt(const struct outage *outage)
{
    return outage->wake == WAKE_AHEAD || (outage->wake == WAKE_RIGHT && outage->off_ms > 45 * MS_DAY);
}

/* A clock that nothing spoke against, set by a hand to months later, is not believed. */
static bool leaps_by_hand(const struct outage *outage)
{
    return outage->wake == WAKE_STOOD && outage->right == RIGHT_BY_HAND && outage->off_ms > 45 * MS_DAY;
}

/* When the box knows for how long it was off. */
static int64_t known_at(const struct outage *outage)
{
    if (outage->wake == WAKE_RIGHT && !has_leapt(outage))
        return 0;
    return leaps_by_hand(outage) ? NEVER : outage->set_ms;
}

static bool is_sent(const struct outage *outage, const struct queued *queued)
{
    int64_t valid_ms = (queued->kind == MT_REPLY ? REPLY_HOURS : OTHER_HOURS) * (int64_t)MS_HOUR;
    if (queued->is_new)
        return outage->net_ms < valid_ms;
    int64_t known_ms = known_at(outage), chance_ms = outage->net_ms > GRACE_MS ? outage->net_ms : GRACE_MS;
    bool doubted = has_leapt(outage) || (leaps_by_hand(outage) && outage->set_ms <= chance_ms);
    if (known_ms > chance_ms && !doubted)
        return chance_ms < valid_ms; /* nothing tells it how late it is */
    if (known_ms > chance_ms)
        chance_ms = known_ms;
    return chance_ms != NEVER && outage->off_ms + chance_ms < valid_ms;
}

static void check(struct run *run)
{
    struct world *w = &run->radio.w;
    for (size_t i = 0; i < run->n; i++) {
        const struct queued *queued = &run->queued[i];
        enum mt_state is = message_of(&run->radio, queued->id).state;
        bool sent = is_sent(&run->outage, queued);
        char what[64];
        (void)snprintf(what, sizeof what, "a%s %s that was sent %d times", queued->is_new ? " new" : "",
                       mt_kind_to_string(queued->kind), queued->sent);
        bool ended = sent ? is == MT_SUBMITTED || is == MT_REPORT_EXPIRED : is == MT_EXPIRED;
        if (!ended || queued->sent != sent)
            fail_in(&run->outage, what, mt_state_to_string(is), sent ? "sent once" : "expired");
    }
    int64_t off_by_ms = now_of(w).ms - (run->true_ms + w->clock.monotonic);
    if (known_at(&run->outage) != NEVER && (off_by_ms > MS_MINUTE || off_by_ms < -MS_MINUTE))
        fail_in(&run->outage, "what is believed", "something else", "the time");
}

static void run_outage(struct run *run, const struct outage *outage)
{
    wake_up(run, outage);
    live(run);
    check(run);
    run->radio.outbox = outbox_close(run->radio.outbox);
    world_close(&run->radio.w);
}

static int start(void **state)
{
    static struct run run;
    struct world *w = &run.radio.w;
    char saved[128];
    run = (struct run){.radio = {.next = SUBMIT_OK}};
    world_start(w, "modems = ( { name = \"sim1\"; connection = \"at\"; device = \"/dev/ttyUSB0\"; } );\n"
                   "pace_minute = 600; pace_hour = 36000; pace_day = 864000; quiet_from = \"00:00\"; "
                   "quiet_until = \"00:00\";");
    must(outbox_open(w->box, &run.radio.outbox, NULL, &w->error));
    outbox_modem_up(run.radio.outbox, "sim1", true);
    ask(&run);
    for (int kind = 0; kind < MT_KIND_COUNT; kind++)
        queue_one(&run, (enum mt_kind)kind, false);
    run.off_at_ms = w->clock.wall;
    run.radio.outbox = outbox_close(run.radio.outbox);
    world_close(w);
    saved_name(w, saved);
    copy_file(w->database, saved);
    *state = &run;
    return 0;
}

static int end(void **state)
{
    struct run *run = *state;
    char saved[128];
    saved_name(&run->radio.w, saved);
    (void)unlink(saved);
    world_end(&run->radio.w);
    return 0;
}

static const int64_t offs_ms[] = {MS_HOUR, 2 * MS_DAY, 21 * MS_DAY, 14 * 30 * MS_DAY};
static const int64_t sets_ms[] = {MS_MINUTE, MS_HOUR, 2 * MS_DAY};

/* The network is there at once, or only after the clock has been put right. */
static void run_both(struct run *run, struct outage outage)
{
    outage.net_ms = 0;
    run_outage(run, &outage);
    outage.net_ms = outage.set_ms == NEVER ? 4 * MS_HOUR : outage.set_ms + 12 * MS_MINUTE;
    run_outage(run, &outage);
}

static void run_wake(struct run *run, enum wake wake)
{
    for (size_t off = 0; off < sizeof offs_ms / sizeof *offs_ms; off++) {
        struct outage outage = {.off_ms = offs_ms[off], .wake = wake, .set_ms = NEVER};
        run_both(run, outage);
        for (size_t set = 0; set < sizeof sets_ms / sizeof *sets_ms && known_at(&outage) != 0; set++)
            for (int right = 0; right < RIGHT_COUNT; right++) {
                outage.set_ms = sets_ms[set];
                outage.right = (enum right)right;
                run_both(run, outage);
            }
    }
}

static void with_a_clock_that_ran_on(void **state)
{
    run_wake(*state, WAKE_RIGHT);
}

static void with_a_clock_that_stood_still(void **state)
{
    run_wake(*state, WAKE_STOOD);
}

static void in_1970(void **state)
{
    run_wake(*state, WAKE_1970);
}

static void a_year_ahead(void **state)
{
    run_wake(*state, WAKE_AHEAD);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(with_a_clock_that_ran_on, start, end),
        cmocka_unit_test_setup_teardown(with_a_clock_that_stood_still, start, end),
        cmocka_unit_test_setup_teardown(in_1970, start, end),
        cmocka_unit_test_setup_teardown(a_year_ahead, start, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
