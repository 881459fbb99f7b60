/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A year of thirty villages, good, late and silent, in Asia/Jayapura, with a box that is off now and then and once
 * wakes up in 1970: everyone gets the messages that the schedule promises, each on its day, and no other. What is
 * promised is computed here from the villages' habits alone.
 */
#include "core/outbox/outbox.h"
#include "core/schedule/schedule.h"
#include "world.h"

enum { VILLAGES = 30, STEPS = 365 * 8, STEP_MS = 3 * MS_HOUR, LINES_MAX = 20000, LINE_MAX = 400, MONTHS = 12 };
enum { BUMIL = 1, ANAK = 2, TIKAR = 4, ALL = 7 };
enum { KPM_OF, HEAD_OF, KADER_ONE, KADER_TWO, PEOPLE };

static const char *const month_names[MONTHS] = {"Jan", "Feb", "Mar", "Apr", "Mei", "Jun",
                                                "Jul", "Agu", "Sep", "Okt", "Nov", "Des"};
static const char zone[] = "+09:00";
#define BOSS "+6281230009999"
#define BUSY "+6281230009998" /* TPPS of the first kecamatan */

struct diary {
    char *lines[LINES_MAX];
    size_t n;
};

static struct year {
    struct world w;
    struct outbox *outbox;
    int64_t start_ms;
    bool off[STEPS], lost[STEPS]; /* lost: it is on, but its clock is not right */
    struct diary sent, promised;
} year;

/* ---- the calendar, in steps of three hours ---- */

static int64_t at(int month, int day, const char *time)
{
    char text[40];
    int64_t ms;
    (void)snprintf(text, sizeof text, "2037-%02d-%02dT%s:00%s", month, day, time, zone);
    assert_int_equal(time_parse(text, &ms), 0);
    return ms;
}

static int64_t step_ms(int step)
{
    return year.start_ms + step * (int64_t)STEP_MS;
}

/* The first step at or after a moment at which the box is well; STEPS: none this year. */
static int first_on(int64_t ms)
{
    int step = (int)((ms - year.start_ms + STEP_MS - 1) / STEP_MS);
    while (step < STEPS && (year.off[step] || year.lost[step]))
        step++;
    return step;
}

/* The same, in the daytime. */
static int first_day(int step)
{
    while (step < STEPS && (year.off[step] || year.lost[step] || step % 8 * 3 < 7 || step % 8 * 3 >= 20))
        step++;
    return step;
}

static void away(bool *what, int64_t from, int64_t until)
{
    for (int step = 0; step < STEPS; step++)
        if (step_ms(step) >= from && step_ms(step) < until)
            what[step] = true;
}

/* ---- the villages' habits ---- */

static bool has_posyandu(int village)
{
    return village % 3 == 0;
}

static const char *phone_of(int village, int who, char ret_phone[16])
{
    (void)snprintf(ret_phone, 16, "+628123000%04d", 1000 + village * PEOPLE + who);
    return ret_phone;
}

/* When in a month someone reports, and what; 0: never. */
static int64_t habit(int village, int who, int month, unsigned *ret_forms)
{
    *ret_forms = ALL;
    if (who == KADER_ONE)
        return at(month, 12, "12:00");
    if (who == KADER_TWO)
        return village % 2 == 0 ? at(month, 22, "12:00") : 0;
    switch (village % 5) {
    case 0:
        return at(month, 10, "12:00");
    case 1:
        return at(month, 22, "12:00");
    case 2:
        return at(month, 27, "15:00");
    case 3:
        return 0;
    default:
        *ret_forms = BUMIL;
        return at(month, 10, "12:00");
    }
}

static unsigned reported(int village, int who, int month, int step)
{
    unsigned forms;
    int64_t when = habit(village, who, month, &forms);
    return when != 0 && first_on(when) <= step ? forms : 0;
}

static unsigned ever(int village, int who, int month)
{
    unsigned forms = 0;
    for (int before = 1; before < month; before++)
        forms |= reported(village, who, before, STEPS);
    return forms;
}

/* What a village or posyandu owes at a step. */
static unsigned owed(int village, int who, int month, int step)
{
    unsigned expected = ever(village, who, month), there = reported(village, who, month, step);
    if (who == KPM_OF && has_posyandu(village)) {
        expected |= ever(village, KADER_ONE, month) | ever(village, KADER_TWO, month);
        there |= reported(village, KADER_ONE, month, step) & reported(village, KADER_TWO, month, step);
    }
    return (expected ? expected : ALL) & ~there;
}

