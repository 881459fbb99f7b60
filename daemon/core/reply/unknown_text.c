/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/reply/unknown_text.h"

#include <stdio.h>

#include "core/reply/phrase.h"

enum { EXAMPLE_MAX = 400 };

struct unknown_reply {
    const struct box *box;
    const struct assessment *assessment;
};

/* Keys that stand in a message without a form's name: bit i: key i of the form, its number in values; -1: none is
 * typed. */
struct loose_keys {
    uint64_t keys;
    int values[FORM_KEYS_MAX];
    size_t n; /* keys */
};

static bool is_key_note(const struct note *note)
{
    return note->kind == NOTE_IGNORED && note->form >= 0;
}

/* The first key of that form that a note's word is a spelling of, by its code in the note's own form. */
static int key_in(const struct form *form, const struct set *set, const struct note *note)
{
    const struct form *own = &set->forms[note->form];
    return note->key < 0 ? -1 : form_key(form, own->keys[note->key].code);
}

/* The number that stands next after the word, "AIR 3"; -1: none does. */
static int number_behind(struct view text, const struct note *note)
{
    size_t at = (size_t)(note->token.at + note->token.len - text.at);
    int number = 0, digits = 0;
    while (at < text.len && (text.at[at] == ' ' || text.at[at] == ':' || text.at[at] == '='))
        at++;
    for (; at < text.len && is_digit(text.at[at]) && digits < 5; at++, digits++)
        number = number * 10 + (text.at[at] - '0');
    return digits > 0 && digits < 5 ? number : -1;
}

static void find_loose(const struct unknown_reply *reply, const struct form *form, struct loose_keys *ret)
{
    const struct assessment *assessment = reply->assessment;
    const struct set *set = box_set(reply->box, (size_t)assessment->set);
    *ret = (struct loose_keys){.n = 0};
    for (size_t i = 0; i < assessment->reading.n_notes; i++) {
        const struct note *note = &assessment->reading.notes[i];
        int key = is_key_note(note) ? key_in(form, set, note) : -1;
        if (key < 0)
            continue;
        ret->n += !(ret->keys & UINT64_C(1) << key);
        ret->keys |= UINT64_C(1) << key;
        ret->values[key] = number_behind(assessment->text, note);
    }
}

/* The whole word that the note's token is in, with the number after it: of "K1" a key may be the K alone. */
static void write_loose(struct view text, const struct note *note, char ret_text[2 * TOKEN_TEXT_MAX])
{
    const char *from = note->token.at, *end = from + note->token.len;
    char word[TOKEN_TEXT_MAX], number[NUMBER_TEXT_MAX];
    while (end < text.at + text.len && (is_digit(*end) || (*end >= 'a' && *end <= 'z') || (*end >= 'A' && *end <= 'Z')))
        end++;
    token_write((struct view){from, (size_t)(end - from)}, word);
    int value = end == from + note->token.len ? number_behind(text, note) : -1;
    number_write(value, "", number);
    (void)snprintf(ret_text, 2 * TOKEN_TEXT_MAX, "%s%s%s", word, value < 0 ? "" : " ", number);
}

/* Each word once. Their number in *ret_n. */
static void list_loose(struct list *list, const struct assessment *assessment, const struct wording *wording)
{
    char text[2 * TOKEN_TEXT_MAX];
    list_begin(list, wording, REPLY_JOIN_LIST);
    for (size_t i = 0; i < assessment->reading.n_notes; i++) {
        if (!is_key_note(&assessment->reading.notes[i]))
            continue;
        write_loose(assessment->text, &assessment->reading.notes[i], text);
        list_add_new(list, text);
    }
    list_end(list);
}

/* Keys without the name of a form: which forms have most of them, and how they are sent with the first of these. */
static void make_no_form(const void *data, const struct wording *wording, struct phrase *ret_phrase)
{
    const struct unknown_reply *reply = data;
    const struct set *set = box_set(reply->box, (size_t)reply->assessment->set);
    struct list forms, tokens;
    struct loose_keys loose, best = {.n = 0};
    char example[EXAMPLE_MAX] = "";
    list_loose(&tokens, reply->assessment, wording);
    for (size_t i = 0; i < set->n_forms; i++) {
        find_loose(reply, &set->forms[i], &loose);
        best.n = loose.n > best.n ? loose.n : best.n;
    }
    list_begin(&forms, wording, REPLY_JOIN_OR);
    for (size_t i = 0; i < set->n_forms; i++) {
        find_loose(reply, &set->forms[i], &loose);
        if (loose.n < best.n)
            continue;
        if (forms.n == 0)
            resend_write(wording, &set->forms[i], loose.keys, loose.values, example, sizeof example);
        list_add(&forms, set->forms[i].name);
    }
    list_end(&forms);
    const struct template_value given[] = {
        {"tokens", view_of(tokens.phrase.text)}, {"forms", view_of(forms.phrase.text)}, {"example", view_of(example)}};
    phrase_render(ret_phrase, wording, REPLY_NO_FORM, given, 3);
}

