/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "world.h"

#include "parsers/period.h"
#include "store/mo.h"
#include "store/report.h"

enum { OKT26 = 2026 * 12 + 9 };
static const char *const fields[] = {"HAMIL", "K4", "FE"};

struct world_ids {
    int64_t village, contact, mo;
};

static struct world_ids ids_of(struct world *w)
{
    struct world_ids ids;
    ids.village = add_village(w);
    ids.contact = add_contact(w, "+6281230000001", ROLE_KPM, ids.village);
    struct mo_message message = {.outcome = MO_REPORT, .text = "IBU HAMIL 12 K4 3", .received_ms = NOW};
    (void)snprintf(message.sender, sizeof message.sender, "+6281230000001");
    OK(store_mo_message_add(w->store, &message, NULL, 0, &ids.mo, &w->error));
    return ids;
}

/* values: HAMIL, K4, FE; -1 not sent. */
static int64_t add_report(struct world *w, struct world_ids ids, enum report_status status, int64_t sent_ms,
                          const int values[3])
{
    int64_t id = 0;
    struct report_value sent[3];
    size_t n = 0;
    for (size_t i = 0; i < 3; i++) {
        if (values[i] >= 0)
            sent[n++] = (struct report_value){fields[i], values[i]};
    }
    struct report_row report = {.mo_id = ids.mo,
                                .contact_id = ids.contact,
                                .area_id = ids.village,
                                .set = "hpk-2018",
                                .form = "IBU_HAMIL",
                                .period = OKT26,
                                .status = status,
                                .sent_ms = sent_ms,
                                .created_ms = sent_ms,
                                .values = sent,
                                .n_values = n};
    OK(store_report_add(w->store, &report, &id, &w->error));
    return id;
}

static void assert_current(struct world *w, struct world_ids ids, int hamil, int k4, int fe)
{
    const int expected[] = {hamil, k4, fe};
    int values[3];
    OK(store_current_values(w->store, ids.village, OKT26, "IBU_HAMIL", fields, 3, values, &w->error));
    for (size_t i = 0; i < 3; i++) {
        char text[256];
        (void)snprintf(text, sizeof text,
                       "SELECT coalesce((SELECT value FROM current_value WHERE area = '35.12.03.2001' AND "
                       "period = '2026-10' AND form = 'IBU_HAMIL' AND field = '%s'), -1)",
                       fields[i]);
        assert_int_equal(values[i], expected[i]);
        assert_int_equal(sql(w, text), expected[i]);
    }
}

static void later_reports_merge(void **state)
{
    struct world *w = *state;
    begin(w);
    struct world_ids ids = ids_of(w);
    assert_current(w, ids, -1, -1, -1);
    add_report(w, ids, STATUS_ACCEPTED, NOW, (int[]){12, 3, -1});
    assert_current(w, ids, 12, 3, -1);
    int64_t correction = add_report(w, ids, STATUS_PARTIAL, NOW + 10, (int[]){-1, 4, 0});
    assert_current(w, ids, 12, 4, 0);
    /* Sent earlier, received later: what was sent last counts. */
    add_report(w, ids, STATUS_ACCEPTED, NOW + 5, (int[]){13, 2, 7});
    assert_current(w, ids, 13, 4, 0);
    /* The same second: the later row. */
    add_report(w, ids, STATUS_ACCEPTED, NOW + 10, (int[]){-1, 5, -1});
    assert_current(w, ids, 13, 5, 0);
    add_report(w, ids, STATUS_REJECTED, NOW + 20, (int[]){99, 99, 99});
    add_report(w, ids, STATUS_HELD, NOW + 20, (int[]){99, 99, 99});
    add_report(w, ids, STATUS_HELP, NOW + 20, (int[]){99, 99, 99});
    assert_current(w, ids, 13, 5, 0);
    OK(store_report_cancel(w->store, correction, NOW, &w->error));
    assert_current(w, ids, 13, 5, 7);
    FAILS(-ENOENT, store_report_cancel(w->store, correction, NOW, &w->error));
    commit(w);
    int value = 0;
    OK(store_current_values(w->store, ids.village, OKT26 - 1, "IBU_HAMIL", fields, 1, &value, &w->error));
    assert_int_equal(value, -1);
    OK(store_current_values(w->store, ids.village, OKT26, "ANAK", fields, 1, &value, &w->error));
    assert_int_equal(value, -1);
}

