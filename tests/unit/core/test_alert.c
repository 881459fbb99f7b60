/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the box tells its operators by itself. */
#include "core/watch/alert.h"
#include "store/meta.h"
#include "world.h"

static const char modem_conf[] =
    "modems = ( { name = \"sim1\"; connection = \"none\"; model = \"dummy\"; device = \"phone\"; "
    "balance = \"*888#\"; balance_limit = 10000; } );";

static int take(void *data, const struct mt_message *message)
{
    struct mt_message *last = data;
    last[1] = message[0];
    last[0].id++;
    return 0;
}

/* Number of alerts so far; of the last: the message. */
static int64_t alerts(struct world *w, struct mt_message *ret_last)
{
    struct mt_message found[2] = {{0}};
    struct mt_filter filter = {.recipient = OPERATOR, .limit = 100, .oldest_first = true};
    must(store_mt_list(w->store, &filter, take, found, &w->error));
    *ret_last = found[1];
    return found[0].id;
}

static void a_low_balance_is_told_once_a_day(void **state)
{
    (void)state;
    struct world world, *w = &world;
    struct mt_message last;
    char kept[64];
    world_start(w, modem_conf);
    must(alert_balance(w->box, 0, "Sisa pulsa Anda Rp 12.345", &w->error));
    assert_int_equal(alerts(w, &last), 0);
    must(alert_balance(w->box, 0, "Sisa pulsa Anda Rp 9.999 s.d. 01/12/36", &w->error));
    assert_int_equal(alerts(w, &last), 1);
    assert_int_equal(last.kind, MT_ALERT);
    assert_non_null(strstr(last.text, "SIM sim1 tinggal 9.999."));
    must(store_meta_get(w->store, META_BALANCE, "sim1", kept, sizeof kept, &w->error));
    assert_string_equal(kept, "9999");
    w->clock.wall += MS_DAY - 1;
    must(alert_balance(w->box, 0, "Rp 500", &w->error));
    assert_int_equal(alerts(w, &last), 1);
    w->clock.wall += 1;
    must(alert_balance(w->box, 0, "Rp 500", &w->error));
    assert_int_equal(alerts(w, &last), 2);
    world_end(w);
}

/* The clock was a year ahead for a while: what was told then is not told a year long. */
static void what_was_told_in_a_future_is_told_again(void **state)
{
    (void)state;
    struct world world, *w = &world;
    struct mt_message last;
    world_start(w, modem_conf);
    must(alert_balance(w->box, 0, "Rp 500", &w->error));
    assert_int_equal(alerts(w, &last), 1);
    world_sql(w, "UPDATE meta SET value = value + 399 * 86400000 WHERE name LIKE 'alert%'");
    must(alert_balance(w->box, 0, "Rp 500", &w->error));
    assert_int_equal(alerts(w, &last), 2);
    must(alert_balance(w->box, 0, "Rp 500", &w->error));
    assert_int_equal(alerts(w, &last), 2);
    world_end(w);
}

static void no_balance_is_guessed(void **state)
{
    (void)state;
    struct world world, *w = &world;
    struct mt_message last;
    char kept[64];
    world_start(w, modem_conf);
    must(alert_balance(w->box, 0, "Layanan sedang sibuk, coba 5 menit lagi", &w->error));
    assert_int_equal(alerts(w, &last), 0);
    must(store_meta_get(w->store, META_BALANCE, "sim1", kept, sizeof kept, &w->error));
    assert_string_equal(kept, "Layanan sedang sibuk, coba 5 menit lagi");
    world_end(w);
}

static void a_modem_without_network_is_told_once_a_day(void **state)
{
    (void)state;
    struct world world, *w = &world;
    struct mt_message last;
    size_t queued = 9;
    world_start(w, modem_conf);
    struct alert_modem modem = {"sim1", 30 * MS_MINUTE - 1, AILMENT_NONE};
    must(alert_watch(w->box, &modem, 1, -1, &queued, &w->error));
    assert_int_equal(queued, 0);
    modem.gone_ms += 1;
    must(alert_watch(w->box, &modem, 1, -1, &queued, &w->error));
    assert_int_equal(queued, 1);
    assert_int_equal(alerts(w, &last), 1);
    assert_string_equal(last.text, "box-03: modem sim1 tanpa jaringan 30 menit. Jalankan: kabarctl doctor.");
    for (int64_t minute = 0; minute < 24 * 60 - 1; minute++) {
        w->clock.wall += MS_MINUTE;
        modem.gone_ms += MS_MINUTE;
        must(alert_watch(w->box, &modem, 1, -1, &queued, &w->error));
        assert_int_equal(queued, 0);
    }
    w->clock.wall += MS_MINUTE;
    must(alert_watch(w->box, &modem, 1, -1, &queued, &w->error));
    assert_int_equal(queued, 1);
    assert_int_equal(alerts(w, &last), 2);
    world_end(w);
}