/* ---- what is promised ---- */

static void note(struct diary *diary, const char *phone, int step, const char *text)
{
    struct local_time local = zone_local(step_ms(step));
    char *line = malloc(LINE_MAX);
    assert_non_null(line);
    assert_true(diary->n < LINES_MAX);
    (void)snprintf(line, LINE_MAX, "%s %02d-%02d %s", phone, local.day.month, local.day.day, text);
    diary->lines[diary->n++] = line;
}

static const char *forms_text(unsigned forms, char ret_text[40])
{
    (void)snprintf(ret_text, 40, "%s%s%s%s%s", forms & BUMIL ? "IBU HAMIL" : "",
                   forms & BUMIL && forms & (ANAK | TIKAR) ? ", " : "", forms & ANAK ? "ANAK" : "",
                   forms & ANAK && forms & TIKAR ? ", " : "", forms & TIKAR ? "TIKAR" : "");
    return ret_text;
}

static void promise(int village, int who, int month, int64_t due, int64_t end, int stage)
{
    char phone[16], forms[40], text[300], area[40];
    int queued = first_on(due), step = first_day(queued);
    if (queued >= STEPS || step >= STEPS || step_ms(queued) >= end)
        return;
    int area_of = who == HEAD_OF ? KPM_OF : who;
    unsigned missing = owed(village, area_of, month, step);
    (void)snprintf(area, sizeof area, "%s%02d%s", who >= KADER_ONE ? "Mawar" : "Desa", village,
                   who == KADER_ONE   ? "a"
                   : who == KADER_TWO ? "b"
                                      : "");
    const char *name = month_names[month - 1], *next = month_names[month % MONTHS];
    forms_text(missing, forms);
    if (stage == 2) {
        bool one = owed(village, KADER_ONE, month, step), two = owed(village, KADER_TWO, month, step);
        if (!has_posyandu(village) || (!one && !two))
            return;
        char both[80];
        if (one && two)
            (void)snprintf(both, sizeof both, "Mawar%02da, Mawar%02db", village, village);
        else
            (void)snprintf(both, sizeof both, "Mawar%02d%s", village, one ? "a" : "b");
        (void)snprintf(text, sizeof text,
                       "Posyandu di %s yang laporan %s/37 belum lengkap: %s. Mohon bantu ingatkan. Terima kasih.", area,
                       name, both);
    } else if (missing == 0) {
        return;
    } else if (stage == 0) {
        (void)snprintf(text, sizeof text, "Mohon kirim laporan %s/37 %s yang belum masuk: %s. Terima kasih.", name,
                       area, forms);
    } else if (stage == 1) {
        (void)snprintf(text, sizeof text,
                       "Mohon segera kirim laporan %s/37 %s yang belum masuk: %s. Ditunggu sampai 5 %s. Terima kasih.",
                       name, area, forms, next);
    } else {
        (void)snprintf(text, sizeof text,
                       "Yth Bapak/Ibu Kades %s: laporan %s/37 yang belum masuk: %s. Mohon bantu ingatkan KPM dan "
                       "kader. Terima kasih.",
                       area, name, forms);
    }
    note(&year.promised, phone_of(village, who, phone), step, text);
}

static void promise_month(int village, int month)
{
    int64_t never = at(12, 31, "23:59") + MS_DAY;
    int64_t first = at(month, 20, "09:00"), again = at(month, 25, "09:00");
    for (int who = KPM_OF; who < PEOPLE; who++) {
        if (who == HEAD_OF || (who >= KADER_ONE && !has_posyandu(village)))
            continue;
        promise(village, who, month, first, again, 0);
        promise(village, who, month, again, never, 1);
    }
    promise(village, KPM_OF, month, at(month, 26, "09:00"), never, 2);
    promise(village, HEAD_OF, month, at(month, 28, "09:00"), never, 3);
}

/* Whoever of these stands there gets a card of the quarter, preliminary or not. */
static bool promise_card(int village, int quarter, int queued, const char *what)
{
    char phone[16];
    int step = first_day(queued);
    if (queued >= STEPS || step >= STEPS)
        return false;
    unsigned some = has_posyandu(village);
    for (int month = quarter * 3 - 2; month <= quarter * 3; month++)
        some |= reported(village, KPM_OF, month, queued);
    if (!some)
        return false;
    note(&year.promised, phone_of(village, KPM_OF, phone), step, what);
    note(&year.promised, phone_of(village, HEAD_OF, phone), step, what);
    return true;
}

