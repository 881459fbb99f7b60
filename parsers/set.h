/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * An indicator set as data: forms, keys, spellings, rules, indicators (docs/grammar.md, 1; docs/menambah-form.md).
 *
 * Filled once by settings/ from config/sets/NAME.cfg, whose memory everything here points into; read by the reader, by
 * store/ (rules as SQL) and by core/. Nothing about a particular form is written in C.
 */
#ifndef KABAR_PARSERS_SET_H
#define KABAR_PARSERS_SET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "limits.h"
#include "period.h"
#include "role.h"

/* How a quarter's value is made of its months' values (docs/score-card.md, 3). */
enum quarter_value { QUARTER_LAST, QUARTER_SUM, QUARTER_MAX };

struct key {
    const char *code;             /* "K4": column name in rules, field name in the database */
    const char *label;            /* "K4", "ibu hamil": how replies and cards name it */
    const char *const *spellings; /* as typed, lower case; the code is always one of them unless the file says no */
    size_t n_spellings;
    const char *const *exact; /* further ones, to which no typing error is mended */
    size_t n_exact;
    int of; /* index in the form's keys of its own denominator (3/12, 3 dari 12), or -1 */
    enum quarter_value quarter;
    const char *meaning; /* one line that answers "KEK itu apa?", or NULL */
    bool optional;       /* never asked for where it is missing */
    bool text;           /* takes the rest of the message: words, and no number of them counts; the last key only */
    int line;            /* of the set file, for error messages */
};

enum rule_kind {
    RULE_ERROR,   /* the segment is rejected where it fails */
    RULE_CONFIRM, /* the segment is held and asked back where it fails */
    RULE_ADVISE   /* it is stored, and the answer tells something where it fails */
};

/* What expressions of rules and indicators call the quarter that is judged: 1 to 4. No key bears that name. */
#define SET_QUARTER "QUARTER"

/* A rule holds or fails or is unknown (NULL); unknown passes. Expressions see each key of the form by its code, merged
 * with what is stored, the value of the month before as CODE_LALU, and SET_QUARTER. */
struct rule {
    enum rule_kind kind;
    const char *check;   /* SQL boolean expression, what must hold: "K4 <= HAMIL" */
    const char *name;    /* how docs/grammar.md, 10 prints the rule: check itself, or the same without its coalesce() */
    const char *text;    /* template, {CODE} is a value ("-" where missing), {CODE_LALU} the one of the month before */
    const char *text_en; /* the same for locale "en", or NULL: then text */
    int line;
};

/* What somebody is told at once where a report says so, once a report and person (core/tell/form_alert.h). */
struct form_alert {
    const char *when;    /* SQL boolean expression over what rules see: "GB > GB_LALU"; unknown: nobody is told */
    const char *text;    /* template, {CODE} and {CODE_LALU} as a rule's; {area}, {period}, {name} of the sender */
    const char *text_en; /* the same for locale "en", or NULL: then text */
    struct role_at to[ALERT_TO_MAX];
    size_t n_to;
    bool urgent; /* goes out at night, too */
    int line;
};

/* In which section of the brief and of the semester's report the reports of a form are printed. */
enum form_section { SECTION_NONE, SECTION_SERVICES, SECTION_ACTIVITIES };
/* How often a form is due. */
enum form_due { DUE_MONTH, DUE_QUARTER, DUE_YEAR, DUE_NEVER /* whenever there is something to tell */ };

struct form {
    const char *code;             /* "IBU_HAMIL" */
    const char *name;             /* main spelling as replies show it: "IBU HAMIL" */
    const char *const *spellings; /* lower case, the main one included */
    size_t n_spellings;
    const char *example;    /* what a cadre may send: "IBU HAMIL 12 K4 3 FE 10"; read by the reader itself at load */
    const struct key *keys; /* keys[0] is the total, unless no_total */
    bool no_total;          /* a number right behind the form keyword belongs to nothing */
    size_t n_keys;
    enum form_due due;
    bool adds;      /* each report is one more, beside those before; else it takes their place */
    unsigned roles; /* bit of each enum contact_role that may send it; 0: all who may report */
    int due_day;    /* day of the month, quarter or year, counted from 1, from which on it is asked for */
    const struct rule *rules;
    size_t n_rules;
    const struct form_alert *alerts;
    size_t n_alerts;
    enum form_section section;
    int line;
};

