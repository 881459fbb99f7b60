/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/digits.h"
#include "core/score/card_make.h"

enum { BODY_MAX = 32 * 1024, VARIANT_KEY_MAX = 2 * FIELD_MAX - (int)sizeof "variant:" };

static const char persons_row[] = "persons"; /* Table 4 counts persons */

static void write_row(struct buf *buf, const char *kind, const char *name, const int64_t *numbers, size_t n_numbers)
{
    char key[FIELD_MAX * 2];
    (void)snprintf(key, sizeof key, "%s%s", kind, name);
    if (buf->text[buf->len - 1] != '{')
        buf_puts(buf, ",");
    buf_json(buf, view_of(key));
    for (size_t i = 0; i < n_numbers; i++)
        buf_printf(buf, "%s%" PRId64, i ? "," : ":[", numbers[i]);
    buf_puts(buf, "]");
}

/* "A1:wording" */
static void variant_key(const struct indicator *indicator, size_t variant, char ret_key[VARIANT_KEY_MAX])
{
    (void)snprintf(ret_key, VARIANT_KEY_MAX, "%s:%s", indicator->code, indicator->variants[variant].name);
}

/* Only where there is something to write: cards that were frozen before such rows came do not count as changed. */
static void write_filled(struct buf *buf, const char *form, const struct card_month months[QUARTER_MONTHS])
{
    int64_t numbers[QUARTER_MONTHS * 2];
    uint64_t any = 0;
    for (size_t month = 0; month < QUARTER_MONTHS; month++) {
        numbers[month * 2] = (int64_t)months[month].filled;
        numbers[month * 2 + 1] = months[month].filled_by;
        any |= months[month].filled;
    }
    if (any)
        write_row(buf, "filled:", form, numbers, QUARTER_MONTHS * 2);
}

static void write_numbers(const struct card *card, struct buf *buf)
{
    const struct set *set = card->set;
    char place[12], key[VARIANT_KEY_MAX];
    buf_puts(buf, "{");
    if (card->table4 == TABLE4_PERSONS)
        write_row(buf, persons_row, "", (const int64_t[]){1}, 1);
    for (size_t i = 0; i < set->n_indicators; i++) {
        const struct card_indicator *row = &card->indicators[i];
        if (set->indicators[i].is_persons && row->numerator < 0 && row->denominator < 0)
            continue; /* cards that were frozen before there were such rows do not count as changed */
        write_row(
            buf, "indicator:", set->indicators[i].code,
            (const int64_t[]){row->numerator, row->denominator, row->reported, row->part, row->villages, row->capped},
            6);
        if (row->variant > 0) {
            variant_key(&set->indicators[i], row->variant, key);
            write_row(buf, "variant:", key, (const int64_t[]){1}, 1);
        }
    }
    for (size_t i = 0; i < set->n_cells; i++) {
        (void)snprintf(place, sizeof place, "%zu", i);
        write_row(buf, "cell:", place, (const int64_t[]){card->cells[i].value, card->cells[i].villages}, 2);
    }
    for (size_t i = 0; i < set->n_forms; i++) {
        int64_t numbers[QUARTER_MONTHS * 5];
        for (size_t month = 0; month < QUARTER_MONTHS; month++) {
            const struct card_month *from = &card->forms[i][month];
            int64_t *to = numbers + month * 5;
            to[0] = from->villages;
            to[1] = from->posyandu;
            to[2] = from->differs;
            to[3] = from->village_value;
            to[4] = from->posyandu_value;
        }
        write_row(buf, "form:", set->forms[i].code, numbers, QUARTER_MONTHS * 5);
        write_filled(buf, set->forms[i].code, card->forms[i]);
    }
    for (size_t i = 0; i < CARD_BUDGET_MAX; i++) {
        const struct budget_row *row = &card->budget[i];
        (void)snprintf(place, sizeof place, "%zu", i + 1);
        if (row->total >= 0)
            write_row(buf, "budget:", place, (const int64_t[]){row->total, row->stunting, row->villages}, 3);
    }
    buf_puts(buf, "}");
}

