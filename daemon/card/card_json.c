/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <inttypes.h>
#include <string.h>

#include "card/card_words.h"

static void member(struct buf *buf, const char *name)
{
    char last = buf->len ? buf->text[buf->len - 1] : '{';
    if (last != '{' && last != '[')
        buf_puts(buf, ",");
    buf_printf(buf, "\"%s\":", name);
}

static void item(struct buf *buf)
{
    if (buf->text[buf->len - 1] != '[')
        buf_puts(buf, ",");
}

static void text_member(struct buf *buf, const char *name, const char *text)
{
    member(buf, name);
    if (text)
        buf_json(buf, view_of(text));
    else
        buf_puts(buf, "null");
}

static void number_member(struct buf *buf, const char *name, int64_t number)
{
    member(buf, name);
    if (number < 0)
        buf_puts(buf, "null");
    else
        buf_printf(buf, "%" PRId64, number);
}

static void flag_member(struct buf *buf, const char *name, bool yes)
{
    member(buf, name);
    buf_puts(buf, yes ? "true" : "false");
}

/* Hundredths as a JSON number with two decimals: 96.41, -0.25. */
static void hundredths_member(struct buf *buf, const char *name, int64_t hundredths, bool known)
{
    int64_t size = hundredths < 0 ? -hundredths : hundredths;
    member(buf, name);
    if (known)
        buf_printf(buf, "%s%" PRId64 ".%02d", hundredths < 0 ? "-" : "", size / 100, (int)(size % 100));
    else
        buf_puts(buf, "null");
}

static void percent_member(struct buf *buf, int64_t n, int64_t d)
{
    int64_t percent = percent_of(n, d);
    hundredths_member(buf, "percent", percent, percent >= 0);
}

static void sum_members(struct buf *buf, const struct card_sum *sum)
{
    number_member(buf, "received", sum->known ? sum->received : -1);
    number_member(buf, "due", sum->known ? sum->due : -1);
    percent_member(buf, sum->known ? sum->received : -1, sum->due);
}

/* Of how many indicators a sum of the card's own is, and above a village of how many villages. */
static void counted_members(struct buf *buf, const struct card *card, const struct card_sum *sum)
{
    sum_members(buf, sum);
    number_member(buf, "indicators", sum->known);
    number_member(buf, "indicators_all", sum->all);
    if (!card_of_village(card))
        number_member(buf, "villages", sum->villages);
}

static void area_members(struct buf *buf, const struct card *card)
{
    static const char *const levels[] = {"country", "provinsi", "kabupaten", "kecamatan", "desa", "posyandu"};
    char quarter[8];
    quarter_format(card->quarter, quarter);
    text_member(buf, "area", card->area.code);
    text_member(buf, "name", card->area.id ? card->area.name : card_word(card->set, CARD_COUNTRY));
    text_member(buf, "level", levels[card->area.level]);
    for (int level = AREA_PROVINSI; level < AREA_DESA; level++)
        if (card->path[level].id)
            text_member(buf, levels[level], card->path[level].name);
    text_member(buf, "quarter", quarter);
    text_member(buf, "set", card_set_name(card));
    number_member(buf, "villages", card->villages);
    if (card_of_village(card))
        number_member(buf, "posyandu", card->posyandu);
}

static void state_members(struct buf *buf, const struct card *card)
{
    char frozen[21];
    time_format(card->frozen_ms, frozen);
    number_member(buf, "revision", card->changed ? card->revision + 1 : card->revision);
    text_member(buf, "frozen_at", card->revision ? frozen : NULL);
    flag_member(buf, "changed", card->changed);
    if (card->changed)
        hundredths_member(buf, "frozen_percent", card->frozen_percent, card->frozen_percent >= 0);
    if (card->earlier_ms) {
        time_format(card->earlier_ms, frozen);
        text_member(buf, "earlier_frozen_at", frozen);
        hundredths_member(buf, "earlier_percent", card->earlier_percent, card->earlier_percent >= 0);
    }
}

