/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the calendar sends to whom: against a computation of the test's own, and cases one by one. */
#include <errno.h>

#include "base/failpoint.h"
#include "core/outbox/outbox.h"
#include "core/schedule/schedule.h"
#include "core/score/card_open.h"
#include "core/time.h"
#include "parsers/deliver.h"
#include "parsers/gsm7.h"
#include "store/modem.h"
#include "world.h"

static struct world world;

/* For tests that count messages of other jobs. */
static int setup_alone(void **state)
{
    world_start(&world, "schedule = { silent_day = 0; };");
    *state = &world;
    return 0;
}

static int setup_without_cards(void **state)
{
    world_start(&world, "schedule = { card_day = 0; early_day = 0; };");
    *state = &world;
    return 0;
}

static int teardown(void **state)
{
    world_end(*state);
    return 0;
}

static void set_clock(struct world *w, const char *text)
{
    int64_t ms;
    must(time_parse(text, &ms));
    world_pass(w, ms - w->clock.wall);
}

/* Ticks until nothing is due; returns the jobs done. */
static size_t run_due(struct world *w)
{
    struct schedule_counts counts = {.jobs = 1};
    size_t jobs = 0;
    while (counts.jobs > 0) {
        must(schedule_tick(w->box, &counts, &w->error));
        jobs += counts.jobs;
    }
    return jobs;
}

struct wanted {
    const char *phone;
    char *text;
    size_t n;
};

static int take(void *data, const struct mt_message *mt)
{
    struct wanted *wanted = data;
    if (mt->kind == MT_REPLY || mt->state == MT_CANCELLED || strcmp(mt->recipient, wanted->phone) != 0)
        return 0;
    (void)snprintf(wanted->text, SMS_TEXT_MAX, "%s", mt->text);
    wanted->n++;
    return 0;
}

/* What the schedule has for a person that is not cancelled: how many messages, and the newest of them. */
static size_t got(struct world *w, const char *phone, char text[SMS_TEXT_MAX])
{
    struct wanted wanted = {phone, text, 0};
    struct mt_filter filter = {.recipient = phone, .oldest_first = true};
    text[0] = '\0';
    must(store_mt_list(w->store, &filter, take, &wanted, &w->error));
    return wanted.n;
}

static void expect(struct world *w, const char *phone, size_t n, const char *text)
{
    char newest[SMS_TEXT_MAX];
    size_t found = got(w, phone, newest);
    if (found != n || (text && strcmp(newest, text) != 0))
        fail_msg("%s: %zu messages, not %zu; the newest: %s", phone, found, n, newest);
}

static void report(struct world *w, const char *from, const char *text)
{
    char answer[SMS_TEXT_MAX];
    world_say(w, from, text, answer);
    assert_int_equal(w->outcome, MO_REPORT);
}

/* A posyandu without a report for two months, though it has a cadre; a village without one is not spoken of. */
static void a_silent_posyandu_is_told(void **state)
{
    struct world *w = *state;
    char other[SMS_TEXT_MAX];
    int64_t id;
    must(store_begin(w->store, &w->error));
    must(store_area_put(w->store, view_of(DESA "/02"), view_of("Posyandu Melati"), &id, &w->error));
    must(store_commit(w->store, &w->error));
    set_clock(w, "2036-10-31T10:00:00+07:00");
    (void)run_due(w);
    report(w, KPM, "POSYANDU MELATI BUMIL 12 K4 3");
    set_clock(w, "2036-12-08T09:00:00+07:00");
    (void)run_due(w);
    expect(w, ENGLISH, 0, NULL); /* the cadre of Mawar was registered in October: November is its first month */
    set_clock(w, "2037-01-07T23:59:00+07:00");
    (void)run_due(w);
    expect(w, ENGLISH, 0, NULL);
    set_clock(w, "2037-01-08T09:00:00+07:00");
    assert_int_equal(run_due(w), 1);
    expect(w, ENGLISH, 1,
           "Posyandu of Cemara that have not reported for 2 months up to Dec/36: Posyandu Mawar, Posyandu Melati. "
           "Please ask their "
           "cadres. Thank you.");
    (void)got(w, KPM_TWO, other);
    assert_null(strstr(other, "tidak melapor"));
    assert_int_equal(run_due(w), 0);
    report(w, KADER, "DES BUMIL 2 K4 1");
    set_clock(w, "2037-02-08T09:00:00+07:00");
    (void)run_due(w);
    expect(w, ENGLISH, 2,
           "Posyandu of Cemara that have not reported for 2 months up to Jan/37: Posyandu Melati. Please ask their "
           "cadres. Thank you.");
}

