/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Old texts go at night, numbers stay, and an SMS read again is still known: on a clock that is moved by hand. */
#include "core/watch/retention.h"
#include "store/audit.h"
#include "world.h"

static struct world world;

static int setup(void **state)
{
    world_start(&world, "keep_raw_months = 2;\n");
    *state = &world;
    return 0;
}

static int teardown(void **state)
{
    world_end(*state);
    return 0;
}

static void set_clock(struct world *w, const char *text)
{
    int64_t ms;
    must(time_parse(text, &ms));
    world_pass(w, ms - w->clock.wall);
}

static int64_t tick(struct world *w)
{
    int64_t messages;
    must(retention_tick(w->box, &messages, &w->error));
    return messages;
}

/* All that is due; returns the messages. */
static int64_t night(struct world *w)
{
    int64_t messages = 0;
    for (int i = 0; i < 100; i++)
        messages += tick(w);
    return messages;
}

struct found {
    char texts[2000];
    int n, unread;
};

static int take_message(void *data, const struct mo_message *message)
{
    struct found *found = data;
    size_t len = strlen(found->texts);
    (void)snprintf(found->texts + len, sizeof found->texts - len, "%s|", message->text);
    found->n++;
    return 0;
}

static struct found received(struct world *w)
{
    struct found found = {0};
    struct mo_filter all = {0};
    must(store_mo_list(w->store, &all, take_message, &found, &w->error));
    struct found unread = {0};
    struct mo_filter filter = {.unread_only = true};
    must(store_mo_list(w->store, &filter, take_message, &unread, &w->error));
    found.unread = unread.n;
    return found;
}

static int take_sent(void *data, const struct mt_message *mt)
{
    struct found *found = data;
    found->n += mt->text[0] != '\0';
    return 0;
}

static int sent_with_text(struct world *w)
{
    struct found found = {0};
    struct mt_filter all = {0};
    must(store_mt_list(w->store, &all, take_sent, &found, &w->error));
    return found.n;
}

static int take_audit(void *data, const struct audit_row *row)
{
    struct found *found = data;
    found->n += strcmp(row->what, "raw.blank") == 0;
    return 0;
}

static void texts_go_numbers_stay(void **state)
{
    struct world *w = *state;
    char answer[SMS_TEXT_MAX];
    struct mo_part old = world_part(w, KPM, "bumil 12 k4 3 xyz 4");
    world_take(w, &old, 1);
    struct mo_part twin = old;
    (void)snprintf(twin.text, sizeof twin.text, "apa kabar semua");
    world_take(w, &twin, 1); /* the same sender and stamp, another text */
    must(store_begin(w->store, &w->error));
    must(store_mt_move(w->store, 1, MT_QUEUED, MT_EXPIRED, w->clock.wall, 0, &w->error));
    must(store_commit(w->store, &w->error));
    set_clock(w, "2036-12-15T09:00:00+07:00");
    world_say(w, KPM, "bumil 13 k4 4", answer);

    set_clock(w, "2036-12-16T03:00:00+07:00");
    assert_int_equal(night(w), 0); /* October is the month that lies two back */
    set_clock(w, "2037-01-02T12:00:00+07:00");
    assert_int_equal(night(w), 0); /* by day nothing */
    set_clock(w, "2037-01-03T03:00:00+07:00");
    assert_int_equal(night(w), 3); /* two received, one sent; the other is still queued */
    struct found found = received(w);
    assert_string_equal(found.texts, "bumil 13 k4 4|||");
    assert_int_equal(found.unread, 0);
    assert_int_equal(sent_with_text(w), 2);
    assert_int_equal(world_value(w, DESA, "2036-10", "IBU_HAMIL", "K4"), 3);
    struct found audits = {0};
    must(store_audit_list(w->store, NULL, 0, 0, take_audit, &audits, &w->error));
    assert_int_equal(audits.n, 1);
    assert_int_equal(night(w), 0);

    bool stored[2];
    struct mo_part again[] = {old, twin};
    must(intake_take(w->box, "sim1", again, 2, stored, &w->counts, &w->error));
    assert_true(stored[0] && stored[1]);
    assert_int_equal(w->counts.parts_known, 2);
    assert_int_equal(w->counts.parts_new, 0);
    assert_int_equal(received(w).n, 3);
    twin.text[0] = 'A';
    must(intake_take(w->box, "sim1", &twin, 1, stored, &w->counts, &w->error));
    assert_int_equal(w->counts.parts_new, 1);
}

/* A year's backlog of a busy box: each tick is one short transaction. */
static void a_backlog_goes_little_by_little(void **state)
{
    struct world *w = *state;
    bool stored[MO_BATCH];
    for (int day = 0; day < 60; day++) {
        struct mo_part parts[MO_BATCH];
        for (int i = 0; i < MO_BATCH; i++) {
            char text[32];
            (void)snprintf(text, sizeof text, "halo %d", i);
            parts[i] = world_part(w, STRANGER, text);
        }
        must(intake_take(w->box, "sim1", parts, MO_BATCH, stored, &w->counts, &w->error));
        world_pass(w, MS_DAY);
    }
    set_clock(w, "2037-06-15T02:00:00+07:00");
    int64_t messages = 0, most = 0, n;
    int ticks = 0;
    while ((n = tick(w)) > 0) {
        messages += n;
        most = n > most ? n : most;
        ticks++;
    }
    assert_true(messages >= 60 * MO_BATCH);
    assert_true(most <= 31 * MO_BATCH + 2);
    assert_true(ticks >= 2);
}

static void never_unless_told(void **state)
{
    (void)state;
    static struct world plain;
    struct world *w = &plain;
    char answer[SMS_TEXT_MAX];
    world_start(w, "");
    world_say(w, KPM, "bumil 12", answer);
    set_clock(w, "2046-10-15T02:00:00+07:00");
    assert_int_equal(night(w), 0);
    assert_string_equal(received(w).texts, "bumil 12|");
    world_end(w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(texts_go_numbers_stay, setup, teardown),
        cmocka_unit_test_setup_teardown(a_backlog_goes_little_by_little, setup, teardown),
        cmocka_unit_test(never_unless_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
