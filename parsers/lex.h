/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Items: a message cut into what the reader can use – form keywords, keys, values, periods, words – in one pass from
 * left to right. What a stretch of text means depends on the form it stands under and on whether a value is due, so the
 * pass keeps both; it decides nothing about fields.
 */
#ifndef KABAR_PARSERS_LEX_H
#define KABAR_PARSERS_LEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lexicon.h"

enum item_kind {
    ITEM_FORM,      /* form */
    ITEM_KEY,       /* key of the form that it stands under */
    ITEM_OTHER_KEY, /* only a key of other forms; any key before the first form */
    ITEM_NUMBER,    /* value, and of where "3/12" */
    ITEM_BAD,       /* a value that cannot be read */
    ITEM_ZERO,      /* nihil, tidak ada: may bind forward */
    ITEM_YEAR,      /* a 20xx that no period took */
    ITEM_PERIOD,    /* value is the month, MONTH_NONE where it is bad */
    ITEM_DATE,      /* "tgl 14": not data */
    ITEM_UNIT,
    ITEM_FILLER,
    ITEM_TITLE,
    ITEM_NAME, /* the word behind a title */
    ITEM_GREETING,
    ITEM_COURTESY,
    ITEM_WORD,
    ITEM_MARK,    /* a question mark or a lone dash */
    ITEM_AMOUNT,  /* a number with a measure, an age: no count */
    ITEM_NOT_YET, /* belum ada: a number that is not known yet */
    ITEM_KINDS
};

enum {
    ITEM_CORRECTED = 1 << 0,    /* a typing error was mended */
    ITEM_BEGINS = 1 << 1,       /* it begins the message, a line or a sentence */
    ITEM_EMBEDDED = 1 << 2,     /* a word with a number in it: "xyz4" */
    ITEM_DASHED = 1 << 3,       /* a mark that is a dash */
    ITEM_GLUED = 1 << 4,        /* a mark glued to what stands before it */
    ITEM_BEHIND_MONTH = 1 << 5, /* a two-digit number right behind a month without a year: may be its year */
    ITEM_NO_YEAR = 1 << 6,      /* a period that named no year */
    ITEM_AMBIGUOUS = 1 << 7,    /* a value that can be read as two numbers */
    ITEM_BARE_DAY = 1 << 9,     /* a period whose day may be a number of its own: "12 okt" */
    ITEM_USED = 1 << 8,         /* a word that is named in a problem */
    ITEM_DOUBTED = 1 << 11,     /* a number that two keys may own */
    ITEM_LEADS = 1 << 14,       /* a period of what stands behind it, not of what it stands in */
    ITEM_OWNER = 1 << 15,       /* a form keyword that says whose a key's number is */
    ITEM_LIKELY = 1 << 13,      /* … and one is likely */
    ITEM_TURNED = 1 << 12,      /* a number that was typed before its key */
    ITEM_GUESSED = 1 << 10,     /* a form that was not typed: its keys say it */
    ITEM_NOTED = 1 << 17,       /* a number that is no value, and of which is known why; a key said twice in a row */
    ITEM_UNSURE = 1 << 18,      /* a period that may be of what stands behind it, or not */
    ITEM_UNSURE_HERE = 1 << 19, /* … and of what it stands in, or not */
    ITEM_REMARK = 1 << 20,      /* an amount beside a value: "aktif 30 yg 3 bolos" */
    ITEM_DIFFERENCE = 1 << 21,  /* … "10 turun 1 dari bulan lalu" */
    ITEM_NEAR = 1 << 22,        /* a guessed form, and the word before its total is near its name */
    ITEM_ASKED = 1 << 23,       /* a number of which is asked whether it is meant so */
    ITEM_SPLITS = 1 << 16,      /* number words that may be two numbers: "dua puluh satu" */
};

struct item {
    uint8_t kind;
    int16_t form;    /* of FORM and OTHER_KEY; of a unit or word that may be a form keyword; else -1 */
    int16_t key;     /* of KEY; of OTHER_KEY one of that form's; else -1 */
    int16_t command; /* of MEANS_COMMAND */
    uint32_t flags;
    int32_t value;
    int32_t of;     /* -1: no denominator */
    int32_t either; /* of ITEM_AMBIGUOUS: the other number that it may be, or -1 */
    uint64_t mask;  /* MEANS(…) bits of an exact spelling */
    uint16_t start; /* in the folded text */
    uint16_t end;
    int16_t near[2];  /* of a WORD near two keys */
    uint16_t forms;   /* of OTHER_KEY: bit i, form i has the key */
    uint32_t meaning; /* of an exact key: see lexicon.h */
};

