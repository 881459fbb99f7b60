/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Notes: kept, passed on to whom the settings name, answered with who was told; nothing in them counts. */
#include <errno.h>

#include "core/watch/alert.h"
#include "dialogue.h"
#include "parsers/deliver.h"
#include "parsers/gsm7.h"
#include "radio.h"
#include "store/note.h"

#define BIDAN       "+6281230000031"
#define BIDAN_ABOVE "+6281230000032"
#define KADES       "+6281230000033"
#define FAR         "+6281230000034"

struct sent {
    char text[2048];
    size_t n;
};

static int add_sent(void *data, const struct mt_message *mt)
{
    struct sent *sent = data;
    size_t len = strlen(sent->text);
    if (mt->mo_id == 0) {
        (void)snprintf(sent->text + len, sizeof sent->text - len, "%s %s: %s\n", mt->recipient,
                       mt_kind_to_string(mt->kind), mt->text);
        sent->n++;
    }
    return 0;
}

/* What was passed on to anybody, the newest first. */
static struct sent passed(struct world *w)
{
    struct sent sent = {.n = 0};
    struct mt_filter filter = {.limit = 1000};
    must(store_mt_list(w->store, &filter, add_sent, &sent, &w->error));
    return sent;
}

static void assert_passed(struct world *w, const char *expected)
{
    struct sent sent = passed(w);
    if (strcmp(sent.text, expected) != 0)
        fail_msg("expected: %s     got: %s", expected, sent.text);
}

static struct note_counts counts_of(struct world *w)
{
    struct note_counts counts = {0};
    must(store_note_counts(w->store, &counts, &w->error));
    return counts;
}

static void people(struct world *w)
{
    must(store_begin(w->store, &w->error));
    world_person(w, BIDAN, "Sri", ROLE_BIDAN, DESA, CONTACT_ACTIVE, "id");
    world_person(w, BIDAN_ABOVE, "Wati", ROLE_BIDAN, "35.12.03", CONTACT_ACTIVE, "en");
    world_person(w, KADES, "Hasan", ROLE_KADES, DESA, CONTACT_BLOCKED, "id");
    world_person(w, FAR, "Nur", ROLE_BIDAN, "35.12.03.2002", CONTACT_ACTIVE, "id");
    must(store_commit(w->store, &w->error));
}

/* Those of the village and above it; a blocked kades is nobody, so the operator gets it. */
static void a_note_is_passed_on(void **state)
{
    (void)state;
    static struct world world;
    world_start(&world, "");
    people(&world);
    dialogue_play(&world, "kpm> LAPOR timbangan rusak\n"
                          "< Catatan Anda diteruskan kepada bidan Ann, bidan Sri, operator Budi, bidan Wati. Isinya "
                          "tidak dihitung sebagai laporan angka.\n"
                          "! command\n"
                          "= TIKAR 2036-10 UKUR=-\n");
    assert_passed(&world, BIDAN_ABOVE " alert: A note from Siti, Cemara: LAPOR timbangan rusak\n" OPERATOR
                                      " alert: Catatan dari Siti, Cemara: LAPOR timbangan rusak\n" BIDAN
                                      " alert: Catatan dari Siti, Cemara: LAPOR timbangan rusak\n" ENGLISH
                                      " alert: A note from Siti, Cemara: LAPOR timbangan rusak\n");
    struct note_counts counts = counts_of(&world);
    assert_int_equal(counts.open, 1);
    assert_int_equal(counts.emergencies + counts.untold, 0);
    /* the same once more within the hour is one note, with the same answer */
    dialogue_play(&world, "kpm> LAPOR timbangan rusak\n"
                          "< Catatan Anda diteruskan kepada bidan Ann, bidan Sri, operator Budi, bidan Wati. Isinya "
                          "tidak dihitung sebagai laporan angka.\n");
    assert_int_equal(counts_of(&world).open, 1);
    assert_int_equal(passed(&world).n, 4);
    /* who sends it is not told of it */
    dialogue_play(&world, "operator> pil fe habis\n"
                          "< Catatan Anda diteruskan kepada bidan Ann, bidan Sri, bidan Nur, bidan Wati. Isinya "
                          "tidak dihitung sebagai laporan angka.\n");
    world_end(&world);
}

