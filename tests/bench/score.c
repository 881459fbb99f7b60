/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * bench_score FOLDER [VILLAGES [MONTHS]]: what score cards cost in a country of 75,000 villages after a year of monthly
 * reports: one village's card, the national roll-up, one report's update in a village with a year and with ten years
 * after it. FOLDER is made and keeps the database (some 3 GB): a second run measures without making it again.
 */
#include <errno.h>
#include <inttypes.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "core/score/card_open.h"
#include "settings/settings.h"
#include "store/report.h"

enum { CARDS = 1000, UPDATES = 1000, MANY = 3200, TIMINGS_MAX = 20000, LAST_MONTH = 2026 * 12 + 8, OLD_YEARS = 10 };

#define NOW INT64_C(1790000000000)

static struct error error;
static struct area *villages;
static size_t n_villages;

static int64_t clock_us(clockid_t clock)
{
    struct timespec now;
    (void)clock_gettime(clock, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static int64_t now_us(void)
{
    return clock_us(CLOCK_MONOTONIC);
}

/* What a thing took by the wall's clock, and of that this process: the rest is the disk, or others at work. */
struct timing {
    int64_t wall[TIMINGS_MAX], cpu[TIMINGS_MAX], wall_begun, cpu_begun;
    size_t n;
};

static void timing_begin(struct timing *timing)
{
    timing->cpu_begun = clock_us(CLOCK_PROCESS_CPUTIME_ID);
    timing->wall_begun = now_us();
}

static void timing_end(struct timing *timing)
{
    timing->wall[timing->n] = now_us() - timing->wall_begun;
    timing->cpu[timing->n++] = clock_us(CLOCK_PROCESS_CPUTIME_ID) - timing->cpu_begun;
}

static void must(int result, const char *what)
{
    if (result == 0)
        return;
    (void)fprintf(stderr, "%s: %d: %s\n", what, result, error.text);
    exit(1);
}

static void run_sql(sqlite3 *db, const char *sql)
{
    char *why = NULL;
    int64_t begun = now_us();
    if (sqlite3_exec(db, sql, NULL, NULL, &why) != SQLITE_OK) {
        (void)fprintf(stderr, "%s: %s\n", sql, why);
        exit(1);
    }
    (void)fprintf(stderr, "  %.60s... %.1f s\n", sql, (double)(now_us() - begun) / 1e6);
}

/* 38 provinsi, 13 kabupaten in each, 14 kecamatan in each, and the villages spread over them. */
static void make_areas(struct store *store, int n)
{
    char code[AREA_CODE_MAX], name[NAME_MAX_BYTES];
    int64_t id;
    int left = n, per_kecamatan = n / (38 * 13 * 14) + 1;
    must(store_begin(store, &error), "begin");
    for (int p = 0; p < 38 && left > 0; p++) {
        (void)snprintf(code, sizeof code, "%02d", 11 + p);
        (void)snprintf(name, sizeof name, "Provinsi %d", p);
        must(store_area_put(store, view_of(code), view_of(name), &id, &error), "area");
        for (int k = 0; k < 13 * 15 && left > 0; k++) {
            int kecamatan = k % 15;
            (void)snprintf(code, sizeof code, kecamatan ? "%02d.%02d.%02d" : "%02d.%02d", 11 + p, k / 15 + 1,
                           kecamatan);
            (void)snprintf(name, sizeof name, "Wilayah %d", k);
            must(store_area_put(store, view_of(code), view_of(name), &id, &error), "area");
            for (int v = 0; kecamatan && v < per_kecamatan && left > 0; v++, left--) {
                (void)snprintf(code, sizeof code, "%02d.%02d.%02d.%04d", 11 + p, k / 15 + 1, kecamatan, 2001 + v);
                (void)snprintf(name, sizeof name, "Desa %d", left);
                must(store_area_put(store, view_of(code), view_of(name), &id, &error), "area");
            }
        }
    }
    must(store_commit(store, &error), "commit");
}

/* A report of every form with all of its keys for every month, of the villages that `where` picks. */
static void make_reports(sqlite3 *db, const struct set *set, int last_month, int months, const char *where)
{
    char *sql;
    for (size_t f = 0; f < set->n_forms; f++) {
        sql = sqlite3_mprintf(
            "WITH RECURSIVE m(n) AS (SELECT %d UNION ALL SELECT n - 1 FROM m WHERE n > %d) "
            "INSERT INTO report (uid, area_id, \"set\", form, period, status, sent_ms, created_ms) "
            "SELECT 'x', area.id, %Q, %Q, printf('%%04d-%%02d', n / 12, n %% 12 + 1), 'accepted', 1000, 1000 "
            "FROM area, m WHERE level = 4 AND %s",
            last_month, last_month - months + 1, set->name, set->forms[f].code, where);
        run_sql(db, sql);
        sqlite3_free(sql);
    }
}

static void make_values(sqlite3 *db, const struct set *set)
{
    run_sql(db, "CREATE TEMP TABLE field (form TEXT, name TEXT, top INTEGER)");
    for (size_t f = 0; f < set->n_forms; f++)
        for (size_t k = 0; k < set->forms[f].n_keys; k++) {
            char *sql = sqlite3_mprintf("INSERT INTO temp.field VALUES (%Q, %Q, %d)", set->forms[f].code,
                                        set->forms[f].keys[k].code, k == 0 ? 60 : 20);
            (void)sqlite3_exec(db, sql, NULL, NULL, NULL);
            sqlite3_free(sql);
        }
    run_sql(db, "INSERT INTO report_value SELECT report.id, field.name, (report.id * 7919) % field.top + field.top / 2 "
                "FROM report JOIN temp.field ON field.form = report.form "
                "WHERE NOT EXISTS (SELECT 1 FROM report_value WHERE report_id = report.id) "
                "ORDER BY report.id, field.name");
}

static int take_village(void *data, const struct area *area)
{
    (void)data;
    if (area->level == AREA_DESA && (n_villages & (n_villages - 1)) == 0)
        villages = realloc(villages, (n_villages ? n_villages * 2 : 1) * sizeof *villages);
    if (area->level == AREA_DESA && villages)
        villages[n_villages++] = *area;
    return 0;
}

static void list_villages(struct store *store)
{
    n_villages = 0;
    must(store_area_list(store, NULL, take_village, NULL, &error), "areas");
}

static void make_country(const char *path, struct store *store, const struct set *set, int n, int months)
{
    sqlite3 *db;
    char old[64];
    make_areas(store, n);
    list_villages(store);
    if (sqlite3_open(path, &db) != SQLITE_OK)
        exit(1);
    run_sql(db, "PRAGMA synchronous = OFF");
    run_sql(db, "PRAGMA cache_size = -400000");
    make_reports(db, set, LAST_MONTH, months, "1");
    (void)snprintf(old, sizeof old, "id = %lld", (long long)villages[1].id);
    make_reports(db, set, LAST_MONTH - months, OLD_YEARS * 12, old);
    make_values(db, set);
    run_sql(db, "PRAGMA wal_checkpoint(TRUNCATE)");
    (void)sqlite3_close(db);
}

static int by_number(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

static void show(const char *what, struct timing *timing)
{
    size_t n = timing->n;
    qsort(timing->wall, n, sizeof *timing->wall, by_number);
    qsort(timing->cpu, n, sizeof *timing->cpu, by_number);
    (void)printf("%-52s median %8.3f ms  99%% %8.3f  worst %8.3f  worst of CPU %8.3f\n", what,
                 (double)timing->wall[n / 2] / 1e3, (double)timing->wall[n * 99 / 100] / 1e3,
                 (double)timing->wall[n - 1] / 1e3, (double)timing->cpu[n - 1] / 1e3);
    timing->n = 0;
}

/* Every score anew, as kabard does it between its other work: how long others have to wait. */
static void measure_refresh(const struct box *box, struct timing *timing)
{
    int64_t updates = 0, begun = now_us();
    int r = SCORE_MORE;
    while (r == SCORE_MORE) {
        timing_begin(timing);
        r = score_refresh_step(box, SCORE_STEP_FORMS, &updates, &error);
        timing_end(timing);
    }
    must(r, "scores");
    if (updates > 0)
        (void)printf("all scores from scratch: %" PRId64 " forms of a quarter in %.1f s, %.1f us each\n", updates,
                     (double)(now_us() - begun) / 1e6, (double)(now_us() - begun) / (double)updates);
    show("one step of computing all scores anew", timing);
}

static void measure_villages(const struct box *box, struct timing *timing)
{
    static struct timing printed;
    struct buf buf;
    buf_init(&buf, 1 << 20);
    for (size_t i = 0; i < CARDS; i++) {
        const struct area *area = &villages[i * 7919 % n_villages];
        struct card *card;
        timing_begin(&printed);
        timing_begin(timing);
        must(card_open(box, area, LAST_MONTH / 3, CARD_LIVE, 0, NOW, &card, &error), "card");
        timing_end(timing);
        buf_clear(&buf);
        card_html(card, CARD_ONLY, &buf);
        timing_end(&printed);
        card_close(card);
    }
    buf_deinit(&buf);
    show("one village's card", timing);
    show("the same, printed as HTML", &printed);
}

static void measure_area(const struct box *box, struct timing *timing, const char *code, const char *what)
{
    for (size_t i = 0; i < 5; i++) {
        struct area area;
        struct card *card;
        if (code)
            must(store_area_by_code(box->store, view_of(code), &area, &error), code);
        timing_begin(timing);
        must(card_open(box, code ? &area : NULL, LAST_MONTH / 3, CARD_LIVE, 0, NOW, &card, &error), "roll-up");
        timing_end(timing);
        card_close(card);
    }
    show(what, timing);
}

/* A report of one number and its score, as often as asked for in the same three months; nothing of it stays. */
static void measure_update(const struct box *box, struct timing *timing, const struct area *area, int n,
                           const char *what)
{
    must(store_begin(box->store, &error), "begin");
    for (int i = 0; i < n; i++) {
        struct report_value value = {"K4", i % 20};
        struct report_row row = {.area_id = area->id,
                                 .set = box_set(box, 0)->name,
                                 .form = "IBU_HAMIL",
                                 .period = LAST_MONTH - i % 3,
                                 .status = STATUS_ACCEPTED,
                                 .sent_ms = 2000 + i,
                                 .created_ms = 2000,
                                 .values = &value,
                                 .n_values = 1};
        int64_t id;
        timing_begin(timing);
        must(store_report_add(box->store, &row, &id, &error), "report");
        must(score_update(box, area->id, "IBU_HAMIL", row.period, &error), "update");
        timing_end(timing);
        if (i < n - UPDATES)
            timing->n = 0;
    }
    store_rollback(box->store);
    show(what, timing);
}

static int64_t number(const char *text)
{
    int64_t n = 0;
    for (; *text >= '0' && *text <= '9'; text++)
        n = n * 10 + (*text - '0');
    return n;
}

int main(int argc, char **argv)
{
    const char *folder = argc > 1 ? argv[1] : "";
    int64_t n = number(argc > 2 ? argv[2] : "75000"), months = number(argc > 3 ? argv[3] : "12");
    char conf[512], database[512];
    if (!folder[0]) {
        (void)fprintf(stderr, "usage: bench_score FOLDER [VILLAGES [MONTHS]]\n");
        return 2;
    }
    (void)mkdir(folder, 0777);
    (void)snprintf(conf, sizeof conf, "%s/kabard.conf", folder);
    (void)snprintf(database, sizeof database, "%s/kabar.db", folder);
    FILE *file = fopen(conf, "w");
    if (!file)
        return 3;
    (void)fprintf(file, "box = { id = \"bench\"; timezone = \"Asia/Jakarta\"; };\ndatabase = \"kabar.db\";\n"
                        "sets = ( \"" KABAR_SOURCE_DIR "/config/sets/hpk-2018.cfg\" );\n"
                        "lang = \"" KABAR_SOURCE_DIR "/config/lang/id.cfg\";\n"
                        "replies = \"" KABAR_SOURCE_DIR "/config/replies/id.cfg\";\n");
    (void)fclose(file);
    struct settings *settings;
    struct store *store;
    struct box *box;
    int from, to;
    bool made = access(database, F_OK) == 0;
    must(zone_set("Asia/Jakarta", &error), "zone");
    must(settings_open(conf, &settings, &error), "settings");
    must(store_init(database, &from, &to, &error), "init");
    must(store_open(database, STORE_WRITE, "bench", &store, &error), "open");
    if (!made)
        make_country(database, store, settings->sets[0].set, (int)n, (int)months);
    must(box_open(settings, store, clock_system, &box, &error), "box");
    list_villages(store);
    static struct timing timing;
    measure_refresh(box, &timing);
    measure_villages(box, &timing);
    measure_area(box, &timing, "11.01.01", "a kecamatan");
    measure_area(box, &timing, "11.01", "a kabupaten");
    measure_area(box, &timing, "11", "a provinsi");
    measure_area(box, &timing, NULL, "the whole country");
    measure_update(box, &timing, &villages[0], UPDATES, "a report and its score, a year of history");
    measure_update(box, &timing, &villages[1], UPDATES, "the same, ten years of history");
    measure_update(box, &timing, &villages[0], MANY + UPDATES, "the same, after 3,200 of the same months");
    box_close(box);
    store_close(store);
    settings_close(settings);
    return 0;
}
