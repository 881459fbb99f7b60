/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "world.h"

static void codes(void **state)
{
    (void)state;
    static const struct {
        const char *code;
        int level;
    } cases[] = {
        {"35", 1},
        {"35.12", 2},
        {"35.12.03", 3},
        {"35.12.03.2001", 4},
        {"35.12.03.2001/04", 5},
        {"", 0},
        {"3", 0},
        {"35.", 0},
        {"35.1", 0},
        {"35.12.03.200", 0},
        {"35/12", 0},
        {"3512032001", 0},
        {"35.12.03.2001/4", 0},
        {"35.12.03.2001.04", 0},
        {"35.12.03.2001/041", 0},
        {"3x", 0},
        {" 35", 0},
        {"35 ", 0},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++)
        assert_int_equal(area_code_level(view_of(cases[i].code)), cases[i].level);
}

static void areas(void **state)
{
    struct world *w = *state;
    struct area area;
    begin(w);
    FAILS(-ENOENT, store_area_put(w->store, view_of("35.12"), view_of("Situbondo"), NULL, &w->error));
    assert_non_null(strstr(w->error.text, "35, is not there"));
    int64_t village = add_village(w);
    assert_true(add_area(w, "35.12.03.2001", "Cemara Baru") == village);
    FAILS(-EINVAL, store_area_put(w->store, view_of("35.12.3"), view_of("x"), NULL, &w->error));
    FAILS(-EINVAL, store_area_put(w->store, view_of("36"), view_of(""), NULL, &w->error));
    char name[NAME_MAX_BYTES + 1];
    memset(name, 'x', sizeof name);
    OK(store_area_put(w->store, view_of("36"), (struct view){name, NAME_MAX_BYTES - 1}, NULL, &w->error));
    FAILS(-EINVAL, store_area_put(w->store, view_of("36"), (struct view){name, NAME_MAX_BYTES}, NULL, &w->error));
    commit(w);
    OK(store_area_by_code(w->store, view_of("35.12.03.2001"), &area, &w->error));
    assert_true(area.id == village && area.level == AREA_DESA);
    assert_string_equal(area.name, "Cemara Baru");
    struct area parent;
    OK(store_area_by_id(w->store, area.parent_id, &parent, &w->error));
    assert_string_equal(parent.code, "35.12.03");
    FAILS(-ENOENT, store_area_by_code(w->store, view_of("35.12.03.2002"), &area, &w->error));
    FAILS(-ENOENT, store_area_by_id(w->store, 4711, &area, &w->error));
}

static int note_area(void *data, const struct area *area)
{
    char *seen = data;
    size_t len = strlen(seen);
    (void)snprintf(seen + len, 256 - len, "%s ", area->code);
    return strcmp(area->code, "35.12.03.2002") == 0;
}

static void list_is_it_and_all_below_in_order(void **state)
{
    struct world *w = *state;
    begin(w);
    add_village(w);
    add_area(w, "35.12.03.2001/01", "Mawar");
    add_area(w, "35.12.03.2010", "Mojodungkol");
    add_area(w, "35.12.04", "Mlandingan");
    add_area(w, "36", "Banten");
    commit(w);
    static const struct {
        const char *code, *expected;
    } cases[] = {
        {"35.12.03", "35.12.03 35.12.03.2001 35.12.03.2001/01 35.12.03.2010 "},
        {"35.12.03.2001", "35.12.03.2001 35.12.03.2001/01 "},
        {"35.12.03.2001/01", "35.12.03.2001/01 "},
        {"36", "36 "},
        {"37", ""},
        {NULL, "35 35.12 35.12.03 35.12.03.2001 35.12.03.2001/01 35.12.03.2010 35.12.04 36 "},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        char seen[256] = "";
        OK(store_area_list(w->store, cases[i].code, note_area, seen, &w->error));
        assert_string_equal(seen, cases[i].expected);
    }
    begin(w);
    add_area(w, "35.12.03.2002", "Buduan");
    commit(w);
    char seen[256] = "";
    OK(store_area_list(w->store, "35.12.03", note_area, seen, &w->error));
    assert_string_equal(seen, "35.12.03 35.12.03.2001 35.12.03.2001/01 35.12.03.2002 ");
}

struct ending {
    int at, n, result; /* the row at which each ends the list with the result */
};

