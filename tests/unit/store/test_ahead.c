/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Rows of a time when the clock was a year ahead, or of a backup that was made then: once it is right, they use up no
 * cap, hold nothing up and push nobody out until that day has come. */
#include "store/counts.h"
#include "store/mo.h"
#include "store/mt.h"
#include "store/note.h"
#include "store/report.h"
#include "world.h"

#define AHEAD (NOW + 365 * MS_DAY)

/* Who wrote last stays: those of the future go first, and one of them who writes again is of today. */
static void strangers(void **state)
{
    struct world *w = *state;
    int64_t answered;
    char phone[32];
    begin(w);
    for (int i = 1; i <= 5; i++) {
        (void)snprintf(phone, sizeof phone, "+6281230000%03d", i);
        OK(store_stranger_seen(w->store, phone, i <= 3 ? AHEAD : NOW - i, &answered, &w->error));
    }
    OK(store_stranger_seen(w->store, "+6281230000001", NOW, &answered, &w->error));
    OK(store_stranger_keep(w->store, 3, NOW, &w->error));
    commit(w);
    assert_int_equal(sql(w, "SELECT count(*) FROM stranger"), 3);
    assert_int_equal(sql(w, "SELECT count(*) FROM stranger WHERE phone IN ('+6281230000001', '+6281230000004',"
                            " '+6281230000005')"),
                     3);
}

static void parts(void **state)
{
    struct world *w = *state;
    struct mo_group group;
    struct mo_part_row part = {.modem = "sim1",
                               .sender = "+6281230000001",
                               .smsc = "",
                               .raw = "",
                               .kind = "text",
                               .text = "a",
                               .concat_ref = 7,
                               .concat_total = 2,
                               .concat_seq = 1,
                               .sent_ms = NOW,
                               .received_ms = AHEAD};
    int64_t id;
    enum mo_part_put known;
    begin(w);
    OK(store_mo_part_put(w->store, &part, &known, &id, &w->error));
    OK(store_mo_stale_group(w->store, NOW - MS_DAY, &group, &w->error));
    assert_int_equal(group.concat_ref, 7);
    FAILS(-ENOENT, store_mo_stale_group(w->store, AHEAD - MS_DAY, &group, &w->error));
    OK(store_mo_stale_group(w->store, INT64_MAX, &group, &w->error));
    commit(w);
}

static void reports_that_wait(void **state)
{
    struct world *w = *state;
    int64_t dropped = 0, village, contact;
    begin(w);
    village = add_village(w);
    contact = add_contact(w, "+6281230000001", ROLE_KPM, village);
    char text[512];
    for (int i = 0; i < 2; i++) {
        (void)snprintf(
            text, sizeof text,
            "INSERT INTO report (uid, contact_id, area_id, \"set\", form, period, status, sent_ms, created_ms,"
            " spent, question, question_field) VALUES ('r%d', %lld, %lld, 's', 'F', '2026-10', 'held', 1,"
            "  %lld, 0, 'jump', '')",
            i, (long long)contact, (long long)village, (long long)(i ? AHEAD : NOW));
        (void)sql(w, text);
    }
    OK(store_report_drop_held(w->store, NOW - MS_DAY, &dropped, &w->error));
    commit(w);
    assert_int_equal(dropped, 1);
    assert_int_equal(sql(w, "SELECT count(*) FROM report WHERE status = 'held' AND uid = 'r0'"), 1);
}

static void what_is_counted(void **state)
{
    struct world *w = *state;
    int64_t mo, contact, n = 9;
    struct store_counts today;
    struct week_counts week;
    begin(w);
    contact = add_contact(w, "+6281230000001", ROLE_KPM, add_village(w));
    for (int i = 0; i < 2; i++) {
        int64_t at_ms = i ? AHEAD : NOW;
        OK(store_mo_message_add(w->store, &(struct mo_message){.outcome = MO_CHAT, .received_ms = at_ms, .text = ""},
                                NULL, 0, &mo, &w->error));
        OK(store_mt_add(w->store, &(struct mt_message){.text = "a", .created_ms = at_ms}, NULL, &w->error));
        OK(store_note_add(w->store, &(struct note_row){.mo_id = mo, .contact_id = contact, .created_ms = at_ms}, &n,
                          &w->error));
    }
    commit(w);
    OK(store_counts(w->store, NOW, &today, &w->error));
    OK(store_week_counts(w->store, NOW - 7 * MS_DAY, &week, &w->error));
    OK(store_note_count(w->store, contact, NOW - MS_DAY, &n, &w->error));
    assert_int_equal(today.mo_today, 1);
    assert_int_equal(today.mt_today, 1);
    assert_int_equal(week.received, 1);
    assert_int_equal(n, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(strangers, setup, teardown),
        cmocka_unit_test_setup_teardown(parts, setup, teardown),
        cmocka_unit_test_setup_teardown(reports_that_wait, setup, teardown),
        cmocka_unit_test_setup_teardown(what_is_counted, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