static void an_emergency_says_to_telephone(void **state)
{
    (void)state;
    static struct world world;
    world_start(&world, "notes = { to = ( \"bidan\", \"operator\" ); emergency_words = [ \"banjir bandang\" ]; };");
    people(&world);
    dialogue_play(&world, "kader> ada ibu meninggal di dusun krajan\n"
                          "< Keadaan gawat? SEGERA TELEPON bidan atau puskesmas, jangan menunggu balasan. Pesan Anda "
                          "diteruskan kepada bidan Ann, bidan Sri, operator Budi, bidan Wati.\n");
    assert_int_equal(counts_of(&world).emergencies, 1);
    assert_non_null(strstr(passed(&world).text, BIDAN
                           " alert: MUNGKIN GAWAT, dari Aminah, Posyandu Mawar: ada ibu meninggal di dusun krajan "
                           "Segera telepon pengirim: 081-230-000-002\n"));
    dialogue_play(&world, "kpm> LAPOR ada Banjir Bandang\n"
                          "< Keadaan gawat? SEGERA TELEPON bidan atau puskesmas, jangan menunggu balasan. Pesan Anda "
                          "diteruskan kepada bidan Ann, bidan Sri, operator Budi, bidan Wati.\n");
    assert_int_equal(counts_of(&world).emergencies, 2);
    world_end(&world);
}

/* Which role of which level gets what: an emergency goes to others, too. */
static void who_gets_which_is_configured(void **state)
{
    (void)state;
    static struct world world;
    world_start(&world, "notes = { to = \"bidan@kecamatan\"; emergency_to = ( \"bidan@desa operator\", \"kpm\" ); };");
    people(&world);
    dialogue_play(&world, "kader> timbangan rusak\n"
                          "< Catatan Anda diteruskan kepada bidan Wati. Isinya tidak dihitung sebagai laporan angka.\n"
                          "kader> ibu kejang\n"
                          "< Keadaan gawat? SEGERA TELEPON bidan atau puskesmas, jangan menunggu balasan. Pesan Anda "
                          "diteruskan kepada kpm Siti, bidan Ann, bidan Sri, operator Budi.\n");
    world_end(&world);
}

static void assert_unheard(struct world *w, size_t expected, const char *text)
{
    size_t queued = 9;
    char newest[SMS_TEXT_MAX] = "";
    struct mt_filter filter = {.limit = 1};
    must(alert_watch(w->box, NULL, 0, -1, &queued, &w->error));
    assert_int_equal(queued, expected);
    must(store_mt_list(w->store, &filter, take_text, newest, &w->error));
    if (text)
        assert_string_equal(newest, text);
}

static void block_operator(struct world *w, enum contact_state state)
{
    struct contact contact;
    must(store_contact_by_phone(w->store, OPERATOR, &contact, &w->error));
    must(store_begin(w->store, &w->error));
    must(store_contact_set_state(w->store, contact.id, state, &w->error));
    must(store_commit(w->store, &w->error));
}

/* A note that nobody could be told of, or whose every SMS failed, is the operators' once a day until it is done. */
static void what_nobody_heard_alerts_the_operator(void **state)
{
    (void)state;
    static struct world world;
    struct world *w = &world;
    char answer[SMS_TEXT_MAX];
    world_start(w, "notes = { to = \"tpps\"; }; alert_queue_minutes = 0;");
    block_operator(w, CONTACT_BLOCKED);
    world_say(w, KPM, "pil fe habis", answer);
    block_operator(w, CONTACT_ACTIVE);
    assert_unheard(w, 1,
                   "box-03: 1 catatan atau peringatan belum sampai ke orangnya. Jalankan: kabarctl notes, kabarctl "
                   "outbox.");
    assert_unheard(w, 0, NULL);
    world_pass(w, MS_DAY);
    assert_unheard(w, 1, NULL);
    must(store_begin(w->store, &w->error));
    must(store_note_answered(w->store, w->last_mo, w->clock.wall, &w->error));
    must(store_commit(w->store, &w->error));
    world_pass(w, MS_DAY);
    assert_unheard(w, 0, NULL);
    world_say(w, KPM, "vitamin habis", answer);
    assert_unheard(w, 0, NULL);
    world_sql(w, "UPDATE mt_message SET state = 'failed' WHERE job = 'note:2'");
    assert_unheard(w, 1, NULL);
    world_end(w);
}

