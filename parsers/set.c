/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "set.h"

#include <string.h>

enum { QUARTER_LEN = 3, YEAR_LEN = 12 };

const char *set_card_text(const struct set *set, const char *name)
{
    for (size_t i = 0; i < set->n_card; i++)
        if (strcmp(set->card[i].name, name) == 0)
            return set->card[i].text;
    return NULL;
}

int set_form(const struct set *set, const char *code)
{
    for (size_t i = 0; i < set->n_forms; i++)
        if (strcmp(set->forms[i].code, code) == 0)
            return (int)i;
    return -1;
}

int form_key(const struct form *form, const char *code)
{
    for (size_t i = 0; i < form->n_keys; i++)
        if (strcmp(form->keys[i].code, code) == 0)
            return (int)i;
    return -1;
}

bool form_is_for(const struct form *form, unsigned roles)
{
    return form->roles == 0 || roles == 0 || (form->roles & roles) != 0;
}

int form_due_from(const struct form *form, int month)
{
    switch (form->due) {
    case DUE_QUARTER:
        return month - month % QUARTER_LEN;
    case DUE_YEAR:
        return month - month % YEAR_LEN;
    case DUE_MONTH:
    case DUE_NEVER:
        break;
    }
    return month;
}

bool form_is_due(const struct form *form, int month, struct day today)
{
    int now = month_of(today), length = month_length(month), before = 0;
    int day = now > month ? length : now == month ? today.day : 0;
    for (int past = form_due_from(form, month); past < month; past++)
        before += month_length(past);
    /* "31" is the last day of a shorter month. */
    int due = form->due == DUE_MONTH && form->due_day > length ? length : form->due_day;
    return form->due != DUE_NEVER && before + day >= due;
}

size_t set_monthly_forms(const struct set *set)
{
    size_t n = 0;
    for (size_t i = 0; i < set->n_forms; i++)
        n += set->forms[i].due == DUE_MONTH;
    return n;
}
