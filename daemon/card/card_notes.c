/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "card/card_words.h"

#define SAY(card, word, text, ...)                                                                                     \
    say(card, word, (const struct template_value[]){__VA_ARGS__},                                                      \
        sizeof((const struct template_value[]){__VA_ARGS__}) / sizeof(struct template_value), text)

static void say(const struct card *card, enum card_word word, const struct template_value *values, size_t n_values,
                char ret_text[CARD_LINE_MAX])
{
    (void)template_render(card_word(card->set, word), values, n_values, ret_text, CARD_LINE_MAX);
}

enum { DATE_MAX = 17, DATE_LEN = 10 }; /* "2026-10-01 08:15" cut to its day */

static void date_text(int64_t ms, char ret_text[DATE_MAX])
{
    ret_text[0] = '\0';
    if (ms)
        time_format_local(ms, ret_text);
    ret_text[DATE_LEN] = '\0';
}

void card_state(const struct card *card, char ret_text[CARD_LINE_MAX])
{
    char date[DATE_MAX] = "", before_date[DATE_MAX] = "", revision[12], next[12];
    char before[CARD_NUMBER_MAX], now[CARD_NUMBER_MAX];
    bool revised = card->revision > 1 && !card->changed;
    date_text(card->frozen_ms, date);
    date_text(card->earlier_ms, before_date);
    (void)snprintf(revision, sizeof revision, "%d", card->revision);
    (void)snprintf(next, sizeof next, "%d", card->revision + 1);
    card_percent_text(revised ? card->earlier_percent : card->frozen_percent, before);
    card_percent_text(card_percent(card), now);
    enum card_word live = card->frozen_set[0] ? CARD_STATE_OTHER_SET : CARD_STATE_LIVE;
    enum card_word word = card->revision == 0 ? live
                          : card->changed     ? CARD_STATE_CHANGED
                          : revised           ? CARD_STATE_REVISED
                                              : CARD_STATE_FROZEN;
    SAY(card, word, ret_text, {"revision", view_of(revision)}, {"next", view_of(next)}, {"date", view_of(date)},
        {"set", view_of(card->frozen_set)}, {"before", view_of(before)}, {"before_date", view_of(before_date)},
        {"now", view_of(now)});
}

void card_change_line(const struct card *card, char ret_text[CARD_LINE_MAX])
{
    int64_t change;
    ret_text[0] = '\0';
    if (!card_change(card, &change))
        return;
    char quarter[CARD_NUMBER_MAX], text[CARD_NUMBER_MAX];
    card_quarter_text(card, card->quarter - 1, quarter);
    card_change_text(change, text);
    SAY(card, CARD_CHANGE, ret_text, {"quarter", view_of(quarter)}, {"change", view_of(text)});
}

static void note_capped(const struct card *card, card_note *note, void *data)
{
    char text[CARD_LINE_MAX], numerator[CARD_NUMBER_MAX], denominator[CARD_NUMBER_MAX], n[CARD_NUMBER_MAX];
    for (size_t i = 0; i < card->set->n_indicators; i++) {
        const struct indicator *indicator = &card->set->indicators[i];
        const struct card_indicator *row = &card->indicators[i];
        if (row->capped == 0)
            continue;
        card_number(row->reported, numerator);
        card_number(row->denominator, denominator);
        card_number(row->capped, n);
        SAY(card, card_of_village(card) ? CARD_NOTE_CAPPED : CARD_NOTE_CAPPED_REGION, text,
            {"indicator", view_of(indicator->code)}, {"numerator", view_of(numerator)},
            {"denominator", view_of(denominator)}, {"n", view_of(n)});
        note(data, text);
    }
}

static void note_partial(const struct card *card, card_note *note, void *data)
{
    char text[CARD_LINE_MAX], known[CARD_NUMBER_MAX], all[CARD_NUMBER_MAX];
    for (size_t g = 0; g < card->n_groups; g++) {
        const struct card_sum *sum = &card->groups[g].sum;
        if (sum->known == sum->all || sum->known == 0)
            continue;
        card_number(sum->known, known);
        card_number(sum->all, all);
        SAY(card, CARD_NOTE_PARTIAL, text, {"group", view_of(card_group_word(card->set, card->groups[g].name, false))},
            {"known", view_of(known)}, {"all", view_of(all)});
        note(data, text);
    }
}

/* Above a village of villages: how many of those that can be compared are above the line. */
static void note_line(const struct card *card, card_note *note, void *data)
{
    char text[CARD_LINE_MAX], line[12], n[CARD_NUMBER_MAX], all[CARD_NUMBER_MAX];
    int above = 0, ranked = 0;
    if (card->set->line_at == 0)
        return;
    for (size_t i = 0; i < card->n_children; i++) {
        const struct card_child *child = &card->children[i];
        bool counts = child->is_ranked && child->area.level == AREA_DESA;
        ranked += counts;
        above += counts && card_is_above_line(card, percent_of(child->total.received, child->total.due));
    }
    card_number(above, n);
    card_number(ranked, all);
    (void)snprintf(line, sizeof line, "%d", card->set->line_at);
    SAY(card, ranked > 0 ? CARD_NOTE_LINE_REGION : CARD_NOTE_LINE, text, {"line", view_of(line)}, {"n", view_of(n)},
        {"all", view_of(all)});
    note(data, text);
}

