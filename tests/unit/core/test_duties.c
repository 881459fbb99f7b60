/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Forms that are due at other times than each month, by tests/sets/duties.cfg. */
#define WORLD_SETS "\"" KABAR_SOURCE_DIR "/tests/sets/duties.cfg\""

#include "core/reply/expected.h"
#include "core/score/card_open.h"
#include "world.h"

static struct world world;

static int setup(void **state)
{
    world_start(&world, "schedule = { forms = \"ANAK RAPAT LAYANAN\"; };");
    *state = &world;
    return 0;
}

static int teardown(void **state)
{
    world_end(*state);
    return 0;
}

static void at(struct world *w, const char *day)
{
    char text[40];
    int64_t ms;
    (void)snprintf(text, sizeof text, "%sT09:00:00+07:00", day);
    must(time_parse(text, &ms));
    world_pass(w, ms - w->clock.wall);
}

static void says(struct world *w, const char *from, const char *text, const char *answer)
{
    char got[SMS_TEXT_MAX];
    world_say(w, from, text, got);
    if (strcmp(got, answer) != 0)
        fail_msg("%s:\n     %s\nnot: %s", text, got, answer);
}

/* What is missing of the village for the month of that day, as seen on it: "ANAK RAPAT". */
static void missing(struct world *w, const char *day, const char *forms)
{
    char got[128] = "";
    struct area area;
    unsigned bits = 0;
    at(w, day);
    struct day today = zone_local(w->clock.wall).day;
    must(store_area_by_code(w->store, view_of(DESA), &area, &w->error));
    must(expected_missing(w->box, area.id, month_of(today), today, &bits, &w->error));
    for (size_t i = 0; i < box_set(w->box, 0)->n_forms; i++)
        if (bits & 1U << i)
            (void)snprintf(got + strlen(got), sizeof got - strlen(got), "%s%s", got[0] ? " " : "",
                           box_set(w->box, 0)->forms[i].code);
    if (strcmp(got, forms) != 0)
        fail_msg("%s: missing are \"%s\", not \"%s\"", day, got, forms);
}

static void a_form_is_asked_for_from_its_day_on(void **state)
{
    struct world *w = *state;
    missing(w, "2037-01-14", "");
    missing(w, "2037-01-15", "ANAK");
    missing(w, "2037-01-31", "ANAK");
    missing(w, "2037-02-01", "RAPAT LAYANAN");
    says(w, KPM, "RAPAT 12 LAKI 4", "Tersimpan. RAPAT Feb/37: peserta 12, laki-laki 4.");
    missing(w, "2037-02-20", "ANAK LAYANAN");
    missing(w, "2037-03-20", "ANAK LAYANAN");
    says(w, KPM, "LAYANAN 5 AKTIF 4", "Tersimpan. LAYANAN Mar/37: posyandu 5, aktif 4.");
    missing(w, "2037-03-21", "ANAK");
    missing(w, "2037-04-20", "ANAK");
    missing(w, "2037-05-02", "RAPAT");
    missing(w, "2037-12-31", "ANAK RAPAT");
    missing(w, "2038-02-01", "RAPAT LAYANAN");
}

static void cek_follows(void **state)
{
    struct world *w = *state;
    at(w, "2037-01-14");
    says(w, KPM, "cek", "Cemara Jan/37: belum ada yang perlu dilaporkan.");
    at(w, "2037-02-16");
    says(w, KPM, "cek", "Cemara Feb/37: belum ada laporan (ANAK, RAPAT, LAYANAN). Ditunggu sampai 20 Feb.");
    says(w, KPM, "LAYANAN 5 AKTIF 4", "Tersimpan. LAYANAN Feb/37: posyandu 5, aktif 4.");
    says(w, KPM, "PINDAH 2", "Tersimpan. PINDAH Feb/37: keluarga pindah 2.");
    says(w, KPM, "cek", "Cemara Feb/37. Sudah masuk: LAYANAN 5, PINDAH 2. Belum: ANAK, RAPAT. Ditunggu sampai 20 Feb.");
    world_pass(w, MS_HOUR + MS_MINUTE); /* the third one within an hour has no answer */
    says(w, KPM, "RAPAT 12", "Tersimpan. RAPAT Feb/37: peserta 12.");
    says(w, KPM, "cek",
         "Cemara Feb/37. Sudah masuk: RAPAT 12, LAYANAN 5, PINDAH 2. Belum: ANAK, RAPAT (belum ada LAKI). Ditunggu "
         "sampai 20 Feb.");
    at(w, "2037-03-16");
    says(w, KPM, "cek", "Cemara Mar/37: belum ada laporan (ANAK). Ditunggu sampai 20 Mar.");
}