/* A reading of an indicator that an area may choose instead of the default (A1, A3, A5, B5: docs/score-card.md, 4). */
struct variant {
    const char *name;      /* "wording" */
    const char *numerator; /* SQL over the form's keys */
    const char *denominator;
    const char *note;        /* printed on the card */
    const char *approximate; /* SQL that is true where the denominator had to be another than it should, or NULL … */
    const char *approximate_note; /* … and what the card then says */
    int line;
};

/* What Table 4 counts: what is received of all that is due, or the persons who received all of it. */
enum table4_reading { TABLE4_SUM, TABLE4_PERSONS };

struct indicator {
    const char *code;               /* "B1" */
    int number;                     /* as printed in the group's table */
    int form;                       /* index in forms */
    const char *group;              /* "bumil", "anak", "paud": card texts group_X and group_X_short name it */
    const char *package;            /* "kia": card text package_X names it, or NULL */
    bool in_table4;                 /* counts for the convergence level as a sum of indicators (P1 does not) */
    bool is_persons;                /* those who received all that is due to them: a row of Table 4 read by persons, and
                                       of nothing else; in_table4 is false */
    const char *wording;            /* official long wording */
    const char *short_wording;      /* for SMS: "K4" */
    const struct variant *variants; /* variants[0] is the default reading */
    size_t n_variants;
    size_t chosen;          /* index in variants */
    const char *part;       /* SQL of a count printed beside it (fathers of A4), or NULL */
    const char *part_label; /* "Laki-laki", or NULL */
    int line;
};

/* A figure of Tables 1 and 2, in the order of printing. */
struct cell {
    int table;               /* 1 or 2 */
    int form;                /* index in forms */
    const char *head;        /* heading over several columns, or NULL */
    const char *label;       /* official wording */
    const char *short_label; /* for SMS ("hijau"), or NULL: not sent */
    const char *value;       /* SQL over the form's keys */
    int line;
};

/* The card's own words: titles of Tables 1-5, colours, signature (docs/score-card.md, 5): name → text. */
struct card_text {
    const char *name;
    const char *text;
};

struct set {
    const char *name; /* "hpk-2018" */
    const char *title;
    const char *file; /* for error messages */
    int valid_from;   /* year * 12 + month - 1 of the first period it applies to */
    const struct form *forms;
    size_t n_forms;
    const struct indicator *indicators;
    size_t n_indicators;
    const struct cell *cells;
    size_t n_cells;
    int green_from;  /* per cent from which a bar is green; a local choice: docs/score-card.md, 8 */
    int yellow_from; /* the same for yellow; below it red */
    int line_at;     /* per cent of the line in the bars of the level, 0: none */
    enum table4_reading table4;
    const struct card_text *card;
    size_t n_card;
};

/* A text of the card by its name, or NULL. */
const char *set_card_text(const struct set *set, const char *name);

/* Index of a form by its code, or -1; of a key in a form, or -1. */
int set_form(const struct set *set, const char *code);
int form_key(const struct form *form, const char *code);

/* Whether one of these roles (bits of enum contact_role; 0: any) may send it. */
bool form_is_for(const struct form *form, unsigned roles);

/* The first month of the month, quarter or year that a form is due for in that month; the month itself of one that is
 * never due. */
int form_due_from(const struct form *form, int month);
/* Whether a form is due in that month, as it is seen on a day: a month that is over has all its days behind it. */
bool form_is_due(const struct form *form, int month, struct day today);
/* How many of the forms are due each month: the reports that a village's month is complete with. */
size_t set_monthly_forms(const struct set *set);

#endif
