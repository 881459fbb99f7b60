/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/score/card_open.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/score/card_make.h"
#include "settings/settings.h"

static void read_groups(struct card *card)
{
    for (size_t i = 0; i < card->set->n_indicators; i++) {
        size_t g = 0;
        while (g < card->n_groups && strcmp(card->groups[g].name, card->set->indicators[i].group) != 0)
            g++;
        if (g == card->n_groups && card->set->indicators[i].in_table4 && g < CARD_GROUPS_MAX)
            card->groups[card->n_groups++].name = card->set->indicators[i].group;
    }
}

static void read_packages(struct card *card)
{
    for (size_t i = 0; i < card->set->n_indicators; i++) {
        const char *package = card->set->indicators[i].package;
        size_t p = 0;
        while (package && p < card->n_packages && strcmp(card->packages[p].name, package) != 0)
            p++;
        if (package && p == card->n_packages && p < CARD_PACKAGES_MAX)
            card->packages[card->n_packages++].name = package;
    }
}

static void forget_numbers(struct card *card, enum card_which which)
{
    for (size_t i = 0; i < SET_INDICATORS_MAX; i++)
        card->indicators[i] = (struct card_indicator){
            .numerator = -1,
            .denominator = -1,
            .reported = -1,
            .part = -1,
            .variant = which == CARD_LIVE && i < card->set->n_indicators ? card->set->indicators[i].chosen : 0};
    for (size_t i = 0; i < SET_CELLS_MAX; i++)
        card->cells[i].value = -1;
    card->complete = card->total.villages = which == CARD_LIVE ? 0 : -1;
    for (size_t i = 0; i < CARD_GROUPS_MAX; i++)
        card->groups[i].sum.villages = which == CARD_LIVE ? 0 : -1;
    for (size_t i = 0; i < CARD_PACKAGES_MAX; i++)
        card->packages[i].sum.villages = which == CARD_LIVE ? 0 : -1;
    card->before.villages = which == CARD_LIVE ? 0 : -1;
    for (size_t i = 0; i < CARD_BUDGET_MAX; i++)
        card->budget[i] = (struct budget_row){.line = (int)i + 1, .total = -1, .stunting = -1};
}

static int read_path(const struct box *box, struct card *card, struct error *error)
{
    struct area above = card->area;
    enum area_level below;
    do {
        below = above.level;
        int r = above.parent_id ? store_area_by_id(box->store, above.parent_id, &above, error) : 0;
        if (r < 0)
            return r;
        if (above.level < below)
            card->path[above.level] = above;
    } while (above.level < below); /* a foreign hand may have made a ring of them */
    return 0;
}

static int make_live(const struct box *box, struct card *card, struct error *error)
{
    int r = card_collect(box, card, error);
    if (r == 0 && card_of_village(card))
        r = card_collect_village(box, card, error);
    if (r == 0)
        r = card_collect_budget(box, card, error);
    return r;
}

/* A frozen card is shown with the set it was frozen with: the quarter's, else another one. */
static int find_frozen_set(const struct box *box, struct card *card, int revision, struct error *error)
{
    char name[SET_NAME_MAX];
    int r = card_frozen_set(box, card, revision, name, error);
    if (r < 0)
        return r;
    int set = box_set_named(box, name);
    if (set >= 0)
        card->set = box_set(box, (size_t)set);
    (void)snprintf(card->frozen_set, sizeof card->frozen_set, "%s", name);
    card->is_of_other_set = strcmp(name, box_set(box, score_set_for(box, card->quarter))->name) != 0;
    return 0;
}

static int make(const struct box *box, struct card *card, enum card_which which, int revision, struct error *error)
{
    int r = read_path(box, card, error);
    if (r == 0 && which == CARD_FROZEN)
        r = find_frozen_set(box, card, revision, error);
    if (r < 0)
        return r;
    read_groups(card);
    read_packages(card);
    card->table4 = which == CARD_LIVE ? card->set->table4 : TABLE4_SUM;
    forget_numbers(card, which);
    switch (which) {
    case CARD_LIVE:
        r = make_live(box, card, error);
        break;
    case CARD_FROZEN:
        break;
    }
    if (r < 0)
        return r;
    card_sum_up(card);
    return card_frozen_read(box, card, which, revision, error);
}

int card_open(const struct box *box, const struct area *area, int quarter, enum card_which which, int revision,
              int64_t now_ms, struct card **ret_card, struct error *error)
{
    struct card *card = calloc(1, sizeof *card);
    if (!card)
        return error_set(error, -ENOMEM, "memory ran out for a card");
    card->set = box_set(box, score_set_for(box, quarter));
    card->months = box->settings->replies[0]->months;
    if (area)
        card->area = *area;
    card->quarter = quarter;
    card->month_now = month_of(zone_local(now_ms).day);
    int r = 0;
    if (card->area.level == AREA_POSYANDU)
        r = error_set(error, -EINVAL, "%s is a posyandu: a card is made of a desa or of what stands above it",
                      card->area.code);
    if (r == 0)
        r = make(box, card, which, revision, error);
    if (r < 0) {
        card_close(card);
        return r;
    }
    *ret_card = card;
    return 0;
}
