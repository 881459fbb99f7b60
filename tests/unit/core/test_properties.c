/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What must hold for every message, whatever it says. Each run draws new messages; KABAR_SEED=n repeats one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/clock.h"
#include "parsers/reading.h"
#include "digits.h"
#include "settings/settings.h"

enum { MESSAGES = 400, FIELDS = 8, TEXT = 2048 };

static struct settings *settings;
static struct reader_workspace *workspace;
static struct reading *reading, *other;
static const struct day today = {2026, 10, 15};
static uint64_t random_state;

static uint64_t seed_of(const char *text)
{
    uint64_t number = 0;
    for (; *text >= '0' && *text <= '9'; text++)
        number = number * 10 + (uint64_t)(*text - '0');
    return number;
}

static int start(void **state)
{
    (void)state;
    struct error error;
    const char *given = getenv("KABAR_SEED");
    random_state = given ? seed_of(given) : (uint64_t)clock_system.wall_ms(NULL);
    printf("KABAR_SEED=%llu\n", (unsigned long long)random_state);
    if (settings_open(KABAR_SOURCE_DIR "/config/kabard.conf", &settings, &error) < 0) {
        fprintf(stderr, "%s\n", error.text);
        return -1;
    }
    workspace = malloc(reader_workspace_size());
    reading = malloc(sizeof *reading);
    other = malloc(sizeof *other);
    return workspace && reading && other ? 0 : -1;
}

static int end(void **state)
{
    (void)state;
    free(workspace);
    free(reading);
    free(other);
    settings = settings_close(settings);
    return 0;
}

/* SplitMix64 (public domain): small, and the same everywhere. */
static uint64_t draw(uint64_t below)
{
    random_state += UINT64_C(0x9e3779b97f4a7c15);
    uint64_t z = random_state;
    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return (z ^ z >> 31) % below;
}

/* A report as somebody may mean it: a form, its first key (-1: not said) and some of the others with values. */
struct meant {
    int form, total;
    size_t n;
    int keys[FIELDS], values[FIELDS];
};

static const struct set *set_at(size_t set)
{
    return settings->sets[set].set;
}

static struct meant mean(const struct set *set)
{
    struct meant meant = {.form = (int)draw(set->n_forms), .total = (int)draw(1000)};
    const struct form *form = &set->forms[meant.form];
    for (size_t k = 1; k < form->n_keys && meant.n < FIELDS; k++) {
        if (draw(2) == 0) {
            meant.keys[meant.n] = (int)k;
            meant.values[meant.n++] = (int)draw(draw(3) ? 60 : 10000);
        }
    }
    return meant;
}

static const char *key_code(const struct form *form, int key)
{
    return form->keys[key].code;
}

/* The canonical form: name, total, then each key's code and value. Where a form has no total its first key is one of
 * them. */
static void write_plain(const struct set *set, const struct meant *meant, char ret_text[TEXT])
{
    const struct form *form = &set->forms[meant->form];
    int n = snprintf(ret_text, TEXT, "%s %s %d", form->name, form->no_total ? key_code(form, 0) : "", meant->total);
    for (size_t i = 0; i < meant->n; i++)
        n += snprintf(ret_text + n, TEXT - (size_t)n, " %s %d", key_code(form, meant->keys[i]), meant->values[i]);
}

static void read_text(size_t set, const char *text, size_t len, struct reading *ret_reading)
{
    reader_read(settings->sets[set].lexicon, (struct view){text, len}, today, NULL, workspace, ret_reading);
}

static int value_of(const struct segment *segment, int key)
{
    for (size_t i = 0; i < segment->n_fields; i++) {
        if (segment->fields[i].key == key)
            return segment->fields[i].value;
    }
    return -1;
}

