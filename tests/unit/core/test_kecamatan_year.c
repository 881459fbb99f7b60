/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A year of one kecamatan: 20 villages, 12 posyandu, 40 people, through the real intake and outbox in virtual time:
 * reports each month, quarter and year, activities, notes, two deaths. Every alert, note and word of a silent posyandu
 * is compared with what is worked out here from the events alone: to whom, when, in which words. Of all that goes out
 * but answers nothing goes out twice, and at night nothing but what is urgent. test_schedule_year has the reminders.
 */
#include "core/outbox/outbox.h"
#include "core/schedule/schedule.h"
#include "core/watch/alert.h"
#include "world.h"

enum { VILLAGES = 20, WITH_POSYANDU = 6, MONTHS = 12, STEP_HOURS = 6, STEPS = 365 * 24 / STEP_HOURS };
enum { LINE_MAX = 400, LINES_MAX = 4000, EVENTS_MAX = 2000 };

static const char *const month_names[MONTHS] = {"Jan", "Feb", "Mar", "Apr", "Mei", "Jun",
                                                "Jul", "Agu", "Sep", "Okt", "Nov", "Des"};

#define BIDAN_ONE "+6281230003001" /* of Gebang00 and Gebang01 */
#define BIDAN_ALL "+6281230003002" /* of the kecamatan */
#define TPPS      "+6281230003003"
#define HELPER    "+6281230003004" /* is told of nothing here */
#define BOSS      "+6281230003005"

struct diary {
    char *lines[LINES_MAX];
    size_t n;
};

/* An SMS that somebody sends: at the first step at or after its moment. */
struct event {
    int64_t ms;
    char phone[16];
    const char *text;
};

static struct year {
    struct world w;
    struct outbox *outbox;
    int64_t start_ms;
    struct event events[EVENTS_MAX];
    size_t n_events, next;
    struct diary all, told, promised;
} year;

/* ---- time ---- */

static int64_t at(int month, int day, const char *time)
{
    char text[40];
    int64_t ms;
    (void)snprintf(text, sizeof text, "2037-%02d-%02dT%s:00+07:00", month, day, time);
    assert_int_equal(time_parse(text, &ms), 0);
    return ms;
}

/* The first step at or after a moment. */
static int step_at(int64_t ms)
{
    int64_t step_ms = STEP_HOURS * (int64_t)MS_HOUR;
    return (int)((ms - year.start_ms + step_ms - 1) / step_ms);
}

static int64_t step_ms(int step)
{
    return year.start_ms + step * (STEP_HOURS * (int64_t)MS_HOUR);
}

static bool is_night(int step)
{
    int hour = zone_local(step_ms(step)).hour;
    return hour >= 20 || hour < 7;
}

static int by_day(int step)
{
    while (is_night(step))
        step++;
    return step;
}

/* ---- people ---- */

static const char *kpm(int village, char ret_phone[16])
{
    (void)snprintf(ret_phone, 16, "+628123000%04d", 1000 + village);
    return ret_phone;
}

static const char *kader(int village, int which, char ret_phone[16])
{
    (void)snprintf(ret_phone, 16, "+628123000%04d", 2000 + village * 2 + which);
    return ret_phone;
}

static const char *kades(int village, char ret_phone[16])
{
    (void)snprintf(ret_phone, 16, "+628123000%04d", 4000 + village);
    return ret_phone;
}

static bool has_kades(int village)
{
    return village < 3;
}

static void people(struct world *w)
{
    char code[24], name[40], phone[16], posyandu[32];
    int64_t id, second;
    struct area area;
    struct contact contact;
    must(store_begin(w->store, &w->error));
    must(store_area_put(w->store, view_of("35.12.11"), view_of("Kapongan"), &id, &w->error));
    for (int village = 0; village < VILLAGES; village++) {
        (void)snprintf(code, sizeof code, "35.12.11.%04d", 2000 + village);
        (void)snprintf(name, sizeof name, "Gebang%02d", village);
        must(store_area_put(w->store, view_of(code), view_of(name), &id, &w->error));
        world_person(w, kpm(village, phone), "Ani", ROLE_KPM, code, CONTACT_ACTIVE, "id");
        if (has_kades(village))
            world_person(w, kades(village, phone), "Hasan", ROLE_KADES, code, CONTACT_ACTIVE, "id");
        for (int which = 0; which < 2 && village < WITH_POSYANDU; which++) {
            (void)snprintf(posyandu, sizeof posyandu, "%s/%02d", code, which + 1);
            (void)snprintf(name, sizeof name, "Mawar%02d%c", village, 'a' + which);
            must(store_area_put(w->store, view_of(posyandu), view_of(name), &id, &w->error));
            world_person(w, kader(village, which, phone), "Ida", ROLE_KADER, posyandu, CONTACT_ACTIVE, "id");
        }
    }
    world_person(w, BIDAN_ONE, "Sri", ROLE_BIDAN, "35.12.11.2000", CONTACT_ACTIVE, "id");
    must(store_contact_by_phone(w->store, BIDAN_ONE, &contact, &w->error));
    must(store_area_by_code(w->store, view_of("35.12.11.2001"), &area, &w->error));
    second = area.id;
    must(store_contact_areas_set(w->store, contact.id, &second, 1, &w->error));
    world_person(w, BIDAN_ALL, "Nur", ROLE_BIDAN, "35.12.11", CONTACT_ACTIVE, "id");
    world_person(w, TPPS, "Camat", ROLE_TPPS, "35.12.11", CONTACT_ACTIVE, "id");
    world_person(w, HELPER, "Joko", ROLE_PENDAMPING, "35.12.11", CONTACT_ACTIVE, "id");
    world_person(w, BOSS, "Budi", ROLE_OPERATOR, "35.12.11", CONTACT_ACTIVE, "id");
    must(store_commit(w->store, &w->error));
}

