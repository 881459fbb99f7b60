/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The reader: the bytes of one message → kind, command, segments, fields, problems (docs/grammar.md).
 *
 * Pure: no heap, I/O, clock or locale. It knows the set, the language's words and the day on which the network stamped
 * the SMS; it knows nothing of what is stored, so statuses that need the database (rules over merged values, grace
 * days, held) are core/assess's. It may refuse, it may ask, it never guesses a number: whatever it cannot read for
 * certain is a problem that carries the sender's own token.
 */
#ifndef KABAR_PARSERS_READING_H
#define KABAR_PARSERS_READING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "command.h"
#include "lang.h"
#include "limits.h"
#include "period.h"
#include "set.h"
#include "view.h"

enum reading_kind {
    READING_REPORT,
    READING_COMMAND,
    READING_CHAT,
    READING_NOTE, /* an event or a problem told in words: nothing in it counts */
    READING_EMPTY,
    READING_UNKNOWN
};

/* What the sender is asked before a held segment counts: a rule asks the first, the reader the others. */
enum question {
    QUESTION_NONE,
    QUESTION_JUMP,   /* far from the month before */
    QUESTION_FORM,   /* no form was typed: is it this one? */
    QUESTION_TALK,   /* numbers among words: is it a report at all? */
    QUESTION_CHANGE, /* two numbers of which one was taken back: is it the one meant last? */
    QUESTION_PERIOD, /* is it of this month? */
    QUESTION_ORDER,  /* which number belongs to which key? */
    QUESTION_AREA,   /* of the whole village, or of the part named? */
    QUESTION_COUNT
};

/* Where a segment's form comes from. */
enum form_from {
    FORM_TYPED,
    FORM_OF_CONTEXT, /* the sender's last report */
    FORM_GUESSED     /* the only one that has these keys: question FORM */
};

enum problem_code {
    PROBLEM_UNKNOWN_KEY,
    PROBLEM_MISSING_VALUE,
    PROBLEM_BAD_VALUE,
    PROBLEM_DUPLICATE_KEY,
    PROBLEM_AMBIGUOUS_KEY,
    PROBLEM_RULE,
    PROBLEM_BAD_PERIOD,
    PROBLEM_FUTURE_PERIOD,
    PROBLEM_TOO_OLD,
    PROBLEM_NOT_ALLOWED, /* the form is for other people */
    PROBLEM_COUNT
};

/* All views of a reading point into the original text that was read. */
struct problem {
    enum problem_code code;
    struct view token; /* what the sender typed: key, value or both; of a rule the key it names first */
    int key;           /* index of the key meant, or -1 */
    int near[2];       /* unknown_key: keys (of the segment's form) that are one typing error away, or -1 */
    int rule;          /* PROBLEM_RULE: index in the form's rules, else -1 */
    struct view value; /* the number or words as typed that stood for the value; empty where none did */
    int either[2];     /* ambiguous_key: the two values that a number may be ("K 43": 3 and 43), or -1 */
};

struct field {
    int key;           /* index in the form's keys */
    int value;         /* 0-9999 */
    struct view token; /* the key as typed */
    struct view value_token;
    bool corrected; /* a typing error in the key was mended */
    bool changed;   /* of two numbers the last was taken: value_token has both */
};

struct segment {
    int form;                           /* index in the set's forms */
    struct period_mention period;       /* the segment's own, else the message's */
    struct view token;                  /* the form keyword as typed */
    bool help;                          /* the form keyword alone */
    struct field fields[FORM_KEYS_MAX]; /* the clean ones, each key once, in the order typed */
    size_t n_fields;
    struct problem problems[SEGMENT_PROBLEMS_MAX]; /* in the order typed, bad_period last; the calendar's are core's */
    size_t n_problems;
    size_t problems_dropped; /* beyond SEGMENT_PROBLEMS_MAX */
    uint64_t unreadable;     /* bit i: key i was sent but could not be read; rules take it as unknown */
    enum form_from form_from;
    enum question question;     /* not QUESTION_NONE: the fields count only once the sender says yes */
    struct view question_token; /* the words that made it one; empty where none did */
};

enum note_kind { NOTE_READ, NOTE_IGNORED, NOTE_CORRECTED, NOTE_PERIOD };

/* For a person who asks why: one stretch of the message and what it was taken for. */
struct note {
    enum note_kind kind;
    struct view token;
    int form;  /* index or -1; of a key that was ignored: a form that it is a key of */
    int key;   /* index of that form's keys or -1 */
    int value; /* or -1 */
};

enum { QUARTER_NOT_SAID = -1, QUARTER_BAD = -2 /* TW9 */ };

enum place_kind {
    PLACE_POSYANDU,
    PLACE_VILLAGE,
    PLACE_BARE,    /* "Melati 2: bumil 12": words before a form that may be a name, or not */
    PLACE_TOGETHER /* "gabungan posyandu Melati dan Mawar": the village's own number */
};

/* "posyandu Melati 2": what may be the name of one. It ends somewhere between its first `sure` bytes and all of it:
 * "kasih ibu" has a word that may be a title, too. */