static int keep_report(void *data, const struct report_found *report)
{
    *(struct report_found *)data = *report;
    return 1;
}

static int note_report(void *data, const struct report_found *report)
{
    char *seen = data;
    size_t len = strlen(seen);
    (void)snprintf(seen + len, 128 - len, "%lld:%s ", (long long)report->id, report->status);
    return 0;
}

static const char *held(struct world *w, int64_t contact, int64_t since_ms)
{
    static char seen[128];
    seen[0] = '\0';
    OK(store_report_held(w->store, contact, since_ms, note_report, seen, &w->error));
    return seen;
}

static void held_until_answered(void **state)
{
    struct world *w = *state;
    bool exists;
    begin(w);
    struct world_ids ids = ids_of(w);
    OK(store_report_exists(w->store, ids.village, OKT26, "IBU_HAMIL", &exists, &w->error));
    assert_false(exists);
    int64_t first = add_report(w, ids, STATUS_HELD, NOW, (int[]){40, 3, -1});
    int64_t second = add_report(w, ids, STATUS_HELD, NOW + 10, (int[]){41, -1, -1});
    int64_t third = add_report(w, ids, STATUS_HELD, NOW + 20, (int[]){42, -1, -1});
    OK(store_report_exists(w->store, ids.village, OKT26, "IBU_HAMIL", &exists, &w->error));
    assert_true(exists);
    OK(store_report_exists(w->store, ids.village, OKT26, "ANAK", &exists, &w->error));
    assert_false(exists);
    assert_string_equal(held(w, ids.contact, NOW), "1:held 2:held 3:held ");
    assert_string_equal(held(w, ids.contact, NOW + 10), "2:held 3:held ");
    assert_string_equal(held(w, ids.contact + 1, NOW), "");
    OK(store_report_confirm(w->store, first, 0, &w->error));
    assert_current(w, ids, 40, 3, -1);
    OK(store_report_drop(w->store, second, &w->error));
    FAILS(-ENOENT, store_report_drop(w->store, second, &w->error));
    FAILS(-ENOENT, store_report_confirm(w->store, first, 0, &w->error));
    int64_t count = -1;
    OK(store_report_drop_held(w->store, NOW + 20, &count, &w->error));
    assert_int_equal(count, 0);
    OK(store_report_drop_held(w->store, NOW + 21, &count, &w->error));
    assert_int_equal(count, 1);
    assert_true(third == 3);
    assert_current(w, ids, 40, 3, -1);
    commit(w);
}

static int note_problem(void *data, const char *code, const char *token, const char *rule)
{
    char *seen = data;
    size_t len = strlen(seen);
    (void)snprintf(seen + len, 128 - len, "%s(%s)%s ", code, token, rule);
    return 0;
}

static int note_value(void *data, const char *field, int value)
{
    char *seen = data;
    size_t len = strlen(seen);
    (void)snprintf(seen + len, 128 - len, "%s=%d ", field, value);
    return 0;
}

/* A confirm rule alone leaves an accepted report, what could not be read a partial one. */
static void confirmed_is_partial_where_something_was_unreadable(void **state)
{
    struct world *w = *state;
    struct report_found found;
    begin(w);
    struct world_ids ids = ids_of(w);
    const struct report_problem problems[] = {
        {.code = "rule", .rule = "HAMIL <= 3 * HAMIL_LALU", .token = {0}},
        {.code = "unknown_key", .rule = NULL, .token = view_of("XYZ"), .offset = 14},
    };
    for (size_t n = 1; n <= 2; n++) {
        struct report_value value = {"HAMIL", 40};
        struct report_row report = {.mo_id = ids.mo,
                                    .contact_id = ids.contact,
                                    .area_id = ids.village,
                                    .set = "hpk-2018",
                                    .form = "IBU_HAMIL",
                                    .period = OKT26,
                                    .status = STATUS_HELD,
                                    .values = &value,
                                    .n_values = 1,
                                    .problems = problems,
                                    .n_problems = n};
        int64_t id = 0;
        OK(store_report_add(w->store, &report, &id, &w->error));
        OK(store_report_confirm(w->store, id, 0, &w->error));
        OK(store_report_list(w->store, &(struct report_filter){.period = MONTH_NONE, .mo_id = ids.mo}, keep_report,
                             &found, &w->error));
        assert_true(found.id == id);
        assert_string_equal(found.status, n == 1 ? "accepted" : "partial");
    }
    commit(w);
    char seen[128] = "";
    OK(store_report_problems(w->store, found.id, note_problem, seen, &w->error));
    assert_string_equal(seen, "rule()HAMIL <= 3 * HAMIL_LALU unknown_key(XYZ) ");
    seen[0] = '\0';
    OK(store_report_values(w->store, found.id, note_value, seen, &w->error));
    assert_string_equal(seen, "HAMIL=40 ");
}

