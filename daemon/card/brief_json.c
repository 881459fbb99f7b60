/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <inttypes.h>

#include "card/brief.h"
#include "card/card_words.h"

static void text_of(struct buf *buf, const char *name, const char *text)
{
    buf_printf(buf, "\"%s\":", name);
    buf_json(buf, view_of(text));
}

static void number_of(struct buf *buf, const char *name, int64_t number)
{
    if (number < 0)
        buf_printf(buf, ",\"%s\":null", name);
    else
        buf_printf(buf, ",\"%s\":%" PRId64, name, number);
}

static void percent_of_sum(struct buf *buf, const struct card_sum *sum)
{
    int64_t percent = sum->known ? percent_of(sum->received, sum->due) : -1;
    if (percent < 0)
        buf_puts(buf, ",\"percent\":null}");
    else
        buf_printf(buf, ",\"percent\":%" PRId64 ".%02d}", percent / 100, (int)(percent % 100));
}

static void weakest(struct buf *buf, const struct brief *brief)
{
    const struct card *card = brief->cards[0];
    buf_puts(buf, ",\"missing\":[");
    for (size_t i = 0; i < brief->n_weakest; i++) {
        const struct card_indicator *row = &card->indicators[brief->weakest[i]];
        char text[CARD_LINE_MAX];
        brief_missing_text(card, brief->weakest[i], text, sizeof text);
        buf_puts(buf, i ? ",{" : "{");
        text_of(buf, "indicator", card->set->indicators[brief->weakest[i]].code);
        number_of(buf, "persons", row->denominator - row->numerator);
        number_of(buf, "numerator", row->numerator);
        number_of(buf, "denominator", row->denominator);
        buf_puts(buf, ",");
        text_of(buf, "text", text);
        buf_puts(buf, "}");
    }
    buf_puts(buf, "]");
}

static void trend(struct buf *buf, const struct brief *brief)
{
    buf_puts(buf, ",\"trend\":[");
    for (size_t i = 0; i < BRIEF_QUARTERS; i++) {
        const struct card *card = brief->cards[BRIEF_QUARTERS - 1 - i];
        char quarter[8];
        quarter_format(card->quarter, quarter);
        buf_puts(buf, i ? ",{" : "{");
        text_of(buf, "quarter", quarter);
        percent_of_sum(buf, &card->total);
    }
    buf_puts(buf, "]");
}

static void posyandu(struct buf *buf, const struct brief *brief)
{
    buf_puts(buf, ",\"posyandu\":[");
    for (size_t p = 0; p < brief->n_posyandu; p++) {
        buf_puts(buf, p ? ",{" : "{");
        text_of(buf, "name", brief->posyandu[p].name);
        number_of(buf, "months", brief->posyandu[p].months);
        buf_puts(buf, ",\"figures\":[");
        for (size_t i = 0; i < brief->n_weakest; i++) {
            buf_puts(buf, i ? ",{" : "{");
            text_of(buf, "indicator", brief->cards[0]->set->indicators[brief->weakest[i]].code);
            number_of(buf, "numerator", brief->posyandu[p].figures[i].numerator);
            number_of(buf, "denominator", brief->posyandu[p].figures[i].denominator);
            buf_puts(buf, "}");
        }
        buf_puts(buf, "]}");
    }
    buf_puts(buf, "]");
}

static void items(struct buf *buf, const char *name, const struct brief_items *list)
{
    buf_printf(buf, ",\"%s\":[", name);
    for (size_t i = 0; i < list->n; i++) {
        buf_puts(buf, i ? ",{" : "{");
        text_of(buf, "day", list->items[i].day);
        buf_puts(buf, ",");
        text_of(buf, "area", list->items[i].area);
        buf_puts(buf, ",");
        text_of(buf, "text", list->items[i].text);
        buf_printf(buf, ",\"open\":%s}", list->items[i].open ? "true" : "false");
    }
    buf_puts(buf, "]");
}

void brief_json(const struct brief *brief, struct buf *buf)
{
    const struct card *card = brief->cards[0];
    char quarter[8];
    quarter_format(card->quarter, quarter);
    buf_puts(buf, "{");
    text_of(buf, "area", card->area.code);
    buf_puts(buf, ",");
    text_of(buf, "name", card->area.name);
    buf_puts(buf, ",");
    text_of(buf, "quarter", quarter);
    weakest(buf, brief);
    trend(buf, brief);
    posyandu(buf, brief);
    items(buf, "notes", &brief->notes);
    items(buf, "activities", &brief->activities);
    buf_puts(buf, ",");
    text_of(buf, "absent", brief->absent);
    buf_puts(buf, "}\n");
}
