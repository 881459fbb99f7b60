/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "card/card_html_parts.h"

enum { WEAKEST_MAX = 5 };

static void ranking_head(struct buf *buf, const struct card *card)
{
    html_element(buf, "h2", "", card_word(card->set, CARD_RANKING));
    buf_puts(buf, "<table><colgroup><col style=\"width:9mm\"/><col/>");
    for (size_t g = 0; g <= card->n_groups; g++)
        buf_puts(buf, card->n_groups > 2 ? "<col style=\"width:12.5mm\"/>" : "<col style=\"width:16mm\"/>");
    buf_puts(buf, "<col style=\"width:24.5mm\"/>");
    for (int i = 0; i < QUARTER_MONTHS; i++)
        buf_puts(buf, "<col style=\"width:15mm\"/>");
    buf_puts(buf, "</colgroup><thead><tr>");
    html_element(buf, "th", "", card_word(card->set, CARD_NUMBER));
    html_element(buf, "th", "", card_word(card->set, CARD_AREA));
    for (size_t g = 0; g < card->n_groups; g++) {
        buf_puts(buf, "<th>");
        html_text(buf, card_group_word(card->set, card->groups[g].name, true));
        buf_puts(buf, "</th>");
    }
    html_element(buf, "th", "", card_word(card->set, CARD_PERCENT));
    buf_puts(buf, "<th></th>");
    for (int i = 0; i < QUARTER_MONTHS; i++)
        html_element(buf, "th", "", card_month_text(card, i));
    buf_puts(buf, "</tr></thead><tbody>\n");
}

/* Reports that came, of those there should be; a month that is not due yet has none. */
static void reported(struct buf *buf, const struct card *card, int month, int64_t came, int64_t due)
{
    char left[CARD_NUMBER_MAX], right[CARD_NUMBER_MAX], text[2 * CARD_NUMBER_MAX + 4];
    card_number(came, left);
    card_number(due, right);
    (void)snprintf(text, sizeof text, "%s / %s", left, right);
    bool is_due = card->quarter * QUARTER_MONTHS + month <= card->month_now;
    html_element(buf, "td", "n", is_due || came > 0 ? text : "-");
}

/* A line over the whole table, before those that are not ranked. */
static void not_ranked(struct buf *buf, const struct card *card)
{
    enum { COLUMNS = 4 + QUARTER_MONTHS }; /* and one for each group */
    buf_printf(buf, "<tr><td colspan=\"%zu\">", COLUMNS + card->n_groups);
    html_text(buf, card_word(card->set, CARD_NOT_RANKED));
    buf_puts(buf, "</td></tr>\n");
}

static void ranking(struct buf *buf, const struct card *card)
{
    ranking_head(buf, card);
    for (size_t i = 0; i < card->n_children; i++) {
        const struct card_child *child = &card->children[i];
        int64_t percent = percent_of(child->total.received, child->total.due);
        if (!child->is_ranked && (i == 0 || child[-1].is_ranked))
            not_ranked(buf, card);
        if (child->is_ranked)
            buf_printf(buf, "<tr><td class=\"c\">%zu</td><td>", i + 1);
        else
            buf_puts(buf, "<tr><td class=\"c\">-</td><td>");
        html_text(buf, child->area.name);
        if (child->within[0]) {
            buf_puts(buf, ", ");
            html_text(buf, child->within);
        }
        if (!child->is_ranked || child->area.level != AREA_DESA) {
            char of[CARD_LINE_MAX];
            card_child_text(card, child, of);
            buf_puts(buf, " (");
            html_text(buf, of);
            buf_puts(buf, ")");
        }
        buf_puts(buf, "</td>");
        for (size_t g = 0; g < card->n_groups; g++)
            html_percent(buf, percent_of(child->sums[g].received, child->sums[g].due));
        html_percent(buf, percent);
        buf_puts(buf, "<td>");
        html_level_bar(buf, card->set, percent);
        buf_puts(buf, "</td>");
        for (int month = 0; month < QUARTER_MONTHS; month++)
            reported(buf, card, month, child->months[month], child->villages * (int64_t)set_monthly_forms(card->set));
        buf_puts(buf, "</tr>\n");
    }
    buf_puts(buf, "</tbody></table>\n");
}

static void completeness(struct buf *buf, const struct card *card)
{
    buf_puts(buf, "<div>");
    html_element(buf, "h2", "", card_word(card->set, CARD_COMPLETENESS));
    buf_puts(buf, "<table><thead><tr>");
    html_element(buf, "th", "", card_word(card->set, CARD_FORM));
    for (int i = 0; i < QUARTER_MONTHS; i++)
        html_element(buf, "th", "", card_month_text(card, i));
    buf_puts(buf, "</tr></thead><tbody>\n");
    for (size_t form = 0; form < card->set->n_forms; form++) {
        if (card->set->forms[form].due != DUE_MONTH)
            continue;
        buf_puts(buf, "<tr>");
        html_element(buf, "td", "", card->set->forms[form].name);
        for (int month = 0; month < QUARTER_MONTHS; month++)
            reported(buf, card, month, card->forms[form][month].villages, card->villages);
        buf_puts(buf, "</tr>\n");
    }
    buf_puts(buf, "</tbody></table></div>\n");
}

static void weakest(struct buf *buf, const struct card *card)
{
    size_t list[WEAKEST_MAX], n = card_weakest(card, WEAKEST_MAX, list);
    if (n == 0)
        return;
    buf_puts(buf, "<div>");
    html_element(buf, "h2", "", card_word(card->set, CARD_WEAKEST));
    buf_puts(buf, "<table><colgroup><col style=\"width:9mm\"/><col/><col style=\"width:30mm\"/>"
                  "<col style=\"width:13mm\"/></colgroup><tbody>\n");
    for (size_t i = 0; i < n; i++) {
        const struct card_indicator *row = &card->indicators[list[i]];
        char left[CARD_NUMBER_MAX], right[CARD_NUMBER_MAX], text[2 * CARD_NUMBER_MAX + 4];
        card_number(row->numerator, left);
        card_number(row->denominator, right);
        (void)snprintf(text, sizeof text, "%s / %s", left, right);
        buf_puts(buf, "<tr>");
        html_element(buf, "td", "c", card->set->indicators[list[i]].code);
        char label[CARD_LINE_MAX];
        card_label_text(card, card->set->indicators[list[i]].short_wording, row->villages, label);
        html_element(buf, "td", "", label);
        html_element(buf, "td", "n", text);
        html_percent(buf, percent_of(row->numerator, row->denominator));
        buf_puts(buf, "</tr>\n");
    }
    buf_puts(buf, "</tbody></table></div>\n");
}

void html_region(struct buf *buf, const struct card *card)
{
    buf_puts(buf, "<div class=\"pair\">");
    completeness(buf, card);
    weakest(buf, card);
    buf_puts(buf, "</div>\n");
    if (card->n_children > 0)
        ranking(buf, card);
}