/* ---- what happens ---- */

static void send_at(int64_t ms, const char *phone, const char *text)
{
    assert_true(year.n_events < EVENTS_MAX);
    struct event *event = &year.events[year.n_events++];
    *event = (struct event){.ms = ms, .text = text};
    (void)snprintf(event->phone, sizeof event->phone, "%s", phone);
}

/* The months in which posyandu b of Desa04 and Desa05 are silent. */
static bool is_silent(int village, int which, int month)
{
    return which == 1 && ((village == 4 && month >= 3 && month <= 6) || (village == 5 && month >= 8));
}

/* Severe wasting of a village's children by month. */
static int wasted(int village, int month)
{
    return village == 7 ? (month >= 9 ? 3 : 1) : village == 2 ? (month == 5 ? 4 : month == 6 ? 2 : 1) : 0;
}

static const char *children(int n)
{
    static const char *const texts[] = {
        "BUMIL 12 K4 3 ANAK 40 BB 30 GB 0 TIKAR 40 H 40", "BUMIL 12 K4 3 ANAK 40 BB 30 GB 1 TIKAR 40 H 40",
        "BUMIL 12 K4 3 ANAK 40 BB 30 GB 2 TIKAR 40 H 40", "BUMIL 12 K4 3 ANAK 40 BB 30 GB 3 TIKAR 40 H 40",
        "BUMIL 12 K4 3 ANAK 40 BB 30 GB 4 TIKAR 40 H 40"};
    return texts[n];
}

/* Everybody in time but the silent ones: nobody is reminded but of them. */
static void plan_reports(void)
{
    char phone[16];
    for (int month = 1; month <= MONTHS; month++) {
        for (int village = 0; village < VILLAGES; village++) {
            send_at(at(month, 5 + village % 9, "12:00"), kpm(village, phone), children(wasted(village, month)));
            if (month == 1)
                send_at(at(1, 20, "06:00"), kpm(village, phone),
                        "LAYANAN POSYANDU 2 AKTIF 2 POSKESDES 1 PUSTU 0 BIDAN 1 PAUD 2 TK 1 TIMBANG 2 UKUR 2 KELAS 1 "
                        "BKB 0");
            if (month % 3 == 1)
                send_at(at(month, 15, "06:00"), kpm(village, phone), "SASARAN 500");
            if (month % 2 == 0 && village % 4 == 0)
                send_at(at(month, 18, "18:00"), kpm(village, phone), "KEGIATAN RDS 1 PESERTA 20 LAKI 6");
            for (int which = 0; which < 2 && village < WITH_POSYANDU; which++)
                if (!is_silent(village, which, month))
                    send_at(at(month, 9, "12:00"), kader(village, which, phone),
                            "BUMIL 6 K4 1 ANAK 20 BB 15 GB 0 TIKAR 20 H 20");
        }
    }
}

static void plan_events(void)
{
    char phone[16];
    send_at(at(4, 11, "23:30"), kader(1, 0, phone), "KEJADIAN IBU 1");
    send_at(at(4, 11, "23:45"), kader(1, 0, phone), "KEJADIAN IBU 1"); /* the same once more */
    send_at(at(10, 12, "13:00"), kpm(12, phone), "KEJADIAN BAYI 1");
    send_at(at(7, 10, "23:00"), kpm(7, phone), "LAPOR timbangan rusak");
    send_at(at(8, 3, "10:00"), kader(0, 1, phone), "pil fe habis");
    send_at(at(9, 3, "23:00"), kpm(15, phone), "ibu siti pendarahan minta ambulan");
    send_at(at(5, 14, "22:00"), kpm(2, phone), "ANAK 40 GB 4"); /* changes nothing */
    send_at(at(5, 20, "22:00"), kpm(2, phone), "ANAK 40 GB 5"); /* and this does */
    send_at(at(5, 25, "22:00"), kpm(2, phone), "ANAK 40 GB 6"); /* taken back before the morning */
    send_at(at(5, 25, "23:00"), kpm(2, phone), "ANAK 40 GB 5");
    send_at(at(11, 20, "22:00"), kpm(9, phone), "ANAK 40 GB 2");
    send_at(at(11, 20, "23:00"), kpm(9, phone), "BATAL");
}

