/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Every maximum of the pure rooms, with its reason. Nothing here is tuned by configuration. */
#ifndef KABAR_PARSERS_LIMITS_H
#define KABAR_PARSERS_LIMITS_H

enum {
    TEXT_MAX = 40000,          /* bytes read of one message: 255 parts of 153 septets, 3GPP TS 23.040 9.2.3.24.1 */
    SET_FORMS_MAX = 16,        /* forms of one indicator set */
    FORM_KEYS_MAX = 48,        /* keys of one form, its total included; bits of a 64-bit mask */
    FORM_RULES_MAX = 48,       /* rules of one form: columns of one SELECT, bits of a 64-bit mask */
    FORM_ALERTS_MAX = 16,      /* alerts of one form: columns of one SELECT */
    ALERT_TO_MAX = 8,          /* roles that are told of one alert: there are seven, one may be named twice by level */
    SET_INDICATORS_MAX = 64,   /* rows of one score card */
    SET_CELLS_MAX = 32,        /* figures of Tables 1 and 2 */
    SPELLING_MAX = 64,         /* bytes of one spelling */
    SPELLING_WORDS_MAX = 6,    /* words of one spelling ("anak 0-23 bulan" is four) */
    SEGMENTS_MAX = 24,         /* segments of one message; a form may return with another period */
    SEGMENT_PROBLEMS_MAX = 32, /* problems kept of one segment; a 33rd is counted, not kept */
    READING_PLACES_MAX = 24,   /* places named in one message; one more is counted, not kept */
    READING_NOTES_MAX = 256,   /* explanations kept for `kabarctl parse` */
    VALUE_MAX = 9999,          /* a count: docs/grammar.md, 4 */
    MSISDN_MAX = 20,           /* "+", 15 digits of E.164, room for the end */
    SMS_PARTS_MAX = 8,         /* parts of one outgoing message that are ever looked at */
    SMS_TEXT_MAX = 1400,       /* bytes of one outgoing message */
};

#endif
