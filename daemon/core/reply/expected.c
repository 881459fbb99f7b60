/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/reply/expected.h"

#include <string.h>

#include "settings/settings.h"

enum { YEAR_MONTHS = 12 };

struct expected {
    const struct set *set;
    unsigned forms;
};

static int add_form(void *data, const char *code)
{
    struct expected *expected = data;
    int form = set_form(expected->set, code);
    if (form >= 0)
        expected->forms |= 1U << form;
    return 0;
}

static void add_configured(struct expected *expected, const char *codes)
{
    char code[SPELLING_MAX];
    while (*codes) {
        size_t len = strcspn(codes, " ");
        if (len > 0 && len < sizeof code) {
            memcpy(code, codes, len);
            code[len] = '\0';
            (void)add_form(expected, code);
        }
        codes += len + (codes[len] == ' ');
    }
}

int expected_there(const struct box *box, int64_t area_id, int month, const struct form *form, bool *ret_there,
                   struct error *error)
{
    int result = 0;
    *ret_there = false;
    for (int from = form_due_from(form, month); from <= month && result == 0 && !*ret_there; from++)
        result = store_form_there(box->store, area_id, from, form->code, ret_there, error);
    return result;
}

/* Of the forms of longer times those that are a habit of the area, or wanted of all. */
static int add_seldom(const struct box *box, int64_t area_id, int month, struct expected *expected, struct error *error)
{
    struct expected seldom = {.set = expected->set}, listed = {.set = expected->set};
    int from = month - month % YEAR_MONTHS - YEAR_MONTHS;
    int result = store_reported_forms(box->store, area_id, from, month + 1, add_form, &seldom, error);
    add_configured(&listed, box->settings->schedule.forms);
    for (size_t i = 0; i < expected->set->n_forms && result == 0; i++)
        if (expected->set->forms[i].due != DUE_MONTH)
            expected->forms = (expected->forms & ~(1U << i)) | ((seldom.forms | listed.forms) & 1U << i);
    return result;
}

/* The forms of each month that an area is asked for. */
static int add_monthly(const struct box *box, int64_t area_id, int month, struct expected *expected,
                       struct error *error)
{
    unsigned monthly = 0;
    for (size_t i = 0; i < expected->set->n_forms; i++)
        monthly |= (unsigned)(expected->set->forms[i].due == DUE_MONTH) << i;
    int result = store_reported_forms(box->store, area_id, month - YEAR_MONTHS, month, add_form, expected, error);
    if (result == 0 && (expected->forms & monthly) == 0)
        add_configured(expected, box->settings->schedule.forms);
    if ((expected->forms & monthly) == 0)
        expected->forms = monthly;
    return result;
}

bool expected_is_for(const struct form *form, enum area_level level)
{
    return form_is_for(form, 1U << ROLE_KADER | (level == AREA_POSYANDU ? 0U : 1U << ROLE_KPM));
}

int expected_missing(const struct box *box, int64_t area_id, int month, struct day today, unsigned *ret_forms,
                     struct error *error)
{
    struct expected expected = {.set = box_set(box, box_set_for(box, month))};
    struct area area;
    *ret_forms = 0;
    int result = store_area_by_id(box->store, area_id, &area, error);
    if (result < 0 || !area_goes_on(&area, month))
        return result;
    result = add_monthly(box, area_id, month, &expected, error);
    if (result == 0)
        result = add_seldom(box, area_id, month, &expected, error);
    for (size_t i = 0; i < expected.set->n_forms && result == 0; i++) {
        const struct form *form = &expected.set->forms[i];
        bool there =
            !(expected.forms & 1U << i) || !form_is_due(form, month, today) || !expected_is_for(form, area.level);
        if (!there)
            result = expected_there(box, area_id, month, form, &there, error);
        if (there)
            expected.forms &= ~(1U << i);
    }
    if (result == 0)
        *ret_forms = expected.forms;
    return result;
}

void list_add_missing(struct list *list, const struct set *set, unsigned forms)
{
    for (size_t i = 0; i < set->n_forms; i++) {
        if (forms & 1U << i)
            list_add(list, set->forms[i].name);
    }
}

struct day expected_until(const struct box *box, int month)
{
    int grace = box->settings->grace_days, next = month + 1;
    if (grace == 0)
        return (struct day){month / YEAR_MONTHS, month % YEAR_MONTHS + 1, month_length(month)};
    return (struct day){next / YEAR_MONTHS, next % YEAR_MONTHS + 1,
                        grace < month_length(next) ? grace : month_length(next)};
}

struct day expected_by(const struct box *box, int month, struct day today)
{
    int remind_day = box->settings->schedule.remind_day;
    if (month_of(today) != month || today.day >= remind_day)
        return expected_until(box, month);
    return (struct day){today.year, today.month, remind_day};
}
