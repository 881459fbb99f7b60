/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Areas that get another name or code, close, go, or become one: nothing is lost and nothing is counted twice. */
#include <errno.h>

#include "../core/world.h"

#include "core/score/card_open.h"
#include "operator/areas.h"

enum { Q3 = 2036 * 4 + 2, SEPTEMBER = 2036 * 12 + 8 };

static struct actor actor_of(const struct world *w)
{
    return (struct actor){w->box, "kabarctl:test"};
}

static struct area area_at(struct world *w, const char *code)
{
    struct area area = {0};
    must(store_area_by_code(w->store, view_of(code), &area, &w->error));
    return area;
}

static void put(struct world *w, const char *code, const char *name)
{
    int64_t id;
    must(store_begin(w->store, &w->error));
    must(store_area_put(w->store, view_of(code), view_of(name), &id, &w->error));
    must(store_commit(w->store, &w->error));
}

static void say(struct world *w, const char *from, const char *text)
{
    char answer[SMS_TEXT_MAX];
    world_pass(w, MS_HOUR);
    world_say(w, from, text, answer);
    assert_int_equal(w->outcome, MO_REPORT);
}

/* The kecamatan's K4: numerator and denominator, and the villages that it is of. */
static void assert_k4(struct world *w, const char *code, int64_t n, int64_t d, int villages)
{
    struct area area = area_at(w, code);
    struct card *card;
    must(card_open(w->box, &area, Q3, CARD_LIVE, 0, w->clock.wall, &card, &w->error));
    assert_int_equal(card->indicators[0].numerator, n);
    assert_int_equal(card->indicators[0].denominator, d);
    assert_int_equal(card->villages, villages);
    card_close(card);
}

static void freeze(struct world *w, const char *code, int wanted)
{
    struct area area = area_at(w, code);
    int revision;
    must(store_begin(w->store, &w->error));
    assert_int_equal(card_freeze(w->box, &area, Q3, w->clock.wall, &revision, &w->error), CARD_FROZEN_NEW);
    must(store_commit(w->store, &w->error));
    assert_int_equal(revision, wanted);
}

static void a_new_code_keeps_the_history(void **state)
{
    (void)state;
    struct world world, *w = &world;
    struct area_usage usage;
    struct contact contact;
    world_start(w, "");
    struct actor actor = actor_of(w);
    say(w, KPM, "BUMIL SEP 12 K4 4");
    say(w, KPM_TWO, "BUMIL SEP 10 K4 5");
    freeze(w, DESA, 1);
    put(w, "35.12.04", "Besuki");
    put(w, "35.12.04.2007", "Cemara"); /* the new list came first */
    struct area village = area_at(w, DESA);
    assert_int_equal(areas_move(&actor, &village, "35.12.05.2001", false, &usage, &w->error), -ENOENT);
    assert_int_equal(areas_move(&actor, &village, "35.12.04", false, &usage, &w->error), -EINVAL);
    assert_int_equal(areas_move(&actor, &village, "35.12.03.2002", false, &usage, &w->error), -EEXIST);
    must(areas_move(&actor, &village, "35.12.04.2007", true, &usage, &w->error));
    assert_k4(w, "35.12.03", 9, 22, 2);
    must(areas_move(&actor, &village, "35.12.04.2007", false, &usage, &w->error));
    assert_int_equal(usage.reports, 1);
    assert_k4(w, "35.12.03", 5, 10, 1);
    assert_k4(w, "35.12.04", 4, 12, 1);
    assert_k4(w, "35.12", 9, 22, 2);
    must(store_contact_by_phone(w->store, KADER, &contact, &w->error));
    assert_string_equal(contact.area_code, "35.12.04.2007/01");
    say(w, KPM, "BUMIL SEP 12 K4 6");
    assert_k4(w, "35.12.04", 6, 12, 1);
    struct area moved = area_at(w, "35.12.04.2007");
    struct card *card;
    must(card_open(w->box, &moved, Q3, CARD_FROZEN, 0, w->clock.wall, &card, &w->error));
    assert_int_equal(card->revision, 2);
    card_close(card);
    world_end(w);
}

