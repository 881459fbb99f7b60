/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the box itself wrote, come back: quoted by a phone that answers by itself, forwarded by a person, cut short, or
 * sent by another Kabar box. The numbers and examples in it are nobody's report, and it is not answered, so that two
 * boxes never talk to each other.
 */
#ifndef KABAR_CORE_INTAKE_OWN_TEXT_H
#define KABAR_CORE_INTAKE_OWN_TEXT_H

#include "core/box.h"

enum own_text {
    OWN_TEXT_NOT,
    OWN_TEXT_SENT, /* most of a text that was sent to this number lately, and nothing that could be a report beside it
                    */
    OWN_TEXT_LIKE  /* worded as the box words its answers, or with numbers beside what it sent: a person should look */
};

MUST_CHECK int own_text_find(const struct box *box, const char *phone, struct view text, int64_t now_ms,
                             enum own_text *ret_own, struct error *error);

/* The two questions alone. Pure. */
bool own_text_like(const struct settings *settings, struct view text);
enum own_text own_text_of_sent(struct view sent, struct view text);

#endif
