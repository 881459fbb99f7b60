/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "card/card_words.h"
#include "parsers/utf8.h"

/* A row of figures has at most 80 columns, but where millions are counted. */
enum { LABEL_COLUMNS = 36, CELL_COLUMNS = 52, BAR_COLUMNS = 19, PART_INDENT = 13, WEAKEST_MAX = 5 };

/* Text from outside, escaped, cut or filled with spaces to that many characters. */
static void padded(struct buf *buf, const char *text, size_t columns)
{
    size_t n = 0;
    for (struct view rest = view_of(text); rest.len && n < columns; n++) {
        uint32_t c;
        size_t bytes = utf8_decode(rest, &c);
        buf_escaped(buf, (struct view){rest.at, bytes});
        rest.at += bytes;
        rest.len -= bytes;
    }
    for (; n < columns; n++)
        buf_puts(buf, " ");
}

/* line: per cent at which there is one, 0 none. */
static void bar(struct buf *buf, int64_t hundredths, int line)
{
    for (int i = 0; i < BAR_COLUMNS; i++) {
        bool is_line = line > 0 && i == line * BAR_COLUMNS / 100;
        buf_puts(buf, is_line ? "|" : hundredths >= (i * 2 + 1) * INT64_C(10000) / (2 * BAR_COLUMNS) ? "#" : ".");
    }
}

static void place(struct buf *buf, const char *label, const char *name)
{
    buf_printf(buf, "%s ", label);
    buf_escaped(buf, view_of(card_plain_name(label, name)));
}

static void head(struct buf *buf, const struct card *card)
{
    const struct set *set = card->set;
    char quarter[CARD_NUMBER_MAX], line[CARD_LINE_MAX];
    card_quarter_text(card, card->quarter, quarter);
    buf_printf(buf, "%s\n", card_word(set, card_of_village(card) ? CARD_TITLE : CARD_TITLE_REGION));
    for (int level = AREA_PROVINSI; level < AREA_DESA; level++)
        if (card->path[level].id) {
            place(buf, card_level_word(set, (enum area_level)level), card->path[level].name);
            buf_puts(buf, ", ");
        }
    if (card->area.id)
        place(buf, card_level_word(set, card->area.level), card->area.name);
    else
        buf_puts(buf, card_word(set, CARD_COUNTRY));
    buf_printf(buf, ", %s\n", quarter);
    card_state(card, line);
    buf_printf(buf, "%s\n", line);
}

static void cells(struct buf *buf, const struct card *card, int table)
{
    if (!card_has_cells(card->set, table))
        return;
    buf_printf(buf, "\n%s\n", card_word(card->set, table == 1 ? CARD_TABLE1 : CARD_TABLE2));
    for (size_t i = 0; i < card->set->n_cells; i++) {
        const struct cell *cell = &card->set->cells[i];
        if (cell->table != table)
            continue;
        char label[CARD_LINE_MAX], number[CARD_NUMBER_MAX], of[CARD_LINE_MAX];
        (void)snprintf(label, sizeof label, "  %s%s%s", cell->head ? cell->head : "", cell->head ? ": " : "",
                       cell->label);
        card_number(card->cells[i].value, number);
        card_villages_text(card, card->cells[i].villages, of);
        padded(buf, label, CELL_COLUMNS);
        buf_printf(buf, " %8s%s%s\n", number, of[0] ? "  " : "", of);
    }
}

/* of: what is said in place of a bar, "" a bar with that line. */
static void ratio(struct buf *buf, const struct card *card, const char *label, int64_t n, int64_t d, const char *of,
                  int line)
{
    char numerator[CARD_NUMBER_MAX], denominator[CARD_NUMBER_MAX], percent[CARD_NUMBER_MAX];
    card_number(n, numerator);
    card_number(d, denominator);
    card_percent_text(percent_of(n, d), percent);
    padded(buf, label, LABEL_COLUMNS);
    buf_printf(buf, " %6s /%6s ", numerator, denominator);
    if (n < 0 || d < 0)
        buf_printf(buf, "%s\n", card_word(card->set, CARD_MISSING));
    else if (d == 0)
        buf_printf(buf, "%s%s%s\n", card_word(card->set, CARD_NO_TARGET), of[0] ? ", " : "", of);
    else {
        buf_printf(buf, "%6s%% %s", percent, of);
        if (!of[0])
            bar(buf, percent_of(n, d), line);
        buf_puts(buf, "\n");
    }
}

static void ratio_of(struct buf *buf, const struct card *card, const char *label, const struct card_indicator *row)
{
    char of[CARD_LINE_MAX];
    card_villages_text(card, row->villages, of);
    ratio(buf, card, label, row->numerator, row->denominator, of, 0);
}

static void sum_row(struct buf *buf, const struct card *card, const char *label, const struct card_sum *sum,
                    const char *of, int line)
{
    ratio(buf, card, label, sum->known ? sum->received : -1, sum->known ? sum->due : -1, of, line);
}

static void indicators(struct buf *buf, const struct card *card)
{
    const char *group = "";
    buf_printf(buf, "\n%s\n", card_word(card->set, CARD_TABLE3));
    for (size_t i = 0; i < card->set->n_indicators; i++) {
        const struct indicator *indicator = &card->set->indicators[i];
        const struct card_indicator *row = &card->indicators[i];
        if (indicator->is_persons)
            continue;
        if (strcmp(group, indicator->group) != 0)
            buf_printf(buf, "  %s\n", card_group_word(card->set, indicator->group, false));
        group = indicator->group;
        char label[CARD_LINE_MAX], part[CARD_NUMBER_MAX];
        (void)snprintf(label, sizeof label, "  %3d %-4s %s", indicator->number, indicator->code,
                       indicator->short_wording);
        ratio_of(buf, card, label, row);
        if (!indicator->part)
            continue;
        card_number(row->part, part);
        (void)snprintf(label, sizeof label, "%*s%s", PART_INDENT, "", indicator->part_label);
        padded(buf, label, LABEL_COLUMNS);
        buf_printf(buf, " %6s\n", part);
    }
}

