/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a message comes to: the reading, with everything that the calendar and the database say of it. core/judge makes
 * it, core/reply words it, core/command and core/intake act on it.
 */
#ifndef KABAR_CORE_ASSESSMENT_H
#define KABAR_CORE_ASSESSMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/stored.h"
#include "parsers/reading.h"
#include "store/area.h"
#include "store/contact.h"
#include "store/report.h"

/* The posyandu that a message names (core/judge/place.h). */
enum {
    PLACE_CANDIDATES_MAX = 24, /* more are not named in an answer */
    PLACE_NAME_MAX = 4 * 32,
};

enum place_verdict {
    PLACE_OWN,       /* none is named */
    PLACE_NAMED,     /* one is: area */
    PLACE_UNKNOWN,   /* the village has no such posyandu; candidates: those it has */
    PLACE_WHICH,     /* the same, and some are like it; candidates: these */
    PLACE_SEVERAL,   /* two in one message; candidates: these */
    PLACE_ELSEWHERE, /* another village, which exists */
    PLACE_OF_WHICH   /* the sender stands for several areas, and none of them is named; candidates: these */
};

struct place {
    enum place_verdict verdict;
    struct area area;   /* of PLACE_NAMED: a posyandu, or the one area of several that is meant */
    bool names_village; /* the sender's village is named, or one that is none of several; of all but PLACE_OWN without a
                           place */
    struct area village; /* the sender's; of all but PLACE_OWN */
    struct view token;   /* of PLACE_UNKNOWN, _WHICH, _ELSEWHERE: the name typed */
    char candidates[PLACE_CANDIDATES_MAX][PLACE_NAME_MAX];
    size_t n_candidates;
};

enum { ASSESSED_PROBLEMS_MAX = SEGMENT_PROBLEMS_MAX + FORM_RULES_MAX + 2 };

/* One segment, or several of the same form and month as one. */
struct assessed {
    const struct form *form;
    int form_index;
    struct segment *segment; /* the reader's: clean fields in the order typed, also where the status is rejected */
    int month;               /* MONTH_NONE: help, bad_period */
    bool month_said;         /* the message names it (else it follows from the SCTS) */
    enum report_status status;
    struct problem problems[ASSESSED_PROBLEMS_MAX]; /* the reader's, then the period's, then the failed rules */
    size_t n_problems;
    enum question question;    /* what a held report waits for: the reader's, else a confirm rule's */
    uint64_t advice;           /* bit i: rule i has something to tell of it */
    struct view remark;        /* the words behind a key that takes words, "" none */
    int confirm_rule;          /* index of the first confirm rule that asks, -1 none */
    bool confirmed;            /* the sender has just answered its question */
    int asked_key;             /* of a held one: the one number that is asked about; -1: it is not one */
    int values[FORM_KEYS_MAX]; /* of the clean fields by key, -1: not sent */
    int merged[FORM_KEYS_MAX]; /* what the rules saw: values over stored ones; -1 unknown, or sent and unreadable */
    int before[FORM_KEYS_MAX]; /* stored for the month before, -1 unknown */
    int filled[FORM_KEYS_MAX]; /* of a stored report of a village: what its posyandu say of keys that the village has
                                  not said for this month, -1: nothing */
    uint64_t news;             /* bit i: key i was sent, and is not what is stored */
    int nth;                   /* of a report that adds: which of the month it is, 0: of any other */
    int64_t amends;            /* … the report that counts and that it corrects, 0 none */
    int64_t goes_on_from;      /* … and what it was merged with: that one, or one that waits or was refused; 0 none */
    bool corrects;             /* some stored value of this month is replaced by a different one */
};

/* What the sender and the box said before (core/judge/conversation.h); of nobody n_recent and held.n are 0. */
struct conversation {
    struct report_found recent[REPORTS_RECENT_MAX]; /* the sender's of the last hours, the latest first */
    size_t n_recent;
    struct stored_reports held; /* what waits for the sender's yes */
};

struct assessment {
    struct view text;
    int64_t sent_ms;
    int set; /* index in the box */
    struct reading reading;
    struct conversation conversation;
    struct place place;              /* that the message names, or goes on with */
    char asked_area[NAME_MAX_BYTES]; /* the area that a question is about; "" none, or not known */
    int64_t area_id;                 /* whose stored values count: the sender's, or the place's */
    struct assessed segments[SEGMENTS_MAX];
    size_t n_segments;
    struct area own[CONTACT_AREAS_MAX]; /* villages and posyandu that the sender stands for */
    size_t n_own;
};

#endif