/* What stands around the numbers: when it changes later the card does not count as changed. */
static void write_around(const struct card *card, struct buf *buf)
{
    buf_puts(buf, "{");
    write_row(buf, "areas", "", (const int64_t[]){card->villages, card->posyandu}, 2);
    write_row(buf, "before", "",
              (const int64_t[]){card->before.received, card->before.due, card->before.known, card->before.villages}, 4);
    write_row(buf, "total", "", (const int64_t[]){card->total.villages, card->complete}, 2);
    for (size_t i = 0; i < card->n_groups; i++)
        write_row(buf, "group:", card->groups[i].name, (const int64_t[]){card->groups[i].sum.villages}, 1);
    for (size_t i = 0; i < card->n_packages; i++)
        write_row(buf, "package:", card->packages[i].name, (const int64_t[]){card->packages[i].sum.villages}, 1);
    for (size_t i = 0; i < card->set->n_indicators; i++)
        if (card->indicators[i].approximate > 0)
            write_row(buf, "approximate:", card->set->indicators[i].code,
                      (const int64_t[]){card->indicators[i].approximate}, 1);
    buf_puts(buf, "}");
}

static const char *behind(const char *name, const char *kind)
{
    size_t len = strlen(kind);
    return strncmp(name, kind, len) == 0 ? name + len : NULL;
}

/* A place written in digits below max, else max. */
static size_t place_of(const char *text, size_t max)
{
    int64_t place;
    return digits_whole(text, (int64_t)max, &place) ? (size_t)place : max;
}

static void take_indicator(struct card *card, const char *code, const int64_t *numbers)
{
    for (size_t i = 0; i < card->set->n_indicators; i++)
        if (strcmp(card->set->indicators[i].code, code) == 0)
            card->indicators[i] = (struct card_indicator){.variant = card->indicators[i].variant,
                                                          .numerator = numbers[0],
                                                          .denominator = numbers[1],
                                                          .reported = numbers[2],
                                                          .part = numbers[3],
                                                          .villages = (int)numbers[4],
                                                          .capped = (int)numbers[5]};
}

/* Comes after the indicator's own row. */
static void take_approximate(struct card *card, const char *code, int64_t villages)
{
    for (size_t i = 0; i < card->set->n_indicators; i++)
        if (strcmp(card->set->indicators[i].code, code) == 0)
            card->indicators[i].approximate = (int)villages;
}

static void take_variant(struct card *card, const char *wanted)
{
    char key[VARIANT_KEY_MAX];
    for (size_t i = 0; i < card->set->n_indicators; i++)
        for (size_t variant = 1; variant < card->set->indicators[i].n_variants; variant++) {
            variant_key(&card->set->indicators[i], variant, key);
            if (strcmp(key, wanted) == 0)
                card->indicators[i].variant = variant;
        }
}

static void take_form(struct card *card, const char *code, const int64_t *numbers)
{
    int form = set_form(card->set, code);
    for (int month = 0; month < QUARTER_MONTHS && form >= 0; month++, numbers += 5)
        card->forms[form][month] = (struct card_month){.villages = (int)numbers[0],
                                                       .posyandu = (int)numbers[1],
                                                       .differs = (int)numbers[2],
                                                       .village_value = (int)numbers[3],
                                                       .posyandu_value = (int)numbers[4]};
}

/* Comes after the form's own row. */
static void take_filled(struct card *card, const char *code, const int64_t *numbers)
{
    int form = set_form(card->set, code);
    for (int month = 0; month < QUARTER_MONTHS && form >= 0; month++, numbers += 2) {
        card->forms[form][month].filled = (uint64_t)numbers[0];
        card->forms[form][month].filled_by = (int)numbers[1];
    }
}

/* Cards that were frozen at first do not say of how many villages or indicators their sums are. */
static void take_sums(struct card *card, const char *name, const int64_t *numbers, size_t n)
{
    const char *group = behind(name, "group:"), *package = behind(name, "package:");
    if (strcmp(name, "before") == 0 && n >= 2) {
        card->before.received = numbers[0];
        card->before.due = numbers[1];
        card->before.known = n > 2 ? (int)numbers[2] : 0;
        card->before.villages = n > 3 ? (int)numbers[3] : -1;
    } else if (strcmp(name, "total") == 0 && n == 2) {
        card->total.villages = (int)numbers[0];
        card->complete = (int)numbers[1];
    }
    for (size_t i = 0; group && i < card->n_groups; i++)
        if (strcmp(card->groups[i].name, group) == 0)
            card->groups[i].sum.villages = (int)numbers[0];
    for (size_t i = 0; package && i < card->n_packages; i++)
        if (strcmp(card->packages[i].name, package) == 0)
            card->packages[i].sum.villages = (int)numbers[0];
}