static int by_moment(const void *a, const void *b)
{
    const struct event *one = a, *two = b;
    return one->ms != two->ms ? (one->ms > two->ms) - (one->ms < two->ms) : strcmp(one->phone, two->phone);
}

/* ---- what is promised ---- */

static void note(struct diary *diary, const char *phone, int64_t ms, const char *text)
{
    struct local_time local = zone_local(ms);
    char *line = malloc(LINE_MAX);
    assert_non_null(line);
    assert_true(diary->n < LINES_MAX);
    (void)snprintf(line, LINE_MAX, "%s %02d-%02d %02d %s", phone, local.day.month, local.day.day, local.hour, text);
    diary->lines[diary->n++] = line;
}

/* To each of these, ending with NULL: at the first step after a moment, in the daytime unless it is urgent. */
static void promise(int64_t ms, bool urgent, const char *text, const char *const *phones)
{
    int step = urgent ? step_at(ms) : by_day(step_at(ms));
    for (; *phones; phones++)
        note(&year.promised, *phones, step_ms(step), text);
}

#define TO(...)                                                                                                        \
    (const char *const[])                                                                                              \
    {                                                                                                                  \
        __VA_ARGS__, NULL                                                                                              \
    }
#define WASTED "Gizi buruk di Desa %s naik dari %d menjadi %d anak, laporan %s dari Ani. Mohon segera ditindaklanjuti."

static void promise_alerts(void)
{
    char text[LINE_MAX], instead[LINE_MAX + 100], head[16];
    (void)snprintf(text, sizeof text, WASTED, "Gebang07", 1, 3, "Sep/37");
    (void)snprintf(instead, sizeof instead, "%s (Belum ada yang terdaftar sebagai kades di sana. Mohon diteruskan.)",
                   text);
    promise(at(9, 12, "12:00"), false, text, TO(BIDAN_ALL, TPPS));
    promise(at(9, 12, "12:00"), false, instead, TO(BOSS));
    kades(2, head);
    (void)snprintf(text, sizeof text, WASTED, "Gebang02", 1, 4, "Mei/37");
    promise(at(5, 7, "12:00"), false, text, TO(BIDAN_ALL, head, TPPS));
    (void)snprintf(text, sizeof text, WASTED, "Gebang02", 1, 5, "Mei/37");
    promise(at(5, 20, "22:00"), false, text, TO(BIDAN_ALL, head, TPPS));
    promise(at(4, 11, "23:30"), true,
            "KEMATIAN IBU di Posyandu Mawar01a, Desa Gebang01: 1 orang pada Apr/37, laporan dari Ida. Mohon segera "
            "ditindaklanjuti.",
            TO(BIDAN_ONE, BIDAN_ALL, TPPS));
    promise(at(10, 12, "13:00"), true,
            "KEMATIAN BAYI di Desa Gebang12: 1 anak pada Okt/37, laporan dari Ani. Mohon segera ditindaklanjuti.",
            TO(BIDAN_ALL, TPPS));
}

static void promise_notes(void)
{
    char head[16];
    promise(at(7, 10, "23:00"), false, "Catatan dari Ani, Gebang07: LAPOR timbangan rusak", TO(BIDAN_ALL, BOSS));
    promise(at(8, 3, "10:00"), false, "Catatan dari Ida, Mawar00b: pil fe habis",
            TO(BIDAN_ONE, BIDAN_ALL, kades(0, head), BOSS));
    promise(at(9, 3, "23:00"), true,
            "MUNGKIN GAWAT, dari Ani, Gebang15: ibu siti pendarahan minta ambulan "
            "Segera telepon pengirim: 081-230-001-015",
            TO(BIDAN_ALL, BOSS));
}

static void promise_silent(void)
{
    char text[LINE_MAX], phone[16];
    for (int month = 3; month <= MONTHS; month++)
        for (int village = 0; village < WITH_POSYANDU; village++)
            for (int which = 0; which < 2; which++) {
                if (!is_silent(village, which, month - 1) || !is_silent(village, which, month - 2))
                    continue;
                (void)snprintf(
                    text, sizeof text,
                    "Posyandu di Gebang%02d yang 2 bulan tidak melapor, sampai %s/37: Mawar%02d%c. Mohon dicek "
                    "ke kadernya. Terima kasih.",
                    village, month_names[month - 2], village, 'a' + which);
                promise(at(month, 8, "09:00"), false, text, TO(kpm(village, phone), BIDAN_ALL));
            }
}

