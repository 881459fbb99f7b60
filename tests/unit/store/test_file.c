/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The database as a file: whose it is, who reads it, what a link in its folder leads to, and readers that stay. */
#include <fcntl.h>
#include <sys/stat.h>

#include "store/audit.h"
#include "store/backup.h"
#include "store/meta.h"
#include "world.h"

enum { NOBODY = 65534 };

static int empty_folder(void **state)
{
    static struct world world;
    world_path(&world);
    *state = &world;
    return 0;
}

static void join_path(const struct world *w, const char *name, char ret_path[128])
{
    (void)snprintf(ret_path, 128, "%s/%s", w->folder, name);
}

static void make_database(struct world *w)
{
    int from, to;
    OK(store_init(w->path, &from, &to, &w->error));
}

static void write_secret(const char *path)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL, 0600);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, "secret", 6), 6);
    close(fd);
}

static void is_untouched(const char *path, const struct stat *before)
{
    struct stat now;
    assert_int_equal(stat(path, &now), 0);
    assert_int_equal(now.st_uid, before->st_uid);
    assert_int_equal(now.st_mode, before->st_mode);
    assert_int_equal(now.st_size, before->st_size);
}

/* The folder is another user's where we are root: their links lead nowhere, and what is made is theirs. */
static void links_in_its_folder_lead_nowhere(void **state)
{
    struct world *w = *state;
    char victim[] = "/tmp/kabar-victim-XXXXXX", secret[128], backup[128], partial[128];
    struct backup_info info;
    struct stat before, made;
    uid_t owner = geteuid() ? geteuid() : NOBODY;
    mode_t mask = umask(0);
    assert_non_null(mkdtemp(victim));
    (void)snprintf(secret, sizeof secret, "%s/secret", victim);
    write_secret(secret);
    assert_int_equal(stat(secret, &before), 0);
    if (geteuid() == 0)
        assert_int_equal(chown(w->folder, NOBODY, NOBODY), 0);
    make_database(w);
    assert_int_equal(stat(w->path, &made), 0);
    assert_int_equal(made.st_uid, owner);
    assert_int_equal(made.st_mode & 07777, 0640);
    join_path(w, "copy.db", backup);
    join_path(w, "copy.db.partial", partial);
    assert_int_equal(symlink(secret, partial), 0);
    OK(store_backup(w->path, backup, &info, &w->error));
    is_untouched(secret, &before);
    assert_int_equal(lstat(backup, &made), 0);
    assert_true(S_ISREG(made.st_mode));
    assert_int_equal(made.st_uid, owner);
    assert_int_equal(made.st_mode & 07777, 0640);
    assert_int_equal(geteuid(), before.st_uid);
    (void)umask(mask);
    (void)unlink(secret);
    (void)rmdir(victim);
}

/* What is restored over keeps its name beside, and is for others to read no more. */
static void what_is_replaced_is_not_for_others(void **state)
{
    struct world *w = *state;
    char backup[128], kept[128];
    struct backup_info info;
    struct restored restored;
    struct stat status;
    make_database(w);
    join_path(w, "copy.db", backup);
    join_path(w, "kept.db", kept);
    OK(store_backup(w->path, backup, &info, &w->error));
    assert_int_equal(chmod(w->path, 0644), 0);
    const struct restore_order order = {backup, w->path, kept, "box-03", "test", NOW};
    OK(store_restore(&order, &restored, &w->error));
    assert_int_equal(stat(kept, &status), 0);
    assert_int_equal(status.st_mode & 07777, 0640);
    assert_int_equal(stat(w->path, &status), 0);
    assert_int_equal(status.st_mode & 07777, 0640);
}

static int note_mode(const char *partial, void *data, struct error *error)
{
    struct stat status;
    if (stat(partial, &status) != 0)
        return error_set(error, -errno, "%s", partial);
    *(mode_t *)data = status.st_mode & 07777;
    return 0;
}

/* Nor is what is not whole yet, whatever the umask of who makes it. */
static void a_copy_is_for_us_alone_until_it_is_whole(void **state)
{
    struct world *w = *state;
    char copy[128];
    mode_t mode = 0, umask_before = umask(0);
    sqlite3 *db;
    make_database(w);
    join_path(w, "copy.db", copy);
    OK(database_open(w->path, DATABASE_READ, &db, &w->error));
    OK(database_copy(db, w->path, copy, note_mode, &mode, &w->error));
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
    (void)umask(umask_before);
    assert_int_equal(mode, 0600);
}

static void set_clock(struct world *w, const char *value)
{
    OK(store_open(w->path, STORE_WRITE, "box-03", &w->store, &w->error));
    OK(store_meta_keep(w->store, META_CLOCK, NULL, value, &w->error));
    w->store = store_close(w->store);
}

/* A backup of last year says nothing of what time it is: what was believed stays, and nothing where nobody knows. */
static void an_old_backup_brings_no_old_time(void **state)
{
    struct world *w = *state;
    char backup[128], kept[128], value[64];
    struct backup_info info;
    struct restored restored;
    make_database(w);
    set_clock(w, "1234 ahead");
    join_path(w, "copy.db", backup);
    OK(store_backup(w->path, backup, &info, &w->error));
    set_clock(w, "5678 good");
    for (int i = 0; i < 2; i++) {
        join_path(w, i ? "kept2.db" : "kept.db", kept);
        const struct restore_order order = {backup, w->path, kept, "box-03", "test", NOW};
        OK(store_restore(&order, &restored, &w->error));
        OK(store_open(w->path, STORE_WRITE, "box-03", &w->store, &w->error));
        OK(store_meta_get(w->store, META_CLOCK, NULL, value, sizeof value, &w->error));
        w->store = store_close(w->store);
        assert_string_equal(value, i ? "" : "5678 good");
        assert_int_equal(unlink(w->path), 0);
    }
}

static void write_row(struct world *w)
{
    OK(store_open(w->path, STORE_WRITE, "box-03", &w->store, &w->error));
    begin(w);
    OK(store_audit(w->store, NOW, "test", "test", "", "", &w->error));
    commit(w);
    w->store = store_close(w->store);
}

/* A reader that came while nobody worked on the database sees what is written afterwards. */
static void who_watches_sees_what_comes(void **state)
{
    struct world *w = *state;
    char beside[128];
    struct store *watch = NULL;
    int64_t first, second;
    make_database(w);
    write_row(w);
    join_path(w, "kabar.db-shm", beside);
    assert_int_equal(access(beside, F_OK), 0);
    join_path(w, "kabar.db-wal", beside);
    assert_int_equal(access(beside, F_OK), 0);
    OK(store_open(w->path, STORE_WATCH, "box-03", &watch, &w->error));
    OK(store_data_version(watch, &first, &w->error));
    write_row(w);
    OK(store_data_version(watch, &second, &w->error));
    assert_int_not_equal(first, second);
    store_close(watch);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(links_in_its_folder_lead_nowhere, empty_folder, teardown),
        cmocka_unit_test_setup_teardown(what_is_replaced_is_not_for_others, empty_folder, teardown),
        cmocka_unit_test_setup_teardown(a_copy_is_for_us_alone_until_it_is_whole, empty_folder, teardown),
        cmocka_unit_test_setup_teardown(an_old_backup_brings_no_old_time, empty_folder, teardown),
        cmocka_unit_test_setup_teardown(who_watches_sees_what_comes, empty_folder, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