#define EMPTY_MONTH "Mohon kirim laporan Okt/36 Cemara yang belum masuk: IBU HAMIL, ANAK, TIKAR. Terima kasih."
#define ONLY_TIKAR  "Mohon kirim laporan Okt/36 Cemara yang belum masuk: TIKAR. Terima kasih."

static void who_is_late_is_reminded(void **state)
{
    struct world *w = *state;
    set_clock(w, "2036-10-20T08:59:59+07:00");
    (void)run_due(w);
    expect(w, KPM, 0, NULL);
    world_pass(w, MS_SECOND);
    assert_int_equal(run_due(w), 1);
    expect(w, KPM, 1, EMPTY_MONTH);
    expect(w, KADER, 1,
           "Mohon kirim laporan Okt/36 Posyandu Mawar yang belum masuk: IBU HAMIL, ANAK, TIKAR. Terima kasih.");
    expect(w, BLOCKED, 0, NULL);
    expect(w, PENDING, 0, NULL);
    expect(w, ENGLISH, 0, NULL);
    expect(w, NO_AREA, 0, NULL);
    assert_int_equal(run_due(w), 0);
    expect(w, KPM, 1, EMPTY_MONTH);
}

static void reports_between_supersede(void **state)
{
    struct world *w = *state;
    set_clock(w, "2036-10-20T09:00:00+07:00");
    (void)run_due(w);
    report(w, KPM, "BUMIL 12 K4 3 ANAK 40 BB 30");
    expect(w, KPM, 1, ONLY_TIKAR);
    expect(w, KADER, 1, NULL);
    report(w, KPM, "TIKAR 40 H 30 K 5 M 5");
    expect(w, KPM, 0, NULL);
    /* all posyandu of a village are the village */
    report(w, KPM_TWO, "BUMIL 3 ANAK 9 TIKAR 9 H 9");
    expect(w, KPM_TWO, 0, NULL);
    set_clock(w, "2036-10-28T10:00:00+07:00");
    (void)run_due(w);
    expect(w, KPM, 1,
           "Posyandu di Cemara yang laporan Okt/36 belum lengkap: Posyandu Mawar. Mohon bantu ingatkan. Terima kasih.");
    expect(w, KADER, 1,
           "Mohon segera kirim laporan Okt/36 Posyandu Mawar yang belum masuk: IBU HAMIL, ANAK, TIKAR. "
           "Ditunggu sampai 5 Nov. Terima kasih.");
}

static void a_village_is_its_posyandu(void **state)
{
    struct world *w = *state;
    report(w, KADER, "BUMIL 3 ANAK 9 TIKAR 9 H 9");
    set_clock(w, "2036-10-28T10:00:00+07:00");
    (void)run_due(w);
    expect(w, KPM, 0, NULL);
    expect(w, KADER, 0, NULL);
    /* what was reported within a year is what is expected */
    set_clock(w, "2036-11-10T10:00:00+07:00");
    report(w, KPM_TWO, "PAUD 20 AKTIF 10");
    set_clock(w, "2036-12-20T10:00:00+07:00");
    (void)run_due(w);
    expect(w, KPM_TWO, 2, "Mohon kirim laporan Des/36 Buduan yang belum masuk: PAUD. Terima kasih.");
}