/* What the card's set no longer has is left out; what it has new stays unknown. */
static int take_numbers(void *data, const char *name, const int64_t *numbers, size_t n)
{
    struct card *card = data;
    const char *rest;
    size_t place;
    if ((rest = behind(name, "indicator:")) && n == 6)
        take_indicator(card, rest, numbers);
    else if ((rest = behind(name, "variant:")))
        take_variant(card, rest);
    else if (strcmp(name, persons_row) == 0)
        card->table4 = TABLE4_PERSONS;
    else if ((rest = behind(name, "approximate:")) && n == 1)
        take_approximate(card, rest, numbers[0]);
    else if ((rest = behind(name, "form:")) && n == (size_t)QUARTER_MONTHS * 5)
        take_form(card, rest, numbers);
    else if ((rest = behind(name, "filled:")) && n == (size_t)QUARTER_MONTHS * 2)
        take_filled(card, rest, numbers);
    else if ((rest = behind(name, "cell:")) && n == 2 && (place = place_of(rest, SET_CELLS_MAX)) < SET_CELLS_MAX) {
        card->cells[place].value = numbers[0];
        card->cells[place].villages = (int)numbers[1];
    } else if ((rest = behind(name, "budget:")) && n == 3 && (place = place_of(rest, CARD_BUDGET_MAX + 1)) >= 1 &&
               place <= CARD_BUDGET_MAX)
        card->budget[place - 1] = (struct budget_row){(int)place, numbers[0], numbers[1], (int)numbers[2]};
    else if (strcmp(name, "areas") == 0 && n == 2) {
        card->villages = (int)numbers[0];
        card->posyandu = (int)numbers[1];
    } else
        take_sums(card, name, numbers, n);
    return 0;
}

struct found {
    struct card_row row; /* its numbers are gone */
    bool changed;
    const struct buf *numbers; /* of today */
};

static int take_card(void *data, const struct card_row *row)
{
    struct found *found = data;
    found->row = *row;
    found->row.numbers = NULL;
    found->changed = strcmp(row->numbers, found->numbers->text) != 0;
    return 0;
}

/* What the revision before said, for "was 81,00%". */
static int read_earlier(const struct box *box, struct card *card, const struct score_key *key,
                        const struct buf *numbers, struct error *error)
{
    struct found found = {.numbers = numbers};
    if (card->revision <= 1)
        return 0;
    int r = store_card_get(box->store, key, card->revision - 1, take_card, &found, error);
    card->earlier_ms = found.row.frozen_ms;
    card->earlier_percent = percent_of(found.row.received, found.row.due);
    return r == -ENOENT ? 0 : r;
}

static int take_nothing(void *data, const struct card_row *row)
{
    (void)data;
    (void)row;
    return 0;
}

int card_frozen_set(const struct box *box, const struct card *card, int revision, char ret_name[SET_NAME_MAX],
                    struct error *error)
{
    const struct score_key key = {.area_id = card->area.id, .quarter = card->quarter, .set = card->set->name};
    if (card->area.id == 0)
        return error_set(error, -ENOENT, "the whole country is not frozen as a card");
    int r = store_card_get(box->store, &key, revision, take_nothing, NULL, error);
    if (r == -ENOENT)
        return store_card_set(box->store, card->quarter, card->area.id, revision, ret_name, error);
    (void)snprintf(ret_name, SET_NAME_MAX, "%s", key.set);
    return r;
}

/* Whether a set that is not loaded can be shown with the one at hand: that has all its indicators and forms, and as
 * many cells, which stand in the card by their order alone. */
struct layout {
    const struct set *set;
    size_t cells;
    bool strange;
};

static int take_layout(void *data, const char *name, const int64_t *numbers, size_t n)
{
    (void)numbers;
    (void)n;
    struct layout *layout = data;
    const char *code = behind(name, "indicator:");
    size_t i = 0;
    while (code && i < layout->set->n_indicators && strcmp(layout->set->indicators[i].code, code) != 0)
        i++;
    layout->strange |= code && i == layout->set->n_indicators;
    code = behind(name, "form:");
    layout->strange |= code && set_form(layout->set, code) < 0;
    layout->cells += behind(name, "cell:") != NULL;
    return 0;
}

static int read_numbers(const struct box *box, struct card *card, int64_t card_id, struct error *error)
{
    char quarter[8];
    struct layout layout = {.set = card->set};
    int r = 0;
    if (strcmp(card->frozen_set, card->set->name) != 0)
        r = store_card_numbers(box->store, card_id, take_layout, &layout, error);
    else
        layout.cells = card->set->n_cells;
    quarter_format(card->quarter, quarter);
    if (r == 0 && (layout.strange || layout.cells != card->set->n_cells))
        r = error_set(error, -ENOENT, "the card of %s was frozen with the set %s; add that set to sets to see it",
                      quarter, card->frozen_set);
    if (r == 0)
        r = store_card_numbers(box->store, card_id, take_numbers, card, error);
    card_sum_up(card);
    return r;
}

