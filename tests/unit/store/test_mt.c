/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "store/mo.h"
#include "store/mt.h"
#include "world.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>

#define TO  "+6281230000001"
#define ANY UINT32_MAX

static struct mt_message message_of(enum mt_kind kind, const char *text)
{
    struct mt_message message = {.kind = kind, .created_ms = NOW};
    (void)snprintf(message.recipient, sizeof message.recipient, TO);
    (void)snprintf(message.text, sizeof message.text, "%s", text);
    return message;
}

static int64_t add(struct world *w, const struct mt_message *message)
{
    int64_t id = 0;
    OK(store_mt_add(w->store, message, &id, &w->error));
    return id;
}

static int64_t add_kind(struct world *w, enum mt_kind kind)
{
    struct mt_message message = message_of(kind, "Terima kasih");
    return add(w, &message);
}

/* 306 septets: two parts. */
static int64_t add_long(struct world *w)
{
    struct mt_message message = message_of(MT_REPLY, "");
    memset(message.text, 'a', 153);
    memset(message.text + 153, 'b', 153);
    return add(w, &message);
}

static int keep(void *data, const struct mt_message *message)
{
    *(struct mt_message *)data = *message;
    return 1;
}

static struct mt_message get(struct world *w, int64_t id)
{
    struct mt_message message = {.id = 0};
    OK(store_mt_list(w->store, &(struct mt_filter){.id = id}, keep, &message, &w->error));
    assert_true(message.id == id);
    return message;
}

static void assert_state(struct world *w, int64_t id, enum mt_state state)
{
    assert_string_equal(mt_state_to_string(get(w, id).state), mt_state_to_string(state));
}

static struct mt_part_row claim(struct world *w, int64_t id, int64_t *ret_attempt)
{
    struct mt_part_row part = {.id = 0};
    OK(store_mt_claim(w->store, id, "sim1", NOW, &part, ret_attempt, &w->error));
    assert_state(w, id, MT_SUBMITTING);
    return part;
}

static void settle(struct world *w, int64_t attempt, enum mt_state next, int tp_mr)
{
    bool sent = next == MT_SUBMITTED;
    OK(store_mt_settle(w->store,
                       &(struct mt_outcome){.attempt_id = attempt,
                                            .next = next,
                                            .now_ms = NOW + 5,
                                            .next_attempt_ms = next == MT_RETRY_WAIT ? NOW + 60000 : 0,
                                            .cause = sent ? 0 : 332,
                                            .tp_mr = tp_mr,
                                            .spend_retry = next == MT_RETRY_WAIT,
                                            .part_sent = sent},
                       &w->error));
}

static int64_t submitted(struct world *w, int tp_mr)
{
    int64_t attempt, id = add_kind(w, MT_REPLY);
    (void)claim(w, id, &attempt);
    settle(w, attempt, MT_SUBMITTED, tp_mr);
    assert_state(w, id, MT_SUBMITTED);
    return id;
}

static int64_t next(struct world *w, int64_t now_ms, unsigned kinds, const char *modem)
{
    struct mt_message message = {.id = 0};
    const struct mt_search search = {.now_ms = now_ms, .kind_mask = kinds, .modem = modem};
    int r = store_mt_pick(w->store, &search, &message, &w->error);
    assert_true(r == 0 || r == -ENOENT);
    return r == 0 ? message.id : 0;
}

