/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "card/brief.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "card/card_html_parts.h"
#include "card/page.h"

/* What a sheet of A4 has room for. */
struct room {
    size_t posyandu, notes, activities;
    size_t note_bytes, activity_bytes; /* of a text, about 120 a line */
};
static const struct room sheet = {.posyandu = 10, .notes = 5, .activities = 5, .note_bytes = 160, .activity_bytes = 90};
enum { NAME_BYTES = 34, ABSENT_BYTES = 240 };
static const struct room report = {
    .posyandu = 0, .notes = 16, .activities = 16, .note_bytes = 200, .activity_bytes = 150};

struct brief *brief_close(struct brief *brief)
{
    for (size_t i = 0; brief && i < BRIEF_QUARTERS; i++)
        card_close(brief->cards[i]);
    free(brief);
    return NULL;
}

void brief_missing_text(const struct card *card, size_t indicator, char *ret_text, size_t size)
{
    const struct indicator *of = &card->set->indicators[indicator];
    const struct card_indicator *row = &card->indicators[indicator];
    char name[64], what[CARD_LINE_MAX], n[CARD_NUMBER_MAX], numerator[CARD_NUMBER_MAX], denominator[CARD_NUMBER_MAX];
    (void)snprintf(name, sizeof name, "missing_%s", of->code);
    const char *own = set_card_text(card->set, name);
    const struct template_value of_values[] = {{"indicator", view_of(of->short_wording)},
                                               {"group", view_of(card_group_word(card->set, of->group, true))}};
    if (own)
        (void)snprintf(what, sizeof what, "%s", own);
    else
        (void)template_render(card_word(card->set, CARD_BRIEF_NOT_YET), of_values, 2, what, sizeof what);
    card_number(row->denominator - row->numerator, n);
    card_number(row->numerator, numerator);
    card_number(row->denominator, denominator);
    const struct template_value values[] = {{"n", view_of(n)},
                                            {"what", view_of(what)},
                                            {"numerator", view_of(numerator)},
                                            {"denominator", view_of(denominator)}};
    (void)template_render(card_word(card->set, CARD_BRIEF_LINE), values, 4, ret_text, size);
}

/* "Kabupaten Situbondo, Kecamatan Suboh, Desa Cemara" */
static void place_line(struct page *page, const struct card *card, const char *behind)
{
    char line[4 * NAME_MAX_BYTES] = "";
    size_t len = 0;
    for (enum area_level level = AREA_KABUPATEN; level <= AREA_DESA; level++) {
        const struct area *area = level == AREA_DESA ? &card->area : &card->path[level];
        const char *word = card_level_word(card->set, level);
        if (area->id && len < sizeof line)
            len += (size_t)snprintf(line + len, sizeof line - len, "%s %s, ", word, card_plain_name(word, area->name));
    }
    if (len < sizeof line)
        (void)snprintf(line + len, sizeof line - len, "%s", behind);
    page_line(page, line);
}

static void write_more(struct page *page, const struct card *card, size_t left_out)
{
    char text[CARD_LINE_MAX], n[CARD_NUMBER_MAX];
    if (left_out == 0)
        return;
    card_number((int64_t)left_out, n);
    (void)template_render(card_word(card->set, CARD_BRIEF_MORE), (const struct template_value[]){{"n", view_of(n)}}, 1,
                          text, sizeof text);
    page_item(page, text);
}

static void write_missing(struct page *page, const struct brief *brief)
{
    const struct card *card = brief->cards[0];
    page_heading(page, card_word(card->set, CARD_BRIEF_MISSING));
    for (size_t i = 0; i < brief->n_weakest; i++) {
        char text[CARD_LINE_MAX];
        char line[CARD_LINE_MAX + 8];
        brief_missing_text(card, brief->weakest[i], text, sizeof text);
        (void)snprintf(line, sizeof line, "(%zu) %s", i + 1, text);
        page_item(page, line);
    }
    if (brief->n_weakest == 0)
        page_item(page, card_word(card->set, card_is_empty(card) ? CARD_MISSING : CARD_BRIEF_NONE));
}

