/* SPDX-License-Identifier: GPL-2.0-or-later */
/* For every operation that changes a file, in turn: it fails, or the process dies there. What was committed stays, what
 * was not is gone, the store goes on, and doing it again gives what once would have given. */
#include "world.h"

#include <sys/wait.h>

#include "base/buf.h"
#include "fault_vfs.h"
#include "parsers/period.h"
#include "store/mo.h"
#include "store/mt.h"
#include "store/report.h"

/* Hundreds of connections come and go: what AddressSanitizer keeps of each to tell where it was freed, and the bytes it
 * fills new memory with, cost two thirds of the time of this test. */
const char *__asan_default_options(void);
const char *__asan_default_options(void)
{
    return "quarantine_size_mb=1:thread_local_quarantine_size_kb=64:malloc_context_size=2:max_malloc_fill_size=0";
}

static int fault_setup(void **state)
{
    fault_install();
    fault_set(FAULT_NONE, 0, false);
    return setup(state);
}

static int dump_row(void *data, int n, char **values, char **names)
{
    (void)names;
    for (int i = 0; i < n; i++)
        buf_printf(data, "%s|", values[i] ? values[i] : "-");
    buf_puts(data, "\n");
    return 0;
}

/* Everything that is stored, as text; the caller frees it. */
static struct buf dump(struct world *w)
{
    static const char *const tables[] = {"area",       "contact", "contact_phone", "stranger", "mo_message",
                                         "mo_part",    "report",  "report_value",  "meta",     "report_problem",
                                         "mt_message", "mt_part", "attempt",       "audit",    "modem_state"};
    struct buf text;
    buf_init(&text, 1 << 20);
    for (size_t i = 0; i < COUNT_OF(tables); i++) {
        char query[64];
        (void)snprintf(query, sizeof query, "SELECT '%s', * FROM %s ORDER BY 2", tables[i], tables[i]);
        assert_int_equal(sqlite3_exec(w->store->db, query, dump_row, &text, NULL), SQLITE_OK);
    }
    assert_false(text.full);
    return text;
}

static void assert_sound(struct world *w)
{
    assert_int_equal(sql(w, "SELECT count(*) FROM pragma_integrity_check WHERE integrity_check <> 'ok'"), 0);
    assert_int_equal(sql(w, "SELECT count(*) FROM pragma_foreign_key_check"), 0);
}

/* ---- the operations; each is what core does, and may be done again when it is not known whether it was done ---- */

static int after_part(struct world *w, int64_t part_id)
{
    struct mo_message message = {.text = "IBU HAMIL 12 K4 3", .sent_ms = NOW, .received_ms = NOW};
    struct report_value values[] = {{"HAMIL", 12}, {"K4", 3}};
    struct report_row report = {.area_id = 4,
                                .set = "hpk-2018",
                                .form = "IBU_HAMIL",
                                .period = 2026 * 12 + 9,
                                .sent_ms = NOW,
                                .created_ms = NOW,
                                .values = values,
                                .n_values = 2};
    struct mt_message reply = {.text = "IBU HAMIL Okt/26: ibu hamil 12, K4 3.", .recipient = "+6281230000001"};
    int r = store_mo_message_add(w->store, &message, &part_id, 1, &reply.mo_id, &w->error);
    report.mo_id = reply.mo_id;
    if (r == 0)
        r = store_report_add(w->store, &report, NULL, &w->error);
    return r == 0 ? store_mt_add(w->store, &reply, NULL, &w->error) : r;
}

static int in_transaction(struct world *w, int (*work)(struct world *w))
{
    int r = store_begin(w->store, &w->error);
    if (r == 0)
        r = work(w);
    return store_end(w->store, r, &w->error);
}