static void queue_and_parts(void **state)
{
    struct world *w = *state;
    begin(w);
    struct mt_message none = message_of(MT_REPLY, "");
    FAILS(-EMSGSIZE, store_mt_add(w->store, &none, NULL, &w->error));
    memset(none.text, 'a', SMS_TEXT_MAX - 1);
    FAILS(-EMSGSIZE, store_mt_add(w->store, &none, NULL, &w->error));
    struct mt_message unicode = message_of(MT_MANUAL, "");
    for (size_t i = 0; i < 100; i++)
        memcpy(unicode.text + 2 * i, "ш", 2);
    int64_t id = add(w, &unicode), attempt;
    struct mt_message got = get(w, id);
    assert_true(got.parts == 2 && got.parts_sent == 0 && got.state == MT_QUEUED && got.attempts == 0);
    assert_string_equal(got.uid, "box-03-mt-1");
    assert_string_equal(got.text, unicode.text);
    struct mt_part_row part = claim(w, id, &attempt);
    assert_true(part.seq == 1 && part.total == 2 && part.unicode && part.concat_ref == 1);
    assert_int_equal(strlen(part.text), 2 * 67);
    int64_t single = add_kind(w, MT_REPLY);
    part = claim(w, single, &attempt);
    assert_true(part.seq == 1 && part.total == 1 && !part.unicode && part.concat_ref == -1);
    assert_string_equal(part.text, "Terima kasih");
    commit(w);
}

static void one_answer_a_message(void **state)
{
    struct world *w = *state;
    int64_t mo;
    begin(w);
    OK(store_mo_message_add(w->store, &(struct mo_message){.text = "x"}, NULL, 0, &mo, &w->error));
    struct mt_message reply = message_of(MT_REPLY, "a");
    reply.mo_id = mo;
    int64_t id = add(w, &reply);
    FAILS(-EEXIST, store_mt_add(w->store, &reply, NULL, &w->error));
    reply.kind = MT_CARD;
    FAILS(-EEXIST, store_mt_add(w->store, &reply, NULL, &w->error));
    reply.kind = MT_MANUAL;
    (void)add(w, &reply);
    (void)add(w, &reply);
    reply.mo_id = 4711;
    FAILS(-ENOENT, store_mt_add(w->store, &reply, NULL, &w->error));
    struct mt_message got = {.id = 0};
    OK(store_mt_list(w->store, &(struct mt_filter){.mo_id = mo, .oldest_first = true}, keep, &got, &w->error));
    assert_true(got.id == id);
    commit(w);
}

static void next_by_priority_then_age(void **state)
{
    struct world *w = *state;
    begin(w);
    int64_t broadcast = add_kind(w, MT_BROADCAST), reminder = add_kind(w, MT_REMINDER), card = add_kind(w, MT_CARD);
    int64_t manual = add_kind(w, MT_MANUAL), alert = add_kind(w, MT_ALERT), reply = add_kind(w, MT_REPLY);
    int64_t later = add_kind(w, MT_REPLY), attempt, due;
    const int64_t order[] = {reply, later, alert, manual, card, reminder, broadcast};
    FAILS(-ENOENT, store_mt_next_due(w->store, NOW, &due, &w->error));
    assert_true(next(w, NOW, 1u << MT_CARD | 1u << MT_BROADCAST, "sim1") == card);
    assert_true(next(w, NOW, 0, "sim1") == 0);
    for (size_t i = 0; i < COUNT_OF(order); i++) {
        assert_true(next(w, NOW, ANY, "sim1") == order[i]);
        (void)claim(w, order[i], &attempt);
        settle(w, attempt, MT_RETRY_WAIT, -1);
    }
    assert_true(next(w, NOW + 59999, ANY, "sim1") == 0);
    OK(store_mt_next_due(w->store, NOW, &due, &w->error));
    assert_true(due == NOW + 60000);
    assert_true(next(w, NOW + 60000, ANY, "sim1") == reply);
    FAILS(-ENOENT, store_mt_next_due(w->store, NOW + 60000, &due, &w->error));
    struct mt_message got = get(w, reply);
    assert_true(got.retries == 1 && got.attempts == 1 && got.cause == 332 && got.state == MT_RETRY_WAIT);
    commit(w);
}

