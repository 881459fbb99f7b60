/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The shipped texts, each rendered with the longest values it can get, can be delivered in two parts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <unistd.h>

#include <cmocka.h>

#include "parsers/deliver.h"
#include "parsers/gsm7.h"
#include "parsers/limits.h"
#include "parsers/template.h"
#include "settings/replies.h"

/* The longest that {name} becomes: what core/ cuts lists and tokens to before it renders. */
static const struct template_value longest[] = {
    {"form", {"IBU HAMIL", 9}},
    {"period", {"Des/26", 6}},
    {"newest", {"Des/26", 6}},
    {"oldest", {"Des/26", 6}},
    {"values", {"anak 9.999, <6 bln 9.999, IDL 9.999, BB 9.999, TB 9.999, konseling 9.999, konseling ayah 9.999", 94}},
    {"problems", {"Angkanya belum jelas: K4 12,5, FE 90%, KEK 3a. Tidak dikenal: XYZ, ABC, JAMIAN (jamban/JKN?).", 93}},
    {"questions", {"ibu hamil 9.999, bulan sebelumnya 9.998", 39}},
    {"example", {"IBU HAMIL 12 K4 10 FE 11", 24}},
    {"label", {"konseling ayah", 14}},
    {"value", {"9.999", 5}},
    {"tokens", {"ABCDEFGHIJ, KLMNOPQRST, UVWXYZABCD, EFGHIJKLMN, OPQRSTUVWX..", 60}},
    {"people", {"bidan Siti Nur Halimah, kades Hasan Basri, operator Yanto, dan 99 lagi", 71}},
    {"digits", {"999", 3}},
    {"word", {"IBU HAMIL", 9}},
    {"meaning", {"anak gizi kurang, gizi buruk atau stunting yang dikunjungi di rumah", 67}},
    {"token", {"ABCDEFGHIJKLMNOPQR..", 20}},
    {"near", {"konseling ayah atau kunj rumah", 30}},
    {"key", {"STUNTING", 8}},
    {"text", {"gizi kurang 9.999 tambah gizi buruk 9.999 tambah stunting 9.999 lebih dari anak 9.999", 85}},
    {"month", {"Des", 3}},
    {"n", {"999", 3}},
    {"modem", {"modem-01.234.5..", 16}},
    {"minutes", {"10.080", 6}},
    {"room", {"999.999", 7}},
    {"number", {"9.999", 5}},
    {"amount", {"99.999.999", 10}},
    {"forms", {"IBU HAMIL, ANAK, TIKAR, PAUD, SASARAN", 37}},
    {"area", {"Mlandingan Wetan, Sumbermalang", 30}},
    {"areas", {"Sumberanyar Jatibanteng, Sumberanyar Mlandingan, Sumberanyar Jangkar, dan 99 lagi", 81}},
    {"received", {"IBU HAMIL, ANAK, TIKAR, PAUD, SASARAN", 37}},
    {"missing", {" IBU HAMIL, ANAK (kurang TB, konseling), TIKAR, PAUD", 52}},
    {"keys", {"konseling, konseling ayah, kunj rumah, jamban", 45}},
    {"box", {"box-03-situbondo", 16}},
    {"unread", {"9.999", 5}},
    {"queued", {"9.999", 5}},
    {"failed", {"9.999", 5}},
    {"signal", {"100%", 4}},
    {"quarter", {"Okt-Des/26", 10}},
    {"first", {"Okt", 3}},
    {"last", {"Des", 3}},
    {"level", {"100", 3}},
    {"change", {"turun 100", 9}},
    {"groups", {"Bumil 100, anak 100", 19}},
    {"weakest", {" kunj rumah gizi 1.234/9.999, konseling bumil 1.234/9.999, ukur TB/PB 1.234/9.999", 81}},
    {"cells", {"hijau 999, kuning 999, merah 999", 32}},
    {"group", {"bumil", 5}},
    {"percent", {"100", 3}},
    {"indicator", {"kunj rumah gizi", 15}},
    {"numerator", {"9.999", 5}},
    {"denominator", {"9.999", 5}},
    {"parts", {"255", 3}},
    {"name", {"Siti Nur Halimah Puspitasari", 28}},
    {"year", {"26", 2}},
    {"until", {"20 Des", 6}},
    {"day", {"31", 2}},
    {"modems", {"9/9", 3}},
    {"reported", {"1.234/1.234", 11}},
    {"reports", {"9.999/9.999", 11}},
    {"nobody", {" Tanpa KPM: Sumberanyar, Trebungan, dan 9 lagi.", 47}}, /* of weekly: a number */
    {"strangers", {"9.999", 5}},
    {"done", {"75.266", 6}},
    {"all", {"75.266", 6}},
    {"complete", {"75.266", 6}},
    {"due", {"24", 2}},
    {"on_time", {"24", 2}},
    {"activities", {"9.999", 5}},
    {"of", {", 17 dari 18 indikator", 22}},
    {"partial", {" Belum lengkap: Sumberanyar, Trebungan, dan 9 lagi.", 51}},
    {"silent", {" Belum lapor: Sumberanyar, Trebungan, dan 9 lagi.", 49}},
    {"village", {"9.999", 5}},
    {"sum", {"9.999", 5}},
    {"before", {"100", 3}},
    {"roles", {"KPM, KADER atau BIDAN", 21}},
    {"posyandu", {"", 0}}, /* left out where the rest needs the room */
    {"lacking", {"", 0}},  /* the same */
    {"roles", {"pendamping, tpps", 16}},
    {"phone", {"081-230-000-000-1", 17}},
    {"months", {"12", 2}},
    {"revision", {" Revisi 9, sebelumnya 100.", 26}},
};

