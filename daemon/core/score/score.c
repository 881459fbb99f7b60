/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/score/score.h"

#include <errno.h>
#include <string.h>

#include "store/card.h"

/* What was read of one area and month so far: rows come area by area, month by month. */
struct gather {
    const struct form *form;
    int64_t village_id;
    int first_month;
    int64_t area_id;
    int month; /* of the area and month in hand */
    bool open;
    int current[FORM_KEYS_MAX];
    int village[QUARTER_MONTHS][FORM_KEYS_MAX];
    int posyandu[QUARTER_MONTHS][FORM_KEYS_MAX];
    struct form_month months[QUARTER_MONTHS];
};

static void gather_close(struct gather *gather)
{
    if (!gather->open)
        return;
    int month = gather->month - gather->first_month;
    bool village = gather->area_id == gather->village_id;
    int *sums = village ? gather->village[month] : gather->posyandu[month];
    for (size_t i = 0; i < gather->form->n_keys; i++)
        if (gather->current[i] >= 0)
            sums[i] = sums[i] < 0 ? gather->current[i] : sums[i] + gather->current[i];
    if (village)
        gather->months[month].village = 1;
    else
        gather->months[month].posyandu++;
    gather->open = false;
}

static int gather_value(void *data, const struct month_value *value)
{
    struct gather *gather = data;
    if (gather->open && (gather->area_id != value->area_id || gather->month != value->month))
        gather_close(gather);
    if (!gather->open) {
        gather->open = true;
        gather->area_id = value->area_id;
        gather->month = value->month;
        memset(gather->current, 0xff, sizeof gather->current);
    }
    int key = form_key(gather->form, value->field);
    if (key >= 0)
        gather->current[key] =
            value->adds && gather->current[key] >= 0 ? gather->current[key] + value->value : value->value;
    return 0;
}

static void note_difference(const struct gather *gather, int month, struct form_month *ret_month)
{
    ret_month->differs = -1;
    if (!ret_month->village || ret_month->posyandu == 0 || gather->form->adds)
        return;
    const int *village = gather->village[month], *posyandu = gather->posyandu[month];
    for (size_t i = 0; i < gather->form->n_keys && ret_month->differs < 0; i++) {
        if (village[i] < 0 || posyandu[i] < 0 || village[i] == posyandu[i])
            continue;
        ret_month->differs = (int)i;
        ret_month->village_value = village[i];
        ret_month->posyandu_value = posyandu[i];
    }
}

/* The village's own number counts; where it gave none, the sum over its posyandu does. What happened in a posyandu
 * comes to what the village tells of. */
static int month_value(const struct gather *gather, int month, size_t key, struct form_month *ret_month)
{
    int own = gather->village[month][key], sum = gather->posyandu[month][key];
    if (gather->form->adds)
        return own < 0 || sum < 0 ? (own < 0 ? sum : own) : own + sum;
    if (own < 0 && sum >= 0 && ret_month->village)
        ret_month->filled |= UINT64_C(1) << key;
    return own >= 0 ? own : sum;
}

static int combine(enum quarter_value how, int before, int value)
{
    if (value < 0)
        return before;
    switch (how) {
    case QUARTER_LAST:
        return value;
    case QUARTER_SUM:
        return before < 0 ? value : before + value;
    case QUARTER_MAX:
        return value > before ? value : before;
    }
    return before;
}

int score_form_quarter(const struct box *box, const struct form *form, int64_t village_id, int quarter, bool anew,
                       struct form_quarter *ret_form, struct error *error)
{
    struct gather gather = {.form = form, .village_id = village_id, .first_month = quarter * QUARTER_MONTHS};
    memset(gather.village, 0xff, sizeof gather.village);
    memset(gather.posyandu, 0xff, sizeof gather.posyandu);
    int r = store_quarter_values(box->store, village_id, quarter, form->code, anew, gather_value, &gather, error);
    if (r < 0)
        return r;
    gather_close(&gather);
    memset(ret_form->values, 0xff, sizeof ret_form->values);
    for (int month = 0; month < QUARTER_MONTHS; month++) {
        ret_form->months[month] = gather.months[month];
        note_difference(&gather, month, &ret_form->months[month]);
        for (size_t i = 0; i < form->n_keys; i++)
            ret_form->values[i] = combine(form->keys[i].quarter, ret_form->values[i],
                                          month_value(&gather, month, i, &ret_form->months[month]));
    }
    return 0;
}

static int put_figures(const struct box *box, const struct set *set, int form, const struct score_key *key,
                       const struct figures *figures, struct error *error)
{
    int r = 0;
    for (size_t i = 0; i < set->n_indicators && r == 0; i++)
        if (set->indicators[i].form == form)
            r = store_score_put(box->store, key, set->indicators[i].code,
                                &(struct score_numbers){figures->indicators[i].numerator,
                                                        figures->indicators[i].denominator, figures->indicators[i].part,
                                                        figures->indicators[i].approximate},
                                error);
    for (size_t i = 0; i < set->n_cells && r == 0; i++)
        if (set->cells[i].form == form)
            r = store_score_cell_put(box->store, key, (int)i, figures->cells[i], error);
    return r;
}

static int put_months(const struct box *box, const struct form *form, const struct score_key *key,
                      const struct form_month *months, struct error *error)
{
    struct score_form masks = {0};
    struct score_month rows[QUARTER_MONTHS];
    for (int i = 0; i < QUARTER_MONTHS; i++) {
        const struct form_month *month = &months[i];
        masks.village |= (unsigned)month->village << i;
        masks.posyandu |= (unsigned)(month->posyandu > 0) << i;
        masks.differs |= (unsigned)(month->differs >= 0) << i;
        rows[i] = (struct score_month){.filled = month->filled,
                                       .posyandu = month->posyandu,
                                       .field = month->differs >= 0 ? form->keys[month->differs].code : NULL,
                                       .village = month->village_value,
                                       .total = month->posyandu_value};
    }
    int r = store_score_form_put(box->store, key, form->code, &masks, error);
    return r == 0 ? store_score_months_put(box->store, key, form->code, rows, error) : r;
}

int score_update_quarter(const struct box *box, int64_t village_id, const char *form, int quarter, bool anew,
                         struct error *error)
{
    size_t set_index = score_set_for(box, quarter);
    const struct set *set = box_set(box, set_index);
    int index = set_form(set, form);
    if (index < 0)
        return 0;
    struct form_quarter values;
    int r = score_form_quarter(box, &set->forms[index], village_id, quarter, anew, &values, error);
    struct figures figures;
    if (r == 0)
        r = rules_figures(box->rules[set_index], index, quarter, values.values, &figures, error);
    if (r < 0)
        return r;
    const struct score_key key = {.area_id = village_id, .quarter = quarter, .set = set->name};
    r = put_figures(box, set, index, &key, &figures, error);
    if (r == 0)
        r = put_months(box, &set->forms[index], &key, values.months, error);
    return r == 0 && !anew ? store_card_touch(box->store, &key, error) : r;
}

size_t score_set_for(const struct box *box, int quarter)
{
    return box_set_for(box, quarter_end(quarter));
}

int score_update(const struct box *box, int64_t area_id, const char *form, int month, struct error *error)
{
    struct area area;
    int r = store_area_by_id(box->store, area_id, &area, error);
    if (r < 0)
        return r;
    if (area.level < AREA_DESA || month == MONTH_NONE)
        return 0;
    int64_t village_id = area.level == AREA_POSYANDU ? area.parent_id : area.id;
    return score_update_quarter(box, village_id, form, quarter_of(month), false, error);
}