static void assert_means(const struct reading *read, const struct meant *meant, const char *text)
{
    bool right = read->kind == READING_REPORT && read->n_segments == 1 && read->segments[0].form == meant->form &&
                 read->segments[0].n_problems == 0 && read->segments[0].n_fields == meant->n + (meant->total >= 0) &&
                 value_of(&read->segments[0], 0) == meant->total;
    for (size_t i = 0; i < meant->n && right; i++)
        right = value_of(&read->segments[0], meant->keys[i]) == meant->values[i];
    if (!right)
        fail_msg("read otherwise than meant: \"%s\"", text);
}

static void shuffle(struct meant *meant)
{
    for (size_t i = meant->n; i > 1; i--) {
        size_t k = draw(i);
        int key = meant->keys[i - 1], value = meant->values[i - 1];
        meant->keys[i - 1] = meant->keys[k];
        meant->values[i - 1] = meant->values[k];
        meant->keys[k] = key;
        meant->values[k] = value;
    }
}

static void any_order_gives_the_same_values(void **state)
{
    (void)state;
    char text[TEXT];
    for (int i = 0; i < MESSAGES; i++) {
        size_t set = draw(settings->n_sets);
        struct meant meant = mean(set_at(set));
        shuffle(&meant);
        write_plain(set_at(set), &meant, text);
        read_text(set, text, strlen(text), reading);
        assert_means(reading, &meant, text);
    }
}

/* Each letter in either case, each blank as some other separator. */
static size_t disguise(const char *plain, char ret_text[TEXT])
{
    static const char *const separators[] = {" ",    "  ", "\n", ", ", ":", " : ", ";",  " = ",      "\r\n",
                                             "\t",   "#",  "*",  "_",  " ", "!",   "| ", "\xc2\xa0", "\xe2\x80\x8b ",
                                             " -> ", " ("};
    size_t n = 0;
    for (const char *c = plain; *c != '\0'; c++) {
        if (*c == ' ') {
            const char *separator = separators[draw(sizeof separators / sizeof separators[0])];
            memcpy(ret_text + n, separator, strlen(separator));
            n += strlen(separator);
        } else {
            bool flip = draw(2) == 0 && ((*c >= 'A' && *c <= 'Z') || (*c >= 'a' && *c <= 'z'));
            ret_text[n++] = flip ? (char)(*c ^ 0x20) : *c;
        }
    }
    ret_text[n] = '\0';
    return n;
}

static void case_and_separators_change_nothing(void **state)
{
    (void)state;
    char plain[TEXT], text[TEXT];
    for (int i = 0; i < MESSAGES; i++) {
        size_t set = draw(settings->n_sets);
        struct meant meant = mean(set_at(set));
        write_plain(set_at(set), &meant, plain);
        size_t len = disguise(plain, text);
        read_text(set, text, len, reading);
        assert_means(reading, &meant, text);
    }
}

static void every_spelling_reads_as_its_key(void **state)
{
    (void)state;
    char text[TEXT];
    for (size_t s = 0; s < settings->n_sets; s++) {
        const struct set *set = set_at(s);
        for (size_t f = 0; f < set->n_forms; f++) {
            for (size_t k = 0; k < set->forms[f].n_keys; k++) {
                for (size_t i = 0; i < set->forms[f].keys[k].n_spellings; i++) {
                    const char *form = set->forms[f].spellings[draw(set->forms[f].n_spellings)];
                    bool total = !set->forms[f].no_total;
                    struct meant meant = {(int)f, total || k == 0 ? 40 : -1, k > 0, {(int)k}, {7}};
                    snprintf(text, sizeof text, "%s %s %s %d", form, total ? "40" : "",
                             set->forms[f].keys[k].spellings[i], k > 0 ? 7 : 40);
                    read_text(s, text, strlen(text), reading);
                    assert_means(reading, &meant, text);
                }
            }
        }
    }
}

