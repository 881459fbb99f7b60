/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/villages.h"

#include <stdio.h>
#include <string.h>

#include "parsers/quarter.h"
#include "settings/settings.h"
#include "store/score.h"

/* What is done with each area of the box, by its code; non-zero ends it. */
typedef int box_area_each(void *data, const char *code);

bool code_is_within(const char *code, const char *above)
{
    size_t len = strlen(above);
    return len > 0 && strncmp(code, above, len) == 0 && (code[len] == '\0' || code[len] == '.' || code[len] == '/');
}

/* An area inside another one that is written there too, or written twice, counts once. */
static bool is_said_otherwise(const struct box_settings *settings, size_t i)
{
    for (size_t j = 0; j < settings->areas.n; j++) {
        bool same = strcmp(settings->areas.text[i], settings->areas.text[j]) == 0;
        if (same ? j < i : code_is_within(settings->areas.text[i], settings->areas.text[j]))
            return true;
    }
    return false;
}

static int each_configured(const struct box_settings *settings, box_area_each *each, void *data)
{
    int r = 0;
    for (size_t i = 0; i < settings->areas.n && r == 0; i++)
        if (!is_said_otherwise(settings, i))
            r = each(data, settings->areas.text[i]);
    return r;
}

static int each_with_people(const struct box *box, box_area_each *each, void *data, struct error *error)
{
    char code[AREA_CODE_MAX] = "", next[AREA_CODE_MAX];
    int n = 0, r;
    while ((r = store_kecamatan_next(box->store, code, next, error)) == 0 && next[0]) {
        (void)snprintf(code, sizeof code, "%s", next);
        n++;
        if ((r = each(data, code)) != 0)
            break;
    }
    if (r == 0 && n == 0)
        r = store_kabupaten_only(box->store, next, error);
    return r == 0 && n == 0 && next[0] ? each(data, next) : r;
}

static int each_area(const struct box *box, box_area_each *each, void *data, struct error *error)
{
    const struct box_settings *settings = &box->settings->box;
    return settings->areas.n ? each_configured(settings, each, data) : each_with_people(box, each, data, error);
}

struct look {
    const struct box *box;
    const char *code; /* NULL: all */
    int month;
    village_each *each;
    void *data;
    struct error *error;
    bool stopped;
};

static int look_at(void *data, const struct area *village, bool reported, bool staffed)
{
    struct look *look = data;
    look->stopped = look->each(look->data, village, reported, staffed) != 0;
    return look->stopped;
}

/* What the area of the box and the one asked for have in common. */
static int look_in(void *data, const char *code)
{
    struct look *look = data;
    if (look->code && !code_is_within(code, look->code) && !code_is_within(look->code, code))
        return 0;
    const char *common = look->code && code_is_within(look->code, code) ? look->code : code;
    int r = store_villages(look->box->store, common, look->month, look_at, look, look->error);
    return r == 0 && look->stopped ? 1 : r;
}

int villages_each(const struct box *box, const char *code, int month, village_each *each, void *data,
                  struct error *error)
{
    struct look look = {box, code, month, each, data, error, false};
    int level = code ? area_code_level(view_of(code)) : 0;
    int r = level >= AREA_KECAMATAN ? look_in(&look, code) : each_area(box, look_in, &look, error);
    return r < 0 ? r : 0;
}

static int count_village(void *data, const struct area *village, bool reported, bool staffed)
{
    struct villages *villages = data;
    villages->all++;
    villages->reporting += reported;
    if (!staffed && villages->nobody < VILLAGES_NAMED_MAX)
        (void)snprintf(villages->nobody_names[villages->nobody], NAME_MAX_BYTES, "%s", village->name);
    villages->nobody += !staffed;
    return 0;
}

struct form_count {
    const struct box *box;
    int month;
    struct villages *villages;
    struct error *error;
};

static int count_form(void *data, const struct score_row *row)
{
    struct form_count *count = data;
    int form = set_form(count->villages->set, row->name), bit = count->month % QUARTER_MONTHS;
    if (form >= 0)
        count->villages->forms[form] += (row->numbers[0] | row->numbers[1]) >> bit & 1;
    return 0;
}

static int count_forms(void *data, const char *code)
{
    struct form_count *count = data;
    return store_score_list(count->box->store, quarter_of(count->month), count->villages->set->name, code,
                            1U << SCORE_FORM, count_form, count, count->error);
}

int villages_count(const struct box *box, int month, struct villages *ret_villages, struct error *error)
{
    struct form_count count = {box, month, ret_villages, error};
    *ret_villages = (struct villages){.set = box_set(box, box_set_for(box, quarter_end(quarter_of(month))))};
    int r = villages_each(box, NULL, month, count_village, ret_villages, error);
    if (r == 0)
        r = each_area(box, count_forms, &count, error);
    for (size_t i = 0; i < ret_villages->set->n_forms; i++)
        if (ret_villages->set->forms[i].due == DUE_MONTH)
            ret_villages->reports += ret_villages->forms[i];
    ret_villages->reports_due = ret_villages->all * (int)set_monthly_forms(ret_villages->set);
    return r;
}