static void last_and_list(void **state)
{
    struct world *w = *state;
    char seen[128] = "";
    begin(w);
    struct world_ids ids = ids_of(w);
    add_report(w, ids, STATUS_ACCEPTED, NOW, (int[]){1, -1, -1});
    ids.mo = 0;
    struct mo_message message = {.outcome = MO_REPORT, .text = "x"};
    OK(store_mo_message_add(w->store, &message, NULL, 0, &ids.mo, &w->error));
    int64_t a = add_report(w, ids, STATUS_ACCEPTED, NOW + 10, (int[]){2, -1, -1});
    add_report(w, ids, STATUS_REJECTED, NOW + 10, (int[]){3, -1, -1});
    int64_t b = add_report(w, ids, STATUS_PARTIAL, NOW + 10, (int[]){4, -1, -1});
    OK(store_report_last(w->store, ids.contact, NULL, note_report, seen, &w->error));
    assert_string_equal(seen, "2:accepted 4:partial ");
    OK(store_report_cancel(w->store, a, NOW, &w->error));
    OK(store_report_cancel(w->store, b, NOW, &w->error));
    seen[0] = '\0';
    OK(store_report_last(w->store, ids.contact, "IBU_HAMIL", note_report, seen, &w->error));
    assert_string_equal(seen, "1:accepted ");
    seen[0] = '\0';
    OK(store_report_last(w->store, ids.contact, "ANAK", note_report, seen, &w->error));
    assert_string_equal(seen, "");
    commit(w);
    const struct {
        struct report_filter filter;
        const char *expected;
    } cases[] = {
        {{.period = MONTH_NONE}, "4:cancelled 3:rejected 2:cancelled 1:accepted "},
        {{.period = MONTH_NONE, .limit = 1}, "4:cancelled "},
        {{.period = MONTH_NONE, .area_code = "35.12", .limit = 2}, "4:cancelled 3:rejected "},
        {{.period = MONTH_NONE, .area_code = "36"}, ""},
        {{.period = OKT26, .mo_id = 1}, "1:accepted "},
        {{.period = OKT26 + 1}, ""},
        {{.period = OKT26, .since_ms = NOW + 1}, "4:cancelled 3:rejected 2:cancelled "},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        seen[0] = '\0';
        OK(store_report_list(w->store, &cases[i].filter, note_report, seen, &w->error));
        assert_string_equal(seen, cases[i].expected);
    }
    struct report_found found;
    OK(store_report_list(w->store, &(struct report_filter){.period = MONTH_NONE, .mo_id = 1}, keep_report, &found,
                         &w->error));
    assert_string_equal(found.uid, "box-03-rp-1");
    assert_string_equal(found.area_code, "35.12.03.2001");
    assert_string_equal(found.area_name, "Cemara");
    assert_string_equal(found.sender, "+6281230000001");
    assert_int_equal(found.period, OKT26);
}

static void without_a_period(void **state)
{
    struct world *w = *state;
    struct report_found found;
    begin(w);
    struct world_ids ids = ids_of(w);
    struct report_row report = {
        .area_id = ids.village, .set = "s", .form = "f", .period = MONTH_NONE, .status = STATUS_HELP};
    OK(store_report_add(w->store, &report, NULL, &w->error));
    report.area_id = 4711;
    FAILS(-ENOENT, store_report_add(w->store, &report, NULL, &w->error));
    OK(store_report_list(w->store, &(struct report_filter){.period = MONTH_NONE}, keep_report, &found, &w->error));
    assert_true(found.period == MONTH_NONE && found.mo_id == 0 && found.contact_id == 0);
    commit(w);
}

