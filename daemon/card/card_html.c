/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "card/card_html_parts.h"

/* What a page has room for beside the tables, in lines of half its width. */
enum { NOTE_LINES_MAX = 20, PACKAGES_LINES = 9, NOTE_LINE_CHARS = 70 };

static void labelled(struct buf *buf, const char *label, const char *text)
{
    buf_puts(buf, "<span>");
    html_text(buf, label);
    buf_puts(buf, ": ");
    html_text(buf, card_plain_name(label, text));
    buf_puts(buf, "</span>");
}

static void page_head(struct buf *buf, const struct card *card)
{
    const struct set *set = card->set;
    char year[12], quarter[12], state[CARD_LINE_MAX];
    const char *title = card_word(set, card_of_village(card) ? CARD_TITLE : CARD_TITLE_REGION);
    const char *name = card->area.id ? card->area.name : card_word(set, CARD_COUNTRY);
    (void)snprintf(year, sizeof year, "%d", card->quarter / 4);
    (void)snprintf(quarter, sizeof quarter, "%d", card->quarter % 4 + 1);
    html_element(buf, "h1", "", title);
    buf_puts(buf, "<div class=\"head\">");
    for (int level = AREA_PROVINSI; level < AREA_DESA; level++)
        if (card->path[level].id && (level != AREA_PROVINSI || !card_of_village(card)))
            labelled(buf, card_level_word(set, (enum area_level)level), card->path[level].name);
    if (card->area.id)
        labelled(buf, card_level_word(set, card->area.level), name);
    else
        html_element(buf, "span", "", name);
    labelled(buf, card_word(set, CARD_YEAR), year);
    labelled(buf, card_word(set, CARD_QUARTER), quarter);
    buf_puts(buf, "</div>\n");
    card_state(card, state);
    html_element(buf, "p", "state", state);
    buf_puts(buf, "\n");
}

/* Tables 1 and 2: one line of figures under headings, some of which stand over several columns. */
static void cells(struct buf *buf, const struct card *card, int table)
{
    const struct cell *list = card->set->cells;
    size_t n = card->set->n_cells;
    if (!card_has_cells(card->set, table))
        return;
    html_element(buf, "h2", "", card_word(card->set, table == 1 ? CARD_TABLE1 : CARD_TABLE2));
    buf_puts(buf, "<table><thead><tr>");
    for (size_t i = 0; i < n; i++) {
        if (list[i].table != table)
            continue;
        size_t span = 1;
        while (list[i].head && i + span < n && list[i + span].table == table && list[i + span].head &&
               strcmp(list[i].head, list[i + span].head) == 0)
            span++;
        buf_printf(buf, list[i].head ? "<th colspan=\"%zu\">" : "<th rowspan=\"2\">", span);
        html_text(buf, list[i].head ? list[i].head : list[i].label);
        buf_puts(buf, "</th>");
        i += span - 1;
    }
    buf_puts(buf, "</tr><tr>");
    for (size_t i = 0; i < n; i++)
        if (list[i].table == table && list[i].head)
            html_element(buf, "th", "", list[i].label);
    buf_puts(buf, "</tr></thead><tbody><tr>");
    for (size_t i = 0; i < n; i++) {
        char number[CARD_NUMBER_MAX], text[CARD_LINE_MAX];
        card_number(card->cells[i].value, number);
        card_label_text(card, number, card->cells[i].villages, text);
        if (list[i].table == table)
            html_element(buf, "td", "c", text);
    }
    buf_puts(buf, "</tr></tbody></table>\n");
}

static void bar_cell(struct buf *buf, const struct card *card, int64_t n, int64_t d)
{
    buf_puts(buf, "<td>");
    if (n < 0 || d < 0)
        html_text(buf, card_word(card->set, CARD_MISSING));
    else if (d == 0)
        html_text(buf, card_word(card->set, CARD_NO_TARGET));
    else {
        char text[CARD_NUMBER_MAX];
        card_number(d, text);
        html_bar(buf, card->set, percent_of(n, d));
        buf_puts(buf, "<span class=\"of\">/ ");
        html_text(buf, text);
        buf_puts(buf, "</span>");
    }
    buf_puts(buf, "</td>");
}

static void indicator_row(struct buf *buf, const struct card *card, size_t i)
{
    const struct indicator *indicator = &card->set->indicators[i];
    const struct card_indicator *row = &card->indicators[i];
    char text[CARD_NUMBER_MAX], label[CARD_LINE_MAX];
    (void)snprintf(text, sizeof text, "%d", indicator->number);
    html_element(buf, "td", "c", text);
    buf_puts(buf, "<td>");
    card_label_text(card, indicator->wording, row->villages, label);
    html_text(buf, label);
    if (indicator->part) {
        card_number(row->part, text);
        buf_puts(buf, " (");
        html_text(buf, indicator->part_label);
        buf_puts(buf, ": ");
        html_text(buf, text);
        buf_puts(buf, ")");
    }
    buf_puts(buf, "</td>");
    html_number(buf, row->numerator);
    html_percent(buf, percent_of(row->numerator, row->denominator));
    bar_cell(buf, card, row->numerator, row->denominator);
    buf_puts(buf, "</tr>\n");
}

