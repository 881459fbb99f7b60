/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The compiled set and language: every spelling in one tree of bytes, each with all that it may mean, and the spellings
 * that typing errors are measured against. Built once (reading.h), read only.
 */
#ifndef KABAR_PARSERS_LEXICON_H
#define KABAR_PARSERS_LEXICON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "reading.h"
#include "token.h"

enum meaning_kind {
    MEANS_FORM,
    MEANS_KEY,
    MEANS_FILLER,
    MEANS_TITLE,
    MEANS_GREETING,
    MEANS_COURTESY,
    MEANS_THANKS,
    MEANS_ORDINARY,
    MEANS_UNIT,
    MEANS_PERCENT,
    MEANS_OUT_OF,
    MEANS_NEGATION,
    MEANS_ZERO,       /* nol, nihil, and every negation with ada */
    MEANS_NUMBER,     /* value */
    MEANS_MULTIPLIER, /* value; ADDS_TEN of "belas" */
    MEANS_MONTH,      /* value 1-12 */
    MEANS_MONTH_WORD,
    MEANS_DATE_WORD,
    MEANS_YEAR_WORD,
    MEANS_RELATIVE, /* bulan lalu -1, bulan ini 0 */
    MEANS_QUARTER,
    MEANS_COMMAND, /* value is the command */
    MEANS_NOT_YET, /* every not_yet with ada */
    MEANS_MEASURE,
    MEANS_AGE,
    MEANS_NUMBERED,
    MEANS_TERM,
    MEANS_INSTEAD,
    MEANS_NOT_THIS,
    MEANS_DOUBT,
    MEANS_EVENT,
    MEANS_PLAN,
    MEANS_ASK,
    MEANS_ASIDE,
    MEANS_REFERS,
    MEANS_REPORTS,
    MEANS_PART,
    MEANS_LINK,
    MEANS_THING,
    MEANS_LIKE,
    MEANS_TOTAL,
    MEANS_CHANGE_BY,
    MEANS_COMPARED,
    MEANS_CLAIM,
    MEANS_THAT,
    MEANS_ARRIVED,
    MEANS_HOW,
    MEANS_SENDING,
    MEANS_PROGRAMME,
    MEANS_EXAMPLE,
    MEANS_COUNT
};

enum { ADDS_TEN = 1 };

#define MEANS(kind) (UINT64_C(1) << MEANS_##kind)

struct meaning {
    uint8_t kind;
    bool unit_first; /* a form whose spelling begins with a unit's word: "anak 0-23", "ibu hamil" */
    int16_t form;    /* of MEANS_FORM and MEANS_KEY, else -1 */
    int16_t value;   /* index of the key, or the number */
    uint64_t mask;   /* MEANS(…) bits of this and all behind it */
    uint32_t next;   /* index + 1 of the next meaning of the same spelling, 0: none */
};

struct node {
    uint32_t child;   /* first child, 0: none */
    uint32_t sibling; /* next child of the same parent, 0: none */
    uint32_t meaning; /* index + 1 of the first meaning, 0: none */
    uint8_t byte;
    bool digit; /* a child is one */
};

/* One word of a spelling, for distances. */
struct typo_word {
    uint32_t at;      /* in the pool */
    uint32_t letters; /* bit i: holds the letter 'a' + i */
    uint8_t len;
};

/* A spelling that a typing error may be mended to: no digit in it, four letters or more. */
struct typo_spelling {
    int16_t form;
    int16_t key; /* -1: the form itself; form and key -1: the month word */
    uint8_t n_words;
    struct typo_word words[SPELLING_WORDS_MAX];
    struct typo_word glued; /* all words as one */
};

struct lexicon {
    const struct set *set;
    const struct lang *lang;
    struct node *nodes; /* [0] is the root */
    size_t n_nodes;
    struct meaning *meanings;
    size_t n_meanings;
    struct typo_spelling *typos; /* forms and the month word, then each form's keys */
    size_t n_typos;
    size_t n_common_typos;
    size_t key_typos[SET_FORMS_MAX + 1]; /* where each form's keys begin in typos */
    char *pool;
    size_t pool_len;
    uint32_t root[256]; /* the root's children by byte */
};

/* Where a spelling ended in a text. */
struct match {
    uint16_t end;     /* folded offset behind it */
    uint16_t token;   /* the token in which the next thing begins */
    uint32_t meaning; /* index + 1 of its first meaning */
};

enum { MATCHES_MAX = 12 };

/*
 * Every spelling that begins at offset off of tokens[token], shortest first: words may be glued, a keyword may be split
 * before a digit, and may end within digits ("k43"); within letters only where inner asks for it and the glued run goes
 * on. Returns how many.
 */
size_t lexicon_match(const struct lexicon *lexicon, const char *text, const struct token *tokens, size_t token,
                     size_t off, bool inner, struct match ret_matches[MATCHES_MAX]);

/* The node behind node and byte, or 0. Node 0 is the root. */
static inline uint32_t lexicon_step(const struct lexicon *lexicon, uint32_t node, char byte)
{
    if (node == 0)
        return lexicon->root[(unsigned char)byte];
    uint32_t child = lexicon->nodes[node].child;
    while (child != 0 && lexicon->nodes[child].byte != (unsigned char)byte)
        child = lexicon->nodes[child].sibling;
    return child;
}

static inline const struct meaning *meaning_at(const struct lexicon *lexicon, uint32_t index)
{
    return index == 0 ? NULL : &lexicon->meanings[index - 1];
}

/* The meanings of a whole token, which is not empty, or 0. */
uint32_t lexicon_word(const struct lexicon *lexicon, const char *text, const struct token *t);

/* Bits MEANS(…) of a match's meanings. */
static inline uint64_t lexicon_mask(const struct lexicon *lexicon, uint32_t meaning)
{
    return meaning == 0 ? 0 : lexicon->meanings[meaning - 1].mask;
}

/* The first meaning of that kind (and form, unless form is -1), or NULL. */
const struct meaning *lexicon_meaning(const struct lexicon *lexicon, uint32_t meaning, enum meaning_kind kind,
                                      int form);

#endif