/* Where the keys of a form begin that was not typed. */
struct guess {
    uint16_t at;  /* folded offset */
    uint16_t end; /* of a word near the form's name, else 0 */
    int16_t form;
};
enum { GUESSES_MAX = 8 };

enum due { DUE_NOTHING, DUE_TOTAL, DUE_VALUE };

/* What the message began with: greetings, titles and periods alone; then a number with its units; then anything. */
enum start { START_CLEAN, START_NUMBER, START_OVER };

struct lexer {
    const struct lexicon *lexicon;
    struct day today;
    struct folded folded;
    struct token *tokens;
    size_t n_tokens;
    uint8_t *tails; /* a byte for each of the folded text: see lex_chunk.c */
    struct item *items;
    size_t n_items;
    size_t token; /* where the pass is */
    size_t off;
    int form;         /* the form keyword last passed, -1 before the first */
    int context_form; /* of the sender's last report, -1: none */
    enum due due;
    enum start start;
    bool doubtful;     /* the number that follows may be another: too many readings */
    bool dated;        /* a month was named */
    bool number_first; /* a number stood directly before the first form keyword */
    struct guess guesses[GUESSES_MAX];
    size_t n_guesses;
    size_t guess; /* the next one */
};

/* Cuts lexer->folded's tokens into lexer->items, which has room for 2 * n_tokens + 2 + GUESSES_MAX. A form begins at
 * each of lexer->guesses, too. */
void lex(struct lexer *lexer);

/* The rest is between the lexer's own files: each lex_…() that reads takes what stands at the pass's place, puts its
 * items and leaves the pass behind it; one that returns bool does nothing where it returns false. */

struct item *lex_push(struct lexer *lexer, enum item_kind kind, size_t start, size_t end);
const struct item *lex_last(const struct lexer *lexer); /* NULL: none yet */

/* To the beginning of a token; or to offset end, where that lies within it. */
void lex_move(struct lexer *lexer, size_t token);
void lex_move_past(struct lexer *lexer, size_t token, size_t end);

/* The token behind the fillers that begin at that token, three at most. */
size_t lex_skip_fillers(const struct lexer *lexer, size_t token);
/* Whether a number begins at that token; or, behind fillers, any value. */
bool lex_number_at(const struct lexer *lexer, size_t token);
bool lex_value_at(const struct lexer *lexer, size_t token);
/* Whether a spelling of that kind, and form unless -1, begins at that token; with_value: and has a value behind it. */
bool lex_spelling_at(const struct lexer *lexer, size_t token, enum meaning_kind kind, int form, bool with_value);

/* The mask of the exact spelling that is the one word tokens[token], with its meaning in *ret_meaning. */
uint64_t lex_word_mask(const struct lexer *lexer, size_t token, uint32_t *ret_meaning);

static inline const struct token *lex_token(const struct lexer *lexer)
{
    return &lexer->tokens[lexer->token];
}

/* Whether letters and digits are glued to the token's end. */
static inline bool lex_is_mixed(const struct lexer *lexer, size_t token)
{
    return lexer->tokens[token].chunk_end > lexer->tokens[token].end;
}

/* The forms that have a key of that spelling and that keys alone may be of: those of each month, and the sender's last
 * one. The words of the others are too common where their form is not named. *ret_key: the key of the first of them. */
uint16_t lex_forms_of_key(const struct lexer *lexer, uint32_t meaning, int16_t *ret_key);

/* Whether a form keyword that ends before that token is one. Of a form that is not of each month its words are too
 * common: a key of it with a value must follow, or nothing at all. */
bool lex_has_data(const struct lexer *lexer, size_t token, int form);

