/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A box that was off for an hour, or for a month: whatever waited, of each kind and in each state, is expired where it
 * is of no use any more, and else it goes out, once. What becomes of each row is stated here from the row alone.
 */
#include <inttypes.h>

#include "base/digits.h"
#include "core/time.h"
#include "radio.h"

enum { VALID_MAX = 4, ROWS_MAX = MT_KIND_COUNT * 12 * VALID_MAX };

/* How a row stands when the power goes. */
enum stand {
    STAND_QUEUED,
    STAND_LATER,     /* queued, not before an hour from then */
    STAND_RETRY,     /* retry_wait, due in six hours */
    STAND_IN_HAND,   /* submitting, had not left */
    STAND_LEFT,      /* submitting, had left */
    STAND_UNCERTAIN, /* once */
    STAND_TWICE,     /* uncertain twice */
    STAND_SUBMITTED, /* waits for its status report */
    STAND_HELD,
    STAND_FAILED,
    STAND_CANCELLED,
    STAND_DELIVERED,
    STAND_COUNT
};
static const enum mt_state states[STAND_COUNT] = {
    MT_QUEUED,    MT_QUEUED,    MT_RETRY_WAIT, MT_SUBMITTING, MT_SUBMITTING, MT_UNCERTAIN,
    MT_UNCERTAIN, MT_SUBMITTED, MT_HELD,       MT_FAILED,     MT_CANCELLED,  MT_DELIVERED,
};

static struct row {
    int64_t id, expires_ms, due_ms;
    enum mt_kind kind;
    enum stand stand;
    int sent;
} rows[ROWS_MAX];
static size_t n_rows;

static void run(struct radio *radio, const char *format, ...) __attribute__((format(printf, 2, 3)));
static void run(struct radio *radio, const char *format, ...)
{
    char sql[600];
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(sql, sizeof sql, format, arguments);
    va_end(arguments);
    world_sql(&radio->w, sql);
}

static void add_attempt(struct radio *radio, int64_t id, const char *result, bool left, bool ended)
{
    int64_t now = radio->w.clock.wall;
    run(radio,
        "INSERT INTO attempt (mt_id, part_id, recipient, kind, modem, begun_ms, ended_ms, left_ms, result)"
        " SELECT mt_id, mt_part.id, mt_part.recipient, kind, 'sim1', %" PRId64 ", iif(%d, %" PRId64 ", NULL),"
        "  iif(%d, %" PRId64 ", NULL), %s FROM mt_part JOIN mt_message ON mt_message.id = mt_id WHERE mt_id = %" PRId64,
        now, ended, now, left, now, result, id);
}

static void stand(struct radio *radio, const struct row *row)
{
    int64_t now = radio->w.clock.wall;
    bool tried = row->stand >= STAND_IN_HAND && row->stand <= STAND_SUBMITTED;
    run(radio,
        "UPDATE mt_message SET state = '%s', state_ms = %" PRId64 ", expires_ms = %" PRId64
        ", next_attempt_ms = %" PRId64
        ", attempts = %d, modem = iif(%d, 'sim1', ''), parts_sent = %d WHERE id = %" PRId64,
        mt_state_to_string(states[row->stand]), now, row->expires_ms, row->due_ms, tried, tried,
        row->stand == STAND_SUBMITTED, row->id);
    if (row->stand == STAND_IN_HAND || row->stand == STAND_LEFT)
        add_attempt(radio, row->id, "NULL", row->stand == STAND_LEFT, false);
    for (int i = 0; i < (row->stand == STAND_UNCERTAIN) + 2 * (row->stand == STAND_TWICE); i++)
        add_attempt(radio, row->id, "'uncertain'", true, true);
    if (row->stand == STAND_SUBMITTED) {
        add_attempt(radio, row->id, "'sent'", true, true);
        run(radio, "UPDATE mt_part SET sent_ms = %" PRId64 ", tp_mr = 1 WHERE mt_id = %" PRId64, now, row->id);
    }
}

/* One of each kind in each state, of use for an hour, three days, a month less a bit, or for ever. */
static void queue_all(struct radio *radio)
{
    static const int64_t valid_ms[VALID_MAX] = {MS_HOUR, 72 * MS_HOUR, 29 * MS_DAY, 0};
    n_rows = 0;
    for (int kind = 0; kind < MT_KIND_COUNT; kind++)
        for (int s = 0; s < STAND_COUNT; s++)
            for (int v = 0; v < VALID_MAX; v++) {
                struct row *row = &rows[n_rows++];
                char text[32];
                (void)snprintf(text, sizeof text, "pesan %zu", n_rows - 1);
                *row = (struct row){.kind = (enum mt_kind)kind, .stand = (enum stand)s};
                row->expires_ms = valid_ms[v] ? radio->w.clock.wall + valid_ms[v] : 0;
                row->due_ms = s == STAND_LATER   ? radio->w.clock.wall + MS_HOUR
                              : s == STAND_RETRY ? radio->w.clock.wall + 6 * MS_HOUR
                                                 : 0;
                row->id = queue(radio, row->kind, KPM, text);
                stand(radio, row);
            }
}

static bool may_go_twice(enum mt_kind kind)
{
    return kind != MT_MANUAL && kind != MT_BROADCAST;
}

