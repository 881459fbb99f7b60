/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A backup of three weeks ago becomes the database again: nobody gets again what went out since, what is still of use
 * goes out where that is known to be right, and the rest is expired or held for a hand. */
#include "store/audit.h"
#include "store/backup.h"
#include "store/mo.h"
#include "store/mt.h"
#include "store/past.h"
#include "world.h"

#define THEN   (NOW - 21 * MS_DAY)
#define GONE   (THEN + 3 * MS_DAY) /* of no use any more at NOW */
#define OF_USE (NOW + MS_DAY)

/* How a message stood in the backup, in the database that was lost, and how it stands now. */
static const struct {
    const char *backup;
    int64_t expires_ms;
    const char *lost; /* NULL: that one was not there any more */
    const char *now;
} cases[] = {
    {"queued", GONE, "queued", "expired"},
    {"queued", GONE, "delivered", "delivered"},
    {"queued", GONE, "failed", "failed"},
    {"queued", GONE, NULL, "expired"},
    {"queued", OF_USE, "queued", "queued"},
    {"queued", OF_USE, "retry_wait", "queued"},
    {"queued", 0, "queued", "queued"},
    {"queued", OF_USE, "delivered", "delivered"},
    {"queued", OF_USE, "submitted", "submitted"},
    {"queued", OF_USE, "report_expired", "report_expired"},
    {"queued", OF_USE, "cancelled", "cancelled"},
    {"queued", OF_USE, "expired", "expired"},
    {"queued", OF_USE, "held", "held"},
    {"queued", OF_USE, "submitting", "held"},
    {"queued", OF_USE, "uncertain", "held"},
    {"queued", OF_USE, NULL, "held"},
    {"queued", 0, NULL, "held"},
    {"retry_wait", GONE, NULL, "expired"},
    {"retry_wait", OF_USE, "queued", "retry_wait"},
    {"retry_wait", OF_USE, "undelivered", "undelivered"},
    {"retry_wait", OF_USE, NULL, "held"},
    {"submitting", GONE, NULL, "expired"},
    {"submitting", OF_USE, "submitted", "submitted"},
    {"submitting", OF_USE, "submitting", "held"},
    {"submitting", OF_USE, NULL, "held"},
    {"uncertain", GONE, "uncertain", "expired"},
    {"uncertain", GONE, "submitted", "submitted"},
    {"uncertain", OF_USE, "uncertain", "held"},
    {"uncertain", OF_USE, "retry_wait", "retry_wait"},
    {"uncertain", OF_USE, "delivered", "delivered"},
    {"uncertain", OF_USE, NULL, "held"},
    {"held", OF_USE, "submitted", "held"},
    {"submitted", GONE, "delivered", "submitted"},
    {"cancelled", OF_USE, NULL, "cancelled"},
};
enum { CASES = COUNT_OF(cases) };

static void add_messages(struct world *w)
{
    char text[160];
    begin(w);
    for (size_t i = 0; i < CASES; i++) {
        struct mt_message message = {.kind = i % 2 ? MT_REPLY : MT_REMINDER,
                                     .created_ms = THEN,
                                     .expires_ms = cases[i].expires_ms,
                                     .recipient = "+6281230000001"};
        int64_t id;
        (void)snprintf(message.text, sizeof message.text, "pesan %zu", i);
        OK(store_mt_add(w->store, &message, &id, &w->error));
        (void)snprintf(text, sizeof text, "UPDATE mt_message SET state = '%s' WHERE id = %zu", cases[i].backup, i + 1);
        (void)sql(w, text);
    }
    /* Every second one in a modem's hands had left. */
    (void)sql(w, "INSERT INTO attempt (mt_id, part_id, recipient, kind, modem, begun_ms, left_ms)"
                 " SELECT mt_id, mt_part.id, mt_part.recipient, 'reply', 'sim1', 1, iif(mt_id % 2, 1, NULL)"
                 " FROM mt_part JOIN mt_message ON mt_message.id = mt_id WHERE state = 'submitting'");
    commit(w);
}