static void indicators(struct buf *buf, const struct card *card)
{
    const struct set *set = card->set;
    html_element(buf, "h2", "", card_word(set, CARD_TABLE3));
    buf_puts(buf, "<table><colgroup><col style=\"width:16mm\"/><col style=\"width:6mm\"/><col/>"
                  "<col style=\"width:14mm\"/><col style=\"width:13mm\"/><col style=\"width:32mm\"/></colgroup>"
                  "<thead><tr>");
    html_element(buf, "th", "", card_word(set, CARD_GROUP));
    html_element(buf, "th", "", card_word(set, CARD_NUMBER));
    html_element(buf, "th", "", card_word(set, CARD_INDICATOR));
    html_element(buf, "th", "", card_word(set, CARD_COUNT));
    html_element(buf, "th", "", card_word(set, CARD_PERCENT));
    html_element(buf, "th", "", card_word(set, CARD_OUT_OF));
    buf_puts(buf, "</tr></thead><tbody>\n");
    for (size_t i = 0; i < set->n_indicators; i++) {
        const char *group = set->indicators[i].group;
        if (set->indicators[i].is_persons)
            continue;
        buf_puts(buf, "<tr>");
        if (i == 0 || strcmp(set->indicators[i - 1].group, group) != 0) {
            size_t span = 1;
            while (i + span < set->n_indicators && strcmp(set->indicators[i + span].group, group) == 0 &&
                   !set->indicators[i + span].is_persons)
                span++;
            buf_printf(buf, "<td class=\"c\" rowspan=\"%zu\">", span);
            html_text(buf, card_group_word(set, group, false));
            buf_puts(buf, "</td>");
        }
        indicator_row(buf, card, i);
    }
    buf_puts(buf, "</tbody></table>\n");
}

static void sum_cells(struct buf *buf, const struct card *card, const struct card_sum *sum)
{
    html_number(buf, sum->known ? sum->received : -1);
    html_number(buf, sum->known ? sum->due : -1);
    html_percent(buf, sum->known ? percent_of(sum->received, sum->due) : -1);
    buf_puts(buf, "<td>");
    html_level_bar(buf, card->set, sum->known ? percent_of(sum->received, sum->due) : -1);
    buf_puts(buf, "</td></tr>\n");
}

static void table4(struct buf *buf, const struct card *card)
{
    const struct set *set = card->set;
    char text[CARD_LINE_MAX];
    html_element(buf, "h2", "", card_word(set, CARD_TABLE4));
    buf_puts(buf, "<table><colgroup><col style=\"width:7mm\"/><col/><col style=\"width:34mm\"/>"
                  "<col style=\"width:34mm\"/><col style=\"width:26mm\"/><col style=\"width:32mm\"/></colgroup>"
                  "<thead><tr>");
    html_element(buf, "th", "", card_word(set, CARD_NUMBER));
    html_element(buf, "th", "", card_word(set, CARD_GROUP));
    bool persons = card->table4 == TABLE4_PERSONS;
    html_element(buf, "th", "", card_word(set, persons ? CARD_RECEIVED_PERSONS : CARD_RECEIVED));
    html_element(buf, "th", "", card_word(set, persons ? CARD_DUE_PERSONS : CARD_DUE));
    html_element(buf, "th", "", card_word(set, CARD_LEVEL));
    buf_puts(buf, "<th></th></tr></thead><tbody>\n");
    for (size_t g = 0; g < card->n_groups; g++) {
        buf_printf(buf, "<tr><td class=\"c\">%zu</td>", g + 1);
        card_label_text(card, card_group_word(set, card->groups[g].name, false), card->groups[g].sum.villages, text);
        html_element(buf, "td", "", text);
        sum_cells(buf, card, &card->groups[g].sum);
    }
    buf_puts(buf, "<tr class=\"total\"><td colspan=\"2\">");
    card_label_text(card, card_word(set, CARD_TOTAL), card->total.villages, text);
    html_text(buf, text);
    buf_puts(buf, "</td>");
    sum_cells(buf, card, &card->total);
    buf_puts(buf, "</tbody></table>\n");
    card_change_line(card, text);
    if (text[0])
        html_element(buf, "p", "state", text);
}

