/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the box wrote is never read as a report when it comes back, and what people write is never taken for it. */
#include "core/intake/own_text.h"

#include "jsonl.h"
#include "radio.h"

static struct world the_world;

static int start(void **state)
{
    world_start(&the_world, "");
    *state = &the_world;
    return 0;
}

static int end(void **state)
{
    world_end(*state);
    return 0;
}

static int count_report(void *data, const struct report_found *report)
{
    (void)report;
    ++*(int *)data;
    return 0;
}

static int reports(struct world *w)
{
    struct report_filter filter = {.period = MONTH_NONE, .limit = 1000};
    int n = 0;
    must(store_report_list(w->store, &filter, count_report, &n, &w->error));
    return n;
}

/* Nothing is stored, and whole quotes are not answered. */
static void comes_back(struct world *w, const char *from, const char *text, bool whole)
{
    char answer[SMS_TEXT_MAX];
    int before = reports(w);
    world_say(w, from, text, answer);
    if ((whole && answer[0]) || reports(w) != before)
        fail_msg("\"%s\" is answered \"%s\", %d reports were stored", text, answer, reports(w) - before);
}

static const char *const said[] = {
    "IBU HAMIL 12 KEK 1 K4 3",
    "IBU HAMIL 12 K4 15",
    "bumil 12 k4 3 xyz 4",
    "BUMIL XYZ 4",
    "bumil 12 k4 fe 12,5 kg 8",
    "foo bar",
    "BANTUAN",
    "BANTUAN ANAK",
    "CEK",
    "BATAL",
    "sep bumil 12 k4 3",
    "BLN 1 BUMIL 12",
    "K4 3 FE 2",
    "ANAK 1200 BB 38",
    "ANAK 12 BB 38 TB 40",
    "posyandu melati bumil 12",
};

static void quote(struct world *w, const char *from, const char *answer)
{
    static const struct {
        const char *before, *after;
    } quotes[] = {{"", ""},
                  {"Pesan Anda: ", ""},
                  {"Fwd: ", ""},
                  {"Balasan otomatis, saya sedang di jalan. >> ", ""},
                  {"> ", "\nterima kasih"},
                  {"[Balas] Anda menulis: '", "' Terima kasih."}};
    char text[3 * SMS_TEXT_MAX];
    for (size_t i = 0; i < sizeof quotes / sizeof *quotes; i++) {
        (void)snprintf(text, sizeof text, "%s%s%s", quotes[i].before, answer, quotes[i].after);
        comes_back(w, from, text, true);
    }
    (void)snprintf(text, sizeof text, "Pesan Anda: %.*s", (int)(strlen(answer) * 3 / 4), answer);
    comes_back(w, from, text, false);
}

static void an_answer_comes_back(void **state)
{
    struct world *w = *state;
    char answer[SMS_TEXT_MAX];
    for (size_t i = 0; i < sizeof said / sizeof *said; i++) {
        world_say(w, KPM, said[i], answer);
        assert_string_not_equal(answer, "");
        quote(w, KPM, answer);
        world_pass(w, 2 * MS_HOUR);
    }
}

/* Another box's, or one that somebody else got: nothing like it was ever sent to this number. */
static void an_answer_comes_from_elsewhere(void **state)
{
    struct world *w = *state;
    char answer[SMS_TEXT_MAX];
    for (size_t i = 0; i < sizeof said / sizeof *said; i++) {
        world_say(w, KPM, said[i], answer);
        quote(w, KPM_TWO, answer);
        quote(w, STRANGER, answer);
        world_pass(w, 2 * MS_HOUR);
    }
}

static void what_is_no_copy_is_read(void **state)
{
    struct world *w = *state;
    char answer[SMS_TEXT_MAX];
    static const char *const texts[] = {
        "IBU HAMIL 12 KEK 1 K4 10", /* the example of the answer before */
        "ibu hamil 13, KEK 1, K4 10",
        "Okt ibu hamil 12, K4 11. Terima kasih.",
        "maaf bu, yang belum masuk: ibu hamil 12 kek 1. terima kasih",
        "laporan sudah lengkap. terima kasih. ibu hamil 14",
        "bu, ibu hamil 15 kek 0 bila tidak ada",
    };
    world_say(w, KPM, "foo bar", answer);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        world_say(w, KPM, texts[i], answer);
        if (!answer[0])
            fail_msg("\"%s\" is not answered", texts[i]);
        world_pass(w, 2 * MS_HOUR);
    }
}

/* Nothing of it is lost: with numbers beside the copy it waits for the operator, alone it is talk. */
static void a_person_looks_where_it_may_matter(void **state)
{
    struct world *w = *state;
    char answer[SMS_TEXT_MAX], text[2 * SMS_TEXT_MAX];
    world_say(w, KPM, "foo bar", answer);
    (void)snprintf(text, sizeof text, "Balasan otomatis >> %s", answer);
    world_say(w, KPM, text, answer);
    assert_int_equal(w->outcome, MO_CHAT);
    world_say(w, KPM, "bumil 12 k4 3", answer);
    (void)snprintf(text, sizeof text, "%s bumil 14", answer);
    world_say(w, KPM, text, answer);
    assert_int_equal(w->outcome, MO_UNKNOWN);
    world_say(w, KPM, "Tersimpan. IBU HAMIL Okt/36: ibu hamil 12, K4 4.", answer); /* she changed the answer's number */
    assert_int_equal(w->outcome, MO_UNKNOWN);
    assert_string_equal(answer, "");
}

