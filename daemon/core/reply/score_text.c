/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/reply/score_text.h"

#include <stdio.h>
#include <string.h>

#include "card/card_words.h"
#include "core/reply/phrase.h"
#include "parsers/deliver.h"

enum { WEAKEST = 3, MEMBER_MAX = 160, AREA_CHARS_MAX = 32, AREA_TEXT_MAX = 4 * AREA_CHARS_MAX };

void quarter_write(const struct wording *wording, int quarter, char *ret_text, size_t size)
{
    char number[8], year[8];
    (void)snprintf(number, sizeof number, "%d", quarter % 4 + 1);
    (void)snprintf(year, sizeof year, "%02d", quarter / 4 % 100);
    const char *const *months = wording->replies->months;
    const int first = quarter % 4 * QUARTER_MONTHS;
    const struct template_value given[] = {{"quarter", view_of(number)},
                                           {"year", view_of(year)},
                                           {"first", view_of(months[first])},
                                           {"last", view_of(months[first + QUARTER_MONTHS - 1])}};
    (void)template_render(wording->replies->text[REPLY_QUARTER][wording->length], given, 4, ret_text, size);
}

static void render_of(const struct wording *wording, enum reply_text which, const int64_t numbers[3], char *ret_text,
                      size_t size)
{
    char n[CARD_NUMBER_MAX], all[CARD_NUMBER_MAX], complete[CARD_NUMBER_MAX];
    card_number(numbers[0], n);
    card_number(numbers[1], all);
    card_number(numbers[2], complete);
    const struct template_value given[] = {{"n", view_of(n)}, {"all", view_of(all)}, {"complete", view_of(complete)}};
    (void)template_render(wording->replies->text[which][wording->length], given, 3, ret_text, size);
}

/* " (3/8 desa)": of a number that is of some villages only; "" of all, and of a village. */
static void some_write(const struct wording *wording, const struct card *card, int villages, char *ret_text,
                       size_t size)
{
    ret_text[0] = '\0';
    if (!card_of_village(card) && villages >= 0 && villages < card->villages)
        render_of(wording, REPLY_SCORE_OF_SOME, (const int64_t[]){villages, card->villages, 0}, ret_text, size);
}

/* Of how much the whole is: of a village nothing where all of it is known. */
static void of_write(const struct wording *wording, const struct card *card, char *ret_text, size_t size)
{
    const struct card_sum *total = &card->total;
    bool persons = card->table4 == TABLE4_PERSONS;
    (void)snprintf(ret_text, size, "%s", persons ? wording->replies->text[REPLY_SCORE_PERSONS][wording->length] : "");
    size_t len = strlen(ret_text);
    if (card_of_village(card) && total->known < total->all && !persons)
        render_of(wording, REPLY_SCORE_OF_INDICATORS, (const int64_t[]){total->known, total->all, 0}, ret_text, size);
    else if (!card_of_village(card) && total->villages >= 0)
        render_of(wording, REPLY_SCORE_OF_VILLAGES, (const int64_t[]){total->villages, card->villages, card->complete},
                  ret_text + len, size - len);
}

static void add_of(struct list *list, const char *text, const char *of)
{
    char whole[2 * MEMBER_MAX];
    (void)snprintf(whole, sizeof whole, "%s%s", text, of);
    list_add(list, whole);
}

/* A whole number, as people speak of a score; 100 only where nothing lacks, 0 only where there is nothing. */
static int whole_of(int64_t hundredths)
{
    enum { ALL = 10000 };
    int64_t whole = (hundredths + 50) / 100;
    if (whole == 0 && hundredths > 0)
        return 1;
    return whole >= ALL / 100 && hundredths < ALL ? ALL / 100 - 1 : (int)whole;
}

static void level_write(int64_t hundredths, char ret_text[NUMBER_TEXT_MAX])
{
    number_write(hundredths < 0 ? -1 : whole_of(hundredths), "-", ret_text);
}

