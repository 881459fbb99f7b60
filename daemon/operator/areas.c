/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "operator/areas.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/score/card_open.h"
#include "parsers/period.h"

enum { DETAIL_MAX = 160 };

static int village_of(const struct area *area, int64_t *ret_id)
{
    *ret_id = area->level == AREA_POSYANDU ? area->parent_id : area->level == AREA_DESA ? area->id : 0;
    return *ret_id != 0;
}

/* The scores of the area's village, and the next revision of its cards that are frozen. */
static int compute(const struct actor *actor, const struct area *area, struct error *error)
{
    int64_t village_id;
    if (!village_of(area, &village_id))
        return 0;
    int r = score_village_anew(actor->box, village_id, error);
    return r == 0 ? card_revise(actor->box, actor_now_ms(actor), error) : r;
}

/* Ends what was begun; a try is taken back. */
static int end(const struct actor *actor, int result, bool try, const char *what, const struct area *area,
               const char *detail, struct error *error)
{
    if (result == 0 && try) {
        store_rollback(actor->box->store);
        return 0;
    }
    return actor_end(actor, result, what, area->code, detail, error);
}

int areas_rename(const struct actor *actor, const struct area *area, const char *name, struct error *error)
{
    char detail[2 * NAME_MAX_BYTES + 8];
    (void)snprintf(detail, sizeof detail, "%s to %s", area->name, name);
    int r = actor_begin(actor, error);
    if (r < 0)
        return r;
    r = store_area_rename(actor->box->store, area->id, name, error);
    return actor_end(actor, r, "area.rename", area->code, detail, error);
}

struct each_village {
    const struct actor *actor;
    struct error *error;
};

static int compute_village(void *data, const struct area *area)
{
    const struct each_village *each = data;
    return area->level == AREA_DESA ? score_village_anew(each->actor->box, area->id, each->error) : 0;
}

/* Of the area and all villages below it. */
static int compute_all(const struct actor *actor, const struct area *area, struct error *error)
{
    struct each_village each = {actor, error};
    if (area->level == AREA_POSYANDU)
        return compute(actor, area, error);
    int r = store_area_list(actor->box->store, area->code, compute_village, &each, error);
    return r == 0 ? card_revise(actor->box, actor_now_ms(actor), error) : r;
}

int areas_close(const struct actor *actor, const struct area *area, int month, struct error *error)
{
    char detail[8] = "";
    if (month)
        month_format(month, detail);
    int r = actor_begin(actor, error);
    if (r < 0)
        return r;
    r = store_area_close(actor->box->store, area->code, month, error);
    if (r == 0)
        r = compute_all(actor, area, error);
    return actor_end(actor, r, month ? "area.close" : "area.reopen", area->code, detail, error);
}

static bool is_used(const struct area_usage *usage)
{
    return usage->reports || usage->people || usage->cards || usage->budgets;
}

static int refuse_used(const struct area *area, const struct area_usage *usage, struct error *error)
{
    return error_set(
        error, -EBUSY,
        "%s cannot be removed: %" PRId64 " reports, %" PRId64 " people, %" PRId64 " frozen cards and %" PRId64
        " budget lines belong to it or to what is below it; put it together with the right one (kabarctl area"
        " merge), or close it (kabarctl area close)",
        area->code, usage->reports, usage->people, usage->cards, usage->budgets);
}

int areas_remove(const struct actor *actor, const struct area *area, bool try, struct area_usage *ret_usage,
                 struct error *error)
{
    int r = actor_begin(actor, error);
    if (r < 0)
        return r;
    r = store_area_usage(actor->box->store, area->code, ret_usage, error);
    if (r == 0 && is_used(ret_usage))
        r = refuse_used(area, ret_usage, error);
    if (r == 0)
        r = store_area_remove(actor->box->store, area->code, error);
    return end(actor, r, try, "area.remove", area, area->name, error);
}

