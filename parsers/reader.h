/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The reader's own structures: what stands between the items of a message and the reading that goes out (reading.h).
 *
 * A section is what one form keyword opens. Its mentions are every key and unknown word that was named in it, in order;
 * only when all is read are sections of one form and period put together and each key's mentions weighed
 * (read_close.c).
 */
#ifndef KABAR_PARSERS_READER_H
#define KABAR_PARSERS_READER_H

#include "lex.h"

enum outcome {
    OUTCOME_GOOD,
    OUTCOME_MISSING,
    OUTCOME_BAD,
    OUTCOME_AMBIGUOUS,
    OUTCOME_UNKNOWN /* no key: a word with a value */
};

struct mention {
    int16_t key; /* -1: unknown */
    uint8_t outcome;
    bool corrected;
    bool changed; /* of two numbers the last was taken */
    bool denied;  /* said not to be meant: "tertulis akta 30" */
    bool instead; /* said to be meant instead of another number of its key */
    int32_t value;
    int32_t of;     /* -1: none */
    int32_t either; /* of OUTCOME_AMBIGUOUS: the other number, -1 none */
    uint16_t start;
    uint16_t end;
    uint16_t value_start; /* value_end 0: no value */
    uint16_t value_end;
    int16_t near[2];
};

struct said {
    enum period_said said;
    int month;
    uint16_t start;
    uint16_t end;
};

struct section {
    int form;
    size_t first; /* mention */
    size_t n;
    struct said period;
    uint16_t start;
    uint16_t end;
    size_t words_before; /* unexplained ones since the data before it */
    size_t words_behind; /* … and from its keyword to the next */
    bool begins;         /* its keyword begins the message, a line or a sentence */
    bool corrected;
    bool guessed;    /* its form was not typed */
    bool doubted;    /* some number in it may belong to two keys … */
    bool likely;     /* … and one is likely */
    bool changed;    /* of two numbers the last was taken */
    bool told;       /* a number stands among words that nobody knows */
    bool undated;    /* the month beside it may be its own, or not */
    bool instead;    /* another form keyword stands directly before its own, which was taken for none */
    int merged_into; /* section, or -1 */
};

enum owner {
    OWNER_BEFORE = READER_OWNER_BEFORE,
    OWNER_BEHIND = READER_OWNER_BEHIND,
    OWNER_WORD = READER_OWNER_WORD,
    OWNER_NONE = READER_OWNER_NONE,
    OWNERS = READER_OWNERS
};

/* A key or number on the way through a message (read_order.c). */
struct step {
    uint16_t item;
    uint16_t start; /* of what was typed */
    uint16_t end;
    bool number;
    bool zero;        /* a zero phrase, which read_fields.c binds */
    bool total;       /* a form keyword */
    bool guessed;     /* … that nobody typed */
    bool piece;       /* a comma, bracket or line break stands before it */
    bool line;        /* … a line break or the end of a sentence */
    bool after_piece; /* … or before the step before it */
    bool words;       /* words that nothing explains stand before it */
    bool word;        /* one of them directly */
    enum owner best;  /* of a number: by the cheapest reading … */
    int margin;       /* … and what the next one costs more */
    int owner[OWNERS];
};

enum { SECTIONS_MAX = 256 }; /* before those of one form and period are put together */

struct reader_workspace {
    struct lexer lexer;
    struct reader_context context;
    struct said period; /* of the whole message */
    struct section sections[SECTIONS_MAX];
    size_t n_sections;
    bool too_many; /* sections, or segments made of them */
    struct mention *mentions;
    size_t n_mentions;
    bool ends_in_key; /* the last thing read is a key or form keyword that waits for a value */
    char folded[TEXT_MAX];
    uint16_t from[TEXT_MAX];
    uint8_t tails[TEXT_MAX + 1];
    struct token tokens[TEXT_MAX + 1];
    struct item items[TEXT_MAX + 2 + GUESSES_MAX];
    struct mention mention_room[TEXT_MAX + 2 + SEGMENTS_MAX * FORM_KEYS_MAX];
    struct step steps[TEXT_MAX + 2];
    int ways[TEXT_MAX + 3][6];
    size_t n_steps;
};

/* read_fields.c: the items from first on, in the order "key value". */
void read_fields(struct reader_workspace *ws, size_t first);

/* read_order.c: the items from first on, in the order "value key". False: they do not alternate strictly, or do
 * not end in a key; what was read then means nothing. */
bool read_value_first(struct reader_workspace *ws, size_t first);

/* read_talk.c: cuts off what stands behind a key that takes words. */
void read_remark(struct lexer *lexer, struct reading *reading);

/* read_talk.c: what words make of a reading: a question, a note, nothing. */
void read_talk(struct reader_workspace *ws, struct reading *reading);

/* read_form.c: form keywords that only say whose a number is. */
void read_owners(struct lexer *lexer);

/* read_roles.c: numbers that no key may have. */
void read_roles(struct lexer *lexer);

/* Whether a sign stands between two items; a comma, bracket, full stop or line break. */
bool read_has_sign(const struct lexer *lexer, size_t left, size_t right, char sign);
bool read_has_break(const struct lexer *lexer, size_t left, size_t right);