/* Where it is not known who is told. */
static enum reply_text note_text(const struct reading *reading)
{
    return reading->emergency ? REPLY_NOTE_EMERGENCY_WAITS : REPLY_NOTE_WAITS;
}

static void make_unknown(const void *data, const struct wording *wording, struct phrase *ret_phrase)
{
    const struct unknown_reply *reply = data;
    const struct reading *reading = &reply->assessment->reading;
    const struct set *set = box_set(reply->box, (size_t)reply->assessment->set);
    struct list forms;
    char example[EXAMPLE_MAX];
    list_begin(&forms, wording, REPLY_JOIN_LIST);
    list_add_forms(&forms, set);
    list_end(&forms);
    example_write(reply->box, reply->assessment->set, 0, 0, example, sizeof example);
    const struct template_value given[] = {
        {"form", view_of(set->forms[0].name)}, {"forms", view_of(forms.phrase.text)}, {"example", view_of(example)}};
    enum reply_text text = reading->kind == READING_NOTE    ? note_text(reading)
                           : reading->kind == READING_EMPTY ? REPLY_EMPTY
                           : reading->too_long              ? REPLY_TOO_LONG
                           : reading->asks                  ? REPLY_QUESTION
                                                            : REPLY_UNKNOWN;
    phrase_render(ret_phrase, wording, text, given, 3);
}

/* What the key or form that is asked for means; NULL: the set does not say. */
static const char *meaning_asked(const struct unknown_reply *reply)
{
    const struct reading *reading = &reply->assessment->reading;
    if (reading->asks_form < 0 || reading->asks_key < 0)
        return NULL;
    return box_set(reply->box, (size_t)reply->assessment->set)
        ->forms[reading->asks_form]
        .keys[reading->asks_key]
        .meaning;
}

/* "KEK itu apa?" */
static void make_meaning(const void *data, const struct wording *wording, struct phrase *ret_phrase)
{
    const struct unknown_reply *reply = data;
    const struct reading *reading = &reply->assessment->reading;
    const struct form *form = &box_set(reply->box, (size_t)reply->assessment->set)->forms[reading->asks_form];
    int values[FORM_KEYS_MAX];
    char example[EXAMPLE_MAX];
    for (size_t i = 0; i < FORM_KEYS_MAX; i++)
        values[i] = -1;
    resend_write(wording, form, UINT64_C(1) << reading->asks_key, values, example, sizeof example);
    const struct template_value given[] = {
        {"word", view_of(reading->asks_key == 0 ? form->name : form->keys[reading->asks_key].code)},
        {"meaning", view_of(meaning_asked(reply))},
        {"example", view_of(example)},
    };
    phrase_render(ret_phrase, wording, REPLY_MEANING, given, 3);
}

static bool has_loose_keys(const struct reading *reading)
{
    for (size_t i = 0; i < reading->n_notes; i++) {
        if (is_key_note(&reading->notes[i]))
            return reading->kind == READING_UNKNOWN && !reading->too_long;
    }
    return false;
}

static phrase_make *maker_of(const struct unknown_reply *reply)
{
    const struct reading *reading = &reply->assessment->reading;
    if (reading->asks && reading->kind != READING_NOTE)
        return meaning_asked(reply) ? make_meaning : make_unknown;
    return has_loose_keys(reading) ? make_no_form : make_unknown;
}

void reply_unknown(const struct box *box, const struct assessment *assessment, const char *locale,
                   struct reply *ret_reply)
{
    const struct unknown_reply reply = {box, assessment};
    reply_fit(box, locale, maker_of(&reply), &reply, ret_reply);
}

bool reply_meaning(const struct box *box, const struct assessment *assessment, const char *locale,
                   struct reply *ret_reply)
{
    const struct unknown_reply reply = {box, assessment};
    if (!meaning_asked(&reply))
        return false;
    reply_fit(box, locale, make_meaning, &reply, ret_reply);
    return true;
}
