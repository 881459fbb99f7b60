/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Rows as no program of ours writes them: a hand with an SQL shell, a damaged page, another program. Whatever stands in
 * any column of any table, the box starts, takes in, sends, keeps its calendar and tells how it is.
 */
#include <stdio.h>

static char changed_to[300]; /* "table.column = value" */
#define WORLD_FAILED(...)                                                                                              \
    do {                                                                                                               \
        print_error("%s: ", changed_to);                                                                               \
        fail_msg(__VA_ARGS__);                                                                                         \
    } while (0)
#include "../core/radio.h"
#include "base/buf.h"
#include "core/outbox/outbox_settle.h"
#include "core/schedule/schedule.h"
#include "core/score/card_open.h"
#include "core/watch/alert.h"
#include "core/watch/metrics.h"
#include "core/watch/retention.h"
#include "operator/status.h"
#include "store/meta.h"

static sqlite3 *sound; /* the database before the hand came, in memory */

/* ---- what a box does in an hour ---- */

static void live(struct radio *radio)
{
    struct world *w = &radio->w;
    struct schedule_counts counts;
    struct box_status status;
    struct alert_modem modem = {"sim1", 0, AILMENT_NONE};
    struct mt_submit submit;
    size_t queued;
    int64_t blanked, wait;
    char answer[SMS_TEXT_MAX];
    struct buf out;
    must(store_suspect_recover(w->store, "", &w->error));
    must(outbox_open(w->box, &radio->outbox, NULL, &w->error));
    outbox_modem_up(radio->outbox, "sim1", true);
    for (int i = 0; i < 5; i++) {
        must(intake_tick(w->box, &w->counts, &w->error));
        must(outbox_tick(radio->outbox, &w->error));
        must(schedule_tick(w->box, &counts, &w->error));
        int next = outbox_next(radio->outbox, "sim1", &submit, &w->error);
        must(next < 0 ? next : 0);
        if (next == OUTBOX_SUBMIT) {
            must(outbox_leaving(radio->outbox, "sim1", submit.part_id, &w->error));
            must(world_submitted(radio->outbox, "sim1", submit.part_id, SUBMIT_OK, 0, i, &w->error));
        }
        must(outbox_wait_ms(radio->outbox, &wait, &w->error));
        world_pass(w, 10 * MS_MINUTE);
    }
    world_say(w, KPM, "BUMIL 12 K4 3", answer);
    world_say(w, KPM, "SKOR", answer);
    world_say(w, OPERATOR, "STATUS", answer);
    world_say(w, KPM, "BATAL", answer);
    must(retention_tick(w->box, &blanked, &w->error));
    must(alert_watch(w->box, &modem, 1, 5000, &queued, &w->error));
    must(status_read(w->box, w->clock.wall, &status, &w->error));
    buf_init(&out, 1 << 16);
    must(metrics_print(w->box, 5000, &out, &w->error));
    buf_deinit(&out);
}

/* ---- the hand ---- */

static void copy(sqlite3 *from, sqlite3 *to)
{
    sqlite3_backup *backup = sqlite3_backup_init(to, "main", from, "main");
    assert_non_null(backup);
    assert_int_equal(sqlite3_backup_step(backup, -1), SQLITE_DONE);
    assert_int_equal(sqlite3_backup_finish(backup), SQLITE_OK);
}

static sqlite3 *hand_open(struct world *w)
{
    sqlite3 *db;
    assert_int_equal(sqlite3_open(w->database, &db), SQLITE_OK);
    assert_int_equal(
        sqlite3_exec(db, "PRAGMA synchronous = OFF; PRAGMA ignore_check_constraints = ON", NULL, NULL, NULL),
        SQLITE_OK);
    return db;
}

static const char *const values[] = {
    "NULL", "-1",  "9223372036854775807",           "-9223372036854775807",
    "''",   "'x'", "CAST(x'4100fffe80c0' AS TEXT)", "hex(zeroblob(60000))",
};