static void two_of_one_place_become_one(void **state)
{
    (void)state;
    struct world world, *w = &world;
    struct area_usage usage;
    struct contact contact;
    world_start(w, "");
    struct actor actor = actor_of(w);
    put(w, "35.12.03.2002/01", "posyandu mawar");
    put(w, "35.12.03.2002/02", "Melati");
    say(w, KPM, "BUMIL SEP 12 K4 4");
    say(w, KPM_TWO, "BUMIL SEP K4 5 FE 3");
    freeze(w, DESA, 1);
    freeze(w, "35.12.03.2002", 1);
    struct area from = area_at(w, "35.12.03.2002"), into = area_at(w, DESA), posyandu = area_at(w, DESA "/01");
    assert_int_equal(areas_remove(&actor, &from, false, &usage, &w->error), -EBUSY);
    assert_int_equal(areas_merge(&actor, &from, &from, false, &usage, &w->error), -EINVAL);
    assert_int_equal(areas_merge(&actor, &from, &posyandu, false, &usage, &w->error), -EINVAL);
    must(areas_merge(&actor, &from, &into, true, &usage, &w->error));
    assert_k4(w, "35.12.03", 4, 12, 2);
    must(areas_merge(&actor, &from, &into, false, &usage, &w->error));
    assert_int_equal(usage.people, 1);
    assert_k4(w, "35.12.03", 5, 12, 1);
    assert_int_equal(store_area_by_code(w->store, view_of("35.12.03.2002"), &from, &w->error), -ENOENT);
    assert_string_equal(area_at(w, DESA "/02").name, "Melati");
    must(store_contact_by_phone(w->store, KPM_TWO, &contact, &w->error));
    assert_string_equal(contact.area_code, DESA);
    struct card *card;
    must(card_open(w->box, &into, Q3, CARD_FROZEN, 0, w->clock.wall, &card, &w->error));
    assert_int_equal(card->revision, 3); /* of the one that went, its own, and what it is now */
    assert_int_equal(card->indicators[0].numerator, 5);
    card_close(card);
    world_end(w);
}

static void closed_is_not_counted(void **state)
{
    (void)state;
    struct world world, *w = &world;
    world_start(w, "");
    struct actor actor = actor_of(w);
    say(w, KPM, "BUMIL SEP 12 K4 4");
    say(w, KPM_TWO, "BUMIL SEP 10 K4 5");
    struct area village = area_at(w, DESA);
    must(areas_close(&actor, &village, SEPTEMBER + 1, &w->error));
    assert_k4(w, "35.12.03", 9, 22, 2);
    must(areas_close(&actor, &village, SEPTEMBER, &w->error));
    assert_k4(w, "35.12.03", 5, 10, 1);
    must(areas_close(&actor, &village, 0, &w->error));
    assert_k4(w, "35.12.03", 9, 22, 2);
    world_end(w);
}

static void a_mistyped_one_goes(void **state)
{
    (void)state;
    struct world world, *w = &world;
    struct area_usage usage;
    world_start(w, "");
    struct actor actor = actor_of(w);
    put(w, DESA "/09", "Mawr");
    struct area area = area_at(w, DESA "/09");
    must(areas_rename(&actor, &area, "Mawar Dua", &w->error));
    assert_string_equal(area_at(w, DESA "/09").name, "Mawar Dua");
    assert_int_equal(areas_rename(&actor, &area, "", &w->error), -EINVAL);
    must(areas_remove(&actor, &area, true, &usage, &w->error));
    must(areas_remove(&actor, &area, false, &usage, &w->error));
    assert_int_equal(store_area_by_code(w->store, view_of(DESA "/09"), &area, &w->error), -ENOENT);
    world_end(w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_new_code_keeps_the_history),
        cmocka_unit_test(two_of_one_place_become_one),
        cmocka_unit_test(closed_is_not_counted),
        cmocka_unit_test(a_mistyped_one_goes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
