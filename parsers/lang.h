/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The words of a language that are not data (config/lang/id.cfg, GRAMMAR.md 2.6, 2.8, 3, 5): what the reader knows
 * beside the indicator set. Filled by settings/, whose memory it points into. All words are lower case UTF-8; a phrase
 * of several words is one string with single spaces.
 */
#ifndef KABAR_PARSERS_LANG_H
#define KABAR_PARSERS_LANG_H

#include <stddef.h>

#include "command.h"

struct words {
    const char *const *word;
    size_t n;
    int line; /* of the language file, for error messages */
};

/* A word that stands for a number: "dua" 2, "belas" as a multiplier is in its own list. */
struct number_word {
    const char *word;
    int value;
};

struct number_words {
    const struct number_word *word;
    size_t n;
};

struct lang {
    const char *locale; /* "id" */
    const char *file;
    struct words spaces;        /* (spasi) <spasi> [spasi]: without the brackets */
    struct words fillers;       /* ada, jumlah, sudah … between key and value */
    struct words titles;        /* bu, pak, kader …: the next word is a name */
    struct words greetings;     /* assalamualaikum, selamat pagi … */
    struct words courtesy;      /* terima kasih, siap, ok …: chat where nothing else is said */
    struct words thanks;        /* the courtesy words that make YA a chat (terima kasih, makasih, trims …) */
    struct words ordinary;      /* words of everyday talk that are near a spelling: never taken for a mistyped one */
    struct words units;         /* orang, org, kk, rt, x … */
    struct words percent;       /* persen */
    struct words out_of;        /* dari */
    struct words negations;     /* tidak, tdk, gak, belum … */
    struct words exist;         /* ada: with a negation, zero */
    struct words zeros;         /* nol, nihil, kosong, and glued: tdkada, gada, gda, gaada */
    struct number_words digits; /* satu 1 … sembilan 9, sepuluh 10, sebelas 11, seratus 100, seribu 1000 */
    struct number_words multipliers;      /* belas 10 first (it adds), puluh 10, ratus 100, ribu 1000 */
    struct words months[12];              /* every spelling of each month */
    struct words month_word;              /* bln, bulan */
    struct words date_word;               /* tgl, tanggal */
    struct words year_word;               /* tahun, thn: may stand between a month and its year; may be empty */
    struct words last;                    /* lalu, kemarin */
    struct words current;                 /* ini */
    struct words quarter;                 /* tw, triwulan */
    struct words posyandu;                /* posyandu, posy …: the name of one follows */
    struct words village;                 /* desa, kelurahan …: the name of one follows */
    struct words offices;                 /* kepala, balai …: before a village's word no name is meant */
    struct words no_place;                /* hari, kami, dusun …: a place's name ends before them */
    struct words change_number;           /* ganti nomor …: a stranger names his old number behind */
    struct words commands[COMMAND_COUNT]; /* spellings of each command */
};

#endif