/* What went on for three weeks in the database that is lost. */
static void live_on(struct world *w, bool known)
{
    char text[160];
    begin(w);
    for (size_t i = 0; known && i < CASES; i++) {
        (void)snprintf(text, sizeof text, "UPDATE mt_message SET state = '%s' WHERE id = %zu",
                       cases[i].lost ? cases[i].lost : "queued", i + 1);
        (void)sql(w, text);
        if (cases[i].lost)
            continue;
        (void)snprintf(text, sizeof text, "UPDATE mt_message SET text = 'another' WHERE id = %zu", i + 1);
        (void)sql(w, text);
    }
    commit(w);
}

static void restore(struct world *w, struct restored *ret_restored)
{
    char kept[128], backup[128];
    (void)snprintf(kept, sizeof kept, "%s/kept.db", w->folder);
    (void)snprintf(backup, sizeof backup, "%s/backup.db", w->folder);
    const struct restore_order order = {backup, w->path, kept, "box-03", "test", NOW};
    OK(store_restore(&order, ret_restored, &w->error));
    OK(store_open(w->path, STORE_WRITE, "box-03", &w->store, &w->error));
}

static void back_up(struct world *w)
{
    char backup[128];
    struct backup_info info;
    (void)snprintf(backup, sizeof backup, "%s/backup.db", w->folder);
    OK(store_backup(w->path, backup, &info, &w->error));
}

static void assert_states(struct world *w, const char *const states[CASES])
{
    for (size_t i = 0; i < CASES; i++) {
        char text[128];
        (void)snprintf(text, sizeof text, "SELECT state = '%s' FROM mt_message WHERE id = %zu", states[i], i + 1);
        if (!sql(w, text))
            fail_msg("%zu: %s in the backup, %s in the lost one: is not %s", i, cases[i].backup,
                     cases[i].lost ? cases[i].lost : "unknown", states[i]);
    }
    assert_int_equal(sql(w, "SELECT count(*) FROM attempt WHERE ended_ms IS NULL"), 0);
}

static void live_on_after_backup(struct world *w)
{
    add_messages(w);
    back_up(w);
    live_on(w, true);
    w->store = store_close(w->store);
}

static void assert_counts(struct world *w, const struct restored *restored)
{
    const struct adopted *queue = &restored->adopted;
    assert_int_equal(queue->waiting, sql(w, "SELECT count(*) FROM mt_message WHERE state IN ('queued', 'retry_wait')"));
    assert_int_equal(queue->held + 1, sql(w, "SELECT count(*) FROM mt_message WHERE state = 'held'"));
}

static void what_the_lost_one_knew_is_kept(void **state)
{
    struct world *w = *state;
    struct restored restored;
    const char *states[CASES];
    live_on_after_backup(w);
    restore(w, &restored);
    for (size_t i = 0; i < CASES; i++)
        states[i] = cases[i].now;
    assert_states(w, states);
    assert_counts(w, &restored);
    assert_int_equal(restored.adopted.settled, 11);
}

/* The card is broken: nothing that may have gone out goes out. */
static void without_the_lost_one_nothing_goes_by_itself(void **state)
{
    struct world *w = *state;
    struct restored restored;
    const char *states[CASES];
    live_on_after_backup(w);
    for (int damaged = 0; damaged < 2; damaged++) {
        FILE *file = damaged ? fopen(w->path, "wb") : NULL;
        assert_true(damaged ? file && fputs("no database at all, and long enough to look like one", file) >= 0
                            : unlink(w->path) == 0);
        if (file)
            (void)fclose(file);
        restore(w, &restored);
        for (size_t i = 0; i < CASES; i++) {
            bool settled = strcmp(cases[i].backup, "submitted") == 0 || strcmp(cases[i].backup, "cancelled") == 0 ||
                           strcmp(cases[i].backup, "held") == 0;
            states[i] = settled ? cases[i].backup : cases[i].expires_ms == GONE ? "expired" : "held";
        }
        assert_states(w, states);
        assert_counts(w, &restored);
        assert_int_equal(restored.adopted.settled, 0);
        const struct mt_search search = {.now_ms = NOW, .kind_mask = UINT32_MAX, .modem = "sim1"};
        struct mt_message next;
        FAILS(-ENOENT, store_mt_pick(w->store, &search, &next, &w->error));
        w->store = store_close(w->store);
    }
}