static void three_days_off_are_caught_up_once(void **state)
{
    struct world *w = *state;
    set_clock(w, "2036-10-23T11:00:00+07:00");
    assert_int_equal(run_due(w), 3); /* the week's line, a quarter without cards, the first reminder */
    expect(w, KPM, 1, EMPTY_MONTH);
    /* off until the second one is due: the first would make no sense any more */
    set_clock(w, "2036-11-26T11:00:00+07:00");
    (void)run_due(w);
    expect(w, KPM, 3,
           "Posyandu di Cemara yang laporan Nov/36 belum lengkap: Posyandu Mawar. Mohon bantu ingatkan. "
           "Terima kasih.");
    expect(w, KADER, 2, NULL);
    /* off over the end of the month: October's reports are still taken, November's reminders are over then */
    set_clock(w, "2036-12-05T23:59:00+07:00");
    (void)run_due(w);
    expect(w, KPM, 3, NULL);
    set_clock(w, "2037-01-06T00:00:00+07:00");
    (void)run_due(w);
    expect(w, KPM, 3, NULL);
}

static int take_expiry(void *data, const struct mt_message *mt)
{
    if (mt->kind == MT_REMINDER)
        *(int64_t *)data = mt->expires_ms;
    return 0;
}

/* While October's reports are still taken without their month, its reminders make sense; no longer. */
static void reminders_last_as_long_as_the_grace(void **state)
{
    struct world *w = *state;
    int64_t expires_ms = 0, end_ms;
    struct mt_filter filter = {.recipient = KPM_TWO};
    set_clock(w, "2036-11-05T19:00:00+07:00");
    (void)run_due(w);
    expect(w, KPM_TWO, 1,
           "Mohon segera kirim laporan Okt/36 Buduan yang belum masuk: IBU HAMIL, ANAK, TIKAR. Ditunggu sampai 5 Nov. "
           "Terima "
           "kasih.");
    must(store_mt_list(w->store, &filter, take_expiry, &expires_ms, &w->error));
    must(time_parse("2036-11-06T00:00:00+07:00", &end_ms));
    assert_int_equal(expires_ms, end_ms);
    set_clock(w, "2036-11-06T09:00:00+07:00");
    assert_int_equal(run_due(w), 0);
}

static void an_untrusted_clock_waits(void **state)
{
    struct world *w = *state;
    char text[SMS_TEXT_MAX];
    set_clock(w, "2036-10-19T10:00:00+07:00");
    world_say(w, KPM, "terima kasih", text); /* the network's stamp is what is known of time */
    (void)run_due(w);
    size_t lines = got(w, OPERATOR, text);
    w->clock.wall = 1000;
    w->clock.monotonic += 3 * MS_DAY;
    assert_int_equal(run_due(w), 0);
    expect(w, KPM, 0, NULL);
    must(time_parse("2036-10-22T10:00:00+07:00", &w->clock.wall));
    assert_int_equal(run_due(w), 2);
    expect(w, KPM, 1, EMPTY_MONTH);
    assert_int_equal(got(w, OPERATOR, text), lines + 1);
}

static void the_operator_has_a_line_a_week(void **state)
{
    struct world *w = *state;
    set_clock(w, "2036-10-20T07:59:00+07:00"); /* a Monday */
    (void)run_due(w);
    expect(w, OPERATOR, 0, NULL);
    report(w, KPM, "BUMIL 12");
    struct modem_row modem = {.name = "dummy", .state = "ready", .signal_percent = 50, .registered = true};
    must(store_begin(w->store, &w->error));
    must(store_modem_put(w->store, &modem, &w->error));
    must(store_commit(w->store, &w->error));
    set_clock(w, "2036-10-20T08:00:00+07:00");
    (void)run_due(w);
    expect(w, OPERATOR, 1,
           "box-03: modem aktif 1/1, antre 1, masuk 7 hari 1, desa melapor Okt/36 1/2, "
           "laporan 1/10, desa tanpa pelapor 0, menunggu didaftarkan 1.");
    set_clock(w, "2036-11-20T08:00:00+07:00");
    (void)run_due(w);
    expect(w, OPERATOR, 2, NULL);
}

