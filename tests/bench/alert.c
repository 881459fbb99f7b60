/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * bench_alert FOLDER: what a report costs that raises an alert for three people (bidan, kades, the kecamatan's TPPS),
 * beside the same report of another village that raises none, in turn, each in a transaction of its own and on the
 * disk.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "bench.h"
#include "core/intake/intake.h"
#include "store/contact.h"
#include "store/mt.h"

enum { ROUNDS = 15, PAIRS = 60, VILLAGES = 2 * ROUNDS * PAIRS };

static void add_person(struct bench_box *box, int number, const char *code, enum contact_role role)
{
    struct error error;
    struct area area;
    struct contact contact = {.role = role, .state = CONTACT_ACTIVE, .name = "Sri", .locale = "id"};
    int64_t id;
    must(store_area_by_code(box->store, view_of(code), &area, &error), code, &error);
    contact.area_id = area.id;
    (void)snprintf(contact.phone, sizeof contact.phone, "+6281231%06d", number);
    must(store_contact_add(box->store, &contact, box->time.wall, &id, &error), contact.phone, &error);
}

static void add_people(struct bench_box *box)
{
    struct error error;
    must(store_begin(box->store, &error), "begin", &error);
    for (int i = 0; i < VILLAGES; i++) {
        const char *code = say("35.01.%02d.%04d", 1 + i / 1000, 2001 + i % 1000);
        add_person(box, 2 * i, code, ROLE_BIDAN);
        add_person(box, 2 * i + 1, code, ROLE_KADES);
    }
    for (int i = 0; i <= (VILLAGES - 1) / 1000; i++)
        add_person(box, 2 * VILLAGES + i, say("35.01.%02d", 1 + i), ROLE_TPPS);
    must(store_commit(box->store, &error), "commit", &error);
}

/* The seconds of one SMS from the modem to the commit. */
static double report(struct bench_box *box, int village, int wasted)
{
    struct mo_part part;
    struct intake_counts counts;
    struct error error;
    bool stored;
    bench_part(box, village, box->time.wall, &part);
    (void)snprintf(part.text, sizeof part.text, "ANAK 40 BB 30 TB 29 GB %d", wasted);
    box->time.wall += 20;
    box->time.monotonic += 20;
    double begun = now_s();
    must(intake_take(box->box, "sim1", &part, 1, &stored, &counts, &error), "intake", &error);
    double seconds = now_s() - begun;
    if (counts.replies != 1)
        die("a report of village %d was not answered", village);
    return seconds;
}

/* Whether every second village was told of, and nobody else. */
static void check(struct bench_box *box)
{
    struct error error;
    int64_t alerts = 0, n = 0;
    for (int i = 0; i < VILLAGES; i++) {
        must(store_mt_added_since(box->store, say("+6281231%06d", 2 * i), 1U << MT_ALERT, box->time.wall - MS_DAY, &n,
                                  &error),
             "outbox", &error);
        alerts += n;
    }
    if (alerts != VILLAGES / 2)
        die("%lld alerts, not %d", (long long)alerts, VILLAGES / 2);
}

int main(int argc, char **argv)
{
    struct bench_box box;
    double with[ROUNDS], without[ROUNDS], ratio[ROUNDS], cpu[2] = {0};
    if (argc != 2)
        die("usage: bench_alert FOLDER");
    bench_box_make(&box, argv[1], VILLAGES, "none", "phone");
    bench_box_open(&box, argv[1], VILLAGES);
    add_people(&box);
    for (int i = 0; i < VILLAGES; i++)
        (void)report(&box, i, 1);
    box.time.wall += 31 * MS_DAY;
    box.time.monotonic += 31 * MS_DAY;
    for (int round = 0; round < ROUNDS; round++) {
        with[round] = without[round] = 0;
        for (int i = 0; i < PAIRS; i++) {
            int village = 2 * (round * PAIRS + i);
            double begun = cpu_s();
            with[round] += report(&box, village, 3);
            double between = cpu_s();
            without[round] += report(&box, village + 1, 1);
            cpu[0] += between - begun;
            cpu[1] += cpu_s() - between;
        }
        ratio[round] = with[round] / without[round];
    }
    check(&box);
    double middle = median(ratio, ROUNDS);
    int n = ROUNDS * PAIRS;
    row("a report that raises an alert for three people",
        say("%.0f us (CPU %.0f us)", median(with, ROUNDS) * 1e6 / PAIRS, cpu[0] * 1e6 / n),
        say("one that raises none %.0f us (CPU %.0f us)", median(without, ROUNDS) * 1e6 / PAIRS, cpu[1] * 1e6 / n),
        middle, at_most(middle, 1.2, ""));
    bench_box_close(&box);
    return 0;
}