static void change(struct radio *radio, const char *table, const char *column, const char *value)
{
    struct world *w = &radio->w;
    char sql[300];
    sqlite3 *db = hand_open(w);
    (void)snprintf(sql, sizeof sql, "UPDATE OR IGNORE \"%s\" SET \"%s\" = %s", table, column, value);
    (void)sqlite3_exec(db, sql, NULL, NULL, NULL);
    bool changed = sqlite3_changes(db) > 0;
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
    if (!changed)
        return;
    struct clock_fixed clock = w->clock;
    (void)snprintf(changed_to, sizeof changed_to, "%s.%s = %s", table, column, value);
    live(radio);
    radio->outbox = outbox_close(radio->outbox);
    w->clock = clock;
    db = hand_open(w);
    copy(sound, db);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

/* ---- a box that has something in each table ---- */

static void populate(struct radio *radio)
{
    static const char *const texts[] = {"BUMIL 12 K4 3",       "ANAK 40 BB 38", "TIKAR 40 H 40", "BUMIL 900 K4 899",
                                        "BUMIL K4 99 HAMIL 3", "apa kabar",     "SKOR",          "KEK itu apa?"};
    struct world *w = &radio->w;
    char answer[SMS_TEXT_MAX];
    struct mo_part part;
    struct area area;
    int revision;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        world_say(w, KPM, texts[i], answer);
        world_say(w, i % 2 ? KADER : STRANGER, texts[i], answer);
    }
    part = world_part(w, KPM_TWO, "a part of a long SMS that does not come whole");
    part.concat_ref = 7;
    part.concat_total = 2;
    world_take(w, &part, 1);
    for (int kind = 0; kind < MT_KIND_COUNT; kind++)
        (void)queue(radio, (enum mt_kind)kind, KPM, "a");
    radio->next = SUBMIT_UNKNOWN;
    (void)turn(radio, "sim1");
    radio->next = SUBMIT_TRANSIENT;
    (void)turn(radio, "sim1");
    radio->next = SUBMIT_OK;
    (void)turn(radio, "sim1");
    must(store_area_by_code(w->store, view_of(DESA), &area, &w->error));
    must(store_begin(w->store, &w->error));
    assert_true(card_freeze(w->box, &area, 2036 * 4 + 3, w->clock.wall, &revision, &w->error) > 0);
    must(store_commit(w->store, &w->error));
    world_sql(w, "INSERT INTO modem_state VALUES ('sim1', 'ready', '', '35', '51', 'm', 'o', 1, 1, 50, 1);"
                 "INSERT INTO budget VALUES (1, 2036, 1, 10, 5);"
                 "INSERT INTO contact_area VALUES (1, 6);"
                 "INSERT INTO suspect VALUES ('mt:3', 1, 0);"
                 "INSERT INTO score_rebuild VALUES (1, 'x', '2036-Q4', 0);"
                 "INSERT INTO card_stale VALUES ('2036-Q4', 'hpk-2018', 4)");
    must(store_meta_keep(w->store, META_CLOCK, NULL, "2107649000000 good", &w->error));
    must(store_meta_keep(w->store, META_BALANCE, "sim1", "2000", &w->error));
    must(store_meta_keep(w->store, META_ALERT, "queue", "2107649000000", &w->error));
}

static int each_column(void *data, int n, char **cells, char **names)
{
    (void)n;
    (void)names;
    for (size_t i = 0; i < sizeof values / sizeof *values; i++)
        change(data, cells[0], cells[1], values[i]);
    return 0;
}

static void whatever_a_hand_wrote(void **state)
{
    struct radio *radio = *state;
    struct world *w = &radio->w;
    populate(radio);
    radio->outbox = outbox_close(radio->outbox);
    world_pass(w, 20 * MS_HOUR);
    sqlite3 *db = hand_open(w);
    assert_int_equal(sqlite3_open(":memory:", &sound), SQLITE_OK);
    copy(db, sound);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(sound,
                                  "SELECT m.name, c.name FROM sqlite_schema AS m JOIN pragma_table_info(m.name) AS c"
                                  " WHERE m.type = 'table' AND m.name NOT GLOB 'sqlite_*'"
                                  " AND m.name <> 'schema_migration' ORDER BY 1, 2",
                                  each_column, radio, NULL),
                     SQLITE_OK);
    assert_int_equal(sqlite3_close(sound), SQLITE_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(whatever_a_hand_wrote, radio_start, radio_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