static void table4(struct buf *buf, const struct card *card)
{
    char line[CARD_LINE_MAX], label[CARD_LINE_MAX], of[CARD_LINE_MAX];
    buf_printf(buf, "\n%s\n", card_word(card->set, CARD_TABLE4));
    for (size_t g = 0; g < card->n_groups; g++) {
        (void)snprintf(label, sizeof label, "  %s", card_group_word(card->set, card->groups[g].name, false));
        card_villages_text(card, card->groups[g].sum.villages, of);
        sum_row(buf, card, label, &card->groups[g].sum, of, card->set->line_at);
    }
    (void)snprintf(label, sizeof label, "  %s", card_word(card->set, CARD_TOTAL));
    card_villages_text(card, card->total.villages, of);
    sum_row(buf, card, label, &card->total, of, card->set->line_at);
    card_change_line(card, line);
    if (line[0])
        buf_printf(buf, "  %s\n", line);
}

static void packages(struct buf *buf, const struct card *card)
{
    char label[CARD_LINE_MAX], of[CARD_LINE_MAX];
    if (card->n_packages > 0)
        buf_printf(buf, "\n%s\n", card_word(card->set, CARD_PACKAGES));
    for (size_t i = 0; i < card->n_packages; i++) {
        (void)snprintf(label, sizeof label, "  %s", card_package_word(card->set, card->packages[i].name));
        card_villages_text(card, card->packages[i].sum.villages, of);
        sum_row(buf, card, label, &card->packages[i].sum, of, 0);
    }
}

static void budget(struct buf *buf, const struct card *card)
{
    buf_printf(buf, "\n%s\n", card_word(card->set, CARD_TABLE5));
    for (size_t i = 0; i < CARD_BUDGET_MAX; i++) {
        const char *label = card_budget_word(card->set, i);
        char total[CARD_NUMBER_MAX], stunting[CARD_NUMBER_MAX], percent[CARD_NUMBER_MAX], of[CARD_LINE_MAX];
        if (!label)
            continue;
        card_number(card->budget[i].total, total);
        card_number(card->budget[i].stunting, stunting);
        card_percent_text(percent_of(card->budget[i].stunting, card->budget[i].total), percent);
        card_villages_text(card, card->budget[i].villages, of);
        buf_printf(buf, "  %s\n    Rp %s / Rp %s  %s%%%s%s\n", label, stunting, total, percent, of[0] ? "  " : "", of);
    }
}

static void completeness(struct buf *buf, const struct card *card)
{
    buf_printf(buf, "\n%s\n", card_word(card->set, CARD_COMPLETENESS));
    for (size_t i = 0; i < card->set->n_forms; i++) {
        if (card->set->forms[i].due != DUE_MONTH)
            continue;
        buf_puts(buf, "  ");
        padded(buf, card->set->forms[i].name, 20);
        for (int month = 0; month < QUARTER_MONTHS; month++)
            buf_printf(buf, "  %s %d/%d", card_month_text(card, month), card->forms[i][month].villages, card->villages);
        buf_puts(buf, "\n");
    }
}

static void ranking(struct buf *buf, const struct card *card)
{
    buf_printf(buf, "\n%s\n", card_word(card->set, CARD_RANKING));
    for (size_t i = 0; i < card->n_children; i++) {
        const struct card_child *child = &card->children[i];
        char label[CARD_LINE_MAX], rank[CARD_NUMBER_MAX], of[CARD_LINE_MAX] = "";
        if (!child->is_ranked && (i == 0 || child[-1].is_ranked))
            buf_printf(buf, "  %s\n", card_word(card->set, CARD_NOT_RANKED));
        if (!child->is_ranked || child->area.level != AREA_DESA)
            card_child_text(card, child, of);
        card_number(child->is_ranked ? (int64_t)i + 1 : -1, rank);
        (void)snprintf(label, sizeof label, "  %3s %s%s%s", rank, child->area.name, child->within[0] ? ", " : "",
                       child->within);
        sum_row(buf, card, label, &child->total, of, card->set->line_at);
    }
}

static void weakest(struct buf *buf, const struct card *card)
{
    size_t list[WEAKEST_MAX], n = card_weakest(card, WEAKEST_MAX, list);
    buf_printf(buf, "\n%s\n", card_word(card->set, CARD_WEAKEST));
    for (size_t i = 0; i < n; i++) {
        const struct indicator *indicator = &card->set->indicators[list[i]];
        char label[CARD_LINE_MAX];
        (void)snprintf(label, sizeof label, "  %-4s %s", indicator->code, indicator->short_wording);
        ratio_of(buf, card, label, &card->indicators[list[i]]);
    }
}

static void note_line(void *data, const char *text)
{
    buf_puts(data, "  - ");
    buf_escaped(data, view_of(text));
    buf_puts(data, "\n");
}

void card_text(const struct card *card, struct buf *buf)
{
    head(buf, card);
    cells(buf, card, 1);
    cells(buf, card, 2);
    indicators(buf, card);
    table4(buf, card);
    packages(buf, card);
    budget(buf, card);
    completeness(buf, card);
    if (!card_of_village(card)) {
        if (card->n_children > 0)
            ranking(buf, card);
        weakest(buf, card);
    }
    buf_printf(buf, "\n%s\n", card_word(card->set, CARD_NOTES));
    card_notes(card, note_line, buf);
}