/* However often a month is corrected or taken back: what is read to know its numbers stays a handful of reports. */
static void what_is_corrected_is_not_read_again(void **state)
{
    enum { ROUNDS = 59 };
    struct world *w = *state;
    int64_t ids[ROUNDS];
    OK(store_begin(w->store, &w->error));
    struct world_ids who = ids_of(w);
    (void)add_report(w, who, STATUS_ACCEPTED, NOW, (const int[]){12, 1, 11});
    for (int i = 0; i < ROUNDS; i++) {
        /* Some come late, after what was sent after them. */
        int64_t sent_ms = i % 7 == 3 ? NOW - i : NOW + i;
        ids[i] = add_report(w, who, i % 2 ? STATUS_PARTIAL : STATUS_ACCEPTED, sent_ms, (const int[]){-1, i, -1});
        (void)add_report(w, who, STATUS_REJECTED, NOW + i, (const int[]){-1, -1, -1});
        int64_t held = add_report(w, who, STATUS_HELD, NOW + i, (const int[]){99, -1, -1});
        OK(store_report_drop(w->store, held, &w->error));
    }
    OK(store_commit(w->store, &w->error));
    assert_int_equal(sql(w, "SELECT count(*) FROM report WHERE spent = 0"), 2);
    assert_current(w, who, 12, ROUNDS - 1, 11);
    OK(store_begin(w->store, &w->error));
    for (int i = ROUNDS - 1; i > 0; i--) {
        OK(store_report_cancel(w->store, ids[i], NOW, &w->error));
        /* The newest that is left: of those before it, or the first report where all of them came late. */
        int left = i - 1;
        while (left % 7 == 3)
            left--;
        assert_current(w, who, 12, left, 11);
    }
    OK(store_commit(w->store, &w->error));
    assert_true(sql(w, "SELECT count(*) FROM report WHERE spent = 0") <= 3);
}

static int write_value(void *data, const char *field, int value)
{
    buf_printf(data, "%s=%d ", field, value);
    return 0;
}

/* What was refused is kept for its sender to correct, and counts for nothing. */
static void a_refused_report_is_a_draft(void **state)
{
    struct world *w = *state;
    CLEANUP(buf_deinit) struct buf values;
    buf_init(&values, 256);
    begin(w);
    struct world_ids ids = ids_of(w);
    int64_t id = add_report(w, ids, STATUS_REJECTED, NOW, (int[]){4, 13, -1});
    assert_current(w, ids, -1, -1, -1);
    OK(store_report_values(w->store, id, write_value, &values, &w->error));
    assert_int_equal(values.len, 0);
    OK(store_draft_values(w->store, id, write_value, &values, &w->error));
    assert_string_equal(values.text, "HAMIL=4 K4=13 ");
    store_rollback(w->store);
}

static int note_recent(void *data, const struct report_found *report)
{
    buf_printf(data, "%lld %s; ", (long long)report->id, report->status);
    return 0;
}

static void what_was_said_last_is_found(void **state)
{
    struct world *w = *state;
    CLEANUP(buf_deinit) struct buf seen;
    buf_init(&seen, 256);
    begin(w);
    struct world_ids ids = ids_of(w);
    add_report(w, ids, STATUS_ACCEPTED, NOW - 10, (int[]){12, -1, -1});
    int64_t held = add_report(w, ids, STATUS_HELD, NOW + 5, (int[]){12, -1, -1});
    add_report(w, ids, STATUS_REJECTED, NOW, (int[]){12, 13, -1});
    add_report(w, ids, STATUS_ACCEPTED, NOW + 20, (int[]){12, -1, -1});
    int64_t dropped = add_report(w, ids, STATUS_HELD, NOW + 6, (int[]){12, -1, -1});
    OK(store_report_drop(w->store, dropped, &w->error));
    OK(store_report_recent(w->store, ids.contact, NOW, NOW + 10, note_recent, &seen, &w->error));
    char expected[64];
    (void)snprintf(expected, sizeof expected, "%lld dropped; %lld held; %lld rejected; ", (long long)dropped,
                   (long long)held, (long long)held + 1);
    assert_string_equal(seen.text, expected);
    store_rollback(w->store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_refused_report_is_a_draft, setup, teardown),
        cmocka_unit_test_setup_teardown(what_was_said_last_is_found, setup, teardown),
        cmocka_unit_test_setup_teardown(later_reports_merge, setup, teardown),
        cmocka_unit_test_setup_teardown(what_is_corrected_is_not_read_again, setup, teardown),
        cmocka_unit_test_setup_teardown(held_until_answered, setup, teardown),
        cmocka_unit_test_setup_teardown(confirmed_is_partial_where_something_was_unreadable, setup, teardown),
        cmocka_unit_test_setup_teardown(last_and_list, setup, teardown),
        cmocka_unit_test_setup_teardown(without_a_period, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
