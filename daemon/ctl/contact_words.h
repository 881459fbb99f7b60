/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A contact as people write one, on the command line or in a file. */
#ifndef KABAR_CTL_CONTACT_WORDS_H
#define KABAR_CTL_CONTACT_WORDS_H

#include "base/translate.h"
#include "core/box.h"
#include "ctl/ctl.h"
#include "ctl/listing.h"
#include "store/contact.h"

/* What "Cemara+Buduan" comes to. */
struct contact_areas {
    int64_t id[CONTACT_AREAS_MAX];
    size_t n;
};

struct contact_words {
    struct view phone, name, role, area, locale; /* area.at may be NULL: none; locale may be empty: "id" */
};

/* Makes a contact of them that may write at once (state active). -EINVAL or -ENOENT with a reason that names the word;
 * else the database failed. */
MUST_CHECK int contact_of_words(const struct box *box, const struct contact_words *words, struct contact *ret_contact,
                                struct contact_areas *ret_areas, struct error *error);
/* Changes what is given (at is not NULL) of all but the phone; on failure nothing. */
MUST_CHECK int contact_edit_words(const struct box *box, const struct contact_words *words, struct contact *contact,
                                  struct contact_areas *ret_areas, struct error *error);

/* The areas of a text, by '+' or ';' between them; the first village or posyandu among them is the contact's first. */
MUST_CHECK int contact_read_areas(const struct box *box, struct view words, struct contact *contact,
                                  struct contact_areas *ret_areas, struct error *error);

/* --role; untouched where it was not given. 0, or a usage error. */
MUST_CHECK int option_role(const struct ctl *ctl, enum contact_role *ret_role);

/* Three cells of a listing: codes, names, and both for programs. */
#define CONTACT_AREA_COLUMNS                                                                                           \
    {"area", N_("AREA"), false}, {"area_name", N_("NAME OF AREA"), false},                                             \
    {                                                                                                                  \
        "areas", NULL, false                                                                                           \
    }
MUST_CHECK int contact_list_areas(struct listing *list, struct store *store, const struct contact *contact,
                                  struct error *error);

#endif