static void list_groups(struct list *list, const struct wording *wording, const struct card *card)
{
    list_begin(list, wording, REPLY_JOIN_LIST);
    for (size_t i = 0; i < card->n_groups; i++) {
        char percent[NUMBER_TEXT_MAX], text[MEMBER_MAX], of[MEMBER_MAX] = "";
        int64_t hundredths = percent_of(card->groups[i].sum.received, card->groups[i].sum.due);
        if (hundredths < 0)
            continue;
        level_write(hundredths, percent);
        const struct template_value given[] = {
            {"group", view_of(card_group_word(card->set, card->groups[i].name, true))}, {"percent", view_of(percent)}};
        (void)template_render(wording->replies->text[REPLY_SCORE_GROUP][wording->length], given, 2, text, sizeof text);
        if (card->groups[i].sum.villages != card->total.villages)
            some_write(wording, card, card->groups[i].sum.villages, of, sizeof of);
        add_of(list, text, of);
    }
    list_end(list);
}

static void list_weakest(struct list *list, const struct wording *wording, const struct card *card)
{
    size_t weakest[WEAKEST], n = card_weakest(card, WEAKEST, weakest);
    list_begin(list, wording, REPLY_JOIN_LIST);
    for (size_t i = 0; i < n; i++) {
        const struct card_indicator *indicator = &card->indicators[weakest[i]];
        char numerator[NUMBER_TEXT_MAX], denominator[NUMBER_TEXT_MAX], text[MEMBER_MAX], of[MEMBER_MAX];
        number_write((int)indicator->numerator, "-", numerator);
        number_write((int)indicator->denominator, "-", denominator);
        const struct template_value given[] = {{"indicator", view_of(card->set->indicators[weakest[i]].short_wording)},
                                               {"numerator", view_of(numerator)},
                                               {"denominator", view_of(denominator)}};
        (void)template_render(wording->replies->text[REPLY_SCORE_WEAK][wording->length], given, 3, text, sizeof text);
        some_write(wording, card, indicator->villages, of, sizeof of);
        add_of(list, text, of);
    }
    list_end(list);
}

/* A run of cells of the same villages says it once, at its end. */
static bool next_cell_is_of_the_same(const struct card *card, size_t cell)
{
    size_t next = cell + 1;
    return next < card->set->n_cells && card->set->cells[next].short_label && card->cells[next].value >= 0 &&
           card->cells[next].villages == card->cells[cell].villages;
}

static void list_cells(struct list *list, const struct wording *wording, const struct card *card)
{
    list_begin(list, wording, REPLY_JOIN_LIST);
    for (size_t i = 0; i < card->set->n_cells; i++) {
        char number[NUMBER_TEXT_MAX], text[MEMBER_MAX], of[MEMBER_MAX] = "";
        if (!card->set->cells[i].short_label || card->cells[i].value < 0)
            continue;
        number_write((int)card->cells[i].value, "-", number);
        (void)snprintf(text, sizeof text, "%s %s", card->set->cells[i].short_label, number);
        if (!next_cell_is_of_the_same(card, i))
            some_write(wording, card, card->cells[i].villages, of, sizeof of);
        add_of(list, text, of);
    }
    list_end(list);
}

/* "ANAK Sep": a form and the months of it that did not come; without months where none of them did. */
static void list_missing(struct list *list, const struct wording *wording, const struct card *card)
{
    list_begin(list, wording, REPLY_JOIN_LIST);
    for (size_t form = 0; form < card->set->n_forms; form++) {
        unsigned missing = card_form_missing(card, form);
        char text[MEMBER_MAX];
        size_t len = (size_t)snprintf(text, sizeof text, "%s", card->set->forms[form].name);
        bool some = false;
        for (int month = 0; month < QUARTER_MONTHS; month++)
            some |= card->forms[form][month].villages > 0;
        for (int month = 0; month < QUARTER_MONTHS && some && len < sizeof text; month++) {
            if (missing & 1U << month)
                len += (size_t)snprintf(text + len, sizeof text - len, " %s",
                                        wording->replies->months[(card->quarter * QUARTER_MONTHS + month) % 12]);
        }
        if (missing)
            list_add(list, text);
    }
    /* Where Table 4 counts persons: whose number is not there, though the forms are. */
    for (size_t i = 0; i < card->set->n_indicators && card->table4 == TABLE4_PERSONS; i++)
        if (card->set->indicators[i].is_persons &&
            (card->indicators[i].numerator < 0 || card->indicators[i].denominator < 0))
            list_add(list, card->set->indicators[i].short_wording);
    list_end(list);
}