static void a_disk_that_fills_and_a_modem_are_two_causes(void **state)
{
    (void)state;
    struct world world, *w = &world;
    struct mt_message last;
    size_t queued = 0;
    world_start(w, "alert_disk_mib = 100; alert_modem_minutes = 5;");
    const struct alert_modem modems[] = {{"sim1", 5 * MS_MINUTE, AILMENT_NONE}, {"sim2", 0, AILMENT_NONE}};
    must(alert_watch(w->box, modems, 2, 100, &queued, &w->error));
    assert_int_equal(queued, 1);
    must(alert_watch(w->box, modems, 2, 99, &queued, &w->error));
    assert_int_equal(queued, 1);
    assert_int_equal(alerts(w, &last), 2);
    assert_string_equal(last.text, "box-03: sisa disk 99 MB. Mohon kosongkan ruang; bila penuh, SMS tidak tersimpan.");
    must(alert_watch(w->box, modems, 2, 1, &queued, &w->error));
    assert_int_equal(queued, 0);
    world_end(w);
}

static void what_ails_a_modem_is_told_once_a_day(void **state)
{
    (void)state;
    struct world world, *w = &world;
    struct mt_message last;
    size_t queued = 0;
    world_start(w, "alert_modem_minutes = 0;");
    for (int i = AILMENT_NONE; i < AILMENT_COUNT; i++) {
        const struct alert_modem modem = {"sim1", 0, (enum ailment)i};
        must(alert_watch(w->box, &modem, 1, -1, &queued, &w->error));
        assert_int_equal(queued, i != AILMENT_NONE);
        must(alert_watch(w->box, &modem, 1, -1, &queued, &w->error));
        assert_int_equal(queued, 0);
    }
    assert_int_equal(alerts(w, &last), AILMENT_COUNT - 1);
    assert_non_null(strstr(last.text, "modem sim1 tidak menghapus SMS"));
    world_end(w);
}

static void answers_that_wait_are_told(void **state)
{
    (void)state;
    struct world world, *w = &world;
    struct mt_message last, answer = {.kind = MT_REPLY, .recipient = "+6281230000001", .text = "x"};
    size_t queued = 0;
    int64_t id;
    world_start(w, "");
    answer.created_ms = w->clock.wall;
    answer.expires_ms = w->clock.wall + MS_DAY;
    must(store_begin(w->store, &w->error));
    must(store_mt_add(w->store, &answer, &id, &w->error));
    answer.kind = MT_REMINDER;
    must(store_mt_add(w->store, &answer, &id, &w->error));
    must(store_commit(w->store, &w->error));
    w->clock.wall += 60 * MS_MINUTE;
    must(alert_watch(w->box, NULL, 0, -1, &queued, &w->error));
    assert_int_equal(queued, 0);
    w->clock.wall += 1;
    must(alert_watch(w->box, NULL, 0, -1, &queued, &w->error));
    assert_int_equal(queued, 1);
    (void)alerts(w, &last);
    assert_string_equal(last.text, "box-03: 1 jawaban belum terkirim lebih dari 60 menit. Jalankan: kabarctl doctor.");
    world_end(w);
}

static void an_alert_that_is_off_is_never_sent(void **state)
{
    (void)state;
    struct world world, *w = &world;
    size_t queued = 9;
    world_start(w, "alert_disk_mib = 0; alert_modem_minutes = 0; alert_queue_minutes = 0;");
    const struct alert_modem modem = {"sim1", MS_DAY, AILMENT_NONE};
    must(alert_watch(w->box, &modem, 1, 0, &queued, &w->error));
    assert_int_equal(queued, 0);
    world_end(w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_low_balance_is_told_once_a_day),
        cmocka_unit_test(what_was_told_in_a_future_is_told_again),
        cmocka_unit_test(no_balance_is_guessed),
        cmocka_unit_test(a_modem_without_network_is_told_once_a_day),
        cmocka_unit_test(a_disk_that_fills_and_a_modem_are_two_causes),
        cmocka_unit_test(answers_that_wait_are_told),
        cmocka_unit_test(what_ails_a_modem_is_told_once_a_day),
        cmocka_unit_test(an_alert_that_is_off_is_never_sent),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
