/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Conversations: what a message means after what was said before. */
#include "dialogue.h"

/* Told by what counts at the end, and by what the answers name, not by how they are worded. */
static void play_all(const char *const *scripts, size_t n)
{
    static struct world world;
    for (size_t i = 0; i < n; i++) {
        world_start(&world, "");
        if (getenv("KABAR_SHOW"))
            fprintf(stderr, "-- %s --\n", scripts[i]);
        dialogue_play(&world, scripts[i]);
        world_end(&world);
    }
}
#define PLAY(scripts) play_all(scripts, sizeof(scripts) / sizeof *(scripts))

#define SEPTEMBER_12 "@ 2036-09-15T09:00:00+07:00\nkpm> BUMIL 12\n@ 2036-10-15T09:00:00+07:00\n"
#define JUMP         SEPTEMBER_12 "kpm> BUMIL 120 K4 3\n<* 120\n= IBU_HAMIL 2036-10 HAMIL=- K4=-\n"

static void a_refused_report_is_corrected(void **state)
{
    (void)state;
    static const char *const scripts[] = {
        "kpm> IBU HAMIL 4 K4 13\nkpm> k4 3\n<* ibu hamil 4, K4 3\n= IBU_HAMIL 2036-10 HAMIL=4 K4=3\n",
        "kpm> IBU HAMIL 4 K4 13 KEK 1\nkpm> IBU HAMIL K4 3\n<* ibu hamil 4, KEK 1, K4 3\n"
        "= IBU_HAMIL 2036-10 HAMIL=4 K4=3 KEK=1\n",
        "kpm> IBU HAMIL 4 K4 13\nkpm> maaf salah, bumil 14\n= IBU_HAMIL 2036-10 HAMIL=14 K4=13\n",
        "kpm> IBU HAMIL 4 K4 13\nkpm> bumil 14\n<* ibu hamil 14, K4 13\n= IBU_HAMIL 2036-10 HAMIL=14 K4=13\n",
        /* refused again and again it stays a draft */
        "kpm> IBU HAMIL 4 K4 13 FE 12\nkpm> k4 3\n= IBU_HAMIL 2036-10 HAMIL=- K4=-\nkpm> ralat fe 2\n"
        "= IBU_HAMIL 2036-10 HAMIL=4 K4=3 FE=2\n",
        /* a whole report that holds by itself is not refused for an old number */
        "kpm> IBU HAMIL 12 K4 13 FE 15\nkpm> IBU HAMIL 12 K4 3\n= IBU_HAMIL 2036-10 HAMIL=12 K4=3 FE=-\n",
        /* of its month, whatever day it is */
        "kpm> SEP IBU HAMIL 4 K4 13\nkpm> k4 3\n= IBU_HAMIL 2036-09 HAMIL=4 K4=3\n= IBU_HAMIL 2036-10 K4=-\n",
        "kpm> BLN 13 IBU HAMIL 12 K4 3\nkpm> ANAK 40\n= IBU_HAMIL 2036-10 HAMIL=-\n",
        /* and for twelve hours */
        "kpm> IBU HAMIL 4 K4 13\n+ 11h\nkpm> k4 3\n= IBU_HAMIL 2036-10 HAMIL=4 K4=3\n",
        "kpm> IBU HAMIL 4 K4 13\n+ 13h\nkpm> k4 3\n= IBU_HAMIL 2036-10 HAMIL=- K4=-\nkpm> ya\n"
        "= IBU_HAMIL 2036-10 HAMIL=- K4=3\n",
        /* the other forms of its message are not touched; a form that was guessed is asked */
        "kpm> BUMIL 4 K4 13 ANAK 40 BB 38\nkpm> k4 3\n= IBU_HAMIL 2036-10 HAMIL=4 K4=3\n= ANAK 2036-10 BB=38\n",
        "kpm> BUMIL 4 K4 13\nkpm> ANAK 40\nkpm> k4 3\n= IBU_HAMIL 2036-10 HAMIL=-\nkpm> iya\n"
        "= IBU_HAMIL 2036-10 HAMIL=4 K4=3\n",
        /* of another person nothing is known */
        "kpm> IBU HAMIL 4 K4 13\nkpm2> k4 3\n= IBU_HAMIL 2036-10 HAMIL=- K4=-\n",
        /* of another posyandu neither */
        "kpm> posyandu mawar anak 12 bb 13\nkpm> bb 9\n<* Posyandu Mawar\n=posyandu ANAK 2036-10 ANAK=12 BB=9\n"
        "= ANAK 2036-10 BB=-\n",
        /* what can't be read takes nothing away */
        "kpm> IBU HAMIL 4 K4 13\nkpm> k4 x\n= IBU_HAMIL 2036-10 HAMIL=- K4=-\nkpm> k4 3\n"
        "= IBU_HAMIL 2036-10 HAMIL=4 K4=3\n",
    };
    PLAY(scripts);
}

