/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Alerts of forms: who is told of what a report says, once, and in the transaction that stores it. */
#include "operator/correction.h"

#include "../core/own_set.h"

#define BIDAN      "+6281230000031"
#define TPPS       "+6281230000032"
#define KADES      "+6281230000033"
#define FAR        "+6281230000034"
#define TPPS_BELOW "+6281230000035"

/* A form that the shipped sets do not have. */
static const char set_text[] =
    "name = \"events\"; title = \"Kejadian\"; valid_from = \"2018-01\";\n"
    "forms = (\n"
    "  { code = \"EVENT\"; name = \"KEJADIAN\"; example = \"KEJADIAN 1 MATI 0\";\n"
    "    keys = ( { code = \"KEJADIAN\"; label = \"kejadian\"; spell_code = false; },\n"
    "             { code = \"MATI\"; label = \"meninggal\"; }, { code = \"SAKIT\"; label = \"sakit\"; } );\n"
    "    rules = ( { check = \"MATI <= KEJADIAN\"; text = \"terlalu banyak\"; },\n"
    "              { confirm = \"SAKIT < 50\"; text = \"sakit {SAKIT}\"; } );\n"
    "    alerts = (\n"
    "      { when = \"MATI > 0\"; to = [ \"bidan\", \"tpps@kecamatan\" ]; urgent = true;\n"
    "        text = \"Meninggal {MATI} di {area}, {period}, dari {name}\"; text_en = \"Dead {MATI} in {area}\"; },\n"
    "      { when = \"SAKIT > SAKIT_LALU\"; to = [ \"bidan\" ]; text = \"Sakit naik di {area}\"; },\n"
    "      { when = \"SAKIT > 90\"; to = [ \"pendamping@desa\" ]; text = \"Wabah di {area}: {SAKIT}\"; }\n"
    "    ); }\n"
    ");\n";

struct sent {
    char text[4096];
};

static int add_sent(void *data, const struct mt_message *mt)
{
    struct sent *sent = data;
    size_t len = strlen(sent->text);
    if (mt->mo_id == 0)
        (void)snprintf(sent->text + len, sizeof sent->text - len, "%s %s: %s\n", mt->recipient + 10,
                       mt_state_to_string(mt->state), mt->text);
    return 0;
}

/* All that anybody was told, the oldest first: "0031 queued: Meninggal 1 …". */
static void assert_told(struct world *w, const char *expected)
{
    struct sent sent = {.text = ""};
    struct mt_filter filter = {.limit = 1000, .oldest_first = true};
    must(store_mt_list(w->store, &filter, add_sent, &sent, &w->error));
    if (strcmp(sent.text, expected) != 0)
        fail_msg("expected:\n%sgot:\n%s", expected, sent.text);
}

/* The world with the set above in place of the shipped one. */
static void start(struct world *w, const char *extra)
{
    world_start(w, "");
    own_set(w, set_text, extra);
    must(store_begin(w->store, &w->error));
    world_person(w, BIDAN, "Sri", ROLE_BIDAN, DESA, CONTACT_ACTIVE, "id");
    world_person(w, TPPS, "Camat", ROLE_TPPS, "35.12.03", CONTACT_ACTIVE, "id");
    world_person(w, KADES, "Hasan", ROLE_KADES, DESA, CONTACT_ACTIVE, "id");
    world_person(w, FAR, "Lain", ROLE_BIDAN, "35.12.03.2002", CONTACT_ACTIVE, "id");
    world_person(w, TPPS_BELOW, "Tim", ROLE_TPPS, DESA, CONTACT_ACTIVE, "id");
    must(store_commit(w->store, &w->error));
}

/* All that may go out now, answers first; returns what is not an answer. */
static int send_all(struct world *w, struct outbox *outbox)
{
    struct mt_submit submit;
    int n = 0;
    while (outbox_next(outbox, "sim1", &submit, &w->error) == OUTBOX_SUBMIT) {
        bool answer = strcmp(submit.recipient, KPM) == 0;
        assert_false(answer && n > 0);
        n += !answer;
        must(world_submitted(outbox, "sim1", submit.part_id, SUBMIT_OK, 0, 1, &w->error));
    }
    return n;
}

/* The bidan of the village in each language, the kecamatan's TPPS; neither the village's TPPS nor another village. */
static void the_roles_of_the_village_and_above_are_told(void **state)
{
    (void)state;
    struct world world, *w = &world;
    char answer[SMS_TEXT_MAX];
    start(w, "");
    world_say(w, KPM, "KEJADIAN 3 MATI 1", answer);
    assert_int_equal(w->outcome, MO_REPORT);
    assert_told(w, "0008 queued: Dead 1 in Desa Cemara\n"
                   "0031 queued: Meninggal 1 di Desa Cemara, Okt/36, dari Siti\n"
                   "0032 queued: Meninggal 1 di Desa Cemara, Okt/36, dari Siti\n");
    world_end(w);
}