static void the_first_days_count_for_a_quarter_that_ended(void **state)
{
    struct world *w = *state;
    at(w, "2037-04-02");
    says(w, KPM, "RAPAT 12 LAKI 4", "Tersimpan. RAPAT Mar/37: peserta 12, laki-laki 4.");
    says(w, KPM_TWO, "PINDAH 2", "Tersimpan. PINDAH Apr/37: keluarga pindah 2.");
    says(w, KPM_TWO, "LAYANAN 5 AKTIF 4", "Tersimpan. LAYANAN Apr/37: posyandu 5, aktif 4.");
    /* a quarter that goes on, and one that has its report */
    at(w, "2037-05-02");
    says(w, KPM, "RAPAT 9 LAKI 1", "Tersimpan. RAPAT Mei/37: peserta 9, laki-laki 1.");
    at(w, "2037-07-02");
    says(w, KPM, "RAPAT 8 LAKI 1", "Tersimpan. RAPAT Jul/37: peserta 8, laki-laki 1.");
}

static void the_card_misses_what_was_due(void **state)
{
    struct world *w = *state;
    at(w, "2037-04-10");
    says(w, KPM, "MAR ANAK 40 BB 30", "Tersimpan. ANAK Mar/37: anak 40, BB 30.");
    struct area area;
    struct card *card = NULL;
    must(store_area_by_code(w->store, view_of(DESA), &area, &w->error));
    must(card_open(w->box, &area, quarter_of(2037 * 12), CARD_LIVE, 0, w->clock.wall, &card, &w->error));
    assert_int_equal(card_form_missing(card, 0), 3);
    assert_int_equal(card_form_missing(card, 1), 2); /* its day is in February */
    assert_int_equal(card_form_missing(card, 2), 0);
    assert_int_equal(card_form_missing(card, 3), 0);
    card = card_close(card);
    says(w, KPM, "MAR RAPAT 12", "Tersimpan. RAPAT Mar/37: peserta 12.");
    must(card_open(w->box, &area, quarter_of(2037 * 12), CARD_LIVE, 0, w->clock.wall, &card, &w->error));
    assert_int_equal(card_form_missing(card, 1), 0);
    card = card_close(card);
}

static int value_of(struct world *w, const char *month, const char *key)
{
    return world_value(w, DESA, month, "KEGIATAN", key);
}

/* Of the card: what the quarter comes to. */
static void counted(struct world *w, const char *code, int quarter, int numerator, int denominator)
{
    struct area area;
    struct card *card = NULL;
    must(store_area_by_code(w->store, view_of(code), &area, &w->error));
    must(card_open(w->box, &area, quarter, CARD_LIVE, 0, w->clock.wall, &card, &w->error));
    assert_int_equal(card->indicators[0].numerator, numerator);
    assert_int_equal(card->indicators[0].denominator, denominator);
    card = card_close(card);
}

static void each_report_is_one_more(void **state)
{
    struct world *w = *state;
    at(w, "2037-02-03");
    says(w, KPM, "KEGIATAN RDS 1 PESERTA 20 LAKI 6",
         "Tersimpan. KEGIATAN Feb/37 ke-1: RDS 1, peserta 20, laki-laki 6.");
    at(w, "2037-02-09");
    says(w, KPM, "kegiatan rembuk 1 hadir 30 bapak 10",
         "Tersimpan. KEGIATAN Feb/37 ke-2: rembuk 1, peserta 30, laki-laki 10.");
    assert_int_equal(value_of(w, "2037-02", "RDS"), 1);
    assert_int_equal(value_of(w, "2037-02", "PESERTA"), 50);
    assert_int_equal(value_of(w, "2037-02", "LAKI"), 16);
    at(w, "2037-03-20");
    says(w, KPM, "KEGIATAN RDS 1 PESERTA 5 LAKI 0", "Tersimpan. KEGIATAN Mar/37 ke-1: RDS 1, peserta 5, laki-laki 0.");
    says(w, KADER, "KEGIATAN RDS 1 PESERTA 8 LAKI 2",
         "Tersimpan. KEGIATAN Mar/37 ke-1: RDS 1, peserta 8, laki-laki 2.");
    counted(w, DESA, quarter_of(2037 * 12), 18, 63);
    says(w, KPM, "cek", "Cemara Mar/37. Sudah masuk: KEGIATAN 1x. Belum: ANAK, RAPAT, LAYANAN. Ditunggu sampai 5 Apr.");
    /* the last one is taken back, then the one before it */
    says(w, KPM, "BATAL",
         "Dibatalkan: KEGIATAN Mar/37 ke-1: RDS 1, peserta 5, laki-laki 0. Bila perlu, kirim lagi yang benar. Tulis "
         "bulannya: MAR KEGIATAN RDS 1 PESERTA 5 LAKI 0");
    world_pass(w, 2 * MS_HOUR);
    says(w, KPM, "batal",
         "Dibatalkan: KEGIATAN Feb/37 ke-2: REMBUK 1, PESERTA 30, LAKI 10. Bila perlu, kirim lagi yang benar. "
         "Tulis bulannya: FEB KEGIATAN REMBUK 1 PESERTA 30 LAKI 10");
    counted(w, DESA, quarter_of(2037 * 12), 8, 28);
    assert_int_equal(value_of(w, "2037-02", "PESERTA"), 20);
    int64_t updates;
    must(score_rebuild(w->box, &updates, &w->error));
    counted(w, DESA, quarter_of(2037 * 12), 8, 28);
}

