/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/reply/phrase.h"

#include <stdio.h>
#include <string.h>

#include "parsers/deliver.h"
#include "parsers/gsm7.h"
#include "settings/settings.h"

void phrase_add(struct phrase *phrase, struct view text)
{
    size_t room = sizeof phrase->text - 1 - phrase->len;
    if (text.len > room) {
        phrase->cut = true;
        return;
    }
    memcpy(phrase->text + phrase->len, text.at, text.len);
    phrase->len += text.len;
    phrase->text[phrase->len] = '\0';
}

void phrase_puts(struct phrase *phrase, const char *text)
{
    phrase_add(phrase, view_of(text));
}

void phrase_render(struct phrase *phrase, const struct wording *wording, enum reply_text text,
                   const struct template_value *values, size_t n_values)
{
    size_t room = sizeof phrase->text - phrase->len;
    const char *template = wording->replies->text[text][wording->length];
    size_t need = template_render(template, values, n_values, phrase->text + phrase->len, room);
    phrase->cut |= need >= room;
    size_t kept = phrase->len;
    for (size_t i = phrase->len; phrase->text[i]; i++) {
        if (phrase->text[i] != ' ' || kept == 0 || phrase->text[kept - 1] != ' ')
            phrase->text[kept++] = phrase->text[i];
    }
    phrase->text[kept] = '\0';
    phrase->len = kept;
}

void phrase_more(struct phrase *phrase, const struct wording *wording, size_t n)
{
    if (n <= wording->segments_max)
        return;
    char more[NUMBER_TEXT_MAX];
    number_write((int)(n - wording->segments_max), "", more);
    phrase_render(phrase, wording, REPLY_JOIN_SEGMENTS, NULL, 0);
    phrase_render(phrase, wording, REPLY_MORE, &(struct template_value){"n", view_of(more)}, 1);
}

void list_begin(struct list *list, const struct wording *wording, enum reply_text join)
{
    list->phrase.len = 0;
    list->phrase.text[0] = '\0';
    list->phrase.cut = false;
    list->wording = wording;
    list->join = join;
    list->n = 0;
}

void list_add(struct list *list, const char *text)
{
    if (list->n++ >= list->wording->list_max)
        return;
    if (list->phrase.len > 0)
        phrase_render(&list->phrase, list->wording, list->join, NULL, 0);
    phrase_puts(&list->phrase, text);
}

void list_add_new(struct list *list, const char *text)
{
    const char *join = list->wording->replies->text[list->join][list->wording->length];
    size_t len = strlen(text), gap = strlen(join);
    for (const char *at = list->phrase.text; (at = strstr(at, text)) != NULL; at++) {
        size_t before = (size_t)(at - list->phrase.text);
        bool begins = before == 0 || (before >= gap && memcmp(at - gap, join, gap) == 0);
        if (begins && (at[len] == '\0' || strncmp(at + len, join, gap) == 0))
            return;
    }
    list_add(list, text);
}

void list_end(struct list *list)
{
    if (list->n <= list->wording->list_max)
        return;
    char n[NUMBER_TEXT_MAX];
    number_write((int)(list->n - list->wording->list_max), "", n);
    phrase_render(&list->phrase, list->wording, list->join, NULL, 0);
    phrase_render(&list->phrase, list->wording, REPLY_MORE, &(struct template_value){"n", view_of(n)}, 1);
}

void number_write(int value, const char *unknown, char ret_text[NUMBER_TEXT_MAX])
{
    if (value < 0)
        (void)snprintf(ret_text, NUMBER_TEXT_MAX, "%s", unknown);
    else if (value < 1000)
        (void)snprintf(ret_text, NUMBER_TEXT_MAX, "%d", value);
    else if (value < 1000000)
        (void)snprintf(ret_text, NUMBER_TEXT_MAX, "%d.%03d", value / 1000, value % 1000);
    else
        (void)snprintf(ret_text, NUMBER_TEXT_MAX, "%d.%03d.%03d", value / 1000000, value / 1000 % 1000, value % 1000);
}

void period_write(const struct wording *wording, int month, char ret_text[PERIOD_TEXT_MAX])
{
    char year[8];
    if (month < 0) { /* of a row that a foreign hand wrote */
        (void)snprintf(ret_text, PERIOD_TEXT_MAX, "?");
        return;
    }
    (void)snprintf(year, sizeof year, "%02d", month / 12 % 100);
    const struct template_value values[] = {
        {"month", view_of(wording->replies->months[month % 12])},
        {"year", view_of(year)},
    };
    (void)template_render(wording->replies->text[REPLY_PERIOD][wording->length], values, 2, ret_text, PERIOD_TEXT_MAX);
}

