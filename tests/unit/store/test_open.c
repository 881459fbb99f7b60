/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "store/audit.h"
#include "store/counts.h"
#include "store/meta.h"
#include "store/mo.h"
#include "store/modem.h"
#include "store/mt.h"
#include "world.h"

#include <sys/stat.h>

static int setup_path(void **state)
{
    static struct world world;
    world_path(&world);
    *state = &world;
    return 0;
}

static void write_file(const char *path, const char *bytes, size_t n, long at)
{
    FILE *file = fopen(path, at < 0 ? "wb" : "rb+");
    assert_non_null(file);
    assert_true(at < 0 || fseek(file, at, SEEK_SET) == 0);
    assert_true(fwrite(bytes, 1, n, file) == n && fclose(file) == 0);
}

static void run_sql(struct world *w, const char *text)
{
    sqlite3 *db;
    assert_int_equal(sqlite3_open_v2(w->path, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL), SQLITE_OK);
    if (sqlite3_exec(db, text, NULL, NULL, NULL) != SQLITE_OK)
        fail_msg("%s: %s", text, sqlite3_errmsg(db));
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

static void refuse(struct world *w, int code, const char *words)
{
    struct store *store = NULL;
    FAILS(code, store_open(w->path, STORE_WRITE, "box-03", &store, &w->error));
    assert_null(store);
    if (!strstr(w->error.text, words) || !strstr(w->error.text, w->path))
        fail_msg("%s: not \"%s\"", w->error.text, words);
}

static void what_is_not_kabars_is_refused(void **state)
{
    struct world *w = *state;
    int from, to;
    refuse(w, -ENOENT, "kabarctl init");
    write_file(w->path, "dear diary", 10, -1);
    refuse(w, -EUCLEAN, "damaged, or is none");
    FAILS(-EUCLEAN, store_init(w->path, &from, &to, &w->error));
    (void)unlink(w->path);
    write_file(w->path, "", 0, -1);
    refuse(w, -EPROTO, "kabarctl init");
    run_sql(w, "CREATE TABLE notes (text)");
    refuse(w, -EPROTO, "not Kabar's");
    FAILS(-EPROTO, store_init(w->path, &from, &to, &w->error));
    run_sql(w, "PRAGMA application_id = 7; DROP TABLE notes");
    refuse(w, -EPROTO, "not Kabar's");
    (void)unlink(w->path);
    FAILS(-EROFS, store_init("/nowhere/at/all/kabar.db", &from, &to, &w->error));
}

static void newer_and_foreign_builds_are_refused(void **state)
{
    struct world *w = *state;
    int from = -1, to = -1;
    char restore[64];
    OK(store_init(w->path, &from, &to, &w->error));
    assert_true(from == 0 && to == store_n_migrations);
    OK(store_init(w->path, &from, &to, &w->error));
    assert_true(from == store_n_migrations && to == from);
    run_sql(w, "PRAGMA user_version = 99");
    refuse(w, -EPROTO, "version 99, this program knows up to");
    FAILS(-EPROTO, store_init(w->path, &from, &to, &w->error));
    (void)snprintf(restore, sizeof restore, "PRAGMA user_version = %d", store_n_migrations);
    run_sql(w, restore);
    run_sql(w, "UPDATE schema_migration SET sha256 = 'x' WHERE version = 3");
    refuse(w, -EPROTO, "0003 is not this program's 0003_mo");
    FAILS(-EPROTO, store_init(w->path, &from, &to, &w->error));
    run_sql(w, "DELETE FROM schema_migration WHERE version = 3");
    refuse(w, -EPROTO, "0003 is not this program's");
}

static bool exists(const char *path, const char *ending)
{
    char name[128];
    struct stat info;
    (void)snprintf(name, sizeof name, "%s%s", path, ending);
    return stat(name, &info) == 0;
}

static void migrates_after_a_copy_and_keeps_the_rows(void **state)
{
    struct world *w = *state;
    int from, to;
    OK(migrate(w->path, store_migrations, 2, &from, &to, &w->error));
    assert_false(exists(w->path, ".v0"));
    run_sql(w, "INSERT INTO area (code, level, name) VALUES ('35', 1, 'Jawa Timur')");
    refuse(w, -EPROTO, "version 2, this program needs");
    OK(store_init(w->path, &from, &to, &w->error));
    assert_true(from == 2 && to == store_n_migrations);
    assert_true(exists(w->path, ".v2") && !exists(w->path, ".v2.partial"));
    struct area area;
    OK(store_open(w->path, STORE_READ, "box-03", &w->store, &w->error));
    OK(store_area_by_code(w->store, view_of("35"), &area, &w->error));
    w->store = store_close(w->store);
    /* The copy is a database of its own, as it was. */
    char copy[128];
    (void)snprintf(copy, sizeof copy, "%s.v2", w->path);
    OK(migrate(copy, store_migrations, 2, &from, &to, &w->error));
    assert_int_equal(from, 2);
}

/* A migration that fails in its last statement leaves nothing of the earlier ones. */
static void a_bad_migration_changes_nothing(void **state)
{
    struct world *w = *state;
    int from, to;
    const struct migration bad[] = {
        {1, "0001_a", "a", "CREATE TABLE schema_migration (version, name, sha256, applied_ms, programme_version);"},
        {2, "0002_b", "b", "CREATE TABLE b (x PRIMARY KEY); INSERT INTO b VALUES (1), (2);"},
        {3, "0003_c", "c", "DELETE FROM b; CREATE TABLE c (x); INSERT INTO nowhere VALUES (1);"},
    };
    const struct migration stray[] = {
        bad[0],
        bad[1],
        {3, "0003_c", "c", "CREATE TABLE c (x REFERENCES b (x)); INSERT INTO c VALUES (7);"},
    };
    OK(migrate(w->path, bad, 2, &from, &to, &w->error));
    FAILS(-EPROTO, migrate(w->path, bad, 3, &from, &to, &w->error));
    assert_non_null(strstr(w->error.text, "0003_c"));
    FAILS(-EPROTO, migrate(w->path, stray, 3, &from, &to, &w->error));
    assert_non_null(strstr(w->error.text, "refer to nothing"));
    OK(migrate(w->path, bad, 2, &from, &to, &w->error));
    assert_int_equal(from, 2);
    run_sql(w, "CREATE TABLE c (x); INSERT INTO c SELECT 1 FROM b WHERE (SELECT count(*) FROM b) = 2");
}

static void transactions(void **state)
{
    struct world *w = *state;
    char value[32];
    begin(w);
    OK(store_meta_set(w->store, META_ALERT, "a", "1", &w->error));
    store_rollback(w->store);
    store_rollback(w->store);
    FAILS(-ENOENT, store_meta_get(w->store, META_ALERT, "a", value, sizeof value, &w->error));
    begin(w);
    OK(store_meta_set(w->store, META_ALERT, "a", "1", &w->error));
    OK(store_meta_set(w->store, META_ALERT, "a", "2", &w->error));
    OK(store_audit(w->store, NOW, "kabarctl:siti", "contact.add", "+6281230000001", "", &w->error));
    commit(w);
    OK(store_meta_get(w->store, META_ALERT, "a", value, sizeof value, &w->error));
    assert_string_equal(value, "2");
    assert_int_equal(sql(w, "SELECT count(*) FROM audit WHERE subject = '+6281230000001'"), 1);
    begin(w);
    OK(store_meta_set(w->store, META_ALERT, "a", "3", &w->error));
    assert_int_equal(store_end(w->store, -ENOENT, &w->error), -ENOENT);
    OK(store_meta_get(w->store, META_ALERT, "a", value, sizeof value, &w->error));
    assert_string_equal(value, "2");
    OK(store_meta_keep(w->store, META_ALERT, "kept", "1", &w->error));
    begin(w);
    OK(store_meta_set(w->store, META_ALERT, "a", "3", &w->error));
    w->store = store_close(w->store);
    OK(store_open(w->path, STORE_READ, "box-03", &w->store, &w->error));
    OK(store_meta_get(w->store, META_ALERT, "a", value, sizeof value, &w->error));
    assert_string_equal(value, "2");
    OK(store_meta_get(w->store, META_ALERT, "kept", value, sizeof value, &w->error));
    assert_string_equal(value, "1");
}

static void locked_by_another(void **state)
{
    struct world *w = *state;
    sqlite3 *other;
    int64_t before, after;
    char value[32];
    (void)sqlite3_busy_timeout(w->store->db, 20);
    OK(store_data_version(w->store, &before, &w->error));
    assert_int_equal(sqlite3_open_v2(w->path, &other, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_exec(other, "BEGIN IMMEDIATE; INSERT INTO meta VALUES ('alert.b', 'x')", NULL, NULL, NULL),
                     0);
    FAILS(-EBUSY, store_begin(w->store, &w->error));
    assert_non_null(strstr(w->error.text, "locked"));
    FAILS(-EBUSY, store_meta_keep(w->store, META_ALERT, "b", "y", &w->error));
    FAILS(-ENOENT, store_meta_get(w->store, META_ALERT, "b", value, sizeof value, &w->error));
    OK(store_data_version(w->store, &after, &w->error));
    assert_true(before == after);
    assert_int_equal(sqlite3_exec(other, "COMMIT", NULL, NULL, NULL), SQLITE_OK);
    OK(store_data_version(w->store, &after, &w->error));
    assert_true(before != after);
    begin(w);
    OK(store_meta_set(w->store, META_ALERT, "b", "y", &w->error));
    commit(w);
    OK(store_checkpoint(w->store, &w->error));
    sqlite3_close(other);
}

static void damage_is_told(void **state)
{
    struct world *w = *state;
    begin(w);
    (void)add_village(w);
    commit(w);
    long at = 4096 * ((long)sql(w, "SELECT rootpage FROM sqlite_schema WHERE name = 'area'") - 1);
    w->store = store_close(w->store);
    char rubbish[4096];
    memset(rubbish, 0xa5, sizeof rubbish);
    write_file(w->path, rubbish, sizeof rubbish, at);
    OK(store_open(w->path, STORE_WRITE, "box-03", &w->store, &w->error));
    struct area area;
    FAILS(-EUCLEAN, store_area_by_id(w->store, 1, &area, &w->error));
    assert_non_null(strstr(w->error.text, "kabarctl restore FILE"));
    begin(w);
    FAILS(-EUCLEAN, store_area_put(w->store, view_of("36"), view_of("Banten"), NULL, &w->error));
    store_rollback(w->store);
}

static int note_modem(void *data, const struct modem_row *modem)
{
    struct modem_row *seen = data;
    while (seen->name[0])
        seen++;
    *seen = *modem;
    return 0;
}

static void modems_and_counts(void **state)
{
    struct world *w = *state;
    struct modem_row seen[4] = {{.name = ""}};
    struct modem_row modem = {.name = "sim2", .state = "idle", .signal_percent = 70, .registered = true};
    begin(w);
    OK(store_modem_put(w->store, &modem, &w->error));
    modem.signal_percent = -1;
    modem.registered = false;
    (void)snprintf(modem.trouble, sizeof modem.trouble, "the device is gone");
    OK(store_modem_put(w->store, &modem, &w->error));
    (void)snprintf(modem.name, sizeof modem.name, "sim1");
    OK(store_modem_put(w->store, &modem, &w->error));
    OK(store_modem_list(w->store, note_modem, seen, &w->error));
    assert_string_equal(seen[0].name, "sim1");
    assert_string_equal(seen[1].name, "sim2");
    assert_string_equal(seen[1].trouble, "the device is gone");
    assert_true(seen[1].signal_percent == -1 && !seen[1].registered && !seen[2].name[0]);

    int64_t mo;
    (void)add_contact(w, "+6281230000001", ROLE_KPM, add_village(w));
    OK(store_mo_message_add(w->store, &(struct mo_message){.outcome = MO_UNKNOWN, .received_ms = NOW, .text = ""}, NULL,
                            0, &mo, &w->error));
    OK(store_mo_message_add(w->store, &(struct mo_message){.outcome = MO_CHAT, .text = ""}, NULL, 0, &mo, &w->error));
    OK(store_mt_add(w->store, &(struct mt_message){.text = "a", .created_ms = NOW}, NULL, &w->error));
    OK(store_stranger_seen(w->store, "+6281230000002", NOW, &mo, &w->error));
    commit(w);
    struct store_counts counts;
    OK(store_counts(w->store, NOW, &counts, &w->error));
    const struct store_counts expected = {
        .mo_today = 1, .mo_unread = 1, .mt_queued = 1, .mt_today = 1, .contacts = 1, .pending = 1, .areas = 4};
    assert_memory_equal(&counts, &expected, sizeof counts);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_is_not_kabars_is_refused, setup_path, teardown),
        cmocka_unit_test_setup_teardown(newer_and_foreign_builds_are_refused, setup_path, teardown),
        cmocka_unit_test_setup_teardown(migrates_after_a_copy_and_keeps_the_rows, setup_path, teardown),
        cmocka_unit_test_setup_teardown(a_bad_migration_changes_nothing, setup_path, teardown),
        cmocka_unit_test_setup_teardown(transactions, setup, teardown),
        cmocka_unit_test_setup_teardown(locked_by_another, setup, teardown),
        cmocka_unit_test_setup_teardown(damage_is_told, setup, teardown),
        cmocka_unit_test_setup_teardown(modems_and_counts, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