static void what_waits_goes_with_a_clock_set_back(void **state)
{
    struct world *w = *state;
    begin(w);
    struct mt_message later = message_of(MT_REMINDER, "a");
    later.not_before_ms = NOW + 5000;
    int64_t id = add(w, &later), attempt;
    assert_true(next(w, NOW + 4999, ANY, "sim1") == 0);
    assert_true(next(w, NOW + 5000, ANY, "sim1") == id);
    int64_t reply = add_kind(w, MT_REPLY);
    assert_true(next(w, 0, ANY, "sim1") == reply);
    (void)claim(w, reply, &attempt);
    settle(w, attempt, MT_RETRY_WAIT, -1);
    OK(store_mt_shift(w->store, 0, -2 * MS_DAY, NOW + MS_HOUR, &w->error));
    assert_true(next(w, NOW + MS_HOUR - 2 * MS_DAY, ANY, "sim1") == reply);
    assert_true(next(w, NOW + 4999 - 2 * MS_DAY, 1u << MT_REMINDER, "sim1") == 0);
    assert_true(next(w, NOW + 5000 - 2 * MS_DAY, 1u << MT_REMINDER, "sim1") == id);
    commit(w);
}

static void resumes_at_the_first_unsent_part(void **state)
{
    struct world *w = *state;
    int64_t attempt, id;
    begin(w);
    id = add_long(w);
    struct mt_part_row part = claim(w, id, &attempt);
    assert_true(part.seq == 1 && part.text[0] == 'a');
    settle(w, attempt, MT_SUBMITTED, 10);
    assert_state(w, id, MT_QUEUED);
    assert_int_equal(get(w, id).parts_sent, 1);
    part = claim(w, id, &attempt);
    assert_true(part.seq == 2 && part.text[0] == 'b');
    settle(w, attempt, MT_RETRY_WAIT, -1);
    part = claim(w, id, &attempt);
    assert_int_equal(part.seq, 2);
    settle(w, attempt, MT_QUEUED, -1);
    assert_state(w, id, MT_QUEUED);
    assert_int_equal(get(w, id).retries, 1);
    (void)claim(w, id, &attempt);
    settle(w, attempt, MT_SUBMITTED, 11);
    assert_state(w, id, MT_SUBMITTED);
    assert_int_equal(get(w, id).parts_sent, 2);
    assert_int_equal(get(w, id).attempts, 4);
    FAILS(-ENOENT,
          store_mt_settle(w->store, &(struct mt_outcome){.attempt_id = attempt, .next = MT_FAILED}, &w->error));
    FAILS(-ENOENT, store_mt_claim(w->store, id, "sim1", NOW, &part, &attempt, &w->error));
    FAILS(-ENOENT, store_mt_claim(w->store, 4711, "sim1", NOW, &part, &attempt, &w->error));
    commit(w);
}

static void another_modem_begins_again_and_only_after_a_while(void **state)
{
    struct world *w = *state;
    int64_t attempt, id;
    begin(w);
    id = add_long(w);
    (void)claim(w, id, &attempt);
    settle(w, attempt, MT_SUBMITTED, 10);
    assert_true(next(w, NOW + 10, ANY, "sim2") == 0);
    assert_true(next(w, NOW + 10, ANY, "sim1") == id);
    assert_true(next(w, NOW + 10 + MT_HANDOVER_MS, ANY, "sim2") == id);
    struct mt_part_row part;
    OK(store_mt_claim(w->store, id, "sim2", NOW, &part, &attempt, &w->error));
    assert_int_equal(part.seq, 1);
    settle(w, attempt, MT_SUBMITTED, 1);
    assert_int_equal(get(w, id).parts_sent, 1);
    assert_string_equal(get(w, id).modem, "sim2");
    commit(w);
}