static void indicator_json(struct buf *buf, const struct card *card, size_t i)
{
    const struct indicator *indicator = &card->set->indicators[i];
    const struct card_indicator *row = &card->indicators[i];
    bool missing = row->numerator < 0 || row->denominator < 0;
    item(buf);
    buf_puts(buf, "{");
    text_member(buf, "code", indicator->code);
    text_member(buf, "group", indicator->group);
    number_member(buf, "number", indicator->number);
    text_member(buf, "wording", indicator->wording);
    number_member(buf, "numerator", row->numerator);
    number_member(buf, "denominator", row->denominator);
    percent_member(buf, row->numerator, row->denominator);
    flag_member(buf, "missing", missing);
    flag_member(buf, "capped", row->capped > 0);
    if (row->capped > 0)
        number_member(buf, "reported", row->reported);
    if (indicator->part) {
        text_member(buf, "part_label", indicator->part_label);
        number_member(buf, "part", row->part);
    }
    if (!card_of_village(card))
        number_member(buf, "villages", row->villages);
    flag_member(buf, "in_table4", indicator->in_table4);
    text_member(buf, "variant", indicator->variants[row->variant].name);
    flag_member(buf, "approximate", row->approximate > 0);
    text_member(buf, "package", indicator->package);
    buf_puts(buf, "}");
}

static void cells_json(struct buf *buf, const struct card *card, int table)
{
    for (size_t i = 0; i < card->set->n_cells; i++) {
        if (card->set->cells[i].table != table)
            continue;
        item(buf);
        buf_puts(buf, "{");
        text_member(buf, "head", card->set->cells[i].head);
        text_member(buf, "label", card->set->cells[i].label);
        number_member(buf, "value", card->cells[i].value);
        if (!card_of_village(card))
            number_member(buf, "villages", card->cells[i].villages);
        buf_puts(buf, "}");
    }
}

static void table4_json(struct buf *buf, const struct card *card)
{
    int64_t level = card->total.known ? card_percent(card) : -1;
    member(buf, "table4");
    buf_puts(buf, "{");
    text_member(buf, "reading", card->table4 == TABLE4_PERSONS ? "persons" : "sum");
    number_member(buf, "line_percent", card->set->line_at > 0 ? card->set->line_at : -1);
    member(buf, "above_line");
    buf_puts(buf, card->set->line_at == 0 || level < 0 ? "null" : card_is_above_line(card, level) ? "true" : "false");
    member(buf, "groups");
    buf_puts(buf, "[");
    for (size_t g = 0; g < card->n_groups; g++) {
        item(buf);
        buf_puts(buf, "{");
        text_member(buf, "group", card->groups[g].name);
        text_member(buf, "label", card_group_word(card->set, card->groups[g].name, false));
        counted_members(buf, card, &card->groups[g].sum);
        buf_puts(buf, "}");
    }
    buf_puts(buf, "]");
    member(buf, "total");
    buf_puts(buf, "{");
    counted_members(buf, card, &card->total);
    if (!card_of_village(card))
        number_member(buf, "villages_complete", card->complete);
    buf_puts(buf, "}}");
}

static void packages_json(struct buf *buf, const struct card *card)
{
    member(buf, "packages");
    buf_puts(buf, "[");
    for (size_t i = 0; i < card->n_packages; i++) {
        item(buf);
        buf_puts(buf, "{");
        text_member(buf, "package", card->packages[i].name);
        text_member(buf, "label", card_package_word(card->set, card->packages[i].name));
        counted_members(buf, card, &card->packages[i].sum);
        buf_puts(buf, "}");
    }
    buf_puts(buf, "]");
}

static void budget_json(struct buf *buf, const struct card *card)
{
    member(buf, "table5");
    buf_puts(buf, "[");
    for (size_t i = 0; i < CARD_BUDGET_MAX; i++) {
        const char *label = card_budget_word(card->set, i);
        if (!label)
            continue;
        item(buf);
        buf_puts(buf, "{");
        text_member(buf, "label", label);
        number_member(buf, "total", card->budget[i].total);
        number_member(buf, "stunting", card->budget[i].stunting);
        percent_member(buf, card->budget[i].stunting, card->budget[i].total);
        if (!card_of_village(card))
            number_member(buf, "villages", card->budget[i].villages);
        buf_puts(buf, "}");
    }
    buf_puts(buf, "]");
}

static void difference_json(struct buf *buf, const struct form *form, const struct card_month *month)
{
    member(buf, "difference");
    buf_puts(buf, "{");
    text_member(buf, "field", form->keys[month->differs - 1].code);
    number_member(buf, "village", month->village_value);
    number_member(buf, "posyandu", month->posyandu_value);
    buf_puts(buf, "}");
}

