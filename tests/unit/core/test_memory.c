/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Memory runs out: an allocation of Kabar's own or of SQLite's fails, in intake, outbox and a reload of the settings,
 * now this one, now that one. Nothing falls over, nothing is half done, and the next try does all of it.
 */
#include <errno.h>

#include <sqlite3.h>

#include "core/outbox/outbox.h"
#include "world.h"

/* Every so manieth fails in its turn; of 1,400 in one batch. With 1 it is each of them, and takes a quarter minute. */
enum { STEP = 11, RELOAD_STEP = 397 };

/* Counts down to the allocation that fails; 0: none does. */
static int countdown;
static bool struck;

static bool strikes(void)
{
    if (countdown == 0 || --countdown > 0)
        return false;
    struck = true;
    return true;
}

/* The linker puts these before malloc() and its like in what is linked statically: --wrap. */
void *__real_malloc(size_t size);
void *__real_calloc(size_t n, size_t size);
void *__real_realloc(void *old, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t n, size_t size);
void *__wrap_realloc(void *old, size_t size);

void *__wrap_malloc(size_t size)
{
    return strikes() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t n, size_t size)
{
    return strikes() ? NULL : __real_calloc(n, size);
}

void *__wrap_realloc(void *old, size_t size)
{
    return strikes() ? NULL : __real_realloc(old, size);
}

static sqlite3_mem_methods sqlite_real;

static void *sqlite_malloc(int size)
{
    return strikes() ? NULL : sqlite_real.xMalloc(size);
}

static void *sqlite_realloc(void *old, int size)
{
    return strikes() ? NULL : sqlite_real.xRealloc(old, size);
}

static struct world the_world;

static int start(void **state)
{
    world_start(&the_world, "status_reports = false; modems = ( { name = \"sim1\"; connection = \"none\"; model = "
                            "\"dummy\"; device = \"phone\"; } );");
    *state = &the_world;
    return 0;
}

static int end(void **state)
{
    world_end(*state);
    return 0;
}

static void arm(int n)
{
    countdown = n;
    struck = false;
}

static int count_row(void *data, const struct mo_message *message)
{
    (void)message;
    ++*(int *)data;
    return 0;
}

static int messages(struct world *w)
{
    int n = 0;
    struct mo_filter filter = {.limit = 100000};
    must(store_mo_list(w->store, &filter, count_row, &n, &w->error));
    return n;
}

/* A report, two parts of one message and a stranger: buffers, statements and the reader. */
enum { PARTS = 4 };
static void batch(struct world *w, int n, struct mo_part parts[PARTS])
{
    char text[64];
    (void)snprintf(text, sizeof text, "IBU HAMIL 900 K4 %d", n % 900);
    parts[0] = world_part(w, KPM, text);
    for (int seq = 1; seq <= 2; seq++) {
        (void)snprintf(text, sizeof text, seq == 1 ? "ANAK %d" : " TB 1", 100 + n % 800);
        parts[seq] = world_part(w, KADER, text);
        parts[seq].concat_ref = n % 256;
        parts[seq].concat_total = 2;
        parts[seq].concat_seq = seq;
    }
    parts[3] = world_part(w, STRANGER, "halo");
}

static void intake_without_memory(void **state)
{
    struct world *w = *state;
    int n = 1 - STEP, refused = 0;
    do {
        struct mo_part parts[PARTS];
        bool stored[PARTS];
        world_pass(w, 2 * MS_MINUTE);
        batch(w, n += STEP, parts);
        int before = messages(w);
        arm(n);
        int result = intake_take(w->box, "sim1", parts, PARTS, stored, &w->counts, &w->error);
        countdown = 0;
        if (result != 0) {
            assert_int_equal(result, -ENOMEM);
            assert_string_not_equal(w->error.text, "");
            refused++;
        }
        for (int i = 0; i < PARTS; i++)
            assert_int_equal(stored[i], result == 0);
        world_take(w, parts, PARTS);
        assert_int_equal(messages(w), before + 3);
        assert_int_equal(world_value(w, DESA, "2036-10", "IBU_HAMIL", "K4"), n % 900);
    } while (struck);
    assert_true(refused > 10);
}

static void outbox_without_memory(void **state)
{
    struct world *w = *state;
    struct outbox *outbox;
    struct mt_recovered recovered;
    int n = 0;
    must(outbox_open(w->box, &outbox, &recovered, &w->error));
    outbox_modem_up(outbox, "sim1", true);
    do {
        char answer[SMS_TEXT_MAX];
        struct mt_submit submit;
        world_pass(w, 2 * MS_HOUR);
        world_say(w, KPM, "CEK", answer);
        arm(++n);
        int result = outbox_tick(outbox, &w->error);
        if (result == 0)
            result = outbox_next(outbox, "sim1", &submit, &w->error);
        if (result < 0) {
            assert_int_equal(result, -ENOMEM);
            arm(0);
            result = outbox_next(outbox, "sim1", &submit, &w->error);
        }
        assert_int_equal(result, OUTBOX_SUBMIT);
        result = world_submitted(outbox, "sim1", submit.part_id, SUBMIT_OK, -1, n % 256, &w->error);
        countdown = 0;
        if (result < 0) {
            assert_int_equal(result, -ENOMEM);
            struck = true;
            must(world_submitted(outbox, "sim1", submit.part_id, SUBMIT_OK, -1, n % 256, &w->error));
        }
        assert_int_equal(outbox_next(outbox, "sim1", &submit, &w->error), OUTBOX_NOTHING);
    } while (struck);
    outbox_close(outbox);
}

/* SIGHUP: the box keeps what it had. (While they are read, the settings themselves assert that there is memory.) */
static void a_reload_without_memory(void **state)
{
    struct world *w = *state;
    char answer[SMS_TEXT_MAX];
    int n = 1, refused = 0;
    do {
        struct settings *settings;
        must(settings_open(w->conf, &settings, &w->error));
        arm(n);
        int result = box_reload(w->box, settings, &w->error);
        countdown = 0;
        n += RELOAD_STEP;
        if (result == 0) {
            settings_close(w->settings);
            w->settings = settings;
            continue;
        }
        refused++;
        assert_string_not_equal(w->error.text, "");
        settings_close(settings);
    } while (struck);
    assert_true(refused > 0);
    world_say(w, KPM, "IBU HAMIL 12 K4 3", answer);
    assert_string_equal(answer, "Tersimpan. IBU HAMIL Okt/36: ibu hamil 12, K4 3.");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(intake_without_memory, start, end),
        cmocka_unit_test_setup_teardown(outbox_without_memory, start, end),
        cmocka_unit_test_setup_teardown(a_reload_without_memory, start, end),
    };
    sqlite3_mem_methods methods;
    if (sqlite3_config(SQLITE_CONFIG_GETMALLOC, &sqlite_real) != SQLITE_OK)
        return 1;
    methods = sqlite_real;
    methods.xMalloc = sqlite_malloc;
    methods.xRealloc = sqlite_realloc;
    if (sqlite3_config(SQLITE_CONFIG_MALLOC, &methods) != SQLITE_OK)
        return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
