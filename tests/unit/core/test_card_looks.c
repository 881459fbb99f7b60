/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How a card looks: HTML that is well-formed, CSV and JSON that can be read back, SMS that is delivered, all words. */
#include "world.h"

#include <sqlite3.h>

#include "card/card_words.h"
#include "core/reply/score_text.h"
#include "core/score/card_open.h"
#include "parsers/deliver.h"
#include "parsers/gsm7.h"
#include "settings/set_file.h"

#define Q3       (2036 * 4 + 2)
#define EVIL     "Bu <script>\"Nuapu'u\" &amp; \x01 \xff ]]>"
#define BUF_SIZE (8 << 20)

static struct world world;

static int setup(void **state)
{
    world_start(&world, "");
    *state = &world;
    return 0;
}

static int teardown(void **state)
{
    world_end(*state);
    return 0;
}

static void say(struct world *w, const char *from, const char *text)
{
    char answer[SMS_TEXT_MAX];
    world_pass(w, MS_HOUR * 2);
    world_say(w, from, text, answer);
    assert_int_equal(w->outcome, MO_REPORT);
}

static void rename_village(struct world *w, const char *name)
{
    int64_t id;
    must(store_begin(w->store, &w->error));
    must(store_area_put(w->store, view_of(DESA), view_of(name), &id, &w->error));
    must(store_commit(w->store, &w->error));
}

/* Everything a card can say: capped, missing, differing, from posyandu. */
static void full_quarter(struct world *w)
{
    say(w, KPM, "IBU HAMIL SEP 27 BERSALIN 7 KEK 2 K4 27 FE 27 NIFAS 7 KG 8 KR 0 AIR 34 JAMBAN 34 JKN 31");
    say(w, KPM, "ANAK JUL 147 U6 27 IDL 120 BB 100 TB 90 KG 120 KGL 5 GK 50 GB 0 STUNTING 0 KR 40 AIR 147");
    say(w, KADER, "ANAK JUL 140 U6 20");
    say(w, KADER, "ANAK AGU 100 JKN 99");
    say(w, KPM, "TIKAR SEP 147 H 108 K 0 M 39");
    say(w, KPM_TWO, "BUMIL SEP 12 K4 3");
}

static struct card *open_card(struct world *w, const char *code)
{
    struct area area;
    struct card *card = NULL;
    must(store_area_by_code(w->store, view_of(code), &area, &w->error));
    must(card_open(w->box, &area, Q3, CARD_LIVE, 0, w->clock.wall, &card, &w->error));
    return card;
}

/* One element's end: skips attributes, whose values must be quoted; returns what stands after the '>'. */
static const char *skip_tag(const char *at, bool *ret_empty)
{
    bool quoted = false;
    for (; *at && (quoted || *at != '>'); at++) {
        assert_int_not_equal(*at, '<');
        quoted ^= *at == '"';
    }
    assert_int_equal(*at, '>');
    *ret_empty = at[-1] == '/';
    return at + 1;
}

/* Tags nest and close, references are whole, nothing of a control character is left. */
static void assert_well_formed(const char *html)
{
    enum { DEPTH = 32 };
    char open[DEPTH][16];
    size_t depth = 0;
    assert_memory_equal(html, "<!DOCTYPE html>\n", 16);
    for (const char *at = html + 16; *at;) {
        assert_true((unsigned char)*at >= 0x20 || *at == '\n');
        if (*at == '&')
            assert_true(strspn(at + 1, "abcdefghijklmnopqrstuvwxyz#0123456789") == strcspn(at + 1, ";"));
        if (*at != '<') {
            at++;
            continue;
        }
        bool closes = at[1] == '/', empty;
        const char *name = at + 1 + closes;
        size_t len = strcspn(name, " />");
        assert_true(len > 0 && len < sizeof open[0]);
        at = skip_tag(name, &empty);
        if (closes) {
            assert_true(depth > 0);
            depth--;
            assert_true(strlen(open[depth]) == len && memcmp(open[depth], name, len) == 0);
        } else if (!empty) {
            assert_true(depth < DEPTH);
            (void)snprintf(open[depth++], sizeof open[0], "%.*s", (int)len, name);
        }
    }
    assert_int_equal(depth, 0);
}

static void test_html(void **state)
{
    struct world *w = *state;
    static const char *const codes[] = {DESA, "35.12.03", "35.12", "35"};
    rename_village(w, EVIL);
    for (int round = 0; round < 2; round++) {
        for (size_t i = 0; i < 4; i++) {
            struct card *card = open_card(w, codes[i]);
            CLEANUP(buf_deinit) struct buf html;
            buf_init(&html, BUF_SIZE);
            card_html(card, CARD_ONLY, &html);
            assert_false(html.full);
            assert_well_formed(html.text);
            assert_null(strstr(html.text, "<script"));
            if (round == 1)
                assert_non_null(strstr(html.text, "29,63"));
            card_close(card);
        }
        if (round == 0)
            full_quarter(w);
    }
}

static int64_t number_of(const char *json, const char *path)
{
    sqlite3 *db;
    sqlite3_stmt *statement;
    assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
    assert_int_equal(
        sqlite3_prepare_v2(db, "SELECT iif(json_valid(?1), 100 * json_extract(?1, ?2), -9)", -1, &statement, NULL),
        SQLITE_OK);
    sqlite3_bind_text(statement, 1, json, -1, SQLITE_STATIC);
    sqlite3_bind_text(statement, 2, path, -1, SQLITE_STATIC);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    int64_t number = (int64_t)(sqlite3_column_double(statement, 0) + 0.5);
    sqlite3_finalize(statement);
    sqlite3_close(db);
    return number;
}