/* read_beside.c: what the words right beside number i make of it: a part of what nobody knows, a place's number … */
void read_number_beside(struct lexer *lexer, size_t i);

/* read_beside.c: what brackets say of the value before them: "KEK 3 (LILA <23,5 ada 2, risti 1)". */
void read_brackets(struct lexer *lexer);

/* read_order.c: brings the items from first on into the order "key value". False: numbers are flagged ITEM_DOUBTED that
 * two keys may own. */
bool read_order(struct reader_workspace *ws, size_t first);

/* read_close.c: the sections as the reading's segments. ambiguous: nothing of them counts, each is asked back. */
void read_close(struct reader_workspace *ws, bool ambiguous, struct reading *reading);
/* Dropped where there is no room. */
void read_add_note(struct reading *reading, struct note note);
/* read_talk.c: what a person who asks why wants to know besides the fields: words and numbers that were passed over,
 * and periods. */
void read_notes(struct reader_workspace *ws, struct reading *reading);

/* read_form.c: the forms that keys without one say, in lexer.guesses. True: there are some, so the items are to be cut
 * anew. */
bool read_guess(struct reader_workspace *ws);

/* read_command.c. False: the message is neither command nor chat. */
bool read_command(struct reader_workspace *ws, struct reading *reading);
/* The same of a question without numbers: "gimana cara ngirim anak". False: none of those that are commands. */
bool read_wish(struct reader_workspace *ws, struct reading *reading);

/* read_place.c: the places that the message names. */
void read_places(const struct lexer *lexer, struct reading *reading);

/* Whether the word leads the name of a posyandu or village. */
bool read_is_place(const struct lexer *lexer, const struct item *item);

/* read_beside.c, of the key or form keyword that is item i. Whether the word of a place stands close before it: */
bool read_in_place(const struct lexer *lexer, size_t i);
/* "dusun Sumber 28", "RA Nurul Jadid 31": whether the word is the name of a part, a village or a school, or its end. */
bool read_in_area(const struct lexer *lexer, const struct item *name);
/* "tdk punya jamban 2", "belum k4 9": the opposite of what the key counts. */
bool read_negated(const struct lexer *lexer, size_t i);
/* "resiko stunting 5": a word that nobody knows, in one breath with the key. */
bool read_qualified(const struct lexer *lexer, size_t i);
/* "k4 dan fe 10", "gk/gb 2": joined with slot, so that its number is that of both, or their sum. */
bool read_joined(const struct lexer *lexer, const struct item *slot, size_t i);

/* "kunjungan KEK 2": the second key may only say of whom the first counts a part. */
bool read_is_part_of(const struct reader_workspace *ws, int part, int whole);
/* "bumil 15, yg bapaknya hamil 1": whether the running section has a number of that key before its last mention. */
bool read_is_said(const struct reader_workspace *ws, int key);
/* "36 (20+16)", "air 17 (15 hamil + 2 bersalin)": a bracket from item first on that adds up to number i says nothing
 * new. */
void read_bracket_sum(struct lexer *lexer, size_t i, size_t first);
/* "jambak 15": whether a dictionary word is most likely a key that has no number yet; then the mention, which is the
 * last, is the key's, and its report is asked. */
bool read_is_meant(struct reader_workspace *ws, const struct item *word, const struct item *value,
                   struct mention *mention);
/* "tello lekor": a number in words, and a word in one breath that nobody knows, which may be a part of it. */
bool read_is_mixed_number(const struct lexer *lexer, size_t i);
/* "tidak ada tambahan": whether the zero phrase is none of what nobody knows, not none of the key. */
bool read_is_of_word(const struct lexer *lexer, size_t i);
/* "akta 28. Tadi ada yang baru jadi 1": whether other words lead, in a sentence of its own, to the word of change that
 * is item i; the value ends at text[end]. */
bool read_is_told(const struct lexer *lexer, size_t end, size_t i);
/* "m 3 td 1 *merah 2": of an asterisk before the key that is item i, whether none stands behind it, and a value
 * before. */
bool read_is_starred(const struct lexer *lexer, size_t i);
/* "fe 3 orang belum, k4 9": whether item i denies the number before it. */
bool read_is_denied(const struct lexer *lexer, size_t i);
/* "stunting baru 1 lama 4": whether the number right before the word is said to count new ones only. */
bool read_is_new(const struct lexer *lexer, const struct item *word);
/* "36 -> 37": an arrow between the number before and this. */
bool read_is_arrow(const struct lexer *lexer, const struct item *number);

/* The key behind item i that nothing but small words keeps from it, or n_items. */
size_t read_next_key(const struct reader_workspace *ws, size_t i);
/* What stands behind the key that is item i, further spellings of it and small words skipped. */
size_t read_behind_key(const struct lexer *lexer, size_t i);

/* Names the numbers before the first form keyword, item first, unless it is known what they are. */
void read_before(struct reader_workspace *ws, size_t first);

/* For all of them. */
struct section *section_open(struct reader_workspace *ws, const struct item *form);
struct mention *mention_add(struct reader_workspace *ws, int key, const struct item *item);
void mention_value(struct mention *mention, const struct item *value);
void period_add(struct said *said, const struct item *item);
bool is_value(const struct item *item);

#endif
