/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A contact as people write one, on the command line or in a file. */
#ifndef KABAR_CTL_CONTACT_WORDS_H
#define KABAR_CTL_CONTACT_WORDS_H

#include "core/box.h"
#include "store/contact.h"

struct contact_words {
    struct view phone, name, role, area, locale; /* area.at may be NULL: none; locale may be empty: "id" */
};

/* Makes a contact of them that may write at once (state active). -EINVAL or -ENOENT with a reason that names the word;
 * else the database failed. */
MUST_CHECK int contact_of_words(const struct box *box, const struct contact_words *words, struct contact *ret_contact,
                                struct error *error);
/* Changes what is given (at is not NULL) of all but the phone; on failure nothing. */
MUST_CHECK int contact_edit_words(const struct box *box, const struct contact_words *words, struct contact *contact,
                                  struct error *error);

#endif
