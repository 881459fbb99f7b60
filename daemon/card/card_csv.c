/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "card/card_words.h"

/* One line of the file: what its number stands for, then the numbers; a missing one is empty, decimals have a dot. */
struct line {
    const char *table, *code, *label;
    int64_t numerator, denominator;
    bool is_ratio; /* has a percentage */
    const char *note;
    int villages, of_villages; /* above a village: of how many the numbers are; of_villages 0: it is not said */
};

static void number_field(struct buf *buf, int64_t number)
{
    buf_puts(buf, ",");
    if (number >= 0)
        buf_printf(buf, "%" PRId64, number);
}

static void write_line(struct buf *buf, const struct card *card, const struct line *line)
{
    char quarter[8];
    quarter_format(card->quarter, quarter);
    int64_t percent = line->is_ratio ? percent_of(line->numerator, line->denominator) : -1;
    const char *texts[] = {card->area.code, card->area.id ? card->area.name : card_word(card->set, CARD_COUNTRY),
                           quarter,         card_set_name(card),
                           line->table,     line->code,
                           line->label};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        if (i)
            buf_puts(buf, ",");
        buf_csv(buf, view_of(texts[i]));
    }
    number_field(buf, line->numerator);
    number_field(buf, line->denominator);
    if (percent >= 0)
        buf_printf(buf, ",%" PRId64 ".%02d,", percent / 100, (int)(percent % 100));
    else
        buf_puts(buf, ",,");
    buf_csv(buf, view_of(line->note ? line->note : ""));
    number_field(buf, line->of_villages ? line->villages : -1);
    number_field(buf, line->of_villages ? line->of_villages : -1);
    buf_puts(buf, "\r\n");
}

static const char *indicator_note(const struct card *card, size_t i)
{
    const struct card_indicator *row = &card->indicators[i];
    if (row->numerator < 0 || row->denominator < 0)
        return card_word(card->set, CARD_MISSING);
    if (row->denominator == 0)
        return card_word(card->set, CARD_NO_TARGET);
    const struct variant *variant = &card->set->indicators[i].variants[row->variant];
    return row->approximate > 0 && variant->approximate_note ? variant->approximate_note : variant->note;
}

/* Of how many villages a sum is said: there are, above a village. */
static int all_villages(const struct card *card)
{
    return card_of_village(card) ? 0 : card->villages;
}

static void write_indicators(struct buf *buf, const struct card *card)
{
    for (size_t i = 0; i < card->set->n_indicators; i++) {
        const struct indicator *indicator = &card->set->indicators[i];
        const struct card_indicator *row = &card->indicators[i];
        if (indicator->is_persons)
            continue;
        struct line line = {"3",  indicator->code,         indicator->wording, row->numerator,    row->denominator,
                            true, indicator_note(card, i), row->villages,      all_villages(card)};
        write_line(buf, card, &line);
        if (indicator->part)
            write_line(buf, card,
                       &(struct line){"3", indicator->code, indicator->part_label, row->part, -1, false, "", 0, 0});
    }
}

static void write_sum(struct buf *buf, const struct card *card, const char *table, const char *code, const char *label,
                      const struct card_sum *sum, const char *note, int of_villages)
{
    bool known = sum->known > 0;
    write_line(buf, card,
               &(struct line){table, code, label, known ? sum->received : -1, known ? sum->due : -1, true,
                              known ? note : card_word(card->set, CARD_MISSING), sum->villages, of_villages});
}

static void write_group(struct buf *buf, const struct card *card, const char *code, const char *label,
                        const struct card_sum *sum)
{
    char of[CARD_LINE_MAX] = "", note[2 * CARD_LINE_MAX];
    if (sum->known < sum->all)
        card_indicators_text(card, sum, of);
    (void)snprintf(note, sizeof note, "%s%s%s", of, of[0] && card->table4 == TABLE4_PERSONS ? ". " : "",
                   card->table4 == TABLE4_PERSONS ? card_word(card->set, CARD_NOTE_PERSONS) : "");
    write_sum(buf, card, "4", code, label, sum, note, all_villages(card));
}

static void write_ranking(struct buf *buf, const struct card *card)
{
    for (size_t i = 0; i < card->n_children; i++) {
        const struct card_child *child = &card->children[i];
        char of[CARD_LINE_MAX], note[CARD_LINE_MAX] = "";
        card_child_text(card, child, of);
        if (!child->is_ranked)
            (void)snprintf(note, sizeof note, "%s: %s", card_word(card->set, CARD_NOT_RANKED), of);
        write_sum(buf, card, "ranking", child->area.code, child->area.name, &child->total, note, child->villages);
    }
}

void card_csv(const struct card *card, enum card_place place, struct buf *buf)
{
    const struct set *set = card->set;
    if (place & CARD_FIRST)
        buf_puts(buf,
                 "area,name,quarter,set,table,code,label,numerator,denominator,percent,note,villages,of_villages\r\n");
    for (int table = 1; table <= 2; table++)
        for (size_t i = 0; i < set->n_cells; i++) {
            char label[CARD_LINE_MAX], name[2] = {(char)('0' + table), '\0'};
            const struct cell *cell = &set->cells[i];
            (void)snprintf(label, sizeof label, "%s%s%s", cell->head ? cell->head : "", cell->head ? ": " : "",
                           cell->label);
            if (cell->table == table)
                write_line(buf, card,
                           &(struct line){name, "", label, card->cells[i].value, -1, false, "", card->cells[i].villages,
                                          all_villages(card)});
        }
    write_indicators(buf, card);
    for (size_t g = 0; g < card->n_groups; g++)
        write_group(buf, card, card->groups[g].name, card_group_word(set, card->groups[g].name, false),
                    &card->groups[g].sum);
    write_group(buf, card, "total", card_word(set, CARD_TOTAL), &card->total);
    for (size_t i = 0; i < card->n_packages; i++)
        write_sum(buf, card, "package", card->packages[i].name, card_package_word(set, card->packages[i].name),
                  &card->packages[i].sum, "", all_villages(card));
    for (size_t i = 0; i < CARD_BUDGET_MAX; i++)
        if (card_budget_word(set, i))
            write_line(buf, card,
                       &(struct line){"5", "", card_budget_word(set, i), card->budget[i].stunting,
                                      card->budget[i].total, true, "", card->budget[i].villages, all_villages(card)});
    write_ranking(buf, card);
}