static void a_posyandu_is_named_with_its_village(void **state)
{
    (void)state;
    struct world world, *w = &world;
    char answer[SMS_TEXT_MAX];
    start(w, "");
    world_say(w, KADER, "KEJADIAN 3 MATI 2", answer);
    assert_told(w, "0008 queued: Dead 2 in Posyandu Mawar, Desa Cemara\n"
                   "0031 queued: Meninggal 2 di Posyandu Mawar, Desa Cemara, Okt/36, dari Aminah\n"
                   "0032 queued: Meninggal 2 di Posyandu Mawar, Desa Cemara, Okt/36, dari Aminah\n");
    world_end(w);
}

/* The same again, more of it, a restart: nobody hears it twice. What changes a number that is shown is told. */
static void it_is_told_once(void **state)
{
    (void)state;
    struct world world, *w = &world;
    char answer[SMS_TEXT_MAX];
    start(w, "");
    world_say(w, KPM, "KEJADIAN 3 MATI 1", answer);
    world_say(w, KPM, "KEJADIAN 4 MATI 1", answer);
    world_say(w, KPM, "KEJADIAN 4 SAKIT 2", answer);
    world_close(w);
    world_open(w);
    world_pass(w, MS_DAY);
    world_say(w, KPM, "KEJADIAN 5 MATI 1", answer);
    assert_told(w, "0008 queued: Dead 1 in Desa Cemara\n"
                   "0031 queued: Meninggal 1 di Desa Cemara, Okt/36, dari Siti\n"
                   "0032 queued: Meninggal 1 di Desa Cemara, Okt/36, dari Siti\n");
    world_say(w, KPM, "KEJADIAN 5 MATI 2", answer);
    assert_told(w, "0008 cancelled: Dead 1 in Desa Cemara\n"
                   "0031 cancelled: Meninggal 1 di Desa Cemara, Okt/36, dari Siti\n"
                   "0032 cancelled: Meninggal 1 di Desa Cemara, Okt/36, dari Siti\n"
                   "0008 queued: Dead 2 in Desa Cemara\n"
                   "0031 queued: Meninggal 2 di Desa Cemara, Okt/36, dari Siti\n"
                   "0032 queued: Meninggal 2 di Desa Cemara, Okt/36, dari Siti\n");
    world_end(w);
}

/* BATAL takes back what waits. What was sent before is not sent again where the number comes back. */
static void what_is_taken_back_is_not_told(void **state)
{
    (void)state;
    struct world world, *w = &world;
    char answer[SMS_TEXT_MAX];
    start(w, "");
    world_say(w, KPM, "KEJADIAN 3 SAKIT 1", answer);
    world_pass(w, 31 * MS_DAY);
    world_say(w, KPM, "KEJADIAN 3 SAKIT 2", answer);
    assert_told(w, "0008 queued: Sakit naik di Desa Cemara\n0031 queued: Sakit naik di Desa Cemara\n");
    world_say(w, KPM, "BATAL", answer);
    assert_told(w, "0008 cancelled: Sakit naik di Desa Cemara\n0031 cancelled: Sakit naik di Desa Cemara\n");
    world_say(w, KPM, "KEJADIAN 4 SAKIT 3", answer);
    world_say(w, KPM, "KEJADIAN 4 SAKIT 4", answer);
    assert_told(w, "0008 cancelled: Sakit naik di Desa Cemara\n0031 cancelled: Sakit naik di Desa Cemara\n"
                   "0008 queued: Sakit naik di Desa Cemara\n0031 queued: Sakit naik di Desa Cemara\n");
    world_end(w);
}

/* Told of 1, then 2 waits, then it is 1 again: nobody hears more. */
static void what_waits_follows_the_report(void **state)
{
    (void)state;
    struct world world, *w = &world;
    struct outbox *outbox = NULL;
    char answer[SMS_TEXT_MAX];
    start(w, "");
    must(outbox_open(w->box, &outbox, NULL, &w->error));
    outbox_modem_up(outbox, "sim1", true);
    world_say(w, KPM, "KEJADIAN 3 MATI 1", answer);
    assert_int_equal(send_all(w, outbox), 3);
    world_say(w, KPM, "KEJADIAN 3 MATI 2", answer);
    world_say(w, KPM, "KEJADIAN 3 MATI 1", answer);
    assert_int_equal(send_all(w, outbox), 0);
    outbox_close(outbox);
    world_end(w);
}

/* What is refused raises nothing; what is held does so with YA. A role that nobody has is the operator's. */
static void a_question_is_answered_first(void **state)
{
    (void)state;
    struct world world, *w = &world;
    char answer[SMS_TEXT_MAX];
    start(w, "");
    world_say(w, KADER, "KEJADIAN 3 MATI 4", answer);
    world_say(w, KPM, "KEJADIAN 99 SAKIT 95", answer);
    assert_told(w, "");
    world_say(w, KPM, "YA", answer);
    assert_told(w, "0004 queued: Wabah di Desa Cemara: 95 (Belum ada yang terdaftar sebagai pendamping di sana. Mohon "
                   "diteruskan.)\n");
    world_end(w);
}