static int end_areas(void *data, const struct area *area)
{
    struct ending *ending = data;
    (void)area;
    return ending->n++ == ending->at ? ending->result : 0;
}

static int end_people(void *data, const struct contact *contact)
{
    struct ending *ending = data;
    (void)contact;
    return ending->n++ == ending->at ? ending->result : 0;
}

static void an_error_of_each_row_is_the_list_s(void **state)
{
    struct world *w = *state;
    begin(w);
    int64_t village = add_village(w);
    (void)add_contact(w, "+6281230000001", ROLE_KPM, village);
    (void)add_contact(w, "+6281230000002", ROLE_KPM, village);
    commit(w);
    static const struct {
        int at, result, expected;
    } cases[] = {{0, -EBADMSG, -EBADMSG}, {1, -ENOSPC, -ENOSPC}, {0, 1, 0}, {1, 7, 0}, {9, -EIO, 0}};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct ending areas = {cases[i].at, 0, cases[i].result}, people = areas;
        assert_int_equal(store_area_list(w->store, "35", end_areas, &areas, &w->error), cases[i].expected);
        assert_int_equal(
            store_contact_list(w->store, ROLE_COUNT, CONTACT_STATE_COUNT, NULL, end_people, &people, &w->error),
            cases[i].expected);
        assert_true(cases[i].at > 1 || (areas.n == cases[i].at + 1 && people.n == cases[i].at + 1));
    }
}

static void contacts(void **state)
{
    struct world *w = *state;
    struct contact contact;
    begin(w);
    int64_t village = add_village(w);
    int64_t siti = add_contact(w, "+6281230000000", ROLE_KPM, village);
    struct contact twice = {.name = "Ani", .phone = "+6281230000000"};
    FAILS(-EEXIST, store_contact_add(w->store, &twice, NOW, NULL, &w->error));
    assert_non_null(strstr(w->error.text, "Siti"));
    struct contact bad = {.name = "Ani", .phone = "081230000001"};
    FAILS(-EINVAL, store_contact_add(w->store, &bad, NOW, NULL, &w->error));
    struct contact nowhere = {.name = "Ani", .phone = "+6281230000001", .area_id = 4711};
    FAILS(-ENOENT, store_contact_add(w->store, &nowhere, NOW, NULL, &w->error));
    OK(store_contact_phone_add(w->store, siti, "+6281230000002", NOW + 1, &w->error));
    FAILS(-EEXIST, store_contact_phone_add(w->store, siti, "+6281230000002", NOW, &w->error));
    FAILS(-ENOENT, store_contact_phone_add(w->store, 4711, "+6281230000003", NOW, &w->error));
    commit(w);
    OK(store_contact_by_phone(w->store, "+6281230000002", &contact, &w->error));
    assert_true(contact.id == siti && contact.role == ROLE_KPM && contact.state == CONTACT_ACTIVE);
    assert_string_equal(contact.phone, "+6281230000002");
    assert_string_equal(contact.area_code, "35.12.03.2001");
    assert_string_equal(contact.locale, "id");
    begin(w);
    OK(store_contact_set_state(w->store, siti, CONTACT_BLOCKED, &w->error));
    FAILS(-ENOENT, store_contact_set_state(w->store, 4711, CONTACT_BLOCKED, &w->error));
    commit(w);
    OK(store_contact_by_phone(w->store, "+6281230000000", &contact, &w->error));
    assert_int_equal(contact.state, CONTACT_BLOCKED);
    FAILS(-ENOENT, store_contact_by_phone(w->store, "+6281230000009", &contact, &w->error));
}

static int count_contact(void *data, const struct contact *contact)
{
    char *seen = data;
    size_t len = strlen(seen);
    (void)snprintf(seen + len, 256 - len, "%s%s ", contact->area_code, contact->phone + 12);
    return 0;
}