/* What it must be in the end, and how often it may have gone out since. */
static enum mt_state end_of(const struct row *row, int64_t on_ms, int64_t end_ms, int *ret_sent)
{
    int64_t first_ms = row->due_ms > on_ms ? row->due_ms : on_ms;
    bool useless = row->expires_ms > 0 && row->expires_ms <= first_ms;
    bool useless_then = row->expires_ms > 0 && row->expires_ms <= end_ms;
    *ret_sent = 0;
    switch (row->stand) {
    case STAND_LEFT:
    case STAND_UNCERTAIN:
        if (!may_go_twice(row->kind))
            return MT_UNCERTAIN; /* a person decides */
        break;
    case STAND_TWICE: /* never a third: as long as it is of use a sign is waited for */
        return may_go_twice(row->kind) && useless_then ? MT_FAILED : MT_UNCERTAIN;
    case STAND_SUBMITTED:
        *ret_sent = 0;
        return row->expires_ms > 0 && row->expires_ms + MS_DAY <= end_ms ? MT_REPORT_EXPIRED : MT_SUBMITTED;
    case STAND_HELD:
    case STAND_FAILED:
    case STAND_CANCELLED:
    case STAND_DELIVERED:
        return states[row->stand];
    case STAND_QUEUED:
    case STAND_LATER:
    case STAND_RETRY:
    case STAND_IN_HAND:
    case STAND_COUNT:
        break;
    }
    if (useless)
        return MT_EXPIRED;
    *ret_sent = 1;
    return MT_SUBMITTED;
}

/* All that is due and goes out by sim1, noted. */
static void send_all(struct radio *radio)
{
    while (turn(radio, "sim1")) {
        int64_t row;
        assert_true(digits_whole(radio->last + strlen("pesan "), ROWS_MAX - 1, &row));
        rows[row].sent++;
    }
}

/* Whether a row came to what it must. What waits for its report may see the end of that in these hours. */
static void check_row(struct radio *radio, const struct row *row, int64_t on_ms, int64_t end_ms)
{
    int sent;
    enum mt_state end = end_of(row, on_ms, end_ms, &sent), is = message_of(radio, row->id).state;
    bool reported = end == MT_SUBMITTED && is == MT_REPORT_EXPIRED && row->expires_ms > 0;
    if ((is != end && !reported) || row->sent != sent)
        fail_msg("%s in stand %d, of use for %lld min more: is %s and not %s, sent %d times and not %d",
                 mt_kind_to_string(row->kind), (int)row->stand, (long long)((row->expires_ms - on_ms) / MS_MINUTE),
                 mt_state_to_string(is), mt_state_to_string(end), row->sent, sent);
}

/* On again, for as long as any of them may need to fall due. */
static void on_again(struct radio *radio, int64_t on_ms)
{
    int64_t end_ms = on_ms;
    (void)restart(radio);
    for (size_t i = 0; i < n_rows; i++) /* before anything is claimed */
        if (rows[i].expires_ms > 0 && rows[i].expires_ms <= on_ms && rows[i].stand <= STAND_IN_HAND)
            assert_state(radio, rows[i].id, MT_EXPIRED);
    for (int i = 0; i < 8 * 60; i++, end_ms += MS_MINUTE) {
        send_all(radio);
        pass(radio, MS_MINUTE);
    }
    for (size_t i = 0; i < n_rows; i++)
        check_row(radio, &rows[i], on_ms, end_ms);
}

static int start(void **state)
{
    static struct radio radio;
    struct world *w = &radio.w;
    radio = (struct radio){.next = SUBMIT_OK};
    world_start(w, "modems = ( { name = \"sim1\"; connection = \"at\"; device = \"/dev/ttyUSB0\"; } );\n"
                   "pace_minute = 600; pace_hour = 36000; pace_day = 864000; quiet_from = \"00:00\"; "
                   "quiet_until = \"00:00\";");
    must(outbox_open(w->box, &radio.outbox, NULL, &w->error));
    must(store_begin(w->store, &w->error));
    must(moment_keep(w->box, (struct moment){.ms = w->clock.wall, .trusted = true}, &w->error));
    must(store_commit(w->store, &w->error));
    *state = &radio;
    return 0;
}

/* What is not said of months, the box does not believe: test_wake.c. */
static void say_that_it_is_right(struct radio *radio)
{
    struct world *w = &radio->w;
    must(store_begin(w->store, &w->error));
    must(moment_reset(w->store, w->clock.wall, &w->error));
    must(store_commit(w->store, &w->error));
}

static const int64_t spans_ms[] = {MS_HOUR,    6 * MS_HOUR, 23 * MS_HOUR, MS_DAY,      71 * MS_HOUR, 3 * MS_DAY,
                                   7 * MS_DAY, 14 * MS_DAY, 29 * MS_DAY,  30 * MS_DAY, 400 * MS_DAY};

static void what_waited_expires_or_goes_out_once(void **state)
{
    for (size_t i = 0; i < sizeof spans_ms / sizeof *spans_ms; i++) {
        start(state);
        struct radio *radio = *state;
        queue_all(radio);
        radio->w.clock = (struct clock_fixed){.wall = radio->w.clock.wall + spans_ms[i], .monotonic = 3000};
        say_that_it_is_right(radio);
        on_again(radio, radio->w.clock.wall);
        radio_end(state);
    }
}

/* It comes back without a clock: it can't know how long it was off, and loses nothing. */
static void without_a_clock_nothing_is_lost(void **state)
{
    static const int64_t walls[] = {0, INT64_C(946684800000), INT64_C(4294967296000)};
    for (size_t i = 0; i < sizeof walls / sizeof *walls; i++) {
        start(state);
        struct radio *radio = *state;
        int64_t was_ms = radio->w.clock.wall;
        queue_all(radio);
        radio->w.clock = (struct clock_fixed){.wall = walls[i], .monotonic = 3000};
        on_again(radio, was_ms);
        radio_end(state);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_waited_expires_or_goes_out_once),
        cmocka_unit_test(without_a_clock_nothing_is_lost),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