static void keys_without_a_form_go_on(void **state)
{
    (void)state;
    static const char *const scripts[] = {
        "kpm> BUMIL 12 K4 3\nkpm> ralat k4 4\nkpm> lanjutan fe 9, kek 1\nkpm> maaf yg tadi salah kr 1 ya bu\n"
        "= IBU_HAMIL 2036-10 HAMIL=12 K4=4 FE=9 KEK=1 KR=1\n",
        /* what several forms have, and single letters */
        "kpm> ANAK 40 BB 38\nkpm> air 30 jkn 35\n= ANAK 2036-10 AIR=30 JKN=35\n= IBU_HAMIL 2036-10 AIR=-\n",
        "kpm> TIKAR 40\nkpm> h 30 k 8 m 2\n= TIKAR 2036-10 UKUR=40 H=30 K=8 M=2\n",
        "kpm> SEP BUMIL 12 K4 3\nkpm> fe 9\n= IBU_HAMIL 2036-09 FE=9\n= IBU_HAMIL 2036-10 FE=-\n",
        /* without such a report, or of another form: asked */
        "kpm> k4 9\n= IBU_HAMIL 2036-10 K4=-\nkpm> ok sudah benar\n= IBU_HAMIL 2036-10 K4=9\n",
        "kpm> BUMIL 12 K4 3\n+ 13h\nkpm> k4 4\n= IBU_HAMIL 2036-10 K4=3\nkpm> tidak\n= IBU_HAMIL 2036-10 K4=3\n",
        "kpm> BUMIL 12\nkpm> ANAK 40\nkpm> k4 4\n= IBU_HAMIL 2036-10 K4=-\nkpm> ya bu\n"
        "= IBU_HAMIL 2036-10 HAMIL=12 K4=4\n",
        /* of several forms in one SMS the one that has the key, never one of two */
        "kpm> BUMIL 12 ANAK 40\nkpm> k4 4\n= IBU_HAMIL 2036-10 K4=4\n",
        "kpm> BUMIL 12 ANAK 40\nkpm> air 12\n= IBU_HAMIL 2036-10 AIR=-\n= ANAK 2036-10 AIR=-\n",
        /* two months in one SMS: which one is asked */
        "kpm> agustus bumil 11, september bumil 12\nkpm> k4 4\n= IBU_HAMIL 2036-08 K4=-\n= IBU_HAMIL 2036-09 K4=-\n",
        /* a correction by the form's name stays with the month that was just reported; asked, since none is said */
        "kpm> SEP BUMIL 12 K4 3\nkpm> BUMIL K4 4\n= IBU_HAMIL 2036-09 K4=3\n= IBU_HAMIL 2036-10 K4=-\nkpm> ya\n"
        "= IBU_HAMIL 2036-09 K4=4\n",
        "kpm> SEP BUMIL 12 K4 3\nkpm> BUMIL K4 4\nkpm> bukan, oktober\n= IBU_HAMIL 2036-09 K4=3\n"
        "= IBU_HAMIL 2036-10 K4=4\n",
        "kpm> SEP BUMIL 12 K4 3\nkpm> BUMIL 14 K4 4\n= IBU_HAMIL 2036-09 K4=3\n= IBU_HAMIL 2036-10 HAMIL=14 K4=4\n",
        /* the same of a posyandu */
        "kpm> posyandu mawar anak 12 bb 9\nkpm> tb 8\n=posyandu ANAK 2036-10 BB=9 TB=8\n= ANAK 2036-10 TB=-\n",
        "kpm> posyandu mawar anak 12\nkpm> anak tb 8\n<* seluruh Posyandu Mawar\n=posyandu ANAK 2036-10 TB=-\n= ANAK "
        "2036-10 TB=-\n"
        "kpm> iya betul bu\n=posyandu ANAK 2036-10 TB=8\n",
        "kpm> posyandu mawar anak 12\nkpm> anak 40 tb 8\n= ANAK 2036-10 ANAK=40 TB=8\n=posyandu ANAK 2036-10 TB=-\n",
        /* what was taken back is not a report; its month is still spoken of */
        "kpm> ANAK 40\nkpm> BUMIL 12\nkpm> batal\nkpm> k4 3\n= IBU_HAMIL 2036-10 K4=-\nkpm> ya\n"
        "= IBU_HAMIL 2036-10 K4=3\n",
        JUMP "kpm> tidak\nkpm> hamil 12\n= IBU_HAMIL 2036-10 HAMIL=12 K4=-\n",
        "kpm> SEP BUMIL 12\nkpm> OKT BUMIL 14\nkpm> batal\nkpm> hamil 13\nkpm> ya\n= IBU_HAMIL 2036-09 HAMIL=12\n"
        "= IBU_HAMIL 2036-10 HAMIL=13\n",
        /* what was sent later does not go before it */
        "kpm> ANAK 40\n~ 2036-10-14T09:00:00+07:00\nkpm> bb 38\n= ANAK 2036-10 BB=-\n",
    };
    PLAY(scripts);
}

