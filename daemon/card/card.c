/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "card/card.h"

#include <stdlib.h>
#include <string.h>

#include "parsers/set.h"

/* Beyond it, which only rupiah are, the last digit of a percentage may be off. */
#define EXACT_MAX (INT64_MAX / 40000)

int64_t percent_of(int64_t n, int64_t d)
{
    if (n < 0 || d <= 0)
        return -1;
    for (; n > EXACT_MAX || d > EXACT_MAX; d = d / 2 + (d == 1))
        n /= 2;
    return (n * 20000 + d) / (2 * d);
}

bool card_of_village(const struct card *card)
{
    return card->area.level == AREA_DESA;
}

bool card_is_empty(const struct card *card)
{
    for (size_t i = 0; i < card->set->n_forms; i++)
        for (int month = 0; month < QUARTER_MONTHS; month++)
            if (card->forms[i][month].villages > 0)
                return false;
    return true;
}

const char *card_set_name(const struct card *card)
{
    return card->is_frozen ? card->frozen_set : card->set->name;
}

int64_t card_percent(const struct card *card)
{
    return percent_of(card->total.received, card->total.due);
}

bool card_counts(const struct card *card, size_t indicator)
{
    const struct indicator *row = &card->set->indicators[indicator];
    return card->table4 == TABLE4_PERSONS ? row->is_persons : row->in_table4;
}

bool card_is_above_line(const struct card *card, int64_t hundredths)
{
    return card->set->line_at > 0 && hundredths > card->set->line_at * INT64_C(100);
}

/* Each indicator of Table 4, for each village that knows it. */
static int known_of_all(const struct card *card)
{
    int known = 0;
    for (size_t i = 0; i < card->set->n_indicators; i++)
        if (card_counts(card, i))
            known += card->indicators[i].villages;
    return known;
}

bool card_change(const struct card *card, int64_t *ret_change)
{
    int64_t now = card_percent(card), before = percent_of(card->before.received, card->before.due);
    /* Sums of different villages can't be compared. */
    if (!card_of_village(card) && card->before.villages >= 0 && card->before.villages != card->total.villages)
        return false;
    bool runs = card->month_now <= quarter_end(card->quarter);
    if (now < 0 || before < 0 || (runs && known_of_all(card) < card->before.known))
        return false;
    *ret_change = now - before;
    return true;
}

size_t card_weakest(const struct card *card, size_t max, size_t *ret_indicators)
{
    size_t n = 0;
    for (size_t i = 0; i < card->set->n_indicators; i++) {
        const struct card_indicator *row = &card->indicators[i];
        int64_t percent = percent_of(row->numerator, row->denominator);
        if (percent < 0 || percent >= 10000 || !card->set->indicators[i].in_table4)
            continue;
        size_t place = n < max ? n : max;
        for (; place > 0; place--) {
            const struct card_indicator *other = &card->indicators[ret_indicators[place - 1]];
            if (percent_of(other->numerator, other->denominator) <= percent)
                break;
            if (place < max)
                ret_indicators[place] = ret_indicators[place - 1];
        }
        if (place < max)
            ret_indicators[place] = i;
        n += n < max;
    }
    return n;
}

/* Of a form that is due once a quarter: the month of the quarter in which its day is, where none of it came. */
static unsigned quarterly_missing(const struct card *card, size_t form)
{
    int first = quarter_end(card->quarter) - (QUARTER_MONTHS - 1), month = first, day = card->set->forms[form].due_day;
    for (int i = 0; i < QUARTER_MONTHS; i++)
        if (card->forms[form][i].villages > 0)
            return 0;
    for (; month < first + QUARTER_MONTHS - 1 && day > month_length(month); month++)
        day -= month_length(month);
    return month <= card->month_now ? 1U << (month - first) : 0;
}

unsigned card_form_missing(const struct card *card, size_t form)
{
    unsigned missing = 0;
    enum form_due due = card->set->forms[form].due;
    if (due != DUE_MONTH)
        return due == DUE_QUARTER ? quarterly_missing(card, form) : 0;
    for (int i = 0; i < QUARTER_MONTHS; i++)
        if (card->quarter * QUARTER_MONTHS + i <= card->month_now && card->forms[form][i].villages == 0)
            missing |= 1U << i;
    return missing;
}

static void add_row(struct card_sum *sum, const struct card_indicator *row)
{
    sum->all++;
    if (row->numerator < 0 || row->denominator < 0)
        return;
    sum->known++;
    sum->received += row->numerator;
    sum->due += row->denominator;
}

static void sum_up_packages(struct card *card)
{
    for (size_t p = 0; p < card->n_packages; p++) {
        struct card_sum *sum = &card->packages[p].sum;
        *sum = (struct card_sum){.villages = sum->villages};
        for (size_t i = 0; i < card->set->n_indicators; i++) {
            const char *package = card->set->indicators[i].package;
            if (package && strcmp(package, card->packages[p].name) == 0)
                add_row(sum, &card->indicators[i]);
        }
    }
}

void card_sum_up(struct card *card)
{
    sum_up_packages(card);
    card->total = (struct card_sum){.villages = card->total.villages};
    for (size_t g = 0; g < card->n_groups; g++) {
        struct card_sum *sum = &card->groups[g].sum;
        *sum = (struct card_sum){.villages = sum->villages};
        for (size_t i = 0; i < card->set->n_indicators; i++)
            if (card_counts(card, i) && strcmp(card->set->indicators[i].group, card->groups[g].name) == 0)
                add_row(sum, &card->indicators[i]);
        card->total.received += sum->received;
        card->total.due += sum->due;
        card->total.known += sum->known;
        card->total.all += sum->all;
    }
}

/* What the most complete one knows; of several, that which most know. */
static uint64_t most_known(const struct card *card)
{
    uint64_t most = 0;
    size_t most_areas = 0;
    for (size_t i = 0; i < card->n_children; i++) {
        uint64_t known = card->children[i].known;
        int more = __builtin_popcountll(known) - __builtin_popcountll(most);
        size_t areas = 0;
        for (size_t j = 0; more >= 0 && j < card->n_children; j++)
            areas += (known & ~card->children[j].known) == 0;
        if (more > 0 || (more == 0 && areas > most_areas)) {
            most = known;
            most_areas = areas;
        }
    }
    return most;
}

static int by_rank(const void *a, const void *b)
{
    const struct card_child *left = a, *right = b;
    int64_t x = percent_of(left->total.received, left->total.due);
    int64_t y = percent_of(right->total.received, right->total.due);
    if (left->is_ranked != right->is_ranked)
        return left->is_ranked ? -1 : 1;
    return x != y ? (x < y) - (x > y) : strcmp(left->area.code, right->area.code);
}

void card_rank(struct card *card)
{
    uint64_t most = most_known(card);
    for (size_t i = 0; i < card->n_children; i++) {
        struct card_child *child = &card->children[i];
        child->is_ranked = child->total.due > 0 && (most & ~child->known) == 0;
    }
    if (card->n_children)
        qsort(card->children, card->n_children, sizeof *card->children, by_rank);
}

struct card *card_close(struct card *card)
{
    if (card) {
        free(card->children);
        free(card);
    }
    return NULL;
}
