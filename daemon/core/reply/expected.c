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

int expected_missing(const struct box *box, int64_t area_id, int month, unsigned *ret_forms, struct error *error)
{
    struct expected expected = {.set = box_set(box, box_set_for(box, month))};
    struct area area;
    *ret_forms = 0;
    int result = store_area_by_id(box->store, area_id, &area, error);
    if (result < 0 || !area_goes_on(&area, month))
        return result;
    result = store_reported_forms(box->store, area_id, month - YEAR_MONTHS, month, add_form, &expected, error);
    if (result < 0)
        return result;
    if (expected.forms == 0)
        add_configured(&expected, box->settings->schedule.forms);
    if (expected.forms == 0)
        expected.forms = (1U << expected.set->n_forms) - 1;
    for (size_t i = 0; i < expected.set->n_forms && result == 0; i++) {
        bool there = false;
        if (expected.forms & 1U << i)
            result = store_form_there(box->store, area_id, month, expected.set->forms[i].code, &there, error);
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
