/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A database of its own for each test, in a folder of its own, and short hands for what most tests do. */
#ifndef KABAR_TESTS_STORE_WORLD_H
#define KABAR_TESTS_STORE_WORLD_H

#include <dirent.h>
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "store/contact.h"
#include "store/store_internal.h"

#define NOW INT64_C(1792000000000) /* October 2026 */

struct world {
    char folder[64], path[96];
    struct store *store;
    struct error error;
};

#define OK(call) assert_ok((call), #call, w)
#define FAILS(code, call)                                                                                              \
    do {                                                                                                               \
        w->error.text[0] = '\0';                                                                                       \
        assert_int_equal((call), (code));                                                                              \
        assert_true(w->error.text[0] != '\0');                                                                         \
    } while (0)

static inline void assert_ok(int result, const char *call, struct world *w)
{
    if (result != 0)
        fail_msg("%s: %d: %s", call, result, w->error.text);
}

static inline void world_path(struct world *w)
{
    /* In memory where there is such a folder: what is tested is what is asked of the file system, not how fast it is.
     */
    *w = (struct world){.path = ""};
    (void)snprintf(w->folder, sizeof w->folder, "%s/kabar-store-XXXXXX",
                   access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
    assert_non_null(mkdtemp(w->folder));
    (void)snprintf(w->path, sizeof w->path, "%s/kabar.db", w->folder);
}

static inline void world_open(struct world *w)
{
    int from, to;
    world_path(w);
    OK(store_init(w->path, &from, &to, &w->error));
    OK(store_open(w->path, STORE_WRITE, "box-03", &w->store, &w->error));
}

static inline int setup(void **state)
{
    static struct world world;
    world_open(&world);
    *state = &world;
    return 0;
}

static inline void world_remove(struct world *w)
{
    DIR *folder = opendir(w->folder);
    assert_non_null(folder);
    for (struct dirent *entry; (entry = readdir(folder));) {
        if (entry->d_name[0] != '.')
            assert_int_equal(unlinkat(dirfd(folder), entry->d_name, 0), 0);
    }
    (void)closedir(folder);
    assert_int_equal(rmdir(w->folder), 0);
}

static inline int teardown(void **state)
{
    struct world *w = *state;
    w->store = store_close(w->store);
    world_remove(w);
    return 0;
}

/* One SQL statement beside the store, for looking and for damage; its first number, 0 where there is none. */
static inline int64_t sql(struct world *w, const char *text)
{
    sqlite3_stmt *statement;
    if (sqlite3_prepare_v2(w->store->db, text, -1, &statement, NULL) != SQLITE_OK)
        fail_msg("%s: %s", text, sqlite3_errmsg(w->store->db));
    int64_t number = sqlite3_step(statement) == SQLITE_ROW ? sqlite3_column_int64(statement, 0) : 0;
    if (sqlite3_finalize(statement) != SQLITE_OK)
        fail_msg("%s: %s", text, sqlite3_errmsg(w->store->db));
    return number;
}

static inline void begin(struct world *w)
{
    OK(store_begin(w->store, &w->error));
}

static inline void commit(struct world *w)
{
    OK(store_commit(w->store, &w->error));
}

static inline int64_t add_area(struct world *w, const char *code, const char *name)
{
    int64_t id = 0;
    OK(store_area_put(w->store, view_of(code), view_of(name), &id, &w->error));
    return id;
}

/* The road to a village; returns the village's id. */
static inline int64_t add_village(struct world *w)
{
    add_area(w, "35", "Jawa Timur");
    add_area(w, "35.12", "Kabupaten Situbondo");
    add_area(w, "35.12.03", "Suboh");
    return add_area(w, "35.12.03.2001", "Cemara");
}

static inline int64_t add_contact(struct world *w, const char *phone, enum contact_role role, int64_t area_id)
{
    int64_t id = 0;
    struct contact contact = {.area_id = area_id, .role = role, .state = CONTACT_ACTIVE, .name = "Siti"};
    (void)snprintf(contact.phone, sizeof contact.phone, "%s", phone);
    OK(store_contact_add(w->store, &contact, NOW, &id, &w->error));
    return id;
}

#endif