static void check(const struct replies *replies, enum reply_text text, enum reply_length length)
{
    const char *wording = replies->text[text][length];
    for (const char *const *name = reply_text_names(text); *name; name++) {
        bool known = false;
        for (size_t i = 0; i < sizeof longest / sizeof longest[0]; i++)
            known = known || strcmp(longest[i].name, *name) == 0;
        if (!known)
            fail_msg("{%s} of %s has no longest value here", *name, reply_text_to_string(text));
    }
    char rendered[SMS_TEXT_MAX];
    size_t len = template_render(wording, longest, sizeof longest / sizeof longest[0], rendered, sizeof rendered);
    struct view fault = {"", 0};
    assert_true(len > 0 && len < sizeof rendered);
    if (deliver_check(view_of(rendered), &fault) != DELIVER_OK)
        fail_msg("%s %s: \"%.*s\" in: %s", replies->locale, reply_text_to_string(text), (int)fault.len, fault.at,
                 rendered);
    if (sms_parts(view_of(rendered)) > 2)
        fail_msg("%s %s takes %zu parts: %s", replies->locale, reply_text_to_string(text), sms_parts(view_of(rendered)),
                 rendered);
}

static void every_text_can_be_delivered(void **state)
{
    (void)state;
    static const char *const files[] = {KABAR_SOURCE_DIR "/config/replies/id.cfg",
                                        KABAR_SOURCE_DIR "/config/replies/en.cfg"};
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        struct faults faults;
        faults_init(&faults);
        struct replies_file *file = NULL;
        if (replies_file_open(files[i], &faults, &file) != 0)
            fail_msg("%s", faults.lines.text);
        assert_int_equal(file->replies.n_lacking, 0);
        for (int text = 0; text < REPLY_COUNT; text++)
            for (int length = 0; length < REPLY_LENGTHS; length++)
                check(&file->replies, (enum reply_text)text, (enum reply_length)length);
        assert_string_equal(file->replies.months[11], i == 0 ? "Des" : "Dec");
        replies_file_close(file);
        faults_deinit(&faults);
    }
}

/* The example of docs/grammar.md 10. */
static void the_grammars_example_comes_out(void **state)
{
    (void)state;
    struct faults faults;
    faults_init(&faults);
    struct replies_file *file = NULL;
    assert_int_equal(replies_file_open(KABAR_SOURCE_DIR "/config/replies/id.cfg", &faults, &file), 0);
    const struct template_value values[] = {
        {"form", view_of("IBU HAMIL")},
        {"period", view_of("Okt/26")},
        {"values", view_of("ibu hamil 12, K4 3")},
        {"tokens", view_of("XYZ 4")},
    };
    char text[200];
    size_t len = template_render(file->replies.text[REPLY_STORED][REPLY_LONG], values, 4, text, sizeof text);
    len += template_render(file->replies.text[REPLY_SEGMENT][REPLY_LONG], values, 4, text + len, sizeof text - len);
    text[len++] = ' ';
    (void)template_render(file->replies.text[REPLY_UNKNOWN_KEY][REPLY_LONG], values, 4, text + len, sizeof text - len);
    assert_string_equal(text, "Tersimpan. IBU HAMIL Okt/26: ibu hamil 12, K4 3. Tidak dikenal, belum disimpan: XYZ 4. "
                              "Kata yang benar: BANTUAN IBU HAMIL.");
    replies_file_close(file);
    faults_deinit(&faults);
}