static bool is_frozen(struct world *w, const char *code)
{
    struct area area;
    struct card *card = NULL;
    must(store_area_by_code(w->store, view_of(code), &area, &w->error));
    int result = card_open(w->box, &area, 2036 * 4 + 3, CARD_FROZEN, 0, w->clock.wall, &card, &w->error);
    assert_true(result == 0 || result == -ENOENT);
    card_close(card);
    return result == 0;
}

static void cards_go_to_kades_and_kpm(void **state)
{
    struct world *w = *state;
    const char *head = "+6281230000020", *below = "+6281230000021";
    must(store_begin(w->store, &w->error));
    world_person(w, below, "Bu KPM", ROLE_KPM, DESA "/01", CONTACT_ACTIVE, "id");
    world_person(w, head, "Pak Lurah", ROLE_KADES, DESA, CONTACT_ACTIVE, "id");
    must(store_commit(w->store, &w->error));
    report(w, KPM, "BUMIL 12 K4 3");
    set_clock(w, "2037-01-07T09:00:00+07:00");
    assert_int_equal(run_due(w), 5); /* the kecamatan, its kabupaten, its provinsi, the quarter, the week's line */
    assert_true(is_frozen(w, DESA) && is_frozen(w, "35.12.03") && is_frozen(w, "35.12") && is_frozen(w, "35"));
    assert_false(is_frozen(w, "35.12.03.2002"));
    char card[SMS_TEXT_MAX], text[SMS_TEXT_MAX];
    assert_int_equal(got(w, head, card), 1);
    assert_string_equal(card, "Cemara Okt-Des/36: skor 25 dari 100, 1 dari 18 indikator. bumil 25. Paling rendah: K4 3 "
                              "dari 12. Belum ada: IBU "
                              "HAMIL Nov Des, ANAK, TIKAR, PAUD, SASARAN.");
    assert_int_equal(got(w, KPM, text), 1);
    assert_string_equal(card, text);
    expect(w, KPM_TWO, 0, NULL);
    expect(w, KADER, 0, NULL);
    expect(w, below, 0, NULL);
    /* frozen: what comes later changes nothing of what was sent, nor is it sent again */
    report(w, KPM, "DES BUMIL 12 K4 12");
    world_pass(w, MS_DAY);
    assert_int_equal(run_due(w), 0);
}

#define HEAD    "+6281230000020"
#define TPPS    "+6281230000022"
#define REGENCY "+6281230000023"

static void register_readers(struct world *w)
{
    must(store_begin(w->store, &w->error));
    world_person(w, HEAD, "Pak Lurah", ROLE_KADES, DESA, CONTACT_ACTIVE, "id");
    world_person(w, "+6281230000021", "Damping", ROLE_PENDAMPING, DESA, CONTACT_ACTIVE, "id");
    world_person(w, TPPS, "Bu Camat", ROLE_TPPS, "35.12.03", CONTACT_ACTIVE, "id");
    world_person(w, REGENCY, "Sekretariat", ROLE_TPPS, "35.12", CONTACT_ACTIVE, "id");
    world_person(w, "+6281230000024", "Tim", ROLE_TPPS, DESA, CONTACT_ACTIVE, "id");
    must(store_commit(w->store, &w->error));
}

/* Turns all other lines of the schedule off. */
static void only_cards(struct world *w, const char *more)
{
    char conf[400];
    (void)snprintf(
        conf, sizeof conf,
        "schedule = { silent_day = 0; remind_day = 0; remind_again_day = 0; posyandu_day = 0; kades_day = 0; "
        "weekly = \"never\"; %s };",
        more);
    world_end(w);
    world_start(w, conf);
    register_readers(w);
}

