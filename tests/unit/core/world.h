/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A box for tests: the shipped sets and texts, a real database in a temporary folder, a clock that is moved by hand,
 * a village with its people, and dialogues played as a script (dialogue_play()).
 */
#ifndef KABAR_TESTS_CORE_WORLD_H
#define KABAR_TESTS_CORE_WORLD_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "core/box.h"
#include "core/intake/intake.h"
#include "core/outbox/outbox.h"
#include "settings/settings.h"
#include "store/area.h"
#include "store/contact.h"
#include "store/mo.h"
#include "store/report.h"

#define KPM      "+6281230000001"
#define KADER    "+6281230000002"
#define KPM_TWO  "+6281230000003"
#define OPERATOR "+6281230000004"
#define NO_AREA  "+6281230000005"
#define BLOCKED  "+6281230000006"
#define PENDING  "+6281230000007"
#define ENGLISH  "+6281230000008"
#define STRANGER "+6281230000099"
#define DESA     "35.12.03.2001"

struct world {
    char folder[64], database[96], conf[96];
    struct clock_fixed clock;
    struct settings *settings;
    struct store *store;
    struct box *box;
    struct error error;
    struct intake_counts counts;
    int64_t sent_ms; /* SCTS of the next message; each takes a second */
    int64_t last_mo; /* id of the newest message */
    enum mo_outcome outcome;
};

/* A test may have sets of its own. */
#ifndef WORLD_SETS
#define WORLD_SETS "\"" KABAR_SOURCE_DIR "/config/sets/hpk-2018.cfg\""
#endif
/* A test may end otherwise where something fails. */
#ifndef WORLD_FAILED
#define WORLD_FAILED fail_msg
#endif
#define must(call)                                                                                                     \
    do {                                                                                                               \
        int must_result = (call);                                                                                      \
        if (must_result != 0)                                                                                          \
            WORLD_FAILED("%s: %d: %s", #call, must_result, w->error.text);                                             \
    } while (0)

static inline void world_person(struct world *w, const char *phone, const char *name, enum contact_role role,
                                const char *code, enum contact_state state, const char *locale)
{
    struct contact contact = {.role = role, .state = state};
    struct area area;
    int64_t id;
    if (code) {
        must(store_area_by_code(w->store, view_of(code), &area, &w->error));
        contact.area_id = area.id;
    }
    (void)snprintf(contact.phone, sizeof contact.phone, "%s", phone);
    (void)snprintf(contact.name, sizeof contact.name, "%s", name);
    (void)snprintf(contact.locale, sizeof contact.locale, "%s", locale);
    must(store_contact_add(w->store, &contact, w->clock.wall, &id, &w->error));
}

static inline void world_people(struct world *w)
{
    static const char *const areas[][2] = {
        {"35", "Jawa Timur"}, {"35.12", "Situbondo"},         {"35.12.03", "Suboh"},
        {DESA, "Cemara"},     {DESA "/01", "Posyandu Mawar"}, {"35.12.03.2002", "Buduan"},
    };
    int64_t id;
    must(store_begin(w->store, &w->error));
    for (size_t i = 0; i < sizeof areas / sizeof *areas; i++)
        must(store_area_put(w->store, view_of(areas[i][0]), view_of(areas[i][1]), &id, &w->error));
    world_person(w, KPM, "Siti", ROLE_KPM, DESA, CONTACT_ACTIVE, "id");
    world_person(w, KADER, "Aminah", ROLE_KADER, DESA "/01", CONTACT_ACTIVE, "id");
    world_person(w, KPM_TWO, "Rahma", ROLE_KPM, "35.12.03.2002", CONTACT_ACTIVE, "id");
    world_person(w, OPERATOR, "Budi", ROLE_OPERATOR, "35.12.03", CONTACT_ACTIVE, "id");
    world_person(w, NO_AREA, "Wati", ROLE_KPM, NULL, CONTACT_ACTIVE, "id");
    world_person(w, BLOCKED, "Joko", ROLE_KPM, DESA, CONTACT_BLOCKED, "id");
    world_person(w, PENDING, "Dewi", ROLE_KPM, DESA, CONTACT_PENDING, "id");
    world_person(w, ENGLISH, "Ann", ROLE_BIDAN, DESA, CONTACT_ACTIVE, "en");
    must(store_commit(w->store, &w->error));
}

static inline void world_open(struct world *w)
{
    must(store_open(w->database, STORE_WRITE, "box-03", &w->store, &w->error));
    must(box_open(w->settings, w->store, clock_of_fixed(&w->clock), &w->box, &w->error));
}

static inline void world_close(struct world *w)
{
    w->box = box_close(w->box);
    w->store = store_close(w->store);
}

/* in_box: further settings of the box; extra: further lines of kabard.conf. */
static inline void world_start_box(struct world *w, const char *in_box, const char *extra)
{
    int from, to;
    *w = (struct world){.clock = {.wall = 0, .monotonic = MS_HOUR}};
    /* In memory where there is a place for that: what a disk's fsync() takes is not what is tested. */
    (void)snprintf(w->folder, sizeof w->folder, "/dev/shm/kabar-core-XXXXXX");
    if (!mkdtemp(w->folder)) {
        (void)snprintf(w->folder, sizeof w->folder, "/tmp/kabar-core-XXXXXX");
        assert_non_null(mkdtemp(w->folder));
    }
    (void)snprintf(w->database, sizeof w->database, "%s/kabar.db", w->folder);
    (void)snprintf(w->conf, sizeof w->conf, "%s/kabard.conf", w->folder);
    FILE *conf = fopen(w->conf, "w");
    assert_non_null(conf);
    const char *config = KABAR_SOURCE_DIR "/config";
    fprintf(conf,
            "box = { id = \"box-03\"; timezone = \"Asia/Jakarta\"; %s };\ndatabase = \"kabar.db\";\n"
            "sets = ( " WORLD_SETS " );\nlang = \"%s/lang/id.cfg\";\n"
            "replies = ( \"%s/replies/id.cfg\", \"%s/replies/en.cfg\" );\n%s\n",
            in_box, config, config, config, extra);
    assert_int_equal(fclose(conf), 0);
    must(zone_set("Asia/Jakarta", &w->error));
    must(time_parse("2036-10-15T09:00:00+07:00", &w->clock.wall));
    w->sent_ms = w->clock.wall;
    must(settings_open(w->conf, &w->settings, &w->error));
    must(store_init(w->database, &from, &to, &w->error));
    world_open(w);
    world_people(w);
}

static inline void world_start(struct world *w, const char *extra)
{
    world_start_box(w, "", extra);
}

static inline void world_end(struct world *w)
{
    char path[128];
    world_close(w);
    w->settings = settings_close(w->settings);
    static const char *const files[] = {"kabar.db", "kabar.db-wal", "kabar.db-shm", "kabard.conf"};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        (void)snprintf(path, sizeof path, "%s/%s", w->folder, files[i]);
        (void)unlink(path);
    }
    (void)rmdir(w->folder);
}