static int intake_work(struct world *w)
{
    int64_t part_id;
    enum mo_part_put put;
    struct mo_part_row part = {.modem = "sim1",
                               .sender = "+6281230000001",
                               .smsc = "",
                               .kind = "text",
                               .text = "IBU HAMIL 12 K4 3",
                               .raw = "",
                               .sent_ms = NOW,
                               .received_ms = NOW,
                               .concat_ref = -1,
                               .concat_total = 1,
                               .concat_seq = 1};
    int r = store_mo_part_put(w->store, &part, &put, &part_id, &w->error);
    return r < 0 || put == MO_PART_KNOWN ? r : after_part(w, part_id);
}

static int intake(struct world *w)
{
    return in_transaction(w, intake_work);
}

/* More than the page cache holds: SQLite writes, and may fail, in the middle of the transaction. */
static int import_work(struct world *w)
{
    int r = 0;
    for (int i = 0; r == 0 && i < 9999; i += 20) {
        char code[AREA_CODE_MAX];
        (void)snprintf(code, sizeof code, "35.12.03.%04d", i);
        r = store_area_put(w->store, view_of(code), view_of("a village with a rather long name"), NULL, &w->error);
    }
    return r;
}

static int import(struct world *w)
{
    (void)sql(w, "PRAGMA cache_size = 8");
    return in_transaction(w, import_work);
}

static int checkpoint(struct world *w)
{
    return store_checkpoint(w->store, &w->error);
}

static int checkpoint_after_intake(struct world *w)
{
    int r = intake(w);
    return r < 0 ? r : checkpoint(w);
}

struct operation {
    const char *name;
    int (*run)(struct world *w);
    int first, stride; /* which operations on the file are struck: that one, and every how manieth after it */
};
static const struct operation operations[] = {
    {"intake", intake, 1, 1},
    {"import", import, 1, 41},
    {"checkpoint", checkpoint_after_intake, 50, 1},
};

static void prepare(struct world *w)
{
    begin(w);
    (void)add_village(w);
    (void)add_contact(w, "+6281230000001", ROLE_KPM, 4);
    commit(w);
}

static void reopen(struct world *w)
{
    w->store = store_close(w->store);
    OK(store_open(w->path, STORE_WRITE, "box-03", &w->store, &w->error));
}

/* A file that was made once, of which each blow gets a copy. */
struct model {
    char bytes[1 << 19];
    size_t size;
};

static void keep_model(const struct world *w, struct model *ret_model)
{
    FILE *made = fopen(w->path, "rb");
    assert_non_null(made);
    ret_model->size = fread(ret_model->bytes, 1, sizeof ret_model->bytes, made);
    assert_true(ret_model->size < sizeof ret_model->bytes && fclose(made) == 0);
}

static void copy_model(const struct world *w, const struct model *model)
{
    FILE *copy = fopen(w->path, "wb");
    assert_non_null(copy);
    assert_true(fwrite(model->bytes, 1, model->size, copy) == model->size && fclose(copy) == 0);
}

/* A database of its own for each blow, not open yet. */
static void fresh_file(struct world *w)
{
    static struct model model;
    w->store = store_close(w->store);
    if (!model.size) {
        OK(store_open(w->path, STORE_WRITE, "box-03", &w->store, &w->error));
        prepare(w);
        w->store = store_close(w->store);
        keep_model(w, &model);
    }
    world_remove(w);
    world_path(w);
    copy_model(w, &model);
}

static void fresh(struct world *w)
{
    fresh_file(w);
    OK(store_open(w->path, STORE_WRITE, "box-03", &w->store, &w->error));
}

static int expected_errno(enum fault_kind kind)
{
    return kind == FAULT_FULL ? -ENOSPC : kind == FAULT_READONLY ? -EROFS : -EIO;
}