/* The villages of a kecamatan, and its own, where any of them has a card. */
static void promise_region(int quarter, int queued, const char *what)
{
    bool any = false;
    for (int village = 0; village < VILLAGES; village++)
        any |= promise_card(village, quarter, queued, what) && village % 3 == 0;
    if (any)
        note(&year.promised, BUSY, first_day(queued), what);
}

static void promise_cards(void)
{
    for (int quarter = 1; quarter <= 4; quarter++)
        promise_region(quarter, first_on(at(quarter * 3, 25, "09:00")), "early");
    for (int quarter = 1; quarter <= 3; quarter++)
        promise_region(quarter, first_on(at(quarter * 3 + 1, 7, "09:00")), "card");
}

static void promise_all(void)
{
    for (int village = 0; village < VILLAGES; village++) {
        for (int month = 1; month <= MONTHS; month++)
            promise_month(village, month);
    }
    promise_cards();
    for (int day = 0; day < 365; day++) {
        int64_t due = year.start_ms + day * MS_DAY + 8 * (int64_t)MS_HOUR;
        if (zone_local(due).weekday != 1)
            continue;
        int step = first_day(first_on(due));
        if (step < STEPS && step_ms(step) < due + 7 * MS_DAY)
            note(&year.promised, BOSS, step, "line");
    }
}

/* ---- what happens ---- */

static void people(struct world *w)
{
    char code[24], name[40], phone[16];
    int64_t id;
    must(store_begin(w->store, &w->error));
    for (int k = 1; k <= 3; k++) {
        (void)snprintf(code, sizeof code, "35.12.%02d", 10 + k);
        (void)snprintf(name, sizeof name, "Kecamatan %d", k);
        must(store_area_put(w->store, view_of(code), view_of(name), &id, &w->error));
    }
    for (int village = 0; village < VILLAGES; village++) {
        (void)snprintf(code, sizeof code, "35.12.%02d.%04d", 11 + village % 3, 2000 + village);
        (void)snprintf(name, sizeof name, "Desa%02d", village);
        must(store_area_put(w->store, view_of(code), view_of(name), &id, &w->error));
        world_person(w, phone_of(village, KPM_OF, phone), "KPM", ROLE_KPM, code, CONTACT_ACTIVE, "id");
        world_person(w, phone_of(village, HEAD_OF, phone), "Kades", ROLE_KADES, code, CONTACT_ACTIVE, "id");
        for (int who = KADER_ONE; who <= KADER_TWO && has_posyandu(village); who++) {
            char posyandu[32];
            (void)snprintf(posyandu, sizeof posyandu, "%s/%02d", code, who);
            (void)snprintf(name, sizeof name, "Mawar%02d%c", village, who == KADER_ONE ? 'a' : 'b');
            must(store_area_put(w->store, view_of(posyandu), view_of(name), &id, &w->error));
            world_person(w, phone_of(village, who, phone), "Kader", ROLE_KADER, posyandu, CONTACT_ACTIVE, "id");
        }
    }
    world_person(w, BOSS, "Budi", ROLE_OPERATOR, NULL, CONTACT_ACTIVE, "id");
    world_person(w, BUSY, "Bu Camat", ROLE_TPPS, "35.12.11", CONTACT_ACTIVE, "id");
    must(store_commit(w->store, &w->error));
}

/* The reports that come at this step: those sent since the last one at which the box was well. */
static void receive(struct world *w, int step)
{
    char phone[16], answer[SMS_TEXT_MAX];
    struct local_time local = zone_local(step_ms(step));
    for (int village = 0; village < VILLAGES; village++) {
        for (int who = KPM_OF; who < PEOPLE; who++) {
            unsigned forms;
            int64_t when = habit(village, who, local.day.month, &forms);
            if (who == HEAD_OF || (who >= KADER_ONE && !has_posyandu(village)) || when == 0 || first_on(when) != step)
                continue;
            w->sent_ms = when;
            world_say(w, phone_of(village, who, phone),
                      forms == ALL ? "BUMIL 12 K4 3 ANAK 40 BB 30 TIKAR 40 H 40" : "BUMIL 12 K4 3", answer);
            assert_int_equal(w->outcome, MO_REPORT);
        }
    }
}

