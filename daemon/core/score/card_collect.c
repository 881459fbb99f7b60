/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/score/card_make.h"

/* Rows come by kind, and in each kind village by village in order of code: so the child in hand only moves forward. */
struct collect {
    struct card *card;
    int group_of[SET_INDICATORS_MAX];   /* row of Table 4, -1 none */
    int in_table4;                      /* indicators that have one */
    int package_of[SET_INDICATORS_MAX]; /* -1 none */
    enum score_kind kind;
    size_t child, prefix; /* prefix: bytes of a village's code that are its child's */
    size_t indicator;     /* where the last one was found */
    int64_t village_id;   /* the village in hand … */
    int known;            /* … how many indicators of Table 4 are known of it … */
    unsigned groups;      /* … and of which groups (bits) … */
    unsigned packages;    /* … and of which packages */
    bool before;          /* rows are of the quarter before */
};

static void start_collect(struct collect *collect, struct card *card)
{
    *collect = (struct collect){.card = card, .kind = SCORE_INDICATOR};
    for (size_t i = 0; i < card->set->n_indicators; i++) {
        collect->group_of[i] = -1;
        for (size_t g = 0; g < card->n_groups; g++)
            if (card_counts(card, i) && strcmp(card->groups[g].name, card->set->indicators[i].group) == 0)
                collect->group_of[i] = (int)g;
        collect->package_of[i] = -1;
        for (size_t p = 0; p < card->n_packages && card->set->indicators[i].package; p++)
            if (strcmp(card->packages[p].name, card->set->indicators[i].package) == 0)
                collect->package_of[i] = (int)p;
        collect->in_table4 += collect->group_of[i] >= 0;
    }
}

static struct card_child *find_child(struct collect *collect, const struct score_row *row)
{
    struct card *card = collect->card;
    if (row->kind != collect->kind) {
        collect->kind = row->kind;
        collect->child = 0;
    }
    while (collect->child < card->n_children &&
           strncmp(card->children[collect->child].area.code, row->code, collect->prefix) < 0)
        collect->child++;
    return collect->child < card->n_children &&
                   strncmp(card->children[collect->child].area.code, row->code, collect->prefix) == 0
               ? &card->children[collect->child]
               : NULL;
}

static void add_sum(struct card_sum *sum, int64_t received, int due)
{
    sum->received += received;
    sum->due += due;
    sum->known++;
}

static void add(int64_t *sum, int64_t number)
{
    if (number >= 0)
        *sum = *sum < 0 ? number : *sum + number;
}

/* An indicator of Table 4 is known of the village: of how many villages the sums are. */
static void count_village(struct collect *collect, size_t indicator, struct card_child *child)
{
    struct card *card = collect->card;
    int group = collect->group_of[indicator];
    bool new_group = !(collect->groups >> group & 1), new_village = collect->known == 0;
    collect->groups |= 1U << group;
    collect->known++;
    card->groups[group].sum.villages += new_group;
    card->total.villages += new_village;
    card->complete += collect->known == collect->in_table4;
    if (child) {
        child->known |= UINT64_C(1) << indicator;
        child->sums[group].villages += new_group;
        child->total.villages += new_village;
    }
}

static void count_package(struct collect *collect, int package)
{
    collect->card->packages[package].sum.villages += !(collect->packages >> package & 1);
    collect->packages |= 1U << package;
}

static void next_village(struct collect *collect, int64_t village_id)
{
    if (village_id == collect->village_id)
        return;
    collect->village_id = village_id;
    collect->known = 0;
    collect->groups = collect->packages = 0;
}

/* Of the quarter before: what the change is told against, and of how many villages. */
static void take_before(struct collect *collect, int received, int due)
{
    struct card_sum *before = &collect->card->before;
    before->villages += collect->known++ == 0;
    add_sum(before, received, due);
}

static void take_indicator(struct collect *collect, const struct score_row *row, struct card_child *child)
{
    const struct set *set = collect->card->set;
    size_t i = collect->indicator;
    for (size_t tried = 0; strcmp(set->indicators[i].code, row->name) != 0; tried++) {
        if (tried == set->n_indicators)
            return;
        i = (i + 1) % set->n_indicators;
    }
    collect->indicator = i;
    int numerator = row->numbers[0], denominator = row->numbers[1], group = collect->group_of[i];
    bool known = numerator >= 0 && denominator >= 0;
    int counted = known && numerator > denominator ? denominator : numerator;
    next_village(collect, row->village_id);
    if (collect->before) {
        if (known && group >= 0)
            take_before(collect, counted, denominator);
        return;
    }
    struct card_indicator *sums = &collect->card->indicators[i];
    if (known || card_of_village(collect->card)) {
        add(&sums->numerator, counted);
        add(&sums->denominator, denominator);
        add(&sums->reported, numerator);
    }
    add(&sums->part, row->numbers[2]);
    sums->villages += known;
    sums->capped += known && numerator > denominator;
    sums->approximate += known && row->numbers[3] > 0;
    if (known && collect->package_of[i] >= 0)
        count_package(collect, collect->package_of[i]);
    if (known && group >= 0)
        count_village(collect, i, child);
    if (child && known && group >= 0) {
        add_sum(&child->sums[group], counted, denominator);
        add_sum(&child->total, counted, denominator);
    }
}