static void a_crash_leaves_uncertain(void **state)
{
    struct world *w = *state;
    int64_t attempt;
    struct mt_recovered recovered;
    begin(w);
    int64_t a = add_kind(w, MT_REPLY), b = add_kind(w, MT_REPLY), c = add_kind(w, MT_REPLY);
    int64_t d = add_kind(w, MT_REPLY);
    (void)claim(w, a, &attempt);
    OK(store_attempt_leaves(w->store, attempt, NOW + 5, &w->error));
    (void)claim(w, b, &attempt);
    OK(store_attempt_leaves(w->store, attempt, NOW + 5, &w->error));
    (void)claim(w, d, &attempt); /* and was never let go */
    commit(w);
    w->store = store_close(w->store);
    OK(store_open(w->path, STORE_WRITE, "box-03", &w->store, &w->error));
    begin(w);
    OK(store_mt_recover(w->store, NOW + 9, &recovered, &w->error));
    assert_int_equal(recovered.uncertain, 2);
    OK(store_mt_recover(w->store, NOW + 9, &recovered, &w->error));
    assert_int_equal(recovered.uncertain, 0);
    FAILS(-ENOENT, store_attempt_leaves(w->store, attempt, NOW + 10, &w->error));
    commit(w);
    assert_state(w, a, MT_UNCERTAIN);
    assert_state(w, b, MT_UNCERTAIN);
    assert_state(w, c, MT_QUEUED);
    assert_state(w, d, MT_QUEUED);
    assert_int_equal(sql(w, "SELECT count(*) FROM attempt WHERE result = 'uncertain' AND ended_ms IS NOT NULL"), 2);
    assert_int_equal(sql(w, "SELECT count(*) FROM attempt WHERE result = 'no_network' AND left_ms IS NULL"), 1);
}

static void status_reports(void **state)
{
    struct world *w = *state;
    int64_t mt = 0, attempt;
    begin(w);
    int64_t a = submitted(w, 255), b = submitted(w, 0);
    FAILS(-ENOENT, store_mt_report(w->store, TO, 7, true, NOW, &mt, &w->error));
    FAILS(-ENOENT, store_mt_report(w->store, "+6281230000002", 0, true, NOW, &mt, &w->error));
    OK(store_mt_report(w->store, TO, 255, true, NOW, &mt, &w->error));
    assert_true(mt == a);
    assert_state(w, a, MT_DELIVERED);
    OK(store_mt_report(w->store, TO, 0, false, NOW, &mt, &w->error));
    assert_state(w, b, MT_UNDELIVERED);
    FAILS(-ENOENT, store_mt_report(w->store, TO, 0, true, NOW, &mt, &w->error));
    assert_state(w, b, MT_UNDELIVERED);
    /* The number comes round: the newest it is, and never the older one by a repeated report. */
    int64_t old = submitted(w, 9), newer = submitted(w, 9);
    OK(store_mt_report(w->store, TO, 9, true, NOW, &mt, &w->error));
    assert_true(mt == newer);
    FAILS(-ENOENT, store_mt_report(w->store, TO, 9, true, NOW, &mt, &w->error));
    assert_state(w, old, MT_SUBMITTED);
    /* Two parts: delivered with the second; the first one's report may come before the second is out. */
    int64_t id = add_long(w);
    (void)claim(w, id, &attempt);
    settle(w, attempt, MT_SUBMITTED, 20);
    OK(store_mt_report(w->store, TO, 20, true, NOW, &mt, &w->error));
    assert_state(w, id, MT_QUEUED);
    (void)claim(w, id, &attempt);
    settle(w, attempt, MT_SUBMITTED, 21);
    assert_state(w, id, MT_SUBMITTED);
    OK(store_mt_report(w->store, TO, 21, true, NOW, &mt, &w->error));
    assert_state(w, id, MT_DELIVERED);
    commit(w);
}

static int64_t uncertain(struct world *w, int64_t id)
{
    int64_t attempt;
    (void)claim(w, id, &attempt);
    settle(w, attempt, MT_UNCERTAIN, -1);
    return id;
}