/* A file of an older version, changed by hand: what it does not have is the shipped file's, and it is said. */
static void an_older_file_does_not_stop_the_box(void **state)
{
    (void)state;
    static const struct {
        const char *text, *ask, *cancel;
    } cases[] = {
        {"locale = \"id\"; months = [ \"Jan\", \"Feb\", \"Mar\", \"Apr\", \"Mei\", \"Jun\", \"Jul\", \"Agu\", \"Sep\", "
         "\"Okt\", \"Nov\", \"Des\" ]; segment = { long = \"Siap. {form}: {values}\"; }; guide = { title = \"Kartu\"; "
         "};",
         "ini untuk {form}", "membatalkan laporan terakhir"},
        {"locale = \"en\"; months = [ \"Jan\", \"Feb\", \"Mar\", \"Apr\", \"May\", \"Jun\", \"Jul\", \"Aug\", \"Sep\", "
         "\"Oct\", \"Nov\", \"Dec\" ]; segment = { long = \"Siap. {form}: {values}\"; }; guide = { title = \"Kartu\"; "
         "};",
         "is it for {form}", "takes back the last report"},
        /* a language that does not ship */
        {"locale = \"jv\"; months = [ \"Jan\", \"Feb\", \"Mar\", \"Apr\", \"Mei\", \"Jun\", \"Jul\", \"Agu\", \"Sep\", "
         "\"Okt\", \"Nov\", \"Des\" ]; segment = { long = \"Siap. {form}: {values}\"; }; guide = { title = \"Kartu\"; "
         "};",
         "ini untuk {form}", "membatalkan laporan terakhir"},
    };
    char path[64];
    (void)snprintf(path, sizeof path, "/tmp/kabar-replies-%d.cfg", (int)getpid());
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct replies_file *file = NULL;
        struct faults faults;
        faults_init(&faults);
        FILE *old = fopen(path, "w");
        assert_non_null(old);
        fputs(cases[i].text, old);
        fclose(old);
        if (replies_file_open(path, &faults, &file) != 0)
            fail_msg("%s", faults.lines.text);
        assert_string_equal(file->replies.text[REPLY_SEGMENT][REPLY_LONG], "Siap. {form}: {values}");
        assert_string_equal(file->replies.text[REPLY_SEGMENT][REPLY_SHORT], "Siap. {form}: {values}");
        assert_string_equal(file->replies.text[REPLY_ASK_FORM][REPLY_LONG], cases[i].ask);
        assert_string_equal(file->replies.guide[GUIDE_TITLE], "Kartu");
        assert_string_equal(file->replies.guide[GUIDE_CANCEL], cases[i].cancel);
        assert_true(file->replies.n_guide_how > 0);
        assert_int_equal(file->replies.n_lacking, REPLY_COUNT - 1 + GUIDE_COUNT);
        assert_non_null(strstr(file->replies.lacking.text, "ask_form, "));
        assert_null(strstr(file->replies.lacking.text, "segment, "));
        replies_file_close(file);
        faults_deinit(&faults);
        (void)remove(path);
    }
}

/* The shipped texts with one of them changed. */
static void mistakes_are_named(void **state)
{
    (void)state;
    static const struct {
        const char *is, *fault;
    } cases[] = {
        {"not_allowed = { long = \"{name}\"; };", "not_allowed: {name} is not known here; allowed: nothing"},
        {"not_allowed = { long = \"{\"; };", "not_allowed: a { or } without its other half"},
        {"not_allowed = { long = \"\"; };", "long must not be empty"},
        {"not_allowed = { short = \"x\"; };", "\"long\" is missing"},
        {"not_allowed = \"x\";", "not_allowed must be a group { }, not a text"},
        {"not_alowed = { long = \"x\"; };", "unknown setting \"not_alowed\", did you mean \"not_allowed\"?"},
        {"not_allowed = { long = \"Hubungi 0812\"; };",
         "not_allowed: \"0812\": more than 3 digits in a row look like a one-time password; write 1.200, /26"},
        {"not_allowed = { long = \"Nomor Anda\"; };", "not_allowed: \"Nomor\": carriers filter this word"},
        {"not_allowed = { long = \"lihat kabar.id\"; };",
         "not_allowed: \".\": it looks like a web address (a dot without a space after it)"},
        {"not_allowed = { long = \"tidak \xe2\x80\x93 boleh\"; };",
         "not_allowed: \"\xe2\x80\x93\": not in the GSM 7-bit alphabet, the SMS would cost twice as much"},
    };
    static char text[40000];
    FILE *shipped = fopen(KABAR_SOURCE_DIR "/config/replies/id.cfg", "r");
    assert_non_null(shipped);
    text[fread(text, 1, sizeof text - 1, shipped)] = '\0';
    fclose(shipped);
    char *at = strstr(text, "not_allowed = "), path[64];
    assert_non_null(at);
    const char *behind = strchr(at, '\n');
    (void)snprintf(path, sizeof path, "/tmp/kabar-replies-%d.cfg", (int)getpid());
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct replies_file *file = NULL;
        struct faults faults;
        faults_init(&faults);
        FILE *changed = fopen(path, "w");
        assert_non_null(changed);
        fprintf(changed, "%.*s%s%s", (int)(at - text), text, cases[i].is, behind);
        fclose(changed);
        assert_int_not_equal(replies_file_open(path, &faults, &file), 0);
        if (!strstr(faults.lines.text, cases[i].fault))
            fail_msg("\"%s\" instead of \"%s\"", faults.lines.text, cases[i].fault);
        faults_deinit(&faults);
        (void)remove(path);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_text_can_be_delivered),
        cmocka_unit_test(the_grammars_example_comes_out),
        cmocka_unit_test(an_older_file_does_not_stop_the_box),
        cmocka_unit_test(mistakes_are_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