struct place_named {
    enum place_kind kind;
    struct view name;
    size_t sure;
    struct view said; /* with its word */
};

/* What the box knows of the sender beside this message (none: all but waits is -1, MONTH_NONE). */
struct reader_context {
    int form;   /* of the sender's last report of the last hours: what keys without a form belong to */
    int month;  /* of that report */
    bool waits; /* a question waits for the sender's yes or no … */
    bool asked; /* … or one number was asked back */
};

enum answer { ANSWER_NONE, ANSWER_YES, ANSWER_NO };

struct reading {
    enum reading_kind kind;
    enum command command;
    bool command_doubtful;        /* a cancel among words that may change its sense: it is asked */
    enum answer answer;           /* a yes or no that begins the message, also beside a report ("bukan, KEK 1") */
    int answer_number;            /* the only number beside a yes or no that no key explains, or -1 */
    bool answer_not;              /* … is the one that is not meant: "bukan 40" */
    bool answer_month;            /* a month alone, or beside a yes or no: period */
    struct period_mention period; /* the month that a message without segments names */
    bool refers;                  /* "lanjutan", "ralat", "yg tadi": it goes on from the sender's last report */
    bool asks;                    /* a person's question */
    int asks_form;                /* "KEK itu apa?": form and key of which the meaning is asked, or -1 */
    int asks_key;
    struct view remark;   /* words behind a key that takes words, "" none … */
    int remark_form;      /* … and the form that they belong to, -1 none */
    bool emergency;       /* of a note: a word that the language lists as one */
    struct view argument; /* what stands behind a command: village name of SKOR */
    int command_form;     /* form named behind BANTUAN or BATAL, or -1 */
    int command_quarter;  /* year * 4 + quarter - 1 of SKOR TW3 26, or a QUARTER_ */
    struct segment segments[SEGMENTS_MAX];
    size_t n_segments;
    struct note notes[READING_NOTES_MAX];
    size_t n_notes;
    struct place_named places[READING_PLACES_MAX]; /* of a report, in the order named: whose is core's to say */
    size_t n_places;                               /* more than READING_PLACES_MAX where some were not kept */
    bool too_long; /* more than TEXT_MAX bytes or SEGMENTS_MAX segments: nothing of it is taken, kind unknown */
};

/*
 * The compiled form of one set and one language: every spelling in one index. Opaque; lives in memory the caller gives.
 */
struct lexicon;

/* Why lexicon_build() refused. */
struct lexicon_error {
    char text[256]; /* "spelling \"kr\" of K4 is already a spelling of KR" */
    int line;       /* of the set file; of the language file where in_lang */
    bool in_lang;
};

/* Bytes that lexicon_build() needs at most for this set and language. */
size_t lexicon_size(const struct set *set, const struct lang *lang);

/*
 * Compiles set and lang, both of which must outlive the lexicon, into memory of lexicon_size() bytes, aligned for any
 * type. Returns the lexicon, or NULL with *ret_error where two spellings collide, one is too long or holds what can't
 * be typed.
 */
struct lexicon *lexicon_build(const struct set *set, const struct lang *lang, void *memory, size_t size,
                              struct lexicon_error *ret_error);

/* Room for the reader's tokens: caller-owned so that the reader needs no heap; its content means nothing between calls.
 */
struct reader_workspace;
size_t reader_workspace_size(void);

/*
 * Reads one message of any bytes, in time linear in its length.
 * today is the day of the SCTS in the village's time zone; context may be NULL: nothing is known of the sender.
 * *ret_reading is wholly overwritten, and points into text.
 */
void reader_read(const struct lexicon *lexicon, struct view text, struct day today,
                 const struct reader_context *context, struct reader_workspace *workspace, struct reading *ret_reading);

/*
 * What the last reader_read() with this workspace made of the message, for a person who asks why. Its phrases in the
 * order in which they were read, a number that was typed before its key behind it:
 */
struct reader_phrase {
    const char *kind; /* "form", "key", "number" … */
    struct view token;
    int form; /* of a form or key, else -1 */
    int key;  /* of a key, else -1 */
};
/* False: there are not so many. */
bool reader_phrase(const struct reader_workspace *workspace, size_t i, struct reader_phrase *ret_phrase);

/* What a number cost with each owner: the price of the cheapest reading that gives it to that one, -1: none does. */
enum { READER_OWNER_BEFORE, READER_OWNER_BEHIND, READER_OWNER_WORD, READER_OWNER_NONE, READER_OWNERS };
struct reader_price {
    struct view number;
    struct view before, behind; /* the keys that they are */
    int price[READER_OWNERS];
    int best;
};
/* Of number i of a report; false: there are not so many, or all numbers stand before their keys. */
bool reader_price(const struct reader_workspace *workspace, size_t i, struct reader_price *ret_price);

/* "unknown_key" …, "report" … as docs/grammar.md, 10 prints them. */
const char *problem_code_to_string(enum problem_code code);
const char *reading_kind_to_string(enum reading_kind kind);
const char *question_to_string(enum question question); /* "jump" …; NULL of QUESTION_NONE */

#endif
