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
        {"desa cemara bumil %d desa buduan anak 40", DESA},
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

/* Each village before its own part; "-": asked, and nothing is stored. */
static void one_message_for_both(void **state)
{
    static const struct {
        const char *text;
        int cemara, buduan; /* HAMIL */
    } cases[] = {
        {"DESA Cemara: bumil 12 k4 3. DESA Buduan: bumil 7 k4 2", 12, 7},
        {"Buduan bumil 7 k4 2\nCemara bumil 12 k4 3", 12, 7},
        {"Cemara: bumil 12 k4 3. Buduan: bumil 7 k4 2", 12, 7},
        {"desa cemara bumil 12 k4 3, desa buduan bumil 7 k4 2", 12, 7},
        {"laporan oktober\nCemara: bumil 12 k4 3\nBuduan: bumil 7 k4 2", 12, 7},
        {"DESA Cemara: bumil 12 k4 3 anak 40 bb 30. DESA Buduan: anak 20 bb 18 bumil 7", 12, 7},
        /* a village of nobody, or one that is none of hers */
        {"DESA Cemara: bumil 12 k4 3. DESA Randu: bumil 7 k4 2", -1, -1},
        {"DESA Randu: bumil 7 k4 2. DESA Cemara: bumil 12 k4 3", -1, -1},
        {"Cemara: bumil 12 k4 3. Randu: bumil 7 k4 2", -1, -1},
        {"Randu: bumil 7 k4 2. Cemara: bumil 12 k4 3", -1, -1},
        {"DESA Cemara: bumil 12 k4 3. DESA Ketah: bumil 7 k4 2", -1, -1},
        {"DESA Cemara: bumil 12. DESA Buduan: bumil 7. DESA Randu: bumil 9", -1, -1},
        {"DESA Cemara: bumil 12. DESA Randu: bumil 9. DESA Buduan: bumil 7", -1, -1},
        /* it can't be told whose each number is */
        {"bumil 12 k4 3 desa Cemara. bumil 7 k4 2 desa Buduan", -1, -1},
        {"bumil 12 k4 3. desa Buduan: bumil 7 k4 2", -1, -1},
        {"desa cemara bumil 12 k4 3 desa buduan", -1, -1},
        {"Cemara: bumil 12 k4 3. Buduan nihil. salam desa Buduan", -1, -1},
        {"Cemara: okt bumil 12 k4 3. Buduan: bumil 7 k4 2", -1, -1},
        /* one alone */
        {"desa Cemara: bumil 12 k4 3. desa aman", 12, -1},
        {"Cemara bumil 12 k4 3. desa cemara anak 40 bb 30", 12, -1},
    };
    char answer[SMS_TEXT_MAX];
    int64_t id;
    (void)state;
    must(store_begin(w->store, &w->error));
    must(store_area_put(w->store, view_of("35.12.03.2003"), view_of("Ketah"), &id, &w->error));
    must(store_commit(w->store, &w->error));
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        world_sql(w, "DELETE FROM report_value; DELETE FROM report");
        world_say(w, KPM, cases[i].text, answer);
        int cemara = world_value(w, DESA, "2036-10", "IBU_HAMIL", "HAMIL");
        int buduan = world_value(w, BUDUAN, "2036-10", "IBU_HAMIL", "HAMIL");
        if (cemara != cases[i].cemara || buduan != cases[i].buduan)
            fail_msg("%s\n%s\nCemara %d, Buduan %d", cases[i].text, answer, cemara, buduan);
        if (cemara < 0 && !strstr(answer, "untuk Cemara atau Buduan"))
            fail_msg("%s\n%s", cases[i].text, answer);
        world_pass(w, 13 * MS_HOUR);
    }
}

static void both_are_answered(void **state)
{
    (void)state;
    dialogue_play(w, "kpm> DESA Cemara: bumil 12 k4 3. DESA Buduan: bumil 7 k4 2\n"
                     "< Tersimpan. Desa Cemara\\nIBU HAMIL Okt/36: ibu hamil 12, K4 3.\\n"
                     "Tersimpan. Desa Buduan\\nIBU HAMIL Okt/36: ibu hamil 7, K4 2.\n"
                     "+ 13h\n"
                     "kpm> Posyandu Mawar desa Cemara: anak 20 bb 15. Posyandu Dahlia: anak 9 bb 8\n"
                     "< Tersimpan. Posyandu Mawar\\nANAK Okt/36: anak 20, BB 15.\\n"
                     "Tersimpan. Posyandu Dahlia\\nANAK Okt/36: anak 9, BB 8.\n"
                     "+ 13h\n"
                     /* a conversation about one of them is not gone on with for another's */
                     "kpm> Cemara: tikar 40\n<* Desa Cemara\n"
                     "kpm> DESA Cemara: paud 12. DESA Randu: anak 40\n" ASKED "kpm> desa Randu: paud 12\n" ASKED);
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
        cmocka_unit_test_setup_teardown(one_message_for_both, start, end),
        cmocka_unit_test_setup_teardown(both_are_answered, start, end),
        cmocka_unit_test_setup_teardown(it_says_which, start, end),
        cmocka_unit_test_setup_teardown(the_conversation_goes_on, start, end),
        cmocka_unit_test_setup_teardown(each_village_is_reminded_of, start, end),
        cmocka_unit_test_setup_teardown(the_second_reminder_replaces_the_first, start, end),
        cmocka_unit_test_setup_teardown(a_merged_village_is_one, start, end),
        cmocka_unit_test_setup_teardown(lists_know_both, start, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