static void a_status_report_settles_what_was_uncertain(void **state)
{
    struct world *w = *state;
    int64_t mt = 0;
    begin(w);
    int64_t known = submitted(w, 4), a = uncertain(w, add_kind(w, MT_REPLY));
    OK(store_mt_report(w->store, TO, 4, true, NOW, &mt, &w->error));
    assert_true(mt == known);
    FAILS(-ENOENT, store_mt_report(w->store, TO, 4, true, NOW, &mt, &w->error));
    assert_state(w, a, MT_UNCERTAIN);
    OK(store_mt_report(w->store, TO, 5, true, NOW, &mt, &w->error));
    assert_true(mt == a);
    assert_state(w, a, MT_DELIVERED);
    assert_int_equal(get(w, a).parts_sent, 1);
    /* Which of two it was must not be guessed. */
    int64_t b = uncertain(w, add_kind(w, MT_REPLY)), c = uncertain(w, add_kind(w, MT_REPLY));
    FAILS(-ENOENT, store_mt_report(w->store, TO, 6, true, NOW, &mt, &w->error));
    OK(store_mt_move(w->store, b, MT_UNCERTAIN, MT_FAILED, NOW, 0, &w->error));
    OK(store_mt_report(w->store, TO, 6, false, NOW, &mt, &w->error));
    assert_true(mt == c);
    assert_state(w, c, MT_UNDELIVERED);
    /* The first of two parts: the second is still to be sent. */
    int64_t id = uncertain(w, add_long(w)), attempt;
    OK(store_mt_report(w->store, TO, 7, true, NOW, &mt, &w->error));
    assert_state(w, id, MT_RETRY_WAIT);
    assert_true(next(w, NOW, ANY, "sim1") == id);
    assert_int_equal(claim(w, id, &attempt).seq, 2);
    settle(w, attempt, MT_SUBMITTED, 8);
    OK(store_mt_report(w->store, TO, 8, true, NOW, &mt, &w->error));
    assert_state(w, id, MT_DELIVERED);
    /* Nor by a number that it can't have had, nor while it may be that of one that is being submitted. */
    int64_t d = uncertain(w, add_kind(w, MT_REPLY));
    FAILS(-ENOENT, store_mt_report(w->store, TO, 30, true, NOW, &mt, &w->error));
    (void)claim(w, add_kind(w, MT_REPLY), &attempt);
    FAILS(-ENOENT, store_mt_report(w->store, TO, 9, true, NOW, &mt, &w->error));
    settle(w, attempt, MT_SUBMITTED, 10);
    FAILS(-ENOENT, store_mt_report(w->store, TO, 11, true, NOW, &mt, &w->error));
    assert_state(w, d, MT_UNCERTAIN);
    OK(store_mt_report(w->store, TO, 9, true, NOW, &mt, &w->error));
    assert_true(mt == d);
    commit(w);
}

static void cancelling_what_is_in_the_modem(void **state)
{
    struct world *w = *state;
    int64_t attempt;
    begin(w);
    int64_t a = add_kind(w, MT_REPLY), b = add_kind(w, MT_REPLY), c = add_long(w);
    FAILS(-ENOENT, store_mt_cancel_submitting(w->store, a, &w->error));
    (void)claim(w, a, &attempt);
    OK(store_mt_cancel_submitting(w->store, a, &w->error));
    assert_true(get(w, a).cancel_wanted);
    settle(w, attempt, MT_SUBMITTED, 1);
    assert_state(w, a, MT_SUBMITTED);
    (void)claim(w, b, &attempt);
    OK(store_mt_cancel_submitting(w->store, b, &w->error));
    settle(w, attempt, MT_RETRY_WAIT, -1);
    assert_state(w, b, MT_CANCELLED);
    (void)claim(w, c, &attempt);
    OK(store_mt_cancel_submitting(w->store, c, &w->error));
    settle(w, attempt, MT_SUBMITTED, 2);
    assert_state(w, c, MT_CANCELLED);
    commit(w);
}

/* Whether the call ends in KABAR_ASSERT's abort; in a child, because it does not come back. */
static bool aborts(struct world *w, int64_t id, enum mt_state from, enum mt_state to)
{
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        int null = open("/dev/null", O_WRONLY | O_CLOEXEC);
        (void)dup2(null, STDERR_FILENO);
        (void)signal(SIGABRT, SIG_DFL);
        int r = store_mt_move(w->store, id, from, to, NOW, 0, NULL);
        _exit(r == 0 ? 0 : 1);
    }
    int status = 0;
    assert_true(waitpid(child, &status, 0) == child);
    return WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT;
}

