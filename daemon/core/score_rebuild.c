#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "score.h"
#include "settings/settings.h"

enum { MARK_MAX = 24, MARK_NAME_MAX = 80 };

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
    uint64_t mark = UINT64_C(0xcbf29ce484222325) ^ (uint64_t)set->valid_from;
    for (size_t i = 0; i < set->n_indicators; i++) {
        const struct indicator *indicator = &set->indicators[i];
        mark = mark_text(mark, indicator->code);
        mark = mark_text(mark, set->forms[indicator->form].code);
        mark = mark_text(mark, indicator->variants[indicator->chosen].numerator);
        mark = mark_text(mark, indicator->variants[indicator->chosen].denominator);
        mark = mark_text(mark, indicator->part);
    }
    for (size_t i = 0; i < set->n_cells; i++)
        mark = mark_text(mark_text(mark, set->cells[i].value), set->forms[set->cells[i].form].code);
    for (size_t i = 0; i < set->n_forms; i++)
        for (size_t j = 0; j < set->forms[i].n_keys; j++)
            mark = mark_text(mark, set->forms[i].keys[j].quarter == QUARTER_LAST  ? "last"
                                   : set->forms[i].keys[j].quarter == QUARTER_SUM ? "sum"
                                                                                  : "max");
    (void)snprintf(ret_mark, MARK_MAX, "%016" PRIx64, mark);
}

static void mark_name(const struct set *set, char ret_name[MARK_NAME_MAX])
{
    (void)snprintf(ret_name, MARK_NAME_MAX, "score:%s", set->name);
}

int score_is_current(const struct box *box, bool *ret_current, struct error *error)
{
    for (size_t i = 0; i < box->settings->n_sets; i++) {
        char name[MARK_NAME_MAX], mark[MARK_MAX], stored[MARK_MAX] = "";
        mark_name(box_set(box, i), name);
        mark_set(box_set(box, i), mark);
        int r = store_meta_get(box->store, name, stored, sizeof stored, error);
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

struct rebuild {
    const struct box *box;
    struct error *error;
    int failed;
    int64_t updates;
};

static int rebuild_one(void *data, int64_t village_id, int quarter, const char *form)
{
    struct rebuild *rebuild = data;
    rebuild->failed = score_update_quarter(rebuild->box, village_id, form, quarter, rebuild->error);
    rebuild->updates++;
    return rebuild->failed;
}

static int rebuild_all(const struct box *box, int64_t *ret_updates, struct error *error)
{
    int r = 0;
    for (size_t i = 0; i < box->settings->n_sets && r == 0; i++) {
        char name[MARK_NAME_MAX], mark[MARK_MAX];
        mark_name(box_set(box, i), name);
        mark_set(box_set(box, i), mark);
        r = store_score_clear(box->store, box_set(box, i)->name, error);
        if (r == 0)
            r = store_meta_set(box->store, name, mark, error);
    }
    struct rebuild rebuild = {.box = box, .error = error};
    if (r == 0)
        r = store_reported_list(box->store, rebuild_one, &rebuild, error);
    if (r == 0)
        *ret_updates = rebuild.updates;
    return r < 0 ? r : rebuild.failed;
}

int score_rebuild(const struct box *box, int64_t *ret_updates, struct error *error)
{
    int r = store_begin(box->store, error);
    if (r == 0)
        r = rebuild_all(box, ret_updates, error);
    r = store_end(box->store, r, error);
    /* One transaction over everything leaves a log that would slow every reader down. */
    return r == 0 ? store_checkpoint(box->store, error) : r;
}

int score_refresh(const struct box *box, int64_t *ret_updates, struct error *error)
{
    bool current;
    int r = score_is_current(box, &current, error);
    if (r == 0 && current)
        *ret_updates = -1;
    return r < 0 || current ? r : score_rebuild(box, ret_updates, error);
}