/* ---- the year ---- */

/* What was sent by this step comes in, in its order. */
static void receive(struct world *w, int step)
{
    char answer[SMS_TEXT_MAX];
    for (; year.next < year.n_events && step_at(year.events[year.next].ms) <= step; year.next++) {
        const struct event *event = &year.events[year.next];
        w->sent_ms = event->ms;
        world_say(w, event->phone, event->text, answer);
        if (w->outcome != MO_REPORT && w->outcome != MO_COMMAND)
            fail_msg("%s: %s: %s", event->phone, event->text, answer);
    }
    w->sent_ms = w->clock.wall;
}

/* What leaves for the kecamatan's people, and is no answer: what the test is about is an alert by its kind. */
static void take(const struct mt_message *mt, int step)
{
    bool night = is_night(step);
    bool urgent = strstr(mt->text, "KEMATIAN") || strstr(mt->text, "GAWAT");
    if (strcmp(mt->recipient, "+6281230001000") < 0 || mt->kind == MT_REPLY)
        return;
    if (night && !urgent)
        fail_msg("at night: %s: %s", mt->recipient, mt->text);
    note(&year.all, mt->recipient, year.start_ms, mt->text); /* whenever it was */
    if (mt->kind == MT_ALERT)
        note(&year.told, mt->recipient, step_ms(step), mt->text);
}

static void send_all(struct world *w, int step)
{
    struct mt_submit submit;
    int result;
    while ((result = outbox_next(year.outbox, "sim1", &submit, &w->error)) == OUTBOX_SUBMIT) {
        if (submit.concat_total == 1 || submit.concat_seq == 1)
            take(outbox_in_hand(year.outbox, "sim1", submit.part_id), step);
        must(world_submitted(year.outbox, "sim1", submit.part_id, SUBMIT_OK, 0, 1, &w->error));
    }
    assert_int_equal(result, OUTBOX_NOTHING);
}

static void live(struct world *w, int step)
{
    struct schedule_counts counts = {.jobs = 1};
    size_t queued = 0;
    world_pass(w, step_ms(step) - w->clock.wall);
    receive(w, step);
    while (counts.jobs > 0) {
        must(schedule_tick(w->box, &counts, &w->error));
        must(outbox_tick(year.outbox, &w->error));
        send_all(w, step);
    }
    must(alert_watch(w->box, NULL, 0, -1, &queued, &w->error));
    assert_int_equal(queued, 0); /* nothing was left untold */
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void sort(struct diary *diary)
{
    qsort(diary->lines, diary->n, sizeof *diary->lines, by_text);
}

static void forget(struct diary *diary)
{
    for (size_t i = 0; i < diary->n; i++)
        free(diary->lines[i]);
    diary->n = 0;
}

static void everyone_is_told_what_happened_once(void **state)
{
    (void)state;
    struct world *w = &year.w;
    struct diary *all = &year.all;
    for (int step = 0; step < STEPS; step++)
        live(w, step);
    assert_int_equal(year.next, year.n_events);
    promise_alerts();
    promise_notes();
    promise_silent();
    sort(all);
    for (size_t i = 1; i < all->n; i++)
        if (strcmp(all->lines[i - 1], all->lines[i]) == 0)
            fail_msg("twice: %s", all->lines[i]);
    assert_true(all->n > 100);
    sort(&year.told);
    sort(&year.promised);
    for (size_t i = 0; i < year.told.n && i < year.promised.n; i++)
        if (strcmp(year.told.lines[i], year.promised.lines[i]) != 0)
            fail_msg("promised: %s\n    told: %s", year.promised.lines[i], year.told.lines[i]);
    assert_int_equal(year.told.n, year.promised.n);
}

static int start(void **state)
{
    (void)state;
    struct world *w = &year.w;
    world_start(w, "pace_minute = 600; pace_hour = 36000; pace_day = 864000; schedule = { weekly = \"never\"; };");
    year.start_ms = at(1, 1, "00:00");
    world_pass(w, year.start_ms - w->clock.wall);
    people(w);
    must(outbox_open(w->box, &year.outbox, NULL, &w->error));
    outbox_modem_up(year.outbox, "sim1", true);
    plan_reports();
    plan_events();
    qsort(year.events, year.n_events, sizeof *year.events, by_moment);
    return 0;
}

static int end(void **state)
{
    (void)state;
    forget(&year.all);
    forget(&year.told);
    forget(&year.promised);
    year.outbox = outbox_close(year.outbox);
    world_end(&year.w);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(everyone_is_told_what_happened_once, start, end)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