/* One line of bars under their names. */
static void packages(struct buf *buf, const struct card *card)
{
    if (card->n_packages == 0)
        return;
    html_element(buf, "h2", "", card_word(card->set, CARD_PACKAGES));
    buf_puts(buf, "<table><thead><tr>");
    for (size_t i = 0; i < card->n_packages; i++) {
        char label[CARD_LINE_MAX];
        card_label_text(card, card_package_word(card->set, card->packages[i].name), card->packages[i].sum.villages,
                        label);
        html_element(buf, "th", "", label);
    }
    buf_puts(buf, "</tr></thead><tbody><tr>");
    for (size_t i = 0; i < card->n_packages; i++) {
        const struct card_sum *sum = &card->packages[i].sum;
        char percent[CARD_NUMBER_MAX];
        buf_puts(buf, "<td>");
        if (sum->known == 0)
            html_text(buf, card_word(card->set, CARD_MISSING));
        else if (sum->due == 0)
            html_text(buf, card_word(card->set, CARD_NO_TARGET));
        else {
            card_percent_text(percent_of(sum->received, sum->due), percent);
            html_bar(buf, card->set, percent_of(sum->received, sum->due));
            buf_printf(buf, "<span class=\"of\">%s%%</span>", percent);
        }
        buf_puts(buf, "</td>");
    }
    buf_puts(buf, "</tr></tbody></table>\n");
}

static void table5(struct buf *buf, const struct card *card)
{
    const struct set *set = card->set;
    html_element(buf, "h2", "", card_word(set, CARD_TABLE5));
    buf_puts(buf, "<table><colgroup><col style=\"width:7mm\"/><col/><col style=\"width:40mm\"/>"
                  "<col style=\"width:40mm\"/><col style=\"width:18mm\"/></colgroup><thead><tr><th rowspan=\"2\">");
    html_text(buf, card_word(set, CARD_NUMBER));
    buf_puts(buf, "</th><th rowspan=\"2\">");
    html_text(buf, card_word(set, CARD_BUDGET_ACTIVITY));
    buf_puts(buf, "</th><th rowspan=\"2\">");
    html_text(buf, card_word(set, CARD_BUDGET_TOTAL));
    buf_puts(buf, "</th><th colspan=\"2\">");
    html_text(buf, card_word(set, CARD_BUDGET_STUNTING));
    buf_puts(buf, "</th></tr><tr>");
    html_element(buf, "th", "", card_word(set, CARD_BUDGET_SHARE));
    html_element(buf, "th", "", card_word(set, CARD_PERCENT));
    buf_puts(buf, "</tr></thead><tbody>\n");
    for (size_t i = 0; i < CARD_BUDGET_MAX; i++) {
        if (!card_budget_word(set, i))
            continue;
        buf_printf(buf, "<tr><td class=\"c\">%zu</td>", i + 1);
        char label[CARD_LINE_MAX];
        card_label_text(card, card_budget_word(set, i), card->budget[i].villages, label);
        html_element(buf, "td", "", label);
        html_number(buf, card->budget[i].total);
        html_number(buf, card->budget[i].stunting);
        html_percent(buf, percent_of(card->budget[i].stunting, card->budget[i].total));
        buf_puts(buf, "</tr>\n");
    }
    buf_puts(buf, "</tbody></table>\n");
}

struct notes {
    struct buf *buf;
    size_t lines, max, left_out;
};

static void add_note(void *data, const char *text)
{
    struct notes *notes = data;
    size_t lines = 1 + strlen(text) / NOTE_LINE_CHARS;
    if (notes->left_out > 0 || notes->lines + lines > notes->max) {
        notes->left_out++;
        return;
    }
    notes->lines += lines;
    html_element(notes->buf, "li", "", text);
}

static void notes_list(struct buf *buf, const struct card *card)
{
    bool packages = card->n_packages > 0 && card_of_village(card);
    struct notes notes = {.buf = buf, .max = packages ? NOTE_LINES_MAX - PACKAGES_LINES : NOTE_LINES_MAX};
    html_element(buf, "h2", "", card_word(card->set, CARD_NOTES));
    buf_puts(buf, "<ul class=\"notes\">");
    card_notes(card, add_note, &notes);
    if (notes.left_out > 0) {
        char more[CARD_LINE_MAX], n[CARD_NUMBER_MAX];
        card_number((int64_t)notes.left_out, n);
        (void)template_render(card_word(card->set, CARD_NOTE_MORE), (const struct template_value[]){{"n", view_of(n)}},
                              1, more, sizeof more);
        html_element(buf, "li", "", more);
    }
    buf_puts(buf, "</ul>\n");
}

void card_html(const struct card *card, enum card_place place, struct buf *buf)
{
    bool village = card_of_village(card);
    if (place & CARD_FIRST)
        html_file_begin(buf, card->area.id ? card->area.name : card_word(card->set, CARD_COUNTRY), card->quarter);
    else
        buf_puts(buf, "<div class=\"next\"></div>\n");
    page_head(buf, card);
    if (!village) {
        table4(buf, card);
        html_region(buf, card);
        buf_puts(buf, "<div class=\"next\"></div>\n");
    }
    cells(buf, card, 1);
    cells(buf, card, 2);
    indicators(buf, card);
    if (village)
        table4(buf, card);
    packages(buf, card);
    table5(buf, card);
    notes_list(buf, card);
    if (village)
        html_signatures(buf, card->set);
    if (place & CARD_LAST)
        html_file_end(buf);
}