static void filled_json(struct buf *buf, const struct form *form, uint64_t filled)
{
    member(buf, "filled");
    buf_puts(buf, "[");
    for (size_t i = 0; i < form->n_keys; i++) {
        if (!(filled >> i & 1))
            continue;
        item(buf);
        buf_json(buf, view_of(form->keys[i].code));
    }
    buf_puts(buf, "]");
}

static void forms_json(struct buf *buf, const struct card *card)
{
    member(buf, "forms");
    buf_puts(buf, "[");
    for (size_t i = 0; i < card->set->n_forms; i++) {
        item(buf);
        buf_puts(buf, "{");
        text_member(buf, "form", card->set->forms[i].code);
        member(buf, "months");
        buf_puts(buf, "[");
        for (int month = 0; month < QUARTER_MONTHS; month++) {
            const struct card_month *from = &card->forms[i][month];
            char period[8];
            month_format(card->quarter * QUARTER_MONTHS + month, period);
            item(buf);
            buf_puts(buf, "{");
            text_member(buf, "period", period);
            if (card_of_village(card))
                flag_member(buf, "reported", from->villages > 0);
            else
                number_member(buf, "villages", from->villages);
            number_member(buf, "posyandu", from->posyandu);
            flag_member(buf, "differs", from->differs > 0);
            if (from->differs > 0 && card_of_village(card))
                difference_json(buf, &card->set->forms[i], from);
            if (from->filled)
                filled_json(buf, &card->set->forms[i], from->filled);
            buf_puts(buf, "}");
        }
        buf_puts(buf, "]}");
    }
    buf_puts(buf, "]");
}

static void children_json(struct buf *buf, const struct card *card)
{
    member(buf, "areas");
    buf_puts(buf, "[");
    for (size_t i = 0; i < card->n_children; i++) {
        const struct card_child *child = &card->children[i];
        item(buf);
        buf_puts(buf, "{");
        number_member(buf, "rank", child->is_ranked ? (int64_t)i + 1 : -1);
        text_member(buf, "area", child->area.code);
        text_member(buf, "name", child->area.name);
        sum_members(buf, &child->total);
        number_member(buf, "indicators", __builtin_popcountll(child->known));
        number_member(buf, "indicators_all", card->total.all);
        number_member(buf, "villages_known", child->total.villages);
        for (size_t g = 0; g < card->n_groups; g++) {
            member(buf, card->groups[g].name);
            buf_puts(buf, "{");
            sum_members(buf, &child->sums[g]);
            buf_puts(buf, "}");
        }
        number_member(buf, "villages", child->villages);
        member(buf, "reports");
        buf_printf(buf, "[%" PRId64 ",%" PRId64 ",%" PRId64 "]", child->months[0], child->months[1], child->months[2]);
        number_member(buf, "reports_due", child->villages * (int64_t)set_monthly_forms(card->set));
        buf_puts(buf, "}");
    }
    buf_puts(buf, "]");
}

static void note_json(void *data, const char *text)
{
    item(data);
    buf_json(data, view_of(text));
}

void card_json(const struct card *card, struct buf *buf)
{
    int64_t change = 0;
    bool has_change = card_change(card, &change);
    buf_puts(buf, "{");
    area_members(buf, card);
    state_members(buf, card);
    percent_member(buf, card->total.known ? card->total.received : -1, card->total.due);
    hundredths_member(buf, "change", change, has_change);
    table4_json(buf, card);
    packages_json(buf, card);
    member(buf, "indicators");
    buf_puts(buf, "[");
    for (size_t i = 0; i < card->set->n_indicators; i++)
        if (!card->set->indicators[i].is_persons)
            indicator_json(buf, card, i);
    buf_puts(buf, "]");
    for (int table = 1; table <= 2; table++) {
        member(buf, table == 1 ? "table1" : "table2");
        buf_puts(buf, "[");
        cells_json(buf, card, table);
        buf_puts(buf, "]");
    }
    budget_json(buf, card);
    forms_json(buf, card);
    if (!card_of_village(card))
        children_json(buf, card);
    member(buf, "notes");
    buf_puts(buf, "[");
    card_notes(card, note_json, buf);
    buf_puts(buf, "]}\n");
}