static inline void world_pass(struct world *w, int64_t ms)
{
    w->clock.wall += ms;
    w->clock.monotonic += ms;
    w->sent_ms = w->clock.wall;
}

static inline struct mo_part world_part(struct world *w, const char *from, const char *text)
{
    struct mo_part part = {.kind = MO_TEXT, .place = {0, 1}, .concat_ref = -1, .concat_total = 1, .concat_seq = 1};
    (void)snprintf(part.sender, sizeof part.sender, "%s", from);
    (void)snprintf(part.smsc, sizeof part.smsc, "+6281230009000");
    (void)snprintf(part.text, sizeof part.text, "%s", text);
    part.sent_ms = w->sent_ms;
    w->sent_ms += MS_SECOND;
    return part;
}

static inline int take_newest(void *data, const struct mo_message *message)
{
    struct world *w = data;
    w->last_mo = message->id;
    w->outcome = message->outcome;
    return 1;
}

/* Takes the parts in one batch; all must be stored. */
static inline void world_take(struct world *w, const struct mo_part *parts, size_t n)
{
    bool stored[MO_BATCH];
    must(intake_take(w->box, "sim1", parts, n, stored, &w->counts, &w->error));
    for (size_t i = 0; i < n; i++)
        assert_true(stored[i]);
    struct mo_filter newest = {.limit = 1};
    must(store_mo_list(w->store, &newest, take_newest, w, &w->error));
}

/* What the modem had in hand has ended, and it has nothing more to send for now. */
static inline int world_submitted(struct outbox *outbox, const char *modem, int64_t part_id, enum submit_result result,
                                  int cause, int tp_mr, struct error *error)
{
    int step = outbox_settle_and_next(outbox, modem, part_id, result, cause, tp_mr, NULL, error);
    return step < 0 ? step : 0;
}

static inline int take_text(void *data, const struct mt_message *mt)
{
    (void)snprintf(data, SMS_TEXT_MAX, "%s", mt->text);
    return 1;
}

/* What a foreign hand does to the database. */
static inline void world_sql(struct world *w, const char *sql)
{
    sqlite3 *db;
    assert_int_equal(sqlite3_open(w->database, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

/* The answer to the newest message, "" none. */
static inline void world_answer(struct world *w, char text[SMS_TEXT_MAX])
{
    struct mt_filter filter = {.mo_id = w->last_mo, .limit = 1};
    text[0] = '\0';
    must(store_mt_list(w->store, &filter, take_text, text, &w->error));
}

static inline void world_say(struct world *w, const char *from, const char *text, char answer[SMS_TEXT_MAX])
{
    struct mo_part part = world_part(w, from, text);
    world_take(w, &part, 1);
    world_answer(w, answer);
}

/* A stored value, -1 none. */
static inline int world_value(struct world *w, const char *code, const char *month, const char *form, const char *key)
{
    struct area area;
    int value = -1, number;
    assert_int_equal(month_parse(view_of(month), &number), 0);
    must(store_area_by_code(w->store, view_of(code), &area, &w->error));
    must(store_current_values(w->store, area.id, number, form, &key, 1, &value, &w->error));
    return value;
}

#endif