/* Above a village of villages: those that know less than the others, by name. */
static void list_lacking(struct list *list, const struct wording *wording, const struct card *card)
{
    list_begin(list, wording, REPLY_JOIN_LIST);
    for (size_t i = 0; i < card->n_children; i++) {
        char name[AREA_TEXT_MAX];
        if (card->children[i].is_ranked || card->children[i].area.level != AREA_DESA)
            continue;
        (void)deliver_safe(view_of(card->children[i].area.name), AREA_CHARS_MAX, name, sizeof name);
        list_add(list, name);
    }
    list_end(list);
}

static void list_month(struct list *list, const struct wording *wording, const struct card *card, size_t form,
                       int month, enum reply_text which)
{
    const struct card_month *from = &card->forms[form][month];
    char text[MEMBER_MAX], n[NUMBER_TEXT_MAX], all[NUMBER_TEXT_MAX];
    char village[NUMBER_TEXT_MAX], total[NUMBER_TEXT_MAX];
    number_write(from->filled ? from->filled_by : from->posyandu, "-", n);
    number_write(card->posyandu, "-", all);
    number_write(from->village_value, "-", village);
    number_write(from->posyandu_value, "-", total);
    const struct template_value given[] = {
        {"form", view_of(card->set->forms[form].name)},
        {"month", view_of(wording->replies->months[(card->quarter * QUARTER_MONTHS + month) % 12])},
        {"n", view_of(n)},
        {"all", view_of(all)},
        {"label", view_of(from->differs > 0 ? card->set->forms[form].keys[from->differs - 1].label : "")},
        {"village", view_of(village)},
        {"sum", view_of(total)},
    };
    (void)template_render(wording->replies->text[which][wording->length], given, sizeof given / sizeof *given, text,
                          sizeof text);
    list_add(list, text);
}

/* Of each form the last month that posyandu stand in for the KPM, wholly or in part, and the last one in which the two
 * differ. */
static void list_posyandu(struct list *list, const struct wording *wording, const struct card *card)
{
    list_begin(list, wording, REPLY_JOIN_LIST);
    for (size_t form = 0; form < card->set->n_forms && card_of_village(card); form++) {
        int summed = QUARTER_MONTHS - 1, differs = summed;
        while (summed >= 0 && card->forms[form][summed].posyandu == 0 && card->forms[form][summed].filled == 0)
            summed--;
        while (differs >= 0 && card->forms[form][differs].differs == 0)
            differs--;
        if (summed >= 0)
            list_month(list, wording, card, form, summed,
                       card->forms[form][summed].filled ? REPLY_SCORE_FILLED_FORM : REPLY_SCORE_POSYANDU_FORM);
        if (differs >= 0)
            list_month(list, wording, card, form, differs, REPLY_SCORE_DIFFERS_FORM);
    }
    list_end(list);
}

static void write_revision(struct phrase *phrase, const struct wording *wording, const struct card *card)
{
    char revision[NUMBER_TEXT_MAX], before[NUMBER_TEXT_MAX];
    if (!card->changed && card->revision <= 1)
        return;
    number_write(card->changed ? card->revision + 1 : card->revision, "-", revision);
    level_write(card->changed ? card->frozen_percent : card->earlier_percent, before);
    const struct template_value given[] = {{"n", view_of(revision)}, {"before", view_of(before)}};
    phrase_render(phrase, wording, REPLY_SCORE_REVISION, given, 2);
}

/* One of the sentences that may be empty: nothing is written where its list is. */
static void sentence(struct phrase *phrase, const struct wording *wording, enum reply_text text, const char *name,
                     const struct list *list)
{
    if (list->n > 0)
        phrase_render(phrase, wording, text, &(struct template_value){name, view_of(list->phrase.text)}, 1);
}

static void write_change(struct phrase *phrase, const struct wording *wording, const struct card *card)
{
    int64_t change;
    char number[NUMBER_TEXT_MAX], text[MEMBER_MAX], quarter[PERIOD_TEXT_MAX];
    if (!card_change(card, &change))
        return;
    int n = whole_of(card_percent(card)) - whole_of(card_percent(card) - change);
    number_write(n < 0 ? -n : n, "", number);
    enum reply_text which = n > 0 ? REPLY_SCORE_UP : n < 0 ? REPLY_SCORE_DOWN : REPLY_SCORE_SAME;
    (void)template_render(wording->replies->text[which][wording->length],
                          &(struct template_value){"n", view_of(number)}, 1, text, sizeof text);
    quarter_write(wording, card->quarter - 1, quarter, sizeof quarter);
    const struct template_value given[] = {{"change", view_of(text)}, {"quarter", view_of(quarter)}};
    phrase_render(phrase, wording, REPLY_SCORE_CHANGE, given, 2);
}