/* Before the quarter is over: each of the area they stand for, once, on that day and not after the month. */
static void preliminary_cards(void **state)
{
    struct world *w = *state;
    static const char *const village[] = {KPM, HEAD, "+6281230000021", "+6281230000024"};
    only_cards(w, "");
    report(w, KPM, "BUMIL 12 K4 3");
    set_clock(w, "2036-12-25T08:59:59+07:00");
    (void)run_due(w); /* a quarter without cards */
    expect(w, KPM, 0, NULL);
    world_pass(w, MS_SECOND);
    assert_int_equal(run_due(w), 4); /* the kecamatan, its kabupaten, its provinsi, the quarter */
    assert_false(is_frozen(w, DESA) || is_frozen(w, "35.12.03"));
    for (size_t i = 0; i < sizeof village / sizeof *village; i++)
        expect(
            w, village[i], 1,
            "Sementara Cemara Okt-Des/36: skor 25 dari 100, 1 dari 18 indikator. Belum ada: IBU HAMIL Nov Des, ANAK, "
            "TIKAR, PAUD, SASARAN. bumil 25. Paling rendah: K4 3 dari 12.");
    expect(
        w, ENGLISH, 1,
        "So far Cemara Oct-Dec/36: score 25 of 100, 1 of 18 indicators. Missing: IBU HAMIL Nov Dec, ANAK, TIKAR, PAUD, "
        "SASARAN. bumil 25. Lowest: K4 3 of 12.");
    expect(
        w, TPPS, 1,
        "Sementara Suboh Okt-Des/36: skor 25 dari 100, 1 dari 2 desa (0 lengkap). Belum ada: IBU HAMIL Nov Des, ANAK, "
        "TIKAR, PAUD, SASARAN. Belum lengkap: Buduan. bumil 25. Paling rendah: K4 3 dari 12 (1/2 desa).");
    expect(w, KADER, 0, NULL);
    expect(w, KPM_TWO, 0, NULL); /* nothing of hers is there: that is for the reminders */
    char text[SMS_TEXT_MAX];
    assert_int_equal(got(w, REGENCY, text), 1);
    world_pass(w, MS_DAY);
    assert_int_equal(run_due(w), 0);
    /* off on the day: while the month lasts it is still of use */
    only_cards(w, "early_day = 20;");
    report(w, KPM, "BUMIL 12 K4 3");
    set_clock(w, "2036-12-31T10:00:00+07:00");
    (void)run_due(w);
    expect(w, HEAD, 1, NULL);
    only_cards(w, "early_day = 20; card_day = 0;");
    report(w, KPM, "BUMIL 12 K4 3");
    set_clock(w, "2037-01-01T10:00:00+07:00");
    (void)run_due(w);
    expect(w, HEAD, 0, NULL);
}

/* The same people when it is over; the kecamatan's names who is behind. */
static void cards_go_to_the_roles_of_the_settings(void **state)
{
    struct world *w = *state;
    only_cards(w, "early_day = 0;");
    report(w, KPM, "BUMIL 12 K4 3 FE 12");
    report(w, KPM_TWO, "BUMIL 10 K4 10");
    set_clock(w, "2037-01-07T09:00:00+07:00");
    assert_int_equal(run_due(w), 4);
    expect(w, "+6281230000021", 1, NULL);
    expect(w, "+6281230000024", 1, NULL);
    expect(w, KPM_TWO, 1, NULL);
    expect(w, ENGLISH, 1, NULL);
    expect(
        w, TPPS, 1,
        "Suboh Okt-Des/36: skor 74 dari 100, 2 dari 2 desa (0 lengkap). bumil 74. Paling rendah: K4 13 dari 22. Belum "
        "ada: IBU HAMIL Nov Des, ANAK, TIKAR, PAUD, SASARAN. Belum lengkap: Buduan.");
    assert_true(is_frozen(w, "35.12.03"));
    only_cards(w, "early_day = 0; card_to = ( \"kades tpps@desa\", \"kades\" );");
    report(w, KPM, "BUMIL 12 K4 3 FE 12");
    set_clock(w, "2037-01-07T09:00:00+07:00");
    (void)run_due(w);
    expect(w, HEAD, 1, NULL);
    expect(w, "+6281230000024", 1, NULL);
    expect(w, TPPS, 0, NULL);
    expect(w, KPM, 0, NULL);
    expect(w, ENGLISH, 0, NULL);
}