static void contact_list(void **state)
{
    struct world *w = *state;
    begin(w);
    int64_t village = add_village(w);
    int64_t posyandu = add_area(w, "35.12.03.2001/01", "Mawar");
    int64_t kpm = add_contact(w, "+6281230000001", ROLE_KPM, village);
    add_contact(w, "+6281230000002", ROLE_KADER, posyandu);
    add_contact(w, "+6281230000003", ROLE_OPERATOR, 0);
    OK(store_contact_phone_add(w->store, kpm, "+6281230000000", NOW + 1, &w->error));
    OK(store_contact_set_state(w->store, kpm, CONTACT_PENDING, &w->error));
    commit(w);
    static const struct {
        enum contact_role role;
        enum contact_state state;
        const char *area, *expected;
    } cases[] = {
        {ROLE_COUNT, CONTACT_STATE_COUNT, NULL, "03 35.12.03.200101 35.12.03.2001/0102 "},
        {ROLE_COUNT, CONTACT_STATE_COUNT, "35.12.03.2001", "35.12.03.200101 35.12.03.2001/0102 "},
        {ROLE_KADER, CONTACT_STATE_COUNT, NULL, "35.12.03.2001/0102 "},
        {ROLE_COUNT, CONTACT_PENDING, NULL, "35.12.03.200101 "},
        {ROLE_KADER, CONTACT_PENDING, "35", ""},
        {ROLE_COUNT, CONTACT_STATE_COUNT, "36", ""},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        char seen[256] = "";
        OK(store_contact_list(w->store, cases[i].role, cases[i].state, cases[i].area, count_contact, seen, &w->error));
        assert_string_equal(seen, cases[i].expected);
    }
    assert_int_equal(contact_role_parse(view_of("kades")), ROLE_KADES);
    assert_int_equal(contact_role_parse(view_of("raja")), ROLE_COUNT);
}

static int first_stranger(void *data, const struct stranger *stranger)
{
    *(struct stranger *)data = *stranger;
    return 1;
}

static void strangers(void **state)
{
    struct world *w = *state;
    int64_t answered = -1;
    struct stranger stranger = {.messages = 0};
    begin(w);
    OK(store_stranger_seen(w->store, "+6281230000001", NOW, &answered, &w->error));
    assert_true(answered == 0);
    OK(store_stranger_answered(w->store, "+6281230000001", NOW + 1, &w->error));
    OK(store_stranger_seen(w->store, "+6281230000001", NOW + 2, &answered, &w->error));
    assert_true(answered == NOW + 1);
    FAILS(-ENOENT, store_stranger_answered(w->store, "+6281230000002", NOW, &w->error));
    OK(store_stranger_seen(w->store, "+6281230000002", NOW + 1, &answered, &w->error));
    commit(w);
    OK(store_stranger_list(w->store, 0, first_stranger, &stranger, &w->error));
    assert_string_equal(stranger.phone, "+6281230000001");
    assert_true(stranger.messages == 2 && stranger.first_ms == NOW && stranger.last_ms == NOW + 2);
    begin(w);
    add_contact(w, "+6281230000001", ROLE_KPM, 0);
    commit(w);
    OK(store_stranger_list(w->store, 0, first_stranger, &stranger, &w->error));
    assert_string_equal(stranger.phone, "+6281230000002");
}

/* What a hand or a damaged row brings is refused: it does not end the program. */
static void codes_of_rows_are_input(void **state)
{
    struct world *w = *state;
    OK(store_begin(w->store, &w->error));
    OK(store_area_put(w->store, view_of("35"), view_of("Jawa Timur"), NULL, &w->error));
    OK(store_area_put(w->store, view_of("35.12"), view_of("Situbondo"), NULL, &w->error));
    FAILS(-EINVAL, store_area_recode(w->store, "35.12", "35.12.03", &w->error));
    FAILS(-EINVAL, store_area_recode(w->store, "35.12", "35.1x", &w->error));
    FAILS(-EINVAL, store_area_recode(w->store, "35.12 ", "35.13", &w->error));
    FAILS(-EINVAL, store_area_recode(w->store, "", "35.13", &w->error));
    OK(store_area_recode(w->store, "35.12", "35.13", &w->error));
    OK(store_commit(w->store, &w->error));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(codes),
        cmocka_unit_test_setup_teardown(areas, setup, teardown),
        cmocka_unit_test_setup_teardown(list_is_it_and_all_below_in_order, setup, teardown),
        cmocka_unit_test_setup_teardown(codes_of_rows_are_input, setup, teardown),
        cmocka_unit_test_setup_teardown(an_error_of_each_row_is_the_list_s, setup, teardown),
        cmocka_unit_test_setup_teardown(contacts, setup, teardown),
        cmocka_unit_test_setup_teardown(contact_list, setup, teardown),
        cmocka_unit_test_setup_teardown(strangers, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
