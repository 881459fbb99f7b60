/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One KPM of two villages: a message is booked for the one that it names, and asked back where it names none. */
#include "dialogue.h"

#include "core/schedule/schedule.h"
#include "store/mt.h"

#define BUDUAN "35.12.03.2002"
#define ASKED                                                                                                          \
    "< Laporan TIDAK disimpan: untuk Cemara atau Buduan? Kartu HP Anda terdaftar untuk semuanya. Kirim lagi dengan "   \
    "nama "                                                                                                            \
    "desanya di depan.\n"

static struct world world, *const w = &world;

static int64_t area_id(const char *code)
{
    struct area area;
    must(store_area_by_code(w->store, view_of(code), &area, &w->error));
    return area.id;
}

static int start(void **state)
{
    static const char *const posyandu[][2] = {{BUDUAN "/01", "Posyandu Dahlia"}, {BUDUAN "/02", "Posyandu Mawar"}};
    struct contact contact;
    int64_t id;
    (void)state;
    world_start(w, "");
    must(store_begin(w->store, &w->error));
    for (size_t i = 0; i < sizeof posyandu / sizeof *posyandu; i++)
        must(store_area_put(w->store, view_of(posyandu[i][0]), view_of(posyandu[i][1]), &id, &w->error));
    id = area_id(BUDUAN);
    must(store_contact_by_phone(w->store, KPM, &contact, &w->error));
    must(store_contact_areas_set(w->store, contact.id, &id, 1, &w->error));
    must(store_contact_by_phone(w->store, KPM_TWO, &contact, &w->error));
    must(store_contact_set_state(w->store, contact.id, CONTACT_BLOCKED, &w->error));
    must(store_commit(w->store, &w->error));
    return 0;
}

static int end(void **state)
{
    (void)state;
    world_end(w);
    return 0;
}

static void the_name_decides(void **state)
{
    static const struct {
        const char *text, *area; /* "-": asked */
    } cases[] = {
        {"Buduan bumil %d", BUDUAN},
        {"BUDUAN: IBU HAMIL %d K4 1", BUDUAN},
        {"desa buduan bumil %d", BUDUAN},
        {"bumil %d k4 1 desa Buduan", BUDUAN},
        {"Cemara bumil %d", DESA},
        {"lapor bu, cemara bumil %d", DESA},
        {"desa cemara bumil %d", DESA},
        {"posyandu dahlia bumil %d k4 1", BUDUAN "/01"},
        {"posyandu mawar desa buduan bumil %d k4 1", BUDUAN "/02"},
        {"posyandu mawar buduan bumil %d k4 1", BUDUAN "/02"},
        {"bumil %d", "-"},
        {"posyandu mawar bumil %d", "-"},
        {"posyandu anggrek bumil %d", "-"},
        {"desa ketah bumil %d", "-"},
        {"budan bumil %d", "-"},
        {"desa cemara bumil %d desa buduan anak 40", "-"},
    };
    static const char *const areas[] = {DESA, DESA "/01", BUDUAN, BUDUAN "/01", BUDUAN "/02"};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int value = 20 + (int)i;
        char text[200], answer[SMS_TEXT_MAX];
        const char *place = strstr(cases[i].text, "%d"), *found = "-";
        (void)snprintf(text, sizeof text, "%.*s%d%s", (int)(place - cases[i].text), cases[i].text, value, place + 2);
        world_say(w, KPM, text, answer);
        for (size_t j = 0; j < sizeof areas / sizeof *areas; j++)
            if (world_value(w, areas[j], "2036-10", "IBU_HAMIL", "HAMIL") == value)
                found = areas[j];
        if (strcmp(found, cases[i].area) != 0)
            fail_msg("%s\n%s\nis for %s, not %s", text, answer, found, cases[i].area);
        world_pass(w, 13 * MS_HOUR); /* what was said before is forgotten */
    }
}

static void it_says_which(void **state)
{
    (void)state;
    dialogue_play(w, "kpm> bumil 14 k4 3\n" ASKED "! unknown\n"
                     "kpm> Buduan bumil 14 k4 3\n"
                     "< Tersimpan. Desa Buduan\\nIBU HAMIL Okt/36: ibu hamil 14, K4 3.\n"
                     "kpm> Cemara bumil 12 k4 10\n"
                     "< Tersimpan. Desa Cemara\\nIBU HAMIL Okt/36: ibu hamil 12, K4 10.\n"
                     /* both were spoken of: none of them is meant for certain */
                     "kpm> anak 40\n" ASKED "kpm> BATAL\n"
                     "< Desa Cemara\\nDibatalkan: IBU HAMIL Okt/36: ibu hamil 12, K4 10. Bila perlu, kirim lagi yang "
                     "benar. Tulis bulannya: Desa Cemara\\nOKT IBU HAMIL 12 K4 10\n"
                     "kpm> SKOR\n"
                     "< Untuk Cemara atau Buduan? Kirim SKOR dan nama desanya.\n"
                     "kpm> SKOR buduan\n"
                     "<* Buduan Okt-Des/36: skor 21 dari 100\n"
                     "kpm> CEK\n"
                     "<* Buduan Okt/36. Sudah masuk: IBU HAMIL 14.\n"
                     "kpm> CEK\n"
                     "<* Cemara Okt/36\n"
                     /* a correction is of the last report */
                     "kpm> Cemara bumil 12\nkpm> ralat k4 9\n<* Desa Cemara\n= IBU_HAMIL 2036-10 HAMIL=12 K4=9\n");
}