/* Returns whether the fault struck: false where the operation has fewer than `at` steps. */
static bool strike(struct world *w, const struct operation *operation, enum fault_kind kind, int at, bool stays,
                   const struct buf *before, const struct buf *after)
{
    fresh(w);
    fault_set(kind, at, stays);
    int r = operation->run(w);
    bool struck = fault.struck;
    fault_set(FAULT_NONE, 0, false);
    if (r != 0 && (!struck || r != expected_errno(kind)))
        fail_msg("%s, fault %d at %d: %d %s", operation->name, kind, at, r, w->error.text);
    assert_sound(w);
    struct buf now = dump(w);
    /* A checkpoint may fail after a commit that stands. */
    bool is_before = strcmp(now.text, before->text) == 0, is_after = strcmp(now.text, after->text) == 0;
    if (r == 0 ? !is_after : !is_before && !(is_after && operation->run == checkpoint_after_intake))
        fail_msg("%s, fault %d at %d: neither done nor undone:\n%s", operation->name, kind, at, now.text);
    buf_deinit(&now);
    OK(operation->run(w));
    now = dump(w);
    assert_string_equal(now.text, after->text);
    buf_deinit(&now);
    if (at % 5 == 0) {
        reopen(w);
        assert_sound(w);
        now = dump(w);
        assert_string_equal(now.text, after->text);
        buf_deinit(&now);
    }
    return struck;
}

static void every_write_may_fail(void **state)
{
    static const struct {
        enum fault_kind kind;
        bool stays;
        int stride; /* times the operation's */
    } faults[] = {{FAULT_FULL, true, 1}, {FAULT_IO, false, 1}, {FAULT_READONLY, true, 7}};
    struct world *w = *state;
    for (size_t i = 0; i < COUNT_OF(operations); i++) {
        const struct operation *operation = &operations[i];
        fresh(w);
        struct buf before = dump(w);
        OK(operation->run(w));
        struct buf after = dump(w);
        for (size_t j = 0; j < COUNT_OF(faults); j++) {
            int at = operation->first;
            while (strike(w, operation, faults[j].kind, at, faults[j].stays, &before, &after))
                at += operation->stride * faults[j].stride;
            assert_true(at > operation->first + 3);
        }
        buf_deinit(&before);
        buf_deinit(&after);
    }
}

/* Returns whether the child died at that step. */
static bool kill_at(struct world *w, const struct operation *operation, int at, const struct buf *before,
                    const struct buf *after)
{
    fresh_file(w);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        int r = store_open(w->path, STORE_WRITE, "box-03", &w->store, &w->error);
        fault_set(FAULT_KILL, at, false);
        if (r == 0)
            r = operation->run(w);
        _exit(r == 0 ? 0 : 1);
    }
    int status = 0;
    assert_true(waitpid(child, &status, 0) == child);
    assert_true(WIFEXITED(status) && (WEXITSTATUS(status) == 0 || WEXITSTATUS(status) == 9));
    OK(store_open(w->path, STORE_WRITE, "box-03", &w->store, &w->error));
    assert_sound(w);
    struct buf now = dump(w);
    if (strcmp(now.text, before->text) != 0 && strcmp(now.text, after->text) != 0)
        fail_msg("%s, killed at %d: neither done nor undone:\n%s", operation->name, at, now.text);
    buf_deinit(&now);
    OK(operation->run(w));
    now = dump(w);
    assert_string_equal(now.text, after->text);
    buf_deinit(&now);
    return WEXITSTATUS(status) == 9;
}

static void it_may_die_at_every_write(void **state)
{
    struct world *w = *state;
    for (size_t i = 0; i < COUNT_OF(operations); i++) {
        fresh(w);
        struct buf before = dump(w);
        OK(operations[i].run(w));
        struct buf after = dump(w);
        int at = operations[i].first;
        while (kill_at(w, &operations[i], at, &before, &after))
            at += operations[i].stride;
        assert_true(at > operations[i].first + 3);
        buf_deinit(&before);
        buf_deinit(&after);
    }
}

/* ---- making and migrating the database ---- */

static int try_migrate(struct world *w, int *ret_from)
{
    int to;
    return store_init(w->path, ret_from, &to, &w->error);
}