static void a_question_is_answered_in_words(void **state)
{
    (void)state;
    static const char *const yes[] = {"ya",
                                      "iya betul bu",
                                      "ok sudah benar",
                                      "nggih bu",
                                      "siap",
                                      "inggih leres",
                                      "120",
                                      "iya 120",
                                      "bumil 120",
                                      "hamil 120 k4 3",
                                      "iya bu 120",
                                      "iya bu terima kasih",
                                      "tidak salah bu",
                                      "betul sekali bu",
                                      "inggih bu leres",
                                      "memang segitu bu"};
    static const char *const no[] = {"tidak",       "tidak, itu salah",  "bukan bu",   "salah bu",
                                     "mboten",      "bukan 120",         "maaf salah", "salah ketik bu",
                                     "belum benar", "tidak terima kasih"};
    static const char *const fifteen[] = {"bukan 120 tapi 15",
                                          "15 bukan 120",
                                          "harusnya 15",
                                          "bukan bu tapi 15",
                                          "tidak bu yang benar 15",
                                          "bukan bu, 15",
                                          "15",
                                          "iya bu 15",
                                          "tidak, 15",
                                          "bukan, bumil 15",
                                          "salah bu, hamil 15",
                                          "iya bu hamil nya 15 bukan 120",
                                          "maaf salah, bumil 15",
                                          "bumil 15"};
    static const struct {
        const char *const *says;
        size_t n;
        const char *end;
    } answers[] = {
        {yes, sizeof yes / sizeof *yes, "= IBU_HAMIL 2036-10 HAMIL=120 K4=3\n"},
        {no, sizeof no / sizeof *no, "= IBU_HAMIL 2036-10 HAMIL=- K4=-\nkpm> ya\n= IBU_HAMIL 2036-10 HAMIL=-\n"},
        {fifteen, sizeof fifteen / sizeof *fifteen, "<* ibu hamil 15, K4 3\n= IBU_HAMIL 2036-10 HAMIL=15 K4=3\n"}};
    for (size_t i = 0; i < sizeof answers / sizeof *answers; i++) {
        for (size_t j = 0; j < answers[i].n; j++) {
            char script[512];
            const char *const one[] = {script};
            (void)snprintf(script, sizeof script, JUMP "kpm> %s\n%s", answers[i].says[j], answers[i].end);
            PLAY(one);
        }
    }
}