static void every_pair_of_states(void **state)
{
    struct world *w = *state;
    static const char *const legal[] = {
        "queued>submitting",     "queued>held",           "queued>cancelled",      "queued>expired",
        "submitting>submitted",  "submitting>retry_wait", "submitting>failed",     "submitting>uncertain",
        "submitting>queued",     "submitted>delivered",   "submitted>undelivered", "submitted>report_expired",
        "retry_wait>submitting", "retry_wait>held",       "retry_wait>cancelled",  "retry_wait>expired",
        "uncertain>submitted",   "uncertain>retry_wait",  "uncertain>failed",      "held>queued",
        "held>cancelled",        "queued>failed",         "retry_wait>failed",
    };
    begin(w);
    int64_t id = add_kind(w, MT_REPLY);
    size_t n_legal = 0;
    for (int from = 0; from < MT_STATE_COUNT; from++) {
        for (int to = 0; to < MT_STATE_COUNT; to++) {
            char pair[64], update[128];
            bool expected = false;
            (void)snprintf(pair, sizeof pair, "%s>%s", mt_state_to_string((enum mt_state)from),
                           mt_state_to_string((enum mt_state)to));
            for (size_t i = 0; i < COUNT_OF(legal) && !expected; i++)
                expected = strcmp(pair, legal[i]) == 0;
            n_legal += expected;
            if (mt_state_may_become((enum mt_state)from, (enum mt_state)to) != expected)
                fail_msg("%s", pair);
            if (!expected || from == MT_SUBMITTING || to == MT_SUBMITTING) {
                if (!aborts(w, id, (enum mt_state)from, (enum mt_state)to))
                    fail_msg("%s did not abort", pair);
                continue;
            }
            (void)snprintf(update, sizeof update, "UPDATE mt_message SET state = '%s'",
                           mt_state_to_string((enum mt_state)from));
            (void)sql(w, update);
            OK(store_mt_move(w->store, id, (enum mt_state)from, (enum mt_state)to, NOW, 0, &w->error));
            assert_state(w, id, (enum mt_state)to);
            FAILS(-ENOENT, store_mt_move(w->store, id, (enum mt_state)from, (enum mt_state)to, NOW, 0, &w->error));
        }
    }
    assert_int_equal(n_legal, COUNT_OF(legal));
    commit(w);
}

static int note_id(void *data, const struct mt_message *message)
{
    char *seen = data;
    size_t len = strlen(seen);
    (void)snprintf(seen + len, 128 - len, "%lld ", (long long)message->id);
    return 0;
}

static void lists(void **state)
{
    struct world *w = *state;
    int64_t attempt;
    begin(w);
    int64_t contact = add_contact(w, TO, ROLE_KPM, add_village(w));
    struct mt_message message = message_of(MT_REPLY, "a");
    message.contact_id = contact;
    message.expires_ms = NOW + 100;
    int64_t a = add(w, &message);
    message.kind = MT_BROADCAST;
    message.contact_id = 0;
    message.created_ms = NOW + 10;
    message.expires_ms = 0;
    (void)snprintf(message.recipient, sizeof message.recipient, "+6281230000002");
    int64_t b = add(w, &message);
    int64_t c = submitted(w, 3);
    (void)claim(w, b, &attempt);
    settle(w, attempt, MT_FAILED, -1);
    const struct {
        struct mt_filter filter;
        const char *expected;
    } cases[] = {
        {{.limit = 0}, "3 2 1 "},
        {{.limit = 2}, "3 2 "},
        {{.oldest_first = true, .limit = 2}, "1 2 "},
        {{.state_mask = 1u << MT_QUEUED | 1u << MT_FAILED}, "2 1 "},
        {{.state_mask = 1u << MT_QUEUED | 1u << MT_FAILED, .oldest_first = true}, "1 2 "},
        {{.state_mask = 1u << MT_QUEUED, .expires_before_ms = NOW + 100}, ""},
        {{.state_mask = 1u << MT_QUEUED, .expires_before_ms = NOW + 101}, "1 "},
        {{.recipient = TO}, "3 1 "},
        {{.recipient = TO, .oldest_first = true, .limit = 1}, "1 "},
        {{.area_code = "35.12.03.2001"}, "1 "},
        {{.since_ms = NOW + 1}, "2 "},
        {{.id = 3}, "3 "},
        {{.id = 3, .state_mask = 1u << MT_QUEUED}, ""},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        char seen[128] = "";
        OK(store_mt_list(w->store, &cases[i].filter, note_id, seen, &w->error));
        if (strcmp(seen, cases[i].expected) != 0)
            fail_msg("case %zu: %s, not %s", i, seen, cases[i].expected);
    }
    assert_true(a == 1 && b == 2 && c == 3);
    commit(w);
}

