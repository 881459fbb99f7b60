/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a number wrote before anybody knew it is not lost when its owner is registered. */
#include "operator/people.h"

#include "../core/radio.h"

static struct people_waiting registered(struct world *w, enum contact_role role, const char *code)
{
    struct contact contact = {0};
    struct people_waiting waiting;
    must(store_begin(w->store, &w->error));
    world_person(w, STRANGER, "Nur", role, code, CONTACT_ACTIVE, "id");
    must(store_contact_by_phone(w->store, STRANGER, &contact, &w->error));
    must(people_registered(w->box, &contact, false, w->clock.wall, &waiting, &w->error));
    must(store_commit(w->store, &w->error));
    return waiting;
}

static void say(struct world *w, const char *text)
{
    char answer[SMS_TEXT_MAX];
    world_say(w, STRANGER, text, answer);
}

static void what_waited_is_read(void **state)
{
    struct radio *radio = *state;
    struct world *w = &radio->w;
    say(w, "BUMIL 9 K4 3");
    world_pass(w, 200 * MS_DAY);
    say(w, "BUMIL 12 K4 3");
    say(w, "halo bu");
    say(w, "Tersimpan. IBU HAMIL Okt/36: ibu hamil 30.");
    world_pass(w, 10 * MS_DAY);
    say(w, "ANAK 40 BB 38");
    drain(radio); /* that nobody knows them */
    struct people_waiting waiting = registered(w, ROLE_KPM, DESA);
    assert_int_equal(waiting.waited, 5);
    assert_int_equal(waiting.read, 2);
    assert_int_equal(waiting.reports, 2);
    assert_int_equal(waiting.n_left, 3); /* a greeting, the box's own words, and one of half a year ago */
    assert_int_equal(waiting.left[2], 1);
    assert_int_equal(world_value(w, DESA, "2037-04", "IBU_HAMIL", "HAMIL"), 12);
    assert_int_equal(world_value(w, DESA, "2037-05", "ANAK", "ANAK"), 40);
    assert_int_equal(world_value(w, DESA, "2036-10", "IBU_HAMIL", "HAMIL"), -1);
    /* A greeting, and the answer to what is not a week old. */
    assert_true(turn(radio, "sim1"));
    assert_string_equal(radio->last_to, STRANGER);
    assert_non_null(strstr(radio->last, "HP Anda terdaftar untuk Cemara."));
    assert_true(turn(radio, "sim1"));
    assert_string_equal(radio->last, "Tersimpan. ANAK Mei/37: anak 40, BB 38.");
    assert_false(turn(radio, "sim1"));
}

static void who_cannot_report_is_greeted(void **state)
{
    struct radio *radio = *state;
    struct world *w = &radio->w;
    say(w, "BUMIL 12 K4 3");
    drain(radio);
    struct people_waiting waiting = registered(w, ROLE_TPPS, "35.12.03");
    assert_int_equal(waiting.waited, 1);
    assert_int_equal(waiting.read, 0);
    assert_int_equal(waiting.n_left, 1);
    assert_int_equal(drain(radio), 1);
}

static void who_never_wrote_is_not(void **state)
{
    struct radio *radio = *state;
    struct people_waiting waiting = registered(&radio->w, ROLE_KPM, DESA);
    assert_int_equal(waiting.waited, 0);
    assert_int_equal(drain(radio), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_waited_is_read, radio_start, radio_end),
        cmocka_unit_test_setup_teardown(who_cannot_report_is_greeted, radio_start, radio_end),
        cmocka_unit_test_setup_teardown(who_never_wrote_is_not, radio_start, radio_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