static void an_operators_hand_counts(void **state)
{
    (void)state;
    struct world world, *w = &world;
    char answer[SMS_TEXT_MAX];
    start(w, "");
    world_say(w, KPM, "KEJADIAN 3 MATI 0", answer);
    const struct actor actor = {w->box, "kabarctl:budi"};
    const struct correction_order order = {.report_id = 1, .key = "MATI", .value = 1, .reason = "telepon"};
    struct correction correction;
    must(operator_correct(&actor, &order, &correction, &w->error));
    assert_told(w, "0008 queued: Dead 1 in Desa Cemara\n"
                   "0031 queued: Meninggal 1 di Desa Cemara, Okt/36, dari operator\n"
                   "0032 queued: Meninggal 1 di Desa Cemara, Okt/36, dari operator\n");
    struct report_found taken;
    must(operator_void(&actor, correction.report_id, "salah desa", false, &taken, &w->error));
    assert_told(w, "0008 cancelled: Dead 1 in Desa Cemara\n"
                   "0031 cancelled: Meninggal 1 di Desa Cemara, Okt/36, dari operator\n"
                   "0032 cancelled: Meninggal 1 di Desa Cemara, Okt/36, dari operator\n");
    world_end(w);
}

/* At night what is urgent goes out before anything else but answers; the rest waits for the morning. */
static void only_what_is_urgent_goes_out_at_night(void **state)
{
    (void)state;
    struct world world, *w = &world;
    struct outbox *outbox = NULL;
    char answer[SMS_TEXT_MAX];
    start(w, "");
    must(outbox_open(w->box, &outbox, NULL, &w->error));
    outbox_modem_up(outbox, "sim1", true);
    world_say(w, KPM, "KEJADIAN 3 SAKIT 1", answer);
    assert_int_equal(send_all(w, outbox), 0);
    world_pass(w, 31 * MS_DAY + 13 * MS_HOUR);
    world_say(w, KPM, "KEJADIAN 3 SAKIT 2 MATI 1", answer);
    assert_int_equal(send_all(w, outbox), 3);
    assert_told(w, "0008 submitted: Dead 1 in Desa Cemara\n"
                   "0031 submitted: Meninggal 1 di Desa Cemara, Nov/36, dari Siti\n"
                   "0032 submitted: Meninggal 1 di Desa Cemara, Nov/36, dari Siti\n"
                   "0008 queued: Sakit naik di Desa Cemara\n0031 queued: Sakit naik di Desa Cemara\n");
    world_pass(w, 10 * MS_HOUR);
    assert_int_equal(send_all(w, outbox), 2);
    outbox_close(outbox);
    world_end(w);
}

/* More than so many a day wait for an operator's hand. */
static void nobody_is_flooded(void **state)
{
    (void)state;
    struct world world, *w = &world;
    char answer[SMS_TEXT_MAX];
    start(w, "alerts_number_day = 1;");
    world_say(w, KPM, "KEJADIAN 3 MATI 1", answer);
    world_say(w, KADER, "KEJADIAN 3 MATI 3", answer);
    assert_told(w, "0008 queued: Dead 1 in Desa Cemara\n"
                   "0031 queued: Meninggal 1 di Desa Cemara, Okt/36, dari Siti\n"
                   "0032 queued: Meninggal 1 di Desa Cemara, Okt/36, dari Siti\n"
                   "0008 held: Dead 3 in Posyandu Mawar, Desa Cemara\n"
                   "0031 held: Meninggal 3 di Posyandu Mawar, Desa Cemara, Okt/36, dari Aminah\n"
                   "0032 held: Meninggal 3 di Posyandu Mawar, Desa Cemara, Okt/36, dari Aminah\n");
    world_end(w);
}

/* The shipped set: severe wasting that rises. */
static void the_shipped_alert_is_told(void **state)
{
    (void)state;
    struct world world, *w = &world;
    char answer[SMS_TEXT_MAX];
    world_start(w, "");
    world_say(w, KPM, "ANAK 40 GB 1", answer);
    world_pass(w, 31 * MS_DAY);
    world_say(w, KPM, "ANAK 41 GB 3", answer);
    assert_told(w, "0008 queued: Severe wasting in Desa Cemara is up from 1 to 3 children, report of Nov/36 by Siti. "
                   "Please act on it soon.\n"
                   "0004 queued: Gizi buruk di Desa Cemara naik dari 1 menjadi 3 anak, laporan Nov/36 dari Siti. Mohon "
                   "segera ditindaklanjuti. (Belum ada yang terdaftar sebagai kades, tpps di sana. Mohon "
                   "diteruskan.)\n");
    world_end(w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_roles_of_the_village_and_above_are_told),
        cmocka_unit_test(a_posyandu_is_named_with_its_village),
        cmocka_unit_test(it_is_told_once),
        cmocka_unit_test(what_is_taken_back_is_not_told),
        cmocka_unit_test(what_waits_follows_the_report),
        cmocka_unit_test(a_question_is_answered_first),
        cmocka_unit_test(an_operators_hand_counts),
        cmocka_unit_test(only_what_is_urgent_goes_out_at_night),
        cmocka_unit_test(nobody_is_flooded),
        cmocka_unit_test(the_shipped_alert_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