/* One that was sent, one that failed, one under way. */
static void budgets(void **state)
{
    struct world *w = *state;
    int64_t attempt, n;
    begin(w);
    (void)submitted(w, 3);
    struct mt_message message = message_of(MT_BROADCAST, "a");
    message.created_ms = NOW + 10;
    (void)snprintf(message.recipient, sizeof message.recipient, "+6281230000002");
    (void)claim(w, add(w, &message), &attempt);
    settle(w, attempt, MT_FAILED, -1);
    (void)claim(w, add_kind(w, MT_REPLY), &attempt);
    static const struct {
        const char *to;
        unsigned kinds;
        const char *modem;
        int64_t since, expected;
    } cases[] = {
        {NULL, ANY, NULL, NOW - MS_DAY, 2}, {NULL, ANY, NULL, NOW - 3 * MS_DAY, 0}, {NULL, ANY, "sim1", NOW, 2},
        {NULL, ANY, "sim2", NOW, 0},        {NULL, ANY, NULL, NOW + 1, 0},          {NULL, 1u << MT_CARD, NULL, NOW, 0},
        {TO, 1u << MT_REPLY, NULL, NOW, 2}, {"+6281230000002", ANY, NULL, NOW, 0},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        OK(store_mt_sent_since(w->store, cases[i].to, cases[i].kinds, cases[i].modem, cases[i].since, &n, &w->error));
        assert_int_equal(n, cases[i].expected);
    }
    OK(store_mt_added_since(w->store, TO, ANY, NOW, &n, &w->error));
    assert_int_equal(n, 2);
    OK(store_mt_answers_since(w->store, false, NOW, &n, &w->error));
    assert_int_equal(n, 2);
    OK(store_mt_answers_since(w->store, true, NOW, &n, &w->error));
    assert_int_equal(n, 0);
    OK(store_mt_added_since(w->store, "+6281230000002", ANY, NOW + 1, &n, &w->error));
    assert_int_equal(n, 1);
    commit(w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(queue_and_parts, setup, teardown),
        cmocka_unit_test_setup_teardown(one_answer_a_message, setup, teardown),
        cmocka_unit_test_setup_teardown(next_by_priority_then_age, setup, teardown),
        cmocka_unit_test_setup_teardown(what_waits_goes_with_a_clock_set_back, setup, teardown),
        cmocka_unit_test_setup_teardown(resumes_at_the_first_unsent_part, setup, teardown),
        cmocka_unit_test_setup_teardown(another_modem_begins_again_and_only_after_a_while, setup, teardown),
        cmocka_unit_test_setup_teardown(a_crash_leaves_uncertain, setup, teardown),
        cmocka_unit_test_setup_teardown(status_reports, setup, teardown),
        cmocka_unit_test_setup_teardown(a_status_report_settles_what_was_uncertain, setup, teardown),
        cmocka_unit_test_setup_teardown(cancelling_what_is_in_the_modem, setup, teardown),
        cmocka_unit_test_setup_teardown(every_pair_of_states, setup, teardown),
        cmocka_unit_test_setup_teardown(lists, setup, teardown),
        cmocka_unit_test_setup_teardown(budgets, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