void period_nth_write(const struct wording *wording, int month, int nth, char ret_text[PERIOD_TEXT_MAX])
{
    char period[PERIOD_TEXT_MAX], number[NUMBER_TEXT_MAX];
    period_write(wording, month, nth > 0 ? period : ret_text);
    if (nth <= 0)
        return;
    number_write(nth, "", number);
    const struct template_value values[] = {{"period", view_of(period)}, {"n", view_of(number)}};
    (void)template_render(wording->replies->text[REPLY_NTH][wording->length], values, 2, ret_text, PERIOD_TEXT_MAX);
}

void day_write(const struct wording *wording, struct day day, char ret_text[PERIOD_TEXT_MAX])
{
    char number[NUMBER_TEXT_MAX];
    number_write(day.day, "", number);
    const struct template_value given[] = {{"day", view_of(number)},
                                           {"month", view_of(wording->replies->months[day.month - 1])}};
    (void)template_render(wording->replies->text[REPLY_DAY][wording->length], given, 2, ret_text, PERIOD_TEXT_MAX);
}

void token_write(struct view token, char ret_text[TOKEN_TEXT_MAX])
{
    enum { TOKEN_CHARS = 20 };
    size_t len = deliver_safe(token, TOKEN_CHARS, ret_text, TOKEN_TEXT_MAX);
    for (size_t i = 0; i < len; i++) {
        if (ret_text[i] >= 'a' && ret_text[i] <= 'z')
            ret_text[i] = (char)(ret_text[i] - 'a' + 'A');
    }
}

void value_write(const struct wording *wording, const struct key *key, int value, char *ret_text, size_t size)
{
    char number[NUMBER_TEXT_MAX];
    number_write(value, wording->replies->text[REPLY_MISSING][wording->length], number);
    /* "<6 bln 7", "anak 2-6 th 24": the code, where the label's digits would run into the value. */
    bool digits = strpbrk(key->label, "0123456789") && strchr(key->label, ' ');
    const struct template_value values[] = {
        {"label", view_of(wording->codes || digits ? key->code : key->label)},
        {"value", view_of(number)},
    };
    (void)template_render(wording->replies->text[REPLY_VALUE][wording->length], values, 2, ret_text, size);
}

uint64_t typical_keys(const struct form *form, const int *values)
{
    enum { NAMED = 2 };
    uint64_t keys = 0;
    size_t named = 0;
    for (int any = 0; any < 2; any++) {
        for (size_t i = 1; i < form->n_keys && named < NAMED; i++) {
            uint64_t bit = UINT64_C(1) << i;
            if (values[i] < 0 || keys & bit || (!any && form->keys[i].of != 0))
                continue;
            keys |= bit;
            named++;
        }
    }
    return keys | 1;
}

void resend_write(const struct wording *wording, const struct form *form, uint64_t keys, const int *values,
                  char *ret_text, size_t size)
{
    size_t len = (size_t)snprintf(ret_text, size, "%s", form->name);
    for (size_t i = 0; i < form->n_keys && len < size; i++) {
        char number[NUMBER_TEXT_MAX];
        bool total = i == 0 && !form->no_total;
        if (!(keys & UINT64_C(1) << i))
            continue;
        number_write(values[i], wording->replies->text[REPLY_ANY_NUMBER][wording->length], number);
        len += (size_t)snprintf(ret_text + len, size - len, "%s%s %s", total ? "" : " ",
                                total ? "" : form->keys[i].code, number);
    }
}

void example_write(const struct box *box, int set, int form_index, uint64_t keys, char *ret_text, size_t size)
{
    const struct form *form = &box_set(box, (size_t)set)->forms[form_index];
    const int *values = box_example(box, (size_t)set, form_index);
    size_t len = (size_t)snprintf(ret_text, size, "%s", form->name);
    if (keys == 0)
        keys = typical_keys(form, values);
    for (size_t i = 0; i < form->n_keys && len < size; i++) {
        bool total = i == 0 && !form->no_total;
        if (values[i] >= 0 && keys & UINT64_C(1) << i)
            len += (size_t)snprintf(ret_text + len, size - len, "%s%s %d", total ? "" : " ",
                                    total ? "" : form->keys[i].code, values[i]);
    }
}

void list_add_forms(struct list *list, const struct set *set)
{
    for (size_t i = 0; i < set->n_forms; i++)
        list_add(list, set->forms[i].name);
}

const struct replies *box_replies(const struct box *box, const char *locale)
{
    for (size_t i = 0; i < box->settings->n_replies; i++) {
        if (strcmp(box->settings->replies[i]->locale, locale) == 0)
            return box->settings->replies[i];
    }
    return box->settings->replies[0];
}

static size_t parts_of(const struct phrase *phrase)
{
    return sms_parts((struct view){phrase->text, phrase->len});
}

