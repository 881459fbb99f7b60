/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A reply in the making: reply texts of one locale, rendered one after the other, more or less fully worded until the
 * whole fits. Nothing is allocated.
 */
#ifndef KABAR_CORE_REPLY_PHRASE_H
#define KABAR_CORE_REPLY_PHRASE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/box.h"
#include "core/reply/reply.h"
#include "parsers/template.h"
#include "settings/replies.h"

enum { NUMBER_TEXT_MAX = 16, TOKEN_TEXT_MAX = 64, PERIOD_TEXT_MAX = 32 };

/* After which problems it is shown what could be sent instead. */
enum examples { EXAMPLES_NONE, EXAMPLES_OF_REJECTED, EXAMPLES_OF_ALL };

/* How much is said. */
struct wording {
    const struct replies *replies;
    enum reply_length length;
    bool codes; /* keys by their code, which is shorter than their label */
    enum examples examples;
    size_t list_max;     /* members of one list that are named; the others are counted */
    size_t segments_max; /* reports that are spoken of; the others are counted */
};

struct phrase {
    char text[SMS_TEXT_MAX];
    size_t len;
    bool cut; /* something did not fit: never sent as it is while a shorter wording is left */
};

void phrase_add(struct phrase *phrase, struct view text);
void phrase_puts(struct phrase *phrase, const char *text);
/* Appends a reply text, its {names} given; two spaces that an empty one leaves become one. */
void phrase_render(struct phrase *phrase, const struct wording *wording, enum reply_text text,
                   const struct template_value *values, size_t n_values);

/* "dan 2 lagi": of n reports those beyond the wording's segments_max; nothing where there are none. */
void phrase_more(struct phrase *phrase, const struct wording *wording, size_t n);

/* Members joined by `join`; beyond the wording's list_max they are counted and list_end() says how many. */
struct list {
    struct phrase phrase;
    const struct wording *wording;
    enum reply_text join;
    size_t n;
};
void list_begin(struct list *list, const struct wording *wording, enum reply_text join);
void list_add(struct list *list, const char *text);
/* The same, but a member that stands there already is not added again. */
void list_add_new(struct list *list, const char *text);
void list_end(struct list *list);

/* "12", "1.200" (carriers drop runs of more than three digits), unknown's text for a negative value. */
void number_write(int value, const char *unknown, char ret_text[NUMBER_TEXT_MAX]);
/* "Okt/26". */
void period_write(const struct wording *wording, int month, char ret_text[PERIOD_TEXT_MAX]);
/* The same of a report, with which of the month it is, unless nth is 0. */
void period_nth_write(const struct wording *wording, int month, int nth, char ret_text[PERIOD_TEXT_MAX]);
/* "Okt-Des/26". */
void quarter_write(const struct wording *wording, int quarter, char *ret_text, size_t size);
/* "20 Okt". */
void day_write(const struct wording *wording, struct day day, char ret_text[PERIOD_TEXT_MAX]);
/* A sender's own word in capitals, made safe to be echoed (parsers/deliver.h). */
void token_write(struct view token, char ret_text[TOKEN_TEXT_MAX]);
/* "ibu hamil 12": one number of a report, by label or code. */
void value_write(const struct wording *wording, const struct key *key, int value, char *ret_text, size_t size);

/* "IBU HAMIL 12 K4 (angka)": the form with the keys of the mask (bit i: key i); a value below 0 is the wording's
 * REPLY_ANY_NUMBER. */
void resend_write(const struct wording *wording, const struct form *form, uint64_t keys, const int *values,
                  char *ret_text, size_t size);
/* Of these values some that tell how the form is written: the total with two that are counted of it, where there are
 * such. */
uint64_t typical_keys(const struct form *form, const int *values);
/* The form's example cut down to the keys of the mask (bit i: key i), "IBU HAMIL 12 K4 10", "IBU HAMIL K4 10"; 0: the
 * total with two that are counted of it, where there are such. */
void example_write(const struct box *box, int set, int form, uint64_t keys, char *ret_text, size_t size);
/* Adds every form's name to the list. */
void list_add_forms(struct list *list, const struct set *set);

/* Makes the whole text in one wording. */
typedef void phrase_make(const void *data, const struct wording *wording, struct phrase *ret_phrase);

/* The fullest wording that fits into one SMS; else the fullest that fits into reply_max_parts; else what is left when
 * lists are cut short. */
void reply_fit(const struct box *box, const char *locale, phrase_make *make, const void *data, struct reply *ret_reply);

/* The fullest that fits into one SMS. */
void reply_fit_one(const struct box *box, const char *locale, phrase_make *make, const void *data,
                   struct reply *ret_reply);

/* The fullest wording that fits into reply_max_parts, however many of them it takes. */
void reply_fit_full(const struct box *box, const char *locale, phrase_make *make, const void *data,
                    struct reply *ret_reply);

/* A reply that is one text, wording by what fits. */
void reply_simple(const struct box *box, const char *locale, enum reply_text text, const struct template_value *values,
                  size_t n_values, struct reply *ret_reply);

/* The texts of a locale, the first ones where it has none. */
const struct replies *box_replies(const struct box *box, const char *locale);

#endif