static void a_question_stays_until_it_is_answered(void **state)
{
    (void)state;
    static const char *const scripts[] = {
        JUMP "kpm> fe 9\n= IBU_HAMIL 2036-10 FE=-\nkpm> ya\n= IBU_HAMIL 2036-10 HAMIL=120 K4=3 FE=9\n",
        JUMP "kpm> iya bu k4 nya 4 bukan 3\n= IBU_HAMIL 2036-10 HAMIL=120 K4=4\n",
        JUMP "kpm> bumil 120 k4 4\n= IBU_HAMIL 2036-10 HAMIL=120 K4=4\n",
        JUMP "kpm> k4 4\n= IBU_HAMIL 2036-10 K4=-\nkpm> bukan, 12\n= IBU_HAMIL 2036-10 HAMIL=12 K4=4\n",
        JUMP "kpm> ANAK 40\n= ANAK 2036-10 ANAK=40\nkpm> iya betul\n= IBU_HAMIL 2036-10 HAMIL=120\n",
        JUMP "+ 49h\nkpm> iya\n= IBU_HAMIL 2036-10 HAMIL=-\n",
        /* of two numbers that wait, one alone is not an answer; nor is another one */
        "kpm> bumil 12 3 k4 10 fe\nkpm> 11\n= IBU_HAMIL 2036-10 K4=-\nkpm> ya\n= IBU_HAMIL 2036-10 K4=3 FE=10\n",
        /* what was confirmed is not asked again */
        JUMP "kpm> ya\nkpm> k4 5\n= IBU_HAMIL 2036-10 HAMIL=120 K4=5\n",
        /* the same SMS once more is not an answer: its sender may not have seen the question yet */
        JUMP
        "kpm> BUMIL 120 K4 3\n<* YA\n! report\n= IBU_HAMIL 2036-10 HAMIL=-\nkpm> ya\n= IBU_HAMIL 2036-10 HAMIL=120\n",
        /* of two that wait one alone is not an answer to both */
        "kpm> SEP BUMIL 12 ANAK 30\nkpm> BUMIL 120 ANAK 400\nkpm> 120\n= IBU_HAMIL 2036-10 HAMIL=-\nkpm> bumil 120\n"
        "= IBU_HAMIL 2036-10 HAMIL=120\n= ANAK 2036-10 ANAK=-\nkpm> iya betul\n= ANAK 2036-10 ANAK=400\n",
        "kpm> SEP BUMIL 12 ANAK 30\nkpm> BUMIL 120 ANAK 400\nkpm> anak 400 bumil 120\n= IBU_HAMIL 2036-10 HAMIL=120\n"
        "= ANAK 2036-10 ANAK=400\n",
        /* a form that nobody typed, of one number */
        "kpm> k4 9\nkpm> untuk bumil\n= IBU_HAMIL 2036-10 K4=9\n",
        "kpm> k4 9\nkpm> bumil\n= IBU_HAMIL 2036-10 K4=9\n",
        "kpm> k4 9\nkpm> bukan, 8\n= IBU_HAMIL 2036-10 K4=8\n",
        "kpm> k4 9\nkpm> fe 3\n= IBU_HAMIL 2036-10 FE=-\nkpm> siap\n= IBU_HAMIL 2036-10 K4=9 FE=3\n",
        "kpm> k4 9\nkpm> bumil 12 k4 9 fe 3\n= IBU_HAMIL 2036-10 HAMIL=12 K4=9 FE=3\n",
        "kpm> anak 40 ganti 41\n<* 40 GANTI 41\nkpm> 40\n= ANAK 2036-10 ANAK=40\n",
        "kpm> anak 40 ganti 41\nkpm> bukan 40\n= ANAK 2036-10 ANAK=-\nkpm> iya\n= ANAK 2036-10 ANAK=41\n",
        JUMP "kpm> bukan 12\n= IBU_HAMIL 2036-10 HAMIL=-\nkpm> bukan, 12\n= IBU_HAMIL 2036-10 HAMIL=12 K4=3\n",
        "kpm> bumil 12 k4 3 ganti 4 fe 9\n<* 3 GANTI 4\nkpm> 3\n= IBU_HAMIL 2036-10 HAMIL=12 K4=3 FE=9\n",
        /* a part of the village */
        "kpm> dusun Krajan bumil 18\n<* seluruh Cemara\n= IBU_HAMIL 2036-10 HAMIL=-\nkpm> iya bu\n= IBU_HAMIL 2036-10 "
        "HAMIL=18\n",
    };
    PLAY(scripts);
}