/* Of which quarters, and from the newest or the oldest on: percentages of each group and of all. */
static void write_trend(struct page *page, const struct brief *brief, size_t quarters)
{
    static const int widths[1 + BRIEF_QUARTERS] = {34, 11, 11, 11, 11};
    const struct card *card = brief->cards[0];
    char texts[1 + BRIEF_QUARTERS][CARD_NUMBER_MAX];
    const char *cells[1 + BRIEF_QUARTERS] = {card_word(card->set, CARD_LEVEL)};
    page_heading(page, card_word(card->set, CARD_BRIEF_TREND));
    page_table(page, widths, 1 + quarters);
    for (size_t q = 0; q < quarters; q++) {
        card_quarter_text(card, card->quarter - (int)(quarters - 1 - q), texts[q]);
        cells[1 + q] = texts[q];
    }
    page_row(page, true, cells);
    for (size_t g = 0; g <= card->n_groups; g++) {
        bool total = g == card->n_groups;
        cells[0] = total ? card_word(card->set, CARD_TOTAL) : card_group_word(card->set, card->groups[g].name, false);
        for (size_t q = 0; q < quarters; q++) {
            const struct card *then = brief->cards[quarters - 1 - q];
            const struct card_sum *sum = total ? &then->total : &then->groups[g].sum;
            bool known = then->set == card->set && sum->known > 0;
            card_percent_text(known ? percent_of(sum->received, sum->due) : -1, texts[q]);
        }
        page_row(page, false, cells);
    }
}

/* At most so many bytes, cut behind a whole character. */
static void clip(char *text, size_t most)
{
    size_t len = strlen(text);
    if (len <= most)
        return;
    while (most > 0 && ((unsigned char)text[most] & 0xc0) == 0x80)
        most--;
    (void)snprintf(text + most, len + 1 - most, "...");
}

static void ratio_text(int numerator, int denominator, char ret_text[CARD_NUMBER_MAX])
{
    if (numerator < 0 || denominator < 0)
        (void)snprintf(ret_text, CARD_NUMBER_MAX, "-");
    else
        (void)snprintf(ret_text, CARD_NUMBER_MAX, "%d/%d", numerator, denominator);
}

static void write_posyandu(struct page *page, const struct brief *brief, size_t most)
{
    static const int widths[2 + BRIEF_WEAKEST] = {21, 7, 10, 10, 10, 10, 10};
    const struct card *card = brief->cards[0];
    const char *cells[2 + BRIEF_WEAKEST] = {card_word(card->set, CARD_POSYANDU),
                                            card_word(card->set, CARD_BRIEF_REPORTED)};
    char texts[2 + BRIEF_WEAKEST][CARD_NUMBER_MAX], heads[BRIEF_WEAKEST][CARD_LINE_MAX];
    if (brief->all_posyandu == 0)
        return;
    page_heading(page, card_word(card->set, CARD_BRIEF_POSYANDU));
    page_table(page, widths, 2 + brief->n_weakest);
    for (size_t i = 0; i < brief->n_weakest; i++) {
        (void)snprintf(heads[i], sizeof heads[i], "(%zu) %s", i + 1,
                       card->set->indicators[brief->weakest[i]].short_wording);
        cells[2 + i] = heads[i];
    }
    page_row(page, true, cells);
    for (size_t p = 0; p < brief->n_posyandu && p < most; p++) {
        const struct brief_posyandu *posyandu = &brief->posyandu[p];
        char name[NAME_MAX_BYTES];
        (void)snprintf(name, sizeof name, "%s", posyandu->name);
        clip(name, NAME_BYTES);
        cells[0] = name;
        (void)snprintf(texts[1], CARD_NUMBER_MAX, "%d/%d", posyandu->months, QUARTER_MONTHS);
        cells[1] = texts[1];
        for (size_t i = 0; i < brief->n_weakest; i++) {
            ratio_text(posyandu->figures[i].numerator, posyandu->figures[i].denominator, texts[2 + i]);
            cells[2 + i] = texts[2 + i];
        }
        page_row(page, false, cells);
    }
    write_more(page, card, brief->all_posyandu - (brief->n_posyandu < most ? brief->n_posyandu : most));
}

static void write_items(struct page *page, const struct card *card, const struct brief_items *list, size_t most,
                        size_t bytes)
{
    for (size_t i = 0; i < list->n && i < most; i++) {
        const struct brief_item *item = &list->items[i];
        char text[BRIEF_TEXT_MAX], area[NAME_MAX_BYTES], line[BRIEF_TEXT_MAX + 2 * NAME_MAX_BYTES];
        bool elsewhere = strcmp(item->area, card->area.name) != 0;
        (void)snprintf(text, sizeof text, "%s", item->text);
        (void)snprintf(area, sizeof area, "%s", item->area);
        clip(text, bytes);
        clip(area, NAME_BYTES);
        (void)snprintf(line, sizeof line, "%s%s%s: %s%s%s%s", item->day, elsewhere ? ", " : "", elsewhere ? area : "",
                       text, item->open ? " (" : "", item->open ? card_word(card->set, CARD_BRIEF_OPEN) : "",
                       item->open ? ")" : "");
        page_item(page, line);
    }
    if (list->all == 0)
        page_item(page, card_word(card->set, CARD_BRIEF_NONE));
    write_more(page, card, list->all - (list->n < most ? list->n : most));
}