static bool try_wording(const struct wording *wording, phrase_make *make, const void *data, size_t max_parts,
                        struct phrase *phrase)
{
    phrase->len = 0;
    phrase->text[0] = '\0';
    phrase->cut = false;
    make(data, wording, phrase);
    return !phrase->cut && parts_of(phrase) <= max_parts;
}

/* From the fullest wording to the barest; n counts up until false. */
static bool wording_at(size_t n, const struct replies *replies, struct wording *ret_wording)
{
    static const struct {
        enum reply_length length;
        bool codes;
        enum examples examples;
        size_t list_max, segments_max;
    } wordings[] = {
        {REPLY_LONG, false, EXAMPLES_OF_ALL, 99, 99},      {REPLY_LONG, true, EXAMPLES_OF_ALL, 99, 99},
        {REPLY_SHORT, false, EXAMPLES_OF_ALL, 99, 99},     {REPLY_SHORT, true, EXAMPLES_OF_ALL, 99, 99},
        {REPLY_SHORT, true, EXAMPLES_OF_REJECTED, 99, 99}, {REPLY_SHORT, true, EXAMPLES_NONE, 99, 99},
        {REPLY_SHORT, true, EXAMPLES_NONE, 16, 99},        {REPLY_SHORT, true, EXAMPLES_NONE, 12, 6},
        {REPLY_SHORT, true, EXAMPLES_NONE, 8, 5},          {REPLY_SHORT, true, EXAMPLES_NONE, 8, 4},
        {REPLY_SHORT, true, EXAMPLES_NONE, 8, 3},          {REPLY_SHORT, true, EXAMPLES_NONE, 6, 2},
        {REPLY_SHORT, true, EXAMPLES_NONE, 6, 1},          {REPLY_SHORT, true, EXAMPLES_NONE, 4, 1},
        {REPLY_SHORT, true, EXAMPLES_NONE, 2, 1},          {REPLY_SHORT, true, EXAMPLES_NONE, 1, 1},
    };
    if (n >= sizeof wordings / sizeof *wordings)
        return false;
    *ret_wording = (struct wording){replies,
                                    wordings[n].length,
                                    wordings[n].codes,
                                    wordings[n].examples,
                                    wordings[n].list_max,
                                    wordings[n].segments_max};
    return true;
}

/* The last resort: whole characters up to the last part that may be sent. */
static void cut_to(struct phrase *phrase, size_t max_parts)
{
    size_t used = 0;
    for (size_t i = 0; i < max_parts && used < phrase->len; i++)
        used += sms_part_split((struct view){phrase->text + used, phrase->len - used}, true, GSM7_PART_SEPTETS);
    phrase->len = used;
    phrase->text[used] = '\0';
}

static void fit(const struct box *box, const char *locale, phrase_make *make, const void *data, size_t try_in_one,
                size_t max_parts, struct reply *ret_reply)
{
    struct phrase phrase;
    struct wording wording;
    const struct replies *replies = box_replies(box, locale);
    bool fits = false;
    for (size_t n = 0; !fits && n < try_in_one && wording_at(n, replies, &wording); n++)
        fits = try_wording(&wording, make, data, 1, &phrase);
    for (size_t n = 0; !fits && wording_at(n, replies, &wording); n++)
        fits = try_wording(&wording, make, data, max_parts, &phrase);
    if (!fits)
        cut_to(&phrase, max_parts);
    (void)gsm7_fold((struct view){phrase.text, phrase.len}, ret_reply->text, sizeof ret_reply->text);
}

void reply_fit(const struct box *box, const char *locale, phrase_make *make, const void *data, struct reply *ret_reply)
{
    enum { NOTHING_LEFT_OUT = 5 }; /* so many of the first wordings say all that is useful */
    fit(box, locale, make, data, NOTHING_LEFT_OUT, (size_t)box->settings->reply_max_parts, ret_reply);
}

void reply_fit_one(const struct box *box, const char *locale, phrase_make *make, const void *data,
                   struct reply *ret_reply)
{
    fit(box, locale, make, data, 0, 1, ret_reply);
}

void reply_fit_full(const struct box *box, const char *locale, phrase_make *make, const void *data,
                    struct reply *ret_reply)
{
    fit(box, locale, make, data, 0, (size_t)box->settings->reply_max_parts, ret_reply);
}

struct simple {
    enum reply_text text;
    const struct template_value *values;
    size_t n_values;
};

static void make_simple(const void *data, const struct wording *wording, struct phrase *ret_phrase)
{
    const struct simple *simple = data;
    phrase_render(ret_phrase, wording, simple->text, simple->values, simple->n_values);
}

void reply_simple(const struct box *box, const char *locale, enum reply_text text, const struct template_value *values,
                  size_t n_values, struct reply *ret_reply)
{
    struct simple simple = {text, values, n_values};
    reply_fit(box, locale, make_simple, &simple, ret_reply);
}
