/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which villages a box looks after, and what is counted of them: also those in which nobody is registered. */
#include "world.h"

#include "core/villages.h"

enum { OCTOBER = 2036 * 12 + 9 };

static void add_areas(struct world *w, const char *const (*areas)[2], size_t n)
{
    int64_t id;
    must(store_begin(w->store, &w->error));
    for (size_t i = 0; i < n; i++)
        must(store_area_put(w->store, view_of(areas[i][0]), view_of(areas[i][1]), &id, &w->error));
    must(store_commit(w->store, &w->error));
}

/* More of the kecamatan in which people are, and a kabupaten in which nobody is. */
static void add_country(struct world *w)
{
    static const char *const areas[][2] = {
        {"35.12.03.2003", "Ketah"}, {"35.12.04", "Besuki"}, {"35.12.04.2001", "Pesisir"}, {"36", "Banten"},
        {"36.01", "Pandeglang"},    {"36.01.01", "Sumur"},  {"36.01.01.2001", "Ujung"}};
    add_areas(w, areas, sizeof areas / sizeof *areas);
}

static struct villages count(struct world *w, int month)
{
    struct villages villages;
    must(villages_count(w->box, month, &villages, &w->error));
    return villages;
}

static void of_each_kecamatan_with_people(void **state)
{
    (void)state;
    struct world world, *w = &world;
    char answer[SMS_TEXT_MAX];
    world_start(w, "");
    add_country(w);
    struct villages villages = count(w, OCTOBER);
    assert_int_equal(villages.all, 3);
    assert_int_equal(villages.nobody, 1);
    assert_string_equal(villages.nobody_names[0], "Ketah");
    assert_int_equal(villages.reporting, 0);
    world_say(w, KPM, "BUMIL OKT 12", answer);
    world_say(w, KADER, "TIKAR OKT 40 H 30 K 8 M 2", answer);
    villages = count(w, OCTOBER);
    assert_int_equal(villages.reporting, 1);
    assert_int_equal(villages.reports, 2);
    assert_int_equal(villages.reports_due, 3 * (int)set_monthly_forms(villages.set));
    assert_int_equal(villages.forms[0], 1);
    world_end(w);
}

static void of_the_areas_in_the_configuration(void **state)
{
    (void)state;
    struct world world, *w = &world;
    world_start_box(w, "areas = [ \"35.12.03.2003\", \"35.12.04\", \"35.12\", \"35.12\" ];", "");
    add_country(w);
    assert_int_equal(count(w, OCTOBER).all, 4);
    world_end(w);
    world_start_box(w, "areas = \"35.12.04\";", "");
    add_country(w);
    assert_int_equal(count(w, OCTOBER).all, 1);
    assert_int_equal(count(w, OCTOBER).nobody, 1);
    world_end(w);
}

static int move_nowhere(void *data, const struct contact *contact)
{
    struct world *w = data;
    struct contact edited = *contact;
    edited.area_id = 0;
    return store_contact_edit(w->store, &edited, &w->error);
}

static void of_the_only_kabupaten_while_nobody_is_registered(void **state)
{
    (void)state;
    struct world world, *w = &world;
    world_start(w, "");
    must(store_begin(w->store, &w->error));
    must(store_contact_list(w->store, ROLE_COUNT, CONTACT_STATE_COUNT, NULL, move_nowhere, w, &w->error));
    must(store_commit(w->store, &w->error));
    assert_int_equal(count(w, OCTOBER).all, 2);
    assert_int_equal(count(w, OCTOBER).nobody, 2);
    add_country(w);
    assert_int_equal(count(w, OCTOBER).all, 0);
    world_end(w);
}

static void named_when_the_kecamatan_asks(void **state)
{
    (void)state;
    struct world world, *w = &world;
    char answer[SMS_TEXT_MAX];
    world_start(w, "");
    add_country(w);
    must(store_begin(w->store, &w->error));
    world_person(w, "+6281230000050", "Camat", ROLE_TPPS, "35.12.03", CONTACT_ACTIVE, "id");
    must(store_commit(w->store, &w->error));
    world_say(w, "+6281230000050", "CEK", answer);
    assert_non_null(strstr(answer, "0 dari 3 desa"));
    assert_non_null(strstr(answer, "Tanpa KPM atau kader terdaftar: Ketah."));
    world_end(w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(of_each_kecamatan_with_people),
        cmocka_unit_test(of_the_areas_in_the_configuration),
        cmocka_unit_test(of_the_only_kabupaten_while_nobody_is_registered),
        cmocka_unit_test(named_when_the_kecamatan_asks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