/* A new box that is told of an older quarter: nobody decided that these numbers are that quarter's card. */
static void cards_due_before_the_box_are_not_frozen(void **state)
{
    struct world *w = *state;
    const int64_t quarter_ms = 92 * (int64_t)MS_DAY;
    struct area area;
    struct card *card = NULL;
    w->clock.wall = clock_system.wall_ms(clock_system.data);
    w->sent_ms = w->clock.wall - quarter_ms;
    int quarter = quarter_of(month_of(zone_local(w->sent_ms).day));
    char answer[SMS_TEXT_MAX];
    world_say(w, KPM, "BUMIL 12 K4 3", answer);
    assert_non_null(strstr(answer, "K4 3"));
    (void)run_due(w);
    must(store_area_by_code(w->store, view_of(DESA), &area, &w->error));
    assert_int_equal(card_open(w->box, &area, quarter, CARD_FROZEN, 0, w->clock.wall, &card, &w->error), -ENOENT);
}

static void what_is_turned_off_is_not_sent(void **state)
{
    struct world *w = *state;
    world_end(w);
    world_start(w, "schedule = { silent_day = 0; remind_day = 0; remind_again_day = 0; posyandu_day = 0; "
                   "kades_day = 0; card_day = 0; early_day = 0; "
                   "weekly = \"never\"; };");
    report(w, KPM, "BUMIL 12");
    for (int day = 0; day < 100; day++) {
        assert_int_equal(run_due(w), 0);
        world_pass(w, MS_DAY);
    }
}

#define ONLY_THANKS                                                                                                    \
    "schedule = { silent_day = 0; remind_day = 0; remind_again_day = 0; posyandu_day = 0; kades_day = 0; "             \
    "card_day = 0; weekly = \"never\"; thanks_day = 10; };"

/* A month is complete with the last of its forms, which is late where it comes after the days of grace. */
static void a_kpm_is_thanked_for_her_quarter(void **state)
{
    struct world *w = *state;
    const char *text =
        "Cemara Okt-Des/36: 2 dari 3 bulan lengkap, 1 tepat waktu, 1 dari 1 posyandu melapor, 0 kegiatan. "
        "Terima kasih.";
    world_end(w);
    world_start(w, ONLY_THANKS);
    set_clock(w, "2036-10-25T09:00:00+07:00");
    w->sent_ms = w->clock.wall;
    report(w, KPM, "BUMIL OKT 12");
    report(w, KPM, "ANAK OKT 40");
    report(w, KPM, "TIKAR OKT 40 H 40 K 0 M 0");
    set_clock(w, "2036-12-20T09:00:00+07:00");
    w->sent_ms = w->clock.wall;
    report(w, KPM, "BUMIL NOV 12");
    report(w, KPM, "ANAK NOV 40");
    report(w, KPM, "TIKAR NOV 40 H 40 K 0 M 0");
    report(w, KPM, "BUMIL NOV 13");
    report(w, KADER, "BUMIL DES 3");
    set_clock(w, "2037-01-10T08:59:59+07:00");
    assert_int_equal(run_due(w), 0);
    world_pass(w, MS_SECOND);
    assert_int_equal(run_due(w), 1);
    expect(w, KPM, 1, text);
    expect(w, KADER, 0, NULL);
    expect(w, KPM_TWO, 0, NULL);
    world_pass(w, MS_DAY);
    assert_int_equal(run_due(w), 0);
    expect(w, KPM, 1, text);
}

static void who_came_later_was_not_late(void **state)
{
    struct world *w = *state;
    const char *late = "+6281230000021";
    set_clock(w, "2036-10-22T09:00:00+07:00");
    must(store_begin(w->store, &w->error));
    world_person(w, late, "Baru", ROLE_KPM, DESA, CONTACT_ACTIVE, "id");
    must(store_commit(w->store, &w->error));
    (void)run_due(w);
    expect(w, KPM, 1, NULL);
    expect(w, late, 0, NULL);
}