static void the_same_sms_is_one(void **state)
{
    struct world *w = *state;
    char first[SMS_TEXT_MAX], again[SMS_TEXT_MAX];
    at(w, "2037-02-03");
    struct mo_part part = world_part(w, KPM, "KEGIATAN RDS 1 PESERTA 20");
    world_take(w, &part, 1);
    world_take(w, &part, 1); /* read once more from the SIM */
    assert_int_equal(value_of(w, "2037-02", "PESERTA"), 20);
    world_answer(w, first);
    world_pass(w, 10 * MS_MINUTE);
    world_say(w, KPM, "KEGIATAN RDS 1 PESERTA 20", again); /* sent once more, since no answer came */
    assert_string_equal(first, again);
    assert_int_equal(value_of(w, "2037-02", "PESERTA"), 20);
    /* the next day it is another meeting, and the answer says so */
    at(w, "2037-02-04");
    says(w, KPM, "KEGIATAN RDS 1 PESERTA 20", "Tersimpan. KEGIATAN Feb/37 ke-2: RDS 1, peserta 20.");
    assert_int_equal(value_of(w, "2037-02", "PESERTA"), 40);
}

static void two_in_one_message_are_two(void **state)
{
    struct world *w = *state;
    at(w, "2037-02-03");
    says(w, KPM, "KEGIATAN RDS 1 PESERTA 20 KEGIATAN REMBUK 1 PESERTA 30",
         "Tersimpan. KEGIATAN Feb/37 ke-1: RDS 1, peserta 20.\nKEGIATAN Feb/37 ke-2: rembuk 1, peserta 30.");
    assert_int_equal(value_of(w, "2037-02", "PESERTA"), 50);
}

static void what_goes_on_corrects(void **state)
{
    struct world *w = *state;
    at(w, "2037-02-03");
    says(w, KPM, "KEGIATAN RDS 1 PESERTA 20", "Tersimpan. KEGIATAN Feb/37 ke-1: RDS 1, peserta 20.");
    says(w, KPM, "KEGIATAN REMBUK 1 PESERTA 30 LAKI 3",
         "Tersimpan. KEGIATAN Feb/37 ke-2: rembuk 1, peserta 30, laki-laki 3.");
    says(w, KPM, "ralat laki 13", "Tersimpan. KEGIATAN Feb/37 ke-2: rembuk 1, peserta 30, laki-laki 13.");
    assert_int_equal(value_of(w, "2037-02", "LAKI"), 13);
    assert_int_equal(value_of(w, "2037-02", "PESERTA"), 50);
    /* refused, then put right: the one that it was about is still replaced */
    char refused[SMS_TEXT_MAX];
    world_say(w, KPM, "laki 31", refused);
    assert_non_null(strstr(refused, "laki-laki 31 lebih dari peserta 30"));
    assert_int_equal(value_of(w, "2037-02", "LAKI"), 13);
    says(w, KPM, "laki 11", "Tersimpan. KEGIATAN Feb/37 ke-2: rembuk 1, peserta 30, laki-laki 11.");
    assert_int_equal(value_of(w, "2037-02", "LAKI"), 11);
    assert_int_equal(value_of(w, "2037-02", "PESERTA"), 50);
    assert_int_equal(value_of(w, "2037-02", "REMBUK"), 1);
}

static int take_remark(void *data, const char *field, const char *text)
{
    (void)snprintf(data, SMS_TEXT_MAX, "%s=%s", field, text);
    return 0;
}

static int take_last(void *data, const struct report_found *found)
{
    *(int64_t *)data = found->id;
    return 1;
}