/* A talk about one of them goes on with it, until a form comes anew. */
static void the_conversation_goes_on(void **state)
{
    (void)state;
    dialogue_play(w, "kpm> Buduan bumil 14 k4 3\n"
                     "< Tersimpan. Desa Buduan\\nIBU HAMIL Okt/36: ibu hamil 14, K4 3.\n"
                     "kpm> anak 40 bb 30\n"
                     "< Tersimpan. Desa Buduan\\nANAK Okt/36: anak 40, BB 30.\n"
                     "kpm> bumil 12 k4 3\n" ASKED "+ 13h\n"
                     "kpm> tikar 40\n" ASKED);
}

static int take(void *data, const struct mt_message *mt)
{
    struct buf *buf = data;
    if (mt->kind != MT_REPLY && strcmp(mt->recipient, KPM) == 0)
        buf_printf(buf, "%s: %s\n", mt_state_to_string(mt->state), mt->text);
    return 0;
}

static void assert_sent(const char *wanted)
{
    CLEANUP(buf_deinit) struct buf buf;
    struct mt_filter filter = {.recipient = KPM, .oldest_first = true};
    buf_init(&buf, 1 << 16);
    must(store_mt_list(w->store, &filter, take, &buf, &w->error));
    assert_string_equal(buf.text, wanted);
}

static void run_due(const char *at)
{
    struct schedule_counts counts = {.jobs = 1};
    int64_t ms;
    must(time_parse(at, &ms));
    world_pass(w, ms - w->clock.wall);
    while (counts.jobs > 0)
        must(schedule_tick(w->box, &counts, &w->error));
}

#define LACKS(area, what) "Mohon kirim laporan Okt/36 " area " yang belum masuk: " what ". Terima kasih.\n"

static void each_village_is_reminded_of(void **state)
{
    char answer[SMS_TEXT_MAX];
    (void)state;
    run_due("2036-10-20T09:00:00+07:00");
#define CEMARA "queued: " LACKS("Cemara", "IBU HAMIL, ANAK, TIKAR")
    assert_sent(CEMARA "queued: " LACKS("Buduan", "IBU HAMIL, ANAK, TIKAR"));
    world_say(w, KPM, "buduan bumil 14", answer);
    assert_sent(CEMARA
                "cancelled: " LACKS("Buduan", "IBU HAMIL, ANAK, TIKAR") "queued: " LACKS("Buduan", "ANAK, TIKAR"));
}

/* What was not sent yet of the first reminder is taken back for the second one, of every area. */
static void the_second_reminder_replaces_the_first(void **state)
{
    CLEANUP(buf_deinit) struct buf buf;
    struct mt_filter filter = {.recipient = KPM, .oldest_first = true};
    size_t queued = 0;
    (void)state;
    buf_init(&buf, 1 << 16);
    run_due("2036-10-20T09:00:00+07:00");
    run_due("2036-10-26T09:00:00+07:00");
    must(store_mt_list(w->store, &filter, take, &buf, &w->error));
    for (const char *at = strstr(buf.text, "queued: Mohon segera"); at; at = strstr(at + 1, "queued: Mohon segera"))
        queued++;
    if (queued != 2 || !strstr(buf.text, "cancelled: " LACKS("Buduan", "IBU HAMIL, ANAK, TIKAR")) ||
        !strstr(buf.text, "cancelled: " LACKS("Cemara", "IBU HAMIL, ANAK, TIKAR")))
        fail_msg("%s", buf.text);
}

static void a_merged_village_is_one(void **state)
{
    struct contact contact;
    int64_t from = area_id(BUDUAN), into = area_id(DESA);
    char answer[SMS_TEXT_MAX];
    (void)state;
    must(store_begin(w->store, &w->error));
    must(store_area_merge(w->store, from, into, &w->error));
    must(store_commit(w->store, &w->error));
    must(store_contact_by_phone(w->store, KPM, &contact, &w->error));
    assert_int_equal(contact.n_further, 0);
    world_say(w, KPM, "bumil 14 k4 3", answer);
    assert_string_equal(answer, "Tersimpan. IBU HAMIL Okt/36: ibu hamil 14, K4 3.");
}

static int count(void *data, const struct contact *contact)
{
    (void)contact;
    ++*(int *)data;
    return 0;
}

static void lists_know_both(void **state)
{
    struct area_usage usage;
    struct forgotten forgotten;
    struct contact contact;
    int people = 0, places = 0, there = 0;
    (void)state;
    must(store_contact_list(w->store, ROLE_KPM, CONTACT_ACTIVE, "35.12.03", count, &people, &w->error));
    must(store_contact_list_by_area(w->store, ROLE_KPM, "35.12.03", count, &places, &w->error));
    must(store_contact_list(w->store, ROLE_KPM, CONTACT_ACTIVE, BUDUAN, count, &there, &w->error));
    assert_int_equal(people, 1);
    assert_int_equal(places, 2);
    assert_int_equal(there, 1);
    must(store_area_usage(w->store, BUDUAN, &usage, &w->error));
    assert_int_equal(usage.people, 2);
    must(store_contact_by_phone(w->store, KPM, &contact, &w->error));
    must(store_begin(w->store, &w->error));
    must(store_contact_forget(w->store, contact.id, &forgotten, &w->error));
    must(store_commit(w->store, &w->error));
    must(store_area_usage(w->store, BUDUAN, &usage, &w->error));
    assert_int_equal(usage.people, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_name_decides, start, end),
        cmocka_unit_test_setup_teardown(it_says_which, start, end),
        cmocka_unit_test_setup_teardown(the_conversation_goes_on, start, end),
        cmocka_unit_test_setup_teardown(each_village_is_reminded_of, start, end),
        cmocka_unit_test_setup_teardown(the_second_reminder_replaces_the_first, start, end),
        cmocka_unit_test_setup_teardown(a_merged_village_is_one, start, end),
        cmocka_unit_test_setup_teardown(lists_know_both, start, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