struct score_order {
    const struct card *card;
    bool early;
};

static void make_score(const void *data, const struct wording *wording, struct phrase *ret_phrase)
{
    const struct score_order *order = data;
    const struct card *card = order->card;
    struct list groups, list;
    struct phrase change = {.len = 0}, weakest = {.len = 0}, cells = {.len = 0}, missing = {.len = 0};
    struct phrase posyandu = {.len = 0}, revision = {.len = 0}, lacking = {.len = 0};
    /* The first wording alone says it: it is left out before anything else is said more shortly. */
    bool with_posyandu = wording->length == REPLY_LONG && !wording->codes;
    char area[AREA_TEXT_MAX], quarter[PERIOD_TEXT_MAX], level[NUMBER_TEXT_MAX], of[MEMBER_MAX];
    bool scored = card_percent(card) >= 0;
    quarter_write(wording, card->quarter, quarter, sizeof quarter);
    level_write(card_percent(card), level);
    (void)deliver_safe(view_of(card->area.name), AREA_CHARS_MAX, area, sizeof area);
    of_write(wording, card, of, sizeof of);
    list_groups(&groups, wording, card);
    write_change(&change, wording, card);
    list_weakest(&list, wording, card);
    sentence(&weakest, wording, REPLY_SCORE_WEAKEST, "weakest", &list);
    list_cells(&list, wording, card);
    sentence(&cells, wording, REPLY_SCORE_CELLS, "cells", &list);
    list_missing(&list, wording, card);
    if (scored)
        sentence(&missing, wording, REPLY_SCORE_MISSING, "missing", &list);
    else
        phrase_puts(&missing, list.phrase.text);
    list_lacking(&list, wording, card);
    if (with_posyandu || order->early)
        sentence(&lacking, wording, REPLY_SCORE_LACKING, "areas", &list);
    list_posyandu(&list, wording, card);
    if (with_posyandu)
        sentence(&posyandu, wording, REPLY_SCORE_POSYANDU, "forms", &list);
    write_revision(&revision, wording, card);
    const struct template_value given[] = {
        {"area", view_of(area)},
        {"quarter", view_of(quarter)},
        {"level", view_of(level)},
        {"change", view_of(change.text)},
        {"groups", view_of(groups.phrase.text)},
        {"weakest", view_of(weakest.text)},
        {"cells", view_of(cells.text)},
        {"missing", view_of(missing.text)},
        {"posyandu", view_of(posyandu.text)},
        {"revision", view_of(revision.text)},
        {"of", view_of(of)},
        {"lacking", view_of(lacking.text)},
    };
    enum reply_text text = !scored ? REPLY_SCORE_NONE : order->early ? REPLY_SCORE_EARLY : REPLY_SCORE;
    phrase_render(ret_phrase, wording, text, given, sizeof given / sizeof *given);
}

void reply_score(const struct box *box, const struct card *card, const char *locale, struct reply *ret_reply)
{
    reply_fit_full(box, locale, make_score, &(struct score_order){card, false}, ret_reply);
}

void reply_score_early(const struct box *box, const struct card *card, const char *locale, struct reply *ret_reply)
{
    reply_fit_full(box, locale, make_score, &(struct score_order){card, true}, ret_reply);
}

static void make_future(const void *data, const struct wording *wording, struct phrase *ret_phrase)
{
    char newest[PERIOD_TEXT_MAX];
    quarter_write(wording, *(const int *)data, newest, sizeof newest);
    phrase_render(ret_phrase, wording, REPLY_SCORE_FUTURE, &(struct template_value){"newest", view_of(newest)}, 1);
}

void reply_score_future(const struct box *box, int newest, const char *locale, struct reply *ret_reply)
{
    reply_fit(box, locale, make_future, &newest, ret_reply);
}