static void a_number_that_was_asked_back_is_sent_alone(void **state)
{
    (void)state;
    static const char *const scripts[] = {
        "kpm> BUMIL 12 K4\nkpm> 3 bu\n= IBU_HAMIL 2036-10 HAMIL=12 K4=3\n",
        "kpm> BUMIL 12 K 43\nkpm> tiga\n= IBU_HAMIL 2036-10 HAMIL=12 K4=3\n",
        "kpm> SEP BUMIL 12 K4 x\nkpm> 3\n= IBU_HAMIL 2036-09 HAMIL=12 K4=3\n",
        "kpm> BUMIL K4 x\nkpm> 3\n= IBU_HAMIL 2036-10 K4=3\n",
        "kpm> BUMIL 12 K4\nkpm> 13\n= IBU_HAMIL 2036-10 HAMIL=12 K4=-\n",
        "kpm> BUMIL 12\nkpm> maaf salah, 13\n= IBU_HAMIL 2036-10 HAMIL=13\n",
        "kpm> BUMIL 12\nkpm> ralat 13 bu\n= IBU_HAMIL 2036-10 HAMIL=13\n",
        "kpm> BUMIL 12 K4 3\nkpm> ralat 13\n= IBU_HAMIL 2036-10 HAMIL=12 K4=3\n",
        "kpm> BUMIL 12\nkpm> 13\n! unknown\n= IBU_HAMIL 2036-10 HAMIL=12\n",
        /* not of one of two, nor where a question waits beside it */
        "kpm> BUMIL 12 K4 x FE x\nkpm> 3\n= IBU_HAMIL 2036-10 HAMIL=12 K4=- FE=-\n",
        "kpm> BUMIL 12 K4 x ANAK 40 BB x\nkpm> 3\n= IBU_HAMIL 2036-10 HAMIL=12 K4=-\n= ANAK 2036-10 BB=-\n",
        SEPTEMBER_12 "kpm> BUMIL 120 K4 x\nkpm> 3\n= IBU_HAMIL 2036-10 HAMIL=- K4=-\n",
        "kpm> BUMIL 12 K4\nkpm> ok\n! chat\nkpm> bukan 3\n= IBU_HAMIL 2036-10 K4=-\n",
        /* the month of what was refused for it */
        "kpm> BLN 13 BUMIL 12 K4 3\nkpm> maksudnya bulan 10\n= IBU_HAMIL 2036-10 HAMIL=12 K4=3\n",
        "kpm> BLN 13 BUMIL 12 ANAK 40\nkpm> sep\n= IBU_HAMIL 2036-09 HAMIL=12\n= ANAK 2036-09 ANAK=40\n",
        "kpm> JUNI BUMIL 12 K4 3\nkpm> juli\n= IBU_HAMIL 2036-07 HAMIL=12 K4=3\n",
        "kpm> JUNI BUMIL 12 K4 3\nkpm> BUMIL 12 K4 3\n= IBU_HAMIL 2036-10 HAMIL=12 K4=3\n",
        "kpm> JUNI BUMIL 12 K4 3\nkpm> k4 4\n= IBU_HAMIL 2036-10 K4=-\n",
        "kpm> BLN 13 BUMIL 12 K4 3\nkpm> k4 4\n= IBU_HAMIL 2036-10 K4=-\nkpm> iya\n"
        "= IBU_HAMIL 2036-10 HAMIL=12 K4=4\n",
        "kpm> BLN 13 BUMIL 12 K4 3\nkpm> laporan oktober menyusul\n= IBU_HAMIL 2036-10 HAMIL=-\n",
        "kpm> BUMIL 12\nkpm> okt\n= IBU_HAMIL 2036-10 HAMIL=12\n",
    };
    PLAY(scripts);
}