/* Neither role has anybody, nor is there an operator: it waits, and is seen. */
static void a_note_is_never_lost(void **state)
{
    (void)state;
    static struct world world;
    struct contact contact;
    world_start(&world, "notes = { to = \"tpps\"; };");
    struct world *w = &world;
    dialogue_play(w, "kpm> pil fe habis\n"
                     "< Catatan Anda diteruskan kepada operator Budi. Isinya tidak dihitung sebagai laporan angka.\n");
    assert_int_equal(counts_of(w).untold, 0); /* the operator */
    must(store_contact_by_phone(w->store, OPERATOR, &contact, &w->error));
    must(store_begin(w->store, &w->error));
    must(store_contact_set_state(w->store, contact.id, CONTACT_BLOCKED, &w->error));
    must(store_commit(w->store, &w->error));
    dialogue_play(w, "kpm> vitamin habis\n"
                     "< Catatan Anda diterima dan menunggu dibaca petugas. Kalau mendesak, telepon bidan atau "
                     "petugas kecamatan.\n"
                     "kpm> ibu kejang\n"
                     "< Keadaan gawat? SEGERA TELEPON bidan atau puskesmas. Kabar hanya mesin, pesan ini belum tentu "
                     "segera dibaca petugas.\n"
                     "noarea> timbangan rusak\n"
                     "< Catatan Anda diterima dan menunggu dibaca petugas. Kalau mendesak, telepon bidan atau "
                     "petugas kecamatan.\n");
    struct note_counts counts = counts_of(w);
    assert_int_equal(counts.open, 4);
    assert_int_equal(counts.untold, 3);
    must(store_begin(w->store, &w->error));
    must(store_note_done(w->store, 2, w->clock.wall, &w->error));
    assert_int_equal(store_note_done(w->store, 2, w->clock.wall, &w->error), -ENOENT);
    must(store_commit(w->store, &w->error));
    assert_int_equal(counts_of(w).untold, 2);
    world_end(&world);
}

/* One person can't make the box send without end; every note is kept. */
static void passing_on_is_limited(void **state)
{
    (void)state;
    static struct world world;
    char script[256];
    world_start(&world, "notes = { to = \"operator\"; number_day = 3; };");
    for (int i = 0; i < 6; i++) {
        (void)snprintf(script, sizeof script, "kpm> pil %c habis\n", 'a' + i);
        dialogue_play(&world, script);
    }
    assert_int_equal(counts_of(&world).open, 6);
    assert_int_equal(counts_of(&world).untold, 3);
    assert_int_equal(passed(&world).n, 3);
    world_pass(&world, 25 * MS_HOUR);
    dialogue_play(&world, "kpm> pil z habis\n");
    assert_int_equal(passed(&world).n, 4);
    world_end(&world);
}

/* A text with a web address, a long number, braces or 1,000 letters can be delivered in two parts. */
static void whatever_is_said_can_be_delivered(void **state)
{
    (void)state;
    static struct world world;
    char script[1400] = "kpm> timbangan rusak http://x.co/ab nomor 081230009999 {text} \xe2\x82\xac ";
    for (size_t len = strlen(script); len < 1200; len++)
        script[len] = len % 7 ? 'q' : ' ';
    script[1200] = '\n';
    world_start(&world, "notes = { to = \"operator\"; };");
    dialogue_play(&world, script);
    struct sent sent = passed(&world);
    assert_int_equal(sent.n, 1);
    struct view fault, text = view_of(strstr(sent.text, "Catatan"));
    text.len--;
    assert_int_equal(deliver_check(text, &fault), DELIVER_OK);
    assert_true(sms_parts(text) <= 2);
    world_end(&world);
}

static int64_t at_night(struct radio *radio, const char *text, char answer[SMS_TEXT_MAX])
{
    struct world *w = &radio->w;
    must(time_parse("2036-10-15T23:30:00+07:00", &w->clock.wall));
    w->sent_ms = w->clock.wall;
    world_say(w, KPM, text, answer);
    return w->clock.wall;
}

/* At night the answer and an emergency go out, the rest waits for the morning. */
static void the_night_is_quiet_but_for_emergencies(void **state)
{
    struct radio *radio = *state;
    char answer[SMS_TEXT_MAX];
    people(&radio->w);
    (void)at_night(radio, "timbangan rusak", answer);
    assert_int_equal(drain(radio), 1);
    assert_string_equal(radio->last_to, KPM);
    pass(radio, 6 * MS_HOUR);
    assert_int_equal(drain(radio), 0);
    pass(radio, 2 * MS_HOUR);
    assert_int_equal(drain(radio), 4);
    (void)at_night(radio, "ibu siti pendarahan minta ambulan", answer);
    assert_int_equal(drain(radio), 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_note_is_passed_on),
        cmocka_unit_test(an_emergency_says_to_telephone),
        cmocka_unit_test(who_gets_which_is_configured),
        cmocka_unit_test(what_nobody_heard_alerts_the_operator),
        cmocka_unit_test(a_note_is_never_lost),
        cmocka_unit_test(passing_on_is_limited),
        cmocka_unit_test(whatever_is_said_can_be_delivered),
        cmocka_unit_test_setup_teardown(the_night_is_quiet_but_for_emergencies, radio_start, radio_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
