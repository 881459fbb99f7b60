/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A set and a language small enough to see through, with what the shipped ones lack: two keys that begin alike in one
 * form (K, K4), a key that begins with a digit, a form without a total. Compiled once.
 */
#ifndef KABAR_TEST_SMALL_SET_H
#define KABAR_TEST_SMALL_SET_H

#include <stdlib.h>

#include "parsers/reading.h"

#define WORDS(...)                                                                                                     \
    {                                                                                                                  \
        (const char *const[]){__VA_ARGS__}, sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *), 1             \
    }
#define SMALL_KEY(name, denominator, at_line, ...)                                                                     \
    {                                                                                                                  \
        .code = name, .label = name, .spellings = (const char *const[]){__VA_ARGS__},                                  \
        .n_spellings = sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *), .of = denominator, .line = at_line \
    }

static const struct key sawah_keys[] = {
    SMALL_KEY("LUAS", -1, 10, "luas"),
    SMALL_KEY("K", 0, 11, "k", "kering"),
    SMALL_KEY("K4", 0, 12, "k4", "periksa air"),
    SMALL_KEY("IH", -1, 13, "ih"),
    SMALL_KEY("PANEN", 1, 14, "panen", "hasil panen"),
    SMALL_KEY("TANAM", -1, 15, "tanam"),
    SMALL_KEY("TANAH", -1, 16, "tanah"),
    SMALL_KEY("M2", -1, 17, "2t", "<6 m"),
};

static const struct key kolam_keys[] = {
    SMALL_KEY("ISI", -1, 20, "isi"),
    SMALL_KEY("LELE", 0, 21, "lele"),
};

static const struct key ternak_keys[] = {
    SMALL_KEY("SAPI", -1, 30, "sapi"),
    SMALL_KEY("AYAM", -1, 31, "ayam"),
};

static const struct form small_forms[] = {
    {.code = "SAWAH",
     .name = "SAWAH",
     .spellings = (const char *const[]){"sawah", "ladang padi"},
     .n_spellings = 2,
     .keys = sawah_keys,
     .n_keys = sizeof sawah_keys / sizeof sawah_keys[0],
     .line = 9},
    {.code = "KOLAM",
     .name = "KOLAM",
     .spellings = (const char *const[]){"kolam", "ekor ikan"},
     .n_spellings = 2,
     .keys = kolam_keys,
     .n_keys = sizeof kolam_keys / sizeof kolam_keys[0],
     .line = 19},
    {.code = "TERNAK",
     .name = "TERNAK",
     .spellings = (const char *const[]){"ternak"},
     .n_spellings = 1,
     .keys = ternak_keys,
     .n_keys = sizeof ternak_keys / sizeof ternak_keys[0],
     .no_total = true,
     .line = 29},
};

static const struct set small_set = {.name = "small", .forms = small_forms, .n_forms = 3};

static const struct number_word small_digits[] = {
    {"satu", 1},    {"dua", 2},      {"tiga", 3},     {"empat", 4},    {"lima", 5},      {"enam", 6},     {"tujuh", 7},
    {"delapan", 8}, {"sembilan", 9}, {"sepuluh", 10}, {"sebelas", 11}, {"seratus", 100}, {"seribu", 1000}};
static const struct number_word small_multipliers[] = {{"puluh", 10}, {"ratus", 100}, {"ribu", 1000}};

static const struct lang small_lang = {
    .locale = "id",
    .spaces = WORDS("spasi"),
    .fillers = WORDS("ada", "jumlah"),
    .titles = WORDS("bu", "pak"),
    .greetings = WORDS("selamat pagi", "pagi"),
    .courtesy = WORDS("ok", "ya", "siap", "\xf0\x9f\x91\x8d"),
    .thanks = WORDS("terima kasih"),
    .ordinary = WORDS("panes"),
    .units = WORDS("orang", "ekor", "x"),
    .percent = WORDS("persen"),
    .out_of = WORDS("dari"),
    .negations = WORDS("tidak", "gak"),
    .exist = WORDS("ada"),
    .zeros = WORDS("nihil", "nol"),
    .digits = {small_digits, sizeof small_digits / sizeof small_digits[0]},
    .adds_ten = WORDS("belas"),
    .multipliers = {small_multipliers, sizeof small_multipliers / sizeof small_multipliers[0]},
    .months = {WORDS("januari", "jan"), WORDS("februari"), WORDS("maret", "mar"), WORDS("april"), WORDS("mei"),
               WORDS("juni"), WORDS("juli"), WORDS("agustus"), WORDS("september", "sept"), WORDS("oktober", "okt"),
               WORDS("november"), WORDS("desember")},
    .month_word = WORDS("bulan", "bln"),
    .date_word = WORDS("tgl"),
    .year_word = WORDS("tahun"),
    .last = WORDS("lalu"),
    .current = WORDS("ini"),
    .quarter = WORDS("tw"),
    .commands = {[COMMAND_SCORE] = WORDS("skor"),
                 [COMMAND_STATUS] = WORDS("cek", "status"),
                 [COMMAND_HELP] = WORDS("bantuan", "?"),
                 [COMMAND_CANCEL] = WORDS("batal"),
                 [COMMAND_YES] = WORDS("ya"),
                 [COMMAND_NO] = WORDS("tidak")},
};

static const struct day small_today = {2026, 10, 15};
static const struct lexicon *small_lexicon;
static struct reader_workspace *small_workspace;
static struct reading *small_reading;
static void *small_memory;

static inline int small_open(void **state)
{
    (void)state;
    struct lexicon_error error = {.line = 0};
    size_t size = lexicon_size(&small_set, &small_lang);
    small_memory = malloc(size);
    small_workspace = malloc(reader_workspace_size());
    small_reading = malloc(sizeof *small_reading);
    if (small_memory && small_workspace && small_reading)
        small_lexicon = lexicon_build(&small_set, &small_lang, small_memory, size, &error);
    return small_lexicon ? 0 : -1;
}

static inline int small_close(void **state)
{
    (void)state;
    free(small_memory);
    free(small_workspace);
    free(small_reading);
    return 0;
}

static inline const struct reading *small_read(const char *text)
{
    reader_read(small_lexicon, view_of(text), small_today, NULL, small_workspace, small_reading);
    return small_reading;
}

#endif
