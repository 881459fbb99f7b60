/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/score/score.h"
#include "settings/settings.h"
#include "store/meta.h"
#include "store/score.h"

enum { MARK_MAX = 24, QUARTER_LAST_EVER = 9999 * 4 + 3 };

/* How a month's numbers come about (score.h). A change of it, too, means that stored scores are of another reading. */
static const char merge_rule[] = "own number, else the posyandu's";

/* FNV-1a; NULL and "" differ, and so do "ab" "c" and "a" "bc". */
static uint64_t mark_text(uint64_t mark, const char *text)
{
    for (size_t i = 0, len = text ? strlen(text) + 1 : 0; i < len; i++)
        mark = (mark ^ (unsigned char)text[i]) * UINT64_C(0x100000001b3);
    return (mark ^ 0xff) * UINT64_C(0x100000001b3);
}

/* What stored scores depend on: another mark means that they were computed by another reading of the set. */
static void mark_set(const struct set *set, char ret_mark[MARK_MAX])
{
    uint64_t mark = mark_text(UINT64_C(0xcbf29ce484222325) ^ (uint64_t)set->valid_from, merge_rule);
    for (size_t i = 0; i < set->n_indicators; i++) {
        const struct indicator *indicator = &set->indicators[i];
        mark = mark_text(mark, indicator->code);
        mark = mark_text(mark, set->forms[indicator->form].code);
        mark = mark_text(mark, indicator->variants[indicator->chosen].numerator);
        mark = mark_text(mark, indicator->variants[indicator->chosen].denominator);
        mark = mark_text(mark, indicator->part);
        if (indicator->variants[indicator->chosen].approximate)
            mark = mark_text(mark, indicator->variants[indicator->chosen].approximate);
    }
    for (size_t i = 0; i < set->n_cells; i++)
        mark = mark_text(mark_text(mark, set->cells[i].value), set->forms[set->cells[i].form].code);
    for (size_t i = 0; i < set->n_forms; i++)
        if (set->forms[i].adds)
            mark = mark_text(mark_text(mark, "add"), set->forms[i].code);
    for (size_t i = 0; i < set->n_forms; i++)
        for (size_t j = 0; j < set->forms[i].n_keys; j++)
            mark = mark_text(mark, set->forms[i].keys[j].quarter == QUARTER_LAST  ? "last"
                                   : set->forms[i].keys[j].quarter == QUARTER_SUM ? "sum"
                                                                                  : "max");
    (void)snprintf(ret_mark, MARK_MAX, "%016" PRIx64, mark);
}

int score_is_current(const struct box *box, bool *ret_current, struct error *error)
{
    for (size_t i = 0; i < box->settings->n_sets; i++) {
        char mark[MARK_MAX], stored[MARK_MAX] = "";
        mark_set(box_set(box, i), mark);
        int r = store_meta_get(box->store, META_SCORE, box_set(box, i)->name, stored, sizeof stored, error);
        if (r < 0 && r != -ENOENT)
            return r;
        if (strcmp(stored, mark) != 0) {
            *ret_current = false;
            return 0;
        }
    }
    *ret_current = true;
    return 0;
}

/* The marks of all sets in one: what a rebuild under way goes by. */
static void mark_all(const struct box *box, char ret_mark[MARK_MAX])
{
    uint64_t mark = UINT64_C(0xcbf29ce484222325);
    for (size_t i = 0; i < box->settings->n_sets; i++) {
        char one[MARK_MAX];
        mark_set(box_set(box, i), one);
        mark = mark_text(mark_text(mark, box_set(box, i)->name), one);
    }
    (void)snprintf(ret_mark, MARK_MAX, "%016" PRIx64, mark);
}

struct rebuild {
    const struct box *box;
    struct error *error;
    struct rebuild_place place;
    bool news; /* of the village: frozen cards are noted */
    int failed;
    int64_t updates;
};

static int rebuild_form(void *data, const char *form)
{
    struct rebuild *rebuild = data;
    rebuild->failed = score_update_quarter(rebuild->box, rebuild->place.village_id, form, rebuild->place.quarter,
                                           !rebuild->news, rebuild->error);
    rebuild->updates++;
    return rebuild->failed;
}

/* What another reading of the sets left behind goes, whichever of them the quarter belonged to. */
static int rebuild_village(struct rebuild *rebuild)
{
    const struct box *box = rebuild->box;
    int r = 0;
    for (size_t i = 0; i < box->settings->n_sets && r == 0; i++) {
        const struct score_key key = {
            .area_id = rebuild->place.village_id, .quarter = rebuild->place.quarter, .set = box_set(box, i)->name};
        r = store_score_clear(box->store, &key, rebuild->error);
    }
    if (r == 0)
        r = store_reported_list(box->store, rebuild->place.village_id, rebuild->place.quarter, rebuild_form, rebuild,
                                rebuild->error);
    return r < 0 ? r : rebuild->failed;
}