/* Half of it went out: the other half alone is of use to nobody who can't be asked. */
static void a_part_that_went_out_is_not_sent_again(void **state)
{
    struct world *w = *state;
    struct restored restored;
    struct mt_message message = {.kind = MT_REPLY, .created_ms = THEN, .recipient = "+6281230000001"};
    int64_t id;
    memset(message.text, 'a', 200);
    begin(w);
    OK(store_mt_add(w->store, &message, &id, &w->error));
    commit(w);
    back_up(w);
    begin(w);
    (void)sql(w, "UPDATE mt_message SET parts_sent = 1");
    commit(w);
    w->store = store_close(w->store);
    restore(w, &restored);
    assert_int_equal(sql(w, "SELECT state = 'held' FROM mt_message"), 1);
    assert_int_equal(restored.adopted.held, 1);
}

/* ---- what was there before is remembered beside the database ---- */

static bool is_older(struct world *w)
{
    int64_t generation;
    int r = store_is_older(w->store, &generation, &w->error);
    assert_true(r >= 0);
    return r > 0;
}

static void what_is_lacked_is_noticed(void **state)
{
    struct world *w = *state;
    static const struct {
        const char *sql;
        bool older;
    } changes[] = {
        {"DELETE FROM mo_message WHERE id = 2", true},
        {"UPDATE mo_message SET uid = 'box-04-mo-2' WHERE id = 2", true},
        {"DELETE FROM mt_message WHERE id = 2", true},
        {"UPDATE mt_message SET uid = 'box-04-mt-2' WHERE id = 2", true},
        {"DELETE FROM attempt WHERE id = 2", true},
        {"DELETE FROM audit WHERE id = 2", true},
        {"UPDATE mt_message SET state = 'failed'", false},
        {"UPDATE mo_message SET text = ''", false},
    };
    assert_false(is_older(w));
    (void)sql(w, "PRAGMA foreign_keys = OFF");
    begin(w);
    for (int i = 0; i < 2; i++) {
        struct mo_message mo = {.outcome = MO_CHAT, .received_ms = NOW, .text = ""};
        struct mt_message mt = {.created_ms = NOW, .recipient = "+6281230000001", .text = "a"};
        int64_t id;
        OK(store_mo_message_add(w->store, &mo, NULL, 0, &id, &w->error));
        OK(store_mt_add(w->store, &mt, NULL, &w->error));
        OK(store_audit(w->store, NOW, "test", "test", "", "", &w->error));
        (void)sql(w, "INSERT INTO attempt (mt_id, part_id, recipient, kind, modem, begun_ms)"
                     " VALUES (1, 1, '', 'reply', 'sim1', 1)");
    }
    commit(w);
    OK(store_remember(w->store, &w->error));
    assert_false(is_older(w));
    for (size_t i = 0; i < COUNT_OF(changes); i++) {
        begin(w);
        (void)sqlite3_exec(w->store->db, changes[i].sql, NULL, NULL, NULL);
        if (is_older(w) != changes[i].older)
            fail_msg("%s", changes[i].sql);
        store_rollback(w->store);
    }
    store_remember_lost(w->store);
    assert_true(is_older(w));
    store_forget_past(w->path);
    assert_false(is_older(w));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_the_lost_one_knew_is_kept, setup, teardown),
        cmocka_unit_test_setup_teardown(without_the_lost_one_nothing_goes_by_itself, setup, teardown),
        cmocka_unit_test_setup_teardown(a_part_that_went_out_is_not_sent_again, setup, teardown),
        cmocka_unit_test_setup_teardown(what_is_lacked_is_noticed, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