/* However many posyandu are late and whatever they are called, it can be delivered. */
static void long_lists_can_be_delivered(void **state)
{
    struct world *w = *state;
    char code[AREA_CODE_MAX], name[80], phone[20], text[SMS_TEXT_MAX];
    int64_t id;
    struct view fault;
    must(store_begin(w->store, &w->error));
    for (int i = 2; i < 42; i++) {
        (void)snprintf(code, sizeof code, DESA "/%02d", i);
        (void)snprintf(name, sizeof name, "Posyandu Dana Selamat 12345 Regapu\xe2\x80\x99u Nomor %d", i);
        (void)snprintf(phone, sizeof phone, "+628123000%04d", 2000 + i);
        must(store_area_put(w->store, view_of(code), view_of(name), &id, &w->error));
        world_person(w, phone, "Kader", ROLE_KADER, code, CONTACT_ACTIVE, "id");
    }
    must(store_commit(w->store, &w->error));
    set_clock(w, "2036-10-28T10:00:00+07:00");
    (void)run_due(w);
    for (int i = 0; i < 3; i++) {
        (void)got(w, i == 0 ? KPM : i == 1 ? "+6281230002041" : OPERATOR, text);
        if (text[0] == '\0' || deliver_check(view_of(text), &fault) != DELIVER_OK || sms_parts(view_of(text)) > 2)
            fail_msg("%zu parts: %s", sms_parts(view_of(text)), text);
    }
}

static void a_job_that_fails_has_done_nothing(void **state)
{
    struct world *w = *state;
    struct schedule_counts counts;
    set_clock(w, "2036-10-19T23:00:00+07:00");
    (void)run_due(w);
    set_clock(w, "2036-10-20T09:00:00+07:00");
    must(failpoint_arm("schedule.job=enospc", &w->error));
    assert_int_equal(schedule_tick(w->box, &counts, &w->error), -ENOSPC);
    must(failpoint_arm("", &w->error));
    expect(w, OPERATOR, 0, NULL);
    assert_int_equal(run_due(w), 2);
    expect(w, OPERATOR, 1, NULL);
    expect(w, KPM, 1, EMPTY_MONTH);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_silent_posyandu_is_told, setup_without_cards, teardown),
        cmocka_unit_test_setup_teardown(who_is_late_is_reminded, setup_alone, teardown),
        cmocka_unit_test_setup_teardown(reports_between_supersede, setup_alone, teardown),
        cmocka_unit_test_setup_teardown(a_village_is_its_posyandu, setup_alone, teardown),
        cmocka_unit_test_setup_teardown(three_days_off_are_caught_up_once, setup_alone, teardown),
        cmocka_unit_test_setup_teardown(reminders_last_as_long_as_the_grace, setup_alone, teardown),
        cmocka_unit_test_setup_teardown(an_untrusted_clock_waits, setup_alone, teardown),
        cmocka_unit_test_setup_teardown(the_operator_has_a_line_a_week, setup_alone, teardown),
        cmocka_unit_test_setup_teardown(cards_go_to_kades_and_kpm, setup_alone, teardown),
        cmocka_unit_test_setup_teardown(preliminary_cards, setup_alone, teardown),
        cmocka_unit_test_setup_teardown(cards_go_to_the_roles_of_the_settings, setup_alone, teardown),
        cmocka_unit_test_setup_teardown(cards_due_before_the_box_are_not_frozen, setup_alone, teardown),
        cmocka_unit_test_setup_teardown(what_is_turned_off_is_not_sent, setup_alone, teardown),
        cmocka_unit_test_setup_teardown(long_lists_can_be_delivered, setup_alone, teardown),
        cmocka_unit_test_setup_teardown(a_job_that_fails_has_done_nothing, setup_alone, teardown),
        cmocka_unit_test_setup_teardown(a_kpm_is_thanked_for_her_quarter, setup_alone, teardown),
        cmocka_unit_test_setup_teardown(who_came_later_was_not_late, setup_alone, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