/* Moves on to the next village; behind the last one of a quarter to the quarter before it, at last to none. */
static int next_place(struct rebuild *rebuild)
{
    struct rebuild_place *place = &rebuild->place;
    int64_t next = 0;
    int r = place->quarter == QUARTER_NONE
                ? 0
                : store_village_next(rebuild->box->store, place->village_id, &next, rebuild->error);
    if (r == 0 && next == 0) {
        int before = place->quarter == QUARTER_NONE ? QUARTER_LAST_EVER : place->quarter;
        r = store_quarter_before(rebuild->box->store, before, &place->quarter, rebuild->error);
    }
    place->village_id = next;
    return r;
}

static int put_marks(const struct box *box, struct error *error)
{
    int r = 0;
    for (size_t i = 0; i < box->settings->n_sets && r == 0; i++) {
        char mark[MARK_MAX];
        mark_set(box_set(box, i), mark);
        r = store_meta_set(box->store, META_SCORE, box_set(box, i)->name, mark, error);
    }
    return r;
}

/* Villages until the time or the number of forms is used up. */
static int rebuild_some(struct rebuild *rebuild, int64_t forms_max)
{
    const struct box *box = rebuild->box;
    char mark[MARK_MAX];
    int64_t until = box->clock.monotonic_ms(box->clock.data) + SCORE_STEP_MS;
    mark_all(box, mark);
    int r = store_rebuild_get(box->store, mark, &rebuild->place, rebuild->error);
    do {
        if (r == 0)
            r = next_place(rebuild);
        if (r == 0 && rebuild->place.village_id > 0)
            r = rebuild_village(rebuild);
    } while (r == 0 && rebuild->place.quarter != QUARTER_NONE && rebuild->updates < forms_max &&
             box->clock.monotonic_ms(box->clock.data) < until);
    if (r == 0)
        r = store_rebuild_put(box->store, mark, &rebuild->place, rebuild->error);
    return r == 0 && rebuild->place.quarter == QUARTER_NONE ? put_marks(box, rebuild->error) : r;
}

int score_refresh_step(const struct box *box, int64_t forms_max, int64_t *updates, struct error *error)
{
    struct rebuild rebuild = {.box = box, .error = error};
    bool current;
    int r = score_is_current(box, &current, error);
    if (r < 0 || current)
        return r < 0 ? r : SCORE_DONE;
    r = store_begin(box->store, error);
    if (r == 0)
        r = store_end(box->store, rebuild_some(&rebuild, forms_max), error);
    if (r < 0)
        return r;
    *updates += rebuild.updates;
    return rebuild.place.quarter == QUARTER_NONE ? SCORE_DONE : SCORE_MORE;
}

int score_refresh(const struct box *box, int64_t *ret_updates, struct error *error)
{
    int64_t updates = 0;
    bool current;
    int r = score_is_current(box, &current, error);
    if (r < 0)
        return r;
    if (current)
        updates = -1;
    else
        while ((r = score_refresh_step(box, SCORE_STEP_FORMS, &updates, error)) == SCORE_MORE)
            store_yield();
    if (r == 0)
        *ret_updates = updates;
    return r;
}

/* No mark is current any more, nor is one that was under way. */
static int forget_marks(const struct box *box, struct error *error)
{
    int r = store_rebuild_put(box->store, "", &(struct rebuild_place){.quarter = QUARTER_NONE}, error);
    for (size_t i = 0; i < box->settings->n_sets && r == 0; i++) {
        r = store_meta_set(box->store, META_SCORE, box_set(box, i)->name, "", error);
    }
    return r;
}

int score_rebuild(const struct box *box, int64_t *ret_updates, struct error *error)
{
    int r = store_begin(box->store, error);
    if (r == 0)
        r = store_end(box->store, forget_marks(box, error), error);
    return r == 0 ? score_refresh(box, ret_updates, error) : r;
}

int score_village_anew(const struct box *box, int64_t village_id, struct error *error)
{
    struct rebuild rebuild = {.box = box, .error = error, .news = true, .place = {QUARTER_LAST_EVER, village_id}};
    int r;
    do {
        r = store_quarter_before(box->store, rebuild.place.quarter, &rebuild.place.quarter, error);
        if (r == 0 && rebuild.place.quarter != QUARTER_NONE)
            r = rebuild_village(&rebuild);
    } while (r == 0 && rebuild.place.quarter != QUARTER_NONE);
    return r;
}