/* Everything that is due goes out; answers are not of interest here. */
static void send_all(struct world *w, int step)
{
    struct mt_submit submit;
    int result;
    while ((result = outbox_next(year.outbox, "sim1", &submit, &w->error)) == OUTBOX_SUBMIT) {
        bool mine = strcmp(submit.recipient, "+6281230001000") >= 0 && submit.concat_seq <= 1;
        if (mine && strncmp(submit.text, "Sementara ", 10) == 0)
            note(&year.sent, submit.recipient, step, "early");
        else if (mine && strstr(submit.text, ": skor "))
            note(&year.sent, submit.recipient, step, "card");
        else if (mine && strncmp(submit.text, "box-03: modem", 13) == 0)
            note(&year.sent, submit.recipient, step, "line");
        else if (mine && strstr(submit.text, "/37: ibu hamil") == NULL)
            note(&year.sent, submit.recipient, step, submit.text);
        must(world_submitted(year.outbox, "sim1", submit.part_id, SUBMIT_OK, 0, 1, &w->error));
    }
    assert_int_equal(result, OUTBOX_NOTHING);
}

/* One job at a time, and what it queued may be sent before the next. */
static size_t tick(struct world *w, int step)
{
    struct schedule_counts counts = {.jobs = 1};
    size_t jobs = 0;
    for (; counts.jobs > 0; jobs += counts.jobs) {
        must(schedule_tick(w->box, &counts, &w->error));
        must(outbox_tick(year.outbox, &w->error));
        if (!year.lost[step])
            send_all(w, step);
    }
    return jobs;
}

static void live(struct world *w, int step)
{
    world_pass(w, step_ms(step) - w->sent_ms);
    w->clock.wall = step_ms(step);
    if (year.off[step])
        return;
    if (year.lost[step]) {
        w->clock.wall = step * 1000;
        assert_int_equal(tick(w, step), 0);
        return;
    }
    receive(w, step);
    w->sent_ms = w->clock.wall;
    (void)tick(w, step);
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void everyone_gets_what_is_promised(void **state)
{
    (void)state;
    struct world *w = &year.w;
    for (int step = 0; step < STEPS; step++)
        live(w, step);
    promise_all();
    qsort(year.sent.lines, year.sent.n, sizeof *year.sent.lines, by_text);
    qsort(year.promised.lines, year.promised.n, sizeof *year.promised.lines, by_text);
    for (size_t i = 0; i < year.sent.n && i < year.promised.n; i++) {
        if (strcmp(year.sent.lines[i], year.promised.lines[i]) != 0)
            fail_msg("promised: %s\n    sent: %s", year.promised.lines[i], year.sent.lines[i]);
    }
    assert_int_equal(year.sent.n, year.promised.n);
    assert_true(year.sent.n > 700);
}

static int start(void **state)
{
    (void)state;
    struct world *w = &year.w;
    world_start(w, "pace_minute = 600; pace_hour = 36000; pace_day = 864000; schedule = { silent_day = 0; };");
    must(zone_set("Asia/Jayapura", &w->error));
    year.start_ms = at(1, 1, "00:00");
    world_pass(w, year.start_ms - w->clock.wall);
    people(w);
    must(outbox_open(w->box, &year.outbox, NULL, &w->error));
    outbox_modem_up(year.outbox, "sim1", true);
    away(year.off, at(3, 19, "00:00"), at(3, 22, "09:00"));    /* over a first reminder */
    away(year.off, at(6, 24, "00:00"), at(6, 27, "12:00"));    /* over the second, and the posyandu's */
    away(year.off, at(8, 19, "00:00"), at(8, 21, "21:00"));    /* back at night */
    away(year.off, at(9, 18, "00:00"), at(9, 25, "12:00"));    /* the first makes no sense any more */
    away(year.off, at(10, 5, "00:00"), at(10, 9, "06:00"));    /* over the cards, and a Monday */
    away(year.lost, at(11, 19, "00:00"), at(11, 21, "12:00")); /* 1970 */
    return 0;
}

static int end(void **state)
{
    (void)state;
    for (size_t i = 0; i < year.sent.n; i++)
        free(year.sent.lines[i]);
    for (size_t i = 0; i < year.promised.n; i++)
        free(year.promised.lines[i]);
    year.outbox = outbox_close(year.outbox);
    world_end(&year.w);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test_setup_teardown(everyone_gets_what_is_promised, start, end)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