static void a_report_is_cancelled_in_words(void **state)
{
    (void)state;
    static const char *const last[] = {"batal",
                                       "batalkan",
                                       "hapus",
                                       "tidak jadi",
                                       "tidak jadi bu, batalkan saja",
                                       "gak jadi bu",
                                       "tolong batalkan yang tadi ya bu",
                                       "maaf batalkan laporan saya",
                                       "salah, batalkan",
                                       "batalkan laporan anak yg tadi",
                                       "laporan anak dibatalkan ya",
                                       "batalkan laporan oktober",
                                       "hapus data anak"};
    static const char *const asked[] = {"jangan batalkan",
                                        "tidak batal",
                                        "batal vaksin",
                                        "apakah bisa dibatalkan?",
                                        "kegiatan posyandu batal",
                                        "rembuk stunting batal hari ini",
                                        "batalkan yang pertama",
                                        "batalkan bulan september",
                                        "batalkan laporan bumil dan anak",
                                        "bagaimana cara batalkan"};
    const size_t n_last = sizeof last / sizeof *last;
    for (size_t i = 0; i < n_last + sizeof asked / sizeof *asked; i++) {
        bool cancels = i < n_last;
        char script[512];
        const char *const one[] = {script};
        (void)snprintf(script, sizeof script,
                       "kpm> BUMIL 12 K4 3\nkpm> ANAK 40 BB 38\nkpm> %s\n<* %s\n<* ANAK\n= ANAK 2036-10 ANAK=%s\n"
                       "= IBU_HAMIL 2036-10 HAMIL=12\nkpm> batal anak\n= ANAK 2036-10 ANAK=-\n",
                       cancels ? last[i] : asked[i - n_last], cancels ? "Dibatalkan" : "BATAL ANAK",
                       cancels ? "-" : "40");
        PLAY(one);
    }
}

static void without_a_question_it_is_chat(void **state)
{
    (void)state;
    static const char *const scripts[] = {
        "kpm> BUMIL 12\nkpm> ok\n<\n! chat\nkpm> siap bu\n! chat\nkpm> nggih\n! chat\nkpm> 15\n! unknown\n"
        "= IBU_HAMIL 2036-10 HAMIL=12\n",
    };
    PLAY(scripts);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_refused_report_is_corrected),   cmocka_unit_test(keys_without_a_form_go_on),
        cmocka_unit_test(a_question_is_answered_in_words), cmocka_unit_test(a_question_stays_until_it_is_answered),
        cmocka_unit_test(a_report_is_cancelled_in_words),  cmocka_unit_test(a_number_that_was_asked_back_is_sent_alone),
        cmocka_unit_test(without_a_question_it_is_chat),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
