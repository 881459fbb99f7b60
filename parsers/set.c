/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "set.h"

#include <string.h>

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