int card_frozen_read(const struct box *box, struct card *card, enum card_which which, int revision, struct error *error)
{
    if (card->area.id == 0)
        return which == CARD_LIVE ? 0 : error_set(error, -ENOENT, "the whole country is not frozen as a card");
    CLEANUP(buf_deinit) struct buf numbers;
    buf_init(&numbers, BODY_MAX);
    write_numbers(card, &numbers);
    const struct score_key key = {.area_id = card->area.id,
                                  .quarter = card->quarter,
                                  .set = which == CARD_FROZEN ? card->frozen_set : card->set->name};
    struct found found = {.numbers = &numbers};
    int r = store_card_get(box->store, &key, revision, take_card, &found, error);
    if (r == -ENOENT && which == CARD_LIVE) {
        r = store_card_set(box->store, card->quarter, card->area.id, 0, card->frozen_set, error);
        return r == -ENOENT ? 0 : r;
    }
    if (r < 0)
        return r;
    card->revision = found.row.revision;
    card->frozen_ms = found.row.frozen_ms;
    card->frozen_percent = percent_of(found.row.received, found.row.due);
    card->changed = which == CARD_LIVE && found.changed;
    card->is_frozen = which == CARD_FROZEN;
    r = read_earlier(box, card, &key, &numbers, error);
    return r == 0 && which == CARD_FROZEN ? read_numbers(box, card, found.row.id, error) : r;
}

static int freeze(const struct box *box, const struct card *card, int64_t now_ms, int *ret_revision,
                  struct error *error)
{
    char quarter[8], frozen[21];
    quarter_format(card->quarter, quarter);
    time_format(now_ms, frozen);
    CLEANUP(buf_deinit) struct buf body;
    buf_init(&body, BODY_MAX);
    buf_puts(&body, "{\"area\":");
    buf_json(&body, view_of(card->area.code));
    buf_puts(&body, ",\"name\":");
    buf_json(&body, view_of(card->area.name));
    buf_puts(&body, ",\"set\":");
    buf_json(&body, view_of(card->set->name));
    buf_printf(&body, ",\"quarter\":\"%s\",\"frozen\":\"%s\",\"received\":%" PRId64 ",\"due\":%" PRId64 ",\"numbers\":",
               quarter, frozen, card->total.received, card->total.due);
    CLEANUP(buf_deinit) struct buf part;
    buf_init(&part, BODY_MAX);
    write_numbers(card, &part);
    buf_puts(&body, part.text);
    buf_puts(&body, ",\"around\":");
    buf_clear(&part);
    write_around(card, &part);
    buf_puts(&body, part.text);
    buf_puts(&body, "}");
    if (body.full || part.full)
        return error_set(error, -ENOMEM, "the card of %s is too large to be frozen", card->area.code);
    const struct score_key key = {.area_id = card->area.id, .quarter = card->quarter, .set = card->set->name};
    return store_card_add(box->store, &key, now_ms, body.text, ret_revision, error);
}

int card_freeze(const struct box *box, const struct area *area, int quarter, int64_t now_ms, int *ret_revision,
                struct error *error)
{
    struct card *card;
    int r = card_open(box, area, quarter, CARD_LIVE, 0, now_ms, &card, error);
    if (r < 0)
        return r;
    *ret_revision = card->revision;
    if (card->revision > 0 && !card->changed)
        r = CARD_FROZEN_SAME;
    else if (card->revision == 0 && card_is_empty(card))
        r = CARD_NOTHING;
    else
        r = freeze(box, card, now_ms, ret_revision, error);
    card_close(card);
    return r == 0 ? CARD_FROZEN_NEW : r;
}

int card_revise(const struct box *box, int64_t now_ms, struct error *error)
{
    for (;;) {
        int quarter = 0, revision;
        int64_t village_id = 0;
        struct area village;
        int r = store_card_touched(box->store, &quarter, &village_id, error);
        if (r < 0 || village_id == 0)
            return r;
        r = store_area_by_id(box->store, village_id, &village, error);
        if (r == 0)
            r = card_freeze(box, &village, quarter, now_ms, &revision, error);
        if (r >= 0 || r == -ENOENT) /* its village is no more, which a foreign hand brings about */
            r = store_card_settled(box->store, quarter, village_id, error);
        if (r < 0)
            return r;
    }
}