/* Everything that was read, written plainly and read again. */
static void reading_the_canonical_form_gives_the_same(void **state)
{
    (void)state;
    char plain[TEXT], text[TEXT];
    for (int i = 0; i < MESSAGES; i++) {
        struct meant meant = mean(set_at(0));
        write_plain(set_at(0), &meant, plain);
        size_t len = disguise(plain, text);
        text[draw(len)] = "0a4 -.,xO%"[draw(10)]; /* a slip of the thumb */
        read_text(0, text, len, reading);
        for (size_t s = 0; reading->kind == READING_REPORT && s < reading->n_segments; s++) {
            const struct segment *segment = &reading->segments[s];
            const struct form *form = &set_at(0)->forms[segment->form];
            int n = snprintf(plain, sizeof plain, "%s", form->name);
            for (size_t f = 0; f < segment->n_fields; f++)
                n += snprintf(plain + n, sizeof plain - (size_t)n, " %s %d",
                              segment->fields[f].key == 0 && !form->no_total && n == (int)strlen(form->name)
                                  ? ""
                                  : key_code(form, segment->fields[f].key),
                              segment->fields[f].value);
            int total = value_of(segment, 0);
            bool like_a_year = total >= 2000 && total <= 2099; /* "TIKAR 2O70" is 2070, "TIKAR 2070" a period */
            if (segment->n_fields == 0 || like_a_year || (segment->fields[0].key != 0 && total >= 0))
                continue;
            read_text(0, plain, (size_t)n, other);
            bool again = other->n_segments == 1 && other->segments[0].n_problems == 0 &&
                         other->segments[0].n_fields == segment->n_fields;
            for (size_t f = 0; again && f < segment->n_fields; f++)
                again = value_of(&other->segments[0], segment->fields[f].key) == segment->fields[f].value;
            if (!again)
                fail_msg("\"%s\", read from \"%.*s\", is read otherwise", plain, (int)len, text);
        }
    }
}

static bool within(struct view part, const char *text, size_t len)
{
    return part.len == 0 || (part.at >= text && part.at + part.len <= text + len);
}

static void assert_sound(const struct reading *read, const char *text, size_t len)
{
    assert_true(read->n_segments <= SEGMENTS_MAX && read->n_notes <= READING_NOTES_MAX);
    assert_true((read->kind == READING_REPORT) == (read->n_segments > 0));
    assert_true((read->kind == READING_COMMAND) == (read->command != COMMAND_NONE));
    for (size_t s = 0; s < read->n_segments; s++) {
        const struct segment *segment = &read->segments[s];
        uint64_t seen = 0;
        assert_true(within(segment->token, text, len) && within(segment->period.token, text, len));
        assert_true(segment->n_fields <= FORM_KEYS_MAX && segment->n_problems <= SEGMENT_PROBLEMS_MAX);
        for (size_t i = 0; i < segment->n_fields; i++) {
            const struct field *field = &segment->fields[i];
            assert_true(field->value >= 0 && field->value <= VALUE_MAX);
            assert_true(within(field->token, text, len) && within(field->value_token, text, len));
            assert_false(seen >> field->key & 1);
            assert_false(segment->unreadable >> field->key & 1);
            seen |= UINT64_C(1) << field->key;
        }
        for (size_t i = 0; i < segment->n_problems; i++)
            assert_true(within(segment->problems[i].token, text, len));
    }
    for (size_t i = 0; i < read->n_notes; i++)
        assert_true(within(read->notes[i].token, text, len));
}

static const char *const scraps[] = {"bumil",
                                     "anak",
                                     "ibu",
                                     "hamil",
                                     "k4",
                                     "K",
                                     "4",
                                     "12",
                                     "3",
                                     "0",
                                     "tidak",
                                     "ada",
                                     "kek",
                                     "nihil",
                                     "o",
                                     "l2",
                                     "1O",
                                     "x",
                                     "?",
                                     "-",
                                     "/",
                                     ".",
                                     ",",
                                     "%",
                                     "<",
                                     ">",
                                     "okt",
                                     "2026",
                                     "bln",
                                     "tgl",
                                     "dua",
                                     "belas",
                                     "puluh",
                                     "bu",
                                     "siti",
                                     "jamben",
                                     "tikar",
                                     "h30k8",
                                     "0-23",
                                     "\n",
                                     "1.",
                                     "2)",
                                     "(spasi)",
                                     "\xe2\x80\x8b",
                                     "\xf0\x9f\x91\x8d",
                                     "\xc2\xb1",
                                     "\xd9\xa3",
                                     "gk",
                                     "orang",
                                     "dari",
                                     "lalu",
                                     "ya",
                                     "skor",
                                     "tw3",
                                     "gizi",
                                     "kurang",
                                     "rt",
                                     "03",
                                     "ini",
                                     "\xff",
                                     "'26",
                                     "juni"};