/* What was chosen here and might have been chosen otherwise. */
static void note_choices(const struct card *card, card_note *note, void *data)
{
    char text[CARD_LINE_MAX], green[12], yellow[12];
    for (size_t i = 0; i < card->set->n_indicators; i++) {
        const struct indicator *indicator = &card->set->indicators[i];
        const char *reading = indicator->variants[card->indicators[i].variant].note;
        const char *approximate = indicator->variants[card->indicators[i].variant].approximate_note;
        if (reading)
            note(data, reading);
        if (approximate && card->indicators[i].approximate > 0) {
            card_label_text(card, approximate, card->indicators[i].approximate, text);
            note(data, text);
        }
    }
    if (card->table4 == TABLE4_PERSONS)
        note(data, card_word(card->set, CARD_NOTE_PERSONS));
    note_line(card, note, data);
    (void)snprintf(green, sizeof green, "%d", card->set->green_from);
    (void)snprintf(yellow, sizeof yellow, "%d", card->set->yellow_from);
    if (set_card_text(card->set, "not_official"))
        note(data, set_card_text(card->set, "not_official"));
    SAY(card, CARD_NOTE_COLOURS, text, {"green", view_of(green)}, {"yellow", view_of(yellow)});
    note(data, text);
}

/* "anak, timbang": of the keys whose bit is set. */
static void labels_text(const struct form *form, uint64_t keys, char *ret_text, size_t size)
{
    size_t len = 0;
    ret_text[0] = '\0';
    for (size_t i = 0; i < form->n_keys && len < size; i++)
        if (keys >> i & 1)
            len += (size_t)snprintf(ret_text + len, size - len, "%s%s", len ? ", " : "", form->keys[i].label);
}

static void note_filled(const struct card *card, size_t form, int month, card_note *note, void *data)
{
    const struct card_month *from = &card->forms[form][month];
    char text[CARD_LINE_MAX], labels[CARD_LINE_MAX / 2], n[CARD_NUMBER_MAX], all[CARD_NUMBER_MAX];
    if (!from->filled)
        return;
    labels_text(&card->set->forms[form], from->filled, labels, sizeof labels);
    card_number(from->filled_by, n);
    card_number(card->posyandu, all);
    SAY(card, CARD_NOTE_FILLED, text, {"form", view_of(card->set->forms[form].name)},
        {"month", view_of(card_month_text(card, month))}, {"labels", view_of(labels)}, {"n", view_of(n)},
        {"all", view_of(all)});
    note(data, text);
}

static void note_month(const struct card *card, size_t form, int month, card_note *note, void *data)
{
    const struct card_month *from = &card->forms[form][month];
    char text[CARD_LINE_MAX], n[CARD_NUMBER_MAX], all[CARD_NUMBER_MAX];
    bool village = card_of_village(card);
    const char *name = card->set->forms[form].name, *month_name = card_month_text(card, month);
    if (from->posyandu > 0) {
        card_number(from->posyandu, n);
        card_number(card->posyandu, all);
        SAY(card, village ? CARD_NOTE_POSYANDU : CARD_NOTE_POSYANDU_REGION, text, {"form", view_of(name)},
            {"month", view_of(month_name)}, {"n", view_of(n)}, {"all", view_of(all)});
        note(data, text);
    }
    note_filled(card, form, month, note, data);
    if (from->differs > 0) {
        size_t key = village ? (size_t)from->differs - 1 : 0;
        card_number(village ? from->village_value : from->differs, n);
        card_number(from->posyandu_value, all);
        const char *label = key < card->set->forms[form].n_keys ? card->set->forms[form].keys[key].label : "";
        SAY(card, village ? CARD_NOTE_DIFFERS : CARD_NOTE_DIFFERS_REGION, text, {"form", view_of(name)},
            {"month", view_of(month_name)}, {"label", view_of(label)}, {"village", view_of(n)}, {"n", view_of(n)},
            {"posyandu", view_of(all)});
        note(data, text);
    }
}

/* Paper has room for some: what must not be left out stands first. */
void card_notes(const struct card *card, card_note *note, void *data)
{
    char text[CARD_LINE_MAX], missing[CARD_LINE_MAX / 2];
    if (card_of_village(card)) {
        card_missing_text(card, SET_FORMS_MAX, missing, sizeof missing);
        if (missing[0]) {
            SAY(card, CARD_NOTE_MISSING, text, {"missing", view_of(missing)});
            note(data, text);
        }
    }
    if (card->is_of_other_set) {
        SAY(card, CARD_NOTE_SET, text, {"set", view_of(card->frozen_set)});
        note(data, text);
    }
    note_choices(card, note, data);
    note_partial(card, note, data);
    for (size_t form = 0; form < card->set->n_forms; form++)
        for (int month = 0; month < QUARTER_MONTHS; month++)
            note_month(card, form, month, note, data);
    note_capped(card, note, data);
}