/* The new code must be free, or of an area on which nothing hangs: that one goes. */
static int free_code(const struct actor *actor, const struct area *area, const char *new_code, struct error *error)
{
    struct area there;
    struct area_usage usage;
    if (strcmp(new_code, area->code) == 0)
        return error_set(error, -EINVAL, "%s has that code already", area->code);
    if (area_code_level(view_of(new_code)) != (int)area->level)
        return error_set(error, -EINVAL, "\"%.40s\" is not a code of the same level as %s", new_code, area->code);
    int r = store_area_by_code(actor->box->store, view_of(new_code), &there, error);
    if (r == -ENOENT)
        return 0;
    if (r == 0)
        r = store_area_usage(actor->box->store, there.code, &usage, error);
    if (r == 0 && is_used(&usage))
        return error_set(error, -EEXIST, "%s (%s) is there already, with reports or people: kabarctl area merge %s %s",
                         there.code, there.name, area->code, there.code);
    return r == 0 ? store_area_remove(actor->box->store, there.code, error) : r;
}

int areas_move(const struct actor *actor, const struct area *area, const char *new_code, bool try,
               struct area_usage *ret_usage, struct error *error)
{
    char detail[DETAIL_MAX];
    (void)snprintf(detail, sizeof detail, "to %.40s", new_code);
    int r = actor_begin(actor, error);
    if (r < 0)
        return r;
    r = free_code(actor, area, new_code, error);
    if (r == 0)
        r = store_area_usage(actor->box->store, area->code, ret_usage, error);
    if (r == 0)
        r = store_area_recode(actor->box->store, area->code, new_code, error);
    return end(actor, r, try, "area.move", area, detail, error);
}

enum { POSYANDU_MAX = 100 }; /* a code has two digits for them */

struct below {
    const struct area *village;
    struct area posyandu[POSYANDU_MAX];
    size_t n;
};

static int take_posyandu(void *data, const struct area *area)
{
    struct below *below = data;
    if (area->parent_id == below->village->id && below->n < POSYANDU_MAX)
        below->posyandu[below->n++] = *area;
    return 0;
}

static int merge_one(const struct actor *actor, const struct area *from, const struct area *into, struct error *error)
{
    int r = store_area_merge(actor->box->store, from->id, into->id, error);
    return r == 0 ? store_area_remove(actor->box->store, from->code, error) : r;
}

/* Posyandu of the same name become one, others move. */
static int merge_below(const struct actor *actor, const struct area *from, const struct area *into, struct error *error)
{
    static struct below below;
    struct store *store = actor->box->store;
    below = (struct below){.village = from};
    int r = store_area_list(store, from->code, take_posyandu, &below, error);
    for (size_t i = 0; i < below.n && r == 0; i++) {
        const struct area *posyandu = &below.posyandu[i];
        char code[AREA_CODE_MAX];
        struct area twin;
        bool there = false;
        r = store_posyandu_place(store, into->id, posyandu->name, code, &there, error);
        if (r == 0 && !there)
            r = store_area_recode(store, posyandu->code, code, error);
        else if (r == 0 && (r = store_area_by_code(store, view_of(code), &twin, error)) == 0)
            r = merge_one(actor, posyandu, &twin, error);
    }
    return r;
}

static int check_pair(const struct area *from, const struct area *into, struct error *error)
{
    if (from->id == into->id)
        return error_set(error, -EINVAL, "%s and %s are the same area", from->code, into->code);
    if (from->level != into->level || from->level < AREA_DESA)
        return error_set(error, -EINVAL,
                         "%s and %s must be two villages, or two posyandu; another area gets a new code by "
                         "kabarctl area move",
                         from->code, into->code);
    return 0;
}

int areas_merge(const struct actor *actor, const struct area *from, const struct area *into, bool try,
                struct area_usage *ret_usage, struct error *error)
{
    char detail[DETAIL_MAX];
    int64_t left, joined;
    (void)snprintf(detail, sizeof detail, "into %s", into->code);
    int r = check_pair(from, into, error);
    if (r == 0)
        r = actor_begin(actor, error);
    if (r < 0)
        return r;
    r = store_area_usage(actor->box->store, from->code, ret_usage, error);
    if (r == 0 && from->level == AREA_DESA)
        r = merge_below(actor, from, into, error);
    if (r == 0)
        r = merge_one(actor, from, into, error);
    if (r == 0 && from->level == AREA_POSYANDU && village_of(from, &left) && village_of(into, &joined) &&
        left != joined)
        r = score_village_anew(actor->box, left, error);
    if (r == 0)
        r = compute(actor, into, error);
    return end(actor, r, try, "area.merge", from, detail, error);
}