/* Words, numbers and signs of reports in no order at all, and bytes of every kind. */
static size_t scramble(char ret_text[1001])
{
    size_t n = 0, want = draw(1000);
    bool bytes = draw(4) == 0;
    while (n < want) {
        if (bytes) {
            ret_text[n++] = (char)draw(256);
            continue;
        }
        const char *scrap = scraps[draw(sizeof scraps / sizeof scraps[0])];
        size_t len = strlen(scrap);
        if (n + len + 1 > 1000)
            break;
        memcpy(ret_text + n, scrap, len);
        n += len;
        if (draw(5) != 0)
            ret_text[n++] = ' ';
    }
    return n;
}

static void any_bytes_give_a_sound_answer(void **state)
{
    (void)state;
    char *text = malloc(1001);
    assert_non_null(text);
    for (int i = 0; i < 10 * MESSAGES; i++) {
        size_t len = scramble(text);
        read_text(draw(settings->n_sets), text, len, reading);
        assert_sound(reading, text, len);
    }
    free(text);
}

static bool same(const struct reading *a, const struct reading *b)
{
    bool equal =
        a->kind == b->kind && a->command == b->command && a->n_segments == b->n_segments && a->n_notes == b->n_notes;
    for (size_t s = 0; equal && s < a->n_segments; s++) {
        const struct segment *one = &a->segments[s], *two = &b->segments[s];
        equal = one->form == two->form && one->n_fields == two->n_fields && one->n_problems == two->n_problems &&
                one->period.month == two->period.month && one->unreadable == two->unreadable;
        for (size_t i = 0; equal && i < one->n_fields; i++)
            equal = one->fields[i].key == two->fields[i].key && one->fields[i].value == two->fields[i].value;
    }
    return equal;
}

static void the_workspace_means_nothing_between_calls(void **state)
{
    (void)state;
    char text[1001];
    for (int i = 0; i < MESSAGES / 4; i++) {
        size_t len = scramble(text);
        memset(workspace, 0, reader_workspace_size());
        read_text(0, text, len, reading);
        memset(workspace, 0xff, reader_workspace_size());
        read_text(0, text, len, other);
        assert_true(same(reading, other));
    }
}

/* Time that grows faster than the text would show as a hundredfold here. Counted in work, not in a clock's time: the
 * longest message there is, of the worst patterns known, ends within the test's own limit. */
static void the_longest_message_is_read_at_once(void **state)
{
    (void)state;
    static const char *const patterns[] = {"k4",      "-",  "anak 0-2 ", "nihil ", "kek nihil ", "jambn 3 ", "1.",
                                           "gizi 3 ", "o1", "( ",        "spasi)", "<6",         "bulan ",   "12-"};
    char *text = malloc(TEXT_MAX);
    assert_non_null(text);
    for (size_t p = 0; p < sizeof patterns / sizeof patterns[0]; p++) {
        size_t len = 0, step = strlen(patterns[p]);
        while (len + step <= TEXT_MAX) {
            memcpy(text + len, patterns[p], step);
            len += step;
        }
        memcpy(text, "bumil 9 ", 8);
        read_text(0, text, len, reading);
        assert_sound(reading, text, len);
    }
    free(text);
}

static void more_than_the_longest_is_refused(void **state)
{
    (void)state;
    char *text = calloc(1, TEXT_MAX + 1);
    assert_non_null(text);
    read_text(0, text, TEXT_MAX + 1, reading);
    assert_true(reading->too_long);
    assert_int_equal(reading->kind, READING_UNKNOWN);
    read_text(0, text, TEXT_MAX, reading);
    assert_false(reading->too_long);
    free(text);
}