/* lex_chunk.c: glued runs of letters and digits. */
enum { TAIL_NUMBER = 1, TAIL_KEY = 2, TAIL_LETTER_NUMBER = 4, TAIL_LETTER_KEY = 8 };
/* TAIL_ bits: how the rest of a glued run may be read from offset off of tokens[token] on. */
uint8_t lex_tail(struct lexer *lexer, size_t token, size_t off);
/* Whether what is glued behind a spelling can be read too; letters: with letters for digits. */
bool lex_ends_well(struct lexer *lexer, const struct match *match, bool letters);
/* A number with letters for digits: "1O", "l2". */
bool lex_letter_number(struct lexer *lexer);

/* lex_number.c */
void lex_number(struct lexer *lexer);       /* whatever begins with digits */
bool lex_number_words(struct lexer *lexer); /* "dua belas" */
/* What belongs to the value just read: a denominator, a percent sign, "belas". spoken: it was number words. */
void lex_behind_value(struct lexer *lexer, struct item *item, bool spoken);

/* lex_spoken.c: number words. Returns the token behind those that begin at text[off], or token where none do; what
 * cannot be a count is more than VALUE_MAX. */
size_t lex_spoken(const struct lexer *lexer, size_t token, size_t off, int32_t *ret_value);
/* Whether the word is number words all through but for one typing error in one of them: "duablas". */
bool lex_near_number_word(const struct lexer *lexer, struct view word);
/* Whether some spelling of several words begins with that word: "kelas" is no mistyped "belas". */
bool lex_begins_spelling(const struct lexer *lexer, struct view word);

/* lex_period.c. start is where the period's item begins, next_token the token behind the word that was read. */
bool lex_date_digits(struct lexer *lexer); /* "14/10/2026", "09/2026", "14 Oktober" */
void lex_month(struct lexer *lexer, size_t start, size_t next_token, int month);
void lex_month_word(struct lexer *lexer, size_t start, size_t next_token); /* behind "bln" */
void lex_date_word(struct lexer *lexer, size_t start, size_t next_token);  /* behind "tgl" */
/* Whether the word tokens[token] is a mistyped month, with the token behind it and its year. */
bool lex_near_month(const struct lexer *lexer, size_t token, size_t *ret_next);
/* "paud 35 mar yang aktif 22": whether a number stands before the pass's place, and a small word at next. */
bool lex_is_among_small(const struct lexer *lexer, size_t next);
/* Whether a month's year stands at that token: 2026, '26; 26 only glued and where it is this or last year. */
bool lex_year_at(const struct lexer *lexer, size_t token, int *ret_year, size_t *ret_next);

static inline struct view item_text(const struct lexer *lexer, const struct item *item)
{
    return (struct view){lexer->folded.at + item->start, (size_t)(item->end - item->start)};
}

static inline bool item_is_one_of(const struct lexer *lexer, const struct item *item, const struct words *words)
{
    return words_have(words, item_text(lexer, item));
}

/* Whether anything but blanks stands between two items. read_form.c */
bool lex_has_break(const struct lexer *lexer, size_t left, size_t right);

/* Which months lead the forms behind them; of the items. first: the first form. */
void lex_leading_months(struct lexer *lexer, size_t first);

/* lex_word.c */
void lex_word(struct lexer *lexer); /* whatever begins with a letter */
void lex_form(struct lexer *lexer, size_t start, const struct match *match, int form, uint32_t flags);
void lex_push_key(struct lexer *lexer, size_t start, size_t end, int key, uint32_t flags);
bool lex_behind_title(const struct lexer *lexer);  /* "bu Mei", not "bu, Mei" */
bool lex_behind_number(const struct lexer *lexer); /* units between do not count */
bool lex_holds_digit(const struct lexer *lexer, size_t start, size_t end);
/* Whether the token begins the message, a line or a sentence. */
bool lex_begins_line(const struct lexer *lexer, size_t token);

/* lex_unknown.c: words that no spelling explains exactly. */
bool lex_letters_for_value(struct lexer *lexer); /* "x", "o", "lO" where a value is due */
/* Mends a typing error; min_words as in typo_find(). A word near several keys becomes one that knows them. */
bool lex_mend(struct lexer *lexer, size_t min_words);
/* "jambak 15": the key that a dictionary word is one typing error from, where the number next has no other word; or -1.
 */
int lex_near_key(const struct lexer *lexer, size_t next);
void lex_unexplained_word(struct lexer *lexer); /* all else */

#endif