static void words_are_a_remark(void **state)
{
    struct world *w = *state;
    char text[SMS_TEXT_MAX] = "";
    int64_t id = 0;
    at(w, "2037-02-03");
    says(w, KPM, "KEGIATAN RDS 1 PESERTA 20 KET: anak 40 hadir, bidan tidak datang",
         "Tersimpan. KEGIATAN Feb/37 ke-1: RDS 1, peserta 20, ket \"anak 40 hadir, bidan tidak datang\".");
    assert_int_equal(world_value(w, DESA, "2037-02", "ANAK", "ANAK"), -1);
    must(store_report_list(w->store, &(struct report_filter){.period = MONTH_NONE, .limit = 1}, take_last, &id,
                           &w->error));
    must(store_report_texts(w->store, id, take_remark, text, &w->error));
    assert_string_equal(text, "KET=anak 40 hadir, bidan tidak datang");
    /* without its form it is no key */
    world_say(w, KPM_TWO, "ANAK 40 BB 30 keterangan lancar", text);
    assert_int_equal(world_value(w, "35.12.03.2002", "2037-01", "ANAK", "BB"), 30);
}

static void a_form_has_something_to_tell(void **state)
{
    struct world *w = *state;
    at(w, "2037-02-20");
    says(w, KPM, "ANAK 40 BB 10",
         "Tersimpan. ANAK Feb/37: anak 40, BB 10. Baru 10 dari 40 anak ditimbang, mohon dijemput.");
    assert_int_equal(world_value(w, DESA, "2037-02", "ANAK", "BB"), 10);
    says(w, KPM, "ANAK 40 BB 30", "Tersimpan. ANAK Feb/37: anak 40, BB 30.");
    says(w, ENGLISH, "ANAK 40 BB 12", "Stored. ANAK Feb/37: anak 40, BB 12. Only 12 of 40 children were weighed.");
}

static void weeks_and_stocks_are_forms_as_well(void **state)
{
    struct world *w = *state;
    at(w, "2037-02-02");
    says(w, KPM, "SKDR diare 4 dbd 1", "Tersimpan. SKDR Feb/37 ke-1: diare 4, DBD 1.");
    at(w, "2037-02-09");
    says(w, KPM, "skdr mencret 2 campak 1",
         "Tersimpan. SKDR Feb/37 ke-2: diare 2, campak 1. Campak: segera beri tahu puskesmas.");
    assert_int_equal(world_value(w, DESA, "2037-02", "SKDR", "DIARE"), 6);
    assert_int_equal(world_value(w, DESA, "2037-02", "SKDR", "DBD"), 1);
    says(w, KPM, "STOK pil fe 30 vitamin a 12", "Tersimpan. STOK Feb/37: TTD 30, vit A 12.");
    at(w, "2037-02-25");
    says(w, KPM, "stok ttd 8", "Tersimpan. STOK Feb/37: TTD 8. TTD tinggal 8, minta lagi ke puskesmas.");
    assert_int_equal(world_value(w, DESA, "2037-02", "STOK", "TTD"), 8);
    assert_int_equal(world_value(w, DESA, "2037-02", "STOK", "VITA"), 12);
}

static void others_may_not(void **state)
{
    struct world *w = *state;
    at(w, "2037-02-03");
    says(w, ENGLISH, "KEGIATAN RDS 1 PESERTA 20", "KEGIATAN Feb/37 NOT stored. KEGIATAN is sent by KPM or KADER only.");
    assert_int_equal(value_of(w, "2037-02", "RDS"), -1);
    says(w, ENGLISH, "PINDAH 2", "Stored. PINDAH Feb/37: keluarga pindah 2.");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_form_is_asked_for_from_its_day_on, setup, teardown),
        cmocka_unit_test_setup_teardown(cek_follows, setup, teardown),
        cmocka_unit_test_setup_teardown(the_first_days_count_for_a_quarter_that_ended, setup, teardown),
        cmocka_unit_test_setup_teardown(the_card_misses_what_was_due, setup, teardown),
        cmocka_unit_test_setup_teardown(each_report_is_one_more, setup, teardown),
        cmocka_unit_test_setup_teardown(the_same_sms_is_one, setup, teardown),
        cmocka_unit_test_setup_teardown(two_in_one_message_are_two, setup, teardown),
        cmocka_unit_test_setup_teardown(what_goes_on_corrects, setup, teardown),
        cmocka_unit_test_setup_teardown(words_are_a_remark, setup, teardown),
        cmocka_unit_test_setup_teardown(a_form_has_something_to_tell, setup, teardown),
        cmocka_unit_test_setup_teardown(weeks_and_stocks_are_forms_as_well, setup, teardown),
        cmocka_unit_test_setup_teardown(others_may_not, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