/* Three forms over twelve months, then a line for each key, as some write. */
static void more_segments_than_are_kept_are_refused(void **state)
{
    (void)state;
    static const char *const forms[] = {"bumil", "anak", "paud"};
    char text[TEXT];
    int n = 0;
    for (int i = 0; i < SEGMENTS_MAX + 1; i++) {
        read_text(0, text, (size_t)n, reading);
        assert_int_equal(reading->n_segments, i);
        n += snprintf(text + n, sizeof text - (size_t)n, "%s bln %d 2025 3\n", forms[i % 3], i / 3 + 1);
    }
    read_text(0, text, (size_t)n, reading);
    assert_true(reading->too_long);
    assert_int_equal(reading->n_segments, 0);
    assert_int_equal(reading->kind, READING_UNKNOWN);
    n = 0;
    for (int i = 0; i < 4 * SEGMENTS_MAX; i++)
        n += snprintf(text + n, sizeof text - (size_t)n, "%s %d\n", forms[i % 3], i % 3);
    read_text(0, text, (size_t)n, reading);
    assert_false(reading->too_long);
    assert_int_equal(reading->n_segments, 3);
}

/* Words, numbers and signs as they come, in no order that anybody would write. */
static size_t jumble(char ret_text[TEXT])
{
    static const char *const words[] = {
        "bumil", "anak", "tikar", "paud", "sasaran", "k4", "fe", "kek", "bb", "gk", "u6", "h", "k", "m", "aktif", "kf3",
        "<6", "12", "3", "40", "0", "dua puluh", "satu", "3/12", "12,5", "-5", "1.200", "43", "2026", "90%",
        "\xc2\xb1" "3", "(20+16)", "081230000001", "12-14", "l2", "5x", "+1", "belum ada", "tidak ada", "nihil", "x",
        "?", "-", "siti", "bu", "rt", "dusun", "posyandu", "melati", "desa", "okt", "bulan lalu", "umur", "th", "kg",
        "tab", "jam", "no", "tgl", "eh", "jadi", "bukan", "atau", "dan", "&", "/", "lagi", "xyz", "xyz4", "k43", "fe10",
        "12k4", "orang", "kali", ".", ",", "(", ")", "\n", ":", "=", "1.", "2.", "meninggal", "besok", "nya", "total",
        "laporan", "ralat", "lembaga",
    };
    static const char *const separators[] = {" ", " ", " ", "", ", ", "\n"};
    const char *separator = separators[draw(sizeof separators / sizeof separators[0])];
    int n = 0;
    for (uint64_t left = 2 + draw(14); left > 0; left--)
        n += snprintf(ret_text + n, TEXT - (size_t)n, "%s%s", words[draw(sizeof words / sizeof words[0])], separator);
    return (size_t)n;
}

static void no_number_goes_without_a_word(void **state)
{
    (void)state;
    char text[TEXT];
    for (int i = 0; i < 20 * MESSAGES; i++) {
        size_t len = jumble(text);
        read_text(draw(settings->n_sets), text, len, reading);
        const char *silent = digits_silent(reading, (struct view){text, len});
        if (silent)
            fail_msg("nothing is said of \"%s\" in \"%s\"", silent, text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_number_goes_without_a_word),
        cmocka_unit_test(any_order_gives_the_same_values),
        cmocka_unit_test(case_and_separators_change_nothing),
        cmocka_unit_test(every_spelling_reads_as_its_key),
        cmocka_unit_test(reading_the_canonical_form_gives_the_same),
        cmocka_unit_test(any_bytes_give_a_sound_answer),
        cmocka_unit_test(the_workspace_means_nothing_between_calls),
        cmocka_unit_test(the_longest_message_is_read_at_once),
        cmocka_unit_test(more_than_the_longest_is_refused),
        cmocka_unit_test(more_segments_than_are_kept_are_refused),
    };
    return cmocka_run_group_tests(tests, start, end);
}
