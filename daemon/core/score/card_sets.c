/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/score/card_sets.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/translate.h"
#include "core/score/score.h"

struct look {
    const struct box *box; /* NULL: by the set alone */
    const struct set *set;
    struct card_sets *sets;
    int quarter; /* in hand: its cards of other sets wait until it is known that the right one has none */
    struct card_sets waiting;
    bool has_own;
};

/* What counts the quarter, NULL where that does not change. */
static const char *set_of(const struct look *look, int quarter)
{
    if (look->box)
        return box_set(look->box, score_set_for(look->box, quarter))->name;
    return quarter_end(quarter) >= look->set->valid_from ? look->set->name : NULL;
}

static void close_quarter(struct look *look)
{
    struct card_sets *sets = look->sets, *waiting = &look->waiting;
    if (!look->has_own && waiting->cards > 0) {
        int first = sets->cards > 0 ? sets->first : waiting->first;
        int64_t cards = sets->cards + waiting->cards;
        *sets = *waiting;
        sets->first = first;
        sets->cards = cards;
    }
    look->has_own = false;
    *waiting = (struct card_sets){.cards = 0};
}

static int take(void *data, int quarter, const char *set, int64_t areas)
{
    struct look *look = data;
    if (quarter != look->quarter)
        close_quarter(look);
    look->quarter = quarter;
    const char *is = set_of(look, quarter);
    if (!is)
        return 0;
    if (strcmp(is, set) == 0) {
        look->has_own = true;
        return 0;
    }
    struct card_sets *waiting = &look->waiting;
    waiting->cards += areas;
    waiting->first = waiting->last = quarter;
    (void)snprintf(waiting->was, sizeof waiting->was, "%s", set);
    (void)snprintf(waiting->is, sizeof waiting->is, "%s", is);
    return 0;
}

static int look_at(struct store *store, struct look *look, struct error *error)
{
    *look->sets = (struct card_sets){.cards = 0};
    look->quarter = QUARTER_NONE;
    int result = store_card_sets(store, take, look, error);
    close_quarter(look);
    return result;
}

int card_sets_of_box(const struct box *box, struct card_sets *ret_sets, struct error *error)
{
    struct look look = {.box = box, .sets = ret_sets};
    return look_at(box->store, &look, error);
}

int card_sets_with(struct store *store, const struct set *set, struct card_sets *ret_sets, struct error *error)
{
    struct look look = {.set = set, .sets = ret_sets};
    return look_at(store, &look, error);
}

void card_sets_text(const struct card_sets *sets, char ret_text[CARD_SETS_TEXT_MAX])
{
    char first[8], last[8];
    quarter_format(sets->first, first);
    quarter_format(sets->last, last);
    (void)snprintf(ret_text, CARD_SETS_TEXT_MAX,
                   _("%" PRId64
                     " frozen cards (%s to %s) belong to the set %.60s, their quarters are counted with %.60s"
                     ": kabarctl score --frozen shows them; valid_from in the new set keeps the old one for them"),
                   sets->cards, first, last, sets->was, sets->is);
}
