/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/tell/audience.h"

#include <stdio.h>
#include <string.h>

#include "base/role.h"

size_t audience_roles(const struct texts *texts, struct role_at *ret_to, size_t max)
{
    size_t n = 0;
    for (size_t i = 0; i < texts->n; i++) {
        const char *at = texts->text[i];
        for (at += strspn(at, " "); *at && n < max; at += strspn(at, " ")) {
            size_t len = strcspn(at, " ");
            n += role_at_parse((struct view){at, len}, &ret_to[n]);
            at += len;
        }
    }
    return n;
}

struct search {
    const struct role_at *to;
    size_t n_to;
    int64_t but_id;
    struct audience *out;
};

static void add(struct search *search, const struct contact *contact)
{
    struct audience *out = search->out;
    for (size_t i = 0; i < out->n; i++)
        if (out->people[i].contact_id == contact->id)
            return;
    if (contact->id == search->but_id || out->n == AUDIENCE_MAX)
        return;
    struct recipient *person = &out->people[out->n++];
    *person = (struct recipient){.contact_id = contact->id, .role = contact->role};
    (void)snprintf(person->phone, sizeof person->phone, "%s", contact->phone);
    (void)snprintf(person->locale, sizeof person->locale, "%s", contact->locale);
    (void)snprintf(person->name, sizeof person->name, "%s", contact->name);
}

static int consider(void *data, const struct contact *contact)
{
    struct search *search = data;
    int level = area_code_level(view_of(contact->area_code));
    for (size_t i = 0; i < search->n_to; i++) {
        const struct role_at *wanted = &search->to[i];
        if (contact->role != wanted->role || (wanted->level != 0 && wanted->level != level))
            continue;
        search->out->missing &= ~(1U << i);
        add(search, contact);
    }
    return 0;
}

static int add_operator(void *data, const struct contact *contact)
{
    add(data, contact);
    return 0;
}

static int each_operator(const struct box *box, contact_each *each, struct search *search, struct error *error)
{
    return store_contact_list(box->store, ROLE_OPERATOR, CONTACT_ACTIVE, NULL, each, search, error);
}

int audience_find(const struct box *box, const struct role_at *to, size_t n_to, const char *code, int64_t but_id,
                  struct audience *ret_audience, struct error *error)
{
    struct search search = {to, n_to, but_id, ret_audience};
    bool operators = false;
    ret_audience->n = 0;
    ret_audience->missing = (1U << n_to) - 1;
    for (size_t i = 0; i < n_to; i++)
        operators = operators || to[i].role == ROLE_OPERATOR;
    int result = code[0] ? store_contact_list_around(box->store, code, consider, &search, error) : 0;
    if (result == 0 && operators)
        result = each_operator(box, consider, &search, error);
    ret_audience->n_named = ret_audience->n;
    if (result == 0 && (ret_audience->missing != 0 || ret_audience->n == 0))
        result = each_operator(box, add_operator, &search, error);
    return result;
}