static int version(struct world *w)
{
    sqlite3 *db = NULL;
    int found = -1;
    sqlite3_stmt *statement = NULL;
    if (sqlite3_open_v2(w->path, &db, SQLITE_OPEN_READWRITE, NULL) == SQLITE_OK &&
        sqlite3_prepare_v2(db, "PRAGMA user_version", -1, &statement, NULL) == SQLITE_OK &&
        sqlite3_step(statement) == SQLITE_ROW)
        found = sqlite3_column_int(statement, 0);
    sqlite3_finalize(statement);
    sqlite3_close(db);
    return found;
}

/* One blow at the migration of a database with `old` migrations (0: no file) to all; returns whether it struck. */
static bool strike_migration(struct world *w, int old, const struct model *model, enum fault_kind kind, int at)
{
    int from, to, r;
    world_path(w);
    if (old)
        copy_model(w, model);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        fault_set(kind, at, true);
        r = try_migrate(w, &from);
        if (r != 0 && r != expected_errno(kind))
            fprintf(stderr, "%d: %s\n", r, w->error.text);
        _exit(r == 0 ? 0 : r == expected_errno(kind) ? 8 : 1);
    }
    int status = 0;
    assert_true(waitpid(child, &status, 0) == child);
    int ended = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    if (ended != 0 && ended != 8 && ended != 9)
        fail_msg("migration from %d, fault %d at %d: %d", old, kind, at, status);
    /* A blow after the commit (the checkpoint of closing) finds it done. */
    int now = version(w);
    assert_true(now == store_n_migrations || (ended != 0 && now <= old));
    OK(store_init(w->path, &from, &to, &w->error));
    assert_true(to == store_n_migrations);
    OK(store_open(w->path, STORE_WRITE, "box-03", &w->store, &w->error));
    assert_sound(w);
    assert_int_equal(sql(w, "SELECT count(*) FROM schema_migration"), store_n_migrations);
    w->store = store_close(w->store);
    world_remove(w);
    return ended != 0;
}

/* Both ways there are: a new file, and one of before that is copied first. */
static void a_migration_is_all_or_nothing(void **state)
{
    static const enum fault_kind kinds[] = {FAULT_FULL, FAULT_IO, FAULT_KILL};
    static struct model model;
    struct world *w = *state;
    const int olds[] = {0, store_n_migrations - 3};
    int from, to;
    w->store = store_close(w->store);
    world_remove(w);
    world_path(w);
    OK(migrate(w->path, store_migrations, olds[1], &from, &to, &w->error));
    keep_model(w, &model);
    world_remove(w);
    for (size_t i = 0; i < COUNT_OF(olds); i++) {
        for (size_t j = 0; j < COUNT_OF(kinds); j++) {
            int at = 1;
            while (strike_migration(w, olds[i], &model, kinds[j], at))
                at += 13;
            assert_true(at > 10);
        }
    }
    world_open(w);
}

/* ---- files that can't be written ---- */

static void a_read_only_file_is_refused_in_words(void **state)
{
    struct world *w = *state;
    struct store *other = NULL;
    w->store = store_close(w->store);
    fault.read_only = true;
    FAILS(-EROFS, store_open(w->path, STORE_WRITE, "box-03", &other, &w->error));
    assert_non_null(strstr(w->error.text, "can't be written"));
    fault.read_only = false;
    OK(store_open(w->path, STORE_READ, "box-03", &w->store, &w->error));
    int64_t count = 1;
    OK(store_mo_waiting_count(w->store, &count, &w->error));
    assert_int_equal(count, 0);
    FAILS(-EROFS, intake(w));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_write_may_fail, fault_setup, teardown),
        cmocka_unit_test_setup_teardown(it_may_die_at_every_write, fault_setup, teardown),
        cmocka_unit_test_setup_teardown(a_migration_is_all_or_nothing, fault_setup, teardown),
        cmocka_unit_test_setup_teardown(a_read_only_file_is_refused_in_words, fault_setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