static void write_services(struct page *page, const struct brief *brief)
{
    const struct card *card = brief->cards[0];
    char text[CARD_LINE_MAX], absent[BRIEF_TEXT_MAX], year[12];
    if (!brief->has_services)
        return;
    page_heading(page, card_word(card->set, CARD_BRIEF_SERVICES));
    (void)snprintf(year, sizeof year, "%d", card->quarter / 4);
    (void)template_render(card_word(card->set, CARD_BRIEF_SERVICES_UNKNOWN),
                          (const struct template_value[]){{"year", view_of(year)}}, 1, text, sizeof text);
    (void)snprintf(absent, sizeof absent, "%s", brief->absent);
    clip(absent, ABSENT_BYTES);
    if (brief->services_month == MONTH_NONE)
        page_item(page, text);
    else
        page_item(page, absent[0] ? absent : card_word(card->set, CARD_BRIEF_SERVICES_ALL));
}

static void write_told(struct page *page, const struct brief *brief, const struct room *room)
{
    const struct card *card = brief->cards[0];
    page_heading(page, card_word(card->set, CARD_BRIEF_NOTES));
    write_items(page, card, &brief->notes, room->notes, room->note_bytes);
    write_services(page, brief);
    if (!brief->has_activities)
        return;
    page_heading(page, card_word(card->set, CARD_BRIEF_ACTIVITIES));
    write_items(page, card, &brief->activities, room->activities, room->activity_bytes);
}

static void write_budget(struct page *page, const struct card *card)
{
    static const int widths[] = {36, 17, 17, 8};
    const char *cells[] = {card_word(card->set, CARD_BUDGET_ACTIVITY), card_word(card->set, CARD_BUDGET_TOTAL),
                           card_word(card->set, CARD_BUDGET_STUNTING), card_word(card->set, CARD_PERCENT)};
    char texts[4][CARD_NUMBER_MAX];
    page_heading(page, card_word(card->set, CARD_TABLE5));
    page_table(page, widths, 4);
    page_row(page, true, cells);
    for (size_t i = 0; i < CARD_BUDGET_MAX; i++) {
        const struct budget_row *row = &card->budget[i];
        if (!card_budget_word(card->set, i))
            continue;
        card_number(row->total, texts[1]);
        card_number(row->stunting, texts[2]);
        card_percent_text(percent_of(row->stunting, row->total), texts[3]);
        page_row(page, false, (const char *const[]){card_budget_word(card->set, i), texts[1], texts[2], texts[3]});
    }
}

void brief_page(const struct brief *brief, bool html, struct buf *buf)
{
    const struct card *card = brief->cards[0];
    struct page page;
    char quarter[CARD_NUMBER_MAX];
    card_quarter_text(card, card->quarter, quarter);
    if (html)
        html_file_begin(buf, card->area.name, card->quarter);
    buf_puts(buf, html ? "<div class=\"sheet\">" : "");
    page_begin(&page, buf, html, true, card_word(card->set, CARD_BRIEF_TITLE));
    place_line(&page, card, quarter);
    write_missing(&page, brief);
    write_trend(&page, brief, BRIEF_QUARTERS);
    write_posyandu(&page, brief, sheet.posyandu);
    write_told(&page, brief, &sheet);
    write_budget(&page, card);
    page_end(&page);
    buf_puts(buf, html ? "</div>\n" : "");
    if (html)
        html_file_end(buf);
}

void brief_report(const struct brief *brief, bool html, struct buf *buf)
{
    const struct card *card = brief->cards[0];
    struct page page;
    char title[CARD_LINE_MAX], semester[12], year[12];
    (void)snprintf(semester, sizeof semester, "%d", card->quarter % 4 / 2 + 1);
    (void)snprintf(year, sizeof year, "%d", card->quarter / 4);
    (void)template_render(card_word(card->set, CARD_REPORT_TITLE),
                          (const struct template_value[]){{"semester", view_of(semester)}, {"year", view_of(year)}}, 2,
                          title, sizeof title);
    if (html)
        html_file_begin(buf, card->area.name, card->quarter);
    page_begin(&page, buf, html, true, title);
    place_line(&page, card, year);
    write_trend(&page, brief, 2);
    write_missing(&page, brief);
    write_told(&page, brief, &report);
    write_budget(&page, card);
    page_end(&page);
    if (html)
        html_signatures(buf, card->set);
    for (int i = 1; i >= 0; i--) {
        if (html)
            card_html(brief->cards[i], CARD_BETWEEN, buf);
        else
            buf_puts(buf, "\n\n");
        if (!html)
            card_text(brief->cards[i], buf);
    }
    if (html)
        html_file_end(buf);
}
