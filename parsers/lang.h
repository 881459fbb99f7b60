/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The words of a language that are not data (config/lang/id.cfg, docs/language-file.md): what the reader knows
 * beside the indicator set. Filled by settings/, whose memory it points into. All words are lower case UTF-8; a phrase
 * of several words is one string with single spaces.
 */
#ifndef KABAR_PARSERS_LANG_H
#define KABAR_PARSERS_LANG_H

#include <stdbool.h>
#include <stddef.h>

#include "command.h"
#include "view.h"

struct words {
    const char *const *word;
    size_t n;
    int line; /* of the language file, for error messages */
};

/* Whether the word, in small letters, is one of them. */
static inline bool words_have(const struct words *words, struct view word)
{
    for (size_t i = 0; i < words->n; i++) {
        if (view_is(word, words->word[i]))
            return true;
    }
    return false;
}

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
    struct words negations;     /* tidak, tdk, gak … */
    struct words exist;         /* ada: with a negation, zero; with `not_yet`, a value that is not known yet */
    struct words not_yet;       /* belum, blm */
    struct words unclear;       /* sing: a negation in one language, "which" in another: with `exist` it is asked */
    struct words zeros;         /* nol, nihil, kosong, and glued: tdkada, gada, gda, gaada */
    struct number_words digits; /* satu 1 … sembilan 9, sepuluh 10, sebelas 11, selawe 25, seratus 100, seribu 1000 */
    struct number_words other_digits;     /* the same of the region's other languages: never mended */
    struct words adds_ten;                /* belas: "dua belas" is 12 */
    struct number_words multipliers;      /* puluh 10, ratus 100, ribu 1000: "dua puluh" is 20 */
    struct words inflections;             /* nya: glued behind a spelling it changes nothing ("k4nya") */
    struct words measures;                /* tablet, cm, kg, tahun: a number before them is an amount, no count */
    struct words like;                    /* sama dengan, seperti: the month behind is compared with, not meant */
    struct words sexes;                   /* l, perempuan: with both and their sum the sum is a value */
    struct words things;                  /* lembaga, guru: counted too, but never what a form counts */
    struct words ages;                    /* umur, usia, di bawah: the number behind is an age */
    struct words numbered;                /* no, rt, jam, trimester: the number behind is part of a name */
    struct words terms;                   /* 1000 hpk: names that hold a number */
    struct words instead;                 /* ganti, jadi, eh, salah: of two numbers the last is meant */
    struct words not_this;                /* bukan: the number behind is not meant */
    struct words doubt;                   /* atau, sampai, tambah: of two numbers none is sure */
    struct words all;                     /* semua: behind a mistyped key as good as a number, which is asked */
    struct words totals;                  /* jumlah, total: behind a form's values, the number behind is its total */
    struct words changes_by;              /* naik, turun: the number behind is a difference */
    struct words compared;                /* dibanding: the month behind is not the report's */
    struct words since;                   /* sebelum, sejak: another time than this month */
    struct words programmes;              /* senam, pmt: a form keyword behind says for whom they are */
    struct words that;                    /* yg, sing: a number between one and a word is told of that word */
    struct words arrived;                 /* masuk, terkirim: asked of a report, its state is meant */
    struct words how;                     /* cara, gimana … */
    struct words sending;                 /* kirim, isi: … together they ask for help */
    struct words examples;                /* contoh: of a form or a report, help is meant */
    struct words claims;                  /* bilang, hitung: of two numbers with one of these between, none is sure */
    struct words links;                   /* dan, dengan, terus: they join, and say nothing of what they join */
    struct words events;                  /* meninggal, keguguran, pindah: words beside a number that is no count */
    struct words emergencies;             /* pendarahan, kejang: the sender is told to telephone */
    struct words plans;                   /* nanti, mau: beside a number it is no count yet */
    struct words asks;                    /* apa, kok, gimana: a person asks */
    struct words asides;                  /* nanti, contoh, milik desa: what stands here is not to be booked as it is */
    struct words refers;                  /* lanjutan, ralat, yg tadi: it goes on from the last report */
    struct words reports;                 /* laporan, data: "belum ada laporan" says nothing of a key */
    struct words note;                    /* lapor: with words alone it begins a note */
    struct words parts;                   /* rt, dusun: a part of the village */
    struct words yes_waiting;             /* ok, siap, lanjut: yes where a question waits */
    struct words no_waiting;              /* bukan, salah, jangan: no where a question waits */
    struct words months[12];              /* every spelling of each month */
    struct words month_word;              /* bln, bulan */
    struct words date_word;               /* tgl, tanggal */
    struct words year_word;               /* tahun, thn: may stand between a month and its year; may be empty */
    struct words last;                    /* lalu, kemarin */
    struct words current;                 /* ini */
    struct words quarter;                 /* tw, triwulan */
    struct words posyandu;                /* posyandu, posy …: the name of one follows */
    struct words together;                /* gabungan, semua: posyandu together are the village's own number */
    struct words village;                 /* desa, kelurahan …: the name of one follows */
    struct words institutions;            /* ra, tk, al …: the name of a school follows */
    struct words offices;                 /* kepala, balai …: before a village's word no name is meant */
    struct words no_place;                /* hari, kami, dusun …: a place's name ends before them */
    struct words change_number;           /* ganti nomor …: a stranger names the old number after it */
    struct words commands[COMMAND_COUNT]; /* spellings of each command */
};

#endif
