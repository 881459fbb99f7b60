/* What the box tells its operators by itself. */
#include "core/alert.h"
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
    must(store_meta_get(w->store, "balance.sim1", kept, sizeof kept, &w->error));
    assert_string_equal(kept, "9999");
    w->clock.wall += MS_DAY - 1;
    must(alert_balance(w->box, 0, "Rp 500", &w->error));
    assert_int_equal(alerts(w, &last), 1);
    w->clock.wall += 1;
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
    must(store_meta_get(w->store, "balance.sim1", kept, sizeof kept, &w->error));
    assert_string_equal(kept, "Layanan sedang sibuk, coba 5 menit lagi");
    world_end(w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_low_balance_is_told_once_a_day),
        cmocka_unit_test(no_balance_is_guessed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