static void nobodys_message_is_like_the_boxs(void **state)
{
    struct world *w = *state;
    static const char *const files[] = {"messages", "grammar", "choices"};
    static char line[65536], path[256];
    static struct json_reader reader;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        (void)snprintf(path, sizeof path, KABAR_SOURCE_DIR "/tests/corpus/%s.jsonl", files[i]);
        FILE *file = fopen(path, "r");
        assert_non_null(file);
        while (fgets(line, sizeof line, file)) {
            reader.at = line;
            reader.n = 0;
            struct view text = json_member(json_value(&reader), "text")->text;
            if (own_text_like(w->settings, text))
                fail_msg("%s", text.at);
        }
        assert_int_equal(fclose(file), 0);
    }
}

static void every_wording_is_known_again(void **state)
{
    struct world *w = *state;
    static const struct {
        const char *sent, *text;
        enum own_text own;
    } cases[] = {
        {"Mohon hadir rapat hari Senin", "Fwd: Mohon hadir rapat hari Senin", OWN_TEXT_SENT},
        {"Mohon hadir rapat hari Senin", "Mohon hadir rapat hari Senin bumil 12", OWN_TEXT_LIKE},
        {"Mohon hadir rapat hari Senin", "Re: mohon hadir rapat hari Sen", OWN_TEXT_SENT},
        {"Mohon hadir rapat hari Senin", "Re: mohon hadir rapat hari Rabu", OWN_TEXT_NOT},
        {"Mohon hadir rapat hari Senin", "mohon hadir rapat besok", OWN_TEXT_NOT},
        {"Terima kasih", "Terima kasih", OWN_TEXT_SENT},
        {"Terima kasih", "Terima kasih, bumil 12", OWN_TEXT_NOT},
        {"", "bumil 12", OWN_TEXT_NOT},
        {"bumil 12", "", OWN_TEXT_NOT},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        if (own_text_of_sent(view_of(cases[i].sent), view_of(cases[i].text)) != cases[i].own)
            fail_msg("%s", cases[i].text);
    }
    assert_true(own_text_like(w->settings, view_of(w->settings->replies[0]->text[REPLY_UNREGISTERED][REPLY_LONG])));
}

/* ---- strangers ---- */

static void strangers_do_not_use_up_the_answers(void **state)
{
    struct radio *radio = *state;
    struct world *w = &radio->w;
    char answer[SMS_TEXT_MAX], number[32];
    int answered = 0;
    w->settings->replies_box_hour = 3;
    for (int i = 0; i < 40; i++) {
        (void)snprintf(number, sizeof number, "+628123000%04d", 9900 + i);
        world_say(w, number, "halo", answer);
        answered += answer[0] != '\0';
    }
    assert_int_equal(answered, w->settings->replies_strangers_hour);
    world_say(w, KPM, "BUMIL 12 K4 3", answer);
    assert_string_equal(answer, "Tersimpan. IBU HAMIL Okt/36: ibu hamil 12, K4 3.");
    assert_true(turn(radio, "sim1")); /* and it goes out first */
    assert_string_equal(radio->last_to, KPM);
    assert_int_equal(drain(radio), answered);
    world_pass(w, MS_HOUR + MS_MINUTE);
    world_say(w, number, "halo", answer);
    assert_string_not_equal(answer, "");
    w->settings->replies_strangers_day = answered + 1;
    world_pass(w, MS_HOUR + MS_MINUTE);
    world_say(w, "+6281230008800", "halo", answer);
    assert_string_equal(answer, "");
}

/* Nor is a stranger who was answered while the clock was a year ahead left without an answer for that year. */
static void an_answer_in_a_future_is_none(void **state)
{
    struct radio *radio = *state;
    struct world *w = &radio->w;
    char answer[SMS_TEXT_MAX];
    world_say(w, STRANGER, "halo", answer);
    assert_string_not_equal(answer, "");
    world_sql(w, "UPDATE stranger SET answered_ms = answered_ms + 399 * 86400000");
    world_pass(w, MS_DAY);
    world_say(w, STRANGER, "halo lagi", answer);
    assert_string_not_equal(answer, "");
    world_pass(w, MS_DAY);
    world_say(w, STRANGER, "halo lagi bu", answer);
    assert_string_equal(answer, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(an_answer_comes_back, start, end),
        cmocka_unit_test_setup_teardown(an_answer_comes_from_elsewhere, start, end),
        cmocka_unit_test_setup_teardown(what_is_no_copy_is_read, start, end),
        cmocka_unit_test_setup_teardown(a_person_looks_where_it_may_matter, start, end),
        cmocka_unit_test_setup_teardown(nobodys_message_is_like_the_boxs, start, end),
        cmocka_unit_test_setup_teardown(every_wording_is_known_again, start, end),
        cmocka_unit_test_setup_teardown(strangers_do_not_use_up_the_answers, radio_start, radio_end),
        cmocka_unit_test_setup_teardown(an_answer_in_a_future_is_none, radio_start, radio_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