static void take_form(struct collect *collect, const struct score_row *row, struct card_child *child)
{
    int form = set_form(collect->card->set, row->name);
    if (form < 0)
        return;
    for (int month = 0; month < QUARTER_MONTHS; month++) {
        bool village = row->numbers[0] >> month & 1, posyandu = row->numbers[1] >> month & 1;
        struct card_month *sums = &collect->card->forms[form][month];
        sums->villages += village || posyandu;
        sums->posyandu += posyandu && !village;
        sums->differs += row->numbers[2] >> month & 1;
        if (child && collect->card->set->forms[form].due == DUE_MONTH)
            child->months[month] += village || posyandu;
    }
}

static int take_row(void *data, const struct score_row *row)
{
    struct collect *collect = data;
    struct card *card = collect->card;
    struct card_child *child = collect->before ? NULL : find_child(collect, row);
    switch (row->kind) {
    case SCORE_INDICATOR:
        take_indicator(collect, row, child);
        break;
    case SCORE_CELL:
        if (row->numbers[0] >= 0 && (size_t)row->numbers[0] < card->set->n_cells) {
            add(&card->cells[row->numbers[0]].value, row->numbers[1]);
            card->cells[row->numbers[0]].villages++;
        }
        break;
    case SCORE_FORM:
        take_form(collect, row, child);
        break;
    }
    return 0;
}

/* Which areas a card ranks: villages up to a kabupaten's page, above it kabupaten and provinsi. */
static size_t child_prefix(const struct card *card)
{
    if (card->area.id == 0)
        return strlen("35");
    return card->area.level == AREA_PROVINSI ? strlen("35.12") : strlen("35.12.03.2001");
}

struct children {
    struct card *card;
    size_t room;
    bool full;
};

static int count_child(void *data, struct view prefix, int villages)
{
    struct children *children = data;
    struct card *card = children->card;
    if (card->n_children == children->room) {
        size_t room = children->room ? children->room * 2 : 32;
        struct card_child *grown = realloc(card->children, room * sizeof *grown);
        children->full = !grown;
        if (!grown)
            return 1;
        card->children = grown;
        children->room = room;
    }
    struct card_child *child = &card->children[card->n_children++];
    memset(child, 0, sizeof *child);
    (void)snprintf(child->area.code, sizeof child->area.code, "%.*s", (int)prefix.len, prefix.at);
    child->villages = villages;
    card->villages += villages;
    return 0;
}

static int name_children(const struct box *box, struct card *card, struct error *error)
{
    struct area above = {0};
    for (size_t i = 0; i < card->n_children; i++) {
        struct card_child *child = &card->children[i];
        int r = store_area_by_code(box->store, view_of(child->area.code), &child->area, error);
        if (r == 0 && card->area.level == AREA_KABUPATEN && child->area.parent_id != above.id)
            r = store_area_by_id(box->store, child->area.parent_id, &above, error);
        if (r < 0)
            return r;
        (void)snprintf(child->within, sizeof child->within, "%s", above.name);
    }
    return 0;
}

int card_collect(const struct box *box, struct card *card, struct error *error)
{
    struct collect collect;
    start_collect(&collect, card);
    collect.prefix = child_prefix(card);
    const char *code = card->area.id ? card->area.code : NULL;
    struct children children = {.card = card};
    int r = 0;
    if (card_of_village(card))
        card->villages = 1;
    else
        r = store_village_count(box->store, code, quarter_end(card->quarter), collect.prefix, count_child, &children,
                                error);
    if (r == 0 && children.full)
        r = error_set(error, -ENOMEM, "memory ran out for a card");
    if (r == 0)
        r = store_score_list(box->store, card->quarter, card->set->name, code, SCORE_ALL, take_row, &collect, error);
    collect.before = true;
    collect.village_id = 0;
    if (r == 0 && box_set(box, score_set_for(box, card->quarter - 1)) == card->set)
        r = store_score_list(box->store, card->quarter - 1, card->set->name, code, 1U << SCORE_INDICATOR, take_row,
                             &collect, error);
    if (r == 0)
        r = name_children(box, card, error);
    if (r == 0)
        card_rank(card);
    return r;
}

/* Where posyandu reported: how many stands in the place of whether, a key in that of a difference. */
static int take_month(void *data, const char *code, int month, const struct score_month *of)
{
    struct card *card = data;
    int form = set_form(card->set, code);
    if (form < 0 || month < 0 || month >= QUARTER_MONTHS)
        return 0;
    struct card_month *to = &card->forms[form][month];
    if (to->posyandu > 0)
        to->posyandu = of->posyandu;
    to->filled = of->filled;
    to->filled_by = of->filled ? of->posyandu : 0;
    to->differs = of->field ? form_key(&card->set->forms[form], of->field) + 1 : 0;
    if (to->differs > 0) {
        to->village_value = of->village;
        to->posyandu_value = of->total;
    }
    return 0;
}

int card_collect_village(const struct box *box, struct card *card, struct error *error)
{
    int64_t posyandu = 0;
    const struct score_key key = {.area_id = card->area.id, .quarter = card->quarter, .set = card->set->name};
    int r = store_posyandu_count(box->store, card->area.id, quarter_end(card->quarter), &posyandu, error);
    card->posyandu = (int)posyandu;
    return r == 0 ? store_score_months_list(box->store, &key, take_month, card, error) : r;
}

static int take_budget(void *data, const struct budget_row *row)
{
    struct card *card = data;
    if (row->line >= 1 && row->line <= CARD_BUDGET_MAX)
        card->budget[row->line - 1] = *row;
    return 0;
}

int card_collect_budget(const struct box *box, struct card *card, struct error *error)
{
    return store_budget_list(box->store, card->area.id ? card->area.code : NULL, card->quarter / 4, take_budget, card,
                             error);
}