static void test_json(void **state)
{
    struct world *w = *state;
    rename_village(w, EVIL);
    full_quarter(w);
    for (size_t i = 0; i < 2; i++) {
        struct card *card = open_card(w, i ? "35.12.03" : DESA);
        CLEANUP(buf_deinit) struct buf json;
        buf_init(&json, BUF_SIZE);
        card_json(card, &json);
        assert_int_equal(number_of(json.text, "$.percent"), card_percent(card));
        assert_int_equal(number_of(json.text, "$.indicators[3].percent"), 2963);
        assert_int_equal(number_of(json.text, "$.table2[1].value"), 10800);
        card_close(card);
    }
}

/* Fields of one record, RFC 4180; *at moves after its line end. */
static size_t count_fields(const char **at)
{
    size_t n = 1;
    bool quoted = false;
    for (; **at && (quoted || **at != '\r'); (*at)++) {
        if (**at == '"')
            quoted = !quoted;
        n += **at == ',' && !quoted;
    }
    assert_false(quoted);
    assert_memory_equal(*at, "\r\n", 2);
    *at += 2;
    return n;
}

static void test_csv(void **state)
{
    struct world *w = *state;
    rename_village(w, "=1+1,\"x\"\n2");
    full_quarter(w);
    for (size_t i = 0; i < 2; i++) {
        struct card *card = open_card(w, i ? "35.12.03" : DESA);
        CLEANUP(buf_deinit) struct buf csv;
        buf_init(&csv, BUF_SIZE);
        card_csv(card, CARD_ONLY, &csv);
        size_t lines = 0;
        for (const char *at = csv.text; *at; lines++)
            assert_int_equal(count_fields(&at), 13);
        assert_int_equal(lines, 1 + 9 + 19 + 1 + 3 + 5 + 2 + (i ? 2 : 0)); /* 5: packages */
        assert_null(strstr(csv.text, ",=1"));
        assert_non_null(strstr(csv.text, "\"'=1+1,\"\"x\"\""));
        card_close(card);
    }
}

static void test_sms(void **state)
{
    struct world *w = *state;
    static const char *const names[] = {"Cemara", "Selamat Dana Nomor 12345 Juta",
                                        "Sumberanyar Mlandingan Kulon Wringinanom Tamankursi Banyuputih Bantal",
                                        "\342\200\231Udek Du\342\200\231en {}[]~|^{}[]~|^{}[]~|^{}[]~|^"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        rename_village(w, names[i]);
        if (i == 1)
            full_quarter(w);
        struct card *card = open_card(w, DESA);
        for (size_t locale = 0; locale < 2; locale++) {
            struct reply reply;
            struct view fault, parts[SMS_PARTS_MAX];
            reply_score(w->box, card, locale ? "en" : "id", &reply);
            assert_true(reply_parts(&reply, parts) <= 2);
            size_t septets;
            assert_true(gsm7_septets(view_of(reply.text), &septets));
            if (deliver_check(view_of(reply.text), &fault) != DELIVER_OK)
                fail_msg("%s: %.*s", reply.text, (int)fault.len, fault.at);
            if (i < 1)
                continue;
            static const char *const said[] = {"kunj rumah KEK 0", "konseling bumil 8", "108", "39", "bumil 88", "PAUD",
                                               "SASARAN"};
            for (size_t j = 0; j < sizeof said / sizeof *said; j++)
                if (!strstr(reply.text, said[j]))
                    fail_msg("%s: not said: %s", reply.text, said[j]);
        }
        card_close(card);
    }
}

static void test_every_set_has_every_word(void **state)
{
    (void)state;
    static const char *const files[] = {"hpk-2018", "perpres72-2022"};
    for (size_t i = 0; i < 2; i++) {
        char path[256];
        struct faults faults;
        struct set_file *file = NULL;
        (void)snprintf(path, sizeof path, KABAR_SOURCE_DIR "/config/sets/%s.cfg", files[i]);
        faults_init(&faults);
        assert_int_equal(set_file_open(path, &faults, &file), 0);
        const struct set *set = &file->set;
        for (int word = 0; word < CARD_WORD_COUNT; word++) {
            bool table2 = word == CARD_TABLE2 && !card_has_cells(set, 2);
            if (!table2 && !set_card_text(set, card_word_to_string((enum card_word)word)))
                fail_msg("%s: card has no text \"%s\"", path, card_word_to_string((enum card_word)word));
        }
        for (size_t g = 0; g < set->n_indicators; g++)
            for (int is_short = 0; is_short < 2; is_short++)
                assert_ptr_not_equal(card_group_word(set, set->indicators[g].group, is_short),
                                     set->indicators[g].group);
        assert_non_null(card_budget_word(set, 1));
        set_file_close(file);
        faults_deinit(&faults);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_html, setup, teardown),
        cmocka_unit_test_setup_teardown(test_json, setup, teardown),
        cmocka_unit_test_setup_teardown(test_csv, setup, teardown),
        cmocka_unit_test_setup_teardown(test_sms, setup, teardown),
        cmocka_unit_test(test_every_set_has_every_word),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
