/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Who is told of what happens in a village: the people whom the configuration names by their role (parsers/role.h). */
#ifndef KABAR_CORE_TELL_AUDIENCE_H
#define KABAR_CORE_TELL_AUDIENCE_H

#include "core/box.h"
#include "settings/settings.h"
#include "store/contact.h"

enum { AUDIENCE_MAX = 24 }; /* more people are not told of one thing */

struct recipient {
    int64_t contact_id;
    enum contact_role role;
    char phone[MSISDN_MAX], locale[8], name[NAME_MAX_BYTES];
};

struct audience {
    struct recipient people[AUDIENCE_MAX];
    size_t n, n_named; /* those from n_named on are operators in place of who is missing */
    unsigned missing;  /* bit i: nobody holds role i of those asked for */
};

/* The roles of a setting that was checked, several in one text perhaps; at most max. Returns how many. */
size_t audience_roles(const struct texts *texts, struct role_at *ret_to, size_t max);

/*
 * Those of these roles who stand for the area of that code, for one above it or one in it, each once; operators
 * wherever they are. Whoever is but_id (0: nobody) knows already: not listed, and the role is not missing. Where a role
 * has nobody, or nobody is left to be told, every operator is added.
 */
MUST_CHECK int audience_find(const struct box *box, const struct role_at *to, size_t n_to, const char *code,
                             int64_t but_id, struct audience *ret_audience, struct error *error);

#endif
